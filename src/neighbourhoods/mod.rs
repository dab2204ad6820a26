//! The area under study: name, boundary, languages, themes in use, thresholds, basemap.

pub mod api;
pub mod store;
pub mod themes;

use crate::basemap::Basemap;
use crate::error::{Error, Result};
use crate::geometry::Boundary;
use crate::id::Id;
use crate::neighbourhoods::themes::Theme;
use crate::words;

words! {
    /// A language of the tablet; the other pages have the first four.
    pub enum Language {
        Nl = "nl", Fr = "fr", De = "de", En = "en",
        Ar = "ar", Tr = "tr", Uk = "uk", Es = "es", Pl = "pl", Ro = "ro",
    }
}

/// A neighbourhood.
#[derive(Debug, Clone)]
pub struct Neighbourhood {
    /// Its id, the shard key of every other row.
    pub id: Id,
    /// Its name in addresses.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// The area that pins must lie in.
    pub boundary: Boundary,
    /// The languages of its tablets, the first one first.
    pub languages: Vec<Language>,
    /// The themes that residents choose from.
    pub themes: Vec<Theme>,
    /// The map under the pins.
    pub basemap: Basemap,
    /// The kernel's width of its hotspots, in metres.
    pub sigma_m: f64,
    /// So many days after a gathering its words, and what participants told about themselves, are erased.
    pub retention_days: i64,
}

/// The kernel's width that a new neighbourhood starts with, in metres.
pub const SIGMA_M: f64 = 100.0;
/// How long a new neighbourhood keeps words and what participants told about themselves, in days.
pub const RETENTION_DAYS: i64 = 180;

/// Makes the name for addresses from a name: lower case, ASCII, hyphens.
#[must_use]
pub fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name.to_lowercase().chars() {
        match c {
            'a'..='z' | '0'..='9' => slug.push(c),
            'à'..='å' => slug.push('a'),
            'è'..='ë' => slug.push('e'),
            'ì'..='ï' => slug.push('i'),
            'ò'..='ö' => slug.push('o'),
            'ù'..='ü' => slug.push('u'),
            'ç' => slug.push('c'),
            'ñ' => slug.push('n'),
            'ß' => slug.push_str("ss"),
            '\'' | '’' => {}
            _ if slug.is_empty() || slug.ends_with('-') => {}
            _ => slug.push('-'),
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "buurt".to_owned() } else { slug.chars().take(60).collect() }
}

/// Checks that languages are given, each once.
pub fn check_languages(languages: &[Language]) -> Result<()> {
    check_list("languages", languages)
}

/// Checks that themes are given, each once.
pub fn check_themes(themes: &[Theme]) -> Result<()> {
    check_list("themes", themes)
}

fn check_list<T: PartialEq>(field: &str, list: &[T]) -> Result<()> {
    let double = list.iter().enumerate().any(|(i, one)| list[..i].contains(one));
    if list.is_empty() || double {
        return Err(Error::invalid(field, "must hold at least one, and each only once"));
    }
    Ok(())
}

/// Checks for how many days words are kept.
pub fn check_retention(days: i64) -> Result<()> {
    if (1..=365).contains(&days) {
        return Ok(());
    }
    Err(Error::invalid("retention_days", "must be 1 to 365"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_plain() {
        assert_eq!(slug("Sint-Maria-Áalter, 't Ënd"), "sint-maria-aalter-t-end");
        assert_eq!(slug("  —  "), "buurt");
        assert_eq!(slug("ضاحية"), "buurt");
    }
}
