//! Dense groups of people: DBSCAN over deduplicated pins, counting distinct participants.
//!
//! A pin is a core where at least five people have a pin within 100 m of it; cores within 100 m of each other are one
//! cluster, and a pin near a core belongs to it (Ester, Kriegel, Sander and Xu, *A density-based algorithm for
//! discovering clusters*, KDD 1996, with people in the place of points). What is left over is in no cluster.

use std::collections::HashMap;
use std::f64::consts::FRAC_1_SQRT_2;

use geo::{ConvexHull, Coord, LineString, MultiPoint, Polygon};
use rstar::RTree;
use rstar::primitives::GeomWithData;

use super::repeats::without_repeats;
use super::{MIN_PEOPLE, Spot};
use crate::error::{Error, Result};

/// The usual reach of a pin, in metres.
pub const EPS_M: f64 = 100.0;
/// The shortest and longest reach, in metres.
pub const EPSES_M: std::ops::RangeInclusive<f64> = 10.0..=1000.0;
/// A hull lies this far outside its outermost pins, in metres, so that no corner is somebody's pin.
const GROW_M: f64 = 25.0;
/// The corners of the circle that a hull is grown by.
const CORNERS: u32 = 16;

/// Checks the reach of a pin: 10 to 1000 m.
pub fn check_eps(eps_m: f64) -> Result<f64> {
    if EPSES_M.contains(&eps_m) {
        return Ok(eps_m);
    }
    Err(Error::invalid("eps_m", "must be a number of metres from 10 to 1000"))
}

/// A dense group of people.
#[derive(Debug, Clone, PartialEq)]
pub struct Cluster {
    /// Distinct participants in it, at least five.
    pub people: u32,
    /// Their pins, after those that say the same again were left out.
    pub pins: u32,
    /// The convex hull of the pins grown by 25 m, in metres of the plane.
    pub hull: Polygon<f64>,
}

/// Finds the clusters of the own pins that speak, most people first; `eps_m` as [`check_eps`] lets through.
#[must_use]
pub fn find(spots: &[Spot], says: impl Fn(&Spot) -> bool, eps_m: f64) -> Vec<Cluster> {
    let pins = without_repeats(spots, says);
    let mut labelled: Vec<(u32, &Spot)> =
        labels(&pins, eps_m).into_iter().zip(pins).filter_map(|(label, pin)| Some((label?, pin))).collect();
    labelled.sort_by_key(|(label, _)| *label);
    let mut clusters: Vec<Cluster> = labelled.chunk_by(|a, b| a.0 == b.0).map(cluster).collect();
    // A core whose neighbours went to another cluster may be left with too few.
    clusters.retain(|cluster| cluster.people >= MIN_PEOPLE);
    clusters.sort_by_key(|cluster| std::cmp::Reverse((cluster.people, cluster.pins)));
    clusters
}

fn cluster(pins: &[(u32, &Spot)]) -> Cluster {
    let mut people: Vec<u32> = pins.iter().map(|(_, pin)| pin.participant).collect();
    people.sort_unstable();
    people.dedup();
    let places: MultiPoint<f64> = pins.iter().map(|(_, pin)| (pin.x, pin.y)).collect();
    let hull = places.convex_hull();
    let around = |at: &Coord<f64>| {
        let at = *at;
        (0..CORNERS).map(move |corner| {
            let (sin, cos) = (f64::from(corner) / f64::from(CORNERS) * std::f64::consts::TAU).sin_cos();
            Coord { x: at.x + GROW_M * cos, y: at.y + GROW_M * sin }
        })
    };
    let grown: LineString<f64> = hull.exterior().0.iter().flat_map(around).collect();
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Cluster {
        people: count(people.len()),
        pins: count(pins.iter().filter(|(_, pin)| !pin.agreed).count()),
        hull: grown.convex_hull(),
    }
}

type Leaf = GeomWithData<[f64; 2], u32>;

