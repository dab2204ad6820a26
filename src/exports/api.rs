//! Downloads, streamed.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt;
use futures_util::stream::unfold;
use tokio::sync::mpsc::Receiver;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::access::Here;
use crate::app::App;
use crate::error::{Error, Result};
use crate::exports::geojson;
use crate::people::Right;
use crate::pins::selection::Selection;
use crate::pins::{Pin, store};

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
    let headers = geojson_headers(&format!("pins-{}", here.neighbourhood.slug), others[0].is_some());
    let writing =
        Writing { pins: store::stream(&app.db, &here.neighbourhood.id), selection, started: false, first: true };
    // Compression asks once more after the end.
    let parts = unfold(Some(writing), |writing| async { writing?.next().await }).fuse();
    Ok((headers, Body::from_stream(parts)).into_response())
}

struct Writing {
    pins: Receiver<Result<Vec<Pin>>>,
    selection: Selection,
    started: bool,
    first: bool,
}

type Part = Result<Vec<u8>>;

impl Writing {
    /// The next part of the file, and who writes on. An error ends the file before its closing bracket, so that nobody
    /// takes half for whole.
    async fn next(mut self) -> Option<(Part, Option<Self>)> {
        let mut out = Vec::new();
        if !self.started {
            out.extend_from_slice(geojson::HEAD.as_bytes());
            self.started = true;
        }
        match self.pins.recv().await {
            Some(Ok(pins)) => match self.write(&mut out, &pins) {
                Ok(()) => Some((Ok(out), Some(self))),
                Err(error) => Some((Err(error), None)),
            },
            Some(Err(error)) => Some((Err(error), None)),
            None => {
                out.extend_from_slice(geojson::TAIL.as_bytes());
                Some((Ok(out), None))
            }
        }
    }

    fn write(&mut self, out: &mut Vec<u8>, pins: &[Pin]) -> Result<(), Error> {
        for pin in pins.iter().filter(|pin| self.selection.fits(pin)) {
            geojson::write(out, pin, self.first)?;
            self.first = false;
        }
        Ok(())
    }
}
