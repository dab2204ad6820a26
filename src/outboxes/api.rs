//! Files of tablets over HTTP: each letter goes the way that the tablet would have sent it.

use std::sync::Arc;

use axum::body::{Body as RawBody, to_bytes};
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{Method, Request, StatusCode};
use axum::{Extension, Json, Router};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tower::ServiceExt;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::access::{FromFile, Here};
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::gatherings;
use crate::gatherings::{Device, Phase};
use crate::id::Id;
use crate::outboxes::{Letter, LetterKind, Outbox};
use crate::people::Right;
use crate::problem::LargeBody;

/// The routes of this noun.
pub fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(take_in))
}

/// The routes that a tablet sends its letters to.
#[derive(Debug, Clone)]
pub struct Letterboxes(pub Router);

/// What became of the letters.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct TakenIn {
    /// New here, or taken back here.
    taken: usize,
    /// Already here; what they say may be newer.
    already: usize,
    /// Not taken, and why.
    refused: Vec<Refused>,
}

/// A letter that was not taken.
#[derive(Debug, Serialize, ToSchema)]
pub struct Refused {
    kind: LetterKind,
    about: Id,
    /// Stable name of the reason.
    slug: String,
    /// The field at fault.
    field: Option<String>,
}

/// The part of the address that names a gathering.
#[derive(Debug, Deserialize)]
struct OneGathering {
    g: String,
}

/// Takes in the outbox of a tablet, or a part of it, also after the gathering was closed; again and again if need be.
#[utoipa::path(post, path = "/api/neighbourhoods/{n}/gatherings/{g}/outboxes",
    params(("n" = String, Path), ("g" = String, Path)), request_body = Outbox, responses((status = 200, body = TakenIn)))]
async fn take_in(
    State(app): State<Arc<App>>,
    Extension(boxes): Extension<Letterboxes>,
    Path(at): Path<OneGathering>,
    here: Here,
    body: LargeBody<Outbox>,
) -> Result<Json<TakenIn>> {
    here.check(Right::Facilitate)?;
    let found = gatherings::store::find(&app.db, &Id::parse("gathering", &at.g)?).await?;
    let gathering = found.filter(|g| g.neighbourhood == here.neighbourhood.id);
    let gathering = gathering.ok_or_else(|| Error::not_found("gathering"))?;
    if gathering.phase == Phase::Draft {
        return Err(gatherings::not_open());
    }
    let outbox = body.value;
    outbox.check(&gathering.id)?;
    let device = gatherings::store::device_of_file(&app.db, &gathering.id, &outbox.device).await?;
    let device = device.ok_or_else(|| {
        Error::invalid("device", "this tablet did not join the gathering").with_slug("unknown_tablet")
    })?;
    let mut done = TakenIn::default();
    for letter in outbox.letters {
        let answer = post(&boxes, &device, &letter).await?;
        match answer.status {
            // What is to go and is not there has gone.
            StatusCode::NOT_FOUND | StatusCode::GONE if letter.takes_back() => done.already += 1,
            StatusCode::OK => done.already += 1,
            status if status.is_success() => done.taken += 1,
            // The machine's fault and not the letter's: the whole file is sent again later.
            status if status.is_server_error() => return Err(answer.passing()),
            _ => {
                let (slug, field) = answer.why();
                done.refused.push(Refused { kind: letter.kind, about: letter.about, slug, field });
            }
        }
    }
    Ok(Json(done))
}

/// What a letterbox said.
struct Answer {
    status: StatusCode,
    said: Value,
}

impl Answer {
    fn why(&self) -> (String, Option<String>) {
        let text = |field: &str| self.said[field].as_str().map(str::to_owned);
        (text("type").unwrap_or_else(|| "not_found".to_owned()), text("field"))
    }

    fn passing(&self) -> Error {
        match self.status {
            StatusCode::INSUFFICIENT_STORAGE => Error::new(Kind::Full, "disk_full", "the server's disk is full"),
            StatusCode::SERVICE_UNAVAILABLE => {
                Error::new(Kind::Unavailable, "database_away", "the database does not answer")
            }
            _ => Error::internal("a letter of a file could not be taken"),
        }
    }
}

/// Puts a letter into the box that the tablet would have put it into.
async fn post(boxes: &Letterboxes, device: &Device, letter: &Letter) -> Result<Answer> {
    const LONGEST_ANSWER: usize = 1 << 20;
    let body = letter.body.to_string();
    let request = Request::builder()
        .method(if letter.takes_back() { Method::DELETE } else { Method::PUT })
        .uri(format!("/api/gatherings/{}/{}", device.gathering, letter.path()))
        .header(CONTENT_TYPE, "application/json")
        .header(CONTENT_LENGTH, body.len())
        .extension(FromFile(device.clone()))
        .body(RawBody::from(body))
        .map_err(Error::internal)?;
    let Ok(response) = boxes.0.clone().oneshot(request).await;
    let status = response.status();
    let said = to_bytes(response.into_body(), LONGEST_ANSWER).await.map_err(Error::internal)?;
    Ok(Answer { status, said: serde_json::from_slice(&said).unwrap_or_default() })
}
