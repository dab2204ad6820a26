//! Accounts, roles and sign-ins in the database.

use crate::db::{Db, is_taken};
use crate::error::{Error, Kind, Result};
use crate::id::{Id, digest, token};
use crate::people::{Person, Role, Seat};
use crate::{read, transaction};

/// A sign-in lasts thirty days.
const SIGN_IN_MS: i64 = 30 * 24 * 3600 * 1000;
/// A one-time address is good for a day.
const LINK_MS: i64 = 24 * 3600 * 1000;

#[derive(sqlx::FromRow)]
struct Row {
    id: Id,
    name: String,
    email: String,
    owner: bool,
}

/// What a one-time address opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// The sign-in of this person.
    Person(Id),
    /// The making of the first owner.
    FirstOwner,
}

/// Adds an account; the password comes hashed.
pub async fn add_person(db: &Db, email: &str, name: &str, password_hash: &str, owner: bool) -> Result<Person> {
    let id = Id::new();
    transaction!(db, |tx| {
        sqlx::query("insert into persons (id, email, name, password, owner) values ($1, $2, $3, $4, $5)")
            .bind(&id)
            .bind(email)
            .bind(name)
            .bind(password_hash)
            .bind(owner)
            .execute(&mut *tx)
            .await?;
    })
    .map_err(|error| {
        if is_taken(&error) {
            return Error::conflict("email_taken", "there is an account with this address").with_field("email");
        }
        error
    })?;
    Ok(Person { id, name: name.to_owned(), email: email.to_owned(), owner, seats: Vec::new() })
}

/// Reads an account with its roles.
pub async fn person(db: &Db, id: &Id) -> Result<Option<Person>> {
    let row: Option<Row> = read!(db, |pool| {
        sqlx::query_as("select id, name, email, owner from persons where id = $1").bind(id).fetch_optional(pool).await
    })?;
    let Some(row) = row else { return Ok(None) };
    let seats: Vec<(Id, String)> = read!(db, |pool| {
        sqlx::query_as("select neighbourhood_id, role from roles where person_id = $1 order by neighbourhood_id")
            .bind(id)
            .fetch_all(pool)
            .await
    })?;
    let seats = seats
        .into_iter()
        .map(|(neighbourhood, role)| Ok(Seat { neighbourhood, role: Role::parse("role", &role)? }))
        .collect::<Result<_>>()?;
    Ok(Some(Person { id: row.id, name: row.name, email: row.email, owner: row.owner, seats }))
}

/// The id and the password hash of an account.
pub async fn password_of(db: &Db, email: &str) -> Result<Option<(Id, String)>> {
    Ok(read!(db, |pool| {
        sqlx::query_as("select id, password from persons where email = $1").bind(email).fetch_optional(pool).await
    })?)
}

/// Whether the installation has an owner yet.
pub async fn has_owner(db: &Db) -> Result<bool> {
    let found: Option<(Id,)> = read!(db, |pool| {
        sqlx::query_as("select id from persons where owner = true limit 1").fetch_optional(pool).await
    })?;
    Ok(found.is_some())
}

/// Everyone with a role in the neighbourhood, by name.
pub async fn colleagues(db: &Db, neighbourhood: &Id) -> Result<Vec<(Person, Role)>> {
    let rows: Vec<(Id, String)> = read!(db, |pool| {
        sqlx::query_as(
            "select p.id, r.role from roles r join persons p on p.id = r.person_id
             where r.neighbourhood_id = $1 order by p.name, p.id",
        )
        .bind(neighbourhood)
        .fetch_all(pool)
        .await
    })?;
    let mut colleagues = Vec::with_capacity(rows.len());
    for (id, role) in rows {
        if let Some(person) = person(db, &id).await? {
            colleagues.push((person, Role::parse("role", &role)?));
        }
    }
    Ok(colleagues)
}

/// Gives a person a role in a neighbourhood, instead of an earlier one.
pub async fn put_role(db: &Db, neighbourhood: &Id, person: &Id, role: Role) -> Result<()> {
    transaction!(db, |tx| {
        sqlx::query(
            "insert into roles (neighbourhood_id, person_id, role) values ($1, $2, $3)
             on conflict (neighbourhood_id, person_id) do update set role = excluded.role",
        )
        .bind(neighbourhood)
        .bind(person)
        .bind(role.code())
        .execute(&mut *tx)
        .await?;
    })
}

/// Signs a person in and gives the token of the cookie.
pub async fn sign_in(db: &Db, person: &Id, now_ms: i64) -> Result<String> {
    let token = token()?;
    transaction!(db, |tx| {
        sqlx::query("delete from sign_ins where expires_ms < $1").bind(now_ms).execute(&mut *tx).await?;
        sqlx::query("insert into sign_ins (token_digest, person_id, expires_ms) values ($1, $2, $3)")
            .bind(digest(&token))
            .bind(person)
            .bind(now_ms + SIGN_IN_MS)
            .execute(&mut *tx)
            .await?;
    })?;
    Ok(token)
}

/// Ends a sign-in.
pub async fn sign_out(db: &Db, token: &str) -> Result<()> {
    transaction!(db, |tx| {
        sqlx::query("delete from sign_ins where token_digest = $1").bind(digest(token)).execute(&mut *tx).await?;
    })
}

/// The person whom a cookie's token signs in.
pub async fn signed_in(db: &Db, token: &str, now_ms: i64) -> Result<Option<Person>> {
    let found: Option<(Id,)> = read!(db, |pool| {
        sqlx::query_as("select person_id from sign_ins where token_digest = $1 and expires_ms >= $2")
            .bind(digest(token))
            .bind(now_ms)
            .fetch_optional(pool)
            .await
    })?;
    match found {
        Some((id,)) => person(db, &id).await,
        None => Ok(None),
    }
}

/// Makes a one-time address; without a person, the one that makes the first owner.
pub async fn make_link(db: &Db, person: Option<&Id>, now_ms: i64) -> Result<String> {
    let token = token()?;
    transaction!(db, |tx| {
        sqlx::query("insert into sign_in_links (token_digest, person_id, expires_ms) values ($1, $2, $3)")
            .bind(digest(&token))
            .bind(person)
            .bind(now_ms + LINK_MS)
            .execute(&mut *tx)
            .await?;
    })?;
    Ok(token)
}

/// Uses up a one-time address.
pub async fn use_link(db: &Db, token: &str, now_ms: i64) -> Result<Link> {
    let found: Option<(Option<Id>,)> = transaction!(db, |tx| {
        sqlx::query_as("delete from sign_in_links where token_digest = $1 and expires_ms >= $2 returning person_id")
            .bind(digest(token))
            .bind(now_ms)
            .fetch_optional(&mut *tx)
            .await?
    })?;
    match found {
        Some((Some(person),)) => Ok(Link::Person(person)),
        Some((None,)) => Ok(Link::FirstOwner),
        None => Err(Error::new(Kind::Unauthorised, "link_used", "this address was used already or is too old")),
    }
}
