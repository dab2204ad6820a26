//! Actions, their steps and votes, in the database.

use std::collections::HashMap;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::actions::{
    Action, ActionCost, ActionKind, ActionLever, ActionOwner, ActionStatus, MAX_ACTIONS, MAX_SOURCES, Step, Told, Votes,
};
use crate::db::Db;
use crate::error::{Error, Kind as ErrorKind, Result};
use crate::id::Id;
use crate::{read, transaction};

#[derive(sqlx::FromRow)]
struct Row {
    id: Id,
    neighbourhood_id: Id,
    problem: String,
    goal: String,
    measure: String,
    kind: String,
    lever: Option<String>,
    owner: Option<String>,
    co_owner: Option<String>,
    cost: Option<String>,
    due: Option<String>,
    status: String,
    reason: Option<String>,
    proposed_on: String,
    answer_due: String,
    answered_on: Option<String>,
    indicator: Option<String>,
    review_on: Option<String>,
    public_text: Option<String>,
    came_from: Option<String>,
    evidence: String,
    removed: bool,
}

#[derive(sqlx::FromRow)]
struct StepRow {
    action_id: Id,
    status: String,
    day: String,
    at_ms: i64,
    reason: Option<String>,
}

/// What belongs to an action in other tables.
#[derive(Default)]
struct Own {
    places: Vec<Id>,
    votes: Vec<Votes>,
    steps: Vec<Step>,
}

fn from_json<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(Error::internal)
}

fn to_json<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(Error::internal)
}

fn word<T>(code: Option<String>, parse: impl Fn(&str) -> Result<T>) -> Result<Option<T>> {
    code.map(|code| parse(&code)).transpose()
}

fn action(row: Row, own: Own) -> Result<Action> {
    Ok(Action {
        id: row.id,
        neighbourhood: row.neighbourhood_id,
        told: Told {
            places: own.places,
            problem: row.problem,
            goal: row.goal,
            measure: row.measure,
            kind: ActionKind::parse("kind", &row.kind)?,
            lever: word(row.lever, |code| ActionLever::parse("lever", code))?,
            owner: word(row.owner, |code| ActionOwner::parse("owner", code))?,
            co_owner: row.co_owner,
            cost: word(row.cost, |code| ActionCost::parse("cost", code))?,
            due: row.due,
            answer_due: row.answer_due,
            indicator: row.indicator,
            review_on: row.review_on,
            public_text: row.public_text,
        },
        status: ActionStatus::parse("status", &row.status)?,
        reason: row.reason,
        proposed_on: row.proposed_on,
        answered_on: row.answered_on,
        came_from: row.came_from.as_deref().map(from_json).transpose()?,
        evidence: from_json(&row.evidence)?,
        votes: own.votes,
        steps: own.steps,
        removed: row.removed,
    })
}

macro_rules! action {
    ($rest:literal) => {
        concat!(
            "select id, neighbourhood_id, problem, goal, measure, kind, lever, owner, co_owner, cost, due, status, reason,
             proposed_on, answer_due, answered_on, indicator, review_on, public_text, came_from, evidence, removed
             from actions ",
            $rest
        )
    };
}

/// Lists the actions of a neighbourhood that were not removed, the first proposed first.
pub async fn list(db: &Db, neighbourhood: &Id) -> Result<Vec<Action>> {
    let rows: Vec<Row> = read!(db, |pool| {
        sqlx::query_as(action!("where neighbourhood_id = $1 and not removed order by proposed_on, id"))
            .bind(neighbourhood)
            .fetch_all(pool)
            .await
    })?;
    let mut own = own(db, neighbourhood).await?;
    rows.into_iter()
        .map(|row| {
            let own = own.remove(&row.id).unwrap_or_default();
            action(row, own)
        })
        .collect()
}

/// Finds an action of a neighbourhood, a removed one too.
pub async fn find(db: &Db, neighbourhood: &Id, id: &Id) -> Result<Option<Action>> {
    let row: Option<Row> = read!(db, |pool| {
        sqlx::query_as(action!("where neighbourhood_id = $1 and id = $2"))
            .bind(neighbourhood)
            .bind(id)
            .fetch_optional(pool)
            .await
    })?;
    let Some(row) = row else { return Ok(None) };
    let own = own(db, neighbourhood).await?.remove(id).unwrap_or_default();
    action(row, own).map(Some)
}

