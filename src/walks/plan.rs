//! What follows from a walk as it was planned: the way, the time, what to look out for.

use serde::Serialize;
use utoipa::ToSchema;

use super::{StopKind, Walk, sun};
use crate::geometry::{Plane, round7};
use crate::words;

/// How much longer than the straight line a way along streets is where no network is known.
const DETOUR: f64 = 1.3;
/// Minutes for welcome, roles and rules.
pub const START_MIN: i64 = 10;
/// Minutes for closing together.
pub const CLOSING_MIN: i64 = 15;
/// A walk takes so many minutes at most, unless somebody decides otherwise.
pub const LIMIT_MIN: i64 = 120;
/// Stops lie at least so far apart, in metres.
pub const SPACING_M: f64 = 100.0;
/// Stops nearer than this are on one spot, in metres.
const SAME_SPOT_M: f64 = 5.0;
/// More stops than this tire a group.
const MANY_STOPS: usize = 10;

words! {
    /// What to look out for in a walk.
    pub enum Caution {
        NoStops = "no_stops",
        TooLong = "too_long",
        ManyStops = "many_stops",
        NoNetwork = "no_network",
        OffPaths = "off_paths",
        NoWay = "no_way",
        SameSpot = "same_spot",
        CloseTogether = "close_together",
        PlaceRemoved = "place_removed",
        NoSafeStop = "no_safe_stop",
        MostlyUnsafe = "mostly_unsafe",
        InTheDark = "in_the_dark",
        CrossingUnlit = "crossing_unlit",
    }
}

/// Something to look out for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = WalkWarning)]
pub struct Warning {
    /// What it is.
    pub slug: Caution,
    /// The number of the stop it is about.
    pub stop: Option<usize>,
}

/// The way from one stop to another.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = WalkLeg)]
pub struct Leg {
    /// The number of the stop it starts from.
    pub from: usize,
    /// The number of the stop it leads to.
    pub to: usize,
    /// How long it is, in metres; where it is straight, an estimate.
    pub length_m: f64,
    /// How long the group walks, in minutes.
    pub minutes: f64,
    /// A GeoJSON `LineString`; null where the network has no way.
    #[schema(value_type = Option<Object>)]
    pub geometry: Option<geojson::Geometry>,
    /// Whether it is a straight line, or the length of one times 1.3, in the stead of a way along streets.
    pub straight: bool,
}

/// The whole way.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = WalkRoute)]
pub struct Route {
    /// A GeoJSON `LineString`, or a `MultiLineString` where a part of the way is not known; null without a way.
    #[schema(value_type = Option<Object>)]
    pub geometry: Option<geojson::Geometry>,
    /// From stop to stop.
    pub legs: Vec<Leg>,
    /// How long it is, in metres.
    pub length_m: f64,
    /// Whether all of it is straight lines, as no network is known.
    pub straight: bool,
}

/// What a walk takes, in minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = WalkBudget)]
pub struct Budget {
    /// On the way.
    pub walking_min: i64,
    /// At the stops.
    pub stops_min: i64,
    /// Welcome, roles and rules.
    pub start_min: i64,
    /// Closing together.
    pub closing_min: i64,
    /// All together.
    pub total_min: i64,
    /// What a walk takes at most.
    pub limit_min: i64,
    /// Whether it takes longer than that.
    pub over: bool,
    /// Whether somebody decided that it may.
    #[serde(rename = "override")]
    pub is_overridden: bool,
}

impl Budget {
    /// Whether the walk is too long and nobody decided that it may be.
    #[must_use]
    pub fn refused(&self) -> bool {
        self.over && !self.is_overridden
    }
}

/// A way to end early.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = WalkShortcut)]
pub struct Shortcut {
    /// The number of the stop after which it turns to the end.
    pub after: usize,
    /// How long the way from there to the end is, in metres.
    pub length_m: f64,
    /// How long the group walks from there to the end, in minutes.
    pub minutes: f64,
    /// What the whole walk then takes, in minutes.
    pub total_min: i64,
}

/// When the group is at a stop, on the clock there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Halt {
    /// When it arrives.
    pub arrive: String,
    /// When it goes on.
    pub leave: String,
}

