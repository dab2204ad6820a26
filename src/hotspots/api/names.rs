//! What a spot is called: the nearest point of orientation or street of the neighbourhood's map.

use std::sync::Arc;

use geo::Rect;
use tokio::task::spawn_blocking;

use crate::app::App;
use crate::basemap::Basemap;
use crate::basemap::archive::Archive;
use crate::error::{Error, Result};
use crate::neighbourhoods::Neighbourhood;

/// How far from a hotspot's centre the name may be that it is called by, in metres.
const NAMED_WITHIN_M: f64 = 250.0;

/// The archive that names the places of a neighbourhood: its own map, or the one that covers it best.
pub fn map_of(app: &App, neighbourhood: &Neighbourhood) -> Option<Arc<Archive>> {
    match &neighbourhood.basemap {
        Basemap::Archive { archive: Some(name) } => app.basemaps.get(name),
        _ => app.basemaps.best(neighbourhood.boundary.bbox()),
    }
}

/// The name of each spot, where the map knows one; a map that cannot be read names nothing.
pub async fn names(
    map: Option<Arc<Archive>>,
    [west, south, east, north]: [f64; 4],
    spots: Vec<(f64, f64)>,
) -> Result<Vec<Option<String>>> {
    let Some(map) = map.filter(|_| !spots.is_empty()) else { return Ok(vec![None; spots.len()]) };
    let bbox = Rect::new((west, south), (east, north));
    // The first search in an archive reads all its names.
    let search = move || match map.names(Some(bbox)) {
        Ok(names) => {
            let name = |(lon, lat): &(f64, f64)| Some(names.nearest(*lon, *lat, NAMED_WITHIN_M)?.name);
            spots.iter().map(name).collect()
        }
        Err(error) => {
            tracing::warn!(slug = error.slug, "the names of a map could not be read");
            vec![None; spots.len()]
        }
    };
    spawn_blocking(search).await.map_err(Error::internal)
}
