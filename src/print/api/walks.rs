//! The sheets of a walk over HTTP.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;

use super::{InLanguage, answer, language, set};
use crate::access::Here;
use crate::app::App;
use crate::error::{Error, Result};
use crate::hotspots::api::names::map_of;
use crate::people::Right;
use crate::print::kit::{Paper, Printed};
use crate::recorders::{Task, store as recorders};
use crate::walks::api::{Planned, walk_here, work_out};

/// The parts of the address.
#[derive(Debug, Deserialize)]
pub(super) struct OneSheet {
    w: String,
    file: String,
}

/// Prints a walk: `sheet.pdf`, `card.pdf`, `form.pdf`, `debrief.pdf`, or all as `kit.pdf`.
#[utoipa::path(get, path = "/api/neighbourhoods/{n}/walks/{w}/{file}",
    params(("n" = String, Path), ("w" = String, Path), ("file" = String, Path), InLanguage),
    responses((status = 200, content_type = "application/pdf", body = Vec<u8>)))]
pub(super) async fn print_walk(
    State(app): State<Arc<App>>,
    Path(at): Path<OneSheet>,
    Query(asked): Query<InLanguage>,
    here: Here,
) -> Result<Response> {
    here.check(Right::See)?;
    let paper = at.file.strip_suffix(".pdf").ok_or_else(|| Error::not_found("sheet"))?;
    let paper = Paper::parse("file", paper).map_err(|_| Error::not_found("sheet"))?;
    let lang = language(asked.lang.as_deref(), &here.neighbourhood)?;
    let Planned { walk, plan, sunset } =
        work_out(&app, &here.neighbourhood, walk_here(&app, &here, &at.w).await?).await?;
    let archive = map_of(&app, &here.neighbourhood);
    // Who may only read gets the sheet without the code that lets a phone write.
    let may_lead = here.check(Right::Lead).is_ok() && !plan.budget.refused();
    let code = if may_lead { recorders::code(&app.db, Task::Walk, &walk.id).await? } else { None };
    let room = app.room_address().unwrap_or_else(|| app.settings.address());
    let address = code.as_ref().map(|code| format!("{room}/walk#code={code}"));
    let name = format!("{}-{}-{}.pdf", paper.code(), here.neighbourhood.slug, walk.day);
    let make = move || {
        let join = code.as_deref().zip(address.as_deref());
        let (sunset, archive) = (sunset.as_deref(), archive.as_deref());
        Printed { walk: &walk, plan: &plan, sunset, join, archive, lang }.sheet(paper)
    };
    answer("application/pdf", &name, set(&app, make).await?)
}
