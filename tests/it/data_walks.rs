//! Data walks: charts of a selection, and what groups of residents read in them.

use buurtsignaal::id::Id;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Answer, Recorder, Tablet, TestApp, on_both, pin};

const BRIDGE: [f64; 2] = [3.712, 51.058];
const SQUARE: [f64; 2] = [3.722, 51.064];

/// People who pin twice each, with who they are and what they say.
async fn people(app: &TestApp, tablet: &Tablet, n: &str, many: usize, who: Value, feeling: &str, at: [f64; 2]) {
    for i in 0..many {
        let participant = tablet.participant(who.clone()).await;
        let turn = i as f64 * 2.4;
        for by in [1e-4, 2e-4] {
            let spot = [at[0] + by * turn.cos(), at[1] + by * turn.sin()];
            let mut pin = pin(&participant, feeling, spot);
            if i == 0 && by < 1.5e-4 {
                pin["properties"]["comment"] = json!(format!("Woorden over {feeling}"));
            }
            let id = Id::new();
            tablet.put_pin(id.as_str(), &pin).await.expect(201);
            if pin["properties"]["comment"] != Value::Null {
                app.patch(&format!("{n}/comments/{id}"), json!({"status": "approved"})).await.expect(200);
            }
        }
    }
}

async fn quarter(app: &mut TestApp) -> (String, Tablet) {
    app.sign_in_new("lotte@example.org", true).await;
    let n = app.neighbourhood().await;
    let more = json!({"held_on": "2026-11-10", "pin_budget": null, "who_at": "person"});
    let tablet = app.join(&app.open_gathering(&n, more).await).await;
    (n, tablet)
}

/// Thirty-six people: they feel less safe at the bridge, safe at the square, and differ at neither.
async fn heard(app: &mut TestApp) -> String {
    let (n, tablet) = quarter(app).await;
    let woman = json!({"age": "18_29", "gender": "woman", "role": "resident"});
    let man = json!({"age": "45_64", "gender": "man", "role": "resident"});
    people(app, &tablet, &n, 18, woman, "unsafe", BRIDGE).await;
    people(app, &tablet, &n, 18, man, "safe", SQUARE).await;
    n
}

async fn plan(app: &TestApp, n: &str, more: Value) -> Answer {
    let mut new = json!({"name": "Datawandeling", "day": "2026-12-15", "selection": ""});
    new.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    app.post(&format!("{n}/data-walks"), new).await
}

fn all_kinds() -> Value {
    let kinds = ["who", "safe", "unsafe", "contested", "when", "why", "differences", "words", "figures", "actions"];
    json!(kinds.map(|kind| json!({"kind": kind})))
}

fn station<'a>(walk: &'a Value, kind: &str) -> &'a Value {
    walk["stations"].as_array().unwrap().iter().find(|station| station["kind"] == kind).unwrap()
}

fn said(station: &Value, more: Value) -> Value {
    let mut said = json!({"station": station["id"], "stance": "confirms", "interpretation": "Ja.", "group_size": 6});
    let Value::Object(more) = more else { panic!("more is no object") };
    said.as_object_mut().unwrap().extend(more);
    said
}

