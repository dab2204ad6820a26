//! Walks: planned at the desk, noted on phones, put together without loss, and never counted as pins.

use buurtsignaal::id::Id;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Answer, TestApp, on_both};

/// Spots of the square, some 140 m apart, in a row.
const ROW: [[f64; 2]; 4] = [[3.712, 51.058], [3.714, 51.058], [3.716, 51.058], [3.718, 51.058]];

/// A phone that joined a walk.
struct Phone {
    walk: String,
    token: String,
}

impl Phone {
    async fn join(app: &TestApp, walk: &Value) -> Self {
        let joined = app.post("/api/recorders", json!({"code": walk["code"]})).await.expect(200);
        assert_eq!((&joined["task"], &joined["about"]), (&json!("walk"), &walk["id"]));
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        Self { walk: text(&walk["id"]), token: text(&joined["token"]) }
    }

    async fn send(&self, app: &TestApp, method: Method, path: &str, body: Option<Value>) -> Answer {
        let address = format!("{}/api/walks/{}{path}", app.address, self.walk);
        let mut request = app.browser.request(method, address).bearer_auth(&self.token);
        if let Some(body) = body {
            request = request.json(&body);
        }
        Answer::read(request.send().await.unwrap()).await
    }

    async fn read(&self, app: &TestApp) -> Value {
        self.send(app, Method::GET, "", None).await.expect(200)
    }

    async fn note(&self, app: &TestApp, id: &str, told: Value) -> Answer {
        self.send(app, Method::PUT, &format!("/observations/{id}"), Some(told)).await
    }
}

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
        let phone = Phone::join(&app, &made).await;
        app.send(Method::DELETE, &at(&n, &made), None).await.expect(204);
        assert_eq!(app.get(&at(&n, &made)).await.problem(404), "not_found");
        assert_eq!(phone.send(&app, Method::GET, "", None).await.problem(401), "unknown_device");
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
        Phone::join(&app, &decided).await;
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
        let phone = Phone::join(&app, &made).await;
        let seen = json!({"stop": made["stops"][0]["id"], "feelings": [0, 1, 2, 0, 0]});
        phone.note(&app, Id::new().as_str(), seen).await.expect(201);
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
        let (one, other) = (Phone::join(&app, &made).await, Phone::join(&app, &made).await);
        let stop = made["stops"][1]["id"].clone();
        let seen = json!({
            "stop": stop, "feelings": [0, 2, 1, 0, 0], "scores": {"light": 0, "sight": 2}, "fits": "confirms",
            "what_safe": "de winkel is open", "change": "lamp bij de trap", "light": "dusk", "people_there": 3,
            "quick_win": true
        });
        let (first, second) = (Id::new(), Id::new());
        one.note(&app, first.as_str(), seen.clone()).await.expect(201);
        one.note(&app, first.as_str(), seen.clone()).await.expect(200);
        assert_eq!(other.note(&app, first.as_str(), seen.clone()).await.problem(409), "observation_of_another_device");
        assert_eq!(one.note(&app, Id::new().as_str(), seen.clone()).await.problem(409), "one_per_stop");
        let nowhere = json!({"stop": Id::new()});
        assert_eq!(one.note(&app, Id::new().as_str(), nowhere).await.problem(422), "no_such_stop");
        let odd = json!({"stop": stop, "scores": {"light": 4}});
        assert_eq!(one.note(&app, first.as_str(), odd).await.field(422), "scores.light");
        let other_seen = json!({"stop": stop, "feelings": [1, 0, 0, 0, 0], "scores": {"light": 1}, "fits": "nuances"});
        other.note(&app, second.as_str(), other_seen).await.expect(201);
        let read = one.read(&app).await;
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
        let third = Phone::join(&app, &made).await;
        third.note(&app, Id::new().as_str(), json!({"stop": stop})).await.expect(201);
        let merged = app.get(&format!("{}/observations", at(&n, &made))).await.expect(200);
        assert_eq!((&merged["stops"][0]["number"], &merged["stops"][0]["phones"]), (&json!(null), &json!(3)));

        let path = format!("/observations/{first}");
        assert_eq!(other.send(&app, Method::DELETE, &path, None).await.problem(409), "observation_of_another_device");
        for _ in 0..2 {
            one.send(&app, Method::DELETE, &path, None).await.expect(204);
        }
        assert_eq!(one.note(&app, first.as_str(), seen).await.problem(410), "observation_deleted");
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
        let phone = Phone::join(&app, &made).await;
        let own = Id::new();
        let given = json!({"name": "Ons pleintje", "point": ROW[2], "question": "Wat doen we hier graag?"});
        let path = format!("/stops/{own}");
        let walk_now = phone.send(&app, Method::PUT, &path, Some(given.clone())).await.expect(201);
        assert_eq!(names(&walk_now), ["Stop 1", "Ons pleintje"]);
        assert_eq!(walk_now["stops"][1]["kind"], "chosen");
        let worded = json!({"name": "Ons plein", "point": ROW[2], "question": null});
        let walk_now = phone.send(&app, Method::PUT, &path, Some(worded)).await.expect(200);
        assert_eq!(names(&walk_now), ["Stop 1", "Ons plein"]);
        let stop = walk_now["stops"][0]["id"].clone();
        let seen = Id::new();
        phone.note(&app, seen.as_str(), json!({"stop": stop, "keep": "de bank"})).await.expect(201);
        let far = json!({"name": "Ver", "point": [4.9, 52.37], "question": null});
        assert_eq!(phone.send(&app, Method::PUT, &path, Some(far)).await.problem(422), "stop_far_away");

        phone.send(&app, Method::DELETE, "/given", None).await.expect(204);
        assert_eq!(names(&phone.read(&app).await), ["Stop 1"]);
        let merged = app.get(&format!("{}/observations", at(&n, &made))).await.expect(200);
        assert_eq!(merged["phones"], 0);
        let late = phone.note(&app, seen.as_str(), json!({"stop": stop, "keep": "de bank"})).await;
        assert_eq!(late.problem(410), "observation_deleted");

        let planned = walk(&app, &n, json!({})).await;
        let phone = Phone::join(&app, &planned).await;
        assert_eq!(phone.send(&app, Method::PUT, &path, Some(given)).await.problem(403), "not_allowed");
        assert_eq!(phone.send(&app, Method::DELETE, "/given", None).await.problem(403), "not_allowed");
    })
    .await;
}
