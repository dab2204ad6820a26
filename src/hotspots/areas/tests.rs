use std::sync::Arc;

use super::*;
use crate::geometry::Boundary;
use crate::hotspots::outline::gap_m;
use crate::hotspots::{Footprint, MERGE_M, MIN_AREA_M2, Voices, theme_bits, when_bits};
use crate::pins::{Basis, Feeling};
use geo::{CoordsIter, Validation};
use proptest::prelude::*;
use serde_json::json;

/// A small generator of even and bell-shaped numbers, so that a workshop is the same everywhere.
struct Dice(u64);

impl Dice {
    fn even(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, n: usize) -> usize {
        let even = self.even();
        (1..n).filter(|i| *i as f64 <= even * n as f64).count()
    }

    fn bell(&mut self) -> f64 {
        (-2.0 * self.even().max(1e-12).ln()).sqrt() * (std::f64::consts::TAU * self.even()).cos()
    }
}

/// A quarter of 1 km², in the middle of the plane.
fn quarter() -> (Boundary, Plane, MultiPolygon<f64>) {
    let plane = Plane::at(4.35, 50.85);
    let corner = |x: f64, y: f64| {
        let (lon, lat) = plane.to_lonlat(x, y);
        json!([lon, lat])
    };
    let ring = json!([corner(-500.0, -500.0), corner(500.0, -500.0), corner(500.0, 500.0), corner(-500.0, 500.0)]);
    let boundary = Boundary::parse(&json!({"type": "Polygon", "coordinates": [ring]})).unwrap();
    let shape = boundary.on(&plane);
    (boundary, plane, shape)
}

fn find_in_quarter(spots: &[Spot], sigma_m: f64) -> Vec<Hotspot> {
    let (_, plane, shape) = quarter();
    let (surface, _) = Surface::around(&shape, spots, sigma_m);
    find(&surface, spots, &shape, &plane)
}

/// People at eight known spots of the quarter, four that most find unsafe, three safe, one where they differ.
fn workshop(people: u32, seed: u64) -> Vec<Spot> {
    const KNOWN: [(f64, f64, f64); 8] = [
        (-350.0, -300.0, 0.9),
        (-50.0, -350.0, 0.1),
        (300.0, -250.0, 0.85),
        (-300.0, 50.0, 0.1),
        (50.0, 80.0, 0.5),
        (380.0, 150.0, 0.9),
        (-200.0, 380.0, 0.85),
        (250.0, 400.0, 0.1),
    ];
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut spots = Vec::new();
    for who in 0..people {
        for _ in 0..6 {
            let (x, y, p) = KNOWN[dice.below(8)];
            let (x, y, p) = if dice.even() < 0.2 {
                (dice.even() * 1000.0 - 500.0, dice.even() * 1000.0 - 500.0, 0.5)
            } else {
                (x + 45.0 * dice.bell(), y + 45.0 * dice.bell(), p)
            };
            let feeling = if dice.even() < p { Feeling::Unsafe } else { Feeling::Safe };
            spots.push(Spot::own(who, x.clamp(-499.0, 499.0), y.clamp(-499.0, 499.0), feeling));
        }
    }
    spots
}

/// So many people with a pin each, a few metres around a place.
fn crowd(first: u32, people: u32, x: f64, y: f64, feeling: Feeling) -> Vec<Spot> {
    let turn = |who: u32| (f64::from(who) * 2.4).sin_cos();
    (0..people).map(|who| Spot::own(first + who, x + 15.0 * turn(who).0, y + 15.0 * turn(who).1, feeling)).collect()
}

fn kinds(found: &[Hotspot]) -> Vec<(Kind, u32)> {
    found.iter().map(|h| (h.kind, h.people)).collect()
}

fn in_metres(hotspot: &Hotspot, plane: &Plane) -> MultiPolygon<f64> {
    hotspot.shape.map_coords(|c| Coord::from(plane.to_m(c.x, c.y)))
}

