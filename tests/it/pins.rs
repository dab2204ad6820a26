//! Pins: put again and again, edited and deleted by their own device only, and nothing bad gets in.

use reqwest::Method;
use serde_json::json;

use crate::support::{Workshop, new_browser, on_both, pin};
use buurtsignaal::id::Id;

const MIDDLE: [f64; 2] = [3.715, 51.06];

#[tokio::test]
async fn the_same_pin_sent_again_is_one_pin_and_another_body_edits_it() {
    on_both(async |mut app| {
        let Workshop { n, tablet, participant, .. } = app.workshop(json!({})).await;
        let id = Id::new().to_string();
        let body = pin(&participant, "unsafe", MIDDLE);

        let first = tablet.put_pin(&id, &body).await.expect(201);
        let again = futures_util::future::join_all((0..10).map(|_| tablet.put_pin(&id, &body))).await;
        for answer in again {
            assert_eq!(answer.expect(200), first);
        }
        tablet.put_pin(&id, &pin(&participant, "safe", MIDDLE)).await.expect(200);

        let tally = app.get(&format!("{n}/gatherings")).await.expect(200);
        assert_eq!((tally["items"][0]["people"].as_i64(), tally["items"][0]["pins"].as_i64()), (Some(1), Some(1)));
        let export = app.get(&format!("{n}/pins")).await.expect(200);
        assert_eq!(export["features"][0]["properties"]["feeling"], "safe");
    })
    .await;
}

