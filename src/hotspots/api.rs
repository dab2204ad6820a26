//! The surface, the hotspots and the charts' numbers over HTTP.

mod areas;
pub mod card;
mod comparison;
mod counts;
mod dense;
mod hexes;
pub mod names;
mod surface;

use std::sync::Arc;
use std::time::Duration;

use axum::extract::Query;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use geo::MultiPolygon;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::check_sigma;
use super::findings::{Findings, Question, Worked};
use super::trust::Trust;
use crate::access::Here;
use crate::app::App;
use crate::basemap::api::knows;
use crate::error::{Error, Kind, Result};
use crate::id::Id;
use crate::people::Right;
use crate::pins::selection::Selection;

/// The routes of this noun.
pub fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(surface::get_surface))
        .routes(routes!(areas::list_hotspots))
        .routes(routes!(counts::get_counts))
        .routes(routes!(comparison::get_comparison))
        .routes(routes!(hexes::list_hexes))
        .routes(routes!(dense::list_clusters))
        .routes(routes!(dense::get_density))
}

/// The keys and values of an address.
pub type Pairs = Query<Vec<(String, String)>>;

/// A word and the people who say it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Told<T> {
    code: T,
    people: Option<u32>,
}

/// A request for something about the pins of a selection.
struct Asked<'a> {
    headers: &'a HeaderMap,
    pairs: &'a [(String, String)],
    /// Marks what else the answer is made of.
    mark: &'a str,
    /// How long the answer waits for verdicts.
    patience: Duration,
}

/// How long an answer that tells verdicts waits for them unless the address says otherwise.
const PATIENCE: Duration = Duration::from_millis(1500);
/// The longest that an address may make it wait.
const LONGEST_WAIT_MS: u64 = 10_000;

/// Answers a question about the pins of a selection; see [`answer_with`].
async fn answer<R: IntoResponse>(
    app: &App,
    here: Here,
    asked: Asked<'_>,
    write: impl AsyncFnOnce(&Findings, Option<Arc<Trust>>) -> Result<R>,
) -> Result<Response> {
    here.check(Right::See)?;
    let (question, wait) = question(&here, asked.pairs)?;
    let asked = Asked { patience: wait.unwrap_or(asked.patience), ..asked };
    let id = &here.neighbourhood.id;
    answer_with(app, id, asked, async || app.indexes.find(id, question).await, write).await
}

/// Answers with what is found, or says that the asker knows the answer already. While its slower work is not done the
/// answer has another mark than with it.
async fn answer_with<F: Worked, R: IntoResponse>(
    app: &App,
    id: &Id,
    asked: Asked<'_>,
    find: impl AsyncFnOnce() -> Result<(Arc<F>, String)>,
    write: impl AsyncFnOnce(&F, Option<Arc<F::Outcome>>) -> Result<R>,
) -> Result<Response> {
    let mark = |revision: &str, is_running: bool| {
        let running = if is_running { "-running" } else { "" };
        format!("\"{revision}{}{running}\"", asked.mark)
    };
    let whole = mark(&app.indexes.revision(id).await?, false);
    if knows(asked.headers, &whole) {
        return Ok((StatusCode::NOT_MODIFIED, marked(&whole)?).into_response());
    }
    let (found, revision) = find().await?;
    let outcome = match found.job() {
        Some(job) => job.wait(asked.patience).await,
        None => None,
    };
    let mark = mark(&revision, found.job().is_some() && outcome.is_none());
    if knows(asked.headers, &mark) {
        return Ok((StatusCode::NOT_MODIFIED, marked(&mark)?).into_response());
    }
    Ok((marked(&mark)?, write(&found, outcome).await?).into_response())
}

/// A shape in degrees as a GeoJSON geometry.
fn geometry(shape: &MultiPolygon<f64>) -> Result<serde_json::Value> {
    let value = match &shape.0[..] {
        [only] => geojson::GeometryValue::from(only),
        _ => geojson::GeometryValue::from(shape),
    };
    serde_json::to_value(geojson::Geometry::new(value)).map_err(Error::internal)
}

fn marked(mark: &str) -> Result<HeaderMap> {
    let mut headers = HeaderMap::new();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    headers.insert(ETAG, mark.parse().map_err(Error::internal)?);
    Ok(headers)
}

/// Takes a key out of an address that only one route knows, and reads its last value.
fn taken<T>(
    mut pairs: Vec<(String, String)>,
    key: &str,
    usual: T,
    read: impl FnOnce(&str) -> Result<T>,
) -> Result<(T, Vec<(String, String)>)> {
    let own = pairs.extract_if(.., |(each, _)| each == key).last();
    let value = match own {
        Some((_, text)) => read(&text).map_err(|error| error.with_kind(Kind::BadRequest).with_slug("bad_selection"))?,
        None => usual,
    };
    Ok((value, pairs))
}

/// An answer that a GIS reads.
fn as_geojson<T: Serialize>(body: &T) -> Result<impl IntoResponse + use<T>> {
    let typed = [(CONTENT_TYPE, "application/geo+json")];
    Ok((typed, serde_json::to_string(body).map_err(Error::internal)?))
}

/// Reads what an address asks, and how long its answer may wait where it says so.
pub fn question(here: &Here, pairs: &[(String, String)]) -> Result<(Question, Option<Duration>)> {
    let (selection, others) = Selection::parse(pairs, &["sigma_m", "wait_ms", "download"])?;
    let unreadable = |error: Error| error.with_kind(Kind::BadRequest).with_slug("bad_selection");
    let sigma_m = match &others[0] {
        Some(text) => check_sigma(text.parse().unwrap_or(f64::NAN)).map_err(unreadable)?,
        None => here.neighbourhood.sigma_m,
    };
    let wait_ms = others[1].as_ref().map(|text| text.parse().ok().filter(|ms| *ms <= LONGEST_WAIT_MS));
    let wait = wait_ms
        .map(|ms| ms.ok_or_else(|| Error::invalid("wait_ms", "must be a number of milliseconds from 0 to 10000")));
    let wait = wait.transpose().map_err(unreadable)?.map(Duration::from_millis);
    Ok((Question { selection, sigma_m }, wait))
}
