//! What so many people allow: the minimum-sample tiers.
//!
//! | distinct people | allowed |
//! | --- | --- |
//! | under 5, or under 10 pins | nothing |
//! | 5–14 | the people surface |
//! | 15–29 | also the test of hotspots |
//! | 30–59 | also why a place is contested, day and dark, two groups of 15 side by side |
//! | 60 and more | also the test between groups of 30, and between rounds |
//! | 10,000 and more | differences must be large besides: small ones become significant by themselves |
//!
//! A place where both sides speak is drawn as contested from the first step on, for to draw one side alone would be wrong.

use super::Voices;
use crate::pins::selection::Selection;
use crate::words;

words! {
    /// How many people speak, in steps that allow more and more.
    pub enum Tier {
        None = "none", First = "first", Small = "small", Usual = "usual", Groups = "groups", City = "city"
    }
}

words! {
    /// What may be shown.
    pub enum Allowed {
        Surface = "surface", Test = "test", Contested = "contested", DayNight = "day_night",
        SideBySide = "side_by_side", GroupTest = "group_test", Rounds = "rounds"
    }
}

words! {
    /// Why a selection has no map.
    pub enum Why {
        TooFewVoices = "too_few_voices", GroupTooSmall = "group_too_small", TooFewForTimes = "too_few_for_times",
        TooManyFields = "too_many_fields"
    }
}

/// Why a selection has no map, and how many people it would need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal {
    /// The reason.
    pub why: Why,
    /// Distinct people that would do; none where people are not what is lacking.
    pub needs: Option<usize>,
}

/// Fewest people of a group for a map of it, and on each side of a comparison.
pub const MIN_GROUP: usize = 15;
/// Fewest people for contested places and for times of day.
pub const MIN_TIMES: usize = 30;
/// Fewest people on each side for a test between groups.
pub const MIN_TESTED_GROUP: usize = 30;
/// At most so many of age, gender and role are crossed.
pub const MAX_FIELDS: usize = 2;

impl Tier {
    /// The step that so many voices stand on.
    #[must_use]
    pub fn of(voices: &Voices) -> Self {
        match voices.people {
            _ if !voices.enough() => Self::None,
            ..15 => Self::First,
            15..30 => Self::Small,
            30..60 => Self::Usual,
            60..10_000 => Self::Groups,
            _ => Self::City,
        }
    }

    /// Whether this step allows it.
    #[must_use]
    pub fn allows(self, what: Allowed) -> bool {
        let from = match what {
            Allowed::Surface => Self::First,
            Allowed::Test => Self::Small,
            Allowed::Contested | Allowed::DayNight | Allowed::SideBySide => Self::Usual,
            Allowed::GroupTest | Allowed::Rounds => Self::Groups,
        };
        self as u8 >= from as u8
    }

    /// Everything that this step allows.
    #[must_use]
    pub fn allowed(self) -> Vec<Allowed> {
        Allowed::ALL.iter().copied().filter(|what| self.allows(*what)).collect()
    }
}

impl Refusal {
    /// Why a selection of these voices has no map; none where it has one. `at_any_time` are the voices of the same
    /// selection whatever the time of day.
    #[must_use]
    pub fn of(selection: &Selection, voices: &Voices, at_any_time: impl FnOnce() -> Voices) -> Option<Self> {
        let refused = |why, needs| Some(Self { why, needs: Some(needs) });
        if selection.who_fields() > MAX_FIELDS {
            return Some(Self { why: Why::TooManyFields, needs: None });
        }
        if !voices.enough() {
            return refused(Why::TooFewVoices, super::MIN_PEOPLE as usize);
        }
        if selection.who_fields() > 0 && voices.people < MIN_GROUP {
            return refused(Why::GroupTooSmall, MIN_GROUP);
        }
        if selection.names_times() && at_any_time().people < MIN_TIMES {
            return refused(Why::TooFewForTimes, MIN_TIMES);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn voices(people: usize) -> Voices {
        Voices { people, pins: people * 3, heard_pins: 0 }
    }

    fn selection(query: &[(&str, &str)]) -> Selection {
        let pairs: Vec<(String, String)> = query.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        Selection::parse(&pairs, &[]).unwrap().0
    }

    fn why(query: &[(&str, &str)], people: usize, everyone: usize) -> Option<Why> {
        Refusal::of(&selection(query), &voices(people), || voices(everyone)).map(|refusal| refusal.why)
    }

    #[test]
    fn each_step_allows_what_the_last_one_did_and_more() {
        let steps = [4, 5, 14, 15, 29, 30, 59, 60, 9_999, 10_000].map(|people| Tier::of(&voices(people)));
        let expected = [
            Tier::None,
            Tier::First,
            Tier::First,
            Tier::Small,
            Tier::Small,
            Tier::Usual,
            Tier::Usual,
            Tier::Groups,
            Tier::Groups,
            Tier::City,
        ];
        assert_eq!(steps, expected);
        let many: Vec<usize> = Tier::ALL.iter().map(|tier| tier.allowed().len()).collect();
        assert_eq!(many, [0, 1, 2, 5, 7, 7]);
        assert_eq!(Tier::of(&Voices { people: 20, pins: 9, heard_pins: 50 }), Tier::None);
    }

    #[test]
    fn what_is_too_little_is_refused_with_its_reason() {
        assert_eq!(why(&[], 5, 5), None);
        assert_eq!(why(&[], 4, 4), Some(Why::TooFewVoices));
        assert_eq!(why(&[("gender", "woman")], 14, 60), Some(Why::GroupTooSmall));
        assert_eq!(why(&[("gender", "woman"), ("age", "65_plus")], 15, 60), None);
        let three = [("gender", "woman"), ("age", "65_plus"), ("role", "resident")];
        assert_eq!(why(&three, 500, 500), Some(Why::TooManyFields));
        assert_eq!(why(&[("when", "dark")], 12, 29), Some(Why::TooFewForTimes));
        assert_eq!(why(&[("when", "dark")], 12, 30), None);
    }
}