#[tokio::test]
async fn only_its_own_device_changes_a_pin_and_a_deleted_one_stays_deleted() {
    on_both(async |mut app| {
        app.sign_in_new("lotte@example.org", true).await;
        let n = app.neighbourhood().await;
        let gathering = app.open_gathering(&n, json!({})).await;
        let (mine, other) = (app.join(&gathering).await, app.join(&gathering).await);
        let (me, them) = (mine.participant(json!({})).await, other.participant(json!({})).await);
        let id = mine.pin(&me, "unsafe", MIDDLE).await;

        assert_eq!(other.put_pin(&id, &pin(&them, "safe", MIDDLE)).await.problem(409), "pin_of_another_device");
        assert_eq!(other.delete_pin(&id).await.problem(409), "pin_of_another_device");
        assert_eq!(
            other.put_pin(&Id::new().to_string(), &pin(&me, "safe", MIDDLE)).await.problem(404),
            "unknown_participant"
        );
        let export = app.get(&format!("{n}/pins")).await.expect(200);
        assert_eq!(export["features"][0]["properties"]["feeling"], "unsafe", "the first is kept");

        mine.delete_pin(&id).await.expect(204);
        mine.delete_pin(&id).await.expect(204);
        assert_eq!(mine.put_pin(&id, &pin(&me, "unsafe", MIDDLE)).await.problem(410), "pin_deleted");
        assert_eq!(app.get(&format!("{n}/pins")).await.expect(200)["features"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn a_closed_gathering_takes_nothing_and_a_budget_is_kept() {
    on_both(async |mut app| {
        let Workshop { n, gathering, tablet, participant } = app.workshop(json!({"pin_budget": 2})).await;
        let first = tablet.pin(&participant, "unsafe", MIDDLE).await;
        tablet.pin(&participant, "safe", MIDDLE).await;
        let third = pin(&participant, "safe", MIDDLE);
        assert_eq!(tablet.put_pin(&Id::new().to_string(), &third).await.problem(409), "budget_spent");
        tablet.put_pin(&first, &third).await.expect(200);
        tablet.delete_pin(&first).await.expect(204);
        tablet.pin(&participant, "safe", MIDDLE).await;

        let path = format!("{n}/gatherings/{}", gathering["id"].as_str().unwrap());
        app.patch(&path, json!({"phase": "closed"})).await.expect(200);
        assert_eq!(tablet.put_pin(&first, &third).await.problem(409), "gathering_not_open");
        assert_eq!(tablet.delete_pin(&first).await.problem(409), "gathering_not_open");
        let who = json!({"age": "45_64"});
        let late = tablet.send(Method::PUT, &format!("/participants/{participant}"), Some(&who)).await;
        assert_eq!(late.problem(409), "gathering_not_open");
    })
    .await;
}

#[tokio::test]
async fn bad_pins_are_refused_by_name_and_change_nothing() {
    on_both(async |mut app| {
        let Workshop { n, tablet, participant, .. } =
            app.workshop(json!({"questions": ["when", "themes", "effect", "comment"]})).await;
        let id = tablet.pin(&participant, "unsafe", MIDDLE).await;
        let with = |key: &str, value: serde_json::Value| {
            let mut body = pin(&participant, "safe", MIDDLE);
            body["properties"][key] = value;
            body
        };
        let cases = [
            (with("themes", json!(["lamps"])), 400, "properties.themes[0]"),
            (with("themes", json!(["light", "sight", "noise", "path"])), 422, "properties.themes"),
            (with("themes", json!(["light", "light"])), 422, "properties.themes"),
            (with("feeling", json!("angry")), 400, "properties.feeling"),
            (with("intensity", json!(4)), 422, "properties.intensity"),
            (with("radius_m", json!(1e9)), 400, "properties.radius_m"),
            (with("radius_m", json!(30)), 422, "properties.radius_m"),
            (with("comment", json!("x".repeat(281))), 422, "properties.comment"),
            (with("comment", json!("a\u{0}b")), 422, "properties.comment"),
            (with("help", json!("een lamp")), 422, "properties.help"),
            (with("participant", json!("A1")), 400, "properties.participant"),
            (with("lang", json!("<script>")), 422, "properties.lang"),
            (pin(&participant, "safe", [5.0, 51.0]), 422, "geometry"),
            (pin(&participant, "safe", [51.06, 3.715]), 422, "geometry"),
            (json!({"type": "Feature", "properties": {}}), 400, "properties.participant"),
        ];
        for (body, status, field) in cases {
            assert_eq!(tablet.put_pin(&id, &body).await.field(status), field, "{body}");
        }
        for (text, field) in [
            (r#"{"geometry":{"type":"Point","coordinates":[NaN,51.06]}}"#, "geometry.coordinates[0]"),
            (r#"{"geometry":{"type":"Point","coordinates":[1e999,51.06]}}"#, "geometry.coordinates[0]"),
            (r#"{"geometry":{"type":"Line","coordinates":[1,2]}}"#, "geometry.type"),
            ("", "body"),
            ("{} {}", "geometry"),
        ] {
            assert_eq!(raw(&app.address, &tablet, &id, text.as_bytes().to_vec()).await.1, field, "{text}");
        }
        let not_utf8 = [br#"{"geometry":""#.as_slice(), &[0xff, 0xfe], br#""}"#].concat();
        assert_eq!(raw(&app.address, &tablet, &id, not_utf8).await, (400, "body".to_owned()));
        let huge = with("comment", json!("x".repeat(10 << 20))).to_string().into_bytes();
        assert_eq!(raw(&app.address, &tablet, &id, huge).await, (413, "properties.comment".to_owned()));

        let export = app.get(&format!("{n}/pins")).await.expect(200);
        assert_eq!(export["features"][0]["properties"]["feeling"], "unsafe", "the pin that was there is untouched");
        assert_eq!(export["features"].as_array().unwrap().len(), 1);
    })
    .await;
}

/// A pin of another geometry than a point.
fn shape(participant: &str, kind: &str, coordinates: &serde_json::Value) -> serde_json::Value {
    let mut body = pin(participant, "unsafe", MIDDLE);
    body["geometry"] = json!({"type": kind, "coordinates": coordinates});
    body
}

#[tokio::test]
async fn a_route_and_an_area_come_back_as_put_and_leave_rounded() {
    on_both(async |mut app| {
        let Workshop { n, tablet, participant, .. } = app.workshop(json!({})).await;
        let route = json!([[3.712_000_1, 51.058_000_2], [3.714_999_9, 51.060_123_4], [3.718_111_1, 51.060_000_1]]);
        // Wound the other way than RFC 7946 asks.
        let area =
            json!([[[3.7121, 51.0581], [3.7121, 51.0601], [3.7151, 51.0601], [3.7151, 51.0581], [3.7121, 51.0581]]]);
        let id = Id::new().to_string();
        let put = tablet.put_pin(&id, &shape(&participant, "LineString", &route)).await.expect(201);
        assert_eq!(put["geometry"], json!({"type": "LineString", "coordinates": route}));
        assert_eq!(tablet.put_pin(&id, &shape(&participant, "LineString", &route)).await.expect(200), put);
        let export = app.get(&format!("{n}/pins")).await.expect(200);
        let rounded = json!([[3.712, 51.058], [3.715, 51.0601], [3.7181, 51.06]]);
        assert_eq!(export["features"][0]["geometry"], json!({"type": "LineString", "coordinates": rounded}));

        let put = tablet.put_pin(&id, &shape(&participant, "Polygon", &area)).await.expect(200);
        assert_eq!(put["geometry"], json!({"type": "Polygon", "coordinates": area}));
        let export = app.get(&format!("{n}/pins")).await.expect(200);
        let ring = export["features"][0]["geometry"]["coordinates"][0].as_array().unwrap();
        assert_eq!((ring.len(), &ring[0]), (5, &ring[4]));
        assert!(ring.contains(&json!([3.7151, 51.0581])));
        let of = |i: usize, axis: usize| ring[i][axis].as_f64().unwrap();
        let twice: f64 = (0..4).map(|i| of(i, 0) * of(i + 1, 1) - of(i + 1, 0) * of(i, 1)).sum();
        assert!(twice > 0.0, "the outside runs counterclockwise");

        // Edited back to a point, nothing of the area stays.
        tablet.put_pin(&id, &pin(&participant, "safe", MIDDLE)).await.expect(200);
        let export = app.get(&format!("{n}/pins")).await.expect(200);
        assert_eq!(export["features"][0]["geometry"], json!({"type": "Point", "coordinates": MIDDLE}));
    })
    .await;
}

#[tokio::test]
async fn a_narrow_area_leaves_as_a_sound_one() {
    on_both(async |mut app| {
        let Workshop { n, tablet, participant, .. } = app.workshop(json!({})).await;
        // 5 m wide and 111 m long: rounded to 10 m its sides fall together.
        let narrow =
            json!([[[3.71501, 51.058], [3.71508, 51.058], [3.71508, 51.059], [3.71501, 51.059], [3.71501, 51.058]]]);
        tablet.put_pin(Id::new().as_str(), &shape(&participant, "Polygon", &narrow)).await.expect(201);
        let export = app.get(&format!("{n}/pins")).await.expect(200);
        let ring = export["features"][0]["geometry"]["coordinates"][0].as_array().unwrap();
        let corners: std::collections::HashSet<String> = ring.iter().map(ToString::to_string).collect();
        assert_eq!((ring.len(), corners.len()), (5, 4), "{ring:?}");
    })
    .await;
}

#[tokio::test]
async fn bad_lines_and_areas_are_refused_by_name_and_change_nothing() {
    on_both(async |mut app| {
        let Workshop { n, tablet, participant, .. } = app.workshop(json!({})).await;
        let id = tablet.pin(&participant, "unsafe", MIDDLE).await;
        let many: serde_json::Value = (0..200).map(|i| json!([3.715 + f64::from(i) * 1e-6, 51.06])).collect();
        let bow = json!([[[3.712, 51.058], [3.715, 51.06], [3.715, 51.058], [3.712, 51.06], [3.712, 51.058]]]);
        let ring = json!([[3.712, 51.058], [3.715, 51.058], [3.715, 51.06], [3.712, 51.058]]);
        for (kind, coordinates, status, field) in [
            ("MultiLineString", json!([]), 400, "geometry.type"),
            ("LineString", json!([3.715, 51.06]), 400, "geometry"),
            ("LineString", json!([["a", 51.06], [3.715, 51.06]]), 400, "geometry"),
            ("LineString", json!(null), 400, "geometry"),
            ("Polygon", json!([[3.715, 51.06], [3.716, 51.06]]), 400, "geometry"),
            ("LineString", json!([]), 422, "geometry.coordinates"),
            ("LineString", json!([[3.715, 51.06], [3.715, 51.06]]), 422, "geometry.coordinates"),
            ("LineString", json!([[3.715, 51.06], [3.71501, 51.06]]), 422, "geometry.coordinates"),
            ("LineString", many, 422, "geometry.coordinates"),
            ("LineString", json!([[3.715, 51.06], [5.0, 51.0]]), 422, "geometry.coordinates[1]"),
            ("LineString", json!([[51.06, 103.715], [3.715, 51.06]]), 422, "geometry.coordinates[0]"),
            ("Polygon", json!([]), 422, "geometry.coordinates[0]"),
            ("Polygon", bow, 422, "geometry.coordinates[0]"),
            ("Polygon", json!([[ring[0], ring[1], ring[2]]]), 422, "geometry.coordinates[0]"),
            ("Polygon", json!([ring, ring]), 422, "geometry.coordinates"),
        ] {
            let answer = tablet.put_pin(&id, &shape(&participant, kind, &coordinates)).await;
            let found = answer.field(status);
            assert!(found == field || (status == 400 && found.starts_with("geometry")), "{found} {kind} {coordinates}");
        }
        let export = app.get(&format!("{n}/pins")).await.expect(200);
        assert_eq!(export["features"][0]["geometry"], json!({"type": "Point", "coordinates": MIDDLE}));
    })
    .await;
}

#[tokio::test]
async fn words_and_who_said_them_are_erased_when_kept_long_enough() {
    on_both(async |mut app| {
        app.sign_in_new("lotte@example.org", true).await;
        let n = app.neighbourhood().await;
        app.patch(&n, json!({"retention_days": 30})).await.expect(200);
        for (day, themes) in [("2026-10-17", "light"), ("2026-10-18", "noise")] {
            let gathering = app.open_gathering(&n, json!({"held_on": day})).await;
            let tablet = app.join(&gathering).await;
            let participant = tablet.participant(json!({"age": "65_plus"})).await;
            let mut body = pin(&participant, "unsafe", MIDDLE);
            body["properties"]["comment"] = json!("Het is hier donker.");
            body["properties"]["themes"] = json!([themes]);
            tablet.put_pin(Id::new().as_str(), &body).await.expect(201);
        }
        app.app.forget().await.unwrap();
        let waiting = app.get(&format!("{n}/comments")).await.expect(200);
        assert_eq!(waiting["items"].as_array().unwrap().len(), 1);
        assert_eq!(waiting["items"][0]["held_on"], "2026-10-18");
        let old = app.get(&format!("{n}/pins?age=65_plus")).await.expect(200);
        assert_eq!(old["features"].as_array().unwrap().len(), 1, "the pin stays, its maker's age is gone");
        assert_eq!(app.get(&format!("{n}/pins")).await.expect(200)["features"].as_array().unwrap().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn an_export_is_whole_when_it_is_compressed() {
    on_both(async |mut app| {
        let Workshop { n, tablet, participant, .. } = app.workshop(json!({})).await;
        for _ in 0..6 {
            tablet.pin(&participant, "safe", MIDDLE).await;
        }
        let one_voice = app.get(&format!("{n}/pins?download")).await;
        assert_eq!(one_voice.problem(422), "too_few_people", "what one person says does not leave as a file");
        for _ in 0..4 {
            let participant = tablet.participant(json!({})).await;
            tablet.pin(&participant, "safe", MIDDLE).await;
        }
        let plain = app.get(&format!("{n}/pins?download")).await.expect(200);
        let packed = app.get_packed(&format!("{n}/pins?download")).await;
        let mut text = String::new();
        std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(packed.as_slice()), &mut text).unwrap();
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), plain);
        assert_eq!(plain["features"].as_array().unwrap().len(), 10);
    })
    .await;
}

async fn raw(address: &str, tablet: &crate::support::Tablet, id: &str, body: Vec<u8>) -> (u16, String) {
    let response = new_browser()
        .build()
        .unwrap()
        .put(format!("{address}/api/gatherings/{}/pins/{id}", tablet.gathering))
        .bearer_auth(&tablet.token)
        .header("content-type", "application/json")
        .body(body)
        .send()
        .await
        .unwrap();
    let status = response.status().as_u16();
    let body: serde_json::Value = response.json().await.unwrap();
    (status, body["field"].as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn a_token_opens_only_its_own_gathering() {
    on_both(async |mut app| {
        app.sign_in_new("lotte@example.org", true).await;
        let n = app.neighbourhood().await;
        let (first, second) = (app.open_gathering(&n, json!({})).await, app.open_gathering(&n, json!({})).await);
        let tablet = app.join(&first).await;
        let participant = tablet.participant(json!({})).await;
        let mut elsewhere = tablet.clone();
        elsewhere.gathering = second["id"].as_str().unwrap().to_owned();
        let id = Id::new().to_string();
        assert_eq!(elsewhere.put_pin(&id, &pin(&participant, "safe", MIDDLE)).await.problem(401), "unknown_device");
        let mut forged = tablet.clone();
        forged.token = "a".repeat(43);
        assert_eq!(forged.put_pin(&id, &pin(&participant, "safe", MIDDLE)).await.problem(401), "unknown_device");
    })
    .await;
}

#[tokio::test]
async fn words_are_seen_by_nobody_until_a_moderator_approves_them() {
    on_both(async |mut app| {
        let Workshop { n, tablet, participant, .. } = app.workshop(json!({})).await;
        let id = Id::new().to_string();
        let mut body = pin(&participant, "unsafe", MIDDLE);
        body["properties"]["comment"] = json!("De gasten van nummer 14 hangen hier rond.");
        tablet.put_pin(&id, &body).await.expect(201);
        let exported =
            async || app.get(&format!("{n}/pins")).await.expect(200)["features"][0]["properties"]["comment"].clone();
        assert_eq!(exported().await, json!(null));

        let waiting = app.get(&format!("{n}/comments")).await.expect(200);
        let comment = &waiting["items"][0];
        assert_eq!((&comment["pin"], &comment["participant"]), (&json!(id), &json!("A1")));
        assert_eq!(comment["flags"], json!(["house_number"]));
        let path = format!("{n}/comments/{id}");
        assert_eq!(app.patch(&path, json!({"status": "hidden"})).await.field(422), "reason");
        app.patch(&path, json!({"status": "hidden", "reason": "wijst een huis aan"})).await.expect(200);
        assert_eq!(exported().await, json!(null));
        app.patch(&path, json!({"status": "approved", "wording": "Elke avond staat hier een groep."}))
            .await
            .expect(200);
        assert_eq!(exported().await, json!("Elke avond staat hier een groep."));

        tablet.put_pin(&id, &body).await.expect(200);
        assert_eq!(exported().await, json!("Elke avond staat hier een groep."), "the same words stay approved");
        body["properties"]["comment"] = json!("Iets anders.");
        tablet.put_pin(&id, &body).await.expect(200);
        assert_eq!(exported().await, json!(null), "other words wait again");
    })
    .await;
}

#[tokio::test]
async fn what_would_help_is_looked_at_together_with_the_comment() {
    on_both(async |mut app| {
        let Workshop { n, gathering, tablet, participant } =
            app.workshop(json!({"questions": ["help", "comment"], "held_on": "2026-11-17"})).await;
        let (with_both, with_help) = (Id::new().to_string(), Id::new().to_string());
        let mut both = pin(&participant, "unsafe", MIDDLE);
        both["properties"]["comment"] = json!("Donker.");
        both["properties"]["help"] = json!("Een lamp bij Jan.");
        tablet.put_pin(&with_both, &both).await.expect(201);
        let mut help = pin(&participant, "unsafe", MIDDLE);
        help["properties"]["help"] = json!(" Een bank. ");
        tablet.put_pin(&with_help, &help).await.expect(201);
        help["properties"]["help"] = json!("x".repeat(281));
        assert_eq!(tablet.put_pin(&with_help, &help).await.field(422), "properties.help");

        let of = async |status: &str, id: &str| {
            let all = app.get(&format!("{n}/comments?status={status}")).await.expect(200);
            all["items"].as_array().unwrap().iter().find(|c| c["pin"] == json!(id)).cloned()
        };
        let found = of("waiting", &with_help).await.unwrap();
        assert_eq!((&found["comment"], &found["help"]), (&json!(null), &json!("Een bank.")));
        let found = of("waiting", &with_both).await.unwrap();
        assert_eq!((&found["comment"], &found["help"]), (&json!("Donker."), &json!("Een lamp bij Jan.")));
        assert_eq!(found["flags"], json!(["name"]));
        let path = format!("{n}/comments/{with_both}");
        let bad = json!({"status": "hidden", "reason": "x", "help_wording": "Een lamp."});
        assert_eq!(app.patch(&path, bad).await.field(422), "help_wording");
        let approved = json!({"status": "approved", "help_wording": "Een lamp."});
        assert_eq!(app.patch(&path, approved).await.expect(200)["help_wording"], "Een lamp.");
        let none = json!({"status": "approved", "wording": "Een lamp."});
        assert_eq!(app.patch(&format!("{n}/comments/{with_help}"), none).await.problem(404), "not_found");

        tablet.put_pin(&with_both, &both).await.expect(200);
        assert!(of("approved", &with_both).await.is_some(), "the same words stay approved");
        both["properties"]["help"] = json!("Iets anders.");
        tablet.put_pin(&with_both, &both).await.expect(200);
        let again = of("waiting", &with_both).await.unwrap();
        assert_eq!(again["help_wording"], json!(null), "other words wait again");

        let path = format!("{n}/gatherings/{}", gathering["id"].as_str().unwrap());
        app.patch(&path, json!({"held_on": "2026-01-01"})).await.expect(200);
        app.app.forget().await.unwrap();
        assert!(of("waiting", &with_both).await.is_none() && of("waiting", &with_help).await.is_none());
    })
    .await;
}
