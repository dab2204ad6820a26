//! What a phone does on the way: reads the walk, notes what the group sees, and where they lead, chooses stops and takes all
//! of it back.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::planning::gpx_file;
use super::{OneWalk, View, view, work_out};
use crate::access::AtTask;
use crate::app::App;
use crate::attachments::api::work_on_picture;
use crate::attachments::{Base64, as_base64, photo};
use crate::error::{Error, Kind, Result};
use crate::id::Id;
use crate::pins::moderation::Status;
use crate::problem::{Body, LargeBody};
use crate::recorders::{Recorder, Task, store as recorders};
use crate::walks::observations::{self, Each, Noted, OBSERVATIONS, Observation};
use crate::walks::{NewStop, Walk, check_count, store};

/// A walk as a phone takes it along.
#[derive(Debug, Serialize, ToSchema)]
pub struct WalkToDo {
    #[serde(flatten)]
    walk: View,
    /// What this phone has noted already.
    own: Vec<Each>,
    /// At which stops the other phones of the group noted something.
    others: Vec<NotedByOthers>,
}

/// So much the other phones noted at a stop: not what, only how many.
#[derive(Debug, Serialize, ToSchema)]
pub struct NotedByOthers {
    stop: Id,
    /// So many phones.
    phones: usize,
    /// So many people gave a feeling.
    people: u32,
}

fn noted_by_others(others: &[Noted]) -> Vec<NotedByOthers> {
    let mut stops: BTreeMap<&Id, (usize, u32)> = BTreeMap::new();
    for Noted { told, .. } in others {
        let (phones, people) = stops.entry(&told.stop).or_default();
        *phones += 1;
        *people += told.feelings.iter().sum::<u32>();
    }
    stops.into_iter().map(|(stop, (phones, people))| NotedByOthers { stop: stop.clone(), phones, people }).collect()
}

async fn walk_of(app: &Arc<App>, recorder: &Recorder, id: &str) -> Result<Walk> {
    let id = Id::parse("walk", id)?;
    recorder.check(Task::Walk, &id)?;
    store::find(&app.db, &id).await?.ok_or_else(|| Error::not_found("walk"))
}

/// Reads the walk that a phone joined, with all it needs without network.
#[utoipa::path(get, path = "/api/walks/{w}", params(("w" = String, Path)), responses((status = 200, body = WalkToDo)))]
pub async fn find_walk_to_do(
    State(app): State<Arc<App>>,
    Path(at): Path<OneWalk>,
    AtTask(recorder): AtTask,
) -> Result<Json<WalkToDo>> {
    let walk = walk_of(&app, &recorder, &at.w).await?;
    let neighbourhood = app.neighbourhood(&walk.neighbourhood).await?;
    let noted = observations::store::list(&app.db, &walk.id).await?;
    let (own, others): (Vec<_>, Vec<_>) = noted.into_iter().partition(|noted| noted.recorder == recorder.id);
    let own = own.into_iter().map(Each::from).collect();
    let others = noted_by_others(&others);
    Ok(Json(WalkToDo { walk: view(&app, &neighbourhood, walk).await?, own, others }))
}

/// The walk that a phone joined, as GPX 1.1.
#[utoipa::path(get, path = "/api/walks/{w}/gpx", params(("w" = String, Path)),
    responses((status = 200, content_type = "application/gpx+xml", body = String)))]
pub async fn read_gpx_to_do(
    State(app): State<Arc<App>>,
    Path(at): Path<OneWalk>,
    AtTask(recorder): AtTask,
) -> Result<Response> {
    let walk = walk_of(&app, &recorder, &at.w).await?;
    let neighbourhood = app.neighbourhood(&walk.neighbourhood).await?;
    gpx_file(&work_out(&app, &neighbourhood, walk).await?)
}

/// The part of the address that names something of a walk.
#[derive(Debug, Deserialize)]
pub struct OfWalk {
    w: String,
    id: String,
}

/// What became of an observation or a photo.
#[derive(Debug, Serialize, ToSchema)]
pub struct NotedAnswer {
    id: Id,
    /// How the photo stands, if there is one: staff alone sees it before a yes.
    photo: Option<Status>,
}

/// Notes what the people with this phone saw at a stop, under an id that the phone made; again and again if need be.
#[utoipa::path(put, path = "/api/walks/{w}/observations/{id}", params(("w" = String, Path), ("id" = String, Path)),
    request_body = Observation, responses((status = 201, body = NotedAnswer), (status = 200, body = NotedAnswer)))]
pub async fn put_observation(
    State(app): State<Arc<App>>,
    Path(at): Path<OfWalk>,
    AtTask(recorder): AtTask,
    Body(told): Body<Observation>,
) -> Result<(StatusCode, Json<NotedAnswer>)> {
    let walk = walk_of(&app, &recorder, &at.w).await?;
    let id = Id::parse("id", &at.id)?;
    let new = observations::store::put(&app.db, &recorder, &id, &told.check()?).await?;
    let photo = observations::store::photo(&app.db, &walk.id, &id).await?.map(|(status, _)| status);
    Ok((code(new), Json(NotedAnswer { id, photo })))
}

