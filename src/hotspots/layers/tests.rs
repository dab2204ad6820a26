use std::collections::{BTreeMap, BTreeSet};

use super::*;
use proptest::prelude::*;

/// The definition: the squares of a tile from all pins, one by one.
fn brute(pins: &[Put], zoom: u8, x: u32, y: u32) -> Vec<Square> {
    let mut squares: BTreeMap<(u32, u32), Vec<&Put>> = BTreeMap::new();
    let side = f64::from(1_u32 << (zoom + TILE_BITS));
    for pin in pins {
        let mercator = pin.lat.to_radians().tan().asinh() / std::f64::consts::PI;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "on the map")]
        let (col, row) = (((pin.lon / 360.0 + 0.5) * side) as u32, ((0.5 - mercator / 2.0) * side) as u32);
        if (col >> TILE_BITS, row >> TILE_BITS) == (x, y) {
            squares.entry((row % u32::from(SQUARES), col % u32::from(SQUARES))).or_default().push(pin);
        }
    }
    let told = |((row, col), pins): ((u32, u32), Vec<&Put>)| {
        let people = |says: fn(Feeling) -> bool| {
            count(pins.iter().filter(|pin| says(pin.feeling)).map(|pin| pin.participant).collect::<BTreeSet<_>>().len())
        };
        let tally = Tally {
            people: people(|_| true),
            people_unsafe: people(|feeling| feeling != Feeling::Safe),
            people_safe: people(|feeling| feeling != Feeling::Unsafe),
            pins: [Feeling::Safe, Feeling::Unsafe, Feeling::Mixed]
                .map(|feeling| count(pins.iter().filter(|pin| pin.feeling == feeling).count())),
        };
        let tally = (tally.people >= MIN_PEOPLE).then_some(tally);
        Square { col: u8::try_from(col).unwrap(), row: u8::try_from(row).unwrap(), tally }
    };
    squares.into_iter().map(told).collect()
}

fn squares(layers: &Layers, zoom: u8, x: u32, y: u32) -> Vec<Square> {
    let mut squares = layers.squares(zoom, x, y);
    squares.sort_by_key(|square| (square.row, square.col));
    squares
}

/// Every tile of some zooms around the pins that the strategy makes.
fn tiles() -> impl Iterator<Item = (u8, u32, u32)> {
    [0_u8, 3, 9, 12, 14, 16].into_iter().flat_map(|zoom| {
        let (x, y) = (267_524_u32 >> (DEEPEST - 1 - zoom), 175_170_u32 >> (DEEPEST - 1 - zoom));
        (0..3).flat_map(move |dx| (0..3).map(move |dy| (zoom, (x + dx).saturating_sub(1), (y + dy).saturating_sub(1))))
    })
}

fn pin() -> impl Strategy<Value = Put> {
    // Few places, so that pins share squares or are the same in all.
    (0_u32..9, 0_u32..12, 0_u32..12, 0_usize..3).prop_map(|(participant, x, y, feeling)| {
        let (x, y) = (f64::from(x * x), f64::from(y * y));
        Put {
            lon: 3.6940 + x * 0.0002,
            lat: 51.0410 + y * 0.0001,
            participant,
            feeling: Feeling::ALL[feeling],
            agreed: false,
        }
    })
}

#[test]
fn a_voice_is_small() {
    assert_eq!(size_of::<Voice>(), 16);
}

#[test]
fn nothing_one_person_and_one_spot_have_clear_answers() {
    let mut layers = Layers::new();
    assert!(layers.is_empty() && layers.squares(0, 0, 0).is_empty());
    let here = Put { lon: 3.7, lat: 51.05, participant: 1, feeling: Feeling::Unsafe, agreed: false };
    assert!(!layers.remove(&here));

    let talkative = (0..200_000).map(|i| Put { lon: 3.7 + f64::from(i % 7) * 1e-5, ..here });
    let mut layers = Layers::of(talkative);
    layers.add(&here);
    assert_eq!(layers.len(), 200_001);
    assert!(layers.squares(10, 522, 342).iter().all(|square| square.tally.is_none()));
    for participant in 2..=4 {
        layers.add(&Put { participant, ..here });
    }
    assert_eq!(layers.squares(0, 0, 0), [Square { col: 8, row: 5, tally: None }]);
    layers.add(&Put { participant: 5, feeling: Feeling::Mixed, ..here });
    let tally = Tally { people: 5, people_unsafe: 5, people_safe: 1, pins: [0, 200_004, 1] };
    assert_eq!(layers.squares(0, 0, 0), [Square { col: 8, row: 5, tally: Some(tally) }]);

    for (zoom, x, y) in [(17, 0, 0), (255, 0, 0), (0, 1, 0), (3, 0, 8), (16, u32::MAX, 0)] {
        assert_eq!(layers.squares(zoom, x, y), []);
    }
    for (lon, lat) in [(180.0, 90.0), (-180.0, -90.0), (f64::NAN, f64::NAN), (f64::INFINITY, 1e300)] {
        let far = Put { lon, lat, ..here };
        layers.add(&far);
        assert!(layers.remove(&far) && !layers.remove(&far));
    }
}

#[test]
fn blocks_are_split_and_go() {
    let pin = |n: u32| Put {
        agreed: false,
        lon: 3.7 + f64::from(n % 100) * 1e-4,
        lat: 51.0 + f64::from(n / 100) * 1e-4,
        participant: n % 50,
        feeling: Feeling::ALL[n as usize % 3],
    };
    let pins: Vec<Put> = (0..5000).map(pin).collect();
    let mut layers = Layers::new();
    for pin in &pins {
        layers.add(pin);
    }
    assert!(layers.blocks.len() > 4 && layers.blocks.iter().all(|block| (1..=BLOCK).contains(&block.len())));
    assert_eq!(layers.blocks.concat(), Layers::of(pins.clone()).blocks.concat());
    for pin in &pins {
        assert!(layers.remove(pin));
    }
    assert!(layers.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn they_are_what_counting_one_by_one_gives(
        first in prop::collection::vec(pin(), 0..150), changes in prop::collection::vec((any::<bool>(), pin()), 0..60),
    ) {
        let mut plain = first.clone();
        let mut layers = Layers::of(first);
        for (zoom, x, y) in tiles() {
            prop_assert_eq!(squares(&layers, zoom, x, y), brute(&plain, zoom, x, y));
        }
        for (is_new, pin) in changes {
            if is_new {
                layers.add(&pin);
                plain.push(pin);
            } else {
                let at = plain.iter().position(|other| Voice::of(other) == Voice::of(&pin));
                prop_assert_eq!(layers.remove(&pin), at.is_some());
                at.map(|at| plain.remove(at));
            }
        }
        prop_assert_eq!(layers.len(), plain.len());
        let people: BTreeSet<u32> = plain.iter().map(|pin| pin.participant).collect();
        prop_assert_eq!(layers.voices().people, people.len());
        prop_assert_eq!(layers.blocks.concat(), Layers::of(plain.iter().copied()).blocks.concat());
        for (zoom, x, y) in tiles() {
            prop_assert_eq!(squares(&layers, zoom, x, y), brute(&plain, zoom, x, y));
        }
    }
}
