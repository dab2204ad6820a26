//! An action: a promise about one or more places, with an owner, a date and an answer that everybody can read.
//!
//! What is proposed gets an answer by a promised date, six weeks on unless staff says otherwise, also when it is no: an
//! action without one is [`Action::is_late`] from then on. Its owner is a function, never a person, and nobody's until
//! somebody takes it. A status follows from the one before ([`ActionStatus::check_step`]) and each is kept with its date.

pub mod answers;
pub mod api;
pub mod effect;
pub mod kept;
pub mod store;
pub mod table;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::{Error, Result};
use crate::id::Id;
use crate::places::Picture;
use crate::time::{check_date, days_after};
use crate::words;

words! {
    /// What kind of promise it is: done within three months, a project, a lasting change, a test that can be undone, to
    /// keep what is good, or to listen more first.
    pub enum ActionKind {
        QuickWin = "quick_win", Project = "project", Structural = "structural", Test = "test", Protect = "protect",
        Listen = "listen"
    }
}

words! {
    /// How it stands.
    pub enum ActionStatus {
        Proposed = "proposed", Prioritised = "prioritised", Accepted = "accepted", Refused = "refused",
        Planned = "planned", InProgress = "in_progress", Done = "done", Checked = "checked", Reopened = "reopened"
    }
}

words! {
    /// The function that owns it; who works there is nobody's business here.
    pub enum ActionOwner {
        Lighting = "lighting", Green = "green", Cleaning = "cleaning", Works = "works", Mobility = "mobility",
        Planning = "planning", Prevention = "prevention", YouthWork = "youth_work", Community = "community",
        Transport = "transport", Housing = "housing", Schools = "schools", Shops = "shops", Residents = "residents",
        Council = "council", Police = "police"
    }
}

words! {
    /// What it moves: the levers of crime prevention through environmental design (ISO 22341), physical and social.
    pub enum ActionLever {
        Surveillance = "surveillance", Access = "access", Territory = "territory", Image = "image",
        Activity = "activity", Hardening = "hardening", Cohesion = "cohesion", Connectivity = "connectivity",
        Culture = "culture", Guardianship = "guardianship"
    }
}

words! {
    /// What it costs.
    pub enum ActionCost { None = "none", Low = "low", Middle = "middle", High = "high" }
}

/// So many days after it was proposed an action gets its answer, unless staff promises another date.
pub const ANSWER_DAYS: i64 = 42;
/// So many actions a neighbourhood may have; removed ones do not count.
pub const MAX_ACTIONS: usize = 1000;
/// So many places one action is about at most.
pub const MAX_PLACES: usize = 5;
/// So many characters has a text of several lines at most.
pub const MAX_TEXT: usize = 1000;
/// So many people may have voted on one occasion.
pub const MAX_VOTES: i64 = 10_000;
/// So many occasions of voting at most.
pub const MAX_SOURCES: usize = 20;

impl ActionStatus {
    /// What can follow.
    #[must_use]
    pub fn next(self) -> &'static [Self] {
        use ActionStatus::{Accepted, Checked, Done, InProgress, Planned, Prioritised, Proposed, Refused, Reopened};
        match self {
            Proposed | Reopened => &[Prioritised, Accepted, Refused],
            Prioritised => &[Proposed, Accepted, Refused],
            Accepted => &[Planned, InProgress, Refused],
            Planned => &[Accepted, InProgress, Refused],
            InProgress => &[Planned, Done],
            Done => &[InProgress, Checked, Reopened],
            Checked | Refused => &[Reopened],
        }
    }

    /// Fails where a status cannot follow this one.
    pub fn check_step(self, next: Self) -> Result<()> {
        if self == next || self.next().contains(&next) {
            return Ok(());
        }
        let from: Vec<&str> = self.next().iter().map(|status| status.code()).collect();
        let reason = format!("after {} comes {}, not {}", self.code(), from.join(" or "), next.code());
        Err(Error::conflict("action_step", reason).with_field("status"))
    }

    /// Whether it says yes or no to what was proposed.
    #[must_use]
    pub fn answers(self) -> bool {
        !matches!(self, Self::Proposed | Self::Prioritised | Self::Reopened)
    }
}

