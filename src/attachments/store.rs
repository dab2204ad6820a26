//! Photos and voice notes in the database.

use super::{AttachmentKind, Caption, Media};
use crate::db::Db;
use crate::error::{Error, Kind, Result};
use crate::gatherings::{Device, Phase, not_open};
use crate::id::{Id, digest};
use crate::pins::Pin;
use crate::pins::moderation::{Moderated, Status};
use crate::{pins, read, transaction};

/// What a device puts beside a pin of its own, checked.
#[derive(Debug, Clone)]
pub struct Put {
    /// Photo or voice.
    pub kind: AttachmentKind,
    /// What the bytes are.
    pub media: Media,
    /// How long it takes to hear.
    pub duration_ms: Option<i64>,
    /// What is said of a photo.
    pub caption: Option<Caption>,
    /// The bytes as base64 text.
    pub content: String,
}

/// A photo or voice note with its pin and where it comes from; without its bytes.
#[derive(Debug, Clone)]
pub struct Attachment {
    /// The pin it came with.
    pub pin: Pin,
    /// The name of the gathering.
    pub gathering_name: String,
    /// The label of the participant.
    pub participant: String,
    /// Photo or voice.
    pub kind: AttachmentKind,
    /// What the bytes are.
    pub media: Media,
    /// How long it takes to hear.
    pub duration_ms: Option<i64>,
    /// What is said of a photo.
    pub caption: Option<Caption>,
    /// How it stands.
    pub status: Status,
    /// Why it is hidden.
    pub reason: Option<String>,
    /// Its own id, the order of lists.
    pub id: Id,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Id,
    pin_id: Id,
    kind: String,
    media: String,
    duration_ms: Option<i64>,
    caption: Option<String>,
    moderation: String,
    hidden_because: Option<String>,
    label: String,
    gathering_name: String,
}

macro_rules! attachment {
    ($rest:literal) => {
        concat!(
            "select a.id, a.pin_id, a.kind, a.media, a.duration_ms, a.caption, a.moderation, a.hidden_because, w.label, ",
            "g.name as gathering_name from attachments a join pins p on p.id = a.pin_id ",
            "join participants w on w.id = p.participant_id join gatherings g on g.id = a.gathering_id ",
            $rest
        )
    };
}

async fn attachment_of(db: &Db, row: Row) -> Result<Option<Attachment>> {
    // Deleted between two readings, it is no longer there.
    let Some(pin) = pins::store::find(db, &row.pin_id).await? else { return Ok(None) };
    Ok(Some(Attachment {
        pin,
        gathering_name: row.gathering_name,
        participant: row.label,
        kind: AttachmentKind::parse("kind", &row.kind)?,
        media: Media::parse("media", &row.media)?,
        duration_ms: row.duration_ms,
        caption: row.caption.map(|text| serde_json::from_str(&text)).transpose().map_err(Error::internal)?,
        status: Status::parse("moderation", &row.moderation)?,
        reason: row.hidden_because,
        id: row.id,
    }))
}

/// Lists what stands so in a neighbourhood, in the order of random ids, from after a cursor on.
pub async fn list(db: &Db, neighbourhood: &Id, status: Status, after: &str, limit: usize) -> Result<Vec<Attachment>> {
    let limit = i64::try_from(limit).map_err(Error::internal)?;
    let rows: Vec<Row> = read!(db, |pool| {
        sqlx::query_as(attachment!(
            "where a.neighbourhood_id = $1 and a.moderation = $2 and a.id > $3 order by a.id limit $4"
        ))
        .bind(neighbourhood)
        .bind(status.code())
        .bind(after)
        .bind(limit)
        .fetch_all(pool)
        .await
    })?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        found.extend(attachment_of(db, row).await?);
    }
    Ok(found)
}

/// Reads what stands beside a pin of this neighbourhood.
pub async fn find(db: &Db, neighbourhood: &Id, pin: &Id, kind: AttachmentKind) -> Result<Attachment> {
    let row: Option<Row> = read!(db, |pool| {
        sqlx::query_as(attachment!("where a.neighbourhood_id = $1 and a.pin_id = $2 and a.kind = $3"))
            .bind(neighbourhood)
            .bind(pin)
            .bind(kind.code())
            .fetch_optional(pool)
            .await
    })?;
    let found = match row {
        Some(row) => attachment_of(db, row).await?,
        None => None,
    };
    found.ok_or_else(not_there)
}

/// Reads the bytes of what stands beside a pin of this neighbourhood, as base64 text.
pub async fn content(db: &Db, neighbourhood: &Id, pin: &Id, kind: AttachmentKind) -> Result<String> {
    let found: Option<(String,)> = read!(db, |pool| {
        sqlx::query_as("select content from attachments where neighbourhood_id = $1 and pin_id = $2 and kind = $3")
            .bind(neighbourhood)
            .bind(pin)
            .bind(kind.code())
            .fetch_optional(pool)
            .await
    })?;
    found.map(|(content,)| content).ok_or_else(not_there)
}

fn not_there() -> Error {
    Error::not_found("photo or voice note")
}

/// Fails unless a device may put something beside a pin: its own, still there, at a gathering that takes pins.
pub async fn check_own(db: &Db, device: &Device, pin: &Id) -> Result<()> {
    let found: Option<(Id, String)> = read!(db, |pool| { sqlx::query_as(OWNER).bind(pin).fetch_optional(pool).await })?;
    if let Some((owner, phase)) = found {
        return may_put(device, &owner, &phase);
    }
    let deleted: Option<(Id,)> = read!(db, |pool| {
        sqlx::query_as("select id from deleted_pins where id = $1").bind(pin).fetch_optional(pool).await
    })?;
    Err(match deleted {
        Some(_) => Error::new(Kind::Gone, "pin_deleted", "this pin was deleted"),
        None => unknown_pin(),
    })
}

