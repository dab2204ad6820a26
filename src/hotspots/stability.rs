//! Whether a hotspot stays when other people had come: a bootstrap over people (Efron, *Bootstrap methods*, 1979).
//!
//! Five hundred times, as many people as spoke are drawn with replacement; each counts with all their pins, as often
//! as they were drawn. The place stays where a cell of its shape still has what makes a hotspot of its kind: five people who say
//! so and five who speak near it, or three on both sides with a share between a third and two thirds. The overall share
//! is that of everybody. In 80 % of the draws or more it is robust, in 50 % fair, below fragile.

use geo::MultiPolygon;

use super::draws::Draws;
use super::grid;
use super::participants::{self, Participant, kernel};
use super::surface::{Surface, shrunken};
use super::watch::Watch;
use super::{CONTESTED_SHARE, Kind, MIN_CONTESTED, MIN_PEOPLE, NEAR_SIGMAS, Spot};
use crate::words;

words! {
    /// How well a hotspot stands when other people had come.
    pub enum Stability { Robust = "robust", Fair = "fair", Fragile = "fragile" }
}

/// How often people are drawn anew.
pub const RESAMPLES: usize = 500;
/// The seed of the draws.
pub const SEED: u64 = 2026;
/// A place that stays in this part of the draws is robust.
pub const ROBUST: f64 = 0.8;
/// A place that stays in this part of the draws is fair.
pub const FAIR: f64 = 0.5;

/// How well one hotspot stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stable {
    /// The part of the draws in which it stays, from 0 to 1.
    pub stays: f64,
    /// The same as a word.
    pub stability: Stability,
    /// Whether it is gone without one particular person.
    pub hangs_on_one: bool,
}

impl Stable {
    fn new(stays: f64, hangs_on_one: bool) -> Self {
        let stability = match stays {
            _ if stays >= ROBUST => Stability::Robust,
            _ if stays >= FAIR => Stability::Fair,
            _ => Stability::Fragile,
        };
        Self { stays, stability, hangs_on_one }
    }
}

/// Tells of each hotspot, a kind and a shape in metres, how well it stands; none when cancelled.
///
/// `surface` must be that of `spots`. Only cells inside the shapes are computed, and of a draw no more of them than it
/// takes to find one where the hotspot stays. Independent of the order of pins and of the numbers of participants.
#[must_use]
pub fn stability(
    surface: &Surface,
    spots: &[Spot],
    hotspots: &[(Kind, MultiPolygon<f64>)],
    watch: &Watch,
) -> Option<Vec<Stable>> {
    let people = participants::in_order(spots);
    let places: Vec<Place> = hotspots.iter().map(|(kind, shape)| Place::new(surface, &people, *kind, shape)).collect();
    let mut draws = Draws::new(SEED);
    let mut stayed = vec![0_u32; places.len()];
    let mut weights = vec![0.0; people.len()];
    for draw in 0..RESAMPLES {
        if watch.is_cancelled() {
            return None;
        }
        watch.tell(0.9 * draw as f64 / RESAMPLES as f64);
        weights.fill(0.0);
        for _ in 0..people.len() {
            weights[draws.below(people.len())] += 1.0;
        }
        for (place, stayed) in places.iter().zip(&mut stayed) {
            *stayed += u32::from(place.stays(|person| weights[person]));
        }
    }
    let stays = stayed.iter().map(|stayed| f64::from(*stayed) / RESAMPLES as f64);
    let all = stays.zip(&places).map(|(stays, place)| Stable::new(stays, place.hangs_on_one())).collect();
    watch.tell(1.0);
    Some(all)
}

/// A hotspot's cells, with what each person says there.
struct Place {
    kind: Kind,
    overall_share: f64,
    /// The people who are heard in it.
    people: Vec<usize>,
    /// The cells where the most people say so come first.
    cells: Vec<Cell>,
}

/// What is said at a cell.
struct Cell {
    /// For each person of the place: how much they say unsafe, safe, and whether they speak near it.
    said: Vec<[f64; 3]>,
}

