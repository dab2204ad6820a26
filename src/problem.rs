//! The edge of every request: bodies that cannot be read and errors become one kind of answer (RFC 9457).

use std::sync::Arc;

use axum::Json;
use axum::body::{Body as RawBody, HttpBody};
use axum::extract::{FromRequest, Request};
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::sync::OwnedSemaphorePermit;

use crate::app::App;
use crate::error::{Error, Kind, Result};

/// The body of every error answer.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Problem {
    /// Stable slug that pages translate, for example `pin_outside_boundary`.
    #[serde(rename = "type")]
    pub slug: String,
    /// The HTTP status again.
    pub status: u16,
    /// The field at fault, as it stands in the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What and which, lower case.
    pub detail: String,
}

fn status(kind: Kind) -> StatusCode {
    match kind {
        Kind::BadRequest => StatusCode::BAD_REQUEST,
        Kind::Unauthorised => StatusCode::UNAUTHORIZED,
        Kind::Forbidden => StatusCode::FORBIDDEN,
        Kind::NotFound => StatusCode::NOT_FOUND,
        Kind::Conflict => StatusCode::CONFLICT,
        Kind::Gone => StatusCode::GONE,
        Kind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Kind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        Kind::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
        Kind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        Kind::Full => StatusCode::INSUFFICIENT_STORAGE,
        Kind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let status = status(self.kind);
        if status.is_server_error() {
            let cause = std::error::Error::source(&self).map(ToString::to_string);
            tracing::error!(slug = self.slug, cause, "a request failed");
        }
        let retry_s = match self.kind {
            Kind::TooMany(seconds) => Some(seconds),
            Kind::Unavailable => Some(2),
            _ => None,
        };
        let problem =
            Problem { slug: self.slug.to_owned(), status: status.as_u16(), field: self.field, detail: self.reason };
        let mut response = (status, Json(problem)).into_response();
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = retry_s {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// A JSON body of at most 2 MB, read into `T`; what cannot be read is an error that names the field.
#[derive(Debug)]
pub struct Body<T>(pub T);

const MAX_BODY: usize = 2 << 20;
/// So much of a larger body is still taken in and thrown away, so that its sender hears the answer.
const MAX_DISCARDED: usize = 32 << 20;

impl<T: DeserializeOwned> FromRequest<Arc<App>> for Body<T> {
    type Rejection = Error;

    async fn from_request(request: Request, _: &Arc<App>) -> Result<Self> {
        read_body(request, MAX_BODY).await.map(Self)
    }
}

/// A JSON body that may be as large as a photo of 15 MB in base64. Only a few that are larger than other bodies are taken
/// in at a time; who comes on top of them is told to try again.
#[derive(Debug)]
pub struct LargeBody<T> {
    /// What was read.
    pub value: T,
    _permit: Option<OwnedSemaphorePermit>,
}

const MAX_LARGE_BODY: usize = 21 << 20;

impl<T: DeserializeOwned> FromRequest<Arc<App>> for LargeBody<T> {
    type Rejection = Error;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self> {
        let is_large = length(&request).is_none_or(|length| length > MAX_BODY);
        let permit = is_large.then(|| app.large_bodies.clone().try_acquire_owned()).transpose();
        let permit = permit.map_err(|_| Error::new(Kind::Unavailable, "busy", "too many large files at a time"))?;
        Ok(Self { value: read_body(request, MAX_LARGE_BODY).await?, _permit: permit })
    }
}

/// How long the body says it is, in bytes.
fn length(request: &Request) -> Option<usize> {
    usize::try_from(request.body().size_hint().exact()?).ok()
}

async fn read_body<T: DeserializeOwned>(request: Request, most: usize) -> Result<T> {
    let json = request
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .is_some_and(|kind| kind.starts_with("application/json") || kind.starts_with("application/geo+json"));
    if !json {
        return Err(Error::bad_request("content-type", "must be application/json"));
    }
    let room = length(&request).unwrap_or_default().min(most);
    let bytes = collect(request.into_body(), room, most).await?;
    read_json(&bytes)
}

async fn collect(body: RawBody, room: usize, most: usize) -> Result<Vec<u8>> {
    let mut parts = body.into_data_stream();
    let (mut kept, mut seen) = (Vec::with_capacity(room), 0);
    while let Some(part) = parts.next().await {
        let part = part.map_err(|_| Error::bad_request("body", "the request broke off"))?;
        seen += part.len();
        if seen > MAX_DISCARDED {
            break;
        }
        if seen <= most {
            kept.extend_from_slice(&part);
        }
    }
    if seen > most {
        let reason = format!("the request is larger than {} MB", most >> 20);
        return Err(Error::new(Kind::TooLarge, "too_large", reason).with_field("body"));
    }
    Ok(kept)
}

fn read_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    if std::str::from_utf8(bytes).is_err() {
        return Err(Error::bad_request("body", "the text is not UTF-8"));
    }
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        let reason = error.into_inner().to_string();
        // A path ends at what was being read; what is missing there is only in the reason.
        let missing = reason.strip_prefix("missing field `").and_then(|rest| rest.split('`').next());
        let field = match (path.as_str(), missing) {
            (".", None) => "body".to_owned(),
            (".", Some(name)) => name.to_owned(),
            (path, Some(name)) => format!("{path}.{name}"),
            (path, None) => path.to_owned(),
        };
        Error::bad_request(field, reason.split(" at line ").next().unwrap_or_default().to_lowercase())
    })?;
    reader.end().map_err(|_| Error::bad_request("body", "there is more after the JSON value"))?;
    Ok(value)
}