#[test]
fn the_known_spots_of_a_workshop_are_found_each_once() {
    for (people, least, most) in [(15, 3, 8), (20, 6, 9), (30, 7, 8), (40, 8, 8), (100, 8, 8)] {
        for seed in 0..3 {
            let found = find_in_quarter(&workshop(people, seed), 100.0);
            assert!((least..=most).contains(&found.len()), "{people} people: {:?}", kinds(&found));
            assert!(found.iter().all(|h| h.area_m2 < 150_000.0), "no blob");
            assert!(found.is_sorted_by(|a, b| a.people >= b.people));
        }
    }
}

#[test]
fn a_hotspot_says_who_speaks_there() {
    let mut spots = crowd(0, 6, 0.0, 0.0, Feeling::Unsafe);
    spots.extend(crowd(0, 3, 10.0, 0.0, Feeling::Unsafe));
    spots.extend(crowd(6, 1, 0.0, 20.0, Feeling::Mixed));
    spots.extend(crowd(7, 1, 0.0, 20.0, Feeling::Safe));
    for s in &mut spots[..4] {
        (s.themes, s.when) = (theme_bits(&[Theme::Light]), when_bits(&[When::Dark, When::Evening]));
    }
    (spots[0].themes, spots[1].themes) =
        (theme_bits(&[Theme::Light, Theme::Crime]), theme_bits(&[Theme::Light, Theme::Crime]));
    spots.push(Spot { basis: Basis::Heard, ..Spot::own(99, 0.0, 0.0, Feeling::Unsafe) });
    let found = find_in_quarter(&spots, 100.0);
    let [only] = &found[..] else { panic!("{:?}", kinds(&found)) };
    assert_eq!((only.kind, only.people, only.people_unsafe, only.people_safe, only.pins), (Kind::Unsafe, 8, 7, 2, 11));
    assert_eq!(only.themes, [(Theme::Light, 4)], "what two people say is not told");
    assert_eq!(only.when, [(When::Evening, 4), (When::Dark, 4)]);
    assert!(only.share_unsafe > 0.7);
    let (_, plane, _) = quarter();
    let (x, y) = plane.to_m(only.centre.0, only.centre.1);
    assert!(x.hypot(y) < 10.0);
    // Half of a peak of 7 people lies lower than 5: the contour is at 5, where exp(-d²/2σ²) is about 5/7.
    assert!((only.area_m2 / (std::f64::consts::PI * 82.0 * 82.0) - 1.0).abs() < 0.1, "{}", only.area_m2);
}

#[test]
fn a_loud_voice_or_four_people_make_no_hotspot() {
    let loud: Vec<Spot> = (0..30).map(|i| Spot::own(1, f64::from(i), 0.0, Feeling::Unsafe)).collect();
    assert_eq!(find_in_quarter(&loud, 100.0), []);
    let mut four = crowd(0, 4, 0.0, 0.0, Feeling::Unsafe);
    four.extend(crowd(0, 4, 20.0, 0.0, Feeling::Unsafe));
    assert_eq!(find_in_quarter(&four, 100.0), []);
    assert!(!Voices::of(&four).enough());
    // Seven unsafe pins from far apart never come near five people.
    let scattered: Vec<Spot> =
        (0..7).map(|i| Spot::own(i, f64::from(i) * 130.0 - 400.0, 0.0, Feeling::Unsafe)).collect();
    assert_eq!(find_in_quarter(&scattered, 100.0), []);
}

