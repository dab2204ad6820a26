//! Vector tiles over HTTP.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::cache::Tile;
use super::making::unknown_layer;
use super::{Address, Layer, PINS_FROM_ZOOM};
use crate::access::Here;
use crate::app::App;
use crate::basemap::api::{TILE_TYPE, knows, takes_gzip};
use crate::error::{Error, Kind, Result};
use crate::hotspots::api::question;
use crate::hotspots::layers::DEEPEST_TILE;
use crate::people::Right;
use crate::pins::selection::Selection;

/// The routes of tiles.
pub fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(get_tile))
}

/// The parts of a tile's address.
#[derive(Debug, Deserialize)]
struct Parts {
    layer: String,
    z: String,
    x: String,
    y: String,
}

/// A vector tile of what the selected pins say; `y` ends in `.mvt`. Layers: `hexes`, people by hexagon of a size that fits
/// the zoom (properties `h3` and, from five people on, `people`, `people_unsafe`, `people_safe`); `surface`, the contours
/// of at least 5, 8, 11 and 15 people (properties `side`, `people`); `pins`, single pins for analysts from zoom 14 on
/// (properties `feeling`, `when`, `themes`); `counts`, people by square, 16 of them along a tile's edge, up to zoom 16 and
/// of all own pins of the neighbourhood only (properties `people`, `people_unsafe`, `people_safe`; nothing where fewer
/// than five people speak).
#[utoipa::path(get, path = "/api/neighbourhoods/{n}/tiles/{layer}/{z}/{x}/{y}",
    params(
        ("n" = String, Path), ("layer" = String, Path, description = "`hexes`, `surface`, `pins` or `counts`"), ("z" = u8, Path, description = "zoom, up to 20"),
        ("x" = u32, Path, description = "column"), ("y" = String, Path, description = "row, with .mvt", example = "5461.mvt"),
    ),
    responses(
        (status = 200, description = "the tile", content_type = "application/vnd.mapbox-vector-tile"),
        (status = 204, description = "nothing is there"),
        (status = 304, description = "the tile has not changed"),
        (status = 400, description = "the layer does not know such a selection"),
        (status = 404, description = "no such layer or no such tile"),
    ))]
async fn get_tile(
    State(app): State<Arc<App>>,
    here: Here,
    Path(parts): Path<Parts>,
    Query(pairs): Query<Vec<(String, String)>>,
    asked: HeaderMap,
) -> Result<Response> {
    let layer = Layer::parse("layer", &parts.layer).map_err(|_| unknown_layer())?;
    here.check(if layer == Layer::Pins { Right::Analyse } else { Right::See })?;
    let address = Address::parse(&parts.z, &parts.x, &parts.y)?;
    if layer == Layer::Pins && address.zoom() < PINS_FROM_ZOOM {
        let reason = format!("single pins are shown from zoom {PINS_FROM_ZOOM} on");
        return Err(Error::new(Kind::NotFound, "zoom_too_far", reason).with_field("z"));
    }
    if layer == Layer::Counts && address.zoom() > DEEPEST_TILE {
        let reason = format!("people are counted by square up to zoom {DEEPEST_TILE}");
        return Err(Error::new(Kind::NotFound, "zoom_too_near", reason).with_field("z"));
    }
    let (question, _) = question(&here, &pairs)?;
    if layer == Layer::Counts {
        check_all_meant(&pairs)?;
    }
    let tile = app.indexes.tile(&here.neighbourhood.id, question, layer, address).await?;
    Ok(answer(tile, &asked))
}

/// Refuses an address that asks for a part of the pins.
fn check_all_meant(pairs: &[(String, String)]) -> Result<()> {
    for (key, value) in pairs {
        if Selection::default().take(key, value)? {
            let reason = "people are counted by square for all own pins together, not for a selection";
            return Err(Error::bad_request(key, reason).with_slug("bad_selection"));
        }
    }
    Ok(())
}

fn answer(tile: Arc<Tile>, asked: &HeaderMap) -> Response {
    let packed = takes_gzip(asked);
    let etag = format!("\"{}{}\"", tile.etag, if packed { "-gzip" } else { "" });
    let always = [
        (header::CACHE_CONTROL, "private, no-cache"),
        (header::ETAG, etag.as_str()),
        (header::VARY, "accept-encoding"),
    ];
    if knows(asked, &etag) {
        return (StatusCode::NOT_MODIFIED, always).into_response();
    }
    if tile.bytes.is_empty() {
        return (StatusCode::NO_CONTENT, always).into_response();
    }
    let typed = [(header::CONTENT_TYPE, TILE_TYPE)];
    if packed {
        let coded = [(header::CONTENT_ENCODING, "gzip")];
        return (always, typed, coded, Body::from(Bytes::from_owner(Packed(tile)))).into_response();
    }
    (always, typed, Body::from(Bytes::from_owner(Plain(tile)))).into_response()
}

/// A kept tile as a body, without a copy.
struct Plain(Arc<Tile>);

impl AsRef<[u8]> for Plain {
    fn as_ref(&self) -> &[u8] {
        &self.0.bytes
    }
}

/// A kept tile as a body of gzip, without a copy.
struct Packed(Arc<Tile>);

impl AsRef<[u8]> for Packed {
    fn as_ref(&self) -> &[u8] {
        self.0.packed()
    }
}
