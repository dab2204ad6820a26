//! Rows that are carried, out of the hub's database and into the main server's.

use std::collections::HashSet;

use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Row as _};

use crate::carried::{
    ATTACHED, ATTACHMENT, Arrived, Batch, Column, DELETED_PIN, DEVICE, GATHERING, Holds, PARTICIPANT, PIN, Row, VOTE,
};
use crate::db::{Db, is_taken};
use crate::error::{Error, Result};
use crate::gatherings::Phase;
use crate::id::Id;
use crate::{read, transaction};

/// A table whose rows are carried.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    name: &'static str,
    columns: &'static [Column],
    /// The column that says to what the rows belong.
    within: &'static str,
    /// The column whose order the rows come in.
    key: &'static str,
}

/// The gatherings of a neighbourhood.
pub const GATHERINGS: Table = Table { name: "gatherings", columns: GATHERING, within: "neighbourhood_id", key: "id" };
/// The devices of a gathering.
pub const DEVICES: Table = of_gathering("devices", DEVICE, "id");
/// The participants of a gathering.
pub const PARTICIPANTS: Table = of_gathering("participants", PARTICIPANT, "id");
/// The pins of a gathering.
pub const PINS: Table = of_gathering("pins", PIN, "id");
/// The votes of a gathering, by the pin they are about.
pub const VOTES: Table = of_gathering("votes", VOTE, "pin_id");
/// Which pins of a gathering have photos and voice notes.
pub const ATTACHED_TO: Table = of_gathering("attachments", ATTACHED, "pin_id");
/// The photos and voice notes of a gathering.
pub const ATTACHMENTS: Table = of_gathering("attachments", ATTACHMENT, "id");
/// The deleted pins of a gathering.
pub const DELETED_PINS: Table = of_gathering("deleted_pins", DELETED_PIN, "id");

const fn of_gathering(name: &'static str, columns: &'static [Column], key: &'static str) -> Table {
    Table { name, columns, within: "gathering_id", key }
}

/// What marks a device that came along: no token has this digest, so nobody can speak as it here but through a file.
const CARRIED: &str = "carried:";

/// Reads rows after one key, up to another, in the order of their keys.
pub async fn rows(db: &Db, table: Table, within: &Id, after: &str, up_to: &str, limit: i64) -> Result<Vec<Row>> {
    let Table { name, columns, within: belongs, key } = table;
    let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
    let sql = format!(
        "select {} from {name} where {belongs} = $1 and {key} > $2 and {key} <= $3 order by {key} limit $4",
        names.join(", ")
    );
    read!(db, |pool| {
        let found = sqlx::query(AssertSqlSafe(sql)).bind(within).bind(after).bind(up_to).bind(limit);
        let mut rows = Vec::new();
        for row in found.fetch_all(pool).await? {
            let mut read = Row::new();
            for (at, column) in columns.iter().enumerate() {
                let value = match column.holds {
                    Holds::Whole(..) => json!(row.try_get::<Option<i64>, _>(at)?),
                    Holds::Degrees(_) => json!(row.try_get::<Option<f64>, _>(at)?),
                    Holds::Flag => json!(row.try_get::<Option<bool>, _>(at)?),
                    _ => json!(row.try_get::<Option<String>, _>(at)?),
                };
                read.insert(column.name.to_owned(), value);
            }
            rows.push(read);
        }
        Ok(rows)
    })
}

/// Counts the rows of a gathering.
pub async fn count(db: &Db, table: Table, gathering: &Id) -> Result<i64> {
    let sql = format!("select count(*) from {} where {} = $1", table.name, table.within);
    Ok(read!(db, |pool| { sqlx::query_scalar(AssertSqlSafe(sql)).bind(gathering).fetch_one(pool).await })?)
}

/// How rows of a table are put: what they are selected from, and what happens to a row that is there.
struct Way {
    table: Table,
    /// What stands in the place of a column's own value.
    given: &'static [(&'static str, &'static str)],
    /// More columns, and what they hold.
    more: &'static [(&'static str, &'static str)],
    /// `{n}` and `{g}` are the neighbourhood and the gathering; a column's name in braces is its value.
    from: &'static str,
    on_conflict: &'static str,
}

