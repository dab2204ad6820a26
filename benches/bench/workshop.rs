//! A neighbourhood of two by two kilometres with an open gathering, made for a measurement.

use std::fs;
use std::path::Path;

use buurtsignaal::db::Db;
use serde_json::{Value, json};
use sqlx::Connection;
use sqlx::sqlite::SqliteConnection;

use super::http::Client;
use super::{Outcome, Random, told};

/// The boundary's west, south, east and north.
pub const BOUNDS: [f64; 4] = [3.70, 51.03, 3.73, 51.05];

/// Somebody who signed in with the demo's one-time address.
pub struct Desk {
    url: String,
    cookie: String,
}

impl Desk {
    /// Signs in; this works once for a server.
    pub fn sign_in() -> Outcome<Self> {
        let url = told("BUURTSIGNAAL_URL")?;
        let demo: Value = serde_json::from_str(&fs::read_to_string(told("BUURTSIGNAAL_DEMO")?)?)?;
        let desk = demo["desk"].as_str().ok_or("the demo tells no desk address")?;
        let (_, link) = desk.split_once("link=").ok_or("the desk address does not sign in")?;
        let link = link.split('&').next().unwrap_or(link);
        let cookie = Client::connect(&url)?.sign_in(link)?;
        Ok(Self { url, cookie })
    }

    /// A connection of theirs.
    pub fn client(&self) -> Outcome<Client> {
        Client::connect_staff(&self.url, &self.cookie)
    }

    /// Opens a gathering in a new neighbourhood.
    pub fn open_workshop(&self) -> Outcome<Workshop> {
        let mut staff = Client::connect_staff(&self.url, &self.cookie)?;
        let [west, south, east, north] = BOUNDS;
        let ring = [[west, south], [east, south], [east, north], [west, north], [west, south]];
        let boundary = json!({"type": "Polygon", "coordinates": [ring]});
        let wanted = json!({"name": "Meetwijk", "boundary": boundary, "languages": ["nl"]});
        let neighbourhood = text(&staff.json("POST", "/api/neighbourhoods", &wanted)?, "id")?;
        let gatherings = format!("/api/neighbourhoods/{neighbourhood}/gatherings");
        let wanted = json!({"kind": "online", "name": "Meting", "round": "2026-1"});
        let made = staff.json("POST", &gatherings, &wanted)?;
        let (gathering, code) = (text(&made, "id")?, text(&made, "code")?);
        staff.json("PATCH", &format!("{gatherings}/{gathering}"), &json!({"phase": "open"}))?;
        let (url, cookie) = (self.url.clone(), self.cookie.clone());
        Ok(Workshop { url, cookie, neighbourhood, gathering, code })
    }

    /// Opens a gathering with so many pins, six a person, written straight into the server's database.
    pub fn filled_workshop(&self, pins: u32) -> Outcome<Workshop> {
        let workshop = self.open_workshop()?;
        let mut device = workshop.join()?;
        let participant = device.participant()?;
        device.pin(&participant, &mut Random::new(1))?;
        tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(fill(&workshop, pins - 1))?;
        let (_, kept) = workshop.counts()?;
        if kept == u64::from(pins) {
            Ok(workshop)
        } else {
            Err(format!("there are {kept} pins instead of {pins}").into())
        }
    }
}

async fn fill(workshop: &Workshop, pins: u32) -> Outcome {
    let mut database = SqliteConnection::connect(&Db::file_in(Path::new(&told("BUURTSIGNAAL_DATA")?))).await?;
    let mut transaction = database.begin_with("begin immediate").await?;
    // Random UUIDs made from the number, so that a pin finds its person.
    let id = |number: &str| format!("printf('%08x-0000-4000-8000-%012x', random() & 4294967295, {number})");
    let numbers =
        format!("with recursive numbers(i) as (select 0 union all select i + 1 from numbers where i < {})", pins - 1);
    let of_gathering = "gathering_id = $1";
    sqlx::query(sqlx::AssertSqlSafe(format!(
        "{numbers} insert into participants (id, neighbourhood_id, gathering_id, device_id, label, role)
         select {}, neighbourhood_id, gathering_id, device_id, 'M' || i, 'resident'
         from numbers, (select * from participants where {of_gathering} limit 1) where i % 6 = 0",
        id("i")
    )))
    .bind(&workshop.gathering)
    .execute(&mut *transaction)
    .await?;
    let [west, south, east, north] = BOUNDS;
    sqlx::query(sqlx::AssertSqlSafe(format!(
        "{numbers} insert into pins (id, neighbourhood_id, gathering_id, participant_id, device_id, lon, lat, feeling, intensity,
             radius_m, precision_m, when_parts, days, frequency, effect, themes, basis, comment, lang)
         select {}, p.neighbourhood_id, p.gathering_id, p.id, p.device_id,
             {west} + (abs(random()) % 100000) / 100000.0 * {}, {south} + (abs(random()) % 100000) / 100000.0 * {},
             case i % 3 when 0 then 'safe' else 'unsafe' end, 1 + i % 3,
             50, null, 'evening,dark', '', 'weekly', 'detour', 'light,sight', 'own', null, 'nl'
         from numbers join participants p on p.gathering_id = $1 and p.label = 'M' || (i - i % 6)",
        id("i"),
        east - west,
        north - south
    )))
    .bind(&workshop.gathering)
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(())
}

