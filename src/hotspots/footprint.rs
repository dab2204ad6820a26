//! What a line or an area pin covers.

use geo::{BoundingRect, Distance, Euclidean, Geometry, LineString, Point, Polygon};

/// A line or an area on a neighbourhood's plane: one person's voice, however long or large it is.
#[derive(Debug, Clone, PartialEq)]
pub enum Footprint {
    /// A route, such as one that is avoided.
    Line(LineString<f64>),
    /// An area with vague edges.
    Area(Polygon<f64>),
}

impl Footprint {
    /// How far a point of the plane is from it, in metres: zero on the line or in the area.
    #[must_use]
    pub fn distance_m(&self, x: f64, y: f64) -> f64 {
        let point = Point::new(x, y);
        match self {
            Self::Line(line) => Euclidean.distance(&point, line),
            Self::Area(area) => Euclidean.distance(&point, area),
        }
    }

    /// The box around it: west, south, east, north, in metres.
    #[must_use]
    pub fn bounds(&self) -> [f64; 4] {
        let rect = match self {
            Self::Line(line) => Geometry::from(line.clone()).bounding_rect(),
            Self::Area(area) => area.bounding_rect(),
        };
        rect.map_or([0.0; 4], |r| [r.min().x, r.min().y, r.max().x, r.max().y])
    }
}
