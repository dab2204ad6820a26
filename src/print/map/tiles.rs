//! Reads what is to be drawn from the vector tiles of an archive.

use std::collections::HashMap;
use std::io::Read;

use geo::{BoundingRect, Coord, Geometry, Intersects, LineString, MapCoords, Polygon, Rect};
use mvt_reader::Reader;
use mvt_reader::feature::Value;

use super::classes::{Drawn, drawn};
use super::view::View;
use crate::basemap::archive::{Archive, Tile};
use crate::basemap::clip;
use crate::basemap::mercator::Tiles;
use crate::error::Result;

/// What no honest tile exceeds once it is unpacked.
const LARGEST_TILE: u64 = 16 * 1024 * 1024;
/// The most tiles of a map; beyond it takes coarser ones.
const MOST_TILES: u64 = 120;

/// A thing on the ground, in millimetres of paper.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Thing {
    pub drawn: Drawn,
    pub name: Option<String>,
    pub shape: Shape,
}

/// Its shape: areas reach over their tile's edge, lines end at it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shape {
    /// An area, and those parts of its edge that are no cut of a tile.
    Area(Polygon<f64>, Vec<LineString<f64>>),
    Line(LineString<f64>),
    Point(Coord<f64>),
}

/// Everything of an archive that is in a view.
pub(super) fn read(archive: &Archive, view: &View) -> Result<Vec<Thing>> {
    let around = view.on_world(view.units(10.0));
    let mut zoom = deepest(view).clamp(archive.min_zoom, archive.max_zoom);
    while zoom > archive.min_zoom && Tiles::under(around, zoom).count() > MOST_TILES {
        zoom -= 1;
    }
    let mut things = Vec::new();
    for (x, y) in Tiles::under(around, zoom).each() {
        if let Some(tile) = archive.tile(zoom, x, y)? {
            TilePlace { archive, view, frame: view.frame(view.units(10.0)), zoom, x, y }.read(&tile, &mut things);
        }
    }
    Ok(things)
}

/// The zoom of tiles that has the detail of a printed map: paper is finer than a screen.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within 0 and 22")]
fn deepest(view: &View) -> u8 {
    (view.zoom() + 0.4).round().clamp(0.0, 22.0) as u8
}

struct TilePlace<'a> {
    archive: &'a Archive,
    view: &'a View,
    frame: Rect<f64>,
    zoom: u8,
    x: u32,
    y: u32,
}

impl TilePlace<'_> {
    /// Adds what a tile holds; what cannot be read is passed over.
    fn read(&self, tile: &Tile, things: &mut Vec<Thing>) {
        let Some(reader) = unpacked(tile).and_then(|bytes| Reader::new(bytes).ok()) else { return };
        for layer in reader.get_layer_metadata().unwrap_or_default() {
            if layer.extent == 0 {
                continue;
            }
            let extent = f64::from(layer.extent);
            for feature in reader.get_features(layer.layer_index).unwrap_or_default() {
                let attributes = feature.properties.unwrap_or_default();
                let is_area = matches!(feature.geometry, Geometry::Polygon(_) | Geometry::MultiPolygon(_));
                let Some(drawn) = drawn(self.archive.schema, &layer.name, &attributes, is_area) else { continue };
                let name = name(&attributes);
                for shape in self.shapes(&feature.geometry, extent) {
                    things.push(Thing { drawn, name: name.clone(), shape });
                }
            }
        }
    }

    fn paper(&self, at: Coord<f64>, extent: f64) -> Coord<f64> {
        let side = f64::from(1_u32 << self.zoom);
        let world = |units: f64, tile: u32| (f64::from(tile) + units / extent) / side;
        self.view.of_world(Coord { x: world(at.x, self.x), y: world(at.y, self.y) })
    }

    fn shapes(&self, geometry: &Geometry<f32>, extent: f64) -> Vec<Shape> {
        match geometry {
            Geometry::Point(point) => self.point(point.0, extent).into_iter().collect(),
            Geometry::MultiPoint(points) => points.iter().filter_map(|point| self.point(point.0, extent)).collect(),
            Geometry::LineString(line) => self.lines(line, extent),
            Geometry::MultiLineString(lines) => lines.iter().flat_map(|line| self.lines(line, extent)).collect(),
            Geometry::Polygon(polygon) => self.area(polygon, extent).into_iter().collect(),
            Geometry::MultiPolygon(polygons) => polygons.iter().filter_map(|p| self.area(p, extent)).collect(),
            _ => Vec::new(),
        }
    }

    fn point(&self, at: Coord<f32>, extent: f64) -> Option<Shape> {
        let on = 0.0..extent;
        let at = wide(at);
        // A point that a tile holds beyond its edge is another tile's.
        (on.contains(&at.x) && on.contains(&at.y))
            .then(|| self.paper(at, extent))
            .filter(|at| self.frame.intersects(at))
            .map(Shape::Point)
    }

    fn lines(&self, line: &LineString<f32>, extent: f64) -> Vec<Shape> {
        self.cut(line, extent).into_iter().filter(|line| self.is_seen(line)).map(Shape::Line).collect()
    }

    /// The parts of a line on the tile itself, on paper.
    fn cut(&self, line: &LineString<f32>, extent: f64) -> Vec<LineString<f64>> {
        let tile = Rect::new(Coord { x: 0.0, y: 0.0 }, Coord { x: extent, y: extent });
        let line = LineString::new(line.0.iter().copied().map(wide).collect());
        clip::line(&line, &tile).into_iter().map(|piece| piece.map_coords(|at| self.paper(at, extent))).collect()
    }

    fn area(&self, polygon: &Polygon<f32>, extent: f64) -> Option<Shape> {
        let paper = |ring: &LineString<f32>| -> LineString<f64> {
            ring.0.iter().map(|at| self.paper(wide(*at), extent)).collect()
        };
        let outside = paper(polygon.exterior());
        if !self.is_seen(&outside) {
            return None;
        }
        let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
        let edges = rings.flat_map(|ring| self.cut(ring, extent)).collect();
        Some(Shape::Area(Polygon::new(outside, polygon.interiors().iter().map(paper).collect()), edges))
    }

    fn is_seen(&self, line: &LineString<f64>) -> bool {
        line.bounding_rect().is_some_and(|around| around.intersects(&self.frame))
    }
}

fn wide(at: Coord<f32>) -> Coord<f64> {
    Coord { x: f64::from(at.x), y: f64::from(at.y) }
}

fn unpacked(tile: &Tile) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    if tile.gzip {
        flate2::read::GzDecoder::new(&tile.bytes[..]).take(LARGEST_TILE).read_to_end(&mut bytes).ok()?;
    } else {
        tile.bytes.as_slice().take(LARGEST_TILE).read_to_end(&mut bytes).ok()?;
    }
    Some(bytes)
}

fn name(attributes: &HashMap<String, Value>) -> Option<String> {
    let text = |key: &str| match attributes.get(key)? {
        Value::String(text) => Some(text.trim()).filter(|text| !text.is_empty()),
        _ => None,
    };
    Some(text("name").or_else(|| text("name:latin"))?.to_owned())
}
