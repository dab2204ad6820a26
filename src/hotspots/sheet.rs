//! The people surface in whole numbers, from which a person is taken off as exactly as they were put on.
//!
//! What a person adds to a cell is rounded to whole units of 2⁻⁴⁰ people. Whole numbers add up to the same in any order
//! and on any number of threads, and each value depends on the cell and the person's pins alone, never on the edges of
//! the grid. The kernel needs no cut: from 7.6 sigma on it rounds to nothing.

mod brush;
mod persons;
mod window;

pub(super) use brush::Brush;
pub(super) use window::Window;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use self::brush::{Place, whole};
use self::persons::{Alone, by_person, clusters, sides};
use super::grid::Grid;
use super::surface::Surface;
use super::{Footprint, Spot};

/// Parts that a person is counted in: 2⁴⁰.
const UNITS: f64 = 1_099_511_627_776.0;
/// Added to a number of at most one, it leaves whole units in the last bits: 1.5 · 2⁵² units.
const SHIFT: f64 = 6144.0;
/// From so many pins on it is worth to start threads.
const MANY: usize = 20_000;

/// Whole units of a number from −1 to 1, a half to the even one.
#[inline]
fn units(people: f64) -> i64 {
    (people + SHIFT).to_bits().wrapping_sub(SHIFT.to_bits()).cast_signed()
}

/// Sums over people, by cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sheet {
    grid: Grid,
    /// Units of people who feel unsafe, and who feel safe.
    sums: [Vec<i64>; 2],
    /// Distinct participants with an own pin within 1.5 sigma.
    near: Vec<u32>,
}

/// Whether a person is put on a sheet or taken off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    On,
    Off,
}

impl Sheet {
    /// A sheet on which nobody is.
    pub fn new(grid: Grid) -> Self {
        let empty = vec![0; grid.len()];
        Self { grid, sums: [empty.clone(), empty], near: vec![0; grid.len()] }
    }

    /// The sheet of own pins.
    pub fn of(grid: Grid, spots: &[Spot], sigma_m: f64) -> Self {
        let brush = Brush::new(&grid, sigma_m);
        let mut own = by_person(spots);
        let clusters = clusters(&mut own, &brush);
        let cores = if own.len() < MANY { 1 } else { thread::available_parallelism().map_or(1, usize::from).min(4) };
        let next = AtomicUsize::new(0);
        let work = || {
            const AT_ONCE: usize = 1024;
            let mut sheet = Self::new(grid);
            let window = sheet.all();
            let mut scratch = Scratch::new(&window);
            loop {
                let from = next.fetch_add(AT_ONCE, Ordering::Relaxed).min(clusters.len());
                let to = (from + AT_ONCE).min(clusters.len());
                if from == to {
                    return sheet;
                }
                for cluster in &clusters[from..to] {
                    sheet.paint(&brush, &own[cluster.pins.clone()], &window, &mut scratch, Way::On);
                }
            }
        };
        thread::scope(|scope| {
            let others: Vec<_> = (1..cores).map(|_| scope.spawn(work)).collect();
            let mut sheet = work();
            for other in others {
                match other.join() {
                    Ok(other) => sheet.add(&other),
                    Err(broken) => std::panic::resume_unwind(broken),
                }
            }
            sheet
        })
    }

    fn add(&mut self, other: &Self) {
        for (sums, others) in self.sums.iter_mut().zip(&other.sums) {
            sums.iter_mut().zip(others).for_each(|(sum, other)| *sum += other);
        }
        self.near.iter_mut().zip(&other.near).for_each(|(sum, other)| *sum += other);
    }

    /// Every cell.
    pub fn all(&self) -> Window {
        Window { rows: 0..self.grid.rows, cols: 0..self.grid.cols }
    }

    /// The cells that a pin in a box (west, south, east, north, in metres) reaches.
    pub fn reached(&self, brush: &Brush, [west, south, east, north]: [f64; 4]) -> Window {
        let [low, high] = [self.place(brush, west, south), self.place(brush, east, north)];
        let clip = |from: i64, to: i64, cells: usize| {
            let at = |v: i64| usize::try_from(v).unwrap_or(0).min(cells);
            at(from - brush.reach)..at(to + brush.reach + 1)
        };
        Window { rows: clip(high.row, low.row, self.grid.rows), cols: clip(low.col, high.col, self.grid.cols) }
    }

