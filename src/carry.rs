//! Carries what a hub gathered to the main server, part by part: after a cut the same command goes on.

use std::time::Duration;

use reqwest::{Client, Method, Response, StatusCode};
use serde_json::{Value, json};

use crate::app::App;
use crate::carried::store::{
    self, ATTACHED_TO, ATTACHMENTS, DELETED_PINS, DEVICES, GATHERINGS, PARTICIPANTS, PINS, Table, VOTES,
};
use crate::carried::{Arrived, Batch, Row};
use crate::error::{Error, Kind, Result};
use crate::gatherings::Phase;
use crate::id::Id;
use crate::neighbourhoods;

/// So many rows in one part: their words stay well below what the server takes at once.
const PART: i64 = 100;
/// Behind every id.
const LAST: &str = "~";
/// The main server answers a part within this time.
const PATIENCE: Duration = Duration::from_mins(1);

/// Where to carry, and as whom.
#[derive(Debug)]
pub struct Target {
    /// The main server's address.
    pub server: String,
    /// The slug of the neighbourhood there.
    pub neighbourhood: String,
    /// The address of an account there.
    pub email: String,
    /// Its password.
    pub password: String,
}

/// How far it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Carried {
    /// Gatherings.
    pub gatherings: u64,
    /// Rows that the main server has seen.
    pub seen: u64,
    /// Rows in all.
    pub all: u64,
    /// What became of them.
    pub arrived: Arrived,
}

/// Carries the gatherings of a neighbourhood, by its slug here; drafts stay. `on` hears after each part how far it is.
pub async fn carry(app: &App, slug: &str, target: &Target, on: &mut dyn FnMut(&Carried)) -> Result<Carried> {
    let here = neighbourhoods::store::find(&app.db, slug).await?;
    let here = here.ok_or_else(|| Error::invalid("neighbourhood", format!("this hub has no neighbourhood {slug}")))?;
    let mut gatherings = store::rows(&app.db, GATHERINGS, &here.id, "", LAST, i64::MAX).await?;
    gatherings.retain(|row| row["phase"] != Phase::Draft.code());
    let mut carried = Carried { gatherings: gatherings.len() as u64, ..Carried::default() };
    for row in &gatherings {
        carried.all += 1;
        for table in [DEVICES, PARTICIPANTS, DELETED_PINS, PINS, VOTES, ATTACHMENTS] {
            carried.all += u64::try_from(store::count(&app.db, table, &id_of(row)?).await?).unwrap_or_default();
        }
    }
    let main = Main::sign_in(target).await?;
    for gathering in gatherings {
        let id = id_of(&gathering)?;
        let batch = Batch { gathering, ..Batch::default() };
        main.put(&batch, 1, &mut carried, on).await?;
        // What refers to something comes after it.
        each_part(app, DEVICES, &id, PART, async |devices| {
            let count = devices.len();
            main.put(&Batch { devices, ..batch.clone() }, count, &mut carried, on).await
        })
        .await?;
        each_part(app, PARTICIPANTS, &id, PART, async |participants| {
            let count = participants.len();
            main.put(&Batch { participants, ..batch.clone() }, count, &mut carried, on).await
        })
        .await?;
        each_part(app, DELETED_PINS, &id, PART, async |deleted_pins| {
            let count = deleted_pins.len();
            main.put(&Batch { deleted_pins, ..batch.clone() }, count, &mut carried, on).await
        })
        .await?;
        let mut after = String::new();
        each_part(app, PINS, &id, PART, async |pins| {
            let last = key_of(pins.last());
            let votes = store::rows(&app.db, VOTES, &id, &after, &last, i64::MAX).await?;
            let attached = store::rows(&app.db, ATTACHED_TO, &id, &after, &last, i64::MAX).await?;
            after = last;
            let count = pins.len() + votes.len();
            main.put(&Batch { pins, votes, attached, ..batch.clone() }, count, &mut carried, on).await
        })
        .await?;
        // A photo is as large as many rows.
        each_part(app, ATTACHMENTS, &id, 1, async |attachments| {
            main.put(&Batch { attachments, ..batch.clone() }, 1, &mut carried, on).await
        })
        .await?;
    }
    main.sign_out().await;
    Ok(carried)
}

fn key_of(row: Option<&Row>) -> String {
    row.and_then(|row| row["id"].as_str()).unwrap_or_default().to_owned()
}

fn id_of(row: &Row) -> Result<Id> {
    Id::parse("id", &key_of(Some(row)))
}

