//! Who is asking: the staff member behind a cookie, their seat in a neighbourhood, the device behind a token, or whoever
//! comes without any of these.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{FromRequestParts, Path};
use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, COOKIE};
use axum::http::request::Parts;

use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::gatherings::{Device, Gathering};
use crate::id::{Id, digest};
use crate::neighbourhoods::Neighbourhood;
use crate::people::{Person, Right};
use crate::recorders::{Recorder, unknown_recorder};
use crate::{gatherings, neighbourhoods, people, recorders};

/// The name of the sign-in cookie.
pub const COOKIE_NAME: &str = "__Host-sign_in";

/// The person who is signed in; without one the request is answered 401.
#[derive(Debug)]
pub struct Staff(pub Person);

impl FromRequestParts<Arc<App>> for Staff {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self> {
        let Some(token) = cookie(&parts.headers) else { return Err(nobody()) };
        let person = people::store::signed_in(&app.db, token, app.clock.now_ms()).await?;
        person.map(Self).ok_or_else(nobody)
    }
}

/// The error when nobody is signed in.
pub fn nobody() -> Error {
    Error::new(Kind::Unauthorised, "not_signed_in", "nobody is signed in")
}

/// The sign-in token that the request's cookie holds.
pub fn cookie(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies.flat_map(|line| line.split(';')).find_map(|pair| {
        let (name, value) = pair.trim().split_once('=')?;
        (name == COOKIE_NAME).then_some(value)
    })
}

/// The neighbourhood of the address (by id or slug) and the staff member who asks. Every handler that takes it calls
/// [`Here::check`] with the right it needs.
#[derive(Debug)]
pub struct Here {
    /// Who asks.
    pub person: Person,
    /// About which neighbourhood.
    pub neighbourhood: Neighbourhood,
}

impl Here {
    /// Fails unless the person has the right here.
    pub fn check(&self, right: Right) -> Result<()> {
        self.person.check(right, &self.neighbourhood.id)
    }
}

impl FromRequestParts<Arc<App>> for Here {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self> {
        let Staff(person) = Staff::from_request_parts(parts, app).await?;
        let name = path_part(parts, app, "n").await?;
        let found = neighbourhoods::store::find(&app.db, &name).await?;
        match found {
            Some(neighbourhood) => {
                person.check(Right::See, &neighbourhood.id)?;
                Ok(Self { person, neighbourhood })
            }
            // Somebody else's neighbourhood and none at all look the same from outside.
            None if person.owner => Err(Error::not_found("neighbourhood")),
            None => Err(Error::new(Kind::Forbidden, "not_allowed", "your role does not allow this here")),
        }
    }
}

/// The device behind a bearer token, at the gathering of the address.
#[derive(Debug)]
pub struct AtGathering {
    /// The device.
    pub device: Device,
}

/// Put beside the requests of a file that staff takes in: the device it speaks for.
#[derive(Debug, Clone)]
pub struct FromFile(pub Device);

impl FromRequestParts<Arc<App>> for AtGathering {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self> {
        if let Some(FromFile(device)) = parts.extensions.remove() {
            return Ok(Self { device });
        }
        let Some(token) = bearer(&parts.headers) else {
            return Err(unknown_device());
        };
        let Some(device) = app.device(&digest(token)).await? else {
            let stranger = Stranger::from_request_parts(parts, app).await?;
            return Err(stranger.wrong(app, unknown_device()));
        };
        app.limits.device(device.id.as_str(), app.clock.now_ms())?;
        let gathering = path_part(parts, app, "g").await?;
        if device.gathering.as_str() == gathering { Ok(Self { device }) } else { Err(unknown_device()) }
    }
}

fn unknown_device() -> Error {
    Error::new(Kind::Unauthorised, "unknown_device", "this device has not joined the gathering")
}

/// The phone or tablet behind a bearer token that takes notes of a walk or a data walk. Every handler that takes it calls
/// [`Recorder::check`].
#[derive(Debug)]
pub struct AtTask(pub Recorder);

impl FromRequestParts<Arc<App>> for AtTask {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self> {
        let Some(token) = bearer(&parts.headers) else { return Err(unknown_recorder()) };
        let Some(recorder) = recorders::store::find(&app.db, &digest(token)).await? else {
            let stranger = Stranger::from_request_parts(parts, app).await?;
            return Err(stranger.wrong(app, unknown_recorder()));
        };
        app.limits.device(recorder.id.as_str(), app.clock.now_ms())?;
        Ok(Self(recorder))
    }
}

/// The address a connection comes from; it is kept nowhere and logged nowhere.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub IpAddr);

/// Somebody who brings no token that is known: only the address they come from limits how often they try.
#[derive(Debug)]
pub struct Stranger(Option<IpAddr>);

impl Stranger {
    /// Counts it where the error says that what they brought was wrong, and hands the error on.
    #[must_use]
    pub fn wrong(&self, app: &App, error: Error) -> Error {
        if let (Some(address), Kind::NotFound | Kind::Unauthorised) = (self.0, error.kind) {
            app.limits.wrong(address, app.clock.now_ms());
        }
        error
    }
}

impl FromRequestParts<Arc<App>> for Stranger {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self> {
        let forwarded = if app.settings.behind_proxy { last_hop(&parts.headers) } else { None };
        let address = forwarded.or_else(|| parts.extensions.get::<Peer>().map(|peer| peer.0));
        if let Some(address) = address {
            app.limits.address(address, app.clock.now_ms())?;
        }
        Ok(Self(address))
    }
}

/// The address that the proxy before the server saw; whatever stands before it, a visitor may have made up.
fn last_hop(headers: &HeaderMap) -> Option<IpAddr> {
    let line = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    line.rsplit(',').next()?.trim().parse().ok()
}

/// Somebody who may follow the gathering of the address: a device that joined it, or staff of its neighbourhood.
#[derive(Debug)]
pub struct Follower {
    /// The gathering.
    pub gathering: Gathering,
    /// The member of staff; none for a device.
    pub staff: Option<Person>,
}

impl Follower {
    /// Fails unless it is a device of the gathering, or staff with the right.
    pub fn check(&self, right: Right) -> Result<()> {
        self.staff.as_ref().map_or(Ok(()), |person| person.check(right, &self.gathering.neighbourhood))
    }
}

impl FromRequestParts<Arc<App>> for Follower {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self> {
        let staff = bearer(&parts.headers).is_none();
        let id = if staff {
            Id::parse("gathering", &path_part(parts, app, "g").await?)?
        } else {
            AtGathering::from_request_parts(parts, app).await?.device.gathering
        };
        let staff = if staff { Some(Staff::from_request_parts(parts, app).await?.0) } else { None };
        let found = gatherings::store::find(&app.db, &id).await?;
        let gathering = found.ok_or_else(|| Error::not_found("gathering"))?;
        let follower = Self { gathering, staff };
        follower.check(Right::See)?;
        Ok(follower)
    }
}

/// The token that the request brings.
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

async fn path_part(parts: &mut Parts, app: &Arc<App>, name: &'static str) -> Result<String> {
    let Path(mut all) = Path::<HashMap<String, String>>::from_request_parts(parts, app)
        .await
        .map_err(|_| Error::bad_request(name, "the address cannot be read"))?;
    all.remove(name).ok_or_else(|| Error::bad_request(name, "is missing in the address"))
}
