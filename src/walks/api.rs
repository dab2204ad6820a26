//! Walks over HTTP: staff plans them and reads what was seen, phones note it on the way.

mod phones;
mod planning;
mod results;

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::access::Here;
use crate::app::App;
use crate::error::{Error, Result};
use crate::geometry::Plane;
use crate::hotspots::api::names::map_of;
use crate::id::Id;
use crate::neighbourhoods::Neighbourhood;
use crate::neighbourhoods::api::Page;
use crate::people::Right;
use crate::pins::selection::Selection;
use crate::places::store as places;
use crate::problem::Body;
use crate::recorders::{Task, store as recorders};
use crate::walks::network::Network;
use crate::walks::observations;
use crate::walks::plan::{BadWeather, Budget, Ground, Halt, Plan, Route, Shortcut, Warning, plan};
use crate::walks::{NewStop, Roles, Stop, Walk, WalkKind, check_count, store, sun};

/// The routes of this noun.
pub fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(list_walks, create_walk))
        .routes(routes!(find_walk, change_walk, delete_walk))
        .routes(routes!(planning::propose_stops))
        .routes(routes!(planning::order_stops))
        .routes(routes!(planning::make_pair))
        .routes(routes!(planning::read_gpx))
        .routes(routes!(phones::read_gpx_to_do))
        .routes(routes!(results::list_observations))
        .routes(routes!(results::list_observations_of_place))
        .routes(routes!(results::read_photo, results::moderate_photo))
        .routes(routes!(phones::find_walk_to_do))
        .routes(routes!(phones::put_observation, phones::delete_observation))
        .routes(routes!(phones::put_observation_photo, phones::delete_observation_photo))
        .routes(routes!(phones::give_stop))
        .routes(routes!(phones::withdraw_given))
}

/// A stop as it is shown.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WalkStop)]
pub struct StopView {
    #[serde(flatten)]
    stop: Stop,
    /// Its place in the order, from 1.
    number: usize,
    /// When the group arrives, on the clock there.
    arrive: String,
    /// When it goes on.
    leave: String,
}

/// The other walk of a pair by day and in the dark.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WalkPair)]
pub struct Pair {
    id: Id,
    name: String,
    day: String,
    start: String,
}

/// A walk with what follows from it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Walk)]
pub struct View {
    #[serde(flatten)]
    walk: Walk,
    /// The time zone of its clock.
    time_zone: String,
    pair: Option<Pair>,
    /// The code with which phones join; null while the walk is too long and nobody decided that it may be.
    code: Option<String>,
    stops: Vec<StopView>,
    route: Route,
    budget: Budget,
    /// When the sun sets that day, on the clock there; null where it does not.
    sunset: Option<String>,
    shortcut: Option<Shortcut>,
    bad_weather: Option<BadWeather>,
    warnings: Vec<Warning>,
}

/// A walk and what was worked out for it.
pub struct Planned {
    /// The walk.
    pub walk: Walk,
    /// What follows from it.
    pub plan: Plan,
    /// When the sun sets that day, on the clock there.
    pub sunset: Option<String>,
}

/// Where one can walk in a neighbourhood: none where its map came without it.
pub(super) async fn network_of(app: &Arc<App>, neighbourhood: &Neighbourhood) -> Result<Option<Arc<Network>>> {
    let Some(map) = map_of(app, neighbourhood) else { return Ok(None) };
    let (app, id, boundary) = (app.clone(), neighbourhood.id.clone(), neighbourhood.boundary.clone());
    let built = tokio::task::spawn_blocking(move || app.networks.get(&id, &boundary, &map)).await;
    built.map_err(Error::internal)?
}

/// When the sun sets in a neighbourhood on a date, on the clock there.
pub(super) fn sunset_at(app: &App, neighbourhood: &Neighbourhood, day: &str) -> Result<Option<String>> {
    let (lon, lat) = neighbourhood.boundary.centre();
    Ok(sun::sunset(day, [lon, lat], &sun::zone(&app.settings.time_zone)?))
}

/// Works out what follows from a walk.
pub async fn work_out(app: &Arc<App>, neighbourhood: &Neighbourhood, walk: Walk) -> Result<Planned> {
    let sunset = sunset_at(app, neighbourhood, &walk.day)?;
    let network = network_of(app, neighbourhood).await?;
    let plane = Plane::of(&neighbourhood.boundary);
    let work = move || {
        let plan = plan(&walk, Ground { plane: &plane, network: network.as_deref() }, sunset.as_deref());
        Planned { walk, plan, sunset }
    };
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)
}

