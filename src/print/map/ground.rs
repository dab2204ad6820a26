//! Draws the ground: green, water, buildings, and streets by their weight.

use std::collections::BTreeMap;

use geo::{LineString, Polygon};

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

/// One layer of the ground: a colour with what is painted in it.
pub(super) struct Coat<'a> {
    pub colour: &'static str,
    pub paint: Paint<'a>,
}

/// What is painted.
pub(super) enum Paint<'a> {
    Areas(Vec<&'a Polygon<f64>>),
    /// Lines with their width, and how long their dashes and the gaps between are.
    Lines(Vec<LineString<f64>>, f64, Option<[f64; 2]>),
}

impl Ground<'_> {
    /// Draws it all, without names.
    pub fn draw(&self, svg: &mut Svg) {
        let (width, height) = (mm(self.view.width_mm), mm(self.view.height_mm));
        svg.add(&format!(r#"<rect width="{width}" height="{height}" fill="{}"/>"#, self.palette.ground));
        for Coat { colour, paint } in self.coats() {
            let mut d = String::new();
            match paint {
                Paint::Areas(areas) => {
                    for area in areas {
                        svg::polygon(&mut d, area);
                    }
                    svg.path(&d, &format!(r#"fill="{colour}""#));
                }
                Paint::Lines(lines, width, dashes) => {
                    for line in lines {
                        svg::line(&mut d, &line.0, line.is_closed());
                    }
                    let dashes = dashes.map(|[on, off]| format!(r#" stroke-dasharray="{} {}""#, mm(on), mm(off)));
                    let ends = if dashes.is_some() { "butt" } else { "round" };
                    let (width, dashes) = (mm(width.max(0.02)), dashes.unwrap_or_default());
                    let how =
                        format!(r#"stroke-width="{width}" stroke-linejoin="round" stroke-linecap="{ends}"{dashes}"#);
                    svg.path(&d, &format!(r#"fill="none" stroke="{colour}" {how}"#));
                }
            }
        }
    }

    /// Every layer from the bottom up, without the bare ground.
    pub fn coats(&self) -> Vec<Coat<'_>> {
        let zoom = self.view.zoom();
        let mut coats: Vec<Coat<'_>> = AREAS.iter().filter_map(|drawn| self.areas(*drawn)).collect();
        let line = self.view.units(0.65);
        coats.push(self.lines(Drawn::Waterway, self.palette.water_line, self.grown(1.8, 5.0), None));
        coats.extend(self.areas(Drawn::Water));
        coats.push(self.edges(Drawn::Water, self.palette.water_line, line));
        if zoom > 13.2 {
            coats.extend(self.areas(Drawn::Building));
            coats.push(self.edges(Drawn::Building, self.palette.building_line, line));
        }
        let unit = self.view.units(1.0);
        if zoom > 13.0 {
            let path = self.grown(1.2, 3.0);
            let track = Some([5.0 * unit, 2.5 * unit]);
            coats.push(self.lines(Drawn::Track, self.palette.path, self.grown(1.0, 2.4), track));
            coats.push(self.lines(Drawn::Path, self.palette.path, path, Some([2.2 * path, 1.6 * path])));
        }
        let seen = || STREETS.iter().filter(|(drawn, ..)| zoom > if *drawn == Drawn::Service { 13.6 } else { 10.5 });
        coats.extend(seen().map(|(drawn, narrow, wide)| {
            let colour = if drawn.is_main() { self.palette.casing_main } else { self.palette.casing };
            self.lines(*drawn, colour, self.grown(*narrow, *wide) + 1.6 * unit, None)
        }));
        coats.extend(seen().map(|(drawn, narrow, wide)| {
            let colour = if drawn.is_main() { self.palette.road_main } else { self.palette.road };
            self.lines(*drawn, colour, self.grown(*narrow, *wide), None)
        }));
        coats.push(self.lines(Drawn::Rail, self.palette.rail, self.grown(1.7, 4.0), Some([6.0 * unit, 2.0 * unit])));
        coats
    }

    /// A width in millimetres that grows with the zoom as the pages' lines do (by a half with each level), from its width
    /// at zoom 15 and at zoom 18 in units.
    pub fn grown(&self, narrow: f64, wide: f64) -> f64 {
        let zoom = self.view.zoom();
        let share = (1.5_f64.powf(zoom - 15.0) - 1.0) / (1.5_f64.powi(3) - 1.0);
        self.view.units((narrow + (wide - narrow) * share).clamp(narrow * 0.16, wide * 1.4))
    }

    fn areas(&self, wanted: Drawn) -> Option<Coat<'_>> {
        let area = |thing: &'_ Thing| thing.drawn == wanted;
        let areas = self.things.iter().filter(|thing| area(thing)).filter_map(|thing| match &thing.shape {
            Shape::Area(polygon, _) => Some(polygon),
            _ => None,
        });
        Some(Coat { colour: self.palette.area(wanted)?, paint: Paint::Areas(areas.collect()) })
    }

    fn edges(&self, wanted: Drawn, colour: &'static str, width: f64) -> Coat<'_> {
        let edges = self.things.iter().filter(|thing| thing.drawn == wanted).filter_map(|thing| match &thing.shape {
            Shape::Area(_, edges) => Some(edges),
            _ => None,
        });
        Coat { colour, paint: Paint::Lines(edges.flatten().cloned().collect(), width, None) }
    }

    fn lines(&self, wanted: Drawn, colour: &'static str, width: f64, dashes: Option<[f64; 2]>) -> Coat<'_> {
        Coat { colour, paint: Paint::Lines(joined(self.things, wanted), width, dashes) }
    }
}

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
