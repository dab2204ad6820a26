//! The hexagons of a selection, and which of them stand out.

use h3o::Resolution;

use super::findings::{Question, Worked};
use super::grid::CELL_M;
use super::hexes::{Hexes, Marks, marks};
use super::index::Index;
use super::job::Job;
use super::tier::{Allowed, Refusal, Tier};
use super::{Method, Voices};

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
        let voices = Voices::of(&selected.spots);
        let at_any_time = || index.select(&question.selection.at_any_time()).voices();
        let refused = Refusal::of(&question.selection, &voices, at_any_time);
        let tier = Tier::of(&voices);
        let spots = if refused.is_none() { &selected.spots[..] } else { &[] };
        let cells = index.hexagons(&selected, resolution);
        let hexes = Hexes::of(spots, &cells, resolution, index.plane());
        let marks = (refused.is_none() && tier.allows(Allowed::Test)).then(|| marks(&hexes));
        let method = Method {
            voices,
            tier,
            refused,
            gatherings: selected.gatherings,
            first_day: selected.first_day,
            last_day: selected.last_day,
            sigma_m: question.sigma_m,
            cell_m: CELL_M,
        };
        Self { method, hexes, marks }
    }
}
