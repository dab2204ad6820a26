//! Places, what staff did with them and what the pins said of them, in the database.

use std::collections::HashMap;

use crate::db::Db;
use crate::error::{Error, Kind as ErrorKind, Result};
use crate::hotspots::Kind;
use crate::id::Id;
use crate::places::{Act, Deed, Ground, MAX_PLACES, Origin, Part, Picture, Place, Seen};
use crate::{read, transaction, words};

#[derive(sqlx::FromRow)]
struct Row {
    id: Id,
    neighbourhood_id: Id,
    name: String,
    origin: String,
    kind: Option<String>,
    ground: String,
    lon: f64,
    lat: f64,
    removed: bool,
    changed_ms: i64,
}

impl TryFrom<Row> for Place {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: row.id,
            neighbourhood: row.neighbourhood_id,
            name: row.name,
            origin: Origin::parse("origin", &row.origin)?,
            kind: row.kind.map(|kind| Kind::parse("kind", &kind)).transpose()?,
            ground: ground(&row.ground)?,
            centre: (row.lon, row.lat),
            removed: row.removed,
            changed_ms: row.changed_ms,
        })
    }
}

fn ground(text: &str) -> Result<Ground> {
    Ground::parse(&from_json(text)?)
}

fn from_json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(Error::internal)
}

fn to_json<T: serde::Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(Error::internal)
}

macro_rules! place {
    ($rest:literal) => {
        concat!(
            "select id, neighbourhood_id, name, origin, kind, ground, lon, lat, removed, changed_ms from places ",
            $rest
        )
    };
}

