//! Lines through hand-placed points: smoothing, walking along them, bands beside them. All in metres on the demo's plane.

use geo::buffer::{BufferStyle, LineCap, LineJoin};
use geo::{Buffer, Coord, LineString, MultiPolygon, Polygon, Vector2DOps};

/// A hand-placed point: metres east and north of the middle of the quarter.
pub(super) type At = (f64, f64);

/// The longest straight piece of a smoothed line.
const STEP_M: f64 = 10.0;

/// Draws a smooth line through points (Catmull-Rom).
pub(super) fn smooth(points: &[At]) -> LineString {
    let point = |i: usize| Coord::from(points[i.min(points.len() - 1)]);
    let mut line = vec![point(0)];
    for i in 0..points.len() - 1 {
        let (before, from, to, after) = (point(i.saturating_sub(1)), point(i), point(i + 1), point(i + 2));
        let bend = before * 2.0 - from * 5.0 + to * 4.0 - after;
        let twist = from * 3.0 - before - to * 3.0 + after;
        let pieces = ((to - from).magnitude() / STEP_M).ceil().max(1.0);
        let mut piece = 1.0;
        while piece <= pieces {
            let t = piece / pieces;
            line.push((from * 2.0 + (to - before) * t + bend * (t * t) + twist * (t * t * t)) * 0.5);
            piece += 1.0;
        }
    }
    LineString::new(line)
}

/// Draws a smooth closed shape through points.
pub(super) fn round(points: &[At]) -> Polygon {
    let (n, around) = (points.len(), 2);
    let ring: Vec<At> = (0..n + 2 * around).map(|i| points[(i + n - around) % n]).collect();
    let line = smooth(&ring);
    let (start, end) = (Coord::from(points[0]), line.0.len());
    let from = (0..end).find(|&i| line[i] == start).unwrap_or(0);
    let to = (from + 1..end).find(|&i| line[i] == start).unwrap_or(end - 1);
    Polygon::new(LineString::new(line.0[from..=to].to_vec()), vec![])
}

/// Draws a shape with straight sides.
pub(super) fn shape(points: &[At]) -> Polygon {
    Polygon::new(points.iter().copied().collect(), vec![])
}

/// A band of `half_m` to either side of a line, cut off straight at its ends.
pub(super) fn band(line: &LineString, half_m: f64) -> MultiPolygon {
    line.buffer_with_style(BufferStyle::new(half_m).line_cap(LineCap::Butt).line_join(LineJoin::Miter(1.0)))
}

/// A line at `left_m` to the left of another (negative: to the right).
pub(super) fn beside(line: &LineString, left_m: f64) -> LineString {
    let walk = Walk::new(line);
    (0..line.0.len()).map(|i| walk.beside(walk.lengths[i], left_m)).collect()
}

/// Walks along a line by distance.
pub(super) struct Walk<'a> {
    line: &'a LineString,
    lengths: Vec<f64>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(line: &'a LineString) -> Self {
        let mut lengths = vec![0.0];
        for piece in line.lines() {
            lengths.push(lengths[lengths.len() - 1] + piece.delta().magnitude());
        }
        Self { line, lengths }
    }

    pub(super) fn length_m(&self) -> f64 {
        self.lengths[self.lengths.len() - 1]
    }

    /// The point `along_m` from the start.
    pub(super) fn point(&self, along_m: f64) -> Coord {
        let along_m = along_m.clamp(0.0, self.length_m());
        let i = self.lengths.partition_point(|&l| l < along_m).clamp(1, self.lengths.len() - 1);
        let piece = self.lengths[i] - self.lengths[i - 1];
        let share = if piece > 0.0 { (along_m - self.lengths[i - 1]) / piece } else { 0.0 };
        self.line[i - 1] + (self.line[i] - self.line[i - 1]) * share
    }

    /// The unit vector to the left of the direction of walking.
    pub(super) fn left(&self, along_m: f64) -> Coord {
        let ahead = self.point(along_m + 4.0) - self.point(along_m - 4.0);
        ahead.left().try_normalize().unwrap_or(Coord { x: 0.0, y: 1.0 })
    }

    /// The point `along_m` from the start and `left_m` to the left.
    pub(super) fn beside(&self, along_m: f64, left_m: f64) -> Coord {
        self.point(along_m) + self.left(along_m) * left_m
    }
}
