//! Verdicts, stability and refusals: what so many people allow, and how it is told that a test is done.

use serde_json::{Value, json};

use crate::live::Listener;
use crate::support::{Tablet, TestApp, on_both, pin};

const LESS_SAFE: [f64; 2] = [3.712, 51.058];
const SAFE: [f64; 2] = [3.720, 51.062];

/// So many people, each of whom finds one place unsafe and another safe.
async fn people(tablet: &Tablet, how_many: u32, who: Value) {
    for i in 0..how_many {
        let participant = tablet.participant(who.clone()).await;
        let turn = f64::from(i) * 2.4;
        let near = |at: [f64; 2]| [at[0] + 2e-4 * turn.cos(), at[1] + 1e-4 * turn.sin()];
        tablet.pin(&participant, "unsafe", near(LESS_SAFE)).await;
        tablet.pin(&participant, "safe", near(SAFE)).await;
    }
}

async fn set_up(app: &mut TestApp) -> (String, Tablet) {
    app.sign_in_new("lotte@example.org", true).await;
    let n = app.neighbourhood().await;
    let gathering = app.open_gathering(&n, json!({"pin_budget": null})).await;
    let tablet = app.join(&gathering).await;
    (n, tablet)
}

/// Asks with all the patience there is.
async fn hotspots(app: &TestApp, n: &str, query: &str) -> Value {
    app.get(&format!("{n}/hotspots?wait_ms=10000{query}")).await.expect(200)
}

fn told<'a>(hotspots: &'a Value, field: &str) -> Vec<&'a Value> {
    hotspots["features"].as_array().unwrap().iter().map(|f| &f["properties"][field]).collect()
}

#[tokio::test]
async fn where_everybody_says_the_same_is_a_signal_that_stays() {
    on_both(async |mut app| {
        let (n, tablet) = set_up(&mut app).await;
        people(&tablet, 20, json!({})).await;
        let found = hotspots(&app, &n, "").await;
        assert_eq!(told(&found, "verdict"), ["signal", "signal"], "{found}");
        assert_eq!(told(&found, "stability"), ["robust", "robust"]);
        assert_eq!(told(&found, "hangs_on_one"), [false, false]);
        assert_eq!(
            found["method"]["test"],
            json!({"state": "done", "percent": 100, "by": "within_participant", "shuffles": 999, "seed": 2026, "alpha": 0.05})
        );
        assert_eq!((&found["method"]["tier"], &found["method"]["allowed"]), (&json!("small"), &json!(["surface", "test"])));

        let grid = app.get(&format!("{n}/surface?wait_ms=10000")).await.expect(200)["grid"].clone();
        let verdicts = grid["verdicts"].as_array().unwrap();
        assert_eq!(verdicts.len(), grid["inside"].as_array().unwrap().len());
        let has = |code: u32| verdicts.contains(&json!(code));
        assert!(has(0) && has(2) && has(3), "too few, unsafe and safe cells");

        let again = hotspots(&app, &n, &format!("&gathering={}", tablet.gathering)).await;
        assert_eq!(again["features"], found["features"], "the same pins give the same answer");
    })
    .await;
}

#[tokio::test]
async fn whoever_follows_hears_that_the_verdicts_are_there() {
    on_both(async |mut app| {
        let (n, tablet) = set_up(&mut app).await;
        people(&tablet, 15, json!({})).await;
        let mut listener = Listener::of(&app, &tablet).await;
        listener.until("gathering", |_| true).await;
        let at_once = format!("{n}/hotspots?wait_ms=0");
        app.get(&at_once).await.expect(200);
        listener.until("verdicts", |told| told["percent"] == 100).await;
        let (_, mark) = app.get_known(&at_once, None).await;
        let found = app.get(&at_once).await.expect(200);
        assert_eq!((&found["method"]["test"]["state"], told(&found, "verdict").len()), (&json!("done"), 2));
        assert_eq!(app.get_known(&at_once, Some(&mark)).await.0, 304);
        people(&tablet, 1, json!({})).await;
        assert_eq!(app.get_known(&at_once, Some(&mark)).await.0, 200, "the older test was overtaken");
        assert_eq!(hotspots(&app, &n, "").await["method"]["people"], 16);
    })
    .await;
}

