//! Staff plan a data walk.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{InLanguage, OneWalk, walk_here};
use crate::access::Here;
use crate::app::App;
use crate::data_walks::api::showing;
use crate::data_walks::telling::Shown;
use crate::data_walks::{DataWalk, Figure, Station, StationKind, store};
use crate::error::Result;
use crate::id::Id;
use crate::neighbourhoods::Language;
use crate::neighbourhoods::api::Page;
use crate::people::Right;
use crate::problem::Body;
use crate::recorders::{self, Task};

/// A station as staff plans it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlannedStation {
    /// Its id; left out for a new one.
    #[serde(default)]
    id: Option<Id>,
    kind: StationKind,
    /// Titles in the stead of the one made from the chart, by language.
    #[serde(default)]
    titles: BTreeMap<String, String>,
    /// Two or three prompts in the stead of the usual ones, by language.
    #[serde(default)]
    prompts: BTreeMap<String, Vec<String>>,
    /// Numbers that others counted, each with its source; for `figures` alone.
    #[serde(default)]
    figures: Vec<Figure>,
}

impl From<PlannedStation> for Station {
    fn from(planned: PlannedStation) -> Self {
        let PlannedStation { id, kind, titles, prompts, figures } = planned;
        Self { id: id.unwrap_or_default(), number: 0, kind, titles, prompts, figures }
    }
}

/// What a new data walk needs.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDataWalk {
    name: String,
    /// Its date.
    day: String,
    /// The selection of its charts, as the query of an address.
    #[serde(default)]
    selection: String,
    /// `nl`, `fr`, `de` or `en`; those of the neighbourhood where they are left out.
    #[serde(default)]
    languages: Option<Vec<Language>>,
    /// The charts, in order; the usual ones where they are left out.
    #[serde(default)]
    stations: Option<Vec<PlannedStation>>,
}

/// What may change of a data walk.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeDataWalk {
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    day: Option<String>,
    #[serde(default)]
    selection: Option<String>,
    #[serde(default)]
    languages: Option<Vec<Language>>,
    /// All charts in their new order; one that is left out goes, unless somebody said something of it.
    #[serde(default)]
    stations: Option<Vec<PlannedStation>>,
}

/// A data walk in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct DataWalkName {
    id: Id,
    name: String,
    day: String,
    /// How many stations it has.
    stations: usize,
}

/// A data walk as staff sees it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DataWalk)]
pub struct DataWalkView {
    id: Id,
    name: String,
    day: String,
    selection: String,
    languages: Vec<Language>,
    /// What recorders join with; null for those who may not lead a data walk.
    code: Option<String>,
    /// The language of the stations' sentences.
    lang: String,
    stations: Vec<Shown>,
    /// What staff planned: the same stations with what was written in every language.
    planned: Vec<PlannedStation>,
}

/// The charts that a data walk starts with: enough for an evening, and what there is to show first.
const USUAL: [StationKind; 7] = [
    StationKind::Who,
    StationKind::Safe,
    StationKind::Unsafe,
    StationKind::Contested,
    StationKind::Why,
    StationKind::Words,
    StationKind::Actions,
];

async fn view(app: &App, here: &Here, walk: DataWalk, lang: &str) -> Result<DataWalkView> {
    let code = if here.check(Right::Lead).is_ok() {
        Some(recorders::store::open(&app.db, &here.neighbourhood.id, Task::DataWalk, &walk.id).await?)
    } else {
        None
    };
    let stations = showing::stations(app, &here.neighbourhood, &walk, lang).await?;
    let planned = walk.stations.into_iter().map(|station| PlannedStation {
        id: Some(station.id),
        kind: station.kind,
        titles: station.titles,
        prompts: station.prompts,
        figures: station.figures,
    });
    Ok(DataWalkView {
        planned: planned.collect(),
        id: walk.id,
        name: walk.name,
        day: walk.day,
        selection: walk.selection,
        languages: walk.languages,
        code,
        lang: lang.to_owned(),
        stations,
    })
}

/// Lists the data walks of a neighbourhood, the last date first.
#[utoipa::path(get, path = "/api/neighbourhoods/{n}/data-walks", params(("n" = String, Path)),
    responses((status = 200, body = Page<DataWalkName>)))]
pub async fn list_data_walks(State(app): State<Arc<App>>, here: Here) -> Result<Json<Page<DataWalkName>>> {
    here.check(Right::See)?;
    let all = store::list(&app.db, &here.neighbourhood.id).await?;
    let name =
        |walk: DataWalk| DataWalkName { id: walk.id, name: walk.name, day: walk.day, stations: walk.stations.len() };
    Ok(Json(Page { items: all.into_iter().map(name).collect(), next: None }))
}

