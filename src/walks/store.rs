//! Walks and their stops in the database.

use std::collections::HashMap;

use super::{MAX_WALKS, NewStop, Roles, Stop, StopKind, Walk, WalkKind};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::places::PlaceRef;
use crate::{read, transaction};

#[derive(sqlx::FromRow)]
struct Row {
    id: Id,
    neighbourhood_id: Id,
    name: String,
    kind: String,
    day: String,
    start: String,
    selection: String,
    round_trip: bool,
    step_free: bool,
    speed_km_h: f64,
    minutes_per_stop: i64,
    people: i64,
    leader: String,
    phone: String,
    scribe: String,
    photographer: String,
    timekeeper: String,
    guest: String,
    rules: Option<String>,
    recce_day: Option<String>,
    recce_found: Option<String>,
    over_limit: bool,
    pair_id: Option<Id>,
}

macro_rules! walk {
    ($rest:literal) => {
        concat!(
            "select id, neighbourhood_id, name, kind, day, start, selection, round_trip, step_free, speed_km_h, ",
            "minutes_per_stop, people, leader, phone, scribe, photographer, timekeeper, guest, rules, recce_day, recce_found, ",
            "over_limit, pair_id from walks ",
            $rest
        )
    };
}

#[derive(sqlx::FromRow)]
struct StopRow {
    id: Id,
    walk_id: Id,
    name: String,
    lon: f64,
    lat: f64,
    place_id: Option<Id>,
    place_name: Option<String>,
    place_removed: Option<bool>,
    kind: Option<String>,
    question: Option<String>,
    shelter: bool,
    given: bool,
}

macro_rules! stop {
    ($rest:literal) => {
        concat!(
            "select s.id, s.walk_id, s.name, s.lon, s.lat, s.place_id, p.name as place_name, p.removed as place_removed, ",
            "s.kind, s.question, s.shelter, s.given from walk_stops s left join places p on p.id = s.place_id ",
            $rest
        )
    };
}

impl TryFrom<StopRow> for Stop {
    type Error = Error;

    fn try_from(row: StopRow) -> Result<Self> {
        Ok(Self {
            id: row.id,
            name: row.name,
            point: [row.lon, row.lat],
            place: row.place_id.zip(row.place_name).map(|(id, name)| PlaceRef { id, name }),
            place_removed: row.place_removed.unwrap_or_default(),
            kind: row.kind.map(|kind| StopKind::parse("kind", &kind)).transpose()?,
            question: row.question,
            shelter: row.shelter,
            given: row.given,
        })
    }
}

fn walk_of(row: Row, stops: Vec<Stop>) -> Result<Walk> {
    Ok(Walk {
        id: row.id,
        neighbourhood: row.neighbourhood_id,
        name: row.name,
        kind: WalkKind::parse("kind", &row.kind)?,
        day: row.day,
        start: row.start,
        selection: row.selection,
        round_trip: row.round_trip,
        step_free: row.step_free,
        speed_km_h: row.speed_km_h,
        minutes_per_stop: row.minutes_per_stop,
        people: row.people,
        leader: row.leader,
        phone: row.phone,
        roles: Roles {
            scribe: row.scribe,
            photographer: row.photographer,
            timekeeper: row.timekeeper,
            guest: row.guest,
        },
        rules: row.rules,
        recce_day: row.recce_day,
        recce_found: row.recce_found,
        over_limit: row.over_limit,
        pair: row.pair_id,
        stops,
    })
}

/// Lists the walks of a neighbourhood, the latest first.
pub async fn list(db: &Db, neighbourhood: &Id) -> Result<Vec<Walk>> {
    let rows: Vec<Row> = read!(db, |pool| {
        sqlx::query_as(walk!("where neighbourhood_id = $1 order by day desc, start desc, id"))
            .bind(neighbourhood)
            .fetch_all(pool)
            .await
    })?;
    let stops: Vec<StopRow> = read!(db, |pool| {
        sqlx::query_as(stop!("where s.neighbourhood_id = $1 and not s.removed order by s.walk_id, s.number, s.id"))
            .bind(neighbourhood)
            .fetch_all(pool)
            .await
    })?;
    let mut of_walk: HashMap<Id, Vec<Stop>> = HashMap::new();
    for row in stops {
        of_walk.entry(row.walk_id.clone()).or_default().push(row.try_into()?);
    }
    rows.into_iter()
        .map(|row| {
            let stops = of_walk.remove(&row.id).unwrap_or_default();
            walk_of(row, stops)
        })
        .collect()
}

/// Reads a walk with its stops.
pub async fn find(db: &Db, id: &Id) -> Result<Option<Walk>> {
    let row: Option<Row> =
        read!(db, |pool| sqlx::query_as(walk!("where id = $1")).bind(id).fetch_optional(pool).await)?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(walk_of(row, stops(db, id, false).await?)?))
}

