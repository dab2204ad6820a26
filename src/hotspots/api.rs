//! The surface, the hotspots and the charts' numbers over HTTP.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use geo::Rect;
use serde::Serialize;
use tokio::task::spawn_blocking;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::indexes::{Findings, Question};
use super::surface::Surface;
use super::{Hotspot, Kind, MIN_PEOPLE, VERSION, check_sigma};
use crate::access::Here;
use crate::app::App;
use crate::basemap::Basemap;
use crate::basemap::archive::Archive;
use crate::error::{self, Error, Result};
use crate::gatherings;
use crate::geometry::round7;
use crate::id::Id;
use crate::neighbourhoods::Neighbourhood;
use crate::neighbourhoods::themes::Theme;
use crate::people::Right;
use crate::pins::selection::Selection;
use crate::pins::{Effect, When};

/// The routes of this noun.
pub fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(get_surface)).routes(routes!(list_hotspots)).routes(routes!(get_counts))
}

type Pairs = Query<Vec<(String, String)>>;

/// From how many, when and how an answer was found; stands beside every picture of it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Method)]
pub struct MethodCard {
    /// Distinct participants with an own pin.
    people: usize,
    /// Own pins.
    pins: usize,
    /// Pins that were only heard; never counted as people.
    heard_pins: usize,
    /// Gatherings that the pins come from.
    gatherings: usize,
    /// The date of the first of them.
    first_day: Option<String>,
    /// The date of the last of them.
    last_day: Option<String>,
    /// Width of the kernel, in metres.
    sigma_m: f64,
    /// Edge of a cell, in metres.
    cell_m: f64,
    /// Fewest people for a map, a cell and a hotspot.
    min_people: u32,
    /// Whether there are enough voices for a map.
    enough: bool,
    /// Version of the method.
    version: &'static str,
}

impl MethodCard {
    fn of(findings: &Findings) -> Self {
        let method = &findings.method;
        Self {
            people: method.voices.people,
            pins: method.voices.pins,
            heard_pins: method.voices.heard_pins,
            gatherings: method.gatherings,
            first_day: method.first_day.clone(),
            last_day: method.last_day.clone(),
            sigma_m: method.sigma_m,
            cell_m: method.cell_m,
            min_people: MIN_PEOPLE,
            enough: method.voices.enough(),
            version: VERSION,
        }
    }
}

/// The people surface: the share of unsafe of a cell is `(people_unsafe + 2 p0) / (people_unsafe + people_safe + 2)`,
/// with `p0` the overall share.
#[derive(Debug, Serialize, ToSchema)]
pub struct SurfaceAnswer {
    method: MethodCard,
    /// The share of unsafe over all cells; null where there are too few voices.
    overall_share: Option<f64>,
    /// The cells; null where there are too few voices.
    grid: Option<GridAnswer>,
}

/// The cells of a surface, row by row from the north-west.
#[derive(Debug, Serialize, ToSchema)]
pub struct GridAnswer {
    cols: usize,
    rows: usize,
    cell_m: f64,
    /// Longitude and latitude of the corners: north-west, north-east, south-east, south-west.
    corners: [[f64; 2]; 4],
    /// How many people feel unsafe.
    people_unsafe: Vec<f64>,
    /// How many people feel safe.
    people_safe: Vec<f64>,
    /// How many people have an own pin within 1.5 sigma.
    people_near: Vec<u32>,
    /// 1 where the middle of the cell lies inside the boundary, else 0.
    inside: Vec<u8>,
}

/// How many people feel safe and unsafe where, as a grid of cells.
#[utoipa::path(get, path = "/api/neighbourhoods/{n}/surface", params(("n" = String, Path)),
    responses((status = 200, body = SurfaceAnswer), (status = 304)))]
async fn get_surface(State(app): State<Arc<App>>, here: Here, pairs: Pairs, asked: HeaderMap) -> Result<Response> {
    answer(&app, here, &pairs, (&asked, ""), async |findings| {
        Ok(Json(SurfaceAnswer {
            method: MethodCard::of(findings),
            overall_share: findings.surface.as_ref().map(|s| (s.overall_share * 1e6).round() / 1e6),
            grid: findings.surface.as_ref().map(|surface| grid(surface, findings)),
        }))
    })
    .await
}

fn grid(surface: &Surface, findings: &Findings) -> GridAnswer {
    let grid = &surface.grid;
    let [west, south, east, north] = grid.bounds();
    let two = |people: &[f64]| people.iter().map(|people| (people * 100.0).round() / 100.0).collect();
    let corner = |(x, y)| {
        let (lon, lat) = findings.plane.to_lonlat(x, y);
        [round7(lon), round7(lat)]
    };
    GridAnswer {
        cols: grid.cols,
        rows: grid.rows,
        cell_m: grid.cell_m,
        corners: [(west, north), (east, north), (east, south), (west, south)].map(corner),
        people_unsafe: two(&surface.people_unsafe),
        people_safe: two(&surface.people_safe),
        people_near: surface.people_near.clone(),
        inside: grid.inside(&findings.shape).into_iter().map(u8::from).collect(),
    }
}

