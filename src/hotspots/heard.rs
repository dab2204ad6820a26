//! What a selection says of some ground: people who speak of it, who feel less safe there, and who stay away.

use geo::MultiPolygon;

use super::Spot;
use super::areas::{people, spots_in};
use crate::pins::Effect;

/// Distinct people with an own pin on some ground, exactly counted: whoever tells them sees to it how few may be told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Heard {
    /// All of them.
    pub people: u32,
    /// Those who feel unsafe, or both.
    pub people_unsafe: u32,
    /// Those who go around it, stay away, or come only with others.
    pub people_avoid: u32,
}

impl Heard {
    /// Counts the people whose own pins lie at most so many metres from the ground.
    #[must_use]
    pub fn of(ground: &MultiPolygon<f64>, spots: &[Spot], within_m: f64) -> Self {
        let here = spots_in(ground, spots, within_m);
        let avoids = |spot: &Spot| matches!(spot.effect, Some(Effect::Detour | Effect::Avoid | Effect::Accompanied));
        Self {
            people: people(&here, |_| true),
            people_unsafe: people(&here, Spot::says_unsafe),
            people_avoid: people(&here, avoids),
        }
    }
}
