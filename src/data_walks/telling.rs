//! The sentences around a chart: its title from what it shows, the prompts, where it comes from, what it cannot tell.

use std::sync::LazyLock;

use serde::Serialize;
use utoipa::ToSchema;

use crate::data_walks::charts::{Chart, Dumbbells, PlaceMark, Time, WhoField};
use crate::data_walks::stations::{Reading, chart};
use crate::data_walks::{MAX_PROMPTS, Station, StationKind};
use crate::hotspots::Kind as HotspotKind;
use crate::hotspots::explanation::GroupedBy;
use crate::id::Id;
use crate::neighbourhoods::themes::Theme;
use crate::phrases::{Phrases, Tongues};

static WORDS: LazyLock<Tongues> = LazyLock::new(|| {
    Tongues::read([
        include_str!("words/nl.json"),
        include_str!("words/fr.json"),
        include_str!("words/de.json"),
        include_str!("words/en.json"),
    ])
});

/// The sentences of a language; English where the pages do not speak it.
#[must_use]
pub fn words(lang: &str) -> (&'static str, &'static Phrases) {
    WORDS.of(lang)
}

/// A station with everything that stands on it, in one language.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Station)]
pub struct Shown {
    /// Its id.
    pub id: Id,
    /// Its place in the walk, from 1.
    pub number: i64,
    /// What it shows.
    pub kind: StationKind,
    /// The question above it, in a few words.
    pub question: String,
    /// The title, a sentence: made from the chart, or what staff wrote.
    pub title: String,
    /// What staff wrote in its stead; null where the title is made from the chart.
    pub own_title: Option<String>,
    /// Two or three questions to the group.
    pub prompts: Vec<String>,
    /// Whether staff wrote the prompts.
    pub own_prompts: bool,
    /// The chart.
    pub chart: Chart,
    /// Distinct people behind it.
    pub people: usize,
    /// Their pins.
    pub pins: usize,
    /// From when it is, in words.
    pub dates: String,
    /// Where it comes from, in words.
    pub source: String,
    /// What it cannot tell, in words.
    pub cannot_tell: String,
}

/// Shows a station in a language, as the pins of the selection stand.
#[must_use]
pub fn show(station: &Station, reading: &Reading, lang: &str) -> Shown {
    let (lang, words) = words(lang);
    let kind = station.kind;
    let chart = chart(kind, reading, &station.figures);
    let method = &reading.all.findings.method;
    let own_title = station.titles.get(lang).cloned();
    let own_prompts = station.prompts.get(lang).cloned();
    let usual_prompts = || {
        let keys = (1..=MAX_PROMPTS).map(|at| format!("{}.prompt.{at}", kind.code()));
        keys.filter(|key| words.has(key)).map(|key| words.say(&key, &[])).collect()
    };
    Shown {
        id: station.id.clone(),
        number: station.number,
        kind,
        question: words.say(&format!("{}.question", kind.code()), &[]),
        title: own_title.clone().unwrap_or_else(|| title(kind, &chart, reading, words, lang)),
        own_title,
        own_prompts: own_prompts.is_some(),
        prompts: own_prompts.unwrap_or_else(usual_prompts),
        people: method.voices.people,
        pins: method.voices.pins,
        dates: dates(method.first_day.as_deref(), method.last_day.as_deref(), words),
        source: source(&chart, reading, words),
        cannot_tell: words.say(&format!("{}.cannot", kind.code()), &[]),
        chart,
    }
}

fn dates(first: Option<&str>, last: Option<&str>, words: &Phrases) -> String {
    match (first, last) {
        (Some(first), Some(last)) if first != last => {
            words.say("dates.more", &[("first", &words.day(first)), ("last", &words.day(last))])
        }
        (Some(day), _) => words.say("dates.one", &[("day", &words.day(day))]),
        _ => words.say("dates.none", &[]),
    }
}

fn source(chart: &Chart, reading: &Reading, words: &Phrases) -> String {
    if matches!(chart, Chart::Actions { .. }) {
        return words.say("source.actions", &[]);
    }
    let method = &reading.all.findings.method;
    let key = if method.gatherings == 1 { "source.pins.one" } else { "source.pins.more" };
    let (people, pins) = (method.voices.people.to_string(), method.voices.pins.to_string());
    let own = words.say(key, &[("people", &people), ("pins", &pins), ("gatherings", &method.gatherings.to_string())]);
    match chart {
        Chart::Figures { counted, .. } if !counted.is_empty() => {
            let mut sources: Vec<String> =
                counted.iter().map(|one| format!("{} ({})", one.source, one.period)).collect();
            sources.dedup();
            own + " " + &words.say("source.figures", &[("sources", &sources.join(", "))])
        }
        _ => own,
    }
}

/// Names one after another, the last one with "and".
#[must_use]
pub fn listed(names: &[String], words: &Phrases) -> String {
    match names {
        [most @ .., last] if !most.is_empty() => words.say("list.last", &[("most", &most.join(", ")), ("last", last)]),
        names => names.join(""),
    }
}

