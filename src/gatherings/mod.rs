//! An occasion at which pins are collected: its kind, phase, join code, and the devices and participants at it.

pub mod api;
pub mod store;

use crate::error::{Error, Result};
use crate::id::Id;
use crate::words;

words! {
    /// How pins are collected.
    pub enum GatheringKind { Table = "table", Interview = "interview", Street = "street", Online = "online" }
}

words! {
    /// How far the gathering is. While it is open, nobody sees the pins of others.
    pub enum Phase { Draft = "draft", Open = "open", Revealed = "revealed", Closed = "closed" }
}

words! {
    /// What a gathering may ask, next to the feeling.
    pub enum Question {
        Radius = "radius", When = "when", Themes = "themes", Effect = "effect", Comment = "comment",
        Age = "age", Gender = "gender", Role = "role"
    }
}

words! {
    /// How old a participant is.
    pub enum AgeBand {
        Under12 = "under_12", From12 = "12_17", From18 = "18_29", From30 = "30_44", From45 = "45_64", From65 = "65_plus"
    }
}

words! {
    /// A participant's gender.
    pub enum Gender { Woman = "woman", Man = "man", Other = "other" }
}

words! {
    /// What a participant is in the neighbourhood.
    pub enum Part {
        Resident = "resident", Visitor = "visitor", WorksHere = "works_here", Shopkeeper = "shopkeeper",
        Professional = "professional", PupilStudent = "pupil_student"
    }
}

/// A gathering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gathering {
    /// Its id.
    pub id: Id,
    /// Where it is about.
    pub neighbourhood: Id,
    /// How pins are collected.
    pub kind: GatheringKind,
    /// Its name.
    pub name: String,
    /// The label that groups it with others, for before and after.
    pub round: String,
    /// Its date, such as `2026-11-17`: the only time known of its pins.
    pub held_on: String,
    /// What devices join with.
    pub code: String,
    /// How far it is.
    pub phase: Phase,
    /// How many pins each participant has; none is without limit.
    pub pin_budget: Option<i64>,
    /// What is asked.
    pub questions: Vec<Question>,
}

/// A tablet or phone that joined a gathering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// Its id.
    pub id: Id,
    /// Where the gathering is about.
    pub neighbourhood: Id,
    /// The gathering it joined.
    pub gathering: Id,
    /// Its letter, from A; participants are named after it.
    pub name: String,
}

/// What a participant may tell about themselves; each may be left open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
pub struct Who {
    /// How old.
    pub age: Option<AgeBand>,
    /// Gender.
    pub gender: Option<Gender>,
    /// What they are in the neighbourhood.
    pub role: Option<Part>,
}

/// How many distinct people pinned, and how many pins there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Participants with at least one pin.
    pub people: i64,
    /// Pins.
    pub pins: i64,
}

impl Phase {
    /// Whether devices may join and pin.
    #[must_use]
    pub fn takes_pins(self) -> bool {
        matches!(self, Self::Open | Self::Revealed)
    }

    /// Fails where the gathering cannot go to the next phase: it never becomes a draft again.
    pub fn check_step(self, next: Self) -> Result<()> {
        if next == Self::Draft && self != Self::Draft {
            return Err(
                Error::conflict("phase", "an opened gathering does not become a draft again").with_field("phase")
            );
        }
        if self == Self::Draft && !matches!(next, Self::Draft | Self::Open) {
            return Err(Error::conflict("phase", "a draft is opened first").with_field("phase"));
        }
        Ok(())
    }
}

/// The signs of join codes: none that looks or sounds like another.
const CODE_SIGNS: &[u8] = b"ACDEFHJKMNPRTWXY3479";

/// Makes a join code: 6 signs (26 bits) for a room, 10 (43 bits) for online.
pub fn new_code(kind: GatheringKind) -> Result<String> {
    let length = if kind == GatheringKind::Online { 10 } else { 6 };
    let mut code = String::with_capacity(length);
    while code.len() < length {
        let mut byte = [0_u8];
        getrandom::fill(&mut byte).map_err(|e| Error::internal(e.to_string()))?;
        // 240 is the largest multiple of the 20 signs: what lies above would favour the first ones.
        if byte[0] < 240 {
            code.push(char::from(CODE_SIGNS[usize::from(byte[0]) % CODE_SIGNS.len()]));
        }
    }
    Ok(code)
}

/// Reads a code as people type it: spaces, hyphens and small letters do not matter.
#[must_use]
pub fn clean_code(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_alphanumeric).take(16).map(|c| c.to_ascii_uppercase()).collect()
}

/// The name of the n-th device (from 0): A … Z, AA, AB …
#[must_use]
pub fn device_name(mut n: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + u8::try_from(n % 26).unwrap_or_default()));
        if n < 26 {
            return letters.iter().rev().collect();
        }
        n = n / 26 - 1;
    }
}

/// Checks the label that groups gatherings.
pub fn check_round(round: &str) -> Result<String> {
    let round = round.trim();
    if round.is_empty() || round.chars().count() > 40 || round.chars().any(char::is_control) {
        return Err(Error::invalid("round", "must have 1 to 40 characters"));
    }
    Ok(round.to_owned())
}

/// Checks how many pins each participant has.
pub fn check_budget(pins: Option<i64>) -> Result<()> {
    match pins {
        Some(pins) if !(1..=100).contains(&pins) => {
            Err(Error::invalid("pin_budget", "must be 1 to 100, or null for no limit"))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_long_enough_and_have_no_look_alikes() {
        for kind in GatheringKind::ALL {
            let code = new_code(*kind).unwrap();
            assert_eq!(code.len(), if *kind == GatheringKind::Online { 10 } else { 6 });
            assert!(code.chars().all(|c| !"0OQ1ILJ5S8B2Z6GUV".replace('J', "").contains(c)), "{code}");
            assert_eq!(clean_code(&code.to_lowercase()), code);
        }
    }

    #[test]
    fn devices_are_lettered() {
        let names: Vec<_> = [0, 25, 26, 27, 701, 702].map(device_name).into();
        assert_eq!(names, ["A", "Z", "AA", "AB", "ZZ", "AAA"]);
    }

    #[test]
    fn a_gathering_is_opened_once_and_never_a_draft_again() {
        assert!(Phase::Draft.check_step(Phase::Open).is_ok());
        assert!(Phase::Draft.check_step(Phase::Revealed).is_err());
        assert!(Phase::Open.check_step(Phase::Draft).is_err());
        assert!(Phase::Closed.check_step(Phase::Open).is_ok());
    }
}
