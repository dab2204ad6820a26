//! Fills the posters of a data walk and its summary.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::kit::{WORDS, dated};
use super::map::{self, Contents, Look, Theme, View, feeling_of};
use super::qr::qr;
use super::scene::{Layer, Scene};
use super::shapes::{LOGO, mark, pictogram};
use super::sheet::Sheet;
use crate::basemap::archive::Archive;
use crate::data_walks::charts::{Chart, Panel};
use crate::data_walks::reading::Summary;
use crate::data_walks::stations::{Named, Reading};
use crate::data_walks::telling::{Shown, theme, words};
use crate::data_walks::{DataWalk, StationKind};
use crate::error::Result;
use crate::hotspots::bands::Side;
use crate::neighbourhoods::Neighbourhood;
use crate::neighbourhoods::themes::Theme as Reason;
use crate::phrases::Phrases;
use crate::pins::Feeling;
use crate::words;

words! {
    /// The paper of a poster.
    pub enum Format { A3 = "a3", A2 = "a2", A1 = "a1" }
}

impl Format {
    /// How much larger everything is than on A3.
    #[must_use]
    pub fn larger(self) -> f64 {
        match self {
            Self::A3 => 1.0,
            Self::A2 => std::f64::consts::SQRT_2,
            Self::A1 => 2.0,
        }
    }
}

/// The width of A3 between its margins, in millimetres.
const WIDE_MM: f64 = 262.0;
/// From so many people on, a mark is five of them.
const MANY: u32 = 60;

/// A data walk to be printed.
#[derive(Debug, Clone, Copy)]
pub struct Printed<'a> {
    /// The data walk.
    pub walk: &'a DataWalk,
    /// Where it is about.
    pub neighbourhood: &'a Neighbourhood,
    /// The stations that are printed, as they stand.
    pub stations: &'a [Shown],
    /// What they were made from.
    pub reading: &'a Reading,
    /// The map under them.
    pub archive: Option<&'a Archive>,
    /// Where a phone joins, without the station; none where it may not.
    pub join: Option<&'a str>,
    /// The size of the paper.
    pub format: Format,
    /// The code of the language.
    pub lang: &'a str,
}

