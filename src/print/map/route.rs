//! Draws a route with its stops, and the names that belong to points of it.

use geo::{Coord, LineString, Rect};

use super::curve::Curve;
use super::occupied::{Occupied, around};
use super::palette::Palette;
use super::svg::{self, Svg, escaped, mm};
use super::view::View;
use crate::pins::Feeling;
use crate::print::letters::{printable, width};
use crate::print::shapes::shape;

/// A way from a stop to the next, in degrees.
#[derive(Debug, Clone, PartialEq)]
pub struct Leg {
    /// Where it goes.
    pub line: LineString<f64>,
    /// Whether no way is known and this is the straight line only.
    pub straight: bool,
}

/// A stop of a walk.
#[derive(Debug, Clone, PartialEq)]
pub struct Halt {
    /// Its number.
    pub number: usize,
    /// Longitude and latitude.
    pub at: (f64, f64),
    /// How it is called; empty for the number alone.
    pub name: String,
}

/// A name that belongs to a spot or an area.
#[derive(Debug, Clone, PartialEq)]
pub struct Tab {
    /// The words.
    pub name: String,
    /// The shape before them.
    pub feeling: Option<Feeling>,
    /// Longitude and latitude.
    pub at: (f64, f64),
    /// What it must not cover, on paper.
    pub beside: Option<Rect<f64>>,
}

/// Draws routes and tabs on a view.
pub(super) struct Routes<'a> {
    pub view: &'a View,
    pub palette: &'static Palette,
    /// How much larger than usual words are.
    pub larger: f64,
    pub occupied: &'a mut Occupied,
}

