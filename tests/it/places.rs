//! Places: an id that stays while pins come, splits and merges, a history that can be read.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Answer, Tablet, TestApp, on_both};

/// Spots of the square some 200 m apart, in a row.
const ROW: [[f64; 2]; 3] = [[3.712, 51.058], [3.715, 51.058], [3.718, 51.058]];
const FAR: [f64; 2] = [3.705, 51.066];

/// So many new people who all feel so at a spot.
async fn people(tablet: &Tablet, how_many: usize, feeling: &str, at: [f64; 2]) {
    for i in 0..how_many {
        let participant = tablet.participant(json!({})).await;
        let turn = i as f64 * 2.4;
        let near = |by: f64| [at[0] + by * turn.cos(), at[1] + by * turn.sin()];
        tablet.pin(&participant, feeling, near(1e-4)).await;
        tablet.pin(&participant, feeling, near(2e-4)).await;
    }
}

async fn set_up(app: &mut TestApp) -> (String, Tablet) {
    app.sign_in_new("lotte@example.org", true).await;
    let n = app.neighbourhood().await;
    let tablet = gathering(app, &n, "2026-11-10").await;
    (n, tablet)
}

async fn gathering(app: &TestApp, n: &str, held_on: &str) -> Tablet {
    app.join(&app.open_gathering(n, json!({"held_on": held_on, "pin_budget": null})).await).await
}

async fn keep(app: &TestApp, n: &str, name: &str, kind: &str, at: [f64; 2]) -> Answer {
    app.post(&format!("{n}/places"), json!({"name": name, "hotspot": {"kind": kind, "centre": at}})).await
}

fn id(place: &Value) -> String {
    place["id"].as_str().unwrap().to_owned()
}

async fn place(app: &TestApp, n: &str, id: &str) -> Value {
    app.get(&format!("{n}/places/{id}")).await.expect(200)
}

async fn history(app: &TestApp, n: &str, id: &str) -> Vec<Value> {
    let told = app.get(&format!("{n}/places/{id}/history")).await.expect(200);
    told["items"].as_array().unwrap().clone()
}

fn what(history: &[Value]) -> Vec<&str> {
    history.iter().map(|entry| entry["what"].as_str().unwrap()).collect()
}

async fn delete(app: &TestApp, path: &str) -> Answer {
    app.send(Method::DELETE, path, None).await
}

#[tokio::test]
async fn a_kept_hotspot_keeps_its_id_while_pins_come() {
    on_both(async |mut app| {
        let (n, tablet) = set_up(&mut app).await;
        people(&tablet, 6, "unsafe", ROW[0]).await;
        let kept = keep(&app, &n, " Spoorbrug ", "unsafe", ROW[0]).await.expect(201);
        let told = &kept["properties"];
        assert_eq!(
            (&told["name"], &told["origin"], &told["state"], &told["kind"]),
            (&json!("Spoorbrug"), &json!("hotspot"), &json!("found"), &json!("unsafe"))
        );
        assert_eq!(kept["geometry"]["type"], "Polygon");
        let picture = &told["picture"];
        assert_eq!(
            (&told["day"], &picture["people"], &picture["everyone"]),
            (&json!("2026-11-10"), &json!(6), &json!(6))
        );
        assert_eq!((&picture["people_unsafe"], &picture["people_safe"]), (&json!(6), &json!(null)), "few stay unsaid");
        let again = keep(&app, &n, "Nog eens", "unsafe", ROW[0]).await;
        assert_eq!(again.problem(409), "already_kept");

        // The same evening goes on: the picture of the day is brought up to date, however often somebody looks.
        people(&tablet, 2, "unsafe", [ROW[0][0] + 3e-4, ROW[0][1]]).await;
        let list = app.get(&format!("{n}/places")).await.expect(200);
        assert_eq!((&list["type"], &list["next"]), (&json!("FeatureCollection"), &json!(null)));
        assert_eq!(list["features"].as_array().unwrap().len(), 1);
        assert_eq!(list["features"][0]["id"], kept["id"]);
        assert_eq!(list["features"][0]["properties"]["picture"]["people"], 8);
        assert_eq!(what(&history(&app, &n, &id(&kept)).await), ["counted", "kept"]);

        // Another evening, on which people also feel safe there.
        let later = gathering(&app, &n, "2026-11-12").await;
        people(&later, 8, "safe", ROW[0]).await;
        let now = place(&app, &n, &id(&kept)).await;
        assert_eq!((&now["id"], &now["properties"]["kind"]), (&kept["id"], &json!("contested")));
        app.patch(&format!("{n}/places/{}", id(&kept)), json!({"name": "Onder de brug"})).await.expect(200);

        let told = history(&app, &n, &id(&kept)).await;
        assert_eq!(what(&told), ["counted", "changed", "kept", "renamed"]);
        assert_eq!((&told[0]["day"], &told[0]["picture"]["people"]), (&json!("2026-11-10"), &json!(8)));
        assert_eq!((&told[1]["day"], &told[1]["kind_before"]), (&json!("2026-11-12"), &json!("unsafe")));
        assert_eq!((&told[1]["picture"]["people_safe"], &told[1]["picture"]["people"]), (&json!(8), &json!(16)));
        assert_eq!((&told[2]["at"], &told[2]["day"]), (&json!("2026-11-17T18:30:00Z"), &json!(null)));
        assert_eq!(told[2]["picture"]["people"], 6, "what was kept");
        assert_eq!((&told[3]["name_before"], &told[3]["name"]), (&json!("Spoorbrug"), &json!("Onder de brug")));
        assert!(!serde_json::to_string(&told).unwrap().contains("participant"));
    })
    .await;
}