/// Places, votes and steps of every action of a neighbourhood.
async fn own(db: &Db, neighbourhood: &Id) -> Result<HashMap<Id, Own>> {
    let mut all: HashMap<Id, Own> = HashMap::new();
    let places: Vec<(Id, Id)> = read!(db, |pool| {
        sqlx::query_as("select action_id, place_id from action_places where neighbourhood_id = $1 order by number")
            .bind(neighbourhood)
            .fetch_all(pool)
            .await
    })?;
    for (action, place) in places {
        all.entry(action).or_default().places.push(place);
    }
    let votes: Vec<(Id, String, i64)> = read!(db, |pool| {
        sqlx::query_as("select action_id, source, people from action_votes where neighbourhood_id = $1 order by source")
            .bind(neighbourhood)
            .fetch_all(pool)
            .await
    })?;
    for (action, source, people) in votes {
        all.entry(action).or_default().votes.push(Votes { source, people });
    }
    let steps: Vec<StepRow> = read!(db, |pool| {
        sqlx::query_as(
            "select action_id, status, day, at_ms, reason from action_steps where neighbourhood_id = $1 order by number",
        )
        .bind(neighbourhood)
        .fetch_all(pool)
        .await
    })?;
    for row in steps {
        let status = ActionStatus::parse("status", &row.status)?;
        let step = Step { status, day: row.day, at_ms: row.at_ms, reason: row.reason };
        all.entry(row.action_id).or_default().steps.push(step);
    }
    Ok(all)
}

macro_rules! put_places {
    ($tx:ident, $action:expr) => {
        for (place, number) in $action.told.places.iter().zip(0_i64..) {
            sqlx::query(
                "insert into action_places (action_id, place_id, neighbourhood_id, number) values ($1, $2, $3, $4)",
            )
            .bind(&$action.id)
            .bind(place)
            .bind(&$action.neighbourhood)
            .bind(number)
            .execute(&mut *$tx)
            .await?;
        }
    };
}

macro_rules! put_step {
    ($tx:ident, $action:expr, $step:expr, $number:expr) => {
        sqlx::query(
            "insert into action_steps (id, neighbourhood_id, action_id, number, status, day, at_ms, reason)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(Id::new())
        .bind(&$action.neighbourhood)
        .bind(&$action.id)
        .bind($number)
        .bind($step.status.code())
        .bind(&$step.day)
        .bind($step.at_ms)
        .bind(&$step.reason)
        .execute(&mut *$tx)
        .await?
    };
}

/// Binds $1 to $19: what an action says, with how it stands.
macro_rules! bind_told {
    ($query:expr, $action:ident, $evidence:expr) => {{
        let told = &$action.told;
        $query
            .bind(&$action.neighbourhood)
            .bind(&$action.id)
            .bind(&told.problem)
            .bind(&told.goal)
            .bind(&told.measure)
            .bind(told.kind.code())
            .bind(told.lever.map(ActionLever::code))
            .bind(told.owner.map(ActionOwner::code))
            .bind(&told.co_owner)
            .bind(told.cost.map(ActionCost::code))
            .bind(&told.due)
            .bind($action.status.code())
            .bind(&$action.reason)
            .bind(&told.answer_due)
            .bind(&$action.answered_on)
            .bind(&told.indicator)
            .bind(&told.review_on)
            .bind(&told.public_text)
            .bind($evidence)
    }};
}

/// Adds an action with its first step. Fails with `too_many_actions` beyond the most that a neighbourhood may have.
pub async fn add(db: &Db, new: &Action) -> Result<()> {
    let came_from = new.came_from.as_ref().map(to_json).transpose()?;
    let evidence = to_json(&new.evidence)?;
    transaction!(db, |tx| {
        let (there,): (i64,) =
            sqlx::query_as("select count(*) from actions where neighbourhood_id = $1 and not removed")
                .bind(&new.neighbourhood)
                .fetch_one(&mut *tx)
                .await?;
        if usize::try_from(there).unwrap_or_default() >= MAX_ACTIONS {
            Err(Error::conflict("too_many_actions", format!("{MAX_ACTIONS} actions are the most")))?;
        }
        let added = sqlx::query(
            "insert into actions (neighbourhood_id, id, problem, goal, measure, kind, lever, owner, co_owner, cost, due,
             status, reason, answer_due, answered_on, indicator, review_on, public_text, evidence, proposed_on, came_from,
             removed) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
             $21, $22)",
        );
        bind_told!(added, new, &evidence)
            .bind(&new.proposed_on)
            .bind(&came_from)
            .bind(new.removed)
            .execute(&mut *tx)
            .await?;
        put_places!(tx, new);
        for (step, number) in new.steps.iter().zip(0_i64..) {
            put_step!(tx, new, step, number);
        }
    })
}

