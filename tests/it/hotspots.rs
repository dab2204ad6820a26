//! The surface, the hotspots and the counts: of people, of the selection, and never older than an acknowledged pin.

use buurtsignaal::basemap::{Feature, Layer, tiles};
use buurtsignaal::id::Id;
use geo::{LineString, Rect};
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::{SQUARE, Tablet, TestApp, on_both, pin};

/// Somewhere in the square.
const HERE: [f64; 2] = [3.712, 51.058];
const THERE: [f64; 2] = [3.720, 51.062];

/// So many people who find one spot unsafe and another safe; gives the ids of the participants and of the unsafe pins.
async fn people(tablet: &Tablet, how_many: usize, who: Value) -> Vec<(String, String)> {
    let mut people = Vec::new();
    for i in 0..how_many {
        let participant = tablet.participant(who.clone()).await;
        let turn = i as f64 * 2.4;
        let near = |at: [f64; 2]| [at[0] + 1e-4 * turn.cos(), at[1] + 1e-4 * turn.sin()];
        let pin = tablet.pin(&participant, "unsafe", near(HERE)).await;
        tablet.pin(&participant, "safe", near(THERE)).await;
        people.push((participant, pin));
    }
    people
}

async fn set_up(app: &mut TestApp) -> (String, Value, Tablet) {
    app.sign_in_new("lotte@example.org", true).await;
    let n = app.neighbourhood().await;
    let gathering = app.open_gathering(&n, json!({"held_on": "2026-11-17", "pin_budget": null})).await;
    let tablet = app.join(&gathering).await;
    (n, gathering, tablet)
}

#[tokio::test]
async fn whoever_stops_waiting_for_an_answer_takes_no_pin_away_from_the_next() {
    on_both(async |mut app| {
        let (n, _, tablet) = set_up(&mut app).await;
        people(&tablet, 5, json!({})).await;
        let id = Id::parse("n", app.get(&n).await.expect(200)["id"].as_str().unwrap()).unwrap();
        app.get(&format!("{n}/hotspots")).await.expect(200);
        for patience in 0..12 {
            people(&tablet, 1, json!({})).await;
            let yields = async {
                for _ in 0..patience {
                    tokio::task::yield_now().await;
                }
            };
            tokio::select! {
                biased;
                _ = app.app.indexes.revision(&id) => {}
                () = yields => {}
            }
        }
        assert_eq!(people_who_feel_unsafe(&app.get(&format!("{n}/hotspots")).await.expect(200)), 17);
    })
    .await;
}

fn kinds(hotspots: &Value) -> Vec<(String, i64)> {
    let features = hotspots["features"].as_array().unwrap().iter().map(|f| &f["properties"]);
    features.map(|p| (p["kind"].as_str().unwrap().to_owned(), p["people"].as_i64().unwrap())).collect()
}

fn people_who_feel_unsafe(hotspots: &Value) -> i64 {
    kinds(hotspots).iter().find(|(kind, _)| kind == "unsafe").map_or(0, |(_, people)| *people)
}

#[tokio::test]
async fn a_route_counts_wherever_it_passes_and_as_one_person() {
    on_both(async |mut app| {
        let (n, _, tablet) = set_up(&mut app).await;
        people(&tablet, 7, json!({})).await;
        assert_eq!(people_who_feel_unsafe(&app.get(&format!("{n}/hotspots")).await.expect(200)), 7);
        let walker = tablet.participant(json!({})).await;
        let mut route = pin(&walker, "unsafe", HERE);
        let corners = [[HERE[0] - 0.01, HERE[1] - 0.006], HERE, [HERE[0] - 0.01, HERE[1] + 0.006]];
        route["geometry"] = json!({"type": "LineString", "coordinates": corners});
        let id = Id::new().to_string();
        tablet.put_pin(&id, &route).await.expect(201);
        assert_eq!(people_who_feel_unsafe(&app.get(&format!("{n}/hotspots")).await.expect(200)), 8);
        let surface = app.get(&format!("{n}/surface")).await.expect(200);
        assert_eq!(surface["method"]["people"], 8);
        let most =
            surface["grid"]["people_unsafe"].as_array().unwrap().iter().filter_map(Value::as_f64).fold(0.0, f64::max);
        assert!((7.0..=8.0).contains(&most), "{most}");
        tablet.delete_pin(&id).await.expect(204);
        assert_eq!(people_who_feel_unsafe(&app.get(&format!("{n}/hotspots")).await.expect(200)), 7);
    })
    .await;
}

