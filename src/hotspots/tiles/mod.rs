//! Vector tiles of what pins say: for any selection single pins and where how many people feel so, and of all own pins
//! people by square.
//!
//! A tile is made from the index or from what was found on it, once, and kept as bytes until a pin changes that it shows
//! ([`cache`]).

pub mod api;
mod bands;
pub mod cache;
mod cutting;
pub mod dots;
mod hexagons;
mod making;
pub mod mvt;
mod squares;

pub use bands::{Band, LEVELS, bands, surface};
pub use dots::pins;
pub use making::Tiles;
pub use squares::counts;

use geo::{Coord, Rect};

use crate::basemap::mercator::{earth, world};
use crate::error::{Error, Kind, Result};
use crate::geometry::Plane;
use crate::words;
use mvt::EXTENT;

words! {
    /// What a tile shows.
    pub enum Layer { Hexes = "hexes", Surface = "surface", Pins = "pins", Counts = "counts" }
}

/// The deepest zoom with tiles; pages draw it larger from there on.
pub const MAX_ZOOM: u8 = 20;
/// From this zoom on single pins are shown: farther away they are nothing but a crowd.
pub const PINS_FROM_ZOOM: u8 = 14;
/// How far a tile is drawn beyond its edges, in units, so that circles and outlines meet their neighbours.
pub const BUFFER: u32 = 64;

/// From this zoom on a tile is small enough, some 160 km, to lie flat on a plane.
const FLAT_FROM_ZOOM: u8 = 8;

/// Which square of the world a tile shows (Web Mercator, counted from the north-west).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Address {
    z: u8,
    x: u32,
    y: u32,
}

impl Address {
    /// Takes zoom, column and row, each within what there is.
    pub fn new(z: u8, x: u32, y: u32) -> Result<Self> {
        if z > MAX_ZOOM {
            return Err(no_tile("z", format!("there are tiles up to zoom {MAX_ZOOM}")));
        }
        let side = 1_u32 << z;
        for (field, at) in [("x", x), ("y", y)] {
            if at >= side {
                return Err(no_tile(field, format!("at zoom {z} it is 0 to {}", side - 1)));
            }
        }
        Ok(Self { z, x, y })
    }

    /// Reads zoom, column and row of an address, the row with its `.mvt`.
    pub fn parse(z: &str, x: &str, y: &str) -> Result<Self> {
        let number = |field, text: &str| {
            text.parse::<u32>().map_err(|_| no_tile(field, "must be a whole number of 0 or more".into()))
        };
        let row = y.strip_suffix(".mvt").ok_or_else(|| no_tile("y", "must end in .mvt".into()))?;
        let z = u8::try_from(number("z", z)?).unwrap_or(u8::MAX);
        Self::new(z, number("x", x)?, number("y", row)?)
    }

    /// The zoom.
    #[must_use]
    pub fn zoom(self) -> u8 {
        self.z
    }

    /// What is drawn on the tile, its buffer too, in the square of the world.
    #[must_use]
    pub fn drawn(self) -> Rect<f64> {
        let side = f64::from(1_u32 << self.z);
        let margin = f64::from(BUFFER) / f64::from(EXTENT);
        let (x, y) = (f64::from(self.x), f64::from(self.y));
        let at = |x: f64, y: f64| Coord { x: x / side, y: y / side };
        Rect::new(at(x - margin, y - margin), at(x + 1.0 + margin, y + 1.0 + margin))
    }

    /// A box on a plane around what is drawn: west, south, east, north, in metres.
    #[must_use]
    pub fn bounds_m(self, plane: &Plane) -> [f64; 4] {
        if self.z < FLAT_FROM_ZOOM {
            return [f64::NEG_INFINITY, f64::NEG_INFINITY, f64::INFINITY, f64::INFINITY];
        }
        let drawn = self.drawn();
        let (min, max) = (drawn.min(), drawn.max());
        let middle = drawn.center();
        let xs = [min.x, middle.x, max.x];
        let ys = [min.y, middle.y, max.y];
        let mut bounds = [f64::MAX, f64::MAX, f64::MIN, f64::MIN];
        for (x, y) in xs.iter().flat_map(|x| ys.iter().map(move |y| (*x, *y))) {
            let at = earth(Coord { x, y });
            let (x, y) = plane.to_m(at.x, at.y);
            bounds = [bounds[0].min(x), bounds[1].min(y), bounds[2].max(x), bounds[3].max(y)];
        }
        // A straight edge of the tile is a little bent on the plane.
        let bend = 0.01 * (bounds[2] - bounds[0]).max(bounds[3] - bounds[1]);
        [bounds[0] - bend, bounds[1] - bend, bounds[2] + bend, bounds[3] + bend]
    }
}

fn no_tile(field: &'static str, reason: String) -> Error {
    Error::new(Kind::NotFound, "not_found", reason).with_field(field)
}

/// Longitude and latitude in the square of the world.
fn in_world(lon: f64, lat: f64) -> Coord<f64> {
    world(Coord { x: lon, y: lat })
}

#[cfg(test)]
mod tests;
