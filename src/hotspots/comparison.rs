//! Two selections on one map: groups, times of day, or rounds; and whether their difference can be chance.
//!
//! Both sides have the same cells, kernel and overall share p₀, so that they can be laid side by side. At each cell near
//! which three people of both sides speak, `|p_A − p_B| / sqrt(¼ (1/n_A + 1/n_B))` says how far they differ, with p the
//! shrunken shares of unsafe and n the people who speak near it. People, never pins, are dealt anew 999 times: who is on
//! both sides keeps both sets of pins, and a coin says which is whose; the others exchange sides among themselves. A cell
//! differs when it passes the 95 % point of what a deal reaches anywhere (max-T; Westfall and Young, 1993).
//!
//! That they do not differ is never said: with few people most differences are missed.

mod deal;
mod sums;

use geo::{Area, BooleanOps, MultiPolygon};

use self::deal::Deal;
use self::sums::Bench;
use super::areas::{centre, in_degrees, people, share_in, spots_in};
use super::blocks::{in_blocks, in_patches};
use super::contour::Window;
use super::grid::Grid;
use super::outline::parts;
use super::significance::{ALPHA, SHUFFLES, quantile};
use super::surface::{Surface, shrunken};
use super::watch::Watch;
use super::{MIN_TOLD, Spot, Voices};
use crate::geometry::{Plane, round7};
use crate::words;

words! {
    /// What the test says of the whole map. It never says that there is no difference.
    pub enum Answer { Difference = "difference", NoClearDifference = "no_clear_difference" }
}

words! {
    /// Why there is no test.
    pub enum Untested { TooFewPeople = "too_few_people" }
}

words! {
    /// One of the two selections.
    pub enum Side { A = "a", B = "b" }
}

/// Fewest people on each side for two maps side by side (people surface, minimum-sample tiers).
pub const MIN_SHOWN: usize = 15;
/// Fewest people on each side for the test (people surface, minimum-sample tiers).
pub const MIN_TESTED: usize = 30;
/// Fewest people of each side near a cell for it to be compared (people surface).
pub const MIN_NEAR: u32 = 3;
/// What single precision may take from a difference.
const ROUNDING: f64 = 1e-5;
/// The seed of the deals.
pub const SEED: u64 = 2026;

/// Both surfaces, on the same cells and with the same overall share.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// That of the first selection.
    pub a: Surface,
    /// That of the second.
    pub b: Surface,
    /// The cells that cover the shape alone, for [`Surface::crop`].
    pub inner: Grid,
}

impl Pair {
    /// Computes both surfaces around a shape on the same plane, in metres.
    #[must_use]
    pub fn around(shape: &MultiPolygon<f64>, a: &[Spot], b: &[Spot], sigma_m: f64) -> Self {
        let both: Vec<Spot> = a.iter().chain(b).cloned().collect();
        let (all, inner) = Surface::around(shape, &both, sigma_m);
        let (mut a, mut b) = (Surface::new(all.grid, a, sigma_m), Surface::new(all.grid, b, sigma_m));
        let sum = |people: [&Vec<f64>; 2]| people[0].iter().zip(people[1]).map(|(a, b)| a + b).sum::<f64>();
        let says_unsafe = sum([&a.people_unsafe, &b.people_unsafe]);
        let says_safe = sum([&a.people_safe, &b.people_safe]);
        let speak = says_unsafe + says_safe;
        let overall_share = if speak > 0.0 { says_unsafe / speak } else { 0.5 };
        (a.overall_share, b.overall_share) = (overall_share, overall_share);
        Self { a, b, inner }
    }

