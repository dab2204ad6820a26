//! Downloads, streamed.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt;
use futures_util::stream::{BoxStream, unfold};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::access::Here;
use crate::app::App;
use crate::error::{Error, Result};
use crate::exports::geojson::{Features, HEAD, TAIL};
use crate::exports::packed::Packed;
use crate::exports::store;
use crate::gatherings;
use crate::hotspots::{MIN_PEOPLE, MIN_PINS};
use crate::people::Right;
use crate::pins;
use crate::pins::selection::Selection;

/// The routes of this noun.
pub fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(list_pins))
}

/// The headers of GeoJSON, with a file name where the address asks for a download.
pub fn geojson_headers(name: &str, download: bool) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, axum::http::HeaderValue::from_static("application/geo+json"));
    let disposition = format!("attachment; filename=\"{name}.geojson\"");
    if let (true, Ok(value)) = (download, disposition.parse()) {
        headers.insert(CONTENT_DISPOSITION, value);
    }
    headers
}

/// Streams the selected pins as GeoJSON.
#[utoipa::path(get, path = "/api/neighbourhoods/{n}/pins", params(("n" = String, Path)),
    responses((status = 200, content_type = "application/geo+json", body = String)))]
async fn list_pins(
    State(app): State<Arc<App>>,
    here: Here,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response> {
    here.check(Right::Analyse)?;
    let (selection, others) = Selection::parse(&pairs, &["download"])?;
    check_voices(&app, &here, &selection, others[0].is_some()).await?;
    let headers = geojson_headers(&format!("pins-{}", here.neighbourhood.slug), others[0].is_some());
    let id = &here.neighbourhood.id;
    let packed = store::packed(&app.db, id, selection.who_fields() > 0).await?;
    let votes = pins::votes::store::count_in(&app.db, id).await?;
    let features = Features::new(selection, &gatherings::store::list(&app.db, id).await?, votes)?;
    let writing = Writing { pins: packed, features };
    // Compression asks once more after the end.
    let parts = unfold(Some(writing), |writing| async { writing?.next().await }).fuse();
    let head = futures_util::stream::iter([Ok(Vec::from(HEAD))]);
    Ok((headers, Body::from_stream(head.chain(parts))).into_response())
}

/// Fails where there are too few voices for any map: then single pins are shown to facilitators only, and no file leaves.
async fn check_voices(app: &App, here: &Here, selection: &Selection, is_file: bool) -> Result<()> {
    if !is_file && here.check(Right::Facilitate).is_ok() {
        return Ok(());
    }
    let voices = app.indexes.voices(&here.neighbourhood.id, selection).await?;
    if voices.enough() {
        return Ok(());
    }
    let reason = format!("single pins leave only from {MIN_PEOPLE} people and {MIN_PINS} pins on");
    Err(Error::invalid("selection", reason).with_slug("too_few_people"))
}

struct Writing {
    pins: BoxStream<'static, Result<Packed>>,
    features: Features,
}

impl Writing {
    /// The next part of the file, and who writes on. An error ends the file before its closing bracket, so that nobody
    /// takes half for whole.
    async fn next(mut self) -> Option<(Result<Vec<u8>>, Option<Self>)> {
        let Some(pins) = self.pins.next().await else { return Some((Ok(Vec::from(TAIL)), None)) };
        match pins.and_then(|pins| self.features.write(&pins)) {
            Ok(part) => Some((Ok(part), Some(self))),
            Err(error) => Some((Err(error), None)),
        }
    }
}
