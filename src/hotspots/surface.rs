//! The people surface: how many people feel so at each spot.
//!
//! `M_v(s) = Σ_i max_j k(|s − x_ij| / σ)` with `k(u) = exp(−u²/2)`: every participant i adds their strongest pin among
//! those that say v, so ten pins by one person on one spot count once, and the unit is people. The share of unsafe is
//! shrunk towards the overall share p₀ by two people: `p(s) = (M_u + 2 p₀) / (M_u + M_s + 2)`.

use geo::MultiPolygon;

use super::grid::{self, Grid};
use super::{NEAR_SIGMAS, SHRINK_PEOPLE, Spot};

/// What the kernel may lack in all, in people, where it is cut off.
const CUT_PEOPLE: f64 = 1e-7;

/// How many people feel unsafe and safe at each cell of a grid, and how many speak about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Surface {
    /// The cells.
    pub grid: Grid,
    /// Width of the kernel, in metres.
    pub sigma_m: f64,
    /// People who feel unsafe, by cell.
    pub people_unsafe: Vec<f64>,
    /// People who feel safe, by cell.
    pub people_safe: Vec<f64>,
    /// Distinct participants with an own pin within 1.5 sigma of the centre, by cell.
    pub people_near: Vec<u32>,
    /// The share of unsafe over all cells, p₀; a half where nobody speaks.
    pub overall_share: f64,
}

impl Surface {
    /// Computes the surface of own pins; the cost is that of the cells which each pin reaches.
    ///
    /// The kernel is cut off where all people together lack less than 1e-7 of a person, some six sigma away.
    #[must_use]
    pub fn new(grid: Grid, spots: &[Spot], sigma_m: f64) -> Self {
        let mut own: Vec<&Spot> = spots.iter().filter(|s| s.is_own()).collect();
        own.sort_by_key(|s| s.participant);
        let people: Vec<&[&Spot]> = own.chunk_by(|a, b| a.participant == b.participant).collect();
        let reach_m = sigma_m * (2.0 * ((people.len().max(1)) as f64 / CUT_PEOPLE).ln()).sqrt();
        let mut brush = Brush { grid, sigma_m, reach_m, best: vec![0.0; grid.len()], east: Vec::new() };
        let (mut people_unsafe, mut people_safe) = (vec![0.0; grid.len()], vec![0.0; grid.len()]);
        let mut near = Near { reach_m: NEAR_SIGMAS * sigma_m, seen: vec![0; grid.len()], count: vec![0; grid.len()] };
        for (pins, number) in people.iter().zip(1..) {
            brush.add(pins, Spot::says_unsafe, &mut people_unsafe);
            brush.add(pins, Spot::says_safe, &mut people_safe);
            near.add(&grid, pins, number);
        }
        let (u, s): (f64, f64) = (people_unsafe.iter().sum(), people_safe.iter().sum());
        let overall_share = if u + s > 0.0 { u / (u + s) } else { 0.5 };
        Self { grid, sigma_m, people_unsafe, people_safe, people_near: near.count, overall_share }
    }

    /// Computes the surface of own pins around a shape on the same plane: at least its box, and up to three sigma beyond
    /// it where pins lie that near, so that neither the overall share nor a contour knows where the box ends. The
    /// second value is the grid that covers the box alone, for [`Surface::crop`].
    #[must_use]
    pub fn around(shape: &MultiPolygon<f64>, spots: &[Spot], sigma_m: f64) -> (Self, Grid) {
        let [west, south, east, north] = grid::bounds(shape).unwrap_or_default();
        let grid = Grid::covering([west, south, east, north]);
        let far = 3.0 * sigma_m;
        let mut all = [west, south, east, north];
        for s in spots.iter().filter(|s| s.is_own()) {
            all[0] = all[0].min((s.x - far).max(west - far));
            all[1] = all[1].min((s.y - far).max(south - far));
            all[2] = all[2].max((s.x + far).min(east + far));
            all[3] = all[3].max((s.y + far).min(north + far));
        }
        (Self::new(Grid::with_cell(all, grid.cell_m), spots, sigma_m), grid)
    }

    /// The shrunken share of unsafe of a cell.
    #[must_use]
    pub fn share(&self, cell: usize) -> f64 {
        shrunken(self.people_unsafe[cell], self.people_safe[cell], self.overall_share)
    }

