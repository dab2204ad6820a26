//! What was seen on a walk, for staff: put together for each stop, and for each place over all walks.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{OneWalk, walk_here};
use crate::access::Here;
use crate::app::App;
use crate::attachments::from_base64;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::neighbourhoods::api::Page;
use crate::people::Right;
use crate::pins::moderation::Status;
use crate::places::{PlaceRef, store as places};
use crate::problem::Body;
use crate::walks::observations::{self, Merged, Noted, merge};
use crate::walks::{Stop, store};

/// What all phones saw at a stop.
#[derive(Debug, Serialize, ToSchema)]
pub struct StopSeen {
    /// The stop.
    stop: Id,
    /// Its place in the order; null for one that was taken out since.
    number: Option<usize>,
    name: String,
    place: Option<PlaceRef>,
    #[serde(flatten)]
    seen: Merged,
}

/// What was seen on a walk, stop by stop. It stands beside the pins and is counted with none of them.
#[derive(Debug, Serialize, ToSchema)]
pub struct WalkSeen {
    /// So many phones noted something.
    phones: usize,
    /// In the order of the walk, then those that were taken out since and where something was noted.
    stops: Vec<StopSeen>,
}

/// Puts together what all phones of a walk noted.
#[utoipa::path(get, path = "/api/neighbourhoods/{n}/walks/{w}/observations",
    params(("n" = String, Path), ("w" = String, Path)), responses((status = 200, body = WalkSeen)))]
pub async fn list_observations(
    State(app): State<Arc<App>>,
    Path(at): Path<OneWalk>,
    here: Here,
) -> Result<Json<WalkSeen>> {
    here.check(Right::Lead)?;
    let walk = walk_here(&app, &here, &at.w).await?;
    let noted = observations::store::list(&app.db, &walk.id).await?;
    let mut recorders: Vec<&Id> = noted.iter().map(|one| &one.recorder).collect();
    recorders.sort();
    recorders.dedup();
    let phones = recorders.len();
    let mut of_stop: HashMap<Id, Vec<Noted>> = HashMap::new();
    for one in &noted {
        of_stop.entry(one.told.stop.clone()).or_default().push(one.clone());
    }
    let mut seen = |stop: Stop, number: Option<usize>| StopSeen {
        seen: merge(&of_stop.remove(&stop.id).unwrap_or_default()),
        stop: stop.id,
        number,
        name: stop.name,
        place: stop.place,
    };
    let mut stops: Vec<StopSeen> = (1..).zip(walk.stops).map(|(number, stop)| seen(stop, Some(number))).collect();
    for stop in store::stops(&app.db, &walk.id, true).await? {
        stops.push(seen(stop, None));
    }
    stops.retain(|stop| stop.number.is_some() || stop.seen.phones > 0);
    Ok(Json(WalkSeen { phones, stops }))
}

/// Which place is asked about.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OfPlace {
    /// The id of a place.
    place: Option<String>,
}

/// What was seen at a place on one walk.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeenAtPlace {
    /// The walk.
    walk: Id,
    name: String,
    day: String,
    start: String,
    #[serde(flatten)]
    seen: Merged,
}

/// Puts together what was seen at the stops that look at a place, walk by walk, the latest first.
#[utoipa::path(get, path = "/api/neighbourhoods/{n}/observations", params(("n" = String, Path), OfPlace),
    responses((status = 200, body = Page<SeenAtPlace>)))]
pub async fn list_observations_of_place(
    State(app): State<Arc<App>>,
    here: Here,
    Query(of): Query<OfPlace>,
) -> Result<Json<Page<SeenAtPlace>>> {
    here.check(Right::Lead)?;
    let asked = of.place.ok_or_else(|| Error::bad_request("place", "is missing in the address"))?;
    let place = places::find(&app.db, &here.neighbourhood.id, &Id::parse("place", &asked)?).await?;
    let place = place.ok_or_else(|| Error::not_found("place"))?;
    let mut of_walk: HashMap<Id, Vec<Noted>> = HashMap::new();
    for (walk, noted) in observations::store::at_place(&app.db, &place.id).await? {
        of_walk.entry(walk).or_default().push(noted);
    }
    let walks = store::list(&app.db, &here.neighbourhood.id).await?;
    let items = walks.into_iter().filter_map(|walk| {
        let noted = of_walk.remove(&walk.id)?;
        Some(SeenAtPlace { seen: merge(&noted), walk: walk.id, name: walk.name, day: walk.day, start: walk.start })
    });
    Ok(Json(Page { items: items.collect(), next: None }))
}

/// The part of the address that names the photo of an observation.
#[derive(Debug, Deserialize)]
pub struct OnePhoto {
    w: String,
    id: String,
}

/// Reads the photo beside an observation, as JPEG.
#[utoipa::path(get, path = "/api/neighbourhoods/{n}/walks/{w}/observations/{id}/photo",
    params(("n" = String, Path), ("w" = String, Path), ("id" = String, Path)),
    responses((status = 200, content_type = "image/jpeg", body = Vec<u8>)))]
pub async fn read_photo(
    State(app): State<Arc<App>>,
    Path(at): Path<OnePhoto>,
    here: Here,
) -> Result<impl IntoResponse> {
    here.check(Right::Lead)?;
    let walk = walk_here(&app, &here, &at.w).await?;
    let found = observations::store::photo(&app.db, &walk.id, &Id::parse("id", &at.id)?).await?;
    let (_, content) = found.ok_or_else(|| Error::not_found("photo"))?;
    Ok(([(CONTENT_TYPE, "image/jpeg")], from_base64(&content)?))
}

/// What is decided about a photo.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecidePhoto {
    status: Status,
}

/// Approves the photo beside an observation, or hides it.
#[utoipa::path(patch, path = "/api/neighbourhoods/{n}/walks/{w}/observations/{id}/photo",
    params(("n" = String, Path), ("w" = String, Path), ("id" = String, Path)), request_body = DecidePhoto,
    responses((status = 204)))]
pub async fn moderate_photo(
    State(app): State<Arc<App>>,
    Path(at): Path<OnePhoto>,
    here: Here,
    Body(decided): Body<DecidePhoto>,
) -> Result<StatusCode> {
    here.check(Right::Moderate)?;
    let walk = walk_here(&app, &here, &at.w).await?;
    if observations::store::moderate_photo(&app.db, &walk.id, &Id::parse("id", &at.id)?, decided.status).await? {
        return Ok(StatusCode::NO_CONTENT);
    }
    Err(Error::not_found("photo"))
}
