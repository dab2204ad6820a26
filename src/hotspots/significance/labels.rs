//! What each person says under each shuffle: their own labels safe and unsafe, dealt anew over their own pins.

use std::collections::HashMap;

use super::super::Spot;
use super::super::draws::{Draws, set};
use super::super::participants::Participant;
use crate::pins::Feeling;

/// So many safe and unsafe pins of one person are shuffled. Of more, so many are taken at even steps through the order of
/// their places, without a look at what they say: the labels of those that are left are as exchangeable as before, so the
/// test stays exact, and so many pins lie so close that where the others lay makes no difference.
pub(super) const MOST_PINS: usize = 4096;

/// One person's pins, with what they say under each shuffle.
pub(super) struct Speaker<'a> {
    /// The pins that speak on both sides, whatever is shuffled.
    pub mixed: Vec<&'a Spot>,
    /// The pins whose labels are shuffled.
    pub pins: Vec<&'a Spot>,
    /// How many of them say unsafe.
    pub says_unsafe: usize,
    /// The different ways in which their labels lie: a bit per pin that says unsafe, in words of 64.
    pub ways: Vec<Vec<u64>>,
    /// Which of these ways each shuffle has; first what was said.
    pub way_of: Vec<usize>,
}

impl<'a> Speaker<'a> {
    /// Deals the labels of a person so many times.
    pub fn new(person: &Participant<'a>, shuffles: usize, draws: &mut Draws) -> Self {
        let (mixed, all): (Vec<_>, Vec<_>) = person.pins.iter().partition(|s| s.feeling == Feeling::Mixed);
        let pins: Vec<&Spot> = match all.len() {
            few @ ..=MOST_PINS => all[..few].to_vec(),
            many => (0..MOST_PINS).map(|i| all[i * many / MOST_PINS]).collect(),
        };
        let mut said = vec![0; pins.len().div_ceil(64).max(1)];
        for at in (0..pins.len()).filter(|at| pins[*at].feeling == Feeling::Unsafe) {
            set(&mut said, at);
        }
        let says_unsafe = pins.iter().filter(|s| s.feeling == Feeling::Unsafe).count();
        let mut speaker = Self { mixed, pins, says_unsafe, ways: vec![said.clone()], way_of: vec![0; shuffles + 1] };
        if speaker.is_fixed() {
            return speaker;
        }
        let (mut dealt, mut known) = (said.clone(), HashMap::from([(said, 0)]));
        for way in &mut speaker.way_of[1..] {
            draws.choose(says_unsafe, speaker.pins.len(), &mut dealt);
            *way = known.get(&dealt).copied().unwrap_or(speaker.ways.len());
            if *way == speaker.ways.len() {
                known.insert(dealt.clone(), *way);
                speaker.ways.push(dealt.clone());
            }
        }
        speaker
    }

    /// Whether no shuffle changes what they say, because all their pins say the same.
    pub fn is_fixed(&self) -> bool {
        self.says_unsafe == 0 || self.says_unsafe == self.pins.len()
    }
}
