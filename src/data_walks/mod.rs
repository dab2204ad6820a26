//! A data walk: charts on the walls of a room, and what groups of residents read in them.
//!
//! A station is one chart ([`charts`], made in [`stations`]) of the walk's selection with sentences around it ([`telling`]): it is made anew
//! whenever it is looked at, under the same thresholds as every other picture. What a group reads there is a
//! [`Response`]. It stays with its station and its place and has a count of its own, the people who stood there: it is
//! told beside the pins ([`reading`]) and never among them.

pub mod api;
pub mod charts;
pub mod reading;
pub mod stations;
pub mod store;
pub mod telling;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::{Error, Result};
use crate::id::Id;
use crate::neighbourhoods::Language;
use crate::neighbourhoods::themes::Theme;
use crate::people::check_name;
use crate::pins::selection::Selection;
use crate::recorders::Notes;
use crate::time::check_date;
use crate::words;

words! {
    /// What a station shows, in the order of a room.
    pub enum StationKind {
        Who = "who", Safe = "safe", Unsafe = "unsafe", Contested = "contested", When = "when", Why = "why",
        Differences = "differences", Words = "words", Figures = "figures", Actions = "actions"
    }
}

words! {
    /// What a group says of a chart.
    pub enum Stance { Confirms = "confirms", Nuances = "nuances", Contradicts = "contradicts", Adds = "adds" }
}

/// So many stations at most.
pub const MAX_STATIONS: usize = 20;
/// So many prompts at most.
pub const MAX_PROMPTS: usize = 3;
/// So many figures of others at most.
pub const MAX_FIGURES: usize = 12;
/// So many characters of a title at most.
pub const MAX_TITLE: usize = 160;
/// So many characters of what a group reads at most.
pub const MAX_INTERPRETATION: usize = 1000;
/// So many people stand around one chart at most.
pub const MAX_GROUP: i64 = 60;
/// So many stickers fit at one prompt.
const MAX_STICKERS: i64 = 500;
/// So many characters has a selection as text at most.
const MAX_SELECTION: usize = 2000;

/// A number that others counted, typed by staff with where it comes from; it is shown next to the pins, never over them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// What was counted, such as `broken lamps reported`.
    pub label: String,
    /// The number as it is shown, such as `34` or `12 %`.
    pub value: String,
    /// Of which time, such as `2025`.
    pub period: String,
    /// Who counted it.
    pub source: String,
}

/// A chart on the wall, as staff chose it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Station {
    /// Its random id.
    pub id: Id,
    /// Its place in the walk, from 1.
    pub number: i64,
    /// What it shows.
    pub kind: StationKind,
    /// Titles that staff wrote in the stead of the one made from the chart, by language.
    pub titles: BTreeMap<String, String>,
    /// Prompts that staff wrote in the stead of the usual ones, by language.
    pub prompts: BTreeMap<String, Vec<String>>,
    /// The numbers of others, for a chart next to the figures.
    pub figures: Vec<Figure>,
}

/// A data walk.
#[derive(Debug, Clone, PartialEq)]
pub struct DataWalk {
    /// Its id.
    pub id: Id,
    /// Where it is about.
    pub neighbourhood: Id,
    /// Its name.
    pub name: String,
    /// Its date, such as `2026-12-15`.
    pub day: String,
    /// The selection of its charts, as the query of an address; empty for all pins.
    pub selection: String,
    /// The languages of its charts, the first one first.
    pub languages: Vec<Language>,
    /// Its charts, in order.
    pub stations: Vec<Station>,
}

impl DataWalk {
    /// Reads its selection.
    pub fn pins(&self) -> Result<Selection> {
        read_selection(&self.selection)
    }

    /// Checks what staff says of it and trims its texts.
    pub fn check(mut self) -> Result<Self> {
        self.name = check_name(&self.name)?;
        check_date("day", &self.day)?;
        read_selection(&self.selection)?;
        let spoken = |language: &Language| crate::phrases::LANGUAGES.iter().any(|(code, _)| *code == language.code());
        let double = self.languages.iter().enumerate().any(|(at, one)| self.languages[..at].contains(one));
        if self.languages.is_empty() || double || !self.languages.iter().all(spoken) {
            return Err(Error::invalid("languages", "must be nl, fr, de or en, at least one and each only once"));
        }
        if self.stations.len() > MAX_STATIONS {
            return Err(Error::invalid("stations", format!("at most {MAX_STATIONS}")));
        }
        for (station, number) in self.stations.iter_mut().zip(1..) {
            station.number = number;
            station.check()?;
        }
        Ok(self)
    }
}

