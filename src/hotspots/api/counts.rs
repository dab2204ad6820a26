//! The charts' numbers over HTTP.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::card::MethodCard;
use super::{Asked, Pairs, Told, answer};
use crate::access::Here;
use crate::app::App;
use crate::error::Result;
use crate::gatherings;
use crate::hotspots::counts::Sides;
use crate::id::Id;
use crate::neighbourhoods::themes::Theme;
use crate::pins::{Effect, When};

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
pub async fn get_counts(
    State(app): State<Arc<App>>,
    here: Here,
    Query(pairs): Pairs,
    headers: HeaderMap,
) -> Result<Response> {
    let all = gatherings::store::list(&app.db, &here.neighbourhood.id).await?;
    let asked = Asked { headers: &headers, pairs: &pairs, mark: "", patience: Duration::ZERO };
    answer(&app, here, asked, async |findings, trust| {
        let mut rounds: Vec<String> = all.iter().map(|g| g.round.clone()).collect();
        rounds.sort_unstable();
        rounds.dedup();
        let counts = &findings.counts;
        Ok(Json(CountsAnswer {
            method: MethodCard::of(findings, trust.is_some()),
            themes: counts.themes.iter().map(sides).collect(),
            when: counts.when.iter().map(sides).collect(),
            effects: counts.effects.iter().map(|(code, people)| Told { code: *code, people: *people }).collect(),
            rounds,
            gatherings: all.into_iter().map(|g| GatheringName { id: g.id, name: g.name }).collect(),
        }))
    })
    .await
}

fn sides<T: Copy>(sides: &Sides<T>) -> SidesAnswer<T> {
    SidesAnswer { code: sides.of, safe: sides.safe, not_safe: sides.r#unsafe }
}
