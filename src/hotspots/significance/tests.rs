use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use geo::{LineString, MultiPolygon, wkt};
use proptest::prelude::*;

use super::*;
use crate::hotspots::Footprint;
use crate::hotspots::grid::Grid;
use crate::pins::{Basis, Feeling};

/// Made by `tests/reference/people_surface.py`.
const PINS: &str = include_str!("../../../tests/reference/clear_pins.csv");
/// Made by `tests/reference/people_surface.py` with numpy and 9,999 shuffles of its own.
const VERDICT: &str = include_str!("../../../tests/reference/clear_verdict.csv");

fn clear() -> Vec<Spot> {
    let mut people = HashMap::new();
    let read = |line: &str| {
        let v: Vec<&str> = line.split(',').collect();
        let next = u32::try_from(people.len()).unwrap();
        let participant = *people.entry(v[0].to_owned()).or_insert(next);
        Spot::own(participant, v[1].parse().unwrap(), v[2].parse().unwrap(), Feeling::parse("feeling", v[3]).unwrap())
    };
    PINS.lines().skip(1).map(read).collect()
}

fn surface(spots: &[Spot], sigma_m: f64) -> Surface {
    let fold = |by: fn(&Spot) -> f64, pick: fn(f64, f64) -> f64| spots.iter().map(by).reduce(pick).unwrap_or(0.0);
    let far = 3.0 * sigma_m;
    let [west, south] = [fold(|s| s.x, f64::min) - far, fold(|s| s.y, f64::min) - far];
    let [east, north] = [fold(|s| s.x, f64::max) + far, fold(|s| s.y, f64::max) + far];
    Surface::new(Grid::covering([west, south, east, north]), spots, sigma_m)
}

fn few(surface: &Surface, spots: &[Spot], shuffles: usize) -> Tested {
    let tested = shuffled(surface, spots, shuffles, &Watch::silent()).unwrap();
    assert!(tested.high.is_finite() && tested.low.is_finite(), "{} {}", tested.high, tested.low);
    assert_eq!(tested.cells.iter().filter(|cell| **cell != Cell::TooFew).count(), tested.eligible);
    tested
}

#[test]
fn it_marks_the_cells_that_numpy_marks() {
    let spots = clear();
    let surface = surface(&spots, 100.0);
    let tested = test(&surface, &spots, &Watch::silent()).unwrap();
    let mut lines = VERDICT.lines().skip(1);
    let first: Vec<f64> = lines.next().unwrap().split(',').skip(1).map(|v| v.parse().unwrap()).collect();
    // The standard error of a 95 % point of 999 shuffles is some 0.04 here.
    assert!((tested.high - first[0]).abs() < 0.15, "{} and {}", tested.high, first[0]);
    assert!((tested.low - first[1]).abs() < 0.15, "{} and {}", tested.low, first[1]);
    assert!((tested.eligible as f64 - first[2]).abs() < 0.1);
    let mut marked = [0; 4];
    for line in lines {
        let v: Vec<f64> = line.split(',').map(|v| v.parse().unwrap()).collect();
        let at =
            MultiPolygon::new(vec![geo::Rect::new((v[0] - 1.0, v[1] - 1.0), (v[0] + 1.0, v[1] + 1.0)).to_polygon()]);
        let cells = surface.grid.cells_in(&at);
        let [cell] = cells[..] else { panic!("{line}: {cells:?}") };
        let expected = match v[3] {
            above if above > 0.5 => Cell::Unsafe,
            below if below < -0.5 => Cell::Safe,
            _ => Cell::NoClearSignal,
        };
        let is_clear = (v[2] - first[0]).abs() > 0.2 && (v[2] - first[1]).abs() > 0.2;
        assert!(!is_clear || tested.cells[cell] == expected, "{line}: {:?}", tested.cells[cell]);
        marked[tested.cells[cell] as usize] += 1;
    }
    assert!(marked[0] == 0 && marked[2] > 15 && marked[3] > 25, "{marked:?}");
    let around = |x: f64, y: f64| {
        MultiPolygon::new(vec![geo::Rect::new((x - 60.0, y - 60.0), (x + 60.0, y + 60.0)).to_polygon()])
    };
    let told = |kind, x, y| verdict(&tested, &surface, kind, &around(x, y));
    assert_eq!(told(Kind::Unsafe, 500.0, 700.0), Verdict::Signal);
    assert_eq!(told(Kind::Safe, 500.0, 700.0), Verdict::NoClearSignal);
    assert_eq!(told(Kind::Safe, 750.0, 450.0), Verdict::Signal);
    assert_eq!(told(Kind::Contested, 750.0, 450.0), Verdict::Signal);
    assert_eq!(told(Kind::Unsafe, 250.0, 300.0), Verdict::NoClearSignal);
    assert_eq!(told(Kind::Unsafe, -200.0, -200.0), Verdict::TooFewPeople);
    assert_eq!(told(Kind::Unsafe, 9_000.0, 0.0), Verdict::TooFewPeople);
}