    /// How far the sides differ at a cell; more than zero where the first is more unsafe. None where fewer than three
    /// people of a side speak near it.
    fn difference(&self, cell: usize) -> Option<f64> {
        let said =
            |side: &Surface| [side.people_unsafe[cell], side.people_safe[cell], f64::from(side.people_near[cell])];
        let (a, b) = (said(&self.a), said(&self.b));
        let is_compared = a[2].min(b[2]) >= f64::from(MIN_NEAR);
        is_compared.then(|| {
            let p = |side: [f64; 3]| shrunken(side[0], side[1], self.a.overall_share);
            (p(a) - p(b)) / (0.25 * (1.0 / a[2] + 1.0 / b[2])).sqrt()
        })
    }
}

/// What the test says of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Cell {
    /// Fewer than three people of a side speak near it.
    TooFew = 0,
    /// The difference can be chance: this does not say that there is none.
    NoClearDifference = 1,
    /// The first selection is more unsafe than chance explains.
    MoreUnsafeA = 2,
    /// The second is.
    MoreUnsafeB = 3,
}

/// Two selections compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// People of the first.
    pub people_a: usize,
    /// People of the second.
    pub people_b: usize,
    /// Those of them who are on both sides.
    pub people_both: usize,
    /// The test, or why there is none.
    pub test: Result<Tested, Untested>,
}

/// The answer of the test.
#[derive(Debug, Clone, PartialEq)]
pub struct Tested {
    /// Whether they differ anywhere more than chance explains.
    pub answer: Answer,
    /// A difference above this cannot be chance.
    pub threshold: f64,
    /// How often chance alone reaches the largest difference, as a share; never under a thousandth.
    pub p_value: f64,
    /// What it says of each cell of the surfaces.
    pub cells: Vec<Cell>,
    /// Where they differ, the largest area first.
    pub areas: Vec<Difference>,
}

/// An area where one selection is more unsafe than the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// Which.
    pub more_unsafe: Side,
    /// The area in degrees of seven decimals, valid and wound as RFC 7946 asks.
    pub shape: MultiPolygon<f64>,
    /// Mean of the shrunken share of unsafe over it, of the first selection.
    pub share_a: f64,
    /// That of the second.
    pub share_b: f64,
    /// Distinct participants of the first with an own pin in the area grown by half a sigma; none told under three.
    pub people_a: Option<u32>,
    /// Those of the second.
    pub people_b: Option<u32>,
    /// Area, in square metres.
    pub area_m2: f64,
    /// A point inside, longitude and latitude.
    pub centre: (f64, f64),
}

/// Compares two selections inside a boundary on the same plane; none when cancelled.
///
/// `pair` must be that of the spots. Under 30 people on a side the test is refused; whoever shows the two side by side
/// refuses that under [`MIN_SHOWN`]. The same pins give the same answer, in whatever order and under whatever numbers of
/// participants, and with the sides changed the same answer with the sides changed.
#[must_use]
pub fn compare(
    pair: &Pair,
    a: &[Spot],
    b: &[Spot],
    boundary: &MultiPolygon<f64>,
    plane: &Plane,
    watch: &Watch,
) -> Option<Compared> {
    let deal = Deal::of(a, b);
    let (people_a, people_b) = (Voices::of(a).people, Voices::of(b).people);
    let people_both = deal.pairs;
    if people_a.min(people_b) < MIN_TESTED {
        watch.tell(1.0);
        return Some(Compared { people_a, people_b, people_both, test: Err(Untested::TooFewPeople) });
    }
    let mut tested = test(pair, deal, SHUFFLES, watch)?;
    tested.areas = areas(pair, tested.threshold, a, b, boundary, plane);
    watch.tell(1.0);
    Some(Compared { people_a, people_b, people_both, test: Ok(tested) })
}