/// Hotspots as a GeoJSON `FeatureCollection`, most people first.
#[derive(Debug, Serialize, ToSchema)]
pub struct HotspotsAnswer {
    /// Always `FeatureCollection`.
    #[serde(rename = "type")]
    kind: &'static str,
    method: MethodCard,
    features: Vec<HotspotFeature>,
}

/// A hotspot as a GeoJSON Feature.
#[derive(Debug, Serialize, ToSchema)]
pub struct HotspotFeature {
    /// Always `Feature`.
    #[serde(rename = "type")]
    kind: &'static str,
    /// A Polygon or `MultiPolygon`.
    #[schema(value_type = Object)]
    geometry: serde_json::Value,
    properties: HotspotProperties,
}

/// What is known of a hotspot.
#[derive(Debug, Serialize, ToSchema)]
pub struct HotspotProperties {
    kind: Kind,
    /// The nearest point of orientation or street, where the map knows one.
    name: Option<String>,
    people_unsafe: u32,
    people_safe: u32,
    people: u32,
    pins: u32,
    /// The share of unsafe, the mean over the area.
    share_unsafe: f64,
    area_m2: f64,
    /// Longitude and latitude of a point inside.
    centre: [f64; 2],
    /// What people speak of there, most first; fewer than three people are not told.
    themes: Vec<Told<Theme>>,
    /// When it is so, most first; fewer than three people are not told.
    when: Vec<Told<When>>,
}

/// A word and the people who say it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Told<T> {
    code: T,
    people: Option<u32>,
}

/// The areas where people feel safe, unsafe, or differ.
#[utoipa::path(get, path = "/api/neighbourhoods/{n}/hotspots", params(("n" = String, Path)),
    responses((status = 200, content_type = "application/geo+json", body = HotspotsAnswer), (status = 304)))]
async fn list_hotspots(State(app): State<Arc<App>>, here: Here, pairs: Pairs, asked: HeaderMap) -> Result<Response> {
    let map = map_of(&app, &here.neighbourhood);
    let bbox = here.neighbourhood.boundary.bbox();
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/geo+json"));
    let name = format!("attachment; filename=\"hotspots-{}.geojson\"", here.neighbourhood.slug);
    if let (true, Ok(name)) = (pairs.iter().any(|(key, _)| key == "download"), name.parse()) {
        headers.insert(CONTENT_DISPOSITION, name);
    }
    let mark = map.as_ref().map(|map| map.version()).unwrap_or_default();
    answer(&app, here, &pairs, (&asked, &mark), async |findings| {
        let centres = findings.hotspots.iter().map(|h| h.centre).collect();
        let names = names(map, bbox, centres).await?;
        let features = findings.hotspots.iter().zip(names).map(|(h, name)| feature(h, name)).collect::<Result<_>>()?;
        let body = HotspotsAnswer { kind: "FeatureCollection", method: MethodCard::of(findings), features };
        Ok((headers, serde_json::to_string(&body).map_err(Error::internal)?))
    })
    .await
}

/// How far from a hotspot's centre the name may be that it is called by, in metres.
const NAMED_WITHIN_M: f64 = 250.0;

/// The archive that names the places of a neighbourhood: its own map, or the one that covers it best.
fn map_of(app: &App, neighbourhood: &Neighbourhood) -> Option<Arc<Archive>> {
    match &neighbourhood.basemap {
        Basemap::Archive { archive: Some(name) } => app.basemaps.get(name),
        _ => app.basemaps.best(neighbourhood.boundary.bbox()),
    }
}

/// The name of each spot, where the map knows one; a map that cannot be read names nothing.
async fn names(
    map: Option<Arc<Archive>>,
    [west, south, east, north]: [f64; 4],
    spots: Vec<(f64, f64)>,
) -> Result<Vec<Option<String>>> {
    let Some(map) = map.filter(|_| !spots.is_empty()) else { return Ok(vec![None; spots.len()]) };
    let bbox = Rect::new((west, south), (east, north));
    // The first search in an archive reads all its names.
    let search = move || match map.names(Some(bbox)) {
        Ok(names) => {
            let name = |(lon, lat): &(f64, f64)| Some(names.nearest(*lon, *lat, NAMED_WITHIN_M)?.name);
            spots.iter().map(name).collect()
        }
        Err(error) => {
            tracing::warn!(slug = error.slug, "the names of a map could not be read");
            vec![None; spots.len()]
        }
    };
    spawn_blocking(search).await.map_err(Error::internal)
}

