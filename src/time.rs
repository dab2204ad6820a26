//! The clock: the only place that asks the machine what time it is.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use crate::error::{Error, Result};

/// Tells the time in milliseconds since 1970, from the machine or from a test.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's own clock.
    Machine,
    /// A clock that only moves when told to.
    Set(Arc<AtomicI64>),
}

impl Clock {
    /// Now, in milliseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the clock")]
    pub fn now_ms(&self) -> i64 {
        match self {
            Self::Machine => jiff::Timestamp::now().as_millisecond(),
            Self::Set(at) => at.load(Ordering::Relaxed),
        }
    }

    /// Today's date in UTC, as `2026-11-17`.
    #[must_use]
    pub fn today(&self) -> String {
        date(self.now_ms())
    }
}

fn moment(at_ms: i64) -> jiff::Timestamp {
    jiff::Timestamp::from_millisecond(at_ms).unwrap_or(jiff::Timestamp::UNIX_EPOCH)
}

/// The date in UTC of a time in milliseconds since 1970, as `2026-11-17`.
#[must_use]
pub fn date(at_ms: i64) -> String {
    moment(at_ms).to_zoned(jiff::tz::TimeZone::UTC).date().to_string()
}

/// A time in milliseconds since 1970 as RFC 3339 writes it, such as `2026-11-17T18:30:00Z`.
#[must_use]
pub fn rfc3339(at_ms: i64) -> String {
    moment(at_ms).to_string()
}

/// The date so many days before another.
pub fn days_before(date: &str, days: i64) -> Result<String> {
    let date: jiff::civil::Date = date.parse().map_err(Error::internal)?;
    let span = jiff::Span::new().try_days(days).map_err(Error::internal)?;
    Ok(date.checked_sub(span).map_err(Error::internal)?.to_string())
}

/// The date so many days after another.
pub fn days_after(date: &str, days: i64) -> Result<String> {
    days_before(date, -days)
}

/// How many days lie between two dates, less than zero where the second is earlier.
pub fn days_between(first: &str, second: &str) -> Result<i64> {
    let date = |text: &str| text.parse::<jiff::civil::Date>().map_err(Error::internal);
    let span = date(first)?.until((jiff::Unit::Day, date(second)?)).map_err(Error::internal)?;
    Ok(i64::from(span.get_days()))
}

/// Checks that a text is a calendar date such as `2026-11-17`.
pub fn check_date(field: &str, text: &str) -> Result<()> {
    text.parse::<jiff::civil::Date>()
        .map(drop)
        .map_err(|_| Error::invalid(field, format!("{text:?} is not a date like 2026-11-17")))
}
