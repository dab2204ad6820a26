//! Agreeing and disagreeing with the pins of others: only once they are revealed, and one more person where one agrees.

use buurtsignaal::id::Id;
use reqwest::Method;
use serde_json::{Value, json};

use crate::live::Listener;
use crate::support::{Answer, Tablet, TestApp, on_both, pin};

const HERE: [f64; 2] = [3.712, 51.058];

/// An open gathering, a tablet at it and the path of the gathering for staff.
struct Room {
    n: String,
    path: String,
    gathering: Value,
    tablet: Tablet,
}

async fn room(app: &mut TestApp) -> Room {
    app.sign_in_new("lotte@example.org", true).await;
    let n = app.neighbourhood().await;
    let gathering = app.open_gathering(&n, json!({"pin_budget": null, "questions": ["comment", "help"]})).await;
    let tablet = app.join(&gathering).await;
    let path = format!("{n}/gatherings/{}", gathering["id"].as_str().unwrap());
    Room { n, path, gathering, tablet }
}

/// So many people with one pin each at the spot; gives their ids and those of the pins.
async fn people(tablet: &Tablet, how_many: usize, who: Value) -> Vec<(String, String)> {
    let mut people = Vec::new();
    for _ in 0..how_many {
        let participant = tablet.participant(who.clone()).await;
        let pin = tablet.pin(&participant, "unsafe", HERE).await;
        people.push((participant, pin));
    }
    people
}

async fn vote(tablet: &Tablet, pin: &str, participant: &str, vote: &str) -> Answer {
    tablet.send(Method::PUT, &format!("/pins/{pin}/votes/{participant}"), Some(&json!({"vote": vote}))).await
}

async fn take_back(tablet: &Tablet, pin: &str, participant: &str) -> Answer {
    tablet.send(Method::DELETE, &format!("/pins/{pin}/votes/{participant}"), None).await
}

async fn shown(tablet: &Tablet) -> Answer {
    tablet.send(Method::GET, "/pins", None).await
}

async fn method(app: &TestApp, n: &str, selection: &str) -> (i64, i64) {
    let method = app.get(&format!("{n}/surface?{selection}")).await.expect(200)["method"].clone();
    (method["people"].as_i64().unwrap(), method["pins"].as_i64().unwrap())
}

#[tokio::test]
async fn nobody_sees_or_judges_the_pins_of_others_before_the_reveal_or_after_the_end() {
    on_both(async |mut app| {
        let Room { path, tablet, .. } = room(&mut app).await;
        let all = people(&tablet, 3, json!({})).await;
        let ((_, first), (second, _)) = (&all[0], &all[1]);
        assert_eq!(shown(&tablet).await.problem(409), "not_revealed");
        assert_eq!(vote(&tablet, first, second, "agree").await.problem(409), "not_revealed");
        assert_eq!(take_back(&tablet, first, second).await.problem(409), "not_revealed");

        app.patch(&path, json!({"phase": "revealed"})).await.expect(200);
        vote(&tablet, first, second, "agree").await.expect(201);
        app.patch(&path, json!({"phase": "closed"})).await.expect(200);
        assert_eq!(shown(&tablet).await.problem(409), "gathering_not_open");
        assert_eq!(vote(&tablet, first, second, "disagree").await.problem(409), "gathering_not_open");
        assert_eq!(take_back(&tablet, first, second).await.problem(409), "gathering_not_open");
    })
    .await;
}

