//! The board: actions are proposed, worded, voted for, moved on, and taken off.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{OneAction, action_here};
use crate::access::Here;
use crate::actions::{
    Action, ActionCost, ActionKind, ActionLever, ActionOwner, ActionStatus, CameFrom, Evidence, Step, Told, Votes,
    check_votes, promised, store, text,
};
use crate::app::App;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::neighbourhoods::api::Page;
use crate::people::Right;
use crate::places::following::follow;
use crate::places::{self, PlaceRef};
use crate::problem::Body;

/// An action as it stands.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Action)]
pub struct ActionView {
    id: Id,
    places: Vec<PlaceRef>,
    from: Option<CameFrom>,
    problem: String,
    goal: String,
    measure: String,
    #[serde(rename = "type")]
    kind: ActionKind,
    lever: Option<ActionLever>,
    /// The function that owns it; null is "not yet".
    owner: Option<ActionOwner>,
    co_owner: Option<String>,
    cost: Option<ActionCost>,
    due: Option<String>,
    status: ActionStatus,
    /// What can follow.
    next: Vec<ActionStatus>,
    reason: Option<String>,
    proposed_on: String,
    /// When its answer is promised.
    answer_due: String,
    answered_on: Option<String>,
    /// Whether the promised date is over and there is no answer.
    late: bool,
    /// Whether it was promised by a date that is over, and is not done.
    overdue: bool,
    /// What the pins said of its places when it was proposed.
    evidence: Vec<Evidence>,
    indicator: Option<String>,
    review_on: Option<String>,
    public_text: Option<String>,
    /// People who were for it; whoever voted on two occasions is in it twice.
    votes: i64,
    /// The same by occasion.
    vote_sources: Vec<Votes>,
    history: Vec<StepView>,
    removed: bool,
}

/// A status that an action had.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ActionStep)]
pub struct StepView {
    status: ActionStatus,
    /// From which date on.
    at: String,
    reason: Option<String>,
}

fn view(action: Action, names: &HashMap<Id, String>, today: &str) -> ActionView {
    let place = |id: &Id| Some(PlaceRef { name: names.get(id)?.clone(), id: id.clone() });
    let step = |step: Step| StepView { status: step.status, at: step.day, reason: step.reason };
    ActionView {
        late: action.is_late(today),
        overdue: action.is_overdue(today),
        votes: action.people_for(),
        places: action.told.places.iter().filter_map(place).collect(),
        id: action.id,
        from: action.came_from,
        problem: action.told.problem,
        goal: action.told.goal,
        measure: action.told.measure,
        kind: action.told.kind,
        lever: action.told.lever,
        owner: action.told.owner,
        co_owner: action.told.co_owner,
        cost: action.told.cost,
        due: action.told.due,
        status: action.status,
        next: action.status.next().to_vec(),
        reason: action.reason,
        proposed_on: action.proposed_on,
        answer_due: action.told.answer_due,
        answered_on: action.answered_on,
        evidence: action.evidence,
        indicator: action.told.indicator,
        review_on: action.told.review_on,
        public_text: action.told.public_text,
        vote_sources: action.votes,
        history: action.steps.into_iter().map(step).collect(),
        removed: action.removed,
    }
}

/// Which actions are meant.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Meant {
    /// Those about this place.
    place: Option<String>,
    /// Those that stand so.
    status: Option<String>,
}

/// Lists the actions of a neighbourhood: those that wait too long first, then by votes.
#[utoipa::path(get, path = "/api/neighbourhoods/{n}/actions", params(("n" = String, Path), Meant),
    responses((status = 200, body = Page<ActionView>)))]
pub async fn list_actions(
    State(app): State<Arc<App>>,
    here: Here,
    Query(meant): Query<Meant>,
) -> Result<Json<Page<ActionView>>> {
    here.check(Right::See)?;
    let place = meant.place.map(|id| Id::parse("place", &id)).transpose()?;
    let status = meant.status.map(|code| ActionStatus::parse("status", &code)).transpose()?;
    let mut all = store::list(&app.db, &here.neighbourhood.id).await?;
    all.retain(|action| place.as_ref().is_none_or(|place| action.told.places.contains(place)));
    all.retain(|action| status.is_none_or(|status| action.status == status));
    let today = app.clock.today();
    all.sort_by_key(|action| (!action.is_late(&today), -action.people_for()));
    let names = places::store::names(&app.db, &here.neighbourhood.id).await?;
    Ok(Json(Page { items: all.into_iter().map(|action| view(action, &names, &today)).collect(), next: None }))
}

