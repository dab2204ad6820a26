use std::collections::HashMap;
use std::sync::Arc;

use super::*;
use crate::hotspots::Footprint;
use crate::hotspots::grid::CELL_M;
use crate::pins::{Basis, Feeling};
use geo::{Polygon, Translate};
use proptest::prelude::*;

/// Made by `tests/reference/people_surface.py`.
const PINS: &str = include_str!("../../../tests/reference/workshop_pins.csv");
/// Made by `tests/reference/people_surface.py` with numpy.
const SURFACE: &str = include_str!("../../../tests/reference/workshop_surface.csv");

fn workshop() -> Vec<Spot> {
    let mut people = HashMap::new();
    PINS.lines()
        .skip(1)
        .map(|line| {
            let v: Vec<&str> = line.split(',').collect();
            let next = u32::try_from(people.len()).unwrap();
            let participant = *people.entry(v[0]).or_insert(next);
            Spot::own(
                participant,
                v[1].parse().unwrap(),
                v[2].parse().unwrap(),
                Feeling::parse("feeling", v[3]).unwrap(),
            )
        })
        .collect()
}

fn around(spots: &[Spot], margin_m: f64) -> Grid {
    let fold = |by: fn(&Spot) -> f64, pick: fn(f64, f64) -> f64| spots.iter().map(by).reduce(pick).unwrap();
    Grid::covering([
        fold(|s| s.x, f64::min) - margin_m,
        fold(|s| s.y, f64::min) - margin_m,
        fold(|s| s.x, f64::max) + margin_m,
        fold(|s| s.y, f64::max) + margin_m,
    ])
}

/// The definition, cell by cell and without any cut.
fn brute(grid: &Grid, spots: &[Spot], sigma_m: f64, says: fn(&Spot) -> bool) -> Vec<f64> {
    let at = |cell: usize| {
        let (x, y) = grid.centre(cell);
        let mut best: HashMap<u32, f64> = HashMap::new();
        for s in spots.iter().filter(|s| s.is_own() && says(s)) {
            let k = (-s.distance_m(x, y).powi(2) / (2.0 * sigma_m * sigma_m)).exp();
            let best = best.entry(s.participant).or_default();
            *best = best.max(k);
        }
        best.values().sum()
    };
    (0..grid.len()).map(at).collect()
}

fn close(a: &[f64], b: &[f64]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-6)
}

#[test]
fn it_agrees_with_the_reference_to_a_millionth_of_a_person() {
    let spots = workshop();
    let mut surfaces: HashMap<String, Surface> = HashMap::new();
    let mut rows = 0;
    for line in SURFACE.lines().skip(1) {
        let (sigma, rest) = line.split_once(',').unwrap();
        let surface = surfaces.entry(sigma.to_owned()).or_insert_with(|| {
            let sigma_m: f64 = sigma.parse().unwrap();
            Surface::new(around(&spots, 3.0 * sigma_m), &spots, sigma_m)
        });
        let v: Vec<f64> = rest.split(',').map(|v| v.parse().unwrap()).collect();
        let grid = &surface.grid;
        let cols = grid.cols_between(v[0] - 1.0, v[0] + 1.0);
        let rows_here = grid.rows_between(v[1] - 1.0, v[1] + 1.0);
        assert_eq!((cols.len(), rows_here.len()), (1, 1), "{line}");
        let cell = rows_here.start * grid.cols + cols.start;
        assert!((surface.people_unsafe[cell] - v[2]).abs() < 1e-6, "{line}");
        assert!((surface.people_safe[cell] - v[3]).abs() < 1e-6, "{line}");
        assert!((surface.share(cell) - v[4]).abs() < 1e-6, "{line}");
        assert!((f64::from(surface.people_near[cell]) - v[5]).abs() < 1e-6, "{line}");
        rows += 1;
    }
    assert!(rows > 1000);
}

