//! Where a pin lies: on a point, along a route, or in an area with vague edges.

use geo::{Area, InteriorPoint, LineString, Polygon};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

use crate::error::{Error, Result};
use crate::geometry::{Boundary, Plane, check_area, check_point, round7};

/// So many corners a line or area may have.
pub const MAX_CORNERS: usize = 100;
/// How long a line may be, in metres.
pub const LENGTHS_M: std::ops::RangeInclusive<f64> = 20.0..=5_000.0;
/// How large an area may be, in square metres: a front garden to 25 ha.
pub const AREAS_M2: std::ops::RangeInclusive<f64> = 400.0..=250_000.0;

/// A GeoJSON geometry in longitude and latitude.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(tag = "type")]
pub enum Shape {
    /// A spot.
    Point {
        /// Longitude and latitude in degrees.
        coordinates: [f64; 2],
    },
    /// A route: 20 m to 5 km long, of 2 to 100 corners.
    LineString {
        /// The corners.
        coordinates: Vec<[f64; 2]>,
    },
    /// An area without holes: 400 m² to 25 ha, of 3 to 100 corners.
    Polygon {
        /// The one ring, which ends where it begins.
        coordinates: Vec<Vec<[f64; 2]>>,
    },
}

/// The geometries that a pin may have.
#[derive(Deserialize)]
enum Type {
    Point,
    LineString,
    Polygon,
}

/// A geometry as it comes.
#[derive(Deserialize)]
struct Raw {
    #[serde(rename = "type")]
    kind: Type,
    coordinates: Nested,
}

/// Numbers, or lists of lists of them.
#[derive(Deserialize)]
#[serde(untagged)]
enum Nested {
    Number(f64),
    List(Vec<Nested>),
}

impl Nested {
    fn list<T>(&self, read: impl Fn(&Self) -> Option<T>) -> Option<Vec<T>> {
        match self {
            Self::Number(_) => None,
            Self::List(items) => items.iter().map(read).collect(),
        }
    }

    fn position(&self) -> Option<[f64; 2]> {
        match self {
            Self::List(items) => match items[..] {
                [Self::Number(lon), Self::Number(lat)] => Some([lon, lat]),
                _ => None,
            },
            Self::Number(_) => None,
        }
    }
}

impl<'de> Deserialize<'de> for Shape {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let raw = Raw::deserialize(from)?;
        let line = |list: &Nested| list.list(Nested::position);
        let (read, what) = match raw.kind {
            Type::Point => (
                raw.coordinates.position().map(|coordinates| Self::Point { coordinates }),
                "the coordinates of a Point are two numbers",
            ),
            Type::LineString => (
                line(&raw.coordinates).map(|coordinates| Self::LineString { coordinates }),
                "the coordinates of a LineString are a list of positions of two numbers",
            ),
            Type::Polygon => (
                raw.coordinates.list(line).map(|coordinates| Self::Polygon { coordinates }),
                "the coordinates of a Polygon are a list of rings, each a list of positions of two numbers",
            ),
        };
        read.ok_or_else(|| serde::de::Error::custom(what))
    }
}

impl Shape {
    /// Checks it against a neighbourhood's boundary; lines and areas are rounded to seven decimals of a degree, and
    /// positions that repeat each other are joined. Every corner must lie inside; between them it may touch outside.
    pub fn check(self, boundary: &Boundary) -> Result<Self> {
        match self {
            Self::Point { coordinates: [lon, lat] } => {
                check_point(lon, lat)?;
                if boundary.contains(lon, lat) {
                    return Ok(self);
                }
                Err(outside("geometry", "the pin lies outside the neighbourhood"))
            }
            Self::LineString { coordinates } => {
                let line = corners("geometry.coordinates", coordinates, boundary)?;
                if line.len() < 2 || line.len() > MAX_CORNERS {
                    return Err(Error::invalid("geometry.coordinates", "a line has 2 to 100 different corners"));
                }
                let length_m = length_m(&on_plane(&line, &Plane::of(boundary)));
                if !LENGTHS_M.contains(&length_m) {
                    let reason = format!("a line is 20 m to 5 km long, this one {length_m:.0} m");
                    return Err(Error::invalid("geometry.coordinates", reason));
                }
                Ok(Self::LineString { coordinates: line })
            }
            Self::Polygon { mut coordinates } => {
                if coordinates.len() > 1 {
                    return Err(Error::invalid("geometry.coordinates", "an area has no holes: one ring only"));
                }
                let ring = coordinates.pop().unwrap_or_default();
                let ring = corners("geometry.coordinates[0]", ring, boundary)?;
                check_ring(&ring, boundary).map_err(|reason| Error::invalid("geometry.coordinates[0]", reason))?;
                Ok(Self::Polygon { coordinates: vec![ring] })
            }
        }
    }

