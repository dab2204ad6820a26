//! What a line or an area pin covers.

use geo::{BoundingRect, Coord, Distance, Euclidean, Line, LineString, MultiPolygon, Point, Polygon};

use super::grid::Grid;
use crate::geometry::Plane;
use crate::pins::Shape;

/// A line or an area on a neighbourhood's plane: one person's voice, however long or large it is.
#[derive(Debug, Clone, PartialEq)]
pub enum Footprint {
    /// A route, such as one that is avoided.
    Line(LineString<f64>),
    /// An area with vague edges.
    Area(Polygon<f64>),
}

impl Footprint {
    /// What a line or area in degrees covers on a plane; none for a point.
    #[must_use]
    pub fn of(shape: &Shape, plane: &Plane) -> Option<Self> {
        let line = |corners: &[[f64; 2]]| corners.iter().map(|[lon, lat]| plane.to_m(*lon, *lat)).collect();
        match shape {
            Shape::Point { .. } => None,
            Shape::LineString { coordinates } => Some(Self::Line(line(coordinates))),
            Shape::Polygon { coordinates } => Some(Self::Area(Polygon::new(line(coordinates.first()?), Vec::new()))),
        }
    }

    /// How far a point of the plane is from it, in metres: zero on the line or in the area.
    #[must_use]
    pub fn distance_m(&self, x: f64, y: f64) -> f64 {
        let point = Point::new(x, y);
        match self {
            Self::Line(line) => Euclidean.distance(&point, line),
            Self::Area(area) => Euclidean.distance(&point, area),
        }
    }

    /// How far a shape of the same plane is from it, in metres: zero where they touch or overlap.
    #[must_use]
    pub fn distance_to_m(&self, shape: &MultiPolygon<f64>) -> f64 {
        match self {
            Self::Line(line) => Euclidean.distance(line, shape),
            Self::Area(area) => Euclidean.distance(area, shape),
        }
    }

    /// The box around it: west, south, east, north, in metres.
    #[must_use]
    pub fn bounds(&self) -> [f64; 4] {
        let rect = match self {
            Self::Line(line) => line.bounding_rect(),
            Self::Area(area) => area.bounding_rect(),
        };
        rect.map_or([0.0; 4], |r| [r.min().x, r.min().y, r.max().x, r.max().y])
    }

    /// Writes the squared distance of every cell's centre, in square metres; infinity where it is beyond the reach.
    pub(super) fn squared_distances(&self, grid: &Grid, reach_m: f64, out: &mut Vec<f64>) {
        out.clear();
        out.resize(grid.len(), f64::INFINITY);
        let edges = match self {
            Self::Line(line) => line,
            Self::Area(area) => area.exterior(),
        };
        for edge in edges.lines() {
            let (low, high) = (edge.start.y.min(edge.end.y), edge.start.y.max(edge.end.y));
            let (west, east) = (edge.start.x.min(edge.end.x), edge.start.x.max(edge.end.x));
            let cols = grid.cols_between(west - reach_m, east + reach_m);
            for row in grid.rows_between(low - reach_m, high + reach_m) {
                let y = grid.y(row);
                for col in cols.clone() {
                    let squared = &mut out[row * grid.cols + col];
                    *squared = squared.min(to_edge(edge, Coord { x: grid.x(col), y }));
                }
            }
        }
        if let Self::Area(area) = self {
            let inside = grid.inside(&MultiPolygon::new(vec![area.clone()]));
            out.iter_mut().zip(inside).filter(|(_, inside)| *inside).for_each(|(squared, _)| *squared = 0.0);
        }
    }
}

/// The squared distance of a point from an edge, in square metres.
fn to_edge(edge: Line<f64>, at: Coord<f64>) -> f64 {
    let (along, from) = (edge.delta(), at - edge.start);
    let length = along.x * along.x + along.y * along.y;
    let part = if length > 0.0 { ((from.x * along.x + from.y * along.y) / length).clamp(0.0, 1.0) } else { 0.0 };
    let gap = from - along * part;
    gap.x * gap.x + gap.y * gap.y
}
