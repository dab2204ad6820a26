//! Gatherings: codes, phases, what a device is told.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::json;

use buurtsignaal::id::Id;

use crate::support::{on_both, square};

#[tokio::test]
async fn a_device_joins_an_open_gathering_with_its_code() {
    on_both(async |mut app| {
        app.sign_in_new("lotte@example.org", true).await;
        let n = app.neighbourhood().await;
        let new = json!({"kind": "table", "name": "Bibliotheek", "round": "2026-1", "questions": ["when", "radius"]});
        let draft = app.post(&format!("{n}/gatherings"), new).await.expect(201);
        assert_eq!(
            (&draft["phase"], &draft["held_on"], &draft["pin_budget"]),
            (&json!("draft"), &json!("2026-11-17"), &json!(6))
        );
        let code = draft["code"].as_str().unwrap();
        assert_eq!(app.post("/api/join", json!({"code": code})).await.problem(409), "gathering_not_open");

        let path = format!("{n}/gatherings/{}", draft["id"].as_str().unwrap());
        app.patch(&path, json!({"phase": "open"})).await.expect(200);
        let typed = format!(" {}-{} ", code[..3].to_lowercase(), &code[3..]);
        let joined = app.post("/api/join", json!({"code": typed})).await.expect(200);
        assert_eq!(joined["gathering"]["questions"], json!(["radius", "when"]));
        assert_eq!(joined["neighbourhood"]["boundary"]["type"], "Polygon");
        assert_eq!(joined["neighbourhood"]["themes"].as_array().unwrap().len(), 16);
        assert_eq!(joined["device"], "A");
        assert!(joined["gathering"].get("code").is_none(), "a device is not told the code");
        assert_eq!(app.post("/api/join", json!({"code": code})).await.expect(200)["device"], "B");
    })
    .await;
}

#[tokio::test]
async fn a_room_that_joins_at_once_gets_a_letter_each() {
    on_both(async |mut app| {
        app.sign_in_new("lotte@example.org", true).await;
        let n = app.neighbourhood().await;
        let gathering = app.open_gathering(&n, json!({})).await;
        let code = json!({"code": gathering["code"]});
        let joining = (0..40).map(|_| app.post("/api/join", code.clone()));
        let joined = futures_util::future::join_all(joining).await;
        let letters: BTreeSet<String> =
            joined.into_iter().map(|answer| answer.expect(200)["device"].to_string()).collect();
        assert_eq!(letters.len(), 40);
    })
    .await;
}

#[tokio::test]
async fn wrong_codes_are_counted_and_too_many_close_the_door() {
    on_both(async |app| {
        for guest in 0..4 {
            for _ in 0..30 {
                let tried = app.join_from(&format!("203.0.113.{guest}"), "AAAAAA").await;
                assert_eq!(tried.problem(404), "unknown_code");
            }
        }
        assert_eq!(app.join_from("203.0.113.9", "AAAAAA").await.problem(429), "too_many");
    })
    .await;
}

