//! A real server on a real database for each test.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use buurtsignaal::app::App;
use buurtsignaal::config::Settings;
use buurtsignaal::id::Id;
use buurtsignaal::people::{hash_password, store as people};
use buurtsignaal::serve::serve;
use buurtsignaal::time::Clock;
use reqwest::header::HeaderMap;
use reqwest::{Client, Method, Response, StatusCode};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// 2026-11-17, half past seven in the evening in Brussels.
const NOW_MS: i64 = 1_794_940_200_000;

/// The password of everyone in the tests.
pub const PASSWORD: &str = "correct horse";

/// Runs a test on SQLite and then on PostgreSQL.
pub async fn on_both<F: Future<Output = ()>>(test: impl Fn(TestApp) -> F) {
    for database in [Database::sqlite(), Database::postgres().await] {
        let kind = database.kind;
        let app = TestApp::start(database).await;
        eprintln!("on {kind}");
        let cleaning = app.cleaning();
        test(app).await;
        cleaning.run().await;
    }
}

/// A new empty database.
pub struct Database {
    kind: &'static str,
    url: String,
    folder: PathBuf,
}

impl Database {
    /// A file in a folder of its own.
    pub fn sqlite() -> Self {
        let folder = new_folder();
        Self { kind: "SQLite", url: format!("sqlite://{}/test.sqlite", folder.display()), folder }
    }

    /// A database of its own on the server that `cargo xtask test` starts.
    pub async fn postgres() -> Self {
        let server = std::env::var("BUURTSIGNAAL_TEST_POSTGRES")
            .expect("BUURTSIGNAAL_TEST_POSTGRES names no PostgreSQL server; `cargo xtask test` starts one");
        let name = format!("test_{}", Id::new().as_str().replace('-', ""));
        run_on(&server, &format!("create database {name}")).await;
        let base = server.rsplit_once('/').unwrap().0;
        Self { kind: "PostgreSQL", url: format!("{base}/{name}"), folder: new_folder() }
    }
}

fn new_folder() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("buurtsignaal-test-{}", Id::new()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

async fn run_on(server: &str, sql: &str) {
    use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
    let mut connection = PgConnection::connect(server).await.unwrap();
    connection.execute(AssertSqlSafe(sql.to_owned())).await.unwrap();
    connection.close().await.unwrap();
}

/// Removes what a test left behind.
pub struct Cleaning {
    url: String,
    folder: PathBuf,
}

impl Cleaning {
    async fn run(self) {
        if self.url.starts_with("postgres") {
            let (base, name) = self.url.rsplit_once('/').unwrap();
            run_on(&format!("{base}/postgres"), &format!("drop database {name} with (force)")).await;
        }
        std::fs::remove_dir_all(&self.folder).unwrap();
    }
}

/// A running server and a browser of someone who may be signed in.
pub struct TestApp {
    pub app: Arc<App>,
    pub address: String,
    pub browser: Client,
    cookie: Option<String>,
    url: String,
    folder: PathBuf,
    _stop: oneshot::Sender<()>,
}

/// A square neighbourhood of about 2 km.
pub const SQUARE: [f64; 4] = [3.70, 51.05, 3.73, 51.07];

pub fn square() -> Value {
    let [w, s, e, n] = SQUARE;
    json!({"type": "Polygon", "coordinates": [[[w, s], [e, s], [e, n], [w, n], [w, s]]]})
}

/// An answer, read whole.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub body: Value,
}

impl Answer {
    pub async fn read(response: Response) -> Self {
        let status = response.status();
        let text = response.text().await.unwrap();
        Self { status, body: serde_json::from_str(&text).unwrap_or(Value::String(text)) }
    }

    /// The body, where the status is as expected.
    #[track_caller]
    pub fn expect(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.body);
        self.body
    }

    /// The slug of a problem, where the status is as expected.
    #[track_caller]
    pub fn problem(self, status: u16) -> String {
        let body = self.expect(status);
        assert_eq!(body["status"], status, "{body}");
        body["type"].as_str().unwrap_or_else(|| panic!("no type in {body}")).to_owned()
    }

    /// The field of a problem, where the status is as expected.
    #[track_caller]
    pub fn field(self, status: u16) -> String {
        let body = self.expect(status);
        body["field"].as_str().unwrap_or_else(|| panic!("no field in {body}")).to_owned()
    }
}

impl TestApp {
    /// Starts a server behind a made-up proxy: a request without its header comes from this machine.
    pub async fn start(database: Database) -> Self {
        Self::start_with(database, |_| {}).await
    }

    /// The same with other settings.
    pub async fn start_with(database: Database, change: impl FnOnce(&mut Settings)) -> Self {
        let Database { url, folder, .. } = database;
        let mut settings = Settings {
            database_url: Some(url.clone()),
            data_dir: folder.clone(),
            listen: "127.0.0.1:0".parse().unwrap(),
            public_url: None,
            time_zone: "Europe/Brussels".to_owned(),
            render: None,
            behind_proxy: true,
        };
        change(&mut settings);
        let app = App::open(settings, Clock::Set(Arc::new(AtomicI64::new(NOW_MS)))).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let (stop, stopped) = oneshot::channel();
        let serving = app.clone();
        tokio::spawn(async move { serve(listener, serving, async { drop(stopped.await) }).await });
        Self { app, address, browser: new_browser().build().unwrap(), cookie: None, url, folder, _stop: stop }
    }

