//! Accounts: the first owner, sign-in, other sites.

use serde_json::json;

use crate::support::{PASSWORD, new_browser, on_both};
use buurtsignaal::people::store;

#[tokio::test]
async fn the_first_start_makes_one_owner_and_only_once() {
    on_both(async |app| {
        let token = store::make_link(&app.app.db, None, app.app.clock.now_ms()).await.unwrap();
        let who = |token: &str, password: &str| json!({"token": token, "name": "Lotte", "email": "Lotte@Example.org", "password": password});
        assert_eq!(app.post("/api/welcome", who(&token, "short")).await.field(422), "password");
        assert_eq!(app.post("/api/welcome", who("wrong", PASSWORD)).await.problem(401), "link_used");
        let person = app.post("/api/welcome", who(&token, PASSWORD)).await.expect(200);
        assert_eq!((&person["email"], &person["owner"]), (&json!("lotte@example.org"), &json!(true)));
        assert_eq!(app.post("/api/welcome", who(&token, PASSWORD)).await.problem(409), "has_owner");
    })
    .await;
}

#[tokio::test]
async fn signing_in_takes_the_right_password_and_signing_out_ends_it() {
    on_both(async |mut app| {
        let id = app.sign_in_new("lotte@example.org", false).await;
        app.sign_out();
        assert_eq!(app.get("/api/me").await.problem(401), "not_signed_in");
        let wrong = json!({"email": "lotte@example.org", "password": "wrong horse"});
        assert_eq!(app.post("/api/sign-in", wrong).await.problem(401), "wrong_sign_in");
        let nobody = json!({"email": "nobody@example.org", "password": PASSWORD});
        assert_eq!(app.post("/api/sign-in", nobody).await.problem(401), "wrong_sign_in");

        let right = json!({"email": "lotte@example.org", "password": PASSWORD});
        let response = app.browser.post(format!("{}/api/sign-in", app.address)).json(&right).send().await.unwrap();
        let cookie = response.headers()["set-cookie"].to_str().unwrap().to_owned();
        for part in ["__Host-sign_in=", "Path=/", "Secure", "HttpOnly", "SameSite=Strict"] {
            assert!(cookie.contains(part), "{cookie}");
        }
        let cookie = cookie.split(';').next().unwrap().to_owned();
        let ask = async |path: &str| {
            let request = app.browser.post(format!("{}{path}", app.address)).header("cookie", &cookie);
            request.send().await.unwrap().status().as_u16()
        };
        let me = app.browser.get(format!("{}/api/me", app.address)).header("cookie", &cookie).send().await.unwrap();
        assert_eq!(me.json::<serde_json::Value>().await.unwrap()["id"], id.as_str());
        assert_eq!(ask("/api/sign-out").await, 204);
        let me = app.browser.get(format!("{}/api/me", app.address)).header("cookie", &cookie).send().await.unwrap();
        assert_eq!(me.status(), 401);
    })
    .await;
}

#[tokio::test]
async fn a_one_time_address_works_once() {
    on_both(async |mut app| {
        let id = app.sign_in_new("lotte@example.org", false).await;
        let link = store::make_link(&app.app.db, Some(&id), app.app.clock.now_ms()).await.unwrap();
        app.post("/api/sign-in", json!({"link": link})).await.expect(200);
        assert_eq!(app.post("/api/sign-in", json!({"link": link})).await.problem(401), "link_used");
    })
    .await;
}

#[tokio::test]
async fn another_site_cannot_act_in_a_visitors_name() {
    on_both(async |mut app| {
        app.sign_in_new("lotte@example.org", true).await;
        for (header, value) in [("sec-fetch-site", "cross-site"), ("origin", "https://elsewhere.example")] {
            let request =
                new_browser().build().unwrap().post(format!("{}/api/sign-out", app.address)).header(header, value);
            assert_eq!(request.send().await.unwrap().status(), 403, "{header}");
        }
        let own =
            new_browser().build().unwrap().post(format!("{}/api/sign-out", app.address)).header("origin", &app.address);
        assert_eq!(own.send().await.unwrap().status(), 204);
    })
    .await;
}
