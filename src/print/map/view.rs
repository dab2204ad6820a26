//! What part of the ground is on the paper, and at which scale.

use geo::{Coord, Rect};

use crate::basemap::mercator::{earth, world};
use crate::geometry::Plane;

/// Millimetres of a unit in which sizes are given: a pixel of a page at 96 to the inch.
const UNIT_MM: f64 = 25.4 / 96.0;
/// Metres around the equator that the square of the world is wide (WGS 84).
const EQUATOR_M: f64 = 40_075_016.686;
/// Scales that a map on paper has, so that a ruler is of use.
const SCALES: &[f64] = &[
    1_000.0,
    1_500.0,
    2_000.0,
    2_500.0,
    3_000.0,
    4_000.0,
    5_000.0,
    6_000.0,
    7_500.0,
    10_000.0,
    12_500.0,
    15_000.0,
    20_000.0,
    25_000.0,
    30_000.0,
    40_000.0,
    50_000.0,
    75_000.0,
    100_000.0,
    150_000.0,
    200_000.0,
    300_000.0,
    500_000.0,
    1_000_000.0,
];

/// A window on the ground, in millimetres of paper from its north-west corner.
///
/// The ground is laid flat as on every web map (Mercator), stretched so that metres are true at the window's middle; over
/// a neighbourhood that is true to a thousandth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct View {
    /// Width of the window.
    pub width_mm: f64,
    /// Height of the window.
    pub height_mm: f64,
    /// Metres on the ground to a metre of paper.
    pub scale: f64,
    /// How much larger than on a sheet of A4 lines and letters are.
    pub size: f64,
    middle: Coord<f64>,
    /// Millimetres to the width and height of the square of the world.
    per_world: Coord<f64>,
}

impl View {
    /// A window around a point (lon, lat) at a scale.
    #[must_use]
    pub fn at((lon, lat): (f64, f64), scale: f64, [width_mm, height_mm]: [f64; 2], size: f64) -> Self {
        let middle = world(Coord { x: lon, y: lat });
        let step = 1e-6;
        let plane = Plane::at(lon, lat);
        let to_m = |x: f64, y: f64| {
            let at = earth(Coord { x: middle.x + x, y: middle.y + y });
            plane.to_m(at.x, at.y)
        };
        let per_world =
            Coord { x: to_m(step, 0.0).0 / step / scale * 1000.0, y: -to_m(0.0, step).1 / step / scale * 1000.0 };
        Self { width_mm, height_mm, scale, size, middle, per_world }
    }

    /// The window around a box (west, south, east, north in degrees) at the largest common scale at which the box, with
    /// room around it, is on the paper.
    #[must_use]
    pub fn fitting(bbox: [f64; 4], paper: [f64; 2], margin_mm: f64, size: f64) -> Self {
        let needed = Self::needed(bbox, paper, margin_mm, size);
        let scale = SCALES.iter().copied().find(|scale| *scale >= needed.scale).unwrap_or(needed.scale);
        Self::at(needed.centre(), scale, paper, size)
    }

    /// The window that just holds a box with room around it, at whatever scale.
    #[must_use]
    pub fn around(bbox: [f64; 4], paper: [f64; 2], margin_mm: f64, size: f64) -> Self {
        Self::needed(bbox, paper, margin_mm, size)
    }

    fn needed([west, south, east, north]: [f64; 4], paper: [f64; 2], margin_mm: f64, size: f64) -> Self {
        let (a, b) = (world(Coord { x: west, y: north }), world(Coord { x: east, y: south }));
        let middle = earth(Coord { x: f64::midpoint(a.x, b.x), y: f64::midpoint(a.y, b.y) });
        let one = Self::at((middle.x, middle.y), 1.0, paper, size);
        let (width, height) = ((b.x - a.x) * one.per_world.x, (b.y - a.y) * one.per_world.y);
        let room = paper.map(|side| (side - 2.0 * margin_mm).max(side / 4.0));
        let scale = (width / room[0]).max(height / room[1]).max(SCALES[0]);
        Self::at((middle.x, middle.y), scale, paper, size)
    }

    /// The point in the middle, longitude and latitude.
    #[must_use]
    pub fn centre(&self) -> (f64, f64) {
        let at = earth(self.middle);
        (at.x, at.y)
    }

