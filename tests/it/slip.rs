//! The withdrawal slip: its holder sees and deletes their own pins, and nobody else does.

use buurtsignaal::id::Id;
use reqwest::Method;
use serde_json::{Value, json};

use crate::attachments::{jpeg, photo};
use crate::support::{Answer, Tablet, TestApp, on_both, pin};

const HERE: [f64; 2] = [3.712, 51.058];
const CODE: &str = "ACDEFHJKMNPRTWX";

async fn slip(app: &TestApp, method: Method, path: &str, code: &str) -> Answer {
    let request = app.browser.request(method, format!("{}/api/slip{path}", app.address)).bearer_auth(code);
    Answer::read(request.send().await.unwrap()).await
}

/// Five people with two pins each, the first of them with a slip; gives their ids with those of the pins.
async fn room(app: &mut TestApp) -> (String, Value, Tablet, Vec<(String, [String; 2])>) {
    app.sign_in_new("lotte@example.org", true).await;
    let n = app.neighbourhood().await;
    let asked = json!(["when", "themes", "comment", "photo", "age"]);
    let gathering = app.open_gathering(&n, json!({"kind": "interview", "pin_budget": null, "questions": asked})).await;
    let tablet = app.join(&gathering).await;
    let mut people = Vec::new();
    for at in 0..6 {
        let who = if at == 0 { json!({"age": "65_plus", "slip": CODE, "note": "Praat graag."}) } else { json!({}) };
        let participant = tablet.participant(who).await;
        let (first, second) = (Id::new().to_string(), Id::new().to_string());
        let mut told = pin(&participant, "unsafe", HERE);
        told["properties"]["comment"] = json!("Het is hier donker.");
        tablet.put_pin(&first, &told).await.expect(201);
        tablet.put_pin(&second, &pin(&participant, "safe", [3.722, 51.064])).await.expect(201);
        people.push((participant, [first, second]));
    }
    (n, gathering, tablet, people)
}

#[tokio::test]
async fn its_holder_sees_their_own_pins_and_no_other() {
    on_both(async |mut app| {
        let (_, _, tablet, people) = room(&mut app).await;
        for typed in [CODE.to_owned(), "acdef-hjkmn-prtwx".to_owned()] {
            let found = slip(&app, Method::GET, "", &typed).await.expect(200);
            assert_eq!((&found["gathering"], &found["held_on"]), (&json!("Bibliotheek"), &json!("2026-11-17")));
            assert_eq!(found["neighbourhood"]["name"], "Sluiskwartier");
            let pins = found["pins"].as_array().unwrap();
            let mut ids: Vec<_> = pins.iter().map(|p| p["id"].as_str().unwrap()).collect();
            ids.sort_unstable();
            let mut own: Vec<_> = people[0].1.iter().map(String::as_str).collect();
            own.sort_unstable();
            assert_eq!(ids, own);
            assert!(found.to_string().contains("Het is hier donker."), "one's own words, looked at or not");
        }
        assert_eq!(slip(&app, Method::DELETE, &format!("/pins/{}", people[1].1[0]), CODE).await.status, 204);
        let theirs = tablet.put_pin(&people[1].1[0], &pin(&people[1].0, "safe", HERE)).await;
        theirs.expect(200);
        let again = json!({"slip": CODE});
        let taken = tablet.send(Method::PUT, &format!("/participants/{}", people[1].0), Some(&again)).await;
        assert_eq!(taken.problem(409), "slip_taken");
        tablet.send(Method::PUT, &format!("/participants/{}", people[0].0), Some(&json!({}))).await.expect(200);
        slip(&app, Method::GET, "", CODE).await.expect(200);
    })
    .await;
}

