//! Taking in what a hub gathered.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::access::Here;
use crate::app::App;
use crate::carried::{Arrived, Batch, store};
use crate::error::Result;
use crate::gatherings::{GatheringKind, new_code};
use crate::live::What;
use crate::people::Right;
use crate::problem::LargeBody;

/// The routes of this noun.
pub fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(take_in))
}

/// Takes in a part of a gathering that a hub carries here; again and again if need be. What was decided, taken back or
/// deleted here meanwhile stays so.
#[utoipa::path(post, path = "/api/neighbourhoods/{n}/carried", params(("n" = String, Path)), request_body = Batch,
    responses((status = 200, body = Arrived)))]
async fn take_in(State(app): State<Arc<App>>, here: Here, body: LargeBody<Batch>) -> Result<Json<Arrived>> {
    here.check(Right::Facilitate)?;
    let batch = body.value;
    batch.check()?;
    // The longest code: nobody in the room knows it, and no tablet is to join both servers.
    let code = new_code(GatheringKind::Online.code_signs())?;
    let arrived = store::take_in(&app.db, &here.neighbourhood.id, &batch, &code).await?;
    // What has been kept long enough does not come back with a hub.
    app.forget().await?;
    app.live.publish(&here.neighbourhood.id, None, What::Neighbourhood);
    Ok(Json(arrived))
}
