//! The hexagons that a line or an area touches.

use std::collections::{HashSet, VecDeque};

use geo::{Coord, Intersects, LineString, Polygon};
use h3o::{CellIndex, Resolution};

use super::{Footprint, cell_at, outline};
use crate::geometry::Plane;

/// The most hexagons that one line or area is counted in: nearest to its beginning first.
const MOST: usize = 20_000;

/// The hexagons that share a point with a footprint, in the order of H3's numbers.
///
/// What is touched hangs together, so it is found by going from neighbour to neighbour.
pub fn cells(footprint: &Footprint, plane: &Plane, resolution: Resolution) -> Vec<CellIndex> {
    let start = match footprint {
        Footprint::Line(line) => line.0.first(),
        Footprint::Area(area) => area.exterior().0.first(),
    };
    let Some(start) = start.map(|c| cell_at(plane, c.x, c.y, resolution)) else { return Vec::new() };
    let mut seen = HashSet::from([start]);
    let mut found = vec![start];
    let mut to_visit = VecDeque::from([start]);
    while let Some(cell) = to_visit.pop_front() {
        for near in cell.grid_disk::<Vec<_>>(1) {
            if found.len() < MOST && seen.insert(near) && touches(footprint, near, plane) {
                found.push(near);
                to_visit.push_back(near);
            }
        }
    }
    found.sort_unstable();
    found
}

fn touches(footprint: &Footprint, cell: CellIndex, plane: &Plane) -> bool {
    let corners: LineString<f64> =
        outline(cell).exterior().0.iter().map(|c| Coord::from(plane.to_m(c.x, c.y))).collect();
    let hexagon = Polygon::new(corners, Vec::new());
    match footprint {
        Footprint::Line(line) => hexagon.intersects(line),
        Footprint::Area(area) => hexagon.intersects(area),
    }
}
