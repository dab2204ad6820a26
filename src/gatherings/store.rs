//! Gatherings, devices and participants in the database.

use crate::db::{Db, is_taken};
use crate::error::{Error, Kind, Result};
use crate::gatherings::{
    Device, Gathering, GatheringKind, NewParticipant, Phase, Question, Tally, WhoAt, device_name, new_code, withdrawn,
};
use crate::id::{Id, digest, token};
use crate::{read, transaction, words};

/// So many wrong codes in a minute, and nobody joins until the next one.
const WRONG_CODES_A_MINUTE: i64 = 120;

#[derive(sqlx::FromRow)]
struct Row {
    id: Id,
    neighbourhood_id: Id,
    kind: String,
    name: String,
    round: String,
    held_on: String,
    code: String,
    phase: String,
    pin_budget: Option<i64>,
    questions: String,
    who_at: String,
    leave_pin: String,
}

impl TryFrom<Row> for Gathering {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: row.id,
            neighbourhood: row.neighbourhood_id,
            kind: GatheringKind::parse("kind", &row.kind)?,
            name: row.name,
            round: row.round,
            held_on: row.held_on,
            code: row.code,
            phase: Phase::parse("phase", &row.phase)?,
            pin_budget: row.pin_budget,
            questions: words::split(&row.questions, |code| Question::parse("questions", code))?,
            who_at: WhoAt::parse("who_at", &row.who_at)?,
            leave_pin: row.leave_pin,
        })
    }
}

/// Adds a gathering; where its code is taken, it gets another. Gives it back as it now stands.
pub async fn add(db: &Db, mut new: Gathering) -> Result<Gathering> {
    for _ in 0..20 {
        match insert(db, &new).await {
            Err(error) if is_taken(&error) => new.code = new_code(new.kind.code_signs())?,
            Err(error) => return Err(error),
            Ok(()) => return Ok(new),
        }
    }
    Err(Error::internal("no free join code found"))
}

async fn insert(db: &Db, new: &Gathering) -> Result<()> {
    transaction!(db, |tx| {
        sqlx::query(
            "insert into gatherings
             (id, neighbourhood_id, kind, name, round, held_on, code, phase, pin_budget, questions, who_at, leave_pin)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        )
        .bind(&new.id)
        .bind(&new.neighbourhood)
        .bind(new.kind.code())
        .bind(&new.name)
        .bind(&new.round)
        .bind(&new.held_on)
        .bind(&new.code)
        .bind(new.phase.code())
        .bind(new.pin_budget)
        .bind(words::join(new.questions.iter().map(|q| q.code())))
        .bind(new.who_at.code())
        .bind(&new.leave_pin)
        .execute(&mut *tx)
        .await?;
    })
}

/// Stores what may change of a gathering.
pub async fn update(db: &Db, changed: &Gathering) -> Result<()> {
    transaction!(db, |tx| {
        sqlx::query(
            "update gatherings set name = $2, round = $3, held_on = $4, phase = $5, pin_budget = $6, questions = $7,
             who_at = $8, leave_pin = $9 where id = $1",
        )
        .bind(&changed.id)
        .bind(&changed.name)
        .bind(&changed.round)
        .bind(&changed.held_on)
        .bind(changed.phase.code())
        .bind(changed.pin_budget)
        .bind(words::join(changed.questions.iter().map(|q| q.code())))
        .bind(changed.who_at.code())
        .bind(&changed.leave_pin)
        .execute(&mut *tx)
        .await?;
    })
}

macro_rules! gathering {
    ($rest:literal) => {
        concat!(
            "select id, neighbourhood_id, kind, name, round, held_on, code, phase, pin_budget, questions, who_at, ",
            "leave_pin from gatherings ",
            $rest
        )
    };
}

/// Reads a gathering.
pub async fn find(db: &Db, id: &Id) -> Result<Option<Gathering>> {
    let row: Option<Row> =
        read!(db, |pool| sqlx::query_as(gathering!("where id = $1")).bind(id).fetch_optional(pool).await)?;
    row.map(TryInto::try_into).transpose()
}

