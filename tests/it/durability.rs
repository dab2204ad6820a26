//! What was acknowledged is on disk, whatever happens to the program.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use buurtsignaal::app::App;
use buurtsignaal::config::Settings;
use buurtsignaal::id::Id;
use buurtsignaal::time::Clock;
use serde_json::json;

use crate::support::{Database, TestApp, new_browser, pin};

/// The real program on a data folder, killed when dropped.
struct Program(Child, String);

impl Program {
    fn start(url: &str, folder: &std::path::Path) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        drop(listener);
        let mut child = Command::new(env!("CARGO_BIN_EXE_buurtsignaal"))
            .args(["serve", "--listen", &address, "--database-url", url, "--data-dir", folder.to_str().unwrap()])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        assert!(lines.next().unwrap().unwrap().contains(&address));
        Self(child, address)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test]
async fn a_killed_server_keeps_every_acknowledged_pin() {
    let mut app = TestApp::start(Database::sqlite()).await;
    app.sign_in_new("lotte@example.org", true).await;
    let n = app.neighbourhood().await;
    let gathering = app.open_gathering(&n, json!({"pin_budget": null})).await;
    let tablet = app.join(&gathering).await;
    let participant = tablet.participant(json!({})).await;
    let (url, folder) = app.database();
    app.app.db.close().await;

    for round in 0..5 {
        let mut program = Program::start(&url, &folder);
        let acknowledged = Arc::new(AtomicUsize::new(0));
        let mut senders = Vec::new();
        for _ in 0..8 {
            let (browser, acknowledged) = (new_browser().build().unwrap(), acknowledged.clone());
            let (address, gathering, token) = (program.1.clone(), tablet.gathering.clone(), tablet.token.clone());
            let body = pin(&participant, "unsafe", [3.715, 51.06]);
            senders.push(tokio::spawn(async move {
                let mut ids = Vec::new();
                loop {
                    let id = Id::new();
                    let path = format!("http://{address}/api/gatherings/{gathering}/pins/{id}");
                    match browser.put(path).bearer_auth(&token).json(&body).send().await {
                        Ok(response) if response.status() == 201 => ids.push(id),
                        _ => return ids,
                    }
                    acknowledged.fetch_add(1, Ordering::Relaxed);
                }
            }));
        }
        let enough = async {
            while acknowledged.load(Ordering::Relaxed) < 40 + 30 * round {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), enough).await.expect("too few pins were acknowledged");
        program.0.kill().unwrap();
        program.0.wait().unwrap();
        let mut ids = Vec::new();
        for sender in senders {
            ids.extend(sender.await.unwrap());
        }
        let settings = Settings {
            database_url: Some(url.clone()),
            data_dir: folder.clone(),
            listen: "127.0.0.1:0".parse().unwrap(),
            public_url: None,
            time_zone: "Europe/Brussels".to_owned(),
            render: None,
            behind_proxy: false,
        };
        let opened = App::open(settings, Clock::Machine).await.unwrap();
        for id in &ids {
            assert!(buurtsignaal::pins::store::find(&opened.db, id).await.unwrap().is_some(), "{id} was acknowledged");
        }
        opened.db.close().await;
    }
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn no_row_of_a_file_tells_the_order_in_which_pins_came() {
    use sqlx::{Connection, Executor, SqliteConnection};
    let mut app = TestApp::start(Database::sqlite()).await;
    let workshop = app.workshop(json!({"pin_budget": null})).await;
    for _ in 0..20 {
        workshop.tablet.pin(&workshop.participant, "unsafe", [3.715, 51.06]).await;
    }
    let (url, folder) = app.database();
    app.app.db.close().await;

    let mut file = SqliteConnection::connect(&url).await.unwrap();
    let read = |sql: &'static str| sqlx::query_scalar::<_, String>(sql);
    assert!(read("select cast(rowid as text) from pins").fetch_one(&mut file).await.is_err());
    assert!(read("select cast(rowid as text) from attachments").fetch_one(&mut file).await.is_err());
    let ids = read("select id from pins").fetch_all(&mut file).await.unwrap();
    assert!(ids.len() == 20 && ids.is_sorted(), "they lie in the order of their random ids");

    // A file from before pins lay so.
    let made = read("select sql from sqlite_master where name = 'pins'").fetch_one(&mut file).await.unwrap();
    let indexes =
        "select sql from sqlite_master where tbl_name = 'pins' and type = 'index' and sql is not null order by sql";
    let before = read(indexes).fetch_all(&mut file).await.unwrap();
    let with_rows = made.replace("\"pins\"", "pins_before").replace(" without rowid", "");
    for step in [
        &*with_rows,
        "insert into pins_before select * from pins order by lang, id desc",
        "drop table pins",
        "alter table pins_before rename to pins",
    ] {
        file.execute(sqlx::AssertSqlSafe(step.to_owned())).await.unwrap();
    }
    for index in &before {
        file.execute(sqlx::AssertSqlSafe(index.clone())).await.unwrap();
    }
    assert!(read("select cast(rowid as text) from pins").fetch_one(&mut file).await.is_ok());
    file.close().await.unwrap();

    buurtsignaal::db::Db::open(&url).await.unwrap().close().await;
    let mut file = SqliteConnection::connect(&url).await.unwrap();
    assert!(read("select cast(rowid as text) from pins").fetch_one(&mut file).await.is_err());
    assert_eq!(read("select id from pins").fetch_all(&mut file).await.unwrap(), ids);
    assert_eq!(read(indexes).fetch_all(&mut file).await.unwrap(), before);
    file.close().await.unwrap();
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn a_log_holds_no_comment_coordinate_code_or_token() {
    let mut app = TestApp::start(Database::sqlite()).await;
    app.sign_in_new("lotte@example.org", true).await;
    let n = app.neighbourhood().await;
    let gathering = app.open_gathering(&n, json!({"questions": ["themes", "comment", "photo", "voice"]})).await;
    let tablet = app.join(&gathering).await;
    let participant = tablet.participant(json!({})).await;
    let cookie = app.cookie();
    let (url, folder) = app.database();
    app.app.db.close().await;

    let log = folder.join("log");
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    drop(listener);
    let child = Command::new(env!("CARGO_BIN_EXE_buurtsignaal"))
        .args(["serve", "--listen", &address, "--database-url", &url, "--data-dir", folder.to_str().unwrap()])
        .env("BUURTSIGNAAL_LOG", "trace,sqlx=debug,hyper=debug,mio=info")
        .stdout(Stdio::piped())
        .stderr(std::fs::File::create(&log).unwrap())
        .spawn()
        .unwrap();
    let mut program = Program(child, address.clone());
    BufReader::new(program.0.stdout.take().unwrap()).lines().next().unwrap().unwrap();
    let mut body = pin(&participant, "unsafe", [3.712_345_6, 51.061_234_5]);
    body["properties"]["comment"] = json!("zeldzaamwoord bij de brug");
    let browser = new_browser().build().unwrap();
    let id = Id::new();
    for suffix in [json!("light"), json!("lamps")] {
        body["properties"]["themes"] = json!([suffix]);
        let path = format!("http://{address}/api/gatherings/{}/pins/{id}", tablet.gathering);
        browser.put(path).bearer_auth(&tablet.token).json(&body).send().await.unwrap();
    }
    let beside = format!("http://{address}/api/gatherings/{}/pins/{id}", tablet.gathering);
    let voice = json!({"audio": "T2dnU3plbGR6YWFtd29vcmQ=", "type": "audio/ogg", "duration_ms": 1000});
    let photo = json!({"image": "/9j/emVsZHphYW13b29yZA==", "consent": true});
    for (kind, body, status) in [("voice", voice, 201), ("photo", photo, 422)] {
        let sent = browser.put(format!("{beside}/{kind}")).bearer_auth(&tablet.token).json(&body);
        assert_eq!(sent.send().await.unwrap().status(), status);
    }
    let roles = json!({"scribe": "Tomaszewska", "guest": "Schepen Ilse"});
    let walk = json!({"name": "Na school", "leader": "Nadira", "phone": "0470 12 34 56", "roles": roles});
    let planned = browser.post(format!("http://{address}{n}/walks")).header("cookie", cookie).json(&walk);
    assert_eq!(planned.send().await.unwrap().status(), 201);
    let join = browser.post(format!("http://{address}/api/join")).json(&json!({"code": gathering["code"]}));
    assert_eq!(join.send().await.unwrap().status(), 200);
    drop(program);

    let text = std::fs::read_to_string(&log).unwrap();
    assert!(text.contains("sqlx"), "the log is on: {text}");
    let base64 = ["emVsZHphYW", "plbGR6YWFtd29vcm"];
    assert!(base64.iter().all(|part| !text.contains(part)), "bytes of a photo or voice are in the log");
    for secret in ["Nadira", "0470 12", "Tomaszewska", "Ilse"] {
        assert!(!text.contains(secret), "{secret} is in the log");
    }
    for secret in ["zeldzaamwoord", "3.7123", "51.0612", gathering["code"].as_str().unwrap(), &tablet.token] {
        assert!(!text.contains(secret), "{secret} is in the log");
    }
    std::fs::remove_dir_all(folder).unwrap();
}

/// The most memory that a program has had, in bytes.
#[cfg(target_os = "linux")]
fn most_memory(program: &Program) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", program.0.id())).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() << 10
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_bomb_never_gets_the_memory_that_it_promises_to_need() {
    use crate::attachments::{gif_bomb, heic, jpeg, jpeg_bomb, photo, png_bomb};

    let mut app = TestApp::start(Database::sqlite()).await;
    let workshop = app.workshop(json!({"questions": ["photo"]})).await;
    let pin = workshop.tablet.pin(&workshop.participant, "unsafe", [3.715, 51.06]).await;
    let (url, folder) = app.database();
    app.app.db.close().await;

    let program = Program::start(&url, &folder);
    let path = format!("http://{}/api/gatherings/{}/pins/{pin}/photo", program.1, workshop.tablet.gathering);
    let browser = reqwest::Client::new();
    let put = async |bytes: &[u8]| {
        let sent = browser.put(&path).bearer_auth(&workshop.tablet.token).json(&photo(bytes));
        sent.send().await.unwrap().status().as_u16()
    };
    assert_eq!(put(&jpeg(8)).await, 201);
    let before = most_memory(&program);
    for bomb in [png_bomb(), jpeg_bomb(), gif_bomb(), heic()] {
        assert_eq!(put(&bomb).await, 422);
    }
    let more = most_memory(&program) - before;
    assert!(more <= 64 << 20, "{more} bytes more");
    drop(program);
    std::fs::remove_dir_all(folder).unwrap();
}
