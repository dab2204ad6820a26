#![expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "units of a tile")]

use std::collections::BTreeMap;

use geo::{BoundingRect, Contains, Geometry, Intersects, MultiPolygon, Point, Rect};
use mvt_reader::Reader;
use mvt_reader::feature::{Feature, Value};
use proptest::prelude::*;

use super::cache::{Cache, Key, Scope, Tile, Touched};
use super::dots::{Dot, Dots, place};
use super::*;
use crate::hotspots::findings::Question;
use crate::hotspots::layers::{Layers, Put};
use crate::hotspots::surface::Surface;
use crate::hotspots::{Kind, Spot};
use crate::id::Id;
use crate::neighbourhoods::themes::Theme;
use crate::pins::selection::Selection;
use crate::pins::{Feeling, When};

fn read(tile: &[u8]) -> Vec<Feature> {
    if tile.is_empty() { Vec::new() } else { Reader::new(tile.to_vec()).unwrap().get_features(0).unwrap() }
}

fn text(feature: &Feature, key: &str) -> String {
    match feature.properties.as_ref().unwrap().get(key) {
        Some(Value::String(text)) => text.clone(),
        None => String::new(),
        other => panic!("{other:?}"),
    }
}

fn point(feature: &Feature) -> (f32, f32) {
    match &feature.geometry {
        Geometry::Point(at) => (at.x(), at.y()),
        Geometry::MultiPoint(all) => (all.0[0].x(), all.0[0].y()),
        other => panic!("{other:?}"),
    }
}

fn spot(participant: u32, feeling: Feeling, themes: u16, when: u8) -> Spot {
    Spot { themes, when, ..Spot::own(participant, 0.0, 0.0, feeling) }
}

fn around(lon: f64, lat: f64, z: u8) -> Address {
    let at = in_world(lon, lat);
    let tile = |at: f64| (at * f64::from(1_u32 << z)) as u32;
    Address::new(z, tile(at.x), tile(at.y)).unwrap()
}

#[test]
fn an_address_is_within_the_world() {
    assert_eq!(Address::parse("14", "8361", "5473.mvt").unwrap(), Address::new(14, 8361, 5473).unwrap());
    let field = |z: &str, x: &str, y: &str| Address::parse(z, x, y).unwrap_err().field.unwrap();
    assert_eq!(field("14", "8361", "5473"), "y");
    assert_eq!(field("21", "0", "0.mvt"), "z");
    assert_eq!(field("999", "0", "0.mvt"), "z");
    assert_eq!(field("-1", "0", "0.mvt"), "z");
    assert_eq!(field("2", "4", "0.mvt"), "x");
    assert_eq!(field("2", "0", "4.mvt"), "y");
    assert_eq!(field("2", "1.5", "0.mvt"), "x");
    assert!(Address::new(0, 0, 0).is_ok() && Address::new(20, (1 << 20) - 1, 0).is_ok());
}

proptest! {
    #[test]
    fn a_tile_has_the_pins_that_lie_on_it(
        pins in prop::collection::vec((-0.02..0.02_f64, -0.02..0.02_f64, 0_usize..3, 0_u16..300, 0_u8..64, 0_u32..4), 0..60),
        gone in prop::collection::vec(any::<bool>(), 60), z in 14_u8..18, quiet in 0_u32..5,
    ) {
        let (lon, lat) = (3.72, 51.05);
        let address = around(lon, lat, z);
        let mut dots = Dots::default();
        let mut one_by_one = Dots::default();
        let mut expected: BTreeMap<(i32, i32, String, String), usize> = BTreeMap::new();
        for ((dx, dy, feeling, themes, when, participant), gone) in pins.iter().zip(&gone) {
            let (lon, lat) = (lon + dx, lat + dy);
            let dot = Dot::new(place(lon, lat), &spot(*participant, Feeling::ALL[*feeling], *themes, *when));
            one_by_one.insert(dot);
            if *gone {
                continue;
            }
            dots.add(dot);
            let at = in_world((lon * 1e4).round() / 1e4, (lat * 1e4).round() / 1e4);
            let unit = |at: f64, tile: u32| ((at * f64::from(1_u32 << z) - f64::from(tile)) * 4096.0).floor();
            let (x, y) = (unit(at.x, address.x), unit(at.y, address.y));
            let drawn = -64.0..4160.0;
            if drawn.contains(&x) && drawn.contains(&y) && *participant != quiet {
                let codes = Theme::ALL.iter().filter(|theme| themes & 1 << **theme as u16 != 0).map(|theme| theme.code());
                let key = (x as i32, y as i32, Feeling::ALL[*feeling].code().to_owned(), words::join(codes));
                *expected.entry(key).or_default() += 1;
            }
        }
        for ((dx, dy, feeling, themes, when, participant), _) in pins.iter().zip(&gone).filter(|(_, gone)| **gone) {
            let spot = spot(*participant, Feeling::ALL[*feeling], *themes, *when);
            one_by_one.remove(Dot::new(place(lon + dx, lat + dy), &spot));
        }
        dots.sort();
        let speaks: Vec<bool> = (0..4).map(|participant| participant != quiet).collect();
        let tile = pins_of(&dots, &speaks, address);
        prop_assert_eq!(&tile, &pins_of(&one_by_one, &speaks, address), "however the dots came");
        let mut found = BTreeMap::new();
        for feature in read(&tile) {
            let (x, y) = point(&feature);
            *found.entry((x as i32, y as i32, text(&feature, "feeling"), text(&feature, "themes"))).or_default() += 1;
        }
        prop_assert_eq!(found, expected);
    }
}

