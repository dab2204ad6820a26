//! The surfaces of every shuffle at a few cells at a time, so that all of it stays near the processor.

use super::super::Spot;
use super::super::blocks::{LANES, Lane};
use super::super::draws::is_set;
use super::super::participants::kernel;
use super::super::surface::Surface;
use super::labels::Speaker;
use crate::hotspots::SHRINK_PEOPLE;

const NOBODY: Lane = [0.0; LANES];
/// A pin that speaks less than this at every cell of a block is not heard there.
const UNHEARD: f32 = 1e-7;
/// Pins whose choices are laid out in one table of two to this power.
const TABLE_PINS: usize = 7;
/// A person with more pins than this is asked cell by cell.
const FEW_PINS: usize = 64;
/// What more ways than this add is not kept for the whole block, so that the others' stays near the processor.
const FEW_WAYS: usize = 128;

/// The strongest pin of every choice of a few of a person's pins.
struct Table {
    /// Where the pins' bits begin.
    shift: usize,
    mask: usize,
    choices: Vec<Lane>,
}

impl Table {
    /// Lays out the choices of pins from the bit `shift` on; no choice is weaker than `least`.
    fn new(shift: usize, pins: &[Lane], least: &Lane) -> Self {
        let mut choices = Vec::with_capacity(1 << pins.len());
        choices.push(*least);
        for pin in pins {
            for without in 0..choices.len() {
                choices.push(stronger(&choices[without], pin));
            }
        }
        Self { shift, mask: choices.len() - 1, choices }
    }

    #[expect(clippy::cast_possible_truncation, reason = "masked to a few bits")]
    fn of(&self, bits: u64) -> &Lane {
        &self.choices[(bits >> self.shift) as usize & self.mask]
    }
}

fn stronger(a: &Lane, b: &Lane) -> Lane {
    let mut most = *a;
    for (most, b) in most.iter_mut().zip(b) {
        *most = if *most > *b { *most } else { *b };
    }
    most
}

/// A person heard in a block: what each way of their labels adds to both surfaces.
struct Heard<'a> {
    way_of: &'a [usize],
    adds: Vec<Sides>,
}

impl<'a> Heard<'a> {
    /// Lays out the ways of a person's labels; none where they are not heard in the block.
    fn new(surface: &Surface, speaker: &'a Speaker<'a>, mixed: &Lane, cells: &[usize]) -> Option<Self> {
        let pins: Vec<Lane> = speaker.pins.iter().map(|pin| speaks(surface, pin, cells)).collect();
        if !is_heard(mixed) && !pins.iter().any(is_heard) {
            return None;
        }
        let tables = pins.chunks(TABLE_PINS).zip((0..).step_by(TABLE_PINS));
        let tables: Vec<Table> = tables.map(|(pins, shift)| Table::new(shift, pins, mixed)).collect();
        let strongest = |bits: u64| tables.iter().fold(NOBODY, |most, table| stronger(&most, table.of(bits)));
        let adds = speaker.ways.iter().map(|way| Sides::of(&strongest(way[0]), &strongest(!way[0]))).collect();
        Some(Self { way_of: &speaker.way_of, adds })
    }
}

/// Lanes that the processor adds up at once: the sums of both sides then stay in its registers.
const STEP: usize = 16;

/// What is added to the surface of unsafe, and to that of safe: for a few lanes the one, then the other, and so on.
#[derive(Clone, Copy)]
struct Sides([f32; 2 * LANES]);

impl Sides {
    const NOBODY: Self = Self([0.0; 2 * LANES]);

    fn of(people_unsafe: &Lane, people_safe: &Lane) -> Self {
        let mut sides = Self::NOBODY;
        for lane in 0..LANES {
            let [says_unsafe, says_safe] = sides.at(lane);
            (*says_unsafe, *says_safe) = (people_unsafe[lane], people_safe[lane]);
        }
        sides
    }

    /// What says unsafe and what says safe at a lane.
    fn at(&mut self, lane: usize) -> [&mut f32; 2] {
        let (says_unsafe, says_safe) = self.0[lane / STEP * 2 * STEP..][..2 * STEP].split_at_mut(STEP);
        [&mut says_unsafe[lane % STEP], &mut says_safe[lane % STEP]]
    }

    fn add(&mut self, more: &Self) {
        for (sum, more) in self.0.iter_mut().zip(&more.0) {
            *sum += more;
        }
    }

    /// The lanes that are added up at once: those that say unsafe, then those that say safe.
    fn steps(&self) -> &[[f32; 2 * STEP]] {
        self.0.as_chunks().0
    }
}

/// Room for the shuffles of one block after the other.
pub(super) struct Bench {
    people: Vec<Sides>,
    shares: Vec<Lane>,
}

impl Bench {
    /// Room for so many shuffles and what was said.
    pub fn new(shuffles: usize) -> Self {
        Self { people: vec![Sides::NOBODY; shuffles + 1], shares: vec![NOBODY; shuffles + 1] }
    }

