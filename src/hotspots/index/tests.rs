use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::gatherings::{AgeBand, Gender};
use crate::hotspots::hexes::{USUAL, cell_at};
use crate::hotspots::layers::{Layers, Put};
use crate::neighbourhoods::themes::Theme;
use crate::pins::shape::Shape;
use crate::pins::votes;
use crate::pins::{Basis, Effect, Feeling, Told, When};
use proptest::prelude::*;
use serde_json::json;

fn boundary() -> Boundary {
    let ring = json!([[3.70, 51.05], [3.73, 51.05], [3.73, 51.07], [3.70, 51.07], [3.70, 51.05]]);
    Boundary::parse(&json!({"type": "Polygon", "coordinates": [ring]})).unwrap()
}

/// The n-th id of a kind, as unlike the others as a random one.
fn id(kind: u32, n: u32) -> Id {
    let bits =
        u128::from(kind * 1_000_000 + n + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835).rotate_left(n);
    Id::parse("id", &format!("{bits:032x}")).unwrap()
}

/// What a participant tells about themselves.
fn who(one: u32) -> Who {
    Who { age: Some(AgeBand::ALL[one as usize % 6]), gender: [None, Some(Gender::Woman)][one as usize % 2], role: None }
}

/// A pin of a participant who always goes to the same gathering.
fn pin(n: u32, who: u32, lon: f64, lat: f64, words: (usize, usize, usize, bool)) -> Pin {
    let (feeling, theme, when, own) = words;
    Pin {
        id: id(1, n),
        gathering: id(2, who % 3),
        round: format!("2026-{}", who % 3 % 2),
        held_on: format!("2026-11-{:02}", 10 + who % 3),
        who: self::who(who),
        lon,
        lat,
        shape: None,
        told: Told {
            participant: id(3, who),
            feeling: Feeling::ALL[feeling],
            intensity: None,
            radius_m: 50,
            precision_m: None,
            when: vec![When::ALL[when]],
            days: vec![],
            frequency: None,
            effect: Some(Effect::Detour),
            themes: vec![Theme::ALL[theme]],
            basis: if own { Basis::Own } else { Basis::Heard },
            comment: None,
            help: None,
            lang: None,
        },
        moderated: None,
        agreed: false,
    }
}

/// A put (of a new or a known id) or a removal.
fn change() -> impl Strategy<Value = (u32, Option<Pin>)> {
    let words = (0_usize..3, 0_usize..16, 0_usize..6, prop::bool::weighted(0.8));
    let put = (0_u32..25, 0_u32..9, 3.70..3.73_f64, 51.05..51.07_f64, words);
    (put, prop::bool::weighted(0.7))
        .prop_map(|((n, who, lon, lat, words), is_put)| (n, is_put.then(|| pin(n, who, lon, lat, words))))
}

/// Every third pin as a line with its middle where the pin was.
fn with_shape(pin: Pin) -> Pin {
    let [west, east] = [-0.001, 0.001].map(|by| [pin.lon + by, pin.lat]);
    let is_line = pin.id.as_str().bytes().last().is_some_and(|last| last % 3 == 0);
    Pin { shape: is_line.then(|| Shape::LineString { coordinates: vec![west, east] }), ..pin }
}

/// Those who agree with a pin, as the database tells of them: only of an own pin of somebody else.
fn agreements(pin: &Pin, votes: &BTreeSet<(u32, u32)>) -> Vec<Pin> {
    let agreed = votes.iter().filter(|(n, _)| id(1, *n) == pin.id).map(|(_, who)| *who);
    let agreement = |one: u32| {
        let told = Told { participant: id(3, one), ..pin.told.clone() };
        votes::agreement(Pin { who: who(one), told, ..pin.clone() })
    };
    let counts = |one: &u32| pin.told.basis == Basis::Own && pin.told.participant != id(3, *one);
    agreed.filter(counts).map(agreement).collect()
}

/// What an index holds, each with the id of its participant.
fn held(index: &Index) -> Vec<String> {
    let ids: BTreeMap<u32, u128> = index.people_numbers.iter().map(|(id, n)| (*n, *id)).collect();
    let all = index.select(&Selection::default()).spots;
    let told = |spot: &Spot| format!("{:x} {:?}", ids[&spot.participant], Spot { participant: 0, ..spot.clone() });
    let mut held: Vec<_> = all.iter().map(told).collect();
    held.sort_unstable();
    held
}

fn selection(query: &[(&str, &str)]) -> Selection {
    let pairs: Vec<(String, String)> = query.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    Selection::parse(&pairs, &[]).unwrap().0
}

#[expect(clippy::cast_possible_truncation, reason = "a few kilometres in micrometres")]
fn sorted(spots: impl Iterator<Item = Spot>) -> Vec<(i64, i64, Feeling, Basis)> {
    let rounded = |v: f64| (v * 1e6).round() as i64;
    let mut all: Vec<_> = spots.map(|s| (rounded(s.x), rounded(s.y), s.feeling, s.basis)).collect();
    all.sort_unstable();
    all
}