/// What follows from a walk.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The way.
    pub route: Route,
    /// What it takes.
    pub budget: Budget,
    /// When the group is at each stop.
    pub halts: Vec<Halt>,
    /// A way to end early, of a walk of five stops or more.
    pub shortcut: Option<Shortcut>,
    /// What to look out for.
    pub warnings: Vec<Warning>,
}

/// A way between two spots.
struct Way {
    length_m: f64,
    line: Option<Vec<[f64; 2]>>,
    straight: bool,
}

/// Works out a walk on a plane in metres; `sunset` is when the sun sets that day.
#[must_use]
pub fn plan(walk: &Walk, plane: &Plane, sunset: Option<&str>) -> Plan {
    let legs = legs(walk, plane);
    let walking: f64 = legs.iter().map(|leg| leg.minutes).sum();
    let budget = budget(walk, walking);
    let warnings = warnings(walk, plane, &budget, sunset);
    Plan { halts: halts(walk, &legs), shortcut: shortcut(walk, plane, &legs), route: route(legs), budget, warnings }
}

fn way(plane: &Plane, from: [f64; 2], to: [f64; 2]) -> Way {
    Way { length_m: apart_m(plane, from, to) * DETOUR, line: Some(vec![from, to]), straight: true }
}

fn apart_m(plane: &Plane, a: [f64; 2], b: [f64; 2]) -> f64 {
    let ((ax, ay), (bx, by)) = (plane.to_m(a[0], a[1]), plane.to_m(b[0], b[1]));
    (ax - bx).hypot(ay - by)
}

fn minutes(walk: &Walk, length_m: f64) -> f64 {
    length_m / (walk.speed_km_h * 1000.0 / 60.0)
}

/// From stop to stop in their order, and back to the first of a round.
fn legs(walk: &Walk, plane: &Plane) -> Vec<Leg> {
    let count = walk.stops.len();
    let back = (walk.round_trip && count > 1).then(|| (count - 1, 0));
    let pairs = (1..count).map(|to| (to - 1, to)).chain(back);
    let leg = |(from, to): (usize, usize)| {
        let way = way(plane, walk.stops[from].point, walk.stops[to].point);
        Leg {
            from: from + 1,
            to: to + 1,
            length_m: (way.length_m * 10.0).round() / 10.0,
            minutes: (minutes(walk, way.length_m) * 10.0).round() / 10.0,
            geometry: way.line.map(|line| line_string(&line)),
            straight: way.straight,
        }
    };
    pairs.map(leg).collect()
}

fn line_string(line: &[[f64; 2]]) -> geojson::Geometry {
    let positions = line.iter().map(|at| vec![round7(at[0]), round7(at[1])].into()).collect();
    geojson::Geometry::new(geojson::GeometryValue::LineString { coordinates: positions })
}

fn route(legs: Vec<Leg>) -> Route {
    let mut parts: Vec<Vec<geojson::Position>> = Vec::new();
    let mut goes_on = false;
    for leg in &legs {
        let Some(geojson::GeometryValue::LineString { coordinates }) = leg.geometry.as_ref().map(|g| &g.value) else {
            goes_on = false;
            continue;
        };
        match parts.last_mut().filter(|_| goes_on) {
            Some(part) => part.extend(coordinates.iter().skip(1).cloned()),
            None => parts.push(coordinates.clone()),
        }
        goes_on = true;
    }
    let geometry = match parts.len() {
        0 => None,
        1 => parts.pop().map(|coordinates| geojson::GeometryValue::LineString { coordinates }),
        _ => Some(geojson::GeometryValue::MultiLineString { coordinates: parts }),
    };
    Route {
        geometry: geometry.map(geojson::Geometry::new),
        length_m: (legs.iter().map(|leg| leg.length_m).sum::<f64>()).round(),
        straight: !legs.is_empty() && legs.iter().all(|leg| leg.straight && leg.geometry.is_some()),
        legs,
    }
}

/// How long the group halts at a stop: nowhere is said anything where it only meets.
fn halt_min(walk: &Walk, stop: usize) -> i64 {
    if walk.stops[stop].kind == Some(StopKind::Meeting) { 0 } else { walk.minutes_per_stop }
}