/// What a new action needs: a problem or a measure.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAction {
    /// The places it is about; none for the whole area.
    #[serde(default)]
    places: Vec<Id>,
    /// Where it was thought of, besides a place.
    #[serde(default)]
    from: Option<CameFrom>,
    #[serde(default)]
    problem: String,
    #[serde(default)]
    goal: String,
    #[serde(default)]
    measure: String,
    #[serde(rename = "type")]
    kind: ActionKind,
    #[serde(default)]
    lever: Option<ActionLever>,
    #[serde(default)]
    owner: Option<ActionOwner>,
    #[serde(default)]
    co_owner: Option<String>,
    #[serde(default)]
    cost: Option<ActionCost>,
    #[serde(default)]
    due: Option<String>,
    /// When its answer is promised; in six weeks where it is left out.
    #[serde(default)]
    answer_due: Option<String>,
    #[serde(default)]
    indicator: Option<String>,
    #[serde(default)]
    review_on: Option<String>,
    #[serde(default)]
    public_text: Option<String>,
}

/// What the pins say of places now; fails where one of them is not there, or was removed before.
async fn evidence(app: &App, here: &Here, meant: &[Id], before: &[Evidence]) -> Result<Vec<Evidence>> {
    let known = |id: &Id| before.iter().find(|evidence| evidence.place == *id).cloned();
    if meant.iter().all(|id| known(id).is_some()) {
        return Ok(meant.iter().filter_map(known).collect());
    }
    let followed = follow(&app.db, &app.indexes, &here.neighbourhood, app.clock.now_ms()).await?;
    let look = |id: &Id| {
        if let Some(evidence) = known(id) {
            return Ok(evidence);
        }
        let found = followed.iter().find(|followed| followed.place.id == *id);
        let found = found.ok_or_else(|| Error::invalid("places", "there is no such place on the list"))?;
        let picture = found.now.as_ref().and_then(|seen| seen.found.clone()).map(|(picture, _)| picture);
        Ok(Evidence {
            place: id.clone(),
            name: found.place.name.clone(),
            day: found.now.as_ref().map(|seen| seen.day.clone()),
            picture,
        })
    };
    meant.iter().map(look).collect()
}

/// Proposes an action.
#[utoipa::path(post, path = "/api/neighbourhoods/{n}/actions", params(("n" = String, Path)), request_body = NewAction,
    responses((status = 201, body = ActionView)))]
pub async fn propose_action(
    State(app): State<Arc<App>>,
    here: Here,
    Body(new): Body<NewAction>,
) -> Result<(StatusCode, Json<ActionView>)> {
    here.check(Right::Lead)?;
    let (today, at_ms) = (app.clock.today(), app.clock.now_ms());
    let told = Told {
        places: new.places,
        problem: new.problem,
        goal: new.goal,
        measure: new.measure,
        kind: new.kind,
        lever: new.lever,
        owner: new.owner,
        co_owner: new.co_owner,
        cost: new.cost,
        due: new.due,
        answer_due: new.answer_due.map_or_else(|| promised(&today), Ok)?,
        indicator: new.indicator,
        review_on: new.review_on,
        public_text: new.public_text,
    };
    let told = told.check(None, &today)?;
    let action = Action {
        id: Id::new(),
        neighbourhood: here.neighbourhood.id.clone(),
        evidence: evidence(&app, &here, &told.places, &[]).await?,
        told,
        status: ActionStatus::Proposed,
        reason: None,
        proposed_on: today.clone(),
        answered_on: None,
        came_from: new.from,
        votes: Vec::new(),
        steps: vec![Step { status: ActionStatus::Proposed, day: today.clone(), at_ms, reason: None }],
        removed: false,
    };
    store::add(&app.db, &action).await?;
    let names = places::store::names(&app.db, &here.neighbourhood.id).await?;
    Ok((StatusCode::CREATED, Json(view(action, &names, &today))))
}

/// Reads an action, a removed one too.
#[utoipa::path(get, path = "/api/neighbourhoods/{n}/actions/{a}", params(("n" = String, Path), ("a" = String, Path)),
    responses((status = 200, body = ActionView)))]
pub async fn find_action(
    State(app): State<Arc<App>>,
    Path(at): Path<OneAction>,
    here: Here,
) -> Result<Json<ActionView>> {
    here.check(Right::See)?;
    let action = action_here(&app, &here, &at.a).await?;
    let names = places::store::names(&app.db, &here.neighbourhood.id).await?;
    Ok(Json(view(action, &names, &app.clock.today())))
}

/// What may change of an action; null takes a value away.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ChangeAction {
    places: Option<Vec<Id>>,
    problem: Option<String>,
    goal: Option<String>,
    measure: Option<String>,
    #[serde(rename = "type")]
    kind: Option<ActionKind>,
    #[serde(deserialize_with = "given")]
    lever: Option<Option<ActionLever>>,
    #[serde(deserialize_with = "given")]
    owner: Option<Option<ActionOwner>>,
    #[serde(deserialize_with = "given")]
    co_owner: Option<Option<String>>,
    #[serde(deserialize_with = "given")]
    cost: Option<Option<ActionCost>>,
    #[serde(deserialize_with = "given")]
    due: Option<Option<String>>,
    answer_due: Option<String>,
    #[serde(deserialize_with = "given")]
    indicator: Option<Option<String>>,
    #[serde(deserialize_with = "given")]
    review_on: Option<Option<String>>,
    #[serde(deserialize_with = "given")]
    public_text: Option<Option<String>>,
    /// How it stands from now on.
    status: Option<ActionStatus>,
    /// Why; a refusal needs one.
    reason: Option<String>,
}