#[tokio::test]
async fn a_hotspot_says_which_place_it_is() {
    on_both(async |mut app| {
        let (n, tablet) = set_up(&mut app).await;
        people(&tablet, 6, "unsafe", ROW[0]).await;
        let path = format!("{n}/hotspots?feeling=unsafe");
        let place = async || app.get(&path).await.expect(200)["features"][0]["properties"]["place"].clone();
        assert_eq!(place().await, Value::Null);
        let (_, etag) = app.get_known(&path, None).await;
        let kept = keep(&app, &n, "Spoorbrug", "unsafe", ROW[0]).await.expect(201);
        assert_ne!(app.get_known(&path, Some(&etag)).await.1, etag);
        assert_eq!(place().await, json!({"id": kept["id"], "name": "Spoorbrug"}));
        app.patch(&format!("{n}/places/{}", id(&kept)), json!({"name": "Onder de brug"})).await.expect(200);
        assert_eq!(place().await["name"], "Onder de brug");
        delete(&app, &format!("{n}/places/{}", id(&kept))).await.expect(204);
        assert_eq!(place().await, Value::Null);
    })
    .await;
}

#[tokio::test]
async fn a_look_that_finds_nothing_new_writes_nothing() {
    on_both(async |mut app| {
        let (n, tablet) = set_up(&mut app).await;
        app.patch(&n, json!({"sigma_m": 83.333_333_333_333_33})).await.expect(200);
        people(&tablet, 7, "unsafe", ROW[0]).await;
        let kept = keep(&app, &n, "Spoorbrug", "unsafe", ROW[0]).await.expect(201);
        let first = buurtsignaal::places::store::pictures(&app.app.db, &parsed(&kept)).await.unwrap();
        app.later(60_000);
        let now = place(&app, &n, &id(&kept)).await;
        assert_eq!(now["properties"]["changed_at"], "2026-11-17T18:30:00Z");
        assert_eq!(buurtsignaal::places::store::pictures(&app.app.db, &parsed(&kept)).await.unwrap(), first);
        people(&tablet, 1, "unsafe", ROW[0]).await;
        let now = place(&app, &n, &id(&kept)).await;
        assert_eq!(now["properties"]["changed_at"], "2026-11-17T18:31:00Z");
    })
    .await;
}

fn parsed(place: &Value) -> buurtsignaal::id::Id {
    buurtsignaal::id::Id::parse("id", place["id"].as_str().unwrap()).unwrap()
}

