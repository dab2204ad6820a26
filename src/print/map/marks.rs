//! Draws what people said: the surface in bands, hotspots, the boundary, pins.

use geo::{BoundingRect, MapCoords, MultiPolygon, Rect};

use super::palette::Palette;
use super::svg::{self, Svg, mm, polygons};
use super::view::View;
use crate::hotspots::Kind;
use crate::hotspots::significance::Verdict;
use crate::pins::Feeling;
use crate::print::shapes::shape;

/// A hotspot or a place, in degrees.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// Its ground.
    pub shape: MultiPolygon<f64>,
    /// What people feel there.
    pub kind: Kind,
    /// How sure that is; none where it was not tested.
    pub verdict: Option<Verdict>,
}

/// A part of the surface with one colour, in degrees.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// Where it is.
    pub shape: MultiPolygon<f64>,
    /// Its share of unsafe, by the fifth it lies in: 0 to 4.
    pub hue: usize,
    /// How much it covers what is below it, 0 to 1.
    pub opacity: f64,
}

/// Draws marks on a view.
pub(super) struct Marks<'a> {
    pub view: &'a View,
    pub palette: &'static Palette,
    /// How much wider than usual lines are.
    pub wider: f64,
}

impl Marks<'_> {
    /// A shape on paper.
    pub fn paper(&self, shape: &MultiPolygon<f64>) -> MultiPolygon<f64> {
        shape.map_coords(|at| self.view.mm(at.x, at.y))
    }

    /// The textures, to be drawn with.
    pub fn patterns(&self, svg: &mut Svg) {
        let unit = |units: f64| mm(self.view.units(units * self.wider.sqrt()));
        let tile = |id: &str, side: f64, turn: f64, inner: &str| {
            let side = unit(side);
            format!(
                r#"<pattern id="{id}" width="{side}" height="{side}" patternUnits="userSpaceOnUse" patternTransform="rotate({turn})">{inner}</pattern>"#
            )
        };
        let stripe = |x: f64, width: f64, colour: &str| {
            format!(r#"<rect x="{}" width="{}" height="{}" fill="{colour}"/>"#, unit(x), unit(width), unit(12.0))
        };
        let dot = |at: f64| {
            format!(r#"<circle cx="{0}" cy="{0}" r="{1}" fill="{2}"/>"#, unit(at), unit(1.0), self.palette.stipple)
        };
        svg.add("<defs>");
        svg.add(&tile("hatch-unsafe", 7.0, 45.0, &stripe(0.0, 1.5, self.palette.unsafe_line)));
        svg.add(&tile("hatch-safe", 7.0, -45.0, &stripe(0.0, 1.5, self.palette.safe_line)));
        let sides = stripe(0.0, 2.7, self.palette.not_safe) + &stripe(5.6, 2.7, self.palette.safe);
        svg.add(&tile("contested", 11.2, 45.0, &sides));
        svg.add(&tile("stipple", 14.0, 0.0, &(dot(3.5) + &dot(10.5))));
        svg.add("</defs>");
    }

    /// The veil over all that lies outside the neighbourhood.
    pub fn veil(&self, boundary: &MultiPolygon<f64>, svg: &mut Svg) {
        let (w, h) = (mm(self.view.width_mm + 20.0), mm(self.view.height_mm + 20.0));
        let d = format!("M-20 -20H{w}V{h}H-20Z{}", polygons(boundary));
        let (colour, opacity) = (self.palette.mask, self.palette.mask_opacity);
        svg.path(&d, &format!(r#"fill="{colour}" fill-opacity="{opacity}" fill-rule="evenodd""#));
    }

    /// The boundary, with a soft band inside.
    pub fn edge(&self, boundary: &MultiPolygon<f64>, svg: &mut Svg) {
        let d = polygons(boundary);
        let (line, band) = (self.view.units(1.9 * self.wider), self.view.units(14.0 * self.wider));
        let colour = self.palette.edge;
        svg.add(&format!(r#"<clipPath id="inside"><path d="{d}" clip-rule="evenodd"/></clipPath>"#));
        let soft = format!(r#"fill="none" stroke="{colour}" stroke-opacity="0.16" stroke-width="{}""#, mm(band));
        svg.path(&d, &format!(r#"{soft} stroke-linejoin="round" clip-path="url(#inside)""#));
        svg.path(&d, &format!(r#"fill="none" stroke="{colour}" stroke-width="{}" stroke-linejoin="round""#, mm(line)));
    }

    /// The surface.
    pub fn bands(&self, bands: &[Band], svg: &mut Svg) {
        for band in bands {
            let colour = self.palette.hues[band.hue.min(4)];
            let d = polygons(&self.paper(&band.shape));
            svg.path(&d, &format!(r#"fill="{colour}" fill-opacity="{:.3}" fill-rule="evenodd""#, band.opacity));
        }
    }

    /// Where too few people spoke.
    pub fn few(&self, shape: &MultiPolygon<f64>, svg: &mut Svg) {
        svg.path(&polygons(&self.paper(shape)), r#"fill="url(#stipple)" fill-rule="evenodd""#);
    }

    /// The textures within areas.
    pub fn textures(&self, areas: &[Area], svg: &mut Svg) {
        for area in areas {
            let fill = match (area.kind, area.verdict) {
                (Kind::Contested, _) => r#"fill="url(#contested)" fill-opacity="0.8""#,
                (_, Some(Verdict::TooFewPeople)) => r#"fill="url(#stipple)""#,
                (Kind::Unsafe, Some(Verdict::Signal)) => r#"fill="url(#hatch-unsafe)" fill-opacity="0.5""#,
                (Kind::Safe, Some(Verdict::Signal)) => r#"fill="url(#hatch-safe)" fill-opacity="0.5""#,
                _ => continue,
            };
            svg.path(&polygons(&self.paper(&area.shape)), &format!(r#"{fill} fill-rule="evenodd""#));
        }
    }

    /// The lines around areas: the line says how sure it is.
    pub fn outlines(&self, areas: &[Area], svg: &mut Svg) {
        let line = self.view.units(3.0 * self.wider);
        for area in areas {
            let d = polygons(&self.paper(&area.shape));
            let casing = format!(r#"stroke="{}" stroke-opacity="0.9""#, self.palette.casing_mark);
            svg.path(&d, &format!(r#"fill="none" {casing} stroke-width="{}" stroke-linejoin="round""#, mm(line * 2.3)));
            let colour = match area.kind {
                Kind::Unsafe => self.palette.unsafe_line,
                Kind::Safe => self.palette.safe_line,
                Kind::Contested => self.palette.contested_line,
            };
            let verdict = area.verdict.filter(|_| area.kind != Kind::Contested);
            let how = match verdict {
                Some(Verdict::NoClearSignal) => {
                    format!(r#"stroke="{colour}" stroke-dasharray="{} {}""#, mm(line * 3.0), mm(line * 2.2))
                }
                Some(Verdict::TooFewPeople) => {
                    let few = self.palette.few_line;
                    format!(r#"stroke="{few}" stroke-linecap="round" stroke-dasharray="0.01 {}""#, mm(line * 2.2))
                }
                Some(Verdict::Signal) | None => format!(r#"stroke="{colour}""#),
            };
            svg.path(&d, &format!(r#"fill="none" {how} stroke-width="{}" stroke-linejoin="round""#, mm(line)));
        }
    }

    /// Pins as they stand on the tablets.
    pub fn pins(&self, pins: &[(Feeling, f64, f64)], svg: &mut Svg) {
        let side = self.view.units(20.0 * self.wider);
        for (feeling, lon, lat) in pins {
            let at = self.view.mm(*lon, *lat);
            let halo = r##"<g fill="none" stroke="#fffdf8" stroke-width="7" stroke-linejoin="round">"##;
            let edge = crate::print::shapes::outline(*feeling);
            let inner = shape(*feeling, self.palette.safe, self.palette.not_safe);
            let place = svg::placed(at.x - side / 2.0, at.y - side / 2.0, side / 48.0);
            svg.add(&format!("<g {place}>{halo}{edge}</g>{inner}</g>"));
        }
    }

    /// The box around a shape on paper.
    pub fn around(&self, shape: &MultiPolygon<f64>) -> Option<Rect<f64>> {
        self.paper(shape).bounding_rect()
    }
}

/// Four steps of strength, as on the pages: from so many people on it covers so much.
pub const STEPS: [(f64, f64); 4] = [(5.0, 0.30), (8.0, 0.48), (11.0, 0.64), (15.0, 0.78)];

/// How much a step must cover when it lies on the one below it.
#[must_use]
pub fn added_opacity(step: usize) -> f64 {
    let below = if step == 0 { 0.0 } else { STEPS[step - 1].1 };
    1.0 - (1.0 - STEPS[step].1) / (1.0 - below)
}
