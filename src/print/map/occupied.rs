//! What is taken on the paper, so that nothing is written over it: boxes in a grid of cells.

use std::collections::HashMap;

use geo::{Coord, Intersects, Rect};

/// Edge of a cell, in millimetres: about a name's height and half its width.
const CELL_MM: f64 = 12.0;

/// The boxes that are taken.
#[derive(Debug, Default)]
pub(super) struct Occupied {
    cells: HashMap<(i32, i32), Vec<Rect<f64>>>,
}

impl Occupied {
    /// Takes a box.
    pub fn take(&mut self, taken: Rect<f64>) {
        for cell in cells(&taken) {
            self.cells.entry(cell).or_default().push(taken);
        }
    }

    /// Whether nothing is in a box yet.
    pub fn is_free(&self, wanted: &Rect<f64>) -> bool {
        cells(wanted).all(|cell| self.cells.get(&cell).is_none_or(|taken| taken.iter().all(|t| !t.intersects(wanted))))
    }

    /// How much of a box is taken, in square millimetres; what is taken twice counts twice.
    pub fn covered(&self, wanted: &Rect<f64>) -> f64 {
        let mut found: Vec<Rect<f64>> =
            cells(wanted).filter_map(|cell| self.cells.get(&cell)).flatten().copied().collect();
        found.sort_by(|a, b| a.min().x.total_cmp(&b.min().x).then(a.min().y.total_cmp(&b.min().y)));
        found.dedup();
        found.iter().map(|taken| shared(taken, wanted)).sum()
    }
}

fn shared(a: &Rect<f64>, b: &Rect<f64>) -> f64 {
    let width = a.max().x.min(b.max().x) - a.min().x.max(b.min().x);
    let height = a.max().y.min(b.max().y) - a.min().y.max(b.min().y);
    width.max(0.0) * height.max(0.0)
}

#[expect(clippy::cast_possible_truncation, reason = "millimetres of a sheet")]
fn cells(rect: &Rect<f64>) -> impl Iterator<Item = (i32, i32)> + use<> {
    let cell = |v: f64| (v / CELL_MM).floor().clamp(-1e6, 1e6) as i32;
    let (west, east) = (cell(rect.min().x), cell(rect.max().x));
    let (north, south) = (cell(rect.min().y), cell(rect.max().y));
    (west..=east).flat_map(move |x| (north..=south).map(move |y| (x, y)))
}

/// A box around a point.
pub(super) fn around(at: Coord<f64>, half_width: f64, half_height: f64) -> Rect<f64> {
    let half = Coord { x: half_width, y: half_height };
    Rect::new(at - half, at + half)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn boxes() -> impl Strategy<Value = Vec<Rect<f64>>> {
        let one = (-50.0..900.0, -50.0..900.0, 0.1..80.0, 0.1..30.0);
        prop::collection::vec(one.prop_map(|(x, y, w, h)| around(Coord { x, y }, w, h)), 1..60)
    }

    proptest! {
        #[test]
        fn the_grid_finds_what_looking_at_all_finds(taken in boxes(), wanted in boxes()) {
            let mut occupied = Occupied::default();
            for one in &taken {
                occupied.take(*one);
            }
            for one in wanted {
                prop_assert_eq!(occupied.is_free(&one), taken.iter().all(|t| !t.intersects(&one)));
                let covered: f64 = taken.iter().map(|t| shared(t, &one)).sum();
                prop_assert!((occupied.covered(&one) - covered).abs() < 1e-6);
            }
        }
    }
}