const OWNER: &str =
    "select p.device_id, g.phase from pins p join gatherings g on g.id = p.gathering_id where p.id = $1";

fn may_put(device: &Device, owner: &Id, phase: &str) -> Result<()> {
    if *owner != device.id {
        return Err(pins::store::another_device());
    }
    if !Phase::parse("phase", phase)?.takes_from(device) {
        return Err(not_open());
    }
    Ok(())
}

fn unknown_pin() -> Error {
    Error::new(Kind::NotFound, "unknown_pin", "this device has no such pin")
}

/// Puts a photo or voice note beside a pin of this device, in the stead of an earlier one; it waits for a moderator. The
/// same once more changes nothing. Says whether there was none before.
pub async fn put(db: &Db, device: &Device, pin: &Id, put: &Put) -> Result<bool> {
    let caption = put.caption.as_ref().map(serde_json::to_string).transpose().map_err(Error::internal)?;
    let put_digest = digest(&format!("{pin} {} {}", caption.as_deref().unwrap_or_default(), put.content));
    transaction!(db, |tx| {
        let found: Option<(Id, String)> = sqlx::query_as(OWNER).bind(pin).fetch_optional(&mut *tx).await?;
        let (owner, phase) = found.ok_or_else(unknown_pin)?;
        may_put(device, &owner, &phase)?;
        let (before,): (i64,) = sqlx::query_as("select count(*) from attachments where pin_id = $1 and kind = $2")
            .bind(pin)
            .bind(put.kind.code())
            .fetch_one(&mut *tx)
            .await?;
        sqlx::query(
            "insert into attachments
                 (id, pin_id, kind, neighbourhood_id, gathering_id, media, duration_ms, caption, moderation, put_digest, content)
             values ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', $9, $10)
             on conflict (pin_id, kind) do update set
                 media = excluded.media, duration_ms = excluded.duration_ms, caption = excluded.caption,
                 moderation = excluded.moderation, hidden_because = null, put_digest = excluded.put_digest,
                 content = excluded.content
             where attachments.put_digest <> excluded.put_digest",
        )
        .bind(Id::new())
        .bind(pin)
        .bind(put.kind.code())
        .bind(&device.neighbourhood)
        .bind(&device.gathering)
        .bind(put.media.code())
        .bind(put.duration_ms)
        .bind(&caption)
        .bind(&put_digest)
        .bind(&put.content)
        .execute(&mut *tx)
        .await?;
        before == 0
    })
}

/// Deletes what stands beside a pin of this device; again and again if need be.
pub async fn delete(db: &Db, device: &Device, pin: &Id, kind: AttachmentKind) -> Result<()> {
    transaction!(db, |tx| {
        let found: Option<(Id, String)> = sqlx::query_as(OWNER).bind(pin).fetch_optional(&mut *tx).await?;
        if let Some((owner, phase)) = found {
            may_put(device, &owner, &phase)?;
            sqlx::query("delete from attachments where pin_id = $1 and kind = $2")
                .bind(pin)
                .bind(kind.code())
                .execute(&mut *tx)
                .await?;
        }
    })
}

/// Stores what was decided about what stands beside a pin of this neighbourhood.
pub async fn moderate(
    db: &Db,
    neighbourhood: &Id,
    pin: &Id,
    kind: AttachmentKind,
    decided: &Moderated,
) -> Result<Attachment> {
    transaction!(db, |tx| {
        sqlx::query(
            "update attachments set moderation = $4, hidden_because = $5
             where neighbourhood_id = $1 and pin_id = $2 and kind = $3",
        )
        .bind(neighbourhood)
        .bind(pin)
        .bind(kind.code())
        .bind(decided.status.code())
        .bind(&decided.reason)
        .execute(&mut *tx)
        .await?;
    })?;
    find(db, neighbourhood, pin, kind).await
}

/// Puts other bytes in the place of a photo's; fails where they are no longer those that were read.
pub async fn replace_photo(db: &Db, neighbourhood: &Id, pin: &Id, before: &str, after: &str) -> Result<Attachment> {
    let kind = AttachmentKind::Photo;
    let changed: u64 = transaction!(db, |tx| {
        sqlx::query(
            "update attachments set content = $5
             where neighbourhood_id = $1 and pin_id = $2 and kind = $3 and content = $4",
        )
        .bind(neighbourhood)
        .bind(pin)
        .bind(kind.code())
        .bind(before)
        .bind(after)
        .execute(&mut *tx)
        .await?
        .rows_affected()
    })?;
    if changed == 0 {
        return Err(Error::conflict("photo_changed", "this photo has changed since, look at it again"));
    }
    find(db, neighbourhood, pin, kind).await
}

/// Erases photos and voice notes of gatherings that were held before a date. Says how many.
pub async fn forget(db: &Db, neighbourhood: &Id, before: &str) -> Result<u64> {
    transaction!(db, |tx| {
        sqlx::query(
            "delete from attachments where neighbourhood_id = $1
             and gathering_id in (select id from gatherings where neighbourhood_id = $1 and held_on < $2)",
        )
        .bind(neighbourhood)
        .bind(before)
        .execute(&mut *tx)
        .await?
        .rows_affected()
    })
}
