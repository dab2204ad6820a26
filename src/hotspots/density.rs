//! The city-wide density of pins: pins per square kilometre with an edge correction and a weight per person.
//!
//! `λ(s) = Σ_ij w_ij K_h(s − x_ij) / e(x_ij)` with the Gaussian `K_h(d) = exp(−d²/2h²) / 2πh²`, the weight
//! `w_ij = 1 / n_i^γ` of each of a person's n pins, and `e(x) = ∫_W K_h(x − t) dt`, the part of a pin's kernel that lies in
//! the boundary W (Diggle, *A kernel method for smoothing point process data*, Applied Statistics 34, 1985; Jones, *Simple
//! boundary correction for kernel density estimation*, Statistics and Computing 3, 1993). What a pin would lose over the
//! edge is so given back inside: the integral of λ over W is the sum of weights.
//!
//! Pins are spread over the nine cells around each by a quadratic spline, which widens every pin by the same quarter of a
//! squared cell wherever it lies; the kernel is narrowed by as much (Hockney and Eastwood, *Computer Simulation Using
//! Particles*, 1988, call it the triangular-shaped cloud). Where a cell is at most half the kernel wide, the answer is
//! within a hundredth of the peak of the exact sum.

mod smooth;

use std::collections::HashMap;
use std::panic::resume_unwind;
use std::thread;

use geo::MultiPolygon;

use super::Spot;
use super::grid::{self, Grid};
use super::repeats::without_repeats;
use smooth::smooth;

/// The usual weight of a person's pins: 0 counts each pin, 1 gives each person one vote, a half stands between.
pub const GAMMA: f64 = 0.5;
/// The usual width of a city's kernel, in metres.
pub const SIGMA_M: f64 = 150.0;
/// A cell is cut in so many parts each way to say how much of it lies in the boundary.
const PARTS: usize = 4;
/// Where less of a cell's kernel than this lies in the boundary, the boundary is too thin there to say anything.
const MIN_FACTOR: f32 = 1e-4;
/// From so many pins on two threads share the work.
const MANY: usize = 100_000;
/// Cells beyond the grid on each side, for pins on its edge.
const PAD: usize = 2;

/// A pin and what it weighs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weighted {
    /// Metres east on the plane.
    pub x: f32,
    /// Metres north.
    pub y: f32,
    /// Its weight, in pins.
    pub weight: f32,
}

/// The own pins that speak, without repetitions, each weighing `1 / n^γ` of its person's n such pins.
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "a centimetre at 150 km, a millionth of a weight")]
pub fn weighted(spots: &[Spot], says: impl Fn(&Spot) -> bool, gamma: f64) -> Vec<Weighted> {
    let pins = without_repeats(spots, says);
    let mut of_person: HashMap<u32, u32> = HashMap::new();
    for pin in &pins {
        *of_person.entry(pin.participant).or_default() += 1;
    }
    let gamma = if gamma.is_nan() { GAMMA } else { gamma.clamp(0.0, 1.0) };
    let weight = |pin: &Spot| f64::from(of_person[&pin.participant]).powf(-gamma);
    pins.into_iter().map(|pin| Weighted { x: pin.x as f32, y: pin.y as f32, weight: weight(pin) as f32 }).collect()
}

/// The boundary as a density sees it; made once for a boundary and a width.
#[derive(Debug, Clone)]
pub struct Window {
    grid: Grid,
    taps: Vec<f32>,
    /// How much of each cell lies in the boundary, 0 to 1, with the pad.
    cover: Vec<f32>,
    /// How much of the kernel at each cell's centre lies in the boundary, `e`.
    factor: Vec<f32>,
    /// What a pin at each cell is multiplied by: `1 / e` in and beside the boundary, else 0.
    gain: Vec<f32>,
}

