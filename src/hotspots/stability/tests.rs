use geo::wkt;
use proptest::prelude::*;

use super::*;
use crate::hotspots::grid::Grid;
use crate::pins::Feeling;

/// So many people with a pin each, a few metres around a place.
fn crowd(first: u32, people: u32, x: f64, y: f64, feeling: Feeling) -> Vec<Spot> {
    let turn = |who: u32| (f64::from(who) * 2.4).sin_cos();
    (0..people).map(|who| Spot::own(first + who, x + 5.0 * turn(who).0, y + 5.0 * turn(who).1, feeling)).collect()
}

fn square() -> MultiPolygon<f64> {
    wkt!(MULTIPOLYGON(((-60. -60., 60. -60., 60. 60., -60. 60., -60. -60.))))
}

fn surface(spots: &[Spot]) -> Surface {
    Surface::new(Grid::covering([-200.0, -200.0, 400.0, 400.0]), spots, 100.0)
}

fn of(spots: &[Spot], kind: Kind) -> Stable {
    stability(&surface(spots), spots, &[(kind, square())], &Watch::silent()).unwrap()[0]
}

#[test]
fn the_more_people_the_better_it_stands() {
    // Elsewhere another twenty speak, so that a draw may miss those who speak here.
    let with = |people: u32| {
        let mut spots = crowd(0, people, 12.5, 12.5, Feeling::Unsafe);
        spots.extend(crowd(100, 20, 3_000.0, 0.0, Feeling::Safe));
        of(&spots, Kind::Unsafe)
    };
    let (five, seven, nine, twenty) = (with(5), with(7), with(9), with(20));
    assert_eq!((five.stability, five.hangs_on_one), (Stability::Fragile, true));
    assert_eq!((seven.stability, seven.hangs_on_one), (Stability::Fair, false));
    assert_eq!((nine.stability, nine.hangs_on_one), (Stability::Robust, false));
    assert!((twenty.stays - 1.0).abs() < 1e-9);
    assert!(five.stays < seven.stays && seven.stays < nine.stays && nine.stays < twenty.stays);
}

#[test]
fn how_often_it_stays_is_what_the_binomial_says() {
    // Of 30 people 7 say unsafe at one point: it stays where at least 6 of them are drawn, as 5 people say a little
    // less than five at a cell's centre.
    let mut spots: Vec<Spot> = (0..7).map(|who| Spot::own(who, 25.0, 25.0, Feeling::Unsafe)).collect();
    spots.extend(crowd(100, 23, 3_000.0, 0.0, Feeling::Safe));
    let p: f64 = 7.0 / 30.0;
    let binomial = |k: i32| {
        let choose = (0..k).fold(1.0, |all, i| all * f64::from(30 - i) / f64::from(i + 1));
        choose * p.powi(k) * (1.0 - p).powi(30 - k)
    };
    let expected: f64 = 1.0 - (0..6).map(binomial).sum::<f64>();
    let stays = of(&spots, Kind::Unsafe).stays;
    assert!((stays - expected).abs() < 0.06, "{stays} and {expected}");
}

#[test]
fn a_contested_place_needs_both_sides() {
    let mut spots = crowd(0, 9, 12.5, 12.5, Feeling::Unsafe);
    spots.extend(crowd(9, 9, 12.5, 12.5, Feeling::Safe));
    assert_eq!(of(&spots, Kind::Contested).stability, Stability::Robust);
    spots.truncate(12);
    let hangs = of(&spots, Kind::Contested);
    assert_ne!(hangs.stability, Stability::Robust);
    let mixed = crowd(0, 8, 12.5, 12.5, Feeling::Mixed);
    assert!((of(&mixed, Kind::Contested).stays - 1.0).abs() < 1e-9);
}