fn pins_of(dots: &Dots, speaks: &[bool], address: Address) -> Vec<u8> {
    pins(dots, &Selection::default(), Some(speaks), address)
}

#[test]
fn a_tile_has_the_pins_of_the_selection_only() {
    let (lon, lat) = (4.35, 50.85);
    let mut dots = Dots::default();
    let evening = 1 << When::Evening as u8;
    dots.insert(Dot::new(place(lon, lat), &spot(0, Feeling::Unsafe, 1 << Theme::Noise as u16, evening)));
    dots.insert(Dot::new(place(lon, lat), &spot(1, Feeling::Safe, 0, 0)));
    let pairs = |key: &str, value: &str| vec![(key.to_owned(), value.to_owned())];
    let told = |key, value| {
        let (selection, _) = Selection::parse(&pairs(key, value), &[]).unwrap();
        let tile = read(&pins(&dots, &selection, None, around(lon, lat, 16)));
        tile.iter().map(|f| [text(f, "feeling"), text(f, "when"), text(f, "themes")]).collect::<Vec<_>>()
    };
    let [noisy, quiet] = [["unsafe", "evening", "noise"], ["safe", "", ""]];
    assert_eq!(told("basis", "own"), [quiet, noisy]);
    assert_eq!(told("feeling", "safe"), [quiet]);
    assert_eq!(told("theme", "noise"), [noisy]);
    assert_eq!(told("when", "evening"), [noisy]);
    assert!(told("basis", "heard").is_empty());
}

#[test]
fn a_square_lies_where_its_pins_do() {
    let (lon, lat) = (4.35, 50.85);
    let put = |participant| Put { lon, lat, participant, feeling: Feeling::Unsafe, agreed: false };
    for (people, zoom) in (4..6).flat_map(|people| [0_u8, 8, 16].map(|zoom| (people, zoom))) {
        let (layers, address) = (Layers::of((0..people).map(put)), around(lon, lat, zoom));
        let features = read(&counts(&layers, address));
        if people < 5 {
            assert!(features.is_empty());
            continue;
        }
        let Geometry::MultiPolygon(shape) = &features[0].geometry else { panic!("{:?}", features[0].geometry) };
        let square = shape.bounding_rect().unwrap();
        assert_eq!((features.len(), square.width(), square.height()), (1, 256.0, 256.0));
        let at = in_world(lon, lat);
        let unit = |at: f64, tile: u32| ((at * f64::from(1_u32 << zoom) - f64::from(tile)) * 4096.0) as f32;
        assert!(square.intersects(&Point::new(unit(at.x, address.x), unit(at.y, address.y))), "{square:?}");
        assert!(features[0].properties.as_ref().unwrap().contains_key("people"));
    }
}

/// Twelve people feel unsafe at the middle of a square of two kilometres, six safe in its corner.
fn surface_of_a_square() -> (Surface, MultiPolygon<f64>, Plane) {
    let plane = Plane::at(4.35, 50.85);
    let boundary = MultiPolygon::new(vec![Rect::new((-1000.0, -1000.0), (1000.0, 1000.0)).to_polygon()]);
    let at = |x: f64, y: f64, participant: u32, feeling| Spot { x, y, ..spot(participant, feeling, 0, 0) };
    let mut spots: Vec<Spot> = (0..12).map(|i| at(f64::from(i), 0.0, i, Feeling::Unsafe)).collect();
    spots.extend((0..6).map(|i| at(980.0, 980.0, 20 + i, Feeling::Safe)));
    let (whole, grid) = Surface::around(&boundary, &spots, 100.0);
    (whole.crop(grid), boundary, plane)
}

