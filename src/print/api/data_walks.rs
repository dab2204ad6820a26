//! The posters and the summary of a data walk over HTTP.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;

use super::{InLanguage, answer, set};
use crate::access::Here;
use crate::app::App;
use crate::data_walks::api::{self, showing, walk_here};
use crate::data_walks::telling::{Shown, show};
use crate::data_walks::{DataWalk, StationKind};
use crate::error::{Error, Result};
use crate::hotspots::api::names::map_of;
use crate::neighbourhoods::Language;
use crate::people::Right;
use crate::print::posters::{Format, Printed, summary};
use crate::recorders::{Task, store as recorders};

/// The part of the address that names a data walk.
#[derive(Debug, Deserialize)]
pub(super) struct OneWalk {
    d: String,
}

/// Which posters are asked for.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Asked {
    /// `a3`, `a2` or `a1`; A3 where it is left out.
    paper: Option<String>,
    /// The number of one station; all of them where it is left out.
    station: Option<i64>,
    /// `nl`, `fr`, `de` or `en`; the first language of the data walk where it is left out.
    lang: Option<String>,
}

/// Prints the posters of a data walk, a page for each station.
#[utoipa::path(get, path = "/api/neighbourhoods/{n}/data-walks/{d}/posters.pdf",
    params(("n" = String, Path), ("d" = String, Path), Asked),
    responses((status = 200, content_type = "application/pdf", body = Vec<u8>)))]
pub(super) async fn print_posters(
    State(app): State<Arc<App>>,
    Path(at): Path<OneWalk>,
    Query(asked): Query<Asked>,
    here: Here,
) -> Result<Response> {
    here.check(Right::See)?;
    let walk = walk_here(&app, &here, &at.d).await?;
    let lang = language(asked.lang.as_deref(), &walk)?;
    let format = asked.paper.as_deref().map_or(Ok(Format::A3), |word| Format::parse("paper", word))?;
    let chosen: Vec<_> =
        walk.stations.iter().filter(|one| asked.station.is_none_or(|number| one.number == number)).cloned().collect();
    if chosen.is_empty() {
        return Err(Error::not_found("station"));
    }
    // The hotspots are tested where a chart tells verdicts.
    let kinds: Vec<StationKind> = chosen.iter().map(|station| station.kind).collect();
    let reading = showing::read(&app, &here.neighbourhood, &walk.pins()?, &kinds).await?;
    let archive = map_of(&app, &here.neighbourhood);
    let code =
        if here.check(Right::Lead).is_ok() { recorders::code(&app.db, Task::DataWalk, &walk.id).await? } else { None };
    let room = app.room_address().unwrap_or_else(|| app.settings.address());
    let join = code.map(|code| format!("{room}/station#code={code}"));
    let name = format!("posters-{}-{}-{}.pdf", here.neighbourhood.slug, walk.day, format.code());
    let neighbourhood = here.neighbourhood;
    let make = move || {
        let stations: Vec<Shown> = chosen.iter().map(|station| show(station, &reading, lang)).collect();
        let (archive, join) = (archive.as_deref(), join.as_deref());
        let (walk, neighbourhood, stations, reading) = (&walk, &neighbourhood, stations.as_slice(), &reading);
        Printed { walk, neighbourhood, stations, reading, archive, join, format, lang }.sheet()
    };
    answer("application/pdf", &name, set(&app, make).await?)
}

/// Prints what a data walk brought, for the next meeting.
#[utoipa::path(get, path = "/api/neighbourhoods/{n}/data-walks/{d}/summary.pdf",
    params(("n" = String, Path), ("d" = String, Path), InLanguage),
    responses((status = 200, content_type = "application/pdf", body = Vec<u8>)))]
pub(super) async fn print_summary(
    State(app): State<Arc<App>>,
    Path(at): Path<OneWalk>,
    Query(asked): Query<InLanguage>,
    here: Here,
) -> Result<Response> {
    here.check(Right::Lead)?;
    let walk = walk_here(&app, &here, &at.d).await?;
    let lang = language(asked.lang.as_deref(), &walk)?;
    let brought = api::summary(&app, &here.neighbourhood, &walk, lang).await?;
    let name = format!("summary-{}-{}.pdf", here.neighbourhood.slug, walk.day);
    let neighbourhood = here.neighbourhood;
    let made = set(&app, move || Ok(summary(&walk, &neighbourhood, &brought))).await?;
    answer("application/pdf", &name, made)
}

fn language(asked: Option<&str>, walk: &DataWalk) -> Result<&'static str> {
    let language = asked.map(|code| Language::parse("lang", code)).transpose()?;
    Ok(language.or_else(|| walk.languages.first().copied()).map_or("nl", Language::code))
}
