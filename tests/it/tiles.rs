//! Vector tiles: the pins and contours of a selection, made again only where a pin changed.

use std::io::Read;

use geo::Geometry;
use mvt_reader::Reader;
use mvt_reader::feature::{Feature, Value};
use reqwest::StatusCode;
use serde_json::json;

use crate::support::{PASSWORD, TestApp, Workshop, on_both, pin};

/// Two places of the square some 600 m apart, each well inside a tile of its own at zoom 16.
const HERE: [f64; 2] = [3.7126, 51.0578];
const THERE: [f64; 2] = [3.7216, 51.0622];

/// The address of the tile at a place, as any map counts them.
fn tile_at([lon, lat]: [f64; 2], z: u32) -> (u32, u32) {
    let n = f64::from(1 << z);
    let lat = lat.to_radians();
    let x = (lon + 180.0) / 360.0 * n;
    let y = (1.0 - (lat.tan() + 1.0 / lat.cos()).ln() / std::f64::consts::PI) / 2.0 * n;
    (x as u32, y as u32)
}

fn path(n: &str, layer: &str, at: [f64; 2], z: u32, query: &str) -> String {
    let (x, y) = tile_at(at, z);
    format!("{n}/tiles/{layer}/{z}/{x}/{y}.mvt{query}")
}

async fn features(app: &TestApp, path: &str) -> Vec<Feature> {
    match app.get_bytes(path).await {
        (StatusCode::OK, bytes) => Reader::new(bytes).unwrap().get_features(0).unwrap(),
        (StatusCode::NO_CONTENT, bytes) => {
            assert!(bytes.is_empty());
            Vec::new()
        }
        (status, bytes) => panic!("{path}: {status} {}", String::from_utf8_lossy(&bytes)),
    }
}

/// The properties of each feature, by key.
fn told(features: &[Feature]) -> Vec<Vec<(String, String)>> {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::UInt(number) => number.to_string(),
        other => panic!("{other:?}"),
    };
    let of = |feature: &Feature| {
        let properties = feature.properties.clone().unwrap_or_default();
        let mut told: Vec<_> = properties.iter().map(|(key, value)| (key.clone(), text(value))).collect();
        told.sort();
        told
    };
    features.iter().map(of).collect()
}

fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
    of.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

/// The values of some keys, one after the other.
fn pairs_of<const N: usize>(told: &[(String, String)], keys: [&str; N]) -> [String; N] {
    keys.map(|key| told.iter().find(|(k, _)| k == key).map(|(_, value)| value.clone()).unwrap_or_default())
}

