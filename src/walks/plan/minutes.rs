//! The minutes of a walk: on the way, at its stops, and when it is where.

use serde::Serialize;
use utoipa::ToSchema;

use super::Leg;
use crate::walks::{StopKind, Walk, sun};

/// Minutes for welcome, roles and rules.
pub const START_MIN: i64 = 10;
/// Minutes for closing together.
pub const CLOSING_MIN: i64 = 15;
/// A walk takes so many minutes at most, unless somebody decides otherwise.
pub const LIMIT_MIN: i64 = 120;

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

/// When the group is at a stop, on the clock there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Halt {
    /// When it arrives.
    pub arrive: String,
    /// When it goes on.
    pub leave: String,
}

/// How long a group walks so far.
pub(super) fn minutes(walk: &Walk, length_m: f64) -> f64 {
    length_m / (walk.speed_km_h * 1000.0 / 60.0)
}

/// How long a group walks along legs.
pub(super) fn on_the_way(legs: &[Leg]) -> f64 {
    legs.iter().map(|leg| leg.minutes).sum()
}

/// How long the group halts at a stop: nowhere is said anything where it only meets.
fn halt_min(walk: &Walk, stop: usize) -> i64 {
    if walk.stops[stop].kind == Some(StopKind::Meeting) { 0 } else { walk.minutes_per_stop }
}

/// What it takes to walk so many minutes along some stops of a walk, by their places in the list.
pub(super) fn budget(walk: &Walk, stops: &[usize], walking: f64) -> Budget {
    #[expect(clippy::cast_possible_truncation, reason = "minutes of a walk")]
    let walking_min = walking.round() as i64;
    let stops_min: i64 = stops.iter().map(|stop| halt_min(walk, *stop)).sum();
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

/// When the group is at each stop.
pub(super) fn halts(walk: &Walk, legs: &[Leg]) -> Vec<Halt> {
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
