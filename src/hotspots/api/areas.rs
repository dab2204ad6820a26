//! The hotspots over HTTP.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::card::MethodCard;
use super::names::{map_of, names};
use super::{Asked, PATIENCE, Pairs, Told, answer, geometry};
use crate::access::Here;
use crate::app::App;
use crate::error::{Error, Result};
use crate::hotspots::explanation::{Explanation, GroupedBy};
use crate::hotspots::significance::Verdict;
use crate::hotspots::stability::Stability;
use crate::hotspots::trust::Trusted;
use crate::hotspots::{Hotspot, Kind};
use crate::neighbourhoods::themes::Theme;
use crate::pins::When;
use crate::places::{self, PlaceRef};

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
    /// Whether it can be chance; null where that is not tested (yet).
    verdict: Option<Verdict>,
    /// How often it stays a hotspot with other people of the same neighbourhood.
    stability: Option<Stability>,
    /// The share of resamples of the people in which it stays.
    stays: Option<f64>,
    /// Whether it is gone without one of the people.
    hangs_on_one: Option<bool>,
    /// Why people differ here; contested hotspots only.
    explanation: Option<Explained>,
    /// The kept place that it is.
    place: Option<PlaceRef>,
}

/// The areas where people feel safe, unsafe, or differ.
#[utoipa::path(get, path = "/api/neighbourhoods/{n}/hotspots", params(("n" = String, Path)),
    responses((status = 200, content_type = "application/geo+json", body = HotspotsAnswer), (status = 304)))]
pub async fn list_hotspots(
    State(app): State<Arc<App>>,
    here: Here,
    Query(pairs): Pairs,
    asked: HeaderMap,
) -> Result<Response> {
    let map = map_of(&app, &here.neighbourhood);
    let bbox = here.neighbourhood.boundary.bbox();
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/geo+json"));
    let name = format!("attachment; filename=\"hotspots-{}.geojson\"", here.neighbourhood.slug);
    if let (true, Ok(name)) = (pairs.iter().any(|(key, _)| key == "download"), name.parse()) {
        headers.insert(CONTENT_DISPOSITION, name);
    }
    let id = here.neighbourhood.id.clone();
    let mark = map.as_ref().map(|map| map.version()).unwrap_or_default() + &places::store::mark(&app.db, &id).await?;
    let asked = Asked { headers: &asked, pairs: &pairs, mark: &mark, patience: PATIENCE };
    answer(&app, here, asked, async |findings, trust| {
        let centres = findings.hotspots.iter().map(|h| h.centre).collect();
        let names = names(map, bbox, centres).await?;
        let trusted = |at: usize| trust.as_ref().and_then(|trust| trust.hotspots.get(at));
        let kept = places::following::known(&app.db, &id, findings).await?.places;
        let called = names.into_iter().zip(kept.into_iter().map(|place| place.map(PlaceRef::from)));
        let hotspots = findings.hotspots.iter().zip(called).enumerate();
        let features = hotspots.map(|(at, (h, called))| feature(h, called, trusted(at))).collect::<Result<_>>()?;
        let method = MethodCard::of(findings, trust.is_some());
        let body = HotspotsAnswer { kind: "FeatureCollection", method, features };
        Ok((headers, serde_json::to_string(&body).map_err(Error::internal)?))
    })
    .await
}

fn feature(
    hotspot: &Hotspot,
    (name, place): (Option<String>, Option<PlaceRef>),
    trusted: Option<&Trusted>,
) -> Result<HotspotFeature> {
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
        verdict: trusted.map(|trusted| trusted.verdict),
        stability: trusted.map(|trusted| trusted.stable.stability),
        stays: trusted.map(|trusted| trusted.stable.stays),
        hangs_on_one: trusted.map(|trusted| trusted.stable.hangs_on_one),
        explanation: hotspot.explanation.as_ref().map(Explained::of),
        place,
    };
    Ok(HotspotFeature { kind: "Feature", geometry: geometry(&hotspot.shape)?, properties })
}

/// Why people differ at a contested hotspot.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "by", rename_all = "snake_case")]
#[schema(as = Explanation)]
pub enum Explained {
    /// By the time: the share of unsafe in the evening, at night or in the dark, and by day.
    Time { dark: f64, day: f64 },
    /// By who they are: the group that says unsafe more often, and the other.
    Group { of: GroupedBy, more: &'static str, less: &'static str, more_share: f64, less_share: f64 },
    /// By what each side speaks of most.
    Theme {
        safe: Theme,
        #[serde(rename = "unsafe")]
        not_safe: Theme,
    },
    /// So many people feel both.
    Mixed { people: u32 },
    /// By nothing that was asked.
    Open,
}

impl Explained {
    fn of(explanation: &Explanation) -> Self {
        match *explanation {
            Explanation::Time { dark, day } => Self::Time { dark: two(dark), day: two(day) },
            Explanation::Group { of, more, less, more_share, less_share } => {
                Self::Group { of, more, less, more_share: two(more_share), less_share: two(less_share) }
            }
            Explanation::Theme { safe, r#unsafe } => Self::Theme { safe, not_safe: r#unsafe },
            Explanation::Mixed { people } => Self::Mixed { people },
            Explanation::Open => Self::Open,
        }
    }
}

/// A share of few people has two decimals.
fn two(share: f64) -> f64 {
    (share * 100.0).round() / 100.0
}