/// Finds the gathering of a join code; a wrong one is counted, and too many close the door for everyone for a while.
pub async fn find_by_code(db: &Db, code: &str, now_ms: i64) -> Result<Gathering> {
    check_wrong_codes(db, now_ms).await?;
    let row: Option<Row> =
        read!(db, |pool| sqlx::query_as(gathering!("where code = $1")).bind(code).fetch_optional(pool).await)?;
    match row {
        Some(row) => row.try_into(),
        None => Err(wrong_code(db, now_ms, "no gathering has this code").await?),
    }
}

/// Fails while too many wrong codes were tried.
pub async fn check_wrong_codes(db: &Db, now_ms: i64) -> Result<()> {
    let tries: Option<(i64,)> = read!(db, |pool| {
        sqlx::query_as("select tries from wrong_codes where minute = $1")
            .bind(now_ms / 60_000)
            .fetch_optional(pool)
            .await
    })?;
    if tries.is_some_and(|(tries,)| tries >= WRONG_CODES_A_MINUTE) {
        let wait_s = u32::try_from(60 - now_ms / 1000 % 60).unwrap_or(60);
        return Err(Error::new(Kind::TooMany(wait_s), "too_many", "too many wrong codes, wait a minute"));
    }
    Ok(())
}

/// Counts a wrong code; gives the error to answer with.
pub async fn wrong_code(db: &Db, now_ms: i64, reason: &str) -> Result<Error> {
    let minute = now_ms / 60_000;
    transaction!(db, |tx| {
        sqlx::query("delete from wrong_codes where minute < $1").bind(minute).execute(&mut *tx).await?;
        sqlx::query(
            "insert into wrong_codes (minute, tries) values ($1, 1)
             on conflict (minute) do update set tries = wrong_codes.tries + 1",
        )
        .bind(minute)
        .execute(&mut *tx)
        .await?;
    })?;
    Ok(Error::new(Kind::NotFound, "unknown_code", reason).with_field("code"))
}

/// Lists the gatherings of a neighbourhood, the latest first.
pub async fn list(db: &Db, neighbourhood: &Id) -> Result<Vec<Gathering>> {
    let rows: Vec<Row> = read!(db, |pool| {
        sqlx::query_as(gathering!("where neighbourhood_id = $1 order by held_on desc, name, id"))
            .bind(neighbourhood)
            .fetch_all(pool)
            .await
    })?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Lists the participants of a gathering by label with what was noted of them; none without a note.
pub async fn notes(db: &Db, gathering: &Id) -> Result<Vec<(String, String)>> {
    Ok(read!(db, |pool| {
        sqlx::query_as(
            "select label, note from participants where gathering_id = $1 and note is not null
             order by length(label), label",
        )
        .bind(gathering)
        .fetch_all(pool)
        .await
    })?)
}

/// Counts the people and the pins of a gathering; people with a pin and those who agreed with an own one.
pub async fn tally(db: &Db, gathering: &Id) -> Result<Tally> {
    let (people, pins): (i64, i64) = read!(db, |pool| {
        sqlx::query_as(
            "select (select count(*) from
                 (select participant_id from pins where gathering_id = $1
                  union
                  select v.participant_id from votes v join pins p on p.id = v.pin_id
                  where v.gathering_id = $1 and v.vote = 'agree' and p.basis = 'own') as people),
                 (select count(*) from pins where gathering_id = $1)",
        )
        .bind(gathering)
        .fetch_one(pool)
        .await
    })?;
    Ok(Tally { people, pins })
}

/// Lets a device in and gives it with its token.
pub async fn add_device(db: &Db, gathering: &Gathering) -> Result<(Device, String)> {
    let token = token()?;
    let id = Id::new();
    let name = transaction!(db, |tx| {
        // Holds the gathering, so that a room that joins at once gets its letters one after another.
        sqlx::query("update gatherings set code = code where id = $1").bind(&gathering.id).execute(&mut *tx).await?;
        let (there,): (i64,) = sqlx::query_as("select count(*) from devices where gathering_id = $1")
            .bind(&gathering.id)
            .fetch_one(&mut *tx)
            .await?;
        let name = device_name(usize::try_from(there).unwrap_or_default());
        sqlx::query(
            "insert into devices (id, neighbourhood_id, gathering_id, name, token_digest)
             values ($1, $2, $3, $4, $5)",
        )
        .bind(&id)
        .bind(&gathering.neighbourhood)
        .bind(&gathering.id)
        .bind(&name)
        .bind(digest(&token))
        .execute(&mut *tx)
        .await?;
        name
    })?;
    let device = Device {
        id,
        neighbourhood: gathering.neighbourhood.clone(),
        gathering: gathering.id.clone(),
        name,
        from_file: false,
    };
    Ok((device, token))
}

