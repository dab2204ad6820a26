//! Neighbourhoods in the database.

use crate::basemap::Basemap;
use crate::db::{Db, is_taken};
use crate::error::{Error, Result};
use crate::geometry::Boundary;
use crate::id::Id;
use crate::neighbourhoods::themes::Theme;
use crate::neighbourhoods::{Language, Neighbourhood};
use crate::{read, transaction, words};

#[derive(sqlx::FromRow)]
struct Row {
    id: Id,
    slug: String,
    name: String,
    boundary: String,
    languages: String,
    themes: String,
    basemap: String,
    sigma_m: f64,
    retention_days: i64,
}

impl TryFrom<Row> for Neighbourhood {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let boundary: serde_json::Value = serde_json::from_str(&row.boundary).map_err(Error::internal)?;
        let basemap: Basemap = serde_json::from_str(&row.basemap).map_err(Error::internal)?;
        Ok(Self {
            id: row.id,
            slug: row.slug,
            name: row.name,
            boundary: Boundary::parse(&boundary)?,
            languages: words::split(&row.languages, |code| Language::parse("languages", code))?,
            themes: words::split(&row.themes, |code| Theme::parse("themes", code))?,
            basemap,
            sigma_m: row.sigma_m,
            retention_days: row.retention_days,
        })
    }
}

/// Adds a neighbourhood; where its slug is taken, a number is put behind it. Gives it back as it now stands.
pub async fn add(db: &Db, mut new: Neighbourhood) -> Result<Neighbourhood> {
    let base = new.slug.clone();
    for number in 2.. {
        match insert(db, &new).await {
            Err(error) if is_taken(&error) && number < 100 => new.slug = format!("{base}-{number}"),
            Err(error) => return Err(error),
            Ok(()) => break,
        }
    }
    Ok(new)
}

async fn insert(db: &Db, new: &Neighbourhood) -> Result<()> {
    transaction!(db, |tx| {
        sqlx::query(
            "insert into neighbourhoods
             (id, slug, name, boundary, languages, themes, basemap, sigma_m, retention_days)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(&new.id)
        .bind(&new.slug)
        .bind(&new.name)
        .bind(new.boundary.to_geojson().to_string())
        .bind(words::join(new.languages.iter().map(|l| l.code())))
        .bind(words::join(new.themes.iter().map(|t| t.code())))
        .bind(serde_json::to_string(&new.basemap).map_err(Error::internal)?)
        .bind(new.sigma_m)
        .bind(new.retention_days)
        .execute(&mut *tx)
        .await?;
    })
}

/// Stores what may change of a neighbourhood: all but its id and slug.
pub async fn update(db: &Db, changed: &Neighbourhood) -> Result<()> {
    transaction!(db, |tx| {
        sqlx::query(
            "update neighbourhoods set name = $2, boundary = $3, languages = $4, themes = $5, basemap = $6,
             sigma_m = $7, retention_days = $8 where id = $1",
        )
        .bind(&changed.id)
        .bind(&changed.name)
        .bind(changed.boundary.to_geojson().to_string())
        .bind(words::join(changed.languages.iter().map(|l| l.code())))
        .bind(words::join(changed.themes.iter().map(|t| t.code())))
        .bind(serde_json::to_string(&changed.basemap).map_err(Error::internal)?)
        .bind(changed.sigma_m)
        .bind(changed.retention_days)
        .execute(&mut *tx)
        .await?;
    })
}

const COLUMNS: &str =
    "select id, slug, name, boundary, languages, themes, basemap, sigma_m, retention_days from neighbourhoods";

/// Finds a neighbourhood by its id or slug.
pub async fn find(db: &Db, id_or_slug: &str) -> Result<Option<Neighbourhood>> {
    let sql = sqlx::AssertSqlSafe(format!("{COLUMNS} where id = $1 or slug = $1"));
    let row: Option<Row> = read!(db, |pool| sqlx::query_as(sql).bind(id_or_slug).fetch_optional(pool).await)?;
    row.map(TryInto::try_into).transpose()
}

/// Lists every neighbourhood, by name.
pub async fn list(db: &Db) -> Result<Vec<Neighbourhood>> {
    let sql = sqlx::AssertSqlSafe(format!("{COLUMNS} order by name, id"));
    let rows: Vec<Row> = read!(db, |pool| sqlx::query_as(sql).fetch_all(pool).await)?;
    rows.into_iter().map(TryInto::try_into).collect()
}
