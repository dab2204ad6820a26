//! The line where a field passes zero: marching squares with linear interpolation (Lorensen and Cline's marching cubes,
//! 1987, in two dimensions).

use std::collections::HashMap;

use geo::{Area, Contains, Coord, LineString, MultiPolygon, Point, Polygon};

/// A rectangle of field values at points one step apart, row by row from the north-west; outside it is below zero.
pub(super) struct Window {
    /// Metres east of the first column.
    pub west: f64,
    /// Metres north of the first row.
    pub north: f64,
    /// Metres between points.
    pub step: f64,
    pub cols: usize,
    pub values: Vec<f64>,
}

/// How near to a point of the window a line may pass, as a part of the step: keeps the corners of two rings apart.
const CLEARANCE: f64 = 0.02;

impl Window {
    /// Draws the closed lines around all that is zero or more; outsides anticlockwise, holes clockwise, none crossing.
    pub fn polygons(&self) -> MultiPolygon<f64> {
        let mut next = self.segments();
        let mut starts: Vec<usize> = next.keys().copied().collect();
        starts.sort_unstable();
        let (mut outsides, mut holes) = (Vec::new(), Vec::new());
        for start in starts {
            let mut ring = Vec::new();
            let mut at = start;
            while let Some(to) = next.remove(&at) {
                ring.push(self.point(at));
                at = to;
            }
            if ring.len() < 3 {
                continue;
            }
            let ring = Polygon::new(LineString::new(ring), Vec::new());
            if ring.signed_area() > 0.0 { outsides.push(ring) } else { holes.push(ring.into_inner().0) }
        }
        outsides.sort_by(|a, b| a.unsigned_area().total_cmp(&b.unsigned_area()));
        for hole in holes {
            let corner = Point(hole.0[0]);
            // The smallest outside around a hole is its own.
            if let Some(outside) = outsides.iter_mut().find(|p| p.contains(&corner)) {
                outside.interiors_push(hole);
            }
        }
        MultiPolygon::new(outsides)
    }

    fn rows(&self) -> usize {
        self.values.len() / self.cols
    }

    /// The field at a point of the window widened by one row and column of "below zero" on each side.
    fn value(&self, row: usize, col: usize) -> f64 {
        if row == 0 || col == 0 || row > self.rows() || col > self.cols {
            return -1.0;
        }
        let value = self.values[(row - 1) * self.cols + col - 1];
        if value.is_nan() { -1.0 } else { value }
    }

    /// The side to the east (even) or to the south (odd) of a point.
    fn side(&self, row: usize, col: usize, south: bool) -> usize {
        2 * (row * (self.cols + 2) + col) + usize::from(south)
    }

    /// For each side that the line passes, the side it goes on to with what is inside on its left.
    fn segments(&self) -> HashMap<usize, usize> {
        let mut next = HashMap::new();
        for row in 0..=self.rows() {
            for col in 0..=self.cols {
                let corners = [
                    self.value(row, col),
                    self.value(row, col + 1),
                    self.value(row + 1, col + 1),
                    self.value(row + 1, col),
                ];
                let inside = corners.map(|v| v >= 0.0);
                if inside == [false; 4] || inside == [true; 4] {
                    continue;
                }
                let top = self.side(row, col, false);
                let right = self.side(row, col + 1, true);
                let bottom = self.side(row + 1, col, false);
                let left = self.side(row, col, true);
                // On a saddle the mean decides whether the two corners inside are joined.
                let joined = corners.iter().sum::<f64>() >= 0.0;
                let lines: &[(usize, usize)] = match inside {
                    [true, false, false, false] => &[(left, top)],
                    [false, true, false, false] => &[(top, right)],
                    [false, false, true, false] => &[(right, bottom)],
                    [false, false, false, true] => &[(bottom, left)],
                    [true, true, false, false] => &[(left, right)],
                    [false, true, true, false] => &[(top, bottom)],
                    [false, false, true, true] => &[(right, left)],
                    [true, false, false, true] => &[(bottom, top)],
                    [false, true, true, true] => &[(top, left)],
                    [true, false, true, true] => &[(right, top)],
                    [true, true, false, true] => &[(bottom, right)],
                    [true, true, true, false] => &[(left, bottom)],
                    [true, false, true, false] if joined => &[(right, top), (left, bottom)],
                    [true, false, true, false] => &[(left, top), (right, bottom)],
                    _ if joined => &[(top, left), (bottom, right)],
                    _ => &[(top, right), (bottom, left)],
                };
                next.extend(lines.iter().copied());
            }
        }
        next
    }

    /// Where the line passes a side, in metres.
    fn point(&self, side: usize) -> Coord<f64> {
        let (at, south) = (side / 2, side % 2 == 1);
        let (row, col) = (at / (self.cols + 2), at % (self.cols + 2));
        let here = self.value(row, col);
        let there = if south { self.value(row + 1, col) } else { self.value(row, col + 1) };
        let part = (here / (here - there)).clamp(CLEARANCE, 1.0 - CLEARANCE);
        let (down, right) = if south { (part, 0.0) } else { (0.0, part) };
        Coord {
            x: self.west + (col as f64 - 1.0 + right) * self.step,
            y: self.north - (row as f64 - 1.0 + down) * self.step,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{Intersects, Validation};
    use proptest::prelude::*;

    fn window(cols: usize, values: Vec<f64>) -> Window {
        Window { west: 0.0, north: 0.0, step: 10.0, cols, values }
    }

    #[test]
    fn a_circle_is_drawn_true() {
        let n = 41;
        let values =
            (0..n * n).map(|i| 150.0 - f64::hypot((i % n) as f64 * 10.0 - 200.0, (i / n) as f64 * 10.0 - 200.0));
        let shape = window(n, values.collect()).polygons();
        assert_eq!(shape.0.len(), 1);
        assert!((shape.signed_area() / (std::f64::consts::PI * 150.0 * 150.0) - 1.0).abs() < 0.002);
    }

    #[test]
    fn a_ring_has_a_hole_and_an_island_is_its_own() {
        let n = 61;
        let values = (0..n * n).map(|i| {
            let d = f64::hypot((i % n) as f64 * 10.0 - 300.0, (i / n) as f64 * 10.0 - 300.0);
            (60.0 - d).max(40.0 - (d - 180.0).abs())
        });
        let shape = window(n, values.collect()).polygons();
        assert_eq!(shape.0.iter().map(|p| p.interiors().len()).collect::<Vec<_>>(), [0, 1]);
        assert!(shape.is_valid());
    }

    proptest! {
        #[test]
        fn any_field_makes_sound_shapes_around_what_is_inside(
            cols in 1_usize..9, values in prop::collection::vec(prop_oneof![-1.0..1.0_f64, Just(0.0), Just(-1.0), Just(1.0)], 1..64),
        ) {
            let rows = values.len() / cols;
            prop_assume!(rows > 0);
            let window = window(cols, values[..rows * cols].to_vec());
            let shape = window.polygons();
            prop_assert!(shape.is_valid(), "{:?}", shape);
            for (i, value) in window.values.iter().enumerate() {
                let at = Point::new((i % cols) as f64 * 10.0, -((i / cols) as f64) * 10.0);
                prop_assert_eq!(shape.intersects(&at), *value >= 0.0);
            }
        }
    }
}