/// Where an action was thought of, besides a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum CameFrom {
    /// A stop of an exploratory walk.
    Walk {
        /// The walk.
        walk: Id,
        /// The stop.
        stop: Id,
    },
    /// A station of a data walk, or what one group said there.
    DataWalk {
        /// The data walk.
        data_walk: Id,
        /// The station.
        station: Id,
        /// The response.
        #[serde(default)]
        response: Option<Id>,
    },
}

/// What the pins said of a place when the action was made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Evidence {
    /// The place.
    pub place: Id,
    /// Its name then.
    pub name: String,
    /// The date of the last gathering in the picture.
    pub day: Option<String>,
    /// The picture; null where it was no hotspot.
    pub picture: Option<Picture>,
}

/// A status that an action had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The status.
    pub status: ActionStatus,
    /// From which date on.
    pub day: String,
    /// When it was entered, in milliseconds since 1970.
    pub at_ms: i64,
    /// Why.
    pub reason: Option<String>,
}

/// People who were for it on one occasion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ActionVotes)]
pub struct Votes {
    /// The occasion, such as `Buurttafel 17 november`.
    pub source: String,
    /// Distinct people.
    pub people: i64,
}

/// What staff says of an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The places it is about, the first one first; none for the whole area.
    pub places: Vec<Id>,
    /// People, place, time and theme of what is wrong, or of what is good; never persons.
    pub problem: String,
    /// What people should notice.
    pub goal: String,
    /// What is done.
    pub measure: String,
    /// What kind of promise it is.
    pub kind: ActionKind,
    /// What it moves.
    pub lever: Option<ActionLever>,
    /// Who owns it; none is "not yet".
    pub owner: Option<ActionOwner>,
    /// The group of residents that owns it too.
    pub co_owner: Option<String>,
    /// What it costs.
    pub cost: Option<ActionCost>,
    /// When it is due.
    pub due: Option<String>,
    /// When its answer is promised.
    pub answer_due: String,
    /// By what it is seen that it worked.
    pub indicator: Option<String>,
    /// When it is looked at again with residents.
    pub review_on: Option<String>,
    /// What residents read of it.
    pub public_text: Option<String>,
}

/// An action.
#[derive(Debug, Clone, PartialEq)]
pub struct Action {
    /// Its id.
    pub id: Id,
    /// Where it is.
    pub neighbourhood: Id,
    /// What staff says of it.
    pub told: Told,
    /// How it stands.
    pub status: ActionStatus,
    /// Why; a refusal always has a reason.
    pub reason: Option<String>,
    /// The date on which it was proposed.
    pub proposed_on: String,
    /// The date on which it was last accepted or refused; none while it waits.
    pub answered_on: Option<String>,
    /// Where it was thought of.
    pub came_from: Option<CameFrom>,
    /// What the pins said of its places then.
    pub evidence: Vec<Evidence>,
    /// Who was for it.
    pub votes: Vec<Votes>,
    /// Every status it had, the first one first.
    pub steps: Vec<Step>,
    /// Whether it was taken off the board.
    pub removed: bool,
}

impl Action {
    /// How many people were for it. Whoever voted on two occasions is in it twice.
    #[must_use]
    pub fn people_for(&self) -> i64 {
        self.votes.iter().map(|votes| votes.people).sum()
    }

    /// Whether the promised date of the answer is over and there is none.
    #[must_use]
    pub fn is_late(&self, today: &str) -> bool {
        self.answered_on.is_none() && self.told.answer_due.as_str() < today
    }

