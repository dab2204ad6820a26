//! Photos and voice notes over HTTP: devices put and delete their own, moderators look, blur and decide.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::access::{AtGathering, Here};
use crate::app::App;
use crate::attachments::blur::{self, Area};
use crate::attachments::store::{self, Put};
use crate::attachments::{
    AttachmentKind, Base64, Caption, Media, as_base64, check_asked, from_base64, may_be_shown, photo, voice,
};
use crate::error::{Error, Result};
use crate::gatherings::{self, Gathering, Question};
use crate::id::Id;
use crate::neighbourhoods::api::Page;
use crate::neighbourhoods::themes::Theme;
use crate::people::Right;
use crate::pins::api::Which;
use crate::pins::moderation::{Moderated, Status};
use crate::pins::{Basis, Effect, Feeling, When};
use crate::problem::{Body, LargeBody};

/// The routes of this noun.
pub fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(put_photo, delete_photo))
        .routes(routes!(put_voice, delete_voice))
        .routes(routes!(list_attachments))
        .routes(routes!(read_attachment, moderate_attachment))
        .routes(routes!(blur_photo))
}

/// The part of a device's address that names a pin.
#[derive(Debug, Deserialize)]
struct OnePin {
    id: String,
}

/// A photo beside a pin.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPhoto {
    /// A JPEG, PNG or WebP file as base64 text.
    image: Base64,
    /// Whether the participant said yes for this photo; without it nothing is taken.
    consent: bool,
    /// Where the gathering asks for it.
    #[serde(default)]
    caption: Option<Caption>,
}

/// A voice note beside a pin.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewVoice {
    /// The recording as base64 text, at most 1.5 MB.
    audio: Base64,
    /// What it is.
    #[serde(rename = "type")]
    media: Media,
    /// How long it is: at most 60000.
    duration_ms: i64,
}

/// What became of a photo or voice note.
#[derive(Debug, Serialize, ToSchema)]
pub struct Received {
    /// Who may get it: nobody but moderators while it waits.
    status: Status,
}

async fn gathering_of(app: &App, at: &AtGathering) -> Result<Gathering> {
    let found = gatherings::store::find(&app.db, &at.device.gathering).await?;
    found.ok_or_else(|| Error::not_found("gathering"))
}

async fn received(app: &App, at: &AtGathering, pin: &Id, put: Put) -> Result<(StatusCode, Json<Received>)> {
    let new = store::put(&app.db, &at.device, pin, &put).await?;
    let stands = store::find(&app.db, &at.device.neighbourhood, pin, put.kind).await?;
    let code = if new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((code, Json(Received { status: stands.status })))
}

/// Puts a photo beside a pin of this device, in the stead of an earlier one. It waits for a moderator.
#[utoipa::path(put, path = "/api/gatherings/{g}/pins/{id}/photo", params(("g" = String, Path), ("id" = String, Path)),
    request_body = NewPhoto, responses((status = 201, body = Received), (status = 200, body = Received)))]
async fn put_photo(
    State(app): State<Arc<App>>,
    Path(one): Path<OnePin>,
    at: AtGathering,
    body: LargeBody<NewPhoto>,
) -> Result<(StatusCode, Json<Received>)> {
    let pin = Id::parse("id", &one.id)?;
    let NewPhoto { image, consent, caption } = body.value;
    store::check_own(&app.db, &at.device, &pin).await?;
    let gathering = gathering_of(&app, &at).await?;
    check_asked(&gathering, Question::Photo, "image")?;
    if !consent {
        return Err(Error::invalid("consent", "a photo is taken only with a yes").with_slug("no_consent"));
    }
    let is_asked = gathering.questions.contains(&Question::Caption);
    let caption = caption.map(|said| said.check(is_asked)).transpose()?.flatten();
    let content = work_on_picture(&app, move || photo::clean(&image.0).map(|jpeg| as_base64(&jpeg))).await?;
    let put = Put { kind: AttachmentKind::Photo, media: Media::Jpeg, duration_ms: None, caption, content };
    received(&app, &at, &pin, put).await
}

/// Works on a picture away from the requests, a few at a time. What brings the reader down is a broken photo.
pub async fn work_on_picture<T: Send + 'static>(
    app: &App,
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    let _permit = app.pictures.acquire().await.map_err(Error::internal)?;
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(stopped) if stopped.is_panic() => Err(photo::broken()),
        Err(stopped) => Err(Error::internal(stopped)),
    }
}

