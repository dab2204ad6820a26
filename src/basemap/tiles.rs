//! Draws features into vector tiles and writes them as one PMTiles archive.

use std::fs::File;
use std::path::{Path, PathBuf};

use geo::{Area, BoundingRect, Coord, Geometry, MapCoordsInPlace, Rect};
use pmtiles::{PmTilesWriter, TileCoord, TileId, TileType};
use serde_json::json;

use super::bounds::{check, overlap, to_array};
use super::drawing::Drawing;
use super::mercator::{Tiles, world};
use super::{Feature, Layer, Progress, Step, Summary};
use crate::error::{Error, Result};

/// The shallowest zoom with tiles.
pub const MIN_ZOOM: u8 = 10;
/// The deepest zoom with tiles; pages draw it larger from there on.
pub const MAX_ZOOM: u8 = 15;
/// The units along a tile's edge.
pub(super) const EXTENT: u32 = 4096;
/// How far a tile is drawn beyond its edges, in units, so that lines and names meet their neighbours.
pub(super) const BUFFER: u32 = 96;

/// What an archive says of itself.
#[derive(Debug, Clone, Copy)]
pub struct Info<'a> {
    /// Its name, for people.
    pub name: &'a str,
    /// Whom to thank, in plain text.
    pub attribution: &'a str,
}

/// Draws features, as far as they lie in the box, and writes the archive; the same features give the same bytes.
///
/// The file appears whole or not at all.
pub fn write(features: Vec<Feature>, bounds: Rect<f64>, info: &Info<'_>, path: &Path) -> Result<Summary> {
    write_watched(features, bounds, info, path, &mut |_| {})
}

/// As [`write()`], telling how far it is.
pub fn write_watched(
    mut features: Vec<Feature>,
    bounds: Rect<f64>,
    info: &Info<'_>,
    path: &Path,
    progress: &mut dyn FnMut(Progress),
) -> Result<Summary> {
    check("bounds", bounds)?;
    order(&mut features);
    let count = features.len() as u64;
    for feature in &mut features {
        feature.geometry.map_coords_in_place(world);
    }
    let part = Part::new(path)?;
    let file = File::create(&part.path).map_err(|error| unwritable(path, error))?;
    let mut writer = header(bounds, info).create(file).map_err(Error::internal)?;
    let mut tiles = 0;
    let whole = Rect::new(world(bounds.min()), world(bounds.max()));
    let mut plans: Vec<(u8, Vec<(u64, usize)>)> = Vec::new();
    for zoom in MIN_ZOOM..=MAX_ZOOM {
        plans.push((zoom, plan(&features, whole, zoom)?));
    }
    let total = plans.iter().map(|(_, plan)| plan.chunk_by(|a, b| a.0 == b.0).count() as u64).sum();
    let mut done = 0;
    for (zoom, plan) in plans {
        for tile in plan.chunk_by(|a, b| a.0 == b.0) {
            let place = TileCoord::from(TileId::new(tile[0].0).map_err(Error::internal)?);
            let mut drawing = Drawing::new(zoom, place.x(), place.y());
            for (_, feature) in tile {
                drawing.add(&features[*feature]);
            }
            if let Some(bytes) = drawing.encode().map_err(Error::internal)? {
                writer.add_tile(place, &bytes).map_err(written)?;
                tiles += 1;
            }
            done += 1;
            progress(Progress { step: Step::Tiles, done, total });
        }
    }
    writer.finalize().map_err(written)?;
    let bytes = part.keep(path)?;
    Ok(Summary { features: count, tiles, bytes, bounds, missing_nodes: 0 })
}

fn written(error: pmtiles::PmtError) -> Error {
    match error {
        pmtiles::PmtError::Reading(error) => error.into(),
        other => Error::internal(other),
    }
}

fn unwritable(path: &Path, error: std::io::Error) -> Error {
    match error.kind() {
        std::io::ErrorKind::StorageFull => error.into(),
        _ => Error::invalid(path.display().to_string(), format!("cannot be written: {error}")),
    }
}

/// Sorts so that what is drawn first lies beneath: large areas under small, paths under main streets. Names that
/// matter more come first, as the pages place them in this order.
fn order(features: &mut [Feature]) {
    let rank = |feature: &Feature| match feature.layer {
        Layer::Landuse | Layer::Water | Layer::Building => -feature.geometry.unsigned_area(),
        Layer::Street => -f64::from(first_zoom(feature.layer, feature.class)),
        Layer::Place | Layer::Locality => f64::from(first_zoom(feature.layer, feature.class)),
    };
    features.sort_by_cached_key(|feature| (feature.layer, Total(rank(feature))));
}

#[derive(PartialEq)]
struct Total(f64);

impl Eq for Total {}

