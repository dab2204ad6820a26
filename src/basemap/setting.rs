//! Which map a neighbourhood is drawn on: an archive of tiles here, a raster map or a style from elsewhere.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Schema;
use crate::error::{Error, Result};

const MAX_ADDRESS: usize = 1000;
const MAX_ATTRIBUTION: usize = 300;
const MAX_ZOOM: u8 = 22;

/// The map of a neighbourhood as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Basemap {
    /// Vector tiles from this server.
    Archive {
        /// The archive's name; none means the one that covers the boundary best.
        #[serde(default)]
        archive: Option<String>,
    },
    /// Pictures from another server.
    Raster {
        /// The address with `{z}`, `{x}` and `{y}`, or the WMTS words for them.
        tiles: String,
        /// Whom to thank, in plain text.
        attribution: String,
        /// The deepest zoom that server has.
        max_zoom: u8,
    },
    /// A MapLibre style from another server.
    Style {
        /// The address of the style's JSON.
        url: String,
    },
}

impl Default for Basemap {
    fn default() -> Self {
        Self::Archive { archive: None }
    }
}

impl Basemap {
    /// Gives the setting as it may be stored, WMTS words made `{z}`, `{x}`, `{y}`; the error names the field.
    pub fn check(self) -> Result<Self> {
        match self {
            Self::Archive { archive } => {
                if archive.as_deref().is_some_and(|name| !is_archive_name(name)) {
                    return Err(Error::invalid("basemap.archive", "is not the name of an archive"));
                }
                Ok(Self::Archive { archive })
            }
            Self::Raster { tiles, attribution, max_zoom } => {
                let tiles = template("basemap.tiles", &tiles)?;
                let attribution = attribution.trim().to_owned();
                if attribution.is_empty() {
                    return Err(Error::invalid("basemap.attribution", "must say whom to thank for the map"));
                }
                if attribution.chars().count() > MAX_ATTRIBUTION {
                    return Err(Error::invalid(
                        "basemap.attribution",
                        format!("is longer than {MAX_ATTRIBUTION} characters"),
                    ));
                }
                if attribution.chars().any(char::is_control) {
                    return Err(Error::invalid("basemap.attribution", "holds a control character"));
                }
                if !(1..=MAX_ZOOM).contains(&max_zoom) {
                    return Err(Error::invalid("basemap.max_zoom", format!("must be between 1 and {MAX_ZOOM}")));
                }
                Ok(Self::Raster { tiles, attribution, max_zoom })
            }
            Self::Style { url } => {
                let url = address("basemap.url", &url)?;
                if url.contains(['{', '}']) {
                    return Err(Error::invalid("basemap.url", "a style has one address, without { }"));
                }
                Ok(Self::Style { url })
            }
        }
    }
}

impl Basemap {
    /// The other server this map comes from, as a content policy names it: scheme, host and port.
    #[must_use]
    pub fn server(&self) -> Option<String> {
        let address = match self {
            Self::Archive { .. } => return None,
            Self::Raster { tiles, .. } => tiles,
            Self::Style { url } => url,
        };
        let (scheme, rest) = address.split_once("://")?;
        let host = rest.split(['/', '?', '#']).next()?;
        Some(format!("{scheme}://{host}"))
    }
}

/// Whether a text can name an archive: letters, digits, `-`, `_` and inner dots, at most 64.
pub(super) fn is_archive_name(name: &str) -> bool {
    (1..=64).contains(&name.len())
        && !name.starts_with('.')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

fn address(field: &'static str, text: &str) -> Result<String> {
    let text = text.trim();
    if text.len() > MAX_ADDRESS {
        return Err(Error::invalid(field, format!("is longer than {MAX_ADDRESS} characters")));
    }
    if text.chars().any(|c| c.is_control() || c.is_whitespace() || matches!(c, '"' | '<' | '>' | '\\' | '^' | '`')) {
        return Err(Error::invalid(field, "holds a character that no address has"));
    }
    let rest = text
        .split_once("://")
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http"))
        .map(|(_, rest)| rest)
        .ok_or_else(|| Error::invalid(field, "must begin with https:// or http://"))?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if host.contains('@') {
        return Err(Error::invalid(field, "must not hold a name or password"));
    }
    // The host also goes into the pages' content policy, so it may hold nothing that means something there.
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '[' | ']');
    if host.is_empty() || host.starts_with(':') || !host.chars().all(plain) {
        return Err(Error::invalid(field, "must name one server, in plain letters, digits, dots and hyphens"));
    }
    Ok(text.to_owned())
}

fn template(field: &'static str, text: &str) -> Result<String> {
    let text = address(field, text)?;
    let mut made = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(open) = rest.find(['{', '}']) {
        made.push_str(&rest[..open]);
        let close = rest[open..].find('}').filter(|close| *close > 0);
        let close = close.ok_or_else(|| Error::invalid(field, "has a { or } without its other half"))? + open;
        let word = &rest[open + 1..close];
        made.push_str(match word.to_ascii_lowercase().as_str() {
            "z" | "tilematrix" => "{z}",
            "x" | "tilecol" => "{x}",
            "y" | "tilerow" => "{y}",
            _ => {
                let word: String = word.chars().take(40).collect();
                return Err(Error::invalid(field, format!("{{{word}}} is unknown: write its value in its place")));
            }
        });
        rest = &rest[close + 1..];
    }
    made.push_str(rest);
    for word in ["{z}", "{x}", "{y}"] {
        if made.matches(word).count() != 1 {
            return Err(Error::invalid(field, format!("must hold {word} once")));
        }
    }
    Ok(made)
}

