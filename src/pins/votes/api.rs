//! What devices are shown of the pins of others once the gathering is revealed, and what they say to them.

use std::collections::HashSet;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::access::{AtGathering, Follower};
use crate::app::App;
use crate::error::{Error, Result};
use crate::gatherings::{self, Phase, not_open, not_revealed};
use crate::id::Id;
use crate::live::What;
use crate::neighbourhoods::themes::Theme;
use crate::people::Right;
use crate::pins::rounding::rounded;
use crate::pins::votes::{Vote, Votes, store};
use crate::pins::{self, Basis, Effect, Feeling, Pin, Shape, When};
use crate::problem::Body;

/// The routes of votes.
pub fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(list_revealed)).routes(routes!(put_vote, delete_vote))
}

/// Single pins are shown in the room from so many people on.
const MIN_SHOWN: usize = 3;

/// The pins of a revealed gathering: a GeoJSON `FeatureCollection`.
#[derive(Debug, Serialize, ToSchema)]
pub struct RevealedPins {
    /// Always `FeatureCollection`.
    #[serde(rename = "type")]
    kind: &'static str,
    features: Vec<RevealedPin>,
}

/// A pin of somebody in the room, without anything that leads to them: a GeoJSON Feature, rounded to four decimals.
#[derive(Debug, Serialize, ToSchema)]
pub struct RevealedPin {
    /// Always `Feature`.
    #[serde(rename = "type")]
    kind: &'static str,
    id: Id,
    geometry: Shape,
    properties: RevealedProperties,
}

/// What the room is shown of a pin.
#[derive(Debug, Serialize, ToSchema)]
pub struct RevealedProperties {
    feeling: Feeling,
    radius_m: i64,
    when: Vec<When>,
    themes: Vec<Theme>,
    effect: Option<Effect>,
    basis: Basis,
    /// The words that a moderator approved.
    comment: Option<String>,
    /// What would help, in the words that a moderator approved.
    help: Option<String>,
    /// So many others feel so there too.
    agree: i64,
    /// So many others do not.
    disagree: i64,
}

fn revealed(pin: Pin, votes: Votes) -> RevealedPin {
    let moderated = pin.moderated.as_ref();
    let shown = |words: Option<&str>| moderated.and_then(|m| m.shown(words?)).map(str::to_owned);
    let shown_help = |words: Option<&str>| moderated.and_then(|m| m.shown_help(words?)).map(str::to_owned);
    let round = |degrees: f64| (degrees * 1e4).round() / 1e4;
    let point = Shape::Point { coordinates: [round(pin.lon), round(pin.lat)] };
    RevealedPin {
        kind: "Feature",
        id: pin.id,
        geometry: pin.shape.as_ref().and_then(rounded).unwrap_or(point),
        properties: RevealedProperties {
            comment: shown(pin.told.comment.as_deref()),
            help: shown_help(pin.told.help.as_deref()),
            feeling: pin.told.feeling,
            radius_m: pin.told.radius_m,
            when: pin.told.when,
            themes: pin.told.themes,
            effect: pin.told.effect,
            basis: pin.told.basis,
            agree: votes.agree,
            disagree: votes.disagree,
        },
    }
}

/// Lists the pins of a revealed gathering, from three people on.
#[utoipa::path(get, path = "/api/gatherings/{g}/pins", params(("g" = String, Path)),
    responses((status = 200, body = RevealedPins)))]
async fn list_revealed(State(app): State<Arc<App>>, follower: Follower) -> Result<Json<RevealedPins>> {
    follower.check(Right::Analyse)?;
    check_revealed(follower.gathering.phase)?;
    let gathering = &follower.gathering.id;
    let pins = pins::store::of_gathering(&app.db, gathering).await?;
    let people: HashSet<&Id> = pins.iter().map(|pin| &pin.told.participant).collect();
    if people.len() < MIN_SHOWN {
        let reason = format!("single pins are shown from {MIN_SHOWN} people on");
        return Err(Error::conflict("too_few_people", reason));
    }
    let votes = store::count_at(&app.db, gathering).await?;
    let votes_on = |pin: &Pin| votes.get(&pin.id).copied().unwrap_or_default();
    let features = pins.into_iter().map(|pin| (votes_on(&pin), pin)).map(|(votes, pin)| revealed(pin, votes)).collect();
    Ok(Json(RevealedPins { kind: "FeatureCollection", features }))
}

fn check_revealed(phase: Phase) -> Result<()> {
    match phase {
        Phase::Revealed => Ok(()),
        Phase::Closed => Err(not_open()),
        Phase::Draft | Phase::Open => Err(not_revealed()),
    }
}

/// The part of the address that names a pin and who says something to it.
#[derive(Debug, Deserialize)]
struct OneVote {
    id: String,
    participant: String,
}

impl OneVote {
    fn parse(&self) -> Result<(Id, Id)> {
        Ok((Id::parse("id", &self.id)?, Id::parse("participant", &self.participant)?))
    }
}

/// What a participant says to a pin.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Word {
    vote: Vote,
}

/// Says something to a pin of somebody else; another word replaces the one before.
#[utoipa::path(put, path = "/api/gatherings/{g}/pins/{id}/votes/{participant}",
    params(("g" = String, Path), ("id" = String, Path), ("participant" = String, Path)),
    request_body = Word, responses((status = 201, body = Word), (status = 200, body = Word)))]
async fn put_vote(
    State(app): State<Arc<App>>,
    Path(one): Path<OneVote>,
    at: AtGathering,
    Body(word): Body<Word>,
) -> Result<(StatusCode, Json<Word>)> {
    let (pin, participant) = one.parse()?;
    let new = store::put(&app.db, &at.device, &pin, &participant, word.vote).await?;
    app.live.publish(&at.device.neighbourhood, Some(&at.device.gathering), What::Vote(pin));
    Ok((if new { StatusCode::CREATED } else { StatusCode::OK }, Json(word)))
}

/// Takes back what was said to a pin; again and again if need be.
#[utoipa::path(delete, path = "/api/gatherings/{g}/pins/{id}/votes/{participant}",
    params(("g" = String, Path), ("id" = String, Path), ("participant" = String, Path)), responses((status = 204)))]
async fn delete_vote(State(app): State<Arc<App>>, Path(one): Path<OneVote>, at: AtGathering) -> Result<StatusCode> {
    let (pin, participant) = one.parse()?;
    let gathering = gatherings::store::find(&app.db, &at.device.gathering).await?;
    let phase = gathering.ok_or_else(|| Error::not_found("gathering"))?.phase;
    if !(at.device.from_file && phase == Phase::Closed) {
        check_revealed(phase)?;
    }
    if store::remove(&app.db, &at.device, &pin, &participant).await? {
        app.live.publish(&at.device.neighbourhood, Some(&at.device.gathering), What::Vote(pin));
    }
    Ok(StatusCode::NO_CONTENT)
}
