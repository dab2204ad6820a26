//! The square of the world (Web Mercator): 0 to 1 from west to east and from north to south, cut into tiles.

use geo::{Coord, Rect};

/// From lon, lat to the square of the world.
pub fn world(at: Coord<f64>) -> Coord<f64> {
    let sin = at.y.clamp(-85.051_128, 85.051_128).to_radians().sin();
    let y = 0.5 - ((1.0 + sin) / (1.0 - sin)).ln() / (4.0 * std::f64::consts::PI);
    Coord { x: at.x / 360.0 + 0.5, y }
}

/// From the square of the world back to lon, lat.
pub fn earth(at: Coord<f64>) -> Coord<f64> {
    let n = std::f64::consts::PI * (1.0 - 2.0 * at.y);
    Coord { x: (at.x - 0.5) * 360.0, y: n.sinh().atan().to_degrees() }
}

/// The column or row of the tile at a place in the square of the world.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the tiles there are")]
pub(super) fn tile_at(world: f64, zoom: u8) -> u32 {
    let side = f64::from(1_u32 << zoom);
    (world * side).floor().clamp(0.0, side - 1.0) as u32
}

/// A rectangle of tiles: the first and last column and row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tiles {
    pub west: u32,
    pub east: u32,
    pub north: u32,
    pub south: u32,
}

impl Tiles {
    /// The tiles that a box in the square of the world touches.
    pub fn under(rect: Rect<f64>, zoom: u8) -> Self {
        let (min, max) = (rect.min(), rect.max());
        Self {
            west: tile_at(min.x, zoom),
            east: tile_at(max.x, zoom),
            north: tile_at(min.y, zoom),
            south: tile_at(max.y, zoom),
        }
    }

    /// The tiles that a box in lon, lat touches.
    pub fn over(bounds: Rect<f64>, zoom: u8) -> Self {
        Self::under(Rect::new(world(bounds.min()), world(bounds.max())), zoom)
    }

    pub fn count(self) -> u64 {
        u64::from(self.east - self.west + 1) * u64::from(self.south - self.north + 1)
    }

    /// Every column and row, column after column.
    pub fn each(self) -> impl Iterator<Item = (u32, u32)> {
        (self.west..=self.east).flat_map(move |x| (self.north..=self.south).map(move |y| (x, y)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_world_is_a_square() {
        let corner = |lon: f64, lat: f64| world(Coord { x: lon, y: lat });
        for (at, expected) in [
            (corner(-180.0, 85.051_128_78), (0.0, 0.0)),
            (corner(0.0, 0.0), (0.5, 0.5)),
            (corner(180.0, -90.0), (1.0, 1.0)),
        ] {
            assert!((at.x - expected.0).abs() < 1e-7 && (at.y - expected.1).abs() < 1e-7, "{at:?}");
        }
        // The tile of the Atomium, as any other map numbers it.
        let tiles = Tiles::over(Rect::new(Coord { x: 4.3415, y: 50.8949 }, Coord { x: 4.3416, y: 50.8950 }), 15);
        assert_eq!(tiles, Tiles { west: 16_779, east: 16_779, north: 10_985, south: 10_985 });
    }

    proptest! {
        #[test]
        fn there_and_back(lon in -180.0..180.0f64, lat in -85.0..85.0f64) {
            let back = earth(world(Coord { x: lon, y: lat }));
            prop_assert!((back.x - lon).abs() < 1e-9 && (back.y - lat).abs() < 1e-9);
        }
    }
}
