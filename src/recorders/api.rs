//! Joining a walk or a data walk over HTTP.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::access::Stranger;
use crate::app::App;
use crate::error::{Error, Result};
use crate::gatherings::clean_code;
use crate::id::Id;
use crate::neighbourhoods;
use crate::neighbourhoods::api::{View as NeighbourhoodView, view as neighbourhood_view};
use crate::problem::Body;
use crate::recorders::{Task, store};

/// The routes of this noun.
pub fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(join_as_recorder))
}

/// The code of a walk or data walk.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecorderJoin {
    code: String,
}

/// What a phone gets to know when it joins a walk or data walk.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecorderJoined {
    /// The token that each of its requests brings.
    token: String,
    /// Its id.
    recorder: Id,
    task: Task,
    /// The walk or data walk.
    about: Id,
    neighbourhood: NeighbourhoodView,
}

/// Lets a phone or tablet take notes of a walk or a data walk.
#[utoipa::path(post, path = "/api/recorders", request_body = RecorderJoin,
    responses((status = 200, body = RecorderJoined)))]
async fn join_as_recorder(
    State(app): State<Arc<App>>,
    stranger: Stranger,
    Body(join): Body<RecorderJoin>,
) -> Result<Json<RecorderJoined>> {
    let joined = store::join(&app.db, &clean_code(&join.code), app.clock.now_ms()).await;
    let (recorder, token) = joined.map_err(|error| stranger.wrong(&app, error))?;
    let found = neighbourhoods::store::find(&app.db, recorder.neighbourhood.as_str()).await?;
    let neighbourhood = found.ok_or_else(|| Error::not_found("neighbourhood"))?;
    Ok(Json(RecorderJoined {
        token,
        recorder: recorder.id,
        task: recorder.task,
        about: recorder.about,
        neighbourhood: neighbourhood_view(&app, neighbourhood),
    }))
}
