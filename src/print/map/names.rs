//! Writes the names: along streets and water, at points of orientation; none over another.

use std::collections::{BTreeMap, HashSet};

use geo::{Contains, Coord, LineString, MultiPolygon, Rect};

use super::classes::Drawn;
use super::curve::{Curve, beside, sharpest_turn};
use super::joining::join;
use super::occupied::{Occupied, around};
use super::palette::Palette;
use super::svg::{self, Svg, escaped, mm};
use super::tiles::{Shape, Thing};
use super::view::View;
use crate::basemap::clip;
use crate::print::letters::{printable, width};

/// One name stands again after so many units.
const AGAIN: f64 = 330.0;
/// Letters of a word turn so much at most from one to the next but two, in radians.
const SHARPEST: f64 = 0.62;

/// How a name is written.
#[derive(Clone, Copy)]
struct Hand {
    weight: u16,
    italic: bool,
    size_mm: f64,
    spacing_mm: f64,
    colour: &'static str,
    halo_mm: f64,
}

/// What is on the paper already, and where names go.
pub(super) struct Names<'a> {
    pub view: &'a View,
    pub palette: &'static Palette,
    /// How much larger than usual names are.
    pub larger: f64,
    pub occupied: &'a mut Occupied,
    /// The neighbourhood on paper: names outside it are quiet.
    pub inside: Option<&'a MultiPolygon<f64>>,
    pub written: usize,
}