    /// The cell in which a point of the plane lies, be it on the sheet or beside it.
    fn place(&self, brush: &Brush, x: f64, y: f64) -> Place {
        let (col, row) = ((x / brush.cell_m).floor(), (y / brush.cell_m).floor());
        let (left, top) = ((self.grid.west / brush.cell_m).round(), (self.grid.north / brush.cell_m).round());
        Place {
            col: whole(col - left),
            row: whole(top - 1.0 - row),
            east_m: (col + 0.5) * brush.cell_m - x,
            north_m: (row + 0.5) * brush.cell_m - y,
        }
    }

    /// Puts one person's own pins on some cells, or takes them off: all that reach these cells.
    pub fn paint(&mut self, brush: &Brush, pins: &[&Spot], window: &Window, scratch: &mut Scratch, way: Way) {
        let mut spans = std::mem::take(&mut scratch.spans);
        spans.clear();
        spans.extend(pins.iter().map(|pin| self.reached(brush, pin.bounds())));
        for (i, pin) in pins.iter().enumerate() {
            if !window.meets(&spans[i]) {
                continue;
            }
            let alone = Alone::of(pins, &spans, i);
            match &pin.footprint {
                None => self.dab(brush, pin, alone, window, scratch, way),
                Some(shape) => self.sweep(brush, pin, shape, window, scratch),
            }
        }
        for (i, pin) in pins.iter().enumerate() {
            if !window.meets(&spans[i]) {
                continue;
            }
            let alone = Alone::of(pins, &spans, i);
            self.collect(brush, pin, alone, &spans[i].within(window), window, scratch, way);
        }
        scratch.spans = spans;
    }

    /// Strokes a point: where it lies alone right onto the sheet, else into the person's best.
    fn dab(&mut self, brush: &Brush, pin: &Spot, alone: Alone, window: &Window, scratch: &mut Scratch, way: Way) {
        let place = self.place(brush, pin.x, pin.y);
        let (mut east, mut north) = (std::mem::take(&mut scratch.east), std::mem::take(&mut scratch.north));
        brush.axis(place.east_m, &mut east);
        brush.axis(place.north_m, &mut north);
        for (side, is_alone) in sides(pin, alone) {
            brush.each_row(place, window, |row, cols, north_at, east_at| {
                let strength = north[north_at];
                let east = &east[east_at..east_at + cols.len()];
                if is_alone {
                    let strength = if way == Way::On { strength } else { -strength };
                    let start = row * self.grid.cols;
                    let sums = &mut self.sums[side][start + cols.start..start + cols.end];
                    for (sum, east) in sums.iter_mut().zip(east) {
                        *sum = sum.wrapping_add(units(strength * east));
                    }
                } else {
                    for (best, east) in scratch.best[side][window.at(row, &cols)].iter_mut().zip(east) {
                        let k = strength * east;
                        *best = if k > *best { k } else { *best };
                    }
                }
            });
        }
        (scratch.east, scratch.north) = (east, north);
        let grid = self.grid;
        brush.each_near_row(&grid, pin, place, window, |row, cols| {
            if alone.near {
                let start = row * grid.cols;
                let near = &mut self.near[start + cols.start..start + cols.end];
                for near in near {
                    *near = if way == Way::On { *near + 1 } else { *near - 1 };
                }
            } else {
                scratch.marks[window.at(row, &cols)].fill(1);
            }
        });
    }

    /// Strokes a line or area into the person's best.
    fn sweep(&self, brush: &Brush, pin: &Spot, shape: &Footprint, window: &Window, scratch: &mut Scratch) {
        let here = self.reached(brush, shape.bounds()).within(window);
        let mut squared = std::mem::take(&mut scratch.squared);
        shape.squared_distances(&here.grid(&self.grid), brush.reach_m, &mut squared);
        for (row, squared) in here.rows.clone().zip(squared.chunks_exact(here.cols.len().max(1))) {
            let at = window.at(row, &here.cols);
            for (side, _) in sides(pin, Alone::default()) {
                for (best, d2) in scratch.best[side][at.clone()].iter_mut().zip(squared) {
                    if *d2 <= brush.reach_m * brush.reach_m {
                        *best = best.max((-0.5 * d2 / (brush.sigma_m * brush.sigma_m)).exp());
                    }
                }
            }
            for (mark, d2) in scratch.marks[at].iter_mut().zip(squared) {
                *mark |= u8::from(*d2 <= brush.near_m * brush.near_m);
            }
        }
        scratch.squared = squared;
    }

