//! Data walks, their stations and what was read at them, in the database.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::data_walks::{DataWalk, NewResponse, RESPONSES, Response, Stance, Station, StationKind};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::neighbourhoods::Language;
use crate::neighbourhoods::themes::Theme;
use crate::recorders::store::check_put;
use crate::{read, transaction, words};

#[derive(sqlx::FromRow)]
struct WalkRow {
    id: Id,
    neighbourhood_id: Id,
    name: String,
    day: String,
    selection: String,
    languages: String,
}

#[derive(sqlx::FromRow)]
struct StationRow {
    id: Id,
    data_walk_id: Id,
    number: i64,
    kind: String,
    titles: String,
    prompts: String,
    figures: String,
}

fn from_json<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(Error::internal)
}

fn to_json<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(Error::internal)
}

impl TryFrom<StationRow> for Station {
    type Error = Error;

    fn try_from(row: StationRow) -> Result<Self> {
        Ok(Self {
            id: row.id,
            number: row.number,
            kind: StationKind::parse("kind", &row.kind)?,
            titles: from_json(&row.titles)?,
            prompts: from_json(&row.prompts)?,
            figures: from_json(&row.figures)?,
        })
    }
}

fn walk(row: WalkRow, stations: Vec<Station>) -> Result<DataWalk> {
    Ok(DataWalk {
        id: row.id,
        neighbourhood: row.neighbourhood_id,
        name: row.name,
        day: row.day,
        selection: row.selection,
        languages: words::split(&row.languages, |code| Language::parse("languages", code))?,
        stations,
    })
}

macro_rules! walk {
    ($rest:literal) => {
        concat!("select id, neighbourhood_id, name, day, selection, languages from data_walks ", $rest)
    };
}

macro_rules! stations {
    ($rest:literal) => {
        concat!(
            "select id, data_walk_id, number, kind, titles, prompts, figures from data_walk_stations ",
            $rest,
            " order by data_walk_id, number"
        )
    };
}

/// Lists the data walks of a neighbourhood, the last date first.
pub async fn list(db: &Db, neighbourhood: &Id) -> Result<Vec<DataWalk>> {
    let rows: Vec<WalkRow> = read!(db, |pool| {
        sqlx::query_as(walk!("where neighbourhood_id = $1 order by day desc, id"))
            .bind(neighbourhood)
            .fetch_all(pool)
            .await
    })?;
    let stations: Vec<StationRow> = read!(db, |pool| {
        sqlx::query_as(stations!("where neighbourhood_id = $1")).bind(neighbourhood).fetch_all(pool).await
    })?;
    let mut stations = stations
        .into_iter()
        .map(|row| Ok((row.data_walk_id.clone(), Station::try_from(row)?)))
        .collect::<Result<Vec<_>>>()?;
    rows.into_iter()
        .map(|row| {
            let own = stations.extract_if(.., |(of, _)| *of == row.id).map(|(_, station)| station).collect();
            walk(row, own)
        })
        .collect()
}

/// Finds a data walk of a neighbourhood.
pub async fn find(db: &Db, neighbourhood: &Id, id: &Id) -> Result<Option<DataWalk>> {
    let row: Option<WalkRow> = read!(db, |pool| {
        sqlx::query_as(walk!("where neighbourhood_id = $1 and id = $2"))
            .bind(neighbourhood)
            .bind(id)
            .fetch_optional(pool)
            .await
    })?;
    let Some(row) = row else { return Ok(None) };
    let stations: Vec<StationRow> =
        read!(db, |pool| sqlx::query_as(stations!("where data_walk_id = $1")).bind(id).fetch_all(pool).await)?;
    walk(row, stations.into_iter().map(TryInto::try_into).collect::<Result<_>>()?).map(Some)
}

struct StationTexts<'a> {
    station: &'a Station,
    titles: String,
    prompts: String,
    figures: String,
}