/// How dense the pins are.
#[derive(Debug, Clone, PartialEq)]
pub struct Density {
    /// The cells.
    pub grid: Grid,
    /// Pins per square kilometre, by cell; zero outside the boundary.
    pub per_km2: Vec<f32>,
    /// The sum of the weights of the pins inside the boundary, in pins.
    pub weight: f64,
    /// The sum of the weights of those outside, which are left out.
    pub left_out: f64,
}

impl Window {
    /// A boundary on the plane with cells of at most half the width, so long as they are not too many.
    #[must_use]
    pub fn new(shape: &MultiPolygon<f64>, sigma_m: f64) -> Self {
        let bounds = grid::bounds(shape).unwrap_or_default();
        let mut grid = Grid::covering(bounds);
        let half = Grid::with_cell(bounds, grid.cell_m / 2.0);
        if grid.cell_m > sigma_m / 2.0 && half.len() as f64 <= grid::MAX_CELLS {
            grid = half;
        }
        Self::on(grid, shape, sigma_m)
    }

    /// A boundary on the cells of a grid that covers it.
    #[must_use]
    pub fn on(grid: Grid, shape: &MultiPolygon<f64>, sigma_m: f64) -> Self {
        let cols = grid.cols + 2 * PAD;
        let mut cover = vec![0.0_f32; cols * (grid.rows + 2 * PAD)];
        let fine =
            Grid { cols: grid.cols * PARTS, rows: grid.rows * PARTS, cell_m: grid.cell_m / PARTS as f64, ..grid };
        for (part, is_inside) in fine.inside(shape).into_iter().enumerate() {
            let (row, col) = (part / fine.cols / PARTS, part % fine.cols / PARTS);
            cover[(row + PAD) * cols + col + PAD] += f32::from(u8::from(is_inside)) / (PARTS * PARTS) as f32;
        }
        let taps = taps(sigma_m / grid.cell_m);
        let mut factor = cover.clone();
        smooth(&mut factor, cols, &taps);
        let is_beside = beside(&cover, cols);
        let gain =
            factor.iter().zip(is_beside).map(|(e, beside)| if beside && *e >= MIN_FACTOR { 1.0 / e } else { 0.0 });
        Self { grid, taps, gain: gain.collect(), cover, factor }
    }

    /// The part of a pin's kernel that lies in the boundary, at the centre of a cell of the grid.
    #[must_use]
    pub fn edge_factor(&self, cell: usize) -> f32 {
        let (row, col) = (cell / self.grid.cols, cell % self.grid.cols);
        self.factor[(row + PAD) * (self.grid.cols + 2 * PAD) + col + PAD]
    }

    /// The density of pins.
    #[must_use]
    pub fn density(&self, pins: &[Weighted]) -> Density {
        let cols = self.grid.cols + 2 * PAD;
        let mut mass = vec![0.0_f32; self.cover.len()];
        spread_all(&self.grid, pins, &mut mass);
        let total: f64 = pins.iter().map(|pin| f64::from(pin.weight)).sum();
        let mut weight = 0.0;
        for (row, gain) in mass.chunks_exact_mut(cols).zip(self.gain.chunks_exact(cols)) {
            let mut inside = 0.0;
            for (mass, gain) in row.iter_mut().zip(gain) {
                inside += if *gain > 0.0 { *mass } else { 0.0 };
                *mass *= gain;
            }
            weight += f64::from(inside);
        }
        smooth(&mut mass, cols, &self.taps);
        let cell_km2 = (self.grid.cell_m / 1000.0).powi(2);
        #[expect(clippy::cast_possible_truncation, reason = "pins per square kilometre need no more digits")]
        let per_km2 = (1.0 / cell_km2) as f32;
        let rows = mass.chunks_exact(cols).zip(self.cover.chunks_exact(cols)).skip(PAD).take(self.grid.rows);
        let cells = rows.flat_map(|(mass, cover)| {
            let cells = mass.iter().zip(cover).skip(PAD).take(self.grid.cols);
            cells.map(|(mass, cover)| if *cover > 0.0 { mass * per_km2 } else { 0.0 })
        });
        Density { grid: self.grid, per_km2: cells.collect(), weight, left_out: (total - weight).max(0.0) }
    }
}

