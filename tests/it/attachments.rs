//! Photos and voice notes: only the picture is kept, nobody but moderators gets them before a yes, and they go with their
//! pin.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use buurtsignaal::attachments::{AttachmentKind, store};
use buurtsignaal::id::Id;
use image::{ImageFormat, Rgb, RgbImage};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{Answer, Tablet, TestApp, Workshop, on_both};

const MIDDLE: [f64; 2] = [3.715, 51.06];
const ALL: [&str; 4] = ["comment", "photo", "caption", "voice"];

fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Black and white stripes as a JPEG, with a word of EXIF in front.
pub fn jpeg(stripe: u32) -> Vec<u8> {
    let picture = RgbImage::from_fn(320, 200, |x, _| Rgb([if (x / stripe).is_multiple_of(2) { 0 } else { 255 }; 3]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    let plain = bytes.into_inner();
    [&plain[..2], b"\xff\xe1\0\x1bExif\0\0GPS 51.0601 SN-1234\0", &plain[2..]].concat()
}

/// What a device sends of a photo.
pub fn photo(bytes: &[u8]) -> Value {
    json!({"image": base64(bytes), "consent": true, "caption": null})
}

fn voice(bytes: &[u8]) -> Value {
    json!({"audio": base64(bytes), "type": "audio/webm", "duration_ms": 4200})
}

const WEBM: &[u8] = b"\x1a\x45\xdf\xa3 some words";

async fn put(tablet: &Tablet, pin: &str, kind: &str, body: &Value) -> Answer {
    tablet.send(Method::PUT, &format!("/pins/{pin}/{kind}"), Some(body)).await
}

async fn listed(app: &TestApp, n: &str, status: &str) -> Vec<Value> {
    let page = app.get(&format!("{n}/attachments?status={status}")).await.expect(200);
    page["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_photo_waits_for_a_moderator_and_the_same_once_more_changes_nothing() {
    on_both(async |mut app| {
        let Workshop { n, tablet, participant, .. } = app.workshop(json!({"questions": ALL})).await;
        let pin = tablet.pin(&participant, "unsafe", MIDDLE).await;
        let mut body = photo(&jpeg(8));
        body["caption"] = json!({"see": " Een lamp. ", "act": ""});
        assert_eq!(put(&tablet, &pin, "photo", &body).await.expect(201), json!({"status": "waiting"}));

        let waiting = listed(&app, &n, "waiting").await;
        assert_eq!(waiting.len(), 1);
        let found = &waiting[0];
        assert_eq!(
            (&found["pin"], &found["kind"], &found["participant"]),
            (&json!(pin), &json!("photo"), &json!("A1"))
        );
        assert_eq!(
            found["caption"],
            json!({"see": "Een lamp.", "happening": null, "lives": null, "why": null, "act": null})
        );
        let address = format!("{n}/attachments/{pin}/photo");
        let (status, kept) = app.get_bytes(&address).await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(image::load_from_memory_with_format(&kept, ImageFormat::Jpeg).unwrap().width(), 320);
        for word in [b"Exif".as_slice(), b"GPS", b"SN-1234"] {
            assert!(!kept.windows(word.len()).any(|part| part == word));
        }
        let headers = app.get_headers(&address).await;
        assert_eq!(headers["content-type"], "image/jpeg");
        assert_eq!(headers["cache-control"], "private, no-store");

        assert_eq!(app.patch(&address, json!({"status": "hidden"})).await.field(422), "reason");
        app.patch(&address, json!({"status": "approved"})).await.expect(200);
        assert_eq!(put(&tablet, &pin, "photo", &body).await.expect(200), json!({"status": "approved"}));
        assert_eq!(put(&tablet, &pin, "photo", &photo(&jpeg(4))).await.expect(200), json!({"status": "waiting"}));
        assert_eq!(listed(&app, &n, "waiting").await[0]["caption"], json!(null));
        assert!(listed(&app, &n, "approved").await.is_empty());

        for _ in 0..2 {
            tablet.send(Method::DELETE, &format!("/pins/{pin}/photo"), None).await.expect(204);
        }
        assert_eq!(app.get(&address).await.problem(404), "not_found");
        assert!(listed(&app, &n, "waiting").await.is_empty());
    })
    .await;
}

/// A PNG that promises 30,000 times 30,000 pixels and brings none.
pub fn png_bomb() -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    bytes.extend([0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30, 8, 2, 0, 0, 0, 0xe9, 0x45, 0x6f, 0xed]);
    bytes
}

/// A JPEG that promises 65,535 times 65,535 pixels.
pub fn jpeg_bomb() -> Vec<u8> {
    let mut bytes = jpeg(8);
    let frame = bytes.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    bytes[frame + 5..frame + 9].copy_from_slice(&[0xff; 4]);
    bytes
}

/// A GIF that promises endless frames of 30,000 times 30,000 pixels.
pub fn gif_bomb() -> Vec<u8> {
    b"GIF89a\x30\x75\x30\x75\xf0\0\0\0\0\0\xff\xff\xff!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0".to_vec()
}

/// A HEIC of 15 MB.
pub fn heic() -> Vec<u8> {
    [b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".as_slice(), &vec![7; 15 << 20]].concat()
}

#[tokio::test]
async fn what_is_no_photo_is_refused_by_name_and_nothing_is_lost() {
    on_both(async |mut app| {
        let Workshop { n, gathering, tablet, participant } = app.workshop(json!({"questions": ["photo"]})).await;
        let pin = tablet.pin(&participant, "unsafe", MIDDLE).await;
        put(&tablet, &pin, "photo", &photo(&jpeg(8))).await.expect(201);

        for (bytes, slug) in [
            (heic(), "photo_heic"),
            (gif_bomb(), "photo_kind"),
            (b"<svg onload=alert(1)>".to_vec(), "photo_kind"),
            (png_bomb(), "photo_too_many_pixels"),
            (jpeg_bomb(), "photo_too_many_pixels"),
            (jpeg(8)[..40].to_vec(), "photo_broken"),
        ] {
            assert_eq!(put(&tablet, &pin, "photo", &photo(&bytes)).await.problem(422), slug);
        }
        let huge = photo(&vec![0xff; 16 << 20]);
        assert_eq!(put(&tablet, &pin, "photo", &huge).await.problem(413), "too_large");
        let mut no = photo(&jpeg(8));
        no["consent"] = json!(false);
        assert_eq!(put(&tablet, &pin, "photo", &no).await.problem(422), "no_consent");
        assert_eq!(put(&tablet, &pin, "photo", &json!({"image": "é", "consent": true})).await.field(400), "image");
        assert_eq!(put(&tablet, &pin, "photo", &json!({"image": "AAAA"})).await.field(400), "consent");
        let mut captioned = photo(&jpeg(8));
        captioned["caption"] = json!({"see": "Een lamp."});
        assert_eq!(put(&tablet, &pin, "photo", &captioned).await.field(422), "caption.see");
        assert_eq!(put(&tablet, &pin, "voice", &voice(WEBM)).await.field(422), "audio");
        assert_eq!(listed(&app, &n, "waiting").await.len(), 1, "the photo that was there is untouched");

        // Others' pins, unknown and deleted ones, and a gathering that is over.
        let other = app.join(&gathering).await;
        assert_eq!(put(&other, &pin, "photo", &photo(&jpeg(8))).await.problem(409), "pin_of_another_device");
        let gone = other.send(Method::DELETE, &format!("/pins/{pin}/photo"), None).await;
        assert_eq!(gone.problem(409), "pin_of_another_device");
        let unknown = Id::new().to_string();
        assert_eq!(put(&tablet, &unknown, "photo", &photo(&jpeg(8))).await.problem(404), "unknown_pin");
        tablet.send(Method::DELETE, &format!("/pins/{unknown}/photo"), None).await.expect(204);
        let deleted = tablet.pin(&participant, "safe", MIDDLE).await;
        tablet.delete_pin(&deleted).await.expect(204);
        assert_eq!(put(&tablet, &deleted, "photo", &photo(&jpeg(8))).await.problem(410), "pin_deleted");
        let path = format!("{n}/gatherings/{}", gathering["id"].as_str().unwrap());
        app.patch(&path, json!({"phase": "closed"})).await.expect(200);
        assert_eq!(put(&tablet, &pin, "photo", &photo(&jpeg(8))).await.problem(409), "gathering_not_open");
        // A file that the tablet saved may still bring it.
        let mut letter = json!({"kind": "photo", "about": pin, "participant": participant});
        letter["body"] = photo(&jpeg(2));
        let (format, device) = ("buurtsignaal-outbox/1", &tablet.device);
        let file = json!({"format": format, "gathering": tablet.gathering, "device": device, "letters": [letter]});
        let taken = app.post(&format!("{path}/outboxes"), file).await.expect(200);
        assert_eq!(taken, json!({"taken": 0, "already": 1, "refused": []}));
        let (_, kept) = app.get_bytes(&format!("{n}/attachments/{pin}/photo")).await;
        let row = image::load_from_memory(&kept).unwrap().into_luma8();
        assert!(row.get_pixel(1, 9)[0].abs_diff(row.get_pixel(3, 9)[0]) > 60, "it is the one of the file");
        let gone = tablet.send(Method::DELETE, &format!("/pins/{pin}/photo"), None).await;
        assert_eq!(gone.problem(409), "gathering_not_open");
    })
    .await;
}

#[tokio::test]
async fn only_so_many_large_files_come_in_at_a_time() {
    on_both(async |mut app| {
        let Workshop { tablet, participant, .. } = app.workshop(json!({"questions": ALL})).await;
        let pin = tablet.pin(&participant, "unsafe", MIDDLE).await;
        let held = app.app.large_bodies.clone().acquire_many_owned(4).await.unwrap();
        let large = photo(&[jpeg(8), vec![0; 3 << 20]].concat());
        assert_eq!(put(&tablet, &pin, "photo", &large).await.problem(503), "busy");
        put(&tablet, &pin, "photo", &photo(&jpeg(8))).await.expect(201);
        drop(held);
        put(&tablet, &pin, "photo", &large).await.expect(200);
    })
    .await;
}

#[tokio::test]
async fn a_voice_note_is_kept_as_it_came_for_moderators() {
    on_both(async |mut app| {
        let Workshop { n, tablet, participant, .. } = app.workshop(json!({"questions": ALL})).await;
        let pin = tablet.pin(&participant, "safe", MIDDLE).await;
        put(&tablet, &pin, "voice", &voice(WEBM)).await.expect(201);
        put(&tablet, &pin, "photo", &photo(&jpeg(8))).await.expect(201);
        let address = format!("{n}/attachments/{pin}/voice");
        assert_eq!(app.get_bytes(&address).await, (StatusCode::OK, WEBM.to_vec()));
        assert_eq!(app.get_headers(&address).await["content-type"], "audio/webm");
        let heard = app.patch(&address, json!({"status": "approved"})).await.expect(200);
        assert_eq!((&heard["kind"], &heard["duration_ms"]), (&json!("voice"), &json!(4200)));
        assert_eq!(listed(&app, &n, "waiting").await.len(), 1, "the photo waits on its own");
        for (key, value, slug) in [
            ("duration_ms", json!(60_001), "voice_too_long"),
            ("type", json!("audio/ogg"), "voice_kind"),
            ("audio", json!(base64(&vec![7; 1_500_001])), "voice_too_large"),
        ] {
            let mut body = voice(WEBM);
            body[key] = value;
            assert_eq!(put(&tablet, &pin, "voice", &body).await.problem(422), slug);
        }
        tablet.send(Method::DELETE, &format!("/pins/{pin}/voice"), None).await.expect(204);
        assert_eq!(app.get(&address).await.problem(404), "not_found");
    })
    .await;
}

#[tokio::test]
async fn what_is_blurred_is_nowhere_any_more() {
    on_both(async |mut app| {
        let Workshop { n, tablet, participant, .. } = app.workshop(json!({"questions": ALL})).await;
        let pin = tablet.pin(&participant, "unsafe", MIDDLE).await;
        let body = photo(&jpeg(4));
        put(&tablet, &pin, "photo", &body).await.expect(201);
        let address = format!("{n}/attachments/{pin}/photo");
        let blur =
            async |areas: Value| app.post(&format!("{n}/attachments/{pin}/photo/blur"), json!({"areas": areas})).await;
        assert_eq!(blur(json!([])).await.field(422), "areas");
        assert_eq!(blur(json!([[0.0, 0.0, 1.0, 2.0]])).await.field(422), "areas[0]");
        assert_eq!(blur(json!([[0.0, 0.0, 0.5]])).await.problem(400), "bad_request");
        assert_eq!(blur(json!([[0.0, 0.0, 0.5, 1.0]])).await.expect(200)["status"], "waiting");

        let contrast = async |left: u32| {
            let picture = image::load_from_memory(&app.get_bytes(&address).await.1).unwrap().into_luma8();
            let row: Vec<u8> = (left..left + 100).map(|x| picture.get_pixel(x, 100)[0]).collect();
            row.iter().max().unwrap() - row.iter().min().unwrap()
        };
        assert!(contrast(20).await < 20 && contrast(200).await > 180);
        // The device sends the same once more, because it did not hear the answer.
        put(&tablet, &pin, "photo", &body).await.expect(200);
        assert!(contrast(20).await < 20, "what was blurred does not come back");

        let (here, id) = (Id::parse("n", n.rsplit('/').next().unwrap()).unwrap(), Id::parse("pin", &pin).unwrap());
        let late = store::replace_photo(&app.app.db, &here, &id, "what was read before", "AAAA").await;
        assert_eq!(late.unwrap_err().slug, "photo_changed");
        assert_ne!(store::content(&app.app.db, &here, &id, AttachmentKind::Photo).await.unwrap(), "AAAA");
        let missing = format!("{n}/attachments/{}/photo/blur", Id::new());
        assert_eq!(app.post(&missing, json!({"areas": [[0, 0, 1, 1]]})).await.problem(404), "not_found");
    })
    .await;
}

#[tokio::test]
async fn photo_and_voice_go_with_their_pin_and_when_kept_long_enough() {
    on_both(async |mut app| {
        app.sign_in_new("lotte@example.org", true).await;
        let n = app.neighbourhood().await;
        app.patch(&n, json!({"retention_days": 30})).await.expect(200);
        let mut pins = Vec::new();
        for day in ["2026-10-17", "2026-10-18", "2026-10-18"] {
            let gathering = app.open_gathering(&n, json!({"held_on": day, "questions": ALL})).await;
            let tablet = app.join(&gathering).await;
            let participant = tablet.participant(json!({})).await;
            let pin = tablet.pin(&participant, "unsafe", MIDDLE).await;
            put(&tablet, &pin, "photo", &photo(&jpeg(8))).await.expect(201);
            put(&tablet, &pin, "voice", &voice(WEBM)).await.expect(201);
            pins.push((tablet, pin));
        }
        pins[2].0.delete_pin(&pins[2].1).await.expect(204);
        assert_eq!(listed(&app, &n, "waiting").await.len(), 4);
        app.app.forget().await.unwrap();
        let left = listed(&app, &n, "waiting").await;
        assert_eq!(left.len(), 2);
        assert!(left.iter().all(|each| each["held_on"] == "2026-10-18" && each["pin"] == json!(pins[1].1)));
        for (_, gone) in [&pins[0], &pins[2]] {
            assert_eq!(app.get(&format!("{n}/attachments/{gone}/photo")).await.problem(404), "not_found");
        }
        assert_eq!(app.get(&format!("{n}/pins")).await.expect(200)["features"].as_array().unwrap().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_long_queue_comes_in_pages_and_another_neighbourhood_sees_none_of_it() {
    on_both(async |mut app| {
        let Workshop { n, tablet, participant, .. } = app.workshop(json!({"questions": ALL, "pin_budget": null})).await;
        for _ in 0..103 {
            let pin = tablet.pin(&participant, "safe", MIDDLE).await;
            put(&tablet, &pin, "voice", &voice(WEBM)).await.expect(201);
        }
        let first = app.get(&format!("{n}/attachments")).await.expect(200);
        let next = first["next"].as_str().unwrap();
        let rest = app.get(&format!("{n}/attachments?cursor={next}")).await.expect(200);
        let ids: std::collections::HashSet<String> = [&first, &rest]
            .iter()
            .flat_map(|page| page["items"].as_array().unwrap())
            .map(|each| each["pin"].to_string())
            .collect();
        assert_eq!((ids.len(), rest["items"].as_array().unwrap().len(), &rest["next"]), (103, 3, &json!(null)));
        let elsewhere = app.neighbourhood().await;
        assert!(listed(&app, &elsewhere, "waiting").await.is_empty());
        let address = format!("{elsewhere}/attachments/{}/voice", first["items"][0]["pin"].as_str().unwrap());
        assert_eq!(app.get(&address).await.problem(404), "not_found");
        assert_eq!(app.patch(&address, json!({"status": "approved"})).await.problem(404), "not_found");
    })
    .await;
}
