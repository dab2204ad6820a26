//! Answers over HTTP: staff writes and publishes them, everybody reads them.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::header::{ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use axum::{Extension, Json};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::access::Here;
use crate::actions;
use crate::actions::answers::page::{Frame, logo, page};
use crate::actions::answers::{Answer, Draft, Shown, store};
use crate::actions::table::{escaped, words};
use crate::app::App;
use crate::error::{Error, Result};
use crate::id::{Id, token};
use crate::neighbourhoods::Language;
use crate::people::Right;
use crate::phrases::LANGUAGES;
use crate::pins::wording::{Flag, flags};
use crate::places::following::follow;
use crate::places::{self, Place};
use crate::problem::Body;

/// The address of the pages' style sheet with fonts and colours, which the router knows.
#[derive(Debug, Clone)]
pub struct StyleSheet(pub Option<String>);

/// The routes of this noun.
pub fn routes() -> OpenApiRouter<Arc<App>> {
    let css = async || ([(CONTENT_TYPE, "text/css"), (CACHE_CONTROL, FOR_A_DAY)], include_str!("answer.css"));
    let mark = async || ([(CONTENT_TYPE, "image/svg+xml"), (CACHE_CONTROL, FOR_A_DAY)], logo());
    OpenApiRouter::new()
        .routes(routes!(read_answer, write_answer))
        .routes(routes!(preview_answer))
        .routes(routes!(publish_answer))
        .routes(routes!(show_answer))
        .route("/answers/answer.css", axum::routing::get(css))
        .route("/answers/mark.svg", axum::routing::get(mark))
}

const FOR_A_DAY: &str = "public, max-age=86400";

/// The part of the address that names a place.
#[derive(Debug, Deserialize)]
struct OnePlace {
    place: String,
}

async fn place_here(app: &App, here: &Here, id: &str) -> Result<Place> {
    let found = places::store::find(&app.db, &here.neighbourhood.id, &Id::parse("place", id)?).await?;
    found.ok_or_else(|| Error::not_found("place"))
}

/// A published answer in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublishedAnswer {
    /// Its name in addresses: the page is `/answers/{slug}`.
    slug: String,
    approved_by: String,
    published_on: String,
}

impl From<&Answer> for PublishedAnswer {
    fn from(answer: &Answer) -> Self {
        Self {
            slug: answer.slug.clone(),
            approved_by: answer.approved_by.clone(),
            published_on: answer.published_on.clone(),
        }
    }
}

/// What is written and published of a place.
#[derive(Debug, Serialize, ToSchema)]
pub struct AnswerOfPlace {
    /// What is written; null where nobody wrote yet.
    draft: Option<Draft>,
    /// What of it may name someone.
    flags: Vec<Flag>,
    /// What will stand beside it.
    shown: Shown,
    /// What was published, the last first; these never change.
    published: Vec<PublishedAnswer>,
}

async fn answer_of(app: &App, here: &Here, place: &Place) -> Result<AnswerOfPlace> {
    let draft = store::draft(&app.db, &place.id).await?;
    let texts = draft.iter().flat_map(|draft| [&draft.said, &draft.did, &draft.will_not, &draft.you_can]);
    let published = store::of_place(&app.db, &place.id).await?;
    Ok(AnswerOfPlace {
        flags: flags(texts.map(String::as_str)),
        shown: shown(app, here, place).await?,
        published: published.iter().map(PublishedAnswer::from).collect(),
        draft,
    })
}

/// What stands beside what is written, as it is now.
async fn shown(app: &App, here: &Here, place: &Place) -> Result<Shown> {
    let all = follow(&app.db, &app.indexes, &here.neighbourhood, app.clock.now_ms()).await?;
    let seen = all.into_iter().find(|followed| followed.place.id == place.id).and_then(|followed| followed.now);
    let day = seen.as_ref().map(|seen| seen.day.clone());
    let picture = seen.and_then(|seen| seen.found).map(|(picture, _)| picture);
    let actions = actions::store::list(&app.db, &here.neighbourhood.id).await?;
    Ok(Shown::of(&place.id, picture.as_ref(), day, &actions))
}

/// Reads what is written and published of a place.
#[utoipa::path(get, path = "/api/neighbourhoods/{n}/places/{place}/answer",
    params(("n" = String, Path), ("place" = String, Path)), responses((status = 200, body = AnswerOfPlace)))]
async fn read_answer(State(app): State<Arc<App>>, Path(at): Path<OnePlace>, here: Here) -> Result<Json<AnswerOfPlace>> {
    here.check(Right::See)?;
    let place = place_here(&app, &here, &at.place).await?;
    Ok(Json(answer_of(&app, &here, &place).await?))
}

/// Writes of a place; nobody but staff sees it before it is published.
#[utoipa::path(put, path = "/api/neighbourhoods/{n}/places/{place}/answer",
    params(("n" = String, Path), ("place" = String, Path)), request_body = Draft,
    responses((status = 200, body = AnswerOfPlace)))]
async fn write_answer(
    State(app): State<Arc<App>>,
    Path(at): Path<OnePlace>,
    here: Here,
    Body(draft): Body<Draft>,
) -> Result<Json<AnswerOfPlace>> {
    here.check(Right::Lead)?;
    let place = place_here(&app, &here, &at.place).await?;
    store::write(&app.db, &here.neighbourhood.id, &place.id, &draft.check()?).await?;
    Ok(Json(answer_of(&app, &here, &place).await?))
}

