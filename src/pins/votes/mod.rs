//! What another participant says to a pin once the gathering is revealed: that they feel so there too, or that they do not.
//!
//! An agreement is one more person at the pin, with its place and feeling; a disagreement is only shown.

pub mod api;
pub mod store;

use crate::id::Id;
use crate::pins::{Pin, Told};
use crate::words;

words! {
    /// What somebody says to a pin of somebody else.
    pub enum Vote { Agree = "agree", Disagree = "disagree" }
}

/// How many say so to a pin.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Votes {
    /// Participants who agree.
    pub agree: i64,
    /// Participants who disagree.
    pub disagree: i64,
}

/// A pin as one who agreed with it is heard: with its place, feeling, reasons and times, without its words and without
/// what its maker does because of it. The pin must name the one who agreed as its participant.
#[must_use]
pub fn agreement(pin: Pin) -> Pin {
    let id = id_of(&pin.id, &pin.told.participant);
    let told = Told { intensity: None, days: Vec::new(), frequency: None, effect: None, ..pin.told };
    Pin { id, told: Told { comment: None, help: None, ..told }, moderated: None, agreed: true, ..pin }
}

/// The id under which the statistics know that a participant agreed with a pin: random, as both of its parts are.
#[must_use]
pub fn id_of(pin: &Id, participant: &Id) -> Id {
    pin.mixed_with(participant)
}
