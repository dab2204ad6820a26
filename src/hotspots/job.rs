//! Work that is too long for a request: it runs beside, can be waited for, and stops when nobody wants it any more.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Semaphore, watch};
use tokio::task::spawn_blocking;

use super::watch::Watch;

/// A result that is being worked out. Dropping it stops the work.
#[derive(Debug)]
pub struct Job<T> {
    watch: Arc<Watch>,
    result: watch::Receiver<Option<Arc<T>>>,
}

impl<T: Send + Sync + 'static> Job<T> {
    /// Starts the work once one of the permits is free. `told` hears of every tenth of it in percent, and of 100 when
    /// the result can be read.
    pub fn start(
        permits: Arc<Semaphore>,
        told: impl Fn(u8) + Clone + Send + Sync + 'static,
        work: impl FnOnce(&Watch) -> Option<T> + Send + 'static,
    ) -> Self {
        let done = told.clone();
        let tell = move |percent: u8| {
            if percent.is_multiple_of(10) && percent < 100 {
                told(percent);
            }
        };
        let watch = Arc::new(Watch::new(tell));
        let (send, result) = watch::channel(None);
        let watching = watch.clone();
        tokio::spawn(async move {
            let Ok(_permit) = permits.acquire_owned().await else { return };
            let worked = spawn_blocking(move || if watching.is_cancelled() { None } else { work(&watching) }).await;
            if let Ok(Some(result)) = worked {
                send.send_replace(Some(Arc::new(result)));
                done(100);
            }
        });
        Self { watch, result }
    }

    /// How far it is, in percent; 100 only when the result is there.
    pub fn percent(&self) -> u8 {
        if self.result.borrow().is_some() { 100 } else { self.watch.percent().min(99) }
    }

    /// The result, where it is there already.
    pub fn result(&self) -> Option<Arc<T>> {
        self.result.borrow().clone()
    }

    /// The result, waiting for it so long at most.
    pub async fn wait(&self, patience: Duration) -> Option<Arc<T>> {
        let mut result = self.result.clone();
        let found = tokio::time::timeout(patience, result.wait_for(Option::is_some)).await;
        found.ok()?.ok()?.clone()
    }

    /// Stops the work.
    pub fn cancel(&self) {
        self.watch.cancel();
    }
}

impl<T> Drop for Job<T> {
    fn drop(&mut self) {
        self.watch.cancel();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::sync::mpsc;

    use super::*;

    const LONG: Duration = Duration::from_mins(1);

    #[tokio::test]
    async fn the_result_is_there_when_a_hundred_is_told() {
        let (send, told) = mpsc::channel();
        let send = Arc::new(Mutex::new(send));
        let told_to = move |percent| send.lock().unwrap().send(percent).unwrap();
        let job = Job::start(Arc::new(Semaphore::new(1)), told_to, |watch| {
            (0..=1000).for_each(|step| watch.tell(f64::from(step) / 1000.0));
            Some("done")
        });
        assert_eq!(job.wait(LONG).await.as_deref(), Some(&"done"));
        assert_eq!((job.percent(), job.result().as_deref()), (100, Some(&"done")));
        let heard: Vec<u8> = (0..10).map(|_| told.recv_timeout(LONG).unwrap()).collect();
        assert_eq!(heard, [10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
    }

    #[tokio::test]
    async fn work_that_nobody_wants_stops() {
        let (started, has_started) = tokio::sync::oneshot::channel();
        let (stopped, has_stopped) = tokio::sync::oneshot::channel();
        let permits = Arc::new(Semaphore::new(1));
        let job = Job::start(
            permits.clone(),
            |_| {},
            |watch: &Watch| {
                let _ = started.send(());
                while !watch.is_cancelled() {
                    std::thread::yield_now();
                }
                let _ = stopped.send(());
                None::<()>
            },
        );
        has_started.await.unwrap();
        assert!(job.wait(Duration::ZERO).await.is_none() && job.percent() == 0);
        drop(job);
        has_stopped.await.unwrap();
        assert!(permits.acquire().await.is_ok(), "the next one has its turn");
    }
}
