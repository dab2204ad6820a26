//! Pins by which a person says the same again.

use super::Spot;

/// A person's pins of one feeling nearer than this to each other are one, in metres.
pub const REPEAT_M: f64 = 50.0;

/// The own pins that speak, without those by which a person says the same again within 50 m.
///
/// A person's pins of one feeling are walked from west to east, and from south to north where they are as far east; a pin
/// is left out where one that was kept lies nearer than 50 m. What is left is the same in whatever order the pins come,
/// and comes back in that order: by easting, northing and feeling. Of a line or an area the one point counts.
#[must_use]
pub fn without_repeats(spots: &[Spot], says: impl Fn(&Spot) -> bool) -> Vec<&Spot> {
    let mut pins: Vec<&Spot> = spots.iter().filter(|s| s.is_own() && says(s)).collect();
    let place = |a: &Spot, b: &Spot| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y));
    pins.sort_unstable_by(|a, b| (a.participant, a.feeling).cmp(&(b.participant, b.feeling)).then_with(|| place(a, b)));
    let mut kept: Vec<&Spot> = Vec::with_capacity(pins.len());
    for same in pins.chunk_by(|a, b| (a.participant, a.feeling) == (b.participant, b.feeling)) {
        let from = kept.len();
        for pin in same {
            let mut near = kept[from..].iter().rev().take_while(|other| pin.x - other.x < REPEAT_M);
            if !near.any(|other| (pin.x - other.x).hypot(pin.y - other.y) < REPEAT_M) {
                kept.push(pin);
            }
        }
    }
    kept.sort_unstable_by(|a, b| place(a, b).then_with(|| (a.feeling, a.participant).cmp(&(b.feeling, b.participant))));
    kept
}

#[cfg(test)]
mod tests;
