//! Those who follow a gathering hear of every change, and nothing of what is still hidden.

use std::time::Duration;

use buurtsignaal::id::Id;
use futures_util::StreamExt;
use serde_json::{Value, json};

use crate::support::{Tablet, TestApp, on_both, pin};

/// Reads events of a tablet's gathering until one fits.
pub struct Listener {
    bytes: std::pin::Pin<Box<dyn futures_util::Stream<Item = Vec<u8>>>>,
    text: String,
}

impl Listener {
    pub async fn of(app: &TestApp, tablet: &Tablet) -> Self {
        let request = app.browser.get(format!("{}/api/gatherings/{}/events", app.address, tablet.gathering));
        let response = request.bearer_auth(&tablet.token).send().await.unwrap();
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self { bytes: Box::pin(response.bytes_stream().map(|part| part.unwrap().to_vec())), text: String::new() }
    }

    pub async fn until(&mut self, name: &str, fits: impl Fn(&Value) -> bool) -> Value {
        let reading = async {
            loop {
                while let Some((event, rest)) = self.text.split_once("\n\n").map(|(a, b)| (a.to_owned(), b.to_owned()))
                {
                    self.text = rest;
                    let line = |key: &str| {
                        event.lines().find_map(|line| line.strip_prefix(key)).map(str::trim).map(str::to_owned)
                    };
                    let data = line("data:").map(|data| serde_json::from_str::<Value>(&data).unwrap());
                    if let (Some(found), Some(data)) = (line("event:"), data)
                        && found == name
                        && fits(&data)
                    {
                        assert!(line("id:").is_some(), "every event has an id");
                        return data;
                    }
                }
                self.text.push_str(std::str::from_utf8(&self.bytes.next().await.unwrap()).unwrap());
            }
        };
        tokio::time::timeout(Duration::from_secs(10), reading).await.expect("the event did not come")
    }
}

#[tokio::test]
async fn followers_hear_of_pins_and_phases() {
    on_both(async |mut app| {
        app.sign_in_new("lotte@example.org", true).await;
        let n = app.neighbourhood().await;
        let gathering = app.open_gathering(&n, json!({})).await;
        let tablet = app.join(&gathering).await;
        let mut listener = Listener::of(&app, &tablet).await;
        let first = listener.until("gathering", |_| true).await;
        assert_eq!(first, json!({"phase": "open", "people": 0, "pins": 0}));

        let (one, two) = (tablet.participant(json!({})).await, tablet.participant(json!({})).await);
        let gone = tablet.pin(&one, "unsafe", [3.715, 51.06]).await;
        tablet.pin(&one, "safe", [3.715, 51.06]).await;
        tablet.put_pin(Id::new().as_str(), &pin(&two, "safe", [3.715, 51.06])).await.expect(201);
        listener.until("gathering", |state| *state == json!({"phase": "open", "people": 2, "pins": 3})).await;
        listener.until("surface", |state| state["revision"].as_u64() > Some(0)).await;
        tablet.delete_pin(&gone).await.expect(204);
        listener.until("gathering", |state| state["pins"] == 2).await;

        let path = format!("{n}/gatherings/{}", gathering["id"].as_str().unwrap());
        app.patch(&path, json!({"phase": "revealed"})).await.expect(200);
        listener.until("gathering", |state| state["phase"] == "revealed").await;

        let mut again = Listener::of(&app, &tablet).await;
        let state = again.until("gathering", |_| true).await;
        assert_eq!(
            state,
            json!({"phase": "revealed", "people": 2, "pins": 2}),
            "who comes back hears the newest state"
        );
    })
    .await;
}
