//! What the program does for whoever plans a walk: proposes stops, puts them in order, makes the twin in the dark, writes GPX.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{OneWalk, Planned, View, network_of, pairs, shown, sunset_at, walk_here, work_out};
use crate::access::Here;
use crate::app::App;
use crate::error::{Error, Result};
use crate::geometry::{Plane, round7};
use crate::hotspots::Kind;
use crate::hotspots::api::names::{map_of, names};
use crate::hotspots::api::question;
use crate::id::Id;
use crate::neighbourhoods::slug;
use crate::people::Right;
use crate::places::following::{Followed, follow, known};
use crate::places::{Place, State as PlaceState};
use crate::problem::Body;
use crate::walks::network::{Foot, Network, Spot};
use crate::walks::plan::{Ground, LIMIT_MIN, SPACING_M, foot, plan};
use crate::walks::propose::{Candidate, LEAST, MOST, pick};
use crate::walks::{NewStop, Stop, StopKind, Walk, gpx, order, route, store, sun};

/// What stops are proposed from, and for whom.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProposeStops {
    /// The pins that say what people feel at each place, as the query of an address; all where it is left out.
    #[serde(default)]
    selection: String,
    #[serde(default)]
    step_free: bool,
    #[serde(default)]
    round_trip: bool,
    /// Three where it is left out.
    speed_km_h: Option<f64>,
    /// Six where it is left out.
    minutes_per_stop: Option<i64>,
}

/// Stops as they could be, in the order of the shortest way.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProposedStops {
    stops: Vec<NewStop>,
    /// So many places there are to choose from.
    places: usize,
    /// What there is too little of: `safe`, `contested`, or places at all.
    lacking: Vec<&'static str>,
}

/// From an unsafe spot one looks from so far away, in metres.
const LOOK_FROM_M: [f64; 2] = [30.0, 50.0];

/// Proposes stops from the places of a neighbourhood: safe, contested and less safe ones, and one left open.
#[utoipa::path(post, path = "/api/neighbourhoods/{n}/walks/propose", params(("n" = String, Path)),
    request_body = ProposeStops, responses((status = 200, body = ProposedStops)))]
pub async fn propose_stops(
    State(app): State<Arc<App>>,
    here: Here,
    Body(asked): Body<ProposeStops>,
) -> Result<Json<ProposedStops>> {
    here.check(Right::Lead)?;
    let places = felt(&app, &here, &asked.selection).await?;
    let network = network_of(&app, &here.neighbourhood).await?;
    let walk = walk_for(&here, &asked, app.clock.today()).check()?;
    let plane = Plane::of(&here.neighbourhood.boundary);
    let work = move || {
        let ground = Ground { plane: &plane, network: network.as_deref() };
        propose(walk, ground, &places)
    };
    let (mut walk, places, open) = tokio::task::spawn_blocking(work).await.map_err(Error::internal)?;
    if let Some(at) = open {
        let stop = &mut walk.stops[at];
        let bbox = here.neighbourhood.boundary.bbox();
        let name = names(map_of(&app, &here.neighbourhood), bbox, vec![stop.point.into()]).await?.pop().flatten();
        stop.name = name.unwrap_or_else(|| "?".to_owned());
    }
    let has = |kind| walk.stops.iter().any(|stop| stop.kind == Some(kind));
    let lacking =
        [("safe", has(StopKind::Safe)), ("contested", has(StopKind::Contested)), ("places", walk.stops.len() >= LEAST)];
    let stops = walk.stops.into_iter().map(|stop| NewStop {
        id: None,
        name: stop.name,
        point: stop.point.map(round7),
        place: stop.place.map(|place| place.id),
        kind: stop.kind,
        question: None,
        shelter: false,
    });
    Ok(Json(ProposedStops {
        stops: stops.collect(),
        places,
        lacking: lacking.into_iter().filter(|(_, enough)| !enough).map(|(what, _)| what).collect(),
    }))
}

/// A place, what people feel there and how many of them spoke.
type Felt = (Place, [f64; 2], StopKind, u32);

