//! The kernel on the cells of a sheet.

use std::ops::Range;

use super::window::Window;
use crate::hotspots::grid::Grid;
use crate::hotspots::{NEAR_SIGMAS, Spot};

/// Beyond so many sigma the kernel is less than half a unit: √(2 · 41 ln 2), rounded up.
const REACH_SIGMAS: f64 = 7.5392;

#[expect(clippy::cast_possible_truncation, reason = "cells of a grid, or beyond it by some sigma")]
pub(super) fn whole(cells: f64) -> i64 {
    cells as i64
}

/// Where a point lies: its cell, and how far the middle of the cell is from it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) col: i64,
    pub(super) row: i64,
    pub(super) east_m: f64,
    pub(super) north_m: f64,
}

/// The kernel on cells of one size.
#[derive(Debug, Clone)]
pub(in crate::hotspots) struct Brush {
    pub(super) sigma_m: f64,
    pub(super) cell_m: f64,
    pub(super) reach_m: f64,
    pub(super) near_m: f64,
    /// How many cells beyond its own a point reaches.
    pub(super) reach: i64,
    /// The kernel at whole cells.
    steps: Vec<f64>,
    /// How many cells beyond the middle one are reached, by rows from the middle.
    widths: Vec<i64>,
}

impl Brush {
    pub(in crate::hotspots) fn new(grid: &Grid, sigma_m: f64) -> Self {
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
    pub(super) fn axis(&self, offset_m: f64, out: &mut Vec<f64>) {
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
    pub(super) fn each_row(
        &self,
        place: Place,
        window: &Window,
        mut visit: impl FnMut(usize, Range<usize>, usize, usize),
    ) {
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
    pub(super) fn each_near_row(
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

pub(super) fn index(at: usize) -> i64 {
    i64::try_from(at).unwrap_or(i64::MAX)
}
