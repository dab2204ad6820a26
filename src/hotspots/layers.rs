//! Counts of people and pins by square, at every zoom of the map, where there are too many pins to draw.
//!
//! The pins stand sorted along a Z-order curve (Morton, *A computer oriented geodetic data base*, 1966), on which every
//! square of every zoom is one run. Distinct people of a square need no set of them: each pin knows the coarsest zoom at
//! which it is the first of its person in its square, seen along the curve; counting those is counting people. A pin that
//! comes or goes changes its own mark and that of the person's next one.

mod voices;

use std::collections::HashMap;

use crate::pins::Feeling;
use voices::{Side, Voice, mark};

use super::{MIN_PEOPLE, Voices};

/// The deepest zoom of tiles that have counts.
pub const DEEPEST_TILE: u8 = 16;
/// A tile is cut into so many squares each way, 2 to the power of 4.
pub const SQUARES: u8 = 1 << TILE_BITS;
const TILE_BITS: u8 = 4;
/// The zoom of the smallest squares, of some 24 m in Belgium.
const DEEPEST: u8 = DEEPEST_TILE + TILE_BITS;
/// A block is split where it would hold more voices than this.
const BLOCK: usize = 1024;
/// And is filled so far when many come at once.
const FILL: usize = 896;

/// An own pin as the layers see it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Put {
    /// Degrees east.
    pub lon: f64,
    /// Degrees north.
    pub lat: f64,
    /// A number that stands for the participant.
    pub participant: u32,
    /// How it feels.
    pub feeling: Feeling,
    /// Whether it is somebody else's pin that the participant agreed with.
    pub agreed: bool,
}

/// A square of a tile in which somebody speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Square {
    /// Squares from the tile's western edge.
    pub col: u8,
    /// Squares from the tile's northern edge.
    pub row: u8,
    /// What is told of it; none where fewer than five people speak.
    pub tally: Option<Tally>,
}

/// How many speak in a square.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Distinct participants.
    pub people: u32,
    /// Those with a pin that says unsafe or mixed.
    pub people_unsafe: u32,
    /// Those with a pin that says safe or mixed.
    pub people_safe: u32,
    /// Pins and agreements by feeling, in the order of the words: safe, unsafe, mixed.
    pub pins: [u32; 3],
}

/// The own pins of a neighbourhood, ready to be counted by square; some 25 bytes a pin.
#[derive(Debug, Default)]
pub struct Layers {
    /// Every voice in the order of the curve, in blocks none of which is empty.
    blocks: Vec<Vec<Voice>>,
    /// Who has voices, sorted, with where theirs begin in `places`; as they were when many came at once.
    people: Vec<(u32, u32)>,
    places: Vec<u64>,
    /// The places of people who came, or whose pins changed, since.
    changed: HashMap<u32, Vec<u64>>,
    /// How many people have voices.
    speaking: usize,
    /// How many of the voices agreed with somebody else's pin.
    agreed: usize,
}

impl Layers {
    /// Layers without a pin.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Layers of many pins at once, much faster than one by one.
    #[must_use]
    pub fn of(pins: impl IntoIterator<Item = Put>) -> Self {
        let mut layers = Self::new();
        let mut voice = |pin: Put| {
            layers.agreed += usize::from(pin.agreed);
            Voice::of(&pin)
        };
        let mut voices: Vec<Voice> = pins.into_iter().map(&mut voice).collect();
        voices.sort_unstable_by_key(Voice::order);
        let by_person = |(voice, at): (&Voice, u64)| u64::from(voice.participant) << 32 | at;
        let mut by_person: Vec<u64> = voices.iter().zip(0..).map(by_person).collect();
        by_person.sort_unstable();
        layers.places.reserve_exact(voices.len());
        for voices_of_one in by_person.chunk_by(|a, b| a >> 32 == b >> 32) {
            let mut before = [None; Side::ALL.len()];
            for entry in voices_of_one {
                #[expect(clippy::cast_possible_truncation, reason = "the lower half")]
                let voice = &mut voices[*entry as u32 as usize];
                if before[0].is_none() {
                    layers.people.push((voice.participant, count(layers.places.len())));
                }
                for side in voice.sides() {
                    voice.first[side as usize] = mark(before[side as usize].replace(voice.key), voice.key);
                }
                layers.places.push(voice.place());
            }
        }
        layers.speaking = layers.people.len();
        layers.blocks = voices.chunks(FILL).map(block).collect();
        layers
    }

