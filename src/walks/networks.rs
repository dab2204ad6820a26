//! The networks that were built, by neighbourhood: one is built anew when its map or boundary changes.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use geo::Rect;

use super::network::Network;
use crate::basemap::archive::Archive;
use crate::error::Result;
use crate::geometry::{Boundary, Plane};
use crate::id::Id;

/// So far around a boundary's box ways are taken along, in metres: a walk may leave the neighbourhood for a street.
const AROUND_M: f64 = 2500.0;
/// So many networks are held at a time; one of a city quarter takes some megabytes.
const HELD: usize = 16;

/// What a network was built from.
#[derive(Debug, Clone, PartialEq)]
struct Made {
    archive: String,
    version: String,
    bbox: [f64; 4],
}

/// By neighbourhood, what was built, and the network if there is one.
type Held = HashMap<Id, (Made, Option<Arc<Network>>)>;

/// The networks that were built.
#[derive(Debug, Default)]
pub struct Networks(Mutex<Held>);

impl Networks {
    /// The network of a neighbourhood from a map, on the plane of its boundary; none where the map came without one. Reads a
    /// file and takes up to a second the first time.
    pub fn get(&self, neighbourhood: &Id, boundary: &Boundary, map: &Archive) -> Result<Option<Arc<Network>>> {
        let bbox = boundary.bbox();
        let made = Made { archive: map.name.clone(), version: map.version(), bbox };
        let known =
            |held: &Held| held.get(neighbourhood).filter(|(of, _)| *of == made).map(|(_, network)| network.clone());
        if let Some(network) = known(&self.0.lock().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(network);
        }
        let plane = Plane::of(boundary);
        let corner = |lon: f64, lat: f64, by: f64| {
            let (x, y) = plane.to_m(lon, lat);
            plane.to_lonlat(x + by, y + by)
        };
        let around = Rect::new(corner(bbox[0], bbox[1], -AROUND_M), corner(bbox[2], bbox[3], AROUND_M));
        let paths = map.paths(around)?;
        let network = paths.map(|paths| Arc::new(Network::new(&paths, &plane))).filter(|network| !network.is_empty());
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if held.len() >= HELD {
            held.clear();
        }
        held.insert(neighbourhood.clone(), (made, network.clone()));
        Ok(network)
    }
}
