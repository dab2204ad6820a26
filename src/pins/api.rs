//! Pins over HTTP: devices put and delete their own, staff looks at the words.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::access::{AtGathering, Here};
use crate::app::App;
use crate::error::{Error, Result};
use crate::gatherings::{self, not_open};
use crate::id::Id;
use crate::live::What;
use crate::neighbourhoods::api::Page;
use crate::neighbourhoods::themes::Theme;
use crate::people::Right;
use crate::pins::moderation::{Moderated, Status};
use crate::pins::store::{self, Put};
use crate::pins::wording::{self, Flag};
use crate::pins::{Basis, Effect, Feeling, NewPin, Pin, Shape, Told, When, slip, votes};
use crate::problem::Body;

/// The routes of this noun.
pub fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(put_pin, delete_pin))
        .routes(routes!(list_comments))
        .routes(routes!(moderate_comment))
        .merge(votes::api::routes())
        .merge(slip::api::routes())
}

/// A pin as its own device sees it: a GeoJSON Feature.
#[derive(Debug, Serialize, ToSchema)]
pub struct PinFeature {
    /// Always `Feature`.
    #[serde(rename = "type")]
    kind: &'static str,
    id: Id,
    geometry: Shape,
    properties: Told,
}

impl PinFeature {
    /// A stored pin as its maker told it.
    pub fn of(pin: Pin) -> Self {
        let point = Shape::Point { coordinates: [pin.lon, pin.lat] };
        Self { kind: "Feature", id: pin.id, geometry: pin.shape.unwrap_or(point), properties: pin.told }
    }
}

/// The part of the address that names a pin.
#[derive(Debug, Deserialize)]
struct OnePin {
    id: String,
}

/// Puts a pin under an id that the device made; the same again changes nothing, another body edits it.
#[utoipa::path(put, path = "/api/gatherings/{g}/pins/{id}", params(("g" = String, Path), ("id" = String, Path)),
    request_body = NewPin, responses((status = 201, body = PinFeature), (status = 200, body = PinFeature)))]
async fn put_pin(
    State(app): State<Arc<App>>,
    Path(one): Path<OnePin>,
    at: AtGathering,
    body: Result<Body<NewPin>, Error>,
) -> Result<(StatusCode, Json<PinFeature>)> {
    // Only words can make a pin that large.
    let Body(new) =
        body.map_err(|error| if error.slug == "too_large" { error.with_field("properties.comment") } else { error })?;
    let id = Id::parse("id", &one.id)?;
    let gathering = gatherings::store::find(&app.db, &at.device.gathering).await?;
    let gathering = gathering.ok_or_else(|| Error::not_found("gathering"))?;
    if !gathering.phase.takes_from(&at.device) {
        return Err(not_open());
    }
    let neighbourhood = app.neighbourhood(&gathering.neighbourhood).await?;
    let pin = new.check(&gathering, &neighbourhood)?;
    let feature = PinFeature {
        kind: "Feature",
        id: id.clone(),
        geometry: pin.geometry.clone(),
        properties: pin.properties.clone(),
    };
    let new = app.pins.put(Put { id, device: at.device, pin }).await?;
    Ok((if new { StatusCode::CREATED } else { StatusCode::OK }, Json(feature)))
}

/// Deletes a pin of this device; again and again if need be.
#[utoipa::path(delete, path = "/api/gatherings/{g}/pins/{id}", params(("g" = String, Path), ("id" = String, Path)),
    responses((status = 204)))]
async fn delete_pin(State(app): State<Arc<App>>, Path(one): Path<OnePin>, at: AtGathering) -> Result<StatusCode> {
    let id = Id::parse("id", &one.id)?;
    let gathering = gatherings::store::find(&app.db, &at.device.gathering).await?;
    if !gathering.is_some_and(|g| g.phase.takes_from(&at.device)) {
        return Err(not_open());
    }
    if store::delete(&app.db, &at.device, &id).await? {
        app.live.publish(&at.device.neighbourhood, Some(&at.device.gathering), What::PinDeleted(id));
    }
    Ok(StatusCode::NO_CONTENT)
}

