//! A pin on the curve, and where it is the first of its person.

use super::{DEEPEST, Put};
use crate::pins::Feeling;

/// Which pins are heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// All of them.
    Any,
    /// Those that say unsafe or mixed.
    Unsafe,
    /// Those that say safe or mixed.
    Safe,
}

impl Side {
    pub const ALL: [Self; 3] = [Self::Any, Self::Unsafe, Self::Safe];

    pub fn hears(self, feeling: Feeling) -> bool {
        match self {
            Self::Any => true,
            Self::Unsafe => feeling != Feeling::Safe,
            Self::Safe => feeling != Feeling::Unsafe,
        }
    }
}

/// A pin on the curve, in 16 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Voice {
    /// The number of its smallest square along the curve.
    pub key: u64,
    pub participant: u32,
    pub feeling: Feeling,
    /// By side: from which zoom of squares on it is the first of its person in its square, seen along the curve.
    pub first: [u8; Side::ALL.len()],
}

/// On a side that does not hear the pin.
const NEVER: u8 = u8::MAX;

impl Voice {
    pub fn of(pin: &Put) -> Self {
        let (x, y) = square_at(pin.lon, pin.lat);
        let Put { participant, feeling, .. } = *pin;
        Self { key: interleave(x, y), participant, feeling, first: [NEVER; Side::ALL.len()] }
    }

    /// The sides that hear it.
    pub fn sides(&self) -> impl Iterator<Item = Side> + use<> {
        let feeling = self.feeling;
        Side::ALL.into_iter().filter(move |side| side.hears(feeling))
    }

    /// What the voices of one person are told apart by, in their order: the square and the feeling.
    pub fn place(&self) -> u64 {
        self.key << 2 | self.feeling as u64
    }

    /// What all voices are sorted by.
    pub fn order(&self) -> (u64, u32, Feeling) {
        (self.key, self.participant, self.feeling)
    }
}

/// The square of a [`Voice::place`].
pub fn key(place: u64) -> u64 {
    place >> 2
}

/// The feeling of a [`Voice::place`].
pub fn feeling(place: u64) -> Feeling {
    Feeling::ALL[(place & 3) as usize % Feeling::ALL.len()]
}

/// The [`Voice::order`] of a person's voice at a place.
pub fn order(place: u64, participant: u32) -> (u64, u32, Feeling) {
    (key(place), participant, feeling(place))
}

/// From which zoom of squares on a voice is in another square than the voice of that person before it.
pub fn mark(before: Option<u64>, key: u64) -> u8 {
    let Some(before) = before else { return 0 };
    let differs = u64::BITS - (before ^ key).leading_zeros();
    // Two bits a zoom.
    DEEPEST + 1 - u8::try_from(differs.div_ceil(2)).unwrap_or(DEEPEST)
}

/// The column and row of the smallest square that a position in degrees lies in, on the Web Mercator map of the world;
/// beyond the map's edge at 85° that at the edge.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the map")]
fn square_at(lon: f64, lat: f64) -> (u32, u32) {
    let side = f64::from(1_u32 << DEEPEST);
    let sin = lat.to_radians().sin();
    let y = 0.5 - ((1.0 + sin) / (1.0 - sin)).ln() / (4.0 * std::f64::consts::PI);
    let square = |part: f64| (part * side).clamp(0.0, side - 1.0) as u32;
    (square(lon / 360.0 + 0.5), square(y))
}

/// The bits of a column and a row in turn, those of the column below: a number along the curve.
pub fn interleave(x: u32, y: u32) -> u64 {
    spread(x) | spread(y) << 1
}

/// The column and row of a square in its tile from its number along the curve.
pub fn part(at: u32) -> (u8, u8) {
    let every_second = |bits: u32| (0..4).fold(0, |n, bit| n | (u8::from(bits >> (2 * bit) & 1 == 1)) << bit);
    (every_second(at), every_second(at >> 1))
}

/// Puts a zero before each bit.
fn spread(n: u32) -> u64 {
    let mut n = u64::from(n);
    for (shift, mask) in [
        (16, 0x0000_ffff_0000_ffff),
        (8, 0x00ff_00ff_00ff_00ff),
        (4, 0x0f0f_0f0f_0f0f_0f0f),
        (2, 0x3333_3333_3333_3333),
        (1, 0x5555_5555_5555_5555),
    ] {
        n = (n | n << shift) & mask;
    }
    n
}
