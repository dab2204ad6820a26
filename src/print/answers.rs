//! Fills the poster that stands at a place: what people said there, what was done; and the map beside the answer's page.

use geo::MapCoords;
use serde_json::json;

use super::kit::{WORDS, dated};
use super::map::{self, Area, Contents, Look, Tab, Theme, View, feeling_of, ground_of};
use super::posters::Format;
use super::qr::qr;
use super::shapes::LOGO;
use super::sheet::Sheet;
use crate::actions::answers::Answer;
use crate::basemap::archive::Archive;
use crate::error::Result;
use crate::geometry::Plane;
use crate::neighbourhoods::Neighbourhood;
use crate::places::Place;

/// Degrees of latitude around a place that a map of it shows at least, each way.
const AROUND: f64 = 0.0022;

/// An answer with what its map shows.
#[derive(Debug, Clone, Copy)]
pub struct Posted<'a> {
    /// What was published.
    pub answer: &'a Answer,
    /// The place it is about.
    pub place: &'a Place,
    /// Where that is.
    pub neighbourhood: &'a Neighbourhood,
}

impl Posted<'_> {
    /// The box that a map of the place shows: west, south, east, north.
    #[must_use]
    pub fn bbox(&self) -> [f64; 4] {
        let (lon, lat) = self.place.centre;
        let wide = AROUND / lat.to_radians().cos();
        [lon - wide * 1.6, lat - AROUND, lon + wide * 1.6, lat + AROUND]
    }

    /// What a map of the place shows.
    #[must_use]
    pub fn contents(&self, view: &View) -> Contents {
        let plane = Plane::of(&self.neighbourhood.boundary);
        let shape = self.place.ground.on(&plane).map_coords(|at| plane.to_lonlat(at.x, at.y).into());
        let kind = self.answer.shown.felt.as_ref().map(|felt| felt.kind);
        let tab = Tab {
            name: self.answer.place_name.clone(),
            feeling: kind.map(feeling_of),
            at: self.place.centre,
            beside: ground_of(view, &shape),
        };
        let area = kind.map(|kind| Area { shape, kind, verdict: None });
        Contents {
            boundary: Some(self.neighbourhood.boundary.polygons().clone()),
            areas: area.into_iter().collect(),
            tabs: vec![tab],
            ..Contents::default()
        }
    }

    /// The poster to be set; `address` leads to the whole answer.
    pub fn sheet(&self, archive: Option<&Archive>, format: Format, address: &str) -> Result<Sheet> {
        let written = &self.answer.written;
        let (lang, say) = WORDS.of(written.lang.code());
        let k = format.larger();
        let north = say.say("north", &[]);
        let view = View::fitting(self.bbox(), [262.0 * k, 112.0 * k], 4.0 * k, 1.15 * k);
        let look = Look { theme: Theme::Light, larger: 1.35, north: &north, ratio: true, bare: false };
        let drawing = map::draw(archive, &view, &self.contents(&view), look)?;
        let data = json!({
            "lang": lang,
            "title": format!("{} – {}", self.answer.place_name, say.say("answer.title", &[])),
            "paper": format.code(),
            "k": k,
            "head": format!("{} · {}", self.answer.neighbourhood_name, say.day(&self.answer.published_on)),
            "place": self.answer.place_name,
            "said": written.said,
            "did": written.did,
            "will_not": written.will_not,
            "you_can": written.you_can,
            "next_check": written.next_check.as_deref().map(|day| dated(say, day)),
            "map_alt": say.say("poster.map_alt", &[("name", &self.answer.place_name)]),
            "qr_alt": say.say("qr_alt", &[("address", address)]),
            "words": say.under("answer."),
            "marks": {},
        });
        let drawings = [("map", drawing.svg), ("logo", LOGO.to_owned()), ("qr", qr(address))];
        let drawings = drawings.map(|(name, svg)| (name.to_owned(), svg)).into();
        Ok(Sheet { template: "answer.typ", data, drawings })
    }
}
