//! Two selections side by side over HTTP.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::card::{MethodCard, TestCard, TestState};
use super::names::{map_of, names};
use super::surface::GridAnswer;
use super::{Asked, PATIENCE, Pairs, answer_with, geometry, question};
use crate::access::Here;
use crate::app::App;
use crate::error::{Error, Result};
use crate::hotspots::comparison::{Answer, Compared, Difference, Side, Untested};
use crate::hotspots::side_by_side::SideBySide;
use crate::hotspots::trust::TestedBy;
use crate::people::Right;
use crate::pins::selection::Differs;

/// Two selections on the same cells and with the same overall share, to be drawn with the same colours.
#[derive(Debug, Serialize, ToSchema)]
pub struct ComparisonAnswer {
    /// What tells them apart.
    by: Differs,
    a: SideAnswer,
    b: SideAnswer,
    /// The share of unsafe over all cells of both.
    overall_share: f64,
    test: DifferenceTest,
    /// Where they differ more than chance explains, the largest area first; empty where nothing does, or nobody knows.
    areas: DifferencesAnswer,
    /// What must be said beside the maps.
    notes: Vec<Note>,
}

/// One of the two selections.
#[derive(Debug, Serialize, ToSchema)]
pub struct SideAnswer {
    method: MethodCard,
    grid: GridAnswer,
}

/// Whether the difference can be chance.
#[derive(Debug, Serialize, ToSchema)]
pub struct DifferenceTest {
    state: TestState,
    /// How far it is, in percent.
    percent: u8,
    /// Null where it is refused or still running. It never says that there is no difference.
    verdict: Option<Answer>,
    /// Why there is none.
    refused: Option<Untested>,
    /// How often chance alone reaches the largest difference, as a share.
    p_value: Option<f64>,
    /// By cell: 0 too few people to tell, 1 no clear difference, 2 the first is more unsafe, 3 the second is.
    cells: Option<Vec<u8>>,
}

/// What must be said beside two maps.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Note {
    /// Places that stood out in one round do so less in the next by themselves.
    RegressionToTheMean,
    /// Under 30 people on a side there is no test.
    SmallGroups,
    /// That nothing was found does not say that there is nothing.
    AbsenceProvesNothing,
}

/// Areas as a GeoJSON `FeatureCollection`.
#[derive(Debug, Serialize, ToSchema)]
pub struct DifferencesAnswer {
    /// Always `FeatureCollection`.
    #[serde(rename = "type")]
    kind: &'static str,
    features: Vec<DifferenceFeature>,
}

/// An area as a GeoJSON Feature.
#[derive(Debug, Serialize, ToSchema)]
pub struct DifferenceFeature {
    /// Always `Feature`.
    #[serde(rename = "type")]
    kind: &'static str,
    /// A Polygon or `MultiPolygon`.
    #[schema(value_type = Object)]
    geometry: serde_json::Value,
    properties: DifferenceProperties,
}

/// What is known of an area where two selections differ.
#[derive(Debug, Serialize, ToSchema)]
pub struct DifferenceProperties {
    /// The nearest point of orientation or street, where the map knows one.
    name: Option<String>,
    /// Which of the two feels less safe there.
    more_unsafe: Side,
    share_a: f64,
    share_b: f64,
    /// People of each side there; fewer than three are null.
    people_a: Option<u32>,
    people_b: Option<u32>,
    area_m2: f64,
    /// Longitude and latitude of a point inside.
    centre: [f64; 2],
}

/// Two selections side by side: keys of one begin with `a.` or `b.`, all others are of both, as in
/// `?round=2026-1&a.gender=woman&b.gender=man`.
#[utoipa::path(get, path = "/api/neighbourhoods/{n}/comparison", params(("n" = String, Path)),
    responses((status = 200, body = ComparisonAnswer), (status = 304), (status = 422, description = "too few people")))]
