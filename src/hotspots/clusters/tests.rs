use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::pins::{Basis, Feeling};
use geo::{Area, Contains, Intersects, Point, Validation};
use proptest::prelude::*;

/// Made by `tests/reference/clusters.py` with scikit-learn: x, y, the label with a reach of 100 m and of 60 m.
const CLUSTERS: &str = include_str!("../../../tests/reference/clusters.csv");

fn spot(participant: u32, x: f64, y: f64) -> Spot {
    Spot::own(participant, x, y, Feeling::Unsafe)
}

#[test]
fn it_agrees_with_scikit_learn() {
    let rows: Vec<Vec<f64>> =
        CLUSTERS.lines().skip(1).map(|line| line.split(',').map(|v| v.parse().unwrap()).collect()).collect();
    let spots: Vec<Spot> = (0..).zip(&rows).map(|(who, row)| spot(who, row[0], row[1])).collect();
    let pins: Vec<&Spot> = spots.iter().collect();
    for (column, eps_m) in [(2, 100.0), (3, 60.0)] {
        let ours = labels(&pins, eps_m);
        for (label, row) in ours.iter().zip(&rows) {
            assert!((label.map_or(-1.0, f64::from) - row[column]).abs() < 0.5, "{row:?} {label:?}");
        }
        let clusters = find(&spots, Spot::says_unsafe, eps_m);
        assert_eq!(clusters.len(), ours.iter().flatten().collect::<BTreeSet<_>>().len());
        assert_eq!(clusters.iter().map(|c| c.people as usize).sum::<usize>(), ours.iter().flatten().count());
    }
}

#[test]
fn a_reach_has_limits() {
    assert!(check_eps(10.0).is_ok() && check_eps(1000.0).is_ok());
    for bad in [9.9, 0.0, -100.0, 1000.1, f64::NAN, f64::INFINITY] {
        assert_eq!(check_eps(bad).unwrap_err().field.as_deref(), Some("eps_m"));
    }
}

#[test]
fn five_people_are_a_cluster_and_one_person_never() {
    assert_eq!(find(&[], |_| true, EPS_M), []);
    let alone: Vec<Spot> =
        (0..200_000_u32).map(|i| spot(1, f64::from(i % 447) * 2.0, f64::from(i / 447) * 2.0)).collect();
    assert_eq!(find(&alone, |_| true, EPS_M), []);
    let four: Vec<Spot> = (0..40).map(|i| spot(i % 4, f64::from(i), 0.0)).collect();
    assert_eq!(find(&four, |_| true, EPS_M), []);

    let five: Vec<Spot> = (0..5).map(|who| spot(who, 3.0, 4.0)).collect();
    let [cluster] = &find(&five, |_| true, EPS_M)[..] else { panic!("one cluster") };
    assert_eq!((cluster.people, cluster.pins), (5, 5));
    assert!(cluster.hull.is_valid() && cluster.hull.contains(&Point::new(3.0, 4.0)));
    assert!((cluster.hull.unsigned_area() / (std::f64::consts::PI * GROW_M * GROW_M) - 1.0).abs() < 0.03);
    let heard: Vec<Spot> = five.into_iter().map(|s| Spot { basis: Basis::Heard, ..s }).collect();
    assert_eq!(find(&heard, |_| true, EPS_M), []);
}

#[test]
fn a_row_of_people_is_one_cluster_as_far_as_they_reach() {
    let row = |step: f64| (0..12_u32).map(|who| spot(who, f64::from(who) * step, 0.0)).collect::<Vec<_>>();
    assert_eq!(find(&row(50.0), |_| true, EPS_M).len(), 1);
    // Within reach, edge included, are two on each side.
    assert_eq!(find(&row(50.0), |_| true, EPS_M)[0].people, 12);
    assert_eq!(find(&row(50.1), |_| true, EPS_M), []);
}

/// The definition, pair by pair.
fn brute(pins: &[&Spot], eps_m: f64) -> Vec<Option<u32>> {
    let near = |a: &Spot, b: &Spot| (a.x - b.x).powi(2) + (a.y - b.y).powi(2) <= eps_m * eps_m;
    let is_core: Vec<bool> = pins
        .iter()
        .map(|pin| pins.iter().filter(|o| near(pin, o)).map(|o| o.participant).collect::<BTreeSet<_>>().len() >= 5)
        .collect();
    let mut labels = vec![None; pins.len()];
    let mut next = 0;
    for start in 0..pins.len() {
        if !is_core[start] || labels[start].is_some() {
            continue;
        }
        let mut to_visit = vec![start];
        while let Some(at) = to_visit.pop() {
            for other in (0..pins.len()).filter(|other| near(pins[at], pins[*other])) {
                if labels[other].is_none() {
                    labels[other] = Some(next);
                    if is_core[other] {
                        to_visit.push(other);
                    }
                }
            }
        }
        next += 1;
    }
    labels
}

proptest! {
    #[test]
    fn it_is_the_definition_in_people(
        (pins, shuffled) in prop::collection::vec((0_u32..12, 0.0..900.0_f64, 0.0..900.0_f64), 0..120)
            .prop_flat_map(|pins| (Just(pins.clone()), Just(pins).prop_shuffle())),
        eps_m in 40.0..160.0_f64,
    ) {
        let spots: Vec<Spot> = pins.into_iter().map(|(who, x, y)| spot(who, x, y)).collect();
        let shuffled: Vec<Spot> = shuffled.into_iter().map(|(who, x, y)| spot(who, x, y)).collect();
        let kept = without_repeats(&spots, |_| true);
        let expected = brute(&kept, eps_m);
        prop_assert_eq!(&labels(&kept, eps_m), &expected);
        let clusters = find(&spots, |_| true, eps_m);
        prop_assert_eq!(&clusters, &find(&shuffled, |_| true, eps_m));
        let mut people: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (label, pin) in expected.iter().zip(&kept) {
            label.map(|label| people.entry(label).or_default().push(pin.participant));
        }
        let mut told: Vec<(u32, u32)> = people
            .into_values()
            .map(|pins| (pins.iter().collect::<BTreeSet<_>>().len(), pins.len()))
            .filter(|(people, _)| *people >= 5)
            .map(|(people, pins)| (u32::try_from(people).unwrap(), u32::try_from(pins).unwrap()))
            .collect();
        told.sort_unstable_by_key(|counts| std::cmp::Reverse(*counts));
        prop_assert_eq!(clusters.iter().map(|c| (c.people, c.pins)).collect::<Vec<_>>(), told);
        for cluster in &clusters {
            prop_assert!(cluster.hull.is_valid());
            let inside = kept.iter().filter(|pin| cluster.hull.intersects(&Point::new(pin.x, pin.y))).count();
            prop_assert!(inside >= cluster.pins as usize);
        }
    }
}
