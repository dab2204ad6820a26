//! The history of a place, told from what staff did with it and from its pictures.

use crate::geometry::Plane;
use crate::hotspots::Kind;
use crate::id::Id;
use crate::places::matching::shared;
use crate::places::{Act, Deed, Part, Picture, Seen};
use crate::words;

words! {
    /// What happened to a place. By staff: kept, renamed, split off or from, removed. By the pins: counted anew, another
    /// kind, moved or reshaped, not found any more, found (again), merged with others, split into parts.
    pub enum What {
        Kept = "kept", Renamed = "renamed", SplitOff = "split_off", Removed = "removed", Counted = "counted",
        Changed = "changed", Moved = "moved", Lost = "lost", Found = "found", Merged = "merged", Split = "split"
    }
}

/// A place has moved where it shares less than this part of both grounds together.
const MOVED_BELOW: f64 = 0.5;

/// One thing that happened to a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What happened.
    pub what: What,
    /// When staff did it, in milliseconds since 1970.
    pub at_ms: Option<i64>,
    /// The date of the gathering after which the pins said so.
    pub day: Option<String>,
    /// The name from then on; of a place that was split off its own.
    pub name: Option<String>,
    /// The name before.
    pub name_before: Option<String>,
    /// What people felt before.
    pub kind_before: Option<Kind>,
    /// What the pins said.
    pub picture: Option<Picture>,
    /// The places that it merged with, that were split off, or that it was split from.
    pub others: Vec<Id>,
    /// The hotspots that it split into besides its own.
    pub parts: Vec<Part>,
    /// The selection it was kept from, as the query of an address.
    pub selection: Option<String>,
}

impl Entry {
    fn new(what: What) -> Self {
        Self {
            what,
            at_ms: None,
            day: None,
            name: None,
            name_before: None,
            kind_before: None,
            picture: None,
            others: Vec::new(),
            parts: Vec::new(),
            selection: None,
        }
    }
}

/// Tells the history of a place, the first thing first. `deeds` and `pictures` are in order, `day_of` gives the date of
/// a time in milliseconds since 1970; what the pins said on a date comes before what was done on it.
#[must_use]
pub fn tell(deeds: &[Deed], pictures: &[Seen], plane: &Plane, day_of: impl Fn(i64) -> String) -> Vec<Entry> {
    let mut told: Vec<(String, Entry)> = Vec::new();
    let mut before: Option<&Seen> = None;
    let mut kind = deeds.first().and_then(|kept| kept.picture.as_ref()).map(|picture| picture.kind);
    for seen in pictures {
        for entry in of_picture(seen, before, kind, plane) {
            told.push((seen.day.clone(), Entry { day: Some(seen.day.clone()), ..entry }));
        }
        kind = seen.found.as_ref().map(|(picture, _)| picture.kind).or(kind);
        before = Some(seen);
    }
    let mut name: Option<&str> = None;
    for deed in deeds {
        let renamed = deed.act == Act::Renamed;
        let entry = Entry {
            at_ms: Some(deed.at_ms),
            name: Some(deed.name.clone()),
            name_before: name.filter(|_| renamed).map(str::to_owned),
            picture: deed.picture.clone(),
            others: deed.other.iter().cloned().collect(),
            selection: deed.selection.clone(),
            ..Entry::new(what_of(deed.act))
        };
        told.push((day_of(deed.at_ms), entry));
        if deed.act != Act::Split {
            name = Some(&deed.name);
        }
    }
    // Stable: on the same date the pins speak first.
    told.sort_by(|a, b| a.0.cmp(&b.0));
    told.into_iter().map(|(_, entry)| entry).collect()
}

fn what_of(act: Act) -> What {
    match act {
        Act::Kept => What::Kept,
        Act::Renamed => What::Renamed,
        Act::Split => What::SplitOff,
        Act::Removed => What::Removed,
    }
}

/// What a picture tells beside the one before; `kind` is what people felt when it was last found.
fn of_picture(seen: &Seen, before: Option<&Seen>, kind: Option<Kind>, plane: &Plane) -> Vec<Entry> {
    let mut entries = Vec::new();
    let ground_before = before.and_then(|before| before.found.as_ref());
    match &seen.found {
        Some((picture, ground)) => {
            let moved =
                || ground_before.is_some_and(|(_, was)| shared(&was.on(plane), &ground.on(plane)).1 < MOVED_BELOW);
            let what = match (before, ground_before) {
                _ if kind.is_some_and(|kind| kind != picture.kind) => What::Changed,
                (Some(_), None) => What::Found,
                _ if kind.is_none() => What::Found,
                _ if moved() => What::Moved,
                _ => What::Counted,
            };
            let kind_before = kind.filter(|_| what == What::Changed);
            entries.push(Entry { picture: Some(picture.clone()), kind_before, ..Entry::new(what) });
        }
        // It is told once.
        None if ground_before.is_some() || (before.is_none() && kind.is_some()) => entries.push(Entry::new(What::Lost)),
        None => {}
    }
    let new = |id: &&Id| before.is_none_or(|before| !before.together.contains(id));
    let others: Vec<Id> = seen.together.iter().filter(new).cloned().collect();
    if !others.is_empty() {
        entries.push(Entry { others, ..Entry::new(What::Merged) });
    }
    if seen.parts.len() > before.map_or(0, |before| before.parts.len()) {
        entries.push(Entry { parts: seen.parts.clone(), ..Entry::new(What::Split) });
    }
    entries
}

#[cfg(test)]
mod tests;
