//! What was answered at a place, as a poster and as the picture beside its page.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;

use super::{answer, set};
use crate::access::Here;
use crate::actions::answers::store as answers;
use crate::app::App;
use crate::error::{Error, Result};
use crate::hotspots::api::names::map_of;
use crate::id::Id;
use crate::people::Right;
use crate::places::store as places;
use crate::print::answers::Posted;
use crate::print::kit::WORDS;
use crate::print::map::Theme;
use crate::print::picture::Picture;
use crate::print::posters::Format;

/// The part of the address that names a place.
#[derive(Debug, Deserialize)]
pub(super) struct OnePlace {
    place: String,
}

/// The part of the address that names an answer.
#[derive(Debug, Deserialize)]
pub(super) struct OneAnswer {
    slug: String,
}

/// On which paper.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct OnPaper {
    /// `a3`, `a2` or `a1`; A3 where it is left out.
    paper: Option<String>,
}

/// Prints the last published answer of a place.
#[utoipa::path(get, path = "/api/neighbourhoods/{n}/places/{place}/answer.pdf",
    params(("n" = String, Path), ("place" = String, Path), OnPaper),
    responses((status = 200, content_type = "application/pdf", body = Vec<u8>)))]
pub(super) async fn print_answer(
    State(app): State<Arc<App>>,
    Path(at): Path<OnePlace>,
    Query(asked): Query<OnPaper>,
    here: Here,
) -> Result<Response> {
    here.check(Right::See)?;
    let format = asked.paper.as_deref().map_or(Ok(Format::A3), |word| Format::parse("paper", word))?;
    let neighbourhood = here.neighbourhood;
    let found = places::find(&app.db, &neighbourhood.id, &Id::parse("place", &at.place)?).await?;
    let place = found.ok_or_else(|| Error::not_found("place"))?;
    let published = answers::of_place(&app.db, &place.id).await?.into_iter().next();
    let published = published.ok_or_else(|| Error::not_found("answer"))?;
    let archive = map_of(&app, &neighbourhood);
    let room = app.room_address().unwrap_or_else(|| app.settings.address());
    let address = format!("{room}/answers/{}", published.slug);
    let name = format!("answer-{}-{}.pdf", neighbourhood.slug, published.published_on);
    let make = move || {
        let posted = Posted { answer: &published, place: &place, neighbourhood: &neighbourhood };
        posted.sheet(archive.as_deref(), format, &address)
    };
    answer("application/pdf", &name, set(&app, make).await?)
}

/// The map beside the page of a published answer, for those pages and for previews of links to them.
#[utoipa::path(get, path = "/answers/{slug}/map.png", params(("slug" = String, Path)),
    responses((status = 200, content_type = "image/png", body = Vec<u8>), (status = 404)))]
pub(super) async fn draw_answer(State(app): State<Arc<App>>, Path(at): Path<OneAnswer>) -> Result<Response> {
    let gone = || Error::not_found("answer");
    let published = answers::find(&app.db, &at.slug).await?.ok_or_else(gone)?;
    let neighbourhood = app.neighbourhood(&published.neighbourhood).await?;
    let place = places::find(&app.db, &published.neighbourhood, &published.place).await?.ok_or_else(gone)?;
    let archive = map_of(&app, &neighbourhood);
    let server = app.clone();
    let make = move || {
        let size = [800, 600];
        let posted = Posted { answer: &published, place: &place, neighbourhood: &neighbourhood };
        let view = Picture::view(posted.bbox(), size);
        let contents = posted.contents(&view);
        let north = WORDS.of(published.written.lang.code()).1.say("north", &[]);
        let (archive, renderer) = (archive.as_deref(), &server.renderer);
        let picture =
            Picture { archive, view: &view, contents: &contents, theme: Theme::Light, north: &north, size, renderer };
        picture.png(&picture.top()?)
    };
    let _turn = app.press.acquire().await.map_err(Error::internal)?;
    let png = tokio::task::spawn_blocking(make).await.map_err(Error::internal)??;
    answer("image/png", "map.png", png)
}
