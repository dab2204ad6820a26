//! Every route and every kind of visitor: denied unless the table says allowed; a route without a row fails.

use buurtsignaal::id::Id;
use buurtsignaal::people::{Role, store};
use reqwest::Method as M;
use serde_json::{Value, json};

use crate::support::{TestApp, on_both, pin, square};

/// Who may.
#[derive(Clone, Copy, PartialEq)]
enum Who {
    /// Everyone.
    Anyone,
    /// Whoever is signed in.
    Staff,
    /// These roles, and the owner of the installation.
    Roles(&'static [Role]),
    /// A device of the gathering.
    Device,
    /// A phone that joined the walk.
    Walker,
    /// A tablet that joined the data walk.
    Recorder,
    /// A device of the gathering, or any role.
    Follower,
    /// A device of the gathering, or these roles.
    DeviceOr(&'static [Role]),
    /// The owner of the installation.
    Owner,
}

const ALL: &[Role] = Role::ALL;
const WORDS: &[Role] = &[Role::Owner, Role::Facilitator, Role::Analyst];
const PLAN: &[Role] = &[Role::Owner, Role::Facilitator, Role::Analyst, Role::WalkLeader];
const LEAD: &[Role] = &[Role::Owner, Role::Facilitator];
const OWN: &[Role] = &[Role::Owner];

fn table(participant: &str) -> Vec<(M, &'static str, Who, Option<Value>)> {
    let gathering = json!({"kind": "street", "name": "Markt", "round": "2026-1"});
    let n = json!({"name": "Sluiskwartier", "boundary": square(), "languages": ["nl"]});
    let pin = pin(participant, "safe", [3.715, 51.06]);
    let nil = Id::new().to_string();
    let outbox = json!({"format": "buurtsignaal-outbox/1", "gathering": nil, "device": nil, "letters": []});
    let spot = json!({"type": "Point", "coordinates": [3.715, 51.06]});
    vec![
        (M::POST, "/api/sign-in", Who::Anyone, Some(json!({"email": "x@example.org", "password": "-"}))),
        (M::POST, "/api/welcome", Who::Anyone, Some(json!({"token": "-", "name": "-", "email": "-", "password": "-"}))),
        (M::POST, "/api/join", Who::Anyone, Some(json!({"code": "AAAAAA"}))),
        (M::POST, "/api/recorders", Who::Anyone, Some(json!({"code": "AAAAAAAA"}))),
        (M::GET, "/api/themes", Who::Anyone, None),
        (M::GET, "/api/me", Who::Staff, None),
        (M::GET, "/api/neighbourhoods", Who::Staff, None),
        (M::POST, "/api/neighbourhoods", Who::Owner, Some(n)),
        (M::GET, "/api/neighbourhoods/{n}", Who::Roles(ALL), None),
        (M::PATCH, "/api/neighbourhoods/{n}", Who::Roles(OWN), Some(json!({"retention_days": 90}))),
        (M::GET, "/api/neighbourhoods/{n}/people", Who::Roles(OWN), None),
        (M::PUT, "/api/neighbourhoods/{n}/people/{email}", Who::Roles(OWN), Some(json!({"role": "reader"}))),
        (M::GET, "/api/neighbourhoods/{n}/gatherings", Who::Roles(ALL), None),
        (M::POST, "/api/neighbourhoods/{n}/gatherings", Who::Roles(LEAD), Some(gathering)),
        (M::GET, "/api/neighbourhoods/{n}/gatherings/{g}", Who::Roles(ALL), None),
        (M::PATCH, "/api/neighbourhoods/{n}/gatherings/{g}", Who::Roles(LEAD), Some(json!({"phase": "open"}))),
        (M::GET, "/api/neighbourhoods/{n}/gatherings/{g}/notes", Who::Roles(WORDS), None),
        (M::POST, "/api/neighbourhoods/{n}/carried", Who::Roles(LEAD), Some(json!({"gathering": {}}))),
        (M::POST, "/api/neighbourhoods/{n}/gatherings/{g}/outboxes", Who::Roles(LEAD), Some(outbox)),
        (M::GET, "/api/neighbourhoods/{n}/pins", Who::Roles(WORDS), None),
        (M::GET, "/api/neighbourhoods/{n}/comments", Who::Roles(WORDS), None),
        (M::PATCH, "/api/neighbourhoods/{n}/comments/{pin}", Who::Roles(WORDS), Some(json!({"status": "approved"}))),
        (M::GET, "/api/neighbourhoods/{n}/attachments", Who::Roles(WORDS), None),
        (M::GET, "/api/neighbourhoods/{n}/attachments/{pin}/{kind}", Who::Roles(WORDS), None),
        (
            M::PATCH,
            "/api/neighbourhoods/{n}/attachments/{pin}/{kind}",
            Who::Roles(WORDS),
            Some(json!({"status": "approved"})),
        ),
        (
            M::POST,
            "/api/neighbourhoods/{n}/attachments/{pin}/photo/blur",
            Who::Roles(WORDS),
            Some(json!({"areas": [[0, 0, 1, 1]]})),
        ),
        (M::GET, "/api/gatherings/{g}", Who::Follower, None),
        (M::GET, "/api/gatherings/{g}/events", Who::Follower, None),
        (M::PUT, "/api/gatherings/{g}/participants/{id}", Who::Device, Some(json!({}))),
        (M::PUT, "/api/gatherings/{g}/pins/{id}", Who::Device, Some(pin)),
        (M::DELETE, "/api/gatherings/{g}/pins/{id}", Who::Device, None),
        (M::GET, "/api/gatherings/{g}/pins", Who::DeviceOr(WORDS), None),
        (M::PUT, "/api/gatherings/{g}/pins/{id}/votes/{participant}", Who::Device, Some(json!({"vote": "agree"}))),
        (M::DELETE, "/api/gatherings/{g}/pins/{id}/votes/{participant}", Who::Device, None),
        // Whose slip it is, its code tells: without the right one nothing is there.
        (M::GET, "/api/slip", Who::Anyone, None),
        (M::DELETE, "/api/slip", Who::Anyone, None),
        (M::DELETE, "/api/slip/pins/{id}", Who::Anyone, None),
        (M::PUT, "/api/gatherings/{g}/pins/{id}/photo", Who::Device, Some(json!({"image": "", "consent": true}))),
        (M::DELETE, "/api/gatherings/{g}/pins/{id}/photo", Who::Device, None),
        (
            M::PUT,
            "/api/gatherings/{g}/pins/{id}/voice",
            Who::Device,
            Some(json!({"audio": "", "type": "audio/webm", "duration_ms": 1})),
        ),
        (M::DELETE, "/api/gatherings/{g}/pins/{id}/voice", Who::Device, None),
        (M::GET, "/api/neighbourhoods/{n}/surface", Who::Roles(ALL), None),
        (M::GET, "/api/neighbourhoods/{n}/comparison", Who::Roles(ALL), None),
        (M::GET, "/api/neighbourhoods/{n}/hexes", Who::Roles(ALL), None),
        (M::GET, "/api/neighbourhoods/{n}/clusters", Who::Roles(ALL), None),
        (M::GET, "/api/neighbourhoods/{n}/density", Who::Roles(ALL), None),
        (M::GET, "/api/neighbourhoods/{n}/hotspots", Who::Roles(ALL), None),
        (M::GET, "/api/neighbourhoods/{n}/counts", Who::Roles(ALL), None),
        (M::GET, "/api/neighbourhoods/{n}/tiles/{layer}/{z}/{x}/{y}", Who::Roles(ALL), None),
        (M::GET, "/api/neighbourhoods/{n}/tiles/pins/{z}/{x}/{y}", Who::Roles(WORDS), None),
        (M::GET, "/api/neighbourhoods/{n}/tiles/counts/{z}/{x}/{y}", Who::Roles(ALL), None),
        (M::GET, "/api/neighbourhoods/{n}/places", Who::Roles(ALL), None),
        (
            M::POST,
            "/api/neighbourhoods/{n}/places",
            Who::Roles(WORDS),
            Some(json!({"name": "Bankje", "geometry": spot})),
        ),
        (M::GET, "/api/neighbourhoods/{n}/places/{place}", Who::Roles(ALL), None),
        (M::PATCH, "/api/neighbourhoods/{n}/places/{place}", Who::Roles(WORDS), Some(json!({"name": "Bankje"}))),
        (M::DELETE, "/api/neighbourhoods/{n}/places/{place}", Who::Roles(WORDS), None),
        (M::GET, "/api/neighbourhoods/{n}/places/{place}/history", Who::Roles(ALL), None),
        (M::GET, "/basemap/archives", Who::Staff, None),
        (M::GET, "/basemap/{archive}/{z}/{x}/{y}", Who::Anyone, None),
        (M::GET, "/basemap/{archive}/names", Who::Anyone, None),
        // Last: it ends the visitor's sign-in.
        (M::POST, "/api/sign-out", Who::Anyone, None),
    ]
}

fn walk_rows() -> Vec<(M, &'static str, Who, Option<Value>)> {
    vec![
        (M::GET, "/api/neighbourhoods/{n}/walks", Who::Roles(ALL), None),
        (M::POST, "/api/neighbourhoods/{n}/walks", Who::Roles(PLAN), Some(json!({"name": "Rond het station"}))),
        (M::GET, "/api/neighbourhoods/{n}/walks/{w}", Who::Roles(ALL), None),
        (M::PATCH, "/api/neighbourhoods/{n}/walks/{w}", Who::Roles(PLAN), Some(json!({"people": 6}))),
        (M::DELETE, "/api/neighbourhoods/{n}/walks/{w}", Who::Roles(PLAN), None),
        (M::GET, "/api/neighbourhoods/{n}/walks/{w}/{file}", Who::Roles(ALL), None),
        (M::GET, "/api/neighbourhoods/{n}/data-walks/{d}/posters.pdf", Who::Roles(ALL), None),
        (M::GET, "/api/neighbourhoods/{n}/data-walks/{d}/summary.pdf", Who::Roles(PLAN), None),
        (M::GET, "/api/neighbourhoods/{n}/picture.png", Who::Roles(ALL), None),
        (M::GET, "/api/neighbourhoods/{n}/walks/{w}/observations", Who::Roles(PLAN), None),
        (M::GET, "/api/neighbourhoods/{n}/walks/{w}/observations/{id}/photo", Who::Roles(PLAN), None),
        (
            M::PATCH,
            "/api/neighbourhoods/{n}/walks/{w}/observations/{id}/photo",
            Who::Roles(WORDS),
            Some(json!({"status": "approved"})),
        ),
        (M::GET, "/api/neighbourhoods/{n}/observations", Who::Roles(PLAN), None),
        (M::POST, "/api/neighbourhoods/{n}/walks/propose", Who::Roles(PLAN), Some(json!({}))),
        (M::POST, "/api/neighbourhoods/{n}/walks/{w}/order", Who::Roles(PLAN), Some(json!({}))),
        (M::POST, "/api/neighbourhoods/{n}/walks/{w}/pair", Who::Roles(PLAN), Some(json!({}))),
        (M::GET, "/api/neighbourhoods/{n}/walks/{w}/gpx", Who::Roles(ALL), None),
        (M::GET, "/api/walks/{w}/gpx", Who::Walker, None),
        (M::GET, "/api/walks/{w}", Who::Walker, None),
        (M::PUT, "/api/walks/{w}/observations/{id}", Who::Walker, Some(json!({"stop": Id::new()}))),
        (M::DELETE, "/api/walks/{w}/observations/{id}", Who::Walker, None),
        (M::PUT, "/api/walks/{w}/observations/{id}/photo", Who::Walker, Some(json!({"image": ""}))),
        (M::DELETE, "/api/walks/{w}/observations/{id}/photo", Who::Walker, None),
        (
            M::PUT,
            "/api/walks/{w}/stops/{id}",
            Who::Walker,
            Some(json!({"name": "Bankje", "point": [3.715, 51.06], "question": null})),
        ),
        (M::DELETE, "/api/walks/{w}/given", Who::Walker, None),
    ]
}

fn data_walk_rows() -> Vec<(M, &'static str, Who, Option<Value>)> {
    let nil = Id::new();
    vec![
        (M::GET, "/api/neighbourhoods/{n}/actions", Who::Roles(ALL), None),
        (
            M::POST,
            "/api/neighbourhoods/{n}/actions",
            Who::Roles(PLAN),
            Some(json!({"problem": "Donker", "type": "quick_win"})),
        ),
        (M::GET, "/api/neighbourhoods/{n}/actions/{a}", Who::Roles(ALL), None),
        (M::PATCH, "/api/neighbourhoods/{n}/actions/{a}", Who::Roles(PLAN), Some(json!({"goal": "Licht"}))),
        (M::DELETE, "/api/neighbourhoods/{n}/actions/{a}", Who::Roles(PLAN), None),
        (
            M::PUT,
            "/api/neighbourhoods/{n}/actions/{a}/votes",
            Who::Roles(PLAN),
            Some(json!({"source": "Tafel", "people": 3})),
        ),
        (M::GET, "/api/neighbourhoods/{n}/actions/{a}/effect", Who::Roles(ALL), None),
        (M::GET, "/api/neighbourhoods/{n}/actions/kept", Who::Roles(ALL), None),
        (M::GET, "/api/neighbourhoods/{n}/actions/safety-plan", Who::Roles(ALL), None),
        (M::GET, "/api/neighbourhoods/{n}/actions.csv", Who::Roles(ALL), None),
        (M::GET, "/api/neighbourhoods/{n}/actions.geojson", Who::Roles(ALL), None),
        (M::GET, "/api/neighbourhoods/{n}/places/{place}/answer", Who::Roles(ALL), None),
        (
            M::PUT,
            "/api/neighbourhoods/{n}/places/{place}/answer",
            Who::Roles(PLAN),
            Some(json!({"said": "Donker", "did": "Lampen", "lang": "nl"})),
        ),
        (M::GET, "/api/neighbourhoods/{n}/places/{place}/answer/preview", Who::Roles(PLAN), None),
        (
            M::POST,
            "/api/neighbourhoods/{n}/places/{place}/answer/publish",
            Who::Roles(LEAD),
            Some(json!({"approved_by": "Sara Willems"})),
        ),
        (M::GET, "/answers/{slug}", Who::Anyone, None),
        (M::GET, "/answers/{slug}/map.png", Who::Anyone, None),
        (M::GET, "/api/neighbourhoods/{n}/places/{place}/answer.pdf", Who::Roles(ALL), None),
        (M::GET, "/api/neighbourhoods/{n}/data-walks", Who::Roles(ALL), None),
        (
            M::POST,
            "/api/neighbourhoods/{n}/data-walks",
            Who::Roles(PLAN),
            Some(json!({"name": "Zaal", "day": "2026-12-15"})),
        ),
        (M::GET, "/api/neighbourhoods/{n}/data-walks/{d}", Who::Roles(ALL), None),
        (M::PATCH, "/api/neighbourhoods/{n}/data-walks/{d}", Who::Roles(PLAN), Some(json!({"name": "Feestzaal"}))),
        (M::DELETE, "/api/neighbourhoods/{n}/data-walks/{d}", Who::Roles(PLAN), None),
        (M::GET, "/api/neighbourhoods/{n}/data-walks/{d}/responses", Who::Roles(PLAN), None),
        (
            M::PATCH,
            "/api/neighbourhoods/{n}/data-walks/{d}/responses/{id}",
            Who::Roles(PLAN),
            Some(json!({"disputes": true})),
        ),
        (M::GET, "/api/neighbourhoods/{n}/data-walks/{d}/summary", Who::Roles(PLAN), None),
        (M::GET, "/api/neighbourhoods/{n}/responses", Who::Roles(PLAN), None),
        (M::GET, "/api/data-walks/{d}", Who::Recorder, None),
        (
            M::PUT,
            "/api/data-walks/{d}/responses/{id}",
            Who::Recorder,
            Some(json!({"station": nil, "stance": "confirms", "group_size": 4})),
        ),
        (M::DELETE, "/api/data-walks/{d}/responses/{id}", Who::Recorder, None),
    ]
}

/// A visitor: what they are, and the cookie or token they bring.
struct Visitor {
    name: String,
    role: Option<Role>,
    owner: bool,
    signed_in: bool,
    /// The device of the gathering, or the phone of the walk.
    joined: Option<Who>,
    header: Option<(&'static str, String)>,
}

async fn visitor(app: &TestApp, name: &str, owner: bool, seat: Option<(&str, Role)>) -> Visitor {
    let db = &app.app.db;
    let person =
        store::add_person(db, &format!("{}@example.org", name.replace(' ', "")), name, "-", owner).await.unwrap();
    if let Some((neighbourhood, role)) = seat {
        store::put_role(db, &Id::parse("n", neighbourhood).unwrap(), &person.id, role).await.unwrap();
    }
    let cookie = store::sign_in(db, &person.id, app.app.clock.now_ms()).await.unwrap();
    let header = Some(("cookie", format!("__Host-sign_in={cookie}")));
    Visitor { name: name.to_owned(), role: None, owner, signed_in: true, joined: None, header }
}

/// A walk, a phone that joined it, and one that joined a walk elsewhere.
async fn phones(app: &TestApp, n: &str, there: &str) -> (Value, Vec<Visitor>) {
    let spot = json!([{"name": "Bankje", "point": [3.715, 51.06]}]);
    let walk = json!({"name": "Rond het station", "kind": "youth_led", "stops": spot});
    let walk = app.post(&format!("{n}/walks"), walk).await.expect(201);
    let walk_there = app.post(&format!("{there}/walks"), json!({"name": "Ergens anders"})).await.expect(201);
    let mut phones = Vec::new();
    for (name, walk, joined) in [("a phone", &walk, Some(Who::Walker)), ("a phone elsewhere", &walk_there, None)] {
        let answer = app.post("/api/recorders", json!({"code": walk["code"]})).await.expect(200);
        let token = answer["token"].as_str().unwrap();
        if joined.is_some() {
            // A walk on which something was noted stays when an owner before the phone tries to delete it.
            let id = walk["id"].as_str().unwrap();
            let address = format!("{}/api/walks/{id}/observations/{}", app.address, Id::new());
            let seen = json!({"stop": walk["stops"][0]["id"]});
            let put = app.browser.put(address).bearer_auth(token).json(&seen).send().await.unwrap();
            assert_eq!(put.status(), 201);
        }
        let header = Some(("authorization", format!("Bearer {token}")));
        phones.push(Visitor { name: name.into(), role: None, owner: false, signed_in: false, joined, header });
    }
    (walk, phones)
}

/// A data walk, a tablet that joined it, and one that joined a data walk elsewhere.
async fn recorders(app: &TestApp, n: &str, there: &str) -> (Value, Vec<Visitor>) {
    let new = json!({"name": "Zaal", "day": "2026-12-15"});
    let here = app.post(&format!("{n}/data-walks"), new.clone()).await.expect(201);
    let elsewhere = app.post(&format!("{there}/data-walks"), new).await.expect(201);
    let mut tablets = Vec::new();
    for (name, walk, joined) in [("a recorder", &here, Some(Who::Recorder)), ("a recorder elsewhere", &elsewhere, None)]
    {
        let answer = app.post("/api/recorders", json!({"code": walk["code"]})).await.expect(200);
        let header = Some(("authorization", format!("Bearer {}", answer["token"].as_str().unwrap())));
        tablets.push(Visitor { name: name.into(), role: None, owner: false, signed_in: false, joined, header });
    }
    (here, tablets)
}

#[tokio::test]
async fn every_route_is_denied_to_whom_the_table_does_not_name() {
    on_both(async |mut app| {
        app.sign_in_new("lotte@example.org", true).await;
        let n = app.neighbourhood().await;
        let here = n.rsplit('/').next().unwrap();
        let there = app.neighbourhood().await;
        let gathering = app.open_gathering(&n, json!({})).await;
        let tablet = app.join(&gathering).await;
        let participant = tablet.participant(json!({})).await;
        let elsewhere = app.join(&app.open_gathering(&there, json!({})).await).await;

        let mut visitors = vec![
            Visitor { name: "nobody".into(), role: None, owner: false, signed_in: false, joined: None, header: None },
            visitor(&app, "the owner of all", true, None).await,
            visitor(&app, "someone without a seat", false, None).await,
            visitor(&app, "an owner elsewhere", false, Some((there.rsplit('/').next().unwrap(), Role::Owner))).await,
        ];
        for (name, tablet, joined) in
            [("a device", &tablet, Some(Who::Device)), ("a device elsewhere", &elsewhere, None)]
        {
            let header = Some(("authorization", format!("Bearer {}", tablet.token)));
            visitors.push(Visitor { name: name.into(), role: None, owner: false, signed_in: false, joined, header });
        }
        let (walk, phones) = phones(&app, &n, &there).await;
        visitors.extend(phones);
        let (data_walk, tablets) = recorders(&app, &n, &there).await;
        visitors.extend(tablets);
        for role in ALL {
            let visitor = visitor(&app, role.code(), false, Some((here, *role))).await;
            visitors.push(Visitor { role: Some(*role), ..visitor });
        }

        let table = [walk_rows(), data_walk_rows(), table(&participant)].concat();
        for (path, item) in &buurtsignaal::router::document().paths.paths {
            let item = serde_json::to_value(item).unwrap();
            for method in item.as_object().unwrap().keys().filter(|key| *key != "parameters") {
                let row = table.iter().any(|(m, p, ..)| p == path && m.as_str().eq_ignore_ascii_case(method));
                assert!(row, "{method} {path} has no row in the table");
            }
        }

        for (number, visitor) in visitors.iter().enumerate() {
            for (at, (method, path, who, body)) in table.iter().enumerate() {
                let allowed = match who {
                    Who::Anyone => true,
                    Who::Staff => visitor.signed_in,
                    Who::Owner => visitor.owner,
                    Who::Roles(roles) => visitor.owner || visitor.role.is_some_and(|role| roles.contains(&role)),
                    Who::Device => visitor.joined == Some(Who::Device),
                    Who::Walker => visitor.joined == Some(Who::Walker),
                    Who::Recorder => visitor.joined == Some(Who::Recorder),
                    Who::DeviceOr(roles) => {
                        visitor.joined == Some(Who::Device)
                            || visitor.owner
                            || visitor.role.is_some_and(|role| roles.contains(&role))
                    }
                    Who::Follower => visitor.joined == Some(Who::Device) || visitor.owner || visitor.role.is_some(),
                };
                let filled = path
                    .replace("{n}", here)
                    .replace("{g}", gathering["id"].as_str().unwrap())
                    .replace("{w}", walk["id"].as_str().unwrap())
                    // The data walk itself stays, whoever may delete it.
                    .replace(
                        "{d}",
                        if *method == M::DELETE && path.ends_with("{d}") {
                            &participant
                        } else {
                            data_walk["id"].as_str().unwrap()
                        },
                    )
                    .replace("participants/{id}", &format!("participants/{participant}"))
                    .replace("{participant}", &participant)
                    .replace("{id}", Id::new().as_str())
                    .replace("{pin}", Id::new().as_str())
                    .replace("{kind}", "photo")
                    .replace("{place}", Id::new().as_str())
                    .replace("{a}", Id::new().as_str())
                    .replace("{slug}", "none")
                    .replace("{email}", "lotte@example.org")
                    .replace("{archive}", "none")
                    .replace("{layer}", "surface")
                    .replace("{z}/{x}/{y}", "1/0/0.mvt");
                let mut request = app.browser.request(method.clone(), format!("{}{filled}", app.address));
                // From another address each time: who tries too many doors is slowed.
                request = request.header("x-forwarded-for", format!("10.0.{number}.{at}"));
                if let Some((name, value)) = &visitor.header {
                    request = request.header(*name, value);
                }
                if let Some(body) = body {
                    request = request.json(body);
                }
                let status = request.send().await.unwrap().status().as_u16();
                // Whoever is allowed may still hear that a thing is not there or does not fit.
                let denied = matches!(status, 401 | 403) && !matches!(*path, "/api/sign-in" | "/api/welcome");
                assert_eq!(!denied, allowed, "{} {method} {path}: {status}", visitor.name);
                assert!(status < 500, "{} {method} {path}: {status}", visitor.name);
            }
        }
    })
    .await;
}