#[tokio::test]
async fn two_places_of_seven_people_are_two_hotspots() {
    on_both(async |mut app| {
        let (n, _, tablet) = set_up(&mut app).await;
        people(&tablet, 7, json!({})).await;

        let hotspots = app.get(&format!("{n}/hotspots")).await.expect(200);
        assert_eq!(kinds(&hotspots).len(), 2, "{hotspots}");
        assert!(kinds(&hotspots).iter().all(|(_, people)| *people == 7));
        assert_eq!(hotspots["method"], json!({
            "people": 7, "pins": 14, "heard_pins": 0, "gatherings": 1, "first_day": "2026-11-17", "last_day": "2026-11-17",
            "sigma_m": 100.0, "cell_m": 25.0, "min_people": 5, "min_pins": 10, "min_told": 3, "near_sigmas": 1.5,
            "peak_part": 0.5, "min_area_m2": 2000.0, "merge_m": 75.0, "shrink_people": 2.0, "enough": true,
            "refused": null, "tier": "first", "allowed": ["surface"], "version": "people-surface/2",
            "test": {"state": "refused", "percent": 0, "by": null, "shuffles": null, "seed": null, "alpha": 0.05}
        }));
        let unsafe_one = hotspots["features"].as_array().unwrap().iter().find(|f| f["properties"]["kind"] == "unsafe").unwrap();
        assert_eq!(unsafe_one["geometry"]["type"], "Polygon");
        let told = &unsafe_one["properties"];
        assert_eq!((&told["people_unsafe"], &told["people_safe"], &told["pins"]), (&json!(7), &json!(0), &json!(7)));
        assert_eq!(told["themes"], json!([{"code": "light", "people": 7}, {"code": "sight", "people": 7}]));
        assert!((told["centre"][0].as_f64().unwrap() - HERE[0]).abs() < 2e-4);

        let surface = app.get(&format!("{n}/surface")).await.expect(200);
        let grid = &surface["grid"];
        let side = |name: &str| usize::try_from(grid[name].as_u64().unwrap()).unwrap();
        let cells = side("cols") * side("rows");
        for list in ["people_unsafe", "people_safe", "people_near", "inside"] {
            assert_eq!(grid[list].as_array().unwrap().len(), cells, "{list}");
        }
        assert!((surface["overall_share"].as_f64().unwrap() - 0.5).abs() < 0.01);
        let most = grid["people_unsafe"].as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).fold(0.0, f64::max);
        assert!((6.5..=7.0).contains(&most), "{most}");
        assert!(grid["inside"].as_array().unwrap().contains(&json!(0)), "the box is larger than the boundary");
        let [north_west, south_east] = [&grid["corners"][0], &grid["corners"][2]];
        assert!(north_west[0].as_f64().unwrap() < 3.7001 && north_west[1].as_f64().unwrap() > 51.0699);
        assert!(south_east[0].as_f64().unwrap() > 3.7299 && south_east[1].as_f64().unwrap() < 51.0501);
    })
    .await;
}

#[tokio::test]
async fn too_few_voices_have_no_map_however_many_pins_they_put() {
    on_both(async |mut app| {
        let (n, _, tablet) = set_up(&mut app).await;
        let four = people(&tablet, 4, json!({})).await;
        for i in 0..12 {
            tablet.pin(&four[0].0, "unsafe", [HERE[0] + f64::from(i) * 1e-5, HERE[1]]).await;
        }
        let mut heard = pin(&tablet.participant(json!({})).await, "unsafe", HERE);
        heard["properties"]["basis"] = json!("heard");
        tablet.put_pin(&Id::new().to_string(), &heard).await.expect(201);

        let surface = app.get(&format!("{n}/surface")).await.expect(200);
        assert_eq!((&surface["grid"], &surface["overall_share"]), (&Value::Null, &Value::Null));
        let method = &surface["method"];
        assert_eq!(
            (&method["enough"], &method["people"], &method["heard_pins"]),
            (&json!(false), &json!(4), &json!(1))
        );
        assert_eq!(app.get(&format!("{n}/hotspots")).await.expect(200)["features"], json!([]));
        let counts = app.get(&format!("{n}/counts")).await.expect(200);
        assert!(counts["themes"].as_array().unwrap().iter().all(|t| t["unsafe"].is_null()));
    })
    .await;
}