    /// The address of the database and the data folder.
    pub fn database(&self) -> (String, PathBuf) {
        (self.url.clone(), self.folder.clone())
    }

    /// The cookie of whoever is signed in.
    pub fn cookie(&self) -> String {
        format!("__Host-sign_in={}", self.cookie.as_deref().unwrap_or_default())
    }

    /// Moves the clock on.
    pub fn later(&self, ms: i64) {
        let Clock::Set(clock) = &self.app.clock else { panic!("the clock moves by itself") };
        clock.fetch_add(ms, Ordering::Relaxed);
    }

    fn cleaning(&self) -> Cleaning {
        Cleaning { url: self.url.clone(), folder: self.folder.clone() }
    }

    /// Sends a request as whoever is signed in.
    pub async fn send(&self, method: Method, path: &str, body: Option<&Value>) -> Answer {
        let mut request = self.browser.request(method, format!("{}{path}", self.address));
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", format!("__Host-sign_in={cookie}"));
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        Answer::read(request.send().await.unwrap()).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None).await
    }

    /// Asks for what may be known already; gives the status and the mark.
    pub async fn get_known(&self, path: &str, known: Option<&str>) -> (StatusCode, String) {
        let mut request = self.browser.get(format!("{}{path}", self.address));
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", format!("__Host-sign_in={cookie}"));
        }
        if let Some(known) = known {
            request = request.header("if-none-match", known);
        }
        let answer = request.send().await.unwrap();
        (answer.status(), answer.headers()["etag"].to_str().unwrap().to_owned())
    }

    /// The status and the bytes of an answer.
    pub async fn get_bytes(&self, path: &str) -> (StatusCode, Vec<u8>) {
        let request = self.browser.get(format!("{}{path}", self.address));
        let response = request.header("cookie", self.cookie()).send().await.unwrap();
        (response.status(), response.bytes().await.unwrap().to_vec())
    }

    /// The headers of an answer.
    pub async fn get_headers(&self, path: &str) -> HeaderMap {
        let request = self.browser.get(format!("{}{path}", self.address));
        request.header("cookie", self.cookie()).send().await.unwrap().headers().clone()
    }

    /// The body of an answer as gzip, as a browser takes it.
    pub async fn get_packed(&self, path: &str) -> Vec<u8> {
        let request = self.browser.get(format!("{}{path}", self.address)).header("accept-encoding", "gzip");
        let response = request.header("cookie", self.cookie()).send().await.unwrap();
        assert_eq!(response.headers()["content-encoding"], "gzip");
        response.bytes().await.unwrap().to_vec()
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(Method::POST, path, Some(&body)).await
    }

    pub async fn patch(&self, path: &str, body: Value) -> Answer {
        self.send(Method::PATCH, path, Some(&body)).await
    }

    /// Makes an account and signs it in.
    pub async fn sign_in_new(&mut self, email: &str, owner: bool) -> Id {
        let hash = hash_password(PASSWORD).unwrap();
        let person = people::add_person(&self.app.db, email, "Lotte", &hash, owner).await.unwrap();
        self.sign_in(&person.id).await;
        person.id
    }

    /// Signs an account in.
    pub async fn sign_in(&mut self, person: &Id) {
        self.cookie = Some(people::sign_in(&self.app.db, person, NOW_MS).await.unwrap());
    }

    /// Signs in whoever has this address.
    pub async fn sign_in_as(&mut self, email: &str) {
        let (id, _) = people::password_of(&self.app.db, email).await.unwrap().unwrap();
        self.sign_in(&id).await;
    }

    pub fn sign_out(&mut self) {
        self.cookie = None;
    }

    /// Makes a neighbourhood and gives its address.
    pub async fn neighbourhood(&self) -> String {
        let new = json!({"name": "Sluiskwartier", "boundary": square(), "languages": ["nl", "fr"]});
        let made = self.post("/api/neighbourhoods", new).await.expect(201);
        format!("/api/neighbourhoods/{}", made["id"].as_str().unwrap())
    }

    /// Makes a gathering and opens it; gives what the server says of it.
    pub async fn open_gathering(&self, neighbourhood: &str, more: Value) -> Value {
        let mut new = json!({"kind": "table", "name": "Bibliotheek", "round": "2026-1"});
        new.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let made = self.post(&format!("{neighbourhood}/gatherings"), new).await.expect(201);
        let path = format!("{neighbourhood}/gatherings/{}", made["id"].as_str().unwrap());
        self.patch(&path, json!({"phase": "open"})).await.expect(200)
    }

    /// An open gathering of a new neighbourhood, one tablet at it and one participant before it.
    pub async fn workshop(&mut self, more: Value) -> Workshop {
        self.sign_in_new("lotte@example.org", true).await;
        let n = self.neighbourhood().await;
        let gathering = self.open_gathering(&n, more).await;
        let tablet = self.join(&gathering).await;
        let participant = tablet.participant(json!({})).await;
        Workshop { n, gathering, tablet, participant }
    }

    /// Tries a code from an address on the other side of the proxy.
    pub async fn join_from(&self, address: &str, code: &str) -> Answer {
        let request = self.browser.post(format!("{}/api/join", self.address));
        // What stands before the last address anybody can make up.
        let request = request.header("x-forwarded-for", format!("198.51.100.7, {address}"));
        Answer::read(request.json(&json!({"code": code})).send().await.unwrap()).await
    }

    /// Lets a tablet join.
    pub async fn join(&self, gathering: &Value) -> Tablet {
        let joined = self.post("/api/join", json!({"code": gathering["code"]})).await.expect(200);
        Tablet {
            address: self.address.clone(),
            browser: self.browser.clone(),
            gathering: joined["gathering"]["id"].as_str().unwrap().to_owned(),
            device: joined["device_id"].as_str().unwrap().to_owned(),
            token: joined["device_token"].as_str().unwrap().to_owned(),
        }
    }
}