/// The words of a pin for a moderator's eyes.
#[derive(Debug, Serialize, ToSchema)]
pub struct Comment {
    pin: Id,
    gathering: Id,
    gathering_name: String,
    held_on: String,
    /// The label of the participant, for example A4.
    participant: String,
    lon: f64,
    lat: f64,
    feeling: Feeling,
    when: Vec<When>,
    themes: Vec<Theme>,
    effect: Option<Effect>,
    radius_m: i64,
    basis: Basis,
    /// What the resident wrote.
    comment: Option<String>,
    /// What the resident wrote that would help.
    help: Option<String>,
    /// What these words seem to point at: a hint for whoever checks them.
    flags: Vec<Flag>,
    status: Status,
    /// What others read instead.
    wording: Option<String>,
    /// What others read instead of what would help.
    help_wording: Option<String>,
    /// Why it is hidden.
    reason: Option<String>,
}

fn comment(from: store::Comment) -> Comment {
    let pin = from.pin;
    let moderated =
        pin.moderated.unwrap_or(Moderated { status: Status::Waiting, wording: None, help_wording: None, reason: None });
    Comment {
        pin: pin.id,
        gathering: pin.gathering,
        gathering_name: from.gathering_name,
        held_on: pin.held_on,
        participant: from.participant,
        lon: pin.lon,
        lat: pin.lat,
        feeling: pin.told.feeling,
        when: pin.told.when,
        themes: pin.told.themes,
        effect: pin.told.effect,
        radius_m: pin.told.radius_m,
        basis: pin.told.basis,
        flags: wording::flags([&pin.told.comment, &pin.told.help].into_iter().flatten().map(String::as_str)),
        comment: pin.told.comment,
        help: pin.told.help,
        status: moderated.status,
        wording: moderated.wording,
        help_wording: moderated.help_wording,
        reason: moderated.reason,
    }
}

/// Which of the things that a moderator checks to list.
#[derive(Debug, Deserialize, ToSchema, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// How they stand; waiting where it is left out.
    pub status: Option<Status>,
    /// Where the page begins: `next` of the page before.
    pub cursor: Option<String>,
}

/// Lists pins with words, a hundred a page.
#[utoipa::path(get, path = "/api/neighbourhoods/{n}/comments", params(("n" = String, Path), Which),
    responses((status = 200, body = Page<Comment>)))]
async fn list_comments(
    State(app): State<Arc<App>>,
    here: Here,
    Query(which): Query<Which>,
) -> Result<Json<Page<Comment>>> {
    here.check(Right::Moderate)?;
    let status = which.status.unwrap_or(Status::Waiting);
    let after = which.cursor.unwrap_or_default();
    let found = store::comments(&app.db, &here.neighbourhood.id, status, &after, Page::<Comment>::SIZE + 1).await?;
    Ok(Json(Page::of(found, |last| &last.pin.id, comment)))
}

/// A moderator's decision.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    status: Status,
    /// With an approval: what others read instead.
    wording: Option<String>,
    /// With an approval: what others read instead of what would help.
    help_wording: Option<String>,
    /// With hiding: why.
    reason: Option<String>,
}

/// The part of the address that names the pin of a comment.
#[derive(Debug, Deserialize)]
struct OneComment {
    pin: String,
}

/// Approves, rewords or hides the words of a pin, or lets them wait again.
#[utoipa::path(patch, path = "/api/neighbourhoods/{n}/comments/{pin}", params(("n" = String, Path), ("pin" = String, Path)),
    request_body = Decision, responses((status = 200, body = Comment)))]
async fn moderate_comment(
    State(app): State<Arc<App>>,
    Path(one): Path<OneComment>,
    here: Here,
    Body(decision): Body<Decision>,
) -> Result<Json<Comment>> {
    here.check(Right::Moderate)?;
    let pin = Id::parse("pin", &one.pin)?;
    let decided = Moderated::new(decision.status, decision.wording, decision.help_wording, decision.reason)?;
    let stored = store::moderate(&app.db, &here.neighbourhood.id, &pin, &decided).await?;
    app.live.publish(&here.neighbourhood.id, Some(&stored.pin.gathering), What::Comment(pin));
    Ok(Json(comment(stored)))
}
