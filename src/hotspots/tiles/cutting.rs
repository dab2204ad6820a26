//! Cuts shapes to a tile and brings them onto its units.

use geo::{BoundingRect, Coord, Intersects, LineString, Polygon};

use super::Address;
use super::mvt::{EXTENT, Unit};
use crate::basemap::clip;

/// The part of a polygon in the square of the world that a tile draws: polygons of rings on whole units, the outline
/// first, none closed, outlines clockwise where y points south.
pub(super) fn cut(polygon: &Polygon<f64>, address: Address) -> Vec<Vec<Vec<Unit>>> {
    let drawn = address.drawn();
    if !polygon.bounding_rect().is_some_and(|around| around.intersects(&drawn)) {
        return Vec::new();
    }
    let mut cut = Vec::new();
    for part in clip::polygon(polygon, &drawn) {
        let Some(outline) = ring(part.exterior(), address, false) else { continue };
        let holes = part.interiors().iter().filter_map(|hole| ring(hole, address, true));
        cut.push(std::iter::once(outline).chain(holes).collect());
    }
    cut
}

/// A ring on whole units; none where nothing is left of it.
fn ring(line: &LineString<f64>, address: Address, is_hole: bool) -> Option<Vec<Unit>> {
    let mut ring: Vec<Unit> = line.coords().map(|at| unit(*at, address)).collect();
    ring.dedup();
    if ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    if ring.len() < 3 {
        return None;
    }
    let area = twice_area(&ring);
    if area == 0 {
        return None;
    }
    if (area < 0) != is_hole {
        ring.reverse();
    }
    Some(ring)
}

#[expect(clippy::cast_possible_truncation, reason = "a tile's units fit by far")]
fn unit(at: Coord<f64>, address: Address) -> Unit {
    let side = f64::from(1_u32 << address.z);
    let along = |at: f64, tile: u32| ((at * side - f64::from(tile)) * f64::from(EXTENT)).round() as i32;
    [along(at.x, address.x), along(at.y, address.y)]
}

/// Twice the area that a ring encloses, by the surveyor's formula: positive where it runs clockwise with y to the south.
fn twice_area(ring: &[Unit]) -> i64 {
    let next = ring.iter().cycle().skip(1);
    ring.iter().zip(next).map(|(a, b)| i64::from(a[0]) * i64::from(b[1]) - i64::from(b[0]) * i64::from(a[1])).sum()
}
