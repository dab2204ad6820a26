//! Writes SVG: paths in hundredths of a millimetre, texts that cannot be taken for markup.

use std::fmt::Write;

use geo::{Coord, LineString, MultiPolygon, Polygon};

use crate::print::letters::printable;

/// A drawing that grows from the bottom up.
#[derive(Debug, Default)]
pub(super) struct Svg(pub String);

impl Svg {
    /// Adds markup.
    pub fn add(&mut self, markup: &str) {
        self.0.push_str(markup);
        self.0.push('\n');
    }

    /// Adds a path where it has anything in it.
    pub fn path(&mut self, d: &str, how: &str) {
        if !d.is_empty() {
            // Writing to a text cannot fail.
            let _ = writeln!(self.0, r#"<path d="{d}" {how}/>"#);
        }
    }
}

/// A number as short as a hundredth of a millimetre allows.
pub(super) fn mm(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// A text as XML holds it, without what no font can show.
pub(super) fn escaped(text: &str) -> String {
    let text = printable(text).replace('\n', " ");
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Adds a line to a path.
pub(super) fn line(d: &mut String, line: &[Coord<f64>], closed: bool) {
    let mut last = None;
    for at in line {
        let spot = format!("{} {}", mm(at.x), mm(at.y));
        if last.as_ref() == Some(&spot) {
            continue;
        }
        d.push(if last.is_none() { 'M' } else { 'L' });
        d.push_str(&spot);
        last = Some(spot);
    }
    if closed && last.is_some() {
        d.push('Z');
    }
}

/// The path of a polygon with its holes.
pub(super) fn polygon(d: &mut String, polygon: &Polygon<f64>) {
    let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
    rings.for_each(|ring: &LineString<f64>| line(d, &ring.0[..ring.0.len().saturating_sub(1)], true));
}

/// The path of polygons.
pub(super) fn polygons(shape: &MultiPolygon<f64>) -> String {
    let mut d = String::new();
    shape.iter().for_each(|one| polygon(&mut d, one));
    d
}

/// Opens a group that is moved and scaled: the attribute for it.
pub(super) fn placed(x: f64, y: f64, scale: f64) -> String {
    format!(r#"transform="translate({} {}) scale({scale:.5})""#, mm(x), mm(y))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_texts_are_no_markup() {
        assert_eq!([mm(1.0), mm(-0.001), mm(12.345), mm(0.5)], ["1", "0", "12.35", "0.5"]);
        assert_eq!(escaped("</text><image href=\"x\">&\u{1}"), "&lt;/text&gt;&lt;image href=&quot;x&quot;&gt;&amp; ");
    }

    #[test]
    fn spots_that_are_one_on_paper_are_one() {
        let mut d = String::new();
        line(&mut d, &[Coord { x: 1.0, y: 1.0 }, Coord { x: 1.001, y: 1.0 }, Coord { x: 2.0, y: 1.0 }], true);
        assert_eq!(d, "M1 1L2 1Z");
    }
}
