//! An occasion at which pins are collected: its kind, phase, join code, and the devices and participants at it.

pub mod api;
pub mod store;

use crate::error::{Error, Kind, Result};
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
    /// What a gathering may ask, next to the feeling; a caption is asked with a photo.
    pub enum Question {
        Radius = "radius", When = "when", Themes = "themes", Effect = "effect", Comment = "comment", Help = "help",
        Photo = "photo", Caption = "caption", Voice = "voice", Age = "age", Gender = "gender", Role = "role"
    }
}

impl Question {
    /// What is asked where nothing else is said; the other questions are asked by choice.
    pub const USUAL: &'static [Self] =
        &[Self::Radius, Self::When, Self::Themes, Self::Effect, Self::Comment, Self::Age, Self::Gender, Self::Role];
}

words! {
    /// Who is asked about themselves: each person, or the table once for all at it.
    pub enum WhoAt { Person = "person", Table = "table" }
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
    /// Who is asked about themselves.
    pub who_at: WhoAt,
    /// The four digits that a facilitator types on a tablet to leave it.
    pub leave_pin: String,
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
    /// Whether it speaks through a file that staff takes in: that may come after the gathering.
    pub from_file: bool,
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

/// What a device says of a participant.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Deserialize, utoipa::ToSchema)]
pub struct NewParticipant {
    /// How old.
    pub age: Option<AgeBand>,
    /// Gender.
    pub gender: Option<Gender>,
    /// What they are in the neighbourhood.
    pub role: Option<Part>,
    /// What the interviewer noted, for the eyes of moderators: at most 2000 characters.
    pub note: Option<String>,
    /// The code of their withdrawal slip, made by the device; where it is left out, the one known before stays.
    pub slip: Option<String>,
}

/// So many characters of an interviewer's notes at most.
pub const MAX_NOTE: usize = 2000;

impl From<Who> for NewParticipant {
    fn from(Who { age, gender, role }: Who) -> Self {
        Self { age, gender, role, note: None, slip: None }
    }
}

impl NewParticipant {
    /// Checks every field against the gathering; trims the note and the code.
    pub fn check(mut self, gathering: &Gathering) -> Result<Self> {
        self.note = self.note.take().map(|note| note.trim().to_owned()).filter(|note| !note.is_empty());
        if let Some(note) = &self.note {
            if note.chars().count() > MAX_NOTE {
                return Err(Error::invalid("note", "must have at most 2000 characters"));
            }
            if note.chars().any(|c| c.is_control() && c != '\n') {
                return Err(Error::invalid("note", "must hold no control characters"));
            }
            if gathering.kind != GatheringKind::Interview {
                return Err(Error::invalid("note", "only an interview has notes"));
            }
        }
        self.slip = self.slip.map(|code| clean_code(&code));
        if self.slip.as_ref().is_some_and(|code| !is_slip(code)) {
            return Err(Error::invalid("slip", "must have 15 signs of those that codes are made of"));
        }
        Ok(self)
    }
}

/// So many signs has the code of a withdrawal slip: 65 bits.
const SLIP_SIGNS: usize = 15;

/// Whether a clean text is a code of a withdrawal slip.
#[must_use]
pub fn is_slip(code: &str) -> bool {
    code.len() == SLIP_SIGNS && code.bytes().all(|sign| CODE_SIGNS.contains(&sign))
}

/// The error when a gathering takes nothing (any more).
#[must_use]
pub fn not_open() -> Error {
    Error::conflict("gathering_not_open", "the gathering is not open")
}

/// The error when a gathering does not show the pins of others yet.
#[must_use]
pub fn not_revealed() -> Error {
    Error::conflict("not_revealed", "the gathering is not revealed")
}

/// The error for what still comes from someone who took back all they said.
#[must_use]
pub fn withdrawn() -> Error {
    Error::new(Kind::Gone, "withdrawn", "this participant took back everything")
}

/// How many distinct people pinned, and how many pins there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Participants with at least one pin, and those who agreed with one.
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

    /// Whether the gathering takes what this device says.
    #[must_use]
    pub fn takes_from(self, device: &Device) -> bool {
        self.takes_pins() || (device.from_file && self == Self::Closed)
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

impl GatheringKind {
    /// So many signs has its join code: 6 (26 bits) for a room, 10 (43 bits) for online.
    #[must_use]
    pub fn code_signs(self) -> usize {
        if self == Self::Online { 10 } else { 6 }
    }
}

/// The signs of join codes: none that looks or sounds like another.
const CODE_SIGNS: &[u8] = b"ACDEFHJKMNPRTWXY3479";

/// Makes a code of so many signs, of 4.3 bits each.
pub fn new_code(signs: usize) -> Result<String> {
    random(CODE_SIGNS, signs)
}

/// Makes the four digits that a facilitator types on a tablet to leave it.
pub fn new_leave_pin() -> Result<String> {
    random(b"0123456789", 4)
}

fn random(signs: &[u8], length: usize) -> Result<String> {
    let mut code = String::with_capacity(length);
    while code.len() < length {
        let mut byte = [0_u8];
        getrandom::fill(&mut byte).map_err(|e| Error::internal(e.to_string()))?;
        // 240 is the largest multiple of 20 and of 10 signs: what lies above would favour the first ones.
        if byte[0] < 240 {
            code.push(char::from(signs[usize::from(byte[0]) % signs.len()]));
        }
    }
    Ok(code)
}

/// Checks what a facilitator types on a tablet to leave it: four digits.
pub fn check_leave_pin(digits: &str) -> Result<String> {
    if digits.len() == 4 && digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return Ok(digits.to_owned());
    }
    Err(Error::invalid("leave_pin", "must be four digits"))
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
            let code = new_code(kind.code_signs()).unwrap();
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
