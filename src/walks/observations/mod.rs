//! What the people with one phone saw at one stop, and what all phones together saw.

pub mod store;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::check_text;
use crate::attachments::Caption;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::pins::moderation::Status;
use crate::recorders::Notes;
use crate::words;

words! {
    /// Whether what a group sees fits what the map says.
    pub enum Fits { Confirms = "confirms", Nuances = "nuances", Contradicts = "contradicts" }
}

words! {
    /// How light it is.
    pub enum Light { Day = "day", Dusk = "dusk", Dark = "dark" }
}

/// Observations are what a phone notes on a walk.
pub const OBSERVATIONS: Notes = Notes {
    table: "walk_observations",
    about: "walk_id",
    deleted: "deleted_observations",
    of_another: "observation_of_another_device",
    is_deleted: "observation_deleted",
};

/// More people than this do not share a phone.
const MOST_PEOPLE: u32 = 99;

/// What is scored from 0 (bad) to 3 (good), each only where the group says something of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ObservedScores)]
pub struct Scores {
    /// Light.
    #[serde(default)]
    pub light: Option<u8>,
    /// To see and be seen.
    #[serde(default)]
    pub sight: Option<u8>,
    /// Other people.
    #[serde(default)]
    pub people: Option<u8>,
    /// The way on foot.
    #[serde(default)]
    pub path: Option<u8>,
    /// Whoever could help.
    #[serde(default)]
    pub guard: Option<u8>,
    /// Upkeep.
    #[serde(default)]
    pub clean: Option<u8>,
}

impl Scores {
    /// Each with its name, in their order.
    #[must_use]
    pub fn named(&self) -> [(&'static str, Option<u8>); 6] {
        [
            ("light", self.light),
            ("sight", self.sight),
            ("people", self.people),
            ("path", self.path),
            ("guard", self.guard),
            ("clean", self.clean),
        ]
    }
}

/// What the people with one phone saw at one stop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Observation {
    /// The stop.
    pub stop: Id,
    /// How many people chose each score from 1 to 5, silently and before they talked.
    #[serde(default)]
    pub feelings: [u32; 5],
    /// What was scored from 0 to 3.
    #[serde(default)]
    pub scores: Scores,
    /// Whether it fits what the map says.
    #[serde(default)]
    pub fits: Option<Fits>,
    /// What makes it feel safe.
    #[serde(default)]
    pub what_safe: Option<String>,
    /// What makes it feel less safe.
    #[serde(default)]
    pub what_unsafe: Option<String>,
    /// What should stay.
    #[serde(default)]
    pub keep: Option<String>,
    /// What should change.
    #[serde(default)]
    pub change: Option<String>,
    /// Who should do it.
    #[serde(default)]
    pub who: Option<String>,
    /// Anything else.
    #[serde(default)]
    pub notes: Option<String>,
    /// How light it was.
    #[serde(default)]
    pub light: Option<Light>,
    /// The weather, in a few words.
    #[serde(default)]
    pub weather: Option<String>,
    /// How many other people were there.
    #[serde(default)]
    pub people_there: Option<u32>,
    /// Whether it could be done within weeks.
    #[serde(default)]
    pub quick_win: bool,
    /// What the photo tells, where those who walk tell with photos.
    #[serde(default)]
    pub caption: Option<Caption>,
}

impl Observation {
    /// Trims and checks it; the field at fault is named.
    pub fn check(mut self) -> Result<Self> {
        if self.feelings.iter().any(|n| *n > MOST_PEOPLE) || self.feelings.iter().sum::<u32>() > MOST_PEOPLE {
            return Err(Error::invalid("feelings", format!("at most {MOST_PEOPLE} people share a phone")));
        }
        for (name, score) in self.scores.named() {
            if score.is_some_and(|score| score > 3) {
                return Err(Error::invalid(format!("scores.{name}"), "must be 0 to 3"));
            }
        }
        if self.people_there.is_some_and(|n| n > 10_000) {
            return Err(Error::invalid("people_there", "must be at most 10000"));
        }
        for (field, text) in [
            ("what_safe", &mut self.what_safe),
            ("what_unsafe", &mut self.what_unsafe),
            ("keep", &mut self.keep),
            ("change", &mut self.change),
            ("who", &mut self.who),
            ("notes", &mut self.notes),
            ("weather", &mut self.weather),
        ] {
            *text = check_text(field, text.as_deref())?;
        }
        self.caption = self.caption.map_or(Ok(None), |caption| caption.check(true))?;
        Ok(self)
    }
}

impl Observation {
    /// What is left when the words of a walk were kept long enough: numbers.
    #[must_use]
    pub fn without_words(self) -> Self {
        Self {
            what_safe: None,
            what_unsafe: None,
            keep: None,
            change: None,
            who: None,
            notes: None,
            caption: None,
            ..self
        }
    }
}

/// An observation as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Noted {
    /// Its id, made by the phone.
    pub id: Id,
    /// The phone.
    pub recorder: Id,
    /// What was seen.
    pub told: Observation,
    /// How its photo stands, if it has one.
    pub photo: Option<Status>,
}

