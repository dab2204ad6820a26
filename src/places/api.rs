//! Places over HTTP. Whoever may see the hotspots may see the places and their history; whoever may see single pins may
//! keep, name and remove them.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, RawQuery, State as Shared};
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
use crate::geometry::Plane;
use crate::hotspots::api::names::{map_of, names};
use crate::hotspots::api::question;
use crate::hotspots::findings::Findings;
use crate::hotspots::{Hotspot, Kind};
use crate::id::Id;
use crate::neighbourhoods::api::Page;
use crate::people::{Right, check_name};
use crate::places::following::{Followed, follow, known, verdicts};
use crate::places::history::{Entry, What, tell};
use crate::places::{Act, Deed, Ground, Origin, Part, Picture, Place, PlaceRef, State, store};
use crate::problem::Body;
use crate::time::{date, rfc3339};

/// The routes of this noun.
pub fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(list_places, keep_place))
        .routes(routes!(find_place, rename_place, remove_place))
        .routes(routes!(read_history))
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

/// What a new place needs: a hotspot, or the spot that people point out.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPlace {
    /// 1 to 120 characters; of a hotspot, where it is left out, the nearest point of orientation or street.
    name: Option<String>,
    /// A hotspot of the selection in the address. Its ground and numbers are taken from what the server finds itself.
    hotspot: Option<HotspotAt>,
    /// A GeoJSON Point or Polygon inside the boundary.
    #[schema(value_type = Option<Object>)]
    geometry: Option<Value>,
}

/// Which hotspot is meant: of what kind, and a point of it, longitude and latitude.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HotspotAt {
    kind: Kind,
    centre: [f64; 2],
}

/// Keeps a hotspot, or a spot that people point out, as a place.
#[utoipa::path(post, path = "/api/neighbourhoods/{n}/places", params(("n" = String, Path)), request_body = NewPlace,
    responses((status = 201, content_type = "application/geo+json", body = PlaceFeature)))]
async fn keep_place(
    Shared(app): Shared<Arc<App>>,
    here: Here,
    Query(pairs): Query<Vec<(String, String)>>,
    RawQuery(selection): RawQuery,
    Body(new): Body<NewPlace>,
) -> Result<Response> {
    here.check(Right::Analyse)?;
    let at_ms = app.clock.now_ms();
    let given = new.name.as_deref().map(check_name).transpose()?;
    // Brings the others up to date first, so that each starts at its own date.
    follow(&app.db, &app.indexes, &here.neighbourhood, at_ms).await?;
    let (place, kept) = match (new.hotspot, new.geometry) {
        (Some(at), None) => keep_hotspot(&app, &here, &pairs, &at, given).await?,
        (None, Some(geometry)) => draw(&here, &pairs, &geometry, given)?,
        _ => return Err(Error::bad_request("hotspot", "either a hotspot or a geometry must be given")),
    };
    let selection = kept.picture.is_some().then(|| selection.unwrap_or_default());
    store::add(&app.db, &Place { changed_ms: at_ms, ..place.clone() }, &Deed { at_ms, selection, ..kept }).await?;
    let all = follow(&app.db, &app.indexes, &here.neighbourhood, at_ms).await?;
    let names = store::names(&app.db, &here.neighbourhood.id).await?;
    let made = all.into_iter().find(|followed| followed.place.id == place.id);
    let made = made.ok_or_else(|| Error::not_found("place"))?;
    Ok(geojson(StatusCode::CREATED, feature(made, &names)))
}

async fn keep_hotspot(
    app: &App,
    here: &Here,
    pairs: &[(String, String)],
    at: &HotspotAt,
    given: Option<String>,
) -> Result<(Place, Deed)> {
    let (question, _) = question(here, pairs)?;
    let sigma_m = question.sigma_m;
    let (findings, _) = app.indexes.find(&here.neighbourhood.id, question).await?;
    let index = find_hotspot(&findings, at, sigma_m).ok_or_else(|| {
        Error::invalid("hotspot", "there is no such hotspot of this selection there").with_slug("no_hotspot_there")
    })?;
    let mut known = known(&app.db, &here.neighbourhood.id, &findings).await?;
    if known.places[index].is_some() {
        return Err(Error::conflict("already_kept", "this hotspot is a place already"));
    }
    let hotspot = &findings.hotspots[index];
    let name = match given {
        Some(name) => name,
        None => propose(app, here, hotspot).await?,
    };
    let ground = Ground::Area(hotspot.shape.clone());
    let place = new_place(here, name, Origin::Hotspot, Some(hotspot.kind), ground, hotspot.centre);
    let deed = Deed {
        other: known.part_of[index].take(),
        picture: Some(Picture::of(hotspot, &findings.method, verdicts(&findings).await.get(index).copied())),
        ..kept(&place)
    };
    Ok((place, deed))
}

/// The hotspot of a kind that a point lies in, or else the one whose point inside is nearest, at most a sigma away.
fn find_hotspot(findings: &Findings, at: &HotspotAt, sigma_m: f64) -> Option<usize> {
    let point = findings.plane.to_m(at.centre[0], at.centre[1]);
    let away_m = |hotspot: &Hotspot| {
        let (x, y) = findings.plane.to_m(hotspot.centre.0, hotspot.centre.1);
        (x - point.0).hypot(y - point.1)
    };
    let holds = |hotspot: &Hotspot| {
        use geo::Intersects;
        hotspot.shape.intersects(&geo::Point::new(at.centre[0], at.centre[1]))
    };
    let of_kind = findings.hotspots.iter().enumerate().filter(|(_, hotspot)| hotspot.kind == at.kind);
    let near = of_kind.filter(|(_, hotspot)| holds(hotspot) || away_m(hotspot) <= sigma_m);
    near.min_by(|(_, a), (_, b)| holds(b).cmp(&holds(a)).then(away_m(a).total_cmp(&away_m(b)))).map(|(index, _)| index)
}

async fn propose(app: &App, here: &Here, hotspot: &Hotspot) -> Result<String> {
    let map = map_of(app, &here.neighbourhood);
    let mut found = names(map, here.neighbourhood.boundary.bbox(), vec![hotspot.centre]).await?;
    let name = found.pop().flatten().ok_or_else(|| {
        Error::invalid("name", "must be given: the map knows no name there").with_slug("no_name_there")
    })?;
    check_name(&name)
}

fn draw(here: &Here, pairs: &[(String, String)], geometry: &Value, given: Option<String>) -> Result<(Place, Deed)> {
    question(here, pairs)?;
    let name = given.ok_or_else(|| Error::bad_request("name", "missing field `name`"))?;
    let ground = Ground::drawn(geometry, &here.neighbourhood.boundary)?;
    let centre = ground.centre();
    let place = new_place(here, name, Origin::Drawn, None, ground, centre);
    let deed = kept(&place);
    Ok((place, deed))
}

fn new_place(
    here: &Here,
    name: String,
    origin: Origin,
    kind: Option<Kind>,
    ground: Ground,
    centre: (f64, f64),
) -> Place {
    let neighbourhood = here.neighbourhood.id.clone();
    Place { id: Id::new(), neighbourhood, name, origin, kind, ground, centre, removed: false, changed_ms: 0 }
}

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
async fn read_history(
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