#[test]
fn what_was_heard_and_nobody_count_for_nothing() {
    let grid = Grid::covering([0.0, 0.0, 200.0, 200.0]);
    let heard = Spot { basis: Basis::Heard, ..Spot::own(1, 100.0, 100.0, Feeling::Unsafe) };
    for spots in [vec![], vec![heard]] {
        let surface = Surface::new(grid, &spots, 100.0);
        assert!(surface.people_unsafe.iter().chain(&surface.people_safe).all(|m| *m == 0.0));
        assert!(surface.people_near.iter().all(|n| *n == 0));
        assert!((surface.share(0) - 0.5).abs() < 1e-12);
    }
}

#[test]
fn a_mixed_pin_speaks_on_both_sides() {
    let grid = Grid::covering([0.0, 0.0, 200.0, 200.0]);
    let surface = Surface::new(grid, &[Spot::own(1, 100.0, 100.0, Feeling::Mixed)], 100.0);
    assert_eq!(surface.people_unsafe, surface.people_safe);
    assert!(surface.people_unsafe.iter().all(|m| *m > 0.1));
}

#[test]
fn a_cropped_surface_is_a_part_of_the_whole() {
    let spots = workshop();
    let whole = Surface::new(Grid::covering([-300.0, -300.0, 1300.0, 1300.0]), &spots, 100.0);
    let part = whole.crop(Grid::covering([100.0, 250.0, 610.0, 770.0]));
    let direct = Surface::new(part.grid, &spots, 100.0);
    assert!(close(&part.people_unsafe, &direct.people_unsafe) && close(&part.people_safe, &direct.people_safe));
    assert_eq!(part.people_near, direct.people_near);
}

/// Points, and lines and areas of a few corners.
fn spots() -> impl Strategy<Value = Vec<Spot>> {
    let corners = prop::collection::vec((-150.0..150.0_f64, -150.0..150.0_f64), 2..5);
    let shape = (any::<bool>(), corners).prop_map(|(is_area, corners)| Some(Arc::new(footprint(is_area, corners))));
    let shape = prop_oneof![4 => Just(None), 1 => shape];
    let one = (0_u32..8, 0.0..500.0_f64, 0.0..500.0_f64, 0_usize..3, prop::bool::weighted(0.9), shape);
    let one = one.prop_map(|(who, x, y, feeling, own, footprint)| {
        let basis = if own { Basis::Own } else { Basis::Heard };
        moved(&Spot { basis, footprint, ..Spot::own(who, 0.0, 0.0, Feeling::ALL[feeling]) }, x, y)
    });
    prop::collection::vec(one, 1..40)
}

/// A line from the origin through some corners, or the area within them as seen from there.
fn footprint(is_area: bool, mut corners: Vec<(f64, f64)>) -> Footprint {
    if is_area && corners.len() > 2 {
        corners.sort_by(|a, b| a.1.atan2(a.0).total_cmp(&b.1.atan2(b.0)));
        return Footprint::Area(Polygon::new(corners.into(), vec![]));
    }
    corners.insert(0, (0.0, 0.0));
    Footprint::Line(corners.into())
}

fn moved(spot: &Spot, dx: f64, dy: f64) -> Spot {
    let footprint = spot.footprint.as_deref().map(|shape| match shape {
        Footprint::Line(line) => Footprint::Line(line.translate(dx, dy)),
        Footprint::Area(area) => Footprint::Area(area.translate(dx, dy)),
    });
    Spot { x: spot.x + dx, y: spot.y + dy, footprint: footprint.map(Arc::new), ..spot.clone() }
}

#[test]
fn a_long_line_weighs_no_more_than_a_point() {
    let grid = Grid::covering([0.0, 0.0, 1000.0, 200.0]);
    let line = Footprint::Line(vec![(100.0, 100.0), (900.0, 100.0), (900.0, 120.0), (100.0, 120.0)].into());
    let route = Spot { footprint: Some(Arc::new(line)), ..Spot::own(1, 500.0, 100.0, Feeling::Unsafe) };
    let surface = Surface::new(grid, &[route], 100.0);
    assert!(surface.people_unsafe.iter().all(|people| *people <= 1.0));
    assert!(surface.people_near.iter().all(|people| *people <= 1));
    assert!(surface.people_unsafe[3 * grid.cols + 20] > 0.99);
}

