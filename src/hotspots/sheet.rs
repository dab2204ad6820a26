//! The people surface in whole numbers, from which a person is taken off as exactly as they were put on.
//!
//! What a person adds to a cell is rounded to whole units of 2⁻⁴⁰ people. Whole numbers add up to the same in any order
//! and on any number of threads, and each value depends on the cell and the person's pins alone, never on the edges of
//! the grid. The kernel needs no cut: from 7.6 sigma on it rounds to nothing.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::grid::Grid;
use super::surface::Surface;
use super::{Footprint, NEAR_SIGMAS, Spot};

/// Parts that a person is counted in: 2⁴⁰.
const UNITS: f64 = 1_099_511_627_776.0;
/// Added to a number of at most one, it leaves whole units in the last bits: 1.5 · 2⁵² units.
const SHIFT: f64 = 6144.0;
/// Beyond so many sigma the kernel is less than half a unit: √(2 · 41 ln 2), rounded up.
const REACH_SIGMAS: f64 = 7.5392;
/// Up to so many pins of one person are looked at for whether they lie alone.
const FEW: usize = 24;
/// From so many pins on it is worth to start threads.
const MANY: usize = 20_000;

/// Whole units of a number from −1 to 1, a half to the even one.
#[inline]
fn units(people: f64) -> i64 {
    (people + SHIFT).to_bits().wrapping_sub(SHIFT.to_bits()).cast_signed()
}