#[tokio::test]
async fn bad_neighbourhoods_and_gatherings_are_refused_by_name() {
    on_both(async |mut app| {
        app.sign_in_new("lotte@example.org", true).await;
        let crossing = json!({"type": "Polygon", "coordinates": [[[3.7, 51.05], [3.72, 51.07], [3.72, 51.05], [3.7, 51.07], [3.7, 51.05]]]});
        for (new, status, field) in [
            (json!({"name": "", "boundary": square(), "languages": ["nl"]}), 422, "name"),
            (json!({"name": "x", "boundary": crossing, "languages": ["nl"]}), 422, "boundary"),
            (json!({"name": "x", "boundary": {"type": "Point", "coordinates": [3.7, 51.0]}, "languages": ["nl"]}), 422, "boundary"),
            (json!({"name": "x", "boundary": square(), "languages": []}), 422, "languages"),
            (json!({"name": "x", "boundary": square(), "languages": ["xx"]}), 400, "languages[0]"),
        ] {
            assert_eq!(app.post("/api/neighbourhoods", new).await.field(status), field);
        }
        let n = app.neighbourhood().await;
        for (new, status, field) in [
            (json!({"kind": "party", "name": "x", "round": "1"}), 400, "kind"),
            (json!({"kind": "table", "name": "x", "round": ""}), 422, "round"),
            (json!({"kind": "table", "name": "x", "round": "1", "held_on": "soon"}), 422, "held_on"),
            (json!({"kind": "table", "name": "x", "round": "1", "pin_budget": 0}), 422, "pin_budget"),
            (json!({"kind": "table", "name": "x", "round": "1", "colour": 1}), 400, "colour"),
        ] {
            assert_eq!(app.post(&format!("{n}/gatherings"), new).await.field(status), field);
        }
        assert_eq!(app.get(&format!("{n}/pins?colour=red")).await.field(400), "colour");
        assert_eq!(app.get(&format!("{n}/pins?theme=lamps")).await.field(400), "theme");
    })
    .await;
}

#[tokio::test]
async fn a_gathering_asks_the_usual_and_more_by_choice() {
    on_both(async |mut app| {
        app.sign_in_new("lotte@example.org", true).await;
        let n = app.neighbourhood().await;
        let usual = app.open_gathering(&n, json!({})).await;
        let eight = json!(["radius", "when", "themes", "effect", "comment", "age", "gender", "role"]);
        assert_eq!((&usual["questions"], &usual["who_at"]), (&eight, &json!("person")));
        let digits = usual["leave_pin"].as_str().unwrap();
        assert!(digits.len() == 4 && digits.bytes().all(|digit| digit.is_ascii_digit()), "{digits}");

        let more = json!({"questions": ["help", "photo", "caption", "voice"], "who_at": "table", "leave_pin": "0042"});
        let chosen = app.open_gathering(&n, more).await;
        let path = format!("{n}/gatherings/{}", chosen["id"].as_str().unwrap());
        let joined = app.post("/api/join", json!({"code": chosen["code"]})).await.expect(200);
        assert_eq!(joined["gathering"]["questions"], json!(["help", "photo", "caption", "voice"]));
        assert_eq!(joined["gathering"]["leave_pin"], "0042", "a device checks it without network");
        assert_eq!(joined["gathering"]["who_at"], "table");
        assert!(joined["device_id"].is_string());
        for wrong in ["12", "12345", "12a4", "١٢٣٤"] {
            assert_eq!(app.patch(&path, json!({"leave_pin": wrong})).await.field(422), "leave_pin");
        }
        let changed = app.patch(&path, json!({"leave_pin": "9876", "who_at": "person"})).await.expect(200);
        assert_eq!((&changed["leave_pin"], &changed["who_at"]), (&json!("9876"), &json!("person")));
    })
    .await;
}

#[tokio::test]
async fn only_an_interview_has_notes() {
    on_both(async |mut app| {
        app.sign_in_new("lotte@example.org", true).await;
        let n = app.neighbourhood().await;
        let put = async |kind: &str, body: serde_json::Value| {
            let tablet = app.join(&app.open_gathering(&n, json!({"kind": kind})).await).await;
            tablet.send(Method::PUT, &format!("/participants/{}", Id::new()), Some(&body)).await
        };
        put("interview", json!({"note": "Praat graag."})).await.expect(201);
        put("interview", json!({"note": "n".repeat(2000)})).await.expect(201);
        for (kind, note) in
            [("table", "Praat graag.".into()), ("interview", "n".repeat(2001)), ("interview", "\u{0}".into())]
        {
            assert_eq!(put(kind, json!({"note": note})).await.field(422), "note");
        }
        put("table", json!({"note": " "})).await.expect(201);
        for slip in ["", "ACDEF", "ACDEFHJKMNPRTW0", "ACDEFHJKMNPRTWXY"] {
            assert_eq!(put("table", json!({"slip": slip})).await.field(422), "slip");
        }
    })
    .await;
}
