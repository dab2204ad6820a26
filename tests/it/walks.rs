//! Walks: planned at the desk, noted on phones, put together without loss, and never counted as pins.

use buurtsignaal::id::Id;
use reqwest::Method;
use serde_json::{Value, json};

use crate::attachments::{jpeg, photo};
use crate::support::{Recorder, TestApp, on_both};

/// Spots of the square, some 140 m apart, in a row.
const ROW: [[f64; 2]; 4] = [[3.712, 51.058], [3.714, 51.058], [3.716, 51.058], [3.718, 51.058]];

fn stops(spots: &[[f64; 2]]) -> Vec<Value> {
    (1..).zip(spots).map(|(n, at)| json!({"name": format!("Stop {n}"), "point": at})).collect()
}

async fn set_up(app: &mut TestApp) -> String {
    app.sign_in_new("lotte@example.org", true).await;
    app.neighbourhood().await
}

async fn walk(app: &TestApp, n: &str, more: Value) -> Value {
    let mut new = json!({"name": "Rond het station", "day": "2026-11-25", "start": "14:00"});
    new.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    app.post(&format!("{n}/walks"), new).await.expect(201)
}

fn at(n: &str, walk: &Value) -> String {
    format!("{n}/walks/{}", walk["id"].as_str().unwrap())
}

fn slugs(walk: &Value) -> Vec<(String, Value)> {
    let warnings = walk["warnings"].as_array().unwrap().iter();
    warnings.map(|one| (one["slug"].as_str().unwrap().to_owned(), one["stop"].clone())).collect()
}

