//! What the slower statistics say of the hotspots: whether they can be chance, and whether they would stay.

use super::significance::{Cell, Verdict};
use super::stability::Stable;
use crate::words;

words! {
    /// Which test was used.
    pub enum TestedBy { WithinParticipant = "within_participant", Hexes = "hexes" }
}

/// From so many people on, the test of hexagons takes the place of shuffling.
pub const MANY_PEOPLE: usize = 2_000;

/// How far one can trust what was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Trust {
    /// What stands out, by cell of the surface that was tested.
    pub cells: Vec<Cell>,
    /// Of each hotspot, in their order.
    pub hotspots: Vec<Trusted>,
}

/// How far one can trust a hotspot.
#[derive(Debug, Clone, PartialEq)]
pub struct Trusted {
    /// Whether it can be chance.
    pub verdict: Verdict,
    /// Whether it would be there with other people of the same neighbourhood.
    pub stable: Stable,
}

impl TestedBy {
    /// The test for so many people.
    #[must_use]
    pub fn of(people: usize) -> Self {
        if people > MANY_PEOPLE { Self::Hexes } else { Self::WithinParticipant }
    }
}