#[tokio::test]
async fn what_is_taken_back_is_gone_from_everywhere_and_stays_gone() {
    on_both(async |mut app| {
        let (n, gathering, tablet, people) = room(&mut app).await;
        let people_of =
            async |layer: &str| app.get(&format!("{n}/{layer}")).await.expect(200)["method"]["people"].clone();
        let exported = async || app.get(&format!("{n}/pins")).await.expect(200)["features"].as_array().unwrap().len();
        let tile = async || {
            let at = (33_443, 21_923);
            app.get_bytes(&format!("{n}/tiles/pins/16/{}/{}.mvt", at.0, at.1)).await.1
        };
        assert_eq!((people_of("surface").await, exported().await), (json!(6), 12));
        let before = tile().await;
        assert!(!before.is_empty());
        let path = format!("{n}/gatherings/{}", gathering["id"].as_str().unwrap());
        app.patch(&path, json!({"phase": "revealed"})).await.expect(200);
        let vote = format!("/pins/{}/votes/{}", people[1].1[0], people[0].0);
        tablet.send(Method::PUT, &vote, Some(&json!({"vote": "agree"}))).await.expect(201);

        for (_, [first, _]) in &people[..2] {
            let taken = tablet.send(Method::PUT, &format!("/pins/{first}/photo"), Some(&photo(&jpeg(8)))).await;
            taken.expect(201);
        }

        // In a gathering that is closed, with a tablet nobody has any more.
        app.patch(&path, json!({"phase": "closed"})).await.expect(200);
        let [first, second] = &people[0].1;
        assert_eq!(slip(&app, Method::DELETE, &format!("/pins/{first}"), CODE).await.status, 204);
        assert_eq!(slip(&app, Method::DELETE, &format!("/pins/{first}"), CODE).await.status, 204);
        assert_eq!(slip(&app, Method::GET, "", CODE).await.expect(200)["pins"].as_array().unwrap().len(), 1);
        assert_eq!((people_of("surface").await, exported().await), (json!(6), 11));

        slip(&app, Method::DELETE, "", CODE).await.expect(204);
        slip(&app, Method::DELETE, "", CODE).await.expect(204);
        let found = slip(&app, Method::GET, "", CODE).await.expect(200);
        assert_eq!((&found["pins"], &found["withdrawn"]), (&json!([]), &json!(true)));
        assert_eq!((people_of("surface").await, exported().await), (json!(5), 10));
        assert_eq!((people_of("hotspots").await, people_of("hexes").await), (json!(5), json!(5)));
        assert_eq!(app.get(&format!("{n}/pins?age=65_plus")).await.expect(200)["features"], json!([]));
        assert_eq!(app.get(&format!("{path}/notes")).await.expect(200)["items"], json!([]));
        let words = app.get(&format!("{n}/comments")).await.expect(200);
        assert_eq!(words["items"].as_array().unwrap().len(), 5);
        let photos = app.get(&format!("{n}/attachments")).await.expect(200);
        assert_eq!(photos["items"].as_array().unwrap().len(), 1, "only the other's photo is left");
        assert_eq!(app.get(&format!("{n}/attachments/{first}/photo")).await.problem(404), "not_found");
        assert_ne!(tile().await, before);
        let export = app.get(&format!("{n}/pins")).await.expect(200).to_string();
        assert!(!export.contains("\"agree\":1"), "what they said to others is gone too");

        // What an older letter still brings does not bring anything back.
        app.patch(&path, json!({"phase": "revealed"})).await.expect(200);
        for id in [first.clone(), second.clone()] {
            assert_eq!(tablet.put_pin(&id, &pin(&people[0].0, "safe", HERE)).await.problem(410), "pin_deleted");
        }
        let late = tablet.put_pin(Id::new().as_str(), &pin(&people[0].0, "safe", HERE)).await;
        assert_eq!(late.problem(410), "withdrawn");
        let who =
            tablet.send(Method::PUT, &format!("/participants/{}", people[0].0), Some(&json!({"age": "65_plus"}))).await;
        assert_eq!(who.problem(410), "withdrawn");
        assert_eq!(tablet.send(Method::PUT, &vote, Some(&json!({"vote": "agree"}))).await.problem(410), "withdrawn");
    })
    .await;
}

#[tokio::test]
async fn wrong_codes_of_slips_are_counted_with_those_of_gatherings() {
    on_both(async |app| {
        let wrong = async |from: usize, method: Method, code: &str| {
            let request = app.browser.request(method, format!("{}/api/slip", app.address)).bearer_auth(code);
            let request = request.header("x-forwarded-for", format!("203.0.113.{from}"));
            Answer::read(request.send().await.unwrap()).await
        };
        for guest in 0..4 {
            for _ in 0..10 {
                assert_eq!(wrong(guest, Method::GET, "AAAAAAAAAAAAAAA").await.problem(404), "unknown_code");
                assert_eq!(wrong(guest, Method::DELETE, "x").await.problem(404), "unknown_code");
                assert_eq!(wrong(guest, Method::GET, "").await.problem(404), "unknown_code");
            }
        }
        assert_eq!(wrong(9, Method::GET, CODE).await.problem(429), "too_many");
        assert_eq!(app.join_from("203.0.113.9", "AAAAAA").await.problem(429), "too_many");
        app.later(60_000);
        let mut tries = 0;
        while wrong(0, Method::GET, CODE).await.status != 429 {
            tries += 1;
            assert!(tries < 100, "nobody stops the guessing from one address");
        }
        wrong(1, Method::GET, CODE).await.problem(404);
    })
    .await;
}

#[tokio::test]
async fn retention_takes_the_slip_along() {
    on_both(async |mut app| {
        let (n, gathering, ..) = room(&mut app).await;
        let path = format!("{n}/gatherings/{}", gathering["id"].as_str().unwrap());
        assert_eq!(
            app.get(&format!("{path}/notes")).await.expect(200)["items"],
            json!([{"participant": "A1", "note": "Praat graag."}])
        );
        app.patch(&path, json!({"held_on": "2026-01-01"})).await.expect(200);
        app.app.forget().await.unwrap();
        assert_eq!(slip(&app, Method::GET, "", CODE).await.problem(404), "unknown_code");
        assert_eq!(app.get(&format!("{path}/notes")).await.expect(200)["items"], json!([]));
    })
    .await;
}
