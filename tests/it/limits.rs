//! How much may come from one device and from one address: a full room is never slowed, who floods is.

use buurtsignaal::id::Id;
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::{Answer, Database, Tablet, TestApp, on_both, pin};

const MINUTE_MS: i64 = 60_000;
const SPOT: [f64; 2] = [3.715, 51.06];

/// Puts a new pin; gives the answer, whatever it is.
async fn try_pin(tablet: &Tablet, participant: &str) -> Answer {
    tablet.put_pin(Id::new().as_str(), &pin(participant, "unsafe", SPOT)).await
}

async fn room_of(app: &TestApp, gathering: &Value, devices: usize) -> Vec<(Tablet, String)> {
    join_all((0..devices).map(async |_| {
        let tablet = app.join(gathering).await;
        let participant = tablet.participant(json!({})).await;
        (tablet, participant)
    }))
    .await
}

#[tokio::test]
async fn sixty_devices_behind_one_address_join_at_once_and_pin_without_being_slowed() {
    on_both(async |mut app| {
        let workshop = app.workshop(json!({"pin_budget": null})).await;
        let room = room_of(&app, &workshop.gathering, 60).await;
        for _ in 0..2 {
            for (tablet, participant) in &room {
                for answer in join_all((0..10).map(|_| try_pin(tablet, participant))).await {
                    answer.expect(201);
                }
            }
            app.later(MINUTE_MS);
        }
    })
    .await;
}

#[tokio::test]
async fn an_outbox_that_filled_up_goes_out_at_once_and_a_device_that_floods_is_slowed_alone() {
    on_both(async |mut app| {
        let workshop = app.workshop(json!({"pin_budget": null})).await;
        let (other, at_other) = room_of(&app, &workshop.gathering, 1).await.pop().unwrap();
        for _ in 0..300 {
            try_pin(&workshop.tablet, &workshop.participant).await.expect(201);
        }
        // A hundred a second, so that it is slowed before five seconds are over.
        let flood = async |ms| {
            app.later(ms);
            try_pin(&workshop.tablet, &workshop.participant).await.status == 429
        };
        let mut sent = 300;
        while !flood(10).await {
            sent += 1;
            assert!(sent < 500, "nobody stops it");
        }
        assert_eq!(try_pin(&workshop.tablet, &workshop.participant).await.problem(429), "too_many");
        try_pin(&other, &at_other).await.expect(201);
        app.later(1000);
        try_pin(&workshop.tablet, &workshop.participant).await.expect(201);
    })
    .await;
}

#[tokio::test]
async fn who_is_slowed_hears_for_how_long() {
    let mut app = TestApp::start(Database::sqlite()).await;
    let workshop = app.workshop(json!({})).await;
    let address = format!("{}/api/gatherings/{}", app.address, workshop.tablet.gathering);
    loop {
        let answer = app.browser.get(&address).bearer_auth(&workshop.tablet.token).send().await.unwrap();
        if answer.status() == 429 {
            assert_eq!(answer.headers()["retry-after"], "1");
            assert_eq!(answer.headers()["content-type"], "application/problem+json");
            break;
        }
        assert_eq!(answer.status(), 200);
    }
}

#[tokio::test]
async fn who_guesses_codes_and_passwords_closes_the_door_for_their_own_address_only() {
    on_both(async |mut app| {
        let workshop = app.workshop(json!({})).await;
        let code = workshop.gathering["code"].as_str().unwrap();
        let guess = async |tries: usize| {
            for _ in 0..tries {
                if app.join_from("203.0.113.1", "AAAAAA").await.status == 429 {
                    return true;
                }
            }
            false
        };
        assert!(guess(100).await, "nobody stops the guessing");
        assert_eq!(app.join_from("203.0.113.1", code).await.problem(429), "too_many");
        app.join_from("203.0.113.2", code).await.expect(200);
        app.later(2000);
        app.join_from("203.0.113.1", code).await.expect(200);

        let wrong = json!({"email": "lotte@example.org", "password": "wrong horse"});
        let mut last = 401;
        for _ in 0..100 {
            last = app.post("/api/sign-in", wrong.clone()).await.status.as_u16();
            if last != 401 {
                break;
            }
        }
        assert_eq!(last, 429);
    })
    .await;
}

#[tokio::test]
async fn without_a_proxy_nobody_can_make_up_an_address() {
    let app = TestApp::start_with(Database::sqlite(), |settings| settings.behind_proxy = false).await;
    let mut last = 404;
    for guest in 0..100 {
        last = app.join_from(&format!("203.0.113.{guest}"), "AAAAAA").await.status.as_u16();
        if last != 404 {
            break;
        }
    }
    assert_eq!(last, 429);
}