fn names(walk: &Value) -> Vec<&str> {
    walk["stops"].as_array().unwrap().iter().map(|stop| stop["name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_walk_is_made_read_changed_and_deleted() {
    on_both(async |mut app| {
        let n = set_up(&mut app).await;
        let made = walk(&app, &n, json!({"stops": stops(&ROW)})).await;
        assert_eq!(made["stops"][2]["number"], 3);
        assert_eq!((&made["kind"], &made["time_zone"]), (&json!("exploratory"), &json!("Europe/Brussels")));
        // Without a network the way is the straight line and three tenths more: 3 × 140 m × 1.3.
        let length = made["route"]["length_m"].as_f64().unwrap();
        assert!((545.0..548.0).contains(&length), "{length}");
        assert_eq!(made["route"]["straight"], true);
        assert_eq!(made["route"]["geometry"]["coordinates"].as_array().unwrap().len(), 4);
        let budget = &made["budget"];
        assert_eq!(
            (&budget["walking_min"], &budget["stops_min"], &budget["total_min"], &budget["over"]),
            (&json!(11), &json!(24), &json!(60), &json!(false))
        );
        assert_eq!((&made["stops"][0]["arrive"], &made["stops"][0]["leave"]), (&json!("14:10"), &json!("14:16")));
        assert_eq!(made["sunset"], "16:46");

        let ids: Vec<Value> = (0..4).map(|i| made["stops"][i]["id"].clone()).collect();
        let order: Vec<Value> = [3, 0, 2]
            .iter()
            .map(|&i| json!({"id": ids[i], "name": format!("Nu {i}"), "point": ROW[i], "kind": "safe"}))
            .chain([json!({"name": "Nieuw", "point": [3.72, 51.06], "question": "Wie komt hier?"})])
            .collect();
        let changed =
            app.patch(&at(&n, &made), json!({"stops": order, "round_trip": true, "people": 6})).await.expect(200);
        assert_eq!(names(&changed), ["Nu 3", "Nu 0", "Nu 2", "Nieuw"]);
        assert_eq!((&changed["stops"][0]["id"], &changed["route"]["legs"][3]["to"]), (&ids[3], &json!(1)));
        assert_eq!(app.get(&at(&n, &made)).await.expect(200), changed);

        let listed = app.get(&format!("{n}/walks")).await.expect(200);
        assert_eq!((&listed["items"][0]["stops"], &listed["items"][0]["observations"]), (&json!(4), &json!(0)));
        let phone = Recorder::join(&app, &made).await;
        app.send(Method::DELETE, &at(&n, &made), None).await.expect(204);
        assert_eq!(app.get(&at(&n, &made)).await.problem(404), "not_found");
        assert_eq!(phone.send(Method::GET, "", None).await.problem(401), "unknown_device");
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_a_walk_is_refused_and_says_why() {
    on_both(async |mut app| {
        let n = set_up(&mut app).await;
        let refuse = async |more: Value| {
            let mut new = json!({"name": "Rond het station", "day": "2026-11-25", "start": "14:00"});
            new.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            app.post(&format!("{n}/walks"), new).await
        };
        assert_eq!(refuse(json!({"stops": stops(&[ROW[0]; 40])})).await.problem(422), "too_many_stops");
        assert_eq!(refuse(json!({"stops": stops(&[[4.9, 52.37]])})).await.problem(422), "stop_far_away");
        let long = json!([{"name": "x".repeat(5000), "point": ROW[0]}]);
        assert_eq!(refuse(json!({"stops": long})).await.field(422), "stops.name");
        let asked = json!([{"name": "x", "point": ROW[0], "question": "x".repeat(5000)}]);
        assert_eq!(refuse(json!({"stops": asked})).await.field(422), "stops.question");
        let nowhere = json!([{"name": "x", "point": ROW[0], "place": Id::new()}]);
        assert_eq!(refuse(json!({"stops": nowhere})).await.problem(422), "no_such_place");
        assert_eq!(refuse(json!({"name": "x".repeat(5000)})).await.field(422), "name");
        assert_eq!(refuse(json!({"start": "half vijf"})).await.field(422), "start");
        assert_eq!(refuse(json!({"start": "25:00"})).await.field(422), "start");
        assert_eq!(refuse(json!({"day": "2026-02-30"})).await.field(422), "day");
        assert_eq!(refuse(json!({"speed_km_h": 40})).await.field(422), "speed_km_h");
        assert_eq!(refuse(json!({"minutes_per_stop": -1})).await.field(422), "minutes_per_stop");
        assert_eq!(refuse(json!({"people": 0})).await.field(422), "people");
        assert_eq!(refuse(json!({"selection": "mood=good"})).await.problem(400), "bad_selection");
        let listed = app.get(&format!("{n}/walks")).await.expect(200);
        assert_eq!(listed["items"], json!([]));

        let empty = refuse(json!({})).await.expect(201);
        assert_eq!(slugs(&empty), [("no_stops".to_owned(), json!(null))]);
        assert_eq!((&empty["route"]["geometry"], &empty["shortcut"]), (&json!(null), &json!(null)));
        let twice = refuse(json!({"stops": stops(&[ROW[0], ROW[0], [3.7125, 51.058]])})).await.expect(201);
        assert!(slugs(&twice).contains(&("same_spot".to_owned(), json!(2))), "{twice}");
        assert!(slugs(&twice).contains(&("close_together".to_owned(), json!(3))));
    })
    .await;
}

#[tokio::test]
async fn who_does_what_is_told_to_the_group_and_stands_in_no_file_that_leaves() {
    on_both(async |mut app| {
        let n = set_up(&mut app).await;
        let roles = json!({"scribe": " Tomasz ", "photographer": "Selin", "timekeeper": "", "guest": "Schepen Ilse"});
        let more = json!({"leader": "Nadia", "phone": "0470 12 34 56", "roles": roles, "stops": stops(&ROW)});
        let made = walk(&app, &n, more).await;
        let told = json!({"scribe": "Tomasz", "photographer": "Selin", "timekeeper": "", "guest": "Schepen Ilse"});
        assert_eq!(made["roles"], told);
        let phone = Recorder::join(&app, &made).await;
        let read = phone.read().await;
        assert_eq!((&read["leader"], &read["roles"]), (&json!("Nadia"), &told));
        let twin = app.post(&format!("{}/pair", at(&n, &made)), json!({})).await.expect(201);
        assert_eq!(twin["roles"], told);

        let kept = app.patch(&at(&n, &made), json!({"people": 9})).await.expect(200);
        assert_eq!(kept["roles"], told, "what is left out stays");
        assert!(slugs(&kept).iter().all(|(slug, _)| slug != "large_group"));
        let large = app.patch(&at(&n, &made), json!({"people": 10, "roles": {"scribe": "Mo"}})).await.expect(200);
        assert_eq!(large["roles"], json!({"scribe": "Mo", "photographer": "", "timekeeper": "", "guest": ""}));
        assert!(slugs(&large).contains(&("large_group".to_owned(), json!(null))));
        for (field, name) in [("scribe", "x".repeat(121)), ("guest", "twee\nregels".to_owned())] {
            let wrong = app.patch(&at(&n, &made), json!({"roles": {field: name}})).await;
            assert_eq!(wrong.field(422), format!("roles.{field}"));
        }
        let unknown = app.patch(&at(&n, &made), json!({"roles": {"police": "x"}})).await;
        assert!(unknown.status.is_client_error());

        app.patch(&at(&n, &made), json!({"roles": told})).await.expect(200);
        let gpx = app.get(&format!("{}/gpx", at(&n, &made))).await.expect(200).to_string();
        let listed = app.get(&format!("{n}/walks")).await.expect(200).to_string();
        let mut leaving = vec![gpx, listed];
        for file in ["actions.csv", "actions.geojson", "places", "pins"] {
            leaving.push(String::from_utf8_lossy(&app.get_bytes(&format!("{n}/{file}")).await.1).into_owned());
        }
        for name in ["Nadia", "0470 12", "Tomasz", "Selin", "Ilse"] {
            assert!(leaving.iter().all(|text| !text.contains(name)), "{name}");
        }

        // When the walk was kept long enough, nobody is named any more.
        app.patch(&at(&n, &made), json!({"day": "2026-05-20"})).await.expect(200);
        app.app.forget().await.unwrap();
        let later = app.get(&at(&n, &made)).await.expect(200);
        let nobody = json!({"scribe": "", "photographer": "", "timekeeper": "", "guest": ""});
        assert_eq!((&later["leader"], &later["phone"], &later["roles"]), (&json!(""), &json!(""), &nobody));
        assert_eq!(app.get(&at(&n, &twin)).await.expect(200)["roles"], told, "its twin is still to come");
    })
    .await;
}

#[tokio::test]
async fn in_bad_weather_the_walk_goes_along_sheltered_stops_alone() {
    on_both(async |mut app| {
        lay_streets(&app);
        let n = set_up(&mut app).await;
        let spots = [corner(0, 0), corner(4000, 0), corner(4000, 4000), corner(0, 4000)];
        let mut wanted = stops(&spots);
        wanted[0]["kind"] = json!("meeting");
        let open = walk(&app, &n, json!({"stops": wanted, "round_trip": true})).await;
        assert_eq!(open["bad_weather"], json!(null), "no stop is sheltered");
        wanted[2]["shelter"] = json!(true);
        let made = walk(&app, &n, json!({"stops": wanted, "round_trip": true})).await;
        assert_eq!(made["stops"][2]["shelter"], true);
        let dry = &made["bad_weather"];
        assert_eq!(dry["stops"], json!([1, 3]), "where they meet, and the one with a roof");
        let ends: Vec<_> = dry["route"]["legs"].as_array().unwrap().iter().map(|l| (&l["from"], &l["to"])).collect();
        assert_eq!(ends, [(&json!(1), &json!(3)), (&json!(3), &json!(1))]);
        assert_eq!(dry["route"]["geometry"]["type"], "LineString");
        // There and back over the stairs, a halt, welcome and closing.
        let length = dry["route"]["length_m"].as_f64().unwrap();
        assert!(length < made["route"]["length_m"].as_f64().unwrap(), "{length}");
        let minutes: f64 =
            dry["route"]["legs"].as_array().unwrap().iter().map(|leg| leg["minutes"].as_f64().unwrap()).sum();
        let total = minutes.round() + 6.0 + 10.0 + 15.0;
        assert_eq!(dry["total_min"].to_string(), format!("{total}"));
        let ordered = app.post(&format!("{}/order", at(&n, &made)), json!({})).await.expect(200);
        let sheltered = |walk: &Value| walk["stops"].as_array().unwrap().iter().any(|stop| stop["shelter"] == true);
        assert!(sheltered(&ordered));
        let phone = Recorder::join(&app, &made).await;
        assert_eq!(phone.read().await["bad_weather"]["total_min"], ordered["bad_weather"]["total_min"]);

        // Those who lead word a sheltered stop anew: its roof stays. All of them sheltered: that is the walk itself.
        let theirs = json!({"kind": "youth_led", "stops": [{"name": "Loods", "point": spots[0], "shelter": true}]});
        let made = walk(&app, &n, theirs).await;
        let phone = Recorder::join(&app, &made).await;
        let path = format!("/stops/{}", made["stops"][0]["id"].as_str().unwrap());
        let worded = json!({"name": "Onze loods", "point": spots[0], "question": null});
        let now = phone.send(Method::PUT, &path, Some(&worded)).await.expect(200);
        assert_eq!((&now["stops"][0]["shelter"], &now["bad_weather"]), (&json!(true), &json!(null)));
    })
    .await;
}

#[tokio::test]
async fn a_walk_that_nobody_walked_in_the_week_before_says_so() {
    on_both(async |mut app| {
        let n = set_up(&mut app).await;
        let made = walk(&app, &n, json!({"stops": stops(&ROW)})).await;
        let told = |walk: &Value| slugs(walk).contains(&("no_recce".to_owned(), json!(null)));
        assert!(told(&made));
        for (day, late) in [("2026-11-17", true), ("2026-11-18", false), ("2026-11-25", false), ("2026-11-26", true)] {
            let now = app.patch(&at(&n, &made), json!({"recce_day": day})).await.expect(200);
            assert_eq!((told(&now), &now["recce_day"]), (late, &json!(day)), "{day}");
        }
        let found = json!({"recce_found": "  Werken aan de brug. "});
        assert_eq!(app.patch(&at(&n, &made), found).await.expect(200)["recce_found"], "Werken aan de brug.");
        assert_eq!(app.patch(&at(&n, &made), json!({"recce_day": "soon"})).await.field(422), "recce_day");
        let long = json!({"recce_found": "é".repeat(501)});
        assert_eq!(app.patch(&at(&n, &made), long).await.field(422), "recce_found");
        let none = app.patch(&at(&n, &made), json!({"recce_day": "", "recce_found": ""})).await.expect(200);
        assert_eq!((&none["recce_day"], &none["recce_found"]), (&json!(null), &json!(null)));
        assert!(told(&none));
    })
    .await;
}

#[tokio::test]
async fn a_walk_of_more_than_two_hours_is_not_handed_out_until_somebody_decides() {
    on_both(async |mut app| {
        let n = set_up(&mut app).await;
        let slow = json!({"stops": stops(&ROW), "minutes_per_stop": 30});
        let made = walk(&app, &n, slow).await;
        assert_eq!((&made["budget"]["over"], &made["budget"]["override"]), (&json!(true), &json!(false)));
        assert_eq!(made["code"], json!(null));
        assert!(slugs(&made).contains(&("too_long".to_owned(), json!(null))));
        let decided = app.patch(&at(&n, &made), json!({"override": true})).await.expect(200);
        assert_eq!((&decided["budget"]["over"], &decided["budget"]["override"]), (&json!(true), &json!(true)));
        Recorder::join(&app, &decided).await;
    })
    .await;
}

#[tokio::test]
async fn a_place_that_is_removed_stays_the_stop_s_and_is_told() {
    on_both(async |mut app| {
        let n = set_up(&mut app).await;
        let spot = json!({"type": "Point", "coordinates": ROW[1]});
        let place = app.post(&format!("{n}/places"), json!({"name": "Bankje", "geometry": spot})).await.expect(201);
        let stop = json!({"name": "Bij het bankje", "point": ROW[1], "place": place["id"]});
        let made = walk(&app, &n, json!({"stops": [stop]})).await;
        let phone = Recorder::join(&app, &made).await;
        let seen = json!({"stop": made["stops"][0]["id"], "feelings": [0, 1, 2, 0, 0]});
        phone.observe(&Id::new(), &seen).await.expect(201);
        let path = format!("{n}/places/{}", place["id"].as_str().unwrap());
        app.send(Method::DELETE, &path, None).await.expect(204);
        let now = app.get(&at(&n, &made)).await.expect(200);
        assert!(slugs(&now).contains(&("place_removed".to_owned(), json!(1))));
        assert_eq!(now["stops"][0]["place"], json!({"id": place["id"], "name": "Bankje"}));
        let there = app.get(&format!("{n}/observations?place={}", place["id"].as_str().unwrap())).await.expect(200);
        assert_eq!(there["items"][0]["feelings"], json!([0, 1, 2, 0, 0]));
    })
    .await;
}

#[tokio::test]
async fn phones_note_what_they_see_and_all_of_it_comes_together() {
    on_both(async |mut app| {
        let n = set_up(&mut app).await;
        let made = walk(&app, &n, json!({"stops": stops(&ROW)})).await;
        let (one, other) = (Recorder::join(&app, &made).await, Recorder::join(&app, &made).await);
        let stop = made["stops"][1]["id"].clone();
        let seen = json!({
            "stop": stop, "feelings": [0, 2, 1, 0, 0], "scores": {"light": 0, "sight": 2}, "fits": "confirms",
            "what_safe": "de winkel is open", "change": "lamp bij de trap", "light": "dusk", "people_there": 3,
            "quick_win": true
        });
        let (first, second) = (Id::new(), Id::new());
        one.observe(&first, &seen).await.expect(201);
        one.observe(&first, &seen).await.expect(200);
        assert_eq!(other.observe(&first, &seen).await.problem(409), "observation_of_another_device");
        assert_eq!(one.observe(&Id::new(), &seen).await.problem(409), "one_per_stop");
        let nowhere = json!({"stop": Id::new()});
        assert_eq!(one.observe(&Id::new(), &nowhere).await.problem(422), "no_such_stop");
        let odd = json!({"stop": stop, "scores": {"light": 4}});
        assert_eq!(one.observe(&first, &odd).await.field(422), "scores.light");
        let other_seen = json!({"stop": stop, "feelings": [1, 0, 0, 0, 0], "scores": {"light": 1}, "fits": "nuances"});
        other.observe(&second, &other_seen).await.expect(201);
        let read = one.read().await;
        assert_eq!(read["own"][0]["change"], "lamp bij de trap");
        assert_eq!(read["others"], json!([{"stop": stop, "phones": 1, "people": 1}]), "how many, not what");

        let merged = app.get(&format!("{}/observations", at(&n, &made))).await.expect(200);
        let there = &merged["stops"][1];
        assert_eq!(
            (&merged["phones"], &there["phones"], &there["feelings"]),
            (&json!(2), &json!(2), &json!([1, 2, 1, 0, 0]))
        );
        assert_eq!(there["scores"][0], json!({"what": "light", "mean": 0.5, "phones": 2}));
        assert_eq!(there["fits"], json!({"confirms": 1, "nuances": 1, "contradicts": 0}));
        assert_eq!((&there["quick_wins"], there["each"].as_array().unwrap().len()), (&json!(1), 2));
        let counts = app.get(&format!("{n}/counts")).await.expect(200);
        assert!(!counts.to_string().contains("lamp"), "an observation is no pin");

        // The stop is taken out: what was seen there stays readable, and a late phone still notes.
        app.patch(&at(&n, &made), json!({"stops": []})).await.expect(200);
        let third = Recorder::join(&app, &made).await;
        third.observe(&Id::new(), &json!({"stop": stop})).await.expect(201);
        let merged = app.get(&format!("{}/observations", at(&n, &made))).await.expect(200);
        assert_eq!((&merged["stops"][0]["number"], &merged["stops"][0]["phones"]), (&json!(null), &json!(3)));

        let path = format!("/observations/{first}");
        assert_eq!(other.send(Method::DELETE, &path, None).await.problem(409), "observation_of_another_device");
        for _ in 0..2 {
            one.send(Method::DELETE, &path, None).await.expect(204);
        }
        assert_eq!(one.observe(&first, &seen).await.problem(410), "observation_deleted");
        let refused = app.send(Method::DELETE, &at(&n, &made), None).await;
        assert_eq!(refused.problem(409), "walk_has_observations");
        app.send(Method::DELETE, &format!("{}?observations=true", at(&n, &made)), None).await.expect(204);
    })
    .await;
}

#[tokio::test]
async fn those_who_lead_choose_the_stops_and_take_them_back() {
    on_both(async |mut app| {
        let n = set_up(&mut app).await;
        let made = walk(&app, &n, json!({"kind": "youth_led", "stops": stops(&ROW[..1])})).await;
        let phone = Recorder::join(&app, &made).await;
        let own = Id::new();
        let given = json!({"name": "Ons pleintje", "point": ROW[2], "question": "Wat doen we hier graag?"});
        let path = format!("/stops/{own}");
        let walk_now = phone.send(Method::PUT, &path, Some(&given)).await.expect(201);
        assert_eq!(names(&walk_now), ["Stop 1", "Ons pleintje"]);
        assert_eq!(walk_now["stops"][1]["kind"], "chosen");
        let worded = json!({"name": "Ons plein", "point": ROW[2], "question": null});
        let walk_now = phone.send(Method::PUT, &path, Some(&worded)).await.expect(200);
        assert_eq!(names(&walk_now), ["Stop 1", "Ons plein"]);
        let stop = walk_now["stops"][0]["id"].clone();
        let seen = Id::new();
        phone.observe(&seen, &json!({"stop": stop, "keep": "de bank"})).await.expect(201);
        let far = json!({"name": "Ver", "point": [4.9, 52.37], "question": null});
        assert_eq!(phone.send(Method::PUT, &path, Some(&far)).await.problem(422), "stop_far_away");

        phone.send(Method::DELETE, "/given", None).await.expect(204);
        assert_eq!(names(&phone.read().await), ["Stop 1"]);
        let merged = app.get(&format!("{}/observations", at(&n, &made))).await.expect(200);
        assert_eq!(merged["phones"], 0);
        let late = phone.observe(&seen, &json!({"stop": stop, "keep": "de bank"})).await;
        assert_eq!(late.problem(410), "observation_deleted");

        let planned = walk(&app, &n, json!({})).await;
        let phone = Recorder::join(&app, &planned).await;
        assert_eq!(phone.send(Method::PUT, &path, Some(&given)).await.problem(403), "not_allowed");
        assert_eq!(phone.send(Method::DELETE, "/given", None).await.problem(403), "not_allowed");
    })
    .await;
}

/// Lays streets beside a made-up archive: a square of 400 m with stairs across, a street cut off from it, all around 51.06.
fn lay_streets(app: &TestApp) {
    use buurtsignaal::basemap::paths::{Footing, Paths, WalkWay, write};
    use buurtsignaal::basemap::{Feature, Layer, tiles};
    let at = |x: i32, y: i32| [37_120_000 + x * 14, 510_580_000 + y * 9];
    let way = |points: &[(i32, i32)], steps| WalkWay {
        footing: Footing { steps, rough: false },
        line: points.iter().map(|(x, y)| at(*x, *y)).collect(),
    };
    let ways = vec![
        way(&[(0, 0), (4000, 0), (4000, 4000), (0, 4000), (0, 0)], false),
        way(&[(0, 0), (2000, 1500), (4000, 4000)], true),
        way(&[(6000, 0), (8000, 0)], false),
    ];
    let archive = app.app.settings.basemaps().join("streets.pmtiles");
    write(&Paths { ways, crossings: Vec::new() }, &archive).unwrap();
    let lines = geo::LineString::from(vec![(3.70, 51.05), (3.73, 51.07)]);
    let street = Feature {
        layer: Layer::Street,
        class: "minor",
        name: Some("Kerkstraat".to_owned()),
        tunnel: false,
        geometry: lines.into(),
    };
    let bounds = geo::Rect::new((3.70, 51.05), (3.73, 51.07));
    tiles::write(vec![street], bounds, &tiles::Info { name: "streets", attribution: "" }, &archive).unwrap();
    assert_eq!(app.app.basemaps.all().len(), 1);
}

/// A corner of the square of streets, in hundreds of metres or so.
fn corner(x: i32, y: i32) -> [f64; 2] {
    [f64::from(37_120_000 + x * 14) / 1e7, f64::from(510_580_000 + y * 9) / 1e7]
}

#[tokio::test]
async fn the_way_follows_the_streets_in_the_shortest_order() {
    on_both(async |mut app| {
        lay_streets(&app);
        let n = set_up(&mut app).await;
        let spots = [corner(4000, 4000), corner(0, 0), corner(4000, 0), corner(2000, 4000), corner(0, 2000)];
        let made = walk(&app, &n, json!({"stops": stops(&spots)})).await;
        assert_eq!(made["route"]["straight"], false);
        assert!(made["route"]["legs"].as_array().unwrap().iter().all(|leg| leg["straight"] == false));
        let before = made["route"]["length_m"].as_f64().unwrap();
        let ordered = app.post(&format!("{}/order", at(&n, &made)), json!({})).await.expect(200);
        let after = ordered["route"]["length_m"].as_f64().unwrap();
        assert!(after < before, "{before} {after}");
        // Around the square and never twice: 4 sides without the longest piece.
        assert!((1150.0..1500.0).contains(&after), "{after}");
        assert_eq!(ordered["shortcut"]["after"], 3);
        let round = app.patch(&at(&n, &made), json!({"round_trip": true})).await.expect(200);
        assert_eq!(round["route"]["legs"].as_array().unwrap().len(), 5);

        // Without steps it goes around.
        let across = json!({"stops": stops(&[corner(0, 0), corner(4000, 4000)])});
        let stairs = walk(&app, &n, across).await;
        let free = app.patch(&at(&n, &stairs), json!({"step_free": true})).await.expect(200);
        let length = |walk: &Value| walk["route"]["length_m"].as_f64().unwrap();
        assert!(length(&free) > length(&stairs) * 1.2, "{} {}", length(&free), length(&stairs));
    })
    .await;
}

#[tokio::test]
async fn where_there_is_no_way_the_walk_says_so_and_nothing_is_lost() {
    on_both(async |mut app| {
        lay_streets(&app);
        let n = set_up(&mut app).await;
        let water = corner(12_000, 9000);
        let spots = [corner(0, 0), corner(7000, 0), water, corner(4000, 0)];
        let made = walk(&app, &n, json!({"stops": stops(&spots)})).await;
        let told = slugs(&made);
        assert!(told.contains(&("off_paths".to_owned(), json!(3))), "{told:?}");
        assert!(told.contains(&("no_way".to_owned(), json!(2))), "{told:?}");
        let legs = made["route"]["legs"].as_array().unwrap();
        assert!(legs.iter().all(|leg| leg["geometry"].is_null() && leg["straight"] == true), "{legs:?}");
        assert!(legs.iter().all(|leg| leg["length_m"].as_f64().unwrap() > 0.0));
        let ordered = app.post(&format!("{}/order", at(&n, &made)), json!({})).await.expect(200);
        assert_eq!(ordered["stops"].as_array().unwrap().len(), 4);
        let gpx = app.get(&format!("{}/gpx", at(&n, &made))).await.expect(200);
        assert_eq!(gpx.as_str().unwrap().matches("<wpt").count(), 4);
        // Forty are refused, and the four stay.
        let many = app.patch(&at(&n, &made), json!({"stops": stops(&[spots[0]; 40])})).await;
        assert_eq!(many.problem(422), "too_many_stops");
        assert_eq!(app.get(&at(&n, &made)).await.expect(200)["stops"].as_array().unwrap().len(), 4);
    })
    .await;
}

#[tokio::test]
async fn stops_are_proposed_from_places_of_every_kind_and_one_is_left_open() {
    on_both(async |mut app| {
        lay_streets(&app);
        let n = set_up(&mut app).await;
        let nothing = app.post(&format!("{n}/walks/propose"), json!({})).await.expect(200);
        assert_eq!((&nothing["stops"], &nothing["places"]), (&json!([]), &json!(0)));
        let drawn =
            [("Bankje", corner(4000, 2000)), ("Bij de school", corner(0, 4000)), ("Vijver", corner(12_000, 9000))];
        for (name, spot) in drawn {
            let ground = json!({"type": "Point", "coordinates": spot});
            app.post(&format!("{n}/places"), json!({"name": name, "geometry": ground})).await.expect(201);
        }
        let gathering = app.open_gathering(&n, json!({"held_on": "2026-11-10", "pin_budget": null})).await;
        let tablet = app.join(&gathering).await;
        for (feeling, spot) in [("unsafe", corner(0, 0)), ("safe", corner(4000, 4000))] {
            for i in 0..6_i32 {
                let participant = tablet.participant(json!({})).await;
                let near = [spot[0] + f64::from(i) * 1e-5, spot[1]];
                tablet.pin(&participant, feeling, near).await;
                tablet.pin(&participant, feeling, [near[0], near[1] + 1e-4]).await;
            }
            let kept = json!({"name": feeling, "hotspot": {"kind": feeling, "centre": spot}});
            app.post(&format!("{n}/places"), kept).await.expect(201);
        }
        let proposed = app.post(&format!("{n}/walks/propose"), json!({"round_trip": true})).await.expect(200);
        let stops = proposed["stops"].as_array().unwrap();
        let kinds: Vec<_> = stops.iter().map(|stop| stop["kind"].as_str().unwrap()).collect();
        assert_eq!(proposed["places"], 5);
        assert_eq!(stops.len(), 5, "{proposed}");
        assert!(kinds.contains(&"safe") && kinds.contains(&"unsafe"));
        assert_eq!(kinds.iter().filter(|kind| **kind == "chosen").count(), 3, "two drawn, one left open");
        assert_eq!(stops.iter().filter(|stop| stop["place"].is_null()).count(), 1);
        assert!(!proposed.to_string().contains("Vijver"), "nobody stands in the water");
        assert_eq!(proposed["lacking"], json!(["contested"]));
        // From the less safe spot one looks from some distance.
        let looks = stops.iter().find(|stop| stop["kind"] == "unsafe").unwrap();
        let apart = |a: &Value, b: [f64; 2]| {
            ((a[0].as_f64().unwrap() - b[0]) * 70_000.0).hypot((a[1].as_f64().unwrap() - b[1]) * 111_000.0)
        };
        assert!((20.0..70.0).contains(&apart(&looks["point"], corner(0, 0))), "{looks}");
        let again = app.post(&format!("{n}/walks/propose"), json!({"round_trip": true})).await.expect(200);
        assert_eq!(again, proposed);
        let made = walk(&app, &n, json!({"stops": stops, "round_trip": true})).await;
        assert!(slugs(&made).iter().all(|(slug, _)| slug != "off_paths" && slug != "too_long"), "{made}");
        let dark = json!({"selection": "when=dark&mood=1"});
        assert_eq!(app.post(&format!("{n}/walks/propose"), dark).await.problem(400), "bad_selection");
    })
    .await;
}

#[tokio::test]
async fn the_twin_of_a_walk_is_in_the_dark_and_the_other_way_round() {
    on_both(async |mut app| {
        let n = set_up(&mut app).await;
        let made = walk(&app, &n, json!({"stops": stops(&ROW)})).await;
        let twin = app.post(&format!("{}/pair", at(&n, &made)), json!({})).await.expect(201);
        assert_eq!((&twin["sunset"], &twin["start"]), (&json!("16:46"), &json!("17:20")));
        assert_eq!((&twin["pair"]["id"], names(&twin)), (&made["id"], names(&made)));
        assert!(slugs(&twin).contains(&("in_the_dark".to_owned(), json!(null))));
        assert_ne!(twin["stops"][0]["id"], made["stops"][0]["id"]);
        let again = app.get(&at(&n, &made)).await.expect(200);
        assert_eq!((&again["pair"]["id"], &again["pair"]["start"]), (&twin["id"], &json!("17:20")));
        assert_eq!(app.post(&format!("{}/pair", at(&n, &made)), json!({})).await.problem(409), "has_a_pair");
        app.send(Method::DELETE, &at(&n, &twin), None).await.expect(204);
        assert_eq!(app.get(&at(&n, &made)).await.expect(200)["pair"], json!(null));
        let night = walk(&app, &n, json!({"start": "18:00", "stops": stops(&ROW)})).await;
        let day = app.post(&format!("{}/pair", at(&n, &night)), json!({"day": "2026-06-21"})).await.expect(201);
        assert_eq!((&day["sunset"], &day["start"]), (&json!("22:04"), &json!("19:05")));
    })
    .await;
}

#[tokio::test]
async fn a_gpx_file_has_the_way_and_nothing_anybody_said() {
    on_both(async |mut app| {
        lay_streets(&app);
        let n = set_up(&mut app).await;
        let stops = json!([
            {"name": "Kerk & <plein>", "point": corner(0, 0), "kind": "unsafe", "question": "Wie hangt hier rond?"},
            {"name": "De \"Pit\"", "point": corner(4000, 0), "kind": "safe"},
        ]);
        let made = walk(&app, &n, json!({"name": "Rond <het> station", "stops": stops, "round_trip": true})).await;
        let phone = Recorder::join(&app, &made).await;
        let told = json!({"stop": made["stops"][0]["id"], "what_unsafe": "hier is het eng"});
        phone.observe(&Id::new(), &told).await.expect(201);
        let gpx = app.get(&format!("{}/gpx", at(&n, &made))).await.expect(200);
        let gpx = gpx.as_str().unwrap();
        for said in ["unsafe", "safe", "Wie hangt", "eng", "Lotte"] {
            assert!(!gpx.contains(said), "{said}: {gpx}");
        }
        assert!(gpx.contains("<name>1 – Kerk &amp; &lt;plein&gt;</name>"));
        let order: Vec<_> = ["<wpt ", "<rte>", "<trk>"].map(|tag| gpx.find(tag).unwrap()).into();
        assert!(order.is_sorted());
        assert_eq!((gpx.matches("<wpt ").count(), gpx.matches("<rtept ").count()), (2, 3));
        assert!(gpx.matches("<trkpt ").count() >= 3);
        let (opened, closed) = (gpx.matches("<trkseg>").count(), gpx.matches("</trkseg>").count());
        assert_eq!((opened, closed), (1, 1));
        assert_eq!(phone.send(Method::GET, "/gpx", None).await.expect(200).as_str().unwrap(), gpx);
        let headers = app.get_headers(&format!("{}/gpx", at(&n, &made))).await;
        assert_eq!(headers["content-type"], "application/gpx+xml");
        assert_eq!(headers["content-disposition"], "attachment; filename=\"rond-het-station-2026-11-25.gpx\"");
        let slow = app.patch(&at(&n, &made), json!({"minutes_per_stop": 30, "speed_km_h": 0.5})).await.expect(200);
        assert_eq!(slow["code"], json!(null));
        assert_eq!(app.get(&format!("{}/gpx", at(&n, &made))).await.problem(409), "walk_too_long");
    })
    .await;
}

#[tokio::test]
async fn words_and_photos_of_a_walk_are_erased_when_they_were_kept_long_enough_and_numbers_stay() {
    on_both(async |mut app| {
        let n = set_up(&mut app).await;
        let made = walk(&app, &n, json!({"day": "2026-11-17", "stops": stops(&ROW[..2])})).await;
        let phone = Recorder::join(&app, &made).await;
        let (id, stop) = (Id::new(), made["stops"][0]["id"].clone());
        let caption =
            json!({"see": "een muur", "happening": null, "lives": null, "why": " niemand kijkt ", "act": null});
        let told = json!({"stop": stop, "feelings": [0, 1, 0, 0, 0], "change": "lamp bij de trap", "caption": caption});
        phone.observe(&id, &told).await.expect(201);
        assert_eq!(phone.read().await["own"][0]["caption"]["why"], "niemand kijkt");
        let picture = json!({"image": photo(&jpeg(8))["image"]});
        let path = format!("/observations/{id}/photo");
        assert_eq!(phone.send(Method::PUT, &path, Some(&picture)).await.expect(201)["photo"], "waiting");
        assert_eq!(phone.send(Method::PUT, &path, Some(&picture)).await.expect(200)["photo"], "waiting");
        let shown = format!("{}/observations/{id}/photo", at(&n, &made));
        assert_eq!(app.get_bytes(&shown).await.0, 200);
        app.patch(&shown, json!({"status": "approved"})).await.expect(204);
        assert_eq!(phone.read().await["own"][0]["photo"], "approved");

        app.app.forget().await.unwrap();
        assert_eq!(phone.read().await["own"][0]["change"], "lamp bij de trap");
        app.patch(&at(&n, &made), json!({"day": "2026-05-20"})).await.expect(200);
        app.app.forget().await.unwrap();
        let merged = app.get(&format!("{}/observations", at(&n, &made))).await.expect(200);
        let there = &merged["stops"][0];
        assert_eq!((&there["feelings"], &there["each"][0]["change"]), (&json!([0, 1, 0, 0, 0]), &json!(null)));
        assert_eq!(there["each"][0]["caption"], json!(null));
        assert_eq!((&there["each"][0]["photo"], app.get_bytes(&shown).await.0.as_u16()), (&json!(null), 404));
        phone.send(Method::DELETE, &path, None).await.expect(204);
    })
    .await;
}
