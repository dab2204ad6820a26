//! The edge of a neighbourhood, read from GeoJSON and kept sound.

use geo::orient::{Direction, Orient};
use geo::{BoundingRect, Coord, GeodesicArea, Intersects, LineString, MultiPolygon, Point, Polygon};
use serde_json::{Value, json};

use super::{Plane, check_position, rings, round7};
use crate::error::{Error, Result};

/// The largest boundary, in square metres: 5,000 km², more than any municipality that holds workshops.
pub const MAX_AREA_M2: f64 = 5e9;
/// The most positions a boundary may have.
pub const MAX_VERTICES: usize = 50_000;
/// How far a boundary may reach from its centre, in metres; beyond, the [`Plane`] is no longer true.
pub const MAX_REACH_M: f64 = 150_000.0;

/// One or more polygons in WGS 84 degrees, sound and wound as RFC 7946 asks; holes are outside.
#[derive(Debug, Clone, PartialEq)]
pub struct Boundary {
    shape: MultiPolygon<f64>,
    bbox: [f64; 4],
    area_m2: f64,
}

impl Boundary {
    /// Reads a GeoJSON Polygon or `MultiPolygon`, bare or as the only Feature.
    ///
    /// Positions are rounded to seven decimals, altitudes dropped, repeated positions joined, open rings closed and
    /// rings turned to the right-hand rule. Whatever else is wrong is an error on the field `boundary` that says
    /// which ring.
    pub fn parse(value: &Value) -> Result<Self> {
        Self::read(value).map_err(|reason| Error::invalid("boundary", reason))
    }

    fn read(value: &Value) -> Result<Self, String> {
        let shape = MultiPolygon::new(polygons(geometry(value)?)?);
        rings::check(&shape)?;
        let shape = shape.orient(Direction::Default);
        let area_m2 = shape.geodesic_area_signed().abs();
        if area_m2 < 1.0 {
            return Err("has no area".into());
        }
        let bbox = shape.bounding_rect().ok_or("is empty")?;
        let boundary = Self { bbox: [bbox.min().x, bbox.min().y, bbox.max().x, bbox.max().y], shape, area_m2 };
        let plane = Plane::of(&boundary);
        let [west, south, east, north] = boundary.bbox;
        let reach = [(west, south), (west, north), (east, south), (east, north)]
            .map(|(lon, lat)| plane.to_m(lon, lat))
            .iter()
            .fold(0.0, |reach: f64, (x, y)| reach.max(x.hypot(*y)));
        if area_m2 > MAX_AREA_M2 {
            return Err(format!("covers {:.0} km², 5,000 km² is the most", area_m2 / 1e6));
        }
        if !reach.is_finite() || reach > MAX_REACH_M || east - west > 180.0 {
            return Err("reaches more than 150 km from its centre, or over the 180th meridian".into());
        }
        Ok(boundary)
    }

    /// Whether a point lies inside or on the edge.
    #[must_use]
    pub fn contains(&self, lon: f64, lat: f64) -> bool {
        let [west, south, east, north] = self.bbox;
        (west..=east).contains(&lon) && (south..=north).contains(&lat) && self.shape.intersects(&Point::new(lon, lat))
    }

    /// West, south, east and north, in degrees.
    #[must_use]
    pub fn bbox(&self) -> [f64; 4] {
        self.bbox
    }

    /// The middle of the box as longitude and latitude; not always inside the boundary.
    #[must_use]
    pub fn centre(&self) -> (f64, f64) {
        let [west, south, east, north] = self.bbox;
        (f64::midpoint(west, east), f64::midpoint(south, north))
    }

    /// The area on the ellipsoid, in square metres.
    #[must_use]
    pub fn area_m2(&self) -> f64 {
        self.area_m2
    }

    /// The polygons in metres of a plane. Long edges get corners every 500 m: a straight line in degrees is none on the
    /// plane, at 51° north it bows by 2 m in 10 km.
    #[must_use]
    pub fn on(&self, plane: &Plane) -> MultiPolygon<f64> {
        const STEP_M: f64 = 500.0;
        let to_m = |c: Coord<f64>| Coord::from(plane.to_m(c.x, c.y));
        let ring = |ring: &LineString<f64>| {
            let corners = ring.lines().flat_map(|edge| {
                let (from, to) = (to_m(edge.start), to_m(edge.end));
                let steps = ((to.x - from.x).hypot(to.y - from.y) / STEP_M).ceil().max(1.0);
                std::iter::successors(Some(0.0), move |i| Some(i + 1.0).filter(|i| *i < steps))
                    .map(move |i| to_m(edge.start + edge.delta() * (i / steps)))
            });
            LineString::new(corners.collect())
        };
        let polygon = |p: &Polygon<f64>| Polygon::new(ring(p.exterior()), p.interiors().iter().map(ring).collect());
        MultiPolygon::new(self.shape.iter().map(polygon).collect())
    }

