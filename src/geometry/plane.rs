//! Degrees to metres and back.

use super::Boundary;

/// Semi-major axis of WGS 84, in metres.
const A: f64 = 6_378_137.0;
/// Flattening of WGS 84.
const F: f64 = 1.0 / 298.257_223_563;
/// First eccentricity, √(F(2 − F)).
const E: f64 = 0.081_819_190_842_621_49;
/// Third flattening, the small number the series run in.
const N: f64 = F / (2.0 - F);
const N2: f64 = N * N;
const N3: f64 = N2 * N;
const N4: f64 = N3 * N;
/// Radius of the sphere whose meridian is as long as the ellipsoid's, in metres.
const RADIUS: f64 = A / (1.0 + N) * (1.0 + N2 / 4.0 + N4 / 64.0);

/// From the conformal sphere to the plane: α₁…α₄.
const ALPHA: [f64; 4] = [
    N / 2.0 - N2 * 2.0 / 3.0 + N3 * 5.0 / 16.0 + N4 * 41.0 / 180.0,
    N2 * 13.0 / 48.0 - N3 * 3.0 / 5.0 + N4 * 557.0 / 1440.0,
    N3 * 61.0 / 240.0 - N4 * 103.0 / 140.0,
    N4 * 49_561.0 / 161_280.0,
];
/// From the plane to the conformal sphere: β₁…β₄.
const BETA: [f64; 4] = [
    N / 2.0 - N2 * 2.0 / 3.0 + N3 * 37.0 / 96.0 - N4 / 360.0,
    N2 / 48.0 + N3 / 15.0 - N4 * 437.0 / 1440.0,
    N3 * 17.0 / 480.0 - N4 * 37.0 / 840.0,
    N4 * 4397.0 / 161_280.0,
];

/// A flat plane in metres that touches the globe along the meridian through its centre: x to the east, y to the north.
///
/// It is a transverse Mercator projection of WGS 84 with scale 1 (Krüger's series to the fourth power of n, as in
/// Karney, *Transverse Mercator with an accuracy of a few nanometers*, J. Geodesy 85, 2011). A national grid such as
/// EPSG:3812 would serve Belgium only and stretches distances by up to 1e-4 there; a plane laid on the neighbourhood
/// itself is right everywhere in the world, crosses borders, and is off by 1e-7 at 3 km, 3e-6 at 15 km and 3e-4 at
/// 150 km from its centre. The series themselves err by less than a thousandth of a millimetre.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plane {
    lon: f64,
    northing: f64,
}

impl Plane {
    /// Lays the plane on a point given in degrees; that point becomes (0, 0).
    #[must_use]
    pub fn at(lon: f64, lat: f64) -> Self {
        let (_, northing) = project(0.0, lat);
        Self { lon, northing }
    }

    /// Lays the plane on the centre of a neighbourhood's boundary.
    #[must_use]
    pub fn of(boundary: &Boundary) -> Self {
        let (lon, lat) = boundary.centre();
        Self::at(lon, lat)
    }

    /// Turns longitude and latitude in degrees into metres east and north of the centre.
    #[must_use]
    pub fn to_m(&self, lon: f64, lat: f64) -> (f64, f64) {
        let (x, y) = project(half_turn(lon - self.lon), lat);
        (x, y - self.northing)
    }

    /// Turns metres east and north of the centre into longitude and latitude in degrees.
    #[must_use]
    pub fn to_lonlat(&self, x: f64, y: f64) -> (f64, f64) {
        let (dlon, lat) = unproject(x, y + self.northing);
        (half_turn(self.lon + dlon), lat)
    }
}

/// Brings a longitude into -180 ≤ lon ≤ 180.
fn half_turn(lon: f64) -> f64 {
    if lon.abs() <= 180.0 { lon } else { (lon + 180.0).rem_euclid(360.0) - 180.0 }
}

/// Metres from the meridian and from the equator; `dlon` is counted from the meridian of the plane.
fn project(dlon: f64, lat: f64) -> (f64, f64) {
    let (sin, cos) = dlon.to_radians().sin_cos();
    let t = conformal(lat.to_radians().tan());
    let (u, v) = (t.atan2(cos), (sin / t.hypot(cos)).asinh());
    let (mut north, mut east) = (u, v);
    for (k, alpha) in DOUBLES.iter().zip(ALPHA) {
        north += alpha * (k * u).sin() * (k * v).cosh();
        east += alpha * (k * u).cos() * (k * v).sinh();
    }
    (RADIUS * east, RADIUS * north)
}

