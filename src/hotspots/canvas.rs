//! A living surface: kept for a question that was asked, and repainted only around the pin that changed.
//!
//! Where a pin comes or goes, its person's part is taken off the cells which that pin reaches, and what is then their
//! part is put back. Sums are whole numbers ([`super::sheet`]), so what stands is, bit for bit, what
//! [`Surface::around`] computes from all pins.

use geo::MultiPolygon;

use super::Spot;
use super::findings::Question;
use super::grid::Grid;
use super::sheet::{Brush, Scratch, Sheet, Way};
use super::surface::{Extent, Surface, around, edges};

/// The surface of the pins that one question means.
#[derive(Debug)]
pub(super) struct Canvas {
    /// Which pins, and the width of the kernel.
    pub question: Question,
    extent: Extent,
    brush: Brush,
    /// The largest grid that the surface may need.
    sheet: Sheet,
    edges: Edges,
}

/// The box around all own pins that are meant.
#[derive(Debug, Clone, Copy)]
enum Edges {
    Known(Option<[f64; 4]>),
    /// A pin that lay on the edge is gone.
    Lost,
}

impl Canvas {
    /// The canvas of the pins that a question means, inside a shape on the same plane.
    pub fn new(question: Question, shape: &MultiPolygon<f64>, spots: &[Spot]) -> Self {
        let extent = Extent::of(shape, question.sigma_m);
        let grid = extent.largest();
        let brush = Brush::new(&grid, question.sigma_m);
        let sheet = Sheet::of(grid, spots, question.sigma_m);
        Self { extent, brush, sheet, edges: Edges::Known(edges(spots)), question }
    }

    /// Takes all of one person's pins that are meant off the cells which a box reaches, or puts them on.
    pub fn paint(&mut self, pins: &[&Spot], around: [f64; 4], way: Way) {
        let window = self.sheet.reached(&self.brush, around);
        self.sheet.paint(&self.brush, pins, &window, &mut Scratch::new(&window), way);
    }

    /// Remembers how far the pins reach: one in a box came.
    pub fn came(&mut self, bounds: [f64; 4]) {
        if let Edges::Known(known) = &mut self.edges {
            *known = Some(known.map_or(bounds, |known| around(known, bounds)));
        }
    }

    /// Remembers how far the pins reach: one in a box went.
    pub fn went(&mut self, bounds: [f64; 4]) {
        if let Edges::Known(Some(known)) = self.edges
            && known.iter().zip(bounds).any(|(a, b)| a.total_cmp(&b).is_eq())
        {
            self.edges = Edges::Lost;
        }
    }

    /// What [`Surface::around`] says of the pins that are meant.
    pub fn surface(&mut self, spots: &[Spot]) -> (Surface, Grid) {
        let known = match self.edges {
            Edges::Known(known) => known,
            Edges::Lost => edges(spots),
        };
        self.edges = Edges::Known(known);
        (self.sheet.surface(self.extent.whole(known), self.question.sigma_m), self.extent.grid)
    }
}

#[cfg(test)]
mod tests;
