//! Files of tablets that could not send: each letter is taken once, whenever it comes, and each refusal has a name.

use buurtsignaal::id::Id;
use serde_json::{Value, json};

use crate::attachments::{jpeg, photo};
use crate::support::{Answer, Tablet, TestApp, on_both, pin};

const SPOT: [f64; 2] = [3.715, 51.06];

/// A letter as a tablet keeps it.
fn letter(kind: &str, about: &str, participant: &str, body: Value) -> Value {
    let mut letter = json!({"kind": kind, "about": about, "participant": participant});
    letter["body"] = body;
    letter
}

/// The file that a tablet saves.
fn file(tablet: &Tablet, letters: &[Value]) -> Value {
    json!({
        "format": "buurtsignaal-outbox/1", "gathering": tablet.gathering, "device": tablet.device, "letters": letters
    })
}

async fn take_in(app: &TestApp, n: &str, tablet: &Tablet, letters: &[Value]) -> Answer {
    app.post(&format!("{n}/gatherings/{}/outboxes", tablet.gathering), file(tablet, letters)).await
}

async fn set_phase(app: &TestApp, n: &str, tablet: &Tablet, phase: &str) {
    app.patch(&format!("{n}/gatherings/{}", tablet.gathering), json!({"phase": phase})).await.expect(200);
}

/// The people and pins of the gathering.
async fn counts(app: &TestApp, n: &str, tablet: &Tablet) -> (Value, Value) {
    let gathering = app.get(&format!("{n}/gatherings/{}", tablet.gathering)).await.expect(200);
    (gathering["people"].clone(), gathering["pins"].clone())
}

#[tokio::test]
async fn a_file_is_taken_in_after_the_gathering_and_no_pin_is_ever_there_twice() {
    on_both(async |mut app| {
        let workshop = app.workshop(json!({})).await;
        let (n, tablet) = (&workshop.n, &workshop.tablet);
        let sent = tablet.pin(&workshop.participant, "safe", SPOT).await;
        let (anna, kept) = (Id::new().to_string(), Id::new().to_string());
        let letters = [
            letter("participant", &anna, &anna, json!({"age": "30_44", "gender": null, "role": null})),
            letter("pin", &kept, &anna, pin(&anna, "unsafe", SPOT)),
            letter("pin_gone", &sent, &workshop.participant, Value::Null),
        ];
        set_phase(&app, n, tablet, "closed").await;

        let first = take_in(&app, n, tablet, &letters).await.expect(200);
        assert_eq!(first, json!({"taken": 3, "already": 0, "refused": []}));
        assert_eq!(counts(&app, n, tablet).await, (json!(1), json!(1)));
        let again = take_in(&app, n, tablet, &letters[..2]).await.expect(200);
        assert_eq!(again, json!({"taken": 0, "already": 2, "refused": []}));

        // The tablet itself comes back on the line and sends what it still has.
        set_phase(&app, n, tablet, "open").await;
        tablet.put_pin(&kept, &pin(&anna, "unsafe", SPOT)).await.expect(200);
        tablet.put_pin(&sent, &pin(&workshop.participant, "safe", SPOT)).await.expect(410);
        assert_eq!(counts(&app, n, tablet).await, (json!(1), json!(1)));
    })
    .await;
}

#[tokio::test]
async fn what_a_file_cannot_bring_is_named_and_the_rest_is_taken() {
    on_both(async |mut app| {
        let workshop = app.workshop(json!({})).await;
        let (n, tablet, anna) = (&workshop.n, &workshop.tablet, &workshop.participant);
        let other = app.join(&workshop.gathering).await;
        let theirs = other.pin(&other.participant(json!({})).await, "safe", SPOT).await;
        let ids: Vec<String> = (0..4).map(|_| Id::new().to_string()).collect();
        let stranger = Id::new().to_string();
        let letters = [
            letter("pin", &ids[0], anna, pin(anna, "safe", [4.9, 52.3])),
            letter("pin", &theirs, anna, pin(anna, "safe", SPOT)),
            letter("pin", &ids[1], anna, json!({"properties": {"participant": anna, "feeling": "afraid"}})),
            letter("pin", &ids[2], &stranger, pin(&stranger, "safe", SPOT)),
            letter("pin", &ids[3], anna, pin(anna, "safe", SPOT)),
            letter("pin_gone", &ids[0], anna, Value::Null),
        ];
        let done = take_in(&app, n, tablet, &letters).await.expect(200);
        let refused: Vec<(&str, &str, Option<&str>)> = done["refused"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| (one["about"].as_str().unwrap(), one["slug"].as_str().unwrap(), one["field"].as_str()))
            .collect();
        assert_eq!(
            refused,
            [
                (&*ids[0], "pin_outside_boundary", Some("geometry")),
                (&*theirs, "pin_of_another_device", None),
                (&*ids[1], "bad_request", Some("properties.feeling")),
                (&*ids[2], "unknown_participant", Some("properties.participant")),
            ]
        );
        assert_eq!(done["taken"], 2, "the good pin, and the deletion that must hold for a late put");
        assert_eq!(counts(&app, n, tablet).await, (json!(2), json!(2)));
    })
    .await;
}