fn budget(walk: &Walk, walking: f64) -> Budget {
    #[expect(clippy::cast_possible_truncation, reason = "minutes of a walk")]
    let walking_min = walking.round() as i64;
    let stops_min: i64 = (0..walk.stops.len()).map(|stop| halt_min(walk, stop)).sum();
    let total_min = walking_min + stops_min + START_MIN + CLOSING_MIN;
    Budget {
        walking_min,
        stops_min,
        start_min: START_MIN,
        closing_min: CLOSING_MIN,
        total_min,
        limit_min: LIMIT_MIN,
        over: total_min > LIMIT_MIN,
        is_overridden: walk.over_limit,
    }
}

fn halts(walk: &Walk, legs: &[Leg]) -> Vec<Halt> {
    #[expect(clippy::cast_precision_loss, reason = "minutes of a walk")]
    let mut passed = START_MIN as f64;
    let halt = |stop: usize| {
        if stop > 0 {
            passed += legs[stop - 1].minutes;
        }
        let arrive = sun::later(&walk.start, passed);
        #[expect(clippy::cast_precision_loss, reason = "minutes of a halt")]
        let stays = halt_min(walk, stop) as f64;
        passed += stays;
        Halt { arrive, leave: sun::later(&walk.start, passed) }
    };
    (0..walk.stops.len()).map(halt).collect()
}

/// From the third stop, or the fourth of seven or more, straight to the end.
fn shortcut(walk: &Walk, plane: &Plane, legs: &[Leg]) -> Option<Shortcut> {
    let count = walk.stops.len();
    if count < 5 {
        return None;
    }
    let after = if count < 7 { 3 } else { 4 };
    let end = if walk.round_trip { 0 } else { count - 1 };
    let way = way(plane, walk.stops[after - 1].point, walk.stops[end].point);
    let walked: f64 = legs[..after - 1].iter().map(|leg| leg.minutes).sum();
    let halts: i64 = (0..after).chain((end != 0).then_some(end)).map(|stop| halt_min(walk, stop)).sum();
    let minutes = minutes(walk, way.length_m);
    #[expect(clippy::cast_possible_truncation, reason = "minutes of a walk")]
    let walking = (walked + minutes).round() as i64;
    Some(Shortcut {
        after,
        length_m: way.length_m.round(),
        minutes: (minutes * 10.0).round() / 10.0,
        total_min: walking + halts + START_MIN + CLOSING_MIN,
    })
}

fn warnings(walk: &Walk, plane: &Plane, budget: &Budget, sunset: Option<&str>) -> Vec<Warning> {
    let mut found = Vec::new();
    let mut warn = |slug, stop: Option<usize>| found.push(Warning { slug, stop: stop.map(|stop| stop + 1) });
    let count = walk.stops.len();
    if count == 0 {
        warn(Caution::NoStops, None);
    }
    if budget.over {
        warn(Caution::TooLong, None);
    }
    if count > MANY_STOPS {
        warn(Caution::ManyStops, None);
    }
    if count > 1 {
        warn(Caution::NoNetwork, None);
    }
    for (index, stop) in walk.stops.iter().enumerate() {
        let nearest = walk.stops[..index].iter().map(|other| apart_m(plane, stop.point, other.point));
        match nearest.min_by(f64::total_cmp) {
            Some(away) if away < SAME_SPOT_M => warn(Caution::SameSpot, Some(index)),
            Some(away) if away < SPACING_M => warn(Caution::CloseTogether, Some(index)),
            _ => {}
        }
        if stop.place_removed {
            warn(Caution::PlaceRemoved, Some(index));
        }
    }
    let of_kind = |kind| walk.stops.iter().filter(|stop| stop.kind == Some(kind)).count();
    if count > 1 && of_kind(StopKind::Safe) == 0 {
        warn(Caution::NoSafeStop, None);
    }
    // At most three of five.
    if of_kind(StopKind::Unsafe) * 5 > count * 3 {
        warn(Caution::MostlyUnsafe, None);
    }
    if ends_in_the_dark(walk, budget, sunset) {
        warn(Caution::InTheDark, None);
    }
    found
}

fn ends_in_the_dark(walk: &Walk, budget: &Budget, sunset: Option<&str>) -> bool {
    let (Some(start), Some(set)) = (sun::minute_of_day(&walk.start), sunset.and_then(sun::minute_of_day)) else {
        return false;
    };
    start + budget.total_min > set
}
