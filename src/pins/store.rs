//! Pins in the database.

use futures_util::stream::BoxStream;
use futures_util::{StreamExt, TryStreamExt};
use tokio::sync::mpsc;

use crate::db::Db;
use crate::error::{Error, Kind, Result};
use crate::gatherings::{AgeBand, Device, Gender, Part, Who, not_open, withdrawn};
use crate::id::Id;
use crate::neighbourhoods::themes::Theme;
use crate::pins::moderation::{Moderated, Status};
use crate::pins::{Basis, Day, Effect, Feeling, Frequency, NewPin, Pin, Told, When};
use crate::{read, transaction, words};

/// A pin that a device puts, checked.
#[derive(Debug, Clone)]
pub struct Put {
    /// The id that the device made.
    pub id: Id,
    /// Who puts it.
    pub device: Device,
    /// What it says.
    pub pin: NewPin,
}

/// The columns of [`Row`], with who is meant as the participant.
macro_rules! columns {
    ($participant:literal) => {
        concat!(
            "select p.id, p.gathering_id, ",
            $participant,
            " as participant_id, p.lon, p.lat, p.shape, p.feeling, p.intensity, p.radius_m, ",
            "p.precision_m, p.when_parts, p.days, p.frequency, p.effect, p.themes, p.basis, p.comment, p.help, ",
            "p.lang, p.moderation, p.wording, p.help_wording, p.hidden_because, g.round, g.held_on, a.age, a.gender, a.role ",
        )
    };
}
pub(in crate::pins) use columns;

macro_rules! pin {
    ($rest:literal) => {
        concat!(
            columns!("p.participant_id"),
            "from pins p join gatherings g on g.id = p.gathering_id join participants a on a.id = p.participant_id ",
            $rest
        )
    };
}

/// A pin as it stands in the database.
#[derive(sqlx::FromRow)]
pub(in crate::pins) struct Row {
    id: Id,
    gathering_id: Id,
    participant_id: Id,
    lon: f64,
    lat: f64,
    shape: Option<String>,
    feeling: String,
    intensity: Option<i64>,
    radius_m: i64,
    precision_m: Option<i64>,
    when_parts: String,
    days: String,
    frequency: Option<String>,
    effect: Option<String>,
    themes: String,
    basis: String,
    comment: Option<String>,
    help: Option<String>,
    lang: Option<String>,
    moderation: Option<String>,
    wording: Option<String>,
    help_wording: Option<String>,
    hidden_because: Option<String>,
    round: String,
    held_on: String,
    age: Option<String>,
    gender: Option<String>,
    role: Option<String>,
}

impl TryFrom<Row> for Pin {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let status = row.moderation.map(|code| Status::parse("moderation", &code)).transpose()?;
        Ok(Self {
            id: row.id,
            gathering: row.gathering_id,
            round: row.round,
            held_on: row.held_on,
            who: Who {
                age: row.age.map(|code| AgeBand::parse("age", &code)).transpose()?,
                gender: row.gender.map(|code| Gender::parse("gender", &code)).transpose()?,
                role: row.role.map(|code| Part::parse("role", &code)).transpose()?,
            },
            lon: row.lon,
            lat: row.lat,
            shape: row.shape.map(|text| serde_json::from_str(&text)).transpose().map_err(Error::internal)?,
            told: Told {
                participant: row.participant_id,
                feeling: Feeling::parse("feeling", &row.feeling)?,
                intensity: row.intensity,
                radius_m: row.radius_m,
                precision_m: row.precision_m,
                when: words::split(&row.when_parts, |code| When::parse("when", code))?,
                days: words::split(&row.days, |code| Day::parse("days", code))?,
                frequency: row.frequency.map(|code| Frequency::parse("frequency", &code)).transpose()?,
                effect: row.effect.map(|code| Effect::parse("effect", &code)).transpose()?,
                themes: words::split(&row.themes, |code| Theme::parse("themes", code))?,
                basis: Basis::parse("basis", &row.basis)?,
                comment: row.comment,
                help: row.help,
                lang: row.lang,
            },
            moderated: status.map(|status| Moderated {
                status,
                wording: row.wording,
                help_wording: row.help_wording,
                reason: row.hidden_because,
            }),
            agreed: false,
        })
    }
}

