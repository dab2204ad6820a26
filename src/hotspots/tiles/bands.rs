//! The people surface as filled contours: where at least so many people feel unsafe, and where safe.

use geo::{BooleanOps, BoundingRect, Intersects, MapCoords, MultiPolygon, Rect};

use super::cutting::cut;
use super::mvt::Sheet;
use super::{Address, in_world};
use crate::geometry::Plane;
use crate::hotspots::contour::Window;
use crate::hotspots::surface::Surface;
use crate::hotspots::{Kind, MIN_PEOPLE};

/// The people from which on a band is drawn; each band holds the next.
pub const LEVELS: [u32; 4] = [5, 8, 11, 15];

/// Where at least so many people feel so.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// Safe or unsafe.
    pub side: Kind,
    /// At least so many people.
    pub people: u32,
    /// Where, in the square of the world.
    pub shape: MultiPolygon<f64>,
    around: Rect<f64>,
}

/// Draws the bands of a surface inside a boundary on the same plane, those of fewer people first. As with hotspots, what
/// fewer than five distinct people speak about within 1.5 sigma is left out.
#[must_use]
pub fn bands(surface: &Surface, boundary: &MultiPolygon<f64>, plane: &Plane) -> Vec<Band> {
    let mut bands = Vec::new();
    for level in LEVELS {
        for (side, people) in [(Kind::Unsafe, &surface.people_unsafe), (Kind::Safe, &surface.people_safe)] {
            let Some(window) = window(surface, people, level) else { continue };
            let shape = window.polygons();
            let shape = MultiPolygon::new(shape.iter().flat_map(|part| boundary.intersection(part)).collect());
            let shape = shape.map_coords(|at| {
                let (lon, lat) = plane.to_lonlat(at.x, at.y);
                in_world(lon, lat)
            });
            if let Some(around) = shape.bounding_rect() {
                bands.push(Band { side, people: level, shape, around });
            }
        }
    }
    bands
}

/// The field that is zero or more where the band lies, its outermost cells once more around it; none where it is nowhere.
fn window(surface: &Surface, people: &[f64], level: u32) -> Option<Window> {
    let grid = &surface.grid;
    let value = |cell: usize| {
        let near = f64::from(surface.people_near[cell]) - f64::from(MIN_PEOPLE) + 0.5;
        (people[cell] - f64::from(level)).min(near)
    };
    if !(0..grid.len()).any(|cell| value(cell) >= 0.0) {
        return None;
    }
    let values = (0..grid.rows + 2).flat_map(|row| {
        let row = row.saturating_sub(1).min(grid.rows - 1);
        (0..grid.cols + 2).map(move |col| row * grid.cols + col.saturating_sub(1).min(grid.cols - 1))
    });
    Some(Window {
        west: grid.x(0) - grid.cell_m,
        north: grid.y(0) + grid.cell_m,
        step: grid.cell_m,
        cols: grid.cols + 2,
        values: values.map(value).collect(),
    })
}

/// Draws bands on a tile.
#[must_use]
pub fn surface(bands: &[Band], address: Address) -> Vec<u8> {
    let mut sheet = Sheet::new("surface", &["side", "people"]);
    let sides = [(Kind::Unsafe, sheet.text("unsafe")), (Kind::Safe, sheet.text("safe"))];
    let levels = LEVELS.map(|level| (level, sheet.number(u64::from(level))));
    let drawn = address.drawn();
    for band in bands.iter().filter(|band| band.around.intersects(&drawn)) {
        let polygons: Vec<_> = band.shape.iter().flat_map(|polygon| cut(polygon, address)).collect();
        let side = sides.iter().find(|(side, _)| *side == band.side);
        let level = levels.iter().find(|(level, _)| *level == band.people);
        if let (Some((_, side)), Some((_, level))) = (side, level) {
            sheet.polygons(&[0, *side, 1, *level], &polygons);
        }
    }
    sheet.finish()
}
