//! What somebody told about a spot, and what was done with the words afterwards.

use crate::demo::curve::At;
use crate::neighbourhoods::themes::Theme;
use crate::pins::{Basis, Effect, Feeling, When};

/// A spot people speak of, the feeling they have there, and what they told.
pub(super) struct Spot {
    pub(super) feeling: Feeling,
    pub(super) radius_m: i64,
    /// How far from the line below a pin may land.
    pub(super) stray_m: f64,
    /// Points of a line along which the pins lie.
    pub(super) along: &'static [At],
    pub(super) told: &'static [Told],
}

/// One remark with what belongs to it.
#[derive(Clone, Copy)]
pub(super) struct Told {
    pub(super) comment: &'static str,
    pub(super) when: &'static [When],
    pub(super) themes: &'static [Theme],
    pub(super) effect: Effect,
    pub(super) basis: Basis,
    pub(super) check: Check,
}

/// What the moderator does with a remark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// As with the rest of its gathering: approved once the gathering has been looked through, else waiting.
    WithGathering,
    /// Waiting, wherever it was said.
    Waiting,
    /// Approved in other words.
    Reworded(&'static str),
    /// Hidden, for this reason.
    Hidden(&'static str),
}

pub(super) const fn told(
    comment: &'static str,
    when: &'static [When],
    themes: &'static [Theme],
    effect: Effect,
) -> Told {
    Told { comment, when, themes, effect, basis: Basis::Own, check: Check::WithGathering }
}

impl Told {
    pub(super) const fn heard(mut self) -> Self {
        self.basis = Basis::Heard;
        self
    }

    pub(super) const fn waiting(mut self) -> Self {
        self.check = Check::Waiting;
        self
    }

    pub(super) const fn reworded(mut self, wording: &'static str) -> Self {
        self.check = Check::Reworded(wording);
        self
    }

    pub(super) const fn hidden(mut self, reason: &'static str) -> Self {
        self.check = Check::Hidden(reason);
        self
    }
}
