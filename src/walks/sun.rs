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

/// The next time of day that is a multiple of five minutes.
#[must_use]
pub fn to_five(clock: &str) -> String {
    let over = minute_of_day(clock).map_or(0, |minute| minute.rem_euclid(5));
    #[expect(clippy::cast_precision_loss, reason = "less than five")]
    later(clock, if over == 0 { 0.0 } else { (5 - over) as f64 })
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Made by `tests/reference/sunset.py` with `PyEphem`: place, lon, lat, zone, day, sunset.
    const PYEPHEM: &str = include_str!("../../tests/reference/sunset.csv");

    #[test]
    fn the_sun_sets_when_pyephem_says_to_the_minute() {
        let mut rows = 0;
        for line in PYEPHEM.lines().skip(1) {
            let row: Vec<&str> = line.split(',').collect();
            let spot = [row[1].parse().unwrap(), row[2].parse().unwrap()];
            let found = sunset(row[4], spot, &zone(row[3]).unwrap());
            match (found.as_deref().and_then(minute_of_day), minute_of_day(row[5])) {
                // Where the sun hardly dips, a minute of refraction is many of time: two stay apart by one at most.
                (Some(found), Some(told)) => assert!((found - told).abs() <= 1, "{line}: {found}"),
                (found, told) => assert_eq!(found, told, "{line}"),
            }
            rows += 1;
        }
        assert!(rows > 60);
    }

    #[test]
    fn the_clock_is_read_and_goes_on_past_midnight() {
        assert_eq!(check_clock("start", "06:05").unwrap(), "06:05");
        for wrong in ["6:05", "24:00", "06:60", "half vijf", "06.05", "", "06:05:00"] {
            assert_eq!(check_clock("start", wrong).unwrap_err().field.as_deref(), Some("start"), "{wrong}");
        }
        assert_eq!(later("23:50", 20.0), "00:10");
        assert_eq!(later("00:10", -20.0), "23:50");
        assert_eq!((to_five("17:16").as_str(), to_five("17:15").as_str()), ("17:20", "17:15"));
        assert!(zone("Europe/Brussel").is_err());
    }
}
