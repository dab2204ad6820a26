//! Fills the poster that stands at a place: what people said there, what was done; and the map beside the answer's page.

use std::f64::consts::TAU;

use geo::{LineString, MultiPolygon, Polygon};
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
/// A public map shows a place as a disc of this radius, in metres,
const DISC_M: f64 = 110.0;
/// around its middle on a grid of so many degrees: neither the outline nor the mean of anybody's pins.
const GRID: f64 = 0.001;
const CORNERS: u32 = 48;

/// The middle of a place as far as it is public: longitude and latitude.
fn public_middle((lon, lat): (f64, f64)) -> (f64, f64) {
    ((lon / GRID).round() * GRID, (lat / GRID).round() * GRID)
}

/// What stands for a place on a public map, in degrees.
fn disc(plane: &Plane, (lon, lat): (f64, f64)) -> MultiPolygon<f64> {
    let (x, y) = plane.to_m(lon, lat);
    let corner = |n: u32| {
        let turn = TAU * f64::from(n) / f64::from(CORNERS);
        plane.to_lonlat(x + DISC_M * turn.cos(), y + DISC_M * turn.sin())
    };
    let ring = LineString::from((0..CORNERS).map(corner).collect::<Vec<_>>());
    MultiPolygon::new(vec![Polygon::new(ring, Vec::new())])
}

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
        let (lon, lat) = public_middle(self.place.centre);
        let wide = AROUND / lat.to_radians().cos();
        [lon - wide * 1.6, lat - AROUND, lon + wide * 1.6, lat + AROUND]
    }

    /// What a map of the place shows.
    #[must_use]
    pub fn contents(&self, view: &View) -> Contents {
        let middle = public_middle(self.place.centre);
        let shape = disc(&Plane::of(&self.neighbourhood.boundary), middle);
        let kind = self.answer.shown.felt.as_ref().map(|felt| felt.kind);
        let tab = Tab {
            name: self.answer.place_name.clone(),
            feeling: kind.map(feeling_of),
            at: middle,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_map_does_not_tell_where_in_a_hundred_metres_people_pinned() {
        let plane = Plane::at(3.72, 51.05);
        let shown = |at| disc(&plane, public_middle(at));
        assert_eq!(shown((3.719_6, 51.049_6)), shown((3.720_4, 51.050_4)));
        assert_ne!(shown((3.719_4, 51.05)), shown((3.720_4, 51.05)));
        let (x, y) = plane.to_m(3.72, 51.05);
        for corner in shown((3.72, 51.05)).0[0].exterior().points() {
            let (east, north) = plane.to_m(corner.x(), corner.y());
            assert!(((east - x).hypot(north - y) - DISC_M).abs() < 0.01);
        }
    }
}
