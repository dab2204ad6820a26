//! Draws the ground: green, water, buildings, and streets by their weight.

use std::collections::BTreeMap;

use geo::LineString;

use super::classes::Drawn;
use super::palette::Palette;
use super::svg::{self, Svg, mm};
use super::tiles::{Shape, Thing};
use super::view::View;

/// The areas from the ground up, buildings last.
const AREAS: &[Drawn] = &[
    Drawn::Residential,
    Drawn::Works,
    Drawn::Farm,
    Drawn::Grass,
    Drawn::Wood,
    Drawn::Park,
    Drawn::School,
    Drawn::Pitch,
    Drawn::Cemetery,
    Drawn::Square,
];

/// Streets from the least to the most, with their widths at zooms 15 and 18 in units.
pub(super) const STREETS: &[(Drawn, f64, f64)] = &[
    (Drawn::Service, 2.4, 12.0),
    (Drawn::Minor, 5.0, 22.0),
    (Drawn::Tertiary, 7.0, 28.0),
    (Drawn::Secondary, 9.0, 34.0),
    (Drawn::Primary, 11.0, 40.0),
    (Drawn::Motorway, 13.0, 46.0),
];

/// The ground of a view, ready to be drawn.
pub(super) struct Ground<'a> {
    pub view: &'a View,
    pub palette: &'static Palette,
    pub things: &'a [Thing],
}

impl Ground<'_> {
    /// Draws it all, without names.
    pub fn draw(&self, svg: &mut Svg) {
        let (width, height) = (mm(self.view.width_mm), mm(self.view.height_mm));
        svg.add(&format!(r#"<rect width="{width}" height="{height}" fill="{}"/>"#, self.palette.ground));
        for drawn in AREAS {
            svg.path(&self.areas(*drawn), &format!(r#"fill="{}""#, self.palette.area(*drawn).unwrap_or_default()));
        }
        self.lines(svg, Drawn::Waterway, self.palette.water_line, self.grown(1.8, 5.0), "");
        self.outlined(svg, Drawn::Water, self.palette.water_line, 0.7);
        if self.view.zoom() > 13.2 {
            self.outlined(svg, Drawn::Building, self.palette.building_line, 0.6);
        }
        self.streets(svg);
    }

    fn streets(&self, svg: &mut Svg) {
        let zoom = self.view.zoom();
        let dashes = |units: [f64; 2]| {
            let [on, off] = units.map(|unit| mm(self.view.units(unit)));
            format!(r#"stroke-dasharray="{on} {off}""#)
        };
        if zoom > 13.0 {
            self.lines(svg, Drawn::Track, self.palette.path, self.grown(1.0, 2.4), &dashes([5.0, 2.5]));
            let path = self.grown(1.2, 3.0);
            let unit = path / self.view.units(1.0);
            let round = format!(r#"stroke-linecap="round" {}"#, dashes([1.2 * unit, 2.6 * unit]));
            self.lines(svg, Drawn::Path, self.palette.path, path, &round);
        }
        let seen = || STREETS.iter().filter(|(drawn, ..)| zoom > if *drawn == Drawn::Service { 13.6 } else { 10.5 });
        for (drawn, narrow, wide) in seen() {
            let colour = if drawn.is_main() { self.palette.casing_main } else { self.palette.casing };
            self.lines(svg, *drawn, colour, self.grown(*narrow, *wide) + self.view.units(1.6), ROUND);
        }
        for (drawn, narrow, wide) in seen() {
            let colour = if drawn.is_main() { self.palette.road_main } else { self.palette.road };
            self.lines(svg, *drawn, colour, self.grown(*narrow, *wide), ROUND);
        }
        self.lines(svg, Drawn::Rail, self.palette.rail, self.grown(1.7, 4.0), &dashes([6.0, 2.0]));
    }

    /// A width in millimetres that grows with the zoom as the pages' lines do (by a half with each level), from its width
    /// at zoom 15 and at zoom 18 in units.
    pub fn grown(&self, narrow: f64, wide: f64) -> f64 {
        let zoom = self.view.zoom();
        let share = (1.5_f64.powf(zoom - 15.0) - 1.0) / (1.5_f64.powi(3) - 1.0);
        self.view.units((narrow + (wide - narrow) * share).clamp(narrow * 0.16, wide * 1.4))
    }

    fn areas(&self, wanted: Drawn) -> String {
        let mut d = String::new();
        for thing in self.things.iter().filter(|thing| thing.drawn == wanted) {
            if let Shape::Area(polygon, _) = &thing.shape {
                svg::polygon(&mut d, polygon);
            }
        }
        d
    }

    fn outlined(&self, svg: &mut Svg, wanted: Drawn, colour: &str, units: f64) {
        svg.path(&self.areas(wanted), &format!(r#"fill="{}""#, self.palette.area(wanted).unwrap_or_default()));
        let mut d = String::new();
        for thing in self.things.iter().filter(|thing| thing.drawn == wanted) {
            if let Shape::Area(_, edges) = &thing.shape {
                for edge in edges {
                    svg::line(&mut d, &edge.0, edge.is_closed());
                }
            }
        }
        let width = mm(self.view.units(units));
        svg.path(&d, &format!(r#"fill="none" stroke="{colour}" stroke-width="{width}" stroke-linejoin="round""#));
    }

    fn lines(&self, svg: &mut Svg, wanted: Drawn, colour: &str, width: f64, how: &str) {
        let mut d = String::new();
        for line in joined(self.things, wanted) {
            svg::line(&mut d, &line.0, false);
        }
        let width = mm(width.max(0.02));
        svg.path(&d, &format!(r#"fill="none" stroke="{colour}" stroke-width="{width}" stroke-linejoin="round" {how}"#));
    }
}

const ROUND: &str = r#"stroke-linecap="round""#;

/// The lines of a kind, joined where those of one name meet at a tile's edge, so that dashes run on.
fn joined(things: &[Thing], wanted: Drawn) -> Vec<LineString<f64>> {
    let mut by_name: BTreeMap<Option<&str>, Vec<LineString<f64>>> = BTreeMap::new();
    for thing in things.iter().filter(|thing| thing.drawn == wanted) {
        if let Shape::Line(line) = &thing.shape {
            by_name.entry(thing.name.as_deref()).or_default().push(line.clone());
        }
    }
    by_name.into_values().flat_map(super::joining::join).collect()
}
