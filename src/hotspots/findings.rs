//! What the pins of a selection say, and the slower work that follows it.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};

use geo::MultiPolygon;

use super::counts::Counts;
use super::grid::{CELL_M, Grid};
use super::hexes::{Hexes, USUAL, cell_at, marks};
use super::index::{Index, Selected};
use super::job::Job;
use super::significance::{self, Cell, Tested};
use super::stability;
use super::surface::Surface;
use super::tier::{Allowed, Refusal, Tier};
use super::trust::{TestedBy, Trust, Trusted};
use super::watch::Watch;
use super::{Hotspot, Kind, Method, Spot, areas, explanation};
use crate::gatherings::Who;
use crate::geometry::Plane;
use crate::pins::selection::Selection;

/// What a finding is a function of, next to the pins.
#[derive(Debug, Clone)]
pub struct Question {
    /// Which pins are meant.
    pub selection: Selection,
    /// Width of the kernel, in metres; checked.
    pub sigma_m: f64,
}

impl Question {
    /// The kernel's width, which is never "not a number", by its bits.
    fn key(&self) -> (&Selection, u64) {
        (&self.selection, self.sigma_m.to_bits())
    }
}

impl PartialEq for Question {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Question {}

impl Hash for Question {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

/// What the pins of a selection say.
#[derive(Debug)]
pub struct Findings {
    /// From how many, when and how it was found.
    pub method: Method,
    /// The surface over the boundary's box; none where it is refused.
    pub surface: Option<Surface>,
    /// The hotspots, most people first; none where they are refused.
    pub hotspots: Vec<Hotspot>,
    /// The charts' numbers.
    pub counts: Counts,
    /// The plane of the surface.
    pub plane: Plane,
    /// The boundary on that plane.
    pub shape: MultiPolygon<f64>,
    /// Whether the hotspots can be chance and would stay; none where so many people allow no test.
    pub trust: Option<Job<Trust>>,
}

/// An answer with slower work behind it.
pub trait Worked {
    /// What the work comes to.
    type Outcome: Send + Sync + 'static;

    /// The work; none where there is none to do.
    fn job(&self) -> Option<&Job<Self::Outcome>>;

    /// Stops the work.
    fn stop(&self) {
        if let Some(job) = self.job() {
            job.cancel();
        }
    }
}

impl Worked for Findings {
    type Outcome = Trust;

    fn job(&self) -> Option<&Job<Trust>> {
        self.trust.as_ref()
    }
}

/// What the slower work starts from.
#[derive(Debug)]
pub struct Basis {
    whole: Surface,
    /// The cells that are shown.
    grid: Grid,
    spots: Vec<Spot>,
    plane: Plane,
    people: usize,
    grounds: Vec<(Kind, MultiPolygon<f64>)>,
}

impl Method {
    /// How an answer to a question comes about, with cells of the usual size.
    #[must_use]
    pub fn of(index: &Index, question: &Question, selected: &Selected) -> Self {
        let voices = selected.voices();
        let at_any_time = || index.select(&question.selection.at_any_time()).voices();
        Self {
            voices,
            tier: Tier::of(&voices),
            refused: Refusal::of(&question.selection, &voices, at_any_time),
            gatherings: selected.gatherings,
            first_day: selected.first_day.clone(),
            last_day: selected.last_day.clone(),
            sigma_m: question.sigma_m,
            cell_m: CELL_M,
        }
    }
}

impl Findings {
    /// Finds what can be found at once; the basis is that of the slower work, where it is allowed.
    #[must_use]
    pub fn of(index: &Index, question: &Question) -> (Self, Option<Basis>) {
        let selected = index.select(&question.selection);
        let method = Method::of(index, question, &selected);
        let (refused, tier, people) = (method.refused, method.tier, method.voices.people);
        let spots = selected.spots;
        let (plane, shape) = (*index.plane(), index.shape().clone());
        let mut findings = Self {
            counts: if refused.is_some() { Counts::of(&[]) } else { Counts::of(&spots) },
            method,
            surface: None,
            hotspots: Vec::new(),
            plane,
            shape,
            trust: None,
        };
        if refused.is_some() {
            return (findings, None);
        }
        let (whole, grid) = index.surface(question, &spots);
        findings.method.cell_m = grid.cell_m;
        findings.hotspots = areas::find(&whole, &spots, &findings.shape, &plane);
        if tier.allows(Allowed::Contested) {
            explain(&mut findings.hotspots, index, &spots, question.sigma_m);
        }
        findings.surface = Some(whole.crop(grid));
        let grounds = findings.hotspots.iter().map(|h| (h.kind, h.ground.clone())).collect();
        let basis = tier.allows(Allowed::Test).then_some(Basis { whole, grid, spots, plane, people, grounds });
        (findings, basis)
    }
}

/// Says of contested hotspots why people differ there.
fn explain(hotspots: &mut [Hotspot], index: &Index, spots: &[Spot], sigma_m: f64) {
    if hotspots.iter().all(|h| h.kind != Kind::Contested) {
        return;
    }
    let who: HashMap<u32, Who> = spots.iter().map(|s| (s.participant, index.who(s.participant))).collect();
    for hotspot in hotspots.iter_mut().filter(|h| h.kind == Kind::Contested) {
        let here = areas::spots_in(&hotspot.ground, spots, sigma_m / 2.0);
        hotspot.explanation = Some(explanation::explain(&here, &who));
    }
}

impl Basis {
    /// Works out how far the hotspots can be trusted; none where it was told to stop.
    #[must_use]
    pub fn trust(self, watch: &Watch) -> Option<Trust> {
        let Self { whole, grid, spots, plane, people, grounds } = self;
        let tested = match TestedBy::of(people) {
            TestedBy::WithinParticipant => significance::test(&whole, &spots, watch)?,
            TestedBy::Hexes => by_hexes(&whole, &spots, &plane),
        };
        let stable = stability::stability(&whole, &spots, &grounds, watch)?;
        let hotspots = grounds.iter().zip(stable).map(|((kind, ground), stable)| Trusted {
            verdict: significance::verdict(&tested, &whole, *kind, ground),
            stable,
        });
        let hotspots = hotspots.collect();
        Some(Trust { cells: whole.cells_of(&grid).map(|cell| tested.cells[cell]).collect(), hotspots })
    }
}

/// Gives each cell what is said of the hexagon that its centre lies in.
fn by_hexes(whole: &Surface, spots: &[Spot], plane: &Plane) -> Tested {
    let cells: Vec<_> = spots.iter().map(|spot| cell_at(plane, spot.x, spot.y, USUAL)).collect();
    let cells = marks(&Hexes::of(spots, &cells, USUAL, plane)).on(&whole.grid, plane);
    let eligible = cells.iter().filter(|cell| **cell != Cell::TooFew).count();
    Tested { cells, high: 0.0, low: 0.0, eligible }
}

#[cfg(test)]
mod tests;