#[tokio::test]
async fn every_station_says_what_the_pins_say() {
    on_both(async |mut app| {
        let n = heard(&mut app).await;
        let walk = plan(&app, &n, json!({"stations": all_kinds()})).await.expect(201);
        assert_eq!((&walk["languages"], &walk["lang"]), (&json!(["nl", "fr"]), &json!("nl")));
        assert_eq!(walk["code"].as_str().unwrap().len(), 8);
        for (at, shown) in walk["stations"].as_array().unwrap().iter().enumerate() {
            assert_eq!(shown["number"], at + 1);
            assert_eq!((&shown["people"], &shown["pins"]), (&json!(36), &json!(72)), "{shown}");
            let prompts = shown["prompts"].as_array().unwrap().len();
            assert!((2..=3).contains(&prompts), "{shown}");
            for text in ["question", "title", "source", "dates", "cannot_tell"] {
                let said = shown[text].as_str().unwrap();
                assert!(said.len() > 5 && !said.contains(['{', '}']), "{text} of {shown}");
            }
        }
        let chart = |kind| &station(&walk, kind)["chart"];
        let ages = &chart("who")["fields"][0];
        let told: Vec<_> = ages["bands"].as_array().unwrap().iter().map(|band| band["people"].as_i64()).collect();
        assert_eq!(told, [None, None, Some(18), None, Some(18), None]);
        assert_eq!(ages["others"], 0);
        let title = station(&walk, "who")["title"].as_str().unwrap();
        assert!(title.starts_with("36 mensen") && title.contains("kinderen onder 12"), "{title}");
        assert!(station(&walk, "safe")["title"].as_str().unwrap().contains("18 van de 18"));
        assert_eq!(chart("unsafe")["places"][0]["feel_so"], 18);
        assert_eq!(chart("unsafe")["places"][0]["geometry"]["type"], "Polygon");
        assert_eq!(chart("contested")["places"], json!([]));
        assert_eq!(chart("when")["panels"].as_array().unwrap().len(), 3);
        assert_eq!(chart("why")["rows"].as_array().unwrap().len(), 2);
        assert_eq!(chart("why")["rows"][0]["bands"][0], "many");
        assert_eq!(chart("words")["quotes"].as_array().unwrap().len(), 2);
        assert_eq!(chart("figures")["counted"], json!([]));
        assert_eq!(chart("actions"), &json!({"of": "actions", "drafts": [], "empty_rows": 4}));
        // Nobody of the men says less safe anywhere: no theme has three of both groups.
        assert_eq!(chart("differences")["of"], "refused");

        let french = app.get(&format!("{n}/data-walks/{}?lang=fr", walk["id"].as_str().unwrap())).await.expect(200);
        assert!(station(&french, "who")["title"].as_str().unwrap().starts_with("36 personnes"));
        assert_eq!(
            app.get(&format!("{n}/data-walks/{}?lang=xx", walk["id"].as_str().unwrap())).await.field(422),
            "lang"
        );
    })
    .await;
}

#[tokio::test]
async fn groups_are_compared_from_fifteen_people_on() {
    on_both(async |mut app| {
        let (n, tablet) = quarter(&mut app).await;
        people(&app, &tablet, &n, 16, json!({"gender": "woman"}), "unsafe", BRIDGE).await;
        people(&app, &tablet, &n, 15, json!({"gender": "man"}), "unsafe", BRIDGE).await;
        let stations = json!([{"kind": "differences"}, {"kind": "who"}]);
        let walk = plan(&app, &n, json!({"stations": stations})).await.expect(201);
        let pair = &station(&walk, "differences")["chart"]["pairs"][0];
        assert_eq!((&pair["names"], &pair["people"]), (&json!(["woman", "man"]), &json!([16, 15])));
        assert_eq!(pair["rows"][0]["people"], json!([16, 15]));
        let few =
            plan(&app, &n, json!({"stations": [{"kind": "safe"}], "selection": "gender=other"})).await.expect(201);
        assert_eq!(station(&few, "safe")["chart"]["of"], "refused");
        assert!(station(&few, "safe")["title"].as_str().unwrap().contains("Te weinig mensen"));
    })
    .await;
}

#[tokio::test]
async fn staff_orders_and_words_the_stations() {
    on_both(async |mut app| {
        let n = heard(&mut app).await;
        let walk = plan(&app, &n, json!({})).await.expect(201);
        let path = format!("{n}/data-walks/{}", walk["id"].as_str().unwrap());
        let mut planned = walk["planned"].as_array().unwrap().clone();
        assert_eq!(planned.len(), 7);
        planned.reverse();
        planned[0]["titles"] = json!({"nl": " Wat nu? "});
        planned[0]["prompts"] = json!({"nl": ["Wie begint?", "Wanneer?"]});
        let figure = json!({"label": "Lampen stuk gemeld", "value": "34", "period": "2025", "source": "Fluvius"});
        planned.push(json!({"kind": "figures", "figures": [figure]}));
        let changed = app.patch(&path, json!({"stations": planned, "name": "Feestzaal"})).await.expect(200);
        assert_eq!((&changed["name"], &changed["code"]), (&json!("Feestzaal"), &walk["code"]));
        let first = &changed["stations"][0];
        assert_eq!(
            (&first["kind"], &first["title"], &first["own_title"]),
            (&json!("actions"), &json!("Wat nu?"), &json!("Wat nu?"))
        );
        assert_eq!(first["prompts"], json!(["Wie begint?", "Wanneer?"]));
        assert_eq!(first["id"], walk["stations"][6]["id"], "a station keeps its id");
        assert!(station(&changed, "figures")["source"].as_str().unwrap().contains("Fluvius (2025)"));
        let list = app.get(&format!("{n}/data-walks")).await.expect(200);
        assert_eq!(list["items"], json!([{"id": walk["id"], "name": "Feestzaal", "day": "2026-12-15", "stations": 8}]));

        let refused = async |more: Value| app.patch(&path, more).await.field(422);
        assert_eq!(refused(json!({"name": "x".repeat(5000)})).await, "name");
        assert_eq!(refused(json!({"day": "soon"})).await, "day");
        assert_eq!(refused(json!({"selection": "colour=red"})).await, "selection");
        assert_eq!(refused(json!({"languages": ["ar"]})).await, "languages");
        let long = json!([{"kind": "who", "titles": {"nl": "x".repeat(5000)}}]);
        assert_eq!(refused(json!({"stations": long})).await, "stations.titles");
        // A station of another data walk is not taken away from it.
        let other = plan(&app, &n, json!({})).await.expect(201);
        let theirs = json!([{"id": other["stations"][0]["id"], "kind": "who"}]);
        assert_eq!(app.patch(&path, json!({"stations": theirs})).await.problem(404), "not_found");
    })
    .await;
}

