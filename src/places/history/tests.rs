use super::*;
use crate::places::Ground;
use geo::{MultiPolygon, Rect};

fn deed(act: Act, at_ms: i64, name: &str) -> Deed {
    Deed { place: Id::new(), act, at_ms, name: name.into(), other: None, selection: None, picture: None }
}

fn picture(kind: Kind, people: u32) -> Picture {
    Picture {
        kind,
        verdict: None,
        people_unsafe: Some(people),
        people_safe: None,
        people,
        everyone: 20,
        pins: people,
        share_unsafe: 0.9,
        area_m2: 4000.0,
        centre: [3.71, 51.06],
        sigma_m: 100.0,
        version: "people-surface/1".into(),
    }
}

/// A hotspot on a square of some 200 m, so many of its breadths to the east.
fn seen(day: &str, found: Option<(Kind, u32, f64)>) -> Seen {
    let ground = |east: f64| {
        let west = 3.71 + east * 0.003;
        Ground::Area(MultiPolygon::new(vec![Rect::new((west, 51.06), (west + 0.003, 51.062)).to_polygon()]))
    };
    Seen {
        place: Id::new(),
        day: day.into(),
        found: found.map(|(kind, people, east)| (picture(kind, people), ground(east))),
        together: Vec::new(),
        parts: Vec::new(),
        at_ms: 0,
    }
}

/// Days are as long as a millisecond here.
fn told(deeds: &[Deed], pictures: &[Seen]) -> Vec<What> {
    let plane = Plane::at(3.71, 51.06);
    tell(deeds, pictures, &plane, |at_ms| format!("2026-11-{at_ms:02}")).into_iter().map(|entry| entry.what).collect()
}

#[test]
fn what_the_pins_say_and_what_staff_does_is_one_story() {
    let kept = Deed { picture: Some(picture(Kind::Unsafe, 9)), ..deed(Act::Kept, 18, "Spoorbrug") };
    let deeds = [kept, deed(Act::Renamed, 24, "Onder de spoorbrug"), deed(Act::Removed, 30, "Onder de spoorbrug")];
    let pictures = [
        seen("2026-11-17", Some((Kind::Unsafe, 9, 0.0))),
        seen("2026-11-20", Some((Kind::Unsafe, 12, 0.1))),
        seen("2026-11-21", Some((Kind::Unsafe, 12, 0.9))),
        seen("2026-11-24", Some((Kind::Contested, 14, 0.9))),
        seen("2026-11-25", None),
        seen("2026-11-26", None),
        seen("2026-11-27", Some((Kind::Contested, 15, 0.9))),
    ];
    assert_eq!(
        told(&deeds, &pictures),
        [
            What::Counted,
            What::Kept,
            What::Counted,
            What::Moved,
            What::Changed,
            What::Renamed,
            What::Lost,
            What::Found,
            What::Removed
        ]
    );
    let entries = tell(&deeds, &pictures, &Plane::at(3.71, 51.06), |at_ms| format!("2026-11-{at_ms:02}"));
    assert_eq!(entries[4].kind_before, Some(Kind::Unsafe));
    assert_eq!(
        (entries[5].name_before.as_deref(), entries[5].name.as_deref()),
        (Some("Spoorbrug"), Some("Onder de spoorbrug"))
    );
}

#[test]
fn a_drawn_spot_is_found_when_a_hotspot_comes() {
    let deeds = [deed(Act::Kept, 10, "Bankje")];
    let pictures = [seen("2026-11-09", None), seen("2026-11-12", Some((Kind::Safe, 6, 0.0)))];
    assert_eq!(told(&deeds, &pictures), [What::Kept, What::Found]);
}

#[test]
fn a_hotspot_of_a_selection_may_be_none_of_all_pins() {
    let kept = Deed { picture: Some(picture(Kind::Unsafe, 6)), ..deed(Act::Kept, 18, "Steeg") };
    assert_eq!(told(&[kept], &[seen("2026-11-17", None)]), [What::Lost, What::Kept]);
}

#[test]
fn merging_and_splitting_are_told_when_they_begin() {
    let kept = Deed { picture: Some(picture(Kind::Unsafe, 9)), ..deed(Act::Kept, 1, "Plein") };
    let other = Id::new();
    let part = Part { kind: Kind::Unsafe, centre: [3.7, 51.0], people: 6, area_m2: 2500.0 };
    let day = |day: &str| seen(day, Some((Kind::Unsafe, 9, 0.0)));
    let pictures = [
        Seen { together: vec![other.clone()], ..day("2026-11-17") },
        Seen { together: vec![other.clone()], parts: vec![part.clone()], ..day("2026-11-18") },
        Seen { parts: vec![part], ..day("2026-11-19") },
    ];
    let what = told(&[kept], &pictures);
    assert_eq!(what, [What::Kept, What::Counted, What::Merged, What::Counted, What::Split, What::Counted]);
}
