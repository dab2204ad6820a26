//! What is written and published of places, in the database.

use crate::actions::answers::{Answer, Draft};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::neighbourhoods::Language;
use crate::{read, transaction};

#[derive(sqlx::FromRow)]
struct DraftRow {
    said: String,
    did: String,
    will_not: String,
    you_can: String,
    next_check: Option<String>,
    lang: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    slug: String,
    neighbourhood_id: Id,
    place_id: Id,
    neighbourhood_name: String,
    place_name: String,
    #[sqlx(flatten)]
    written: DraftRow,
    shown: String,
    approved_by: String,
    published_on: String,
    published_ms: i64,
}

impl TryFrom<DraftRow> for Draft {
    type Error = Error;

    fn try_from(row: DraftRow) -> Result<Self> {
        let DraftRow { said, did, will_not, you_can, next_check, lang } = row;
        Ok(Self { said, did, will_not, you_can, next_check, lang: Language::parse("lang", &lang)? })
    }
}

impl TryFrom<Row> for Answer {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            slug: row.slug,
            neighbourhood: row.neighbourhood_id,
            place: row.place_id,
            neighbourhood_name: row.neighbourhood_name,
            place_name: row.place_name,
            written: row.written.try_into()?,
            shown: serde_json::from_str(&row.shown).map_err(Error::internal)?,
            approved_by: row.approved_by,
            published_on: row.published_on,
            published_ms: row.published_ms,
        })
    }
}

/// Reads what is written of a place, published or not.
pub async fn draft(db: &Db, place: &Id) -> Result<Option<Draft>> {
    let row: Option<DraftRow> = read!(db, |pool| {
        sqlx::query_as("select said, did, will_not, you_can, next_check, lang from answer_drafts where place_id = $1")
            .bind(place)
            .fetch_optional(pool)
            .await
    })?;
    row.map(TryInto::try_into).transpose()
}

/// Writes of a place, in the stead of what was written before.
pub async fn write(db: &Db, neighbourhood: &Id, place: &Id, draft: &Draft) -> Result<()> {
    transaction!(db, |tx| {
        sqlx::query(
            "insert into answer_drafts (place_id, neighbourhood_id, said, did, will_not, you_can, next_check, lang)
             values ($1, $2, $3, $4, $5, $6, $7, $8)
             on conflict (place_id) do update set said = excluded.said, did = excluded.did,
             will_not = excluded.will_not, you_can = excluded.you_can, next_check = excluded.next_check,
             lang = excluded.lang",
        )
        .bind(place)
        .bind(neighbourhood)
        .bind(&draft.said)
        .bind(&draft.did)
        .bind(&draft.will_not)
        .bind(&draft.you_can)
        .bind(&draft.next_check)
        .bind(draft.lang.code())
        .execute(&mut *tx)
        .await?;
    })
}

/// Publishes an answer; nothing changes it any more.
pub async fn publish(db: &Db, answer: &Answer) -> Result<()> {
    let written = &answer.written;
    let shown = serde_json::to_string(&answer.shown).map_err(Error::internal)?;
    transaction!(db, |tx| {
        sqlx::query(
            "insert into answers (slug, neighbourhood_id, place_id, neighbourhood_name, place_name, said, did, will_not,
             you_can, next_check, lang, approved_by, published_on, published_ms, shown)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        )
        .bind(&answer.slug)
        .bind(&answer.neighbourhood)
        .bind(&answer.place)
        .bind(&answer.neighbourhood_name)
        .bind(&answer.place_name)
        .bind(&written.said)
        .bind(&written.did)
        .bind(&written.will_not)
        .bind(&written.you_can)
        .bind(&written.next_check)
        .bind(written.lang.code())
        .bind(&answer.approved_by)
        .bind(&answer.published_on)
        .bind(answer.published_ms)
        .bind(&shown)
        .execute(&mut *tx)
        .await?;
    })
}

macro_rules! answer {
    ($rest:literal) => {
        concat!(
            "select slug, neighbourhood_id, place_id, neighbourhood_name, place_name, said, did, will_not, you_can,
             next_check, lang, approved_by, published_on, published_ms, shown from answers ",
            $rest
        )
    };
}

/// Finds a published answer by its name in addresses.
pub async fn find(db: &Db, slug: &str) -> Result<Option<Answer>> {
    let row: Option<Row> =
        read!(db, |pool| sqlx::query_as(answer!("where slug = $1")).bind(slug).fetch_optional(pool).await)?;
    row.map(TryInto::try_into).transpose()
}

/// Every published answer of a place, the last one first.
pub async fn of_place(db: &Db, place: &Id) -> Result<Vec<Answer>> {
    let rows: Vec<Row> = read!(db, |pool| {
        sqlx::query_as(answer!("where place_id = $1 order by published_ms desc, slug"))
            .bind(place)
            .fetch_all(pool)
            .await
    })?;
    rows.into_iter().map(TryInto::try_into).collect()
}