impl Way {
    /// The statement: the values of the columns in their order, then the neighbourhood and the gathering.
    fn sql(&self) -> String {
        let columns = self.table.columns;
        let place = |name: &str| match name {
            "n" => format!("${}", columns.len() + 1),
            "g" => format!("${}", columns.len() + 2),
            name => format!("${}", 1 + columns.iter().position(|column| column.name == name).unwrap_or_default()),
        };
        let filled = |text: &str| {
            let names = columns.iter().map(|column| column.name).chain(["n", "g"]);
            names.fold(text.to_owned(), |text, name| text.replace(&format!("{{{name}}}"), &place(name)))
        };
        let mut names: Vec<&str> = columns.iter().map(|column| column.name).collect();
        let mut values: Vec<String> = columns
            .iter()
            .map(|column| {
                let given = self.given.iter().find(|(name, _)| *name == column.name);
                given.map_or_else(|| place(column.name), |(_, value)| (*value).to_owned())
            })
            .collect();
        for (name, value) in [("neighbourhood_id", "{n}"), ("gathering_id", "{g}")].iter().chain(self.more) {
            names.push(name);
            values.push(filled(value));
        }
        format!(
            "insert into {} ({}) select {} {} on conflict {}",
            self.table.name,
            names.join(", "),
            values.join(", "),
            filled(self.from),
            self.on_conflict
        )
    }
}

const DEVICES_IN: Way = Way {
    table: DEVICES,
    given: &[],
    more: &[("token_digest", "'carried:' || g.id || {id}")],
    from: "from gatherings g where g.id = {g}",
    on_conflict: "(id) do nothing",
};

/// Whoever took everything back here has done so for good.
const PARTICIPANTS_IN: Way = Way {
    table: PARTICIPANTS,
    given: &[("device_id", "d.id")],
    more: &[],
    from: "from devices d where d.id = {device_id} and d.gathering_id = {g}",
    on_conflict: "(id) do update set age = excluded.age, gender = excluded.gender, role = excluded.role,
         note = excluded.note, slip_digest = excluded.slip_digest, withdrawn = excluded.withdrawn
     where not participants.withdrawn and participants.device_id = excluded.device_id",
};

/// A decision that was made here about the same words stays.
const PINS_IN: Way = Way {
    table: PINS,
    given: &[("participant_id", "a.id"), ("device_id", "a.device_id")],
    more: &[],
    from: "from participants a where a.id = {participant_id} and a.device_id = {device_id} and a.gathering_id = {g}
         and not a.withdrawn and not exists (select 1 from deleted_pins d where d.id = {id})",
    on_conflict: "(id) do update set
         participant_id = excluded.participant_id, lon = excluded.lon, lat = excluded.lat, shape = excluded.shape,
         feeling = excluded.feeling, intensity = excluded.intensity, radius_m = excluded.radius_m,
         precision_m = excluded.precision_m, when_parts = excluded.when_parts, days = excluded.days,
         frequency = excluded.frequency, effect = excluded.effect, themes = excluded.themes, basis = excluded.basis,
         comment = excluded.comment, help = excluded.help, lang = excluded.lang,
         moderation = case when pins.comment is not distinct from excluded.comment
             and pins.help is not distinct from excluded.help and pins.moderation <> 'waiting'
             then pins.moderation else excluded.moderation end,
         wording = case when pins.comment is not distinct from excluded.comment
             and pins.help is not distinct from excluded.help and pins.moderation <> 'waiting'
             then pins.wording else excluded.wording end,
         help_wording = case when pins.comment is not distinct from excluded.comment
             and pins.help is not distinct from excluded.help and pins.moderation <> 'waiting'
             then pins.help_wording else excluded.help_wording end,
         hidden_because = case when pins.comment is not distinct from excluded.comment
             and pins.help is not distinct from excluded.help and pins.moderation <> 'waiting'
             then pins.hidden_because else excluded.hidden_because end
     where pins.device_id = excluded.device_id",
};

