//! A recorder reads a data walk and writes down what groups say.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{InLanguage, OneWalk, walk_in};
use crate::access::AtTask;
use crate::app::App;
use crate::data_walks::api::showing;
use crate::data_walks::telling::{Shown, show};
use crate::data_walks::{ChartSeen, DataWalk, NewResponse, RESPONSES, Response, Station, store};
use crate::error::{Error, Result};
use crate::id::Id;
use crate::neighbourhoods::themes::Theme;
use crate::neighbourhoods::{Language, Neighbourhood};
use crate::places::{self, PlaceRef};
use crate::problem::Body;
use crate::recorders::{Recorder, Task, store as recorders};

/// A data walk as a recorder sees it.
#[derive(Debug, Serialize, ToSchema)]
pub struct DataWalkAtStation {
    id: Id,
    name: String,
    day: String,
    languages: Vec<Language>,
    /// The language of the sentences.
    lang: String,
    stations: Vec<Shown>,
    /// The kept places that a group may speak of.
    places: Vec<PlaceRef>,
    /// The themes that a group may speak of.
    themes: Vec<Theme>,
}

async fn walk_of(app: &App, recorder: &Recorder, id: &str) -> Result<(Arc<Neighbourhood>, DataWalk)> {
    recorder.check(Task::DataWalk, &Id::parse("d", id)?)?;
    let neighbourhood = app.neighbourhood(&recorder.neighbourhood).await?;
    let walk = walk_in(app, &neighbourhood, id).await?;
    Ok((neighbourhood, walk))
}

/// Reads a data walk with its charts as the pins stand now.
#[utoipa::path(get, path = "/api/data-walks/{d}", params(("d" = String, Path), InLanguage),
    responses((status = 200, body = DataWalkAtStation)))]
pub async fn read_data_walk(
    State(app): State<Arc<App>>,
    Path(at): Path<OneWalk>,
    Query(asked): Query<InLanguage>,
    AtTask(recorder): AtTask,
) -> Result<Json<DataWalkAtStation>> {
    let (neighbourhood, walk) = walk_of(&app, &recorder, &at.d).await?;
    let lang = asked.of(&walk)?;
    let stations = showing::stations(&app, &neighbourhood, &walk, lang).await?;
    let mut places: Vec<PlaceRef> =
        places::store::list(&app.db, &neighbourhood.id).await?.into_iter().map(PlaceRef::from).collect();
    places.sort_by_cached_key(|place| (place.name.to_lowercase(), place.id.clone()));
    Ok(Json(DataWalkAtStation {
        id: walk.id,
        name: walk.name,
        day: walk.day,
        languages: walk.languages,
        lang: lang.to_owned(),
        stations,
        places,
        themes: neighbourhood.themes.clone(),
    }))
}

/// The part of the address that names a response.
#[derive(Debug, Deserialize)]
pub struct OneResponse {
    d: String,
    id: String,
}

/// Writes down what a group read in a chart; the id is made by the recorder, and repeating is safe.
#[utoipa::path(put, path = "/api/data-walks/{d}/responses/{id}", params(("d" = String, Path), ("id" = String, Path)),
    request_body = NewResponse,
    responses((status = 201), (status = 200), (status = 409, description = "another recorder's"), (status = 410)))]
pub async fn put_response(
    State(app): State<Arc<App>>,
    Path(at): Path<OneResponse>,
    AtTask(recorder): AtTask,
    Body(new): Body<NewResponse>,
) -> Result<StatusCode> {
    let (neighbourhood, walk) = walk_of(&app, &recorder, &at.d).await?;
    let id = Id::parse("id", &at.id)?;
    let said = new.check()?;
    let station = walk.stations.iter().find(|station| station.id == said.station);
    let station = station.ok_or_else(|| Error::invalid("station", "this data walk has no such station"))?;
    // A place that was removed since is still one that they spoke of.
    if let Some(place) = &said.place
        && places::store::find(&app.db, &neighbourhood.id, place).await?.is_none()
    {
        return Err(Error::invalid("place", "there is no such place"));
    }
    if said.theme.is_some_and(|theme| !neighbourhood.themes.contains(&theme)) {
        return Err(Error::invalid("theme", "is not in use here"));
    }
    let seen = seen(&app, &neighbourhood, &walk, station).await?;
    let response = Response { id, data_walk: walk.id, recorder: recorder.id, said, seen, disputes: false };
    let is_new = store::put_response(&app.db, &response, &neighbourhood.id).await?;
    Ok(if is_new { StatusCode::CREATED } else { StatusCode::OK })
}

/// The chart that a group stands before.
async fn seen(app: &App, neighbourhood: &Neighbourhood, walk: &DataWalk, station: &Station) -> Result<ChartSeen> {
    let reading = showing::read(app, neighbourhood, &walk.pins()?, &[station.kind]).await?;
    let lang = walk.languages.first().map_or("nl", |language| language.code());
    let shown = show(station, &reading, lang);
    Ok(ChartSeen { title: shown.title, people: shown.people, last_day: reading.all.findings.method.last_day.clone() })
}

/// Takes a response back, for good; again and again if need be.
#[utoipa::path(delete, path = "/api/data-walks/{d}/responses/{id}",
    params(("d" = String, Path), ("id" = String, Path)), responses((status = 204)))]
pub async fn delete_response(
    State(app): State<Arc<App>>,
    Path(at): Path<OneResponse>,
    AtTask(recorder): AtTask,
) -> Result<StatusCode> {
    recorder.check(Task::DataWalk, &Id::parse("d", &at.d)?)?;
    recorders::forget(&app.db, &RESPONSES, &recorder, &Id::parse("id", &at.id)?).await?;
    Ok(StatusCode::NO_CONTENT)
}
