//! What happened to a place over HTTP.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State as Shared};
use serde::Serialize;
use utoipa::ToSchema;

use super::{OnePlace, place_here, refs};
use crate::access::Here;
use crate::app::App;
use crate::error::Result;
use crate::geometry::Plane;
use crate::hotspots::Kind;
use crate::id::Id;
use crate::neighbourhoods::api::Page;
use crate::people::Right;
use crate::places::following::follow;
use crate::places::history::{Entry, What, tell};
use crate::places::{Part, Picture, PlaceRef, store};
use crate::time::{date, rfc3339};

/// One thing that happened to a place.
#[derive(Debug, Serialize, ToSchema)]
pub struct HistoryEntry {
    what: What,
    /// When staff did it; null for what the pins said.
    at: Option<String>,
    /// The date of the last gathering whose pins said it; null for what staff did.
    day: Option<String>,
    /// The name from then on; of a place that was split off its own.
    name: Option<String>,
    name_before: Option<String>,
    kind_before: Option<Kind>,
    /// What the pins said.
    picture: Option<Picture>,
    /// The places that it merged with, that were split off, or that it was split from.
    others: Vec<PlaceRef>,
    /// The hotspots that it split into besides its own.
    parts: Vec<Part>,
    /// The selection it was kept from, as the query of an address; empty for all pins.
    selection: Option<String>,
}

fn entry(entry: Entry, names: &HashMap<Id, String>) -> HistoryEntry {
    HistoryEntry {
        what: entry.what,
        at: entry.at_ms.map(rfc3339),
        day: entry.day,
        name: entry.name,
        name_before: entry.name_before,
        kind_before: entry.kind_before,
        picture: entry.picture,
        others: refs(entry.others, names),
        parts: entry.parts,
        selection: entry.selection,
    }
}

/// Tells what happened to a place, the first thing first; of a removed one too.
#[utoipa::path(get, path = "/api/neighbourhoods/{n}/places/{place}/history",
    params(("n" = String, Path), ("place" = String, Path)), responses((status = 200, body = Page<HistoryEntry>)))]
pub async fn read_history(
    Shared(app): Shared<Arc<App>>,
    Path(at): Path<OnePlace>,
    here: Here,
) -> Result<Json<Page<HistoryEntry>>> {
    here.check(Right::See)?;
    let place = place_here(&app, &here, &at.place).await?;
    if !place.removed {
        follow(&app.db, &app.indexes, &here.neighbourhood, app.clock.now_ms()).await?;
    }
    let names = store::names(&app.db, &here.neighbourhood.id).await?;
    let deeds = store::deeds(&app.db, &place.id).await?;
    let pictures = store::pictures(&app.db, &place.id).await?;
    let ground = Plane::of(&here.neighbourhood.boundary);
    let items = tell(&deeds, &pictures, &ground, date).into_iter().map(|one| entry(one, &names)).collect();
    Ok(Json(Page { items, next: None }))
}