impl PartialOrd for Total {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Total {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// The shallowest zoom at which a class is drawn.
fn first_zoom(layer: Layer, class: &str) -> u8 {
    match (layer, class) {
        (Layer::Street, "motorway" | "primary")
        | (Layer::Locality, "city" | "town")
        | (Layer::Water, "river" | "canal" | "lake") => 10,
        (Layer::Street, "secondary" | "rail")
        | (Layer::Locality, "village")
        | (Layer::Landuse, "residential" | "industrial" | "commercial" | "wood" | "park" | "farm") => 11,
        (Layer::Street, "tertiary") | (Layer::Locality, "suburb") | (Layer::Landuse, _) => 12,
        (Layer::Street, "minor" | "pedestrian")
        | (Layer::Water | Layer::Locality, _)
        | (Layer::Place, "station" | "hospital" | "town_hall") => 13,
        (Layer::Street | Layer::Building | Layer::Place, _) => 14,
    }
}

/// The smallest area worth a tile, in units².
fn smallest_area(layer: Layer, zoom: u8) -> f64 {
    match (layer, zoom) {
        (_, MAX_ZOOM) => 1.0,
        (Layer::Building, _) => 24.0,
        (_, 14) => 64.0,
        (_, 13) => 256.0,
        _ => 1024.0,
    }
}

/// Which feature is drawn on which tile: pairs of tile number and feature, in the archive's order.
fn plan(features: &[Feature], whole: Rect<f64>, zoom: u8) -> Result<Vec<(u64, usize)>> {
    let side = f64::from(1_u32 << zoom);
    let buffer = f64::from(BUFFER) / f64::from(EXTENT);
    let unit = 1.0 / (side * f64::from(EXTENT));
    let mut pairs = Vec::new();
    for (at, feature) in features.iter().enumerate() {
        if zoom < first_zoom(feature.layer, feature.class) {
            continue;
        }
        let Some(reach) = feature.geometry.bounding_rect() else { continue };
        let area = matches!(feature.geometry, Geometry::Polygon(_) | Geometry::MultiPolygon(_));
        if area && feature.geometry.unsigned_area() < smallest_area(feature.layer, zoom) * unit * unit {
            continue;
        }
        let margin = Coord { x: buffer / side, y: buffer / side };
        let Some(reach) = overlap(Rect::new(reach.min() - margin, reach.max() + margin), whole) else { continue };
        for (x, y) in Tiles::under(reach, zoom).each() {
            let id = TileId::from(TileCoord::new(zoom, x, y).map_err(Error::internal)?);
            pairs.push((id.value(), at));
        }
    }
    pairs.sort_unstable();
    Ok(pairs)
}

fn header(bounds: Rect<f64>, info: &Info<'_>) -> PmTilesWriter {
    let [west, south, east, north] = to_array(bounds);
    let layer = |layer: &Layer| {
        let first = ["motorway", "river", "residential", "city"].iter().map(|class| first_zoom(*layer, class)).min();
        json!({
            "id": layer.code(),
            "fields": {"class": "String", "name": "String", "tunnel": "Boolean"},
            "minzoom": first.unwrap_or(MIN_ZOOM),
            "maxzoom": MAX_ZOOM,
        })
    };
    let metadata = json!({
        "name": info.name,
        "attribution": info.attribution,
        "schema": super::Schema::Buurtsignaal.code(),
        "type": "baselayer",
        "vector_layers": Layer::ALL.iter().map(layer).collect::<Vec<_>>(),
    });
    PmTilesWriter::new(TileType::Mvt)
        .min_zoom(MIN_ZOOM)
        .max_zoom(MAX_ZOOM)
        .bounds(west, south, east, north)
        .center(bounds.center().x, bounds.center().y)
        .center_zoom(14)
        .metadata(metadata.to_string())
}

/// A file being written beside its final place; it is removed unless it is kept.
pub(super) struct Part {
    pub(super) path: PathBuf,
    kept: bool,
}

impl Part {
    pub(super) fn new(path: &Path) -> Result<Self> {
        let name = path.file_name().ok_or_else(|| Error::invalid(path.display().to_string(), "is not a file name"))?;
        let name = format!(".{}.{}.part", name.to_string_lossy(), std::process::id());
        Ok(Self { path: path.with_file_name(name), kept: false })
    }

    /// Puts the file in its place and tells its size.
    pub(super) fn keep(mut self, path: &Path) -> Result<u64> {
        let file = File::open(&self.path)?;
        file.sync_all()?;
        let bytes = file.metadata()?.len();
        std::fs::rename(&self.path, path).map_err(|error| unwritable(path, error))?;
        self.kept = true;
        Ok(bytes)
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.kept {
            // Nothing is left to tell if this fails: the error that led here is already on its way.
            std::fs::remove_file(&self.path).ok();
        }
    }
}