/// What people feel at the places: by the hotspots of the selection, and else by all pins.
async fn felt(app: &App, here: &Here, selection: &str) -> Result<Vec<Felt>> {
    let places = follow(&app.db, &app.indexes, &here.neighbourhood, app.clock.now_ms()).await?;
    let (question, _) = question(here, &pairs(selection)?)?;
    let (findings, _) = app.indexes.find(&here.neighbourhood.id, question).await?;
    let known = known(&app.db, &here.neighbourhood.id, &findings).await?;
    let felt = |followed: Followed| {
        let Followed { place, state, last_found, .. } = followed;
        let now = known.places.iter().position(|known| known.as_ref().is_some_and(|known| known.id == place.id));
        let hotspot = now.map(|at| &findings.hotspots[at]);
        let picture = last_found.as_ref().and_then(|seen| seen.found.as_ref()).map(|(picture, _)| picture);
        let kind = hotspot.map(|hotspot| hotspot.kind).or_else(|| {
            let stands = matches!(state, PlaceState::Found | PlaceState::Lost);
            picture.filter(|_| stands).map(|picture| picture.kind).or(place.kind)
        });
        let people = hotspot.map_or_else(|| picture.map_or(0, |picture| picture.people), |hotspot| hotspot.people);
        let centre = match (hotspot, picture) {
            _ if place.kind.is_none() => place.centre.into(),
            (Some(hotspot), _) => hotspot.centre.into(),
            (None, Some(picture)) => picture.centre,
            (None, None) => place.centre.into(),
        };
        let kind = match kind {
            Some(Kind::Safe) => StopKind::Safe,
            Some(Kind::Unsafe) => StopKind::Unsafe,
            Some(Kind::Contested) => StopKind::Contested,
            None => StopKind::Chosen,
        };
        (place, centre, kind, people)
    };
    Ok(places.into_iter().map(felt).collect())
}

fn walk_for(here: &Here, asked: &ProposeStops, today: String) -> Walk {
    let mut walk = Walk::usual(here.neighbourhood.id.clone(), today);
    walk.name.clone_from(&here.neighbourhood.name);
    walk.selection.clone_from(&asked.selection);
    walk.round_trip = asked.round_trip;
    walk.step_free = asked.step_free;
    walk.speed_km_h = asked.speed_km_h.unwrap_or(walk.speed_km_h);
    walk.minutes_per_stop = asked.minutes_per_stop.unwrap_or(walk.minutes_per_stop);
    walk
}

/// Picks and orders stops that fit into the time; with how many places there were, and the number of the one left open.
fn propose(mut walk: Walk, ground: Ground<'_>, places: &[Felt]) -> (Walk, usize, Option<usize>) {
    let foot = foot(&walk, None);
    let stand = |(_, centre, kind, _): &Felt| match ground.network {
        None => Some(ground.on_plane(*centre)),
        Some(network) => stand(network, ground.on_plane(*centre), *kind, foot).map(|spot| spot.at),
    };
    let candidates: Vec<Candidate> = places
        .iter()
        .enumerate()
        .filter_map(|(index, place)| Some(Candidate { index, kind: place.2, people: place.3, at: stand(place)? }))
        .collect();
    // One is left open for those who walk.
    let mut picked = pick(&candidates, MOST - 1, SPACING_M);
    loop {
        walk.stops = picked.iter().map(|index| stop_at(ground, places, &candidates, *index)).collect();
        put_in_order(&mut walk, ground, foot);
        let open = leave_open(&mut walk, ground, foot);
        let fits = plan(&walk, ground, None).budget.total_min <= LIMIT_MIN;
        if fits || picked.len() < LEAST {
            return (walk, places.len(), open);
        }
        picked.pop();
    }
}

fn stop_at(ground: Ground<'_>, places: &[Felt], candidates: &[Candidate], index: usize) -> Stop {
    let (place, centre, kind, _) = &places[index];
    let at = candidates.iter().find(|candidate| candidate.index == index).map(|candidate| candidate.at);
    let point = at.map_or(*centre, |at| ground.plane.to_lonlat(at[0], at[1]).into());
    Stop {
        id: Id::new(),
        name: place.name.clone(),
        point,
        place: Some(place.clone().into()),
        place_removed: false,
        kind: Some(*kind),
        question: None,
        shelter: false,
        given: false,
    }
}

/// So far from a place its stop may be, in metres.
const STAND_WITHIN_M: f64 = 120.0;

/// Where a group stands to look at a place: on the nearest street or path, and at some distance where people feel unsafe.
fn stand(network: &Network, at: [f64; 2], kind: StopKind, foot: Foot) -> Option<Spot> {
    if kind == StopKind::Unsafe {
        let [near, far] = LOOK_FROM_M;
        // Around the place, the spot of which the group sees it from closest by.
        let around = (0..16_i32).filter_map(|turn| {
            let (sin, cos) = (f64::from(turn) * std::f64::consts::TAU / 16.0).sin_cos();
            let middle = f64::midpoint(near, far);
            let spot = network.spot([at[0] + middle * cos, at[1] + middle * sin], 10.0, foot)?;
            let away = (spot.at[0] - at[0]).hypot(spot.at[1] - at[1]);
            (near..=far).contains(&away).then_some((away, spot))
        });
        if let Some((_, spot)) = around.min_by(|a, b| a.0.total_cmp(&b.0)) {
            return Some(spot);
        }
    }
    network.spot(at, STAND_WITHIN_M, foot)
}

