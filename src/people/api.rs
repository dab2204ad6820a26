//! Sign-in, the first owner, and who works in a neighbourhood.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::access::{COOKIE_NAME, Here, Staff, Stranger, cookie, nobody};
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::id::Id;
use crate::people::store::Link;
use crate::people::{Person, Right, Role, check_email, check_name, hash_password, is_password, store};
use crate::problem::Body;

/// The routes of this noun.
pub fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(sign_in))
        .routes(routes!(sign_out))
        .routes(routes!(welcome))
        .routes(routes!(find_me))
        .routes(routes!(list_people))
        .routes(routes!(put_person))
}

/// How someone signs in: e-mail and password, or a one-time address.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum SignIn {
    /// With an account's address and password.
    Password {
        /// The address.
        email: String,
        /// The password.
        password: String,
    },
    /// With the token of a one-time address.
    Link {
        /// The token.
        link: String,
    },
}

/// Signs in and sets the cookie.
#[utoipa::path(post, path = "/api/sign-in", request_body = SignIn, responses((status = 200, body = Person)))]
async fn sign_in(
    State(app): State<Arc<App>>,
    stranger: Stranger,
    Body(how): Body<SignIn>,
) -> Result<impl IntoResponse> {
    let now = app.clock.now_ms();
    let id = match how {
        SignIn::Password { email, password } => {
            let _permit = app.sign_ins.acquire().await.map_err(Error::internal)?;
            let found = store::password_of(&app.db, &email.trim().to_lowercase()).await?;
            let hash = found.as_ref().map(|(_, hash)| hash.clone());
            let right = tokio::task::spawn_blocking(move || is_password(&password, hash.as_deref())).await;
            match found {
                Some((id, _)) if right.map_err(Error::internal)? => id,
                _ => {
                    let why = "no account has this address and password";
                    return Err(stranger.wrong(&app, Error::new(Kind::Unauthorised, "wrong_sign_in", why)));
                }
            }
        }
        SignIn::Link { link } => {
            match store::use_link(&app.db, &link, now).await.map_err(|e| stranger.wrong(&app, e))? {
                Link::Person(id) => id,
                Link::FirstOwner => return Err(Error::conflict("owner_wanted", "this address makes the first owner")),
            }
        }
    };
    enter(&app, &id).await
}

async fn enter(app: &App, id: &Id) -> Result<impl IntoResponse + use<>> {
    let token = store::sign_in(&app.db, id, app.clock.now_ms()).await?;
    let person = store::person(&app.db, id).await?.ok_or_else(nobody)?;
    Ok((
        [(SET_COOKIE, format!("{COOKIE_NAME}={token}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=2592000"))],
        Json(person),
    ))
}

/// Ends the sign-in.
#[utoipa::path(post, path = "/api/sign-out", responses((status = 204)))]
async fn sign_out(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<impl IntoResponse> {
    if let Some(token) = cookie(&headers) {
        store::sign_out(&app.db, token).await?;
    }
    let gone = format!("{COOKIE_NAME}=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0");
    Ok((StatusCode::NO_CONTENT, [(SET_COOKIE, gone)]))
}

/// The first owner introduces themselves.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Welcome {
    /// The token of the address that the first start printed.
    token: String,
    /// What colleagues call them.
    name: String,
    /// Their address.
    email: String,
    /// Their password, 10 to 200 characters.
    password: String,
}

/// Makes the first owner with the one-time address of the first start.
#[utoipa::path(post, path = "/api/welcome", request_body = Welcome, responses((status = 200, body = Person)))]
async fn welcome(
    State(app): State<Arc<App>>,
    stranger: Stranger,
    Body(who): Body<Welcome>,
) -> Result<impl IntoResponse> {
    let (name, email) = (check_name(&who.name)?, check_email(&who.email)?);
    let hash = hash_in_background(who.password).await?;
    if store::has_owner(&app.db).await? {
        return Err(Error::conflict("has_owner", "this installation has an owner already"));
    }
    if store::use_link(&app.db, &who.token, app.clock.now_ms()).await? != Link::FirstOwner {
        let why = "this address does not make an owner";
        return Err(stranger.wrong(&app, Error::new(Kind::Unauthorised, "link_used", why)));
    }
    let person = store::add_person(&app.db, &email, &name, &hash, true).await?;
    enter(&app, &person.id).await
}

async fn hash_in_background(password: String) -> Result<String> {
    tokio::task::spawn_blocking(move || hash_password(&password)).await.map_err(Error::internal)?
}

/// Tells who is signed in.
#[utoipa::path(get, path = "/api/me", responses((status = 200, body = Person)))]
async fn find_me(Staff(person): Staff) -> Json<Person> {
    Json(person)
}

/// Someone who works in a neighbourhood.
#[derive(Debug, Serialize, ToSchema)]
pub struct Colleague {
    name: String,
    email: String,
    role: Role,
}

/// Lists who works in the neighbourhood.
#[utoipa::path(get, path = "/api/neighbourhoods/{n}/people", params(("n" = String, Path)), responses((status = 200, body = Vec<Colleague>)))]
async fn list_people(State(app): State<Arc<App>>, here: Here) -> Result<Json<Vec<Colleague>>> {
    here.check(Right::Own)?;
    let people = store::colleagues(&app.db, &here.neighbourhood.id).await?;
    Ok(Json(people.into_iter().map(|(p, role)| Colleague { name: p.name, email: p.email, role }).collect()))
}

/// A role for someone, with a name and a password if the account is new.
#[derive(Debug, Deserialize, ToSchema)]
pub struct PutPerson {
    role: Role,
    name: Option<String>,
    password: Option<String>,
}

/// The part of the address that names a person.
#[derive(Debug, Deserialize)]
struct OnePerson {
    email: String,
}

/// Gives a person a role here, and an account if there is none yet.
#[utoipa::path(put, path = "/api/neighbourhoods/{n}/people/{email}", params(("n" = String, Path), ("email" = String, Path)),
    request_body = PutPerson, responses((status = 200, body = Colleague)))]
async fn put_person(
    State(app): State<Arc<App>>,
    Path(one): Path<OnePerson>,
    here: Here,
    Body(put): Body<PutPerson>,
) -> Result<Json<Colleague>> {
    here.check(Right::Own)?;
    let email = check_email(&one.email)?;
    let person = if let Some((id, _)) = store::password_of(&app.db, &email).await? {
        store::person(&app.db, &id).await?.ok_or_else(nobody)?
    } else {
        let name = check_name(put.name.as_deref().unwrap_or_default())?;
        let password = put.password.ok_or_else(|| Error::invalid("password", "a new account needs one"))?;
        store::add_person(&app.db, &email, &name, &hash_in_background(password).await?, false).await?
    };
    store::put_role(&app.db, &here.neighbourhood.id, &person.id, put.role).await?;
    Ok(Json(Colleague { name: person.name, email: person.email, role: put.role }))
}
