//! Neighbourhoods over HTTP.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::access::{Here, Staff};
use crate::app::App;
use crate::basemap::{Basemap, Resolved};
use crate::error::Result;
use crate::geometry::Boundary;
use crate::id::Id;
use crate::neighbourhoods::themes::{Labels, Theme};
use crate::neighbourhoods::{
    Language, Neighbourhood, RETENTION_DAYS, SIGMA_M, check_languages, check_retention, check_themes, slug, store,
};
use crate::people::{Right, check_name};
use crate::problem::Body;

/// The routes of this noun.
pub fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(list_themes))
        .routes(routes!(list_neighbourhoods, create_neighbourhood))
        .routes(routes!(find_neighbourhood, change_neighbourhood))
}

/// A list; `next` is where the next page begins.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page<T> {
    /// The things.
    pub items: Vec<T>,
    /// The cursor of the next page, if there is one.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// So many things make a page; a list for [`Page::of`] is read one further.
    pub const SIZE: usize = 100;

    /// Cuts a list to a page; `cursor` names the last thing on it where there are more.
    pub fn of<F>(mut found: Vec<F>, cursor: impl Fn(&F) -> &Id, view: impl FnMut(F) -> T) -> Self {
        let more = found.len() > Self::SIZE;
        found.truncate(Self::SIZE);
        let next = found.last().filter(|_| more).map(|last| cursor(last).to_string());
        Self { items: found.into_iter().map(view).collect(), next }
    }
}

/// A theme with its words.
#[derive(Debug, Serialize, ToSchema)]
pub struct ThemeWords {
    code: Theme,
    labels: Labels,
    sensitive: bool,
}

/// Lists the sixteen themes with their words.
#[utoipa::path(get, path = "/api/themes", responses((status = 200, body = Vec<ThemeWords>)))]
async fn list_themes() -> Json<Vec<ThemeWords>> {
    Json(Theme::ALL.iter().map(|t| ThemeWords { code: *t, labels: t.labels(), sensitive: t.is_sensitive() }).collect())
}

/// A neighbourhood as pages see it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Neighbourhood)]
pub struct View {
    id: Id,
    slug: String,
    name: String,
    /// GeoJSON Polygon or `MultiPolygon`.
    #[schema(value_type = Object)]
    boundary: Value,
    languages: Vec<Language>,
    themes: Vec<Theme>,
    basemap: Resolved,
    sigma_m: f64,
    retention_days: i64,
}

/// Shows a neighbourhood with its basemap found.
pub fn view(app: &App, n: Neighbourhood) -> View {
    View {
        basemap: app.basemaps.resolve(&n.basemap, n.boundary.bbox()),
        boundary: n.boundary.to_geojson(),
        id: n.id,
        slug: n.slug,
        name: n.name,
        languages: n.languages,
        themes: n.themes,
        sigma_m: n.sigma_m,
        retention_days: n.retention_days,
    }
}

/// Lists the neighbourhoods where the person has a role.
#[utoipa::path(get, path = "/api/neighbourhoods", responses((status = 200, body = Page<View>)))]
async fn list_neighbourhoods(State(app): State<Arc<App>>, Staff(person): Staff) -> Result<Json<Page<View>>> {
    let mut all = store::list(&app.db).await?;
    all.retain(|n| person.check(Right::See, &n.id).is_ok());
    Ok(Json(Page { items: all.into_iter().map(|n| view(&app, n)).collect(), next: None }))
}

/// What a new neighbourhood needs.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewNeighbourhood {
    name: String,
    /// GeoJSON: a Polygon or `MultiPolygon`, or a Feature or collection with one.
    #[schema(value_type = Object)]
    boundary: Value,
    languages: Vec<Language>,
}

/// Makes a neighbourhood.
#[utoipa::path(post, path = "/api/neighbourhoods", request_body = NewNeighbourhood, responses((status = 201, body = View)))]
async fn create_neighbourhood(
    State(app): State<Arc<App>>,
    Staff(person): Staff,
    Body(new): Body<NewNeighbourhood>,
) -> Result<(StatusCode, Json<View>)> {
    person.check_owner()?;
    check_languages(&new.languages)?;
    let name = check_name(&new.name)?;
    let made = Neighbourhood {
        id: Id::new(),
        slug: slug(&name),
        name,
        boundary: Boundary::parse(&new.boundary)?,
        languages: new.languages,
        themes: Theme::ALL.to_vec(),
        basemap: Basemap::default(),
        sigma_m: SIGMA_M,
        retention_days: RETENTION_DAYS,
    };
    let made = store::add(&app.db, made).await?;
    Ok((StatusCode::CREATED, Json(view(&app, made))))
}

/// Reads a neighbourhood.
#[utoipa::path(get, path = "/api/neighbourhoods/{n}", params(("n" = String, Path)), responses((status = 200, body = View)))]
async fn find_neighbourhood(State(app): State<Arc<App>>, here: Here) -> Result<Json<View>> {
    here.check(Right::See)?;
    Ok(Json(view(&app, here.neighbourhood)))
}

/// What may change of a neighbourhood; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeNeighbourhood {
    name: Option<String>,
    #[schema(value_type = Option<Object>)]
    boundary: Option<Value>,
    languages: Option<Vec<Language>>,
    themes: Option<Vec<Theme>>,
    basemap: Option<Basemap>,
    sigma_m: Option<f64>,
    retention_days: Option<i64>,
}

/// Changes a neighbourhood.
#[utoipa::path(patch, path = "/api/neighbourhoods/{n}", params(("n" = String, Path)), request_body = ChangeNeighbourhood,
    responses((status = 200, body = View)))]
async fn change_neighbourhood(
    State(app): State<Arc<App>>,
    here: Here,
    Body(change): Body<ChangeNeighbourhood>,
) -> Result<Json<View>> {
    here.check(Right::Own)?;
    let mut n = here.neighbourhood;
    if let Some(name) = change.name {
        n.name = check_name(&name)?;
    }
    if let Some(boundary) = change.boundary {
        n.boundary = Boundary::parse(&boundary)?;
    }
    if let Some(languages) = change.languages {
        check_languages(&languages)?;
        n.languages = languages;
    }
    if let Some(themes) = change.themes {
        check_themes(&themes)?;
        n.themes = themes;
    }
    if let Some(basemap) = change.basemap {
        n.basemap = basemap.check()?;
    }
    if let Some(sigma_m) = change.sigma_m {
        n.sigma_m = crate::hotspots::check_sigma(sigma_m)?;
    }
    if let Some(days) = change.retention_days {
        check_retention(days)?;
        n.retention_days = days;
    }
    store::update(&app.db, &n).await?;
    app.neighbourhood_changed(&n.id).await?;
    Ok(Json(view(&app, n)))
}