/// An open gathering.
pub struct Workshop {
    /// Where the server is.
    pub url: String,
    /// The cookie of the facilitator.
    pub cookie: String,
    /// The neighbourhood's id.
    pub neighbourhood: String,
    /// The gathering's id.
    pub gathering: String,
    code: String,
}

impl Workshop {
    /// A device that joined.
    pub fn join(&self) -> Outcome<Device> {
        let joined = Client::connect(&self.url)?.json("POST", "/api/join", &json!({"code": self.code}))?;
        let token = text(&joined, "device_token")?;
        Ok(Device { client: Client::connect_device(&self.url, &token)?, gathering: self.gathering.clone(), token })
    }

    /// How many people and pins the gathering has, as the desk sees it.
    pub fn counts(&self) -> Outcome<(u64, u64)> {
        let path = format!("/api/neighbourhoods/{}/gatherings/{}", self.neighbourhood, self.gathering);
        let gathering = Client::connect_staff(&self.url, &self.cookie)?.json("GET", &path, &Value::Null)?;
        let count = |field: &str| gathering[field].as_u64().ok_or(format!("the gathering tells no {field}"));
        Ok((count("people")?, count("pins")?))
    }
}

/// A tablet at the gathering.
pub struct Device {
    client: Client,
    gathering: String,
    /// Its bearer token.
    pub token: String,
}

impl Device {
    /// Adds a participant and gives the id.
    pub fn participant(&mut self) -> Outcome<String> {
        let id = uuid::Uuid::new_v4().to_string();
        let path = format!("/api/gatherings/{}/participants/{id}", self.gathering);
        self.client.json("PUT", &path, &json!({"age": null, "gender": null, "role": "resident"}))?;
        Ok(id)
    }

    /// Puts a pin and waits until it is acknowledged.
    pub fn pin(&mut self, participant: &str, random: &mut Random) -> Outcome {
        let path = format!("/api/gatherings/{}/pins/{}", self.gathering, uuid::Uuid::new_v4());
        let body = pin(participant, random);
        let (status, answer) = self.client.send("PUT", &path, &body)?;
        if status == 201 {
            Ok(())
        } else {
            Err(format!("a pin was answered {status} {}", String::from_utf8_lossy(answer)).into())
        }
    }
}

/// A pin near one of fifty spots, as a tablet sends it.
fn pin(participant: &str, random: &mut Random) -> String {
    let [west, south, east, north] = BOUNDS;
    let spots: Vec<(f64, f64)> =
        (0..50_u32).map(|n| (f64::from(n % 10) / 10.0 + 0.05, f64::from(n / 10) / 5.0 + 0.1)).collect();
    let spot = *random.one(&spots);
    let lon = west + random.around(spot.0, 0.02).clamp(0.01, 0.99) * (east - west);
    let lat = south + random.around(spot.1, 0.02).clamp(0.01, 0.99) * (north - south);
    let feeling = *random.one(&["safe", "unsafe", "unsafe", "mixed"]);
    let theme = *random.one(&["light", "sight", "traffic", "people", "clean"]);
    let when = *random.one(&["morning", "evening", "dark", "always"]);
    json!({"type": "Feature", "geometry": {"type": "Point", "coordinates": [lon, lat]}, "properties": {
        "participant": participant, "feeling": feeling, "intensity": 2, "radius_m": 50, "precision_m": null, "when": [when],
        "days": [], "frequency": null, "effect": "detour", "themes": [theme], "basis": "own",
        "comment": null, "lang": "nl"}})
    .to_string()
}

fn text(of: &Value, field: &str) -> Outcome<String> {
    of[field].as_str().map(str::to_owned).ok_or_else(|| format!("no {field} in {of}").into())
}
