//! The ground of a place, in degrees.

use geo::{Area, Centroid, Contains, Coord, CoordsIter, InteriorPoint, MapCoords, MultiPolygon, Point, Polygon};
use serde_json::{Value, json};

use crate::error::{Error, Result};
use crate::geometry::{Boundary, Plane, check_point, round7};

/// A point stands for a disc of this radius, in metres: the least "around here" of a pin.
const POINT_RADIUS_M: f64 = 25.0;
/// Corners of that disc.
const POINT_CORNERS: u32 = 24;
/// The most corners of a drawn area.
const MAX_CORNERS: usize = 500;

/// A point or an area, in degrees of seven decimals.
#[derive(Debug, Clone, PartialEq)]
pub enum Ground {
    /// Longitude and latitude.
    Point(f64, f64),
    /// Valid and wound as RFC 7946 asks.
    Area(MultiPolygon<f64>),
}

impl Ground {
    /// Reads a GeoJSON Point or Polygon that somebody drew inside a boundary; the field at fault is `geometry`.
    pub fn drawn(value: &Value, boundary: &Boundary) -> Result<Self> {
        let ground = match value["type"].as_str() {
            Some("Point") => Self::point(value)?,
            Some("Polygon") => Self::area(value)?,
            _ => return Err(Error::invalid("geometry", "must be a GeoJSON Point or Polygon")),
        };
        let inside = match &ground {
            Self::Point(lon, lat) => boundary.contains(*lon, *lat),
            Self::Area(area) if area.coords_count() > MAX_CORNERS => {
                return Err(Error::invalid("geometry", "has more than 500 corners: simplify it first"));
            }
            Self::Area(area) => area.coords_iter().all(|corner| boundary.contains(corner.x, corner.y)),
        };
        if inside {
            return Ok(ground);
        }
        Err(Error::invalid("geometry", "the place lies outside the neighbourhood").with_slug("place_outside_boundary"))
    }

    /// Reads what [`Ground::to_geojson`] wrote.
    pub fn parse(value: &Value) -> Result<Self> {
        if value["type"] == "Point" { Self::point(value) } else { Self::area(value) }
    }

    fn point(value: &Value) -> Result<Self> {
        let position = value["coordinates"].as_array().map(Vec::as_slice);
        let Some([lon, lat, ..]) = position else {
            return Err(Error::invalid("geometry", "the point has no longitude and latitude"));
        };
        let (Some(lon), Some(lat)) = (lon.as_f64(), lat.as_f64()) else {
            return Err(Error::invalid("geometry", "the point is not two numbers"));
        };
        check_point(lon, lat)?;
        Ok(Self::Point(round7(lon), round7(lat)))
    }

    fn area(value: &Value) -> Result<Self> {
        let drawn = Boundary::parse(value).map_err(|error| error.with_field("geometry"))?;
        Ok(Self::Area(drawn.polygons().clone()))
    }

    /// The ground as a GeoJSON Point, Polygon or `MultiPolygon`.
    #[must_use]
    pub fn to_geojson(&self) -> Value {
        match self {
            Self::Point(lon, lat) => json!({"type": "Point", "coordinates": [lon, lat]}),
            Self::Area(area) => {
                let geometry = match &area.0[..] {
                    [only] => geojson::GeometryValue::from(only),
                    _ => geojson::GeometryValue::from(area),
                };
                serde_json::to_value(geojson::Geometry::new(geometry)).unwrap_or_default()
            }
        }
    }

    /// The ground in metres of a plane; of a point the disc of 25 m around it.
    #[must_use]
    pub fn on(&self, plane: &Plane) -> MultiPolygon<f64> {
        match self {
            Self::Area(area) => area.map_coords(|c| Coord::from(plane.to_m(c.x, c.y))),
            Self::Point(lon, lat) => {
                let (x, y) = plane.to_m(*lon, *lat);
                let corner = |n: u32| {
                    let turn = std::f64::consts::TAU * f64::from(n) / f64::from(POINT_CORNERS);
                    Coord { x: x + POINT_RADIUS_M * turn.cos(), y: y + POINT_RADIUS_M * turn.sin() }
                };
                MultiPolygon::new(vec![Polygon::new((0..POINT_CORNERS).map(corner).collect(), Vec::new())])
            }
        }
    }

    /// A point inside: the centre of gravity, or a point well inside the largest part where that lies outside.
    #[must_use]
    pub fn centre(&self) -> (f64, f64) {
        match self {
            Self::Point(lon, lat) => (*lon, *lat),
            Self::Area(area) => {
                let largest = area.iter().max_by(|a, b| a.unsigned_area().total_cmp(&b.unsigned_area()));
                let inside = area.centroid().filter(|centre| area.contains(centre));
                let centre = inside.or_else(|| largest?.interior_point()).unwrap_or(Point::new(0.0, 0.0));
                (round7(centre.x()), round7(centre.y()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boundary() -> Boundary {
        let ring = json!([[3.70, 51.05], [3.73, 51.05], [3.73, 51.07], [3.70, 51.07], [3.70, 51.05]]);
        Boundary::parse(&json!({"type": "Polygon", "coordinates": [ring]})).unwrap()
    }

    #[test]
    fn what_is_drawn_lies_inside_and_is_read_back() {
        let ring = json!([[3.71, 51.06], [3.712, 51.06], [3.712, 51.061], [3.71, 51.061], [3.71, 51.06]]);
        for drawn in
            [json!({"type": "Point", "coordinates": [3.71, 51.06]}), json!({"type": "Polygon", "coordinates": [ring]})]
        {
            let ground = Ground::drawn(&drawn, &boundary()).unwrap();
            assert_eq!(Ground::parse(&ground.to_geojson()).unwrap(), ground);
        }
    }

    #[test]
    fn what_cannot_be_a_place_is_refused() {
        let far = json!([[3.71, 51.06], [3.90, 51.06], [3.712, 51.061], [3.71, 51.06]]);
        let bow = json!([[3.71, 51.06], [3.72, 51.066], [3.72, 51.06], [3.71, 51.066], [3.71, 51.06]]);
        for (drawn, why) in [
            (json!({"type": "Point", "coordinates": [4.71, 51.06]}), "outside the neighbourhood"),
            (json!({"type": "Point", "coordinates": [51.06, 181.0]}), "point"),
            (json!({"type": "Point", "coordinates": ["3.71", 51.06]}), "two numbers"),
            (json!({"type": "Point"}), "longitude and latitude"),
            (json!({"type": "Polygon", "coordinates": [far]}), "outside the neighbourhood"),
            (json!({"type": "Polygon", "coordinates": [bow]}), "crosses"),
            (json!({"type": "LineString", "coordinates": [[3.71, 51.06], [3.712, 51.06]]}), "Point or Polygon"),
            (json!("here"), "Point or Polygon"),
        ] {
            let error = Ground::drawn(&drawn, &boundary()).unwrap_err();
            assert_eq!(error.field.as_deref(), Some("geometry"));
            assert!(error.reason.contains(why), "{drawn}: {}", error.reason);
        }
    }

    #[test]
    fn a_point_has_the_ground_of_a_small_disc() {
        let plane = Plane::at(3.71, 51.06);
        let disc = Ground::Point(3.71, 51.06).on(&plane);
        assert!((disc.unsigned_area() - 1963.0).abs() < 30.0, "{}", disc.unsigned_area());
    }
}
