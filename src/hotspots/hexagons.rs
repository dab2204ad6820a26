//! The hexagons of a selection, and which of them stand out.

use h3o::Resolution;

use super::Method;
use super::findings::{Question, Worked};
use super::hexes::{Hexes, Marks, marks};
use super::index::Index;
use super::job::Job;
use super::tier::Allowed;

/// What the pins of a selection say by hexagon.
#[derive(Debug)]
pub struct Hexagons {
    /// From how many, when and how it was found.
    pub method: Method,
    /// Every hexagon in which people speak; none where they are refused.
    pub hexes: Hexes,
    /// Those of five people and more, tested; none where so many people allow no test.
    pub marks: Option<Marks>,
}

impl Worked for Hexagons {
    type Outcome = ();

    fn job(&self) -> Option<&Job<()>> {
        None
    }
}

impl Hexagons {
    /// Counts people by hexagon and tests the hexagons.
    #[must_use]
    pub fn of(index: &Index, question: &Question, resolution: Resolution) -> Self {
        let selected = index.select(&question.selection);
        let method = Method::of(index, question, &selected);
        let spots = if method.refused.is_none() { &selected.spots[..] } else { &[] };
        let cells = index.hexagons(&selected, resolution);
        let hexes = Hexes::of(spots, &cells, resolution, index.plane());
        let marks = (method.refused.is_none() && method.tier.allows(Allowed::Test)).then(|| marks(&hexes));
        Self { method, hexes, marks }
    }
}
