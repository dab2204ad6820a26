//! Makes the chart of each station: a function of what the pins of a selection say, under the thresholds of the house.
//!
//! Nothing is told of fewer than three people, a group is drawn from fifteen people on, times of day from thirty on, and
//! where there is no map there is no chart either but the reason why.

use std::sync::Arc;

use crate::data_walks::charts::{
    Band, Chart, Contested, Draft, Dumbbell, Dumbbells, FeltTheme, Panel, PlaceMark, Quote, ThemeRow, Time, WhoBand,
    WhoField,
};
use crate::data_walks::{Figure, StationKind};
use crate::gatherings::{AgeBand, Gender, Part, Who};
use crate::hotspots::explanation::{Explanation, GroupedBy};
use crate::hotspots::findings::Findings;
use crate::hotspots::significance::Verdict;
use crate::hotspots::tier::{MIN_GROUP, Refusal, Why};
use crate::hotspots::{Hotspot, Kind as HotspotKind, MIN_TOLD};
use crate::id::Id;
use crate::neighbourhoods::themes::Theme;
use crate::pins::Feeling;
use crate::places::Ground;

/// So many places stand on one chart at most.
pub const MAX_PLACES: usize = 8;
/// So many themes stand on one chart at most.
pub const MAX_THEMES: usize = 8;
/// So many quotes stand on one chart at most.
pub const MAX_QUOTES: usize = 12;
/// So many actions stand on one chart at most.
pub const MAX_DRAFTS: usize = 6;
/// So many rows are left open to be written on.
pub const EMPTY_ROWS: usize = 4;
/// Fewest people of two groups together for a theme to be compared.
pub const MIN_COMPARED: u32 = 10;

/// How a hotspot is called.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Called {
    /// The kept place that it is.
    pub place: Option<Id>,
    /// The name of that place, or the nearest one that the map knows.
    pub name: Option<String>,
}

/// Findings with what each hotspot is called and whether it can be chance.
#[derive(Debug, Clone)]
pub struct Named {
    /// What the pins say.
    pub findings: Arc<Findings>,
    /// How its hotspots are called, in their order.
    pub called: Vec<Called>,
    /// Whether they can be chance, in their order; empty where that is not tested (yet).
    pub verdicts: Vec<Verdict>,
}

/// Two groups of people.
#[derive(Debug, Clone)]
pub struct Groups {
    /// What they are told apart by.
    pub of: GroupedBy,
    /// The words of the two groups, such as `woman` and `man`.
    pub names: [&'static str; 2],
    /// What each of them says.
    pub findings: [Arc<Findings>; 2],
}

/// What the pins of a selection say, read once for all stations.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The neighbourhood's name.
    pub neighbourhood: String,
    /// All pins of the selection.
    pub all: Named,
    /// What the people behind them told about themselves, one for each person.
    pub who: Vec<Who>,
    /// The same by time of day.
    pub times: Vec<(Time, Named)>,
    /// Groups of fifteen people or more on each side.
    pub groups: Vec<Groups>,
    /// Approved words, those about the largest hotspots first.
    pub quotes: Vec<Quote>,
    /// Actions, those with the most votes first.
    pub drafts: Vec<Draft>,
}

/// Makes the chart of a kind from what the pins say.
#[must_use]
pub fn chart(kind: StationKind, reading: &Reading, figures: &[Figure]) -> Chart {
    let all = &reading.all;
    match (kind, all.findings.method.refused) {
        (StationKind::Actions, _) => {
            let drafts = reading.drafts.iter().take(MAX_DRAFTS).cloned().collect();
            Chart::Actions { drafts, empty_rows: EMPTY_ROWS }
        }
        (_, Some(Refusal { why, needs })) => Chart::Refused { why, needs },
        (StationKind::Who, None) => Chart::Who { fields: who(&reading.who) },
        (StationKind::Safe, None) => Chart::Places { places: places(all, HotspotKind::Safe) },
        (StationKind::Unsafe, None) => Chart::Places { places: places(all, HotspotKind::Unsafe) },
        (StationKind::Contested, None) => Chart::Contested { places: contested(reading) },
        (StationKind::When, None) => when(&reading.times),
        (StationKind::Why, None) => why(all),
        (StationKind::Differences, None) => differences(&reading.groups),
        (StationKind::Words, None) => Chart::Words { quotes: by_turns(&reading.quotes) },
        (StationKind::Figures, None) => Chart::Figures { felt: felt(&all.findings), counted: figures.to_vec() },
    }
}