const VOTES_IN: Way = Way {
    table: VOTES,
    given: &[("pin_id", "p.id"), ("participant_id", "a.id")],
    more: &[],
    from: "from pins p join participants a on a.gathering_id = p.gathering_id where p.id = {pin_id}
         and a.id = {participant_id} and p.gathering_id = {g} and not a.withdrawn and p.participant_id <> a.id",
    on_conflict: "(pin_id, participant_id) do update set vote = excluded.vote",
};

/// What a moderator here did to the same photo stays, also a blur; a decision of the hub comes where nobody here decided.
const ATTACHMENTS_IN: Way = Way {
    table: ATTACHMENTS,
    given: &[("pin_id", "p.id")],
    more: &[],
    from: "from pins p where p.id = {pin_id} and p.gathering_id = {g}",
    on_conflict: "(pin_id, kind) do update set media = excluded.media, duration_ms = excluded.duration_ms,
         caption = excluded.caption, moderation = excluded.moderation, hidden_because = excluded.hidden_because,
         put_digest = excluded.put_digest, content = excluded.content
     where attachments.put_digest <> excluded.put_digest
         or (attachments.moderation = 'waiting' and excluded.moderation <> 'waiting')",
};

const DELETED_PINS_IN: Way = Way {
    table: DELETED_PINS,
    given: &[("device_id", "d.id")],
    more: &[],
    from: "from devices d where d.id = {device_id} and d.gathering_id = {g}",
    on_conflict: "(id) do nothing",
};

fn text<'r>(row: &'r Row, name: &str) -> &'r str {
    row.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// Binds a row's columns in their order.
macro_rules! bind_row {
    ($query:expr, $row:expr, $columns:expr) => {{
        let mut query = $query;
        for column in $columns {
            let value = $row.get(column.name).unwrap_or(&Value::Null);
            query = match column.holds {
                Holds::Whole(..) => query.bind(value.as_i64()),
                Holds::Degrees(_) => query.bind(value.as_f64()),
                Holds::Flag => query.bind(value.as_bool()),
                _ => query.bind(value.as_str().map(str::to_owned)),
            };
        }
        query
    }};
}