/// Stores a data walk as it now stands, a new one too. A station with responses stays: where it is left out the answer is
/// `station_has_responses`. An id of a station of another data walk is not found.
pub async fn put(db: &Db, walk: &DataWalk) -> Result<()> {
    let languages = words::join(walk.languages.iter().map(|language| language.code()));
    let mut stations = Vec::with_capacity(walk.stations.len());
    for station in &walk.stations {
        let (titles, prompts) = (to_json(&station.titles)?, to_json(&station.prompts)?);
        stations.push(StationTexts { station, titles, prompts, figures: to_json(&station.figures)? });
    }
    transaction!(db, |tx| {
        sqlx::query(
            "insert into data_walks (id, neighbourhood_id, name, day, selection, languages)
             values ($1, $2, $3, $4, $5, $6)
             on conflict (id) do update set name = excluded.name, day = excluded.day, selection = excluded.selection,
             languages = excluded.languages",
        )
        .bind(&walk.id)
        .bind(&walk.neighbourhood)
        .bind(&walk.name)
        .bind(&walk.day)
        .bind(&walk.selection)
        .bind(&languages)
        .execute(&mut *tx)
        .await?;
        let there: Vec<(Id,)> = sqlx::query_as("select id from data_walk_stations where data_walk_id = $1")
            .bind(&walk.id)
            .fetch_all(&mut *tx)
            .await?;
        for (gone,) in there.iter().filter(|(id,)| walk.stations.iter().all(|station| station.id != *id)) {
            let (responses,): (i64,) = sqlx::query_as("select count(*) from data_walk_responses where station_id = $1")
                .bind(gone)
                .fetch_one(&mut *tx)
                .await?;
            if responses > 0 {
                let reason = "a station with responses stays; delete them first";
                Err(Error::conflict("station_has_responses", reason).with_field("stations"))?;
            }
            sqlx::query("delete from data_walk_stations where id = $1").bind(gone).execute(&mut *tx).await?;
        }
        for StationTexts { station, titles, prompts, figures } in &stations {
            let put = sqlx::query(
                "insert into data_walk_stations
                 (id, neighbourhood_id, data_walk_id, number, kind, titles, prompts, figures)
                 values ($1, $2, $3, $4, $5, $6, $7, $8)
                 on conflict (id) do update set number = excluded.number, kind = excluded.kind, titles = excluded.titles,
                 prompts = excluded.prompts, figures = excluded.figures
                 where data_walk_stations.data_walk_id = excluded.data_walk_id",
            )
            .bind(&station.id)
            .bind(&walk.neighbourhood)
            .bind(&walk.id)
            .bind(station.number)
            .bind(station.kind.code())
            .bind(titles)
            .bind(prompts)
            .bind(figures)
            .execute(&mut *tx)
            .await?;
            if put.rows_affected() == 0 {
                Err(Error::not_found("station"))?;
            }
        }
    })
}

/// Deletes a data walk with its stations and responses.
pub async fn delete(db: &Db, neighbourhood: &Id, id: &Id) -> Result<()> {
    transaction!(db, |tx| {
        for table in ["data_walk_responses", "data_walk_stations"] {
            sqlx::query(sqlx::AssertSqlSafe(format!(
                "delete from {table} where neighbourhood_id = $1 and data_walk_id = $2"
            )))
            .bind(neighbourhood)
            .bind(id)
            .execute(&mut *tx)
            .await?;
        }
        sqlx::query("delete from data_walks where neighbourhood_id = $1 and id = $2")
            .bind(neighbourhood)
            .bind(id)
            .execute(&mut *tx)
            .await?;
    })
}

#[derive(sqlx::FromRow)]
struct ResponseRow {
    id: Id,
    data_walk_id: Id,
    station_id: Id,
    recorder_id: Id,
    stance: String,
    interpretation: String,
    place_id: Option<Id>,
    new_place: Option<String>,
    theme: Option<String>,
    group_size: i64,
    stickers: Option<String>,
    seen: String,
    disputes: bool,
}

impl TryFrom<ResponseRow> for Response {
    type Error = Error;