fn read_selection(query: &str) -> Result<Selection> {
    let unreadable = || Error::invalid("selection", "must be the query of an address, such as round=2026-1&when=dark");
    if query.len() > MAX_SELECTION {
        return Err(unreadable());
    }
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).map_err(|_| unreadable())?;
    let (selection, _) = Selection::parse(&pairs, &["sigma_m"]).map_err(|error| {
        let at = error.field.clone().unwrap_or_default();
        Error::invalid("selection", format!("{at}: {}", error.reason))
    })?;
    Ok(selection)
}

impl Station {
    fn check(&mut self) -> Result<()> {
        let languages = || crate::phrases::LANGUAGES.iter().map(|(code, _)| *code);
        let known = |language: &String| languages().any(|code| code == language);
        if !self.titles.keys().chain(self.prompts.keys()).all(known) {
            return Err(Error::invalid("stations.titles", "must be by nl, fr, de or en"));
        }
        for title in self.titles.values_mut() {
            *title = one_line("stations.titles", title, MAX_TITLE)?;
        }
        self.titles.retain(|_, title| !title.is_empty());
        for prompts in self.prompts.values_mut() {
            if prompts.len() > MAX_PROMPTS {
                return Err(Error::invalid("stations.prompts", format!("at most {MAX_PROMPTS}")));
            }
            for prompt in prompts.iter_mut() {
                *prompt = one_line("stations.prompts", prompt, MAX_TITLE)?;
            }
            prompts.retain(|prompt| !prompt.is_empty());
        }
        self.prompts.retain(|_, prompts| !prompts.is_empty());
        if self.figures.len() > MAX_FIGURES {
            return Err(Error::invalid("stations.figures", format!("at most {MAX_FIGURES}")));
        }
        if !self.figures.is_empty() && self.kind != StationKind::Figures {
            return Err(Error::invalid("stations.figures", "only a station next to the figures has them"));
        }
        for figure in &mut self.figures {
            for text in [&mut figure.label, &mut figure.value, &mut figure.period, &mut figure.source] {
                *text = one_line("stations.figures", text, MAX_TITLE)?;
                if text.is_empty() {
                    return Err(Error::invalid("stations.figures", "each has a label, a value, a period and a source"));
                }
            }
        }
        Ok(())
    }
}

/// A trimmed text on one line of so many characters at most; it may be empty.
fn one_line(field: &str, text: &str, most: usize) -> Result<String> {
    let text = text.trim();
    if text.chars().count() > most || text.chars().any(char::is_control) {
        return Err(Error::invalid(field, format!("must have at most {most} characters on one line")));
    }
    Ok(text.to_owned())
}

/// What a recorder says that a group read in a chart.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewResponse {
    /// The station.
    pub station: Id,
    /// Whether it fits what they know.
    pub stance: Stance,
    /// What they read in it: at most 1000 characters.
    #[serde(default)]
    pub interpretation: String,
    /// The kept place it is about.
    #[serde(default)]
    pub place: Option<Id>,
    /// A place that is not on the list, in their words: at most 120 characters.
    #[serde(default)]
    pub new_place: Option<String>,
    /// What it is about.
    #[serde(default)]
    pub theme: Option<Theme>,
    /// How many people stood there.
    pub group_size: i64,
    /// Stickers at each prompt, by its number from 0.
    #[serde(default)]
    pub stickers: Option<BTreeMap<u8, i64>>,
}

impl NewResponse {
    /// Checks every field by itself and trims the texts; whether station and place are there is asked elsewhere.
    pub fn check(mut self) -> Result<Self> {
        self.interpretation = self.interpretation.trim().to_owned();
        if self.interpretation.chars().count() > MAX_INTERPRETATION {
            return Err(Error::invalid("interpretation", "must have at most 1000 characters"));
        }
        if self.interpretation.chars().any(|c| c.is_control() && c != '\n') {
            return Err(Error::invalid("interpretation", "must hold no control characters"));
        }
        let new_place = self.new_place.map(|name| one_line("new_place", &name, 120)).transpose()?;
        self.new_place = new_place.filter(|name| !name.is_empty());
        if self.place.is_some() && self.new_place.is_some() {
            return Err(Error::invalid("new_place", "either a place of the list or a new one"));
        }
        if !(1..=MAX_GROUP).contains(&self.group_size) {
            return Err(Error::invalid("group_size", format!("must be 1 to {MAX_GROUP}")));
        }
        let stickers = self.stickers.iter().flatten();
        if stickers.clone().any(|(prompt, _)| usize::from(*prompt) >= MAX_PROMPTS) {
            return Err(Error::invalid("stickers", "there is no such prompt"));
        }
        if stickers.clone().any(|(_, many)| !(0..=MAX_STICKERS).contains(many)) {
            return Err(Error::invalid("stickers", format!("must be 0 to {MAX_STICKERS}")));
        }
        let stuck = stickers.map(|(_, many)| many).sum::<i64>() > 0;
        let bare = self.interpretation.is_empty() && self.new_place.is_none() && !stuck;
        if self.stance == Stance::Adds && bare {
            return Err(Error::invalid("interpretation", "what is added must be said"));
        }
        Ok(self)
    }
}

