//! Pins as the database puts them together for the exports.

use futures_util::StreamExt;
use futures_util::stream::{BoxStream, iter};

use super::packed::{Packed, RECORD, UNIT};
use crate::db::Db;
use crate::error::Result;
use crate::id::Id;
use crate::read;

/// Pins of a neighbourhood whose ids lie between two texts, as one text ([`Packed`]); coordinates in ten-thousandths of a
/// degree, half away from zero.
macro_rules! packed {
    ($lon:literal, $lat:literal) => {
        concat!(
            "select string_agg(concat_ws($2, p.id, ",
            $lon,
            ", ",
            $lat,
            ", p.gathering_id, p.feeling, coalesce(cast(p.intensity as text), ''), p.radius_m, p.when_parts, p.days, ",
            "coalesce(p.frequency, ''), coalesce(p.effect, ''), p.themes, p.basis, coalesce(p.comment, ''), ",
            "coalesce(p.moderation, ''), replace(replace(coalesce(p.wording, ''), $2, ' '), $3, ' '), coalesce(p.shape, ''), ",
            "case when $6 then (select concat_ws($2, coalesce(a.age, ''), coalesce(a.gender, ''), coalesce(a.role, '')) ",
            "from participants a where a.id = p.participant_id) else '' end), $3) ",
            "from pins p where p.neighbourhood_id = $1 and p.id >= $4 and p.id < $5"
        )
    };
}

const PACKED_SQLITE: &str = packed!("cast(round(p.lon * 10000) as bigint)", "cast(round(p.lat * 10000) as bigint)");
// PostgreSQL's own rounding goes to the even number.
const PACKED_POSTGRES: &str = packed!(
    "cast(trunc(p.lon * 10000 + 0.5 * sign(p.lon)) as bigint)",
    "cast(trunc(p.lat * 10000 + 0.5 * sign(p.lat)) as bigint)"
);

/// So many pins are read at a time, as far as ids are random.
const PACK: i64 = 512;
/// The longest beginning of an id that pins are read by, in hexadecimal digits.
const MOST_DIGITS: u32 = 3;

/// Streams every pin of a neighbourhood in the order of their random ids, some hundreds at a time and two such parts at
/// once; a pin that is put meanwhile may be among them or not. What participants told about themselves comes along where
/// `with_who` asks for it.
pub async fn packed(db: &Db, neighbourhood: &Id, with_who: bool) -> Result<BoxStream<'static, Result<Packed>>> {
    let count: i64 = read!(db, |pool| {
        sqlx::query_scalar("select count(*) from (select 1 from pins where neighbourhood_id = $1 limit $2) as few")
            .bind(neighbourhood)
            .bind(PACK << (4 * MOST_DIGITS))
            .fetch_one(pool)
            .await
    })?;
    let digits = (0..MOST_DIGITS).find(|digits| count <= PACK << (4 * digits)).unwrap_or(MOST_DIGITS);
    let parts = 1_u32 << (4 * digits);
    let begin = move |part: u32| match part {
        0 => String::new(),
        part if part == parts => "g".to_owned(),
        part => format!("{part:0width$x}", width = digits as usize),
    };
    let (db, neighbourhood) = (db.clone(), neighbourhood.clone());
    let read = move |part| between(db.clone(), neighbourhood.clone(), begin(part), begin(part + 1), with_who);
    Ok(iter(0..parts).map(read).buffered(2).boxed())
}

async fn between(db: Db, neighbourhood: Id, from: String, to: String, with_who: bool) -> Result<Packed> {
    macro_rules! ask {
        ($pool:expr, $sql:expr) => {
            sqlx::query_scalar($sql)
                .bind(&neighbourhood)
                .bind(UNIT)
                .bind(RECORD)
                .bind(&from)
                .bind(&to)
                .bind(with_who)
                .fetch_one($pool)
                .await
        };
    }
    let text: Option<String> = match &db {
        Db::Sqlite { read, .. } => ask!(read, PACKED_SQLITE),
        Db::Postgres(pool) => ask!(pool, PACKED_POSTGRES),
    }?;
    Ok(Packed::new(text.unwrap_or_default()))
}