/// The mean of a score, and of how many phones.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = MeanScore)]
pub struct Mean {
    /// What was scored.
    pub what: &'static str,
    /// The mean from 0 to 3.
    pub mean: f64,
    /// So many phones scored it.
    pub phones: usize,
}

/// How often what was seen fits the map.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = FitsCounts)]
pub struct FitsCounts {
    /// It fits.
    pub confirms: usize,
    /// It fits in part.
    pub nuances: usize,
    /// It does not.
    pub contradicts: usize,
}

/// What all phones saw at one stop; nothing that any of them noted is left out.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = MergedObservations)]
pub struct Merged {
    /// So many phones noted something.
    pub phones: usize,
    /// How many people chose each score from 1 to 5.
    pub feelings: [u32; 5],
    /// The scores that somebody gave.
    pub scores: Vec<Mean>,
    /// Whether it fits the map.
    pub fits: FitsCounts,
    /// So many phones said that it could be done within weeks.
    pub quick_wins: usize,
    /// What each phone noted, by its random id.
    pub each: Vec<Each>,
}

/// What one phone noted.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = EachObservation)]
pub struct Each {
    /// The id of the observation.
    pub id: Id,
    /// How its photo stands, if it has one.
    pub photo: Option<Status>,
    /// What was seen.
    #[serde(flatten)]
    pub told: Observation,
}

impl From<Noted> for Each {
    fn from(noted: Noted) -> Self {
        Self { id: noted.id, photo: noted.photo, told: noted.told }
    }
}

/// Puts together what phones saw at one stop.
#[must_use]
pub fn merge(noted: &[Noted]) -> Merged {
    let mut merged = Merged {
        phones: noted.len(),
        feelings: [0; 5],
        scores: Vec::new(),
        fits: FitsCounts::default(),
        quick_wins: 0,
        each: Vec::with_capacity(noted.len()),
    };
    for one in noted {
        for (sum, n) in merged.feelings.iter_mut().zip(one.told.feelings) {
            *sum += n;
        }
        match one.told.fits {
            Some(Fits::Confirms) => merged.fits.confirms += 1,
            Some(Fits::Nuances) => merged.fits.nuances += 1,
            Some(Fits::Contradicts) => merged.fits.contradicts += 1,
            None => {}
        }
        merged.quick_wins += usize::from(one.told.quick_win);
        merged.each.push(one.clone().into());
    }
    for (at, (what, _)) in Scores::default().named().into_iter().enumerate() {
        let given: Vec<f64> = noted.iter().filter_map(|one| one.told.scores.named()[at].1).map(f64::from).collect();
        if !given.is_empty() {
            let mean = given.iter().sum::<f64>() / given.len() as f64;
            merged.scores.push(Mean { what, mean: (mean * 100.0).round() / 100.0, phones: given.len() });
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    fn observation() -> Observation {
        serde_json::from_value(serde_json::json!({"stop": Id::new()})).unwrap()
    }

    #[test]
    fn phones_are_added_and_nothing_is_left_out() {
        let noted = |feelings, light, fits, change: &str| Noted {
            id: Id::new(),
            recorder: Id::new(),
            photo: None,
            told: Observation {
                feelings,
                scores: Scores { light, ..Scores::default() },
                fits,
                change: Some(change.to_owned()),
                quick_win: light == Some(0),
                ..observation()
            },
        };
        let merged = merge(&[
            noted([1, 2, 0, 0, 0], Some(0), Some(Fits::Confirms), "lamp"),
            noted([0, 1, 3, 0, 1], Some(3), None, "heg lager"),
            noted([0; 5], None, Some(Fits::Confirms), "bank"),
        ]);
        assert_eq!((merged.phones, merged.feelings, merged.quick_wins), (3, [1, 3, 3, 0, 1], 1));
        assert_eq!(merged.scores, [Mean { what: "light", mean: 1.5, phones: 2 }]);
        assert_eq!(merged.fits, FitsCounts { confirms: 2, nuances: 0, contradicts: 0 });
        let changes: Vec<_> = merged.each.iter().filter_map(|one| one.told.change.as_deref()).collect();
        assert_eq!(changes, ["lamp", "heg lager", "bank"]);
    }

    #[test]
    fn what_no_group_can_mean_is_refused_with_its_field() {
        let field = |told: Observation| told.check().unwrap_err().field.unwrap();
        assert_eq!(field(Observation { feelings: [0, 0, 100, 0, 0], ..observation() }), "feelings");
        let scores = Scores { clean: Some(4), ..Scores::default() };
        assert_eq!(field(Observation { scores, ..observation() }), "scores.clean");
        assert_eq!(field(Observation { notes: Some("é".repeat(501)), ..observation() }), "notes");
        assert!(Observation { notes: Some("é".repeat(500)), ..observation() }.check().is_ok());
        let why = |words: &str| Some(Caption { why: Some(words.to_owned()), ..Caption::default() });
        assert_eq!(field(Observation { caption: why(&"é".repeat(281)), ..observation() }), "caption.why");
        assert_eq!(Observation { caption: why("  "), ..observation() }.check().unwrap().caption, None);
        assert_eq!(Observation { caption: why("x"), ..observation() }.without_words().caption, None);
        assert_eq!(Observation { keep: Some(" \n".to_owned()), ..observation() }.check().unwrap().keep, None);
    }
}