/// The map of a neighbourhood as pages draw it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Resolved {
    /// Vector tiles from this server.
    Archive(ArchiveMap),
    /// Pictures from another server.
    Raster {
        /// The address with `{z}`, `{x}` and `{y}`.
        tiles: String,
        /// Whom to thank, in plain text.
        attribution: String,
        /// The deepest zoom that server has.
        max_zoom: u8,
    },
    /// A MapLibre style from another server.
    Style {
        /// The address of the style's JSON.
        url: String,
    },
}

/// What pages need to draw an archive; without an archive everything is left out.
#[derive(Debug, Clone, Default, PartialEq, Serialize, ToSchema)]
pub struct ArchiveMap {
    /// The archive's name, or null when there is none.
    pub archive: Option<String>,
    /// How its layers are called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schema: Option<Schema>,
    /// The address with `{z}`, `{x}` and `{y}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tiles: Option<String>,
    /// The shallowest zoom with tiles.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_zoom: Option<u8>,
    /// The deepest zoom with tiles.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_zoom: Option<u8>,
    /// West, south, east, north.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bounds: Option<[f64; 4]>,
    /// Whom to thank, in plain text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attribution: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raster(tiles: &str) -> Result<Basemap> {
        Basemap::Raster { tiles: tiles.into(), attribution: " © Kaart ".into(), max_zoom: 19 }.check()
    }

    #[test]
    fn wmts_words_become_plain_ones() {
        let made = raster("https://kaart.example/wmts?m=EPSG:3857&z={TileMatrix}&y={TileRow}&x={TileCol}").unwrap();
        let Basemap::Raster { tiles, attribution, .. } = made else { panic!("not a raster") };
        assert_eq!(tiles, "https://kaart.example/wmts?m=EPSG:3857&z={z}&y={y}&x={x}");
        assert_eq!(attribution, "© Kaart");
    }

    #[test]
    fn only_a_full_template_on_the_web_is_taken() {
        assert!(raster("http://10.0.0.4:8080/{z}/{x}/{y}.png").is_ok());
        for (wrong, why) in [
            ("ftp://a/{z}/{x}/{y}", "https://"),
            ("javascript:alert(1)//{z}{x}{y}", "https://"),
            ("https://a/{z}/{x}", "{y}"),
            ("https://a/{z}/{x}/{y}/{y}", "{y}"),
            ("https://{s}.a/{z}/{x}/{y}", "one server"),
            ("https://a;script-src/{z}/{x}/{y}", "one server"),
            ("https://a,b/{z}/{x}/{y}", "one server"),
            ("https://a'/{z}/{x}/{y}", "one server"),
            ("https://a/{TileMatrixSet}/{z}/{x}/{y}", "TileMatrixSet"),
            ("https://u:p@a/{z}/{x}/{y}", "password"),
            ("https:///{z}/{x}/{y}", "one server"),
            ("https://a/{z}/{x}/{y", "other half"),
            ("https://a/}{z}/{x}/{y}", "other half"),
            ("https://a/ {z}/{x}/{y}", "character"),
        ] {
            let error = raster(wrong).unwrap_err();
            assert_eq!(error.field.as_deref(), Some("basemap.tiles"), "{wrong}");
            assert!(error.reason.contains(why), "{wrong}: {error}");
        }
        assert!(raster(&format!("https://a/{{z}}/{{x}}/{{y}}{}", "a".repeat(1000))).is_err());
    }

    #[test]
    fn a_map_from_elsewhere_names_its_server() {
        let made = raster("HTTPS://kaart.example:8443?z={z}&x={x}&y={y}").unwrap();
        assert_eq!(made.server().as_deref(), Some("HTTPS://kaart.example:8443"));
        let style = Basemap::Style { url: "http://127.0.0.1/a.json".into() };
        assert_eq!(style.server().as_deref(), Some("http://127.0.0.1"));
        assert_eq!(Basemap::default().server(), None);
    }

    #[test]
    fn an_archive_is_a_name_and_not_a_path() {
        for (name, good) in
            [("demo", true), ("lille.2026-1", true), ("../x", false), (".x", false), ("a/b", false), ("", false)]
        {
            assert_eq!(Basemap::Archive { archive: Some(name.into()) }.check().is_ok(), good, "{name}");
        }
    }

    #[test]
    fn the_json_is_as_promised() {
        let read = |text| serde_json::from_str::<Basemap>(text);
        assert_eq!(read(r#"{"kind":"archive","archive":null}"#).unwrap(), Basemap::default());
        assert_eq!(read(r#"{"kind":"archive"}"#).unwrap(), Basemap::default());
        assert!(read(r#"{"kind":"tiles"}"#).is_err());
        // What a page was told can be sent back as it is.
        let told = r#"{"kind":"archive","archive":"demo","schema":"buurtsignaal","min_zoom":10}"#;
        assert_eq!(read(told).unwrap(), Basemap::Archive { archive: Some("demo".into()) });
        let none = serde_json::to_string(&Resolved::Archive(ArchiveMap::default())).unwrap();
        assert_eq!(none, r#"{"kind":"archive","archive":null}"#);
        let style = Basemap::Style { url: "https://a/style.json".into() }.check().unwrap();
        assert_eq!(serde_json::to_string(&style).unwrap(), r#"{"kind":"style","url":"https://a/style.json"}"#);
    }
}
