//! The demo: what a visitor finds, and that a second start adds nothing.

use buurtsignaal::demo;
use serde_json::json;

use crate::support::on_both;

#[tokio::test]
async fn a_visitor_finds_a_quarter_with_voices_and_a_gathering_to_join() {
    on_both(async |mut app| {
        let seeded = demo::seed(&app.app).await.unwrap();
        let again = demo::seed(&app.app).await.unwrap();
        assert_eq!((&again.neighbourhood.id, &again.today), (&seeded.neighbourhood.id, &seeded.today));
        assert_eq!(again.people, seeded.people);

        app.sign_in(&seeded.people[0].id).await;
        let quarter = format!("/api/neighbourhoods/{}", seeded.neighbourhood.slug);
        let here = app.get(&quarter).await.expect(200);
        assert_eq!(here["languages"], json!(["nl", "fr", "de", "en", "ar", "tr", "uk", "es", "pl", "ro"]));
        assert_eq!(here["basemap"]["archive"], "demo");

        let gatherings = app.get(&format!("{quarter}/gatherings")).await.expect(200);
        let seen: Vec<_> =
            gatherings["items"].as_array().unwrap().iter().map(|g| (&g["phase"], &g["people"])).collect();
        let (open, closed) = (json!("open"), json!("closed"));
        let people = [0, 14, 9, 24].map(|people| json!(people));
        assert_eq!(seen, [(&open, &people[0]), (&closed, &people[1]), (&closed, &people[2]), (&closed, &people[3])]);

        for status in ["waiting", "approved", "hidden"] {
            let comments = app.get(&format!("{quarter}/comments?status={status}")).await.expect(200);
            assert!(!comments["items"].as_array().unwrap().is_empty(), "{status}");
        }
        let joined = app.post("/api/join", json!({"code": seeded.today.code})).await.expect(200);
        assert_eq!(joined["device"], "A");
    })
    .await;
}
