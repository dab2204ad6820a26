//! Pictures of maps over HTTP.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::ETAG;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use super::{answer, language};
use crate::access::Here;
use crate::app::App;
use crate::basemap::api::knows;
use crate::basemap::parse_bounds;
use crate::data_walks::StationKind;
use crate::data_walks::api::showing::read;
use crate::error::{Error, Kind as ErrorKind, Result};
use crate::hotspots::api::Pairs;
use crate::hotspots::api::names::map_of;
use crate::hotspots::bands::Side;
use crate::people::Right;
use crate::pins::selection::Selection;
use crate::print::kit::WORDS;
use crate::print::map::Theme;
use crate::print::picture::{Picture, SIDES};
use crate::print::scene::{Layer, Scene};

/// The keys of an address that are no part of the selection.
const KEYS: &[&str] = &["layer", "width", "height", "bbox", "lang", "theme"];

/// A picture of the map of a selection: PNG, by default 1600 by 900 pixels of the whole neighbourhood.
#[utoipa::path(get, path = "/api/neighbourhoods/{n}/picture.png", params(("n" = String, Path)),
    responses((status = 200, content_type = "image/png", body = Vec<u8>),
        (status = 304, description = "the picture has not changed")))]
pub(super) async fn draw_picture(
    State(app): State<Arc<App>>,
    here: Here,
    headers: HeaderMap,
    asked: Pairs,
) -> Result<Response> {
    here.check(Right::See)?;
    let (selection, others) = Selection::parse(&asked, KEYS)?;
    let [layer, width, height, bbox, lang, theme] = others.as_slice() else {
        return Err(Error::internal("a key without a value"));
    };
    let wrong = |error: Error| error.with_kind(ErrorKind::BadRequest).with_slug("bad_selection");
    let layer = layer.as_deref().map_or(Ok(Layer::Hotspots), |word| Layer::parse("layer", word)).map_err(wrong)?;
    let theme = theme.as_deref().map_or(Ok(Theme::Light), |word| Theme::parse("theme", word)).map_err(wrong)?;
    let size = [side("width", width.as_deref(), 1600)?, side("height", height.as_deref(), 900)?];
    let boundary = here.neighbourhood.boundary.clone();
    let bbox = match bbox {
        Some(text) => {
            let rect = parse_bounds("bbox", text).map_err(wrong)?;
            [rect.min().x, rect.min().y, rect.max().x, rect.max().y]
        }
        None => boundary.bbox(),
    };
    let lang = language(lang.as_deref(), &here.neighbourhood).map_err(wrong)?;
    let told: &[StationKind] = if layer == Layer::None { &[] } else { &[StationKind::Safe] };
    let found = read(&app, &here.neighbourhood, &selection, told).await?.all;
    let archive = map_of(&app, &here.neighbourhood);
    let server = app.clone();
    let make = move || {
        let (_, say) = WORDS.of(lang);
        let view = Picture::view(bbox, size);
        let divided = format!(": {}", say.say("poster.contested", &[]));
        let scene = Scene { named: &found, boundary: boundary.polygons(), layer, side: Side::Both, divided: &divided };
        let contents = scene.contents(&view);
        let north = say.say("north", &[]);
        let picture = Picture {
            archive: archive.as_deref(),
            view: &view,
            contents: &contents,
            theme,
            north: &north,
            size,
            renderer: &server.renderer,
        };
        let top = picture.top()?;
        let mark = format!("\"{}\"", picture.mark(&top));
        let png = if knows(&headers, &mark) { None } else { Some(picture.png(&top)?) };
        Ok::<_, Error>((mark, png))
    };
    let _turn = app.press.acquire().await.map_err(Error::internal)?;
    let (mark, png) = tokio::task::spawn_blocking(make).await.map_err(Error::internal)??;
    let marked = [(ETAG, mark)];
    let Some(png) = png else { return Ok((StatusCode::NOT_MODIFIED, marked).into_response()) };
    Ok((marked, answer("image/png", &format!("map-{}.png", here.neighbourhood.slug), png)?).into_response())
}

fn side(field: &str, text: Option<&str>, usual: u32) -> Result<u32> {
    let Some(text) = text else { return Ok(usual) };
    let side = text.parse().ok().filter(|side| SIDES.contains(side));
    let told = format!("must be {} to {} pixels", SIDES.start(), SIDES.end());
    side.ok_or_else(|| Error::bad_request(field, told).with_slug("bad_selection"))
}