/// Stores what changed of an action, and its new step if there is one. Two who step at once: the later one hears
/// `action_changed`.
pub async fn change(db: &Db, now: &Action, step: Option<&Step>) -> Result<()> {
    let evidence = to_json(&now.evidence)?;
    let steps_before = i64::try_from(now.steps.len()).map_err(Error::internal)?;
    transaction!(db, |tx| {
        let changed = sqlx::query(
            "update actions set problem = $3, goal = $4, measure = $5, kind = $6, lever = $7, owner = $8, co_owner = $9,
             cost = $10, due = $11, status = $12, reason = $13, answer_due = $14, answered_on = $15, indicator = $16,
             review_on = $17, public_text = $18, evidence = $19
             where neighbourhood_id = $1 and id = $2 and not removed",
        );
        let changed = bind_told!(changed, now, &evidence).execute(&mut *tx).await?;
        if changed.rows_affected() == 0 {
            Err(removed())?;
        }
        sqlx::query("delete from action_places where action_id = $1").bind(&now.id).execute(&mut *tx).await?;
        put_places!(tx, now);
        if let Some(step) = step {
            let (there,): (i64,) = sqlx::query_as("select count(*) from action_steps where action_id = $1")
                .bind(&now.id)
                .fetch_one(&mut *tx)
                .await?;
            if there != steps_before {
                Err(Error::conflict("action_changed", "somebody else changed this action just now"))?;
            }
            put_step!(tx, now, step, there);
        }
    })
}

/// The error for an action that was taken off the board.
#[must_use]
pub fn removed() -> Error {
    Error::new(ErrorKind::Gone, "action_removed", "the action was removed")
}

/// Takes an action off the board; again and again if need be. It can still be read by its id.
pub async fn remove(db: &Db, neighbourhood: &Id, id: &Id) -> Result<()> {
    transaction!(db, |tx| {
        sqlx::query("update actions set removed = true where neighbourhood_id = $1 and id = $2")
            .bind(neighbourhood)
            .bind(id)
            .execute(&mut *tx)
            .await?;
    })
}

/// Stores how many people were for an action on one occasion, in the stead of what was known of it; nobody takes it away.
pub async fn vote(db: &Db, action: &Action, votes: &Votes) -> Result<()> {
    transaction!(db, |tx| {
        sqlx::query("delete from action_votes where action_id = $1 and source = $2")
            .bind(&action.id)
            .bind(&votes.source)
            .execute(&mut *tx)
            .await?;
        let (there,): (i64,) = sqlx::query_as("select count(*) from action_votes where action_id = $1")
            .bind(&action.id)
            .fetch_one(&mut *tx)
            .await?;
        if usize::try_from(there).unwrap_or_default() >= MAX_SOURCES {
            Err(Error::conflict("too_many_votes", format!("{MAX_SOURCES} occasions are the most")))?;
        }
        if votes.people > 0 {
            sqlx::query(
                "insert into action_votes (action_id, source, neighbourhood_id, people) values ($1, $2, $3, $4)",
            )
            .bind(&action.id)
            .bind(&votes.source)
            .bind(&action.neighbourhood)
            .bind(votes.people)
            .execute(&mut *tx)
            .await?;
        }
    })
}
