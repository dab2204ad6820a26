//! People by hexagon, as polygons.

use geo::{BoundingRect, Intersects, MapCoords, Polygon, Rect};
use h3o::Resolution;

use super::cutting::cut;
use super::mvt::Sheet;
use super::{Address, in_world};
use crate::hotspots::hexes::{Hex, Hexes, outline};

/// A hexagon in which people speak, in the square of the world.
#[derive(Debug, Clone, PartialEq)]
pub struct Hexagon {
    hex: Hex,
    shape: Polygon<f64>,
    around: Rect<f64>,
}

/// The resolution of the hexagons at a zoom: some 30 to 90 pixels wide from zoom 11 to 16.
#[must_use]
pub fn resolution(zoom: u8) -> Resolution {
    match zoom {
        0..=11 => Resolution::Eight,
        12..=13 => Resolution::Nine,
        14..=15 => Resolution::Ten,
        _ => Resolution::Eleven,
    }
}

/// Draws hexagons.
#[must_use]
pub fn hexagons(hexes: &Hexes) -> Vec<Hexagon> {
    let draw = |hex: &Hex| {
        let shape = outline(hex.cell).map_coords(|at| in_world(at.x, at.y));
        Some(Hexagon { hex: *hex, around: shape.bounding_rect()?, shape })
    };
    hexes.hexes.iter().filter_map(draw).collect()
}

/// Draws hexagons on a tile; those of fewer than five people tell no numbers.
#[must_use]
pub fn hexes(hexagons: &[Hexagon], address: Address) -> Vec<u8> {
    let mut sheet = Sheet::new("hexes", &["h3", "people", "people_unsafe", "people_safe"]);
    let drawn = address.drawn();
    for Hexagon { hex, shape, .. } in hexagons.iter().filter(|hexagon| hexagon.around.intersects(&drawn)) {
        let polygons = cut(shape, address);
        if polygons.is_empty() {
            continue;
        }
        let mut tags = vec![0, sheet.text(&hex.cell.to_string())];
        if hex.is_told() {
            for (key, people) in [(1, hex.people), (2, hex.people_unsafe), (3, hex.people_safe)] {
                tags.extend([key, sheet.number(u64::from(people))]);
            }
        }
        sheet.polygons(&tags, &polygons);
    }
    sheet.finish()
}
