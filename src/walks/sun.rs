//! The clock on the wall, and when the sun sets there.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use solar_positioning::{Horizon, Location, SolarEvents};

use crate::error::{Error, Result};

/// Milliseconds of a day.
const DAY_MS: f64 = 86_400_000.0;
/// The Julian date of 1970-01-01T00:00Z.
const JULIAN_1970: f64 = 2_440_587.5;
/// How far the earth's turning lags behind the even clock, in seconds (2026; a minute more or less moves sunset by less
/// than a second).
const DELTA_T: f64 = 69.2;

/// Checks that a text is a time of day such as `16:05`; seconds are cut off.
pub fn check_clock(field: &str, text: &str) -> Result<String> {
    Ok(shown(clock(field, text)?))
}

fn clock(field: &str, text: &str) -> Result<Time> {
    let is_plain = text.len() == 5 && text.as_bytes()[2] == b':';
    let time = text.parse().ok().filter(|_| is_plain);
    time.ok_or_else(|| Error::invalid(field, "must be a time of day like 16:05"))
}

fn shown(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// Reads a time zone's name such as `Europe/Brussels`.
pub fn zone(name: &str) -> Result<TimeZone> {
    TimeZone::get(name).map_err(|_| Error::invalid("time_zone", "is no time zone like Europe/Brussels"))
}

/// The time of day so many minutes after another; past midnight it starts anew.
#[must_use]
pub fn later(start: &str, minutes: f64) -> String {
    let Ok(start) = start.parse::<Time>() else { return start.to_owned() };
    #[expect(clippy::cast_possible_truncation, reason = "minutes of a walk")]
    let seconds = (minutes * 60.0).round() as i64;
    shown(start.wrapping_add(jiff::SignedDuration::from_secs(seconds)))
}

/// Minutes since midnight; none where the text is no time of day.
#[must_use]
pub fn minute_of_day(clock: &str) -> Option<i64> {
    let time: Time = clock.parse().ok()?;
    Some(i64::from(time.hour()) * 60 + i64::from(time.minute()))
}

/// When the sun sets on a date, on the clock of the time zone, to the nearest minute; none where it does not set. The upper
/// edge is on a level horizon, with the usual refraction.
#[must_use]
pub fn sunset(day: &str, [lon, lat]: [f64; 2], zone: &TimeZone) -> Option<String> {
    let day: Date = day.parse().ok()?;
    let midnight = |date: Date| {
        let at = DateTime::from_parts(date, Time::midnight()).to_zoned(zone.clone()).ok()?;
        #[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 fit")]
        Some(at.timestamp().as_millisecond() as f64 / DAY_MS + JULIAN_1970)
    };
    let (from, to) = (midnight(day)?, midnight(day.tomorrow().ok()?)?);
    let spot = Location { latitude: lat, longitude: lon };
    let set = SolarEvents::new().next_set_from_julian(from, to, spot, DELTA_T, Horizon::SunriseSunset).ok()??;
    #[expect(clippy::cast_possible_truncation, reason = "a time of this age")]
    let minute = ((set - JULIAN_1970) * DAY_MS / 60_000.0).round() as i64;
    let at = jiff::Timestamp::from_second(minute * 60).ok()?.to_zoned(zone.clone());
    Some(shown(at.time()))
}
