//! A walk: stops in an order, a time and a group; what the group saw at each stop.
//!
//! A walk keeps what people decided about it. What follows from that (the way along the streets, the time it takes, sunset,
//! what to look out for) is worked out whenever somebody asks ([`plan`]). What a group notes ([`observations`]) belongs to
//! the stop and its place; it is never a pin, nor counted as one, else the walk would count the workshop twice.

pub mod api;
pub mod gpx;
pub mod network;
mod networks;
pub mod observations;
pub mod order;
pub mod plan;
pub mod propose;
pub mod roles;
pub mod route;
pub mod store;
pub mod sun;

pub use networks::Networks;
pub use roles::Roles;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::{Error, Result};
use crate::geometry::{Boundary, Plane, check_point, round7};
use crate::id::Id;
use crate::people::check_name;
use crate::places::PlaceRef;
use crate::time::check_date;
use crate::words;

words! {
    /// Who leads a walk and why: a group that looks with a list of questions; young people who show their area; people
    /// who tell with photos.
    pub enum WalkKind { Exploratory = "exploratory", YouthLed = "youth_led", Photovoice = "photovoice" }
}

impl WalkKind {
    /// Whether those who walk choose and word the stops themselves, and may take all of it back.
    #[must_use]
    pub fn is_given(self) -> bool {
        matches!(self, Self::YouthLed | Self::Photovoice)
    }
}

words! {
    /// Why a stop is one: what people feel there, what the walkers chose, or where they meet.
    pub enum StopKind {
        Safe = "safe", Unsafe = "unsafe", Contested = "contested", Chosen = "chosen", Meeting = "meeting"
    }
}

/// So many stops a walk may have.
pub const MAX_STOPS: usize = 20;
/// So many walks a neighbourhood may have.
pub const MAX_WALKS: i64 = 200;
/// A stop lies at most this far from the boundary's box, in metres.
const NEAR_M: f64 = 2000.0;
/// The most characters of a question or rule.
const MAX_TEXT: usize = 500;

/// How fast a group usually walks, in kilometres an hour.
const SPEED_KM_H: f64 = 3.0;
/// How long a group usually halts, in minutes.
const MINUTES_PER_STOP: i64 = 6;
/// How many usually walk along.
const PEOPLE: i64 = 8;
/// When a walk usually starts.
const START: &str = "14:00";

/// A walk as it was planned.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = WalkAsPlanned)]
pub struct Walk {
    /// Its random id.
    pub id: Id,
    /// Where it is.
    #[serde(skip)]
    pub neighbourhood: Id,
    /// How people call it.
    pub name: String,
    /// Who leads it and why.
    pub kind: WalkKind,
    /// Its date, such as `2026-11-25`.
    pub day: String,
    /// When it starts, on the clock there, such as `16:05`.
    pub start: String,
    /// What its stops were proposed from, as the query of an address; empty for all pins.
    pub selection: String,
    /// Whether it ends where it starts.
    pub round_trip: bool,
    /// Whether it must do without steps.
    pub step_free: bool,
    /// How fast the group walks, in kilometres an hour.
    pub speed_km_h: f64,
    /// How long it halts, in minutes.
    pub minutes_per_stop: i64,
    /// How many walk along.
    pub people: i64,
    /// Who leads, as the group calls them; may be empty.
    pub leader: String,
    /// The telephone to call on the way; may be empty.
    pub phone: String,
    /// Who does what beside.
    pub roles: Roles,
    /// Rules of this walk beside the usual ones.
    pub rules: Option<String>,
    /// When who leads walked the route beforehand, such as `2026-11-21`.
    pub recce_day: Option<String>,
    /// What they found: works, events.
    pub recce_found: Option<String>,
    /// Whether somebody decided that it may take longer than two hours.
    #[serde(skip)]
    pub over_limit: bool,
    /// The same walk in daylight or in the dark.
    #[serde(skip)]
    pub pair: Option<Id>,
    /// Where it halts, in the order of the walk.
    #[serde(skip)]
    pub stops: Vec<Stop>,
}

/// Where a walk halts.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = StopAsPlanned)]
pub struct Stop {
    /// Its random id, which stays when it moves.
    pub id: Id,
    /// How it is called.
    pub name: String,
    /// Longitude and latitude.
    pub point: [f64; 2],
    /// The place it looks at.
    pub place: Option<PlaceRef>,
    /// Whether that place was taken off the list since.
    #[serde(skip)]
    pub place_removed: bool,
    /// Why it is a stop.
    pub kind: Option<StopKind>,
    /// What is asked there beside the usual.
    pub question: Option<String>,
    /// Whether it is under a roof or inside.
    pub shelter: bool,
    /// Whether those who walk made or worded it.
    #[serde(skip)]
    pub given: bool,
}

