//! What groups read in the charts, put together: by station and by place, in people of their own count.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use crate::data_walks::{DataWalk, Response, Stance};
use crate::id::Id;
use crate::phrases::Phrases;

/// How many people stood there when it was said so: the sizes of their groups added up. Whoever stood in two groups, or
/// at two stations, is in it twice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Heads {
    /// Groups.
    pub responses: usize,
    /// People in them.
    pub people: i64,
}

/// What was said of a chart or a place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Merged {
    /// All of it.
    pub all: Heads,
    /// Those who confirm it.
    pub confirms: Heads,
    /// Those for whom it is not quite so.
    pub nuances: Heads,
    /// Those for whom it is not so.
    pub contradicts: Heads,
    /// Those who add something.
    pub adds: Heads,
    /// Stickers at each prompt, by its number from 0.
    pub stickers: BTreeMap<u8, i64>,
    /// Whether staff tells it as disputed by residents.
    pub disputed: bool,
}

impl Merged {
    /// Puts responses together.
    #[must_use]
    pub fn of<'a>(responses: impl IntoIterator<Item = &'a Response>) -> Self {
        let mut merged = Self::default();
        for response in responses {
            let said = &response.said;
            let stance = match said.stance {
                Stance::Confirms => &mut merged.confirms,
                Stance::Nuances => &mut merged.nuances,
                Stance::Contradicts => &mut merged.contradicts,
                Stance::Adds => &mut merged.adds,
            };
            for heads in [stance, &mut merged.all] {
                heads.responses += 1;
                heads.people += said.group_size;
            }
            for (prompt, many) in said.stickers.iter().flatten() {
                *merged.stickers.entry(*prompt).or_default() += many;
            }
            merged.disputed |= response.disputes;
        }
        merged
    }
}

/// The sentences about what was read at one station.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct StationSummary {
    /// The station.
    pub station: Id,
    /// Its place in the walk.
    pub number: i64,
    /// The title of the chart as it stands.
    pub title: String,
    /// What was said, in people.
    pub merged: Merged,
    /// The same as sentences.
    pub sentences: Vec<String>,
    /// What groups said, word for word, with their size.
    pub said: Vec<SaidBy>,
}

/// What one group said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SaidBy {
    /// How it fits.
    pub stance: Stance,
    /// Their words.
    pub words: String,
    /// The place it is about, by name.
    pub place: Option<String>,
    /// How many they were.
    pub people: i64,
}

/// What a data walk brought, to be read out at the next meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Summary {
    /// The language of the sentences.
    pub lang: String,
    /// Above it.
    pub title: String,
    /// How many spoke.
    pub lead: String,
    /// Everything put together.
    pub merged: Merged,
    /// By station, in order.
    pub stations: Vec<StationSummary>,
    /// What holds for the whole, as sentences: disputed places, places that were missing, actions.
    pub sentences: Vec<String>,
    /// What to do with it.
    pub next: String,
}

/// Sums a data walk up in a language. `titles` are those of the charts as they stand, in the order of the stations;
/// `place_of` names a place.
#[must_use]
pub fn sum_up(
    walk: &DataWalk,
    responses: &[Response],
    titles: &[String],
    actions: usize,
    place_of: impl Fn(&Id) -> Option<String>,
    (lang, words): (&str, &Phrases),
) -> Summary {
    let stations = walk.stations.iter().zip(titles).map(|(station, title)| {
        let here: Vec<&Response> = responses.iter().filter(|response| response.said.station == station.id).collect();
        let merged = Merged::of(here.iter().copied());
        let said = here.iter().filter(|response| !response.said.interpretation.is_empty()).map(|response| SaidBy {
            stance: response.said.stance,
            words: response.said.interpretation.clone(),
            place: response.said.place.as_ref().and_then(&place_of).or_else(|| response.said.new_place.clone()),
            people: response.said.group_size,
        });
        StationSummary {
            station: station.id.clone(),
            number: station.number,
            title: title.clone(),
            sentences: by_stance(&merged, words),
            said: said.collect(),
            merged,
        }
    });
    let stations = stations.collect();
    let merged = Merged::of(responses);
    let lead = if responses.is_empty() {
        words.say("summary.none", &[])
    } else {
        let (people, many) = (merged.all.people.to_string(), merged.all.responses.to_string());
        let key = if responses.len() == 1 { "summary.lead.one" } else { "summary.lead" };
        words.say(key, &[("people", &people), ("responses", &many)])
    };
    Summary {
        lang: lang.to_owned(),
        title: words.say("summary.title", &[("day", &words.day(&walk.day))]),
        lead,
        sentences: about_all(responses, actions, place_of, words),
        merged,
        stations,
        next: words.say("summary.next", &[]),
    }
}