#[tokio::test]
async fn a_response_stays_with_its_recorder_its_station_and_its_place() {
    on_both(async |mut app| {
        let n = heard(&mut app).await;
        let walk = plan(&app, &n, json!({})).await.expect(201);
        let path = format!("{n}/data-walks/{}", walk["id"].as_str().unwrap());
        let hotspot = json!({"name": "Spoorbrug", "hotspot": {"kind": "unsafe", "centre": BRIDGE}});
        let place = app.post(&format!("{n}/places"), hotspot).await.expect(201)["id"].clone();
        let (one, other) = (Recorder::join(&app, &walk).await, Recorder::join(&app, &walk).await);
        let seen = one.send(Method::GET, "", None).await.expect(200);
        assert_eq!(seen["places"], json!([{"id": place, "name": "Spoorbrug"}]));
        assert_eq!(seen["stations"].as_array().unwrap().len(), 7);
        assert!(seen["code"].is_null());
        let at = station(&seen, "unsafe");

        let id = Id::new();
        let text =
            said(at, json!({"stance": "contradicts", "place": place, "theme": "light", "stickers": {"0": 4, "1": 2}}));
        one.respond(&id, &text).await.expect(201);
        one.respond(&id, &text).await.expect(200);
        assert_eq!(other.respond(&id, &text).await.problem(409), "response_of_another_recorder");
        let edited =
            said(at, json!({"stance": "contradicts", "place": place, "interpretation": "Alleen op matchdagen."}));
        one.respond(&id, &edited).await.expect(200);
        other
            .respond(&Id::new(), &said(at, json!({"stance": "nuances", "group_size": 3, "new_place": "Bankje"})))
            .await
            .expect(201);

        let all = app.get(&format!("{path}/responses")).await.expect(200);
        assert_eq!(all["merged"]["all"], json!({"responses": 2, "people": 9}));
        assert_eq!(all["merged"]["contradicts"], json!({"responses": 1, "people": 6}));
        assert_eq!(all["stations"][0]["merged"]["all"]["people"], 9);
        let mine = all["items"].as_array().unwrap().iter().find(|item| item["id"] == id.as_str()).unwrap();
        assert_eq!(
            (&mine["interpretation"], &mine["place"]["name"]),
            (&json!("Alleen op matchdagen."), &json!("Spoorbrug"))
        );
        assert_eq!((&mine["seen"]["people"], &mine["seen"]["last_day"]), (&json!(36), &json!("2026-11-10")));
        assert_eq!(mine["seen"]["title"], at["title"]);

        // Staff tells the place as disputed; no number of the pins changes.
        let before = app.get(&format!("{n}/hotspots")).await.expect(200);
        app.patch(&format!("{path}/responses/{id}"), json!({"disputes": true})).await.expect(204);
        assert_eq!(app.get(&format!("{n}/hotspots")).await.expect(200)["features"], before["features"]);
        let about = app.get(&format!("{n}/responses?place={}", place.as_str().unwrap())).await.expect(200);
        assert_eq!((&about["merged"]["disputed"], &about["merged"]["all"]["people"]), (&json!(true), &json!(6)));
        let summary = app.get(&format!("{path}/summary?lang=nl")).await.expect(200);
        assert_eq!(summary["title"], "Wat we lazen op 15 december 2026");
        assert!(summary["sentences"][0].as_str().unwrap().contains("Spoorbrug"), "{summary}");
        assert_eq!(summary["stations"][2]["said"].as_array().unwrap().len(), 2);
        let nameless = all["items"].as_array().unwrap().iter().find(|item| item["place"].is_null()).unwrap();
        let nameless = format!("{path}/responses/{}", nameless["id"].as_str().unwrap());
        assert_eq!(app.patch(&nameless, json!({"disputes": true})).await.field(422), "disputes");

        // What a group says can become an action; the summary counts it.
        let from = json!({"data_walk": walk["id"], "station": at["id"], "response": id});
        let new = json!({"problem": "Alleen op matchdagen.", "type": "listen", "places": [place], "from": from});
        let action = app.post(&format!("{n}/actions"), new).await.expect(201);
        assert_eq!(action["from"], from);
        let summary = app.get(&format!("{path}/summary?lang=nl")).await.expect(200);
        assert_eq!(summary["sentences"][2], "Hieruit kwam één voorstel.");
        let shown = app.get(&path).await.expect(200);
        assert_eq!(station(&shown, "actions")["chart"]["drafts"][0]["measure"], "Alleen op matchdagen.");

        // A place that was removed since stays with what was said of it.
        app.send(Method::DELETE, &format!("{n}/places/{}", place.as_str().unwrap()), None).await.expect(204);
        one.respond(&id, &edited).await.expect(200);
        let all = app.get(&format!("{path}/responses")).await.expect(200);
        assert!(all["items"].as_array().unwrap().iter().any(|item| item["place"]["name"] == "Spoorbrug"));

        // Whoever says it of no place any more disputes none.
        one.respond(&id, &said(at, json!({"stance": "contradicts"}))).await.expect(200);
        let all = app.get(&format!("{path}/responses")).await.expect(200);
        let mine = all["items"].as_array().unwrap().iter().find(|item| item["id"] == id.as_str()).unwrap();
        assert_eq!((&mine["place"], &mine["disputes"]), (&Value::Null, &json!(false)));

        // A station with responses stays, and nothing that was changed with it is half done.
        let planned: Vec<Value> =
            walk["planned"].as_array().unwrap().iter().filter(|one| one["kind"] != "unsafe").cloned().collect();
        let refused = app.patch(&path, json!({"name": "Anders", "stations": planned})).await;
        assert_eq!(refused.problem(409), "station_has_responses");
        assert_eq!(app.get(&path).await.expect(200)["name"], "Datawandeling");

        assert_eq!(
            other.send(Method::DELETE, &format!("/responses/{id}"), None).await.problem(409),
            "response_of_another_recorder"
        );
        one.send(Method::DELETE, &format!("/responses/{id}"), None).await.expect(204);
        one.send(Method::DELETE, &format!("/responses/{id}"), None).await.expect(204);
        assert_eq!(one.respond(&id, &edited).await.problem(410), "response_deleted");

        // With the data walk goes all of it.
        app.send(Method::DELETE, &path, None).await.expect(204);
        app.send(Method::DELETE, &path, None).await.expect(204);
        assert_eq!(one.send(Method::GET, "", None).await.problem(401), "unknown_device");
        assert_eq!(app.get(&path).await.problem(404), "not_found");
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_is_refused_by_its_field() {
    on_both(async |mut app| {
        let n = heard(&mut app).await;
        let walk = plan(&app, &n, json!({})).await.expect(201);
        let elsewhere = plan(&app, &n, json!({})).await.expect(201);
        let recorder = Recorder::join(&app, &walk).await;
        let at = station(&walk, "safe");
        let refused = async |more: Value| recorder.respond(&Id::new(), &said(at, more)).await.field(422);
        assert_eq!(refused(json!({"station": station(&elsewhere, "safe")["id"]})).await, "station");
        assert_eq!(refused(json!({"interpretation": "x".repeat(5000)})).await, "interpretation");
        assert_eq!(refused(json!({"new_place": "x".repeat(5000)})).await, "new_place");
        assert_eq!(refused(json!({"place": Id::new()})).await, "place");
        assert_eq!(refused(json!({"group_size": -1})).await, "group_size");
        assert_eq!(refused(json!({"group_size": 0})).await, "group_size");
        assert_eq!(refused(json!({"stickers": {"9": 1}})).await, "stickers");
        assert_eq!(refused(json!({"stickers": {"0": -1}})).await, "stickers");
        app.patch(&n, json!({"themes": ["light"]})).await.expect(200);
        assert_eq!(refused(json!({"theme": "noise"})).await, "theme");
        let all = app.get(&format!("{n}/data-walks/{}/responses", walk["id"].as_str().unwrap())).await.expect(200);
        assert_eq!(all["items"], json!([]));
    })
    .await;
}
