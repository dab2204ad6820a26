//! Where people feel so: the surface that counts people, and the areas found on it.
//!
//! Everything here is a pure function of the pins of a selection: no pin is drawn, no pin is counted twice. The unit is
//! the distinct participant with an own experience; what was heard from others is never counted. Who agreed with an own
//! pin of somebody else speaks there too, with the pin's feeling.

pub mod api;
pub mod areas;
pub mod bands;
mod blocks;
mod canvas;
pub mod clusters;
pub mod comparison;
mod contour;
pub mod counts;
pub mod dense;
pub mod density;
mod draws;
pub mod explanation;
pub mod findings;
mod footprint;
pub mod gi_star;
pub mod grid;
pub mod heard;
pub mod hexagons;
pub mod hexes;
pub mod index;
pub mod indexes;
pub mod job;
pub mod layers;
mod outline;
mod participants;
mod peaks;
pub mod recent;
mod repeats;
mod sheet;
pub mod side_by_side;
pub mod significance;
pub mod stability;
pub mod surface;
pub mod tier;
pub mod tiles;
pub mod trust;
pub mod watch;

pub use footprint::Footprint;
pub use indexes::Indexes;

use std::sync::Arc;

use geo::MultiPolygon;

use crate::error::{Error, Result};
use crate::neighbourhoods::themes::Theme;
use crate::pins::{Basis, Effect, Feeling, When};
use crate::words;

use explanation::Explanation;
use tier::{Refusal, Tier};

words! {
    /// What a hotspot is: people feel safe there, unsafe, or they differ.
    pub enum Kind { Safe = "safe", Unsafe = "unsafe", Contested = "contested" }
}

/// Version of the method: grows when the same pins would give another answer.
pub const VERSION: &str = "people-surface/2";

/// Fewest people for a map, for a cell to say something, and for a hotspot (people surface, see the library's
/// documentation; five is the usual least group in published local statistics).
pub const MIN_PEOPLE: u32 = 5;
/// Fewest own pins for a map (people surface).
pub const MIN_PINS: usize = 10;
/// Fewest people on each side for a contested area (people surface).
pub const MIN_CONTESTED: f64 = 3.0;
/// A contested area's share of unsafe lies between this and its mirror image (people surface).
pub const CONTESTED_SHARE: f64 = 1.0 / 3.0;
/// Fewest people for a theme or time of a hotspot to be told in the room (people surface, minimum-sample tiers).
pub const MIN_TOLD: u32 = 3;
/// A hotspot reaches down to this part of its peak (people surface: full width at half maximum).
pub const PEAK_PART: f64 = 0.5;
/// The smallest hotspot, in square metres: 0.2 ha (people surface).
pub const MIN_AREA_M2: f64 = 2_000.0;
/// Areas nearer than this to each other are one, in metres (people surface).
pub const MERGE_M: f64 = 75.0;
/// People within this many sigma speak about a cell (people surface).
pub const NEAR_SIGMAS: f64 = 1.5;
/// Weight of the overall share in the share of a cell, in people (people surface; an empirical-Bayes shrinkage as in
/// Marshall, *Mapping disease and mortality rates using empirical Bayes estimators*, Applied Statistics 40, 1991).
pub const SHRINK_PEOPLE: f64 = 2.0;
/// The narrowest and widest kernel, in metres.
pub const SIGMAS_M: std::ops::RangeInclusive<f64> = 25.0..=1000.0;

/// Checks the kernel's width: 25 to 1000 m.
pub fn check_sigma(sigma_m: f64) -> Result<f64> {
    if SIGMAS_M.contains(&sigma_m) {
        return Ok(sigma_m);
    }
    Err(Error::invalid("sigma_m", "must be a number of metres from 25 to 1000"))
}

/// A pin as the statistics see it, in metres of the neighbourhood's plane.
#[derive(Debug, Clone, PartialEq)]
pub struct Spot {
    /// Metres east; of a line or area a point on it.
    pub x: f64,
    /// Metres north.
    pub y: f64,
    /// Whose pin: a number that stands for the participant.
    pub participant: u32,
    /// How it feels.
    pub feeling: Feeling,
    /// Own or heard.
    pub basis: Basis,
    /// What the person does because of it.
    pub effect: Option<Effect>,
    /// Why: a bit for each theme, in the order of their list.
    pub themes: u16,
    /// When: a bit for each word, in the order of their list.
    pub when: u8,
    /// Whether it is a pin of somebody else that the participant agreed with: one more person there, but no more pins.
    pub agreed: bool,
    /// The line or area that is meant; none for a point.
    pub footprint: Option<Arc<Footprint>>,
}

impl Spot {
    /// An own pin of a participant at a point, of which nothing more is told.
    #[must_use]
    pub fn own(participant: u32, x: f64, y: f64, feeling: Feeling) -> Self {
        let basis = Basis::Own;
        Self { x, y, participant, feeling, basis, effect: None, themes: 0, when: 0, agreed: false, footprint: None }
    }

    /// How far a point of the plane is from what is meant, in metres: zero inside an area.
    #[must_use]
    pub fn distance_m(&self, x: f64, y: f64) -> f64 {
        match &self.footprint {
            None => (self.x - x).hypot(self.y - y),
            Some(footprint) => footprint.distance_m(x, y),
        }
    }

    /// The box around what is meant: west, south, east, north, in metres.
    #[must_use]
    pub fn bounds(&self) -> [f64; 4] {
        self.footprint.as_ref().map_or([self.x, self.y, self.x, self.y], |footprint| footprint.bounds())
    }

    /// Whether the pin speaks of unsafety; mixed speaks on both sides.
    #[must_use]
    pub fn says_unsafe(&self) -> bool {
        self.feeling != Feeling::Safe
    }

