//! What follows from a walk as it was planned: the way, the time, what to look out for.

use serde::Serialize;
use utoipa::ToSchema;

use super::network::{Foot, Network, Spot};
use super::roles::TWO_GROUPS;
use super::{StopKind, Walk, route, sun};
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
/// A stop further than this from where one walks lies off the paths, in metres.
pub const REACH_M: f64 = 60.0;
/// More stops than this tire a group.
const MANY_STOPS: usize = 10;

words! {
    /// What to look out for in a walk.
    pub enum Caution {
        NoStops = "no_stops",
        TooLong = "too_long",
        ManyStops = "many_stops",
        LargeGroup = "large_group",
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

impl Route {
    /// The lines of the whole way, in degrees.
    #[must_use]
    pub fn lines(&self) -> Vec<&[geojson::Position]> {
        match self.geometry.as_ref().map(|geometry| &geometry.value) {
            Some(geojson::GeometryValue::LineString { coordinates }) => vec![coordinates],
            Some(geojson::GeometryValue::MultiLineString { coordinates }) => {
                coordinates.iter().map(Vec::as_slice).collect()
            }
            _ => Vec::new(),
        }
    }
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

/// The ground that a walk goes over: its plane, and the network where one is known.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// The plane of the neighbourhood.
    pub plane: &'a Plane,
    /// Where one can walk.
    pub network: Option<&'a Network>,
}

impl Ground<'_> {
    /// A point of the plane, in metres.
    #[must_use]
    pub fn on_plane(&self, [lon, lat]: [f64; 2]) -> [f64; 2] {
        let (x, y) = self.plane.to_m(lon, lat);
        [x, y]
    }

    /// Where one stands on the network for a point in degrees; none where nothing to walk on is near, or no network known.
    #[must_use]
    pub fn spot(&self, point: [f64; 2], foot: Foot) -> Option<Spot> {
        self.network?.spot(self.on_plane(point), REACH_M, foot)
    }
}

/// A way between two stops, in degrees.
struct Way {
    length_m: f64,
    line: Option<Vec<[f64; 2]>>,
    straight: bool,
    unlit: usize,
}

/// A walk while it is worked out.
struct Working<'a> {
    walk: &'a Walk,
    ground: Ground<'a>,
    foot: Foot,
    spots: Vec<Option<Spot>>,
}

/// Who walks, and whether in the dark.
#[must_use]
pub fn foot(walk: &Walk, sunset: Option<&str>) -> Foot {
    let clock = (sun::minute_of_day(&walk.start), sunset.and_then(sun::minute_of_day));
    // A walk takes an hour and more: whoever starts half an hour before sunset walks in the dark.
    let dark = matches!(clock, (Some(start), Some(set)) if start + 30 >= set);
    Foot { step_free: walk.step_free, dark }
}

/// Works out a walk; `sunset` is when the sun sets that day.
#[must_use]
pub fn plan(walk: &Walk, ground: Ground<'_>, sunset: Option<&str>) -> Plan {
    let foot = foot(walk, sunset);
    let spots = walk.stops.iter().map(|stop| ground.spot(stop.point, foot)).collect();
    let working = Working { walk, ground, foot, spots };
    let (legs, unlit) = working.legs();
    let walking: f64 = legs.iter().map(|leg| leg.minutes).sum();
    let budget = budget(walk, walking);
    let mut warnings = working.warnings(&budget, sunset);
    for leg in legs.iter().filter(|leg| leg.geometry.is_none()) {
        let off = |number: usize| working.spots[number - 1].is_none();
        if !off(leg.from) && !off(leg.to) {
            warnings.push(Warning { slug: Caution::NoWay, stop: Some(leg.to) });
        }
    }
    if unlit > 0 && foot.dark {
        warnings.push(Warning { slug: Caution::CrossingUnlit, stop: None });
    }
    Plan { halts: halts(walk, &legs), shortcut: working.shortcut(&legs), route: route(legs), budget, warnings }
}

fn minutes(walk: &Walk, length_m: f64) -> f64 {
    length_m / (walk.speed_km_h * 1000.0 / 60.0)
}