#[test]
fn near_spots_are_one_hotspot_and_distant_ones_two() {
    let two_at = |apart: f64| {
        let mut spots = crowd(0, 8, -apart / 2.0, 0.0, Feeling::Unsafe);
        spots.extend(crowd(8, 8, apart / 2.0, 0.0, Feeling::Unsafe));
        find_in_quarter(&spots, 100.0)
    };
    assert_eq!(kinds(&two_at(150.0)), [(Kind::Unsafe, 16)]);
    for apart in [300.0, 320.0, 400.0] {
        let found = two_at(apart);
        assert_eq!(kinds(&found), [(Kind::Unsafe, 8), (Kind::Unsafe, 8)], "{apart} m apart");
        let (_, plane, _) = quarter();
        let gap = gap_m(&in_metres(&found[0], &plane), &in_metres(&found[1], &plane));
        assert!(gap >= MERGE_M, "{gap}");
    }
}

#[test]
fn where_they_differ_one_contested_hotspot_takes_the_place_of_both() {
    let mut spots = crowd(0, 7, 0.0, 0.0, Feeling::Unsafe);
    spots.extend(crowd(7, 7, 0.0, 0.0, Feeling::Safe));
    assert_eq!(kinds(&find_in_quarter(&spots, 100.0)), [(Kind::Contested, 14)]);
    let mixed = crowd(0, 6, 0.0, 0.0, Feeling::Mixed);
    assert_eq!(kinds(&find_in_quarter(&mixed, 100.0)), [(Kind::Contested, 6)]);
}

#[test]
fn between_a_safe_and_an_unsafe_place_nothing_is_contested() {
    let mut spots = crowd(0, 20, -110.0, 0.0, Feeling::Unsafe);
    spots.extend(crowd(20, 20, 110.0, 0.0, Feeling::Safe));
    let mut found = kinds(&find_in_quarter(&spots, 100.0));
    found.sort_unstable();
    assert_eq!(found, [(Kind::Safe, 20), (Kind::Unsafe, 20)]);
}

#[test]
fn a_hotspot_at_the_edge_ends_at_the_boundary() {
    let (boundary, plane, shape) = quarter();
    let spots = crowd(0, 9, 480.0, 480.0, Feeling::Safe);
    let (surface, grid) = Surface::around(&shape, &spots, 100.0);
    let found = find(&surface, &spots, &shape, &plane);
    assert_eq!(kinds(&found), [(Kind::Safe, 9)]);
    let outside = in_metres(&found[0], &plane).difference(&boundary.on(&plane)).unsigned_area();
    assert!(outside < 5.0, "{outside}");
    assert!(
        (found[0].area_m2 / 15_000.0 - 1.0).abs() < 0.3,
        "a quarter of a circle and a little: {}",
        found[0].area_m2
    );
    assert_eq!(surface.crop(grid).people_safe.len(), grid.len());
}

#[test]
fn an_area_with_a_hole_in_the_boundary_has_it_too() {
    let (_, plane, _) = quarter();
    let ring = |r: f64| -> Vec<(f64, f64)> { vec![(-r, -r), (r, -r), (r, r), (-r, r), (-r, -r)] };
    let shape = MultiPolygon::new(vec![geo::Polygon::new(ring(500.0).into(), vec![ring(30.0).into()])]);
    let spots = crowd(0, 20, 0.0, 0.0, Feeling::Safe);
    let (surface, _) = Surface::around(&shape, &spots, 100.0);
    let found = find(&surface, &spots, &shape, &plane);
    assert_eq!(found[0].shape.0[0].interiors().len(), 1);
    assert!(found[0].shape.contains(&Point::from(found[0].centre)), "the centre lies beside the hole");
}

