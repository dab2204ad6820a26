//! The story goes on: from the hotspots of a workshop over places, a walk and a data walk to a promise, its answer and a
//! second round.

use buurtsignaal::id::Id;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Recorder, TestApp, on_both};

const UNDERPASS: [f64; 2] = [3.708, 51.055];
const PARK: [f64; 2] = [3.722, 51.065];
const SQUARE: [f64; 2] = [3.715, 51.060];
const DAY_MS: i64 = 86_400_000;

/// A workshop of so many people; `say` tells for each what they feel at the underpass, in the park and on the square.
async fn workshop(
    app: &TestApp,
    n: &str,
    day: &str,
    round: &str,
    people: usize,
    say: impl Fn(usize) -> [&'static str; 3],
) {
    let gathering = app.open_gathering(n, json!({"held_on": day, "round": round, "pin_budget": null})).await;
    let tablet = app.join(&gathering).await;
    for who in 0..people {
        let participant = tablet.participant(json!({})).await;
        for (feeling, [lon, lat]) in say(who).into_iter().zip([UNDERPASS, PARK, SQUARE]) {
            let (east, north) = ((who % 5) as f64 - 2.0, (who / 5) as f64 - 2.0);
            tablet.pin(&participant, feeling, [lon + east * 0.000_2, lat + north * 0.000_13]).await;
        }
    }
    let path = format!("{n}/gatherings/{}", gathering["id"].as_str().unwrap());
    app.patch(&path, json!({"phase": "closed"})).await.expect(200);
}

fn id(thing: &Value) -> &str {
    thing["id"].as_str().unwrap()
}

#[tokio::test]
async fn from_the_map_on_the_wall_to_a_promise_that_is_kept() {
    on_both(async |mut app| {
        app.sign_in_new("owner@example.org", true).await;
        let n = app.neighbourhood().await;
        workshop(&app, &n, "2026-11-10", "2026-1", 20, |who| ["unsafe", "safe", ["safe", "unsafe"][who % 2]]).await;

        // The hotspots that people recognise are named and kept.
        let mut places = Vec::new();
        for (name, kind, centre) in
            [("Spoorbrug", "unsafe", UNDERPASS), ("Park", "safe", PARK), ("Plein", "contested", SQUARE)]
        {
            let hotspot = json!({"name": name, "hotspot": {"kind": kind, "centre": centre}});
            places.push(app.post(&format!("{n}/places"), hotspot).await.expect(201));
        }
        let [underpass, ..] = &places[..] else { panic!("no place") };

        // A walk past all three: what makes a place pleasant is looked at too.
        let proposed = app.post(&format!("{n}/walks/propose"), json!({})).await.expect(200);
        let kinds: Vec<_> = proposed["stops"].as_array().unwrap().iter().map(|stop| stop["kind"].clone()).collect();
        for kind in ["safe", "contested", "unsafe", "chosen"] {
            assert!(kinds.contains(&json!(kind)), "{kind} in {kinds:?}");
        }
        let walk = json!({"name": "Na school", "day": "2026-11-25", "start": "16:05", "stops": proposed["stops"]});
        let walk = app.post(&format!("{n}/walks"), walk).await.expect(201);
        assert!(walk["budget"]["total_min"].as_i64().unwrap() <= 120);
        let gpx = app.get(&format!("{n}/walks/{}/gpx", id(&walk))).await.expect(200);
        assert!(gpx.as_str().unwrap().contains("Spoorbrug") && !gpx.as_str().unwrap().contains("unsafe"));
        let stop = walk["stops"].as_array().unwrap().iter().find(|stop| stop["place"]["id"] == underpass["id"]).unwrap();
        for kit in ["sheet", "kit"] {
            let (status, pdf) = app.get_bytes(&format!("{n}/walks/{}/{kit}.pdf?lang=fr", id(&walk))).await;
            assert!(status == 200 && pdf.starts_with(b"%PDF-"), "{kit}");
        }

        // Two phones note what eight people see; not one pin comes of it.
        for feelings in [[3, 1, 0, 0, 0], [1, 2, 1, 0, 0]] {
            let phone = Recorder::join(&app, &walk).await;
            let seen = json!({"stop": stop["id"], "feelings": feelings, "scores": {"light": 0}, "fits": "confirms",
                "change": "Eén lamp is stuk."});
            phone.observe(&Id::new(), &seen).await.expect(201);
        }
        let seen = app.get(&format!("{n}/observations?place={}", id(underpass))).await.expect(200);
        assert!(seen.to_string().contains("Eén lamp is stuk."));
        assert_eq!(app.get(&format!("{n}/hotspots")).await.expect(200)["method"]["pins"], 60);

        // Charts on the walls of a room; a group of nine reads them.
        let room = json!({"name": "Zaal", "day": "2026-12-01", "stations": [{"kind": "safe"}, {"kind": "unsafe"}]});
        let room = app.post(&format!("{n}/data-walks"), room).await.expect(201);
        let station = &room["stations"][1];
        let tablet = Recorder::join(&app, &room).await;
        let read = json!({"station": station["id"], "stance": "nuances", "group_size": 9, "place": underpass["id"],
            "interpretation": "Vooral na zeven uur."});
        tablet.respond(&Id::new(), &read).await.expect(201);
        let read = app.get(&format!("{n}/responses?place={}", id(underpass))).await.expect(200);
        assert!(read.to_string().contains("Vooral na zeven uur."));
        let (status, poster) = app.get_bytes(&format!("{n}/data-walks/{}/posters.pdf?paper=a3&lang=nl", id(&room))).await;
        assert!(status == 200 && poster.starts_with(b"%PDF-"));

        // A promise with an owner, which is answered before its date and kept.
        let promise = json!({"places": [underpass["id"]], "problem": "Onder de brug is het donker.", "type": "quick_win",
            "measure": "Twee lampen", "owner": "lighting", "from": {"data_walk": room["id"], "station": station["id"]}});
        let promise = app.post(&format!("{n}/actions"), promise).await.expect(201);
        let votes = json!({"source": "Datawandeling", "people": 9});
        let action = format!("{n}/actions/{}", id(&promise));
        app.send(Method::PUT, &format!("{action}/votes"), Some(&votes)).await.expect(200);
        for status in ["prioritised", "accepted", "planned", "in_progress"] {
            app.patch(&action, json!({"status": status})).await.expect(200);
        }
        app.later(20 * DAY_MS);
        let done = app.patch(&action, json!({"status": "done", "public_text": "Er hangen twee lampen."})).await.expect(200);
        assert_eq!((&done["votes"], &done["late"]), (&json!(9), &json!(false)));

        // What was said and done, for everybody to read.
        let answer = format!("{n}/places/{}/answer", id(underpass));
        let words = json!({"said": "Het is er te donker.", "did": "Twee lampen.", "lang": "nl"});
        app.send(Method::PUT, &answer, Some(&words)).await.expect(200);
        let published = app.post(&format!("{answer}/publish"), json!({"approved_by": "Sara Willems"})).await.expect(201);
        let stranger = app.browser.get(format!("{}/answers/{}", app.address, published["slug"].as_str().unwrap()));
        let page = stranger.send().await.unwrap();
        assert!(page.headers().get("set-cookie").is_none());
        let page = page.text().await.unwrap();
        assert!(page.contains("Twee lampen.") && !page.contains("Eén lamp is stuk.") && !page.contains("<script"));

        // A second round with the same question: the underpass is no longer where people feel less safe.
        workshop(&app, &n, "2026-12-08", "2026-2", 20, |who| ["safe", "safe", ["safe", "unsafe"][who % 2]]).await;
        let effect = app.get(&format!("{action}/effect")).await.expect(200);
        let effect = &effect["places"][0]["effect"];
        assert_eq!((&effect["before"]["people"], &effect["after"]["people"]), (&json!(20), &json!(20)));
        assert_eq!(effect["less_safe"]["finding"], "conversation", "twenty people are too few for more");
        let second = app.get(&format!("{n}/hotspots?round=2026-2")).await.expect(200);
        let kinds: Vec<_> = second["features"].as_array().unwrap().iter().map(|one| &one["properties"]["kind"]).collect();
        assert!(!kinds.contains(&&json!("unsafe")), "{kinds:?}");
        app.patch(&action, json!({"status": "checked"})).await.expect(200);
        let kept = app.get(&format!("{n}/actions/kept")).await.expect(200);
        assert_eq!((&kept["answered"], &kept["checked"], &kept["late"]), (&json!(1), &json!(1), &json!(0)));
    })
    .await;
}
