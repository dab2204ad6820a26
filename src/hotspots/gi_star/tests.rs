use super::*;
use crate::hotspots::hexes::{Hex, Hexes, marks};
use crate::hotspots::significance::Cell;
use h3o::{LatLng, Resolution};
use proptest::prelude::*;

/// Made by `tests/reference/hexes.py` with esda and scipy: h3, people, `people_unsafe`, z, p, q.
const GI_STAR: &str = include_str!("../../../tests/reference/gi_star.csv");

#[test]
fn it_agrees_with_esda_and_scipy() {
    let mut hexes = Vec::new();
    let mut expected = Vec::new();
    for line in GI_STAR.lines().skip(1) {
        let v: Vec<&str> = line.split(',').collect();
        let (people, people_unsafe): (u32, u32) = (v[1].parse().unwrap(), v[2].parse().unwrap());
        hexes.push(Hex { cell: v[0].parse().unwrap(), people, people_unsafe, people_safe: people - people_unsafe });
        expected.push([v[3], v[4], v[5]].map(|v| v.parse::<f64>().unwrap()));
    }
    let total = |by: fn(&Hex) -> u32| hexes.iter().map(|hex| f64::from(by(hex))).sum::<f64>();
    let overall_share = total(|hex| hex.people_unsafe) / total(|hex| hex.people);
    let hexes = Hexes { resolution: Resolution::Ten, hexes, overall_share, people: 900 };
    let marked = marks(&hexes).told;
    assert_eq!(marked.len(), expected.len());
    for (marked, [z, p, q]) in marked.iter().zip(expected) {
        assert!((marked.z - z).abs() < 1e-9, "{} {z}", marked.z);
        assert!((two_sided(marked.z) - p).abs() < 1e-9 && (marked.q - q).abs() < 1e-9, "{} {q}", marked.q);
        let mark = match (q < 0.05, z > 0.0) {
            (false, _) => Cell::NoClearSignal,
            (true, is_unsafe) => [Cell::Safe, Cell::Unsafe][usize::from(is_unsafe)],
        };
        assert_eq!(marked.mark, mark);
    }
    for mark in [Cell::NoClearSignal, Cell::Unsafe, Cell::Safe] {
        assert!(marked.iter().any(|marked| marked.mark == mark), "{mark:?}");
    }
}

fn disk(k: u32) -> Vec<CellIndex> {
    let middle = LatLng::new(51.05, 3.72).unwrap().to_cell(Resolution::Ten);
    let mut cells: Vec<CellIndex> = middle.grid_disk(k);
    cells.sort_unstable();
    cells
}

#[test]
fn what_cannot_be_told_is_zero() {
    assert_eq!(scores(&[], &Neighbours::among(&[])), [0.0; 0]);
    assert_eq!(false_discovery(&[]), [0.0; 0]);
    let one = disk(0);
    assert_eq!(scores(&[3.0], &Neighbours::among(&one)), [0.0]);
    let flower = disk(1);
    let all_same = scores(&[0.1; 7], &Neighbours::among(&flower));
    assert_eq!(all_same, [0.0; 7]);
    let mut values = [0.0; 7];
    values[3] = 1.0;
    // The middle one has all others as its neighbours, the others three.
    let scores = scores(&values, &Neighbours::among(&flower));
    assert!(scores.iter().all(|z| z.is_finite()));
    assert_eq!(scores.iter().filter(|z| **z == 0.0).count(), 1);
}

#[test]
fn chances_are_those_of_the_normal_distribution() {
    assert!((two_sided(0.0) - 1.0).abs() < 1e-15);
    assert!((two_sided(1.959_963_984_540_054) - 0.05).abs() < 1e-15);
    assert!((two_sided(-8.0) / 1.244_192_114_854_357e-15 - 1.0).abs() < 1e-9);
    assert!(two_sided(f64::INFINITY) < 1e-300);
}

proptest! {
    #[test]
    fn it_is_the_formula(values in prop::collection::vec(-3.0..3.0_f64, 37), kept in prop::collection::vec(any::<bool>(), 37)) {
        let all = disk(3);
        let cells: Vec<CellIndex> = all.iter().zip(&kept).filter(|(_, kept)| **kept).map(|(cell, _)| *cell).collect();
        let values = &values[..cells.len()];
        let neighbours = Neighbours::among(&cells);
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let s = (values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n).sqrt();
        for (at, z) in scores(values, &neighbours).into_iter().enumerate() {
            let w: Vec<f64> = cells.iter().map(|cell| f64::from(u8::from(cells[at].grid_distance(*cell).unwrap() <= 1))).collect();
            let sum: f64 = w.iter().zip(values).map(|(w, x)| w * x).sum();
            let weight: f64 = w.iter().sum();
            let formula = (sum - mean * weight) / (s * ((n * weight - weight * weight) / (n - 1.0)).sqrt());
            let formula = if formula.is_finite() { formula } else { 0.0 };
            prop_assert!((z - formula).abs() < 1e-9, "{z} {formula}");
        }
    }

    #[test]
    fn discoveries_are_those_of_the_step_up(chances in prop::collection::vec(0.0..0.2_f64, 0..60)) {
        let rates = false_discovery(&chances);
        let mut sorted = chances.clone();
        sorted.sort_by(f64::total_cmp);
        let m = chances.len() as f64;
        let cut = sorted.iter().enumerate().filter(|(i, p)| **p <= 0.05 * (*i + 1) as f64 / m).map(|(_, p)| *p).next_back();
        for (chance, rate) in chances.iter().zip(&rates) {
            prop_assert_eq!(*rate <= 0.05, cut.is_some_and(|cut| *chance <= cut));
            prop_assert!((*chance * (1.0 - 1e-12)..=1.0).contains(rate));
        }
    }
}