#[tokio::test]
async fn the_room_is_shown_pins_without_whose_they_are_and_with_approved_words_only() {
    on_both(async |mut app| {
        let Room { n, path, tablet, .. } = room(&mut app).await;
        let all = people(&tablet, 2, json!({"age": "65_plus"})).await;
        app.patch(&path, json!({"phase": "revealed"})).await.expect(200);
        assert_eq!(shown(&tablet).await.problem(409), "too_few_people");
        assert_eq!(app.get(&format!("/api/gatherings/{}/pins", tablet.gathering)).await.problem(409), "too_few_people");

        let third = tablet.participant(json!({})).await;
        let mut told = pin(&third, "mixed", [3.712_04, 51.058_06]);
        told["properties"]["comment"] = json!("Hier staat Jan altijd.");
        told["properties"]["help"] = json!("Een lamp bij nummer 4.");
        let id = Id::new().to_string();
        tablet.put_pin(&id, &told).await.expect(201);
        let found = async || {
            let all = shown(&tablet).await.expect(200);
            assert_eq!(all["features"].as_array().unwrap().len(), 3);
            assert!(!all.to_string().contains(&third) && !all.to_string().contains("A3"), "{all}");
            all["features"].as_array().unwrap().iter().find(|f| f["id"] == json!(id)).unwrap().clone()
        };
        let waiting = found().await;
        assert_eq!(waiting["geometry"], json!({"type": "Point", "coordinates": [3.712, 51.0581]}));
        assert_eq!((&waiting["properties"]["comment"], &waiting["properties"]["help"]), (&json!(null), &json!(null)));
        let approved =
            json!({"status": "approved", "wording": "Hier staat altijd iemand.", "help_wording": "Een lamp."});
        app.patch(&format!("{n}/comments/{id}"), approved).await.expect(200);
        vote(&tablet, &id, &all[0].0, "agree").await.expect(201);
        vote(&tablet, &id, &all[1].0, "disagree").await.expect(201);
        assert_eq!(
            found().await["properties"],
            json!({
                "feeling": "mixed", "radius_m": 50, "when": ["evening", "dark"], "themes": ["light", "sight"],
                "effect": "detour", "basis": "own", "comment": "Hier staat altijd iemand.", "help": "Een lamp.",
                "agree": 1, "disagree": 1
            })
        );
    })
    .await;
}

#[tokio::test]
async fn a_vote_is_of_a_person_at_this_tablet_on_a_pin_of_somebody_else() {
    on_both(async |mut app| {
        let Room { n, path, gathering, tablet } = room(&mut app).await;
        let other = app.join(&gathering).await;
        let all = people(&tablet, 2, json!({})).await;
        let there = people(&other, 1, json!({})).await;
        app.patch(&path, json!({"phase": "revealed"})).await.expect(200);
        let ((me, mine), (them, theirs)) = (&all[0], &there[0]);

        assert_eq!(vote(&tablet, mine, me, "agree").await.problem(422), "own_pin");
        assert_eq!(vote(&tablet, mine, them, "agree").await.problem(404), "unknown_participant");
        assert_eq!(vote(&tablet, mine, Id::new().as_str(), "agree").await.problem(404), "unknown_participant");
        assert_eq!(vote(&tablet, Id::new().as_str(), me, "agree").await.problem(404), "not_found");
        assert_eq!(vote(&tablet, theirs, me, "perhaps").await.field(400), "vote");
        vote(&tablet, theirs, me, "agree").await.expect(201);
        assert_eq!(vote(&tablet, theirs, me, "agree").await.expect(200), json!({"vote": "agree"}));
        vote(&tablet, theirs, me, "disagree").await.expect(200);
        take_back(&other, theirs, me).await.expect(204);
        let of_theirs = async || {
            let all = shown(&tablet).await.expect(200);
            let found = all["features"].as_array().unwrap().iter().find(|f| f["id"] == json!(theirs)).unwrap().clone();
            (found["properties"]["agree"].as_i64().unwrap(), found["properties"]["disagree"].as_i64().unwrap())
        };
        assert_eq!(of_theirs().await, (0, 1), "another tablet takes nothing back");
        let export = app.get(&format!("{n}/pins")).await.expect(200);
        let disagree: i64 =
            export["features"].as_array().unwrap().iter().map(|f| f["properties"]["disagree"].as_i64().unwrap()).sum();
        assert_eq!(disagree, 1);
        take_back(&tablet, theirs, me).await.expect(204);
        take_back(&tablet, theirs, me).await.expect(204);
        assert_eq!(of_theirs().await, (0, 0));

        other.delete_pin(theirs).await.expect(204);
        assert_eq!(vote(&tablet, theirs, me, "agree").await.problem(410), "pin_deleted");

        let elsewhere = app.open_gathering(&n, json!({})).await;
        let far = app.join(&elsewhere).await;
        let far_pin = people(&far, 1, json!({})).await[0].1.clone();
        assert_eq!(vote(&tablet, &far_pin, me, "agree").await.problem(404), "not_found", "a pin of another gathering");
    })
    .await;
}

