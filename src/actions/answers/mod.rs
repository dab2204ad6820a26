//! "You said, we did": what is answered to what people said of a place. Staff writes it, a named person publishes it, and
//! what was published never changes; a later answer has an address of its own and the earlier one leads to it.

pub mod api;
pub mod page;
pub mod store;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::actions::{Action, ActionStatus, MAX_TEXT, text};
use crate::error::{Error, Result};
use crate::hotspots::Kind;
use crate::id::Id;
use crate::neighbourhoods::Language;
use crate::places::Picture;
use crate::time::check_date;

/// What staff writes of a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AnswerDraft)]
pub struct Draft {
    /// What people said.
    pub said: String,
    /// What was done, or will be, and when.
    pub did: String,
    /// What will not be done, and why.
    #[serde(default)]
    pub will_not: String,
    /// What residents can do.
    #[serde(default)]
    pub you_can: String,
    /// When it is looked at again.
    #[serde(default)]
    pub next_check: Option<String>,
    /// The language it is written in.
    pub lang: Language,
}

impl Draft {
    /// Checks every field and trims the texts.
    pub fn check(mut self) -> Result<Self> {
        for (field, value) in [
            ("said", &mut self.said),
            ("did", &mut self.did),
            ("will_not", &mut self.will_not),
            ("you_can", &mut self.you_can),
        ] {
            *value = text(field, value, MAX_TEXT)?;
        }
        if let Some(day) = &self.next_check {
            check_date("next_check", day)?;
        }
        Ok(self)
    }

    /// Fails where it does not yet say what was said, and what was done or will not be.
    pub fn check_whole(&self) -> Result<()> {
        if self.said.is_empty() {
            return Err(Error::invalid("said", "what was said must be told"));
        }
        if self.did.is_empty() && self.will_not.is_empty() {
            return Err(Error::invalid("did", "what was done, or will not be done, must be told"));
        }
        Ok(())
    }
}

/// What the pins say of the place in public: people rounded to five, so that no share looks larger than it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Felt {
    /// What they feel.
    pub kind: Kind,
    /// Those who spoke of it.
    pub people: u32,
    /// Those who feel less safe there.
    pub people_unsafe: u32,
    /// Those who feel safe there.
    pub people_safe: u32,
}

impl Felt {
    /// Rounds what a picture says, all people up and each side to the nearest; none under ten people, of whom so few marks
    /// would tell too much.
    #[must_use]
    pub fn of(picture: &Picture) -> Option<Self> {
        let five = |people: u32| (people + 2) / 5 * 5;
        let felt = Self {
            kind: picture.kind,
            people: picture.people.div_ceil(5) * 5,
            people_unsafe: five(picture.people_unsafe.unwrap_or(0)),
            people_safe: five(picture.people_safe.unwrap_or(0)),
        };
        (picture.people >= MIN_PUBLIC).then_some(felt)
    }
}

/// Fewest people for a place to be told of in public.
const MIN_PUBLIC: u32 = 10;

/// What is promised of the place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = AnswerPromise)]
pub struct Promise {
    /// What residents read of it.
    pub what: String,
    /// How it stood.
    pub status: ActionStatus,
    /// When it is due.
    pub due: Option<String>,
    /// Why it was refused.
    pub reason: Option<String>,
}

/// What stands on the page beside what was written, as it was when it was published.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = AnswerShown)]
pub struct Shown {
    /// What the pins say; null for fewer than ten people.
    pub felt: Option<Felt>,
    /// The date of the last gathering in it.
    pub day: Option<String>,
    /// What is promised: the actions of the place that have words for residents.
    pub actions: Vec<Promise>,
}

impl Shown {
    /// Puts it together from a picture of the place, its date, and the actions that are about it.
    #[must_use]
    pub fn of(place: &Id, picture: Option<&Picture>, day: Option<String>, actions: &[Action]) -> Self {
        let about = actions.iter().filter(|action| action.told.places.contains(place));
        let promise = |action: &Action| {
            Some(Promise {
                what: action.told.public_text.clone()?,
                status: action.status,
                due: action
                    .told
                    .due
                    .clone()
                    .filter(|_| !matches!(action.status, ActionStatus::Done | ActionStatus::Checked)),
                reason: action.reason.clone().filter(|_| action.status == ActionStatus::Refused),
            })
        };
        Self { felt: picture.and_then(Felt::of), day, actions: about.filter_map(promise).collect() }
    }
}

/// A published answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Its random name in addresses.
    pub slug: String,
    /// Where it is.
    pub neighbourhood: Id,
    /// The place.
    pub place: Id,
    /// The neighbourhood's name when it was published.
    pub neighbourhood_name: String,
    /// The place's name when it was published.
    pub place_name: String,
    /// What it says.
    pub written: Draft,
    /// What stands beside it.
    pub shown: Shown,
    /// Who let it through, by name and function.
    pub approved_by: String,
    /// The date on which it was published.
    pub published_on: String,
    /// The time, in milliseconds since 1970.
    pub published_ms: i64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actions::tests::action;

    #[test]
    fn public_people_are_rounded_to_five() {
        let picture = Picture {
            kind: Kind::Unsafe,
            verdict: None,
            people_unsafe: Some(13),
            people_safe: None,
            people: 17,
            everyone: 31,
            pins: 40,
            share_unsafe: 0.8,
            area_m2: 5000.0,
            centre: [3.7, 51.05],
            sigma_m: 100.0,
            version: "1".into(),
        };
        let felt = Felt::of(&picture).unwrap();
        assert_eq!((felt.people, felt.people_unsafe, felt.people_safe), (20, 15, 0));
        assert_eq!(Felt::of(&Picture { people: 9, ..picture }), None);
    }

    #[test]
    fn only_actions_with_words_for_residents_are_shown() {
        let place = Id::new();
        let mut told = action();
        told.told.places = vec![place.clone()];
        told.told.public_text = Some("Lampen".into());
        told.reason = Some("intern".into());
        let silent = Action { told: crate::actions::Told { public_text: None, ..told.told.clone() }, ..told.clone() };
        let shown = Shown::of(&place, None, None, &[told.clone(), silent]);
        assert_eq!(shown.actions.len(), 1);
        assert_eq!(shown.actions[0].reason, None, "a reason is told of a refusal only");
        assert!(Shown::of(&Id::new(), None, None, &[told]).actions.is_empty());
    }

    #[test]
    fn an_answer_says_what_was_said_and_done() {
        let draft = |said: &str, did: &str, lang| Draft {
            said: said.into(),
            did: did.into(),
            will_not: String::new(),
            you_can: String::new(),
            next_check: None,
            lang,
        };
        let field = |draft: Draft| draft.check().and_then(|draft| draft.check_whole()).unwrap_err().field.unwrap();
        assert_eq!(field(draft("", "x", Language::Nl)), "said");
        assert_eq!(field(draft("x", " ", Language::Nl)), "did");
        assert_eq!(field(draft(&"x".repeat(5000), "x", Language::Nl)), "said");
        assert_eq!(field(Draft { next_check: Some("soon".into()), ..draft("x", "x", Language::Nl) }), "next_check");
    }
}