#[test]
fn bands_are_where_at_least_so_many_people_feel_so() {
    let (surface, boundary, plane) = surface_of_a_square();
    let bands = bands(&surface, &boundary, &plane);
    let told: Vec<(Kind, u32)> = bands.iter().map(|band| (band.side, band.people)).collect();
    assert_eq!(told, [(Kind::Unsafe, 5), (Kind::Safe, 5), (Kind::Unsafe, 8), (Kind::Unsafe, 11)]);
    for band in &bands {
        let people = if band.side == Kind::Safe { &surface.people_safe } else { &surface.people_unsafe };
        for (cell, people) in people.iter().enumerate() {
            let (x, y) = surface.grid.centre(cell);
            let (lon, lat) = plane.to_lonlat(x, y);
            let inside = x.abs() < 1000.0 && y.abs() < 1000.0;
            let is_band = *people >= f64::from(band.people) && surface.people_near[cell] >= 5 && inside;
            let drawn = band.shape.contains(&Point(in_world(lon, lat)));
            assert_eq!(drawn, is_band, "{:?} {} at {x} {y}: {people}", band.side, band.people);
        }
    }
}

#[test]
fn bands_are_cut_to_tiles() {
    let (surface_, boundary, plane) = surface_of_a_square();
    let bands = bands(&surface_, &boundary, &plane);
    let whole = around(4.35, 50.85, 12);
    let features = read(&surface(&bands, whole));
    let told: Vec<String> = features.iter().map(|feature| text(feature, "side")).collect();
    assert_eq!(told, ["unsafe", "safe", "unsafe", "unsafe"]);
    let people: Vec<&Value> = features.iter().map(|feature| &feature.properties.as_ref().unwrap()["people"]).collect();
    assert_eq!(people, [5, 5, 8, 11].map(Value::UInt).iter().collect::<Vec<_>>());
    // Deep inside a band a tile is nothing but the band; far away there is nothing.
    let deep = read(&surface(&bands, around(4.35, 50.85, 20)));
    assert_eq!(deep.len(), 3);
    for feature in &deep {
        let Geometry::MultiPolygon(shape) = &feature.geometry else { panic!("{:?}", feature.geometry) };
        let corners = [(-60.0, -60.0), (4150.0, -60.0), (-60.0, 4150.0), (4150.0, 4150.0)];
        assert!(corners.iter().all(|(x, y)| shape.intersects(&Point::<f32>::new(*x, *y))), "{shape:?}");
    }
    assert!(surface(&bands, around(4.40, 50.85, 15)).is_empty());
}

fn key(x: u32) -> Key {
    let question = Question { selection: Selection::default(), sigma_m: 100.0 };
    Key {
        neighbourhood: Id::parse("n", "6f1ed002-ab5b-4a48-8f5d-000000000001").unwrap(),
        question,
        layer: Layer::Pins,
        address: Address::new(14, x, 0).unwrap(),
    }
}

#[test]
fn only_a_tile_that_a_change_touches_is_made_again() {
    let mut cache = Cache::new(1 << 20);
    let mut touched = Touched::default();
    let scope = |west: f64, spare| Scope { bounds: [west, 0.0, west + 10.0, 10.0], spare };
    for (x, spare) in [(0, 3), (20, 1)] {
        cache.keep(key(x), 1, scope(f64::from(x), spare), Tile::new(vec![1, 2, 3]).into());
    }
    let known = |cache: &mut Cache, revision, touched: &Touched| {
        [0, 20].map(|x| cache.find(&key(x), revision, touched).is_some())
    };
    assert_eq!(known(&mut cache, 1, &touched), [true, true]);
    touched.add(2, [-5.0, 2.0, -5.0, 2.0]);
    assert_eq!(known(&mut cache, 2, &touched), [true, true], "elsewhere");
    touched.add(3, [-5.0, 2.0, -5.0, 2.0]);
    assert_eq!(known(&mut cache, 3, &touched), [true, false], "too many changes elsewhere for its few people");
    cache.keep(key(20), 3, scope(20.0, 9), Tile::new(vec![4]).into());
    touched.add(4, [5.0, 5.0, 5.0, 5.0]);
    assert_eq!(known(&mut cache, 4, &touched), [false, true]);
    assert!(cache.find(&key(7), 4, &touched).is_none());
    touched.all(5);
    assert_eq!(known(&mut cache, 5, &touched), [false, false]);
    assert_eq!(cache.made(), 3);
}

#[test]
fn what_was_not_asked_for_the_longest_is_forgotten() {
    let mut cache = Cache::new(100_000);
    let touched = Touched::default();
    let scope = Scope { bounds: [0.0; 4], spare: 0 };
    for x in 0..100 {
        cache.keep(key(x), 1, scope, Tile::new(vec![0; 1000]).into());
        assert!(cache.find(&key(0), 1, &touched).is_some(), "asked for again and again");
    }
    let kept = (0..100).filter(|x| cache.find(&key(*x), 1, &touched).is_some()).count();
    assert!((20..=41).contains(&kept), "{kept}");
    assert!(cache.find(&key(99), 1, &touched).is_some());
}

#[test]
fn the_same_bytes_have_the_same_mark() {
    let tile = Tile::new(vec![7; 2000]);
    assert_eq!(tile.etag, Tile::new(vec![7; 2000]).etag);
    assert_ne!(tile.etag, Tile::new(vec![7; 2001]).etag);
    assert!(tile.packed().len() < 100);
}
