//! Actions: promises about places, how they are kept, and what is answered to residents.

use buurtsignaal::id::Id;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Answer, Tablet, TestApp, on_both};

const BRIDGE: [f64; 2] = [3.712, 51.058];
const DAY_MS: i64 = 86_400_000;

async fn people(tablet: &Tablet, many: usize, feeling: &str) {
    for i in 0..many {
        let participant = tablet.participant(json!({})).await;
        let turn = i as f64 * 2.4;
        for by in [1e-4, 2e-4] {
            tablet.pin(&participant, feeling, [BRIDGE[0] + by * turn.cos(), BRIDGE[1] + by * turn.sin()]).await;
        }
    }
}

async fn gathering(app: &TestApp, n: &str, held_on: &str) -> Tablet {
    app.join(&app.open_gathering(n, json!({"held_on": held_on, "pin_budget": null})).await).await
}

/// A neighbourhood where twelve people feel less safe at a kept place.
async fn set_up(app: &mut TestApp) -> (String, Value) {
    app.sign_in_new("lotte@example.org", true).await;
    let n = app.neighbourhood().await;
    people(&gathering(app, &n, "2026-11-10").await, 12, "unsafe").await;
    let hotspot = json!({"name": "Spoorbrug", "hotspot": {"kind": "unsafe", "centre": BRIDGE}});
    let place = app.post(&format!("{n}/places"), hotspot).await.expect(201)["id"].clone();
    (n, place)
}

async fn propose(app: &TestApp, n: &str, more: Value) -> Answer {
    let mut new = json!({"problem": "Onder de brug is het donker.", "measure": "Twee lampen", "type": "quick_win"});
    new.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    app.post(&format!("{n}/actions"), new).await
}

fn path(n: &str, action: &Value) -> String {
    format!("{n}/actions/{}", action["id"].as_str().unwrap())
}

