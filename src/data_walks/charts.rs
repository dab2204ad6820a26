//! What the charts of a data walk are: each shows numbers, places or words, and never a person.
//!
//! In [`Chart::Who`] people of bands too small to tell stand together with those who did not say, so that no band can be
//! worked out from the others.

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::data_walks::Figure;
use crate::hotspots::Kind as HotspotKind;
use crate::hotspots::explanation::GroupedBy;
use crate::hotspots::significance::Verdict;
use crate::hotspots::tier::Why;
use crate::id::Id;
use crate::neighbourhoods::themes::Theme;
use crate::pins::Feeling;
use crate::words;

words! {
    /// A time of day that has a map of its own.
    pub enum Time { Day = "day", Evening = "evening", Dark = "dark" }
}

words! {
    /// How many people, in bands: three or four, five to nine, ten or more.
    pub enum Band { Few = "few", Some = "some", Many = "many" }
}

/// Approved words of a resident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Quote {
    /// How it feels there.
    pub feeling: Feeling,
    /// The words as a moderator let them through.
    pub words: String,
    /// The hotspot's name that it is about; never a finer spot.
    pub place: Option<String>,
}

/// An action as it stands on the wall.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Draft {
    /// What would be done.
    pub measure: String,
    /// The places it is about.
    pub places: Vec<String>,
    /// The function that owns it, as a word; null for "not yet".
    pub owner: Option<String>,
    /// When it is due.
    pub due: Option<String>,
    /// How it stands, as a word.
    pub status: String,
    /// People who voted for it.
    pub votes: i64,
}

/// What a station shows.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(tag = "of", rename_all = "snake_case")]
#[schema(as = StationChart)]
pub enum Chart {
    /// Why there is nothing to show.
    Refused {
        /// The reason.
        why: Why,
        /// Distinct people that would do; null where people are not what is lacking.
        needs: Option<usize>,
    },
    /// Who spoke, and of whom too few did.
    Who {
        /// By age, gender and role.
        fields: Vec<WhoField>,
    },
    /// Where people feel safe, or less safe: the largest first.
    Places {
        /// The places.
        places: Vec<PlaceMark>,
    },
    /// Where people do not feel the same.
    Contested {
        /// The places.
        places: Vec<Contested>,
    },
    /// The same map by day, in the evening and in the dark.
    When {
        /// One for each time of day, at the same scale.
        panels: Vec<Panel>,
    },
    /// What people speak of at which place, in bands.
    Why {
        /// The columns.
        themes: Vec<Theme>,
        /// The rows.
        rows: Vec<ThemeRow>,
    },
    /// What two groups speak of where they feel less safe.
    Differences {
        /// The pairs of groups.
        pairs: Vec<Dumbbells>,
    },
    /// What people said themselves.
    Words {
        /// Approved words.
        quotes: Vec<Quote>,
    },
    /// What people feel, and next to it what others counted: two panels that are never laid over one another.
    Figures {
        /// People who feel less safe somewhere, and why, most first.
        felt: Vec<FeltTheme>,
        /// What others counted.
        counted: Vec<Figure>,
    },
    /// From talk to action.
    Actions {
        /// What was proposed so far.
        drafts: Vec<Draft>,
        /// So many rows are left open.
        empty_rows: usize,
    },
}

/// The bands of age, gender or role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct WhoField {
    /// Which.
    pub of: GroupedBy,
    /// Each band with its people; fewer than three are null.
    pub bands: Vec<WhoBand>,
    /// People who did not say, and those of bands too small to tell.
    pub others: usize,
}

/// A band and its people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct WhoBand {
    /// The band's word.
    pub code: &'static str,
    /// Its people; null for fewer than three: they are hardly heard.
    pub people: Option<usize>,
}

/// A place on a map.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct PlaceMark {
    /// How it is called.
    pub name: Option<String>,
    /// The kept place that it is.
    pub place: Option<Id>,
    /// What people feel there.
    pub kind: HotspotKind,
    /// Distinct people who spoke of it.
    pub people: u32,
    /// Those who feel as the chart says; null for fewer than three.
    pub feel_so: Option<u32>,
    /// Whether it can be chance; null where that is not tested.
    pub verdict: Option<Verdict>,
    /// Longitude and latitude of a point inside.
    pub centre: [f64; 2],
    /// A Polygon or `MultiPolygon`.
    #[schema(value_type = Object)]
    pub geometry: Value,
}

/// A place where people do not feel the same.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Contested {
    /// How it is called.
    pub name: Option<String>,
    /// The kept place that it is.
    pub place: Option<Id>,
    /// Distinct people who spoke of it.
    pub people: u32,
    /// Those who feel safe there; null for fewer than three.
    pub people_safe: Option<u32>,
    /// Those who feel less safe there; null for fewer than three.
    pub people_unsafe: Option<u32>,
    /// What explains it, as a word: `time`, `group`, `theme`, `mixed` or `open`; null where so few people allow no answer.
    pub explained_by: Option<&'static str>,
    /// Approved words of one who feels safe there.
    pub safe_words: Option<String>,
    /// Approved words of one who feels less safe there.
    pub unsafe_words: Option<String>,
    /// Longitude and latitude of a point inside.
    pub centre: [f64; 2],
    /// A Polygon or `MultiPolygon`.
    #[schema(value_type = Object)]
    pub geometry: Value,
}

/// The map of a time of day.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Panel {
    /// When.
    pub time: Time,
    /// People who speak of it; fewer than three are null.
    pub people: Option<usize>,
    /// Why it has no map.
    pub refused: Option<Why>,
    /// Its places, the largest first.
    pub places: Vec<PlaceMark>,
}

/// What people speak of at a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ThemeRow {
    /// How it is called.
    pub name: Option<String>,
    /// What people feel there.
    pub kind: HotspotKind,
    /// Distinct people who spoke of it.
    pub people: u32,
    /// A band for each theme of the chart; null for fewer than three people.
    pub bands: Vec<Option<Band>>,
}

/// What two groups speak of where they feel less safe.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Dumbbells {
    /// What they are told apart by.
    pub of: GroupedBy,
    /// The words of the two groups.
    pub names: [&'static str; 2],
    /// How many people each has.
    pub people: [usize; 2],
    /// The themes, the largest difference first.
    pub rows: Vec<Dumbbell>,
}

/// A theme and the people of two groups who speak of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Dumbbell {
    /// The theme.
    pub theme: Theme,
    /// People of each group, three at least.
    pub people: [u32; 2],
}

/// A theme and the people who feel less safe because of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FeltTheme {
    /// The theme.
    pub theme: Theme,
    /// How many, three at least.
    pub people: u32,
}
