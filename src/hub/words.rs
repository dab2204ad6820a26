//! The words of the hub's own pages, in the four languages of all pages.

use std::sync::LazyLock;

use serde::Deserialize;

/// Every word of the pages; each language has them all.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    pub title: String,
    pub lead: String,
    pub harmless: String,
    pub get: String,
    pub mark: String,
    pub mark_told: String,
    pub how: String,
    pub then: String,
    pub trusted: String,
    pub without: String,
    pub without_told: String,
    pub go_on: String,
    pub screen: String,
    pub screen_lead: String,
    pub screen_mark: String,
    pub screen_qr: String,
    pub screen_open: String,
    pub no_network: String,
    pub desk: String,
    pub wall: String,
    pub ios: Vec<String>,
    pub android: Vec<String>,
    pub windows: Vec<String>,
    pub chromeos: Vec<String>,
}

/// The languages, the one that is taken where a device asks for none of them first.
pub const LANGUAGES: [(&str, &str); 4] =
    [("nl", "Nederlands"), ("fr", "Français"), ("de", "Deutsch"), ("en", "English")];

static WORDS: LazyLock<[Words; 4]> = LazyLock::new(|| {
    let read = |text| serde_json::from_str(text).unwrap_or_default();
    [
        read(include_str!("words/nl.json")),
        read(include_str!("words/fr.json")),
        read(include_str!("words/de.json")),
        read(include_str!("words/en.json")),
    ]
});

/// The code and the words of a language; `wanted` is a code or what a browser says it would like, in its order.
pub fn words(wanted: &str) -> (&'static str, &'static Words) {
    let codes = wanted.split(',').map(|one| one.trim().get(..2).unwrap_or_default().to_lowercase());
    let at = codes.into_iter().find_map(|code| LANGUAGES.iter().position(|(known, _)| *known == code));
    let at = at.unwrap_or_default();
    (LANGUAGES[at].0, &WORDS[at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_every_word() {
        let texts = [
            include_str!("words/nl.json"),
            include_str!("words/fr.json"),
            include_str!("words/de.json"),
            include_str!("words/en.json"),
        ];
        for text in texts {
            serde_json::from_str::<Words>(text).unwrap();
        }
    }

    #[test]
    fn a_device_is_spoken_to_in_its_language() {
        assert_eq!(words("de-AT,de;q=0.9,en;q=0.8").0, "de");
        assert_eq!(words("tr,fr;q=0.5").0, "fr");
        assert_eq!(words("").0, "nl");
    }
}