/// A stop as it is asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewStop {
    /// The id of a stop that the walk has already; a new one where it is left out.
    #[serde(default)]
    pub id: Option<Id>,
    /// 1 to 120 characters.
    pub name: String,
    /// Longitude and latitude.
    pub point: [f64; 2],
    /// The id of the place it looks at.
    #[serde(default)]
    pub place: Option<Id>,
    /// Why it is a stop.
    #[serde(default)]
    pub kind: Option<StopKind>,
    /// What is asked there beside the usual, at most 500 characters.
    #[serde(default)]
    pub question: Option<String>,
    /// Whether it is under a roof or inside.
    #[serde(default)]
    pub shelter: bool,
}

/// Checks that a list is not longer than a walk may be.
pub fn check_count(stops: usize) -> Result<()> {
    if stops <= MAX_STOPS {
        return Ok(());
    }
    Err(Error::invalid("stops", format!("a walk has at most {MAX_STOPS} stops")).with_slug("too_many_stops"))
}

/// Checks where a stop is: on the globe, in the neighbourhood or near it. Gives it with seven decimals.
pub fn check_spot(point: [f64; 2], boundary: &Boundary) -> Result<[f64; 2]> {
    let [lon, lat] = point;
    check_point(lon, lat).map_err(|error| error.with_field("stops.point"))?;
    let plane = Plane::of(boundary);
    let [west, south, east, north] = boundary.bbox();
    let ((left, low), (right, high)) = (plane.to_m(west, south), plane.to_m(east, north));
    let (x, y) = plane.to_m(lon, lat);
    let near = x >= left - NEAR_M && x <= right + NEAR_M && y >= low - NEAR_M && y <= high + NEAR_M;
    if near {
        return Ok([round7(lon), round7(lat)]);
    }
    Err(Error::invalid("stops.point", "a stop lies at most two kilometres outside the neighbourhood")
        .with_slug("stop_far_away"))
}

/// Trims a text of several lines and checks its length; an empty one is none.
pub fn check_text(field: &str, text: Option<&str>) -> Result<Option<String>> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    if text.chars().count() > MAX_TEXT || text.chars().any(|c| c.is_control() && c != '\n') {
        return Err(Error::invalid(field, format!("must have at most {MAX_TEXT} characters")));
    }
    Ok(Some(text.to_owned()))
}

/// Trims a line that may be empty and checks its length.
pub fn check_line(field: &str, text: &str) -> Result<String> {
    let text = text.trim();
    if text.chars().count() > 120 || text.chars().any(char::is_control) {
        return Err(Error::invalid(field, "must have at most 120 characters on one line"));
    }
    Ok(text.to_owned())
}

impl NewStop {
    /// Checks name, point and question. The place is checked where the places are known.
    pub fn check(mut self, boundary: &Boundary) -> Result<Self> {
        self.name = check_name(&self.name).map_err(|error| error.with_field("stops.name"))?;
        self.point = check_spot(self.point, boundary)?;
        self.question = check_text("stops.question", self.question.as_deref())?;
        Ok(self)
    }
}

impl Walk {
    /// A new walk on a date, without a name yet and as usual in everything else.
    #[must_use]
    pub fn usual(neighbourhood: Id, day: String) -> Self {
        Self {
            id: Id::new(),
            neighbourhood,
            name: String::new(),
            kind: WalkKind::Exploratory,
            day,
            start: START.to_owned(),
            selection: String::new(),
            round_trip: false,
            step_free: false,
            speed_km_h: SPEED_KM_H,
            minutes_per_stop: MINUTES_PER_STOP,
            people: PEOPLE,
            leader: String::new(),
            phone: String::new(),
            roles: Roles::default(),
            rules: None,
            recce_day: None,
            recce_found: None,
            over_limit: false,
            pair: None,
            stops: Vec::new(),
        }
    }

    /// Checks everything about it that is not its stops.
    pub fn check(mut self) -> Result<Self> {
        self.name = check_name(&self.name)?;
        check_date("day", &self.day)?;
        self.start = sun::check_clock("start", &self.start)?;
        if !(0.5..=6.0).contains(&self.speed_km_h) {
            return Err(Error::invalid("speed_km_h", "must be 0.5 to 6"));
        }
        if !(0..=30).contains(&self.minutes_per_stop) {
            return Err(Error::invalid("minutes_per_stop", "must be 0 to 30"));
        }
        if !(1..=60).contains(&self.people) {
            return Err(Error::invalid("people", "must be 1 to 60"));
        }
        self.leader = check_line("leader", &self.leader)?;
        self.phone = check_line("phone", &self.phone)?;
        self.roles = self.roles.check()?;
        self.rules = check_text("rules", self.rules.as_deref())?;
        self.recce_day = self.recce_day.filter(|day| !day.is_empty());
        self.recce_day.as_deref().map_or(Ok(()), |day| check_date("recce_day", day))?;
        self.recce_found = check_text("recce_found", self.recce_found.as_deref())?;
        if self.selection.len() > 2000 {
            return Err(Error::invalid("selection", "must have at most 2000 characters"));
        }
        Ok(self)
    }
}