/// Tests every cell; the areas are left to be drawn.
fn test(pair: &Pair, mut deal: Deal, deals: usize, watch: &Watch) -> Option<Tested> {
    let surface = &pair.a;
    let near = |cell: &usize| pair.a.people_near[*cell] + pair.b.people_near[*cell] >= 2 * MIN_NEAR;
    let compared = in_patches(&surface.grid, (0..surface.grid.len()).filter(near).collect());
    deal.draw(deals);
    let halves = in_blocks(&compared, watch, || Bench::new(deals), |bench, cells| bench.take(surface, &deal, cells))?;
    let none = vec![0.0; deals + 1];
    let largest = halves.into_iter().fold(none, |all, half| {
        all.into_iter().zip(half.largest).map(|(a, b): (f64, f32)| a.max(f64::from(b))).collect()
    });
    let (said, mut largest) = (largest[0], largest[1..].to_vec());
    let as_large = largest.iter().filter(|one| **one >= said).count();
    let threshold = quantile(&mut largest, 1.0 - ALPHA);
    let of_cell = |cell| match pair.difference(cell) {
        None => Cell::TooFew,
        Some(by) if by > threshold + ROUNDING => Cell::MoreUnsafeA,
        Some(by) if by < -threshold - ROUNDING => Cell::MoreUnsafeB,
        Some(_) => Cell::NoClearDifference,
    };
    let cells: Vec<Cell> = (0..surface.grid.len()).map(of_cell).collect();
    let differs = cells.iter().any(|cell| matches!(cell, Cell::MoreUnsafeA | Cell::MoreUnsafeB));
    let answer = if differs { Answer::Difference } else { Answer::NoClearDifference };
    let p_value = (as_large + 1) as f64 / (deals + 1) as f64;
    Some(Tested { answer, threshold, p_value, cells, areas: Vec::new() })
}

/// Draws where one side is more unsafe than chance explains: parts of 0.2 ha or more inside the boundary.
fn areas(
    pair: &Pair,
    threshold: f64,
    a: &[Spot],
    b: &[Spot],
    boundary: &MultiPolygon<f64>,
    plane: &Plane,
) -> Vec<Difference> {
    let grid = &pair.a.grid;
    let (near_a, near_b) = (&pair.a.people_near, &pair.b.people_near);
    let gate = |cell: usize| f64::from(near_a[cell].min(near_b[cell])) - f64::from(MIN_NEAR) + 0.5;
    let drawn = |side: Side| {
        let sign = if side == Side::A { 1.0 } else { -1.0 };
        let above = |cell| pair.difference(cell).map_or(-1.0, |by| (sign * by - threshold).min(gate(cell)));
        let values: Vec<f64> = (0..grid.len()).map(above).collect();
        if values.iter().all(|value| *value <= 0.0) {
            return Vec::new();
        }
        let window = Window { west: grid.x(0), north: grid.y(0), step: grid.cell_m, cols: grid.cols, values };
        parts(boundary.intersection(&window.polygons()))
    };
    let mut areas: Vec<Difference> = Vec::new();
    for side in [Side::A, Side::B] {
        let shapes = drawn(side).into_iter().map(|part| MultiPolygon::new(vec![part]));
        areas.extend(shapes.filter_map(|shape| describe(side, &shape, pair, a, b, plane)));
    }
    areas.sort_by(|a, b| b.area_m2.total_cmp(&a.area_m2));
    areas
}

fn describe(
    more_unsafe: Side,
    shape: &MultiPolygon<f64>,
    pair: &Pair,
    a: &[Spot],
    b: &[Spot],
    plane: &Plane,
) -> Option<Difference> {
    let inside = centre(shape)?;
    let (lon, lat) = plane.to_lonlat(inside.x(), inside.y());
    let told = |spots: &[Spot]| {
        let here = people(&spots_in(shape, spots, pair.a.sigma_m / 2.0), |_| true);
        (here >= MIN_TOLD).then_some(here)
    };
    Some(Difference {
        more_unsafe,
        shape: in_degrees(shape, plane)?,
        share_a: share_in(shape, &pair.a, inside),
        share_b: share_in(shape, &pair.b, inside),
        people_a: told(a),
        people_b: told(b),
        area_m2: shape.unsigned_area(),
        centre: (round7(lon), round7(lat)),
    })
}

#[cfg(test)]
mod tests;