/// A walk as it is shown to staff and phones.
pub(super) async fn view(app: &Arc<App>, neighbourhood: &Neighbourhood, walk: Walk) -> Result<View> {
    let Planned { mut walk, plan, sunset } = work_out(app, neighbourhood, walk).await?;
    let code = if plan.budget.refused() {
        None
    } else {
        Some(recorders::open(&app.db, &walk.neighbourhood, Task::Walk, &walk.id).await?)
    };
    let pair = match &walk.pair {
        Some(id) => store::find(&app.db, id).await?,
        None => None,
    };
    let stops = std::mem::take(&mut walk.stops);
    let stop =
        |((number, stop), Halt { arrive, leave }): ((usize, Stop), Halt)| StopView { stop, number, arrive, leave };
    Ok(View {
        walk,
        time_zone: app.settings.time_zone.clone(),
        pair: pair.map(|other| Pair { id: other.id, name: other.name, day: other.day, start: other.start }),
        code,
        stops: (1..).zip(stops).zip(plan.halts).map(stop).collect(),
        route: plan.route,
        budget: plan.budget,
        sunset,
        shortcut: plan.shortcut,
        bad_weather: plan.bad_weather,
        warnings: plan.warnings,
    })
}

/// A walk in the list.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WalkListed)]
pub struct Listed {
    id: Id,
    name: String,
    kind: WalkKind,
    day: String,
    start: String,
    stops: usize,
    /// So many observations were noted: one for each phone and stop.
    observations: i64,
    /// The other walk of a pair by day and in the dark.
    pair: Option<Id>,
}

/// Lists the walks of a neighbourhood, the latest first.
#[utoipa::path(get, path = "/api/neighbourhoods/{n}/walks", params(("n" = String, Path)),
    responses((status = 200, body = Page<Listed>)))]
async fn list_walks(State(app): State<Arc<App>>, here: Here) -> Result<Json<Page<Listed>>> {
    here.check(Right::See)?;
    let counts = observations::store::counts(&app.db, &here.neighbourhood.id).await?;
    let listed = |walk: Walk| Listed {
        observations: counts.get(&walk.id).copied().unwrap_or_default(),
        id: walk.id,
        name: walk.name,
        kind: walk.kind,
        day: walk.day,
        start: walk.start,
        stops: walk.stops.len(),
        pair: walk.pair,
    };
    let walks = store::list(&app.db, &here.neighbourhood.id).await?;
    Ok(Json(Page { items: walks.into_iter().map(listed).collect(), next: None }))
}

/// What is decided about a walk: what is left out stays, and is as usual in a new one, which needs a name.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeWalk {
    /// 1 to 120 characters.
    name: Option<String>,
    kind: Option<WalkKind>,
    /// Its date; that of a new one is today.
    day: Option<String>,
    /// When it starts, such as `16:05`.
    start: Option<String>,
    /// What its stops were proposed from, as the query of an address.
    selection: Option<String>,
    round_trip: Option<bool>,
    step_free: Option<bool>,
    speed_km_h: Option<f64>,
    minutes_per_stop: Option<i64>,
    people: Option<i64>,
    leader: Option<String>,
    phone: Option<String>,
    /// All of them: who is left out is nobody.
    roles: Option<Roles>,
    /// An empty text takes them away.
    rules: Option<String>,
    /// When the route was walked beforehand; an empty text takes it away.
    recce_day: Option<String>,
    /// What was found there, at most 500 characters; an empty text takes it away.
    recce_found: Option<String>,
    /// Whether it may take longer than two hours.
    #[serde(rename = "override")]
    over_limit: Option<bool>,
    /// All its stops in their order: one without an id is new, one that is not in the list is taken out.
    stops: Option<Vec<NewStop>>,
}

impl ChangeWalk {
    fn apply(self, walk: &mut Walk) -> Option<Vec<NewStop>> {
        fn set<T>(field: &mut T, to: Option<T>) {
            if let Some(to) = to {
                *field = to;
            }
        }
        set(&mut walk.name, self.name);
        set(&mut walk.kind, self.kind);
        set(&mut walk.day, self.day);
        set(&mut walk.start, self.start);
        set(&mut walk.selection, self.selection);
        set(&mut walk.round_trip, self.round_trip);
        set(&mut walk.step_free, self.step_free);
        set(&mut walk.speed_km_h, self.speed_km_h);
        set(&mut walk.minutes_per_stop, self.minutes_per_stop);
        set(&mut walk.people, self.people);
        set(&mut walk.leader, self.leader);
        set(&mut walk.phone, self.phone);
        set(&mut walk.roles, self.roles);
        set(&mut walk.rules, self.rules.map(Some));
        set(&mut walk.recce_day, self.recce_day.map(Some));
        set(&mut walk.recce_found, self.recce_found.map(Some));
        set(&mut walk.over_limit, self.over_limit);
        self.stops
    }
}

/// Checks the stops of a list: how many, each by itself, and that its place and its id are of this walk.
async fn check_stops(app: &App, here: &Here, stops: Vec<NewStop>) -> Result<Vec<NewStop>> {
    check_count(stops.len())?;
    let mut checked: Vec<NewStop> = Vec::with_capacity(stops.len());
    for stop in stops {
        let stop = stop.check(&here.neighbourhood.boundary)?;
        if stop.id.is_some() && checked.iter().any(|other| other.id == stop.id) {
            return Err(Error::invalid("stops.id", "the same stop stands twice in the list"));
        }
        if let Some(place) = &stop.place {
            let found = places::find(&app.db, &here.neighbourhood.id, place).await?;
            found.ok_or_else(|| Error::invalid("stops.place", "there is no such place").with_slug("no_such_place"))?;
        }
        checked.push(stop);
    }
    Ok(checked)
}

