//! Lines and areas rounded to four decimals, and still sound.

use geo::orient::{Direction, Orient};
use geo::{Polygon, Rect};

use crate::geometry::check_area;
use crate::pins::Shape;

/// A line or area as it leaves, to four decimals; an area that is none any more leaves as its box, a line not at all.
#[must_use]
pub fn rounded(shape: &Shape) -> Option<Shape> {
    let position = |[lon, lat]: &[f64; 2]| [round(*lon), round(*lat)];
    let corners = |corners: &[[f64; 2]]| {
        let mut corners: Vec<_> = corners.iter().map(position).collect();
        corners.dedup();
        corners
    };
    match shape {
        Shape::LineString { coordinates } if corners(coordinates).len() > 1 => {
            Some(Shape::LineString { coordinates: corners(coordinates) })
        }
        Shape::Polygon { coordinates } => {
            Some(Shape::Polygon { coordinates: coordinates.iter().map(|ring| sound(&corners(ring))).collect() })
        }
        _ => None,
    }
}

/// A ring wound as RFC 7946 asks, or the box around it where rounding made it cross itself or left no area.
fn sound(ring: &[[f64; 2]]) -> Vec<[f64; 2]> {
    let mut area = Polygon::new(ring.iter().copied().collect(), Vec::new());
    if ring.len() < 4 || check_area(&area).is_err() {
        let fold = |axis: usize, pick: fn(f64, f64) -> f64| ring.iter().map(|at| at[axis]).reduce(pick).unwrap_or(0.0);
        let (west, south) = (fold(0, f64::min), fold(1, f64::min));
        let (east, north) = (fold(0, f64::max).max(round(west + 1e-4)), fold(1, f64::max).max(round(south + 1e-4)));
        area = Rect::new((west, south), (east, north)).to_polygon();
    }
    area.orient(Direction::Default).exterior().coords().map(|at| [at.x, at.y]).collect()
}

fn round(degrees: f64) -> f64 {
    (degrees * 1e4).round() / 1e4
}
