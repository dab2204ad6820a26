//! What follows from a walk as it was planned: the way, the time, what to look out for.

mod cautions;
mod minutes;
mod ways;

pub use cautions::{Caution, Warning};
pub use minutes::{Budget, Halt, LIMIT_MIN};
pub use ways::{BadWeather, Leg, REACH_M, Route, SPACING_M, Shortcut};

use super::network::{Foot, Network, Spot};
use super::{Walk, sun};
use crate::geometry::Plane;
use ways::Ways;

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
    /// The walk in bad weather, where some stops are sheltered and others are not.
    pub bad_weather: Option<BadWeather>,
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
    let ways = Ways::of(walk, ground, foot);
    let all: Vec<usize> = (0..walk.stops.len()).collect();
    let (legs, unlit) = ways.legs(&all);
    let budget = minutes::budget(walk, &all, minutes::on_the_way(&legs));
    let warnings = cautions::of(&ways, &legs, unlit, &budget, sunset);
    Plan {
        halts: minutes::halts(walk, &legs),
        shortcut: ways.shortcut(&legs),
        bad_weather: ways.bad_weather(),
        route: Route::of(legs),
        budget,
        warnings,
    }
}