    /// The part of the surface on a smaller grid whose cells are among those of this one.
    #[must_use]
    pub fn crop(&self, grid: Grid) -> Self {
        Self {
            grid,
            sigma_m: self.sigma_m,
            people_unsafe: self.cells_of(&grid).map(|cell| self.people_unsafe[cell]).collect(),
            people_safe: self.cells_of(&grid).map(|cell| self.people_safe[cell]).collect(),
            people_near: self.cells_of(&grid).map(|cell| self.people_near[cell]).collect(),
            overall_share: self.overall_share,
        }
    }

    /// The cells of this surface that a smaller grid has, in its order.
    pub fn cells_of(&self, grid: &Grid) -> impl Iterator<Item = usize> + use<> {
        let cols = self.grid.cols_between(grid.x(0) - 1.0, grid.x(grid.cols - 1) + 1.0);
        let rows = self.grid.rows_between(grid.y(grid.rows - 1) - 1.0, grid.y(0) + 1.0);
        let width = self.grid.cols;
        rows.flat_map(move |row| cols.clone().map(move |col| row * width + col))
    }
}

/// The share of unsafe among people who speak, drawn towards the overall share by two people.
#[must_use]
pub fn shrunken(people_unsafe: f64, people_safe: f64, overall_share: f64) -> f64 {
    (people_unsafe + SHRINK_PEOPLE * overall_share) / (people_unsafe + people_safe + SHRINK_PEOPLE)
}

/// Adds one person's strongest pins to a surface.
struct Brush {
    grid: Grid,
    sigma_m: f64,
    reach_m: f64,
    /// The person's strongest pin by cell; all zero between two people.
    best: Vec<f64>,
    /// The kernel along one row of a pin.
    east: Vec<f64>,
}

impl Brush {
    fn add(&mut self, pins: &[&Spot], says: fn(&Spot) -> bool, surface: &mut [f64]) {
        let pins: Vec<&Spot> = pins.iter().copied().filter(|pin| says(pin)).collect();
        if let [only] = pins[..] {
            return self.stroke(only, |cell, k| surface[cell] += k);
        }
        let mut best = std::mem::take(&mut self.best);
        for pin in &pins {
            self.stroke(pin, |cell, k| best[cell] = k.max(best[cell]));
        }
        for pin in &pins {
            self.each_row(pin, |cells, _| {
                for (people, best) in surface[cells.clone()].iter_mut().zip(&mut best[cells]) {
                    *people += std::mem::take(best);
                }
            });
        }
        self.best = best;
    }

    fn stroke(&mut self, pin: &Spot, mut paint: impl FnMut(usize, f64)) {
        let cols = self.grid.cols_between(pin.x - self.reach_m, pin.x + self.reach_m);
        let mut east = std::mem::take(&mut self.east);
        east.clear();
        east.extend(cols.clone().map(|col| self.kernel(self.grid.x(col) - pin.x)));
        self.each_row(pin, |at, north| {
            let from = at.start % self.grid.cols - cols.start;
            for (cell, east) in at.clone().zip(&east[from..from + at.len()]) {
                paint(cell, north * east);
            }
        });
        self.east = east;
    }

    /// Visits the rows of cells that a pin reaches, with the kernel's part along the north.
    fn each_row(&self, pin: &Spot, mut visit: impl FnMut(std::ops::Range<usize>, f64)) {
        for row in self.grid.rows_between(pin.y - self.reach_m, pin.y + self.reach_m) {
            let dy = self.grid.y(row) - pin.y;
            let half = (self.reach_m * self.reach_m - dy * dy).max(0.0).sqrt();
            let cols = self.grid.cols_between(pin.x - half, pin.x + half);
            if !cols.is_empty() {
                let start = row * self.grid.cols;
                visit(start + cols.start..start + cols.end, self.kernel(dy));
            }
        }
    }

    fn kernel(&self, d: f64) -> f64 {
        let u = d / self.sigma_m;
        (-0.5 * u * u).exp()
    }
}

/// Counts the people who have a pin near a cell.
struct Near {
    reach_m: f64,
    /// The number of the last person counted, by cell.
    seen: Vec<u32>,
    count: Vec<u32>,
}

impl Near {
    fn add(&mut self, grid: &Grid, pins: &[&Spot], number: u32) {
        for pin in pins {
            for row in grid.rows_between(pin.y - self.reach_m, pin.y + self.reach_m) {
                for col in grid.cols_between(pin.x - self.reach_m, pin.x + self.reach_m) {
                    let (dx, dy) = (grid.x(col) - pin.x, grid.y(row) - pin.y);
                    let cell = row * grid.cols + col;
                    if dx * dx + dy * dy <= self.reach_m * self.reach_m && self.seen[cell] != number {
                        self.seen[cell] = number;
                        self.count[cell] += 1;
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