/// The definition in double precision, cell by cell and pin by pin, for the same labels.
fn brute(surface: &Surface, spots: &[Spot], shuffles: usize) -> (Vec<(usize, f64)>, f64, f64) {
    let mut draws = Draws::new(SEED);
    let people = participants::in_order(spots);
    let speakers: Vec<Speaker> = people.iter().map(|p| Speaker::new(p, shuffles, &mut draws)).collect();
    let eligible: Vec<usize> = (0..surface.grid.len()).filter(|c| surface.people_near[*c] >= MIN_PEOPLE).collect();
    let share = |cell: usize, shuffle: usize| {
        let (x, y) = surface.grid.centre(cell);
        let best = |pins: &[&Spot], says: &dyn Fn(usize) -> bool| {
            let speaks = |s: &Spot| (-0.5 * (s.distance_m(x, y) / surface.sigma_m).powi(2)).exp();
            (0..pins.len()).filter(|i| says(*i)).map(|i| speaks(pins[i])).fold(0.0, f64::max)
        };
        let (mut u, mut s) = (0.0, 0.0);
        for one in &speakers {
            let bits = &one.ways[one.way_of[shuffle]];
            let is_unsafe = |i: usize| bits[i / 64] >> (i % 64) & 1 == 1;
            let mixed = best(&one.mixed, &|_| true);
            u += best(&one.pins, &is_unsafe).max(mixed);
            s += best(&one.pins, &|i| !is_unsafe(i)).max(mixed);
        }
        crate::hotspots::surface::shrunken(u, s, surface.overall_share)
    };
    let (mut largest, mut smallest) = (vec![f64::MIN; shuffles], vec![f64::MAX; shuffles]);
    let mut said = Vec::new();
    for cell in eligible {
        let shares: Vec<f64> = (1..=shuffles).map(|shuffle| share(cell, shuffle)).collect();
        let mean = shares.iter().sum::<f64>() / shuffles as f64;
        let sd = (shares.iter().map(|p| (p - mean).powi(2)).sum::<f64>() / shuffles as f64).sqrt() + 0.02;
        for (i, p) in shares.iter().enumerate() {
            largest[i] = largest[i].max((p - mean) / sd);
            smallest[i] = smallest[i].min((p - mean) / sd);
        }
        said.push((cell, (share(cell, 0) - mean) / sd));
    }
    (said, quantile(&mut largest, 0.95), quantile(&mut smallest, 0.05))
}

fn holds_against_brute_force(spots: &[Spot], sigma_m: f64, shuffles: usize) {
    let surface = surface(spots, sigma_m);
    let tested = few(&surface, spots, shuffles);
    let (said, high, low) = brute(&surface, spots, shuffles);
    assert_eq!(tested.eligible, said.len());
    if said.is_empty() {
        return;
    }
    assert!((tested.high - high).abs() < 1e-3 && (tested.low - low).abs() < 1e-3, "{tested:?} {high} {low}");
    for (cell, z) in said {
        let expected = match z {
            _ if (z - high).abs() < 1e-3 || (z - low).abs() < 1e-3 => continue,
            _ if z > high => Cell::Unsafe,
            _ if z < low => Cell::Safe,
            _ => Cell::NoClearSignal,
        };
        assert_eq!(tested.cells[cell], expected, "cell {cell}: {z} between {low} and {high}");
    }
}

