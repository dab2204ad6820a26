use std::collections::HashSet;
use std::sync::LazyLock;

use geo::{Area, BoundingRect, Contains, InteriorPoint, Intersects, Validation};

use super::*;

static DRAWN: LazyLock<Vec<Feature>> = LazyLock::new(features);

#[test]
fn the_quarter_is_drawn_the_same_way_twice() {
    assert_eq!(*DRAWN, features());
}

#[test]
fn the_boundary_is_accepted_and_walkable() {
    let value: serde_json::Value = serde_json::to_value(geojson::Geometry::from(&boundary())).unwrap();
    let accepted = crate::geometry::Boundary::parse(&value).unwrap();
    assert!((1.2e6..1.7e6).contains(&accepted.area_m2()), "{}", accepted.area_m2());
}

#[test]
fn sixty_streets_have_a_name_inside_the_boundary() {
    let boundary = boundary();
    let names: HashSet<&str> = DRAWN
        .iter()
        .filter(|feature| feature.layer == Layer::Street && boundary.intersects(&feature.geometry))
        .filter_map(|feature| feature.name.as_deref())
        .collect();
    assert!(names.len() >= 60, "{}", names.len());
}

#[test]
fn every_class_is_on_the_list() {
    for feature in &*DRAWN {
        let known: &[&str] = match feature.layer {
            Layer::Water => &["lake", "river", "canal", "stream"],
            Layer::Landuse => &[
                "residential",
                "industrial",
                "commercial",
                "school",
                "hospital",
                "park",
                "grass",
                "wood",
                "farm",
                "pitch",
                "playground",
                "cemetery",
                "square",
                "parking",
            ],
            Layer::Building => &["building"],
            Layer::Street => &[
                "motorway",
                "primary",
                "secondary",
                "tertiary",
                "minor",
                "pedestrian",
                "service",
                "track",
                "path",
                "steps",
                "rail",
            ],
            Layer::Place => &[
                "school",
                "station",
                "stop",
                "church",
                "town_hall",
                "library",
                "hospital",
                "shop",
                "cafe",
                "park",
                "square",
                "playground",
                "sport",
                "culture",
                "bridge",
                "post",
                "police",
            ],
            Layer::Locality => &["city", "town", "village", "suburb", "neighbourhood"],
        };
        assert!(known.contains(&feature.class), "{} is no class of {:?}", feature.class, feature.layer);
    }
}

#[test]
fn buildings_are_sound_and_stand_neither_in_the_street_nor_in_the_water() {
    let streets: Vec<_> = streets()
        .into_iter()
        .filter(|street| !street.tunnel && street.class != "path")
        .map(|street| (street.line.bounding_rect().unwrap(), street))
        .collect();
    let water: Vec<_> =
        ground::water().into_iter().map(|ground| (ground.area.bounding_rect().unwrap(), ground)).collect();
    let drawn: Vec<Street> = super::streets();
    let mut count = 0;
    for building in buildings(&drawn) {
        assert!(building.is_valid() && building.unsigned_area() > 3.0, "{building:?}");
        let rect = building.bounding_rect().unwrap();
        for (near, street) in &streets {
            assert!(!near.intersects(&rect) || !street.line.intersects(&building), "{:?} {building:?}", street.name);
        }
        for (near, ground) in &water {
            assert!(!near.intersects(&rect) || !ground.area.intersects(&building), "{:?} {building:?}", ground.name);
        }
        count += 1;
    }
    assert!(count > 5000, "{count}");
}

#[test]
fn buildings_do_not_stand_in_each_other() {
    let drawn = streets();
    let buildings: Vec<_> = buildings(&drawn).map(|building| (building.bounding_rect().unwrap(), building)).collect();
    for (i, (rect, building)) in buildings.iter().enumerate() {
        let middle = building.interior_point().unwrap();
        // They come sorted from west to east.
        let near = buildings[i + 1..].iter().take_while(|(other, _)| other.min().x < rect.max().x + 200.0);
        for (other, house) in near {
            assert!(!other.intersects(rect) || !house.contains(&middle), "{building:?} {house:?}");
        }
    }
}
