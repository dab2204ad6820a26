//! Places over HTTP. Whoever may see the hotspots may see the places and their history; whoever may see single pins may
//! keep, name and remove them.

mod history;
mod keeping;

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State as Shared};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::access::Here;
use crate::app::App;
use crate::error::{Error, Kind as ErrorKind, Result};
use crate::hotspots::Kind;
use crate::id::Id;
use crate::people::{Right, check_name};
use crate::places::following::{Followed, follow};
use crate::places::{Act, Deed, Origin, Part, Picture, Place, PlaceRef, State, store};
use crate::problem::Body;
use crate::time::rfc3339;

/// The routes of this noun.
pub fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(list_places, keeping::keep_place))
        .routes(routes!(find_place, rename_place, remove_place))
        .routes(routes!(history::read_history))
}

/// What is known of a place.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlaceProperties {
    name: String,
    origin: Origin,
    state: State,
    /// What people feel there, when it was last found; null for a drawn spot where no hotspot was found yet.
    kind: Option<Kind>,
    /// Longitude and latitude of a point inside.
    centre: [f64; 2],
    /// The last picture in which it was found.
    picture: Option<Picture>,
    /// The date of the last gathering whose pins were in that picture.
    day: Option<String>,
    /// The other places that are the same hotspot now: they have merged.
    together: Vec<PlaceRef>,
    /// Other hotspots on its ground now: it has split, and each may be kept as a place of its own.
    parts: Vec<Part>,
    /// When its name, its hotspot or its numbers last changed.
    changed_at: String,
}

/// A place as a GeoJSON Feature.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlaceFeature {
    /// Always `Feature`.
    #[serde(rename = "type")]
    kind: &'static str,
    id: Id,
    /// A Point, Polygon or `MultiPolygon`: where it was last found.
    #[schema(value_type = Object)]
    geometry: Value,
    properties: PlaceProperties,
}

/// Places as a GeoJSON `FeatureCollection`, by name.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlacesAnswer {
    /// Always `FeatureCollection`.
    #[serde(rename = "type")]
    kind: &'static str,
    features: Vec<PlaceFeature>,
    /// The cursor of the next page, if there is one.
    next: Option<String>,
}

fn feature(followed: Followed, names: &HashMap<Id, String>) -> PlaceFeature {
    let geometry = followed.ground().to_geojson();
    let Followed { place, state, now, last_found } = followed;
    let day = last_found.as_ref().map(|seen| seen.day.clone());
    let picture = last_found.and_then(|seen| Some(seen.found?.0));
    let changed_ms = now.as_ref().map_or(0, |seen| seen.at_ms).max(place.changed_ms);
    let (together, parts) = now.map(|seen| (seen.together, seen.parts)).unwrap_or_default();
    let moved = picture.as_ref().filter(|_| place.origin == Origin::Hotspot);
    PlaceFeature {
        kind: "Feature",
        id: place.id,
        geometry,
        properties: PlaceProperties {
            origin: place.origin,
            state,
            kind: picture.as_ref().map(|picture| picture.kind).or(place.kind),
            centre: moved.map_or(place.centre.into(), |picture| picture.centre),
            picture,
            day,
            together: refs(together, names),
            parts,
            changed_at: rfc3339(changed_ms),
            name: place.name,
        },
    }
}

fn refs(ids: Vec<Id>, names: &HashMap<Id, String>) -> Vec<PlaceRef> {
    ids.into_iter().filter_map(|id| Some(PlaceRef { name: names.get(&id)?.clone(), id })).collect()
}

/// So many places make a page.
const PAGE: usize = 100;

/// Where a page begins.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageFrom {
    /// `next` of the page before.
    cursor: Option<String>,
}

/// Lists the places of a neighbourhood with what all pins say of them now; a hundred a page.
#[utoipa::path(get, path = "/api/neighbourhoods/{n}/places", params(("n" = String, Path), PageFrom),
    responses((status = 200, content_type = "application/geo+json", body = PlacesAnswer)))]
async fn list_places(Shared(app): Shared<Arc<App>>, here: Here, Query(from): Query<PageFrom>) -> Result<Response> {
    here.check(Right::See)?;
    let mut places = follow(&app.db, &app.indexes, &here.neighbourhood, app.clock.now_ms()).await?;
    places.sort_by_cached_key(|followed| (followed.place.name.to_lowercase(), followed.place.id.clone()));
    let names = places.iter().map(|followed| (followed.place.id.clone(), followed.place.name.clone())).collect();
    let start = match &from.cursor {
        None => 0,
        Some(last) => {
            let at = places.iter().position(|followed| followed.place.id.as_str() == last);
            at.ok_or_else(|| Error::bad_request("cursor", "is no `next` of a page"))? + 1
        }
    };
    let mut features: Vec<_> =
        places.into_iter().skip(start).take(PAGE + 1).map(|followed| feature(followed, &names)).collect();
    let more = features.len() > PAGE;
    features.truncate(PAGE);
    let next = features.last().filter(|_| more).map(|last| last.id.to_string());
    Ok(geojson(StatusCode::OK, PlacesAnswer { kind: "FeatureCollection", features, next }))
}