/// Who publishes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// The name and function of the person who stands for it, as residents read it.
    approved_by: String,
}

async fn answer_now(app: &App, here: &Here, place: Place, approved_by: String) -> Result<Answer> {
    let written = store::draft(&app.db, &place.id).await?;
    let written = written.ok_or_else(|| Error::invalid("said", "nothing is written of this place yet"))?;
    let shown = shown(app, here, &place).await?;
    Ok(Answer {
        slug: token()?.chars().take(22).collect(),
        neighbourhood: here.neighbourhood.id.clone(),
        place: place.id,
        neighbourhood_name: here.neighbourhood.name.clone(),
        place_name: place.name,
        written,
        shown,
        approved_by,
        published_on: app.clock.today(),
        published_ms: app.clock.now_ms(),
    })
}

/// Publishes what is written of a place under the name of a person who stands for it. It never changes from then on; what
/// is written later is published as another one.
#[utoipa::path(post, path = "/api/neighbourhoods/{n}/places/{place}/answer/publish",
    params(("n" = String, Path), ("place" = String, Path)), request_body = Approval,
    responses((status = 201, body = PublishedAnswer)))]
async fn publish_answer(
    State(app): State<Arc<App>>,
    Path(at): Path<OnePlace>,
    here: Here,
    Body(approval): Body<Approval>,
) -> Result<(StatusCode, Json<PublishedAnswer>)> {
    here.check(Right::Facilitate)?;
    let approved_by = crate::people::check_name(&approval.approved_by).map_err(|e| e.with_field("approved_by"))?;
    let place = place_here(&app, &here, &at.place).await?;
    let answer = answer_now(&app, &here, place, approved_by).await?;
    answer.written.check_whole()?;
    store::publish(&app.db, &answer).await?;
    Ok((StatusCode::CREATED, Json(PublishedAnswer::from(&answer))))
}

/// In which language the frame of the page is.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct InLanguage {
    /// `nl`, `fr`, `de` or `en`; that of the answer where it is left out.
    lang: Option<String>,
}

impl InLanguage {
    fn of(&self, written: Language) -> &'static str {
        let asked = self.lang.as_deref().unwrap_or(written.code());
        words(asked).0
    }
}

fn html(status: StatusCode, cache: &'static str, page: String) -> Response {
    (status, [(CACHE_CONTROL, cache)], Html(page)).into_response()
}

/// Shows the page as it would be published now.
#[utoipa::path(get, path = "/api/neighbourhoods/{n}/places/{place}/answer/preview",
    params(("n" = String, Path), ("place" = String, Path), InLanguage),
    responses((status = 200, content_type = "text/html", body = String)))]
async fn preview_answer(
    State(app): State<Arc<App>>,
    Extension(style): Extension<StyleSheet>,
    Path(at): Path<OnePlace>,
    Query(asked): Query<InLanguage>,
    here: Here,
) -> Result<Response> {
    here.check(Right::Lead)?;
    let place = place_here(&app, &here, &at.place).await?;
    let answer = answer_now(&app, &here, place, "…".to_owned()).await?;
    let lang = asked.of(answer.written.lang);
    let server = app.settings.address();
    let frame = Frame { lang, server: &server, style_sheet: style.0.as_deref(), newer: None, is_preview: true };
    Ok(html(StatusCode::OK, "private, no-store", page(&answer, frame)))
}

/// The part of the address that names an answer.
#[derive(Debug, Deserialize)]
struct OneAnswer {
    slug: String,
}

/// The page of a published answer.
#[utoipa::path(get, path = "/answers/{slug}", params(("slug" = String, Path), InLanguage),
    responses((status = 200, content_type = "text/html", body = String), (status = 404)))]
async fn show_answer(
    State(app): State<Arc<App>>,
    Extension(style): Extension<StyleSheet>,
    Path(at): Path<OneAnswer>,
    Query(asked): Query<InLanguage>,
    headers: HeaderMap,
) -> Result<Response> {
    let Some(answer) = store::find(&app.db, &at.slug).await? else {
        let wanted = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let known = LANGUAGES.iter().find(|(code, _)| wanted.starts_with(code)).map_or("nl", |(code, _)| code);
        let (lang, w) = words(asked.lang.as_deref().unwrap_or(known));
        let told = escaped(&w.say("answer.gone", &[]));
        let page = format!(
            "<!doctype html><html lang=\"{lang}\"><head><meta charset=\"utf-8\"><title>{told}</title>\
            <link rel=\"stylesheet\" href=\"/answers/answer.css\"></head><body class=\"answer\"><main><h1>{told}</h1></main></body></html>"
        );
        return Ok(html(StatusCode::NOT_FOUND, "no-store", page));
    };
    let later = store::of_place(&app.db, &answer.place).await?.into_iter().next();
    let newer = later.map(|later| later.slug).filter(|slug| *slug != answer.slug);
    let lang = asked.of(answer.written.lang);
    let (server, newer) = (app.settings.address(), newer.as_deref());
    let frame = Frame { lang, server: &server, style_sheet: style.0.as_deref(), newer, is_preview: false };
    // The words stay for ever, the way to a later answer does not.
    Ok(html(StatusCode::OK, "public, max-age=300", page(&answer, frame)))
}
