//! Actions over HTTP. Whoever sees the neighbourhood sees its promises; whoever leads walks keeps them.

mod board;
mod files;
mod following;

use std::sync::Arc;

use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::access::Here;
use crate::actions::{Action, answers, store};
use crate::app::App;
use crate::error::{Error, Result};
use crate::id::Id;

/// The routes of this noun.
pub fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(board::list_actions, board::propose_action))
        .routes(routes!(board::find_action, board::change_action, board::remove_action))
        .routes(routes!(board::vote_for_action))
        .routes(routes!(following::count_kept))
        .routes(routes!(following::measure_effect))
        .routes(routes!(files::actions_csv))
        .routes(routes!(files::actions_geojson))
        .routes(routes!(files::safety_plan))
        .merge(answers::api::routes())
}

/// The part of the address that names an action.
#[derive(Debug, Deserialize)]
struct OneAction {
    a: String,
}

async fn action_here(app: &App, here: &Here, id: &str) -> Result<Action> {
    let found = store::find(&app.db, &here.neighbourhood.id, &Id::parse("a", id)?).await?;
    found.ok_or_else(|| Error::not_found("action"))
}