fn spots() -> impl Strategy<Value = Vec<Spot>> {
    let one = (0_u32..9, 0.0..400.0_f64, 0.0..400.0_f64, 0_usize..7, prop::bool::weighted(0.95));
    prop::collection::vec(one, 5..70).prop_map(|all| {
        let make = |(who, x, y, f, own): (u32, f64, f64, usize, bool)| {
            let feeling = [Feeling::Safe, Feeling::Unsafe, Feeling::Mixed][[0, 0, 0, 1, 1, 1, 2][f]];
            let line = || LineString::from(vec![(x, y), (x + 60.0, y - 90.0)]);
            let footprint = (f == 5).then(|| Arc::new(Footprint::Line(line())));
            let basis = if own { Basis::Own } else { Basis::Heard };
            // One in three pins is the first person's, who so has more than a table holds.
            Spot { basis, footprint, ..Spot::own(who.saturating_sub(2), x, y, feeling) }
        };
        all.into_iter().map(make).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 12 } else { 300 }))]

    #[test]
    fn it_is_the_definition(spots in spots(), sigma_m in 40.0..150.0_f64) {
        holds_against_brute_force(&spots, sigma_m, 19);
    }

    #[test]
    fn neither_the_order_of_pins_nor_numbers_matter(spots in spots(), turn in 0_usize..70) {
        let surface = surface(&spots, 80.0);
        let tested = few(&surface, &spots, 29);
        let mut other: Vec<Spot> =
            spots.iter().map(|s| Spot { participant: 1000 - s.participant * 7, ..s.clone() }).collect();
        other.reverse();
        let turn = turn % other.len();
        other.rotate_left(turn);
        let heard = Spot { basis: Basis::Heard, ..Spot::own(5, 100.0, 100.0, Feeling::Unsafe) };
        other.push(heard);
        let again = few(&Surface { overall_share: surface.overall_share, ..surface.clone() }, &other, 29);
        prop_assert_eq!(tested, again);
    }
}

/// People with a pin on each of the corners of a square, in turn safe and unsafe.
fn circle(people: u32, feeling: impl Fn(u32, u32) -> Feeling) -> Vec<Spot> {
    let corner = |who: u32, i: u32| {
        Spot::own(who, f64::from(i % 2) * 300.0 + f64::from(who), f64::from(i / 2) * 300.0, feeling(who, i))
    };
    (0..people).flat_map(|who| (0..4).map(|i| corner(who, i)).collect::<Vec<_>>()).collect()
}

#[test]
fn a_person_with_hundreds_of_pins_is_heard_as_the_definition_says() {
    let mut spots = circle(6, |who, i| if (who + i) % 2 == 0 { Feeling::Safe } else { Feeling::Unsafe });
    for (rare, pins) in [(2, 90), (40, 90), (88, 90)] {
        let talks = |i: u32| {
            let (x, y) = (f64::from(i * 37 % 301), f64::from(i * 53 % 307));
            Spot::own(50, x, y, if i % 90 < rare { Feeling::Unsafe } else { Feeling::Safe })
        };
        spots.extend((0..pins).map(talks));
        spots.push(Spot::own(50, 10.0, 10.0, Feeling::Mixed));
        holds_against_brute_force(&spots, 60.0, 9);
        spots.truncate(24);
    }
}