/// Hands on the rows of a gathering, some at a time.
async fn each_part(
    app: &App,
    table: Table,
    gathering: &Id,
    most: i64,
    mut put: impl AsyncFnMut(Vec<Row>) -> Result<()>,
) -> Result<()> {
    let mut after = String::new();
    loop {
        let rows = store::rows(&app.db, table, gathering, &after, LAST, most).await?;
        if rows.is_empty() {
            return Ok(());
        }
        after = key_of(rows.last());
        put(rows).await?;
    }
}

/// The main server, signed in.
struct Main {
    client: Client,
    server: String,
    cookie: String,
    neighbourhood: String,
}

impl Main {
    async fn sign_in(target: &Target) -> Result<Self> {
        // A second call finds it there.
        let _ = tokio_rustls::rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder().timeout(PATIENCE).build().map_err(Error::internal)?;
        let server = target.server.trim_end_matches('/').to_owned();
        let mut main = Self { client, server, cookie: String::new(), neighbourhood: target.neighbourhood.clone() };
        main.check_secure()?;
        let who = json!({"email": target.email, "password": target.password});
        let answer = main.ask(Method::POST, "/api/sign-in", Some(&who)).await?;
        if answer.status() == StatusCode::UNAUTHORIZED {
            return Err(Error::invalid("email", "the main server knows no account with this address and password"));
        }
        let answer = good(answer).await?;
        let cookie = answer.headers().get("set-cookie").and_then(|cookie| cookie.to_str().ok());
        main.cookie = cookie.and_then(|cookie| cookie.split(';').next()).unwrap_or_default().to_owned();
        let path = format!("/api/neighbourhoods/{}", main.neighbourhood);
        let there = main.ask(Method::GET, &path, None).await?;
        if matches!(there.status(), StatusCode::NOT_FOUND | StatusCode::FORBIDDEN) {
            let why = format!(
                "the main server has no neighbourhood {} that {} works in: make it there at the desk, or name another with --into",
                main.neighbourhood, target.email
            );
            return Err(Error::invalid("neighbourhood", why));
        }
        good(there).await?;
        Ok(main)
    }

    /// Fails where a password would travel openly.
    fn check_secure(&self) -> Result<()> {
        let own = ["http://localhost", "http://127.0.0.1", "http://[::1]"];
        if self.server.starts_with("https://") || own.iter().any(|own| self.server.starts_with(own)) {
            return Ok(());
        }
        Err(Error::invalid("to", "must begin with https://, so that nobody on the way can read along"))
    }

    async fn ask(&self, method: Method, path: &str, body: Option<&Value>) -> Result<Response> {
        let mut request = self.client.request(method, format!("{}{path}", self.server));
        if !self.cookie.is_empty() {
            request = request.header("cookie", &self.cookie);
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        request.send().await.map_err(|cause| {
            let why = format!("{} does not answer ({cause}); the same command goes on where it stopped", self.server);
            Error::new(Kind::Unavailable, "main_server_away", why)
        })
    }

    async fn put(&self, batch: &Batch, count: usize, so_far: &mut Carried, on: &mut dyn FnMut(&Carried)) -> Result<()> {
        let path = format!("/api/neighbourhoods/{}/carried", self.neighbourhood);
        let body = serde_json::to_value(batch).map_err(Error::internal)?;
        let answer = good(self.ask(Method::POST, &path, Some(&body)).await?).await?;
        let told: Arrived = answer.json().await.map_err(Error::internal)?;
        // The gathering goes along with each part; it counts once.
        let repeated = u64::from(!is_bare(batch));
        so_far.seen += count as u64;
        so_far.arrived.new += told.new;
        so_far.arrived.already += told.already.saturating_sub(repeated);
        so_far.arrived.gone += told.gone;
        on(so_far);
        Ok(())
    }

    /// Leaves no open sign-in behind, if it can.
    async fn sign_out(&self) {
        if let Err(error) = self.ask(Method::POST, "/api/sign-out", None).await {
            tracing::debug!(%error, "the sign-in stays open");
        }
    }
}

/// Whether the batch brings the gathering alone.
fn is_bare(batch: &Batch) -> bool {
    [&batch.devices, &batch.participants, &batch.pins, &batch.deleted_pins, &batch.attachments]
        .iter()
        .all(|rows| rows.is_empty())
}

/// The answer where it is a success; what the server said against it where not.
async fn good(answer: Response) -> Result<Response> {
    if answer.status().is_success() {
        return Ok(answer);
    }
    let status = answer.status();
    let said: Value = answer.json().await.unwrap_or_default();
    let text = |name: &str| said[name].as_str().unwrap_or_default().to_owned();
    let kind = if status.is_server_error() { Kind::Unavailable } else { Kind::Conflict };
    let why = format!("the main server answered {status}: {} {}", text("field"), text("detail"));
    Err(Error::new(kind, "main_server_refused", why.trim_end().to_owned()))
}