impl Names<'_> {
    /// Writes the names of a view, the weightier first.
    pub fn write(&mut self, things: &[Thing], svg: &mut Svg) {
        let zoom = self.view.zoom();
        if zoom > 12.6 {
            self.along(&streets(things, true), self.hand(500, 11.0, 14.5, 0.03, self.palette.name_main), svg);
        }
        if zoom > 13.6 {
            self.along(&streets(things, false), self.hand(400, 10.5, 13.5, 0.015, self.palette.name), svg);
            let water = Hand { italic: true, ..self.hand(400, 10.5, 12.0, 0.08, self.palette.water_name) };
            self.along(&lines(things, |drawn| drawn == Drawn::Waterway), water, svg);
        }
        if zoom > 14.4 {
            self.places(things, svg);
        }
        if zoom < 13.8 {
            let hand = self.hand(700, 14.0, 16.0, 0.0, self.palette.locality);
            for (name, at) in points(things, |drawn| drawn == Drawn::Locality) {
                self.write_at(&[name.to_owned()], at, hand, svg);
            }
        }
    }

    /// Letters as large as the pages', from their sizes in units at zooms 14 and 16.
    fn hand(&self, weight: u16, at_14: f64, at_16: f64, spacing: f64, colour: &'static str) -> Hand {
        let share = ((self.view.zoom() - 14.0) / 2.0).clamp(0.0, 1.4);
        let size_mm = self.view.units((at_14 + (at_16 - at_14) * share) * self.larger);
        Hand { weight, italic: false, size_mm, spacing_mm: spacing * size_mm, colour, halo_mm: size_mm * 0.28 }
    }

    fn along(&mut self, named: &[(String, Vec<LineString<f64>>)], hand: Hand, svg: &mut Svg) {
        let frame = self.view.frame(-self.view.units(3.0));
        for (name, lines) in named {
            let shown = printable(name);
            if shown.trim().is_empty() {
                continue;
            }
            let wide = width(&shown, hand.weight, hand.italic, hand.size_mm)
                + hand.spacing_mm * f64::from(u16::try_from(shown.chars().count()).unwrap_or(u16::MAX));
            let mut curves: Vec<Curve> =
                lines.iter().flat_map(|line| clip::line(line, &frame)).map(|line| Curve::of(&line)).collect();
            curves.sort_by(|a, b| b.length().total_cmp(&a.length()));
            let mut standing: Vec<Coord<f64>> = Vec::new();
            for curve in curves.iter().filter(|curve| curve.length() > wide * 1.05) {
                for from in starts(curve.length(), wide, hand.size_mm) {
                    let middle = curve.at(from + wide / 2.0);
                    let near = |at: &Coord<f64>| (at.x - middle.x).hypot(at.y - middle.y) < self.view.units(AGAIN);
                    if standing.iter().any(near) {
                        continue;
                    }
                    let run = curve.stretch(from, from + wide, hand.size_mm * 0.4, hand.size_mm * 0.8);
                    if sharpest_turn(&run, 3) > SHARPEST {
                        continue;
                    }
                    // On the street; or beside it, where something else is on it.
                    let aside = hand.size_mm * 1.25 + self.view.units(2.0);
                    let fits =
                        [0.0, -aside, aside].into_iter().map(|by| beside(&run, by)).find(|run| self.fits(run, hand));
                    if let Some(run) = fits {
                        self.run(&shown, &run, middle, hand, svg);
                        standing.push(middle);
                    }
                }
            }
        }
    }

    fn boxes(run: &[Coord<f64>], hand: Hand) -> impl Iterator<Item = Rect<f64>> {
        run.iter().step_by(2).map(move |at| around(*at, hand.size_mm * 0.55, hand.size_mm * 0.55))
    }

    fn fits(&self, run: &[Coord<f64>], hand: Hand) -> bool {
        let frame = self.view.frame(-hand.size_mm * 0.3);
        Self::boxes(run, hand).all(|one| frame.contains(&one) && self.occupied.is_free(&one))
    }

    fn run(&mut self, name: &str, run: &[Coord<f64>], middle: Coord<f64>, hand: Hand, svg: &mut Svg) {
        Self::boxes(run, hand).for_each(|one| self.occupied.take(one));
        self.written += 1;
        let id = format!("n{}", self.written);
        // Letters stand on their line: a third of their size below the middle of it; with some line to spare.
        let mut base = beside(run, hand.size_mm * 0.34);
        if let [.., a, b] = base[..] {
            base.push(Coord { x: b.x + (b.x - a.x) * 6.0, y: b.y + (b.y - a.y) * 6.0 });
        }
        let mut d = String::new();
        svg::line(&mut d, &base, false);
        svg.add(&format!(r#"<path id="{id}" d="{d}" fill="none"/>"#));
        let spacing = mm(hand.spacing_mm);
        let inner = format!(r##"<textPath href="#{id}">{}</textPath>"##, escaped(name));
        svg.add(&format!(r#"<text letter-spacing="{spacing}" {}>{inner}</text>"#, self.style(hand, middle)));
    }

    fn style(&self, hand: Hand, at: Coord<f64>) -> String {
        let quiet = self.inside.is_some_and(|inside| !inside.contains(&at));
        let lean = if hand.italic { r#" font-style="italic""# } else { "" };
        let opacity = if quiet { r#" opacity="0.45""# } else { "" };
        format!(
            r#"font-size="{}" font-weight="{}"{lean}{opacity} fill="{}" stroke="{}" stroke-width="{}" stroke-linejoin="round" paint-order="stroke""#,
            mm(hand.size_mm),
            hand.weight,
            hand.colour,
            self.palette.halo,
            mm(hand.halo_mm),
        )
    }

    fn places(&mut self, things: &[Thing], svg: &mut Svg) {
        let hand = Hand { italic: true, ..self.hand(400, 10.5, 12.5, 0.0, self.palette.place_name) };
        let mut told = HashSet::new();
        for rank in 1..=3 {
            for (name, at) in points(things, |drawn| drawn == Drawn::Place(rank)) {
                if told.insert(name) {
                    self.write_at(&wrapped(name, hand), at, hand, svg);
                }
            }
        }
    }

    /// Writes lines of text in the middle of a point, or above or below it, where there is room.
    fn write_at(&mut self, lines: &[String], at: Coord<f64>, hand: Hand, svg: &mut Svg) {
        let lead = hand.size_mm * 1.12;
        let count = lines.len() as f64;
        let widest = lines.iter().map(|line| width(line, hand.weight, hand.italic, hand.size_mm)).fold(0.0, f64::max);
        let half = Coord { x: widest / 2.0 + hand.size_mm * 0.3, y: (count * lead) / 2.0 };
        let frame = self.view.frame(-hand.size_mm * 0.4);
        let tries = [0.0, -(half.y + hand.size_mm * 0.4), half.y + hand.size_mm * 0.4];
        let spots = tries.into_iter().map(|dy| Coord { x: at.x, y: at.y + dy });
        let free = |spot: &Coord<f64>| {
            let taken = around(*spot, half.x, half.y);
            frame.contains(&taken) && self.occupied.is_free(&taken)
        };
        let Some(spot) = { spots }.find(free) else { return };
        self.occupied.take(around(spot, half.x, half.y));
        let style = self.style(hand, spot);
        let mut top = spot.y - half.y + lead * 0.79;
        for line in lines {
            let (x, y) = (mm(spot.x), mm(top));
            svg.add(&format!(r#"<text x="{x}" y="{y}" text-anchor="middle" {style}>{}</text>"#, escaped(line)));
            top += lead;
        }
    }
}

/// Where a name may begin on a line: in its middle first, then ever further out.
fn starts(length: f64, wide: f64, size: f64) -> Vec<f64> {
    let middle = (length - wide) / 2.0;
    let step = size * 1.5;
    let mut starts = vec![middle];
    let mut off = step;
    while off <= middle {
        starts.extend([middle - off, middle + off]);
        off += step;
    }
    starts
}

/// A name in lines of some seven letters' width.
fn wrapped(name: &str, hand: Hand) -> Vec<String> {
    let widest = hand.size_mm * 7.0;
    let mut lines: Vec<String> = Vec::new();
    for word in printable(name).split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(&format!("{line} {word}"), hand.weight, hand.italic, hand.size_mm) <= widest => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

fn points(things: &[Thing], wanted: impl Fn(Drawn) -> bool) -> Vec<(&str, Coord<f64>)> {
    let named = things.iter().filter(|thing| wanted(thing.drawn)).filter_map(|thing| match &thing.shape {
        Shape::Point(at) => Some((thing.name.as_deref()?, *at)),
        _ => None,
    });
    let mut points: Vec<_> = named.collect();
    points.sort_by(|a, b| a.0.cmp(b.0).then(a.1.x.total_cmp(&b.1.x)));
    points
}

/// The streets by name: those that lead further, or the others. A street that is both by part is one that leads further.
fn streets(things: &[Thing], main: bool) -> Vec<(String, Vec<LineString<f64>>)> {
    let is_street = |drawn: Drawn| {
        (Drawn::Track..=Drawn::Motorway).contains(&drawn) || matches!(drawn, Drawn::StreetName | Drawn::MainStreetName)
    };
    let leading: HashSet<&str> =
        things.iter().filter(|thing| thing.drawn.is_main()).filter_map(|thing| thing.name.as_deref()).collect();
    let mut named = lines(things, is_street);
    named.retain(|(name, _)| leading.contains(name.as_str()) == main);
    named
}

fn lines(things: &[Thing], wanted: impl Fn(Drawn) -> bool) -> Vec<(String, Vec<LineString<f64>>)> {
    let mut by_name: BTreeMap<&str, Vec<LineString<f64>>> = BTreeMap::new();
    for thing in things.iter().filter(|thing| wanted(thing.drawn)) {
        if let (Some(name), Shape::Line(line)) = (&thing.name, &thing.shape) {
            by_name.entry(name).or_default().push(line.clone());
        }
    }
    let mut named: Vec<(String, Vec<LineString<f64>>)> =
        by_name.into_iter().map(|(name, lines)| (name.to_owned(), join(lines))).collect();
    let longest = |lines: &[LineString<f64>]| lines.iter().map(|line| Curve::of(line).length()).fold(0.0, f64::max);
    named.sort_by(|a, b| longest(&b.1).total_cmp(&longest(&a.1)).then_with(|| a.0.cmp(&b.0)));
    named
}
