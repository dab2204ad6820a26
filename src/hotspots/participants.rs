//! The people behind own pins, in an order that knows neither the order of the pins nor the numbers of participants: what
//! is drawn by lot for them is then the same however the pins were stored.

use std::cmp::Ordering;

use geo::CoordsIter;

use super::{Footprint, Spot};

/// One person and what they pinned.
#[derive(Debug, Clone)]
pub(super) struct Participant<'a> {
    /// Their own pins, in the order of their contents; at least one.
    pub pins: Vec<&'a Spot>,
}

/// Puts the people of own pins in the order of where and how they pinned.
pub(super) fn in_order(spots: &[Spot]) -> Vec<Participant<'_>> {
    let mut own: Vec<&Spot> = spots.iter().filter(|s| s.is_own()).collect();
    own.sort_by(|a, b| a.participant.cmp(&b.participant).then_with(|| by_content(a, b)));
    let each = own.chunk_by(|a, b| a.participant == b.participant);
    let mut people: Vec<Participant> = each.map(|pins| Participant { pins: pins.to_vec() }).collect();
    people.sort_by(|a, b| by_pins(&a.pins, &b.pins));
    people
}

/// Compares what two people pinned.
pub(super) fn by_pins(a: &[&Spot], b: &[&Spot]) -> Ordering {
    let unlike = a.iter().zip(b).map(|(a, b)| by_content(a, b)).find(|order| order.is_ne());
    unlike.unwrap_or_else(|| a.len().cmp(&b.len()))
}

fn by_content(a: &Spot, b: &Spot) -> Ordering {
    a.x.total_cmp(&b.x)
        .then_with(|| a.y.total_cmp(&b.y))
        .then_with(|| a.feeling.cmp(&b.feeling))
        .then_with(|| corners(a).partial_cmp(corners(b)).unwrap_or(Ordering::Equal))
}

/// The corners of a line or area after one that tells which it is; none of a point.
fn corners(spot: &Spot) -> impl Iterator<Item = (f64, f64)> {
    let footprint = spot.footprint.as_deref();
    let (is_area, coords): (f64, Vec<_>) = match footprint {
        None => (0.0, Vec::new()),
        Some(Footprint::Line(line)) => (1.0, line.coords_iter().collect()),
        Some(Footprint::Area(area)) => (2.0, area.coords_iter().collect()),
    };
    std::iter::once((is_area, 0.0)).chain(coords.into_iter().map(|c| (c.x, c.y)))
}

/// How strongly a pin speaks at a point of the plane: `exp(−d²/2σ²)` with d in metres.
pub(super) fn kernel(pin: &Spot, x: f64, y: f64, sigma_m: f64) -> f64 {
    let d2 = match &pin.footprint {
        None => (pin.x - x).powi(2) + (pin.y - y).powi(2),
        Some(footprint) => footprint.distance_m(x, y).powi(2),
    };
    (-0.5 * d2 / (sigma_m * sigma_m)).exp()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pins::{Basis, Feeling};

    fn spot(participant: u32, x: f64, feeling: Feeling) -> Spot {
        Spot::own(participant, x, 0.0, feeling)
    }

    #[test]
    fn neither_numbers_nor_the_order_of_pins_matter() {
        let a = [spot(1, 5.0, Feeling::Safe), spot(1, 2.0, Feeling::Unsafe), spot(2, 2.0, Feeling::Safe)];
        let b = [spot(8, 2.0, Feeling::Safe), spot(3, 2.0, Feeling::Unsafe), spot(3, 5.0, Feeling::Safe)];
        let told = |spots: &[Spot]| -> Vec<Vec<(f64, Feeling)>> {
            in_order(spots).iter().map(|p| p.pins.iter().map(|s| (s.x, s.feeling)).collect()).collect()
        };
        assert_eq!(told(&a), told(&b));
        assert_eq!(told(&a).len(), 2);
        let heard = Spot { basis: Basis::Heard, ..spot(9, 1.0, Feeling::Safe) };
        assert!(in_order(&[heard]).is_empty());
    }
}
