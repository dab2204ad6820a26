//! From the hub to the main server: everything arrives once, also after a cut, and what the main server decided stays.

use std::collections::BTreeSet;

use buurtsignaal::carried::store::take_in;
use buurtsignaal::carried::{ATTACHMENT, Batch, DELETED_PIN, DEVICE, GATHERING, PARTICIPANT, PIN, VOTE};
use buurtsignaal::carry::{Carried, Target, carry};
use buurtsignaal::db::Db;
use buurtsignaal::error::{Error, Kind};
use buurtsignaal::id::Id;
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::Row;

use crate::attachments::{jpeg, photo};
use crate::support::{Database, PASSWORD, Tablet, TestApp, on_both, pin};

const EMAIL: &str = "lotte@example.org";
const SLUG: &str = "sluiskwartier";

fn target(main: &TestApp) -> Target {
    Target {
        server: main.address.clone(),
        neighbourhood: SLUG.to_owned(),
        email: EMAIL.to_owned(),
        password: PASSWORD.to_owned(),
    }
}

/// A hub on which two people pinned, one said something to the other's pin, and a pin was deleted.
struct Evening {
    hub: TestApp,
    n: String,
    gathering: Value,
    tablet: Tablet,
    people: [String; 2],
    pins: [String; 2],
}

async fn evening() -> Evening {
    let mut hub = TestApp::start(Database::sqlite()).await;
    let workshop = hub.workshop(json!({})).await;
    let (n, gathering, tablet) = (workshop.n, workshop.gathering, workshop.tablet);
    let other = tablet.participant(json!({"age": "65_plus", "gender": "woman"})).await;
    let (mine, theirs) = (Id::new().to_string(), Id::new().to_string());
    for (id, participant) in [(&mine, &workshop.participant), (&theirs, &other)] {
        let mut told = pin(participant, "unsafe", [3.715, 51.06]);
        told["properties"]["comment"] = json!("Het is hier donker.");
        tablet.put_pin(id, &told).await.expect(201);
    }
    let gone = tablet.pin(&other, "safe", [3.716, 51.061]).await;
    tablet.delete_pin(&gone).await.expect(204);
    let path = format!("{n}/gatherings/{}", tablet.gathering);
    hub.patch(&path, json!({"phase": "revealed"})).await.expect(200);
    let vote = format!("/pins/{theirs}/votes/{}", workshop.participant);
    tablet.send(Method::PUT, &vote, Some(&json!({"vote": "agree"}))).await.expect(201);
    let people = [workshop.participant, other];
    Evening { hub, n, gathering, tablet, people, pins: [mine, theirs] }
}

async fn main_server(mut main: TestApp) -> (TestApp, String) {
    main.sign_in_new(EMAIL, true).await;
    let n = main.neighbourhood().await;
    (main, n)
}

async fn bring(evening: &Evening, main: &TestApp) -> Carried {
    carry(&evening.hub.app, SLUG, &target(main), &mut |_| {}).await.unwrap()
}

/// The status of each pin's comment at a server.
async fn comments(app: &TestApp, n: &str, status: &str) -> BTreeSet<String> {
    let list = app.get(&format!("{n}/comments?status={status}")).await.expect(200);
    list["items"].as_array().unwrap().iter().map(|one| one["pin"].as_str().unwrap().to_owned()).collect()
}

async fn counts(app: &TestApp, n: &str, gathering: &str) -> (Value, Value, Value) {
    let found = app.get(&format!("{n}/gatherings/{gathering}")).await.expect(200);
    (found["people"].clone(), found["pins"].clone(), found["phase"].clone())
}

#[tokio::test]
async fn everything_is_carried_once_and_what_the_main_server_decided_stays() {
    on_both(async |main| {
        let (main, there) = main_server(main).await;
        let evening = evening().await;
        let first = bring(&evening, &main).await;
        // The gathering, a device, two people, two pins, a vote and a deleted pin.
        assert_eq!((first.arrived.new, first.arrived.already, first.arrived.gone), (8, 0, 0));
        assert_eq!((first.gatherings, first.seen, first.all), (1, 8, 8));
        let gathering = &evening.tablet.gathering;
        assert_eq!(counts(&main, &there, gathering).await, (json!(2), json!(2), json!("revealed")));
        let own = main.get(&format!("{there}/gatherings/{gathering}")).await.expect(200);
        assert_ne!(own["code"], evening.gathering["code"], "no tablet joins both");
        assert_eq!(comments(&main, &there, "waiting").await.len(), 2);

        // At the main server one comment is hidden; at the hub both are approved, one pin is deleted, one is new.
        let [mine, theirs] = &evening.pins;
        let hidden = json!({"status": "hidden", "reason": "noemt iemand"});
        main.patch(&format!("{there}/comments/{mine}"), hidden).await.expect(200);
        for pin in &evening.pins {
            evening
                .hub
                .patch(&format!("{}/comments/{pin}", evening.n), json!({"status": "approved"}))
                .await
                .expect(200);
        }
        evening.tablet.pin(&evening.people[1], "safe", [3.72, 51.06]).await;
        let second = bring(&evening, &main).await;
        assert_eq!((second.arrived.new, second.arrived.already), (1, 8));
        assert_eq!(comments(&main, &there, "hidden").await, BTreeSet::from([mine.clone()]));
        assert_eq!(comments(&main, &there, "approved").await, BTreeSet::from([theirs.clone()]));

        evening.tablet.delete_pin(theirs).await.expect(204);
        bring(&evening, &main).await;
        assert_eq!(counts(&main, &there, gathering).await.1, 2);
        // A third time nothing moves any more.
        let last = bring(&evening, &main).await;
        assert_eq!(last.arrived.new, 0);
        assert_eq!(counts(&main, &there, gathering).await.1, 2);
    })
    .await;
}