fn code(new: bool) -> StatusCode {
    if new { StatusCode::CREATED } else { StatusCode::OK }
}

/// Deletes an observation of this phone with its photo; again and again if need be.
#[utoipa::path(delete, path = "/api/walks/{w}/observations/{id}", params(("w" = String, Path), ("id" = String, Path)),
    responses((status = 204)))]
pub async fn delete_observation(
    State(app): State<Arc<App>>,
    Path(at): Path<OfWalk>,
    AtTask(recorder): AtTask,
) -> Result<StatusCode> {
    walk_of(&app, &recorder, &at.w).await?;
    recorders::forget(&app.db, &OBSERVATIONS, &recorder, &Id::parse("id", &at.id)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A photo beside an observation.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewWalkPhoto {
    /// A JPEG, PNG or WebP file as base64 text.
    image: Base64,
}

/// Puts a photo beside an observation of this phone, in the stead of an earlier one. It waits for a yes at the desk.
#[utoipa::path(put, path = "/api/walks/{w}/observations/{id}/photo", params(("w" = String, Path), ("id" = String, Path)),
    request_body = NewWalkPhoto, responses((status = 201, body = NotedAnswer), (status = 200, body = NotedAnswer)))]
pub async fn put_observation_photo(
    State(app): State<Arc<App>>,
    Path(at): Path<OfWalk>,
    AtTask(recorder): AtTask,
    body: LargeBody<NewWalkPhoto>,
) -> Result<(StatusCode, Json<NotedAnswer>)> {
    let walk = walk_of(&app, &recorder, &at.w).await?;
    let id = Id::parse("id", &at.id)?;
    let NewWalkPhoto { image } = body.value;
    let content = work_on_picture(&app, move || photo::clean(&image.0).map(|jpeg| as_base64(&jpeg))).await?;
    let new = observations::store::put_photo(&app.db, &recorder, &id, &content).await?;
    let photo = observations::store::photo(&app.db, &walk.id, &id).await?.map(|(status, _)| status);
    Ok((code(new), Json(NotedAnswer { id, photo })))
}

/// Deletes the photo beside an observation of this phone; again and again if need be.
#[utoipa::path(delete, path = "/api/walks/{w}/observations/{id}/photo",
    params(("w" = String, Path), ("id" = String, Path)), responses((status = 204)))]
pub async fn delete_observation_photo(
    State(app): State<Arc<App>>,
    Path(at): Path<OfWalk>,
    AtTask(recorder): AtTask,
) -> Result<StatusCode> {
    walk_of(&app, &recorder, &at.w).await?;
    observations::store::forget_photo(&app.db, &recorder, &Id::parse("id", &at.id)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A stop as those who walk choose and word it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GivenStop {
    /// 1 to 120 characters.
    name: String,
    /// Longitude and latitude.
    point: [f64; 2],
    /// At most 500 characters.
    question: Option<String>,
}

fn check_given(walk: &Walk) -> Result<()> {
    if walk.kind.is_given() {
        return Ok(());
    }
    Err(Error::new(Kind::Forbidden, "not_allowed", "the stops of this walk are chosen at the desk"))
}

/// Chooses or words a stop of a walk that is led by those who walk, under an id that the phone made.
#[utoipa::path(put, path = "/api/walks/{w}/stops/{id}", params(("w" = String, Path), ("id" = String, Path)),
    request_body = GivenStop, responses((status = 201, body = WalkToDo), (status = 200, body = WalkToDo)))]
pub async fn give_stop(
    State(app): State<Arc<App>>,
    Path(at): Path<OfWalk>,
    AtTask(recorder): AtTask,
    Body(given): Body<GivenStop>,
) -> Result<(StatusCode, Json<WalkToDo>)> {
    let walk = walk_of(&app, &recorder, &at.w).await?;
    check_given(&walk)?;
    let id = Id::parse("id", &at.id)?;
    let neighbourhood = app.neighbourhood(&walk.neighbourhood).await?;
    let GivenStop { name, point, question } = given;
    let stop = NewStop { id: Some(id.clone()), name, point, place: None, kind: None, question, shelter: false };
    let stop = stop.check(&neighbourhood.boundary)?;
    let known = walk.stops.iter().any(|known| known.id == id);
    check_count(walk.stops.len() + usize::from(!known))?;
    let new = store::give_stop(&app.db, &walk, &id, &stop).await?;
    let Json(answer) = find_walk_to_do(State(app), Path(OneWalk { w: at.w }), AtTask(recorder)).await?;
    Ok((code(new), Json(answer)))
}

/// Takes back everything that those who walked gave: stops, words and photos. It cannot be undone.
#[utoipa::path(delete, path = "/api/walks/{w}/given", params(("w" = String, Path)), responses((status = 204)))]
pub async fn withdraw_given(
    State(app): State<Arc<App>>,
    Path(at): Path<OneWalk>,
    AtTask(recorder): AtTask,
) -> Result<StatusCode> {
    let walk = walk_of(&app, &recorder, &at.w).await?;
    check_given(&walk)?;
    store::withdraw(&app.db, &walk.id).await?;
    Ok(StatusCode::NO_CONTENT)
}
