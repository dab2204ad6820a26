//! Actions as files.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::access::Here;
use crate::actions::{Action, store, table};
use crate::app::App;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::neighbourhoods::Language;
use crate::people::Right;
use crate::places::{self, Place};

async fn all(app: &App, here: &Here) -> Result<(Vec<Action>, BTreeMap<Id, Place>)> {
    let id = &here.neighbourhood.id;
    let actions = store::list(&app.db, id).await?;
    let places = places::store::every(&app.db, id).await?;
    Ok((actions, places.into_iter().map(|place| (place.id.clone(), place)).collect()))
}

fn file(kind: &'static str, name: &str, body: String) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    ([(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, disposition)], body).into_response()
}

/// Every action with every field as CSV: UTF-8 with a mark that spreadsheets know it by.
#[utoipa::path(get, path = "/api/neighbourhoods/{n}/actions.csv", params(("n" = String, Path)),
    responses((status = 200, content_type = "text/csv", body = String)))]
pub async fn actions_csv(State(app): State<Arc<App>>, here: Here) -> Result<Response> {
    here.check(Right::See)?;
    let (actions, places) = all(&app, &here).await?;
    let body = format!("\u{feff}{}", table::csv(&actions, &places, &app.clock.today()));
    Ok(file("text/csv; charset=utf-8", &format!("actions-{}.csv", here.neighbourhood.slug), body))
}

/// Every action at the middle of its places as GeoJSON.
#[utoipa::path(get, path = "/api/neighbourhoods/{n}/actions.geojson", params(("n" = String, Path)),
    responses((status = 200, content_type = "application/geo+json", body = String)))]
pub async fn actions_geojson(State(app): State<Arc<App>>, here: Here) -> Result<Response> {
    here.check(Right::See)?;
    let (actions, places) = all(&app, &here).await?;
    let body = table::geojson(&actions, &places, &app.clock.today()).to_string();
    Ok(file("application/geo+json", &format!("actions-{}.geojson", here.neighbourhood.slug), body))
}

/// As what the table comes.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AsTable {
    /// `nl`, `fr`, `de` or `en`; the first language of the neighbourhood where it is left out.
    lang: Option<String>,
    /// `html`, which word processors open, or `csv`.
    format: Option<String>,
}

/// The table of actions for the neighbourhood safety plan.
#[utoipa::path(get, path = "/api/neighbourhoods/{n}/actions/safety-plan", params(("n" = String, Path), AsTable),
    responses((status = 200, content_type = "text/html", body = String)))]
pub async fn safety_plan(State(app): State<Arc<App>>, here: Here, Query(asked): Query<AsTable>) -> Result<Response> {
    here.check(Right::See)?;
    let lang = match &asked.lang {
        Some(code) => Language::parse("lang", code)?.code(),
        None => here.neighbourhood.languages.first().map_or("nl", |language| language.code()),
    };
    let (actions, places) = all(&app, &here).await?;
    let name = format!("safety-plan-{}", here.neighbourhood.slug);
    match asked.format.as_deref() {
        None | Some("html") => {
            let today = app.clock.today();
            let page = table::plan_html(&actions, &places, &here.neighbourhood.name, &today, lang);
            Ok(file("text/html; charset=utf-8", &format!("{name}.html"), page))
        }
        Some("csv") => {
            let body = format!("\u{feff}{}", table::plan_csv(&actions, &places, lang));
            Ok(file("text/csv; charset=utf-8", &format!("{name}.csv"), body))
        }
        Some(_) => Err(Error::bad_request("format", "must be html or csv")),
    }
}
