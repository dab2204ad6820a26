//! The cells of a surface.

use geo::{BoundingRect, InteriorPoint, LineString, MultiPolygon};

/// The usual edge of a cell, in metres: a quarter of the usual sigma, below which cell size no longer matters.
pub const CELL_M: f64 = 25.0;
/// The most cells; a larger area gets larger cells, in steps of 25 m.
pub const MAX_CELLS: f64 = 400_000.0;

/// Square cells on a plane, row by row from the north-west, with edges on multiples of their size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Grid {
    /// Metres east of the western edge.
    pub west: f64,
    /// Metres north of the northern edge.
    pub north: f64,
    /// Cells from west to east.
    pub cols: usize,
    /// Cells from north to south.
    pub rows: usize,
    /// Edge of a cell, in metres.
    pub cell_m: f64,
}

impl Grid {
    /// Covers a box (west, south, east, north, in metres) with cells of 25 m, or larger ones where they were too many.
    #[must_use]
    pub fn covering(bounds: [f64; 4]) -> Self {
        let [west, south, east, north] = bounds;
        let mut cell_m = CELL_M;
        while (east - west) / cell_m * ((north - south) / cell_m) > MAX_CELLS {
            cell_m += CELL_M;
        }
        Self::with_cell(bounds, cell_m)
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole, positive and below the limit")]
    pub(super) fn with_cell([west, south, east, north]: [f64; 4], cell_m: f64) -> Self {
        let low = |v: f64| (v / cell_m).floor() * cell_m;
        let high = |v: f64| (v / cell_m).ceil() * cell_m;
        let cells = |from: f64, to: f64| (((to - from) / cell_m).round() as usize).max(1);
        Self {
            west: low(west),
            north: high(north),
            cols: cells(low(west), high(east)),
            rows: cells(low(south), high(north)),
            cell_m,
        }
    }

    /// How many cells there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.cols * self.rows
    }

    /// Whether there is no cell; never so.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Metres east of the centres of a column.
    #[must_use]
    pub fn x(&self, col: usize) -> f64 {
        self.west + (col as f64 + 0.5) * self.cell_m
    }

    /// Metres north of the centres of a row.
    #[must_use]
    pub fn y(&self, row: usize) -> f64 {
        self.north - (row as f64 + 0.5) * self.cell_m
    }

    /// The centre of a cell, in metres.
    #[must_use]
    pub fn centre(&self, cell: usize) -> (f64, f64) {
        (self.x(cell % self.cols), self.y(cell / self.cols))
    }

    /// West, south, east and north, in metres.
    #[must_use]
    pub fn bounds(&self) -> [f64; 4] {
        let (width, height) = (self.cols as f64 * self.cell_m, self.rows as f64 * self.cell_m);
        [self.west, self.north - height, self.west + width, self.north]
    }

    /// The columns whose centres lie in a closed interval, in metres.
    pub(super) fn cols_between(&self, from: f64, to: f64) -> std::ops::Range<usize> {
        span((from - self.west) / self.cell_m, (to - self.west) / self.cell_m, self.cols)
    }

    /// The rows whose centres lie in a closed interval, in metres from south to north.
    pub(super) fn rows_between(&self, south: f64, north: f64) -> std::ops::Range<usize> {
        span((self.north - north) / self.cell_m, (self.north - south) / self.cell_m, self.rows)
    }

    /// Says of each cell whether its centre lies inside a shape of the same plane.
    #[must_use]
    pub fn inside(&self, shape: &MultiPolygon<f64>) -> Vec<bool> {
        let mut crossings = vec![Vec::new(); self.rows];
        for ring in shape.iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors())) {
            self.cross_rows(ring, &mut crossings);
        }
        let mut inside = vec![false; self.len()];
        for (row, xs) in crossings.iter_mut().enumerate() {
            xs.sort_unstable_by(f64::total_cmp);
            for pair in xs.chunks_exact(2) {
                for col in self.cols_between(pair[0], pair[1]) {
                    inside[row * self.cols + col] = true;
                }
            }
        }
        inside
    }

    /// The cells whose centres lie inside a shape of the same plane, or the one around a point inside it where no centre
    /// does; row by row, none beyond the grid.
    #[must_use]
    pub fn cells_in(&self, shape: &MultiPolygon<f64>) -> Vec<usize> {
        let Some([west, south, east, north]) = bounds(shape) else { return Vec::new() };
        let (cols, rows) = (self.cols_between(west, east), self.rows_between(south, north));
        let (left, top) = (self.west + cols.start as f64 * self.cell_m, self.north - rows.start as f64 * self.cell_m);
        let window = Self { west: left, north: top, cols: cols.len(), rows: rows.len(), cell_m: self.cell_m };
        let inside = window.inside(shape);
        let cells: Vec<usize> = (0..window.len())
            .filter(|cell| inside[*cell])
            .map(|cell| (rows.start + cell / window.cols) * self.cols + cols.start + cell % window.cols)
            .collect();
        if !cells.is_empty() {
            return cells;
        }
        let half = self.cell_m / 2.0;
        let Some(point) = shape.interior_point() else { return Vec::new() };
        let (x, y) = point.x_y();
        let (cols, rows) = (self.cols_between(x - half, x + half), self.rows_between(y - half, y + half));
        rows.take(1).flat_map(|row| cols.clone().take(1).map(move |col| row * self.cols + col)).collect()
    }

    fn cross_rows(&self, ring: &LineString<f64>, crossings: &mut [Vec<f64>]) {
        for edge in ring.lines() {
            let (a, b) = if edge.start.y < edge.end.y { (edge.start, edge.end) } else { (edge.end, edge.start) };
            for row in self.rows_between(a.y, b.y) {
                let y = self.y(row);
                // Half open, so that a corner on the row counts once.
                if a.y <= y && y < b.y {
                    crossings[row].push(a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x));
                }
            }
        }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the grid just before")]