/// A person with no pin this many sigma near a place is not heard in it.
const HEARD_SIGMAS: f64 = 4.5;
/// Of the cells of a large place, so many are looked at: those where the most people say so.
const MOST_CELLS: usize = 128;
/// What rounding may take from a number of people.
const ROUNDING: f64 = 1e-9;

impl Place {
    fn new(surface: &Surface, people: &[Participant], kind: Kind, shape: &MultiPolygon<f64>) -> Self {
        let mut cells = surface.grid.cells_in(shape);
        let height = |cell: &usize| match kind {
            Kind::Unsafe => surface.people_unsafe[*cell],
            Kind::Safe => surface.people_safe[*cell],
            Kind::Contested => surface.people_unsafe[*cell].min(surface.people_safe[*cell]),
        };
        cells.sort_by(|a, b| height(b).total_cmp(&height(a)).then(a.cmp(b)));
        cells.truncate(MOST_CELLS);
        let reach_m = HEARD_SIGMAS * surface.sigma_m;
        let [west, south, east, north] = grid::bounds(shape).unwrap_or_default();
        let is_near = |pin: &&Spot| {
            let [left, low, right, high] = pin.bounds();
            let (beside, above) = ((left - east).max(west - right), (low - north).max(south - high));
            beside.max(above) <= reach_m
        };
        let heard: Vec<usize> = (0..people.len()).filter(|one| people[*one].pins.iter().any(is_near)).collect();
        let of_cell = |cell: usize| Cell { said: heard.iter().map(|one| said(surface, &people[*one], cell)).collect() };
        let cells = cells.into_iter().map(of_cell).collect();
        Self { kind, overall_share: surface.overall_share, people: heard, cells }
    }

    /// Whether it is gone without one particular person.
    fn hangs_on_one(&self) -> bool {
        self.people.iter().any(|one| !self.stays(|person| if person == *one { 0.0 } else { 1.0 }))
    }

    /// Whether any cell still has what makes a hotspot when each person counts so often.
    fn stays(&self, weight: impl Fn(usize) -> f64) -> bool {
        let weights: Vec<f64> = self.people.iter().map(|person| weight(*person)).collect();
        self.cells.iter().any(|cell| {
            let mut sum = [0.0; 3];
            for (said, weight) in cell.said.iter().zip(&weights) {
                for (sum, said) in sum.iter_mut().zip(said) {
                    *sum += weight * said;
                }
            }
            self.is_hotspot(sum)
        })
    }

    fn is_hotspot(&self, [says_unsafe, says_safe, near]: [f64; 3]) -> bool {
        let least = f64::from(MIN_PEOPLE) - ROUNDING;
        let differ = || {
            let share = shrunken(says_unsafe, says_safe, self.overall_share);
            (CONTESTED_SHARE..=1.0 - CONTESTED_SHARE).contains(&share)
        };
        near >= least
            && match self.kind {
                Kind::Unsafe => says_unsafe >= least,
                Kind::Safe => says_safe >= least,
                Kind::Contested => says_unsafe.min(says_safe) >= MIN_CONTESTED - ROUNDING && differ(),
            }
    }
}

/// How much a person says unsafe and safe at a cell, and whether they speak near it.
fn said(surface: &Surface, person: &Participant, cell: usize) -> [f64; 3] {
    let (x, y) = surface.grid.centre(cell);
    let mut said = [0.0_f64; 3];
    for pin in &person.pins {
        let speaks = kernel(pin, x, y, surface.sigma_m);
        if pin.says_unsafe() {
            said[0] = said[0].max(speaks);
        }
        if pin.says_safe() {
            said[1] = said[1].max(speaks);
        }
        // As strong as at 1.5 sigma, or stronger.
        if speaks >= (-0.5 * NEAR_SIGMAS * NEAR_SIGMAS).exp() - ROUNDING {
            said[2] = 1.0;
        }
    }
    said
}

#[cfg(test)]
mod tests;