/// The stops of a walk in their order; those that were taken out, if asked so.
pub async fn stops(db: &Db, walk: &Id, removed: bool) -> Result<Vec<Stop>> {
    let rows: Vec<StopRow> = read!(db, |pool| {
        sqlx::query_as(stop!("where s.walk_id = $1 and s.removed = $2 order by s.number, s.id"))
            .bind(walk)
            .bind(removed)
            .fetch_all(pool)
            .await
    })?;
    rows.into_iter().map(TryInto::try_into).collect()
}

macro_rules! put_stop {
    ($tx:ident, $walk:expr, $number:expr, $id:expr, $stop:expr, $given:expr) => {
        sqlx::query(
            "insert into walk_stops
             (id, neighbourhood_id, walk_id, number, name, lon, lat, place_id, kind, question, given, removed, shelter)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
             on conflict (id) do update set number = excluded.number, name = excluded.name, lon = excluded.lon,
             lat = excluded.lat, place_id = excluded.place_id, kind = excluded.kind, question = excluded.question,
             removed = excluded.removed, shelter = excluded.shelter
             where walk_stops.walk_id = excluded.walk_id",
        )
        .bind($id)
        .bind(&$walk.neighbourhood)
        .bind(&$walk.id)
        .bind($number)
        .bind(&$stop.name)
        .bind($stop.point[0])
        .bind($stop.point[1])
        .bind(&$stop.place)
        .bind($stop.kind.map(StopKind::code))
        .bind(&$stop.question)
        .bind($given)
        .bind(false)
        .bind($stop.shelter)
        .execute(&mut *$tx)
        .await?
        .rows_affected()
    };
}

/// Stores a walk, new or changed, and with a list its stops in that order; a stop that is no longer in it is taken out.
pub async fn put(db: &Db, walk: &Walk, stops: Option<&[NewStop]>) -> Result<()> {
    let ids: Vec<Id> = stops.unwrap_or_default().iter().map(|stop| stop.id.clone().unwrap_or_default()).collect();
    transaction!(db, |tx| {
        // Holds the neighbourhood, so that two who plan at once are counted one after another.
        sqlx::query("update neighbourhoods set name = name where id = $1")
            .bind(&walk.neighbourhood)
            .execute(&mut *tx)
            .await?;
        let (others,): (i64,) = sqlx::query_as("select count(*) from walks where neighbourhood_id = $1 and id <> $2")
            .bind(&walk.neighbourhood)
            .bind(&walk.id)
            .fetch_one(&mut *tx)
            .await?;
        if others >= MAX_WALKS {
            Err(Error::conflict("too_many_walks", format!("{MAX_WALKS} walks are the most")))?;
        }
        sqlx::query(
            "insert into walks (id, neighbourhood_id, name, kind, day, start, selection, round_trip, step_free,
             speed_km_h, minutes_per_stop, people, leader, phone, rules, over_limit, pair_id, scribe, photographer,
             timekeeper, guest, recce_day, recce_found)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
             $22, $23)
             on conflict (id) do update set name = excluded.name, kind = excluded.kind, day = excluded.day,
             start = excluded.start, selection = excluded.selection, round_trip = excluded.round_trip,
             step_free = excluded.step_free, speed_km_h = excluded.speed_km_h,
             minutes_per_stop = excluded.minutes_per_stop, people = excluded.people, leader = excluded.leader,
             phone = excluded.phone, rules = excluded.rules, over_limit = excluded.over_limit,
             pair_id = excluded.pair_id, scribe = excluded.scribe, photographer = excluded.photographer,
             timekeeper = excluded.timekeeper, guest = excluded.guest, recce_day = excluded.recce_day,
             recce_found = excluded.recce_found",
        )
        .bind(&walk.id)
        .bind(&walk.neighbourhood)
        .bind(&walk.name)
        .bind(walk.kind.code())
        .bind(&walk.day)
        .bind(&walk.start)
        .bind(&walk.selection)
        .bind(walk.round_trip)
        .bind(walk.step_free)
        .bind(walk.speed_km_h)
        .bind(walk.minutes_per_stop)
        .bind(walk.people)
        .bind(&walk.leader)
        .bind(&walk.phone)
        .bind(&walk.rules)
        .bind(walk.over_limit)
        .bind(&walk.pair)
        .bind(&walk.roles.scribe)
        .bind(&walk.roles.photographer)
        .bind(&walk.roles.timekeeper)
        .bind(&walk.roles.guest)
        .bind(&walk.recce_day)
        .bind(&walk.recce_found)
        .execute(&mut *tx)
        .await?;
        if let Some(stops) = stops {
            sqlx::query("update walk_stops set removed = $2 where walk_id = $1")
                .bind(&walk.id)
                .bind(true)
                .execute(&mut *tx)
                .await?;
            for ((number, stop), id) in (1_i64..).zip(stops).zip(&ids) {
                if put_stop!(tx, walk, number, id, stop, false) == 0 {
                    Err(Error::conflict("stop_of_another_walk", "another walk has a stop of this id"))?;
                }
            }
        }
    })
}