/// The device that holds the token of this digest.
pub async fn device(db: &Db, token_digest: &str) -> Result<Option<Device>> {
    let found: Option<(Id, Id, Id, String)> = read!(db, |pool| {
        sqlx::query_as("select id, neighbourhood_id, gathering_id, name from devices where token_digest = $1")
            .bind(token_digest)
            .fetch_optional(pool)
            .await
    })?;
    Ok(found.map(|(id, neighbourhood, gathering, name)| Device {
        id,
        neighbourhood,
        gathering,
        name,
        from_file: false,
    }))
}

/// A device that joined a gathering, as the file speaks for it that staff takes in.
pub async fn device_of_file(db: &Db, gathering: &Id, id: &Id) -> Result<Option<Device>> {
    let found: Option<(Id, String)> = read!(db, |pool| {
        sqlx::query_as("select neighbourhood_id, name from devices where id = $1 and gathering_id = $2")
            .bind(id)
            .bind(gathering)
            .fetch_optional(pool)
            .await
    })?;
    let (id, gathering) = (id.clone(), gathering.clone());
    Ok(found.map(|(neighbourhood, name)| Device { id, neighbourhood, gathering, name, from_file: true }))
}

/// Erases what participants of gatherings before a date told about themselves, what was noted of them, and what their
/// withdrawal slips open. Says of how many.
pub async fn forget_who(db: &Db, neighbourhood: &Id, before: &str) -> Result<u64> {
    transaction!(db, |tx| {
        sqlx::query(
            "update participants set age = null, gender = null, role = null, note = null, slip_digest = null
             where neighbourhood_id = $1 and (age is not null or gender is not null or role is not null
                 or note is not null or slip_digest is not null)
             and gathering_id in (select id from gatherings where neighbourhood_id = $1 and held_on < $2)",
        )
        .bind(neighbourhood)
        .bind(before)
        .execute(&mut *tx)
        .await?
        .rows_affected()
    })
}

/// Adds a participant or stores what is now said of them. Gives the label, and whether they are new.
pub async fn put_participant(db: &Db, device: &Device, id: &Id, new: &NewParticipant) -> Result<(String, bool)> {
    let slip_digest = new.slip.as_deref().map(digest);
    transaction!(db, |tx| {
        let there: Option<(String, Id, bool)> =
            sqlx::query_as("select label, device_id, withdrawn from participants where id = $1")
                .bind(id)
                .fetch_optional(&mut *tx)
                .await?;
        let (taken,): (i64,) = sqlx::query_as("select count(*) from participants where slip_digest = $1 and id <> $2")
            .bind(&slip_digest)
            .bind(id)
            .fetch_one(&mut *tx)
            .await?;
        if taken > 0 {
            Err(Error::conflict("slip_taken", "another participant has this code").with_field("slip"))?;
        }
        let label = match &there {
            Some((_, owner, _)) if *owner != device.id => {
                Err(Error::conflict("participant_of_another_device", "another device has a participant of this id"))?
            }
            Some((_, _, true)) => Err(withdrawn())?,
            Some((label, ..)) => label.clone(),
            None => {
                let (there,): (i64,) = sqlx::query_as("select count(*) from participants where device_id = $1")
                    .bind(&device.id)
                    .fetch_one(&mut *tx)
                    .await?;
                format!("{}{}", device.name, there + 1)
            }
        };
        sqlx::query(
            "insert into participants
             (id, neighbourhood_id, gathering_id, device_id, label, age, gender, role, note, slip_digest)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
             on conflict (id) do update set age = excluded.age, gender = excluded.gender, role = excluded.role,
                 note = excluded.note, slip_digest = coalesce(excluded.slip_digest, participants.slip_digest)",
        )
        .bind(id)
        .bind(&device.neighbourhood)
        .bind(&device.gathering)
        .bind(&device.id)
        .bind(&label)
        .bind(new.age.map(super::AgeBand::code))
        .bind(new.gender.map(super::Gender::code))
        .bind(new.role.map(super::Part::code))
        .bind(&new.note)
        .bind(&slip_digest)
        .execute(&mut *tx)
        .await?;
        (label, there.is_none())
    })
}