    /// Where a point (lon, lat) is on the paper.
    #[must_use]
    pub fn mm(&self, lon: f64, lat: f64) -> Coord<f64> {
        self.of_world(world(Coord { x: lon, y: lat }))
    }

    /// Where a point of the square of the world is on the paper.
    pub(super) fn of_world(&self, at: Coord<f64>) -> Coord<f64> {
        Coord {
            x: (at.x - self.middle.x) * self.per_world.x + self.width_mm / 2.0,
            y: (at.y - self.middle.y) * self.per_world.y + self.height_mm / 2.0,
        }
    }

    /// The window in the square of the world, with some paper around it.
    pub(super) fn on_world(&self, around_mm: f64) -> Rect<f64> {
        let half = Coord {
            x: (self.width_mm / 2.0 + around_mm) / self.per_world.x,
            y: (self.height_mm / 2.0 + around_mm) / self.per_world.y,
        };
        Rect::new(self.middle - half, self.middle + half)
    }

    /// The window on the paper, with some paper around it.
    pub(super) fn frame(&self, around_mm: f64) -> Rect<f64> {
        Rect::new(
            Coord { x: -around_mm, y: -around_mm },
            Coord { x: self.width_mm + around_mm, y: self.height_mm + around_mm },
        )
    }

    /// The box that is on the paper: west, south, east, north.
    #[must_use]
    pub fn bbox(&self) -> [f64; 4] {
        let rect = self.on_world(0.0);
        let (a, b) = (earth(rect.min()), earth(rect.max()));
        [a.x, b.y, b.x, a.y]
    }

    /// Millimetres of paper to so many units of the look.
    #[must_use]
    pub fn units(&self, units: f64) -> f64 {
        units * UNIT_MM * self.size
    }

    /// Millimetres of paper to so many metres on the ground.
    #[must_use]
    pub fn metres(&self, metres: f64) -> f64 {
        metres / self.scale * 1000.0
    }

    /// The zoom of a web map (tiles of 512 pixels) that shows as much ground to a unit.
    #[must_use]
    pub fn zoom(&self) -> f64 {
        let unit_m = self.units(1.0) / 1000.0 * self.scale;
        let (_, lat) = self.centre();
        (EQUATOR_M * lat.to_radians().cos() / 512.0 / unit_m).log2()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{Distance, Geodesic, Point};

    #[test]
    fn a_hundred_metres_are_two_centimetres_at_one_to_five_thousand() {
        let view = View::at((4.7884, 51.2645), 5_000.0, [178.0, 110.0], 1.0);
        let [west, south, east, north] = view.bbox();
        let (wide, high) = (
            Geodesic.distance(Point::new(west, 51.2645), Point::new(east, 51.2645)),
            Geodesic.distance(Point::new(4.7884, south), Point::new(4.7884, north)),
        );
        assert!((wide - 890.0).abs() < 0.3 && (high - 550.0).abs() < 0.3, "{wide} {high}");
        assert!((view.metres(100.0) - 20.0).abs() < 1e-9);
        let centre = view.mm(4.7884, 51.2645);
        assert!((centre.x - 89.0).abs() < 1e-9 && (centre.y - 55.0).abs() < 1e-9);
        assert!((view.zoom() - 15.2).abs() < 0.1, "{}", view.zoom());
    }

    #[test]
    fn a_box_that_must_fit_has_the_next_common_scale() {
        let bbox = [4.7789, 51.2576, 4.7996, 51.2712];
        let view = View::fitting(bbox, [216.0, 150.0], 5.0, 1.35);
        assert!((view.scale - 12_500.0).abs() < 1e-9, "{}", view.scale);
        for (lon, lat) in [(bbox[0], bbox[1]), (bbox[2], bbox[3])] {
            let at = view.mm(lon, lat);
            assert!(at.x >= 5.0 && at.x <= 211.0 && at.y >= 5.0 && at.y <= 145.0, "{at:?}");
        }
        let spot = View::fitting([4.0, 51.0, 4.0, 51.0], [100.0, 100.0], 10.0, 1.0);
        assert!((spot.scale - 1_000.0).abs() < 1e-9);
    }
}
