use serde_json::json;

use crate::gatherings::{AgeBand, Who};
use crate::geometry::Boundary;
use crate::hotspots::findings::Question;
use crate::hotspots::index::Index;
use crate::hotspots::surface::Surface;
use crate::id::Id;
use crate::neighbourhoods::themes::Theme;
use crate::pins::selection::Selection;
use crate::pins::{Basis, Feeling, Pin, Shape, Told, When};
use proptest::prelude::*;
use proptest::strategy::ValueTree;

/// About 700 by 560 m.
fn boundary() -> Boundary {
    let ring = json!([[3.710, 51.060], [3.720, 51.060], [3.720, 51.065], [3.710, 51.065], [3.710, 51.060]]);
    Boundary::parse(&json!({"type": "Polygon", "coordinates": [ring]})).unwrap()
}

fn id(kind: u32, n: u32) -> Id {
    Id::parse("id", &format!("{kind:08x}-0000-4000-8000-{n:012x}")).unwrap()
}

fn question(query: &[(&str, &str)], sigma_m: f64) -> Question {
    let pairs: Vec<(String, String)> = query.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    Question { selection: Selection::parse(&pairs, &[]).unwrap().0, sigma_m }
}

#[derive(Debug, Clone)]
enum Step {
    Put(Box<Pin>),
    Remove(u32),
    /// A gathering gets another round.
    Round(u32, &'static str),
}

fn shape() -> impl Strategy<Value = Option<Shape>> {
    let corner = (3.706..3.724_f64, 51.058..51.067_f64).prop_map(|(lon, lat)| [lon, lat]);
    let line = prop::collection::vec(corner.clone(), 2..4).prop_map(|coordinates| Shape::LineString { coordinates });
    let area = (corner, 0.0003..0.003_f64).prop_map(|([lon, lat], d)| {
        let ring = vec![[lon, lat], [lon + d, lat], [lon + d, lat + d], [lon, lat + d], [lon, lat]];
        Shape::Polygon { coordinates: vec![ring] }
    });
    prop_oneof![6 => Just(None), 1 => line.prop_map(Some), 1 => area.prop_map(Some)]
}

/// Pins of a few people, inside the boundary and up to some sigma around it, many of them near each other.
fn step() -> impl Strategy<Value = Step> {
    let at = prop_oneof![
        (3.704..3.726_f64, 51.057..51.068_f64),
        (3.7149..3.7151_f64, 51.0624..51.0626_f64),
        Just((3.715, 51.0625)),
    ];
    let words = (0_usize..3, 0_usize..4, prop::bool::weighted(0.8), 0_usize..2);
    let put = (0_u32..12, 0_u32..4, at, words, shape()).prop_map(|(n, who, (lon, lat), words, shape)| {
        let (feeling, theme, own, age) = words;
        Step::Put(Box::new(Pin {
            id: id(1, n),
            gathering: id(2, who % 2),
            round: format!("2026-{}", who % 2),
            held_on: "2026-11-11".to_owned(),
            // Now and then somebody says another age.
            who: Who {
                age: Some([AgeBand::ALL[1], AgeBand::ALL[1 + age * usize::from(n == 0)]][age]),
                gender: None,
                role: None,
            },
            lon,
            lat,
            shape,
            told: Told {
                participant: id(3, who),
                feeling: Feeling::ALL[feeling],
                intensity: None,
                radius_m: 50,
                precision_m: None,
                when: vec![When::Dark],
                days: vec![],
                frequency: None,
                effect: None,
                themes: vec![Theme::ALL[theme]],
                basis: if own { Basis::Own } else { Basis::Heard },
                comment: None,
                help: None,
                lang: None,
            },
            moderated: None,
            agreed: false,
        }))
    });
    let round = (0_u32..2, prop::sample::select(vec!["2026-0", "2026-1"])).prop_map(|(g, round)| Step::Round(g, round));
    prop_oneof![12 => put, 4 => (0_u32..12).prop_map(Step::Remove), 1 => round]
}

fn take(index: &mut Index, step: &Step) {
    match step {
        Step::Put(pin) => index.put(pin),
        Step::Remove(n) => drop(index.remove(&id(1, *n))),
        Step::Round(gathering, round) => index.put_gathering(&id(2, *gathering), round, "2026-11-11"),
    }
}

fn same(index: &Index, question: &Question) -> Result<(), TestCaseError> {
    let selected = index.select(&question.selection);
    let living = index.surface(question, &selected.spots);
    let anew = Surface::around(index.shape(), &selected.spots, question.sigma_m);
    // Bit for bit, p₀ and near counts too.
    prop_assert!(living == anew, "{question:?}");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn it_is_what_all_pins_make_anew(
        first in prop::collection::vec(step(), 0..12), steps in prop::collection::vec(step(), 1..20), sigma_m in 25.0..160.0_f64,
    ) {
        let mut index = Index::new(&boundary());
        for step in &first {
            take(&mut index, step);
        }
        let questions = [
            question(&[], sigma_m),
            question(&[("feeling", "unsafe")], 60.0),
            question(&[("theme", Theme::ALL[0].code()), ("theme", Theme::ALL[1].code()), ("age", AgeBand::ALL[1].code())], 100.0),
            question(&[("round", "2026-1")], 100.0),
        ];
        for question in &questions {
            same(&index, question)?;
        }
        for (at, step) in steps.iter().enumerate() {
            take(&mut index, step);
            // Some are asked after every change, some after several.
            for question in questions.iter().step_by(1 + at % 3) {
                same(&index, question)?;
            }
        }
        for question in &questions {
            same(&index, question)?;
        }
    }
}

#[test]
fn more_questions_than_are_kept_are_answered_all_the_same() {
    let mut index = Index::new(&boundary());
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    for _ in 0..30 {
        let step = step().new_tree(&mut runner).unwrap().current();
        take(&mut index, &step);
    }
    for sigma in [50.0, 60.0, 70.0, 80.0, 90.0, 100.0, 50.0, 60.0] {
        same(&index, &question(&[], sigma)).unwrap();
        same(&index, &question(&[("feeling", "safe")], sigma)).unwrap();
    }
}
