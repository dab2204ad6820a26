//! Whether a hotspot can be chance: the within-participant permutation test.
//!
//! Feelings are dealt anew 999 times, each person's own labels safe and unsafe over their own pins, so that neither where
//! people go nor who talks most can make a signal. At each cell that five or more people speak about,
//! `z = (p − mean) / (sd + 0.02)` over the shuffles with p the shrunken share of unsafe; a cell is a signal when its z
//! passes the 95 % point of the largest z that a shuffle has anywhere (max-T; Westfall and Young, *Resampling-based
//! multiple testing*, 1993), or below the 5 % point of the smallest. Mixed pins speak on both sides and are not dealt;
//! what was heard does not count. A person whose pins all say the same tells nothing here, whatever they say.

mod block;
mod labels;

use geo::MultiPolygon;

use self::block::Bench;
use self::labels::Speaker;
use super::blocks::{LANES, Lane, in_blocks, in_patches};
use super::draws::Draws;
use super::surface::Surface;
use super::watch::Watch;
use super::{Kind, MIN_PEOPLE, Spot, participants};
use crate::words;

words! {
    /// Whether chance can be ruled out: a signal, no clear signal (which is not "safe"), or too few people to tell.
    pub enum Verdict { Signal = "signal", NoClearSignal = "no_clear_signal", TooFewPeople = "too_few_people" }
}

/// How often feelings are dealt anew.
pub const SHUFFLES: usize = 999;
/// How often a map without any pattern may show a signal on one side, as a share.
pub const ALPHA: f64 = 0.05;
/// The seed of the shuffles, told with every answer.
pub const SEED: u64 = 2026;
/// Added to the standard deviation of the share, so that a cell at which hardly anything can change is no signal (people
/// surface, `FLOOR`).
const FLOOR: f64 = 0.02;

/// What the test says of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Cell {
    /// Fewer than five people speak about it.
    TooFew = 0,
    /// It can be chance: this says neither safe nor unsafe.
    NoClearSignal = 1,
    /// More unsafe than chance explains.
    Unsafe = 2,
    /// More safe than chance explains.
    Safe = 3,
}

/// The answer of the test.
#[derive(Debug, Clone, PartialEq)]
pub struct Tested {
    /// What it says of each cell of the surface.
    pub cells: Vec<Cell>,
    /// A z above this is a signal of unsafe; zero where no cell could be tested.
    pub high: f64,
    /// A z below this is a signal of safe.
    pub low: f64,
    /// How many cells five or more people speak about.
    pub eligible: usize,
}

/// Tests every cell of a surface against 999 shuffles of the pins that it was made of; none when cancelled.
///
/// `surface` must be the whole one, from which the overall share comes. The same pins give the same answer, in whatever
/// order and under whatever numbers of participants. The cost is about cells × people × shuffles.
#[must_use]
pub fn test(surface: &Surface, spots: &[Spot], watch: &Watch) -> Option<Tested> {
    shuffled(surface, spots, SHUFFLES, watch)
}

/// Tells whether a hotspot can be chance: a signal when a cell inside it is one of its own side, of a contested one on
/// either side.
#[must_use]
pub fn verdict(tested: &Tested, surface: &Surface, kind: Kind, shape_m: &MultiPolygon<f64>) -> Verdict {
    let is_signal = |cell: &Cell| match kind {
        Kind::Unsafe => *cell == Cell::Unsafe,
        Kind::Safe => *cell == Cell::Safe,
        Kind::Contested => matches!(cell, Cell::Unsafe | Cell::Safe),
    };
    let cells = surface.grid.cells_in(shape_m);
    let mut tested = cells.iter().filter_map(|cell| tested.cells.get(*cell)).filter(|cell| **cell != Cell::TooFew);
    match tested.next() {
        None => Verdict::TooFewPeople,
        Some(first) if is_signal(first) || tested.any(is_signal) => Verdict::Signal,
        Some(_) => Verdict::NoClearSignal,
    }
}