/// Reads a pin.
pub async fn find(db: &Db, id: &Id) -> Result<Option<Pin>> {
    let row: Option<Row> =
        read!(db, |pool| sqlx::query_as(pin!("where p.id = $1")).bind(id).fetch_optional(pool).await)?;
    row.map(TryInto::try_into).transpose()
}

/// Reads the pins of a participant.
pub async fn of_participant(db: &Db, participant: &Id) -> Result<Vec<Pin>> {
    let rows: Vec<Row> = read!(db, |pool| {
        sqlx::query_as(pin!("where p.participant_id = $1 order by p.id")).bind(participant).fetch_all(pool).await
    })?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Reads the pins of a gathering, in the order of their random ids.
pub async fn of_gathering(db: &Db, gathering: &Id) -> Result<Vec<Pin>> {
    let rows: Vec<Row> = read!(db, |pool| {
        sqlx::query_as(pin!("where p.gathering_id = $1 order by p.id")).bind(gathering).fetch_all(pool).await
    })?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Streams every pin of a neighbourhood in the order of their random ids, some hundreds at a time.
pub fn stream(db: &Db, neighbourhood: &Id) -> mpsc::Receiver<Result<Vec<Pin>>> {
    const CHUNK: usize = 512;
    let (send, receive) = mpsc::channel(2);
    let (db, neighbourhood) = (db.clone(), neighbourhood.clone());
    tokio::spawn(async move {
        let rows: BoxStream<'_, Result<Row, sqlx::Error>> = read!(&db, |pool| {
            sqlx::query_as(pin!("where p.neighbourhood_id = $1 order by p.id")).bind(&neighbourhood).fetch(pool)
        });
        let mut chunks = rows.map_err(Error::from).map(|row| Pin::try_from(row?)).try_chunks(CHUNK);
        while let Some(chunk) = chunks.next().await {
            if send.send(chunk.map_err(|broken| broken.1)).await.is_err() {
                break;
            }
        }
    });
    receive
}