#[tokio::test]
async fn what_so_few_people_do_not_allow_is_refused_with_the_reason() {
    on_both(async |mut app| {
        let (n, tablet) = set_up(&mut app).await;
        people(&tablet, 14, json!({"gender": "woman", "age": "45_64", "role": "resident"})).await;
        let found = hotspots(&app, &n, "").await;
        assert!(told(&found, "verdict").iter().all(|verdict| verdict.is_null()), "fourteen are too few for a test");
        assert_eq!((&found["method"]["test"]["state"], &found["method"]["refused"]), (&json!("refused"), &Value::Null));
        for (query, refused) in [
            ("gender=woman", json!({"why": "group_too_small", "needs": 15})),
            ("gender=man", json!({"why": "too_few_voices", "needs": 5})),
            ("when=evening", json!({"why": "too_few_for_times", "needs": 30})),
            ("gender=woman&age=45_64&role=resident", json!({"why": "too_many_fields", "needs": null})),
        ] {
            for route in ["surface", "hotspots", "counts"] {
                let answer = app.get(&format!("{n}/{route}?{query}")).await.expect(200);
                assert_eq!(
                    (&answer["method"]["refused"], &answer["method"]["enough"]),
                    (&refused, &json!(false)),
                    "{route}?{query}"
                );
                assert!(answer["grid"].is_null() && answer["features"].as_array().is_none_or(Vec::is_empty));
                assert!(answer["themes"].as_array().is_none_or(|all| all.iter().all(|t| t["unsafe"].is_null())));
            }
        }
        people(&tablet, 1, json!({"gender": "woman"})).await;
        assert_eq!(
            told(&hotspots(&app, &n, "&gender=woman").await, "verdict"),
            ["signal", "signal"],
            "fifteen are a group"
        );
        for wait in ["-1", "10001", "long"] {
            assert_eq!(app.get(&format!("{n}/hotspots?wait_ms={wait}")).await.field(400), "wait_ms");
        }
    })
    .await;
}

#[tokio::test]
async fn strange_selections_get_a_clear_answer_and_never_a_number_that_is_none() {
    on_both(async |mut app| {
        let (n, tablet) = set_up(&mut app).await;
        let everything = async || {
            for path in ["surface", "hotspots", "counts", "hotspots?sigma_m=25", "surface?sigma_m=1000"] {
                let answer = app.get(&format!("{n}/{path}")).await.expect(200);
                assert!(!answer.to_string().contains("NaN") && !answer["method"].is_null(), "{path}");
            }
        };
        everything().await;
        let one = tablet.participant(json!({})).await;
        for _ in 0..40 {
            tablet.pin(&one, "safe", SAFE).await;
        }
        everything().await;
        for _ in 0..20 {
            let safe = tablet.participant(json!({})).await;
            tablet.pin(&safe, "safe", SAFE).await;
        }
        everything().await;
        let found = hotspots(&app, &n, "").await;
        assert_eq!(told(&found, "kind"), ["safe"]);
        assert_eq!(told(&found, "verdict"), ["no_clear_signal"], "who only speaks of safe places cannot be tested");
        for sigma in ["0", "-100", "10000", "NaN"] {
            assert_eq!(app.get(&format!("{n}/hotspots?sigma_m={sigma}")).await.field(400), "sigma_m");
        }
        let corner = tablet.participant(json!({})).await;
        let edge = pin(&corner, "unsafe", [3.70001, 51.05001]);
        tablet.put_pin(&buurtsignaal::id::Id::new().to_string(), &edge).await.expect(201);
        everything().await;
    })
    .await;
}

#[tokio::test]
async fn two_groups_lie_side_by_side_and_their_difference_is_tested_from_thirty_on() {
    on_both(async |mut app| {
        let (n, tablet) = set_up(&mut app).await;
        let place = async |gender: &str, less_safe: [f64; 2], safe: [f64; 2], how_many: u32| {
            for _ in 0..how_many {
                let participant = tablet.participant(json!({"gender": gender})).await;
                tablet.pin(&participant, "unsafe", less_safe).await;
                tablet.pin(&participant, "safe", safe).await;
            }
        };
        let asked = format!("{n}/comparison?wait_ms=10000&a.gender=woman&b.gender=man");
        place("woman", LESS_SAFE, SAFE, 15).await;
        place("man", SAFE, LESS_SAFE, 14).await;
        let refused = app.get(&asked).await.expect(422);
        assert_eq!((&refused["type"], &refused["field"]), (&json!("too_few_people"), &json!("b")), "{refused}");
        assert!(refused["detail"].as_str().unwrap().contains("15 people on each side; b has 14"), "{refused}");

        place("man", SAFE, LESS_SAFE, 1).await;
        let shown = app.get(&asked).await.expect(200);
        assert_eq!((&shown["by"], &shown["test"]["state"]), (&json!("groups"), &json!("refused")));
        assert_eq!((&shown["test"]["refused"], &shown["notes"]), (&json!("too_few_people"), &json!(["small_groups"])));
        let (a, b) = (&shown["a"]["grid"], &shown["b"]["grid"]);
        assert_eq!((&a["corners"], &a["cols"], &a["rows"]), (&b["corners"], &b["cols"], &b["rows"]), "the same cells");
        assert_eq!(shown["a"]["method"]["people"], 15);

        place("woman", LESS_SAFE, SAFE, 15).await;
        place("man", SAFE, LESS_SAFE, 15).await;
        let tested = app.get(&asked).await.expect(200);
        assert_eq!((&tested["test"]["state"], &tested["test"]["verdict"]), (&json!("done"), &json!("difference")));
        assert_eq!(
            tested["test"]["cells"].as_array().unwrap().len(),
            tested["a"]["grid"]["inside"].as_array().unwrap().len()
        );
        let areas = tested["areas"]["features"].as_array().unwrap().iter().map(|f| &f["properties"]);
        let mut more: Vec<&str> = areas.map(|p| p["more_unsafe"].as_str().unwrap()).collect();
        more.sort_unstable();
        assert_eq!(more, ["a", "b"], "each side is less at ease at one of the places");

        let (_, mark) = app.get_known(&asked, None).await;
        assert_eq!(app.get_known(&asked, Some(&mark)).await.0, 304);
        assert_eq!(app.get(&format!("{n}/comparison?a.gender=woman&b.gender=woman")).await.field(400), "a");
        assert_eq!(app.get(&format!("{n}/comparison?a.colour=red")).await.field(400), "colour");
        let rounds = app.get(&format!("{n}/comparison?a.round=2026-1&b.round=2026-2")).await.expect(422);
        assert_eq!(rounds["field"], "b");
    })
    .await;
}