fn pins() -> impl Strategy<Value = Vec<Spot>> {
    let place = (-500.0..500.0_f64, -500.0..500.0_f64);
    let pin = (0_u32..40, 0_usize..7, place.clone(), 0_usize..3, prop::bool::weighted(0.3));
    (prop::collection::vec(place, 7), prop::collection::vec(pin, 10..220)).prop_map(|(known, pins)| {
        let make = |(who, at, (x, y), feeling, alone): (u32, usize, (f64, f64), usize, bool)| {
            let (kx, ky): (f64, f64) = known[at];
            let (x, y) = if alone { (x, y) } else { (kx + x / 9.0, ky + y / 9.0) };
            Spot::own(who, x.clamp(-500.0, 500.0), y.clamp(-500.0, 500.0), Feeling::ALL[feeling])
        };
        pins.into_iter().map(make).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 40 } else { 2000 }))]

    #[test]
    fn every_workshop_has_sound_hotspots(spots in pins(), sigma_m in prop_oneof![Just(100.0), 40.0..250.0_f64]) {
        let (boundary, plane, shape) = quarter();
        let (surface, _) = Surface::around(&shape, &spots, sigma_m);
        let found = find(&surface, &spots, &shape, &plane);
        let flat: Vec<MultiPolygon<f64>> = found.iter().map(|h| in_metres(h, &plane)).collect();
        for (hotspot, flat) in found.iter().zip(&flat) {
            prop_assert!(hotspot.shape.is_valid(), "{:?}", hotspot.shape);
            prop_assert!(hotspot.shape.iter().all(|p| p.exterior().is_closed() && p.signed_area() > 0.0));
            let rounded = |c: Coord<f64>| c == Coord { x: round7(c.x), y: round7(c.y) };
            prop_assert!(hotspot.shape.coords_iter().all(rounded));
            prop_assert!(flat.iter().all(|p| p.unsigned_area() >= MIN_AREA_M2 - 5.0));
            prop_assert!(hotspot.shape.contains(&Point::from(hotspot.centre)));
            prop_assert!(boundary.contains(hotspot.centre.0, hotspot.centre.1));
            prop_assert!(flat.difference(&shape).unsigned_area() < 10.0);
            prop_assert!(hotspot.people >= MIN_PEOPLE && hotspot.people <= hotspot.people_unsafe + hotspot.people_safe);
            prop_assert!(hotspot.kind != Kind::Contested || (hotspot.people_unsafe >= 3 && hotspot.people_safe >= 3));
            prop_assert!((0.0..=1.0).contains(&hotspot.share_unsafe));
        }
        for (i, a) in flat.iter().enumerate() {
            for (j, b) in flat.iter().enumerate().skip(i + 1) {
                prop_assert!(shared_m2(a, b) < 10.0, "one spot has one hotspot");
                let gap = gap_m(a, b);
                prop_assert!(found[i].kind != found[j].kind || gap >= MERGE_M - 0.1, "{:?} {gap}", found[i].kind);
            }
        }
    }

    #[test]
    fn repeating_a_pin_or_turning_the_order_changes_no_area(spots in pins(), again in any::<prop::sample::Index>()) {
        let mut other: Vec<Spot> = spots.iter().rev().cloned().collect();
        other.push(again.get(&spots).clone());
        let (a, b) = (find_in_quarter(&spots, 100.0), find_in_quarter(&other, 100.0));
        let sums = |found: &[Hotspot]| (found.len(), found.iter().map(|h| h.people).sum::<u32>());
        prop_assert_eq!(sums(&a), sums(&b));
    }
}

#[test]
fn a_route_through_a_hotspot_speaks_there_and_one_that_passes_by_does_not() {
    let mut spots: Vec<Spot> = (0..10).map(|who| Spot::own(who, f64::from(who), 0.0, Feeling::Unsafe)).collect();
    let route = |who: u32, x: f64| {
        let line = Footprint::Line(vec![(x, -450.0), (x, 450.0)].into());
        // Its own point lies far from the hotspot.
        Spot { footprint: Some(Arc::new(line)), ..Spot::own(who, x, 450.0, Feeling::Unsafe) }
    };
    spots.extend([route(20, 0.0), route(21, 400.0)]);
    let hotspots = find_in_quarter(&spots, 100.0);
    assert_eq!(hotspots.iter().map(|h| h.people_unsafe).collect::<Vec<_>>(), [11]);
}