    /// Brings the person's best around a pin onto the sheet, and leaves nothing of it.
    #[expect(clippy::too_many_arguments, reason = "what a stroke is made of")]
    fn collect(
        &mut self,
        brush: &Brush,
        pin: &Spot,
        alone: Alone,
        here: &Window,
        window: &Window,
        scratch: &mut Scratch,
        way: Way,
    ) {
        let sign = if way == Way::On { 1.0 } else { -1.0 };
        for (side, _) in sides(pin, alone).filter(|(_, is_alone)| !is_alone) {
            for row in here.rows.clone() {
                let start = row * self.grid.cols;
                let sums = &mut self.sums[side][start + here.cols.start..start + here.cols.end];
                let best = &mut scratch.best[side][window.at(row, &here.cols)];
                for (sum, best) in sums.iter_mut().zip(best) {
                    *sum = sum.wrapping_add(units(sign * *best));
                    *best = 0.0;
                }
            }
        }
        if alone.near {
            return;
        }
        let here = here.within(&self.near_window(brush, pin));
        for row in here.rows.clone() {
            let start = row * self.grid.cols;
            let near = &mut self.near[start + here.cols.start..start + here.cols.end];
            for (near, mark) in near.iter_mut().zip(&mut scratch.marks[window.at(row, &here.cols)]) {
                let mark = u32::from(std::mem::take(mark));
                *near = if way == Way::On { *near + mark } else { *near - mark };
            }
        }
    }

    /// The cells about which a pin may speak.
    fn near_window(&self, brush: &Brush, pin: &Spot) -> Window {
        let [west, south, east, north] = pin.bounds();
        let m = brush.near_m + brush.cell_m;
        Window { rows: self.grid.rows_between(south - m, north + m), cols: self.grid.cols_between(west - m, east + m) }
    }

    /// The surface on a grid whose cells are among those of this one.
    pub fn surface(&self, grid: Grid, sigma_m: f64) -> Surface {
        let cols = self.grid.cols_between(grid.x(0) - 1.0, grid.x(grid.cols - 1) + 1.0);
        let rows = self.grid.rows_between(grid.y(grid.rows - 1) - 1.0, grid.y(0) + 1.0);
        let at = |row: usize| row * self.grid.cols + cols.start..row * self.grid.cols + cols.end;
        let mut totals = [0.0; 2];
        let [people_unsafe, people_safe] = [0, 1].map(|side| {
            let mut people = Vec::with_capacity(grid.len());
            // In two halves, for the whole of a city does not fit into one number.
            let (mut high, mut low) = (0_i64, 0_i64);
            for row in rows.clone() {
                let sums = &self.sums[side][at(row)];
                people.extend(sums.iter().map(|units| *units as f64 / UNITS));
                for units in sums {
                    high += units >> 20;
                    low += units & 0xf_ffff;
                }
            }
            totals[side] = ((i128::from(high) << 20) + i128::from(low)) as f64;
            people
        });
        let all: f64 = totals.iter().sum();
        Surface {
            grid,
            sigma_m,
            people_unsafe,
            people_safe,
            people_near: rows.flat_map(|row| self.near[at(row)].iter().copied()).collect(),
            overall_share: if all > 0.0 { totals[0] / all } else { 0.5 },
        }
    }
}

/// What one person's strokes are put together in, by cells of a window; all zero between two people.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    /// The person's strongest pin on each side.
    best: [Vec<f64>; 2],
    /// Where the person has a pin near.
    marks: Vec<u8>,
    east: Vec<f64>,
    north: Vec<f64>,
    squared: Vec<f64>,
    spans: Vec<Window>,
}

impl Scratch {
    pub fn new(window: &Window) -> Self {
        let cells = window.rows.len() * window.cols.len();
        Self { best: [vec![0.0; cells], vec![0.0; cells]], marks: vec![0; cells], ..Self::default() }
    }
}
