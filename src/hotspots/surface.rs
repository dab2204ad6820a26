//! The people surface: how many people feel so at each spot.
//!
//! `M_v(s) = Σ_i max_j k(|s − x_ij| / σ)` with `k(u) = exp(−u²/2)`: every participant i adds their strongest pin among
//! those that say v, so ten pins by one person on one spot count once, and the unit is people. The distance from a line or
//! an area is that from its nearest part, zero inside, so however long it is it speaks with one voice. The share of unsafe is
//! shrunk towards the overall share p₀ by two people: `p(s) = (M_u + 2 p₀) / (M_u + M_s + 2)`.

use geo::MultiPolygon;

use super::grid::{self, Grid};
use super::sheet::Sheet;
use super::{SHRINK_PEOPLE, Spot};

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
    /// Each person's part is rounded to 2⁻⁴⁰ people, and the kernel ends where it rounds to nothing.
    #[must_use]
    pub fn new(grid: Grid, spots: &[Spot], sigma_m: f64) -> Self {
        Sheet::of(grid, spots, sigma_m).surface(grid, sigma_m)
    }

    /// Computes the surface of own pins around a shape on the same plane: at least its box, and up to three sigma beyond
    /// it where pins lie that near, so that neither the overall share nor a contour knows where the box ends. The
    /// second value is the grid that covers the box alone, for [`Surface::crop`].
    #[must_use]
    pub fn around(shape: &MultiPolygon<f64>, spots: &[Spot], sigma_m: f64) -> (Self, Grid) {
        let extent = Extent::of(shape, sigma_m);
        (Self::new(extent.whole(edges(spots)), spots, sigma_m), extent.grid)
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

/// The grids that a surface around a shape may have.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Extent {
    /// The grid that covers the shape's box alone.
    pub grid: Grid,
    bounds: [f64; 4],
    far_m: f64,
}

impl Extent {
    pub fn of(shape: &MultiPolygon<f64>, sigma_m: f64) -> Self {
        let bounds = grid::bounds(shape).unwrap_or_default();
        Self { grid: Grid::covering(bounds), bounds, far_m: 3.0 * sigma_m }
    }

    /// The grid of a surface of pins in a box; none where there is no pin.
    pub fn whole(&self, edges: Option<[f64; 4]>) -> Grid {
        let [west, south, east, north] = self.bounds;
        let far = self.far_m;
        let all = edges.map_or(self.bounds, |[w, s, e, n]| {
            [
                west.min((w - far).max(west - far)),
                south.min((s - far).max(south - far)),
                east.max((e + far).min(east + far)),
                north.max((n + far).min(north + far)),
            ]
        });
        Grid::with_cell(all, self.grid.cell_m)
    }

    /// The largest grid that [`Extent::whole`] can give.
    pub fn largest(&self) -> Grid {
        let [west, south, east, north] = self.bounds;
        self.whole(Some([west, south, east, north]))
    }
}

/// The box around all own pins: west, south, east, north, in metres.
pub(super) fn edges(spots: &[Spot]) -> Option<[f64; 4]> {
    spots.iter().filter(|s| s.is_own()).map(Spot::bounds).reduce(around)
}

/// The box around two boxes.
pub(super) fn around(a: [f64; 4], b: [f64; 4]) -> [f64; 4] {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}

#[cfg(test)]
mod tests;