/// Deletes the photo beside a pin of this device; again and again if need be.
#[utoipa::path(delete, path = "/api/gatherings/{g}/pins/{id}/photo", params(("g" = String, Path), ("id" = String, Path)),
    responses((status = 204)))]
async fn delete_photo(State(app): State<Arc<App>>, Path(one): Path<OnePin>, at: AtGathering) -> Result<StatusCode> {
    delete(&app, &one, &at, AttachmentKind::Photo).await
}

/// Puts a voice note beside a pin of this device, in the stead of an earlier one. Only moderators ever hear it.
#[utoipa::path(put, path = "/api/gatherings/{g}/pins/{id}/voice", params(("g" = String, Path), ("id" = String, Path)),
    request_body = NewVoice, responses((status = 201, body = Received), (status = 200, body = Received)))]
async fn put_voice(
    State(app): State<Arc<App>>,
    Path(one): Path<OnePin>,
    at: AtGathering,
    Body(new): Body<NewVoice>,
) -> Result<(StatusCode, Json<Received>)> {
    let pin = Id::parse("id", &one.id)?;
    store::check_own(&app.db, &at.device, &pin).await?;
    check_asked(&gathering_of(&app, &at).await?, Question::Voice, "audio")?;
    voice::check(&new.audio.0, new.media, new.duration_ms)?;
    let (duration_ms, content) = (Some(new.duration_ms), as_base64(&new.audio.0));
    let put = Put { kind: AttachmentKind::Voice, media: new.media, duration_ms, caption: None, content };
    received(&app, &at, &pin, put).await
}

/// Deletes the voice note beside a pin of this device; again and again if need be.
#[utoipa::path(delete, path = "/api/gatherings/{g}/pins/{id}/voice", params(("g" = String, Path), ("id" = String, Path)),
    responses((status = 204)))]
async fn delete_voice(State(app): State<Arc<App>>, Path(one): Path<OnePin>, at: AtGathering) -> Result<StatusCode> {
    delete(&app, &one, &at, AttachmentKind::Voice).await
}

async fn delete(app: &App, one: &OnePin, at: &AtGathering, kind: AttachmentKind) -> Result<StatusCode> {
    store::delete(&app.db, &at.device, &Id::parse("id", &one.id)?, kind).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A photo or voice note for a moderator's eyes and ears.
#[derive(Debug, Serialize, ToSchema)]
pub struct Attachment {
    pin: Id,
    kind: AttachmentKind,
    gathering: Id,
    gathering_name: String,
    held_on: String,
    /// The label of the participant, for example A4.
    participant: String,
    lon: f64,
    lat: f64,
    feeling: Feeling,
    when: Vec<When>,
    themes: Vec<Theme>,
    effect: Option<Effect>,
    radius_m: i64,
    basis: Basis,
    /// What is said of a photo.
    caption: Option<Caption>,
    /// How long a voice note is.
    duration_ms: Option<i64>,
    status: Status,
    /// Why it is hidden.
    reason: Option<String>,
}

fn attachment(from: store::Attachment) -> Attachment {
    let pin = from.pin;
    Attachment {
        pin: pin.id,
        kind: from.kind,
        gathering: pin.gathering,
        gathering_name: from.gathering_name,
        held_on: pin.held_on,
        participant: from.participant,
        lon: pin.lon,
        lat: pin.lat,
        feeling: pin.told.feeling,
        when: pin.told.when,
        themes: pin.told.themes,
        effect: pin.told.effect,
        radius_m: pin.told.radius_m,
        basis: pin.told.basis,
        caption: from.caption,
        duration_ms: from.duration_ms,
        status: from.status,
        reason: from.reason,
    }
}

/// Lists photos and voice notes without their bytes, a hundred a page.
#[utoipa::path(get, path = "/api/neighbourhoods/{n}/attachments", params(("n" = String, Path), Which),
    responses((status = 200, body = Page<Attachment>)))]