/// The number of each pin's cluster, counted from zero by the first core of each in the list; none outside of any. A pin
/// that is no core goes to the first cluster with a core in reach.
fn labels(pins: &[&Spot], eps_m: f64) -> Vec<Option<u32>> {
    let reach = eps_m * eps_m;
    let tree = RTree::bulk_load(pins.iter().zip(0..).map(|(pin, at)| Leaf::new([pin.x, pin.y], at)).collect());
    let near = |pin: &Spot| tree.locate_within_distance([pin.x, pin.y], reach).map(|leaf| leaf.data as usize);
    let squares = Squares::of(pins, eps_m);

    let mut is_core = vec![false; pins.len()];
    for square in &squares.all {
        // All pins of a square are within reach of each other.
        let is_dense = enough(square.pins.iter().map(|at| pins[*at as usize].participant));
        for at in &square.pins {
            let pin = pins[*at as usize];
            is_core[*at as usize] = is_dense || enough(near(pin).map(|other| pins[other].participant));
        }
    }
    let roots = squares.join(pins, &is_core, reach);

    let mut numbers: HashMap<u32, u32> = HashMap::new();
    let mut labels = vec![None; pins.len()];
    for at in (0..pins.len()).filter(|at| is_core[*at]) {
        let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
        labels[at] = Some(*numbers.entry(roots[at]).or_insert(next));
    }
    for at in (0..pins.len()).filter(|at| !is_core[*at]) {
        labels[at] = near(pins[at]).filter(|other| is_core[*other]).filter_map(|other| labels[other]).min();
    }
    labels
}

/// Whether five of these are different, looking no further than needed.
fn enough(people: impl Iterator<Item = u32>) -> bool {
    let mut seen = [0; MIN_PEOPLE as usize];
    let mut count = 0;
    for person in people {
        if !seen[..count].contains(&person) {
            seen[count] = person;
            count += 1;
            if count == seen.len() {
                return true;
            }
        }
    }
    false
}

/// Pins in squares whose diagonal is the reach.
struct Squares {
    all: Vec<Square>,
    places: HashMap<(i64, i64), usize>,
}

struct Square {
    place: (i64, i64),
    pins: Vec<u32>,
}

impl Squares {
    fn of(pins: &[&Spot], eps_m: f64) -> Self {
        // A little less than the square root of a half, so that rounding puts no pins too far apart into a square.
        let side = eps_m * (FRAC_1_SQRT_2 - 1e-6);
        #[expect(clippy::cast_possible_truncation, reason = "whole and within the plane")]
        let place = |pin: &Spot| ((pin.x / side).floor() as i64, (pin.y / side).floor() as i64);
        let mut squares = Self { all: Vec::new(), places: HashMap::new() };
        for (pin, at) in pins.iter().zip(0..) {
            let place = place(pin);
            let square = *squares.places.entry(place).or_insert_with(|| {
                squares.all.push(Square { place, pins: Vec::new() });
                squares.all.len() - 1
            });
            squares.all[square].pins.push(at);
        }
        squares
    }

    /// Joins cores within reach of each other; gives for each pin one pin that stands for all it is joined with.
    fn join(&self, pins: &[&Spot], is_core: &[bool], reach: f64) -> Vec<u32> {
        let mut joined = Joined((0..).take(pins.len()).collect());
        let cores: Vec<Vec<u32>> =
            self.all.iter().map(|s| s.pins.iter().copied().filter(|at| is_core[*at as usize]).collect()).collect();
        for square in &cores {
            for pair in square.windows(2) {
                joined.join(pair[0], pair[1]);
            }
        }
        let touch = |a: u32, b: u32| {
            let (a, b) = (pins[a as usize], pins[b as usize]);
            (a.x - b.x).powi(2) + (a.y - b.y).powi(2) <= reach
        };
        for (square, here) in self.all.iter().zip(&cores).filter(|(_, here)| !here.is_empty()) {
            for there in self.after(square.place).map(|at| &cores[at]).filter(|there| !there.is_empty()) {
                if joined.root(here[0]) != joined.root(there[0])
                    && here.iter().any(|a| there.iter().any(|b| touch(*a, *b)))
                {
                    joined.join(here[0], there[0]);
                }
            }
        }
        (0..).take(pins.len()).map(|at| joined.root(at)).collect()
    }

    /// The squares within reach of one, each pair once.
    fn after(&self, (x, y): (i64, i64)) -> impl Iterator<Item = usize> {
        (0..=2)
            .flat_map(move |dx| (-2..=2).map(move |dy| (dx, dy)))
            .filter(|ahead| *ahead > (0, 0))
            .filter_map(move |(dx, dy)| self.places.get(&(x + dx, y + dy)).copied())
    }
}

/// Which pins are joined (Tarjan's union-find, with halving of paths).
struct Joined(Vec<u32>);

impl Joined {
    fn root(&mut self, mut at: u32) -> u32 {
        while self.0[at as usize] != at {
            let above = self.0[self.0[at as usize] as usize];
            self.0[at as usize] = above;
            at = above;
        }
        at
    }

    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b) as usize] = a.min(b);
    }
}

#[cfg(test)]
mod tests;
