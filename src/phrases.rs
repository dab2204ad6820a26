//! Sentences that the server makes itself, for its own pages and for paper, in the four languages of all pages.

use std::collections::BTreeMap;

/// The languages, the one that is taken where another is asked for last.
pub const LANGUAGES: [(&str, &str); 4] =
    [("nl", "Nederlands"), ("fr", "Français"), ("de", "Deutsch"), ("en", "English")];

/// The sentences of one language by their key, with `{gaps}` for names and numbers.
#[derive(Debug, Default)]
pub struct Phrases(BTreeMap<String, String>);

impl Phrases {
    /// Reads sentences from a flat JSON object.
    #[must_use]
    pub fn read(json: &str) -> Self {
        Self(serde_json::from_str(json).unwrap_or_default())
    }

    /// A sentence with its gaps filled; what is filled in is not looked at again. A key that is not there is given back.
    #[must_use]
    pub fn say(&self, key: &str, filling: &[(&str, &str)]) -> String {
        let mut said = String::new();
        let mut rest = self.0.get(key).map_or(key, String::as_str);
        while let Some((before, after)) = rest.split_once('{') {
            said.push_str(before);
            let Some((gap, behind)) = after.split_once('}') else { break };
            said.push_str(filling.iter().find(|(name, _)| *name == gap).map_or(gap, |(_, value)| value));
            rest = behind;
        }
        said + rest
    }

    /// Whether there is such a sentence.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    /// The sentences whose keys begin so, by the rest of their keys.
    #[must_use]
    pub fn under(&self, start: &str) -> BTreeMap<&str, &str> {
        let told = self.0.iter().filter_map(|(key, text)| Some((key.strip_prefix(start)?, text.as_str())));
        told.collect()
    }

    /// A date such as `2026-11-17` in words.
    #[must_use]
    pub fn day(&self, date: &str) -> String {
        let mut parts = date.split('-').map(|part| part.trim_start_matches('0'));
        let (Some(year), Some(month), Some(day)) = (parts.next(), parts.next(), parts.next()) else {
            return date.to_owned();
        };
        self.say("day", &[("day", day), ("month", &self.say(&format!("month.{month}"), &[])), ("year", year)])
    }
}

/// The same sentences in Dutch, French, German and English.
#[derive(Debug)]
pub struct Tongues([Phrases; 4]);

impl Tongues {
    /// Reads them, in this order.
    #[must_use]
    pub fn read(json: [&str; 4]) -> Self {
        Self(json.map(Phrases::read))
    }

    /// The language of a code and its sentences; English where the pages do not speak it.
    #[must_use]
    pub fn of(&self, code: &str) -> (&'static str, &Phrases) {
        let at = LANGUAGES.iter().position(|(known, _)| *known == code).unwrap_or(LANGUAGES.len() - 1);
        (LANGUAGES[at].0, &self.0[at])
    }

    /// What one language says and another does not, or with other gaps.
    ///
    /// # Panics
    ///
    /// Where there are no sentences at all.
    #[cfg(test)]
    pub fn differences(&self) -> Vec<String> {
        let gaps = |text: &str| {
            let mut gaps: Vec<String> =
                text.split('{').skip(1).filter_map(|part| Some(part.split_once('}')?.0.to_owned())).collect();
            gaps.sort();
            gaps
        };
        let shape = |phrases: &Phrases| -> Vec<String> {
            phrases.0.iter().map(|(key, text)| format!("{key} {:?}", gaps(text))).collect()
        };
        let first = shape(&self.0[0]);
        assert!(!first.is_empty());
        let others = self.0[1..].iter().map(shape);
        let differs = |other: Vec<String>| {
            let missing: Vec<_> = first.iter().filter(|one| !other.contains(one)).cloned().collect();
            let more: Vec<_> = other.iter().filter(|one| !first.contains(one)).cloned().collect();
            [missing, more].concat()
        };
        others.flat_map(differs).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_filled_once() {
        let phrases = Phrases::read(r#"{"hi":"{who} zegt {what}.","day":"{day} {month} {year}","month.3":"maart"}"#);
        assert_eq!(phrases.say("hi", &[("who", "{what}"), ("what", "ja")]), "{what} zegt ja.");
        assert_eq!(phrases.say("none", &[]), "none");
        assert_eq!(phrases.day("2026-03-07"), "7 maart 2026");
    }

    #[test]
    fn another_language_is_english() {
        let tongues = Tongues::read([r#"{"a":"nl"}"#, r#"{"a":"fr"}"#, r#"{"a":"de"}"#, r#"{"a":"en"}"#]);
        assert_eq!(
            (tongues.of("fr").0, tongues.of("ar").0, tongues.of("ar").1.say("a", &[])),
            ("fr", "en", "en".into())
        );
        assert_eq!(tongues.differences(), Vec::<String>::new());
    }
}