/// Plans a data walk.
#[utoipa::path(post, path = "/api/neighbourhoods/{n}/data-walks", params(("n" = String, Path)),
    request_body = NewDataWalk, responses((status = 201, body = DataWalkView)))]
pub async fn plan_data_walk(
    State(app): State<Arc<App>>,
    here: Here,
    Body(new): Body<NewDataWalk>,
) -> Result<(StatusCode, Json<DataWalkView>)> {
    here.check(Right::Lead)?;
    let usual = || {
        let station = |kind| PlannedStation {
            id: None,
            kind,
            titles: BTreeMap::new(),
            prompts: BTreeMap::new(),
            figures: Vec::new(),
        };
        USUAL.map(station).into()
    };
    let stations = new.stations.unwrap_or_else(usual);
    let walk = DataWalk {
        id: Id::new(),
        neighbourhood: here.neighbourhood.id.clone(),
        name: new.name,
        day: new.day,
        selection: new.selection,
        languages: new.languages.unwrap_or_else(|| spoken(&here.neighbourhood.languages)),
        stations: stations.into_iter().map(|planned| Station { id: Id::new(), ..planned.into() }).collect(),
    };
    let walk = walk.check()?;
    store::put(&app.db, &walk).await?;
    let lang = walk.languages.first().map_or("nl", |language| language.code());
    Ok((StatusCode::CREATED, Json(view(&app, &here, walk, lang).await?)))
}

/// Those languages that sentences are made in.
fn spoken(languages: &[Language]) -> Vec<Language> {
    let ours = [Language::Nl, Language::Fr, Language::De, Language::En];
    let spoken: Vec<Language> = languages.iter().copied().filter(|language| ours.contains(language)).collect();
    if spoken.is_empty() { vec![Language::En] } else { spoken }
}

/// Reads a data walk with its charts as the pins stand now.
#[utoipa::path(get, path = "/api/neighbourhoods/{n}/data-walks/{d}",
    params(("n" = String, Path), ("d" = String, Path), InLanguage), responses((status = 200, body = DataWalkView)))]
pub async fn find_data_walk(
    State(app): State<Arc<App>>,
    Path(at): Path<OneWalk>,
    Query(asked): Query<InLanguage>,
    here: Here,
) -> Result<Json<DataWalkView>> {
    here.check(Right::See)?;
    let walk = walk_here(&app, &here, &at.d).await?;
    let lang = asked.of(&walk)?;
    Ok(Json(view(&app, &here, walk, lang).await?))
}

/// Changes a data walk: its name, date, selection, languages, or its stations and their order.
#[utoipa::path(patch, path = "/api/neighbourhoods/{n}/data-walks/{d}",
    params(("n" = String, Path), ("d" = String, Path), InLanguage), request_body = ChangeDataWalk,
    responses((status = 200, body = DataWalkView)))]
pub async fn change_data_walk(
    State(app): State<Arc<App>>,
    Path(at): Path<OneWalk>,
    Query(asked): Query<InLanguage>,
    here: Here,
    Body(change): Body<ChangeDataWalk>,
) -> Result<Json<DataWalkView>> {
    here.check(Right::Lead)?;
    let before = walk_here(&app, &here, &at.d).await?;
    let stations = change.stations.map(|stations| stations.into_iter().map(Station::from).collect());
    let walk = DataWalk {
        id: before.id,
        neighbourhood: before.neighbourhood,
        name: change.name.unwrap_or(before.name),
        day: change.day.unwrap_or(before.day),
        selection: change.selection.unwrap_or(before.selection),
        languages: change.languages.unwrap_or(before.languages),
        stations: stations.unwrap_or(before.stations),
    };
    let walk = walk.check()?;
    store::put(&app.db, &walk).await?;
    let lang = asked.of(&walk)?;
    Ok(Json(view(&app, &here, walk, lang).await?))
}

/// Deletes a data walk with everything that was said at it, and closes it for its recorders.
#[utoipa::path(delete, path = "/api/neighbourhoods/{n}/data-walks/{d}",
    params(("n" = String, Path), ("d" = String, Path)), responses((status = 204)))]
pub async fn delete_data_walk(State(app): State<Arc<App>>, Path(at): Path<OneWalk>, here: Here) -> Result<StatusCode> {
    here.check(Right::Lead)?;
    let id = Id::parse("d", &at.d)?;
    if store::find(&app.db, &here.neighbourhood.id, &id).await?.is_some() {
        recorders::store::close(&app.db, Task::DataWalk, &id).await?;
        store::delete(&app.db, &here.neighbourhood.id, &id).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}