#[expect(clippy::cast_possible_truncation, reason = "cells of a grid, or beyond it by some sigma")]
fn whole(cells: f64) -> i64 {
    cells as i64
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

/// Some cells of a sheet.
#[derive(Debug, Clone)]
pub(super) struct Window {
    rows: Range<usize>,
    cols: Range<usize>,
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

/// The own pins, those of one person side by side.
fn by_person(spots: &[Spot]) -> Vec<&Spot> {
    let mut own: Vec<&Spot> = spots.iter().filter(|s| s.is_own()).collect();
    own.sort_unstable_by_key(|s| s.participant);
    own
}

/// Pins of one person that may reach the same cells.
struct Cluster {
    /// Where they lie, row by row: whoever paints in this order finds the cells still at hand.
    place: (i64, i64),
    pins: Range<usize>,
}

/// Parts what does not touch, and puts side by side what lies near; the pins of one person come as one run.
fn clusters(own: &mut [&Spot], brush: &Brush) -> Vec<Cluster> {
    /// Rows that are painted together.
    const BAND: f64 = 8.0;
    let gap_m = 2.0 * (brush.reach + 1) as f64 * brush.cell_m;
    let touch = |a: &Spot, b: &Spot| {
        let (a, b) = (a.bounds(), b.bounds());
        a[0] <= b[2] + gap_m && b[0] <= a[2] + gap_m && a[1] <= b[3] + gap_m && b[1] <= a[3] + gap_m
    };
    let mut clusters = Vec::new();
    let mut start = 0;
    for person in own.chunk_by_mut(|a, b| a.participant == b.participant) {
        let mut from = 0;
        while from < person.len() {
            let mut to = if person.len() > FEW { person.len() } else { from + 1 };
            let mut at = from;
            while at < to && to < person.len() {
                let rest = to..person.len();
                for other in rest {
                    if touch(person[at], person[other]) {
                        person.swap(to, other);
                        to += 1;
                    }
                }
                at += 1;
            }
            let (x, y) = (person[from].x / brush.cell_m, person[from].y / (BAND * brush.cell_m));
            clusters.push(Cluster { place: (whole(y.floor()), whole(x.floor())), pins: start + from..start + to });
            from = to;
        }
        start += person.len();
    }
    clusters.sort_unstable_by_key(|cluster| cluster.place);
    clusters
}

/// The sides on which a pin speaks (0 unsafe, 1 safe), and whether it lies alone on that side.
fn sides(pin: &Spot, alone: Alone) -> impl Iterator<Item = (usize, bool)> {
    [(pin.says_unsafe(), 0), (pin.says_safe(), 1)]
        .into_iter()
        .filter(|(says, _)| *says)
        .map(move |(_, side)| (side, alone.sides[side]))
}

/// Where no other pin of the person is about the same cells.
#[derive(Debug, Clone, Copy, Default)]
struct Alone {
    sides: [bool; 2],
    near: bool,
}

impl Alone {
    fn of(pins: &[&Spot], spans: &[Window], i: usize) -> Self {
        if pins.len() > FEW || pins[i].footprint.is_some() {
            return Self::default();
        }
        let mut alone = Self { sides: [true; 2], near: true };
        for (j, other) in pins.iter().enumerate() {
            if i != j && spans[i].meets(&spans[j]) {
                alone.sides[0] &= !other.says_unsafe();
                alone.sides[1] &= !other.says_safe();
                alone.near = false;
            }
        }
        alone
    }
}

impl Window {
    fn meets(&self, other: &Self) -> bool {
        let within = self.within(other);
        !within.rows.is_empty() && !within.cols.is_empty()
    }

    fn within(&self, other: &Self) -> Self {
        let both = |a: &Range<usize>, b: &Range<usize>| {
            let start = a.start.max(b.start).min(a.end);
            start..a.end.min(b.end).max(start)
        };
        Self { rows: both(&self.rows, &other.rows), cols: both(&self.cols, &other.cols) }
    }

    /// Where cells of one row are in a list of the window's cells.
    fn at(&self, row: usize, cols: &Range<usize>) -> Range<usize> {
        let start = (row - self.rows.start) * self.cols.len();
        start + cols.start - self.cols.start..start + cols.end - self.cols.start
    }

    fn grid(&self, of: &Grid) -> Grid {
        Grid {
            west: of.west + self.cols.start as f64 * of.cell_m,
            north: of.north - self.rows.start as f64 * of.cell_m,
            cols: self.cols.len(),
            rows: self.rows.len(),
            cell_m: of.cell_m,
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

/// Where a point lies: its cell, and how far the middle of the cell is from it.
#[derive(Debug, Clone, Copy)]
struct Place {
    col: i64,
    row: i64,
    east_m: f64,
    north_m: f64,
}

/// The kernel on cells of one size.
#[derive(Debug, Clone)]
pub(super) struct Brush {
    sigma_m: f64,
    cell_m: f64,
    reach_m: f64,
    near_m: f64,
    /// How many cells beyond its own a point reaches.
    reach: i64,
    /// The kernel at whole cells.
    steps: Vec<f64>,
    /// How many cells beyond the middle one are reached, by rows from the middle.
    widths: Vec<i64>,
}

impl Brush {
    pub fn new(grid: &Grid, sigma_m: f64) -> Self {
        let (cell_m, reach_m) = (grid.cell_m, REACH_SIGMAS * sigma_m);
        let reach = whole(reach_m / cell_m + 0.5);
        let width = |row: i64| {
            let least_m = (row as f64 - 0.5).max(0.0) * cell_m;
            whole((reach_m * reach_m - least_m * least_m).max(0.0).sqrt() / cell_m + 0.5).min(reach)
        };
        Self {
            sigma_m,
            cell_m,
            reach_m,
            near_m: NEAR_SIGMAS * sigma_m,
            reach,
            steps: (0..=reach).map(|i| (-0.5 * (i as f64 * cell_m / sigma_m).powi(2)).exp()).collect(),
            widths: (0..=reach).map(width).collect(),
        }
    }

    /// The kernel along one axis at every cell in reach, the middle one `offset_m` from the point: as
    /// `exp(−(o + ih)²/2σ²) = exp(−o²/2σ²) · exp(−oh/σ²)ⁱ · exp(−(ih)²/2σ²)` it takes three exponentials in all.
    fn axis(&self, offset_m: f64, out: &mut Vec<f64>) {
        let u = offset_m / self.sigma_m;
        let v = u * self.cell_m / self.sigma_m;
        let (ahead, behind) = ((-v).exp(), v.exp());
        let middle = (-0.5 * u * u).exp();
        let reach = self.steps.len() - 1;
        out.clear();
        out.resize(2 * reach + 1, middle);
        let (mut a, mut b) = (middle, middle);
        for i in 1..=reach {
            a *= ahead;
            b *= behind;
            out[reach + i] = self.steps[i] * a;
            out[reach - i] = self.steps[i] * b;
        }
    }

    /// Visits the rows of a window that a point reaches: row, columns, and where they begin on the two axes.
    fn each_row(&self, place: Place, window: &Window, mut visit: impl FnMut(usize, Range<usize>, usize, usize)) {
        for row in window.rows.clone() {
            let down = index(row) - place.row;
            let Some(width) = usize::try_from(down.abs()).ok().and_then(|rows| self.widths.get(rows)) else { continue };
            let from = (place.col - width).max(index(window.cols.start));
            let to = (place.col + width + 1).min(index(window.cols.end));
            if let (Ok(start), Ok(end)) = (usize::try_from(from), usize::try_from(to))
                && start < end
                && let (Ok(north), Ok(east)) =
                    (usize::try_from(self.reach - down), usize::try_from(from - place.col + self.reach))
            {
                visit(row, start..end, north, east);
            }
        }
    }

    /// Visits the cells of a window whose centres lie within 1.5 sigma of a pin, row by row.
    fn each_near_row(
        &self,
        grid: &Grid,
        pin: &Spot,
        place: Place,
        window: &Window,
        mut visit: impl FnMut(usize, Range<usize>),
    ) {
        let reach = whole(self.near_m / self.cell_m + 1.5);
        let at = |row: i64| usize::try_from(row).unwrap_or(0).clamp(window.rows.start, window.rows.end);
        for row in at(place.row - reach)..at(place.row + reach + 1) {
            let dy = grid.y(row) - pin.y;
            let left = self.near_m * self.near_m - dy * dy;
            if left < 0.0 {
                continue;
            }
            let is_near = |col: i64| {
                let dx = grid.west + (col as f64 + 0.5) * self.cell_m - pin.x;
                dx * dx + dy * dy <= self.near_m * self.near_m
            };
            let half = left.sqrt();
            let mut from = whole(((pin.x - half - grid.west) / self.cell_m - 0.5).ceil());
            let mut to = whole(((pin.x + half - grid.west) / self.cell_m + 0.5).floor());
            // The root is rounded; the cells on the rim are asked.
            from -= i64::from(is_near(from - 1));
            to += i64::from(is_near(to));
            from += i64::from(!is_near(from));
            to -= i64::from(!is_near(to - 1));
            let clip = |v: i64| usize::try_from(v).unwrap_or(0).clamp(window.cols.start, window.cols.end);
            let cols = clip(from)..clip(to);
            if !cols.is_empty() {
                visit(row, cols);
            }
        }
    }
}

fn index(at: usize) -> i64 {
    i64::try_from(at).unwrap_or(i64::MAX)
}
