//! Data walks over HTTP: staff plan them and read what came of them, recorders write down what groups read.

mod planning;
mod recording;
mod responses;
pub mod showing;

use std::sync::Arc;

use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::access::Here;
use crate::app::App;
use crate::data_walks::{DataWalk, store};
use crate::error::{Error, Result};
use crate::id::Id;
use crate::neighbourhoods::{Language, Neighbourhood};

pub use self::responses::summary;

/// The routes of this noun.
pub fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(planning::list_data_walks, planning::plan_data_walk))
        .routes(routes!(planning::find_data_walk, planning::change_data_walk, planning::delete_data_walk))
        .routes(routes!(responses::list_responses))
        .routes(routes!(responses::dispute_place))
        .routes(routes!(responses::summarise))
        .routes(routes!(responses::responses_about_place))
        .routes(routes!(recording::read_data_walk))
        .routes(routes!(recording::put_response, recording::delete_response))
}

/// The part of the address that names a data walk.
#[derive(Debug, Deserialize)]
struct OneWalk {
    d: String,
}

/// In which language sentences are made.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct InLanguage {
    /// `nl`, `fr`, `de` or `en`; the first language of the walk where it is left out.
    lang: Option<String>,
}

impl InLanguage {
    fn of(&self, walk: &DataWalk) -> Result<&'static str> {
        Ok(match &self.lang {
            Some(code) => Language::parse("lang", code)?.code(),
            None => walk.languages.first().map_or("nl", |language| language.code()),
        })
    }
}

/// A data walk of this neighbourhood.
pub async fn walk_here(app: &App, here: &Here, id: &str) -> Result<DataWalk> {
    walk_in(app, &here.neighbourhood, id).await
}

async fn walk_in(app: &App, neighbourhood: &Neighbourhood, id: &str) -> Result<DataWalk> {
    let found = store::find(&app.db, &neighbourhood.id, &Id::parse("d", id)?).await?;
    found.ok_or_else(|| Error::not_found("data walk"))
}