    /// Whether it was promised by a date that is over, and is not done.
    #[must_use]
    pub fn is_overdue(&self, today: &str) -> bool {
        let promised = matches!(self.status, ActionStatus::Accepted | ActionStatus::Planned | ActionStatus::InProgress);
        promised && self.told.due.as_deref().is_some_and(|due| due < today)
    }

    /// The date on which it was last done.
    #[must_use]
    pub fn done_on(&self) -> Option<&str> {
        self.steps.iter().rfind(|step| step.status == ActionStatus::Done).map(|step| step.day.as_str())
    }
}

impl Told {
    /// Checks every field by itself and trims the texts; whether the places are there is asked elsewhere. A date that is
    /// over is refused unless it stood there `before`.
    pub fn check(mut self, before: Option<&Self>, today: &str) -> Result<Self> {
        let places = &self.places;
        if places.len() > MAX_PLACES || places.iter().enumerate().any(|(at, one)| places[..at].contains(one)) {
            return Err(Error::invalid("places", format!("at most {MAX_PLACES}, and each only once")));
        }
        self.problem = text("problem", &self.problem, MAX_TEXT)?;
        self.goal = text("goal", &self.goal, MAX_TEXT)?;
        self.measure = text("measure", &self.measure, MAX_TEXT)?;
        if self.problem.is_empty() && self.measure.is_empty() {
            return Err(Error::invalid("problem", "either a problem or a measure must be told"));
        }
        for (field, value, most) in [
            ("co_owner", &mut self.co_owner, 120),
            ("indicator", &mut self.indicator, 280),
            ("public_text", &mut self.public_text, MAX_TEXT),
        ] {
            let clean = value.take().map(|value| text(field, &value, most)).transpose()?;
            *value = clean.filter(|value| !value.is_empty());
        }
        let day = |field: &str, now: Option<&String>, was: Option<&String>| -> Result<()> {
            let Some(now) = now else { return Ok(()) };
            check_date(field, now)?;
            if now.as_str() < today && was != Some(now) {
                return Err(Error::invalid(field, "this date is over").with_slug("date_over"));
            }
            Ok(())
        };
        day("due", self.due.as_ref(), before.and_then(|told| told.due.as_ref()))?;
        day("review_on", self.review_on.as_ref(), before.and_then(|told| told.review_on.as_ref()))?;
        day("answer_due", Some(&self.answer_due), before.map(|told| &told.answer_due))?;
        Ok(self)
    }
}

/// A trimmed text of so many characters at most; it may be empty and have several lines.
pub fn text(field: &str, text: &str, most: usize) -> Result<String> {
    let text = text.trim();
    if text.chars().count() > most {
        return Err(Error::invalid(field, format!("must have at most {most} characters")));
    }
    if text.chars().any(|c| c.is_control() && c != '\n') {
        return Err(Error::invalid(field, "must hold no control characters"));
    }
    Ok(text.to_owned())
}

/// The date on which an answer is promised to what is proposed on a date.
pub fn promised(proposed_on: &str) -> Result<String> {
    days_after(proposed_on, ANSWER_DAYS)
}

/// Checks who was for an action on one occasion.
pub fn check_votes(mut votes: Votes) -> Result<Votes> {
    let source = text("source", &votes.source, 120)?;
    if source.is_empty() || source.contains('\n') {
        return Err(Error::invalid("source", "must say on which occasion, in 1 to 120 characters on one line"));
    }
    if !(0..=MAX_VOTES).contains(&votes.people) {
        return Err(Error::invalid("people", format!("must be 0 to {MAX_VOTES}")));
    }
    votes.source = source;
    Ok(votes)
}

/// An action that other tests begin with.
#[cfg(test)]
pub mod tests {
    use super::*;

