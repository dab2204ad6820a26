//! Pins as GeoJSON (RFC 7946), feature by feature, without anything that leads to a person.

use std::collections::HashMap;

use crate::error::{Error, Result};
use crate::exports::packed::{Lean, Packed};
use crate::gatherings::Gathering;
use crate::id::Id;
use crate::pins::rounding::rounded;
use crate::pins::selection::Selection;
use crate::pins::votes::Votes;

/// What stands before the features. The notice travels with the file.
pub const HEAD: &str = concat!(
    r#"{"type":"FeatureCollection","notice":"Restricted: single pins of residents, for analysis only. "#,
    r#"Positions are rounded to 4 decimals (about 10 m). Publish counts of people, never pins.","features":["#
);

/// What stands behind the features.
pub const TAIL: &str = "\n]}\n";

/// Writes pins behind one another, straight into bytes: no participant, no id, no time but the gathering's date, no word
/// that nobody approved.
#[derive(Debug)]
pub struct Features {
    selection: Selection,
    /// The beginning of the properties of each gathering that is meant, by its id.
    gatherings: HashMap<String, Vec<u8>>,
    /// What others say to the pins, where they say anything.
    votes: HashMap<String, Votes>,
    is_first: bool,
}

/// The decimals that a coordinate is told with.
const DECIMALS: usize = 4;

impl Features {
    /// Nothing written yet, of the pins of a selection among these gatherings, with what others say to them.
    pub fn new(selection: Selection, gatherings: &[Gathering], votes: HashMap<Id, Votes>) -> Result<Self> {
        let meant = gatherings.iter().filter(|g| selection.fits_gathering(&g.id, &g.round, &g.held_on));
        let begin = |g: &Gathering| {
            let mut out = Vec::new();
            for (key, value) in [("gathering", g.id.as_str()), ("round", &g.round), ("held_on", &g.held_on)] {
                out.extend_from_slice(if out.is_empty() { b"\"" } else { b",\"" });
                out.extend_from_slice(key.as_bytes());
                out.extend_from_slice(b"\":");
                text(&mut out, value)?;
            }
            Ok((g.id.to_string(), out))
        };
        let gatherings = meant.map(begin).collect::<Result<_>>()?;
        let votes = votes.into_iter().map(|(pin, votes)| (pin.to_string(), votes)).collect();
        Ok(Self { selection, gatherings, votes, is_first: true })
    }

    /// The selected ones of some pins as features, one a line, with the commas between all that were written so far.
    pub fn write(&mut self, pins: &Packed) -> Result<Vec<u8>> {
        let pins = pins.pins();
        let mut out = Vec::with_capacity(pins.len() * 320);
        for pin in &pins {
            if let Some(begin) = self.gatherings.get(pin.gathering)
                && pin.fits(&self.selection)?
            {
                out.extend_from_slice(if self.is_first { b"\n" } else { b",\n" });
                self.is_first = false;
                feature(&mut out, begin, pin, self.votes_on(pin))?;
            }
        }
        Ok(out)
    }

    fn votes_on(&self, pin: &Lean) -> Votes {
        self.votes.get(pin.id).copied().unwrap_or_default()
    }
}