#[test]
fn nothing_and_nobody_are_an_answer() {
    let spots = crowd(0, 8, 12.5, 12.5, Feeling::Unsafe);
    assert_eq!(stability(&surface(&spots), &spots, &[], &Watch::silent()), Some(Vec::new()));
    let nobody = of(&[], Kind::Unsafe);
    assert!((nobody.stays, nobody.hangs_on_one) == (0.0, false));
    let one: Vec<Spot> = (0..50).map(|_| Spot::own(1, 0.0, 0.0, Feeling::Unsafe)).collect();
    assert!((of(&one, Kind::Unsafe).stays).abs() < 1e-9);
    let beyond = vec![(Kind::Safe, wkt!(MULTIPOLYGON(((9000. 0., 9100. 0., 9100. 100., 9000. 0.)))))];
    let told = stability(&surface(&spots), &spots, &beyond, &Watch::silent()).unwrap();
    assert_eq!(told[0].stability, Stability::Fragile);
}

#[test]
fn it_can_be_stopped_and_tells_when_it_is_done() {
    let spots = crowd(0, 8, 12.5, 12.5, Feeling::Unsafe);
    let watch = Watch::silent();
    assert!(stability(&surface(&spots), &spots, &[(Kind::Unsafe, square())], &watch).is_some());
    assert_eq!(watch.percent(), 100);
    let watch = Watch::silent();
    watch.cancel();
    assert_eq!(stability(&surface(&spots), &spots, &[(Kind::Unsafe, square())], &watch), None);
}

fn spots() -> impl Strategy<Value = Vec<Spot>> {
    let one = (0_u32..14, -60.0..60.0_f64, -60.0..60.0_f64, 0_usize..3);
    prop::collection::vec(one, 5..40)
        .prop_map(|all| all.into_iter().map(|(who, x, y, f)| Spot::own(who, x, y, Feeling::ALL[f])).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn order_and_numbers_do_not_matter(spots in spots()) {
        let hotspots = [(Kind::Unsafe, square()), (Kind::Safe, square()), (Kind::Contested, square())];
        let surface = surface(&spots);
        let told = stability(&surface, &spots, &hotspots, &Watch::silent()).unwrap();
        let other: Vec<Spot> =
            spots.iter().rev().map(|s| Spot { participant: 90 - s.participant, ..s.clone() }).collect();
        prop_assert_eq!(&told, &stability(&surface, &other, &hotspots, &Watch::silent()).unwrap());
        prop_assert!(told.iter().all(|one| (0.0..=1.0).contains(&one.stays)));
    }

    #[test]
    fn with_everybody_once_it_says_what_the_surface_says(spots in spots()) {
        let surface = surface(&spots);
        let people = participants::in_order(&spots);
        for kind in [Kind::Unsafe, Kind::Safe, Kind::Contested] {
            let is_hotspot = |cell: usize| {
                let (u, s) = (surface.people_unsafe[cell], surface.people_safe[cell]);
                let share = surface.share(cell);
                surface.people_near[cell] >= 5 && match kind {
                    Kind::Unsafe => u >= 5.0,
                    Kind::Safe => s >= 5.0,
                    Kind::Contested => u.min(s) >= 3.0 && (1.0 / 3.0..=2.0 / 3.0).contains(&share),
                }
            };
            let expected = surface.grid.cells_in(&square()).into_iter().any(is_hotspot);
            let place = Place::new(&surface, &people, kind, &square());
            prop_assert_eq!(place.stays(|_| 1.0), expected);
            for (one, person) in people.iter().enumerate() {
                let rest: Vec<Spot> = spots.iter().filter(|s| s.participant != person.pins[0].participant).cloned().collect();
                let without = Surface { overall_share: surface.overall_share, ..self::surface(&rest) };
                let is_there = surface.grid.cells_in(&square()).into_iter().any(|cell| {
                    let (u, s) = (without.people_unsafe[cell], without.people_safe[cell]);
                    without.people_near[cell] >= 5 && match kind {
                        Kind::Unsafe => u >= 5.0,
                        Kind::Safe => s >= 5.0,
                        Kind::Contested => u.min(s) >= 3.0 && (1.0 / 3.0..=2.0 / 3.0).contains(&without.share(cell)),
                    }
                });
                prop_assert_eq!(place.stays(|other| if other == one { 0.0 } else { 1.0 }), is_there);
            }
        }
    }
}