/// One side of the kernel from its middle on, by cells, for a width in cells; it sums to one with its mirror image.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few hundred cells, weights up to one")]
fn taps(sigma: f64) -> Vec<f32> {
    // A kernel under a cell wide cannot be told from one of a cell: never narrower than half of one.
    let variance = (sigma * sigma - 0.25).max(0.25);
    let reach = (4.0 * variance.sqrt()).ceil() as usize;
    let weight = |at: usize| (-((at * at) as f64) / (2.0 * variance)).exp();
    let sum: f64 = 1.0 + 2.0 * (1..=reach).map(weight).sum::<f64>();
    (0..=reach).map(|at| (weight(at) / sum) as f32).collect()
}

/// Adds the weights of all pins, of many in two threads: always two, so that every machine adds up in the same order.
fn spread_all(grid: &Grid, pins: &[Weighted], mass: &mut [f32]) {
    if pins.len() < MANY {
        return spread(grid, pins, mass);
    }
    let (here, there) = pins.split_at(pins.len() / 2);
    let cells = mass.len();
    let other = thread::scope(|scope| {
        let other = scope.spawn(|| {
            let mut other = vec![0.0; cells];
            spread(grid, there, &mut other);
            other
        });
        spread(grid, here, mass);
        other.join().unwrap_or_else(|panic| resume_unwind(panic))
    });
    for (mass, other) in mass.iter_mut().zip(other) {
        *mass += other;
    }
}

/// Adds the weight of each pin to the nine cells around it, by a quadratic spline; pins far off the grid are dropped.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked against the grid")]
fn spread(grid: &Grid, pins: &[Weighted], mass: &mut [f32]) {
    let cols = grid.cols + 2 * PAD;
    let (west, north, per_m) = (grid.west as f32, grid.north as f32, (1.0 / grid.cell_m) as f32);
    // Of centres of cells, counted from the pad's first.
    let first = PAD as f32 - 0.5;
    let (last_col, last_row) = ((grid.cols + PAD) as f32, (grid.rows + PAD) as f32);
    // Four wide, so that a row is added at once.
    let spline = |f: f32| [0.5 * (0.5 - f) * (0.5 - f), 0.75 - f * f, 0.5 * (0.5 + f) * (0.5 + f), 0.0];
    for pin in pins {
        let (x, y) = ((pin.x - west) * per_m + first, (north - pin.y) * per_m + first);
        if !(x >= 1.0 && y >= 1.0 && x <= last_col && y <= last_row) {
            continue;
        }
        let (col, row) = ((x + 0.5) as i32, (y + 0.5) as i32);
        let (east, south) = (spline(x - col as f32), spline(y - row as f32));
        let mut at = (row as usize - 1) * cols + col as usize - 1;
        for south in &south[..3] {
            let weight = pin.weight * south;
            let cells: Option<&mut [f32; 4]> = mass.get_mut(at..).and_then(<[f32]>::first_chunk_mut);
            if let Some(cells) = cells {
                for (cell, east) in cells.iter_mut().zip(east) {
                    *cell += weight * east;
                }
            }
            at += cols;
        }
    }
}

/// Says of each cell whether the boundary covers some of it or of one beside it.
fn beside(cover: &[f32], cols: usize) -> Vec<bool> {
    let rows = cover.len() / cols;
    let mut beside = vec![false; cover.len()];
    for at in (0..cover.len()).filter(|at| cover[*at] > 0.0) {
        let (row, col) = (at / cols, at % cols);
        for row in row.saturating_sub(1)..(row + 2).min(rows) {
            beside[row * cols + col.saturating_sub(1)..row * cols + (col + 2).min(cols)].fill(true);
        }
    }
    beside
}

#[cfg(test)]
mod tests;
