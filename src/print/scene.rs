//! What the pins of a selection say, as it stands on a map.

use geo::MultiPolygon;

use super::map::{Area, Band, Contents, Tab, View, added_opacity, feeling_of, ground_of};
use crate::data_walks::stations::Named;
use crate::hotspots::Kind;
use crate::hotspots::bands::{Side, bands, too_few};
use crate::words;

words! {
    /// What of it is drawn: the hotspots, these on the surface, or neither.
    pub enum Layer { Hotspots = "hotspots", Surface = "surface", None = "none" }
}

/// Which hotspots stand on a map, and how.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// What is found, with its names.
    pub named: &'a Named,
    /// The neighbourhood in degrees.
    pub boundary: &'a MultiPolygon<f64>,
    /// Whether the surface is drawn.
    pub layer: Layer,
    /// Which side of it.
    pub side: Side,
    /// What is added to the name of a contested place, such as `: divided`; empty for nothing.
    pub divided: &'a str,
}

impl Scene<'_> {
    /// What is drawn on a view of it.
    #[must_use]
    pub fn contents(&self, view: &View) -> Contents {
        let mut contents = Contents { boundary: Some(self.boundary.clone()), ..Contents::default() };
        if self.layer == Layer::None {
            return contents;
        }
        let findings = &self.named.findings;
        if self.layer == Layer::Surface {
            let drawn = |band: crate::hotspots::bands::Band| Band {
                shape: band.shape,
                hue: band.fifth,
                opacity: added_opacity(band.step),
            };
            contents.bands = bands(findings, self.side).into_iter().map(drawn).collect();
            contents.few = too_few(findings, self.side);
        }
        for (at, hotspot) in findings.hotspots.iter().enumerate().filter(|(_, hotspot)| self.shows(hotspot.kind)) {
            let verdict = self.named.verdicts.get(at).copied();
            contents.areas.push(Area { shape: hotspot.shape.clone(), kind: hotspot.kind, verdict });
            let Some(name) = self.named.called.get(at).and_then(|called| called.name.clone()) else { continue };
            let divided = if hotspot.kind == Kind::Contested { self.divided } else { "" };
            contents.tabs.push(Tab {
                name: name + divided,
                feeling: Some(feeling_of(hotspot.kind)),
                at: hotspot.centre,
                beside: ground_of(view, &hotspot.shape),
            });
        }
        contents
    }

    fn shows(&self, kind: Kind) -> bool {
        match self.side {
            Side::Both => true,
            Side::Safe => kind != Kind::Unsafe,
            Side::Unsafe => kind != Kind::Safe,
        }
    }
}