fn title(kind: StationKind, chart: &Chart, reading: &Reading, words: &Phrases, lang: &str) -> String {
    let say = |key: &str, filling: &[(&str, &str)]| words.say(key, filling);
    let none = || say(&format!("{}.title.none", kind.code()), &[]);
    let key = format!("{}.title", kind.code());
    let spot = |name: &Option<String>| name.clone().unwrap_or_else(|| say("spot", &[]));
    match chart {
        Chart::Refused { why, .. } => say(&format!("refused.{}", why.code()), &[]),
        Chart::Who { fields } => who(fields, reading.who.len(), words),
        Chart::Places { places } => match places.iter().find_map(|place| Some((place, place.feel_so?))) {
            Some((place, n)) => {
                let (n, people) = (n.to_string(), place.people.to_string());
                capital(&say(&key, &[("place", &spot(&place.name)), ("n", &n), ("people", &people)]))
            }
            None => none(),
        },
        Chart::Contested { places } => {
            let both = places.iter().find_map(|place| Some((place, place.people_safe?, place.people_unsafe?)));
            both.map_or_else(none, |(place, safe, n)| {
                let (safe, n) = (safe.to_string(), n.to_string());
                capital(&say(&key, &[("place", &spot(&place.name)), ("safe", &safe), ("n", &n)]))
            })
        }
        Chart::When { panels } => {
            let so_many = |time: Time| {
                let panel = panels.iter().find(|panel| panel.time == time && panel.refused.is_none());
                let is_unsafe = |place: &&PlaceMark| place.kind == HotspotKind::Unsafe;
                panel.map_or("–".to_owned(), |panel| panel.places.iter().filter(is_unsafe).count().to_string())
            };
            let [day, evening, dark] = [Time::Day, Time::Evening, Time::Dark].map(so_many);
            say(&key, &[("day", &day), ("evening", &evening), ("dark", &dark)])
        }
        Chart::Why { .. } => {
            let themes = reading.all.findings.counts.themes.iter().filter_map(|one| Some((one.of, one.r#unsafe?)));
            themes
                .max_by_key(|(_, people)| *people)
                .map_or_else(none, |(of, people)| say(&key, &[("n", &people.to_string()), ("theme", theme(of, lang))]))
        }
        Chart::Differences { pairs } => pairs.first().map_or_else(none, |pair| differ(pair, &key, words, lang)),
        Chart::Words { quotes } => counted(&key, quotes.len(), words),
        Chart::Figures { .. } => say(&key, &[]),
        Chart::Actions { drafts, .. } => counted(&key, drafts.len(), words),
    }
}

/// A sentence about none, one, or more.
fn counted(key: &str, n: usize, words: &Phrases) -> String {
    match n {
        0 => words.say(&format!("{key}.none"), &[]),
        1 => words.say(&format!("{key}.one"), &[]),
        n => words.say(key, &[("n", &n.to_string())]),
    }
}

fn who(fields: &[WhoField], people: usize, words: &Phrases) -> String {
    // Only of what was asked: where no band has people, nobody was.
    let asked =
        fields.iter().filter(|field| field.of == GroupedBy::Age && field.bands.iter().any(|b| b.people.is_some()));
    let missing = asked.flat_map(|field| field.bands.iter().filter(|band| band.people.is_none()));
    let bands: Vec<String> = missing.take(2).map(|band| words.say(&format!("age.{}", band.code), &[])).collect();
    let people = people.to_string();
    if bands.is_empty() {
        return words.say("who.title", &[("people", &people)]);
    }
    words.say("who.title.missing", &[("people", &people), ("bands", &listed(&bands, words))])
}

fn differ(pair: &Dumbbells, key: &str, words: &Phrases, lang: &str) -> String {
    let Some(row) = pair.rows.first() else { return String::new() };
    let group = |at: usize| words.say(&format!("{}.{}", pair.of.code(), pair.names[at]), &[]);
    let number = |at: usize| (row.people[at].to_string(), pair.people[at].to_string());
    let ((a, of_a), (b, of_b)) = (number(0), number(1));
    let filling = [
        ("theme", theme(row.theme, lang)),
        ("a", &a),
        ("of_a", &of_a),
        ("group_a", &group(0)),
        ("b", &b),
        ("of_b", &of_b),
        ("group_b", &group(1)),
    ];
    words.say(key, &filling)
}

/// A theme in a language.
#[must_use]
pub fn theme(theme: Theme, lang: &str) -> &'static str {
    let labels = theme.labels();
    match lang {
        "nl" => labels.nl,
        "fr" => labels.fr,
        "de" => labels.de,
        _ => labels.en,
    }
}

/// The sentence with a capital in front.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_every_sentence() {
        assert_eq!(WORDS.differences(), Vec::<String>::new());
        let (_, words) = words("nl");
        for kind in StationKind::ALL {
            for part in ["question", "title", "cannot", "prompt.1", "prompt.2"] {
                assert!(words.has(&format!("{}.{part}", kind.code())), "{} {part}", kind.code());
            }
        }
    }

    #[test]
    fn names_are_listed() {
        let (_, words) = words("fr");
        let names = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(listed(&names, words), "a, b et c");
        assert_eq!((listed(&names[..1], words), listed(&[], words)), ("a".to_owned(), String::new()));
    }
}