/// What people said of themselves, and how it is read.
type Asked<'a> = (GroupedBy, &'a dyn Fn(&Who) -> Option<&'static str>);

fn who(people: &[Who]) -> Vec<WhoField> {
    let age = |who: &Who| who.age.map(AgeBand::code);
    let gender = |who: &Who| who.gender.map(Gender::code);
    let role = |who: &Who| who.role.map(Part::code);
    let codes = [
        AgeBand::ALL.iter().map(|band| band.code()).collect::<Vec<_>>(),
        Gender::ALL.iter().map(|band| band.code()).collect(),
        Part::ALL.iter().map(|band| band.code()).collect(),
    ];
    let fields: [Asked; 3] = [(GroupedBy::Age, &age), (GroupedBy::Gender, &gender), (GroupedBy::Role, &role)];
    let field = |((of, told), codes): (Asked, Vec<&'static str>)| {
        let count = |code: &str| people.iter().filter(|who| told(who) == Some(code)).count();
        let enough = |people: usize| (people >= MIN_TOLD as usize).then_some(people);
        let bands: Vec<_> = codes.into_iter().map(|code| WhoBand { code, people: enough(count(code)) }).collect();
        let counted: usize = bands.iter().filter_map(|band| band.people).sum();
        WhoField { of, bands, others: people.len() - counted }
    };
    fields.into_iter().zip(codes).map(field).collect()
}

/// The places of a kind, with the people who feel so.
fn places(named: &Named, kind: HotspotKind) -> Vec<PlaceMark> {
    let marks = marks(named).into_iter().filter(|mark| mark.kind == kind);
    marks.take(MAX_PLACES).collect()
}

/// Every place, with the people of its own side.
fn marks(named: &Named) -> Vec<PlaceMark> {
    let hotspots = named.findings.hotspots.iter().enumerate();
    let mark = |(at, hotspot): (usize, &Hotspot)| {
        let called = named.called.get(at).cloned().unwrap_or_default();
        let feel_so = if hotspot.kind == HotspotKind::Safe { hotspot.people_safe } else { hotspot.people_unsafe };
        PlaceMark {
            name: called.name,
            place: called.place,
            kind: hotspot.kind,
            people: hotspot.people,
            feel_so: told(feel_so),
            verdict: named.verdicts.get(at).copied(),
            centre: hotspot.centre.into(),
            geometry: Ground::Area(hotspot.shape.clone()).to_geojson(),
        }
    };
    hotspots.map(mark).collect()
}

fn told(people: u32) -> Option<u32> {
    (people >= MIN_TOLD).then_some(people)
}

fn contested(reading: &Reading) -> Vec<Contested> {
    let named = &reading.all;
    let hotspots = named.findings.hotspots.iter().enumerate().filter(|(_, h)| h.kind == HotspotKind::Contested);
    let one = |(at, hotspot): (usize, &Hotspot)| {
        let called = named.called.get(at).cloned().unwrap_or_default();
        let words = |feeling| {
            let here = reading.quotes.iter().filter(|quote| called.name.is_some() && quote.place == called.name);
            here.filter(|quote| quote.feeling == feeling).map(|quote| quote.words.clone()).next()
        };
        Contested {
            people: hotspot.people,
            people_safe: told(hotspot.people_safe),
            people_unsafe: told(hotspot.people_unsafe),
            explained_by: hotspot.explanation.as_ref().map(|explanation| match explanation {
                Explanation::Time { .. } => "time",
                Explanation::Group { .. } => "group",
                Explanation::Theme { .. } => "theme",
                Explanation::Mixed { .. } => "mixed",
                Explanation::Open => "open",
            }),
            safe_words: words(Feeling::Safe),
            unsafe_words: words(Feeling::Unsafe),
            centre: hotspot.centre.into(),
            geometry: Ground::Area(hotspot.shape.clone()).to_geojson(),
            name: called.name,
            place: called.place,
        }
    };
    hotspots.map(one).take(MAX_PLACES).collect()
}

