//! A line that letters run along.

use geo::{Coord, LineString};

/// A line with the way from its start to each of its points.
pub(super) struct Curve {
    points: Vec<Coord<f64>>,
    ways: Vec<f64>,
}

impl Curve {
    pub fn of(line: &LineString<f64>) -> Self {
        let mut ways = Vec::with_capacity(line.0.len());
        let mut way = 0.0;
        let mut before: Option<Coord<f64>> = None;
        for at in &line.0 {
            way += before.map_or(0.0, |before| (at.x - before.x).hypot(at.y - before.y));
            ways.push(way);
            before = Some(*at);
        }
        Self { points: line.0.clone(), ways }
    }

    pub fn length(&self) -> f64 {
        self.ways.last().copied().unwrap_or(0.0)
    }

    /// The point so far along the line.
    pub fn at(&self, way: f64) -> Coord<f64> {
        let next = self.ways.partition_point(|w| *w < way).clamp(1, self.points.len().max(2) - 1);
        let (Some(a), Some(b)) = (self.points.get(next - 1), self.points.get(next)) else {
            return self.points.first().copied().unwrap_or_default();
        };
        let (from, to) = (self.ways[next - 1], self.ways[next]);
        let share = if to > from { ((way - from) / (to - from)).clamp(0.0, 1.0) } else { 0.0 };
        Coord { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share }
    }

    /// The part between two ways as points a step apart, each the mean of the line around it so that no corner is left in
    /// it, and none that runs from right to left.
    pub fn stretch(&self, from: f64, to: f64, step: f64, soft: f64) -> Vec<Coord<f64>> {
        let steps = ((to - from) / step).ceil().max(2.0);
        let mean = |way: f64| {
            let around = [-1.0, -0.5, 0.0, 0.5, 1.0].map(|part| self.at((way + part * soft).clamp(0.0, self.length())));
            let sum = around.iter().fold(Coord::default(), |sum: Coord<f64>, at| sum + *at);
            Coord { x: sum.x / 5.0, y: sum.y / 5.0 }
        };
        let mut points = Vec::new();
        let mut at = 0.0;
        while at <= steps {
            points.push(mean(from + (to - from) * at / steps));
            at += 1.0;
        }
        if points[points.len() - 1].x < points[0].x {
            points.reverse();
        }
        points
    }
}

/// How far a line turns at most over a stretch of its points, in radians.
pub(super) fn sharpest_turn(points: &[Coord<f64>], over: usize) -> f64 {
    let headings: Vec<f64> =
        points.windows(2).map(|pair| (pair[1].y - pair[0].y).atan2(pair[1].x - pair[0].x)).collect();
    let turn = |a: f64, b: f64| {
        let turn = (a - b).abs() % std::f64::consts::TAU;
        turn.min(std::f64::consts::TAU - turn)
    };
    headings.windows(over + 1).map(|part| turn(part[0], part[over])).fold(0.0, f64::max)
}

/// The line beside a line, to its right on the paper.
pub(super) fn beside(points: &[Coord<f64>], by: f64) -> Vec<Coord<f64>> {
    let last = points.len() - 1;
    let aside = |at: usize| {
        let (a, b) = (points[at.saturating_sub(1)], points[(at + 1).min(last)]);
        let length = (b.x - a.x).hypot(b.y - a.y).max(1e-9);
        Coord { x: points[at].x - (b.y - a.y) / length * by, y: points[at].y + (b.x - a.x) / length * by }
    };
    (0..points.len()).map(aside).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_run_from_left_to_right_on_a_soft_line() {
        let line: LineString<f64> = vec![(100.0, 0.0), (50.0, 0.0), (50.0, 40.0)].into();
        let curve = Curve::of(&line);
        assert!((curve.length() - 90.0).abs() < 1e-9);
        assert_eq!(curve.at(60.0), Coord { x: 50.0, y: 10.0 });
        let straight = curve.stretch(5.0, 35.0, 2.0, 1.0);
        assert!(straight[0].x < straight[straight.len() - 1].x);
        assert!(sharpest_turn(&straight, 1) < 1e-9);
        assert!(sharpest_turn(&curve.stretch(30.0, 70.0, 2.0, 1.0), 2) > 0.5);
        assert!(beside(&straight, 3.0).iter().all(|at| (at.y - 3.0).abs() < 1e-9));
    }
}