/// The pins of a neighbourhood whose words a moderator approved, by id.
pub async fn approved(db: &Db, neighbourhood: &Id) -> Result<Vec<Pin>> {
    let rows: Vec<Row> = read!(db, |pool| {
        sqlx::query_as(pin!("where p.neighbourhood_id = $1 and p.moderation = $2 order by p.id"))
            .bind(neighbourhood)
            .bind(Status::Approved.code())
            .fetch_all(pool)
            .await
    })?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// A comment with its pin and where it comes from.
#[derive(Debug, Clone)]
pub struct Comment {
    /// The pin with the comment.
    pub pin: Pin,
    /// The name of the gathering.
    pub gathering_name: String,
    /// The label of the participant.
    pub participant: String,
}

/// Lists the comments of a neighbourhood that stand so, in the order of their pins' ids, from after a cursor on.
pub async fn comments(db: &Db, neighbourhood: &Id, status: Status, after: &str, limit: usize) -> Result<Vec<Comment>> {
    let limit = i64::try_from(limit).map_err(Error::internal)?;
    let rows: Vec<Row> = read!(db, |pool| {
        sqlx::query_as(pin!("where p.neighbourhood_id = $1 and p.moderation = $2 and p.id > $3 order by p.id limit $4"))
            .bind(neighbourhood)
            .bind(status.code())
            .bind(after)
            .bind(limit)
            .fetch_all(pool)
            .await
    })?;
    let mut comments = Vec::with_capacity(rows.len());
    for row in rows {
        comments.push(comment_of(db, row.try_into()?).await?);
    }
    Ok(comments)
}

async fn comment_of(db: &Db, pin: Pin) -> Result<Comment> {
    let (participant, gathering_name): (String, String) = read!(db, |pool| {
        sqlx::query_as(
            "select a.label, g.name from participants a join gatherings g on g.id = a.gathering_id where a.id = $1",
        )
        .bind(&pin.told.participant)
        .fetch_one(pool)
        .await
    })?;
    Ok(Comment { pin, gathering_name, participant })
}

/// Stores what was decided about the comment of a pin of this neighbourhood.
pub async fn moderate(db: &Db, neighbourhood: &Id, pin: &Id, decided: &Moderated) -> Result<Comment> {
    let changed: u64 = transaction!(db, |tx| {
        sqlx::query(
            "update pins set moderation = $3, wording = $4, hidden_because = $5, help_wording = $6
             where id = $1 and neighbourhood_id = $2 and moderation is not null
             and ($4 is null or comment is not null) and ($6 is null or help is not null)",
        )
        .bind(pin)
        .bind(neighbourhood)
        .bind(decided.status.code())
        .bind(&decided.wording)
        .bind(&decided.reason)
        .bind(&decided.help_wording)
        .execute(&mut *tx)
        .await?
        .rows_affected()
    })?;
    match find(db, pin).await? {
        Some(pin) if changed > 0 => comment_of(db, pin).await,
        _ => Err(Error::not_found("comment")),
    }
}

/// Deletes a pin of this device, and remembers that it was; again and again if need be. Says whether it was there.
pub async fn delete(db: &Db, device: &Device, id: &Id) -> Result<bool> {
    transaction!(db, |tx| {
        let owner: Option<(Id,)> =
            sqlx::query_as("select device_id from pins where id = $1").bind(id).fetch_optional(&mut *tx).await?;
        if owner.as_ref().is_some_and(|(owner,)| *owner != device.id) {
            Err(another_device())?;
        }
        sqlx::query("delete from pins where id = $1").bind(id).execute(&mut *tx).await?;
        sqlx::query(
            "insert into deleted_pins (id, neighbourhood_id, gathering_id, device_id) values ($1, $2, $3, $4)
             on conflict (id) do nothing",
        )
        .bind(id)
        .bind(&device.neighbourhood)
        .bind(&device.gathering)
        .bind(&device.id)
        .execute(&mut *tx)
        .await?;
        owner.is_some()
    })
}

/// Erases the words of gatherings that were held before a date, and all that was decided about them. Says how many.
pub async fn forget_words(db: &Db, neighbourhood: &Id, before: &str) -> Result<u64> {
    transaction!(db, |tx| {
        sqlx::query(
            "update pins set comment = null, help = null, moderation = null, wording = null, help_wording = null,
                 hidden_because = null
             where neighbourhood_id = $1 and moderation is not null
             and gathering_id in (select id from gatherings where neighbourhood_id = $1 and held_on < $2)",
        )
        .bind(neighbourhood)
        .bind(before)
        .execute(&mut *tx)
        .await?
        .rows_affected()
    })
}

/// The error when another device asks for a change of a pin.
pub fn another_device() -> Error {
    Error::conflict("pin_of_another_device", "another device has a pin of this id")
}

/// How the putting of one pin went: whether it is new.
pub type Outcome = Result<bool>;

/// Writes pins in one transaction. What is wrong with one pin is its own outcome; an error of the database fails all.
pub async fn put_group(db: &Db, puts: &[Put]) -> Result<Vec<Outcome>> {
    transaction!(db, |tx| {
        let mut outcomes = Vec::with_capacity(puts.len());
        for put in puts {
            outcomes.push(put_one(&mut *tx, put).await?);
        }
        outcomes
    })
}

/// The same statements for a connection of either database.
macro_rules! put_one_on {
    ($name:ident, $connection:ty) => {
        async fn $name(tx: &mut $connection, put: &Put) -> Result<Outcome> {
            let owner: Option<(Id,)> = sqlx::query_as("select device_id from pins where id = $1")
                .bind(&put.id)
                .fetch_optional(&mut *tx)
                .await?;
            if owner.as_ref().is_some_and(|(owner,)| *owner != put.device.id) {
                return Ok(Err(another_device()));
            }
            let told = &put.pin.properties;
            let shape = &put.pin.geometry;
            let [lon, lat] = shape.middle();
            let shape = (!shape.is_point()).then(|| serde_json::to_string(shape)).transpose();
            let written = sqlx::query(PUT)
                .bind(&put.id)
                .bind(&told.participant)
                .bind(&put.device.id)
                .bind(lon)
                .bind(lat)
                .bind(told.feeling.code())
                .bind(told.intensity)
                .bind(told.radius_m)
                .bind(told.precision_m)
                .bind(words::join(told.when.iter().map(|w| w.code())))
                .bind(words::join(told.days.iter().map(|d| d.code())))
                .bind(told.frequency.map(|f| f.code()))
                .bind(told.effect.map(|e| e.code()))
                .bind(words::join(told.themes.iter().map(|t| t.code())))
                .bind(told.basis.code())
                .bind(&told.comment)
                .bind(&told.lang)
                .bind(told.comment.as_ref().or(told.help.as_ref()).map(|_| Status::Waiting.code()))
                .bind(shape.map_err(Error::internal)?)
                .bind(&told.help)
                .bind(put.device.from_file)
                .execute(&mut *tx)
                .await?
                .rows_affected();
            if written > 0 {
                return Ok(Ok(owner.is_none()));
            }
            let (deleted, there, gone, open): (i64, i64, i64, i64) = sqlx::query_as(WHY_NOT)
                .bind(&put.id)
                .bind(&told.participant)
                .bind(&put.device.id)
                .bind(&put.device.gathering)
                .bind(put.device.from_file)
                .fetch_one(&mut *tx)
                .await?;
            Ok(Err(match (deleted, there, gone, open) {
                (1, ..) => Error::new(Kind::Gone, "pin_deleted", "this pin was deleted"),
                (_, 0, ..) => Error::new(Kind::NotFound, "unknown_participant", "this device has no such participant")
                    .with_field("properties.participant"),
                (_, _, 1, _) => withdrawn(),
                (.., 0) => not_open(),
                _ => Error::conflict("budget_spent", "this participant has no pins left"),
            }))
        }
    };
}

/// Puts one pin if it may be: the participant is of this device and did not take everything back, the gathering takes
/// pins, there is budget, and it was never deleted. Edited words wait for a moderator again.
const PUT: &str = "
    insert into pins
        (id, neighbourhood_id, gathering_id, participant_id, device_id, lon, lat, feeling, intensity, radius_m,
         precision_m, when_parts, days, frequency, effect, themes, basis, comment, lang, moderation, shape, help)
    select $1, a.neighbourhood_id, a.gathering_id, a.id, a.device_id, $4, $5, $6, $7, $8,
         $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20
    from participants a join gatherings g on g.id = a.gathering_id
    where a.id = $2 and a.device_id = $3 and not a.withdrawn
        and (g.phase in ('open', 'revealed') or ($21 and g.phase = 'closed'))
        and not exists (select 1 from deleted_pins d where d.id = $1)
        and (g.pin_budget is null
            or (select count(*) from pins o where o.participant_id = a.id and o.id <> $1) < g.pin_budget)
    on conflict (id) do update set
        participant_id = excluded.participant_id, lon = excluded.lon, lat = excluded.lat, feeling = excluded.feeling,
        intensity = excluded.intensity, radius_m = excluded.radius_m, precision_m = excluded.precision_m,
        when_parts = excluded.when_parts, days = excluded.days, frequency = excluded.frequency,
        effect = excluded.effect, themes = excluded.themes, basis = excluded.basis, comment = excluded.comment,
        lang = excluded.lang, shape = excluded.shape, help = excluded.help,
        moderation = case when pins.comment is not distinct from excluded.comment and pins.help is not distinct from excluded.help then pins.moderation else excluded.moderation end,
        wording = case when pins.comment is not distinct from excluded.comment and pins.help is not distinct from excluded.help then pins.wording else null end,
        help_wording = case when pins.comment is not distinct from excluded.comment and pins.help is not distinct from excluded.help then pins.help_wording else null end,
        hidden_because = case when pins.comment is not distinct from excluded.comment and pins.help is not distinct from excluded.help then pins.hidden_because else null end
    where pins.device_id = excluded.device_id";

const WHY_NOT: &str = "
    select (select count(*) from deleted_pins where id = $1),
        (select count(*) from participants where id = $2 and device_id = $3),
        (select count(*) from participants where id = $2 and withdrawn),
        (select count(*) from gatherings where id = $4 and (phase in ('open', 'revealed') or ($5 and phase = 'closed')))";

put_one_on!(put_one_sqlite, sqlx::SqliteConnection);
put_one_on!(put_one_postgres, sqlx::PgConnection);

/// A connection in whose transaction pins are put.
trait PutOne {
    async fn put(&mut self, put: &Put) -> Result<Outcome>;
}

impl PutOne for sqlx::SqliteConnection {
    async fn put(&mut self, put: &Put) -> Result<Outcome> {
        put_one_sqlite(self, put).await
    }
}

impl PutOne for sqlx::PgConnection {
    async fn put(&mut self, put: &Put) -> Result<Outcome> {
        put_one_postgres(self, put).await
    }
}

async fn put_one<C: PutOne>(connection: &mut C, put: &Put) -> Result<Outcome> {
    connection.put(put).await
}
