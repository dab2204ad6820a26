//! A place: a hotspot, or a spot that people point out, named and kept. Its id stays while pins come and go.
//!
//! What staff does with it (keep, name, remove) is stored with its time. What the pins say of it is stored as one
//! [`Picture`] for each date that had a gathering ([`following`]): numbers of an area, never pins. The pictures tell the
//! rest of its history ([`history`]): found, another kind, lost, found again, merged, split.

pub mod api;
pub mod following;
mod ground;
pub mod history;
pub mod matching;
pub mod store;

pub use ground::Ground;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::hotspots::significance::Verdict;
use crate::hotspots::{Hotspot, Kind, MIN_TOLD, Method, VERSION};
use crate::id::Id;
use crate::words;

words! {
    /// What a place was kept from: a hotspot, or a spot that people drew.
    pub enum Origin { Hotspot = "hotspot", Drawn = "drawn" }
}

words! {
    /// How a place stands: a hotspot now; one before but not now; never one so far; too few people in the whole
    /// neighbourhood to know; taken off the list.
    pub enum State { Found = "found", Lost = "lost", Unseen = "unseen", Unknown = "unknown", Removed = "removed" }
}

words! {
    /// What staff did with a place; the first word of a place is `kept`.
    pub enum Act { Kept = "kept", Renamed = "renamed", Split = "split", Removed = "removed" }
}

/// So many places a neighbourhood may have; removed ones do not count.
pub const MAX_PLACES: usize = 200;

/// A place as it was kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Its random id, which stays.
    pub id: Id,
    /// Where it is.
    pub neighbourhood: Id,
    /// How people call it.
    pub name: String,
    /// What it was kept from.
    pub origin: Origin,
    /// What people felt there when it was kept; none for a drawn spot.
    pub kind: Option<Kind>,
    /// Its ground when it was kept, in degrees.
    pub ground: Ground,
    /// A point inside, longitude and latitude.
    pub centre: (f64, f64),
    /// Whether it was taken off the list.
    pub removed: bool,
    /// When staff last did something with it, in milliseconds since 1970.
    pub changed_ms: i64,
}

/// A place by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PlaceRef {
    /// Its id.
    pub id: Id,
    /// How people call it.
    pub name: String,
}

impl From<Place> for PlaceRef {
    fn from(place: Place) -> Self {
        Self { id: place.id, name: place.name }
    }
}

/// Something that staff did with a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Deed {
    /// The place.
    pub place: Id,
    /// What was done.
    pub act: Act,
    /// When, in milliseconds since 1970.
    pub at_ms: i64,
    /// The name from then on.
    pub name: String,
    /// The place it was split from, or that was split off.
    pub other: Option<Id>,
    /// The selection it was kept from, as the query of an address; empty for all pins.
    pub selection: Option<String>,
    /// What the pins said when it was kept.
    pub picture: Option<Picture>,
}

/// What the pins said of a place on a date: numbers of the hotspot found there, which has five people or more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Picture {
    /// What the hotspot was.
    pub kind: Kind,
    /// Whether it could be chance, where that was tested.
    pub verdict: Option<Verdict>,
    /// Distinct participants who feel unsafe there; null for fewer than three.
    pub people_unsafe: Option<u32>,
    /// Distinct participants who feel safe there; null for fewer than three.
    pub people_safe: Option<u32>,
    /// Distinct participants with an own pin there.
    pub people: u32,
    /// Distinct participants with an own pin anywhere in the selection.
    pub everyone: usize,
    /// Own pins there.
    pub pins: u32,
    /// The share of unsafe, the mean over the area.
    pub share_unsafe: f64,
    /// Area, in square metres.
    pub area_m2: f64,
    /// Longitude and latitude of a point inside.
    pub centre: [f64; 2],
    /// Width of the kernel, in metres.
    pub sigma_m: f64,
    /// Version of the method.
    pub version: String,
}

impl Picture {
    /// Takes down what is known of a hotspot and how it was found, without sides of fewer than three people.
    #[must_use]
    pub fn of(hotspot: &Hotspot, method: &Method, verdict: Option<Verdict>) -> Self {
        let told = |people: u32| (people >= MIN_TOLD).then_some(people);
        Self {
            kind: hotspot.kind,
            verdict,
            people_unsafe: told(hotspot.people_unsafe),
            people_safe: told(hotspot.people_safe),
            people: hotspot.people,
            everyone: method.voices.people,
            pins: hotspot.pins,
            share_unsafe: (hotspot.share_unsafe * 1000.0).round() / 1000.0,
            area_m2: hotspot.area_m2.round(),
            centre: hotspot.centre.into(),
            sigma_m: method.sigma_m,
            version: VERSION.to_owned(),
        }
    }
}

/// Another hotspot on the ground of a place, which nobody has kept: the place has split.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = PlacePart)]
pub struct Part {
    /// What it is.
    pub kind: Kind,
    /// Longitude and latitude of a point inside.
    pub centre: [f64; 2],
    /// Distinct participants with an own pin there.
    pub people: u32,
    /// Area, in square metres.
    pub area_m2: f64,
}

/// A place as the pins saw it on a date that had a gathering.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// The place.
    pub place: Id,
    /// The date of the last gathering whose pins were in it, such as `2026-11-17`.
    pub day: String,
    /// The hotspot that it was, with its ground in degrees; none where there was none.
    pub found: Option<(Picture, Ground)>,
    /// The other places that the same hotspot was: they have merged.
    pub together: Vec<Id>,
    /// The other hotspots on its ground: it has split.
    pub parts: Vec<Part>,
    /// When this was written, in milliseconds since 1970.
    pub at_ms: i64,
}

impl Seen {
    /// Whether it tells the same, whenever it was written.
    #[must_use]
    pub fn tells_as(&self, other: &Self) -> bool {
        let told = |seen: &Self| (seen.place.clone(), seen.day.clone(), seen.found.clone(), seen.together.clone());
        told(self) == told(other) && self.parts == other.parts
    }
}
