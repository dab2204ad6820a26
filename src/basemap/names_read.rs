//! Finds the names in a tile, in each of the schemas.

use std::collections::HashMap;
use std::io::Read;

use geo::{Coord, Geometry, LineString};
use mvt_reader::Reader;
use mvt_reader::feature::Value;

use super::archive::Tile;
use super::classes::{Outline, Tags, kinds};
use super::mercator::earth;
use super::{Layer, Schema};

/// What no honest tile exceeds once it is unpacked.
const LARGEST_TILE: u64 = 16 * 1024 * 1024;

/// The kind of a street; every other kind is a class of a place or a locality.
pub(super) const STREET: &str = "street";

/// A name as one tile tells it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    pub name: String,
    pub kind: &'static str,
    /// In lon, lat: one point, or a stretch of a street.
    pub line: LineString<f64>,
}

/// The names in the tile at a place; what cannot be read is passed over.
pub(super) fn pieces(tile: &Tile, schema: Schema, (z, x, y): (u8, u32, u32)) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut bytes = Vec::new();
    let read = if tile.gzip {
        flate2::read::GzDecoder::new(&tile.bytes[..]).take(LARGEST_TILE).read_to_end(&mut bytes)
    } else {
        tile.bytes.as_slice().take(LARGEST_TILE).read_to_end(&mut bytes)
    };
    let Some(reader) = read.ok().and_then(|_| Reader::new(bytes).ok()) else { return pieces };
    for layer in reader.get_layer_metadata().unwrap_or_default() {
        if !tells_names(schema, &layer.name) || layer.extent == 0 {
            continue;
        }
        let side = f64::from(1_u32 << z);
        let extent = f64::from(layer.extent);
        let place = |at: &Coord<f32>| {
            let world = |number: f32, tile: u32| (f64::from(tile) + f64::from(number) / extent) / side;
            earth(Coord { x: world(at.x, x), y: world(at.y, y) })
        };
        for feature in reader.get_features(layer.layer_index).unwrap_or_default() {
            let attributes = feature.properties.unwrap_or_default();
            let Some(name) = name(&attributes) else { continue };
            let Some(kind) = kind(schema, &layer.name, &attributes) else { continue };
            for line in lines(&feature.geometry) {
                if kind == STREET && line.0.len() < 2 {
                    continue;
                }
                pieces.push(Piece { name: name.to_owned(), kind, line: line.0.iter().map(place).collect() });
            }
        }
    }
    pieces
}

/// The name as the people there write it; some makers of OpenMapTiles keep only the one in Latin letters.
fn name(attributes: &HashMap<String, Value>) -> Option<&str> {
    let name = text(attributes, "name").or_else(|| text(attributes, "name:latin"))?.trim();
    (!name.is_empty()).then_some(name)
}

fn text<'a>(attributes: &'a HashMap<String, Value>, key: &str) -> Option<&'a str> {
    match attributes.get(key)? {
        Value::String(text) => Some(text),
        _ => None,
    }
}

/// The lines of a shape; points as lines of one point, polygons not at all.
fn lines(geometry: &Geometry<f32>) -> Vec<LineString<f32>> {
    match geometry {
        Geometry::Point(point) => vec![LineString::new(vec![point.0])],
        Geometry::MultiPoint(points) => points.iter().map(|point| LineString::new(vec![point.0])).collect(),
        Geometry::LineString(line) => vec![line.clone()],
        Geometry::MultiLineString(lines) => lines.0.clone(),
        _ => Vec::new(),
    }
}

fn tells_names(schema: Schema, layer: &str) -> bool {
    match schema {
        Schema::Buurtsignaal => matches!(layer, "street" | "place" | "locality"),
        Schema::OpenMapTiles => matches!(layer, "transportation_name" | "poi" | "place" | "park"),
        Schema::Shortbread => {
            matches!(layer, "street_labels" | "street_polygons_labels" | "pois" | "public_transport" | "place_labels")
        }
    }
}

fn kind(schema: Schema, layer: &str, attributes: &HashMap<String, Value>) -> Option<&'static str> {
    let class = text(attributes, "class").or_else(|| text(attributes, "kind")).unwrap_or_default();
    match (schema, layer) {
        (Schema::Buurtsignaal, "street") => (class != "rail").then_some(STREET),
        (Schema::Buurtsignaal, "place") => PLACES.iter().find(|place| **place == class).copied(),
        (Schema::OpenMapTiles, "transportation_name") => {
            (!matches!(class, "rail" | "transit" | "ferry" | "aerialway")).then_some(STREET)
        }
        (Schema::Shortbread, "street_labels") => (!matches!(class, "rail" | "ferry")).then_some(STREET),
        (Schema::Shortbread, "street_polygons_labels") => Some("square"),
        (Schema::OpenMapTiles, "park") => Some("park"),
        // One class of OpenMapTiles holds both the town hall and the community centre.
        (Schema::OpenMapTiles, "poi") => match (class, text(attributes, "subclass")) {
            ("town_hall", Some("community_centre" | "public_building")) => Some("culture"),
            _ => openmaptiles_place(class),
        },
        (Schema::Shortbread, "public_transport") => match class {
            "station" | "halt" | "bus_station" | "ferry_terminal" => Some("station"),
            "tram_stop" | "bus_stop" => Some("stop"),
            _ => None,
        },
        // Shortbread keeps OpenStreetMap's own tags.
        (Schema::Shortbread, "pois") => osm_class(attributes, Layer::Place),
        _ => {
            let tags: Tags<'_> = [("place", class), ("name", "-")].into_iter().collect();
            first_class(&tags, Layer::Locality)
        }
    }
}

/// The classes of our own places.
const PLACES: &[&str] = &[
    "school",
    "station",
    "stop",
    "church",
    "town_hall",
    "library",
    "hospital",
    "shop",
    "cafe",
    "park",
    "square",
    "playground",
    "sport",
    "culture",
    "bridge",
    "post",
    "police",
];

fn osm_class(attributes: &HashMap<String, Value>, layer: Layer) -> Option<&'static str> {
    let tags = attributes.iter().filter_map(|(key, value)| match value {
        Value::String(value) => Some((key.as_str(), value.as_str())),
        _ => None,
    });
    first_class(&tags.collect(), layer)
}

fn first_class(tags: &Tags<'_>, layer: Layer) -> Option<&'static str> {
    kinds(tags, Outline::Point).into_iter().find(|kind| kind.layer == layer).map(|kind| kind.class)
}

fn openmaptiles_place(class: &str) -> Option<&'static str> {
    Some(match class {
        "school" | "college" | "university" | "kindergarten" => "school",
        "railway" | "ferry_terminal" => "station",
        "bus" => "stop",
        "place_of_worship" => "church",
        "town_hall" => "town_hall",
        "library" => "library",
        "hospital" => "hospital",
        "shop" | "grocery" | "clothing_store" | "bakery" | "butcher" | "alcohol_shop" | "pharmacy" | "bank"
        | "laundry" | "hairdresser" | "florist" | "music" => "shop",
        "cafe" | "restaurant" | "bar" | "beer" | "fast_food" | "ice_cream" => "cafe",
        "park" | "garden" | "dog_park" => "park",
        "playground" => "playground",
        "stadium" | "swimming" | "pitch" | "sports_centre" | "sport" | "golf" | "ice_rink" => "sport",
        "museum" | "art_gallery" | "theatre" | "cinema" | "attraction" | "castle" | "community_centre" => "culture",
        "post" => "post",
        "police" => "police",
        _ => return None,
    })
}
