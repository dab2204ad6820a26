//! Pins as GeoJSON (RFC 7946), feature by feature, without anything that leads to a person.

use serde::Serialize;

use crate::error::{Error, Result};
use crate::id::Id;
use crate::neighbourhoods::themes::Theme;
use crate::pins::{Basis, Day, Effect, Feeling, Frequency, Pin, Point, PointKind, When};

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
    geometry: Point,
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
        geometry: Point { kind: PointKind::Point, coordinates: [round(pin.lon), round(pin.lat)] },
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

fn round(degrees: f64) -> f64 {
    (degrees * 1e4).round() / 1e4
}