    /// A point on it, longitude and latitude: the middle of a line, a point inside an area.
    #[must_use]
    pub fn middle(&self) -> [f64; 2] {
        match self {
            Self::Point { coordinates } => *coordinates,
            Self::LineString { coordinates } => halfway(coordinates),
            Self::Polygon { .. } => {
                let inside = self.ring().and_then(|ring| Polygon::new(ring, Vec::new()).interior_point());
                inside.map_or([0.0; 2], |point| [round7(point.x()), round7(point.y())])
            }
        }
    }

    /// The outer ring of an area.
    #[must_use]
    pub fn ring(&self) -> Option<LineString<f64>> {
        match self {
            Self::Polygon { coordinates } => Some(coordinates.first()?.iter().copied().collect()),
            _ => None,
        }
    }

    /// Whether it is a point, which needs no more than its middle.
    #[must_use]
    pub fn is_point(&self) -> bool {
        matches!(self, Self::Point { .. })
    }
}

fn outside(field: &str, reason: impl Into<String>) -> Error {
    Error::invalid(field, reason).with_slug("pin_outside_boundary")
}

/// Checks each position, rounds it, and joins those that repeat the one before.
fn corners(field: &str, positions: Vec<[f64; 2]>, boundary: &Boundary) -> Result<Vec<[f64; 2]>> {
    // One more, for a ring ends where it begins.
    if positions.len() > MAX_CORNERS + 1 {
        return Err(Error::invalid(field, "has more than 100 corners"));
    }
    for (i, [lon, lat]) in positions.iter().enumerate() {
        let field = || format!("{field}[{i}]");
        check_point(*lon, *lat).map_err(|error| error.with_field(field()))?;
        if !boundary.contains(*lon, *lat) {
            return Err(outside(&field(), "the corner lies outside the neighbourhood: every corner must lie inside"));
        }
    }
    let mut corners: Vec<_> = positions.into_iter().map(|[lon, lat]| [round7(lon), round7(lat)]).collect();
    corners.dedup();
    Ok(corners)
}

fn check_ring(ring: &[[f64; 2]], boundary: &Boundary) -> Result<(), String> {
    if ring.first() != ring.last() {
        return Err("the ring is not closed: it must end where it begins".to_owned());
    }
    if ring.len() < 4 {
        return Err("an area has 3 to 100 different corners".to_owned());
    }
    check_area(&Polygon::new(ring.iter().copied().collect(), Vec::new()))?;
    let area_m2 = Polygon::new(on_plane(ring, &Plane::of(boundary)), Vec::new()).unsigned_area();
    if !AREAS_M2.contains(&area_m2) {
        return Err(format!("an area is 400 m² to 25 ha (250,000 m²) large, this one {area_m2:.0} m²"));
    }
    Ok(())
}

fn on_plane(corners: &[[f64; 2]], plane: &Plane) -> LineString<f64> {
    corners.iter().map(|[lon, lat]| plane.to_m(*lon, *lat)).collect()
}

fn length_m(line: &LineString<f64>) -> f64 {
    line.lines().map(|edge| edge.dx().hypot(edge.dy())).sum()
}

/// The point halfway along a line.
fn halfway(corners: &[[f64; 2]]) -> [f64; 2] {
    let Some(first) = corners.first() else { return [0.0; 2] };
    let line = on_plane(corners, &Plane::at(first[0], first[1]));
    let mut left = length_m(&line) / 2.0;
    for (edge, pair) in line.lines().zip(corners.windows(2)) {
        let length = edge.dx().hypot(edge.dy());
        if left <= length && length > 0.0 {
            let part = left / length;
            return [0, 1].map(|axis| round7(pair[0][axis] + (pair[1][axis] - pair[0][axis]) * part));
        }
        left -= length;
    }
    *first
}

#[cfg(test)]
mod tests;