/// Tells null, which takes a value away, from nothing.
fn given<'de, D: serde::Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(from).map(Some)
}

impl ChangeAction {
    fn told(self, before: &Told) -> Told {
        let before = before.clone();
        Told {
            places: self.places.unwrap_or(before.places),
            problem: self.problem.unwrap_or(before.problem),
            goal: self.goal.unwrap_or(before.goal),
            measure: self.measure.unwrap_or(before.measure),
            kind: self.kind.unwrap_or(before.kind),
            lever: self.lever.unwrap_or(before.lever),
            owner: self.owner.unwrap_or(before.owner),
            co_owner: self.co_owner.unwrap_or(before.co_owner),
            cost: self.cost.unwrap_or(before.cost),
            due: self.due.unwrap_or(before.due),
            answer_due: self.answer_due.unwrap_or(before.answer_due),
            indicator: self.indicator.unwrap_or(before.indicator),
            review_on: self.review_on.unwrap_or(before.review_on),
            public_text: self.public_text.unwrap_or(before.public_text),
        }
    }
}

/// Changes what is told of an action, or moves it on.
#[utoipa::path(patch, path = "/api/neighbourhoods/{n}/actions/{a}", params(("n" = String, Path), ("a" = String, Path)),
    request_body = ChangeAction,
    responses((status = 200, body = ActionView), (status = 409, description = "this status cannot follow")))]
pub async fn change_action(
    State(app): State<Arc<App>>,
    Path(at): Path<OneAction>,
    here: Here,
    Body(mut change): Body<ChangeAction>,
) -> Result<Json<ActionView>> {
    here.check(Right::Lead)?;
    let before = action_here(&app, &here, &at.a).await?;
    if before.removed {
        return Err(store::removed());
    }
    let (today, at_ms) = (app.clock.today(), app.clock.now_ms());
    let status = change.status.take().unwrap_or(before.status);
    before.status.check_step(status)?;
    let reason = change.reason.take().map(|reason| text("reason", &reason, 500)).transpose()?;
    let moved = status != before.status;
    let reason = reason.filter(|reason| !reason.is_empty()).or_else(|| before.reason.clone().filter(|_| !moved));
    if status == ActionStatus::Refused && reason.is_none() {
        return Err(Error::invalid("reason", "a refusal needs a reason"));
    }
    let told = change.told(&before.told).check(Some(&before.told), &today)?;
    let step = moved.then(|| Step { status, day: today.clone(), at_ms, reason: reason.clone() });
    let answered_on = match status {
        _ if !moved => before.answered_on.clone(),
        status if !status.answers() => None,
        _ => before.answered_on.clone().or_else(|| Some(today.clone())),
    };
    let evidence = evidence(&app, &here, &told.places, &before.evidence).await?;
    let now = Action { told, status, reason, answered_on, evidence, ..before };
    store::change(&app.db, &now, step.as_ref()).await?;
    let now = action_here(&app, &here, &at.a).await?;
    let names = places::store::names(&app.db, &here.neighbourhood.id).await?;
    Ok(Json(view(now, &names, &today)))
}

/// Takes an action off the board; again and again if need be. It can still be read by its id.
#[utoipa::path(delete, path = "/api/neighbourhoods/{n}/actions/{a}", params(("n" = String, Path), ("a" = String, Path)),
    responses((status = 204)))]
pub async fn remove_action(State(app): State<Arc<App>>, Path(at): Path<OneAction>, here: Here) -> Result<StatusCode> {
    here.check(Right::Lead)?;
    let action = action_here(&app, &here, &at.a).await?;
    store::remove(&app.db, &here.neighbourhood.id, &action.id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Tells how many people were for an action on one occasion; told again, the later number stands.
#[utoipa::path(put, path = "/api/neighbourhoods/{n}/actions/{a}/votes",
    params(("n" = String, Path), ("a" = String, Path)), request_body = Votes,
    responses((status = 200, body = ActionView)))]
pub async fn vote_for_action(
    State(app): State<Arc<App>>,
    Path(at): Path<OneAction>,
    here: Here,
    Body(votes): Body<Votes>,
) -> Result<Json<ActionView>> {
    here.check(Right::Lead)?;
    let action = action_here(&app, &here, &at.a).await?;
    if action.removed {
        return Err(store::removed());
    }
    store::vote(&app.db, &action, &check_votes(votes)?).await?;
    let now = action_here(&app, &here, &at.a).await?;
    let names = places::store::names(&app.db, &here.neighbourhood.id).await?;
    Ok(Json(view(now, &names, &app.clock.today())))
}