#[tokio::test]
async fn people_are_told_by_hexagon_and_under_five_nothing_is() {
    on_both(async |mut app| {
        let (n, tablet) = set_up(&mut app).await;
        people(&tablet, 16, json!({})).await;
        let lonely = tablet.participant(json!({})).await;
        tablet.pin(&lonely, "unsafe", [3.705, 51.067]).await;
        let found = app.get(&format!("{n}/hexes?resolution=9")).await.expect(200);
        let told: Vec<&Value> = found["features"].as_array().unwrap().iter().map(|f| &f["properties"]).collect();
        let (few, enough): (Vec<&&Value>, Vec<&&Value>) = told.iter().partition(|hex| hex["people"].is_null());
        assert!(
            !few.is_empty() && few.iter().all(|hex| hex["share_unsafe"].is_null() && hex["z"].is_null()),
            "{found}"
        );
        assert!(few.iter().all(|hex| hex["verdict"] == "too_few_people"));
        let people: i64 = enough.iter().map(|hex| hex["people"].as_i64().unwrap()).sum();
        assert!(people >= 30, "sixteen people at each of two places, in {found}");
        assert_eq!(found["method"]["test"]["by"], "hexes");
        let first = &found["features"][0];
        assert_eq!(
            (&first["geometry"]["type"], first["geometry"]["coordinates"][0].as_array().unwrap().len()),
            (&json!("Polygon"), 7)
        );
        for resolution in ["7", "12", "ten", ""] {
            assert_eq!(app.get(&format!("{n}/hexes?resolution={resolution}")).await.field(400), "resolution");
        }
    })
    .await;
}

#[tokio::test]
async fn dense_groups_and_the_density_of_pins_count_people() {
    on_both(async |mut app| {
        let (n, tablet) = set_up(&mut app).await;
        people(&tablet, 8, json!({})).await;
        let alone = tablet.participant(json!({})).await;
        for i in 0..9 {
            tablet.pin(&alone, "unsafe", [3.705, 51.067 + f64::from(i) * 1e-5]).await;
        }
        let found = app.get(&format!("{n}/clusters")).await.expect(200);
        assert_eq!(told(&found, "people"), [8, 8], "nine pins of one person are no group: {found}");
        let less_safe = app.get(&format!("{n}/clusters?feeling=unsafe")).await.expect(200);
        assert_eq!(told(&less_safe, "people"), [8]);
        assert_eq!(app.get(&format!("{n}/clusters?eps_m=5")).await.field(400), "eps_m");

        let dense = app.get(&format!("{n}/density")).await.expect(200);
        assert_eq!((&dense["method"]["sigma_m"], &dense["gamma"]), (&json!(150.0), &json!(0.5)));
        let cells = dense["grid"]["per_km2"].as_array().unwrap();
        assert!(cells.contains(&Value::Null) && cells.iter().any(|pins| pins.as_f64().is_some_and(|pins| pins > 1.0)));
        let nothing = app.get(&format!("{n}/density?round=1999")).await.expect(200);
        assert!(nothing["grid"].is_null() && nothing["method"]["refused"]["why"] == "too_few_voices");
    })
    .await;
}

#[tokio::test]
async fn a_contested_place_says_why_people_differ_there() {
    on_both(async |mut app| {
        let (n, tablet) = set_up(&mut app).await;
        let differ = async |how_many: u32| {
            for i in 0..how_many {
                let (feeling, when) = if i.is_multiple_of(2) { ("unsafe", "dark") } else { ("safe", "afternoon") };
                let mut told = pin(&tablet.participant(json!({})).await, feeling, LESS_SAFE);
                told["properties"]["when"] = json!([when]);
                tablet.put_pin(&buurtsignaal::id::Id::new().to_string(), &told).await.expect(201);
            }
        };
        differ(28).await;
        let found = hotspots(&app, &n, "").await;
        assert_eq!(told(&found, "kind"), ["contested"]);
        assert!(told(&found, "explanation")[0].is_null(), "under thirty people nothing is explained");
        differ(2).await;
        let found = hotspots(&app, &n, "").await;
        assert_eq!(told(&found, "explanation"), [&json!({"by": "time", "dark": 1.0, "day": 0.0})]);
        assert!(found["method"]["allowed"].as_array().unwrap().contains(&json!("contested")));
    })
    .await;
}