pub async fn get_comparison(
    State(app): State<Arc<App>>,
    here: Here,
    Query(pairs): Pairs,
    headers: HeaderMap,
) -> Result<Response> {
    here.check(Right::See)?;
    let side = |side: &str, other: &str| -> Result<_> {
        let own = pairs.iter().filter(|(key, _)| !key.starts_with(other));
        let own: Vec<_> =
            own.map(|(key, value)| (key.strip_prefix(side).unwrap_or(key).to_owned(), value.clone())).collect();
        question(&here, &own)
    };
    let ((a, wait), (b, _)) = (side("a.", "b.")?, side("b.", "a.")?);
    if a == b {
        return Err(Error::bad_request("a", "the two selections are the same").with_slug("bad_selection"));
    }
    let map = map_of(&app, &here.neighbourhood);
    let mark = map.as_ref().map(|map| map.version()).unwrap_or_default();
    let asked = Asked { headers: &headers, pairs: &pairs, mark: &mark, patience: wait.unwrap_or(PATIENCE) };
    let id = &here.neighbourhood.id;
    answer_with(
        &app,
        id,
        asked,
        async || app.indexes.compare(id, [a, b]).await,
        async |found, compared| {
            let tested = compared.as_ref().and_then(|compared| compared.test.as_ref().ok());
            let areas = tested.map(|tested| &tested.areas[..]).unwrap_or_default();
            let names =
                names(map, here.neighbourhood.boundary.bbox(), areas.iter().map(|area| area.centre).collect()).await?;
            let features = areas.iter().zip(names).map(|(area, name)| feature(area, name)).collect::<Result<_>>()?;
            let [a, b] = [0, 1].map(|at| SideAnswer {
                method: MethodCard::with(&found.methods[at], TestCard::new(TestedBy::WithinParticipant, None)),
                grid: GridAnswer::of(&found.surfaces[at], &found.plane, &found.shape, None),
            });
            Ok(Json(ComparisonAnswer {
                by: found.by,
                a,
                b,
                overall_share: (found.surfaces[0].overall_share * 1e6).round() / 1e6,
                test: DifferenceTest::of(found, compared.as_deref()),
                areas: DifferencesAnswer { kind: "FeatureCollection", features },
                notes: notes(found, compared.as_deref()),
            }))
        },
    )
    .await
}

impl DifferenceTest {
    fn of(found: &SideBySide, compared: Option<&Compared>) -> Self {
        let running = found.test.as_ref().map_or(0, |job| job.percent().min(99));
        let none = Self {
            state: TestState::Running,
            percent: running,
            verdict: None,
            refused: None,
            p_value: None,
            cells: None,
        };
        match compared.map(|compared| &compared.test) {
            None => none,
            Some(Err(refused)) => Self { state: TestState::Refused, percent: 0, refused: Some(*refused), ..none },
            Some(Ok(tested)) => Self {
                state: TestState::Done,
                percent: 100,
                verdict: Some(tested.answer),
                p_value: Some((tested.p_value * 1000.0).round() / 1000.0),
                cells: Some(found.cells.iter().map(|cell| tested.cells[*cell] as u8).collect()),
                ..none
            },
        }
    }
}

fn notes(found: &SideBySide, compared: Option<&Compared>) -> Vec<Note> {
    let mut notes = Vec::new();
    if found.by == Differs::Rounds {
        notes.push(Note::RegressionToTheMean);
    }
    match compared.map(|compared| &compared.test) {
        Some(Err(Untested::TooFewPeople)) => notes.push(Note::SmallGroups),
        Some(Ok(tested)) if tested.answer == Answer::NoClearDifference => notes.push(Note::AbsenceProvesNothing),
        _ => {}
    }
    notes
}

fn feature(area: &Difference, name: Option<String>) -> Result<DifferenceFeature> {
    let three = |share: f64| (share * 1000.0).round() / 1000.0;
    let properties = DifferenceProperties {
        name,
        more_unsafe: area.more_unsafe,
        share_a: three(area.share_a),
        share_b: three(area.share_b),
        people_a: area.people_a,
        people_b: area.people_b,
        area_m2: area.area_m2.round(),
        centre: area.centre.into(),
    };
    Ok(DifferenceFeature { kind: "Feature", geometry: geometry(&area.shape)?, properties })
}
