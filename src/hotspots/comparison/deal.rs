//! Which side each set of pins is on when people are dealt anew.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use super::super::Spot;
use super::super::draws::{Draws, is_set};
use super::super::participants::{Participant, by_pins, in_order};
use super::SEED;

/// One person's pins on one side.
pub(super) type Set<'a> = Vec<&'a Spot>;

/// The sets of pins of both sides, and which of them each deal gives to one of the sides.
///
/// That side is the one with fewer people who are on no other, or the one whose pins come first in order: what is drawn
/// by lot is then the same when the sides are changed.
pub(super) struct Deal<'a> {
    /// The sets of pins: of people on one side only first, then two of each person on both, the one beside the other.
    pub sets: Vec<Set<'a>>,
    /// For each deal the sets of that side; first as it is.
    pub given: Vec<Vec<usize>>,
    /// How many people are on both sides.
    pub pairs: usize,
    /// How many are on one side only.
    singles: usize,
}

impl<'a> Deal<'a> {
    /// Sorts people into those on both sides and those on one.
    pub fn of(a: &'a [Spot], b: &'a [Spot]) -> Self {
        let (of_a, of_b) = (in_order(a), in_order(b));
        let number = |one: &Participant| one.pins[0].participant;
        let by_number: HashMap<u32, &Participant> = of_b.iter().map(|one| (number(one), one)).collect();
        let paired: Vec<(&Participant, &Participant)> =
            of_a.iter().filter_map(|one| by_number.get(&number(one)).map(|other| (one, *other))).collect();
        let is_paired: HashSet<u32> = paired.iter().map(|(one, _)| number(one)).collect();
        let alone = |people: &[Participant<'a>]| -> Vec<Set<'a>> {
            let alone = people.iter().filter(|one| !is_paired.contains(&number(one)));
            alone.map(|one| one.pins.clone()).collect()
        };
        let (mut one, mut other) = (alone(&of_a), alone(&of_b));
        let mut pairs: Vec<[Set; 2]> = paired.iter().map(|(a, b)| [a.pins.clone(), b.pins.clone()]).collect();
        if is_second(&one, &other, &of_a, &of_b) {
            std::mem::swap(&mut one, &mut other);
            for pair in &mut pairs {
                pair.swap(0, 1);
            }
        }
        pairs.sort_by(|p, q| by_pins(&p[0], &q[0]).then_with(|| by_pins(&p[1], &q[1])));
        let mut singles: Vec<(bool, Set)> = one.into_iter().map(|set| (true, set)).collect();
        singles.extend(other.into_iter().map(|set| (false, set)));
        singles.sort_by(|(_, p), (_, q)| by_pins(p, q));
        let mut said: Vec<usize> = (0..singles.len()).filter(|at| singles[*at].0).collect();
        said.extend((0..pairs.len()).map(|at| singles.len() + 2 * at));
        let (count, pair_count) = (singles.len(), pairs.len());
        let sets = singles.into_iter().map(|(_, set)| set).chain(pairs.into_iter().flatten()).collect();
        Self { sets, given: vec![said], pairs: pair_count, singles: count }
    }

    /// Deals so many times: the people on one side exchange sides, those on both turn theirs with a coin.
    pub fn draw(&mut self, deals: usize) {
        let mut draws = Draws::new(SEED);
        let on_this_side = self.given[0].len() - self.pairs;
        let mut bits = vec![0; self.singles.div_ceil(64)];
        for _ in 0..deals {
            draws.choose(on_this_side, self.singles, &mut bits);
            let mut given: Vec<usize> = (0..self.singles).filter(|at| is_set(&bits, *at)).collect();
            given.extend((0..self.pairs).map(|at| self.singles + 2 * at + usize::from(draws.coin())));
            self.given.push(given);
        }
    }
}

/// Whether the second side is the one that deals are told of.
fn is_second(one: &[Set], other: &[Set], of_a: &[Participant], of_b: &[Participant]) -> bool {
    let by_content = || {
        let unlike = of_a.iter().zip(of_b).map(|(a, b)| by_pins(&a.pins, &b.pins)).find(|order| order.is_ne());
        unlike.unwrap_or(Ordering::Equal)
    };
    one.len().cmp(&other.len()).then_with(|| of_a.len().cmp(&of_b.len())).then_with(by_content).is_gt()
}
