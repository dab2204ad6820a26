//! The gatherings and who came to them.

use crate::gatherings::AgeBand::{self, From12, From18, From30, From45, From65};
use crate::gatherings::GatheringKind;
use crate::gatherings::Gender::{self, Man, Other, Woman};
use crate::gatherings::Part::{self, Professional, PupilStudent, Resident, Shopkeeper, Visitor, WorksHere};
use crate::gatherings::Question;

/// A gathering of the past: when and how it was held, who came, how they talk there.
#[derive(Debug)]
pub struct Gathering {
    /// How pins were collected.
    pub kind: GatheringKind,
    /// Its name.
    pub name: &'static str,
    /// The round it belongs to.
    pub round: &'static str,
    /// How many days before the demo starts it was held.
    pub days_ago: i64,
    /// Pins per participant, where there is a budget.
    pub pin_budget: Option<i64>,
    /// What was asked besides the feeling.
    pub questions: &'static [Question],
    /// Whether somebody has looked through the comments.
    pub looked_through: bool,
    pub(super) hearsay: bool,
    pub(super) people_per_device: usize,
    /// Pins of each side, safe and less safe, that a person puts down.
    pub(super) fewest: usize,
    pub(super) most: usize,
    /// The share of pins with words.
    pub(super) talkative: f64,
    pub(super) people: &'static [Guest],
}

/// The gatherings before today, oldest first.
pub const GATHERINGS: &[Gathering] = &[
    Gathering {
        kind: GatheringKind::Table,
        name: "Buurttafels in de bibliotheek",
        round: "2026-1",
        days_ago: 45,
        pin_budget: Some(6),
        questions: Question::USUAL,
        looked_through: true,
        hearsay: false,
        people_per_device: 6,
        fewest: 3,
        most: 3,
        talkative: 0.62,
        people: TABLES,
    },
    Gathering {
        kind: GatheringKind::Interview,
        name: "Gesprekken met sleutelfiguren",
        round: "2026-1",
        days_ago: 31,
        pin_budget: None,
        questions: Question::USUAL,
        looked_through: true,
        hearsay: true,
        people_per_device: 9,
        fewest: 2,
        most: 4,
        talkative: 1.0,
        people: KEY_FIGURES,
    },
    Gathering {
        kind: GatheringKind::Street,
        name: "Kraam op de markt",
        round: "2026-1",
        days_ago: 12,
        pin_budget: None,
        questions: &[
            Question::When,
            Question::Themes,
            Question::Comment,
            Question::Age,
            Question::Gender,
            Question::Role,
        ],
        looked_through: false,
        hearsay: false,
        people_per_device: 7,
        fewest: 1,
        most: 3,
        talkative: 0.95,
        people: MARKET,
    },
];

/// What somebody told about themselves: age, gender and role.
pub(super) type Guest = (Option<AgeBand>, Option<Gender>, Option<Part>);

/// Four tables of six.
#[rustfmt::skip]
const TABLES: &[Guest] = &[
    (Some(From65), Some(Woman), Some(Resident)), (Some(From65), Some(Woman), Some(Resident)), (Some(From65), Some(Man), Some(Resident)),
    (Some(From45), Some(Woman), Some(Resident)), (Some(From65), Some(Woman), None), (Some(From45), Some(Man), Some(Resident)),
    (Some(From30), Some(Woman), Some(Resident)), (Some(From30), Some(Woman), Some(Resident)), (Some(From30), Some(Man), Some(Resident)),
    (Some(From18), Some(Woman), Some(Resident)), (Some(From30), None, Some(Resident)), (Some(From45), Some(Woman), Some(WorksHere)),
    (Some(From12), Some(Woman), Some(PupilStudent)), (Some(From12), Some(Man), Some(PupilStudent)), (Some(From12), Some(Woman), Some(PupilStudent)),
    (Some(From18), Some(Other), Some(PupilStudent)), (Some(From12), Some(Man), Some(PupilStudent)), (Some(From18), Some(Woman), Some(PupilStudent)),
    (Some(From45), Some(Man), Some(Shopkeeper)), (Some(From30), Some(Woman), Some(Shopkeeper)), (Some(From18), Some(Man), Some(WorksHere)),
    (Some(From45), Some(Woman), Some(Resident)), (None, Some(Man), Some(Resident)), (Some(From30), Some(Man), Some(Resident)),
];

#[rustfmt::skip]
const KEY_FIGURES: &[Guest] = &[
    (Some(From45), Some(Woman), Some(Professional)), (Some(From30), Some(Man), Some(Professional)), (Some(From45), Some(Man), Some(Shopkeeper)),
    (Some(From65), Some(Woman), Some(Resident)), (Some(From30), Some(Woman), Some(Professional)), (Some(From18), Some(Man), Some(Professional)),
    (Some(From45), Some(Woman), Some(WorksHere)), (None, None, Some(Professional)), (Some(From30), Some(Woman), Some(Shopkeeper)),
];

#[rustfmt::skip]
const MARKET: &[Guest] = &[
    (Some(From65), Some(Man), Some(Resident)), (Some(From30), Some(Woman), Some(Visitor)), (Some(From18), Some(Woman), Some(Resident)),
    (Some(From45), Some(Man), Some(Resident)), (Some(From30), Some(Man), Some(Visitor)), (Some(From65), Some(Woman), Some(Resident)),
    (Some(From18), Some(Man), Some(PupilStudent)), (Some(From45), Some(Woman), Some(Shopkeeper)), (Some(From30), Some(Woman), Some(Resident)),
    (Some(From12), Some(Woman), Some(PupilStudent)), (Some(From45), Some(Woman), None), (Some(From65), Some(Man), Some(Resident)),
    (Some(From30), Some(Other), Some(Resident)), (Some(From18), Some(Woman), Some(Visitor)),
];
