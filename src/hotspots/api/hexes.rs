//! People by hexagon over HTTP.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::card::{MethodCard, TestCard};
use super::{Asked, PATIENCE, Pairs, answer_with, as_geojson, question, taken};
use crate::access::Here;
use crate::app::App;
use crate::error::{Error, Result};
use crate::hotspots::hexagons::Hexagons;
use crate::hotspots::hexes::{Hex, USUAL, check_resolution, outline};
use crate::hotspots::significance::{Cell, Verdict};
use crate::hotspots::trust::TestedBy;
use crate::people::Right;

/// Hexagons as a GeoJSON `FeatureCollection`, in the order of their H3 numbers.
#[derive(Debug, Serialize, ToSchema)]
pub struct HexesAnswer {
    /// Always `FeatureCollection`.
    #[serde(rename = "type")]
    kind: &'static str,
    method: MethodCard,
    /// H3 resolution, 8 to 11.
    resolution: u8,
    /// The share of unsafe over all hexagons; null where there is no map.
    overall_share: Option<f64>,
    features: Vec<HexFeature>,
}

/// A hexagon as a GeoJSON Feature.
#[derive(Debug, Serialize, ToSchema)]
pub struct HexFeature {
    /// Always `Feature`.
    #[serde(rename = "type")]
    kind: &'static str,
    /// A Polygon.
    #[schema(value_type = Object)]
    geometry: serde_json::Value,
    properties: HexProperties,
}

/// What is known of a hexagon; everything is null where fewer than five people speak.
#[derive(Debug, Serialize, ToSchema)]
pub struct HexProperties {
    /// Its H3 number.
    h3: String,
    people: Option<u32>,
    people_unsafe: Option<u32>,
    people_safe: Option<u32>,
    /// The share of unsafe, drawn towards the overall share by two people.
    share_unsafe: Option<f64>,
    /// Gi* of the standardised residual of the share, with the six neighbours: above zero is more unsafe than the whole.
    z: Option<f64>,
    /// The false discovery rate at which it would just stand out (Benjamini and Hochberg).
    q: Option<f64>,
    verdict: Option<Verdict>,
    /// On which side it stands out; null where it does not.
    stands_out: Option<StandsOut>,
}

/// The side on which a hexagon stands out.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StandsOut {
    /// More unsafe than the whole.
    Unsafe,
    /// Safer than the whole.
    Safe,
}

/// How many people feel safe and unsafe by hexagon of the H3 grid, at a `resolution` from 8 to 11 (10).
#[utoipa::path(get, path = "/api/neighbourhoods/{n}/hexes", params(("n" = String, Path)),
    responses((status = 200, content_type = "application/geo+json", body = HexesAnswer), (status = 304)))]
pub async fn list_hexes(
    State(app): State<Arc<App>>,
    here: Here,
    Query(pairs): Pairs,
    headers: HeaderMap,
) -> Result<Response> {
    here.check(Right::See)?;
    let (resolution, rest) = taken(pairs, "resolution", USUAL, |text| check_resolution(text.parse().unwrap_or(0)))?;
    let (question, _) = question(&here, &rest)?;
    let id = &here.neighbourhood.id;
    let asked = Asked { headers: &headers, pairs: &rest, mark: "", patience: PATIENCE };
    answer_with(
        &app,
        id,
        asked,
        async || app.indexes.hexes(id, question, resolution).await,
        async |found, _| {
            let features = found.hexes.hexes.iter().map(|hex| feature(found, hex)).collect::<Result<_>>()?;
            let test = TestCard::new(TestedBy::Hexes, found.marks.as_ref().map(|_| 100));
            let body = HexesAnswer {
                kind: "FeatureCollection",
                method: MethodCard::with(&found.method, test),
                resolution: resolution.into(),
                overall_share: found.method.refused.is_none().then(|| six(found.hexes.overall_share)),
                features,
            };
            as_geojson(&body)
        },
    )
    .await
}

fn feature(found: &Hexagons, hex: &Hex) -> Result<HexFeature> {
    let told = hex.is_told();
    let marked = found.marks.as_ref().and_then(|marks| marks.get(hex.cell));
    let properties = HexProperties {
        h3: hex.cell.to_string(),
        people: told.then_some(hex.people),
        people_unsafe: told.then_some(hex.people_unsafe),
        people_safe: told.then_some(hex.people_safe),
        share_unsafe: told.then(|| six(found.hexes.share(hex))),
        z: marked.map(|marked| six(marked.z)),
        q: marked.map(|marked| six(marked.q)),
        verdict: found.marks.as_ref().map(|marks| match marks.of(hex.cell) {
            Cell::TooFew => Verdict::TooFewPeople,
            Cell::NoClearSignal => Verdict::NoClearSignal,
            Cell::Unsafe | Cell::Safe => Verdict::Signal,
        }),
        stands_out: marked.and_then(|marked| match marked.mark {
            Cell::Unsafe => Some(StandsOut::Unsafe),
            Cell::Safe => Some(StandsOut::Safe),
            _ => None,
        }),
    };
    let geometry = geojson::Geometry::new((&outline(hex.cell)).into());
    Ok(HexFeature { kind: "Feature", geometry: serde_json::to_value(geometry).map_err(Error::internal)?, properties })
}

fn six(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}
