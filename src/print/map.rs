//! A map as a drawing of lines and letters (SVG), in millimetres of paper: ground, what people said, names, a route.
//!
//! It is read from the vector tiles that the pages draw too. A place without an archive has bare ground.

mod cells;
mod classes;
mod curve;
mod furniture;
mod ground;
mod joining;
mod marks;
mod names;
mod occupied;
mod palette;
mod route;
mod svg;
mod tiles;
mod view;

use geo::MultiPolygon;

pub use self::cells::Cells;
pub use self::marks::{Area, Band, STEPS, added_opacity};
pub use self::palette::Theme;
pub use self::route::{Halt, Leg, Tab};
pub use self::view::View;

use self::furniture::Furniture;
use self::ground::Ground;
use self::marks::Marks;
use self::names::Names;
use self::occupied::Occupied;
use self::palette::Palette;
use self::route::Routes;
use self::svg::{Svg, mm};
use crate::basemap::archive::Archive;
use crate::error::Result;
use crate::hotspots::Kind;
use crate::pins::Feeling;

/// What is drawn on the ground.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Contents {
    /// The neighbourhood in degrees: what lies outside is veiled.
    pub boundary: Option<MultiPolygon<f64>>,
    /// The surface, from the bottom up.
    pub bands: Vec<Band>,
    /// Where inside the boundary too few people spoke, in degrees.
    pub few: Option<MultiPolygon<f64>>,
    /// Hotspots or places.
    pub areas: Vec<Area>,
    /// Their names, in the order of their weight.
    pub tabs: Vec<Tab>,
    /// Pins: feeling, longitude, latitude.
    pub pins: Vec<(Feeling, f64, f64)>,
    /// The route of a walk.
    pub route: Vec<Leg>,
    /// Its stops.
    pub stops: Vec<Halt>,
}

/// How a map is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Look<'a> {
    /// On paper or at night.
    pub theme: Theme,
    /// How much larger than usual names are.
    pub larger: f64,
    /// The letter of north in the map's language.
    pub north: &'a str,
    /// Whether the scale is told as a number: on paper, where it is true.
    pub ratio: bool,
    /// Whether the ground is left out, since another hand drew it.
    pub bare: bool,
}

/// A map that was drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// The whole drawing, its unit a millimetre.
    pub svg: String,
    /// How many names stand on streets.
    pub names: usize,
}

/// Draws a map of a view.
pub fn draw(archive: Option<&Archive>, view: &View, contents: &Contents, look: Look<'_>) -> Result<Drawing> {
    let palette = Palette::of(look.theme);
    let things = archive.map(|archive| tiles::read(archive, view)).transpose()?.unwrap_or_default();
    let mut occupied = Occupied::default();
    let attribution = archive.map(|archive| archive.attribution.as_str()).unwrap_or_default();
    let furniture = Furniture { view, palette, larger: look.larger, attribution, north: look.north, ratio: look.ratio };
    furniture.take(&mut occupied);
    let marks = Marks { view, palette, wider: look.larger };
    let boundary = contents.boundary.as_ref().map(|boundary| marks.paper(boundary));

    // What stands on top takes its room first.
    let mut top = Svg::default();
    let mut routes = Routes { view, palette, larger: look.larger, occupied: &mut occupied };
    routes.take(&contents.stops);
    routes.route(&contents.route, &mut top);
    marks.pins(&contents.pins, &mut top);
    let mut tabs = Svg::default();
    for tab in &contents.tabs {
        routes.tab(tab, &mut tabs);
    }
    routes.stops(&contents.stops, &mut tabs);
    let mut lettering = Svg::default();
    let mut names =
        Names { view, palette, larger: look.larger, occupied: &mut occupied, inside: boundary.as_ref(), written: 0 };
    names.write(&things, &mut lettering);
    let written = names.written;

    let mut svg = Svg::default();
    let (width, height) = (mm(view.width_mm), mm(view.height_mm));
    svg.add(&format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}mm" height="{height}mm" viewBox="0 0 {width} {height}" font-family="Atkinson Hyperlegible Next, Noto Sans, Noto Sans Arabic">"#
    ));
    svg.add(&format!(
        r#"<clipPath id="sheet"><rect width="{width}" height="{height}"/></clipPath><g clip-path="url(#sheet)">"#
    ));
    if !look.bare {
        Ground { view, palette, things: &things }.draw(&mut svg);
    }
    marks.patterns(&mut svg);
    if let Some(boundary) = &boundary {
        marks.veil(boundary, &mut svg);
    }
    marks.bands(&contents.bands, &mut svg);
    if let Some(few) = &contents.few {
        marks.few(few, &mut svg);
    }
    marks.textures(&contents.areas, &mut svg);
    svg.add(&lettering.0);
    if let Some(boundary) = &boundary {
        marks.edge(boundary, &mut svg);
    }
    marks.outlines(&contents.areas, &mut svg);
    svg.add(&top.0);
    svg.add(&tabs.0);
    furniture.draw(&mut svg);
    svg.add("</g>");
    furniture.frame(&mut svg);
    svg.add("</svg>");
    Ok(Drawing { svg: svg.0, names: written })
}

/// The ground of a view in square cells of so many millimetres, for a renderer of polygons.
pub fn cells(archive: &Archive, view: &View, theme: Theme, side_mm: f64) -> Result<Cells> {
    let palette = Palette::of(theme);
    let things = tiles::read(archive, view)?;
    let ground = Ground { view, palette, things: &things };
    cells::cut(view, palette.ground, &ground.coats(), side_mm)
}

/// The shape that stands for what people feel at a hotspot.
#[must_use]
pub fn feeling_of(kind: Kind) -> Feeling {
    match kind {
        Kind::Safe => Feeling::Safe,
        Kind::Unsafe => Feeling::Unsafe,
        Kind::Contested => Feeling::Mixed,
    }
}

/// The box that a tab of an area must not cover, on paper.
#[must_use]
pub fn ground_of(view: &View, shape: &MultiPolygon<f64>) -> Option<geo::Rect<f64>> {
    Marks { view, palette: Palette::of(Theme::Light), wider: 1.0 }.around(shape)
}