fn by_stance(merged: &Merged, words: &Phrases) -> Vec<String> {
    let stances = [
        (Stance::Confirms, merged.confirms),
        (Stance::Nuances, merged.nuances),
        (Stance::Contradicts, merged.contradicts),
        (Stance::Adds, merged.adds),
    ];
    let heard = stances.into_iter().filter(|(_, heads)| heads.responses > 0);
    let say = |(stance, heads): (Stance, Heads)| {
        words.say(&format!("summary.{}", stance.code()), &[("people", &heads.people.to_string())])
    };
    heard.map(say).collect()
}

fn about_all(
    responses: &[Response],
    actions: usize,
    place_of: impl Fn(&Id) -> Option<String>,
    words: &Phrases,
) -> Vec<String> {
    let once = |mut names: Vec<String>| {
        names.sort();
        names.dedup();
        names
    };
    let disputed = responses.iter().filter(|response| response.disputes);
    let disputed = once(disputed.filter_map(|response| place_of(response.said.place.as_ref()?)).collect());
    let new = once(responses.iter().filter_map(|response| response.said.new_place.clone()).collect());
    let mut sentences = Vec::new();
    for (key, names) in [("summary.disputed", disputed), ("summary.new_places", new)] {
        if !names.is_empty() {
            sentences.push(words.say(key, &[("places", &super::telling::listed(&names, words))]));
        }
    }
    match actions {
        0 => {}
        1 => sentences.push(words.say("summary.actions.one", &[])),
        n => sentences.push(words.say("summary.actions", &[("n", &n.to_string())])),
    }
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data_walks::{ChartSeen, NewResponse, Station, StationKind, telling};
    use crate::neighbourhoods::Language;

    fn response(station: &Id, stance: Stance, group_size: i64, place: Option<Id>, disputes: bool) -> Response {
        Response {
            id: Id::new(),
            data_walk: Id::new(),
            recorder: Id::new(),
            said: NewResponse {
                station: station.clone(),
                stance,
                interpretation: "Alleen op marktdagen.".into(),
                place,
                new_place: Some("Bankje".into()).filter(|_| stance == Stance::Adds),
                theme: None,
                group_size,
                stickers: Some([(1, 4)].into()),
            },
            seen: ChartSeen { title: String::new(), people: 0, last_day: None },
            disputes,
        }
    }

    #[test]
    fn people_are_the_sizes_of_their_groups() {
        let station = Id::new();
        let said = [
            response(&station, Stance::Confirms, 5, None, false),
            response(&station, Stance::Contradicts, 7, None, true),
            response(&station, Stance::Contradicts, 2, None, false),
        ];
        let merged = Merged::of(&said);
        assert_eq!(merged.all, Heads { responses: 3, people: 14 });
        assert_eq!(merged.contradicts, Heads { responses: 2, people: 9 });
        assert_eq!((merged.stickers[&1], merged.disputed), (12, true));
        assert_eq!(Merged::of(&[]), Merged::default());
    }

    #[test]
    fn a_summary_says_it_in_sentences() {
        let station = |number| Station {
            id: Id::new(),
            number,
            kind: StationKind::Safe,
            titles: BTreeMap::new(),
            prompts: BTreeMap::new(),
            figures: Vec::new(),
        };
        let walk = DataWalk {
            id: Id::new(),
            neighbourhood: Id::new(),
            name: "Zaal".into(),
            day: "2026-12-15".into(),
            selection: String::new(),
            languages: vec![Language::Nl],
            stations: vec![station(1), station(2)],
        };
        let place = Id::new();
        let said = [
            response(&walk.stations[0].id, Stance::Contradicts, 6, Some(place.clone()), true),
            response(&walk.stations[0].id, Stance::Adds, 4, None, false),
        ];
        let titles = ["Een".to_owned(), "Twee".to_owned()];
        let name = |id: &Id| (*id == place).then(|| "Kerkplein".to_owned());
        let summary = sum_up(&walk, &said, &titles, 1, name, telling::words("nl"));
        assert_eq!(summary.title, "Wat we lazen op 15 december 2026");
        assert!(summary.lead.starts_with("10 keer stond iemand"), "{}", summary.lead);
        assert_eq!(summary.stations[0].sentences.len(), 2);
        assert!(summary.stations[1].sentences.is_empty());
        assert_eq!(summary.stations[0].said[0].place.as_deref(), Some("Kerkplein"));
        assert_eq!(summary.stations[0].said[1].place.as_deref(), Some("Bankje"));
        assert_eq!(
            summary.sentences,
            [
                "Bewoners zijn het niet eens met de kaart bij Kerkplein.",
                "Plekken die ontbraken: Bankje.",
                "Hieruit kwam één voorstel."
            ]
        );
    }
}
