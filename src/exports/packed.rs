//! Pins as the exports read them: many in one text, which is cut up without a copy.

use crate::error::{Error, Result};
use crate::gatherings::{AgeBand, Gender, Part, Who};
use crate::pins::moderation::{Status, shown};
use crate::pins::selection::Selection;
use crate::pins::{Basis, Feeling, Shape};

/// Stands between what a pin tells; no word of anybody has it.
pub const UNIT: &str = "\u{1f}";
/// Stands between pins.
pub const RECORD: &str = "\u{1e}";

/// Pins whose ids begin alike, as the database put them together.
#[derive(Debug, Clone, Default)]
pub struct Packed(String);

impl Packed {
    /// Takes what the database put together.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// The pins in the order of their random ids.
    #[must_use]
    pub fn pins(&self) -> Vec<Lean<'_>> {
        let mut records: Vec<&str> = self.0.split(RECORD).filter(|record| !record.is_empty()).collect();
        // Each begins with its id.
        records.sort_unstable();
        records.into_iter().map(Lean::read).collect()
    }
}

/// A pin by its words, as they stand in the database; empty where nothing was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the columns speak for themselves")]
pub struct Lean<'a> {
    /// Its id, which does not leave.
    pub id: &'a str,
    /// Longitude in ten-thousandths of a degree.
    pub lon: &'a str,
    /// Latitude in ten-thousandths of a degree.
    pub lat: &'a str,
    pub gathering: &'a str,
    pub feeling: &'a str,
    pub intensity: &'a str,
    pub radius_m: &'a str,
    pub when: &'a str,
    pub days: &'a str,
    pub frequency: &'a str,
    pub effect: &'a str,
    pub themes: &'a str,
    pub basis: &'a str,
    comment: &'a str,
    moderation: &'a str,
    wording: &'a str,
    shape: &'a str,
    /// Age, gender and role, where they were asked for.
    who: [&'a str; 3],
}

impl<'a> Lean<'a> {
    fn read(record: &'a str) -> Self {
        let mut told = record.split(UNIT);
        let mut next = || told.next().unwrap_or_default();
        Self {
            id: next(),
            lon: next(),
            lat: next(),
            gathering: next(),
            feeling: next(),
            intensity: next(),
            radius_m: next(),
            when: next(),
            days: next(),
            frequency: next(),
            effect: next(),
            themes: next(),
            basis: next(),
            comment: next(),
            moderation: next(),
            wording: next(),
            shape: next(),
            who: [next(), next(), next()],
        }
    }

    /// Whether a selection that means the pin's gathering means the pin.
    pub fn fits(&self, selection: &Selection) -> Result<bool> {
        let [age, gender, role] = self.who.map(|code| Some(code).filter(|code| !code.is_empty()));
        let who = Who {
            age: age.map(|code| AgeBand::parse("age", code)).transpose()?,
            gender: gender.map(|code| Gender::parse("gender", code)).transpose()?,
            role: role.map(|code| Part::parse("role", code)).transpose()?,
        };
        let has = |codes: &str, code: &str| codes.split(',').any(|one| one == code);
        Ok(selection.fits_who(&who)
            && selection.fits_told(
                Feeling::parse("feeling", self.feeling)?,
                Basis::parse("basis", self.basis)?,
                |theme| has(self.themes, theme.code()),
                |when| has(self.when, when.code()),
            ))
    }

    /// The line or area that is meant; none for a point.
    pub fn shape(&self) -> Result<Option<Shape>> {
        let text = Some(self.shape).filter(|text| !text.is_empty());
        text.map(|text| serde_json::from_str(text).map_err(Error::internal)).transpose()
    }

    /// The words that others may read: nothing until someone approved them.
    pub fn shown(&self) -> Result<Option<&'a str>> {
        if self.comment.is_empty() || self.moderation.is_empty() {
            return Ok(None);
        }
        let wording = Some(self.wording).filter(|wording| !wording.is_empty());
        Ok(shown(Status::parse("moderation", self.moderation)?, wording, self.comment))
    }
}
