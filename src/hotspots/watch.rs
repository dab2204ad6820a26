//! Long work that can be told to stop, and that tells how far it is.

use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};

/// Stands between long work and whoever waits for it.
pub struct Watch {
    cancelled: AtomicBool,
    percent: AtomicU8,
    told: Box<dyn Fn(u8) + Send + Sync>,
}

impl Watch {
    /// A watch whose progress is told in whole percents, each once and growing.
    pub fn new(told: impl Fn(u8) + Send + Sync + 'static) -> Self {
        Self { cancelled: AtomicBool::new(false), percent: AtomicU8::new(0), told: Box::new(told) }
    }

    /// A watch that nobody looks at.
    #[must_use]
    pub fn silent() -> Self {
        Self::new(|_| {})
    }

    /// Tells the work to stop at its next look.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether the work is to stop; cheap, to be asked often.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// How far the work is, in percent.
    #[must_use]
    pub fn percent(&self) -> u8 {
        self.percent.load(Ordering::Relaxed)
    }

    /// Tells how far the work is, as a share from 0 to 1.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a percentage")]
    pub fn tell(&self, share: f64) {
        let percent = (share.clamp(0.0, 1.0) * 100.0) as u8;
        if self.percent.fetch_max(percent, Ordering::Relaxed) < percent {
            (self.told)(percent);
        }
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Watch({} %)", self.percent())
    }
}