#[test]
fn an_area_is_one_inside_and_falls_off_beyond_its_edge() {
    let grid = Grid::covering([0.0, 0.0, 1000.0, 1000.0]);
    let ring = vec![(200.0, 200.0), (800.0, 200.0), (800.0, 800.0), (200.0, 800.0), (200.0, 200.0)];
    let area = Footprint::Area(Polygon::new(ring.into(), vec![]));
    let spots = [Spot { footprint: Some(Arc::new(area)), ..Spot::own(1, 500.0, 500.0, Feeling::Safe) }];
    let surface = Surface::new(grid, &spots, 100.0);
    for cell in 0..grid.len() {
        let (x, y) = grid.centre(cell);
        let is_inside = (200.0..800.0).contains(&x) && (200.0..800.0).contains(&y);
        assert_eq!(surface.people_safe[cell] >= 1.0, is_inside, "{x} {y}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn it_is_the_definition(spots in spots(), sigma_m in 25.0..300.0_f64) {
        let grid = Grid::covering([-100.0, -50.0, 600.0, 550.0]);
        let surface = Surface::new(grid, &spots, sigma_m);
        prop_assert!(close(&surface.people_unsafe, &brute(&grid, &spots, sigma_m, Spot::says_unsafe)));
        prop_assert!(close(&surface.people_safe, &brute(&grid, &spots, sigma_m, Spot::says_safe)));
        for cell in (0..grid.len()).step_by(13) {
            let (x, y) = grid.centre(cell);
            let mut near: Vec<u32> = spots.iter()
                .filter(|s| s.is_own() && s.distance_m(x, y) <= 1.5 * sigma_m)
                .map(|s| s.participant).collect();
            near.sort_unstable();
            near.dedup();
            prop_assert_eq!(surface.people_near[cell] as usize, near.len());
        }
    }

    #[test]
    fn the_order_and_repetition_of_pins_do_not_matter(spots in spots(), again in any::<prop::sample::Index>()) {
        let grid = Grid::covering([0.0, 0.0, 500.0, 500.0]);
        let surface = Surface::new(grid, &spots, 100.0);
        let mut shuffled: Vec<Spot> = spots.iter().rev().cloned().collect();
        shuffled.push(again.get(&spots).clone());
        let other = Surface::new(grid, &shuffled, 100.0);
        prop_assert!(close(&surface.people_unsafe, &other.people_unsafe));
        prop_assert!(close(&surface.people_safe, &other.people_safe));
        prop_assert_eq!(surface.people_near, other.people_near);
    }

    #[test]
    fn with_one_pin_each_it_is_a_plain_sum_of_kernels(places in prop::collection::vec((0.0..500.0_f64, 0.0..500.0_f64), 1..30)) {
        let spots: Vec<Spot> = places.iter().zip(0..).map(|((x, y), who)| Spot::own(who, *x, *y, Feeling::Unsafe)).collect();
        let grid = Grid::covering([0.0, 0.0, 500.0, 500.0]);
        let surface = Surface::new(grid, &spots, 100.0);
        for cell in 0..grid.len() {
            let (x, y) = grid.centre(cell);
            let sum: f64 = places.iter().map(|(a, b)| (-((a - x).powi(2) + (b - y).powi(2)) / 2e4).exp()).sum();
            prop_assert!((surface.people_unsafe[cell] - sum).abs() < 1e-6);
        }
    }

    #[test]
    fn moving_everything_moves_the_surface(spots in spots(), cols in -40_i32..40, rows in -40_i32..40) {
        let (dx, dy) = (f64::from(cols) * CELL_M, f64::from(rows) * CELL_M);
        let moved: Vec<Spot> = spots.iter().map(|s| moved(s, dx, dy)).collect();
        let here = Surface::new(Grid::covering([0.0, 0.0, 500.0, 500.0]), &spots, 100.0);
        let there = Surface::new(Grid::covering([dx, dy, 500.0 + dx, 500.0 + dy]), &moved, 100.0);
        prop_assert!(close(&here.people_unsafe, &there.people_unsafe));
        prop_assert!(close(&here.people_safe, &there.people_safe));
    }
}
