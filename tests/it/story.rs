//! One neighbourhood from the join code to the file that the analyst takes home.

use buurtsignaal::id::Id;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Tablet, on_both, pin};

const UNDERPASS: [f64; 2] = [3.708, 51.055];
const PARK: [f64; 2] = [3.722, 51.065];
const SQUARE: [f64; 2] = [3.715, 51.060];

/// A spot some metres from another, always the same for the same number.
fn near([lon, lat]: [f64; 2], n: usize) -> [f64; 2] {
    let step = |n: usize| (n % 5) as f64 - 2.0;
    [lon + step(n) * 0.000_2, lat + step(n / 5 + n) * 0.000_13]
}

async fn say(tablet: &Tablet, body: &Value) -> String {
    let id = Id::new().to_string();
    tablet.put_pin(&id, body).await.expect(201);
    id
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a story is told in one go")]
async fn a_workshop_from_the_code_to_the_geojson() {
    on_both(async |mut app| {
        // The owner draws a neighbourhood and gives two colleagues a seat.
        app.sign_in_new("owner@example.org", true).await;
        let n = app.neighbourhood().await;
        for (email, role) in [("facilitator@example.org", "facilitator"), ("analyst@example.org", "analyst")] {
            let seat = json!({"role": role, "name": role, "password": "correct horse"});
            app.send(Method::PUT, &format!("{n}/people/{email}"), Some(&seat)).await.expect(200);
        }
        let people = app.get(&format!("{n}/people")).await.expect(200);
        assert_eq!(people.as_array().unwrap().len(), 2);

        // The facilitator opens a workshop; three tablets join with its code.
        app.sign_in_as("facilitator@example.org").await;
        let gathering = app.open_gathering(&n, json!({"name": "Bibliotheek"})).await;
        let id = gathering["id"].as_str().unwrap();
        let here = format!("{n}/hotspots?gathering={id}");
        let tablets = [app.join(&gathering).await, app.join(&gathering).await, app.join(&gathering).await];

        // Four people are too few for a map, and the answer says so.
        let mut participants = Vec::new();
        for number in 0..20 {
            let tablet = &tablets[number % 3];
            let who = json!({"age": if number % 2 == 0 { "65_plus" } else { "18_29" }, "gender": "woman"});
            participants.push((tablet, tablet.participant(who).await));
        }
        for (number, (tablet, participant)) in participants.iter().enumerate().take(4) {
            for spot in [UNDERPASS, PARK, SQUARE] {
                say(tablet, &pin(participant, "unsafe", near(spot, number))).await;
            }
        }
        let few = app.get(&here).await.expect(200);
        assert_eq!((&few["features"], &few["method"]["enough"]), (&json!([]), &json!(false)));
        assert_eq!((&few["method"]["people"], &few["method"]["pins"]), (&json!(4), &json!(12)));
        assert_eq!(app.get(&format!("{n}/surface?gathering={id}")).await.expect(200)["grid"], json!(null));

        // Twenty people: the underpass is unsafe, the park safe, about the square they differ. One person puts the same
        // thing three times, and someone tells what others say.
        for (number, (tablet, participant)) in participants.iter().enumerate().skip(4) {
            let mut dark = pin(participant, "unsafe", near(UNDERPASS, number));
            dark["properties"]["comment"] = json!(format!("Er brandt maar één lamp ({number})."));
            let first = say(tablet, &dark).await;
            if number == 4 {
                say(tablet, &pin(participant, "unsafe", near(UNDERPASS, number))).await;
                let mistaken = say(tablet, &pin(participant, "safe", near(UNDERPASS, number))).await;
                tablet.delete_pin(&mistaken).await.expect(204);
                tablet.put_pin(&first, &dark).await.expect(200);
            }
            say(tablet, &pin(participant, "safe", near(PARK, number))).await;
            say(tablet, &pin(participant, if number % 2 == 0 { "safe" } else { "unsafe" }, near(SQUARE, number))).await;
        }
        let mut heard = pin(&participants[5].1, "unsafe", near(PARK, 3));
        heard["properties"]["basis"] = json!("heard");
        say(participants[5].0, &heard).await;

        // The room looks together.
        app.patch(&format!("{n}/gatherings/{id}"), json!({"phase": "revealed"})).await.expect(200);
        let hotspots = app.get(&here).await.expect(200);
        let method = &hotspots["method"];
        assert_eq!((&method["people"], &method["pins"]), (&json!(20), &json!(61)));
        assert_eq!((&method["heard_pins"], &method["enough"]), (&json!(1), &json!(true)));
        let at = |spot: [f64; 2]| {
            let close = |feature: &&Value| {
                let centre = &feature["properties"]["centre"];
                (centre[0].as_f64().unwrap() - spot[0]).abs() < 0.002
                    && (centre[1].as_f64().unwrap() - spot[1]).abs() < 0.001_5
            };
            let found: Vec<_> = hotspots["features"].as_array().unwrap().iter().filter(close).collect();
            assert_eq!(found.len(), 1, "one hotspot at {spot:?}");
            found[0]["properties"].clone()
        };
        let underpass = at(UNDERPASS);
        assert_eq!((&underpass["kind"], &underpass["people_unsafe"]), (&json!("unsafe"), &json!(20)));
        assert_eq!(at(PARK)["kind"], "safe");
        assert_eq!(at(PARK)["people_safe"], 16);
        assert_eq!(at(SQUARE)["kind"], "contested");
        let themes: Vec<_> = underpass["themes"].as_array().unwrap().iter().map(|t| t["code"].clone()).collect();
        assert_eq!(themes, [json!("light"), json!("sight")]);

        let surface = app.get(&format!("{n}/surface?gathering={id}")).await.expect(200);
        let grid = &surface["grid"];
        let cells = usize::try_from(grid["cols"].as_u64().unwrap() * grid["rows"].as_u64().unwrap()).unwrap();
        for layer in ["people_unsafe", "people_safe", "people_near", "inside"] {
            assert_eq!(grid[layer].as_array().unwrap().len(), cells, "{layer}");
        }
        let most = grid["people_unsafe"].as_array().unwrap().iter().filter_map(Value::as_f64).fold(0.0, f64::max);
        assert!((15.0..=20.0).contains(&most), "at most twenty people feel so anywhere: {most}");

        // Old and young apart, and a filter that nobody knows.
        let old = app.get(&format!("{n}/counts?gathering={id}&age=65_plus")).await.expect(200);
        assert_eq!(old["method"]["people"], 10);
        assert_eq!(app.get(&format!("{n}/hotspots?age=old")).await.field(400), "age");

        // One comment is approved; the analyst's file holds that one and no other, and nobody's id.
        let waiting = app.get(&format!("{n}/comments")).await.expect(200);
        assert_eq!(waiting["items"].as_array().unwrap().len(), 16);
        let first = &waiting["items"][0];
        let path = format!("{n}/comments/{}", first["pin"].as_str().unwrap());
        app.patch(&path, json!({"status": "approved"})).await.expect(200);
        app.patch(&format!("{n}/gatherings/{id}"), json!({"phase": "closed"})).await.expect(200);
        app.sign_in_as("analyst@example.org").await;
        let export = app.get(&format!("{n}/pins?gathering={id}")).await.expect(200);
        let features = export["features"].as_array().unwrap();
        assert_eq!((&export["type"], features.len()), (&json!("FeatureCollection"), 62));
        let comments: Vec<_> = features.iter().map(|f| &f["properties"]["comment"]).filter(|c| !c.is_null()).collect();
        assert_eq!(comments, [&first["comment"]]);
        let text = export.to_string();
        for (tablet, participant) in &participants {
            assert!(!text.contains(participant) && !text.contains(&tablet.token), "nothing leads to a person");
        }
        for feature in features {
            assert!(feature.get("id").is_none());
            for (key, _) in feature["properties"].as_object().unwrap() {
                let known = [
                    "gathering",
                    "round",
                    "held_on",
                    "feeling",
                    "intensity",
                    "radius_m",
                    "when",
                    "days",
                    "frequency",
                    "effect",
                    "themes",
                    "basis",
                    "comment",
                    "agree",
                    "disagree",
                ];
                assert!(known.contains(&key.as_str()), "{key} leaves the house");
            }
            assert_eq!(feature["properties"]["held_on"], "2026-11-17");
        }
    })
    .await;
}
