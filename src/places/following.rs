//! Brings the places up to date with the hotspots of all pins.
//!
//! Nothing runs in the background: whoever asks for the places first takes down what changed. There is one picture for
//! each date that had a gathering, of all pins up to that date, and the last is brought up to date as long as pins come
//! in: so the history is the same whoever looks when, and tells nothing of the order in which pins came. Dates between
//! the last picture and now are caught up with. A picture of a date from which no pin is left any more is forgotten.
//!
//! A place is compared as it was found before the date ([`super::matching`]), not with a picture of the same date; until
//! then, and a drawn spot always, as it was kept.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use crate::db::Db;
use crate::error::Result;
use crate::gatherings;
use crate::hotspots::findings::{Findings, Question};
use crate::hotspots::significance::Verdict;
use crate::hotspots::{Hotspot, Indexes};
use crate::id::Id;
use crate::neighbourhoods::Neighbourhood;
use crate::pins::selection::Selection;
use crate::places::matching::{Candidate, Match, matches, of_hotspots};
use crate::places::{Ground, Origin, Part, Picture, Place, Seen, State, store};

/// So many dates are caught up with at most; earlier ones are passed over.
const MOST_DATES: usize = 12;
/// Later than every date.
const NEVER: &str = "9999-12-31";

/// A place and what the pins say of it now.
#[derive(Debug, Clone, PartialEq)]
pub struct Followed {
    /// The place.
    pub place: Place,
    /// How it stands.
    pub state: State,
    /// The last picture; none while there are too few people.
    pub now: Option<Seen>,
    /// The last picture in which it was found; none where it never was since it was kept.
    pub last_found: Option<Seen>,
}

impl Followed {
    /// The ground where it is, or was last: a drawn spot stays where it was drawn.
    #[must_use]
    pub fn ground(&self) -> &Ground {
        let found = self.last_found.as_ref().filter(|_| self.place.origin == Origin::Hotspot);
        found.and_then(|seen| seen.found.as_ref()).map_or(&self.place.ground, |(_, ground)| ground)
    }
}

/// How long a look waits for the verdicts; a later look takes them down.
const PATIENCE: Duration = Duration::from_millis(1500);

/// The verdicts of the hotspots, in their order; none where they are not tested (yet).
pub async fn verdicts(findings: &Findings) -> Vec<Verdict> {
    let Some(job) = &findings.trust else { return Vec::new() };
    let trust = job.wait(PATIENCE).await;
    trust.map_or_else(Vec::new, |trust| trust.hotspots.iter().map(|trusted| trusted.verdict).collect())
}

/// What all pins of a neighbourhood say.
fn everything(neighbourhood: &Neighbourhood) -> Question {
    Question { selection: Selection::default(), sigma_m: neighbourhood.sigma_m }
}

/// Brings the places of a neighbourhood up to date at a time in milliseconds since 1970, and gives them by id.
pub async fn follow(db: &Db, indexes: &Indexes, neighbourhood: &Neighbourhood, at_ms: i64) -> Result<Vec<Followed>> {
    let places = store::list(db, &neighbourhood.id).await?;
    if places.is_empty() {
        return Ok(Vec::new());
    }
    let (all, _) = indexes.find(&neighbourhood.id, everything(neighbourhood)).await?;
    let mut known = store::last_pictures(db, &neighbourhood.id, NEVER, false).await?;
    let Some(today) = all.method.last_day.clone().filter(|_| all.method.refused.is_none()) else {
        let mut found = store::last_pictures(db, &neighbourhood.id, NEVER, true).await?;
        return Ok(places.into_iter().map(|place| unknown(place, &mut found)).collect());
    };
    let later = known.values().any(|seen| seen.day > today);
    let mut days = days_between(db, indexes, neighbourhood, &known, &today).await?;
    days.push((today.clone(), all));
    let first = days[0].0.clone();
    let mut anchors = store::last_pictures(db, &neighbourhood.id, &first, true).await?;
    let mut written = Vec::new();
    for (n, (day, findings)) in days.iter().enumerate() {
        let verdicts = verdicts(findings).await;
        let is_tested = findings.trust.is_none() || !verdicts.is_empty();
        for mut seen in look(&places, &anchors, day, (findings, &verdicts), at_ms) {
            if let Some(before) = known.get(&seen.place).filter(|_| !is_tested) {
                keep_verdict(&mut seen, before);
            }
            match known.get(&seen.place) {
                // A place without a picture was kept today.
                None if n + 1 < days.len() => continue,
                Some(before) if before.tells_as(&seen) => {}
                _ => written.push(seen.clone()),
            }
            let stored = known.get(&seen.place).filter(|before| before.tells_as(&seen)).cloned();
            known.insert(seen.place.clone(), stored.unwrap_or(seen));
        }
        if n + 1 < days.len() {
            let found = known.iter().filter(|(_, seen)| seen.found.is_some() && seen.day == *day);
            anchors.extend(found.map(|(id, seen)| (id.clone(), seen.clone())).collect::<Vec<_>>());
        }
    }
    if later || !written.is_empty() {
        store::put_pictures(db, &neighbourhood.id, &written, &today).await?;
    }
    let followed = |place: Place| {
        let now = known.remove(&place.id);
        let found = now.as_ref().is_some_and(|seen| seen.found.is_some());
        let last_found = if found { now.clone() } else { anchors.remove(&place.id) };
        let was = last_found.is_some() || place.origin == Origin::Hotspot;
        let state = if found {
            State::Found
        } else if was {
            State::Lost
        } else {
            State::Unseen
        };
        Followed { place, state, now, last_found }
    };
    Ok(places.into_iter().map(followed).collect())
}

