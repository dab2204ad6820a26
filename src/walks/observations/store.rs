//! What was seen on walks, in the database.

use std::collections::HashMap;

use super::{Noted, OBSERVATIONS, Observation};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::id::{Id, digest};
use crate::pins::moderation::Status;
use crate::recorders::Recorder;
use crate::recorders::store::{check_own, check_put};
use crate::{read, transaction};

/// Puts an observation of a phone; says whether it is new. Fails where another phone has one of this id
/// (`observation_of_another_device`), where this phone has another one of the stop (`one_per_stop`), where it was deleted
/// (`observation_deleted`), or where the walk has no such stop (`no_such_stop`).
pub async fn put(db: &Db, recorder: &Recorder, id: &Id, told: &Observation) -> Result<bool> {
    let text = serde_json::to_string(told).map_err(Error::internal)?;
    transaction!(db, |tx| {
        let new = check_put!(tx, OBSERVATIONS, &recorder.id, id);
        // A stop that was taken out meanwhile is still one: what was seen there is not lost.
        let (stops,): (i64,) = sqlx::query_as("select count(*) from walk_stops where id = $1 and walk_id = $2")
            .bind(&told.stop)
            .bind(&recorder.about)
            .fetch_one(&mut *tx)
            .await?;
        if stops == 0 {
            Err(Error::invalid("stop", "the walk has no such stop").with_slug("no_such_stop"))?;
        }
        let (others,): (i64,) = sqlx::query_as(
            "select count(*) from walk_observations where recorder_id = $2 and stop_id = $3 and id <> $1",
        )
        .bind(id)
        .bind(&recorder.id)
        .bind(&told.stop)
        .fetch_one(&mut *tx)
        .await?;
        if others > 0 {
            Err(Error::conflict("one_per_stop", "this device has an observation of this stop already"))?;
        }
        sqlx::query(
            "insert into walk_observations (id, neighbourhood_id, walk_id, stop_id, recorder_id, told)
             values ($1, $2, $3, $4, $5, $6)
             on conflict (id) do update set stop_id = excluded.stop_id, told = excluded.told",
        )
        .bind(id)
        .bind(&recorder.neighbourhood)
        .bind(&recorder.about)
        .bind(&told.stop)
        .bind(&recorder.id)
        .bind(&text)
        .execute(&mut *tx)
        .await?;
        new
    })
}

/// Puts a photo beside an observation of a phone, in the stead of an earlier one; it waits for a yes. Says whether there was
/// none.
pub async fn put_photo(db: &Db, recorder: &Recorder, id: &Id, content: &str) -> Result<bool> {
    let marked = digest(content);
    transaction!(db, |tx| {
        if check_own!(tx, OBSERVATIONS, &recorder.id, id) {
            Err(Error::not_found("observation"))?;
        }
        let known: Option<(String,)> = sqlx::query_as("select put_digest from walk_photos where observation_id = $1")
            .bind(id)
            .fetch_optional(&mut *tx)
            .await?;
        if known.as_ref().is_none_or(|(known,)| *known != marked) {
            sqlx::query(
                "insert into walk_photos (observation_id, neighbourhood_id, walk_id, moderation, put_digest, content)
                 values ($1, $2, $3, $4, $5, $6)
                 on conflict (observation_id) do update set moderation = excluded.moderation,
                 put_digest = excluded.put_digest, content = excluded.content",
            )
            .bind(id)
            .bind(&recorder.neighbourhood)
            .bind(&recorder.about)
            .bind(Status::Waiting.code())
            .bind(&marked)
            .bind(content)
            .execute(&mut *tx)
            .await?;
        }
        known.is_none()
    })
}

/// Deletes the photo beside an observation of a phone; again and again if need be.
pub async fn forget_photo(db: &Db, recorder: &Recorder, id: &Id) -> Result<()> {
    transaction!(db, |tx| {
        sqlx::query(
            "delete from walk_photos where observation_id in
             (select id from walk_observations where id = $1 and recorder_id = $2)",
        )
        .bind(id)
        .bind(&recorder.id)
        .execute(&mut *tx)
        .await?;
    })
}

