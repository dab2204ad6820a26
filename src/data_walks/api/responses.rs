//! Staff reads what groups said at a data walk.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{InLanguage, OneWalk, walk_here};
use crate::access::Here;
use crate::actions::{self, Action, CameFrom};
use crate::app::App;
use crate::data_walks::api::showing;
use crate::data_walks::reading::{Merged, Summary, sum_up};
use crate::data_walks::telling::{Shown, words};
use crate::data_walks::{ChartSeen, DataWalk, Response, Stance, store};
use crate::error::{Error, Result};
use crate::id::Id;
use crate::neighbourhoods::Neighbourhood;
use crate::neighbourhoods::themes::Theme;
use crate::people::Right;
use crate::places::{self, PlaceRef};
use crate::problem::Body;

/// What a group read in a chart, as staff sees it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Response)]
pub struct ResponseView {
    id: Id,
    data_walk: Id,
    station: Id,
    stance: Stance,
    interpretation: String,
    place: Option<PlaceRef>,
    new_place: Option<String>,
    theme: Option<Theme>,
    group_size: i64,
    stickers: BTreeMap<u8, i64>,
    /// The chart as it was then.
    seen: ChartSeen,
    /// Whether the place is told as disputed by residents because of it.
    disputes: bool,
}

fn view(response: Response, names: &HashMap<Id, String>) -> ResponseView {
    let said = response.said;
    ResponseView {
        id: response.id,
        data_walk: response.data_walk,
        station: said.station,
        stance: said.stance,
        interpretation: said.interpretation,
        place: said.place.and_then(|id| Some(PlaceRef { name: names.get(&id)?.clone(), id })),
        new_place: said.new_place,
        theme: said.theme,
        group_size: said.group_size,
        stickers: said.stickers.unwrap_or_default(),
        seen: response.seen,
        disputes: response.disputes,
    }
}

/// Responses, and what they come to in people of their own count.
#[derive(Debug, Serialize, ToSchema)]
pub struct ResponsesAnswer {
    merged: Merged,
    /// The same by station.
    stations: Vec<StationMerged>,
    items: Vec<ResponseView>,
}

/// What was said of one station.
#[derive(Debug, Serialize, ToSchema)]
pub struct StationMerged {
    station: Id,
    merged: Merged,
}

async fn answer(app: &App, neighbourhood: &Neighbourhood, responses: Vec<Response>) -> Result<ResponsesAnswer> {
    let names = places::store::names(&app.db, &neighbourhood.id).await?;
    let mut by_station: BTreeMap<Id, Vec<&Response>> = BTreeMap::new();
    for response in &responses {
        by_station.entry(response.said.station.clone()).or_default().push(response);
    }
    let stations = by_station.into_iter();
    let stations = stations.map(|(station, said)| StationMerged { station, merged: Merged::of(said) }).collect();
    let merged = Merged::of(&responses);
    Ok(ResponsesAnswer { merged, stations, items: responses.into_iter().map(|one| view(one, &names)).collect() })
}

/// Lists what was said at a data walk.
#[utoipa::path(get, path = "/api/neighbourhoods/{n}/data-walks/{d}/responses",
    params(("n" = String, Path), ("d" = String, Path)), responses((status = 200, body = ResponsesAnswer)))]
pub async fn list_responses(
    State(app): State<Arc<App>>,
    Path(at): Path<OneWalk>,
    here: Here,
) -> Result<Json<ResponsesAnswer>> {
    here.check(Right::Lead)?;
    let walk = walk_here(&app, &here, &at.d).await?;
    let responses = store::responses(&app.db, &walk.id).await?;
    Ok(Json(answer(&app, &here.neighbourhood, responses).await?))
}

/// Which place is meant.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AboutPlace {
    /// Its id; it must be given.
    place: Option<String>,
}

/// Lists what was said of a place at any data walk.
#[utoipa::path(get, path = "/api/neighbourhoods/{n}/responses", params(("n" = String, Path), AboutPlace),
    responses((status = 200, body = ResponsesAnswer)))]
pub async fn responses_about_place(
    State(app): State<Arc<App>>,
    here: Here,
    Query(about): Query<AboutPlace>,
) -> Result<Json<ResponsesAnswer>> {
    here.check(Right::Lead)?;
    let place = about.place.ok_or_else(|| Error::bad_request("place", "is missing in the address"))?;
    let place = Id::parse("place", &place)?;
    let responses = store::responses_about(&app.db, &here.neighbourhood.id, &place).await?;
    Ok(Json(answer(&app, &here.neighbourhood, responses).await?))
}

/// The part of the address that names a response.
#[derive(Debug, Deserialize)]
pub struct OneResponse {
    d: String,
    id: String,
}

/// What staff makes of a response.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeResponse {
    /// Whether its place is told as disputed by residents; that changes no number of the pins.
    disputes: bool,
}

/// Tells the place of a response as disputed by residents, or no longer.
#[utoipa::path(patch, path = "/api/neighbourhoods/{n}/data-walks/{d}/responses/{id}",
    params(("n" = String, Path), ("d" = String, Path), ("id" = String, Path)), request_body = ChangeResponse,
    responses((status = 204)))]
pub async fn dispute_place(
    State(app): State<Arc<App>>,
    Path(at): Path<OneResponse>,
    here: Here,
    Body(change): Body<ChangeResponse>,
) -> Result<StatusCode> {
    here.check(Right::Lead)?;
    let walk = walk_here(&app, &here, &at.d).await?;
    store::dispute(&app.db, &walk.id, &Id::parse("id", &at.id)?, change.disputes).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sums up what a data walk brought, to be read out at the next meeting.
#[utoipa::path(get, path = "/api/neighbourhoods/{n}/data-walks/{d}/summary",
    params(("n" = String, Path), ("d" = String, Path), InLanguage), responses((status = 200, body = Summary)))]
pub async fn summarise(
    State(app): State<Arc<App>>,
    Path(at): Path<OneWalk>,
    Query(asked): Query<InLanguage>,
    here: Here,
) -> Result<Json<Summary>> {
    here.check(Right::Lead)?;
    let walk = walk_here(&app, &here, &at.d).await?;
    let lang = asked.of(&walk)?;
    Ok(Json(summary(&app, &here.neighbourhood, &walk, lang).await?))
}

/// What a data walk brought, in a language.
pub async fn summary(app: &App, neighbourhood: &Neighbourhood, walk: &DataWalk, lang: &str) -> Result<Summary> {
    let responses = store::responses(&app.db, &walk.id).await?;
    let shown = showing::stations(app, neighbourhood, walk, lang).await?;
    let titles: Vec<String> = shown.into_iter().map(|station: Shown| station.title).collect();
    let names = places::store::names(&app.db, &neighbourhood.id).await?;
    let from_here = |action: &Action| matches!(&action.came_from, Some(CameFrom::DataWalk { data_walk, .. }) if *data_walk == walk.id);
    let actions = actions::store::list(&app.db, &neighbourhood.id).await?.iter().filter(|one| from_here(one)).count();
    Ok(sum_up(walk, &responses, &titles, actions, |id| names.get(id).cloned(), words(lang)))
}