#[tokio::test]
async fn an_action_goes_its_way_and_every_step_is_kept() {
    on_both(async |mut app| {
        let (n, place) = set_up(&mut app).await;
        let action = propose(&app, &n, json!({"places": [place]})).await.expect(201);
        assert_eq!(
            (&action["status"], &action["owner"]),
            (&json!("proposed"), &json!(null)),
            "never police by default"
        );
        assert_eq!((&action["proposed_on"], &action["answer_due"]), (&json!("2026-11-17"), &json!("2026-12-29")));
        assert_eq!(action["places"], json!([{"id": place, "name": "Spoorbrug"}]));
        let evidence = &action["evidence"][0];
        assert_eq!((&evidence["picture"]["people"], &evidence["day"]), (&json!(12), &json!("2026-11-10")));
        let path = path(&n, &action);
        let step = async |more: Value| app.patch(&path, more).await;

        assert_eq!(step(json!({"status": "done"})).await.problem(409), "action_step");
        assert_eq!(step(json!({"status": "refused"})).await.field(422), "reason");
        step(json!({"status": "prioritised"})).await.expect(200);
        step(json!({"answer_due": "2026-11-20"})).await.expect(200);
        app.later(4 * DAY_MS);
        let late = app.get(&format!("{n}/actions")).await.expect(200)["items"][0].clone();
        assert_eq!((&late["late"], &late["answered_on"]), (&json!(true), &json!(null)));
        step(json!({"status": "refused", "reason": "Geen stroom daar."})).await.expect(200);
        assert_eq!(step(json!({"status": "in_progress"})).await.problem(409), "action_step");
        step(json!({"status": "reopened", "reason": "Zonnelampen kunnen."})).await.expect(200);
        let yes = step(json!({"status": "accepted", "owner": "lighting", "due": "2026-11-25"})).await.expect(200);
        assert_eq!(
            (&yes["late"], &yes["reason"], &yes["answered_on"]),
            (&json!(false), &json!(null), &json!("2026-11-21"))
        );
        app.later(5 * DAY_MS);
        let overdue = app.get(&path).await.expect(200);
        assert_eq!((&overdue["overdue"], &overdue["owner"]), (&json!(true), &json!("lighting")));
        step(json!({"goal": "Men ziet wie er aankomt."})).await.expect(200);
        for status in ["planned", "in_progress", "done", "checked"] {
            step(json!({"status": status})).await.expect(200);
        }
        let history: Vec<_> = app.get(&path).await.expect(200)["history"]
            .as_array()
            .unwrap()
            .iter()
            .map(|step| {
                (
                    step["status"].as_str().unwrap().to_owned(),
                    step["at"].as_str().unwrap().to_owned(),
                    step["reason"].clone(),
                )
            })
            .collect();
        assert_eq!(history.len(), 9);
        assert_eq!(history[2], ("refused".into(), "2026-11-21".into(), json!("Geen stroom daar.")));
        assert_eq!(history[8].0, "checked");
        let kept = app.get(&format!("{n}/actions/kept")).await.expect(200);
        assert_eq!((&kept["actions"], &kept["answered"], &kept["late"]), (&json!(1), &json!(1), &json!(0)));
        assert_eq!((&kept["checked"], &kept["median_days"]), (&json!(1), &json!(4.0)));

        // The picture stays that of the day on which it was proposed, and a place that is removed stays named.
        app.send(Method::DELETE, &format!("{n}/places/{}", place.as_str().unwrap()), None).await.expect(204);
        let told = step(json!({"goal": "Anders.", "places": [place]})).await.expect(200);
        assert_eq!((&told["places"][0]["name"], &told["evidence"]), (&json!("Spoorbrug"), &action["evidence"]));
        assert_eq!(propose(&app, &n, json!({"places": [place]})).await.field(422), "places");

        app.send(Method::DELETE, &path, None).await.expect(204);
        app.send(Method::DELETE, &path, None).await.expect(204);
        assert_eq!(step(json!({"goal": "x"})).await.problem(410), "action_removed");
        assert_eq!(app.get(&path).await.expect(200)["removed"], true);
        assert_eq!(app.get(&format!("{n}/actions")).await.expect(200)["items"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_is_refused_by_its_field() {
    on_both(async |mut app| {
        let (n, place) = set_up(&mut app).await;
        let refused = async |more: Value| propose(&app, &n, more).await.field(422);
        assert_eq!(refused(json!({"problem": "x".repeat(5000)})).await, "problem");
        assert_eq!(refused(json!({"problem": "", "measure": " "})).await, "problem");
        assert_eq!(refused(json!({"places": [Id::new()]})).await, "places");
        assert_eq!(refused(json!({"places": [place, place]})).await, "places");
        assert_eq!(refused(json!({"due": "2026-11-16"})).await, "due");
        assert_eq!(refused(json!({"answer_due": "2026-11-16"})).await, "answer_due");
        assert_eq!(refused(json!({"review_on": "ooit"})).await, "review_on");
        propose(&app, &n, json!({"owner": "agent Jan"})).await.expect(400);
        let action = propose(&app, &n, json!({})).await.expect(201);
        let vote = async |source: &str, people: i64| {
            let votes = json!({"source": source, "people": people});
            app.send(Method::PUT, &format!("{}/votes", path(&n, &action)), Some(&votes)).await
        };
        assert_eq!(vote("Tafel", -1).await.field(422), "people");
        assert_eq!(vote("Tafel", 10_001).await.field(422), "people");
        assert_eq!(vote(" ", 3).await.field(422), "source");
        assert_eq!(vote(&"x".repeat(5000), 3).await.field(422), "source");
        vote("Tafel", 12).await.expect(200);
        vote("Tafel", 9).await.expect(200);
        let now = vote("Datawandeling", 4).await.expect(200);
        assert_eq!((&now["votes"], now["vote_sources"].as_array().unwrap().len()), (&json!(13), 2));
        assert_eq!(vote("Tafel", 0).await.expect(200)["votes"], 4);
        assert_eq!(app.get(&format!("{n}/actions?place=x")).await.field(422), "place");
        assert_eq!(app.get(&format!("{n}/actions?status=soon")).await.field(422), "status");
        assert_eq!(app.get(&format!("{n}/actions/{}", Id::new())).await.problem(404), "not_found");
    })
    .await;
}

#[tokio::test]
async fn before_and_after_are_told_with_their_noise() {
    on_both(async |mut app| {
        let (n, place) = set_up(&mut app).await;
        let action = propose(&app, &n, json!({"places": [place]})).await.expect(201);
        let path = path(&n, &action);
        let effect = async || app.get(&format!("{path}/effect")).await.expect(200);
        assert_eq!(
            (&effect().await["after_from"], &effect().await["places"][0]["effect"]),
            (&json!(null), &json!(null))
        );
        for status in ["accepted", "in_progress", "done"] {
            app.patch(&path, json!({"status": status})).await.expect(200);
        }
        people(&gathering(&app, &n, "2026-11-18").await, 4, "safe").await;
        let few = effect().await;
        assert_eq!((&few["before_until"], &few["after_from"]), (&json!("2026-11-17"), &json!("2026-11-18")));
        assert_eq!(few["places"][0]["effect"]["less_safe"]["finding"], "too_few");
        assert_eq!(few["places"][0]["effect"]["after"]["people"], Value::Null);
        people(&gathering(&app, &n, "2026-11-20").await, 10, "safe").await;
        let some = effect().await["places"][0]["effect"].clone();
        assert_eq!((&some["before"]["people"], &some["before"]["people_unsafe"]), (&json!(12), &json!(12)));
        assert_eq!((&some["after"]["people"], &some["after"]["people_unsafe"]), (&json!(14), &json!(null)));
        assert_eq!(
            (&some["less_safe"]["finding"], &some["less_safe"]["difference"]),
            (&json!("conversation"), &json!(-1.0))
        );
        assert!(some["less_safe"]["interval"][1].as_f64().unwrap() < 0.0);
        people(&gathering(&app, &n, "2026-11-19").await, 20, "safe").await;
        people(&gathering(&app, &n, "2026-11-09").await, 20, "unsafe").await;
        assert_eq!(effect().await["places"][0]["effect"]["less_safe"]["finding"], "less");
    })
    .await;
}

#[tokio::test]
async fn actions_leave_as_files() {
    on_both(async |mut app| {
        let (n, place) = set_up(&mut app).await;
        propose(&app, &n, json!({"places": [place], "measure": "=HYPERLINK(\"http://x\")", "owner": "lighting"}))
            .await
            .expect(201);
        propose(&app, &n, json!({"measure": "Bank, met \"rug\""})).await.expect(201);
        let text = async |path: &str| String::from_utf8(app.get_bytes(&format!("{n}{path}")).await.1).unwrap();
        let csv = text("/actions.csv").await;
        assert!(csv.starts_with("\u{feff}id,places,problem"));
        assert_eq!(csv.lines().count(), 3);
        assert!(csv.contains("'=HYPERLINK") && csv.contains("\"Bank, met \"\"rug\"\"\"") && csv.contains("3.712"));
        let features = app.get(&format!("{n}/actions.geojson")).await.expect(200);
        assert_eq!(features["features"].as_array().unwrap().len(), 2);
        let spots: Vec<_> =
            features["features"].as_array().unwrap().iter().map(|one| one["geometry"]["type"].clone()).collect();
        assert!(spots.contains(&json!("Point")) && spots.contains(&Value::Null), "{spots:?}");
        features.to_string().parse::<geojson::GeoJson>().unwrap();
        let plan = text("/actions/safety-plan?lang=fr").await;
        assert!(plan.contains("éclairage public") && plan.contains("<table") && plan.contains("Spoorbrug"));
        assert!(text("/actions/safety-plan?lang=nl&format=csv").await.contains("openbare verlichting"));
        assert_eq!(app.get(&format!("{n}/actions/safety-plan?format=docx")).await.field(400), "format");
    })
    .await;
}

#[tokio::test]
async fn an_answer_is_frozen_under_a_name() {
    on_both(async |mut app| {
        let (n, place) = set_up(&mut app).await;
        let path = format!("{n}/places/{}/answer", place.as_str().unwrap());
        let action =
            propose(&app, &n, json!({"places": [place], "public_text": "Twee nieuwe lampen"})).await.expect(201);
        assert_eq!(app.get(&path).await.expect(200)["draft"], Value::Null);
        let publish = async |by: &str| app.post(&format!("{path}/publish"), json!({"approved_by": by})).await;
        assert_eq!(publish("Sara Willems, schepen").await.field(422), "said");
        let write = async |more: Value| {
            let mut draft = json!({"said": "Het is er te donker.", "did": "Twee lampen.", "lang": "nl"});
            draft.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            app.send(Method::PUT, &path, Some(&draft)).await
        };
        assert_eq!(write(json!({"said": "x".repeat(5000)})).await.field(422), "said");
        assert_eq!(write(json!({"next_check": "ooit"})).await.field(422), "next_check");
        write(json!({"did": "", "will_not": ""})).await.expect(200);
        assert_eq!(publish("Sara Willems, schepen").await.field(422), "did");
        let draft = write(json!({"next_check": "2027-03-01"})).await.expect(200);
        assert_eq!(
            draft["shown"]["felt"],
            json!({"kind": "unsafe", "people": 15, "people_unsafe": 10, "people_safe": 0})
        );
        assert_eq!(draft["published"], json!([]));
        let (status, preview) = app.get_bytes(&format!("{path}/preview?lang=en")).await;
        let preview = String::from_utf8(preview).unwrap();
        assert!(status == 200 && preview.contains("not public yet") && preview.contains("Het is er te donker."));
        assert_eq!(publish(" ").await.field(422), "approved_by");
        let published = publish("Sara Willems, schepen").await.expect(201);
        let address = format!("/answers/{}", published["slug"].as_str().unwrap());
        assert_eq!(published["slug"].as_str().unwrap().len(), 22);

        // Anyone reads it, in the language of the neighbourhood or another frame.
        let page = async |address: &str| {
            app.browser.get(format!("{}{address}", app.address)).send().await.unwrap().text().await.unwrap()
        };
        let shown = page(&address).await;
        assert!(
            shown.contains("<html lang=\"nl\">")
                && shown.contains("Spoorbrug")
                && shown.contains("Sara Willems, schepen")
        );
        assert!(shown.contains("Twee nieuwe lampen") && !shown.contains("<script"));
        assert!(page(&format!("{address}?lang=de")).await.contains("Ihr habt gesagt"));
        let headers = app.get_headers(&address).await;
        assert!(headers.get("set-cookie").is_none());
        assert_eq!(headers["content-type"], "text/html; charset=utf-8");
        assert!(page("/answers/answer.css").await.contains(".answer"));
        assert_eq!(app.get_bytes("/answers/none").await.0, 404);

        // What is written, done or renamed later changes nothing of it; a later answer has its own address.
        write(json!({"did": "Drie lampen."})).await.expect(200);
        app.patch(&super::actions::path(&n, &action), json!({"public_text": "Drie"})).await.expect(200);
        app.patch(&format!("{n}/places/{}", place.as_str().unwrap()), json!({"name": "Tunnel"})).await.expect(200);
        assert_eq!(page(&address).await, shown);
        app.later(1000);
        let second = app.post(&format!("{path}/publish"), json!({"approved_by": "Sara Willems"})).await.expect(201);
        let slug = second["slug"].as_str().unwrap();
        assert!(
            page(&address).await.contains(&format!("/answers/{slug}")) && page(&address).await.contains("Twee lampen.")
        );
        assert!(page(&format!("/answers/{slug}")).await.contains("Drie lampen."));
        assert_eq!(app.get(&path).await.expect(200)["published"].as_array().unwrap().len(), 2);
    })
    .await;
}