#[tokio::test]
async fn after_a_cut_the_same_command_goes_on_and_nothing_is_there_twice() {
    on_both(async |main| {
        let (main, there) = main_server(main).await;
        let evening = evening().await;
        for _ in 0..220 {
            let participant = evening.tablet.participant(json!({})).await;
            evening.tablet.pin(&participant, "safe", [3.72, 51.06]).await;
            evening.hub.later(2000);
        }
        // The line breaks when some of it is there.
        let (proxy, cut) = breaking_line(&main).await;
        let through = Target { server: proxy, ..target(&main) };
        let mut seen = 0;
        let broken = carry(&evening.hub.app, SLUG, &through, &mut |carried| {
            seen = carried.seen;
            if carried.seen > 250 {
                cut.notify_one();
            }
        })
        .await;
        assert_eq!(broken.unwrap_err().kind, Kind::Unavailable);
        let done = bring(&evening, &main).await;
        assert!(seen > 250 && done.arrived.already >= seen - 1, "{seen} {done:?}");
        assert_eq!(done.seen, done.all);
        let (people, pins, _) = counts(&main, &there, &evening.tablet.gathering).await;
        assert_eq!((people, pins), (json!(222), json!(222)));
        assert_eq!(bring(&evening, &main).await.arrived.new, 0);
    })
    .await;
}

/// A line to a server that breaks when it is told to; gives its address.
async fn breaking_line(to: &TestApp) -> (String, std::sync::Arc<tokio::sync::Notify>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let server = to.address.trim_start_matches("http://").to_owned();
    let cut = std::sync::Arc::new(tokio::sync::Notify::new());
    let broken = cut.clone();
    tokio::spawn(async move {
        let open = async {
            let mut lines = tokio::task::JoinSet::new();
            loop {
                let (mut near, _) = listener.accept().await.unwrap();
                let mut far = tokio::net::TcpStream::connect(&server).await.unwrap();
                lines.spawn(async move { drop(tokio::io::copy_bidirectional(&mut near, &mut far).await) });
            }
        };
        tokio::select! { () = open => {}, () = broken.notified() => {} }
    });
    (address, cut)
}