    /// The shrunken share of unsafe at each cell, under what was said and then under each shuffle.
    pub fn shares(&mut self, surface: &Surface, speakers: &[Speaker], cells: &[usize]) -> &[Lane] {
        self.people.fill(Sides::NOBODY);
        let (mut fixed, mut heard) = (Sides::NOBODY, Vec::new());
        for speaker in speakers {
            let mixed = strongest(surface, &speaker.mixed, cells);
            if speaker.is_fixed() {
                let both = stronger(&mixed, &strongest(surface, &speaker.pins, cells));
                let is_unsafe = speaker.says_unsafe > 0;
                fixed.add(&if is_unsafe { Sides::of(&both, &mixed) } else { Sides::of(&mixed, &both) });
            } else if speaker.pins.len() > FEW_PINS {
                self.ask(surface, speaker, &mixed, cells);
            } else if let Some(one) = Heard::new(surface, speaker, &mixed, cells) {
                if one.adds.len() <= FEW_WAYS {
                    heard.push(one);
                } else {
                    for (people, way) in self.people.iter_mut().zip(one.way_of) {
                        people.add(&one.adds[*way]);
                    }
                }
            }
        }
        #[expect(clippy::cast_possible_truncation, reason = "single precision is enough here")]
        let (towards, shrink) = ((SHRINK_PEOPLE * surface.overall_share) as f32, SHRINK_PEOPLE as f32);
        for (shuffle, (people, shares)) in self.people.iter_mut().zip(&mut self.shares).enumerate() {
            people.add(&fixed);
            for (step, (sums, shares)) in people.steps().iter().zip(shares.as_chunks_mut::<STEP>().0).enumerate() {
                let mut sums = *sums;
                for one in &heard {
                    let more = &one.adds[one.way_of[shuffle]].steps()[step];
                    for (sum, more) in sums.iter_mut().zip(more) {
                        *sum += more;
                    }
                }
                for lane in 0..STEP {
                    shares[lane] = (sums[lane] + towards) / (sums[lane] + sums[STEP + lane] + shrink);
                }
            }
        }
        &self.shares
    }

    /// Adds a person with very many pins: at each cell the nearest pin that says so.
    fn ask(&mut self, surface: &Surface, speaker: &Speaker, mixed: &Lane, cells: &[usize]) {
        let pins = speaker.pins.len();
        // As many looks as pins say it, or as many as it takes from the nearest on until one does: whichever is less.
        let is_rare = |say: usize| say * say <= pins;
        let (rarely_unsafe, rarely_safe) = (is_rare(speaker.says_unsafe), is_rare(pins - speaker.says_unsafe));
        for (lane, cell) in cells.iter().enumerate() {
            let (x, y) = surface.grid.centre(*cell);
            let speaks: Vec<f32> = speaker.pins.iter().map(|pin| heard_at(pin, x, y, surface.sigma_m)).collect();
            let mut nearest: Vec<usize> = (0..pins).filter(|pin| speaks[*pin] > UNHEARD).collect();
            nearest.sort_by(|a, b| speaks[*b].total_cmp(&speaks[*a]).then(a.cmp(b)));
            let most = |bits: &[u64], says: bool, rarely: bool| {
                let found = if rarely {
                    bits_of(bits, says, pins).map(|pin| speaks[pin]).reduce(f32::max)
                } else {
                    nearest.iter().find(|pin| is_set(bits, **pin) == says).map(|pin| speaks[*pin])
                };
                found.unwrap_or(0.0).max(mixed[lane])
            };
            for (people, way) in self.people.iter_mut().zip(&speaker.way_of) {
                let [says_unsafe, says_safe] = people.at(lane);
                *says_unsafe += most(&speaker.ways[*way], true, rarely_unsafe);
                *says_safe += most(&speaker.ways[*way], false, rarely_safe);
            }
        }
    }
}

/// The pins whose bits are set, or are not.
fn bits_of(bits: &[u64], set: bool, pins: usize) -> impl Iterator<Item = usize> {
    let within = bits.iter().enumerate().flat_map(move |(at, bits)| {
        let mut left = if set { *bits } else { !*bits };
        std::iter::from_fn(move || {
            let bit = (left != 0).then(|| left.trailing_zeros() as usize)?;
            left &= left - 1;
            Some(at * 64 + bit)
        })
    });
    within.filter(move |pin| *pin < pins)
}

#[expect(clippy::cast_possible_truncation, reason = "single precision is enough here")]
fn heard_at(pin: &Spot, x: f64, y: f64, sigma_m: f64) -> f32 {
    kernel(pin, x, y, sigma_m) as f32
}

/// How strongly a pin speaks at each cell.
fn speaks(surface: &Surface, pin: &Spot, cells: &[usize]) -> Lane {
    let mut here = NOBODY;
    for (here, cell) in here.iter_mut().zip(cells) {
        let (x, y) = surface.grid.centre(*cell);
        *here = heard_at(pin, x, y, surface.sigma_m);
    }
    here
}

/// Whether it speaks loud enough at any cell.
fn is_heard(speaks: &Lane) -> bool {
    speaks.iter().any(|speaks| *speaks > UNHEARD)
}

/// How strongly the strongest of some pins speaks at each cell.
fn strongest(surface: &Surface, pins: &[&Spot], cells: &[usize]) -> Lane {
    pins.iter().fold(NOBODY, |most, pin| stronger(&most, &speaks(surface, pin, cells)))
}