#[tokio::test]
async fn a_tile_shows_the_pins_of_the_selection_and_nobody() {
    on_both(async |mut app| {
        let Workshop { n, tablet, participant, .. } = app.workshop(json!({"pin_budget": null})).await;
        let mut quiet = pin(&participant, "safe", HERE);
        quiet["properties"]["when"] = json!([]);
        quiet["properties"]["themes"] = json!([]);
        tablet.put_pin(&buurtsignaal::id::Id::new().to_string(), &quiet).await.expect(201);
        tablet.pin(&participant, "unsafe", [HERE[0] + 0.000_04, HERE[1]]).await;
        tablet.pin(&participant, "mixed", THERE).await;

        let noisy = pairs(&[("feeling", "unsafe"), ("themes", "light,sight"), ("when", "evening,dark")]);
        let quiet = pairs(&[("feeling", "safe")]);
        let here = features(&app, &path(&n, "pins", HERE, 16, "")).await;
        assert_eq!(told(&here), [quiet.clone(), noisy.clone()], "no participant, no id");
        assert_eq!(told(&features(&app, &path(&n, "pins", HERE, 16, "?feeling=unsafe")).await), [noisy]);
        assert_eq!(told(&features(&app, &path(&n, "pins", HERE, 16, "?feeling=safe&round=2026-1")).await), [quiet]);
        assert!(features(&app, &path(&n, "pins", HERE, 16, "?round=2025-1")).await.is_empty());
        assert_eq!(features(&app, &path(&n, "pins", HERE, 14, "")).await.len(), 2);
        assert_eq!(features(&app, &path(&n, "pins", THERE, 20, "")).await.len(), 1);

        // As exact as the export allows: both lie at the same four decimals.
        let places: Vec<_> = here
            .iter()
            .map(|feature| match &feature.geometry {
                Geometry::Point(at) => (at.x(), at.y()),
                Geometry::MultiPoint(all) => (all.0[0].x(), all.0[0].y()),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(places[0], places[1]);

        let packed = app.get_packed(&path(&n, "pins", HERE, 16, "")).await;
        let mut bytes = Vec::new();
        flate2::read::GzDecoder::new(&packed[..]).read_to_end(&mut bytes).unwrap();
        assert_eq!(Reader::new(bytes).unwrap().get_features(0).unwrap().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn single_pins_are_for_analysts_and_only_from_near() {
    on_both(async |mut app| {
        let Workshop { n, tablet, participant, .. } = app.workshop(json!({})).await;
        tablet.pin(&participant, "unsafe", HERE).await;
        assert_eq!(app.get(&path(&n, "pins", HERE, 13, "")).await.problem(404), "zoom_too_far");
        assert_eq!(features(&app, &path(&n, "pins", HERE, 14, "")).await.len(), 1);
        for (wrong, field) in [
            ("tiles/streets/14/0/0.mvt", "layer"),
            ("tiles/pins/21/0/0.mvt", "z"),
            ("tiles/pins/14/16384/0.mvt", "x"),
            ("tiles/surface/14/0/16384.mvt", "y"),
            ("tiles/surface/14/0/west.mvt", "y"),
            ("tiles/surface/14/0/0.png", "y"),
        ] {
            assert_eq!(app.get(&format!("{n}/{wrong}")).await.field(404), field, "{wrong}");
        }
        assert_eq!(app.get(&path(&n, "pins", HERE, 14, "?colour=red")).await.problem(400), "bad_selection");

        let colleague = format!("{n}/people/reader@example.org");
        app.send(
            reqwest::Method::PUT,
            &colleague,
            Some(&json!({"name": "Rik", "role": "reader", "password": PASSWORD})),
        )
        .await
        .expect(200);
        app.sign_in_as("reader@example.org").await;
        assert_eq!(app.get(&path(&n, "pins", HERE, 14, "")).await.problem(403), "not_allowed");
        assert_eq!(app.get(&path(&n, "pins", HERE, 13, "")).await.problem(403), "not_allowed");
        assert!(features(&app, &path(&n, "surface", HERE, 14, "")).await.is_empty(), "too few people");
    })
    .await;
}

#[tokio::test]
async fn only_the_tile_that_a_pin_touches_is_made_again() {
    on_both(async |mut app| {
        let Workshop { n, tablet, participant, .. } = app.workshop(json!({"pin_budget": null})).await;
        let first = tablet.pin(&participant, "unsafe", HERE).await;
        tablet.pin(&participant, "unsafe", THERE).await;
        let (here, there) = (path(&n, "pins", HERE, 16, ""), path(&n, "pins", THERE, 16, ""));
        let (_, mark_here) = app.get_known(&here, None).await;
        let (_, other_mark) = app.get_known(&there, None).await;
        assert_eq!(app.app.indexes.tiles_made(), 2);
        for known in [None, Some(&*mark_here)] {
            let status = if known.is_some() { StatusCode::NOT_MODIFIED } else { StatusCode::OK };
            assert_eq!(app.get_known(&here, known).await, (status, mark_here.clone()));
        }
        assert_eq!(app.app.indexes.tiles_made(), 2, "kept as bytes");

        let second = tablet.pin(&participant, "safe", HERE).await;
        assert_eq!(app.get_known(&there, Some(&other_mark)).await.0, StatusCode::NOT_MODIFIED);
        assert_eq!(app.app.indexes.tiles_made(), 2, "nothing changed there");
        let (status, changed) = app.get_known(&here, Some(&mark_here)).await;
        assert_eq!(status, StatusCode::OK);
        assert_ne!(changed, mark_here);
        assert_eq!(app.app.indexes.tiles_made(), 3);
        assert_eq!(features(&app, &here).await.len(), 2);

        // The same content has the same mark.
        tablet.delete_pin(&second).await.expect(204);
        assert_eq!(app.get_known(&here, Some(&mark_here)).await, (StatusCode::NOT_MODIFIED, mark_here.clone()));
        assert_eq!(app.app.indexes.tiles_made(), 4);

        // An edit that moves a pin touches both the place it leaves and the one it goes to.
        tablet.put_pin(&first, &pin(&participant, "unsafe", THERE)).await.expect(200);
        assert!(features(&app, &here).await.is_empty());
        assert_eq!(features(&app, &there).await.len(), 2);
        assert_eq!(app.app.indexes.tiles_made(), 6);
    })
    .await;
}

#[tokio::test]
async fn the_surface_is_drawn_where_enough_people_speak_and_again_where_one_more_does() {
    on_both(async |mut app| {
        let Workshop { n, tablet, .. } = app.workshop(json!({"pin_budget": null})).await;
        let tile = path(&n, "surface", HERE, 14, "");
        let far = path(&n, "surface", [3.85, 51.06], 14, "");
        let mut last = String::new();
        for i in 0..5 {
            assert!(features(&app, &tile).await.is_empty(), "{i} people are too few");
            let participant = tablet.participant(json!({})).await;
            for at in [HERE, THERE] {
                last = tablet.pin(&participant, "unsafe", at).await;
            }
        }
        let [five, eight, eleven] = ["5", "8", "11"].map(|people| pairs(&[("people", people), ("side", "unsafe")]));
        assert!(features(&app, &tile).await.is_empty(), "five on one spot reach five nowhere but there");
        for _ in 0..8 {
            let participant = tablet.participant(json!({})).await;
            for at in [HERE, THERE] {
                tablet.pin(&participant, "unsafe", at).await;
            }
        }
        assert_eq!(told(&features(&app, &tile).await), [five.clone(), eight.clone(), eleven.clone()]);
        assert!(features(&app, &far).await.is_empty());
        let hexes = told(&features(&app, &path(&n, "hexes", HERE, 16, "")).await);
        let people = |hex: &[(String, String)]| pairs_of(hex, ["people", "people_safe", "people_unsafe"]);
        assert!(hexes.iter().any(|hex| people(hex) == ["13", "0", "13"]), "{hexes:?}");
        assert!(hexes.iter().all(|hex| pairs_of(hex, ["h3"])[0].starts_with("8b")), "{hexes:?}");
        let alone = tablet.participant(json!({})).await;
        tablet.pin(&alone, "unsafe", [3.705, 51.053]).await;
        let few = told(&features(&app, &path(&n, "hexes", [3.705, 51.053], 16, "")).await);
        assert!(few.len() == 1 && few[0].len() == 1 && few[0][0].0 == "h3", "too few to tell: {few:?}");
        assert!(features(&app, &far).await.is_empty());
        let made = app.app.indexes.tiles_made();

        let participant = tablet.participant(json!({})).await;
        tablet.pin(&participant, "safe", HERE).await;
        assert_eq!(told(&features(&app, &tile).await), [five, eight, eleven]);
        assert!(features(&app, &far).await.is_empty());
        assert_eq!(app.app.indexes.tiles_made(), made + 1, "the far tile is as it was");

        tablet.delete_pin(&last).await.expect(204);
        assert_eq!(features(&app, &tile).await.len(), 3);
        assert!(features(&app, &format!("{tile}?feeling=safe")).await.is_empty());
        assert_eq!(app.get(&format!("{tile}?sigma_m=7")).await.problem(400), "bad_selection");
    })
    .await;
}

#[tokio::test]
async fn people_are_counted_by_square_from_five_on_and_once_each() {
    on_both(async |mut app| {
        let Workshop { n, tablet, .. } = app.workshop(json!({"pin_budget": null})).await;
        let (here, there) = (path(&n, "counts", HERE, 16, ""), path(&n, "counts", THERE, 16, ""));
        let mut elsewhere = String::new();
        for _ in 0..4 {
            let participant = tablet.participant(json!({})).await;
            tablet.pin(&participant, "unsafe", HERE).await;
            elsewhere = tablet.pin(&participant, "unsafe", THERE).await;
        }
        let fifth = tablet.participant(json!({})).await;
        tablet.pin(&fifth, "mixed", HERE).await;
        for tile in [&here, &there] {
            assert!(features(&app, tile).await.is_empty(), "nine pins are too few for any map");
        }
        tablet.pin(&fifth, "safe", HERE).await;
        let told_of = |people, is_safe, is_unsafe| {
            [pairs(&[("people", people), ("people_safe", is_safe), ("people_unsafe", is_unsafe)])]
        };
        assert_eq!(told(&features(&app, &here).await), told_of("5", "1", "5"));
        assert!(features(&app, &there).await.is_empty(), "four are not told");
        assert_eq!(told(&features(&app, &path(&n, "counts", HERE, 0, "?sigma_m=60")).await), told_of("5", "1", "5"));

        let sixth = tablet.participant(json!({})).await;
        let last = tablet.pin(&sixth, "safe", HERE).await;
        assert_eq!(told(&features(&app, &here).await), told_of("6", "2", "5"));
        assert!(features(&app, &there).await.is_empty());
        let made = app.app.indexes.tiles_made();
        let mut heard = pin(&sixth, "unsafe", HERE);
        heard["properties"]["basis"] = json!("heard");
        tablet.put_pin(&buurtsignaal::id::Id::new().to_string(), &heard).await.expect(201);
        assert_eq!(told(&features(&app, &here).await), told_of("6", "2", "5"), "nobody speaks for another");
        assert!(features(&app, &there).await.is_empty());
        assert_eq!(app.app.indexes.tiles_made(), made + 1, "nothing changed there");
        tablet.delete_pin(&last).await.expect(204);
        assert_eq!(told(&features(&app, &here).await), told_of("5", "1", "5"));
        tablet.delete_pin(&elsewhere).await.expect(204);
        assert!(features(&app, &here).await.is_empty(), "nine pins again");

        let near = path(&n, "counts", HERE, 17, "");
        assert_eq!(app.get(&near).await.problem(404), "zoom_too_near");
        assert_eq!(app.get(&near).await.field(404), "z");
        for (query, field) in
            [("?feeling=unsafe", "feeling"), ("?sigma_m=60&round=2026-1", "round"), ("?to=soon", "to")]
        {
            assert_eq!(app.get(&format!("{here}{query}")).await.problem(400), "bad_selection", "{query}");
            assert_eq!(app.get(&format!("{here}{query}")).await.field(400), field);
        }
    })
    .await;
}