fn brute(index: &Index, pins: impl Iterator<Item = Pin>) -> Vec<(i64, i64, Feeling, Basis)> {
    sorted(pins.map(|p| {
        let (x, y) = index.plane().to_m(p.lon, p.lat);
        let (feeling, basis) = (p.told.feeling, p.told.basis);
        Spot { basis, ..Spot::own(0, x, y, feeling) }
    }))
}

fn cells(index: &Index, selected: &Selected) -> Vec<CellIndex> {
    selected.spots.iter().map(|s| cell_at(index.plane(), s.x, s.y, USUAL)).collect()
}

#[test]
fn a_spot_is_small() {
    assert!(size_of::<Option<Spot>>() <= 40);
}

#[test]
fn a_gathering_may_get_another_round_and_a_participant_another_age() {
    let mut index = Index::new(&boundary());
    let mut one = pin(1, 0, 3.71, 51.06, (1, 0, 0, true));
    index.put(&one);
    assert_eq!(index.select(&selection(&[("round", "2026-0"), ("age", "under_12")])).spots.len(), 1);
    index.put_gathering(&one.gathering, "2027-1", "2027-01-05");
    let moved = index.select(&selection(&[("round", "2027-1")]));
    assert_eq!((moved.gatherings, moved.first_day.as_deref()), (1, Some("2027-01-05")));
    one.who.age = None;
    index.put(&one);
    assert_eq!(index.select(&selection(&[("age", "under_12")])).spots, []);
    assert_eq!(index.len(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn it_holds_what_a_plain_list_holds(
        first in prop::collection::vec(change(), 0..30), changes in prop::collection::vec(change(), 0..60),
        x in -1200.0..1200.0_f64, y in -1200.0..1200.0_f64, within_m in 0.0..1500.0_f64,
    ) {
        let mut plain: BTreeMap<u32, Pin> = first.into_iter().filter_map(|(n, pin)| Some((n, pin?))).collect();
        let mut index = Index::new(&boundary());
        let start: Vec<Pin> = plain.values().cloned().collect();
        index.fill(&start);
        index.finish();
        let _ = index.hexagons(&Selected::default(), USUAL);
        for (n, pin) in changes {
            if let Some(pin) = pin {
                index.put(&pin);
                plain.insert(n, pin);
            } else {
                prop_assert_eq!(index.remove(&id(1, n)), plain.remove(&n).is_some());
            }
        }
        prop_assert_eq!(index.len(), plain.len());
        let all = index.select(&selection(&[]));
        prop_assert_eq!(index.hexagons(&all, USUAL), cells(&index, &all));

        let plane = *index.plane();
        let near = |p: &&Pin| {
            let (px, py) = plane.to_m(p.lon, p.lat);
            (px - x).powi(2) + (py - y).powi(2) <= within_m * within_m
        };
        let all = plain.values().filter(near);
        prop_assert_eq!(sorted(index.near(x, y, within_m).cloned()), brute(&index, all.clone().cloned()));
        let mut people: Vec<&Id> = all.filter(|p| p.told.basis == Basis::Own).map(|p| &p.told.participant).collect();
        people.sort_unstable();
        people.dedup();
        prop_assert_eq!(index.people_near(x, y, within_m), people.len());
    }

    #[test]
    fn counts_that_are_kept_are_those_put_together_anew(
        first in prop::collection::vec(change(), 0..40), changes in prop::collection::vec(change(), 0..60),
    ) {
        let mut plain: BTreeMap<u32, Pin> = first.into_iter().filter_map(|(n, pin)| Some((n, with_shape(pin?)))).collect();
        let mut index = Index::new(&boundary());
        index.fill(&plain.values().cloned().collect::<Vec<_>>());
        index.finish();
        let _ = index.layers();
        for (n, pin) in changes {
            if let Some(pin) = pin.map(with_shape) {
                index.put(&pin);
                plain.insert(n, pin);
            } else {
                index.remove(&id(1, n));
                plain.remove(&n);
            }
        }
        let anew = Layers::of(plain.values().filter(|p| p.told.basis == Basis::Own).map(|p| Put {
            lon: p.lon,
            lat: p.lat,
            participant: index.people_numbers[&number(&p.told.participant)],
            feeling: p.told.feeling,
            agreed: p.agreed,
        }));
        prop_assert_eq!(index.layers().voices(), anew.voices());
        let mut seen = 0;
        for zoom in [0_u8, 6, 10, 12, 14, 16] {
            let tiles = |from: u32, to: u32| from >> (16 - zoom)..=to >> (16 - zoom);
            for (x, y) in tiles(33_441, 33_447).flat_map(|x| tiles(21_919, 21_926).map(move |y| (x, y))) {
                let squares = index.layers().squares(zoom, x, y);
                prop_assert_eq!(&squares, &anew.squares(zoom, x, y));
                seen += usize::from(zoom == 16) * squares.len();
            }
        }
        prop_assert_eq!(seen > 0, !anew.is_empty(), "the tiles are where the pins are");
    }

    #[test]
    fn who_agrees_follows_the_pin_as_if_all_were_read_anew(
        steps in prop::collection::vec((change(), 0_u32..25, 0_u32..9, 0_u8..4), 1..80),
    ) {
        let mut index = Index::new(&boundary());
        index.finish();
        let _ = index.layers();
        let mut plain: BTreeMap<u32, Pin> = BTreeMap::new();
        let mut votes: BTreeSet<(u32, u32)> = BTreeSet::new();
        for ((n, pin), voted, voter, turn) in steps {
            let about = if turn == 0 { n } else { voted };
            if turn > 0 {
                // Agrees, or takes it back.
                if plain.contains_key(&voted) && !votes.remove(&(voted, voter)) {
                    votes.insert((voted, voter));
                }
            } else if let Some(pin) = pin {
                index.put(&pin);
                plain.insert(n, pin);
            } else {
                index.remove(&id(1, n));
                plain.remove(&n);
                votes.retain(|(pin, _)| *pin != n);
            }
            if turn > 0 || index.is_voted_on(&id(1, about)) {
                let now = plain.get(&about).map(|pin| agreements(pin, &votes)).unwrap_or_default();
                index.put_agreements(&id(1, about), &now);
            }
        }
        let mut anew = Index::new(&boundary());
        anew.fill(&plain.values().cloned().collect::<Vec<_>>());
        for (n, _) in &votes {
            anew.put_agreements(&id(1, *n), &[]);
        }
        let agreed: Vec<Pin> = plain.values().flat_map(|pin| agreements(pin, &votes)).collect();
        anew.fill(&agreed);
        anew.finish();
        prop_assert_eq!(held(&index), held(&anew));
        prop_assert_eq!(index.len(), plain.len() + agreed.len());
        prop_assert_eq!(index.layers().voices(), anew.layers().voices());
        let selected = index.select(&selection(&[("gender", "woman")]));
        let of = |spots: &[Spot]| (Voices::of(spots).people, Voices::of(spots).pins);
        prop_assert_eq!(of(&selected.spots), of(&anew.select(&selection(&[("gender", "woman")])).spots));
        prop_assert_eq!(selected.voices().pins <= plain.len(), true);
        for place in [[0.0, 0.0], [500.0, -300.0]] {
            prop_assert_eq!(index.people_near(place[0], place[1], 600.0), anew.people_near(place[0], place[1], 600.0));
        }
    }

    #[test]
    fn a_selection_means_the_same_pins_as_one_by_one(
        puts in prop::collection::vec(change(), 0..60), theme in 0_usize..16, when in 0_usize..6,
    ) {
        let mut index = Index::new(&boundary());
        let mut plain: BTreeMap<u32, Pin> = BTreeMap::new();
        for (n, pin) in puts.into_iter().filter_map(|(n, pin)| Some((n, pin?))) {
            index.put(&pin);
            plain.insert(n, pin);
        }
        let gathering = id(2, 1).to_string();
        for query in [
            vec![],
            vec![("round", "2026-1"), ("feeling", "unsafe"), ("feeling", "mixed")],
            vec![("gathering", gathering.as_str()), ("basis", "own")],
            vec![("theme", Theme::ALL[theme].code()), ("theme", "light"), ("when", When::ALL[when].code())],
            vec![("age", "18_29"), ("age", "12_17"), ("from", "2026-11-11"), ("to", "2026-11-12")],
            vec![("gender", "woman")],
            vec![("role", "resident")],
        ] {
            let selection = selection(&query);
            let selected = index.select(&selection);
            let fitting: Vec<&Pin> = plain.values().filter(|p| selection.fits(p)).collect();
            prop_assert_eq!(sorted(selected.spots.iter().cloned()), brute(&index, fitting.iter().map(|p| (*p).clone())));
            prop_assert_eq!(selected.first_day.as_ref(), fitting.iter().map(|p| &p.held_on).min());
            prop_assert_eq!(selected.last_day.as_ref(), fitting.iter().map(|p| &p.held_on).max());
            let mut own: Vec<&Id> =
                fitting.iter().filter(|p| p.told.basis == Basis::Own).map(|p| &p.told.participant).collect();
            let pins = own.len();
            own.sort_unstable();
            own.dedup();
            let voices = selected.voices();
            prop_assert_eq!((voices.people, voices.pins, voices.heard_pins), (own.len(), pins, fitting.len() - pins));
        }
    }
}
