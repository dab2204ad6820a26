//! The people surface over HTTP.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use geo::MultiPolygon;
use serde::Serialize;
use utoipa::ToSchema;

use super::card::MethodCard;
use super::{Asked, PATIENCE, Pairs, answer};
use crate::access::Here;
use crate::app::App;
use crate::error::Result;
use crate::geometry::{Plane, round7};
use crate::hotspots::grid::Grid;
use crate::hotspots::surface::Surface;

/// The people surface: the share of unsafe of a cell is `(people_unsafe + 2 p0) / (people_unsafe + people_safe + 2)`,
/// with `p0` the overall share.
#[derive(Debug, Serialize, ToSchema)]
pub struct SurfaceAnswer {
    method: MethodCard,
    /// The share of unsafe over all cells; null where there are too few voices.
    overall_share: Option<f64>,
    /// The cells; null where there are too few voices.
    grid: Option<GridAnswer>,
}

/// The cells of a surface, row by row from the north-west.
#[derive(Debug, Serialize, ToSchema)]
pub struct GridAnswer {
    cols: usize,
    rows: usize,
    cell_m: f64,
    /// Longitude and latitude of the corners: north-west, north-east, south-east, south-west.
    corners: [[f64; 2]; 4],
    /// How many people feel unsafe.
    people_unsafe: Vec<f64>,
    /// How many people feel safe.
    people_safe: Vec<f64>,
    /// How many people have an own pin within 1.5 sigma.
    people_near: Vec<u32>,
    /// 1 where the middle of the cell lies inside the boundary, else 0.
    inside: Vec<u8>,
    /// What stands out: 0 too few people to tell, 1 no clear signal, 2 unsafe, 3 safe; null where that is not known (yet).
    verdicts: Option<Vec<u8>>,
}

/// How many people feel safe and unsafe where, as a grid of cells.
#[utoipa::path(get, path = "/api/neighbourhoods/{n}/surface", params(("n" = String, Path)),
    responses((status = 200, body = SurfaceAnswer), (status = 304)))]
pub async fn get_surface(
    State(app): State<Arc<App>>,
    here: Here,
    Query(pairs): Pairs,
    headers: HeaderMap,
) -> Result<Response> {
    let asked = Asked { headers: &headers, pairs: &pairs, mark: "", patience: PATIENCE };
    answer(&app, here, asked, async |findings, trust| {
        let verdicts = trust.as_ref().map(|trust| trust.cells.iter().map(|cell| *cell as u8).collect());
        Ok(Json(SurfaceAnswer {
            method: MethodCard::of(findings, trust.is_some()),
            overall_share: findings.surface.as_ref().map(|s| (s.overall_share * 1e6).round() / 1e6),
            grid: findings
                .surface
                .as_ref()
                .map(|surface| GridAnswer::of(surface, &findings.plane, &findings.shape, verdicts)),
        }))
    })
    .await
}

impl GridAnswer {
    /// The cells of a surface on a plane, with the boundary's shape there.
    pub fn of(surface: &Surface, plane: &Plane, shape: &MultiPolygon<f64>, verdicts: Option<Vec<u8>>) -> Self {
        let grid = &surface.grid;
        let two = |people: &[f64]| people.iter().map(|people| (people * 100.0).round() / 100.0).collect();
        Self {
            cols: grid.cols,
            rows: grid.rows,
            cell_m: grid.cell_m,
            corners: corners(grid, plane),
            people_unsafe: two(&surface.people_unsafe),
            people_safe: two(&surface.people_safe),
            people_near: surface.people_near.clone(),
            inside: grid.inside(shape).into_iter().map(u8::from).collect(),
            verdicts,
        }
    }
}

/// Longitude and latitude of a grid's corners: north-west, north-east, south-east, south-west.
pub fn corners(grid: &Grid, plane: &Plane) -> [[f64; 2]; 4] {
    let [west, south, east, north] = grid.bounds();
    [(west, north), (east, north), (east, south), (west, south)].map(|(x, y)| {
        let (lon, lat) = plane.to_lonlat(x, y);
        [round7(lon), round7(lat)]
    })
}
