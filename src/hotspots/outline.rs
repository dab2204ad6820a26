//! The outlines of the places on a field: contours around each group of peaks.

use geo::{Area, BooleanOps, Distance, Euclidean, Intersects, MultiPolygon, Polygon};

use super::contour::Window;
use super::grid::bounds;
use super::peaks::{Field, Grounds, NOBODY};
use super::{MERGE_M, MIN_AREA_M2};

/// A place on a field, in metres.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Outline {
    pub shape: MultiPolygon<f64>,
    /// The highest value of the field in it, in people.
    pub height: f64,
    /// The cell where that is.
    pub peak: usize,
}

/// Draws the places of a field inside a boundary.
///
/// Each reaches down to half its peak or the least contour, whichever is higher. Places between which a saddle counts are
/// kept 75 m apart by a strip along the line where their grounds meet; whatever else is nearer than 75 m to each other is
/// one outline of several parts. Parts and holes under 0.2 ha are left out.
pub(super) fn outlines(field: &Field, boundary: &MultiPolygon<f64>) -> Vec<Outline> {
    let grounds = Grounds::of(field);
    let mut outlines: Vec<Outline> = Vec::new();
    for place in places(field, &grounds) {
        let drawn = parts(place.window(field, &grounds).polygons());
        for part in drawn.iter().flat_map(|part| parts(boundary.intersection(part))) {
            join_near(&mut outlines, part, &place);
        }
    }
    outlines
}

/// Adds a part, as one with the outlines that are nearer than 75 m to it.
fn join_near(outlines: &mut Vec<Outline>, part: Polygon<f64>, place: &Place) {
    let shape = MultiPolygon::new(vec![part]);
    let mut joined = Outline { shape, height: place.height, peak: place.peak };
    let (near, rest): (Vec<_>, Vec<_>) =
        outlines.drain(..).partition(|outline| gap_m(&outline.shape, &joined.shape) < MERGE_M);
    for outline in near {
        if outline.height > joined.height {
            (joined.height, joined.peak) = (outline.height, outline.peak);
        }
        joined.shape.0.extend(outline.shape);
    }
    outlines.extend(rest);
    outlines.push(joined);
}

/// A group of basins with the box of cells around them.
struct Place {
    group: usize,
    height: f64,
    peak: usize,
    level: f64,
    cols: [usize; 2],
    rows: [usize; 2],
}

fn places(field: &Field, grounds: &Grounds) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    let mut of_group = std::collections::HashMap::new();
    for basin in &grounds.basins {
        let at = *of_group.entry(basin.group).or_insert(places.len());
        if at == places.len() {
            let none = [usize::MAX, 0];
            places.push(Place { group: basin.group, height: 0.0, peak: 0, level: f64::MAX, cols: none, rows: none });
        }
        places[at].level = places[at].level.min(basin.level);
    }
    for (cell, basin) in grounds.of_cell.iter().enumerate().filter(|(_, basin)| **basin != NOBODY) {
        let place = &mut places[of_group[&grounds.basins[*basin as usize].group]];
        let (row, col) = (cell / field.grid.cols, cell % field.grid.cols);
        place.cols = [place.cols[0].min(col), place.cols[1].max(col)];
        place.rows = [place.rows[0].min(row), place.rows[1].max(row)];
        if field.people[cell] > place.height {
            (place.height, place.peak) = (field.people[cell], cell);
        }
    }
    places
}

impl Place {
    fn window(&self, field: &Field, grounds: &Grounds) -> Window {
        let grid = field.grid;
        // One cell more on each side, so that the line is drawn between a cell inside and one outside.
        let cols = self.cols[0].saturating_sub(1)..(self.cols[1] + 2).min(grid.cols);
        let rows = self.rows[0].saturating_sub(1)..(self.rows[1] + 2).min(grid.rows);
        let values = rows.clone().flat_map(|row| cols.clone().map(move |col| row * grid.cols + col));
        Window {
            west: grid.x(cols.start),
            north: grid.y(rows.start),
            step: grid.cell_m,
            cols: cols.len(),
            values: values.map(|cell| self.value(field, grounds, cell)).collect(),
        }
    }

    /// Zero or more inside the place.
    fn value(&self, field: &Field, grounds: &Grounds, cell: usize) -> f64 {
        let level = match grounds.of_cell[cell] {
            NOBODY => self.level,
            basin if grounds.basins[basin as usize].group == self.group => grounds.basins[basin as usize].level,
            _ => self.level,
        };
        let value = (field.people[cell] - level).min(field.gate[cell]);
        if value < 0.0 { value } else { value.min(self.apart(field, grounds, cell)) }
    }

    /// Cells beyond the strip that is kept free towards the ground of other places.
    fn apart(&self, field: &Field, grounds: &Grounds, cell: usize) -> f64 {
        let grid = field.grid;
        let strip_m = STRIP_M + grid.cell_m / 2.0;
        let (x, y) = grid.centre(cell);
        let reach_m = strip_m + grid.cell_m;
        let mut nearest = reach_m;
        for row in grid.rows_between(y - reach_m, y + reach_m) {
            for col in grid.cols_between(x - reach_m, x + reach_m) {
                let basin = grounds.of_cell[row * grid.cols + col];
                if basin != NOBODY && grounds.basins[basin as usize].group != self.group {
                    nearest = nearest.min((grid.x(col) - x).hypot(grid.y(row) - y));
                }
            }
        }
        (nearest - strip_m) / grid.cell_m
    }
}

/// Half the distance to be kept between places, and a little for what interpolation takes away.
const STRIP_M: f64 = MERGE_M / 2.0 + 6.0;

/// The parts of a shape that are large enough, without their small holes.
pub(super) fn parts(shape: MultiPolygon<f64>) -> Vec<Polygon<f64>> {
    let large = |area_m2: f64| area_m2 >= MIN_AREA_M2;
    let mut parts = Vec::new();
    for part in shape {
        let (outside, mut holes) = part.into_inner();
        holes.retain(|hole| large(Polygon::new(hole.clone(), Vec::new()).unsigned_area()));
        let part = Polygon::new(outside, holes);
        if large(part.unsigned_area()) {
            parts.push(part);
        }
    }
    parts
}

/// The distance between two shapes, in metres; where their boxes are farther than 75 m apart, no less than that.
pub(super) fn gap_m(a: &MultiPolygon<f64>, b: &MultiPolygon<f64>) -> f64 {
    let (Some(p), Some(q)) = (bounds(a), bounds(b)) else { return f64::INFINITY };
    let between = |low: f64, high: f64| (high - low).max(0.0);
    let (dx, dy) = (between(p[2], q[0]).max(between(q[2], p[0])), between(p[3], q[1]).max(between(q[3], p[1])));
    if dx.hypot(dy) >= MERGE_M {
        return dx.hypot(dy);
    }
    if a.intersects(b) { 0.0 } else { Euclidean.distance(a, b) }
}