    /// How many pins and agreements there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.blocks.iter().map(Vec::len).sum()
    }

    /// Whether there is no pin.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// How many speak; heard pins have no place here.
    #[must_use]
    pub fn voices(&self) -> Voices {
        Voices { people: self.speaking, pins: self.len() - self.agreed, heard_pins: 0 }
    }

    /// Adds a pin to every zoom.
    pub fn add(&mut self, pin: &Put) {
        let mut voice = Voice::of(pin);
        let places = self.places_of(pin.participant);
        let at = places.partition_point(|place| *place <= voice.place());
        let mut next = [None; Side::ALL.len()];
        for side in voice.sides() {
            let (before, after) = neighbours(places, at, side);
            voice.first[side as usize] = mark(before.map(voices::key), voice.key);
            next[side as usize] = after;
        }
        let is_new = places.is_empty();
        places.insert(at, voice.place());
        self.agreed += usize::from(pin.agreed);
        self.speaking += usize::from(is_new);
        for (side, next) in next.into_iter().enumerate() {
            self.set_first(pin.participant, side, next, Some(voice.key));
        }
        self.insert(voice);
    }

    /// Takes out a pin; says whether there was one. A person's pins of one feeling in a smallest square are the same.
    pub fn remove(&mut self, pin: &Put) -> bool {
        let voice = Voice::of(pin);
        let places = self.places_of(pin.participant);
        let Some(at) = places.partition_point(|place| *place <= voice.place()).checked_sub(1) else { return false };
        if places[at] != voice.place() {
            return false;
        }
        places.remove(at);
        let is_gone = places.is_empty();
        let beside = Side::ALL.map(|side| side.hears(voice.feeling).then(|| neighbours(places, at, side)));
        for (side, beside) in beside.into_iter().enumerate() {
            let (before, next) = beside.unwrap_or_default();
            self.set_first(pin.participant, side, next, before.map(voices::key));
        }
        self.speaking -= usize::from(is_gone);
        self.agreed -= usize::from(pin.agreed);
        // Of pins that are the same in all, the last is no first of anything.
        let (block, end) = self.locate(|other| other.order() <= voice.order());
        let (block, at) = if end == 0 { (block - 1, self.blocks[block - 1].len() - 1) } else { (block, end - 1) };
        self.blocks[block].remove(at);
        if self.blocks[block].is_empty() {
            self.blocks.remove(block);
        }
        true
    }

    /// The squares of a tile in which somebody speaks, 16 each way; none below zoom 16 or off the map. The cost is that
    /// of the pins in the tile, a few nanoseconds each.
    #[must_use]
    pub fn squares(&self, zoom: u8, x: u32, y: u32) -> Vec<Square> {
        if zoom > DEEPEST_TILE || x >> zoom != 0 || y >> zoom != 0 {
            return Vec::new();
        }
        let (tile_bits, square_bits) = (2 * (DEEPEST - zoom), 2 * (DEEPEST_TILE - zoom));
        let (from, until) = (voices::interleave(x, y) << tile_bits, (voices::interleave(x, y) + 1) << tile_bits);
        let mut tallies = [Tally::default(); 1 << (2 * TILE_BITS)];
        let (block, at) = self.locate(|voice| voice.key < from);
        let blocks = self.blocks.iter().skip(block).enumerate();
        let voices = blocks.flat_map(|(later, block)| &block[if later == 0 { at } else { 0 }..]);
        for voice in voices.take_while(|voice| voice.key < until) {
            #[expect(clippy::cast_possible_truncation, reason = "the eight bits within the tile")]
            let square = (voice.key >> square_bits) as u8;
            tallies[usize::from(square)].add(voice, zoom + TILE_BITS);
        }
        let square = |(at, tally): (u32, Tally)| {
            let (col, row) = voices::part(at);
            (tally.pins != [0; 3]).then(|| Square { col, row, tally: (tally.people >= MIN_PEOPLE).then_some(tally) })
        };
        (0..).zip(tallies).filter_map(square).collect()
    }

    /// A person's places in their order.
    fn places_of(&mut self, participant: u32) -> &mut Vec<u64> {
        let (people, places) = (&self.people, &self.places);
        self.changed.entry(participant).or_insert_with(|| {
            let Ok(at) = people.binary_search_by_key(&participant, |(person, _)| *person) else { return Vec::new() };
            let end = people.get(at + 1).map_or(places.len(), |(_, next)| *next as usize);
            places[people[at].1 as usize..end].to_vec()
        })
    }

    /// Marks from which zoom on a person's pin is their first in its square.
    fn set_first(&mut self, participant: u32, side: usize, place: Option<u64>, before: Option<u64>) {
        let Some(place) = place else { return };
        let (block, at) = self.locate(|voice| voice.order() < voices::order(place, participant));
        if let Some(voice) = self.blocks.get_mut(block).and_then(|block| block.get_mut(at)) {
            voice.first[side] = mark(before, voice.key);
        }
    }

    fn insert(&mut self, voice: Voice) {
        let (mut block, mut at) = self.locate(|other| other.order() <= voice.order());
        if block == self.blocks.len() {
            let Some(last) = self.blocks.last() else { return self.blocks.push(self::block(&[voice])) };
            (block, at) = (block - 1, last.len());
        }
        if self.blocks[block].len() == BLOCK {
            let half = self::block(&self.blocks[block][BLOCK / 2..]);
            self.blocks[block].truncate(BLOCK / 2);
            self.blocks.insert(block + 1, half);
            if at > BLOCK / 2 {
                (block, at) = (block + 1, at - BLOCK / 2);
            }
        }
        self.blocks[block].insert(at, voice);
    }

    /// The block and the place in it of the first voice that is not before; the end where all are.
    fn locate(&self, is_before: impl Fn(&Voice) -> bool) -> (usize, usize) {
        let block = self.blocks.partition_point(|block| block.last().is_some_and(&is_before));
        (block, self.blocks.get(block).map_or(0, |block| block.partition_point(is_before)))
    }
}

impl Tally {
    fn add(&mut self, voice: &Voice, zoom: u8) {
        let is_first = |side: Side| u32::from(voice.first[side as usize] <= zoom);
        self.people += is_first(Side::Any);
        self.people_unsafe += is_first(Side::Unsafe);
        self.people_safe += is_first(Side::Safe);
        self.pins[voice.feeling as usize] += 1;
    }
}

/// A block with room for more.
fn block(voices: &[Voice]) -> Vec<Voice> {
    let mut block = Vec::with_capacity(BLOCK);
    block.extend_from_slice(voices);
    block
}

/// The places before and from `at` on that speak on a side.
fn neighbours(places: &[u64], at: usize, side: Side) -> (Option<u64>, Option<u64>) {
    let speaks = |place: &&u64| side.hears(voices::feeling(**place));
    (places[..at].iter().rev().find(speaks).copied(), places[at..].iter().find(speaks).copied())
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
