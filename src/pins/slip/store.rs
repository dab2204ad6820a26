//! What a withdrawal slip opens, in the database.

use crate::db::Db;
use crate::error::{Error, Result};
use crate::gatherings::{Gathering, store as gatherings};
use crate::id::{Id, digest};
use crate::{read, transaction};

/// Whose slip it is.
#[derive(Debug, Clone)]
pub struct Holder {
    /// The participant.
    pub participant: Id,
    /// The gathering they were at.
    pub gathering: Gathering,
    /// Whether they took back all they said.
    pub withdrawn: bool,
}

/// Finds whose slip a clean code is; a wrong one is counted, and too many close the door for everyone for a while.
pub async fn find(db: &Db, code: &str, now_ms: i64) -> Result<Holder> {
    gatherings::check_wrong_codes(db, now_ms).await?;
    let found: Option<(Id, Id, bool)> = read!(db, |pool| {
        sqlx::query_as("select id, gathering_id, withdrawn from participants where slip_digest = $1")
            .bind(digest(code))
            .fetch_optional(pool)
            .await
    })?;
    let Some((participant, gathering, withdrawn)) = found else {
        return Err(gatherings::wrong_code(db, now_ms, "nobody has a slip with this code").await?);
    };
    let gathering = gatherings::find(db, &gathering).await?.ok_or_else(|| Error::not_found("gathering"))?;
    Ok(Holder { participant, gathering, withdrawn })
}

/// Deletes a pin of the participant and remembers that it was; again and again if need be. Says whether it was there.
pub async fn delete_pin(db: &Db, participant: &Id, pin: &Id) -> Result<bool> {
    transaction!(db, |tx| {
        sqlx::query(
            "insert into deleted_pins (id, neighbourhood_id, gathering_id, device_id)
             select id, neighbourhood_id, gathering_id, device_id from pins where id = $1 and participant_id = $2
             on conflict (id) do nothing",
        )
        .bind(pin)
        .bind(participant)
        .execute(&mut *tx)
        .await?;
        let gone = sqlx::query("delete from pins where id = $1 and participant_id = $2")
            .bind(pin)
            .bind(participant)
            .execute(&mut *tx)
            .await?
            .rows_affected();
        gone > 0
    })
}

/// What was taken back, so that those who count hear of it.
#[derive(Debug, Clone, Default)]
pub struct Withdrawn {
    /// The participant's own pins.
    pub pins: Vec<Id>,
    /// The pins of others that they said something to.
    pub voted: Vec<Id>,
}

/// Takes back all that a participant said: pins, votes, who they are, what was noted. Nothing of theirs is taken later,
/// however late an older letter arrives.
pub async fn withdraw(db: &Db, participant: &Id) -> Result<Withdrawn> {
    transaction!(db, |tx| {
        // First, so that a pin which is just being put either comes before or is refused.
        sqlx::query(
            "update participants set withdrawn = true, age = null, gender = null, role = null, note = null where id = $1",
        )
        .bind(participant)
        .execute(&mut *tx)
        .await?;
        let voted: Vec<Id> = sqlx::query_scalar("delete from votes where participant_id = $1 returning pin_id")
            .bind(participant)
            .fetch_all(&mut *tx)
            .await?;
        sqlx::query(
            "insert into deleted_pins (id, neighbourhood_id, gathering_id, device_id)
             select id, neighbourhood_id, gathering_id, device_id from pins where participant_id = $1
             on conflict (id) do nothing",
        )
        .bind(participant)
        .execute(&mut *tx)
        .await?;
        let pins: Vec<Id> = sqlx::query_scalar("delete from pins where participant_id = $1 returning id")
            .bind(participant)
            .fetch_all(&mut *tx)
            .await?;
        Withdrawn { pins, voted }
    })
}
