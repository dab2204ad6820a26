//! Gatherings over HTTP: making and moving them for staff, joining for devices.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::access::{AtGathering, Follower, Here, Stranger};
use crate::app::App;
use crate::error::{Error, Result};
use crate::gatherings::{
    Gathering, GatheringKind, NewParticipant, Phase, Question, WhoAt, check_budget, check_leave_pin, check_round,
    clean_code, new_code, new_leave_pin, not_open, store,
};
use crate::id::Id;
use crate::live::What;
use crate::neighbourhoods;
use crate::neighbourhoods::api::{Page, View as NeighbourhoodView, view as neighbourhood_view};
use crate::people::{Right, check_name};
use crate::problem::Body;
use crate::time::check_date;

/// The routes of this noun.
pub fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(list_gatherings, create_gathering))
        .routes(routes!(find_gathering, change_gathering))
        .routes(routes!(list_notes))
        .routes(routes!(join))
        .routes(routes!(find_joined))
        .routes(routes!(put_participant))
}

/// A gathering as staff sees it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Gathering)]
pub struct View {
    id: Id,
    neighbourhood: Id,
    kind: GatheringKind,
    name: String,
    round: String,
    held_on: String,
    code: String,
    /// Where tablets join, where it is another address than the page's: at a hub.
    join_address: Option<String>,
    phase: Phase,
    pin_budget: Option<i64>,
    questions: Vec<Question>,
    who_at: WhoAt,
    /// What a facilitator types on a tablet to leave it.
    leave_pin: String,
    /// Distinct participants with a pin, or who agreed with one.
    people: i64,
    pins: i64,
}

async fn view(app: &App, g: Gathering) -> Result<View> {
    let tally = store::tally(&app.db, &g.id).await?;
    Ok(View {
        id: g.id,
        neighbourhood: g.neighbourhood,
        kind: g.kind,
        name: g.name,
        round: g.round,
        held_on: g.held_on,
        code: g.code,
        join_address: app.room_address(),
        phase: g.phase,
        pin_budget: g.pin_budget,
        questions: g.questions,
        who_at: g.who_at,
        leave_pin: g.leave_pin,
        people: tally.people,
        pins: tally.pins,
    })
}

/// Lists the gatherings of a neighbourhood, the latest first.
#[utoipa::path(get, path = "/api/neighbourhoods/{n}/gatherings", params(("n" = String, Path)),
    responses((status = 200, body = Page<View>)))]
async fn list_gatherings(State(app): State<Arc<App>>, here: Here) -> Result<Json<Page<View>>> {
    here.check(Right::See)?;
    let mut items = Vec::new();
    for gathering in store::list(&app.db, &here.neighbourhood.id).await? {
        items.push(view(&app, gathering).await?);
    }
    Ok(Json(Page { items, next: None }))
}

/// What a new gathering needs.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewGathering {
    kind: GatheringKind,
    name: String,
    round: String,
    /// Its date; today where it is left out.
    held_on: Option<String>,
    /// Pins for each participant: six where it is left out, no limit where it is null.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<i64>)]
    pin_budget: Option<Option<i64>>,
    /// What is asked; the usual where it is left out.
    questions: Option<Vec<Question>>,
    /// Who is asked about themselves; each person where it is left out.
    who_at: Option<WhoAt>,
    /// Four digits that a facilitator types on a tablet to leave it; by lot where they are left out.
    leave_pin: Option<String>,
}

/// Tells a field that is null from one that is left out.
fn given<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Option<i64>>, D::Error> {
    Option::deserialize(from).map(Some)
}

/// The pins that each participant has where nothing else is said.
const PIN_BUDGET: i64 = 6;

/// Makes a gathering as a draft with a join code.
#[utoipa::path(post, path = "/api/neighbourhoods/{n}/gatherings", params(("n" = String, Path)), request_body = NewGathering,
    responses((status = 201, body = View)))]
async fn create_gathering(
    State(app): State<Arc<App>>,
    here: Here,
    Body(new): Body<NewGathering>,
) -> Result<(StatusCode, Json<View>)> {
    here.check(Right::Facilitate)?;
    let held_on = new.held_on.unwrap_or_else(|| app.clock.today());
    check_date("held_on", &held_on)?;
    let pin_budget = new.pin_budget.unwrap_or((new.kind != GatheringKind::Interview).then_some(PIN_BUDGET));
    check_budget(pin_budget)?;
    let made = Gathering {
        id: Id::new(),
        neighbourhood: here.neighbourhood.id,
        kind: new.kind,
        name: check_name(&new.name)?,
        round: check_round(&new.round)?,
        held_on,
        code: new_code(new.kind.code_signs())?,
        phase: Phase::Draft,
        pin_budget,
        questions: in_order(new.questions.as_deref().unwrap_or(Question::USUAL)),
        who_at: new.who_at.unwrap_or(WhoAt::Person),
        leave_pin: new.leave_pin.map_or_else(new_leave_pin, |digits| check_leave_pin(&digits))?,
    };
    let made = store::add(&app.db, made).await?;
    app.live.publish(&made.neighbourhood, Some(&made.id), What::Gathering);
    Ok((StatusCode::CREATED, Json(view(&app, made).await?)))
}

