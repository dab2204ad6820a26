//! What to look out for in a walk.

use serde::Serialize;
use utoipa::ToSchema;

use super::ways::{SPACING_M, Ways};
use super::{Budget, Leg};
use crate::time::days_between;
use crate::walks::roles::TWO_GROUPS;
use crate::walks::{StopKind, Walk, sun};
use crate::words;

/// Stops nearer than this are on one spot, in metres.
const SAME_SPOT_M: f64 = 5.0;
/// A recce is at most so many days old.
const RECCE_DAYS: i64 = 7;
/// More stops than this tire a group.
const MANY_STOPS: usize = 10;

words! {
    /// What to look out for in a walk.
    pub enum Caution {
        NoStops = "no_stops",
        TooLong = "too_long",
        ManyStops = "many_stops",
        LargeGroup = "large_group",
        NoRecce = "no_recce",
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

/// Everything to look out for; `unlit` is how many crossings have no lights.
pub(super) fn of(ways: &Ways<'_>, legs: &[Leg], unlit: usize, budget: &Budget, sunset: Option<&str>) -> Vec<Warning> {
    let mut found = Vec::new();
    let mut warn = |slug, stop: Option<usize>| found.push(Warning { slug, stop: stop.map(|stop| stop + 1) });
    let stops = &ways.walk.stops;
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
    if ways.walk.people >= TWO_GROUPS {
        warn(Caution::LargeGroup, None);
    }
    if count > 0 && !was_walked_before(ways.walk) {
        warn(Caution::NoRecce, None);
    }
    if count > 1 && ways.ground.network.is_none() {
        warn(Caution::NoNetwork, None);
    }
    for (index, stop) in stops.iter().enumerate() {
        if ways.ground.network.is_some() && ways.spots[index].is_none() {
            warn(Caution::OffPaths, Some(index));
        }
        match (0..index).map(|other| ways.apart_m(index, other)).min_by(f64::total_cmp) {
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
    if ends_in_the_dark(ways.walk, budget, sunset) {
        warn(Caution::InTheDark, None);
    }
    for leg in legs.iter().filter(|leg| leg.geometry.is_none()) {
        if [leg.from, leg.to].iter().all(|number| ways.spots[number - 1].is_some()) {
            warn(Caution::NoWay, Some(leg.to - 1));
        }
    }
    if unlit > 0 && ways.foot.dark {
        warn(Caution::CrossingUnlit, None);
    }
    found
}

/// Whether somebody walked the route on one of the seven days before, or that day.
fn was_walked_before(walk: &Walk) -> bool {
    let days = walk.recce_day.as_deref().map(|day| days_between(day, &walk.day));
    matches!(days, Some(Ok(0..=RECCE_DAYS)))
}

fn ends_in_the_dark(walk: &Walk, budget: &Budget, sunset: Option<&str>) -> bool {
    let (Some(start), Some(set)) = (sun::minute_of_day(&walk.start), sunset.and_then(sun::minute_of_day)) else {
        return false;
    };
    start + budget.total_min > set
}
