//! A part of a sheet.

use std::ops::Range;

use crate::hotspots::grid::Grid;

/// Some cells of a sheet.
#[derive(Debug, Clone)]
pub(in crate::hotspots) struct Window {
    pub(super) rows: Range<usize>,
    pub(super) cols: Range<usize>,
}

impl Window {
    pub(super) fn meets(&self, other: &Self) -> bool {
        let within = self.within(other);
        !within.rows.is_empty() && !within.cols.is_empty()
    }

    pub(super) fn within(&self, other: &Self) -> Self {
        let both = |a: &Range<usize>, b: &Range<usize>| {
            let start = a.start.max(b.start).min(a.end);
            start..a.end.min(b.end).max(start)
        };
        Self { rows: both(&self.rows, &other.rows), cols: both(&self.cols, &other.cols) }
    }

    /// Where cells of one row are in a list of the window's cells.
    pub(super) fn at(&self, row: usize, cols: &Range<usize>) -> Range<usize> {
        let start = (row - self.rows.start) * self.cols.len();
        start + cols.start - self.cols.start..start + cols.end - self.cols.start
    }

    pub(super) fn grid(&self, of: &Grid) -> Grid {
        Grid {
            west: of.west + self.cols.start as f64 * of.cell_m,
            north: of.north - self.rows.start as f64 * of.cell_m,
            cols: self.cols.len(),
            rows: self.rows.len(),
            cell_m: of.cell_m,
        }
    }
}