fn in_order(questions: &[Question]) -> Vec<Question> {
    Question::ALL.iter().copied().filter(|q| questions.contains(q)).collect()
}

/// The part of the address that names a gathering.
#[derive(Debug, Deserialize)]
struct OneGathering {
    g: String,
}

async fn gathering_here(app: &App, here: &Here, id: &str) -> Result<Gathering> {
    let found = store::find(&app.db, &Id::parse("gathering", id)?).await?;
    found.filter(|g| g.neighbourhood == here.neighbourhood.id).ok_or_else(|| Error::not_found("gathering"))
}

/// Reads a gathering.
#[utoipa::path(get, path = "/api/neighbourhoods/{n}/gatherings/{g}", params(("n" = String, Path), ("g" = String, Path)),
    responses((status = 200, body = View)))]
async fn find_gathering(State(app): State<Arc<App>>, Path(at): Path<OneGathering>, here: Here) -> Result<Json<View>> {
    here.check(Right::See)?;
    let gathering = gathering_here(&app, &here, &at.g).await?;
    Ok(Json(view(&app, gathering).await?))
}

/// What may change of a gathering; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeGathering {
    name: Option<String>,
    round: Option<String>,
    held_on: Option<String>,
    phase: Option<Phase>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<i64>)]
    pin_budget: Option<Option<i64>>,
    questions: Option<Vec<Question>>,
    who_at: Option<WhoAt>,
    leave_pin: Option<String>,
}

/// Changes a gathering: opens, reveals and closes it too.
#[utoipa::path(patch, path = "/api/neighbourhoods/{n}/gatherings/{g}", params(("n" = String, Path), ("g" = String, Path)),
    request_body = ChangeGathering, responses((status = 200, body = View)))]
async fn change_gathering(
    State(app): State<Arc<App>>,
    Path(at): Path<OneGathering>,
    here: Here,
    Body(change): Body<ChangeGathering>,
) -> Result<Json<View>> {
    here.check(Right::Facilitate)?;
    let mut gathering = gathering_here(&app, &here, &at.g).await?;
    if let Some(name) = change.name {
        gathering.name = check_name(&name)?;
    }
    if let Some(round) = change.round {
        gathering.round = check_round(&round)?;
    }
    if let Some(date) = change.held_on {
        check_date("held_on", &date)?;
        gathering.held_on = date;
    }
    if let Some(phase) = change.phase {
        gathering.phase.check_step(phase)?;
        gathering.phase = phase;
    }
    if let Some(budget) = change.pin_budget {
        check_budget(budget)?;
        gathering.pin_budget = budget;
    }
    if let Some(questions) = change.questions {
        gathering.questions = in_order(&questions);
    }
    if let Some(who_at) = change.who_at {
        gathering.who_at = who_at;
    }
    if let Some(digits) = change.leave_pin {
        gathering.leave_pin = check_leave_pin(&digits)?;
    }
    store::update(&app.db, &gathering).await?;
    app.live.publish(&gathering.neighbourhood, Some(&gathering.id), What::Gathering);
    Ok(Json(view(&app, gathering).await?))
}

/// What an interviewer noted of a participant.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = InterviewNote)]
pub struct Note {
    /// The label of the participant, for example A4.
    participant: String,
    note: String,
}

/// Lists what the interviewers of a gathering noted.
#[utoipa::path(get, path = "/api/neighbourhoods/{n}/gatherings/{g}/notes",
    params(("n" = String, Path), ("g" = String, Path)), responses((status = 200, body = Page<Note>)))]
async fn list_notes(State(app): State<Arc<App>>, Path(at): Path<OneGathering>, here: Here) -> Result<Json<Page<Note>>> {
    here.check(Right::Moderate)?;
    let gathering = gathering_here(&app, &here, &at.g).await?;
    let notes = store::notes(&app.db, &gathering.id).await?;
    let items = notes.into_iter().map(|(participant, note)| Note { participant, note }).collect();
    Ok(Json(Page { items, next: None }))
}

