//! A hotspot, or a spot that people point out, becomes a place.

use std::sync::Arc;

use axum::extract::{Query, RawQuery, State as Shared};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::{PlaceFeature, feature, geojson, kept};
use crate::access::Here;
use crate::app::App;
use crate::error::{Error, Result};
use crate::hotspots::api::names::{map_of, names};
use crate::hotspots::api::question;
use crate::hotspots::findings::Findings;
use crate::hotspots::{Hotspot, Kind};
use crate::id::Id;
use crate::people::{Right, check_name};
use crate::places::following::{follow, known, verdicts};
use crate::places::{Deed, Ground, Origin, Picture, Place, store};
use crate::problem::Body;

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
pub async fn keep_place(
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
