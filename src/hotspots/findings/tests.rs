use super::*;
use crate::geometry::Boundary;
use crate::hotspots::trust::MANY_PEOPLE;
use crate::id::Id;
use crate::pins::{Basis, Feeling, Pin, Told};
use serde_json::json;

/// So many people in a square, half of whom say safe and half unsafe, but around one spot nine in ten say unsafe.
fn city(people: u32) -> Index {
    let ring = json!([[3.70, 51.05], [3.76, 51.05], [3.76, 51.09], [3.70, 51.09], [3.70, 51.05]]);
    let mut index = Index::new(&Boundary::parse(&json!({"type": "Polygon", "coordinates": [ring]})).unwrap());
    let id = |kind: u32, n: u32| Id::parse("id", &format!("{kind:08x}-0000-4000-8000-{n:012x}")).unwrap();
    for n in 0..people {
        // An even spread over the square (the plastic number's sequence), two pins each.
        for (k, (gx, gy)) in [(0.754_877, 0.569_840), (0.618_033, 0.414_213)].into_iter().enumerate() {
            let (u, v) = ((f64::from(n) * gx).fract(), (f64::from(n) * gy).fract());
            let (lon, lat) = (3.72 + 0.02 * u, 51.063 + 0.013 * v);
            let is_hot = (lon - 3.73).hypot((lat - 51.07) * 1.6) < 0.004;
            let says_unsafe = if is_hot { !n.is_multiple_of(10) } else { n.is_multiple_of(2) };
            index.put(&Pin {
                id: id(10 + u32::try_from(k).unwrap(), n),
                gathering: id(2, 0),
                round: "2026-1".to_owned(),
                held_on: "2026-11-17".to_owned(),
                who: Who::default(),
                lon,
                lat,
                told: Told {
                    participant: id(3, n),
                    feeling: if says_unsafe { Feeling::Unsafe } else { Feeling::Safe },
                    intensity: None,
                    radius_m: 50,
                    precision_m: None,
                    when: vec![],
                    days: vec![],
                    frequency: None,
                    effect: None,
                    themes: vec![],
                    basis: Basis::Own,
                    comment: None,
                    help: None,
                    lang: None,
                },
                shape: None,
                moderated: None,
                agreed: false,
            });
        }
    }
    index
}

#[test]
fn above_two_thousand_people_the_hexagons_are_the_test() {
    let question = Question { selection: Selection::default(), sigma_m: 100.0 };
    let (findings, basis) = Findings::of(&city(2_400), &question);
    assert!(findings.method.voices.people > MANY_PEOPLE);
    assert_eq!(TestedBy::of(findings.method.voices.people), TestedBy::Hexes);
    let basis = basis.unwrap();
    let tested = by_hexes(&basis.whole, &basis.spots, &basis.plane);
    let at = |lon: f64, lat: f64| {
        let (x, y) = basis.plane.to_m(lon, lat);
        let cell = (0..basis.whole.grid.len()).min_by(|a, b| {
            let far = |cell: usize| {
                let (cx, cy) = basis.whole.grid.centre(cell);
                (cx - x).hypot(cy - y)
            };
            far(*a).total_cmp(&far(*b))
        });
        tested.cells[cell.unwrap()]
    };
    assert_eq!(at(3.73, 51.07), Cell::Unsafe);
    assert_ne!(at(3.722, 51.064_5), Cell::Unsafe);
    let trust = basis.trust(&Watch::silent()).unwrap();
    assert_eq!(trust.hotspots.len(), findings.hotspots.len());
    assert_eq!(trust.cells.len(), findings.surface.unwrap().grid.len());
}

#[test]
fn work_that_is_overtaken_comes_to_nothing() {
    let question = Question { selection: Selection::default(), sigma_m: 100.0 };
    let (_, basis) = Findings::of(&city(40), &question);
    let watch = Watch::silent();
    watch.cancel();
    assert!(basis.unwrap().trust(&watch).is_none());
}
