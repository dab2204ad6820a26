//! The withdrawal slip over HTTP; its code is the bearer token.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::access::{Stranger, bearer};
use crate::app::App;
use crate::error::{Error, Result};
use crate::gatherings::clean_code;
use crate::id::Id;
use crate::live::What;
use crate::neighbourhoods;
use crate::neighbourhoods::api::{View as NeighbourhoodView, view as neighbourhood_view};
use crate::pins::Pin;
use crate::pins::api::PinFeature;
use crate::pins::slip::store::{self, Holder};

/// The routes of the slip.
pub fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(read_slip, withdraw)).routes(routes!(withdraw_pin))
}

/// What a slip opens.
#[derive(Debug, Serialize, ToSchema)]
pub struct Slip {
    /// The name of the gathering.
    gathering: String,
    held_on: String,
    neighbourhood: NeighbourhoodView,
    /// Whether its holder took back all they said.
    withdrawn: bool,
    /// The holder's own pins, in their own words.
    pins: Vec<PinFeature>,
}

async fn holder(app: &App, stranger: &Stranger, headers: &HeaderMap) -> Result<Holder> {
    let code = clean_code(bearer(headers).unwrap_or_default());
    store::find(&app.db, &code, app.clock.now_ms()).await.map_err(|error| stranger.wrong(app, error))
}

/// Shows the pins of whoever holds the slip.
#[utoipa::path(get, path = "/api/slip", responses((status = 200, body = Slip)))]
async fn read_slip(State(app): State<Arc<App>>, stranger: Stranger, headers: HeaderMap) -> Result<Json<Slip>> {
    let Holder { participant, gathering, withdrawn } = holder(&app, &stranger, &headers).await?;
    let neighbourhood = neighbourhoods::store::find(&app.db, gathering.neighbourhood.as_str()).await?;
    let neighbourhood = neighbourhood.ok_or_else(|| Error::not_found("neighbourhood"))?;
    let pins: Vec<Pin> = crate::pins::store::of_participant(&app.db, &participant).await?;
    Ok(Json(Slip {
        gathering: gathering.name,
        held_on: gathering.held_on,
        neighbourhood: neighbourhood_view(&app, neighbourhood),
        withdrawn,
        pins: pins.into_iter().map(PinFeature::of).collect(),
    }))
}

/// The part of the address that names a pin.
#[derive(Debug, Deserialize)]
struct OnePin {
    id: String,
}

/// Deletes one pin of whoever holds the slip, in every phase; again and again if need be.
#[utoipa::path(delete, path = "/api/slip/pins/{id}", params(("id" = String, Path)), responses((status = 204)))]
async fn withdraw_pin(
    State(app): State<Arc<App>>,
    Path(one): Path<OnePin>,
    stranger: Stranger,
    headers: HeaderMap,
) -> Result<StatusCode> {
    let Holder { participant, gathering, .. } = holder(&app, &stranger, &headers).await?;
    let id = Id::parse("id", &one.id)?;
    if store::delete_pin(&app.db, &participant, &id).await? {
        app.live.publish(&gathering.neighbourhood, Some(&gathering.id), What::PinDeleted(id));
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Deletes all that whoever holds the slip said, in every phase; again and again if need be.
#[utoipa::path(delete, path = "/api/slip", responses((status = 204)))]
async fn withdraw(State(app): State<Arc<App>>, stranger: Stranger, headers: HeaderMap) -> Result<StatusCode> {
    let Holder { participant, gathering, .. } = holder(&app, &stranger, &headers).await?;
    let gone = store::withdraw(&app.db, &participant).await?;
    let deleted = gone.pins.into_iter().map(What::PinDeleted);
    for what in deleted.chain(gone.voted.into_iter().map(What::Vote)) {
        app.live.publish(&gathering.neighbourhood, Some(&gathering.id), what);
    }
    Ok(StatusCode::NO_CONTENT)
}