/// Checks that a text is the query of an address that names a selection.
fn check_selection(query: &str) -> Result<()> {
    Selection::parse(&pairs(query)?, &["sigma_m"]).map(drop)
}

/// The keys and values of the query of an address.
fn pairs(query: &str) -> Result<Vec<(String, String)>> {
    let address = format!("/?{}", query.trim_start_matches('?'));
    let unreadable = || Error::invalid("selection", "must be the query of an address");
    let uri: axum::http::Uri = address.parse().map_err(|_| unreadable())?;
    Ok(Query::<Vec<(String, String)>>::try_from_uri(&uri).map_err(|_| unreadable())?.0)
}

/// Makes a walk.
#[utoipa::path(post, path = "/api/neighbourhoods/{n}/walks", params(("n" = String, Path)), request_body = ChangeWalk,
    responses((status = 201, body = View)))]
async fn create_walk(
    State(app): State<Arc<App>>,
    here: Here,
    Body(new): Body<ChangeWalk>,
) -> Result<(StatusCode, Json<View>)> {
    here.check(Right::Lead)?;
    let walk = Walk::usual(here.neighbourhood.id.clone(), app.clock.today());
    Ok((StatusCode::CREATED, Json(put(&app, &here, walk, new).await?)))
}

/// Stores a walk as it was decided, and shows it.
async fn put(app: &Arc<App>, here: &Here, mut walk: Walk, decided: ChangeWalk) -> Result<View> {
    let stops = decided.apply(&mut walk);
    let walk = walk.check()?;
    check_selection(&walk.selection)?;
    let stops = match stops {
        Some(stops) => Some(check_stops(app, here, stops).await?),
        None => None,
    };
    store::put(&app.db, &walk, stops.as_deref()).await?;
    shown(app, here, &walk.id).await
}

async fn shown(app: &Arc<App>, here: &Here, id: &Id) -> Result<View> {
    let walk = store::find(&app.db, id).await?.ok_or_else(|| Error::not_found("walk"))?;
    view(app, &here.neighbourhood, walk).await
}

/// The part of the address that names a walk.
#[derive(Debug, Deserialize)]
pub(super) struct OneWalk {
    w: String,
}

/// A walk of this neighbourhood.
pub async fn walk_here(app: &App, here: &Here, id: &str) -> Result<Walk> {
    let found = store::find(&app.db, &Id::parse("walk", id)?).await?;
    found.filter(|walk| walk.neighbourhood == here.neighbourhood.id).ok_or_else(|| Error::not_found("walk"))
}

/// Reads a walk.
#[utoipa::path(get, path = "/api/neighbourhoods/{n}/walks/{w}", params(("n" = String, Path), ("w" = String, Path)),
    responses((status = 200, body = View)))]
async fn find_walk(State(app): State<Arc<App>>, Path(at): Path<OneWalk>, here: Here) -> Result<Json<View>> {
    here.check(Right::See)?;
    let walk = walk_here(&app, &here, &at.w).await?;
    Ok(Json(view(&app, &here.neighbourhood, walk).await?))
}

/// Changes a walk, and with a list its stops: added, moved, renamed, put in another order, taken out.
#[utoipa::path(patch, path = "/api/neighbourhoods/{n}/walks/{w}", params(("n" = String, Path), ("w" = String, Path)),
    request_body = ChangeWalk, responses((status = 200, body = View)))]
async fn change_walk(
    State(app): State<Arc<App>>,
    Path(at): Path<OneWalk>,
    here: Here,
    Body(change): Body<ChangeWalk>,
) -> Result<Json<View>> {
    here.check(Right::Lead)?;
    let walk = walk_here(&app, &here, &at.w).await?;
    Ok(Json(put(&app, &here, walk, change).await?))
}

/// Whether what was noted on a walk is to go with it.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct WithIt {
    /// Without it, a walk on which something was noted stays.
    #[serde(default)]
    observations: bool,
}

/// Deletes a walk and lets its phones go.
#[utoipa::path(delete, path = "/api/neighbourhoods/{n}/walks/{w}",
    params(("n" = String, Path), ("w" = String, Path), WithIt), responses((status = 204)))]
async fn delete_walk(
    State(app): State<Arc<App>>,
    Path(at): Path<OneWalk>,
    Query(with): Query<WithIt>,
    here: Here,
) -> Result<StatusCode> {
    here.check(Right::Lead)?;
    let walk = walk_here(&app, &here, &at.w).await?;
    store::delete(&app.db, &walk.id, with.observations).await?;
    recorders::close(&app.db, Task::Walk, &walk.id).await?;
    Ok(StatusCode::NO_CONTENT)
}