#[tokio::test]
async fn a_file_that_is_broken_or_of_elsewhere_is_refused_whole_and_says_where() {
    on_both(async |mut app| {
        let workshop = app.workshop(json!({})).await;
        let (n, tablet, anna) = (&workshop.n, &workshop.tablet, &workshop.participant);
        let good = letter("pin", Id::new().as_str(), anna, pin(anna, "safe", SPOT));
        let path = format!("{n}/gatherings/{}/outboxes", tablet.gathering);
        let with = |field: &str, value: Value| {
            let mut file = file(tablet, std::slice::from_ref(&good));
            file[field] = value;
            file
        };
        assert_eq!(app.post(&path, with("format", json!("shopping/2"))).await.problem(422), "no_outbox");
        let elsewhere = with("gathering", json!(Id::new()));
        assert_eq!(app.post(&path, elsewhere).await.problem(422), "outbox_of_another_gathering");
        assert_eq!(app.post(&path, with("device", json!(Id::new()))).await.problem(422), "unknown_tablet");
        let letters = json!([good, {"kind": "parcel", "about": anna, "participant": anna}]);
        assert_eq!(app.post(&path, with("letters", letters)).await.field(400), "letters[1].kind");
        let letters = json!([good, good, {"kind": "pin", "participant": anna}]);
        assert_eq!(app.post(&path, with("letters", letters)).await.field(400), "letters[2].about");
        assert_eq!(counts(&app, n, tablet).await, (json!(0), json!(0)));

        let new = json!({"kind": "table", "name": "Later", "round": "2026-1"});
        let draft = app.post(&format!("{n}/gatherings"), new).await.expect(201);
        let path = format!("{n}/gatherings/{}/outboxes", draft["id"].as_str().unwrap());
        assert_eq!(app.post(&path, with("gathering", draft["id"].clone())).await.problem(409), "gathering_not_open");
    })
    .await;
}

#[tokio::test]
async fn votes_of_a_file_count_also_after_the_gathering() {
    on_both(async |mut app| {
        let workshop = app.workshop(json!({})).await;
        let (n, tablet, anna) = (&workshop.n, &workshop.tablet, &workshop.participant);
        let other = app.join(&workshop.gathering).await;
        let theirs = other.pin(&other.participant(json!({})).await, "unsafe", SPOT).await;
        let own = tablet.pin(anna, "safe", SPOT).await;
        let agree = |pin: &str| letter("vote", pin, anna, json!({"vote": "agree"}));
        let early = take_in(&app, n, tablet, &[agree(&theirs)]).await.expect(200);
        assert_eq!(early["refused"][0]["slug"], "not_revealed");
        set_phase(&app, n, tablet, "revealed").await;
        set_phase(&app, n, tablet, "closed").await;
        let done = take_in(&app, n, tablet, &[agree(&theirs), agree(&own)]).await.expect(200);
        assert_eq!((&done["taken"], &done["refused"][0]["slug"]), (&json!(1), &json!("own_pin")));
        let gone = [letter("vote_gone", &theirs, anna, Value::Null)];
        assert_eq!(take_in(&app, n, tablet, &gone).await.expect(200)["taken"], 1);
    })
    .await;
}

#[tokio::test]
async fn a_photo_of_a_file_waits_for_a_moderator_like_any_other() {
    on_both(async |mut app| {
        let workshop = app.workshop(json!({"questions": ["photo"]})).await;
        let (n, tablet, anna) = (&workshop.n, &workshop.tablet, &workshop.participant);
        set_phase(&app, n, tablet, "closed").await;
        let id = Id::new().to_string();
        let letters = [
            letter("pin", &id, anna, pin(anna, "unsafe", SPOT)),
            letter("photo", &id, anna, photo(&jpeg(8))),
            letter("voice", &id, anna, json!({"audio": "", "type": "audio/webm", "duration_ms": 1})),
        ];
        let done = take_in(&app, n, tablet, &letters).await.expect(200);
        assert_eq!((&done["taken"], &done["refused"][0]["kind"]), (&json!(2), &json!("voice")), "{done}");
        let waiting = app.get(&format!("{n}/attachments")).await.expect(200);
        assert_eq!(waiting["items"][0]["pin"], id);
        let gone = [letter("photo_gone", &id, anna, Value::Null)];
        assert_eq!(take_in(&app, n, tablet, &gone).await.expect(200)["taken"], 1);
    })
    .await;
}
