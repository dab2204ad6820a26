//! Tiles, their names, and the list of archives, over HTTP.

use std::io::Read;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::archive::{Archive, Tile};
use super::names::Name;
use super::{Resolved, parse_bounds};
use crate::access::Staff;
use crate::app::App;
use crate::error::{Error, Result};

/// How long a tile is taken without asking again; after that its mark decides.
const CACHE: &str = "public, max-age=3600";
/// The media type of a vector tile.
pub const TILE_TYPE: &str = "application/vnd.mapbox-vector-tile";
const LARGEST_TILE: u64 = 16 * 1024 * 1024;
const LONGEST_QUESTION: usize = 100;

/// The routes of this noun.
pub fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(list_archives)).routes(routes!(find_tile)).routes(routes!(find_names))
}

/// Lists the archives that a neighbourhood can be drawn on.
#[utoipa::path(get, path = "/basemap/archives", tag = "basemap", responses((status = 200, body = Vec<Resolved>)))]
async fn list_archives(State(app): State<Arc<App>>, _: Staff) -> impl IntoResponse {
    let archives = app.basemaps.all();
    let maps: Vec<Resolved> = archives.iter().map(|archive| Resolved::Archive(archive.map())).collect();
    ([(header::CACHE_CONTROL, "private, no-store")], Json(maps))
}

/// A vector tile of an archive; `y` ends in `.mvt`.
#[utoipa::path(
    get, path = "/basemap/{archive}/{z}/{x}/{y}", tag = "basemap",
    params(
        ("archive" = String, Path, description = "the archive's name"),
        ("z" = u8, Path, description = "zoom"),
        ("x" = u32, Path, description = "column"),
        ("y" = String, Path, description = "row, with .mvt", example = "5461.mvt"),
    ),
    responses(
        (status = 200, description = "the tile", content_type = "application/vnd.mapbox-vector-tile"),
        (status = 204, description = "nothing is there"),
        (status = 304, description = "the tile has not changed"),
        (status = 404, description = "no such archive or no such tile"),
    )
)]
async fn find_tile(
    State(app): State<Arc<App>>,
    Path((archive, z, x, y)): Path<(String, String, String, String)>,
    headers: HeaderMap,
) -> Result<Response> {
    let archive = find(&app, &archive)?;
    let no_tile = || Error::not_found("tile");
    let y = y.strip_suffix(".mvt").ok_or_else(no_tile)?;
    let (Ok(z), Ok(x), Ok(y)) = (z.parse(), x.parse(), y.parse()) else { return Err(no_tile()) };
    let Some(found) = archive.tile(z, x, y)? else {
        return Ok((StatusCode::NO_CONTENT, [(header::CACHE_CONTROL, CACHE)]).into_response());
    };
    let packed = found.gzip && takes_gzip(&headers);
    let mark = format!("\"{}-{z}-{x}-{y}{}\"", archive.version(), if packed { "-gzip" } else { "" });
    let always = [(header::CACHE_CONTROL, CACHE), (header::ETAG, mark.as_str()), (header::VARY, "accept-encoding")];
    if knows(&headers, &mark) {
        return Ok((StatusCode::NOT_MODIFIED, always).into_response());
    }
    let typed = [(header::CONTENT_TYPE, TILE_TYPE)];
    if packed {
        return Ok((always, typed, [(header::CONTENT_ENCODING, "gzip")], found.bytes).into_response());
    }
    Ok((always, typed, unpacked(found)?).into_response())
}

/// Whether whoever asks takes gzip.
pub fn takes_gzip(headers: &HeaderMap) -> bool {
    let values = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("gzip") || name == "*");
        let refused = parts.any(|part| part.strip_prefix("q=").is_some_and(|q| q.trim().parse() == Ok(0.0)));
        named && !refused
    })
}

/// Whether whoever asks has the answer with this mark already.
pub fn knows(headers: &HeaderMap, mark: &str) -> bool {
    let values = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    values
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .any(|known| known == "*" || known.trim_start_matches("W/") == mark)
}

fn unpacked(tile: Tile) -> Result<Vec<u8>> {
    if !tile.gzip {
        return Ok(tile.bytes);
    }
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(&tile.bytes[..]).take(LARGEST_TILE).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What is looked for among the names.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct NamesAsked {
    /// Part of a name; without it the points of orientation are listed.
    q: Option<String>,
    /// `west,south,east,north`; needed for an archive of more than a region.
    bbox: Option<String>,
    /// Without `q`: every name in the box, streets and localities too, for a device that must do without network.
    #[serde(default)]
    all: bool,
    /// How many at most: 12 with a question, else 200; 500 is the most, 5000 with `all`.
    #[param(value_type = Option<u16>)]
    limit: Option<String>,
}

/// Streets, points of orientation and localities by name, the best answer first; without `q` the points of orientation.
#[utoipa::path(
    get, path = "/basemap/{archive}/names", tag = "basemap",
    params(("archive" = String, Path, description = "the archive's name"), NamesAsked),
    responses(
        (status = 200, body = Vec<Name>),
        (status = 400, description = "the box or the limit cannot be read, or the box is too large"),
        (status = 404, description = "no such archive"),
    )
)]
async fn find_names(
    State(app): State<Arc<App>>,
    Path(archive): Path<String>,
    Query(asked): Query<NamesAsked>,
) -> Result<impl IntoResponse> {
    let archive = find(&app, &archive)?;
    let bbox = asked.bbox.map(|text| parse_bounds("bbox", &text)).transpose()?;
    let question = asked.q.filter(|question| !question.trim().is_empty());
    if question.as_ref().is_some_and(|question| question.chars().count() > LONGEST_QUESTION) {
        return Err(Error::bad_request("q", format!("is longer than {LONGEST_QUESTION} characters")));
    }
    let usual = if question.is_some() { 12 } else { 200 };
    let limit = asked.limit.map_or(Ok(usual), |text| text.parse::<usize>());
    let most = if asked.all { 5000 } else { 500 };
    let limit = limit.ok().filter(|limit| (1..=most).contains(limit));
    let limit = limit.ok_or_else(|| Error::bad_request("limit", format!("must be a number from 1 to {most}")))?;
    let search = move || {
        let names = archive.names(bbox)?;
        Ok::<_, Error>(match question {
            Some(question) => names.search(&question, bbox, limit),
            None if asked.all => names.all(bbox, limit),
            None => names.places(bbox, limit),
        })
    };
    // The first search in an archive reads all its names.
    let found = tokio::task::spawn_blocking(search).await.map_err(Error::internal)??;
    Ok(([(header::CACHE_CONTROL, "public, max-age=300")], Json(found)))
}

fn find(app: &App, name: &str) -> Result<Arc<Archive>> {
    app.basemaps.get(name).ok_or_else(|| Error::not_found("archive"))
}
