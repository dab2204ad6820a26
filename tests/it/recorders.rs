//! Phones that join a walk or a data walk with its code.

use buurtsignaal::id::{Id, digest};
use buurtsignaal::recorders::{Task, store};
use reqwest::StatusCode;
use serde_json::json;

use crate::support::{TestApp, on_both};

#[tokio::test]
async fn a_phone_joins_with_the_code_until_it_is_closed() {
    on_both(async |mut app: TestApp| {
        app.sign_in_new("lotte@example.org", true).await;
        let n = app.neighbourhood().await;
        let n = Id::parse("n", n.rsplit('/').next().unwrap()).unwrap();
        let (db, walk) = (&app.app.db, Id::new());
        let code = store::open(db, &n, Task::Walk, &walk).await.unwrap();
        assert_eq!(code.len(), 8);
        assert_eq!(store::open(db, &n, Task::Walk, &walk).await.unwrap(), code, "a walk has one code");
        let other = store::open(db, &n, Task::DataWalk, &walk).await.unwrap();
        assert_ne!(code, other);

        let join = async |code: &str| {
            app.browser
                .post(format!("{}/api/recorders", app.address))
                .json(&json!({"code": code}))
                .send()
                .await
                .unwrap()
        };
        let wrong = join("WWWWWWWW").await;
        assert_eq!(wrong.status(), StatusCode::NOT_FOUND);
        assert_eq!(wrong.json::<serde_json::Value>().await.unwrap()["type"], "unknown_code");

        let typed = format!("{} {}", code[..4].to_lowercase(), &code[4..]);
        let joined: serde_json::Value = join(&typed).await.json().await.unwrap();
        assert_eq!(joined["task"], "walk");
        assert_eq!(joined["about"], walk.as_str());
        assert_eq!(joined["neighbourhood"]["id"], n.as_str());
        let token = joined["token"].as_str().unwrap();
        let recorder = store::find(db, &digest(token)).await.unwrap().unwrap();
        assert!(recorder.check(Task::Walk, &walk).is_ok());
        assert!(recorder.check(Task::DataWalk, &walk).is_err());
        assert!(recorder.check(Task::Walk, &Id::new()).is_err());

        store::close(db, Task::Walk, &walk).await.unwrap();
        assert!(store::find(db, &digest(token)).await.unwrap().is_none());
        assert_eq!(join(&code).await.status(), StatusCode::NOT_FOUND);
        assert!(store::code(db, Task::DataWalk, &walk).await.unwrap().is_some(), "the other code stays");
    })
    .await;
}
