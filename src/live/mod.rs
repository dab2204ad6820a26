//! Who must hear of a change: one feed per neighbourhood, in the order of the commits.

pub mod api;

use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::broadcast;

use crate::id::Id;

/// What changed; only ids, so that a listener reads what it may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A pin is new or was edited.
    Pin(Id),
    /// A pin was deleted.
    PinDeleted(Id),
    /// Somebody said something else to this pin of somebody else.
    Vote(Id),
    /// What a participant told about themselves changed.
    Participant(Id),
    /// A gathering is new, has another phase, date or round.
    Gathering,
    /// The boundary or a threshold of the neighbourhood changed.
    Neighbourhood,
    /// A comment was approved or hidden.
    Comment(Id),
    /// So many percent of a test of hotspots are done.
    Tested(u8),
}

/// One committed change of a neighbourhood.
#[derive(Debug, Clone)]
pub struct Change {
    /// Grows with every change of this server.
    pub number: u64,
    /// The neighbourhood.
    pub neighbourhood: Id,
    /// The gathering, where it concerns one.
    pub gathering: Option<Id>,
    /// What changed.
    pub what: What,
}

/// How many changes a slow listener may be behind before it must read everything anew.
const BACKLOG: usize = 4096;

/// The feeds of all neighbourhoods.
#[derive(Debug, Default)]
pub struct Hub {
    number: AtomicU64,
    feeds: Mutex<HashMap<Id, broadcast::Sender<Change>>>,
}

impl Hub {
    /// Tells everyone who listens to the neighbourhood.
    pub fn publish(&self, neighbourhood: &Id, gathering: Option<&Id>, what: What) {
        let mut feeds = self.feeds.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let number = self.number.fetch_add(1, Ordering::Relaxed) + 1;
        let Some(feed) = feeds.get(neighbourhood) else { return };
        let change = Change { number, neighbourhood: neighbourhood.clone(), gathering: gathering.cloned(), what };
        if feed.send(change).is_err() {
            feeds.remove(neighbourhood);
        }
    }

    /// Listens to a neighbourhood from now on.
    pub fn subscribe(&self, neighbourhood: &Id) -> broadcast::Receiver<Change> {
        let mut feeds = self.feeds.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        feeds.entry(neighbourhood.clone()).or_insert_with(|| broadcast::channel(BACKLOG).0).subscribe()
    }

    /// The number of the last change.
    pub fn number(&self) -> u64 {
        self.number.load(Ordering::Relaxed)
    }
}