impl Working<'_> {
    fn apart_m(&self, a: usize, b: usize) -> f64 {
        let [a, b] = [a, b].map(|stop| self.ground.on_plane(self.walk.stops[stop].point));
        (a[0] - b[0]).hypot(a[1] - b[1])
    }

    /// The way between two stops: on the network where one is known, else straight. Where the network has none, only a
    /// guess of its length.
    fn way(&self, from: usize, to: usize) -> Way {
        let guess_m = self.apart_m(from, to) * DETOUR;
        let Some(network) = self.ground.network else {
            let line = [from, to].map(|stop| self.walk.stops[stop].point);
            return Way { length_m: guess_m, line: Some(line.to_vec()), straight: true, unlit: 0 };
        };
        let ends = self.spots[from].as_ref().zip(self.spots[to].as_ref());
        match ends.and_then(|(from, to)| route::way(network, from, to, self.foot)) {
            None => Way { length_m: guess_m, line: None, straight: true, unlit: 0 },
            Some(way) => {
                let degrees = |at: &[f64; 2]| self.ground.plane.to_lonlat(at[0], at[1]).into();
                let line = way.line.iter().map(degrees).collect();
                Way { length_m: way.length_m, line: Some(line), straight: false, unlit: way.unlit }
            }
        }
    }

    /// From stop to stop in their order, and back to the first of a round; with how many crossings have no lights.
    fn legs(&self) -> (Vec<Leg>, usize) {
        let count = self.walk.stops.len();
        let back = (self.walk.round_trip && count > 1).then(|| (count - 1, 0));
        let pairs = (1..count).map(|to| (to - 1, to)).chain(back);
        let mut unlit = 0;
        let leg = |(from, to): (usize, usize)| {
            let way = self.way(from, to);
            unlit += way.unlit;
            Leg {
                from: from + 1,
                to: to + 1,
                length_m: (way.length_m * 10.0).round() / 10.0,
                minutes: (minutes(self.walk, way.length_m) * 10.0).round() / 10.0,
                geometry: way.line.map(|line| line_string(&line)),
                straight: way.straight,
            }
        };
        (pairs.map(leg).collect(), unlit)
    }

    /// From the third stop, or the fourth of seven or more, by the shortest way to the end.
    fn shortcut(&self, legs: &[Leg]) -> Option<Shortcut> {
        let count = self.walk.stops.len();
        if count < 5 {
            return None;
        }
        let after = if count < 7 { 3 } else { 4 };
        let end = if self.walk.round_trip { 0 } else { count - 1 };
        let way = self.way(after - 1, end);
        way.line.as_ref()?;
        let walked: f64 = legs[..after - 1].iter().map(|leg| leg.minutes).sum();
        let halts: i64 = (0..after).chain((end != 0).then_some(end)).map(|stop| halt_min(self.walk, stop)).sum();
        let minutes = minutes(self.walk, way.length_m);
        #[expect(clippy::cast_possible_truncation, reason = "minutes of a walk")]
        let walking = (walked + minutes).round() as i64;
        Some(Shortcut {
            after,
            length_m: way.length_m.round(),
            minutes: (minutes * 10.0).round() / 10.0,
            total_min: walking + halts + START_MIN + CLOSING_MIN,
        })
    }

    fn warnings(&self, budget: &Budget, sunset: Option<&str>) -> Vec<Warning> {
        let mut found = Vec::new();
        let mut warn = |slug, stop: Option<usize>| found.push(Warning { slug, stop: stop.map(|stop| stop + 1) });
        let stops = &self.walk.stops;
        let count = stops.len();
        if count == 0 {
            warn(Caution::NoStops, None);
        }
        if budget.over {
            warn(Caution::TooLong, None);
        }
        if count > MANY_STOPS {
            warn(Caution::ManyStops, None);
        }
        if self.walk.people >= TWO_GROUPS {
            warn(Caution::LargeGroup, None);
        }
        if count > 1 && self.ground.network.is_none() {
            warn(Caution::NoNetwork, None);
        }
        for (index, stop) in stops.iter().enumerate() {
            if self.ground.network.is_some() && self.spots[index].is_none() {
                warn(Caution::OffPaths, Some(index));
            }
            match (0..index).map(|other| self.apart_m(index, other)).min_by(f64::total_cmp) {
                Some(away) if away < SAME_SPOT_M => warn(Caution::SameSpot, Some(index)),
                Some(away) if away < SPACING_M => warn(Caution::CloseTogether, Some(index)),
                _ => {}
            }
            if stop.place_removed {
                warn(Caution::PlaceRemoved, Some(index));
            }
        }
        let of_kind = |kind| stops.iter().filter(|stop| stop.kind == Some(kind)).count();
        if count > 1 && of_kind(StopKind::Safe) == 0 {
            warn(Caution::NoSafeStop, None);
        }
        // At most three of five.
        if of_kind(StopKind::Unsafe) * 5 > count * 3 {
            warn(Caution::MostlyUnsafe, None);
        }
        if ends_in_the_dark(self.walk, budget, sunset) {
            warn(Caution::InTheDark, None);
        }
        found
    }
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

fn ends_in_the_dark(walk: &Walk, budget: &Budget, sunset: Option<&str>) -> bool {
    let (Some(start), Some(set)) = (sun::minute_of_day(&walk.start), sunset.and_then(sun::minute_of_day)) else {
        return false;
    };
    start + budget.total_min > set
}
