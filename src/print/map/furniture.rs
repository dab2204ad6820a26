//! What a map has beside its ground: scale bar, north arrow, whom to thank, the frame.

use geo::{Coord, Rect};

use super::occupied::Occupied;
use super::palette::Palette;
use super::svg::{Svg, escaped, mm, placed};
use super::view::View;
use crate::print::letters::width;

/// Lengths that a scale bar has, in metres.
const BARS: &[f64] = &[10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1_000.0, 2_000.0, 5_000.0, 10_000.0, 20_000.0];

/// Draws what stands around a view.
pub(super) struct Furniture<'a> {
    pub view: &'a View,
    pub palette: &'static Palette,
    pub larger: f64,
    pub attribution: &'a str,
    /// The letter of north.
    pub north: &'a str,
    /// Whether the map is on paper, where a scale is a number.
    pub ratio: bool,
}

impl Furniture<'_> {
    fn size(&self) -> f64 {
        self.view.units(11.0 * self.larger)
    }

    /// The length of the bar in metres: the largest that is no longer than a fifth of the map.
    fn bar_m(&self) -> f64 {
        let longest = (self.view.width_mm / 5.0).min(self.view.units(150.0));
        BARS.iter().copied().rfind(|metres| self.view.metres(*metres) <= longest).unwrap_or(BARS[0])
    }

    fn bar_label(&self) -> String {
        let metres = self.bar_m();
        let length = if metres >= 1000.0 { format!("{} km", metres / 1000.0) } else { format!("{metres} m") };
        if self.ratio {
            format!("{length}\u{a0}\u{a0}\u{a0}1\u{a0}:\u{a0}{}", thousands(self.view.scale))
        } else {
            length
        }
    }

    fn edge(&self) -> f64 {
        self.view.units(14.0)
    }

    /// The boxes of the scale bar, the arrow and the thanks.
    fn boxes(&self) -> [Rect<f64>; 3] {
        let (size, edge) = (self.size(), self.edge());
        let (right, bottom) = (self.view.width_mm - edge, self.view.height_mm - edge);
        let bar = self.view.metres(self.bar_m()).max(width(&self.bar_label(), 500, false, size));
        let thanks = width(self.attribution, 400, false, size * 0.9);
        let at = |x: f64, y: f64| Coord { x, y };
        [
            Rect::new(at(right - bar - size * 0.6, bottom - size * 2.1), at(right + size * 0.6, bottom + size * 0.5)),
            Rect::new(
                at(right - self.view.units(26.0), edge * 0.7),
                at(right + self.view.units(2.0), edge * 0.7 + self.view.units(40.0)),
            ),
            Rect::new(at(edge - size * 0.5, bottom - size * 0.9), at(edge + thanks + size * 0.5, bottom + size * 0.5)),
        ]
    }

    /// Takes their room, before any name does.
    pub fn take(&self, occupied: &mut Occupied) {
        self.boxes().into_iter().for_each(|one| occupied.take(one));
    }

    /// Draws them, and the frame.
    pub fn draw(&self, svg: &mut Svg) {
        let [bar, arrow, thanks] = self.boxes();
        let (size, ink) = (self.size(), self.palette.ink);
        for one in [&bar, &thanks] {
            svg.add(&format!(
                r#"<rect x="{}" y="{}" width="{}" height="{}" rx="{}" fill="{}" fill-opacity="0.86"/>"#,
                mm(one.min().x),
                mm(one.min().y),
                mm(one.width()),
                mm(one.height()),
                mm(size * 0.2),
                self.palette.mask
            ));
        }
        let (right, bottom) = (bar.max().x - size * 0.6, bar.max().y - size * 0.5);
        let left = right - self.view.metres(self.bar_m());
        let d = format!("M{0} {1}V{2}H{3}V{1}", mm(left), mm(bottom - size * 0.45), mm(bottom), mm(right));
        svg.path(&d, &format!(r#"fill="none" stroke="{ink}" stroke-width="{}""#, mm(self.view.units(1.4))));
        let (x, y) = (mm(bar.min().x + size * 0.6), mm(bottom - size * 0.75));
        svg.add(&format!(
            r#"<text x="{x}" y="{y}" font-size="{}" font-weight="500" fill="{ink}">{}</text>"#,
            mm(size),
            escaped(&self.bar_label())
        ));
        let (x, y) = (mm(thanks.min().x + size * 0.5), mm(thanks.max().y - size * 0.42));
        svg.add(&format!(
            r#"<text x="{x}" y="{y}" font-size="{}" fill="{ink}">{}</text>"#,
            mm(size * 0.9),
            escaped(self.attribution)
        ));
        let surface = self.palette.surface;
        svg.add(&format!(
            r#"<g {}><path d="M13 1 23 27 13 21 3 27z" fill="{surface}" stroke="{ink}" stroke-width="1.5" stroke-linejoin="round"/><path d="M13 1v20L3 27z" fill="{ink}"/><text x="13" y="38" font-size="10" font-weight="700" text-anchor="middle" fill="{ink}" stroke="{surface}" stroke-width="2.4" paint-order="stroke">{}</text></g>"#,
            placed(arrow.min().x, arrow.min().y, self.view.units(1.0)), escaped(self.north)
        ));
    }

    /// The line around the map.
    pub fn frame(&self, svg: &mut Svg) {
        let line = self.view.units(1.3);
        svg.add(&format!(
            r#"<rect x="{0}" y="{0}" width="{1}" height="{2}" fill="none" stroke="{3}" stroke-width="{4}"/>"#,
            mm(line / 2.0),
            mm(self.view.width_mm - line),
            mm(self.view.height_mm - line),
            self.palette.ink,
            mm(line)
        ));
    }
}

/// A whole number with thin spaces between its thousands.
fn thousands(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('\u{a0}');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(
            [thousands(500.0), thousands(5_000.0), thousands(1_250_000.0)],
            ["500", "5\u{a0}000", "1\u{a0}250\u{a0}000"]
        );
    }
}