    /// Whether the pin speaks of safety; mixed speaks on both sides.
    #[must_use]
    pub fn says_safe(&self) -> bool {
        self.feeling != Feeling::Unsafe
    }

    /// Whether it is an own experience, which alone counts.
    #[must_use]
    pub fn is_own(&self) -> bool {
        self.basis == Basis::Own
    }

    /// Whether the pin is about the theme.
    #[must_use]
    pub fn has_theme(&self, theme: Theme) -> bool {
        self.themes & theme_bits(&[theme]) != 0
    }

    /// Whether it feels so then.
    #[must_use]
    pub fn has_when(&self, when: When) -> bool {
        self.when & when_bits(&[when]) != 0
    }
}

/// Packs themes into bits.
#[must_use]
pub fn theme_bits(themes: &[Theme]) -> u16 {
    themes.iter().fold(0, |bits, theme| bits | 1 << *theme as u16)
}

/// Packs times into bits.
#[must_use]
pub fn when_bits(when: &[When]) -> u8 {
    when.iter().fold(0, |bits, when| bits | 1 << *when as u8)
}

/// An area where people feel so.
#[derive(Debug, Clone, PartialEq)]
pub struct Hotspot {
    /// What they feel.
    pub kind: Kind,
    /// The area in degrees of seven decimals, valid and wound as RFC 7946 asks.
    pub shape: MultiPolygon<f64>,
    /// The same in metres on the neighbourhood's plane.
    pub ground: MultiPolygon<f64>,
    /// Distinct participants with an own unsafe or mixed pin in the area grown by half a sigma.
    pub people_unsafe: u32,
    /// Distinct participants with an own safe or mixed pin there.
    pub people_safe: u32,
    /// Distinct participants with an own pin there.
    pub people: u32,
    /// Own pins there.
    pub pins: u32,
    /// Mean of the shrunken share of unsafe over the area.
    pub share_unsafe: f64,
    /// Area, in square metres.
    pub area_m2: f64,
    /// A point inside, longitude and latitude.
    pub centre: (f64, f64),
    /// What they speak of, in people, most first; themes of fewer than three people are left out. In a safe or unsafe
    /// area only the pins of that side are heard.
    pub themes: Vec<(Theme, u32)>,
    /// When it is so, in people, most first; in the same way.
    pub when: Vec<(When, u32)>,
    /// Why people differ here, where they do.
    pub explanation: Option<Explanation>,
}

/// How many speak: the numbers that decide whether there is a map at all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Voices {
    /// Distinct participants with an own pin, or who agreed with one.
    pub people: usize,
    /// Own pins.
    pub pins: usize,
    /// Pins that were only heard.
    pub heard_pins: usize,
}

impl Voices {
    /// Counts the voices of a selection.
    #[must_use]
    pub fn of(spots: &[Spot]) -> Self {
        let pins = spots.iter().filter(|s| s.is_own() && !s.agreed).count();
        Self {
            people: by_person(spots, |spoke: &mut bool, _| *spoke = true).count(),
            pins,
            heard_pins: spots.iter().filter(|s| !s.is_own()).count(),
        }
    }

    /// Whether they are enough for a map: five people and ten pins.
    #[must_use]
    pub fn enough(&self) -> bool {
        self.people >= MIN_PEOPLE as usize && self.pins >= MIN_PINS
    }
}

/// Goes through own pins once and gathers something of each participant who has one; in no order.
fn by_person<T: Clone + Default + PartialEq>(
    spots: &[Spot],
    mut gather: impl FnMut(&mut T, &Spot),
) -> impl Iterator<Item = T> {
    let own = || spots.iter().filter(|s| s.is_own());
    let numbers = own().map(|s| s.participant as usize + 1).max().unwrap_or(0);
    // The numbers of an index leave few gaps; any others are put in order first.
    let order: Vec<u32> = if numbers / 16 <= spots.len() {
        Vec::new()
    } else {
        let mut order: Vec<u32> = own().map(|s| s.participant).collect();
        order.sort_unstable();
        order.dedup();
        order
    };
    let mut all = vec![T::default(); if order.is_empty() { numbers } else { order.len() }];
    for spot in own() {
        let at = if order.is_empty() { Ok(spot.participant as usize) } else { order.binary_search(&spot.participant) };
        if let Some(one) = at.ok().and_then(|at| all.get_mut(at)) {
            gather(one, spot);
        }
    }
    all.into_iter().filter(|one| *one != T::default())
}

/// From how many, when and how something was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Method {
    /// How many speak.
    pub voices: Voices,
    /// What so many allow.
    pub tier: Tier,
    /// Why there is no map; none where there is one.
    pub refused: Option<Refusal>,
    /// Gatherings that the pins come from.
    pub gatherings: usize,
    /// The date of the first of them.
    pub first_day: Option<String>,
    /// The date of the last of them.
    pub last_day: Option<String>,
    /// Width of the kernel, in metres.
    pub sigma_m: f64,
    /// Edge of a cell, in metres.
    pub cell_m: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sigma_has_limits() {
        assert!(check_sigma(25.0).is_ok() && check_sigma(1000.0).is_ok());
        for bad in [24.9, 1000.1, f64::NAN, f64::INFINITY, -100.0] {
            assert_eq!(check_sigma(bad).unwrap_err().field.as_deref(), Some("sigma_m"));
        }
    }

    #[test]
    fn bits_hold_every_word() {
        assert_eq!(theme_bits(Theme::ALL), u16::MAX);
        assert_eq!(when_bits(When::ALL), 0b11_1111);
    }
}