#[tokio::test]
async fn the_verdict_of_a_date_is_remembered() {
    on_both(async |mut app| {
        let (n, tablet) = set_up(&mut app).await;
        for _ in 0..20 {
            let participant = tablet.participant(json!({})).await;
            tablet.pin(&participant, "unsafe", ROW[0]).await;
            tablet.pin(&participant, "safe", FAR).await;
        }
        let hotspots = app.get(&format!("{n}/hotspots?wait_ms=10000")).await.expect(200);
        let verdict = &hotspots["features"][0]["properties"]["verdict"];
        assert_eq!(verdict, "signal", "{}", hotspots["method"]);
        let kept = keep(&app, &n, "Spoorbrug", "unsafe", ROW[0]).await.expect(201);
        assert_eq!(&kept["properties"]["picture"]["verdict"], verdict);
        let told = history(&app, &n, &id(&kept)).await;
        assert!(told.iter().all(|entry| &entry["picture"]["verdict"] == verdict), "{told:?}");
    })
    .await;
}

#[tokio::test]
async fn evenings_on_which_nobody_looked_are_caught_up_with() {
    on_both(async |mut app| {
        let (n, tablet) = set_up(&mut app).await;
        people(&tablet, 6, "unsafe", ROW[0]).await;
        let kept = keep(&app, &n, "Spoorbrug", "unsafe", ROW[0]).await.expect(201);
        for date in ["2026-11-12", "2026-11-14", "2026-11-16"] {
            people(&gathering(&app, &n, date).await, 2, "unsafe", ROW[0]).await;
        }
        let told = history(&app, &n, &id(&kept)).await;
        let days: Vec<_> = told.iter().map(|e| (e["day"].as_str(), e["picture"]["people"].as_i64().unwrap())).collect();
        assert_eq!(
            days,
            [
                (Some("2026-11-10"), 6),
                (Some("2026-11-12"), 8),
                (Some("2026-11-14"), 10),
                (Some("2026-11-16"), 12),
                (None, 6)
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn what_is_gone_is_told_and_comes_back() {
    on_both(async |mut app| {
        let (n, tablet) = set_up(&mut app).await;
        people(&tablet, 8, "safe", FAR).await;
        let later = gathering(&app, &n, "2026-11-12").await;
        let mut pins = Vec::new();
        for i in 0..6 {
            let participant = later.participant(json!({})).await;
            pins.push((
                later.pin(&participant, "unsafe", [ROW[0][0] + f64::from(i) * 1e-5, ROW[0][1]]).await,
                participant,
            ));
        }
        let kept = keep(&app, &n, "Spoorbrug", "unsafe", ROW[0]).await.expect(201);
        for (pin, participant) in &pins[1..] {
            later.delete_pin(pin).await.expect(204);
            later.pin(participant, "safe", FAR).await;
        }
        let now = place(&app, &n, &id(&kept)).await;
        assert_eq!((&now["properties"]["state"], &now["properties"]["picture"]), (&json!("lost"), &json!(null)));
        assert_eq!(now["properties"]["kind"], "unsafe", "what it was kept as");
        assert_eq!(what(&history(&app, &n, &id(&kept)).await), ["lost", "kept"]);

        people(&gathering(&app, &n, "2026-11-14").await, 6, "unsafe", ROW[0]).await;
        assert_eq!(place(&app, &n, &id(&kept)).await["properties"]["state"], "found");
        assert_eq!(what(&history(&app, &n, &id(&kept)).await), ["lost", "found", "kept"]);
    })
    .await;
}

#[tokio::test]
async fn a_date_without_a_pin_any_more_leaves_no_picture() {
    on_both(async |mut app| {
        let (n, tablet) = set_up(&mut app).await;
        people(&tablet, 6, "unsafe", ROW[0]).await;
        let kept = keep(&app, &n, "Spoorbrug", "unsafe", ROW[0]).await.expect(201);
        let later = gathering(&app, &n, "2026-11-12").await;
        let participant = later.participant(json!({})).await;
        let pin = later.pin(&participant, "unsafe", ROW[0]).await;
        let days = async || {
            let told = history(&app, &n, &id(&kept)).await;
            told.iter().filter_map(|entry| entry["day"].as_str().map(str::to_owned)).collect::<Vec<_>>()
        };
        assert_eq!(days().await, ["2026-11-10", "2026-11-12"]);
        later.delete_pin(&pin).await.expect(204);
        assert_eq!(days().await, ["2026-11-10"]);
    })
    .await;
}

#[tokio::test]
async fn a_place_that_splits_keeps_its_id_and_the_rest_can_be_kept() {
    on_both(async |mut app| {
        let (n, tablet) = set_up(&mut app).await;
        // A long hotspot over three spots.
        for at in &ROW {
            people(&tablet, 4, "unsafe", *at).await;
        }
        for between in [3.7135, 3.7165] {
            people(&tablet, 4, "unsafe", [between, ROW[0][1]]).await;
        }
        let long = app.get(&format!("{n}/hotspots")).await.expect(200);
        assert_eq!(long["features"].as_array().unwrap().len(), 1, "{long}");
        let centre = serde_json::from_value(long["features"][0]["properties"]["centre"].clone()).unwrap();
        let kept = keep(&app, &n, "Stationsstraat", "unsafe", centre).await.expect(201);
        assert_eq!(kept["properties"]["parts"], json!([]));

        // Later, many speak of its two ends.
        let later = gathering(&app, &n, "2026-11-12").await;
        people(&later, 25, "unsafe", [3.7115, ROW[0][1]]).await;
        people(&later, 18, "unsafe", [3.7182, ROW[0][1]]).await;
        let now = place(&app, &n, &id(&kept)).await;
        let parts = now["properties"]["parts"].as_array().unwrap();
        assert_eq!((now["properties"]["state"].as_str(), parts.len()), (Some("found"), 1), "{now}");
        let told = history(&app, &n, &id(&kept)).await;
        let split = told.iter().find(|entry| entry["what"] == "split").unwrap();
        assert_eq!((&split["day"], &split["parts"]), (&json!("2026-11-12"), &json!(parts)));

        let part = serde_json::from_value(parts[0]["centre"].clone()).unwrap();
        let other = keep(&app, &n, "Hoek van de Stationsstraat", "unsafe", part).await.expect(201);
        assert_ne!(other["id"], kept["id"]);
        assert_eq!(place(&app, &n, &id(&kept)).await["properties"]["parts"], json!([]));
        let told = history(&app, &n, &id(&other)).await;
        let first = told.iter().find(|entry| entry["what"] == "kept").unwrap();
        assert_eq!(first["others"], json!([{"id": kept["id"], "name": "Stationsstraat"}]), "split from");
        let told = history(&app, &n, &id(&kept)).await;
        let last = told.last().unwrap();
        assert_eq!(
            (&last["what"], &last["others"]),
            (&json!("split_off"), &json!([{"id": other["id"], "name": "Hoek van de Stationsstraat"}]))
        );
    })
    .await;
}

#[tokio::test]
async fn places_that_merge_both_stay_and_know_of_each_other() {
    on_both(async |mut app| {
        let (n, tablet) = set_up(&mut app).await;
        let ends = [ROW[0], [3.7165, ROW[0][1]]];
        for end in ends {
            people(&tablet, 7, "unsafe", end).await;
        }
        let hotspots = app.get(&format!("{n}/hotspots")).await.expect(200);
        let found = hotspots["features"].as_array().unwrap();
        assert_eq!(found.len(), 2, "{hotspots}");
        let mut ids = Vec::new();
        for (name, hotspot) in ["West", "Oost"].into_iter().zip(found) {
            let centre = serde_json::from_value(hotspot["properties"]["centre"].clone()).unwrap();
            ids.push(id(&keep(&app, &n, name, "unsafe", centre).await.expect(201)));
        }
        let later = gathering(&app, &n, "2026-11-12").await;
        people(&later, 12, "unsafe", [f64::midpoint(ends[0][0], ends[1][0]), ends[0][1]]).await;
        for (at, other) in [(0, 1), (1, 0)] {
            let now = place(&app, &n, &ids[at]).await;
            assert_eq!(now["properties"]["state"], "found");
            assert_eq!(now["properties"]["together"][0]["id"], ids[other]);
            let told = history(&app, &n, &ids[at]).await;
            let merged = told.iter().find(|entry| entry["what"] == "merged").unwrap();
            assert_eq!((&merged["day"], &merged["others"][0]["id"]), (&json!("2026-11-12"), &json!(ids[other])));
        }
    })
    .await;
}

#[tokio::test]
async fn a_drawn_spot_waits_for_a_signal() {
    on_both(async |mut app| {
        let (n, tablet) = set_up(&mut app).await;
        let spot = json!({"name": "Bankje", "geometry": {"type": "Point", "coordinates": ROW[0]}});
        let early = app.post(&format!("{n}/places"), spot).await.expect(201);
        assert_eq!(
            (&early["properties"]["state"], &early["properties"]["kind"], &early["properties"]["origin"]),
            (&json!("unknown"), &json!(null), &json!("drawn"))
        );
        people(&tablet, 7, "safe", FAR).await;
        let now = place(&app, &n, &id(&early)).await;
        assert_eq!((&now["properties"]["state"], &now["geometry"]["type"]), (&json!("unseen"), &json!("Point")));
        people(&gathering(&app, &n, "2026-11-12").await, 7, "safe", ROW[0]).await;
        let now = place(&app, &n, &id(&early)).await;
        assert_eq!((&now["properties"]["state"], &now["properties"]["kind"]), (&json!("found"), &json!("safe")));
        assert_eq!(now["geometry"], early["geometry"], "it stays where it was drawn");
        assert_eq!(what(&history(&app, &n, &id(&early)).await), ["found", "kept"]);
    })
    .await;
}

#[tokio::test]
async fn a_selection_may_be_kept_from() {
    on_both(async |mut app| {
        let (n, tablet) = set_up(&mut app).await;
        people(&tablet, 6, "unsafe", ROW[0]).await;
        let new = json!({"name": "Spoorbrug", "hotspot": {"kind": "unsafe", "centre": ROW[0]}});
        app.post(&format!("{n}/places?feeling=safe"), new.clone()).await.expect(422);
        let kept = app.post(&format!("{n}/places?feeling=unsafe&sigma_m=60"), new).await.expect(201);
        let told = history(&app, &n, &id(&kept)).await;
        assert_eq!(
            (&told[1]["selection"], &told[1]["picture"]["sigma_m"]),
            (&json!("feeling=unsafe&sigma_m=60"), &json!(60.0))
        );
        assert_eq!(told[0]["picture"]["sigma_m"], 100.0);
    })
    .await;
}

#[tokio::test]
async fn a_removed_place_leaves_the_list_and_its_history_stays() {
    on_both(async |mut app| {
        let (n, tablet) = set_up(&mut app).await;
        people(&tablet, 6, "unsafe", ROW[0]).await;
        let kept = keep(&app, &n, "Spoorbrug", "unsafe", ROW[0]).await.expect(201);
        let path = format!("{n}/places/{}", id(&kept));
        delete(&app, &path).await.expect(204);
        delete(&app, &path).await.expect(204);
        assert_eq!(app.get(&format!("{n}/places")).await.expect(200)["features"], json!([]));
        let removed = app.get(&path).await.expect(200);
        assert_eq!(
            (&removed["properties"]["state"], &removed["properties"]["name"]),
            (&json!("removed"), &json!("Spoorbrug"))
        );
        assert_eq!(app.patch(&path, json!({"name": "Toch"})).await.problem(410), "place_removed");
        assert_eq!(what(&history(&app, &n, &id(&kept)).await), ["counted", "kept", "removed"]);
        let again = keep(&app, &n, "Spoorbrug", "unsafe", ROW[0]).await.expect(201);
        assert_ne!(again["id"], kept["id"]);
    })
    .await;
}

#[tokio::test]
async fn bad_places_are_refused_by_name() {
    on_both(async |mut app| {
        let (n, tablet) = set_up(&mut app).await;
        people(&tablet, 6, "unsafe", ROW[0]).await;
        let places = format!("{n}/places");
        let there = json!({"kind": "unsafe", "centre": ROW[0]});
        let spot = json!({"type": "Point", "coordinates": ROW[0]});
        for (new, status, field) in [
            (json!({"name": "x", "hotspot": {"kind": "unsafe", "centre": FAR}}), 422, "hotspot"),
            (json!({"name": "x", "hotspot": {"kind": "safe", "centre": ROW[0]}}), 422, "hotspot"),
            (json!({"name": "x", "hotspot": {"kind": "mixed", "centre": ROW[0]}}), 400, "hotspot.kind"),
            (json!({"name": "x", "hotspot": {"kind": "safe"}}), 400, "hotspot.centre"),
            (json!({"name": "x"}), 400, "hotspot"),
            (json!({"name": "x", "hotspot": there, "geometry": spot}), 400, "hotspot"),
            (json!({"name": "", "hotspot": there}), 422, "name"),
            (json!({"name": "x".repeat(121), "hotspot": there}), 422, "name"),
            (json!({"name": "a\u{7}b", "hotspot": there}), 422, "name"),
            (json!({"name": "a\nb", "geometry": spot}), 422, "name"),
            (json!({"geometry": spot}), 400, "name"),
            (json!({"hotspot": there}), 422, "name"),
            (json!({"name": "x", "geometry": {"type": "Point", "coordinates": [4.2, 51.06]}}), 422, "geometry"),
            (
                json!({"name": "x", "geometry": {"type": "LineString", "coordinates": [ROW[0], ROW[1]]}}),
                422,
                "geometry",
            ),
            (json!({"name": "x", "geometry": spot, "people": 12}), 400, "people"),
        ] {
            assert_eq!(app.post(&places, new.clone()).await.field(status), field, "{new}");
        }
        assert_eq!(
            app.post(&format!("{places}?colour=red"), json!({"name": "x", "hotspot": there})).await.field(400),
            "colour"
        );
        let kept = keep(&app, &n, "Spoorbrug", "unsafe", ROW[0]).await.expect(201);
        let path = format!("{places}/{}", id(&kept));
        for name in ["", "   ", "a\tb", &"x".repeat(121)] {
            assert_eq!(app.patch(&path, json!({"name": name})).await.field(422), "name");
        }
        assert_eq!(app.patch(&path, json!({})).await.field(400), "name");
        app.get(&format!("{places}/none")).await.expect(422);
        app.get(&format!("{places}?cursor=none")).await.expect(400);
    })
    .await;
}

#[tokio::test]
async fn a_place_of_another_neighbourhood_is_not_there() {
    on_both(async |mut app| {
        let (n, tablet) = set_up(&mut app).await;
        people(&tablet, 6, "unsafe", ROW[0]).await;
        let kept = keep(&app, &n, "Spoorbrug", "unsafe", ROW[0]).await.expect(201);
        let other = app.neighbourhood().await;
        let path = format!("{other}/places/{}", id(&kept));
        for answer in [
            app.get(&path).await,
            app.get(&format!("{path}/history")).await,
            app.patch(&path, json!({"name": "Mijn"})).await,
            delete(&app, &path).await,
        ] {
            assert_eq!(answer.problem(404), "not_found");
        }
        assert_eq!(place(&app, &n, &id(&kept)).await["properties"]["name"], "Spoorbrug");
    })
    .await;
}

#[tokio::test]
async fn many_places_come_in_pages_and_have_an_end() {
    on_both(async |mut app| {
        let (n, _) = set_up(&mut app).await;
        let places = format!("{n}/places");
        let spot = |i: usize| {
            json!({"name": format!("Plek {i:03}"), "geometry": {"type": "Point", "coordinates": [3.701 + i as f64 * 1e-4, 51.06]}})
        };
        for i in 0..200 {
            app.post(&places, spot(i)).await.expect(201);
        }
        assert_eq!(app.post(&places, spot(200)).await.problem(409), "too_many_places");
        let (mut seen, mut path) = (BTreeSet::new(), places.clone());
        for _ in 0..2 {
            let page = app.get(&path).await.expect(200);
            seen.extend(page["features"].as_array().unwrap().iter().map(id));
            path = format!("{places}?cursor={}", page["next"].as_str().unwrap_or_default());
        }
        assert_eq!((seen.len(), path), (200, format!("{places}?cursor=")));
    })
    .await;
}
