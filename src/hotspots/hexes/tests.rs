use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use super::*;
use crate::hotspots::grid::Grid;
use crate::hotspots::significance::Cell;
use crate::pins::{Basis, Feeling};
use geo::{Area, Contains, GeodesicArea, Intersects, Line, Point};
use proptest::prelude::*;

/// Made by `tests/reference/hexes.py` with h3: lon, lat and the cells at resolution 8 to 11.
const CELLS: &str = include_str!("../../../tests/reference/hex_cells.csv");

const PLACE: (f64, f64) = (3.725, 51.0536);

fn plane() -> Plane {
    Plane::at(PLACE.0, PLACE.1)
}

fn hexes(spots: &[Spot], resolution: Resolution) -> Hexes {
    let cells: Vec<CellIndex> = spots.iter().map(|s| cell_at(&plane(), s.x, s.y, resolution)).collect();
    Hexes::of(spots, &cells, resolution, &plane())
}

#[test]
fn cells_are_those_of_h3() {
    let mut rows = 0;
    for line in CELLS.lines().skip(1) {
        let v: Vec<&str> = line.split(',').collect();
        let (lon, lat) = (v[0].parse().unwrap(), v[1].parse().unwrap());
        for (resolution, cell) in RESOLUTIONS.into_iter().zip(&v[2..]) {
            assert_eq!(cell_of(lon, lat, resolution).to_string(), **cell, "{line}");
            // By way of a plane nearby.
            let plane = Plane::at(lon + 0.01, lat - 0.01);
            let (x, y) = plane.to_m(lon, lat);
            assert_eq!(cell_at(&plane, x, y, resolution).to_string(), **cell, "{line}");
        }
        rows += 1;
    }
    assert_eq!(rows, 200);
}

#[test]
fn resolutions_have_limits() {
    assert_eq!(check_resolution(10).ok(), Some(USUAL));
    for bad in [0, 7, 12, 255] {
        assert_eq!(check_resolution(bad).unwrap_err().field.as_deref(), Some("resolution"));
    }
}

#[test]
fn an_outline_is_a_sound_ring_in_degrees() {
    for (lon, lat) in [PLACE, (179.9999, -16.5), (-179.9999, -16.5), (0.0, 0.0)] {
        for resolution in RESOLUTIONS {
            let cell = cell_of(lon, lat, resolution);
            let ring = outline(cell);
            assert_eq!(ring.exterior().0.first(), ring.exterior().0.last());
            assert!(ring.signed_area() > 0.0, "not wound to the left");
            let area_m2 = cell.area_m2();
            assert!((ring.geodesic_area_unsigned() / area_m2 - 1.0).abs() < 0.02, "{area_m2}");
        }
    }
    assert!(outline(cell_of(PLACE.0, PLACE.1, USUAL)).contains(&Point::from(PLACE)));
}

#[test]
fn empty_one_person_and_one_spot_have_clear_answers() {
    let none = hexes(&[], USUAL);
    assert_eq!((none.hexes.len(), none.people, marks(&none).told.len()), (0, 0, 0));
    assert!((none.overall_share - 0.5).abs() < 1e-12);
    assert_eq!(marks(&none).at(PLACE.0, PLACE.1), Cell::TooFew);

    let talkative: Vec<Spot> =
        (0..20_000_u32).map(|i| Spot::own(7, f64::from(i % 500), f64::from(i / 500) * 10.0, Feeling::Unsafe)).collect();
    let one = hexes(&talkative, USUAL);
    assert!(one.hexes.iter().all(|hex| (hex.people, hex.people_unsafe, hex.people_safe) == (1, 1, 0)));
    assert!(one.people == 1 && marks(&one).told.is_empty());

    let crowd: Vec<Spot> = (0..40).map(|who| Spot::own(who, 3.0, 4.0, Feeling::Safe)).collect();
    let crowd = hexes(&crowd, USUAL);
    let [only] = marks(&crowd).told[..] else { panic!("one hexagon") };
    assert_eq!((only.hex.people, only.hex.people_safe, only.hex.people_unsafe), (40, 40, 0));
    assert_eq!((only.z, only.q, only.mark), (0.0, 1.0, Cell::NoClearSignal));
    assert!((crowd.share(&only.hex)).abs() < 1e-12 && crowd.overall_share.abs() < 1e-12);
}

#[test]
fn heard_pins_never_count_and_mixed_ones_count_on_both_sides() {
    let mut spots: Vec<Spot> = (0..5).map(|who| Spot::own(who, 0.0, 0.0, Feeling::Mixed)).collect();
    spots.push(Spot::own(0, 1.0, 0.0, Feeling::Unsafe));
    spots.push(Spot { basis: Basis::Heard, ..Spot::own(9, 0.0, 0.0, Feeling::Unsafe) });
    let found = hexes(&spots, USUAL);
    assert_eq!(found.hexes.iter().map(|h| (h.people, h.people_unsafe, h.people_safe)).collect::<Vec<_>>(), [(5, 5, 5)]);
    assert_eq!(found.people, 5);
}

