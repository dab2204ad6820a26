//! Recorders and their codes in the database.

use crate::db::{Db, is_taken};
use crate::error::{Error, Result};
use crate::gatherings::{new_code, store as gatherings};
use crate::id::{Id, digest, token};
use crate::recorders::{CODE_SIGNS, Notes, Recorder, Task};
use crate::{read, transaction};

/// Gives the code with which phones join; the same each time it is asked for.
pub async fn open(db: &Db, neighbourhood: &Id, task: Task, about: &Id) -> Result<String> {
    for _ in 0..20 {
        if let Some(code) = code(db, task, about).await? {
            return Ok(code);
        }
        let added = transaction!(db, |tx| {
            sqlx::query("insert into recorder_codes (code, neighbourhood_id, task, about_id) values ($1, $2, $3, $4)")
                .bind(new_code(CODE_SIGNS)?)
                .bind(neighbourhood)
                .bind(task.code())
                .bind(about)
                .execute(&mut *tx)
                .await?;
        });
        match added {
            Err(error) if !is_taken(&error) => return Err(error),
            _ => {}
        }
    }
    Err(Error::internal("no free code found"))
}

/// Finds the code of a walk or data walk.
pub async fn code(db: &Db, task: Task, about: &Id) -> Result<Option<String>> {
    let found: Option<(String,)> = read!(db, |pool| {
        sqlx::query_as("select code from recorder_codes where task = $1 and about_id = $2")
            .bind(task.code())
            .bind(about)
            .fetch_optional(pool)
            .await
    })?;
    Ok(found.map(|(code,)| code))
}

/// Ends the code of a walk or data walk and lets its recorders go.
pub async fn close(db: &Db, task: Task, about: &Id) -> Result<()> {
    transaction!(db, |tx| {
        for table in ["recorder_codes", "recorders"] {
            sqlx::query(sqlx::AssertSqlSafe(format!("delete from {table} where task = $1 and about_id = $2")))
                .bind(task.code())
                .bind(about)
                .execute(&mut *tx)
                .await?;
        }
    })
}

/// Lets a phone join by a clean code; gives it with its token. A wrong code is counted, and too many close the door for
/// everyone for a while.
pub async fn join(db: &Db, code: &str, now_ms: i64) -> Result<(Recorder, String)> {
    gatherings::check_wrong_codes(db, now_ms).await?;
    let found: Option<(Id, String, Id)> = read!(db, |pool| {
        sqlx::query_as("select neighbourhood_id, task, about_id from recorder_codes where code = $1")
            .bind(code)
            .fetch_optional(pool)
            .await
    })?;
    let Some((neighbourhood, task, about)) = found else {
        return Err(gatherings::wrong_code(db, now_ms, "no walk has this code").await?);
    };
    let recorder = Recorder { id: Id::new(), neighbourhood, task: Task::parse("task", &task)?, about };
    let token = token()?;
    transaction!(db, |tx| {
        sqlx::query(
            "insert into recorders (id, neighbourhood_id, task, about_id, token_digest) values ($1, $2, $3, $4, $5)",
        )
        .bind(&recorder.id)
        .bind(&recorder.neighbourhood)
        .bind(recorder.task.code())
        .bind(&recorder.about)
        .bind(digest(&token))
        .execute(&mut *tx)
        .await?;
    })?;
    Ok((recorder, token))
}

/// Finds the recorder whose token has this digest.
pub async fn find(db: &Db, token_digest: &str) -> Result<Option<Recorder>> {
    let found: Option<(Id, Id, String, Id)> = read!(db, |pool| {
        sqlx::query_as("select id, neighbourhood_id, task, about_id from recorders where token_digest = $1")
            .bind(token_digest)
            .fetch_optional(pool)
            .await
    })?;
    found
        .map(|(id, neighbourhood, task, about)| {
            Ok(Recorder { id, neighbourhood, task: Task::parse("task", &task)?, about })
        })
        .transpose()
}

/// Inside a transaction: fails where another recorder has a note of this id; says whether there is none yet.
macro_rules! check_own {
    ($tx:ident, $notes:expr, $recorder:expr, $id:expr) => {{
        let by = format!("select recorder_id from {} where id = $1", $notes.table);
        let by: Option<($crate::id::Id,)> =
            sqlx::query_as(sqlx::AssertSqlSafe(by)).bind($id).fetch_optional(&mut *$tx).await?;
        if by.as_ref().is_some_and(|(by,)| *by != *$recorder) {
            Err($notes.of_another())?;
        }
        by.is_none()
    }};
}
pub(crate) use check_own;

/// The same before a put, which fails too where the note was deleted.
macro_rules! check_put {
    ($tx:ident, $notes:expr, $recorder:expr, $id:expr) => {{
        let deleted = format!("select id from {} where id = $1", $notes.deleted);
        let deleted: Option<($crate::id::Id,)> =
            sqlx::query_as(sqlx::AssertSqlSafe(deleted)).bind($id).fetch_optional(&mut *$tx).await?;
        if deleted.is_some() {
            Err($notes.is_deleted())?;
        }
        $crate::recorders::store::check_own!($tx, $notes, $recorder, $id)
    }};
}
pub(crate) use check_put;

/// Deletes a note of a recorder for good; again and again if need be.
pub async fn forget(db: &Db, notes: &Notes, recorder: &Recorder, id: &Id) -> Result<()> {
    let Notes { table, about, deleted, .. } = notes;
    transaction!(db, |tx| {
        let _ = check_own!(tx, notes, &recorder.id, id);
        sqlx::query(sqlx::AssertSqlSafe(format!(
            "insert into {deleted} (id, neighbourhood_id, {about}, recorder_id) values ($1, $2, $3, $4)
             on conflict (id) do nothing"
        )))
        .bind(id)
        .bind(&recorder.neighbourhood)
        .bind(&recorder.about)
        .bind(&recorder.id)
        .execute(&mut *tx)
        .await?;
        sqlx::query(sqlx::AssertSqlSafe(format!("delete from {table} where id = $1")))
            .bind(id)
            .execute(&mut *tx)
            .await?;
    })
}