impl Printed<'_> {
    /// The posters to be set, a page for each station.
    pub fn sheet(&self) -> Result<Sheet> {
        let (lang, say) = WORDS.of(self.lang);
        let mut drawings = vec![("logo".to_owned(), LOGO.to_owned())];
        for feeling in Feeling::ALL {
            drawings.push((format!("mark-{}", feeling.code()), mark(*feeling)));
        }
        for reason in Reason::ALL {
            drawings.push((format!("icon-{}", reason.code()), pictogram(reason.code())));
        }
        let mut stations = Vec::new();
        let mut days = BTreeMap::new();
        for station in self.stations {
            if let Chart::Actions { drafts, .. } = &station.chart {
                days.extend(drafts.iter().filter_map(|draft| draft.due.as_deref()).map(|due| (due, say.day(due))));
            }
            let address = self.join.map(|join| format!("{join}&station={}", station.number));
            let maps = self.maps(station, say)?;
            let names: Vec<String> = (0..maps.len()).map(|at| format!("map-{}-{at}", station.number)).collect();
            drawings.extend(names.iter().cloned().zip(maps));
            let code = address.as_ref().map(|address| {
                drawings.push((format!("qr-{}", station.number), qr(address)));
                format!("qr-{}", station.number)
            });
            let qr_alt = say.say("qr_alt", &[("address", address.as_deref().unwrap_or_default())]);
            stations.push(
                json!({"shown": station, "maps": names, "qr": code, "qr_alt": qr_alt, "strip": strip(station, say)}),
            );
        }
        let reasons: BTreeMap<&str, &str> = Reason::ALL.iter().map(|one| (one.code(), theme(*one, lang))).collect();
        let data = json!({
            "lang": lang,
            "title": format!("{} – {}", self.walk.name, say.say("poster.data_walk", &[])),
            "paper": self.format.code(),
            "k": self.format.larger(),
            "head": format!("{} · {} · {}", say.say("poster.data_walk", &[]), self.neighbourhood.name, say.day(&self.walk.day)),
            "map_alt": say.say("poster.map_alt", &[("name", &self.neighbourhood.name)]),
            "stations": stations,
            "words": say.under("poster."),
            "marks": say.under("mark."),
            "labels": words(lang).1.under(""),
            "reasons": reasons,
            "days": days,
        });
        Ok(Sheet { template: "poster.typ", data, drawings })
    }

    fn maps(&self, station: &Shown, say: &Phrases) -> Result<Vec<String>> {
        let (layer, side) = match station.kind {
            StationKind::Safe => (Layer::Surface, Side::Safe),
            StationKind::Unsafe => (Layer::Surface, Side::Unsafe),
            StationKind::Contested | StationKind::When => (Layer::Hotspots, Side::Both),
            _ => return Ok(Vec::new()),
        };
        match &station.chart {
            Chart::Places { .. } => Ok(vec![self.map(&self.reading.all, layer, side, [WIDE_MM, 176.0], 1.0, say)?]),
            Chart::Contested { .. } => {
                Ok(vec![self.map(&self.reading.all, layer, side, [WIDE_MM, 150.0], 1.0, say)?])
            }
            Chart::When { panels } => {
                let shown = panels.iter().filter(|panel| panel.refused.is_none());
                let named = |panel: &Panel| self.reading.times.iter().find(|(time, _)| *time == panel.time);
                let maps = shown.filter_map(|panel| Some(&named(panel)?.1));
                maps.map(|named| self.map(named, layer, side, [82.0, 104.0], 0.72, say)).collect()
            }
            _ => Ok(Vec::new()),
        }
    }

    fn map(
        &self,
        named: &Named,
        layer: Layer,
        side: Side,
        paper: [f64; 2],
        letters: f64,
        say: &Phrases,
    ) -> Result<String> {
        let k = self.format.larger();
        let view =
            View::fitting(self.neighbourhood.boundary.bbox(), paper.map(|side| side * k), 6.0 * k, 1.15 * letters * k);
        let boundary = self.neighbourhood.boundary.polygons();
        let divided = format!(": {}", say.say("poster.contested", &[]));
        let contents: Contents = Scene { named, boundary, layer, side, divided: &divided }.contents(&view);
        let north = say.say("north", &[]);
        let look = Look { theme: Theme::Light, larger: 1.35, north: &north, ratio: letters >= 1.0, bare: false };
        Ok(map::draw(self.archive, &view, &contents, look)?.svg)
    }
}

/// The people of the place in a station's title: so many marks of so many.
fn strip(station: &Shown, say: &Phrases) -> Value {
    let Chart::Places { places } = &station.chart else { return Value::Null };
    let Some((place, n)) = places.iter().find_map(|place| Some((place, place.feel_so?))) else { return Value::Null };
    let each = if place.people > MANY { 5 } else { 1 };
    let told = if each == 1 { say.say("poster.mark", &[]) } else { say.say("poster.mark_many", &[("n", "5")]) };
    let feeling = if station.kind == StationKind::Unsafe { Feeling::Unsafe } else { feeling_of(place.kind) };
    json!({"feeling": feeling, "n": (n + each / 2) / each, "of": (place.people + each / 2) / each, "told": told})
}

/// The summary of a data walk on A4.
#[must_use]
pub fn summary(walk: &DataWalk, neighbourhood: &Neighbourhood, summary: &Summary) -> Sheet {
    let (lang, say) = WORDS.of(&summary.lang);
    let data = json!({
        "lang": lang,
        "title": format!("{} – {}", walk.name, summary.title),
        "head": format!("{} · {} · {}", walk.name, neighbourhood.name, dated(say, &walk.day)),
        "sheet": say.say("summary.sheet", &[]),
        "summary": summary,
        "words": say.under("summary."),
        "marks": {},
    });
    Sheet { template: "summary.typ", data, drawings: vec![("logo".to_owned(), LOGO.to_owned())] }
}