#[test]
fn of_many_people_an_effect_is_asked_too() {
    let hot = cell_of(PLACE.0, PLACE.1, USUAL);
    let mut cells: Vec<CellIndex> = hot.grid_disk(8);
    cells.sort_unstable();
    let near: HashSet<CellIndex> = hot.grid_disk::<Vec<_>>(1).into_iter().collect();
    let world = |share_near: f64, each: u32, people: u32| {
        let hex = |cell| {
            let share = if near.contains(&cell) { share_near } else { 0.5 };
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few people")]
            let people_unsafe = (f64::from(each) * share).round() as u32;
            Hex { cell, people: each, people_unsafe, people_safe: each - people_unsafe }
        };
        marks(&Hexes { resolution: USUAL, hexes: cells.iter().copied().map(hex).collect(), overall_share: 0.5, people })
    };
    assert_eq!(world(0.9, 40, 9_999).of(hot), Cell::Unsafe);
    assert_eq!(world(0.1, 40, 9_999).of(hot), Cell::Safe);
    assert_eq!(world(0.9, 40, 10_000).of(hot), Cell::Unsafe);
    assert_eq!(world(0.1, 40, 10_000).of(hot), Cell::Safe);
    assert_eq!(world(0.55, 40, 9_999).of(hot), Cell::Unsafe);
    assert_eq!(world(0.55, 40, 10_000).of(hot), Cell::NoClearSignal);
    assert_eq!(world(0.9, 20, 10_000).of(hot), Cell::NoClearSignal);

    let marks = world(0.9, 40, 9_999);
    let grid = Grid::covering([-300.0, -300.0, 300.0, 300.0]);
    for (cell, mark) in marks.on(&grid, &plane()).into_iter().enumerate() {
        let (x, y) = grid.centre(cell);
        let (lon, lat) = plane().to_lonlat(x, y);
        assert_eq!(mark, marks.at(lon, lat));
    }
}

#[test]
fn a_line_and_an_area_count_in_every_hexagon_they_touch() {
    let corners = [(-380.0, -60.0), (-20.0, 110.0), (270.0, -240.0), (180.0, 330.0)];
    let ring = LineString::from(corners.to_vec());
    for footprint in [Footprint::Line(ring.clone()), Footprint::Area(Polygon::new(ring, vec![]))] {
        for resolution in RESOLUTIONS {
            let found = touched::cells(&footprint, &plane(), resolution);
            let found: BTreeSet<CellIndex> = found.into_iter().collect();
            let all: Vec<CellIndex> = cell_of(PLACE.0, PLACE.1, resolution).grid_disk(12);
            let brute: BTreeSet<CellIndex> = all
                .into_iter()
                .filter(|cell| {
                    let ring: LineString<f64> =
                        outline(*cell).exterior().0.iter().map(|c| plane().to_m(c.x, c.y)).collect();
                    let hexagon = Polygon::new(ring, vec![]);
                    match &footprint {
                        Footprint::Line(line) => line.lines().any(|edge: Line<f64>| hexagon.intersects(&edge)),
                        Footprint::Area(area) => hexagon.intersects(area),
                    }
                })
                .collect();
            assert_eq!(found, brute);
            for step in 0..=100 {
                let t = f64::from(step) / 100.0;
                let (x, y) = (-380.0 + t * 360.0, -60.0 + t * 170.0);
                assert!(found.contains(&cell_at(&plane(), x, y, resolution)));
            }
        }
        let mut walker = Spot::own(1, -20.0, 110.0, Feeling::Unsafe);
        walker.footprint = Some(Arc::new(footprint));
        let found = hexes(&[walker.clone(), walker], USUAL);
        assert!(found.hexes.len() > 5 && found.hexes.iter().all(|hex| hex.people == 1));
    }
}

#[test]
fn a_column_is_made_once_and_kept() {
    let mut columns = Columns::default();
    columns.put(0, 1.0, 1.0);
    let column = columns.column(USUAL, 2, |place| [Some(PLACE), None][place]).to_vec();
    assert_eq!(column[0], cell_of(PLACE.0, PLACE.1, USUAL));
    columns.put(4, 3.73, 51.06);
    columns.put(0, 3.74, 51.06);
    let column = columns.column(USUAL, 5, |_| panic!("looked up twice"));
    assert_eq!((column[0], column[4]), (cell_of(3.74, 51.06, USUAL), cell_of(3.73, 51.06, USUAL)));
}

proptest! {
    #[test]
    fn people_are_counted_as_one_by_one(
        pins in prop::collection::vec((0_u32..12, -300.0..300.0_f64, -300.0..300.0_f64, 0_usize..3, prop::bool::weighted(0.8)), 0..80),
        at in 0_usize..4,
    ) {
        let spots: Vec<Spot> = pins
            .into_iter()
            .map(|(who, x, y, feeling, own)| {
                let basis = if own { Basis::Own } else { Basis::Heard };
                Spot { basis, ..Spot::own(who, x, y, Feeling::ALL[feeling]) }
            })
            .collect();
        let mut brute: BTreeMap<CellIndex, [BTreeSet<u32>; 3]> = BTreeMap::new();
        for s in spots.iter().filter(|s| s.is_own()) {
            let sets = brute.entry(cell_at(&plane(), s.x, s.y, RESOLUTIONS[at])).or_default();
            for (set, says) in sets.iter_mut().zip([true, s.says_unsafe(), s.says_safe()]) {
                says.then(|| set.insert(s.participant));
            }
        }
        let found = hexes(&spots, RESOLUTIONS[at]);
        let told: Vec<_> =
            found.hexes.iter().map(|h| (h.cell, [h.people, h.people_unsafe, h.people_safe].map(|n| n as usize))).collect();
        prop_assert_eq!(told, brute.into_iter().map(|(cell, sets)| (cell, sets.map(|set| set.len()))).collect::<Vec<_>>());
        for marked in marks(&found).told {
            prop_assert!(marked.z.is_finite() && (0.0..=1.0).contains(&marked.q) && marked.hex.people >= 5);
        }
    }
}