/// Leaves a stop open in the middle of the longest way from stop to stop; gives its index.
fn leave_open(walk: &mut Walk, ground: Ground<'_>, foot: Foot) -> Option<usize> {
    let planned = plan(walk, ground, None);
    let leg = planned.route.legs.iter().filter(|leg| leg.to > leg.from && leg.geometry.is_some());
    let leg = leg.max_by(|a, b| a.length_m.total_cmp(&b.length_m))?;
    let geojson::GeometryValue::LineString { coordinates } = &leg.geometry.as_ref()?.value else { return None };
    let line: Vec<[f64; 2]> = coordinates.iter().map(|at| ground.on_plane([at[0], at[1]])).collect();
    let middle = middle_of(&line)?;
    let at = ground.network.and_then(|network| network.spot(middle, SPACING_M, foot)).map_or(middle, |spot| spot.at);
    let stop = Stop {
        id: Id::new(),
        name: String::new(),
        point: ground.plane.to_lonlat(at[0], at[1]).into(),
        place: None,
        place_removed: false,
        kind: Some(StopKind::Chosen),
        question: None,
        shelter: false,
        given: false,
    };
    let index = leg.from;
    walk.stops.insert(index, stop);
    Some(index)
}

/// The point halfway along a line.
fn middle_of(line: &[[f64; 2]]) -> Option<[f64; 2]> {
    let length = |pair: &[[f64; 2]]| (pair[0][0] - pair[1][0]).hypot(pair[0][1] - pair[1][1]);
    let mut rest = line.windows(2).map(length).sum::<f64>() / 2.0;
    for pair in line.windows(2) {
        let long = length(pair);
        if rest <= long && long > 0.0 {
            let share = rest / long;
            return Some([0, 1].map(|axis| pair[0][axis] + share * (pair[1][axis] - pair[0][axis])));
        }
        rest -= long;
    }
    line.last().copied()
}

/// Puts the stops in the order of the shortest way: the first stays where the group meets there, the last too.
fn put_in_order(walk: &mut Walk, ground: Ground<'_>, foot: Foot) {
    let meets = |stop: Option<&Stop>| stop.is_some_and(|stop| stop.kind == Some(StopKind::Meeting));
    let shape = order::Shape {
        round: walk.round_trip,
        first: meets(walk.stops.first()),
        last: meets(walk.stops.last()) && walk.stops.len() > 1,
    };
    let table = table(walk, ground, foot);
    let mut stops: Vec<Option<Stop>> = walk.stops.drain(..).map(Some).collect();
    walk.stops = order::shortest(&table, shape).into_iter().filter_map(|at| stops[at].take()).collect();
}

/// What it costs to walk between the stops, in millimetres: along the network where one is known, else straight.
fn table(walk: &Walk, ground: Ground<'_>, foot: Foot) -> Vec<Vec<Option<u32>>> {
    let straight = |a: &Stop, b: &Stop| {
        let [a, b] = [a, b].map(|stop| ground.on_plane(stop.point));
        let millimetres = (a[0] - b[0]).hypot(a[1] - b[1]) * 1000.0;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "stops of a walk are near")]
        Some(millimetres as u32)
    };
    let Some(network) = ground.network else {
        return walk.stops.iter().map(|a| walk.stops.iter().map(|b| straight(a, b)).collect()).collect();
    };
    let spots: Vec<Option<Spot>> = walk.stops.iter().map(|stop| ground.spot(stop.point, foot)).collect();
    let on: Vec<Spot> = spots.iter().flatten().copied().collect();
    let found = route::table(network, &on, foot);
    let mut rank = spots.iter().scan(0, |next, spot| {
        *next += usize::from(spot.is_some());
        Some(spot.is_some().then(|| *next - 1))
    });
    let ranks: Vec<Option<usize>> = rank.by_ref().collect();
    let cell = |a: Option<usize>, b: Option<usize>| a.zip(b).and_then(|(a, b)| found[a][b]);
    ranks.iter().map(|a| ranks.iter().map(|b| cell(*a, *b)).collect()).collect()
}

fn as_asked(stop: &Stop) -> NewStop {
    NewStop {
        id: Some(stop.id.clone()),
        name: stop.name.clone(),
        point: stop.point,
        place: stop.place.as_ref().map(|place| place.id.clone()),
        kind: stop.kind,
        question: stop.question.clone(),
        shelter: stop.shelter,
    }
}

/// Puts the stops of a walk in the order of the shortest way, exactly so up to ten of them; where the group meets stays.
#[utoipa::path(post, path = "/api/neighbourhoods/{n}/walks/{w}/order",
    params(("n" = String, Path), ("w" = String, Path)), responses((status = 200, body = View)))]
