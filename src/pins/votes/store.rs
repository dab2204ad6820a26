//! Votes in the database.

use std::collections::HashMap;

use crate::db::Db;
use crate::error::{Error, Kind, Result};
use crate::gatherings::{Device, not_open, not_revealed, withdrawn};
use crate::id::Id;
use crate::pins::Pin;
use crate::pins::store::{Row, columns};
use crate::pins::votes::{Vote, Votes, agreement};
use crate::{read, transaction};

/// What those who agreed with own pins are heard to say; whoever made the pin cannot agree with it.
macro_rules! agreements {
    ($rest:literal) => {
        concat!(
            columns!("v.participant_id"),
            "from votes v join pins p on p.id = v.pin_id join gatherings g on g.id = p.gathering_id ",
            "join participants a on a.id = v.participant_id ",
            "where v.vote = 'agree' and p.basis = 'own' and p.participant_id <> v.participant_id and ",
            $rest
        )
    };
}

fn heard(rows: Vec<Row>) -> Result<Vec<Pin>> {
    rows.into_iter().map(|row| row.try_into().map(agreement)).collect()
}

/// The agreements with a pin.
pub async fn with_pin(db: &Db, pin: &Id) -> Result<Vec<Pin>> {
    heard(read!(db, |pool| sqlx::query_as(agreements!("v.pin_id = $1")).bind(pin).fetch_all(pool).await)?)
}

/// The agreements of a participant with the pins of others.
pub async fn of_participant(db: &Db, participant: &Id) -> Result<Vec<Pin>> {
    heard(read!(db, |pool| {
        sqlx::query_as(agreements!("v.participant_id = $1")).bind(participant).fetch_all(pool).await
    })?)
}

/// Every agreement of a neighbourhood.
pub async fn in_neighbourhood(db: &Db, neighbourhood: &Id) -> Result<Vec<Pin>> {
    heard(read!(db, |pool| {
        sqlx::query_as(agreements!("v.neighbourhood_id = $1")).bind(neighbourhood).fetch_all(pool).await
    })?)
}

macro_rules! counts {
    ($of:literal) => {
        concat!(
            "select pin_id, count(case when vote = 'agree' then 1 end), count(case when vote = 'disagree' then 1 end) ",
            "from votes where ",
            $of,
            " = $1 group by pin_id"
        )
    };
}

fn by_pin(rows: Vec<(Id, i64, i64)>) -> HashMap<Id, Votes> {
    rows.into_iter().map(|(pin, agree, disagree)| (pin, Votes { agree, disagree })).collect()
}

/// How many say so to each pin of a gathering; pins to which nobody says anything are left out.
pub async fn count_at(db: &Db, gathering: &Id) -> Result<HashMap<Id, Votes>> {
    Ok(by_pin(read!(db, |pool| { sqlx::query_as(counts!("gathering_id")).bind(gathering).fetch_all(pool).await })?))
}

/// How many say so to each pin of a neighbourhood; pins to which nobody says anything are left out.
pub async fn count_in(db: &Db, neighbourhood: &Id) -> Result<HashMap<Id, Votes>> {
    Ok(by_pin(read!(db, |pool| {
        sqlx::query_as(counts!("neighbourhood_id")).bind(neighbourhood).fetch_all(pool).await
    })?))
}

/// Stores what a participant of this device says to a pin of its gathering. Says whether it is their first word on it.
pub async fn put(db: &Db, device: &Device, pin: &Id, participant: &Id, vote: Vote) -> Result<bool> {
    transaction!(db, |tx| {
        let before: Option<(String,)> =
            sqlx::query_as("select vote from votes where pin_id = $1 and participant_id = $2")
                .bind(pin)
                .bind(participant)
                .fetch_optional(&mut *tx)
                .await?;
        let written = sqlx::query(
            "insert into votes (pin_id, participant_id, neighbourhood_id, gathering_id, vote)
             select p.id, a.id, a.neighbourhood_id, a.gathering_id, $4
             from pins p join participants a on a.gathering_id = p.gathering_id
                 join gatherings g on g.id = a.gathering_id
             where p.id = $1 and a.id = $2 and a.device_id = $3 and not a.withdrawn and p.participant_id <> a.id
                 and (g.phase = 'revealed' or ($5 and g.phase = 'closed'))
             on conflict (pin_id, participant_id) do update set vote = excluded.vote",
        )
        .bind(pin)
        .bind(participant)
        .bind(&device.id)
        .bind(vote.code())
        .bind(device.from_file)
        .execute(&mut *tx)
        .await?
        .rows_affected();
        if written == 0 {
            let why: WhyNot = sqlx::query_as(WHY_NOT)
                .bind(pin)
                .bind(participant)
                .bind(&device.id)
                .bind(&device.gathering)
                .fetch_one(&mut *tx)
                .await?;
            Err(why_not(&why, device.from_file))?;
        }
        before.is_none()
    })
}

const WHY_NOT: &str = "
    select (select count(*) from deleted_pins where id = $1),
        (select count(*) from pins where id = $1 and gathering_id = $4),
        (select count(*) from pins where id = $1 and participant_id = $2),
        (select count(*) from participants where id = $2 and device_id = $3),
        (select count(*) from participants where id = $2 and withdrawn),
        g.phase
    from gatherings g where g.id = $4";

type WhyNot = (i64, i64, i64, i64, i64, String);

fn why_not((deleted, there, own, participant, gone, phase): &WhyNot, from_file: bool) -> Error {
    match (phase.as_str(), participant, gone, deleted, there, own) {
        ("draft" | "open", ..) => not_revealed(),
        ("closed", ..) if !from_file => not_open(),
        (_, 0, ..) => Error::new(Kind::NotFound, "unknown_participant", "this device has no such participant")
            .with_field("participant"),
        (_, _, 1, ..) => withdrawn(),
        (_, _, _, 1, ..) => Error::new(Kind::Gone, "pin_deleted", "this pin was deleted"),
        (.., 0, _) => Error::not_found("pin"),
        _ => Error::invalid("participant", "nobody votes on a pin of their own").with_slug("own_pin"),
    }
}

/// Takes back what a participant of this device said to a pin; again and again if need be. Says whether there was a word.
pub async fn remove(db: &Db, device: &Device, pin: &Id, participant: &Id) -> Result<bool> {
    transaction!(db, |tx| {
        let gone = sqlx::query(
            "delete from votes where pin_id = $1 and participant_id = $2
             and participant_id in (select id from participants where device_id = $3)",
        )
        .bind(pin)
        .bind(participant)
        .bind(&device.id)
        .execute(&mut *tx)
        .await?
        .rows_affected();
        gone > 0
    })
}