fn shuffled(surface: &Surface, spots: &[Spot], shuffles: usize, watch: &Watch) -> Option<Tested> {
    let eligible: Vec<usize> =
        (0..surface.grid.len()).filter(|cell| surface.people_near[*cell] >= MIN_PEOPLE).collect();
    let mut cells = vec![Cell::TooFew; surface.grid.len()];
    if eligible.is_empty() {
        watch.tell(1.0);
        return Some(Tested { cells, high: 0.0, low: 0.0, eligible: 0 });
    }
    let mut draws = Draws::new(SEED);
    let people = participants::in_order(spots);
    let speakers: Vec<Speaker> = people.iter().map(|person| Speaker::new(person, shuffles, &mut draws)).collect();
    let count = eligible.len();
    let eligible = in_patches(&surface.grid, eligible);
    let none = || (Scores::none(shuffles), Bench::new(shuffles));
    let halves = in_blocks(&eligible, watch, none, |(scores, bench), cells| {
        scores.take(cells, bench.shares(surface, &speakers, cells));
    })?;
    let Scores { z, largest, smallest } =
        halves.into_iter().fold(Scores::none(shuffles), |all, (half, _)| all.with(half));
    let point = |reached: Vec<f32>, part| quantile(&mut reached.into_iter().map(f64::from).collect::<Vec<_>>(), part);
    let (high, low) = (point(largest, 1.0 - ALPHA), point(smallest, ALPHA));
    for (cell, z) in z {
        cells[cell] = match z {
            _ if z > high => Cell::Unsafe,
            _ if z < low => Cell::Safe,
            _ => Cell::NoClearSignal,
        };
    }
    watch.tell(1.0);
    Some(Tested { cells, high, low, eligible: count })
}

/// How far cells stand out, and what shuffles reach.
struct Scores {
    /// The z of what was said, by cell.
    z: Vec<(usize, f64)>,
    /// The largest z of each shuffle.
    largest: Vec<f32>,
    /// The smallest z of each shuffle.
    smallest: Vec<f32>,
}

impl Scores {
    fn none(shuffles: usize) -> Self {
        let (largest, smallest) = (vec![f32::NEG_INFINITY; shuffles], vec![f32::INFINITY; shuffles]);
        Self { z: Vec::new(), largest, smallest }
    }

    fn with(mut self, other: Self) -> Self {
        self.z.extend(other.z);
        for (a, b) in self.largest.iter_mut().zip(other.largest) {
            *a = a.max(b);
        }
        for (a, b) in self.smallest.iter_mut().zip(other.smallest) {
            *a = a.min(b);
        }
        self
    }

    /// Takes in the shares of a block: what was said first, then the shuffles.
    fn take(&mut self, cells: &[usize], shares: &[Lane]) {
        let Some((said, shuffled)) = shares.split_first() else { return };
        let (n, from) = (shuffled.len() as f64, said.map(f64::from));
        let (mut sum, mut squares) = ([0.0; LANES], [0.0; LANES]);
        for share in shuffled {
            for lane in 0..LANES {
                // Measured from what was said, so that the difference of squares loses nothing.
                let by = f64::from(share[lane]) - from[lane];
                sum[lane] += by;
                squares[lane] += by * by;
            }
        }
        // What no cell stands for is not a number, which is neither larger nor smaller than any.
        let (mut mean, mut unit) = ([0.0_f32; LANES], [f32::NAN; LANES]);
        #[expect(clippy::cast_possible_truncation, reason = "single precision is enough here")]
        for lane in 0..cells.len() {
            let by = sum[lane] / n;
            let sd = (squares[lane] / n - by * by).max(0.0).sqrt() + FLOOR;
            (mean[lane], unit[lane]) = ((from[lane] + by) as f32, (1.0 / sd) as f32);
        }
        let z = |share: &Lane| {
            let mut z = [0.0; LANES];
            for lane in 0..LANES {
                z[lane] = (share[lane] - mean[lane]) * unit[lane];
            }
            z
        };
        self.z.extend(cells.iter().copied().zip(z(said).map(f64::from)));
        for ((share, largest), smallest) in shuffled.iter().zip(&mut self.largest).zip(&mut self.smallest) {
            let z = z(share);
            *largest = furthest(&z, *largest, |a, b| if a > b { a } else { b });
            *smallest = furthest(&z, *smallest, |a, b| if a < b { a } else { b });
        }
    }
}

/// The one of some numbers that is picked before every other, taken up several side by side.
fn furthest(of: &Lane, start: f32, pick: impl Fn(f32, f32) -> f32) -> f32 {
    let mut best = [start; 8];
    for eight in of.as_chunks::<8>().0 {
        for (best, one) in best.iter_mut().zip(eight) {
            *best = pick(*one, *best);
        }
    }
    best.into_iter().fold(start, |best, one| pick(one, best))
}

/// The value below which a part of the values lies, with linear interpolation between two of them (Hyndman and Fan's
/// seventh definition, 1996, which numpy uses).
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in the list")]
pub(super) fn quantile(values: &mut [f64], part: f64) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    let Some(last) = values.len().checked_sub(1) else { return 0.0 };
    let at = part * last as f64;
    let (below, above) = (values[at.floor() as usize], values[(at.floor() as usize + 1).min(last)]);
    below + (above - below) * at.fract()
}

#[cfg(test)]
mod tests;
