//! The one task that writes pins, in groups, and answers each sender after the commit.

use tokio::sync::{mpsc, oneshot};

use super::store::{Outcome, Put, put_group};
use crate::db::Db;
use crate::error::{Error, Kind};

/// Hands pins to the task that commits them in groups.
#[derive(Debug, Clone)]
pub struct Writer {
    queue: mpsc::Sender<(Put, oneshot::Sender<Outcome>)>,
}

/// So many pins at most in one transaction.
const GROUP: usize = 256;

impl Writer {
    /// Starts the task. `committed` hears of every pin in the order of the commits.
    pub fn start(db: Db, committed: impl Fn(&Put) + Send + 'static) -> Self {
        let (queue, mut waiting) = mpsc::channel::<(Put, oneshot::Sender<Outcome>)>(4 * GROUP);
        tokio::spawn(async move {
            let mut group = Vec::with_capacity(GROUP);
            while waiting.recv_many(&mut group, GROUP).await > 0 {
                let (puts, senders): (Vec<_>, Vec<_>) = group.drain(..).unzip();
                let outcomes = put_all(&db, &puts).await;
                for ((put, sender), outcome) in puts.iter().zip(senders).zip(outcomes) {
                    if outcome.is_ok() {
                        committed(put);
                    }
                    // Whoever no longer waits will ask again.
                    let _ = sender.send(outcome);
                }
            }
        });
        Self { queue }
    }

    /// Puts a pin and answers after the commit whether it is new.
    pub async fn put(&self, put: Put) -> Outcome {
        let (send, receive) = oneshot::channel();
        let stopped = || Error::new(Kind::Unavailable, "database_away", "the server is stopping");
        self.queue.send((put, send)).await.map_err(|_| stopped())?;
        receive.await.map_err(|_| stopped())?
    }
}

/// Writes a group; where it fails as a whole, each pin is tried alone, so that none fails for another's sake.
async fn put_all(db: &Db, puts: &[Put]) -> Vec<Outcome> {
    if let Ok(outcomes) = put_group(db, puts).await {
        return outcomes;
    }
    let mut outcomes = Vec::with_capacity(puts.len());
    for put in puts {
        let one = put_group(db, std::slice::from_ref(put)).await;
        outcomes
            .push(one.and_then(|mut outcomes| outcomes.pop().unwrap_or_else(|| Err(Error::internal("no outcome")))));
    }
    outcomes
}