/// The chart that a group stood before, as it was then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ChartSeen {
    /// Its title in the first language of the walk.
    pub title: String,
    /// People in it.
    pub people: usize,
    /// The date of the last gathering in it.
    pub last_day: Option<String>,
}

/// What a group read in a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// Its id, made by the recorder.
    pub id: Id,
    /// The data walk.
    pub data_walk: Id,
    /// Who wrote it down.
    pub recorder: Id,
    /// What was said.
    pub said: NewResponse,
    /// What the group looked at.
    pub seen: ChartSeen,
    /// Whether staff tells the place as disputed by residents because of it.
    pub disputes: bool,
}

/// Responses are what a recorder notes at a data walk.
pub const RESPONSES: Notes = Notes {
    table: "data_walk_responses",
    about: "data_walk_id",
    deleted: "deleted_responses",
    of_another: "response_of_another_recorder",
    is_deleted: "response_deleted",
};

#[cfg(test)]
mod tests {
    use super::*;

    fn response() -> NewResponse {
        NewResponse {
            station: Id::new(),
            stance: Stance::Nuances,
            interpretation: " Vooral op marktdagen. ".into(),
            place: None,
            new_place: None,
            theme: None,
            group_size: 7,
            stickers: None,
        }
    }

    #[test]
    fn a_response_is_checked_field_by_field() {
        let field = |new: NewResponse| new.check().unwrap_err().field.unwrap();
        assert_eq!(response().check().unwrap().interpretation, "Vooral op marktdagen.");
        assert_eq!(field(NewResponse { interpretation: "x".repeat(1001), ..response() }), "interpretation");
        assert_eq!(field(NewResponse { new_place: Some("x".repeat(5000)), ..response() }), "new_place");
        assert_eq!(field(NewResponse { group_size: 0, ..response() }), "group_size");
        assert_eq!(field(NewResponse { group_size: 61, ..response() }), "group_size");
        assert_eq!(field(NewResponse { stickers: Some([(0, -1)].into()), ..response() }), "stickers");
        assert_eq!(field(NewResponse { stickers: Some([(3, 1)].into()), ..response() }), "stickers");
        let both = NewResponse { place: Some(Id::new()), new_place: Some("Bankje".into()), ..response() };
        assert_eq!(field(both), "new_place");
        let nothing = NewResponse { stance: Stance::Adds, interpretation: " ".into(), ..response() };
        assert_eq!(field(nothing), "interpretation");
    }

    #[test]
    fn a_data_walk_is_checked_field_by_field() {
        let station = |kind| Station {
            id: Id::new(),
            number: 9,
            kind,
            titles: BTreeMap::new(),
            prompts: BTreeMap::new(),
            figures: Vec::new(),
        };
        let walk = || DataWalk {
            id: Id::new(),
            neighbourhood: Id::new(),
            name: "Zaal".into(),
            day: "2026-12-15".into(),
            selection: "round=2026-1&when=dark".into(),
            languages: vec![Language::Nl, Language::Fr],
            stations: vec![station(StationKind::Who), station(StationKind::Figures)],
        };
        let checked = walk().check().unwrap();
        assert_eq!(checked.stations.iter().map(|s| s.number).collect::<Vec<_>>(), [1, 2]);
        let field = |walk: DataWalk| walk.check().unwrap_err().field.unwrap();
        assert_eq!(field(DataWalk { name: "x".repeat(5000), ..walk() }), "name");
        assert_eq!(field(DataWalk { day: "soon".into(), ..walk() }), "day");
        assert_eq!(field(DataWalk { selection: "colour=red".into(), ..walk() }), "selection");
        assert_eq!(field(DataWalk { languages: vec![Language::Ar], ..walk() }), "languages");
        assert_eq!(field(DataWalk { stations: vec![station(StationKind::Who); 21], ..walk() }), "stations");
        let titled = Station { titles: [("nl".into(), "x".repeat(161))].into(), ..station(StationKind::Who) };
        assert_eq!(field(DataWalk { stations: vec![titled], ..walk() }), "stations.titles");
        let figure = Figure { label: "a".into(), value: "1".into(), period: "2025".into(), source: " ".into() };
        let unsourced = Station { figures: vec![figure.clone()], ..station(StationKind::Figures) };
        assert_eq!(field(DataWalk { stations: vec![unsourced], ..walk() }), "stations.figures");
        let misplaced = Station { figures: vec![Figure { source: "b".into(), ..figure }], ..station(StationKind::Why) };
        assert_eq!(field(DataWalk { stations: vec![misplaced], ..walk() }), "stations.figures");
    }
}
