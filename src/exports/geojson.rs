//! Pins as GeoJSON (RFC 7946), feature by feature, without anything that leads to a person.

use geo::orient::{Direction, Orient};
use geo::{Polygon, Rect};
use serde::Serialize;

use crate::error::{Error, Result};
use crate::geometry::check_area;
use crate::id::Id;
use crate::neighbourhoods::themes::Theme;
use crate::pins::{Basis, Day, Effect, Feeling, Frequency, Pin, Shape, When};

/// What stands before the features. The notice travels with the file.
pub const HEAD: &str = concat!(
    r#"{"type":"FeatureCollection","notice":"Restricted: single pins of residents, for analysis only. "#,
    r#"Positions are rounded to 4 decimals (about 10 m). Publish counts of people, never pins.","features":["#
);

/// What stands behind the features.
pub const TAIL: &str = "\n]}\n";

/// A pin as it leaves: no participant, no id, no time but the gathering's date, no word that nobody approved.
#[derive(Debug, Serialize)]
struct Feature<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    geometry: Shape,
    properties: Properties<'a>,
}

#[derive(Debug, Serialize)]
struct Properties<'a> {
    gathering: &'a Id,
    round: &'a str,
    held_on: &'a str,
    feeling: Feeling,
    intensity: Option<i64>,
    radius_m: i64,
    when: &'a [When],
    days: &'a [Day],
    frequency: Option<Frequency>,
    effect: Option<Effect>,
    themes: &'a [Theme],
    basis: Basis,
    comment: Option<&'a str>,
}

/// Writes one pin behind the others; `first` leaves the comma out.
pub fn write(out: &mut Vec<u8>, pin: &Pin, first: bool) -> Result<()> {
    out.extend_from_slice(if first { b"\n" } else { b",\n" });
    let told = &pin.told;
    let comment = told.comment.as_deref().and_then(|text| pin.moderated.as_ref()?.shown(text));
    let feature = Feature {
        kind: "Feature",
        geometry: rounded(pin),
        properties: Properties {
            gathering: &pin.gathering,
            round: &pin.round,
            held_on: &pin.held_on,
            feeling: told.feeling,
            intensity: told.intensity,
            radius_m: told.radius_m,
            when: &told.when,
            days: &told.days,
            frequency: told.frequency,
            effect: told.effect,
            themes: &told.themes,
            basis: told.basis,
            comment,
        },
    };
    serde_json::to_writer(out, &feature).map_err(Error::internal)
}

/// Where a pin lies, rounded; a shape that is none any more once rounded leaves as its point or its box.
fn rounded(pin: &Pin) -> Shape {
    let position = |[lon, lat]: &[f64; 2]| [round(*lon), round(*lat)];
    let corners = |corners: &[[f64; 2]]| {
        let mut corners: Vec<_> = corners.iter().map(position).collect();
        corners.dedup();
        corners
    };
    match &pin.shape {
        Some(Shape::LineString { coordinates }) if corners(coordinates).len() > 1 => {
            Shape::LineString { coordinates: corners(coordinates) }
        }
        Some(Shape::Polygon { coordinates }) => {
            Shape::Polygon { coordinates: coordinates.iter().map(|ring| sound(&corners(ring))).collect() }
        }
        _ => Shape::Point { coordinates: [round(pin.lon), round(pin.lat)] },
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