fn unproject(x: f64, y: f64) -> (f64, f64) {
    let (north, east) = (y / RADIUS, x / RADIUS);
    let (mut u, mut v) = (north, east);
    for (k, beta) in DOUBLES.iter().zip(BETA) {
        u -= beta * (k * north).sin() * (k * east).cosh();
        v -= beta * (k * north).cos() * (k * east).sinh();
    }
    let (dlon, lat) = (v.sinh().atan2(u.cos()), geographic(u.sin() / v.sinh().hypot(u.cos())).atan());
    (dlon.to_degrees(), lat.to_degrees())
}

/// The multiples 2, 4, 6, 8 of the series.
const DOUBLES: [f64; 4] = [2.0, 4.0, 6.0, 8.0];

/// Tangent of the conformal latitude from the tangent of the geographic one.
fn conformal(t: f64) -> f64 {
    let secant = t.hypot(1.0);
    let s = (E * (E * t / secant).atanh()).sinh();
    t * s.hypot(1.0) - s * secant
}

/// The inverse of [`conformal`], by Newton's method; three steps reach the last bit.
fn geographic(target: f64) -> f64 {
    let rest = 1.0 - E * E;
    let mut t = target / rest;
    if !(t.is_finite() && t.abs() < 1e9) {
        return t;
    }
    for _ in 0..3 {
        let at = conformal(t);
        t += (target - at) / at.hypot(1.0) * (1.0 + rest * t * t) / (rest * t.hypot(1.0));
    }
    t
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{Distance, Geodesic, Point};
    use proptest::prelude::*;

    /// Made by `tests/reference/plane.py` with pyproj: lon0, lat0, lon, lat, x, y.
    const PYPROJ: &str = include_str!("../../tests/reference/plane.csv");

    #[test]
    fn it_agrees_with_pyproj_to_a_thousandth_of_a_millimetre() {
        let mut rows = 0;
        for line in PYPROJ.lines().skip(1) {
            let v: Vec<f64> = line.split(',').map(|v| v.parse().unwrap()).collect();
            let plane = Plane::at(v[0], v[1]);
            let (x, y) = plane.to_m(v[2], v[3]);
            assert!((x - v[4]).abs() < 1e-6 && (y - v[5]).abs() < 1e-6, "{line}: {x} {y}");
            let (lon, lat) = plane.to_lonlat(v[4], v[5]);
            assert!(half_turn(lon - v[2]).abs() < 1e-10 && (lat - v[3]).abs() < 1e-11, "{line}: {lon} {lat}");
            rows += 1;
        }
        assert!(rows > 150);
    }

    #[test]
    fn the_centre_is_the_origin() {
        for (lon, lat) in [(4.35, 50.85), (0.0, 0.0), (180.0, -17.0), (-70.0, -55.0), (25.0, 90.0)] {
            let (x, y) = Plane::at(lon, lat).to_m(lon, lat);
            assert!(x.abs() < 1e-6 && y.abs() < 1e-6);
        }
    }

    proptest! {
        #[test]
        fn there_and_back_is_the_same_place(
            lon in -180.0..180.0, lat in -84.0..84.0, x in -150_000.0..150_000.0, y in -150_000.0..150_000.0,
        ) {
            let plane = Plane::at(lon, lat);
            let (to_lon, to_lat) = plane.to_lonlat(x, y);
            let (x2, y2) = plane.to_m(to_lon, to_lat);
            prop_assert!((x - x2).hypot(y - y2) < 1e-6, "{} {}", x - x2, y - y2);
        }

        #[test]
        fn distances_are_those_on_the_ground(
            lon in -180.0..180.0, lat in -80.0..80.0,
            a in (-15_000.0..15_000.0, -15_000.0..15_000.0), b in (-15_000.0..15_000.0, -15_000.0..15_000.0),
        ) {
            let plane = Plane::at(lon, lat);
            let ground = Geodesic.distance(Point::from(plane.to_lonlat(a.0, a.1)), Point::from(plane.to_lonlat(b.0, b.1)));
            let flat = f64::hypot(a.0 - b.0, a.1 - b.1);
            prop_assert!((ground - flat).abs() <= 3e-6 * flat + 1e-6, "{ground} {flat}");
        }
    }
}