impl Routes<'_> {
    fn paper(&self, line: &LineString<f64>) -> LineString<f64> {
        line.0.iter().map(|at| self.view.mm(at.x, at.y)).collect()
    }

    /// The route, with arrows in it that say which way it goes.
    pub fn route(&mut self, legs: &[Leg], svg: &mut Svg) {
        let wide = self.view.units(4.6);
        let run = |straight: bool| {
            let mut d = String::new();
            for leg in legs.iter().filter(|leg| leg.straight == straight) {
                svg::line(&mut d, &self.paper(&leg.line).0, false);
            }
            d
        };
        let (known, straight) = (run(false), run(true));
        let how = |colour: &str, width: f64| {
            format!(
                r#"fill="none" stroke="{colour}" stroke-width="{}" stroke-linejoin="round" stroke-linecap="round""#,
                mm(width)
            )
        };
        svg.path(&known, &how(self.palette.casing_mark, wide * 1.9));
        svg.path(&straight, &how(self.palette.casing_mark, wide * 1.9));
        svg.path(&known, &how(self.palette.edge, wide));
        let dashes = format!(r#" stroke-dasharray="{} {}""#, mm(wide * 1.6), mm(wide * 2.0));
        svg.path(&straight, &(how(self.palette.edge, wide) + &dashes));
        for leg in legs {
            let curve = Curve::of(&self.paper(&leg.line));
            self.arrows(&curve, wide, svg);
            let mut way = 0.0;
            while way < curve.length() {
                self.occupied.take(around(curve.at(way), wide * 0.9, wide * 0.9));
                way += wide * 1.6;
            }
        }
    }

    fn arrows(&self, curve: &Curve, wide: f64, svg: &mut Svg) {
        let every = self.view.units(110.0);
        let mut way = every * 0.5;
        while way < curve.length() - wide * 3.0 {
            let (a, b) = (curve.at(way - wide * 0.4), curve.at(way + wide * 0.4));
            let length = (b.x - a.x).hypot(b.y - a.y);
            if length > wide * 0.7 {
                let (ux, uy) = ((b.x - a.x) / length * wide * 0.34, (b.y - a.y) / length * wide * 0.34);
                let tip = curve.at(way);
                let wing = |side: f64| Coord { x: tip.x - ux - uy * side, y: tip.y - uy + ux * side };
                let mut d = String::new();
                svg::line(&mut d, &[wing(1.0), Coord { x: tip.x + ux, y: tip.y + uy }, wing(-1.0)], false);
                let colour = self.palette.casing_mark;
                let width = mm(wide * 0.26);
                svg.path(&d, &format!(r#"fill="none" stroke="{colour}" stroke-width="{width}" stroke-linejoin="round" stroke-linecap="round""#));
            }
            way += every;
        }
    }

    fn radius(&self) -> f64 {
        self.view.units(13.0 * self.larger.sqrt())
    }

    /// Takes the room of the stops, before any name does.
    pub fn take(&mut self, halts: &[Halt]) {
        let radius = self.radius() * 1.15;
        for halt in halts {
            self.occupied.take(around(self.view.mm(halt.at.0, halt.at.1), radius, radius));
        }
    }

    /// The stops with their names.
    pub fn stops(&mut self, halts: &[Halt], svg: &mut Svg) {
        let radius = self.radius();
        for halt in halts.iter().filter(|halt| !halt.name.is_empty()) {
            let at = self.view.mm(halt.at.0, halt.at.1);
            let tab = Tab {
                name: halt.name.clone(),
                feeling: None,
                at: halt.at,
                beside: Some(around(at, radius * 1.25, radius)),
            };
            self.tab(&tab, svg);
        }
        // The first stands on top where two are one.
        for halt in halts.iter().rev() {
            let at = self.view.mm(halt.at.0, halt.at.1);
            let (x, y) = (mm(at.x), mm(at.y));
            let ring = format!(r#"stroke="{}" stroke-width="{}""#, self.palette.casing_mark, mm(radius * 0.2));
            svg.add(&format!(r#"<circle cx="{x}" cy="{y}" r="{}" fill="{}" {ring}/>"#, mm(radius), self.palette.edge));
            let size = radius * 1.12;
            let base = mm(at.y + size * 0.34);
            svg.add(&format!(
                r#"<text x="{x}" y="{base}" font-size="{}" font-weight="700" text-anchor="middle" fill="{}">{}</text>"#,
                mm(size),
                self.palette.casing_mark,
                halt.number
            ));
        }
    }

    /// Writes a name beside its spot: where nothing is yet, or where least is.
    pub fn tab(&mut self, tab: &Tab, svg: &mut Svg) {
        let size = self.view.units(13.5 * self.larger);
        let name = printable(&tab.name);
        if name.trim().is_empty() {
            return;
        }
        let name = shortened(&name, size, self.view.width_mm * 0.45);
        let icon = if tab.feeling.is_some() { size * 1.45 } else { 0.0 };
        let half = Coord { x: (width(&name, 600, false, size) + icon + size * 1.1) / 2.0, y: size * 0.82 };
        let at = self.view.mm(tab.at.0, tab.at.1);
        let beside = tab.beside.unwrap_or_else(|| around(at, size * 0.5, size * 0.5));
        let spot = self.spot(&beside, half, size * 0.35);
        self.occupied.take(around(spot, half.x, half.y));
        let (x, y) = (spot.x - half.x, spot.y - half.y);
        let round = if icon > 0.0 { half.y } else { size * 0.25 };
        svg.add(&format!(
            r#"<rect x="{}" y="{}" width="{}" height="{}" rx="{}" fill="{}" stroke="{}" stroke-opacity="0.16" stroke-width="{}"/>"#,
            mm(x), mm(y), mm(half.x * 2.0), mm(half.y * 2.0), mm(round), self.palette.surface, self.palette.ink, mm(self.view.units(0.9))
        ));
        if let Some(feeling) = tab.feeling {
            let edge = size * 1.25;
            let place = svg::placed(x + size * 0.3, spot.y - edge / 2.0, edge / 48.0);
            svg.add(&format!("<g {place}>{}</g>", shape(feeling, self.palette.safe, self.palette.not_safe)));
        }
        svg.add(&format!(
            r#"<text x="{}" y="{}" font-size="{}" font-weight="600" fill="{}">{}</text>"#,
            mm(x + icon + size * 0.55),
            mm(spot.y + size * 0.345),
            mm(size),
            self.palette.ink,
            escaped(&name)
        ));
    }

    /// The first of the spots around a box that is free; else the one with least below it.
    fn spot(&self, beside: &Rect<f64>, half: Coord<f64>, gap: f64) -> Coord<f64> {
        let (centre, reach) = (beside.center(), Coord { x: beside.width() / 2.0, y: beside.height() / 2.0 });
        let frame = self.view.frame(-self.view.units(4.0));
        let mut best = (f64::INFINITY, centre);
        for further in [0.0, 1.0, 2.2, 3.6] {
            let dx = reach.x + half.x + gap + further * half.y;
            let dy = reach.y + half.y + gap + further * half.y;
            let around_it = [
                (dx, 0.0),
                (-dx, 0.0),
                (0.0, dy),
                (0.0, -dy),
                (dx, half.y),
                (-dx, half.y),
                (dx, -half.y),
                (-dx, -half.y),
                (half.x, dy),
                (-half.x, dy),
                (half.x, -dy),
                (-half.x, -dy),
                (dx * 0.8, dy),
                (-dx * 0.8, dy),
                (dx * 0.8, -dy),
                (-dx * 0.8, -dy),
            ];
            for (x, y) in around_it {
                let wanted = Coord { x: centre.x + x, y: centre.y + y };
                // Never over the edge, however little room there is.
                let within = |v: f64, low: f64, high: f64| {
                    if low > high { f64::midpoint(low, high) } else { v.clamp(low, high) }
                };
                let spot = Coord {
                    x: within(wanted.x, frame.min().x + half.x, frame.max().x - half.x),
                    y: within(wanted.y, frame.min().y + half.y, frame.max().y - half.y),
                };
                let rect = around(spot, half.x, half.y);
                let moved = (spot.x - wanted.x).hypot(spot.y - wanted.y);
                if moved < 1e-9 && self.occupied.is_free(&rect) {
                    return spot;
                }
                let cost = self.occupied.covered(&rect) + moved * half.y + further * half.y * half.y;
                if cost < best.0 {
                    best = (cost, spot);
                }
            }
        }
        best.1
    }
}

/// A name as much of it as fits.
fn shortened(name: &str, size: f64, widest: f64) -> String {
    if width(name, 600, false, size) <= widest {
        return name.to_owned();
    }
    let mut kept = String::new();
    for letter in name.chars() {
        if width(&kept, 600, false, size) > widest - size * 1.5 {
            break;
        }
        kept.push(letter);
    }
    format!("{}…", kept.trim_end())
}
