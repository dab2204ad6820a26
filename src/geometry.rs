//! Shapes: a flat plane in metres around a neighbourhood, and the boundary it lies in.
//!
//! All distances and areas of the statistics are taken on a [`Plane`], never in degrees: at 51° north a degree of
//! longitude is 70 km and one of latitude 111 km, and Web Mercator metres are stretched by 1.6.

mod boundary;
mod plane;
mod rings;

pub use boundary::{Boundary, MAX_AREA_M2, MAX_REACH_M, MAX_VERTICES};
pub use plane::Plane;

use geo::orient::{Direction, Orient};
use geo::{BooleanOps, Coord, LineString, MultiPolygon, Polygon};

use crate::error::{Error, Result};

/// Checks that a pin's position is finite and on the globe; the field at fault is `geometry`.
pub fn check_point(lon: f64, lat: f64) -> Result<()> {
    check_position(lon, lat).map_err(|reason| Error::invalid("geometry", format!("the point {reason}")))
}

/// Says in words what is wrong with the rings of an area, if they cross or touch themselves or each other.
pub fn check_area(area: &Polygon<f64>) -> Result<(), String> {
    rings::check(&MultiPolygon::new(vec![area.clone()]))
}

/// Rounds to seven decimals of a degree, about a centimetre: what is stored and sent.
#[must_use]
pub fn round7(degrees: f64) -> f64 {
    (degrees * 1e7).round() / 1e7
}

/// Makes a shape in degrees fit to be sent: seven decimals, no repeated positions, no crossing rings, wound as RFC 7946
/// asks. None where nothing is left of it.
#[must_use]
pub fn sound(shape: &MultiPolygon<f64>) -> Option<MultiPolygon<f64>> {
    let rounded = rounded(shape);
    if rings::check(&rounded).is_ok() {
        return Some(rounded).filter(|shape| !shape.0.is_empty());
    }
    // Rounding made rings touch: a union with nothing cuts them apart there.
    let cut = self::rounded(&rounded.union(&MultiPolygon::new(Vec::new())));
    Some(cut).filter(|shape| !shape.0.is_empty() && rings::check(shape).is_ok())
}

fn rounded(shape: &MultiPolygon<f64>) -> MultiPolygon<f64> {
    let ring = |ring: &LineString<f64>| {
        let mut ring: LineString<f64> = ring.0.iter().map(|c| Coord { x: round7(c.x), y: round7(c.y) }).collect();
        ring.0.dedup();
        ring
    };
    let polygon = |polygon: &Polygon<f64>| {
        let holes = polygon.interiors().iter().map(ring).filter(|hole| hole.0.len() > 3).collect();
        Polygon::new(ring(polygon.exterior()), holes)
    };
    let polygons = shape.iter().map(polygon).filter(|polygon| polygon.exterior().0.len() > 3);
    MultiPolygon::new(polygons.collect()).orient(Direction::Default)
}

/// Says in words what is wrong with a position, if anything; never repeats the numbers.
fn check_position(lon: f64, lat: f64) -> Result<(), &'static str> {
    if !lon.is_finite() || !lat.is_finite() {
        return Err("is not made of finite numbers");
    }
    if lon.abs() <= 180.0 && lat.abs() <= 90.0 {
        return Ok(());
    }
    Err(if lon.abs() <= 90.0 && lat.abs() <= 180.0 {
        "has its longitude and latitude swapped: longitude comes first"
    } else if lon.abs() > 360.0 || lat.abs() > 360.0 {
        "is not in degrees: WGS 84 longitude and latitude are expected, not metres of a national grid"
    } else {
        "lies outside the globe: longitude runs from -180 to 180, latitude from -90 to 90"
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_is_on_the_globe_or_the_error_says_why_not() {
        assert!(check_point(4.35, 50.85).is_ok());
        assert!(check_point(-180.0, 90.0).is_ok());
        for (lon, lat, why) in [
            (f64::NAN, 50.0, "finite"),
            (4.0, f64::INFINITY, "finite"),
            (50.85, 104.35, "longitude comes first"),
            (649_328.0, 665_262.0, "national grid"),
            (190.0, 12.0, "outside the globe"),
        ] {
            let error = check_point(lon, lat).unwrap_err();
            assert_eq!(error.field.as_deref(), Some("geometry"));
            assert!(error.reason.contains(why), "{}", error.reason);
        }
    }
}
