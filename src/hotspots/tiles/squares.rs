//! People by square of the tile itself, as polygons.

use super::Address;
use super::mvt::{EXTENT, Sheet, Unit};
use crate::hotspots::layers::{Layers, SQUARES, Square};

/// The units along a square's edge.
#[expect(clippy::cast_possible_wrap, reason = "a tile's units fit by far")]
const EDGE: i32 = EXTENT as i32 / SQUARES as i32;

/// Draws the squares of a tile in which five people or more speak; of fewer not even that somebody does.
#[must_use]
pub fn counts(layers: &Layers, Address { z, x, y }: Address) -> Vec<u8> {
    let mut sheet = Sheet::new("counts", &["people", "people_unsafe", "people_safe"]);
    for square in layers.squares(z, x, y) {
        let Some(tally) = square.tally else { continue };
        let told = [(0, tally.people), (1, tally.people_unsafe), (2, tally.people_safe)];
        let tags: Vec<u32> = told.iter().flat_map(|(key, people)| [*key, sheet.number(u64::from(*people))]).collect();
        sheet.polygons(&tags, &[vec![ring(square)]]);
    }
    sheet.finish()
}

fn ring(square: Square) -> Vec<Unit> {
    let (west, north) = (i32::from(square.col) * EDGE, i32::from(square.row) * EDGE);
    let (east, south) = (west + EDGE, north + EDGE);
    vec![[west, north], [east, north], [east, south], [west, south]]
}
