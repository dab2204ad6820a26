//! Whose pins may reach the same cells, and which lie alone.

use std::ops::Range;

use super::brush::{Brush, whole};
use super::window::Window;
use crate::hotspots::Spot;

/// Up to so many pins of one person are looked at for whether they lie alone.
const FEW: usize = 24;

/// The own pins, those of one person side by side.
pub(super) fn by_person(spots: &[Spot]) -> Vec<&Spot> {
    let mut own: Vec<&Spot> = spots.iter().filter(|s| s.is_own()).collect();
    own.sort_unstable_by_key(|s| s.participant);
    own
}

/// Pins of one person that may reach the same cells.
pub(super) struct Cluster {
    /// Where they lie, row by row: whoever paints in this order finds the cells still at hand.
    pub(super) place: (i64, i64),
    pub(super) pins: Range<usize>,
}

/// Parts what does not touch, and puts side by side what lies near; the pins of one person come as one run.
pub(super) fn clusters(own: &mut [&Spot], brush: &Brush) -> Vec<Cluster> {
    /// Rows that are painted together.
    const BAND: f64 = 8.0;
    let gap_m = 2.0 * (brush.reach + 1) as f64 * brush.cell_m;
    let touch = |a: &Spot, b: &Spot| {
        let (a, b) = (a.bounds(), b.bounds());
        a[0] <= b[2] + gap_m && b[0] <= a[2] + gap_m && a[1] <= b[3] + gap_m && b[1] <= a[3] + gap_m
    };
    let mut clusters = Vec::new();
    let mut start = 0;
    for person in own.chunk_by_mut(|a, b| a.participant == b.participant) {
        let mut from = 0;
        while from < person.len() {
            let mut to = if person.len() > FEW { person.len() } else { from + 1 };
            let mut at = from;
            while at < to && to < person.len() {
                let rest = to..person.len();
                for other in rest {
                    if touch(person[at], person[other]) {
                        person.swap(to, other);
                        to += 1;
                    }
                }
                at += 1;
            }
            let (x, y) = (person[from].x / brush.cell_m, person[from].y / (BAND * brush.cell_m));
            clusters.push(Cluster { place: (whole(y.floor()), whole(x.floor())), pins: start + from..start + to });
            from = to;
        }
        start += person.len();
    }
    clusters.sort_unstable_by_key(|cluster| cluster.place);
    clusters
}

/// The sides on which a pin speaks (0 unsafe, 1 safe), and whether it lies alone on that side.
pub(super) fn sides(pin: &Spot, alone: Alone) -> impl Iterator<Item = (usize, bool)> {
    [(pin.says_unsafe(), 0), (pin.says_safe(), 1)]
        .into_iter()
        .filter(|(says, _)| *says)
        .map(move |(_, side)| (side, alone.sides[side]))
}

/// Where no other pin of the person is about the same cells.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Alone {
    pub(super) sides: [bool; 2],
    pub(super) near: bool,
}

impl Alone {
    pub(super) fn of(pins: &[&Spot], spans: &[Window], i: usize) -> Self {
        if pins.len() > FEW || pins[i].footprint.is_some() {
            return Self::default();
        }
        let mut alone = Self { sides: [true; 2], near: true };
        for (j, other) in pins.iter().enumerate() {
            if i != j && spans[i].meets(&spans[j]) {
                alone.sides[0] &= !other.says_unsafe();
                alone.sides[1] &= !other.says_safe();
                alone.near = false;
            }
        }
        alone
    }
}
