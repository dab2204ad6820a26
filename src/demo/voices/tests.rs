use std::collections::{HashMap, HashSet};

use super::*;
use crate::gatherings::GatheringKind;
use crate::geometry::Plane;

fn pins() -> Vec<Pin> {
    voices().into_iter().flat_map(|voice| voice.pins).collect()
}

/// How many people put down such a pin within 120 m.
fn people(feeling: Feeling, x: f64, y: f64) -> usize {
    let plane = Plane::at(3.72, 51.06);
    let here = |pin: &Pin| {
        let (px, py) = plane.to_m(pin.lon, pin.lat);
        pin.feeling == feeling && pin.basis == Basis::Own && (px - x).hypot(py - y) < 120.0
    };
    voices().iter().filter(|voice| voice.pins.iter().any(here)).count()
}

#[test]
fn the_voices_are_the_same_twice() {
    assert_eq!(voices(), voices());
}

#[test]
fn the_expected_number_of_people_came() {
    let voices = voices();
    let came = |gathering| voices.iter().filter(|voice| voice.gathering == gathering).count();
    assert_eq!([came(0), came(1), came(2)], [24, 9, 14]);
    assert!(voices.iter().filter(|voice| voice.gathering == 0).all(|voice| voice.pins.len() == 6));
    assert!(voices.iter().all(|voice| (2..=8).contains(&voice.pins.len())));
    let pins = pins().len();
    assert!((220..280).contains(&pins), "{pins}");
}

#[test]
fn every_pin_lies_in_the_quarter() {
    let boundary = quarter::boundary();
    for pin in pins() {
        assert!(boundary.contains(&Coord { x: pin.lon, y: pin.lat }), "{pin:?}");
    }
}

#[test]
fn comments_are_short_and_nobody_repeats_another() {
    let mut seen = HashSet::new();
    for comment in pins().iter().filter_map(|pin| pin.comment) {
        assert!(comment.chars().count() <= 280, "{comment}");
        assert!(seen.insert(comment), "{comment}");
    }
    assert!((140..=180).contains(&seen.len()), "{}", seen.len());
}

#[test]
fn the_moderator_has_something_to_do() {
    let mut count = HashMap::new();
    for voice in voices() {
        let looked_through = GATHERINGS[voice.gathering].looked_through;
        for pin in voice.pins.iter().filter(|pin| pin.comment.is_some()) {
            let status = match pin.check {
                Check::Hidden(_) => "hidden",
                Check::Reworded(_) => "approved",
                Check::WithGathering if looked_through => "approved",
                Check::WithGathering | Check::Waiting => "waiting",
            };
            *count.entry(status).or_insert(0) += 1;
        }
    }
    assert!(count["approved"] > 90 && count["waiting"] > 20 && count["hidden"] > 0, "{count:?}");
}

#[test]
fn hearsay_comes_from_the_interviews_only() {
    for voice in voices() {
        let heard = voice.pins.iter().filter(|pin| pin.basis == Basis::Heard).count();
        assert!(heard == 0 || GATHERINGS[voice.gathering].kind == GatheringKind::Interview);
    }
    assert!(pins().iter().any(|pin| pin.basis == Basis::Heard));
}

#[test]
fn no_pin_has_more_than_three_themes_or_a_twist() {
    for pin in pins() {
        assert!(pin.themes.len() <= 3 && !pin.when.is_empty());
        assert!(pin.feeling != Feeling::Safe || matches!(pin.effect, Effect::Stay | Effect::None), "{pin:?}");
        assert!(pin.feeling != Feeling::Unsafe || pin.effect != Effect::Stay, "{pin:?}");
    }
}

#[test]
fn the_story_is_in_the_numbers() {
    let underpass = people(Feeling::Unsafe, -148.0, -390.0);
    assert!(underpass >= 15 && underpass > 4 * people(Feeling::Safe, -148.0, -390.0), "{underpass}");
    let park = people(Feeling::Safe, -490.0, -110.0);
    assert!(park >= 12 && park > 4 * people(Feeling::Unsafe, -490.0, -110.0), "{park}");
    let (safe, less) = (people(Feeling::Safe, 245.0, -235.0), people(Feeling::Unsafe, 245.0, -235.0));
    assert!(safe >= 10 && less >= 10 && safe.abs_diff(less) <= 5, "{safe} {less}");
}

#[test]
fn the_hotspots_tell_the_story() {
    use crate::hotspots::surface::Surface;
    use crate::hotspots::{Kind, Spot, areas, theme_bits, when_bits};

    let boundary = quarter::boundary();
    let plane = Plane::at(3.72, 51.06);
    let flat =
        geo::MultiPolygon::new(vec![geo::MapCoords::map_coords(&boundary, |c: Coord| plane.to_m(c.x, c.y).into())]);
    let voices = voices();
    let spot = |participant: usize, pin: &Pin| {
        let (x, y) = plane.to_m(pin.lon, pin.lat);
        Spot {
            x,
            y,
            participant: u32::try_from(participant).unwrap(),
            feeling: pin.feeling,
            basis: pin.basis,
            effect: Some(pin.effect),
            themes: theme_bits(pin.themes),
            when: when_bits(pin.when),
            agreed: false,
            footprint: None,
        }
    };
    let spots: Vec<Spot> =
        voices.iter().enumerate().flat_map(|(i, voice)| voice.pins.iter().map(move |pin| spot(i, pin))).collect();
    let (surface, _) = Surface::around(&flat, &spots, 100.0);
    let found = areas::find(&surface, &spots, &flat, &plane);
    let has = |kind: Kind, x: f64, y: f64| {
        let (lon, lat) = plane.to_lonlat(x, y);
        found.iter().any(|hotspot| hotspot.kind == kind && hotspot.shape.contains(&Coord { x: lon, y: lat }))
    };
    assert!(has(Kind::Unsafe, -148.0, -390.0), "the underpass");
    assert!(has(Kind::Safe, -490.0, -110.0) || has(Kind::Safe, -440.0, -60.0), "the park by day");
    assert!(has(Kind::Contested, 245.0, -235.0), "the station square");
    assert!(has(Kind::Safe, -126.0, 124.0), "the market square");
}
