//! Paper and pictures over HTTP. Whoever may see a walk may print it.

mod answers;
mod data_walks;
mod picture;
mod walks;

use std::sync::Arc;

use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::error::{Error, Result};
use crate::neighbourhoods::{Language, Neighbourhood};
use crate::print::sheet::{self, Sheet};

/// The routes of this noun.
pub fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(walks::print_walk))
        .routes(routes!(picture::draw_picture))
        .routes(routes!(data_walks::print_posters))
        .routes(routes!(data_walks::print_summary))
        .routes(routes!(answers::print_answer))
        .routes(routes!(answers::draw_answer))
}

/// In which language a sheet is set.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct InLanguage {
    /// `nl`, `fr`, `de` or `en`; the first language of the neighbourhood where it is left out.
    lang: Option<String>,
}

fn language(asked: Option<&str>, neighbourhood: &Neighbourhood) -> Result<&'static str> {
    let language = match asked {
        Some(code) => Some(Language::parse("lang", code)?),
        None => neighbourhood.languages.first().copied(),
    };
    Ok(language.map_or("nl", Language::code))
}

/// Sets sheets on a thread of its own, two at a time.
async fn set(app: &App, make: impl FnOnce() -> Result<Sheet> + Send + 'static) -> Result<Vec<u8>> {
    let _turn = app.press.acquire().await.map_err(Error::internal)?;
    tokio::task::spawn_blocking(move || sheet::pdf(&make()?)).await.map_err(Error::internal)?
}

/// Answers with a file that the browser shows, under a name that tells nothing secret.
fn answer(kind: &'static str, name: &str, body: Vec<u8>) -> Result<Response> {
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    let shown = format!("inline; filename=\"{name}\"");
    headers.insert(CONTENT_DISPOSITION, shown.parse().map_err(Error::internal)?);
    Ok((headers, body).into_response())
}
