//! Dense groups of people and the density of pins of a selection.

use geo::MultiPolygon;
use h3o::Resolution;

use super::clusters::{self, Cluster};
use super::density::{Density, GAMMA, Window, weighted};
use super::findings::{Question, Worked};
use super::hexes::{Hexes, cell_at};
use super::index::Index;
use super::job::Job;
use super::significance::Cell;
use super::{Method, hexes};
use crate::geometry::Plane;

/// The dense groups of a selection.
#[derive(Debug)]
pub struct Crowds {
    /// From how many, when and how they were found.
    pub method: Method,
    /// The plane of their hulls.
    pub plane: Plane,
    /// Most people first; none where they are refused.
    pub clusters: Vec<Cluster>,
}

/// The density of pins of a selection.
#[derive(Debug)]
pub struct Dense {
    /// From how many, when and how it was found.
    pub method: Method,
    /// The plane of its cells.
    pub plane: Plane,
    /// The boundary on that plane.
    pub shape: MultiPolygon<f64>,
    /// The density; none where it is refused.
    pub density: Option<Density>,
    /// Whether five people speak in the hexagon around each cell's centre.
    pub told: Vec<bool>,
}

/// The hexagons in which five people must speak for a density to be told: edges of some 200 m, more than a kernel's width.
const TOLD_BY: Resolution = Resolution::Nine;

impl Worked for Crowds {
    type Outcome = ();

    fn job(&self) -> Option<&Job<()>> {
        None
    }
}

impl Worked for Dense {
    type Outcome = ();

    fn job(&self) -> Option<&Job<()>> {
        None
    }
}

impl Crowds {
    /// Finds the dense groups, with pins reaching so many metres.
    #[must_use]
    pub fn of(index: &Index, question: &Question, eps_m: f64) -> Self {
        let selected = index.select(&question.selection);
        let method = Method::of(index, question, &selected);
        let clusters =
            if method.refused.is_none() { clusters::find(&selected.spots, |_| true, eps_m) } else { Vec::new() };
        Self { method, plane: *index.plane(), clusters }
    }
}

impl Dense {
    /// Computes the density.
    #[must_use]
    pub fn of(index: &Index, question: &Question) -> Self {
        let selected = index.select(&question.selection);
        let mut method = Method::of(index, question, &selected);
        let (plane, shape) = (*index.plane(), index.shape().clone());
        if method.refused.is_some() {
            return Self { method, plane, shape, density: None, told: Vec::new() };
        }
        let density = Window::new(&shape, question.sigma_m).density(&weighted(&selected.spots, |_| true, GAMMA));
        method.cell_m = density.grid.cell_m;
        let cells = index.hexagons(&selected, TOLD_BY);
        let people = hexes::marks(&Hexes::of(&selected.spots, &cells, TOLD_BY, &plane));
        let is_told = |cell| {
            let (x, y) = density.grid.centre(cell);
            people.of(cell_at(&plane, x, y, TOLD_BY)) != Cell::TooFew
        };
        let told = (0..density.grid.len()).map(is_told).collect();
        Self { method, plane, shape, density: Some(density), told }
    }
}