    /// The polygons, in degrees.
    #[must_use]
    pub fn polygons(&self) -> &MultiPolygon<f64> {
        &self.shape
    }

    /// The boundary as a GeoJSON Polygon or `MultiPolygon`, in seven decimals; [`Boundary::parse`] reads it unchanged.
    #[must_use]
    pub fn to_geojson(&self) -> Value {
        let mut polygons: Vec<Value> = self.shape.iter().map(coordinates).collect();
        match polygons.pop() {
            Some(only) if polygons.is_empty() => json!({"type": "Polygon", "coordinates": only}),
            last => {
                polygons.extend(last);
                json!({"type": "MultiPolygon", "coordinates": polygons})
            }
        }
    }
}

fn coordinates(polygon: &Polygon<f64>) -> Value {
    let ring = |ring: &LineString<f64>| ring.0.iter().map(|c| json!([round7(c.x), round7(c.y)])).collect::<Value>();
    std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(ring).collect()
}

/// Finds the one geometry in a geometry, a Feature or a `FeatureCollection`.
fn geometry(value: &Value) -> Result<&Value, String> {
    let kind = |value: &Value| value["type"].as_str().unwrap_or_default().to_owned();
    match kind(value).as_str() {
        "Polygon" | "MultiPolygon" => Ok(value),
        "Feature" => match kind(&value["geometry"]).as_str() {
            "Polygon" | "MultiPolygon" => Ok(&value["geometry"]),
            _ => Err("the feature must hold a Polygon or MultiPolygon".into()),
        },
        "FeatureCollection" => match value["features"].as_array().map(Vec::as_slice) {
            Some([only]) if kind(only) == "Feature" => geometry(only),
            Some([_]) => Err("the collection must hold a Feature".into()),
            features => {
                let n = features.map_or(0, <[Value]>::len);
                Err(format!("the collection must hold exactly one feature, it has {n}"))
            }
        },
        _ => Err("must be a GeoJSON Polygon, MultiPolygon, Feature or FeatureCollection with one".into()),
    }
}

fn polygons(geometry: &Value) -> Result<Vec<Polygon<f64>>, String> {
    let coordinates = geometry["coordinates"].as_array().ok_or("has no list of coordinates")?;
    let is_multi = geometry["type"] == "MultiPolygon";
    let lists: Vec<&[Value]> = if is_multi {
        coordinates
            .iter()
            .map(|p| p.as_array().map(Vec::as_slice))
            .collect::<Option<_>>()
            .ok_or("polygons must be lists of rings")?
    } else {
        vec![coordinates]
    };
    if lists.is_empty() || lists.iter().any(|rings| rings.is_empty()) {
        return Err("is empty".into());
    }
    let mut left = MAX_VERTICES;
    let mut polygons = Vec::with_capacity(lists.len());
    for (p, list) in lists.iter().enumerate() {
        let mut rings = Vec::with_capacity(list.len());
        for (r, positions) in list.iter().enumerate() {
            let of = if is_multi { format!(" of polygon {}", p + 1) } else { String::new() };
            rings.push(ring(positions, &mut left).map_err(|why| format!("ring {}{of} {why}", r + 1))?);
        }
        let outside = rings.remove(0);
        polygons.push(Polygon::new(outside, rings));
    }
    Ok(polygons)
}

fn ring(positions: &Value, left: &mut usize) -> Result<LineString<f64>, String> {
    let positions = positions.as_array().ok_or("is not a list of positions")?;
    *left = left.checked_sub(positions.len()).ok_or("brings the boundary over 50,000 positions: simplify it first")?;
    let mut ring = Vec::with_capacity(positions.len() + 1);
    for (i, position) in positions.iter().enumerate() {
        let (Some(lon), Some(lat)) = (position[0].as_f64(), position[1].as_f64()) else {
            return Err(format!("has a position {} that is not two numbers", i + 1));
        };
        check_position(lon, lat).map_err(|why| format!("has a position {} that {why}", i + 1))?;
        ring.push(Coord { x: round7(lon), y: round7(lat) });
    }
    if let (Some(first), Some(last)) = (ring.first().copied(), ring.last())
        && first != *last
    {
        ring.push(first);
    }
    ring.dedup();
    if ring.len() < 4 {
        return Err("has fewer than 4 different positions".into());
    }
    if ring.iter().all(|c| cross(ring[0], ring[1], *c).abs() < 1e-15) {
        return Err("has no area".into());
    }
    Ok(LineString::new(ring))
}

fn cross(a: Coord<f64>, b: Coord<f64>, c: Coord<f64>) -> f64 {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}

#[cfg(test)]
mod tests;
