//! The method card: from how many, when and how an answer was found.

use serde::Serialize;
use utoipa::ToSchema;

use crate::hotspots::findings::Findings;
use crate::hotspots::significance::{ALPHA, SEED, SHUFFLES};
use crate::hotspots::tier::{Allowed, Refusal, Tier, Why};
use crate::hotspots::trust::TestedBy;
use crate::hotspots::{
    MERGE_M, MIN_AREA_M2, MIN_PEOPLE, MIN_PINS, MIN_TOLD, Method, NEAR_SIGMAS, PEAK_PART, SHRINK_PEOPLE, VERSION,
};

/// From how many, when and how an answer was found; stands beside every picture of it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Method)]
pub struct MethodCard {
    /// Distinct participants with an own pin.
    people: usize,
    /// Own pins.
    pins: usize,
    /// Pins that were only heard; never counted as people.
    heard_pins: usize,
    /// Gatherings that the pins come from.
    gatherings: usize,
    /// The date of the first of them.
    first_day: Option<String>,
    /// The date of the last of them.
    last_day: Option<String>,
    /// Width of the kernel, in metres.
    sigma_m: f64,
    /// Edge of a cell, in metres.
    cell_m: f64,
    /// Fewest people for a map, a cell and a hotspot.
    min_people: u32,
    /// Fewest own pins for a map.
    min_pins: usize,
    /// Fewest people for a theme or a time to be told.
    min_told: u32,
    /// People within so many sigma speak about a cell.
    near_sigmas: f64,
    /// A hotspot reaches down to this part of its peak.
    peak_part: f64,
    /// The smallest hotspot, in square metres.
    min_area_m2: f64,
    /// Areas nearer than this to each other are one, in metres.
    merge_m: f64,
    /// The share of a cell is drawn towards the overall share by so many people.
    shrink_people: f64,
    /// Whether there is a map.
    enough: bool,
    /// Why there is none.
    refused: Option<RefusalAnswer>,
    /// The step that so many people stand on.
    tier: Tier,
    /// What may be shown of so many people.
    allowed: Vec<Allowed>,
    /// How it was tested whether hotspots can be chance.
    test: TestCard,
    /// Version of the method.
    version: &'static str,
}

/// Why there is no map.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Refusal)]
pub struct RefusalAnswer {
    why: Why,
    /// Distinct people that would do; null where people are not what is lacking.
    needs: Option<usize>,
}

/// How it was tested whether hotspots can be chance.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Test)]
pub struct TestCard {
    state: TestState,
    /// How far it is, in percent.
    percent: u8,
    /// Which test; null where so many people allow none.
    by: Option<TestedBy>,
    /// Shuffles of each person's feelings; null where nothing is shuffled.
    shuffles: Option<usize>,
    /// Seed of the shuffles: the same pins give the same answer.
    seed: Option<u64>,
    /// The chance of at least one false signal (`within_participant`), or the share of false ones among signals (`hexes`).
    alpha: f64,
}

crate::words! {
    /// How far a test is.
    pub enum TestState { Refused = "refused", Running = "running", Done = "done" }
}

impl TestCard {
    /// A test that shuffles; `percent` is none where it is refused.
    pub fn new(by: TestedBy, percent: Option<u8>) -> Self {
        let shuffles = by == TestedBy::WithinParticipant;
        Self {
            state: match percent {
                None => TestState::Refused,
                Some(100) => TestState::Done,
                Some(_) => TestState::Running,
            },
            percent: percent.unwrap_or(0),
            by: percent.map(|_| by),
            shuffles: (shuffles && percent.is_some()).then_some(SHUFFLES),
            seed: (shuffles && percent.is_some()).then_some(SEED),
            alpha: ALPHA,
        }
    }
}

impl MethodCard {
    /// The card of a finding, whose verdicts are told with it or not.
    pub fn of(findings: &Findings, is_tested: bool) -> Self {
        let percent = findings.trust.as_ref().map(|job| if is_tested { 100 } else { job.percent().min(99) });
        Self::with(&findings.method, TestCard::new(TestedBy::of(findings.method.voices.people), percent))
    }

    /// The card of a method and a test.
    pub fn with(method: &Method, test: TestCard) -> Self {
        Self {
            people: method.voices.people,
            pins: method.voices.pins,
            heard_pins: method.voices.heard_pins,
            gatherings: method.gatherings,
            first_day: method.first_day.clone(),
            last_day: method.last_day.clone(),
            sigma_m: method.sigma_m,
            cell_m: method.cell_m,
            min_people: MIN_PEOPLE,
            min_pins: MIN_PINS,
            min_told: MIN_TOLD,
            near_sigmas: NEAR_SIGMAS,
            peak_part: PEAK_PART,
            min_area_m2: MIN_AREA_M2,
            merge_m: MERGE_M,
            shrink_people: SHRINK_PEOPLE,
            enough: method.refused.is_none(),
            refused: method.refused.map(|Refusal { why, needs }| RefusalAnswer { why, needs }),
            tier: method.tier,
            allowed: method.tier.allowed(),
            test,
            version: VERSION,
        }
    }
}