fn feature(hotspot: &Hotspot, name: Option<String>) -> Result<HotspotFeature> {
    let geometry = match &hotspot.shape.0[..] {
        [only] => geojson::GeometryValue::from(only),
        _ => geojson::GeometryValue::from(&hotspot.shape),
    };
    let properties = HotspotProperties {
        kind: hotspot.kind,
        name,
        people_unsafe: hotspot.people_unsafe,
        people_safe: hotspot.people_safe,
        people: hotspot.people,
        pins: hotspot.pins,
        share_unsafe: (hotspot.share_unsafe * 1000.0).round() / 1000.0,
        area_m2: hotspot.area_m2.round(),
        centre: hotspot.centre.into(),
        themes: hotspot.themes.iter().map(|(code, people)| Told { code: *code, people: Some(*people) }).collect(),
        when: hotspot.when.iter().map(|(code, people)| Told { code: *code, people: Some(*people) }).collect(),
    };
    let geometry = serde_json::to_value(geojson::Geometry::new(geometry)).map_err(Error::internal)?;
    Ok(HotspotFeature { kind: "Feature", geometry, properties })
}

/// The charts' numbers, in people; fewer than three are null.
#[derive(Debug, Serialize, ToSchema)]
pub struct CountsAnswer {
    method: MethodCard,
    themes: Vec<SidesAnswer<Theme>>,
    when: Vec<SidesAnswer<When>>,
    effects: Vec<Told<Effect>>,
    /// The rounds there are to choose from.
    rounds: Vec<String>,
    /// The gatherings there are to choose from.
    gatherings: Vec<GatheringName>,
}

/// A word and the people who say it on each side.
#[derive(Debug, Serialize, ToSchema)]
pub struct SidesAnswer<T> {
    code: T,
    safe: Option<u32>,
    #[serde(rename = "unsafe")]
    not_safe: Option<u32>,
}

/// A gathering by name.
#[derive(Debug, Serialize, ToSchema)]
pub struct GatheringName {
    id: Id,
    name: String,
}

/// How many people speak of each theme, time and effect.
#[utoipa::path(get, path = "/api/neighbourhoods/{n}/counts", params(("n" = String, Path)),
    responses((status = 200, body = CountsAnswer), (status = 304)))]
async fn get_counts(State(app): State<Arc<App>>, here: Here, pairs: Pairs, asked: HeaderMap) -> Result<Response> {
    let all = gatherings::store::list(&app.db, &here.neighbourhood.id).await?;
    answer(&app, here, &pairs, (&asked, ""), async |findings| {
        let mut rounds: Vec<String> = all.iter().map(|g| g.round.clone()).collect();
        rounds.sort_unstable();
        rounds.dedup();
        let counts = &findings.counts;
        Ok(Json(CountsAnswer {
            method: MethodCard::of(findings),
            themes: counts.themes.iter().map(sides).collect(),
            when: counts.when.iter().map(sides).collect(),
            effects: counts.effects.iter().map(|(code, people)| Told { code: *code, people: *people }).collect(),
            rounds,
            gatherings: all.into_iter().map(|g| GatheringName { id: g.id, name: g.name }).collect(),
        }))
    })
    .await
}

fn sides<T: Copy>(sides: &super::counts::Sides<T>) -> SidesAnswer<T> {
    SidesAnswer { code: sides.of, safe: sides.safe, not_safe: sides.r#unsafe }
}

/// Answers a question about the pins of a selection, or says that the asker knows the answer already; `more` marks what
/// else the answer is made of.
async fn answer<R: IntoResponse>(
    app: &App,
    here: Here,
    pairs: &[(String, String)],
    (asked, more): (&HeaderMap, &str),
    write: impl AsyncFnOnce(&Findings) -> Result<R>,
) -> Result<Response> {
    here.check(Right::See)?;
    let question = question(&here, pairs)?;
    let id = &here.neighbourhood.id;
    let mut headers = HeaderMap::new();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    let mut mark = |revision: &str| -> Result<bool> {
        let etag = format!("\"{revision}{more}\"");
        headers.insert(ETAG, etag.parse().map_err(Error::internal)?);
        Ok(knows(asked, &etag))
    };
    if mark(&app.indexes.revision(id).await?)? {
        return Ok((StatusCode::NOT_MODIFIED, headers).into_response());
    }
    let (findings, revision) = app.indexes.find(id, question).await?;
    mark(&revision)?;
    Ok((headers, write(&findings).await?).into_response())
}

fn question(here: &Here, pairs: &[(String, String)]) -> Result<Question> {
    let (selection, others) = Selection::parse(pairs, &["sigma_m", "download"])?;
    let sigma_m = match &others[0] {
        Some(text) => check_sigma(text.parse().unwrap_or(f64::NAN))
            .map_err(|error| error.with_kind(error::Kind::BadRequest).with_slug("bad_selection"))?,
        None => here.neighbourhood.sigma_m,
    };
    Ok(Question { selection, sigma_m })
}

fn knows(asked: &HeaderMap, etag: &str) -> bool {
    let values = asked.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|known| known.trim().trim_start_matches("W/") == etag)
}