/// Makes two walks each other's pair; the walks they were paired with before are alone again.
pub async fn pair(db: &Db, one: &Id, other: &Id) -> Result<()> {
    transaction!(db, |tx| {
        for this in [one, other] {
            sqlx::query("update walks set pair_id = null where pair_id = $1").bind(this).execute(&mut *tx).await?;
        }
        for (this, that) in [(one, other), (other, one)] {
            sqlx::query("update walks set pair_id = $2 where id = $1").bind(this).bind(that).execute(&mut *tx).await?;
        }
    })
}

/// Deletes a walk in which nobody noted anything; with `walk_has_observations` it fails where somebody did, unless they are
/// to go with it.
pub async fn delete(db: &Db, walk: &Id, with_observations: bool) -> Result<()> {
    transaction!(db, |tx| {
        let (noted,): (i64,) = sqlx::query_as("select count(*) from walk_observations where walk_id = $1")
            .bind(walk)
            .fetch_one(&mut *tx)
            .await?;
        if noted > 0 && !with_observations {
            Err(Error::conflict("walk_has_observations", format!("{noted} observations would go with it")))?;
        }
        sqlx::query("update walks set pair_id = null where pair_id = $1").bind(walk).execute(&mut *tx).await?;
        sqlx::query("delete from walk_observations where walk_id = $1").bind(walk).execute(&mut *tx).await?;
        sqlx::query("delete from walk_stops where walk_id = $1").bind(walk).execute(&mut *tx).await?;
        sqlx::query("delete from walks where id = $1").bind(walk).execute(&mut *tx).await?;
    })
}

/// Erases who led and did what on the walks of a neighbourhood that were before a date; gives how many walks lost names.
pub async fn forget_names(db: &Db, neighbourhood: &Id, before: &str) -> Result<u64> {
    transaction!(db, |tx| {
        sqlx::query(
            "update walks set leader = '', phone = '', scribe = '', photographer = '', timekeeper = '', guest = ''
             where neighbourhood_id = $1 and day < $2
             and leader || phone || scribe || photographer || timekeeper || guest <> ''",
        )
        .bind(neighbourhood)
        .bind(before)
        .execute(&mut *tx)
        .await?
        .rows_affected()
    })
}

/// Stores a stop that those who walk chose or worded, at the end of the walk where it is new; says whether it is. One that
/// the planner made keeps its place, kind and number.
pub async fn give_stop(db: &Db, walk: &Walk, id: &Id, stop: &NewStop) -> Result<bool> {
    let there = walk.stops.iter().position(|known| known.id == *id);
    let known = there.map(|at| &walk.stops[at]);
    let stop = NewStop {
        place: known.and_then(|known| known.place.as_ref()).map(|place| place.id.clone()),
        kind: known.map_or(Some(StopKind::Chosen), |known| known.kind),
        shelter: known.is_some_and(|known| known.shelter),
        ..stop.clone()
    };
    let number = i64::try_from(there.unwrap_or(walk.stops.len()) + 1).map_err(Error::internal)?;
    transaction!(db, |tx| {
        if put_stop!(tx, walk, number, id, stop, true) == 0 {
            Err(Error::conflict("stop_of_another_walk", "another walk has a stop of this id"))?;
        }
        sqlx::query("update walk_stops set given = $2 where id = $1").bind(id).bind(true).execute(&mut *tx).await?;
        there.is_none()
    })
}

/// Takes back everything that those who walked gave: stops, words, photos. It is gone.
pub async fn withdraw(db: &Db, walk: &Id) -> Result<()> {
    transaction!(db, |tx| {
        sqlx::query(
            "insert into deleted_observations (id, neighbourhood_id, walk_id, recorder_id)
             select id, neighbourhood_id, walk_id, recorder_id from walk_observations where walk_id = $1",
        )
        .bind(walk)
        .execute(&mut *tx)
        .await?;
        sqlx::query("delete from walk_photos where walk_id = $1").bind(walk).execute(&mut *tx).await?;
        sqlx::query("delete from walk_observations where walk_id = $1").bind(walk).execute(&mut *tx).await?;
        sqlx::query("delete from walk_stops where walk_id = $1 and given = $2")
            .bind(walk)
            .bind(true)
            .execute(&mut *tx)
            .await?;
    })
}