#[tokio::test]
async fn who_withdrew_at_the_main_server_does_not_come_back_with_the_hub() {
    on_both(async |main| {
        let (main, there) = main_server(main).await;
        let evening = evening().await;
        let code = "ACDEFHJKMNPRTWX";
        let who = json!({"age": "65_plus", "slip": code});
        evening.tablet.send(Method::PUT, &format!("/participants/{}", evening.people[0]), Some(&who)).await.expect(200);
        bring(&evening, &main).await;
        let slip = main.browser.delete(format!("{}/api/slip", main.address)).bearer_auth(code);
        assert_eq!(slip.send().await.unwrap().status(), 204);
        let again = bring(&evening, &main).await;
        assert_eq!((again.arrived.new, again.arrived.gone), (0, 2), "the pin and the vote stay away");
        assert_eq!(counts(&main, &there, &evening.tablet.gathering).await.1, 1);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_carried_says_what_to_do() {
    on_both(async |main| {
        let (main, there) = main_server(main).await;
        let evening = evening().await;
        let refused = async |change: &dyn Fn(&mut Target)| -> Error {
            let mut target = target(&main);
            change(&mut target);
            carry(&evening.hub.app, SLUG, &target, &mut |_| {}).await.unwrap_err()
        };
        let wrong = refused(&|target| target.password = "wrong horse".to_owned()).await;
        assert_eq!(wrong.field.as_deref(), Some("email"));
        let nowhere = refused(&|target| target.neighbourhood = "elders".to_owned()).await;
        assert!(nowhere.to_string().contains("make it there at the desk, or name another with --into"), "{nowhere}");
        let open = refused(&|target| target.server = "http://signaal.example.org".to_owned()).await;
        assert_eq!(open.field.as_deref(), Some("to"));
        let unknown = carry(&evening.hub.app, "elders", &target(&main), &mut |_| {}).await.unwrap_err();
        assert_eq!(unknown.field.as_deref(), Some("neighbourhood"));

        let path = format!("{there}/carried");
        let gathering = json!({
            "id": Id::new(), "kind": "table", "name": "x", "round": "1", "held_on": "2026-11-17", "phase": "closed",
            "pin_budget": null, "questions": "when,radius", "leave_pin": "0000", "who_at": "person"
        });
        let with = |field: &str, value: Value| {
            let mut changed = gathering.clone();
            changed[field] = value;
            json!({"gathering": changed})
        };
        for (field, value) in [
            ("phase", json!("draft")),
            ("kind", json!("party")),
            ("id", json!("x")),
            ("questions", json!("when,why not")),
            ("code", json!("AAAAAA")),
        ] {
            assert_eq!(main.post(&path, with(field, value)).await.field(422), format!("gathering.{field}"));
        }
        let pins = json!({"gathering": gathering, "pins": [{"id": Id::new(), "lon": "3.7"}]});
        assert_eq!(main.post(&path, pins).await.field(422), "pins[0].participant_id");
        // A gathering of another neighbourhood is not touched.
        let elsewhere = main.neighbourhood().await;
        main.post(&path, json!({"gathering": gathering})).await.expect(200);
        let stolen = main.post(&format!("{elsewhere}/carried"), json!({"gathering": gathering})).await;
        assert_eq!(stolen.problem(409), "gathering_elsewhere");
        let n = Id::parse("n", elsewhere.rsplit('/').next().unwrap()).unwrap();
        let batch: Batch = serde_json::from_value(json!({"gathering": gathering})).unwrap();
        assert_eq!(take_in(&main.app.db, &n, &batch, "CODE").await.unwrap_err().slug, "gathering_elsewhere");
    })
    .await;
}

#[tokio::test]
async fn no_column_of_what_was_gathered_is_forgotten() {
    on_both(async |app| {
        for (table, columns, here_only) in [
            ("gatherings", GATHERING, ["neighbourhood_id", "code"].as_slice()),
            ("devices", DEVICE, &["neighbourhood_id", "gathering_id", "token_digest"]),
            ("participants", PARTICIPANT, &["neighbourhood_id", "gathering_id"]),
            ("pins", PIN, &["neighbourhood_id", "gathering_id"]),
            ("votes", VOTE, &["neighbourhood_id", "gathering_id"]),
            ("deleted_pins", DELETED_PIN, &["neighbourhood_id", "gathering_id"]),
            ("attachments", ATTACHMENT, &["neighbourhood_id", "gathering_id"]),
        ] {
            let known: BTreeSet<String> =
                columns.iter().map(|column| column.name).chain(here_only.iter().copied()).map(str::to_owned).collect();
            let there: BTreeSet<String> = match &app.app.db {
                Db::Sqlite { read, .. } => {
                    let rows = sqlx::query("select name from pragma_table_info($1)").bind(table).fetch_all(read).await;
                    rows.unwrap().iter().map(|row| row.get(0)).collect()
                }
                Db::Postgres(pool) => {
                    let sql = "select column_name::text from information_schema.columns where table_name = $1";
                    sqlx::query(sql).bind(table).fetch_all(pool).await.unwrap().iter().map(|row| row.get(0)).collect()
                }
            };
            assert_eq!(known, there, "{table}: say whether a new column is carried");
        }
    })
    .await;
}

#[tokio::test]
async fn a_photo_goes_along_and_a_blur_and_a_decision_at_the_main_server_stay() {
    on_both(async |main| {
        let (main, there) = main_server(main).await;
        let mut hub = TestApp::start(Database::sqlite()).await;
        let workshop = hub.workshop(json!({"questions": ["photo"]})).await;
        let pin = workshop.tablet.pin(&workshop.participant, "unsafe", [3.715, 51.06]).await;
        let path = format!("/pins/{pin}/photo");
        workshop.tablet.send(Method::PUT, &path, Some(&photo(&jpeg(8)))).await.expect(201);
        let bring = async || carry(&hub.app, SLUG, &target(&main), &mut |_| {}).await.unwrap();
        assert_eq!(bring().await.seen, 5);
        let (here, beyond) =
            (format!("{}/attachments/{pin}/photo", workshop.n), format!("{there}/attachments/{pin}/photo"));
        let carried = main.get_bytes(&beyond).await;
        assert_eq!(carried, hub.get_bytes(&here).await);

        main.post(&format!("{beyond}/blur"), json!({"areas": [[0.1, 0.1, 0.5, 0.5]]})).await.expect(200);
        main.patch(&beyond, json!({"status": "approved"})).await.expect(200);
        let blurred = main.get_bytes(&beyond).await;
        assert_ne!(blurred, carried);
        hub.patch(&here, json!({"status": "hidden", "reason": "gezicht"})).await.expect(200);
        bring().await;
        assert_eq!(main.get_bytes(&beyond).await, blurred);
        let approved = main.get(&format!("{there}/attachments?status=approved")).await.expect(200);
        assert_eq!(approved["items"][0]["pin"], pin);

        workshop.tablet.send(Method::DELETE, &path, None).await.expect(204);
        bring().await;
        assert_eq!(main.get(&beyond).await.status, 404, "who takes a photo back takes it back everywhere");
    })
    .await;
}