async fn list_attachments(
    State(app): State<Arc<App>>,
    here: Here,
    Query(which): Query<Which>,
) -> Result<Json<Page<Attachment>>> {
    here.check(Right::Moderate)?;
    let status = which.status.unwrap_or(Status::Waiting);
    let after = which.cursor.unwrap_or_default();
    let found = store::list(&app.db, &here.neighbourhood.id, status, &after, Page::<Attachment>::SIZE + 1).await?;
    Ok(Json(Page::of(found, |last| &last.id, attachment)))
}

/// The part of a moderator's address that names a photo or voice note.
#[derive(Debug, Deserialize)]
struct OneAttachment {
    pin: String,
    kind: String,
}

impl OneAttachment {
    fn read(&self) -> Result<(Id, AttachmentKind)> {
        Ok((Id::parse("pin", &self.pin)?, AttachmentKind::parse("kind", &self.kind)?))
    }
}

/// Gives the bytes of a photo or voice note: to moderators, and an approved photo to whoever may see single pins.
#[utoipa::path(get, path = "/api/neighbourhoods/{n}/attachments/{pin}/{kind}",
    params(("n" = String, Path), ("pin" = String, Path), ("kind" = String, Path)),
    responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn read_attachment(
    State(app): State<Arc<App>>,
    Path(one): Path<OneAttachment>,
    here: Here,
) -> Result<impl IntoResponse> {
    here.check(Right::Analyse)?;
    let (pin, kind) = one.read()?;
    let found = store::find(&app.db, &here.neighbourhood.id, &pin, kind).await?;
    if !may_be_shown(kind, found.status) {
        here.check(Right::Moderate)?;
    }
    let bytes = from_base64(&store::content(&app.db, &here.neighbourhood.id, &pin, kind).await?)?;
    Ok(([(CONTENT_TYPE, found.media.code()), (CONTENT_DISPOSITION, "inline")], bytes))
}

/// A moderator's decision about a photo or voice note.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AttachmentDecision {
    status: Status,
    /// With hiding: why.
    reason: Option<String>,
}

/// Approves or hides a photo or voice note, or lets it wait again.
#[utoipa::path(patch, path = "/api/neighbourhoods/{n}/attachments/{pin}/{kind}",
    params(("n" = String, Path), ("pin" = String, Path), ("kind" = String, Path)),
    request_body = AttachmentDecision, responses((status = 200, body = Attachment)))]
async fn moderate_attachment(
    State(app): State<Arc<App>>,
    Path(one): Path<OneAttachment>,
    here: Here,
    Body(decision): Body<AttachmentDecision>,
) -> Result<Json<Attachment>> {
    here.check(Right::Moderate)?;
    let (pin, kind) = one.read()?;
    let decided = Moderated::new(decision.status, None, None, decision.reason)?;
    Ok(Json(attachment(store::moderate(&app.db, &here.neighbourhood.id, &pin, kind, &decided).await?)))
}

/// What to blur of a photo.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Blur {
    /// Left, top, width and height as shares of the photo, from 0 to 1; at most 40 areas.
    #[schema(value_type = Vec<Vec<f64>>)]
    areas: Vec<Area>,
}

/// Blurs parts of a photo for good: what stood there is nowhere any more.
#[utoipa::path(post, path = "/api/neighbourhoods/{n}/attachments/{pin}/photo/blur",
    params(("n" = String, Path), ("pin" = String, Path)),
    request_body = Blur, responses((status = 200, body = Attachment)))]
async fn blur_photo(
    State(app): State<Arc<App>>,
    Path(one): Path<OneBlurred>,
    here: Here,
    Body(Blur { areas }): Body<Blur>,
) -> Result<Json<Attachment>> {
    here.check(Right::Moderate)?;
    let pin = Id::parse("pin", &one.pin)?;
    blur::check(&areas)?;
    let before = store::content(&app.db, &here.neighbourhood.id, &pin, AttachmentKind::Photo).await?;
    let jpeg = from_base64(&before)?;
    let after = work_on_picture(&app, move || blur::blur(&jpeg, &areas).map(|jpeg| as_base64(&jpeg))).await?;
    let stored = store::replace_photo(&app.db, &here.neighbourhood.id, &pin, &before, &after).await?;
    Ok(Json(attachment(stored)))
}

/// The part of the address that names the pin of a photo.
#[derive(Debug, Deserialize)]
struct OneBlurred {
    pin: String,
}