#[test]
fn two_hundred_thousand_pins_of_one_person_are_an_answer() {
    let mut spots = circle(6, |who, i| if (who + i) % 2 == 0 { Feeling::Safe } else { Feeling::Unsafe });
    let talks = |i: u32| {
        Spot::own(9, f64::from(i % 450), f64::from(i % 311), [Feeling::Safe, Feeling::Unsafe][(i % 2) as usize])
    };
    spots.extend((0..200_000).map(talks));
    let grid = Grid::covering([0.0, 0.0, 75.0, 50.0]);
    let surface = Surface { people_near: vec![7; 6], ..Surface::new(grid, &spots[..24], 60.0) };
    assert_eq!(few(&surface, &spots, 5).eligible, 6);
    let [one_spot, only_unsafe] = [|i: u32| i < 100_000, |_: u32| true];
    for says in [one_spot, only_unsafe] {
        let talks = |i: u32| Spot::own(9, 20.0, 20.0, if says(i) { Feeling::Unsafe } else { Feeling::Safe });
        let spots: Vec<Spot> = spots[..24].iter().cloned().chain((0..200_000).map(talks)).collect();
        few(&surface, &spots, 5);
    }
}

#[test]
fn hard_cases_have_an_answer_and_no_signal() {
    let none: Vec<Spot> = Vec::new();
    let one: Vec<Spot> = (0..30).map(|i| Spot::own(1, f64::from(i), 0.0, Feeling::Unsafe)).collect();
    let only_safe = circle(8, |_, _| Feeling::Safe);
    let only_mixed = circle(8, |_, _| Feeling::Mixed);
    let one_each: Vec<Spot> = (0..9).map(|who| Spot::own(who, 0.0, 0.0, Feeling::ALL[who as usize % 3])).collect();
    let one_spot: Vec<Spot> = (0..40).map(|i| Spot::own(i % 8, 0.0, 0.0, Feeling::ALL[i as usize % 2])).collect();
    for (spots, is_tested) in
        [(none, false), (one, false), (only_safe, true), (only_mixed, true), (one_each, true), (one_spot, true)]
    {
        let tested = few(&surface(&spots, 100.0), &spots, 49);
        assert_eq!(tested.eligible > 0, is_tested);
        assert!(tested.cells.iter().all(|cell| matches!(cell, Cell::TooFew | Cell::NoClearSignal)), "{tested:?}");
    }
}

#[test]
fn it_can_be_stopped_and_tells_how_far_it_is() {
    let spots = circle(6, |who, i| if (who + i) % 2 == 0 { Feeling::Safe } else { Feeling::Unsafe });
    let surface = surface(&spots, 100.0);
    let told = Arc::new(Mutex::new(Vec::new()));
    let hear = told.clone();
    assert!(shuffled(&surface, &spots, 9, &Watch::new(move |percent| hear.lock().unwrap().push(percent))).is_some());
    let told = told.lock().unwrap();
    assert!(told.is_sorted() && told.last() == Some(&100), "{told:?}");
    let watch = Watch::silent();
    watch.cancel();
    assert_eq!(shuffled(&surface, &spots, 9, &watch), None);
}

#[test]
fn a_shape_without_a_centre_of_a_cell_has_the_verdict_of_the_cell_around_it() {
    let grid = Grid::covering([0.0, 0.0, 50.0, 25.0]);
    let surface = Surface::new(grid, &[], 100.0);
    let tested = Tested { cells: vec![Cell::NoClearSignal, Cell::Safe], high: 2.0, low: -2.0, eligible: 2 };
    let small = wkt!(MULTIPOLYGON(((40. 15., 45. 15., 45. 20., 40. 15.))));
    assert_eq!(verdict(&tested, &surface, Kind::Safe, &small), Verdict::Signal);
    assert_eq!(verdict(&tested, &surface, Kind::Unsafe, &small), Verdict::NoClearSignal);
}

#[test]
fn quantiles_lie_between_two_values() {
    assert!((quantile(&mut [4.0, 1.0, 3.0, 2.0], 0.95) - 3.85).abs() < 1e-12);
    assert!((quantile(&mut [4.0, 1.0, 3.0, 2.0], 0.05) - 1.15).abs() < 1e-12);
    assert!((quantile(&mut [7.0], 0.95) - 7.0).abs() < 1e-12);
}