pub async fn order_stops(State(app): State<Arc<App>>, Path(at): Path<OneWalk>, here: Here) -> Result<Json<View>> {
    here.check(Right::Lead)?;
    let mut walk = walk_here(&app, &here, &at.w).await?;
    let sunset = sunset_at(&app, &here.neighbourhood, &walk.day)?;
    let network = network_of(&app, &here.neighbourhood).await?;
    let plane = Plane::of(&here.neighbourhood.boundary);
    let work = move || {
        let foot = foot(&walk, sunset.as_deref());
        put_in_order(&mut walk, Ground { plane: &plane, network: network.as_deref() }, foot);
        walk
    };
    let walk = tokio::task::spawn_blocking(work).await.map_err(Error::internal)?;
    let stops: Vec<NewStop> = walk.stops.iter().map(as_asked).collect();
    store::put(&app.db, &walk, Some(&stops)).await?;
    Ok(Json(shown(&app, &here, &walk.id).await?))
}

/// What the twin of a walk is called, and when it is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPair {
    /// 1 to 120 characters; that of the walk where it is left out.
    name: Option<String>,
    /// Its date; that of the walk where it is left out.
    day: Option<String>,
}

/// So long after sunset it is dark, in minutes.
const DARK_AFTER_MIN: f64 = 30.0;

/// Makes the twin of a walk: the same stops in the dark, or by day where the walk is in the dark.
#[utoipa::path(post, path = "/api/neighbourhoods/{n}/walks/{w}/pair",
    params(("n" = String, Path), ("w" = String, Path)), request_body = NewPair,
    responses((status = 201, body = View)))]
pub async fn make_pair(
    State(app): State<Arc<App>>,
    Path(at): Path<OneWalk>,
    here: Here,
    Body(new): Body<NewPair>,
) -> Result<(StatusCode, Json<View>)> {
    here.check(Right::Lead)?;
    let walk = walk_here(&app, &here, &at.w).await?;
    if walk.pair.is_some() {
        return Err(Error::conflict("has_a_pair", "this walk has a twin already"));
    }
    let dark = foot(&walk, sunset_at(&app, &here.neighbourhood, &walk.day)?.as_deref()).dark;
    let day = new.day.unwrap_or_else(|| walk.day.clone());
    crate::time::check_date("day", &day)?;
    let sunset = sunset_at(&app, &here.neighbourhood, &day)?;
    let sunset = sunset.ok_or_else(|| Error::invalid("day", "the sun does not set that day").with_slug("no_sunset"))?;
    // By day: early enough for the longest walk.
    let start = if dark { sun::later(&sunset, -180.0) } else { sun::later(&sunset, DARK_AFTER_MIN) };
    let twin = Walk {
        id: Id::new(),
        name: new.name.unwrap_or_else(|| walk.name.clone()),
        day,
        start: sun::to_five(&start),
        pair: None,
        ..walk.clone()
    };
    let twin = twin.check()?;
    let stops: Vec<NewStop> = walk.stops.iter().map(|stop| NewStop { id: None, ..as_asked(stop) }).collect();
    store::put(&app.db, &twin, Some(&stops)).await?;
    store::pair(&app.db, &walk.id, &twin.id).await?;
    Ok((StatusCode::CREATED, Json(shown(&app, &here, &twin.id).await?)))
}

/// A walk as GPX 1.1: numbers, names and the way, and nothing of what anybody said or feels.
#[utoipa::path(get, path = "/api/neighbourhoods/{n}/walks/{w}/gpx", params(("n" = String, Path), ("w" = String, Path)),
    responses((status = 200, content_type = "application/gpx+xml", body = String)))]
pub async fn read_gpx(State(app): State<Arc<App>>, Path(at): Path<OneWalk>, here: Here) -> Result<Response> {
    here.check(Right::See)?;
    let walk = walk_here(&app, &here, &at.w).await?;
    gpx_file(&work_out(&app, &here.neighbourhood, walk).await?)
}

/// A walk as a GPX file; `walk_too_long` where it takes longer than it may.
pub(super) fn gpx_file(planned: &Planned) -> Result<Response> {
    let Planned { walk, plan, .. } = planned;
    if plan.budget.refused() {
        let reason = format!("this walk takes {} minutes, and {LIMIT_MIN} are the most", plan.budget.total_min);
        return Err(Error::conflict("walk_too_long", reason));
    }
    let file = format!("attachment; filename=\"{}-{}.gpx\"", slug(&walk.name), walk.day);
    let headers = [(CONTENT_TYPE, "application/gpx+xml".to_owned()), (CONTENT_DISPOSITION, file)];
    Ok((headers, gpx::write(walk, plan)).into_response())
}