fn span(from: f64, to: f64, cells: usize) -> std::ops::Range<usize> {
    let clamp = |v: f64| v.clamp(0.0, cells as f64) as usize;
    // The centre of cell i lies at i + ½.
    clamp((from - 0.5).ceil())..clamp((to - 0.5).floor() + 1.0)
}

/// The box around a shape as west, south, east, north.
pub(super) fn bounds(shape: &MultiPolygon<f64>) -> Option<[f64; 4]> {
    shape.bounding_rect().map(|r| [r.min().x, r.min().y, r.max().x, r.max().y])
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{Contains, Point, Translate, wkt};
    use proptest::prelude::*;

    #[test]
    fn it_is_aligned_and_covers() {
        let grid = Grid::covering([-13.0, -1.0, 30.0, 25.0]);
        assert_eq!(grid, Grid { west: -25.0, north: 25.0, cols: 3, rows: 2, cell_m: 25.0 });
        assert_eq!(grid.centre(0), (-12.5, 12.5));
        assert_eq!(grid.centre(5), (37.5, -12.5));
    }

    #[test]
    fn a_large_area_gets_larger_cells() {
        let grid = Grid::covering([0.0, 0.0, 70_000.0, 70_000.0]);
        assert!(grid.len() as f64 <= MAX_CELLS * 1.02, "{}", grid.len());
        assert!((grid.cell_m - 125.0).abs() < 1e-9);
    }

    #[test]
    fn a_shape_between_centres_has_the_cell_around_it() {
        let grid = Grid::covering([0.0, 0.0, 100.0, 100.0]);
        let small: MultiPolygon<f64> = wkt!(MULTIPOLYGON(((51. 26., 54. 26., 54. 29., 51. 26.))));
        assert_eq!(grid.cells_in(&small), [2 * 4 + 2]);
        assert!(grid.cells_in(&small.translate(400.0, 0.0)).is_empty());
        assert!(grid.cells_in(&MultiPolygon::new(Vec::new())).is_empty());
    }

    proptest! {
        #[test]
        fn inside_is_what_contains_says(dx in -30.0..30.0, dy in -30.0..30.0) {
            let shape: MultiPolygon<f64> = wkt!(MULTIPOLYGON(
                ((3. 5., 390. 20., 420. 380., 200. 150., 30. 400., 3. 5.),(100. 60., 120. 140., 210. 90., 100. 60.)),
                ((500. 0., 600. 10., 550. 90., 500. 0.))
            ));
            let shape = shape.translate(dx, dy);
            let grid = Grid::covering(bounds(&shape).unwrap());
            let inside = grid.inside(&shape);
            for (cell, is_inside) in inside.iter().enumerate() {
                prop_assert_eq!(*is_inside, shape.contains(&Point::from(grid.centre(cell))), "cell {}", cell);
            }
            let cells: Vec<usize> = (0..grid.len()).filter(|cell| inside[*cell]).collect();
            prop_assert_eq!(grid.cells_in(&shape), cells);
            let part = Grid::covering([100.0, 50.0, 300.0, 1000.0]);
            let cells: Vec<usize> =
                (0..part.len()).filter(|cell| shape.contains(&Point::from(part.centre(*cell)))).collect();
            prop_assert_eq!(part.cells_in(&shape), cells);
        }

        #[test]
        fn spans_hold_the_centres_between(from in -100.0..200.0_f64, width in 0.0..200.0_f64) {
            let grid = Grid::covering([0.0, 0.0, 100.0, 100.0]);
            let cols: Vec<usize> = (0..grid.cols).filter(|c| (from..=from + width).contains(&grid.x(*c))).collect();
            prop_assert_eq!(grid.cols_between(from, from + width).collect::<Vec<_>>(), cols);
            let rows: Vec<usize> = (0..grid.rows).filter(|r| (from..=from + width).contains(&grid.y(*r))).collect();
            prop_assert_eq!(grid.rows_between(from, from + width).collect::<Vec<_>>(), rows);
        }
    }
}