/// What a device joins with.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Join {
    code: String,
}

/// A gathering as those who follow it see it.
#[derive(Debug, Serialize, ToSchema)]
pub struct JoinedGathering {
    id: Id,
    kind: GatheringKind,
    name: String,
    phase: Phase,
    held_on: String,
    pin_budget: Option<i64>,
    questions: Vec<Question>,
    who_at: WhoAt,
    /// What a facilitator types on the tablet to leave it, also without network.
    leave_pin: String,
    /// The join code, for staff only.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
}

/// What a device needs to work, also without network.
#[derive(Debug, Serialize, ToSchema)]
pub struct Joined {
    /// The bearer token, only in the answer to joining.
    #[serde(skip_serializing_if = "Option::is_none")]
    device_token: Option<String>,
    /// The device's id, only in the answer to joining.
    #[serde(skip_serializing_if = "Option::is_none")]
    device_id: Option<Id>,
    /// The device's letter, only in the answer to joining.
    #[serde(skip_serializing_if = "Option::is_none")]
    device: Option<String>,
    gathering: JoinedGathering,
    neighbourhood: NeighbourhoodView,
}

async fn joined(app: &App, g: Gathering, staff: bool) -> Result<Joined> {
    let neighbourhood = neighbourhoods::store::find(&app.db, g.neighbourhood.as_str()).await?;
    let neighbourhood = neighbourhood.ok_or_else(|| Error::not_found("neighbourhood"))?;
    Ok(Joined {
        device_token: None,
        device_id: None,
        device: None,
        neighbourhood: neighbourhood_view(app, neighbourhood),
        gathering: JoinedGathering {
            id: g.id,
            kind: g.kind,
            name: g.name,
            phase: g.phase,
            held_on: g.held_on,
            pin_budget: g.pin_budget,
            questions: g.questions,
            who_at: g.who_at,
            leave_pin: g.leave_pin,
            code: staff.then_some(g.code),
        },
    })
}

/// Lets a device into a gathering.
#[utoipa::path(post, path = "/api/join", request_body = Join, responses((status = 200, body = Joined)))]
async fn join(State(app): State<Arc<App>>, stranger: Stranger, Body(join): Body<Join>) -> Result<Json<Joined>> {
    let found = store::find_by_code(&app.db, &clean_code(&join.code), app.clock.now_ms()).await;
    let gathering = found.map_err(|error| stranger.wrong(&app, error))?;
    if !gathering.phase.takes_pins() {
        return Err(not_open());
    }
    let (device, token) = store::add_device(&app.db, &gathering).await?;
    let answer = joined(&app, gathering, false).await?;
    Ok(Json(Joined { device_token: Some(token), device_id: Some(device.id), device: Some(device.name), ..answer }))
}

/// Reads the gathering that a device joined, or that staff shows on the wall.
#[utoipa::path(get, path = "/api/gatherings/{g}", params(("g" = String, Path)), responses((status = 200, body = Joined)))]
async fn find_joined(State(app): State<Arc<App>>, follower: Follower) -> Result<Json<Joined>> {
    Ok(Json(joined(&app, follower.gathering, follower.staff.is_some()).await?))
}

/// A participant's label.
#[derive(Debug, Serialize, ToSchema)]
pub struct Participant {
    id: Id,
    /// The device's letter and a number, for example A3.
    label: String,
}

/// The part of the address that names a participant.
#[derive(Debug, Deserialize)]
struct OneParticipant {
    id: String,
}

/// Adds a participant under an id that the device made, or stores what is now said of them.
#[utoipa::path(put, path = "/api/gatherings/{g}/participants/{id}", params(("g" = String, Path), ("id" = String, Path)),
    request_body = NewParticipant, responses((status = 201, body = Participant), (status = 200, body = Participant)))]
async fn put_participant(
    State(app): State<Arc<App>>,
    Path(one): Path<OneParticipant>,
    at: AtGathering,
    Body(new): Body<NewParticipant>,
) -> Result<(StatusCode, Json<Participant>)> {
    let id = Id::parse("id", &one.id)?;
    let gathering = store::find(&app.db, &at.device.gathering).await?.ok_or_else(|| Error::not_found("gathering"))?;
    if !gathering.phase.takes_from(&at.device) {
        return Err(not_open());
    }
    let new = new.check(&gathering)?;
    let (label, new) = store::put_participant(&app.db, &at.device, &id, &new).await?;
    app.live.publish(&at.device.neighbourhood, Some(&at.device.gathering), What::Participant(id.clone()));
    Ok((if new { StatusCode::CREATED } else { StatusCode::OK }, Json(Participant { id, label })))
}