fn geojson(status: StatusCode, body: impl Serialize) -> Response {
    let mut response = (status, Json(body)).into_response();
    response.headers_mut().insert(CONTENT_TYPE, axum::http::HeaderValue::from_static("application/geo+json"));
    response
}

/// The part of the address that names a place.
#[derive(Debug, Deserialize)]
struct OnePlace {
    place: String,
}

async fn place_here(app: &App, here: &Here, id: &str) -> Result<Place> {
    let found = store::find(&app.db, &here.neighbourhood.id, &Id::parse("place", id)?).await?;
    found.ok_or_else(|| Error::not_found("place"))
}

/// A place as it stands now; a removed one as it was kept.
async fn shown(app: &App, here: &Here, place: Place) -> Result<PlaceFeature> {
    let names = store::names(&app.db, &here.neighbourhood.id).await?;
    if place.removed {
        let last_found = store::pictures(&app.db, &place.id).await?.into_iter().rfind(|seen| seen.found.is_some());
        return Ok(feature(Followed { place, state: State::Removed, now: None, last_found }, &names));
    }
    let all = follow(&app.db, &app.indexes, &here.neighbourhood, app.clock.now_ms()).await?;
    let one = all.into_iter().find(|followed| followed.place.id == place.id);
    Ok(feature(one.ok_or_else(|| Error::not_found("place"))?, &names))
}

/// Reads a place, a removed one too.
#[utoipa::path(get, path = "/api/neighbourhoods/{n}/places/{place}",
    params(("n" = String, Path), ("place" = String, Path)),
    responses((status = 200, content_type = "application/geo+json", body = PlaceFeature)))]
async fn find_place(Shared(app): Shared<Arc<App>>, Path(at): Path<OnePlace>, here: Here) -> Result<Response> {
    here.check(Right::See)?;
    let place = place_here(&app, &here, &at.place).await?;
    Ok(geojson(StatusCode::OK, shown(&app, &here, place).await?))
}

/// What may change of a place.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePlace {
    name: String,
}

/// Gives a place another name.
#[utoipa::path(patch, path = "/api/neighbourhoods/{n}/places/{place}",
    params(("n" = String, Path), ("place" = String, Path)), request_body = ChangePlace,
    responses((status = 200, content_type = "application/geo+json", body = PlaceFeature)))]
async fn rename_place(
    Shared(app): Shared<Arc<App>>,
    Path(at): Path<OnePlace>,
    here: Here,
    Body(change): Body<ChangePlace>,
) -> Result<Response> {
    here.check(Right::Analyse)?;
    let name = check_name(&change.name)?;
    let place = place_here(&app, &here, &at.place).await?;
    if place.removed {
        return Err(Error::new(ErrorKind::Gone, "place_removed", "the place was removed"));
    }
    if place.name != name {
        let deed = Deed { act: Act::Renamed, at_ms: app.clock.now_ms(), name, ..kept(&place) };
        store::change(&app.db, &here.neighbourhood.id, &deed).await?;
    }
    let place = place_here(&app, &here, &at.place).await?;
    Ok(geojson(StatusCode::OK, shown(&app, &here, place).await?))
}

/// Takes a place off the list; again and again if need be. It and its history can still be read by its id.
#[utoipa::path(delete, path = "/api/neighbourhoods/{n}/places/{place}",
    params(("n" = String, Path), ("place" = String, Path)), responses((status = 204)))]
async fn remove_place(Shared(app): Shared<Arc<App>>, Path(at): Path<OnePlace>, here: Here) -> Result<StatusCode> {
    here.check(Right::Analyse)?;
    let place = place_here(&app, &here, &at.place).await?;
    if !place.removed {
        let deed = Deed { act: Act::Removed, at_ms: app.clock.now_ms(), ..kept(&place) };
        match store::change(&app.db, &here.neighbourhood.id, &deed).await {
            Err(error) if error.kind == ErrorKind::Gone => {}
            done => done?,
        }
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Something that staff did with a place, as it stands.
fn kept(place: &Place) -> Deed {
    Deed {
        place: place.id.clone(),
        act: Act::Kept,
        at_ms: 0,
        name: place.name.clone(),
        other: None,
        selection: None,
        picture: None,
    }
}