#[tokio::test]
async fn an_answer_is_never_older_than_an_acknowledged_pin() {
    on_both(async |mut app| {
        let (n, gathering, tablet) = set_up(&mut app).await;
        let seven = people(&tablet, 7, json!({"age": "45_64"})).await;
        let path = format!("{n}/hotspots");
        let find = async || people_who_feel_unsafe(&app.get(&path).await.expect(200));
        assert_eq!(find().await, 7);

        people(&tablet, 1, json!({})).await;
        assert_eq!(find().await, 8, "a new pin");
        tablet.delete_pin(&seven[0].1).await.expect(204);
        assert_eq!(find().await, 7, "a deleted one");
        tablet.put_pin(&seven[1].1, &pin(&seven[1].0, "unsafe", [3.705, 51.067])).await.expect(200);
        assert_eq!(find().await, 6, "one put elsewhere");

        let by_age = format!("{n}/counts?age=45_64");
        assert_eq!(app.get(&by_age).await.expect(200)["method"]["people"], 7);
        tablet
            .send(reqwest::Method::PUT, &format!("/participants/{}", seven[2].0), Some(&json!({"age": null})))
            .await
            .expect(200);
        assert_eq!(app.get(&by_age).await.expect(200)["method"]["people"], 6, "a participant who tells less");

        let of_round = format!("{n}/counts?round=2027-1");
        assert_eq!(app.get(&of_round).await.expect(200)["method"]["people"], 0);
        app.patch(&format!("{n}/gatherings/{}", gathering["id"].as_str().unwrap()), json!({"round": "2027-1"}))
            .await
            .expect(200);
        let counts = app.get(&of_round).await.expect(200);
        assert_eq!((&counts["method"]["people"], &counts["rounds"]), (&json!(8), &json!(["2027-1"])), "another round");

        app.patch(&n, json!({"sigma_m": 60})).await.expect(200);
        assert_eq!(app.get(&path).await.expect(200)["method"]["sigma_m"], 60.0, "another width");
    })
    .await;
}

#[tokio::test]
async fn what_did_not_change_is_not_sent_again() {
    on_both(async |mut app| {
        let (n, _, tablet) = set_up(&mut app).await;
        people(&tablet, 6, json!({})).await;
        for path in ["surface?sigma_m=80", "hotspots", "counts?theme=light"] {
            let path = format!("{n}/{path}");
            let (first, etag) = app.get_known(&path, None).await;
            assert_eq!(first, StatusCode::OK);
            assert_eq!(app.get_known(&path, Some(&etag)).await.0, StatusCode::NOT_MODIFIED);
            people(&tablet, 1, json!({})).await;
            let (changed, other) = app.get_known(&path, Some(&etag)).await;
            assert_eq!(changed, StatusCode::OK);
            assert_ne!(other, etag);
        }
    })
    .await;
}

#[tokio::test]
async fn a_selection_that_cannot_be_read_is_named() {
    on_both(async |mut app| {
        let (n, _, _) = set_up(&mut app).await;
        for route in ["surface", "hotspots", "counts"] {
            assert_eq!(app.get(&format!("{n}/{route}?colour=red")).await.field(400), "colour");
            assert_eq!(app.get(&format!("{n}/{route}?theme=lamps")).await.field(400), "theme");
            assert_eq!(app.get(&format!("{n}/{route}?sigma_m=5")).await.field(400), "sigma_m");
            assert_eq!(app.get(&format!("{n}/{route}?sigma_m=wide")).await.field(400), "sigma_m");
        }
    })
    .await;
}

#[tokio::test]
async fn a_hotspot_is_called_by_the_street_it_lies_on() {
    on_both(async |mut app| {
        let [west, south, east, north] = SQUARE;
        let street = Feature {
            layer: Layer::Street,
            class: "minor",
            name: Some("Kerkpad".to_owned()),
            tunnel: false,
            geometry: LineString::from(vec![(west, HERE[1]), (HERE[0] + 0.001, HERE[1])]).into(),
        };
        let info = tiles::Info { name: "town", attribution: "© OpenStreetMap" };
        let file = app.app.settings.basemaps().join("town.pmtiles");
        tiles::write(vec![street], Rect::new((west, south), (east, north)), &info, &file).unwrap();
        assert_eq!(app.app.basemaps.all().len(), 1, "a new file is noticed at once");

        let (n, _, tablet) = set_up(&mut app).await;
        people(&tablet, 7, json!({})).await;
        let hotspots = app.get(&format!("{n}/hotspots?download")).await.expect(200);
        let names = hotspots["features"].as_array().unwrap().iter().map(|f| &f["properties"]);
        let mut names: Vec<_> = names.map(|p| (p["kind"].as_str().unwrap(), p["name"].as_str())).collect();
        names.sort_unstable();
        assert_eq!(names, [("safe", None), ("unsafe", Some("Kerkpad"))]);
    })
    .await;
}
