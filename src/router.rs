//! Merges every noun's routes and puts around them what holds for all.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HOST, IF_NONE_MATCH, ORIGIN, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use rust_embed::{EmbeddedFile, RustEmbed};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::actions::answers::api::StyleSheet;
use crate::app::App;
use crate::error::{Error, Kind};
use crate::outboxes::api::Letterboxes;
use crate::{
    actions, attachments, basemap, carried, data_walks, exports, gatherings, hotspots, live, neighbourhoods, outboxes,
    people, pins, places, print, recorders, walks,
};

/// The built pages.
#[derive(RustEmbed)]
#[folder = "frontend/dist"]
struct Pages;

#[derive(OpenApi)]
#[openapi(info(
    title = "Buurtsignaal",
    description = "Where residents feel safe and where they do not, counted in people."
))]
struct Document;

fn api() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::with_openapi(Document::openapi())
        .merge(people::api::routes())
        .merge(neighbourhoods::api::routes())
        .merge(gatherings::api::routes())
        .merge(pins::api::routes())
        .merge(outboxes::api::routes())
        .merge(attachments::api::routes())
        .merge(carried::api::routes())
        .merge(live::api::routes())
        .merge(basemap::api::routes())
        .merge(hotspots::api::routes())
        .merge(hotspots::tiles::api::routes())
        .merge(places::api::routes())
        .merge(recorders::api::routes())
        .merge(walks::api::routes())
        .merge(actions::api::routes())
        .merge(data_walks::api::routes())
        .merge(print::api::routes())
        .merge(exports::api::routes())
}

/// The OpenAPI document, generated from the handlers.
#[must_use]
pub fn document() -> utoipa::openapi::OpenApi {
    api().split_for_parts().1
}

/// The whole of what the server answers.
pub fn router(app: Arc<App>) -> Router {
    let (api, document) = api().split_for_parts();
    let letterboxes = Letterboxes(api.clone().with_state(app.clone()));
    let document: Arc<str> = document.to_json().unwrap_or_default().into();
    api.route("/api/openapi.json", get(async move || ([(CONTENT_TYPE, "application/json")], document.to_string())))
        .route("/health", get(async || "ok"))
        .fallback(find_page)
        .layer(Extension(letterboxes))
        .layer(Extension(StyleSheet(style_sheet())))
        .layer(from_fn(same_site))
        .layer(from_fn_with_state(app.clone(), guard))
        .layer(
            CompressionLayer::new()
                .compress_when(SizeAbove::new(512).and(NotForContentType::const_new("text/event-stream"))),
        )
        .layer(CatchPanicLayer::custom(|_| Error::internal("a handler panicked").into_response()))
        .with_state(app)
}

/// Refuses what another site's page sends in a visitor's name.
async fn same_site(request: Request, next: Next) -> Response {
    let headers = request.headers();
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let from_elsewhere = match text("sec-fetch-site") {
        Some(site) => !matches!(site, "same-origin" | "none"),
        None => text(ORIGIN.as_str())
            .is_some_and(|origin| origin.split_once("://").map(|(_, host)| host) != text(HOST.as_str())),
    };
    if from_elsewhere && !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Error::new(Kind::Forbidden, "other_site", "another site may not do this").into_response();
    }
    next.run(request).await
}

/// Says what a page may do, and keeps answers out of shared caches.
async fn guard(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let private = request.uri().path().starts_with("/api/");
    let mut response = next.run(request).await;
    let elsewhere = app.elsewhere();
    let policy = format!(
        "default-src 'self'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; \
         img-src 'self' data: blob: {elsewhere}; media-src 'self' blob:; connect-src 'self' {elsewhere}; font-src 'self'; worker-src 'self' blob:; \
         object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    );
    let headers = response.headers_mut();
    if let Ok(policy) = policy.parse() {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if private && !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    }
    response
}

/// The pages and what they load. The state of a page is behind the `#`, so no address of a page tells anything.
async fn find_page(request: Request) -> Response {
    let path = match request.uri().path() {
        "/" => "tablet.html",
        "/wall" => "wall.html",
        "/desk" => "desk.html",
        "/walk" => "walk.html",
        "/station" => "station.html",
        path => path.trim_start_matches('/'),
    };
    if path.starts_with("api/") {
        return Error::not_found("address").into_response();
    }
    match Pages::get(path) {
        Some(file) => send(path, file, request.headers()),
        None if Pages::get("tablet.html").is_none() => {
            (StatusCode::NOT_FOUND, "the pages are not built: run `cargo xtask run`").into_response()
        }
        None => (StatusCode::NOT_FOUND, "there is no such page").into_response(),
    }
}

/// The address of the tablet's style sheet, which brings the tokens and the fonts; none before the pages are built.
pub fn style_sheet() -> Option<String> {
    Pages::iter()
        .find(|path| path.starts_with("assets/tablet-") && path.ends_with(".css"))
        .map(|path| format!("/{path}"))
}

fn send(path: &str, file: EmbeddedFile, asked: &HeaderMap) -> Response {
    use std::fmt::Write as _;
    let etag = file.metadata.sha256_hash()[..16].iter().fold(String::from("\""), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    }) + "\"";
    if asked.get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == etag.as_bytes()) {
        return StatusCode::NOT_MODIFIED.into_response();
    }
    // Built assets carry their hash in their name.
    let cache = if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    let kind = file.metadata.mimetype().to_owned();
    let headers = [(CONTENT_TYPE, kind), (CACHE_CONTROL, cache.to_owned()), (ETAG, etag)];
    (headers, file.data.into_owned()).into_response()
}