fn when(times: &[(Time, Named)]) -> Chart {
    // Where every time of day is refused for the same reason, that reason is the answer.
    let refusals: Vec<Refusal> = times.iter().filter_map(|(_, named)| named.findings.method.refused).collect();
    if let Some(Refusal { why, needs }) = refusals.first().filter(|_| refusals.len() == times.len()) {
        return Chart::Refused { why: *why, needs: *needs };
    }
    let panel = |(time, named): &(Time, Named)| {
        let people = named.findings.method.voices.people;
        Panel {
            time: *time,
            people: (people >= MIN_TOLD as usize).then_some(people),
            refused: named.findings.method.refused.map(|refusal| refusal.why),
            places: marks(named).into_iter().take(MAX_PLACES).collect(),
        }
    };
    Chart::When { panels: times.iter().map(panel).collect() }
}

/// Some quotes of each feeling, safe ones first, by turns.
fn by_turns(quotes: &[Quote]) -> Vec<Quote> {
    let mut sides =
        Feeling::ALL.iter().map(|feeling| quotes.iter().filter(|one| one.feeling == *feeling)).collect::<Vec<_>>();
    let rounds = (0..MAX_QUOTES).flat_map(|_| sides.iter_mut().filter_map(Iterator::next).collect::<Vec<_>>());
    rounds.take(MAX_QUOTES).cloned().collect()
}

fn why(named: &Named) -> Chart {
    let hotspots = &named.findings.hotspots[..named.findings.hotspots.len().min(MAX_PLACES)];
    let total = |theme: Theme| -> u32 {
        hotspots.iter().flat_map(|h| &h.themes).filter(|(one, _)| *one == theme).map(|(_, people)| people).sum()
    };
    let mut themes: Vec<Theme> = Theme::ALL.iter().copied().filter(|theme| total(*theme) > 0).collect();
    themes.sort_by_key(|theme| std::cmp::Reverse(total(*theme)));
    themes.truncate(MAX_THEMES);
    let band = |people: u32| match people {
        ..5 => Band::Few,
        5..10 => Band::Some,
        _ => Band::Many,
    };
    let row = |(at, hotspot): (usize, &Hotspot)| ThemeRow {
        name: named.called.get(at).and_then(|called| called.name.clone()),
        kind: hotspot.kind,
        people: hotspot.people,
        bands: themes
            .iter()
            .map(|theme| hotspot.themes.iter().find(|(one, _)| one == theme).map(|(_, people)| band(*people)))
            .collect(),
    };
    let rows = hotspots.iter().enumerate().map(row).collect();
    Chart::Why { rows, themes }
}

fn differences(groups: &[Groups]) -> Chart {
    let pairs: Vec<Dumbbells> = groups.iter().filter_map(dumbbells).collect();
    if pairs.is_empty() {
        return Chart::Refused { why: Why::GroupTooSmall, needs: Some(MIN_GROUP) };
    }
    Chart::Differences { pairs }
}

fn dumbbells(groups: &Groups) -> Option<Dumbbells> {
    let [a, b] = &groups.findings;
    let people = [a.method.voices.people, b.method.voices.people];
    if a.method.refused.is_some() || b.method.refused.is_some() || people.iter().any(|people| *people < MIN_GROUP) {
        return None;
    }
    let both = a.counts.themes.iter().zip(&b.counts.themes);
    let mut rows: Vec<Dumbbell> = both
        .filter_map(|(a, b)| Some(Dumbbell { theme: a.of, people: [a.r#unsafe?, b.r#unsafe?] }))
        .filter(|row| row.people.iter().sum::<u32>() >= MIN_COMPARED)
        .collect();
    let gap = |row: &Dumbbell| {
        let share = |side: usize| f64::from(row.people[side]) / people[side] as f64;
        (share(0) - share(1)).abs()
    };
    rows.sort_by(|a, b| gap(b).total_cmp(&gap(a)));
    rows.truncate(MAX_THEMES);
    (!rows.is_empty()).then_some(Dumbbells { of: groups.of, names: groups.names, people, rows })
}

fn felt(findings: &Findings) -> Vec<FeltTheme> {
    let themes = findings.counts.themes.iter();
    let mut felt: Vec<FeltTheme> =
        themes.filter_map(|sides| Some(FeltTheme { theme: sides.of, people: sides.r#unsafe? })).collect();
    felt.sort_by_key(|one| std::cmp::Reverse(one.people));
    felt.truncate(MAX_THEMES);
    felt
}

#[cfg(test)]
mod tests;
