//! Server-sent events: what those who follow a gathering must hear of.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use futures_util::Stream;
use serde::Serialize;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::access::Follower;
use crate::app::App;
use crate::error::Result;
use crate::gatherings::{self, Phase};
use crate::id::Id;
use crate::live::{Change, What};

/// The routes of this noun.
pub fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(follow_gathering))
}

/// The event `gathering`: how far it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct GatheringEvent {
    phase: Phase,
    people: i64,
    pins: i64,
}

/// The event `surface`: what the statistics would answer changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct SurfaceEvent {
    revision: u64,
}

/// The event `verdicts`: how far the test of hotspots is; at 100 the hotspots tell their verdicts.
#[derive(Debug, Serialize, ToSchema)]
pub struct VerdictsEvent {
    revision: u64,
    percent: u8,
}

/// Follows a gathering. Every event tells a state, not a difference, so a listener that comes back with `Last-Event-ID`
/// is told the newest state and has missed nothing.
#[utoipa::path(get, path = "/api/gatherings/{g}/events", params(("g" = String, Path)),
    responses((status = 200, content_type = "text/event-stream", body = GatheringEvent)))]
async fn follow_gathering(
    State(app): State<Arc<App>>,
    follower: Follower,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>> {
    let changes = app.live.subscribe(&follower.gathering.neighbourhood);
    let following = Following { app, changes, gathering: follower.gathering.id, told: None, next: Vec::new() };
    let events = futures_util::stream::unfold(following, |mut following| async {
        let event = following.next_event().await?;
        Some((Ok(event), following))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(Duration::from_secs(15))))
}

/// What a listener must be told of.
#[derive(Default)]
struct Heard {
    /// What the statistics would answer changed.
    surface: bool,
    /// The gathering changed.
    gathering: bool,
    /// How far the test of hotspots is, in percent.
    tested: Option<u8>,
}

impl Heard {
    /// As if everything had changed.
    fn everything() -> Self {
        Self { surface: true, gathering: true, tested: None }
    }
}

struct Following {
    app: Arc<App>,
    changes: Receiver<Change>,
    gathering: Id,
    told: Option<GatheringEvent>,
    next: Vec<Event>,
}

impl Following {
    async fn next_event(&mut self) -> Option<Event> {
        while self.next.is_empty() {
            let heard = if self.told.is_none() { Heard::everything() } else { self.wait().await? };
            self.look(&heard).await;
        }
        self.next.pop()
    }

    /// Waits for a change and takes all that came with it.
    async fn wait(&mut self) -> Option<Heard> {
        let mut heard = Heard::default();
        loop {
            let change = self.changes.recv().await;
            self.hear(change, &mut heard)?;
            if self.changes.is_empty() {
                return Some(heard);
            }
        }
    }

    fn hear(&self, change: Result<Change, RecvError>, heard: &mut Heard) -> Option<()> {
        match change {
            Ok(Change { what: What::Tested(percent), .. }) => heard.tested = Some(percent),
            Ok(change) => {
                heard.surface = true;
                heard.gathering |= change.gathering.as_ref() == Some(&self.gathering)
                    && !matches!(change.what, What::Comment(_) | What::Participant(_));
            }
            Err(RecvError::Lagged(_)) => *heard = Heard { tested: Some(100), ..Heard::everything() },
            Err(RecvError::Closed) => return None,
        }
        Some(())
    }

    async fn look(&mut self, heard: &Heard) {
        let revision = self.app.live.number();
        if let Some(percent) = heard.tested {
            self.next.extend(event("verdicts", revision, &VerdictsEvent { revision, percent }));
        }
        if self.told.is_some() && heard.surface {
            self.next.extend(event("surface", revision, &SurfaceEvent { revision }));
        }
        if !heard.gathering {
            return;
        }
        match self.state().await {
            Ok(Some(state)) if self.told.as_ref() != Some(&state) => {
                self.next.extend(event("gathering", revision, &state));
                self.told = Some(state);
            }
            Ok(_) => {}
            Err(error) => tracing::warn!(slug = error.slug, "the state of a gathering could not be read"),
        }
    }

    async fn state(&self) -> Result<Option<GatheringEvent>> {
        let Some(gathering) = gatherings::store::find(&self.app.db, &self.gathering).await? else { return Ok(None) };
        let tally = gatherings::store::tally(&self.app.db, &self.gathering).await?;
        Ok(Some(GatheringEvent { phase: gathering.phase, people: tally.people, pins: tally.pins }))
    }
}

fn event(name: &str, id: u64, data: &impl Serialize) -> Option<Event> {
    Event::default().event(name).id(id.to_string()).json_data(data).ok()
}