/// The photo beside an observation of a walk: how it stands, and the JPEG as base64 text.
pub async fn photo(db: &Db, walk: &Id, id: &Id) -> Result<Option<(Status, String)>> {
    let row: Option<(String, String)> = read!(db, |pool| {
        sqlx::query_as("select moderation, content from walk_photos where observation_id = $1 and walk_id = $2")
            .bind(id)
            .bind(walk)
            .fetch_optional(pool)
            .await
    })?;
    row.map(|(status, content)| Ok((Status::parse("status", &status)?, content))).transpose()
}

/// Approves or hides a photo; says whether there is one.
pub async fn moderate_photo(db: &Db, walk: &Id, id: &Id, status: Status) -> Result<bool> {
    transaction!(db, |tx| {
        let changed = sqlx::query("update walk_photos set moderation = $3 where observation_id = $1 and walk_id = $2")
            .bind(id)
            .bind(walk)
            .bind(status.code())
            .execute(&mut *tx)
            .await?;
        changed.rows_affected() > 0
    })
}

#[derive(sqlx::FromRow)]
struct NotedRow {
    id: Id,
    walk_id: Id,
    recorder_id: Id,
    told: String,
    moderation: Option<String>,
}

macro_rules! noted {
    ($rest:literal) => {
        concat!(
            "select o.id, o.walk_id, o.recorder_id, o.told, f.moderation from walk_observations o ",
            "left join walk_photos f on f.observation_id = o.id ",
            $rest
        )
    };
}

fn noted_of(row: NotedRow) -> Result<(Id, Noted)> {
    let noted = Noted {
        id: row.id,
        recorder: row.recorder_id,
        told: serde_json::from_str(&row.told).map_err(Error::internal)?,
        photo: row.moderation.map(|status| Status::parse("status", &status)).transpose()?,
    };
    Ok((row.walk_id, noted))
}

/// What was noted on a walk, by random ids.
pub async fn list(db: &Db, walk: &Id) -> Result<Vec<Noted>> {
    let rows: Vec<NotedRow> = read!(db, |pool| {
        sqlx::query_as(noted!("where o.walk_id = $1 order by o.id")).bind(walk).fetch_all(pool).await
    })?;
    rows.into_iter().map(|row| noted_of(row).map(|(_, noted)| noted)).collect()
}

/// What was noted at the stops that look at a place, with the walk, by random ids.
pub async fn at_place(db: &Db, place: &Id) -> Result<Vec<(Id, Noted)>> {
    let rows: Vec<NotedRow> = read!(db, |pool| {
        sqlx::query_as(noted!("join walk_stops s on s.id = o.stop_id where s.place_id = $1 order by o.walk_id, o.id"))
            .bind(place)
            .fetch_all(pool)
            .await
    })?;
    rows.into_iter().map(noted_of).collect()
}

/// Erases the words and photos of the walks of a neighbourhood that were before a date; gives how many observations lost
/// some. The numbers stay.
pub async fn forget_words(db: &Db, neighbourhood: &Id, before: &str) -> Result<u64> {
    let rows: Vec<NotedRow> = read!(db, |pool| {
        sqlx::query_as(noted!("join walks w on w.id = o.walk_id where w.neighbourhood_id = $1 and w.day < $2"))
            .bind(neighbourhood)
            .bind(before)
            .fetch_all(pool)
            .await
    })?;
    let mut poorer = Vec::new();
    for row in rows {
        let (_, noted) = noted_of(row)?;
        let told = noted.told.clone().without_words();
        if noted.photo.is_some() || told != noted.told {
            poorer.push((noted.id, serde_json::to_string(&told).map_err(Error::internal)?));
        }
    }
    if poorer.is_empty() {
        return Ok(0);
    }
    transaction!(db, |tx| {
        for (id, told) in &poorer {
            sqlx::query("update walk_observations set told = $2 where id = $1")
                .bind(id)
                .bind(told)
                .execute(&mut *tx)
                .await?;
            sqlx::query("delete from walk_photos where observation_id = $1").bind(id).execute(&mut *tx).await?;
        }
        poorer.len() as u64
    })
}

/// How many observations each walk of a neighbourhood has.
pub async fn counts(db: &Db, neighbourhood: &Id) -> Result<HashMap<Id, i64>> {
    let rows: Vec<(Id, i64)> = read!(db, |pool| {
        sqlx::query_as("select walk_id, count(*) from walk_observations where neighbourhood_id = $1 group by walk_id")
            .bind(neighbourhood)
            .fetch_all(pool)
            .await
    })?;
    Ok(rows.into_iter().collect())
}