/// Takes in a checked batch in one transaction. Rows that are there are brought up to date; what was decided, taken back or
/// deleted here stays so. A new gathering gets this code.
#[expect(clippy::too_many_lines, reason = "one transaction, whose connection is of another type for each database")]
pub async fn take_in(db: &Db, neighbourhood: &Id, batch: &Batch, code: &str) -> Result<Arrived> {
    let gathering = Id::parse("gathering.id", text(&batch.gathering, "id"))?;
    let done: Result<Arrived> = transaction!(db, |tx| {
        let mut arrived = Arrived::default();
        let there: Option<(Id, String)> =
            sqlx::query_as("select neighbourhood_id, phase from gatherings where id = $1")
                .bind(&gathering)
                .fetch_optional(&mut *tx)
                .await?;
        match there {
            Some((elsewhere, _)) if elsewhere != *neighbourhood => {
                Err(Error::conflict("gathering_elsewhere", "another neighbourhood has this gathering"))?;
            }
            // It may have been reopened or closed here: only the hub's next step counts.
            Some((_, phase)) => {
                let next = Phase::parse("gathering.phase", text(&batch.gathering, "phase"))?;
                if next > Phase::parse("phase", &phase)? {
                    sqlx::query("update gatherings set phase = $2 where id = $1")
                        .bind(&gathering)
                        .bind(next.code())
                        .execute(&mut *tx)
                        .await?;
                }
                arrived.already += 1;
            }
            None => {
                let names: Vec<&str> = GATHERING.iter().map(|column| column.name).collect();
                let places: Vec<String> = (1..=GATHERING.len() + 2).map(|at| format!("${at}")).collect();
                let sql = format!(
                    "insert into gatherings ({}, neighbourhood_id, code) values ({})",
                    names.join(", "),
                    places.join(", ")
                );
                bind_row!(sqlx::query(AssertSqlSafe(sql)), batch.gathering, GATHERING)
                    .bind(neighbourhood)
                    .bind(code)
                    .execute(&mut *tx)
                    .await?;
                arrived.new += 1;
            }
        }
        // Votes that were taken back at the hub go here too; those of devices that joined here stay.
        let kept: HashSet<(&str, &str)> =
            batch.votes.iter().map(|vote| (text(vote, "pin_id"), text(vote, "participant_id"))).collect();
        for pin in &batch.pins {
            let known: Vec<String> = sqlx::query_scalar(
                "select v.participant_id from votes v join participants a on a.id = v.participant_id
                 join devices d on d.id = a.device_id
                 where v.pin_id = $1 and v.gathering_id = $2 and d.token_digest like $3",
            )
            .bind(text(pin, "id"))
            .bind(&gathering)
            .bind(format!("{CARRIED}%"))
            .fetch_all(&mut *tx)
            .await?;
            for voter in known.iter().filter(|voter| !kept.contains(&(text(pin, "id"), voter.as_str()))) {
                sqlx::query("delete from votes where pin_id = $1 and participant_id = $2")
                    .bind(text(pin, "id"))
                    .bind(voter)
                    .execute(&mut *tx)
                    .await?;
            }
        }
        // A photo that was taken back at the hub goes here too.
        let shown: HashSet<(&str, &str)> =
            batch.attached.iter().map(|one| (text(one, "pin_id"), text(one, "kind"))).collect();
        for pin in &batch.pins {
            let known: Vec<String> =
                sqlx::query_scalar("select kind from attachments where pin_id = $1 and gathering_id = $2")
                    .bind(text(pin, "id"))
                    .bind(&gathering)
                    .fetch_all(&mut *tx)
                    .await?;
            for kind in known.iter().filter(|kind| !shown.contains(&(text(pin, "id"), kind.as_str()))) {
                sqlx::query("delete from attachments where pin_id = $1 and kind = $2")
                    .bind(text(pin, "id"))
                    .bind(kind)
                    .execute(&mut *tx)
                    .await?;
            }
        }
        for deleted in &batch.deleted_pins {
            sqlx::query("delete from pins where id = $1 and gathering_id = $2 and device_id = $3")
                .bind(text(deleted, "id"))
                .bind(&gathering)
                .bind(text(deleted, "device_id"))
                .execute(&mut *tx)
                .await?;
        }
        for (rows, way) in [
            (&batch.devices, &DEVICES_IN),
            (&batch.participants, &PARTICIPANTS_IN),
            (&batch.deleted_pins, &DELETED_PINS_IN),
            (&batch.pins, &PINS_IN),
            (&batch.votes, &VOTES_IN),
            (&batch.attachments, &ATTACHMENTS_IN),
        ] {
            let sql = way.sql();
            let Table { name, key, columns, .. } = way.table;
            // Of two columns that name a row the second is the participant's.
            let also = if name == VOTES.name { "participant_id" } else { key };
            let known = format!("select count(*) from {name} where {key} = $1 and {also} = $2");
            for row in rows {
                let known: i64 = sqlx::query_scalar(AssertSqlSafe(known.clone()))
                    .bind(text(row, key))
                    .bind(text(row, also))
                    .fetch_one(&mut *tx)
                    .await?;
                let written = bind_row!(sqlx::query(AssertSqlSafe(sql.clone())), row, columns)
                    .bind(neighbourhood)
                    .bind(&gathering)
                    .execute(&mut *tx)
                    .await?
                    .rows_affected();
                match (known, written) {
                    (0, 0) => arrived.gone += 1,
                    (0, _) => arrived.new += 1,
                    _ => arrived.already += 1,
                }
            }
        }
        arrived
    });
    done.map_err(|error| {
        if is_taken(&error) {
            return Error::conflict("collected_twice", "tablets joined this gathering here and at the hub");
        }
        error
    })
}
