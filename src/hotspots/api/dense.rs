//! Dense groups of people and the density of pins over HTTP.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use geo::{Coord, MapCoords, MultiPolygon, Polygon};
use serde::Serialize;
use utoipa::ToSchema;

use super::card::{MethodCard, TestCard};
use super::surface::corners;
use super::{Asked, PATIENCE, Pairs, answer_with, as_geojson, geometry, question, taken};
use crate::access::Here;
use crate::app::App;
use crate::error::Result;
use crate::geometry::{Plane, sound};
use crate::hotspots::clusters::{Cluster, EPS_M, check_eps};
use crate::hotspots::dense::Dense;
use crate::hotspots::density::{GAMMA, SIGMA_M};
use crate::hotspots::trust::TestedBy;
use crate::people::Right;

/// Dense groups as a GeoJSON `FeatureCollection`, most people first.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClustersAnswer {
    /// Always `FeatureCollection`.
    #[serde(rename = "type")]
    kind: &'static str,
    method: MethodCard,
    /// How far a pin reaches, in metres.
    eps_m: f64,
    features: Vec<ClusterFeature>,
}

/// A dense group as a GeoJSON Feature.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClusterFeature {
    /// Always `Feature`.
    #[serde(rename = "type")]
    kind: &'static str,
    /// A Polygon around its pins, 25 m wider.
    #[schema(value_type = Object)]
    geometry: serde_json::Value,
    properties: ClusterProperties,
}

/// How many a dense group is.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClusterProperties {
    /// Distinct participants, five at least.
    people: u32,
    /// Their pins, without those that say the same again within 50 m.
    pins: u32,
}

/// The density of pins, with an edge correction and a weight per person.
#[derive(Debug, Serialize, ToSchema)]
pub struct DensityAnswer {
    method: MethodCard,
    /// A person's n pins weigh `1 / n^gamma` each.
    gamma: f64,
    /// The cells; null where there are too few voices.
    grid: Option<DensityGrid>,
}

/// The cells of a density, row by row from the north-west.
#[derive(Debug, Serialize, ToSchema)]
pub struct DensityGrid {
    cols: usize,
    rows: usize,
    cell_m: f64,
    /// Longitude and latitude of the corners: north-west, north-east, south-east, south-west.
    corners: [[f64; 2]; 4],
    /// Pins per square kilometre; null where fewer than five people speak around.
    per_km2: Vec<Option<f32>>,
}

/// Where people's pins lie densely: DBSCAN that counts distinct people, with pins reaching `eps_m` (100 m).
#[utoipa::path(get, path = "/api/neighbourhoods/{n}/clusters", params(("n" = String, Path)),
    responses((status = 200, content_type = "application/geo+json", body = ClustersAnswer), (status = 304)))]
pub async fn list_clusters(
    State(app): State<Arc<App>>,
    here: Here,
    Query(pairs): Pairs,
    headers: HeaderMap,
) -> Result<Response> {
    here.check(Right::See)?;
    let (eps_m, rest) = taken(pairs, "eps_m", EPS_M, |text| check_eps(text.parse().unwrap_or(f64::NAN)))?;
    let (question, _) = question(&here, &rest)?;
    let id = &here.neighbourhood.id;
    let asked = Asked { headers: &headers, pairs: &rest, mark: "", patience: PATIENCE };
    answer_with(
        &app,
        id,
        asked,
        async || app.indexes.crowds(id, question, eps_m).await,
        async |found, _| {
            let features =
                found.clusters.iter().map(|cluster| feature(cluster, &found.plane)).collect::<Result<_>>()?;
            let method = MethodCard::with(&found.method, TestCard::new(TestedBy::WithinParticipant, None));
            let body = ClustersAnswer { kind: "FeatureCollection", method, eps_m, features };
            as_geojson(&body)
        },
    )
    .await
}

fn feature(cluster: &Cluster, plane: &Plane) -> Result<ClusterFeature> {
    let hull: Polygon<f64> = cluster.hull.map_coords(|at| Coord::from(plane.to_lonlat(at.x, at.y)));
    let hull = sound(&MultiPolygon::from(hull)).unwrap_or_else(|| MultiPolygon::new(Vec::new()));
    let properties = ClusterProperties { people: cluster.people, pins: cluster.pins };
    Ok(ClusterFeature { kind: "Feature", geometry: geometry(&hull)?, properties })
}

/// How densely pins lie, for a whole city; the kernel is 150 m wide unless `sigma_m` says otherwise.
#[utoipa::path(get, path = "/api/neighbourhoods/{n}/density", params(("n" = String, Path)),
    responses((status = 200, body = DensityAnswer), (status = 304)))]
pub async fn get_density(
    State(app): State<Arc<App>>,
    here: Here,
    Query(pairs): Pairs,
    headers: HeaderMap,
) -> Result<Response> {
    here.check(Right::See)?;
    let (mut question, _) = question(&here, &pairs)?;
    if pairs.iter().all(|(key, _)| key != "sigma_m") {
        question.sigma_m = SIGMA_M;
    }
    let id = &here.neighbourhood.id;
    let asked = Asked { headers: &headers, pairs: &pairs, mark: "", patience: PATIENCE };
    answer_with(
        &app,
        id,
        asked,
        async || app.indexes.dense(id, question).await,
        async |found, _| {
            let method = MethodCard::with(&found.method, TestCard::new(TestedBy::WithinParticipant, None));
            Ok(Json(DensityAnswer { method, gamma: GAMMA, grid: grid(found) }))
        },
    )
    .await
}

fn grid(found: &Dense) -> Option<DensityGrid> {
    let density = found.density.as_ref()?;
    let inside = density.grid.inside(&found.shape);
    let cells = density.per_km2.iter().zip(&found.told).zip(inside);
    Some(DensityGrid {
        cols: density.grid.cols,
        rows: density.grid.rows,
        cell_m: density.grid.cell_m,
        corners: corners(&density.grid, &found.plane),
        per_km2: cells.map(|((pins, told), inside)| (*told && inside).then(|| (pins * 10.0).round() / 10.0)).collect(),
    })
}