    fn try_from(row: ResponseRow) -> Result<Self> {
        Ok(Self {
            id: row.id,
            data_walk: row.data_walk_id,
            recorder: row.recorder_id,
            said: NewResponse {
                station: row.station_id,
                stance: Stance::parse("stance", &row.stance)?,
                interpretation: row.interpretation,
                place: row.place_id,
                new_place: row.new_place,
                theme: row.theme.map(|theme| Theme::parse("theme", &theme)).transpose()?,
                group_size: row.group_size,
                stickers: row.stickers.as_deref().map(from_json).transpose()?,
            },
            seen: from_json(&row.seen)?,
            disputes: row.disputes,
        })
    }
}

macro_rules! response {
    ($rest:literal) => {
        concat!(
            "select id, data_walk_id, station_id, recorder_id, stance, interpretation, place_id, new_place, theme,
             group_size, stickers, seen, disputes from data_walk_responses ",
            $rest
        )
    };
}

/// Every response of a data walk, by id.
pub async fn responses(db: &Db, walk: &Id) -> Result<Vec<Response>> {
    let rows: Vec<ResponseRow> = read!(db, |pool| {
        sqlx::query_as(response!("where data_walk_id = $1 order by id")).bind(walk).fetch_all(pool).await
    })?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Every response of a neighbourhood about a kept place, by id.
pub async fn responses_about(db: &Db, neighbourhood: &Id, place: &Id) -> Result<Vec<Response>> {
    let rows: Vec<ResponseRow> = read!(db, |pool| {
        sqlx::query_as(response!("where neighbourhood_id = $1 and place_id = $2 order by id"))
            .bind(neighbourhood)
            .bind(place)
            .fetch_all(pool)
            .await
    })?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Stores a response of a recorder; says whether it is new. Repeating is safe; the chart it was about is kept from the
/// first time. Fails for another recorder's response and after it was deleted.
pub async fn put_response(db: &Db, new: &Response, neighbourhood: &Id) -> Result<bool> {
    let said = &new.said;
    let stickers = said.stickers.as_ref().map(to_json).transpose()?;
    let seen = to_json(&new.seen)?;
    transaction!(db, |tx| {
        let is_new = check_put!(tx, RESPONSES, &new.recorder, &new.id);
        sqlx::query(
            "insert into data_walk_responses
             (id, neighbourhood_id, data_walk_id, station_id, recorder_id, stance, interpretation, place_id, new_place,
              theme, group_size, stickers, seen, disputes)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
             on conflict (id) do update set station_id = excluded.station_id, stance = excluded.stance,
             interpretation = excluded.interpretation,
             disputes = data_walk_responses.disputes and excluded.place_id is not null
             and excluded.place_id = data_walk_responses.place_id,
             place_id = excluded.place_id, new_place = excluded.new_place, theme = excluded.theme,
             group_size = excluded.group_size, stickers = excluded.stickers
             where data_walk_responses.recorder_id = excluded.recorder_id",
        )
        .bind(&new.id)
        .bind(neighbourhood)
        .bind(&new.data_walk)
        .bind(&said.station)
        .bind(&new.recorder)
        .bind(said.stance.code())
        .bind(&said.interpretation)
        .bind(&said.place)
        .bind(&said.new_place)
        .bind(said.theme.map(Theme::code))
        .bind(said.group_size)
        .bind(&stickers)
        .bind(&seen)
        .bind(new.disputes)
        .execute(&mut *tx)
        .await?;
        is_new
    })
}

/// Says of a response with a place whether that place is told as disputed by residents. Fails where there is no such
/// response, or where it names no place of the list.
pub async fn dispute(db: &Db, walk: &Id, id: &Id, disputes: bool) -> Result<()> {
    transaction!(db, |tx| {
        let place: Option<(Option<Id>,)> =
            sqlx::query_as("select place_id from data_walk_responses where data_walk_id = $1 and id = $2")
                .bind(walk)
                .bind(id)
                .fetch_optional(&mut *tx)
                .await?;
        let (place,) = place.ok_or_else(|| Error::not_found("response"))?;
        if place.is_none() && disputes {
            Err(Error::invalid("disputes", "this response names no place of the list"))?;
        }
        sqlx::query("update data_walk_responses set disputes = $2 where id = $1")
            .bind(id)
            .bind(disputes)
            .execute(&mut *tx)
            .await?;
    })
}