#[tokio::test]
async fn who_agrees_is_one_more_person_at_the_pin_and_who_disagrees_is_not() {
    on_both(async |mut app| {
        let Room { n, path, tablet, .. } = room(&mut app).await;
        let mut all = people(&tablet, 6, json!({})).await;
        for (participant, _) in &all[..4] {
            tablet.pin(participant, "safe", [3.722, 51.064]).await;
        }
        let heard = tablet.participant(json!({})).await;
        let mut hearsay = pin(&heard, "unsafe", HERE);
        hearsay["properties"]["basis"] = json!("heard");
        let hearsay_id = Id::new().to_string();
        tablet.put_pin(&hearsay_id, &hearsay).await.expect(201);
        app.patch(&path, json!({"phase": "revealed"})).await.expect(200);
        assert_eq!(method(&app, &n, "").await, (6, 10));
        let unsafe_people = async || {
            let found = app.get(&format!("{n}/hotspots")).await.expect(200);
            let of = |f: &&Value| f["properties"]["kind"] == "unsafe";
            found["features"].as_array().unwrap().iter().find(of).map(|f| f["properties"].clone()).unwrap()
        };
        assert_eq!((&unsafe_people().await["people"], &unsafe_people().await["pins"]), (&json!(6), &json!(6)));

        let mut listener = Listener::of(&app, &tablet).await;
        listener.until("gathering", |state| state["people"] == 7).await;
        let woman = tablet.participant(json!({"gender": "woman"})).await;
        let first = all.remove(0).1;
        vote(&tablet, &first, &woman, "disagree").await.expect(201);
        assert_eq!(method(&app, &n, "").await, (6, 10), "a disagreement counts nobody");
        vote(&tablet, &first, &woman, "agree").await.expect(200);
        listener.until("surface", |_| true).await;
        listener.until("gathering", |state| state["people"] == 8 && state["pins"] == 11).await;
        assert_eq!(method(&app, &n, "").await, (7, 10), "one more person, no more pins");
        assert_eq!((&unsafe_people().await["people"], &unsafe_people().await["pins"]), (&json!(7), &json!(6)));
        assert_eq!(method(&app, &n, "gender=woman").await.0, 1, "she is found by what she told of herself");
        assert_eq!(method(&app, &n, "when=dark").await.0, 7, "at the times of the pin");
        tablet.send(Method::PUT, &format!("/participants/{woman}"), Some(&json!({}))).await.expect(200);
        assert_eq!(method(&app, &n, "gender=woman").await.0, 0);
        vote(&tablet, &all[0].1, &woman, "agree").await.expect(201);
        assert_eq!(method(&app, &n, "").await, (7, 10), "twice agreed is one person");

        vote(&tablet, &hearsay_id, &heard, "agree").await.problem(422);
        let listens = tablet.participant(json!({})).await;
        vote(&tablet, &hearsay_id, &listens, "agree").await.expect(201);
        assert_eq!(method(&app, &n, "").await, (7, 10), "what was heard counts nobody");

        // Edited, she goes along; the other pin gone and this one too, she no longer speaks.
        take_back(&tablet, &all[0].1, &woman).await.expect(204);
        let mut edited = pin("", "safe", [3.722, 51.064]);
        let maker = tablet.participant(json!({})).await;
        edited["properties"]["participant"] = json!(maker);
        tablet.put_pin(&first, &edited).await.expect(200);
        let safe = app.get(&format!("{n}/hotspots?feeling=safe")).await.expect(200)["method"]["people"].clone();
        assert_eq!(safe, json!(6), "the four, the new maker and she");
        tablet.delete_pin(&first).await.expect(204);
        assert_eq!(method(&app, &n, "").await, (6, 9), "a deleted pin takes its agreements along");
    })
    .await;
}

#[tokio::test]
async fn agreements_are_there_for_a_server_that_starts_anew() {
    on_both(async |mut app| {
        let Room { n, path, tablet, .. } = room(&mut app).await;
        let all = people(&tablet, 5, json!({})).await;
        app.patch(&path, json!({"phase": "revealed"})).await.expect(200);
        let voter = tablet.participant(json!({})).await;
        vote(&tablet, &all[0].1, &voter, "agree").await.expect(201);
        assert_eq!(method(&app, &n, "").await, (6, 5));
        app.patch(&n, json!({"retention_days": 90})).await.expect(200);
        assert_eq!(method(&app, &n, "").await, (6, 5), "all is read anew");
    })
    .await;
}