macro_rules! insert_deed {
    ($tx:ident, $neighbourhood:expr, $row:expr) => {
        sqlx::query(
            "insert into place_acts (id, neighbourhood_id, place_id, act, at_ms, name, other_place_id, selection, picture)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(&$row.id)
        .bind($neighbourhood)
        .bind(&$row.place)
        .bind($row.act.code())
        .bind($row.at_ms)
        .bind(&$row.name)
        .bind(&$row.other)
        .bind(&$row.selection)
        .bind(&$row.picture)
        .execute(&mut *$tx)
        .await?
    };
}

/// Lists the places of a neighbourhood that were not removed, by id.
pub async fn list(db: &Db, neighbourhood: &Id) -> Result<Vec<Place>> {
    let rows: Vec<Row> = read!(db, |pool| {
        sqlx::query_as(place!("where neighbourhood_id = $1 and not removed order by id"))
            .bind(neighbourhood)
            .fetch_all(pool)
            .await
    })?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Lists every place of a neighbourhood, removed ones too, by id.
pub async fn every(db: &Db, neighbourhood: &Id) -> Result<Vec<Place>> {
    let rows: Vec<Row> = read!(db, |pool| {
        sqlx::query_as(place!("where neighbourhood_id = $1 order by id")).bind(neighbourhood).fetch_all(pool).await
    })?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Reads a place of a neighbourhood, a removed one too.
pub async fn find(db: &Db, neighbourhood: &Id, id: &Id) -> Result<Option<Place>> {
    let row: Option<Row> = read!(db, |pool| {
        sqlx::query_as(place!("where neighbourhood_id = $1 and id = $2"))
            .bind(neighbourhood)
            .bind(id)
            .fetch_optional(pool)
            .await
    })?;
    row.map(TryInto::try_into).transpose()
}

/// The names of the places of a neighbourhood, removed ones too.
pub async fn names(db: &Db, neighbourhood: &Id) -> Result<HashMap<Id, String>> {
    let rows: Vec<(Id, String)> = read!(db, |pool| {
        sqlx::query_as("select id, name from places where neighbourhood_id = $1")
            .bind(neighbourhood)
            .fetch_all(pool)
            .await
    })?;
    Ok(rows.into_iter().collect())
}

/// A mark that changes whenever a hotspot may be another place, or a place may have another name.
pub async fn mark(db: &Db, neighbourhood: &Id) -> Result<String> {
    let (acts, pictures): (i64, i64) = read!(db, |pool| {
        sqlx::query_as(
            "select (select count(*) from place_acts where neighbourhood_id = $1),
                    (select count(*) from place_pictures where neighbourhood_id = $1)",
        )
        .bind(neighbourhood)
        .fetch_one(pool)
        .await
    })?;
    Ok(format!("-{acts}-{pictures}"))
}

/// Adds a place with the deed of keeping it, and with the place that it was split from if there is one. Fails with
/// `too_many_places` beyond the most that a neighbourhood may have.
pub async fn add(db: &Db, new: &Place, kept: &Deed) -> Result<()> {
    let ground = new.ground.to_geojson().to_string();
    let rows = [Some(deed_row(kept)?), split_off(new, kept)].into_iter().flatten();
    transaction!(db, |tx| {
        // Holds the neighbourhood, so that two who keep at once are counted one after another.
        sqlx::query("update neighbourhoods set name = name where id = $1")
            .bind(&new.neighbourhood)
            .execute(&mut *tx)
            .await?;
        let (there,): (i64,) =
            sqlx::query_as("select count(*) from places where neighbourhood_id = $1 and not removed")
                .bind(&new.neighbourhood)
                .fetch_one(&mut *tx)
                .await?;
        if usize::try_from(there).unwrap_or_default() >= MAX_PLACES {
            Err(Error::conflict("too_many_places", format!("{MAX_PLACES} places are the most")))?;
        }
        sqlx::query(
            "insert into places (id, neighbourhood_id, name, origin, kind, ground, lon, lat, removed, changed_ms)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        )
        .bind(&new.id)
        .bind(&new.neighbourhood)
        .bind(&new.name)
        .bind(new.origin.code())
        .bind(new.kind.map(Kind::code))
        .bind(&ground)
        .bind(new.centre.0)
        .bind(new.centre.1)
        .bind(new.removed)
        .bind(new.changed_ms)
        .execute(&mut *tx)
        .await?;
        for row in rows {
            insert_deed!(tx, &new.neighbourhood, row);
        }
    })
}

/// Stores another name, or that a place is removed, with the deed. Gives the place as it now stands; `gone` where it was
/// removed before.
pub async fn change(db: &Db, neighbourhood: &Id, deed: &Deed) -> Result<()> {
    let row = deed_row(deed)?;
    let removed = deed.act == Act::Removed;
    transaction!(db, |tx| {
        let changed = sqlx::query(
            "update places set name = $3, removed = $4, changed_ms = $5
             where neighbourhood_id = $1 and id = $2 and not removed",
        )
        .bind(neighbourhood)
        .bind(&deed.place)
        .bind(&deed.name)
        .bind(removed)
        .bind(deed.at_ms)
        .execute(&mut *tx)
        .await?;
        if changed.rows_affected() == 0 {
            Err(Error::new(ErrorKind::Gone, "place_removed", "the place was removed"))?;
        }
        insert_deed!(tx, neighbourhood, row);
    })
}

struct DeedRow {
    id: Id,
    place: Id,
    act: Act,
    at_ms: i64,
    name: String,
    other: Option<Id>,
    selection: Option<String>,
    picture: Option<String>,
}

fn deed_row(deed: &Deed) -> Result<DeedRow> {
    Ok(DeedRow {
        id: Id::new(),
        place: deed.place.clone(),
        act: deed.act,
        at_ms: deed.at_ms,
        name: deed.name.clone(),
        other: deed.other.clone(),
        selection: deed.selection.clone(),
        picture: deed.picture.as_ref().map(to_json).transpose()?,
    })
}

/// The deed in the history of the place that a new one was split from.
fn split_off(new: &Place, kept: &Deed) -> Option<DeedRow> {
    Some(DeedRow {
        id: Id::new(),
        place: kept.other.clone()?,
        act: Act::Split,
        at_ms: kept.at_ms,
        name: new.name.clone(),
        other: Some(new.id.clone()),
        selection: None,
        picture: None,
    })
}

#[derive(sqlx::FromRow)]
struct ActRow {
    place_id: Id,
    act: String,
    at_ms: i64,
    name: String,
    other_place_id: Option<Id>,
    selection: Option<String>,
    picture: Option<String>,
}

/// What staff did with a place, the first first.
pub async fn deeds(db: &Db, place: &Id) -> Result<Vec<Deed>> {
    let rows: Vec<ActRow> = read!(db, |pool| {
        sqlx::query_as(
            "select place_id, act, at_ms, name, other_place_id, selection, picture from place_acts
             where place_id = $1 order by at_ms, case act when 'kept' then 0 else 1 end, id",
        )
        .bind(place)
        .fetch_all(pool)
        .await
    })?;
    rows.into_iter()
        .map(|row| {
            Ok(Deed {
                place: row.place_id,
                act: Act::parse("act", &row.act)?,
                at_ms: row.at_ms,
                name: row.name,
                other: row.other_place_id,
                selection: row.selection,
                picture: row.picture.as_deref().map(from_json::<Picture>).transpose()?,
            })
        })
        .collect()
}

#[derive(sqlx::FromRow)]
struct SeenRow {
    place_id: Id,
    day: String,
    picture: Option<String>,
    ground: Option<String>,
    together: String,
    parts: String,
    at_ms: i64,
}

impl TryFrom<SeenRow> for Seen {
    type Error = Error;

    fn try_from(row: SeenRow) -> Result<Self> {
        let found = match (row.picture, row.ground) {
            (Some(picture), Some(area)) => Some((from_json::<Picture>(&picture)?, ground(&area)?)),
            _ => None,
        };
        Ok(Self {
            place: row.place_id,
            day: row.day,
            found,
            together: words::split(&row.together, |id| Id::parse("together", id))?,
            parts: from_json::<Vec<Part>>(&row.parts)?,
            at_ms: row.at_ms,
        })
    }
}

/// Every picture of a place, the first date first.
pub async fn pictures(db: &Db, place: &Id) -> Result<Vec<Seen>> {
    let rows: Vec<SeenRow> = read!(db, |pool| {
        sqlx::query_as(
            "select place_id, day, picture, ground, together, parts, at_ms from place_pictures
             where place_id = $1 order by day",
        )
        .bind(place)
        .fetch_all(pool)
        .await
    })?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// The last picture of each place of a neighbourhood before a date; of those where it was found only, if asked so.
pub async fn last_pictures(db: &Db, neighbourhood: &Id, before: &str, found: bool) -> Result<HashMap<Id, Seen>> {
    let rows: Vec<SeenRow> = read!(db, |pool| {
        sqlx::query_as(
            "select place_id, day, picture, ground, together, parts, at_ms from (
                 select place_id, day, picture, ground, together, parts, at_ms,
                     row_number() over (partition by place_id order by day desc) as back
                 from place_pictures where neighbourhood_id = $1 and day < $2 and (found or not $3)
             ) newest where back = 1",
        )
        .bind(neighbourhood)
        .bind(before)
        .bind(found)
        .fetch_all(pool)
        .await
    })?;
    rows.into_iter().map(|row| Seen::try_from(row).map(|seen| (seen.place.clone(), seen))).collect()
}

/// Stores pictures, each in the stead of the one of its date, and forgets those of later dates than the last.
pub async fn put_pictures(db: &Db, neighbourhood: &Id, pictures: &[Seen], last_day: &str) -> Result<()> {
    let mut rows = Vec::with_capacity(pictures.len());
    for seen in pictures {
        rows.push((
            seen,
            seen.found.as_ref().map(|(picture, _)| to_json(picture)).transpose()?,
            seen.found.as_ref().map(|(_, ground)| ground.to_geojson().to_string()),
            words::join(seen.together.iter().map(Id::as_str)),
            to_json(&seen.parts)?,
        ));
    }
    transaction!(db, |tx| {
        sqlx::query("delete from place_pictures where neighbourhood_id = $1 and day > $2")
            .bind(neighbourhood)
            .bind(last_day)
            .execute(&mut *tx)
            .await?;
        for (seen, picture, ground, together, parts) in &rows {
            sqlx::query(
                "insert into place_pictures
                 (neighbourhood_id, place_id, day, found, picture, ground, together, parts, at_ms)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                 on conflict (place_id, day) do update set found = excluded.found, picture = excluded.picture,
                 ground = excluded.ground, together = excluded.together, parts = excluded.parts, at_ms = excluded.at_ms",
            )
            .bind(neighbourhood)
            .bind(&seen.place)
            .bind(&seen.day)
            .bind(seen.found.is_some())
            .bind(picture)
            .bind(ground)
            .bind(together)
            .bind(parts)
            .bind(seen.at_ms)
            .execute(&mut *tx)
            .await?;
        }
    })
}
