//! The way of a walk from stop to stop, and where it may end early.

use serde::Serialize;
use utoipa::ToSchema;

use super::Ground;
use super::minutes::{budget, minutes, on_the_way};
use crate::geometry::round7;
use crate::walks::network::{Foot, Spot};
use crate::walks::{Stop, StopKind, Walk, route};

/// How much longer than the straight line a way along streets is where no network is known.
const DETOUR: f64 = 1.3;
/// Stops lie at least so far apart, in metres.
pub const SPACING_M: f64 = 100.0;
/// A stop further than this from where one walks lies off the paths, in metres.
pub const REACH_M: f64 = 60.0;

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

impl Route {
    /// Puts the parts of a way together.
    pub(super) fn of(legs: Vec<Leg>) -> Self {
        let mut parts: Vec<Vec<geojson::Position>> = Vec::new();
        let mut goes_on = false;
        for leg in &legs {
            let Some(geojson::GeometryValue::LineString { coordinates }) = leg.geometry.as_ref().map(|g| &g.value)
            else {
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
        Self {
            geometry: geometry.map(geojson::Geometry::new),
            length_m: (legs.iter().map(|leg| leg.length_m).sum::<f64>()).round(),
            straight: !legs.is_empty() && legs.iter().all(|leg| leg.straight && leg.geometry.is_some()),
            legs,
        }
    }

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

/// The walk when the weather is bad: along its sheltered stops alone.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = WalkInBadWeather)]
pub struct BadWeather {
    /// The numbers of its stops: the sheltered ones, and where the group meets.
    pub stops: Vec<usize>,
    /// The way along them.
    pub route: Route,
    /// What it takes, in minutes.
    pub total_min: i64,
}

/// A way between two stops, in degrees.
struct Way {
    length_m: f64,
    line: Option<Vec<[f64; 2]>>,
    straight: bool,
    unlit: usize,
}

/// The ways between the stops of a walk.
pub(super) struct Ways<'a> {
    pub(super) walk: &'a Walk,
    pub(super) ground: Ground<'a>,
    pub(super) foot: Foot,
    pub(super) spots: Vec<Option<Spot>>,
}

impl<'a> Ways<'a> {
    /// Stands each stop on the ground.
    pub(super) fn of(walk: &'a Walk, ground: Ground<'a>, foot: Foot) -> Self {
        let spots = walk.stops.iter().map(|stop| ground.spot(stop.point, foot)).collect();
        Self { walk, ground, foot, spots }
    }

    /// How far two stops lie apart, in metres.
    pub(super) fn apart_m(&self, a: usize, b: usize) -> f64 {
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

    /// The way between two stops, by their places in the list, with how many crossings have no lights.
    fn leg(&self, from: usize, to: usize) -> (Leg, usize) {
        let way = self.way(from, to);
        let leg = Leg {
            from: from + 1,
            to: to + 1,
            length_m: (way.length_m * 10.0).round() / 10.0,
            minutes: (minutes(self.walk, way.length_m) * 10.0).round() / 10.0,
            geometry: way.line.map(|line| line_string(&line)),
            straight: way.straight,
        };
        (leg, way.unlit)
    }

    /// Along stops, by their places in the list, and back to the first of a round; with how many crossings have no lights.
    pub(super) fn legs(&self, stops: &[usize]) -> (Vec<Leg>, usize) {
        let back = stops.first().zip(stops.last()).filter(|_| self.walk.round_trip && stops.len() > 1);
        let pairs = stops.windows(2).map(|pair| (pair[0], pair[1])).chain(back.map(|(first, last)| (*last, *first)));
        let (legs, unlit): (Vec<Leg>, Vec<usize>) = pairs.map(|(from, to)| self.leg(from, to)).unzip();
        (legs, unlit.iter().sum())
    }

    /// Along the sheltered stops alone, from and to where the group meets; none where that is nothing or the whole walk.
    pub(super) fn bad_weather(&self) -> Option<BadWeather> {
        let goes_on = |stop: &Stop| stop.shelter || stop.kind == Some(StopKind::Meeting);
        let all = &self.walk.stops;
        let stops: Vec<usize> = (0..all.len()).filter(|at| goes_on(&all[*at])).collect();
        if stops.len() == all.len() || !all.iter().any(|stop| stop.shelter) {
            return None;
        }
        let (legs, _) = self.legs(&stops);
        let total_min = budget(self.walk, &stops, on_the_way(&legs)).total_min;
        Some(BadWeather { stops: stops.iter().map(|at| at + 1).collect(), route: Route::of(legs), total_min })
    }

    /// From the third stop, or the fourth of seven or more, by the shortest way to the end.
    pub(super) fn shortcut(&self, legs: &[Leg]) -> Option<Shortcut> {
        let count = self.walk.stops.len();
        if count < 5 {
            return None;
        }
        let after = if count < 7 { 3 } else { 4 };
        let end = if self.walk.round_trip { 0 } else { count - 1 };
        let (way, _) = self.leg(after - 1, end);
        way.geometry.as_ref()?;
        let stops: Vec<usize> = (0..after).chain((end != 0).then_some(end)).collect();
        Some(Shortcut {
            after,
            length_m: way.length_m.round(),
            minutes: way.minutes,
            total_min: budget(self.walk, &stops, on_the_way(&legs[..after - 1]) + way.minutes).total_min,
        })
    }
}

fn line_string(line: &[[f64; 2]]) -> geojson::Geometry {
    let positions = line.iter().map(|at| vec![round7(at[0]), round7(at[1])].into()).collect();
    geojson::Geometry::new(geojson::GeometryValue::LineString { coordinates: positions })
}