fn feature(out: &mut Vec<u8>, begin: &[u8], pin: &Lean, votes: Votes) -> Result<()> {
    out.extend_from_slice(br#"{"type":"Feature","geometry":"#);
    geometry(out, pin)?;
    out.extend_from_slice(br#","properties":{"#);
    out.extend_from_slice(begin);
    word(out, b",\"feeling\":", pin.feeling);
    number(out, b",\"intensity\":", pin.intensity);
    number(out, b",\"radius_m\":", pin.radius_m);
    words(out, b",\"when\":[", pin.when);
    words(out, b",\"days\":[", pin.days);
    word(out, b",\"frequency\":", pin.frequency);
    word(out, b",\"effect\":", pin.effect);
    words(out, b",\"themes\":[", pin.themes);
    word(out, b",\"basis\":", pin.basis);
    out.extend_from_slice(b",\"comment\":");
    match pin.shown()? {
        Some(comment) => text(out, comment)?,
        None => out.extend_from_slice(b"null"),
    }
    number(out, b",\"agree\":", &votes.agree.to_string());
    number(out, b",\"disagree\":", &votes.disagree.to_string());
    out.extend_from_slice(b"}}");
    Ok(())
}

/// The line or area that is meant, where it is still one once rounded; else the point.
fn geometry(out: &mut Vec<u8>, pin: &Lean) -> Result<()> {
    if let Some(shape) = pin.shape()?.and_then(|shape| rounded(&shape)) {
        return serde_json::to_writer(out, &shape).map_err(Error::internal);
    }
    out.extend_from_slice(br#"{"type":"Point","coordinates":["#);
    degrees(out, pin.lon)?;
    out.push(b',');
    degrees(out, pin.lat)?;
    out.extend_from_slice(b"]}");
    Ok(())
}

/// Any text, with what JSON wants escaped.
fn text(out: &mut Vec<u8>, value: &str) -> Result<()> {
    serde_json::to_writer(out, value).map_err(Error::internal)
}

/// A key and a word of a closed list, or null.
fn word(out: &mut Vec<u8>, key: &[u8], code: &str) {
    out.extend_from_slice(key);
    if code.is_empty() {
        return out.extend_from_slice(b"null");
    }
    out.push(b'"');
    out.extend_from_slice(code.as_bytes());
    out.push(b'"');
}

/// A key and a whole number, or null.
fn number(out: &mut Vec<u8>, key: &[u8], digits: &str) {
    out.extend_from_slice(key);
    out.extend_from_slice(if digits.is_empty() { b"null" } else { digits.as_bytes() });
}

/// A key and a list of words.
fn words(out: &mut Vec<u8>, key: &[u8], codes: &str) {
    out.extend_from_slice(key);
    for (at, code) in codes.split(',').filter(|code| !code.is_empty()).enumerate() {
        out.extend_from_slice(if at == 0 { b"\"" } else { b",\"" });
        out.extend_from_slice(code.as_bytes());
        out.push(b'"');
    }
    out.push(b']');
}

/// Ten-thousandths of a degree as degrees, as short as may be.
fn degrees(out: &mut Vec<u8>, digits: &str) -> Result<()> {
    let whole = digits.strip_prefix('-').unwrap_or(digits);
    if whole.is_empty() || whole.len() > 7 || !whole.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Error::internal("a coordinate that is no number"));
    }
    if digits.len() > whole.len() {
        out.push(b'-');
    }
    let (degrees, decimals) = whole.split_at(whole.len().saturating_sub(DECIMALS));
    out.extend_from_slice(if degrees.is_empty() { b"0" } else { degrees.as_bytes() });
    out.push(b'.');
    let shown = decimals.trim_end_matches('0');
    if shown.is_empty() {
        out.push(b'0');
    } else {
        out.extend_from_slice(&b"0000"[..DECIMALS - decimals.len()]);
        out.extend_from_slice(shown.as_bytes());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exports::packed::{RECORD, UNIT};
    use proptest::prelude::*;

    fn record(told: &[&str]) -> String {
        told.join(UNIT)
    }

    fn features(selection: &[(&str, &str)], records: &[String]) -> String {
        let pairs: Vec<_> = selection.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        let (selection, _) = Selection::parse(&pairs, &[]).unwrap();
        let begin = br#""gathering":"g","round":"2026-1","held_on":"2026-11-17""#.to_vec();
        let votes = HashMap::from([("00000000-0000-4000-8000-000000000002".into(), Votes { agree: 3, disagree: 1 })]);
        let mut features =
            Features { selection, gatherings: HashMap::from([("g".into(), begin)]), votes, is_first: true };
        String::from_utf8(features.write(&Packed::new(records.join(RECORD))).unwrap()).unwrap()
    }

    const FULL: [&str; 17] = [
        "00000000-0000-4000-8000-000000000002",
        "37123",
        "510500",
        "g",
        "unsafe",
        "2",
        "50",
        "evening,dark",
        "week",
        "weekly",
        "detour",
        "light,sight",
        "own",
        "zo \"donker\"",
        "approved",
        "",
        "",
    ];
    const BARE: [&str; 17] = [
        "00000000-0000-4000-8000-000000000001",
        "-5",
        "0",
        "g",
        "safe",
        "",
        "100",
        "",
        "",
        "",
        "",
        "",
        "heard",
        "raw",
        "waiting",
        "",
        "",
    ];

    #[test]
    fn every_byte_is_as_it_was() {
        let rows = [record(&FULL), record(&BARE)];
        assert_eq!(
            features(&[], &rows),
            concat!(
                "\n",
                r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[-0.0005,0.0]},"properties":{"#,
                r#""gathering":"g","round":"2026-1","held_on":"2026-11-17","feeling":"safe","intensity":null,"#,
                r#""radius_m":100,"when":[],"days":[],"frequency":null,"effect":null,"themes":[],"basis":"heard","#,
                r#""comment":null,"agree":0,"disagree":0}},"#,
                "\n",
                r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[3.7123,51.05]},"properties":{"#,
                r#""gathering":"g","round":"2026-1","held_on":"2026-11-17","feeling":"unsafe","intensity":2,"#,
                r#""radius_m":50,"when":["evening","dark"],"days":["week"],"frequency":"weekly","effect":"detour","#,
                r#""themes":["light","sight"],"basis":"own","comment":"zo \"donker\"","agree":3,"disagree":1}}"#,
            )
        );
    }

    #[test]
    fn only_what_is_selected_leaves() {
        let elsewhere = [&BARE[..3], &["h"], &BARE[4..]].concat();
        let rows = [record(&FULL), record(&BARE), record(&elsewhere)];
        let count = |selection: &[(&str, &str)]| features(selection, &rows).matches("Feature").count();
        assert_eq!(count(&[]), 2);
        assert_eq!(count(&[("theme", "sight")]), 1);
        assert_eq!(count(&[("when", "dark"), ("feeling", "safe")]), 0);
        assert_eq!(count(&[("role", "resident")]), 0, "nobody said so");
        let asked = record(&[&FULL[..], &["45_64", "woman", "resident"]].concat());
        assert_eq!(features(&[("role", "resident"), ("age", "45_64")], &[asked]).matches("Feature").count(), 1);
    }

    proptest! {
        #[test]
        fn degrees_are_written_as_any_number_is(tenthousandths in -1_800_000_i64..1_800_000) {
            let mut out = Vec::new();
            degrees(&mut out, &tenthousandths.to_string()).unwrap();
            let expected = serde_json::to_string(&(tenthousandths as f64 / 1e4)).unwrap();
            prop_assert_eq!(String::from_utf8(out).unwrap(), expected);
        }
    }
}