/// While the same numbers are tested again, the verdict stays that they had.
fn keep_verdict(seen: &mut Seen, before: &Seen) {
    if let (Some((now, _)), Some((was, _))) = (&mut seen.found, &before.found) {
        let verdict = now.verdict;
        now.verdict = was.verdict;
        if now != was {
            now.verdict = verdict;
        }
    }
}

fn unknown(place: Place, found: &mut HashMap<Id, Seen>) -> Followed {
    let last_found = found.remove(&place.id);
    Followed { place, state: State::Unknown, now: None, last_found }
}

/// The dates of gatherings after the last picture and before today, with what all pins up to then say.
async fn days_between(
    db: &Db,
    indexes: &Indexes,
    neighbourhood: &Neighbourhood,
    known: &HashMap<Id, Seen>,
    today: &str,
) -> Result<Vec<(String, Arc<Findings>)>> {
    let Some(last) = known.values().map(|seen| seen.day.as_str()).max() else { return Ok(Vec::new()) };
    let mut dates: Vec<String> =
        gatherings::store::list(db, &neighbourhood.id).await?.into_iter().map(|g| g.held_on).collect();
    dates.retain(|date| date.as_str() > last && date.as_str() < today);
    dates.sort_unstable();
    dates.dedup();
    let mut days = Vec::new();
    for date in dates.split_off(dates.len().saturating_sub(MOST_DATES)) {
        let mut question = everything(neighbourhood);
        question.selection.take("to", &date)?;
        let (findings, _) = indexes.find(&neighbourhood.id, question).await?;
        if findings.method.refused.is_none() && findings.method.last_day.as_ref() == Some(&date) {
            days.push((date, findings));
        }
    }
    Ok(days)
}

/// Takes a picture of each place on a date.
fn look(
    places: &[Place],
    anchors: &HashMap<Id, Seen>,
    day: &str,
    (findings, verdicts): (&Findings, &[Verdict]),
    at_ms: i64,
) -> Vec<Seen> {
    let hotspots = &findings.hotspots;
    let found = matches(&candidates(places, anchors, findings), &shapes(findings), findings.method.sigma_m);
    let seen = |(place, found): (&Place, Match)| Seen {
        place: place.id.clone(),
        day: day.to_owned(),
        found: found.hotspot.map(|at| {
            let hotspot = &hotspots[at];
            (Picture::of(hotspot, &findings.method, verdicts.get(at).copied()), Ground::Area(hotspot.shape.clone()))
        }),
        together: found.together.iter().map(|at| places[*at].id.clone()).collect(),
        parts: found.parts.iter().map(|at| part(&hotspots[*at])).collect(),
        at_ms,
    };
    places.iter().zip(found).map(seen).collect()
}

fn candidates(places: &[Place], anchors: &HashMap<Id, Seen>, findings: &Findings) -> Vec<Candidate> {
    let candidate = |place: &Place| {
        let anchor = anchors.get(&place.id).and_then(|seen| seen.found.as_ref());
        match anchor {
            Some((picture, ground)) if place.origin == Origin::Hotspot => {
                Candidate { kind: Some(picture.kind), shape: ground.on(&findings.plane) }
            }
            _ => Candidate { kind: place.kind, shape: place.ground.on(&findings.plane) },
        }
    };
    places.iter().map(candidate).collect()
}

fn shapes(findings: &Findings) -> Vec<Candidate> {
    findings.hotspots.iter().map(Candidate::of).collect()
}

fn part(hotspot: &Hotspot) -> Part {
    Part { kind: hotspot.kind, centre: hotspot.centre.into(), people: hotspot.people, area_m2: hotspot.area_m2.round() }
}

/// What the hotspots of a selection are among the kept places.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    /// The place that each hotspot is, in their order.
    pub places: Vec<Option<Place>>,
    /// The place that each hotspot without one is a part of.
    pub part_of: Vec<Option<Id>>,
}

/// Says which hotspots of a selection are kept places; writes nothing.
pub async fn known(db: &Db, neighbourhood: &Id, findings: &Findings) -> Result<Known> {
    let places = store::list(db, neighbourhood).await?;
    let none = findings.hotspots.iter().map(|_| None);
    if places.is_empty() || findings.hotspots.is_empty() {
        return Ok(Known { places: none.collect(), part_of: vec![None; findings.hotspots.len()] });
    }
    let before = findings.method.last_day.as_deref().unwrap_or(NEVER);
    let anchors = store::last_pictures(db, neighbourhood, before, true).await?;
    let (there, found) = (candidates(&places, &anchors, findings), shapes(findings));
    let mut part_of = vec![None; found.len()];
    for (place, one) in places.iter().zip(matches(&there, &found, findings.method.sigma_m)) {
        for part in one.parts {
            part_of[part] = Some(place.id.clone());
        }
    }
    let place_of = of_hotspots(&there, &found, findings.method.sigma_m);
    Ok(Known { places: place_of.into_iter().map(|at| at.map(|at| places[at].clone())).collect(), part_of })
}