    /// An action as it is proposed.
    pub fn action() -> Action {
        let told = Told {
            places: Vec::new(),
            problem: "Onder de brug is het donker.".into(),
            goal: "Mensen zien wie er aankomt.".into(),
            measure: "Twee lampen.".into(),
            kind: ActionKind::QuickWin,
            lever: Some(ActionLever::Surveillance),
            owner: None,
            co_owner: None,
            cost: Some(ActionCost::Low),
            due: None,
            answer_due: "2026-12-29".into(),
            indicator: None,
            review_on: None,
            public_text: None,
        };
        Action {
            id: Id::new(),
            neighbourhood: Id::new(),
            told,
            status: ActionStatus::Proposed,
            reason: None,
            proposed_on: "2026-11-17".into(),
            answered_on: None,
            came_from: None,
            evidence: Vec::new(),
            votes: Vec::new(),
            steps: Vec::new(),
            removed: false,
        }
    }

    #[test]
    fn a_status_follows_from_the_one_before() {
        assert!(ActionStatus::Proposed.check_step(ActionStatus::Accepted).is_ok());
        assert!(ActionStatus::Refused.check_step(ActionStatus::Reopened).is_ok());
        let jump = ActionStatus::Proposed.check_step(ActionStatus::Done).unwrap_err();
        assert_eq!((jump.slug, jump.field.as_deref()), ("action_step", Some("status")));
        assert!(ActionStatus::Refused.check_step(ActionStatus::Done).is_err());
        assert!(ActionStatus::Checked.check_step(ActionStatus::InProgress).is_err());
        // From everywhere a yes or a no can be reached, and every status is reached from the first.
        let mut reached = vec![ActionStatus::Proposed];
        while let Some(more) =
            reached.iter().flat_map(|status| status.next()).find(|status| !reached.contains(status)).copied()
        {
            reached.push(more);
        }
        assert_eq!(reached.len(), ActionStatus::ALL.len());
        assert!(ActionStatus::ALL.iter().all(|status| !status.next().is_empty()));
    }

    #[test]
    fn an_answer_is_promised_in_six_weeks_and_late_after() {
        assert_eq!(promised("2026-11-17").unwrap(), "2026-12-29");
        let waiting = action();
        assert!(!waiting.is_late("2026-12-29"));
        assert!(waiting.is_late("2026-12-30"));
        let answered = Action { answered_on: Some("2026-12-01".into()), ..action() };
        assert!(!answered.is_late("2027-01-01"));
        let promised = Action {
            status: ActionStatus::Planned,
            told: Told { due: Some("2026-12-01".into()), ..action().told },
            ..action()
        };
        assert!(promised.is_overdue("2026-12-02") && !promised.is_overdue("2026-12-01"));
        assert!(!Action { status: ActionStatus::Done, ..promised }.is_overdue("2026-12-02"));
    }

    #[test]
    fn every_field_is_checked() {
        let field = |told: Told| told.check(None, "2026-11-17").unwrap_err().field.unwrap();
        let told = || action().told;
        assert_eq!(field(Told { problem: "x".repeat(5000), ..told() }), "problem");
        assert_eq!(field(Told { measure: "x\u{7}".into(), ..told() }), "measure");
        assert_eq!(field(Told { problem: " ".into(), measure: String::new(), ..told() }), "problem");
        assert_eq!(field(Told { co_owner: Some("x".repeat(121)), ..told() }), "co_owner");
        assert_eq!(field(Told { due: Some("2026-11-16".into()), ..told() }), "due");
        assert_eq!(field(Told { due: Some("soon".into()), ..told() }), "due");
        assert_eq!(field(Told { answer_due: "2026-11-01".into(), ..told() }), "answer_due");
        let twice = Id::new();
        assert_eq!(field(Told { places: vec![twice.clone(), twice], ..told() }), "places");
        let was = Told { due: Some("2026-11-01".into()), ..told() };
        assert!(was.clone().check(Some(&was), "2026-11-17").is_ok(), "a date that stood there may be over");
        assert_eq!(check_votes(Votes { source: "Tafel".into(), people: -1 }).unwrap_err().field.unwrap(), "people");
        assert_eq!(check_votes(Votes { source: " ".into(), people: 1 }).unwrap_err().field.unwrap(), "source");
    }
}
