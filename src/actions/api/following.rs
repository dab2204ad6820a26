//! What became of actions: promises kept, and whether it helped.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use serde::Serialize;
use utoipa::ToSchema;

use super::{OneAction, action_here};
use crate::access::Here;
use crate::actions::effect::{Effect, effect};
use crate::actions::kept::{Kept, count};
use crate::actions::store;
use crate::app::App;
use crate::error::{Error, Result};
use crate::geometry::Plane;
use crate::people::Right;
use crate::pins::selection::Selection;
use crate::places::{self, PlaceRef};
use crate::time::days_after;

/// Counts the promises that were kept.
#[utoipa::path(get, path = "/api/neighbourhoods/{n}/actions/kept", params(("n" = String, Path)),
    responses((status = 200, body = Kept)))]
pub async fn count_kept(State(app): State<Arc<App>>, here: Here) -> Result<Json<Kept>> {
    here.check(Right::See)?;
    let all = store::list(&app.db, &here.neighbourhood.id).await?;
    Ok(Json(count(&all, &app.clock.today())))
}

/// Before and after an action, place by place.
#[derive(Debug, Serialize, ToSchema)]
pub struct EffectAnswer {
    /// The last date that is before.
    before_until: String,
    /// The first date that is after; null while the action is not done.
    after_from: Option<String>,
    places: Vec<EffectAtPlace>,
}

/// Before and after at one place.
#[derive(Debug, Serialize, ToSchema)]
pub struct EffectAtPlace {
    place: PlaceRef,
    /// Null while the action is not done.
    effect: Option<Effect>,
}

/// Measures the effect of an action again: the same places, the same question, before it was proposed and after it was
/// done, with how far the difference may be chance.
#[utoipa::path(get, path = "/api/neighbourhoods/{n}/actions/{a}/effect",
    params(("n" = String, Path), ("a" = String, Path)), responses((status = 200, body = EffectAnswer)))]
pub async fn measure_effect(
    State(app): State<Arc<App>>,
    Path(at): Path<OneAction>,
    here: Here,
) -> Result<Json<EffectAnswer>> {
    here.check(Right::See)?;
    let action = action_here(&app, &here, &at.a).await?;
    let after_from = action.done_on().map(|day| days_after(day, 1)).transpose()?;
    let mut places = Vec::new();
    for id in &action.told.places {
        let found = places::store::find(&app.db, &here.neighbourhood.id, id).await?;
        let place = found.ok_or_else(|| Error::not_found("place"))?;
        let ground = place.ground.on(&Plane::of(&here.neighbourhood.boundary));
        let heard = async |key: &str, day: &str| {
            let mut selection = Selection::default();
            selection.take(key, day)?;
            app.indexes.heard_at(&here.neighbourhood, &ground, &selection).await
        };
        let effect = match &after_from {
            None => None,
            Some(from) => Some(effect(&heard("to", &action.proposed_on).await?, &heard("from", from).await?)),
        };
        places.push(EffectAtPlace { place: place.into(), effect });
    }
    Ok(Json(EffectAnswer { before_until: action.proposed_on, after_from, places }))
}