/// A browser that has its cryptography from where the program has it.
pub fn new_browser() -> reqwest::ClientBuilder {
    let _ = tokio_rustls::rustls::crypto::ring::default_provider().install_default();
    Client::builder()
}

/// What most tests of pins start from.
pub struct Workshop {
    pub n: String,
    pub gathering: Value,
    pub tablet: Tablet,
    pub participant: String,
}

/// A tablet that joined a gathering.
#[derive(Clone)]
pub struct Tablet {
    address: String,
    browser: Client,
    pub gathering: String,
    pub device: String,
    pub token: String,
}

impl Tablet {
    pub async fn send(&self, method: Method, path: &str, body: Option<&Value>) -> Answer {
        let address = format!("{}/api/gatherings/{}{path}", self.address, self.gathering);
        let mut request = self.browser.request(method, address).bearer_auth(&self.token);
        if let Some(body) = body {
            request = request.json(body);
        }
        Answer::read(request.send().await.unwrap()).await
    }

    /// Adds a participant and gives its id.
    pub async fn participant(&self, who: Value) -> String {
        let id = Id::new().to_string();
        self.send(Method::PUT, &format!("/participants/{id}"), Some(&who)).await.expect(201);
        id
    }

    pub async fn put_pin(&self, id: &str, pin: &Value) -> Answer {
        self.send(Method::PUT, &format!("/pins/{id}"), Some(pin)).await
    }

    /// Puts a new pin and gives its id.
    pub async fn pin(&self, participant: &str, feeling: &str, at: [f64; 2]) -> String {
        let id = Id::new().to_string();
        self.put_pin(&id, &pin(participant, feeling, at)).await.expect(201);
        id
    }

    pub async fn delete_pin(&self, id: &str) -> Answer {
        self.send(Method::DELETE, &format!("/pins/{id}"), None).await
    }
}

/// A phone or tablet that joined a walk or a data walk.
pub struct Recorder {
    address: String,
    browser: Client,
    pub token: String,
}

impl Recorder {
    pub async fn join(app: &TestApp, walk: &Value) -> Self {
        let joined = app.post("/api/recorders", json!({"code": walk["code"]})).await.expect(200);
        assert_eq!(joined["about"], walk["id"]);
        let noun = if joined["task"] == "walk" { "walks" } else { "data-walks" };
        let address = format!("{}/api/{noun}/{}", app.address, walk["id"].as_str().unwrap());
        Self { address, browser: app.browser.clone(), token: joined["token"].as_str().unwrap().to_owned() }
    }

    pub async fn send(&self, method: Method, path: &str, body: Option<&Value>) -> Answer {
        let mut request = self.browser.request(method, format!("{}{path}", self.address)).bearer_auth(&self.token);
        if let Some(body) = body {
            request = request.json(body);
        }
        Answer::read(request.send().await.unwrap()).await
    }

    /// Reads the walk or data walk as a phone does.
    pub async fn read(&self) -> Value {
        self.send(Method::GET, "", None).await.expect(200)
    }

    /// Puts what a group sees at a stop.
    pub async fn observe(&self, id: &Id, seen: &Value) -> Answer {
        self.send(Method::PUT, &format!("/observations/{id}"), Some(seen)).await
    }

    /// Puts what a group reads at a station.
    pub async fn respond(&self, id: &Id, said: &Value) -> Answer {
        self.send(Method::PUT, &format!("/responses/{id}"), Some(said)).await
    }
}

/// A pin as a tablet sends it.
pub fn pin(participant: &str, feeling: &str, at: [f64; 2]) -> Value {
    json!({
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": at},
        "properties": {
            "participant": participant, "feeling": feeling, "intensity": 2, "radius_m": 50, "when": ["evening", "dark"],
            "days": [], "frequency": null, "effect": "detour", "themes": ["light", "sight"], "basis": "own",
            "comment": null, "lang": "nl"
        }
    })
}
