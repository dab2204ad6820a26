//! The map under the pins: what it is made of, where it comes from, and what it says.
//!
//! An OpenStreetMap extract becomes [`Feature`]s ([`osm`]), these become vector tiles in one file ([`tiles`]), and the
//! files in a folder are the [`archive::Archives`] the pages draw. A municipality can instead bring tiles of its own in
//! one of the [`Schema`]s, or plug in a raster map or a style from elsewhere ([`Basemap`]).

pub mod api;
pub mod archive;
mod bounds;
mod classes;
pub(crate) mod clip;
mod drawing;
mod folding;
mod import;
pub(crate) mod mercator;
mod multipolygon;
pub mod names;
mod names_read;
pub mod osm;
pub mod paths;
mod pbf;
mod setting;
pub mod tiles;

pub use bounds::{parse_bounds, to_array};
pub use import::import;
pub use setting::{ArchiveMap, Basemap, Resolved};

use crate::words;

/// A thing to draw, in lon, lat.
#[derive(Debug, Clone, PartialEq)]
pub struct Feature {
    /// The tile layer it goes to.
    pub layer: Layer,
    /// What it is within its layer, for example `school`.
    pub class: &'static str,
    /// Its name as the people there write it.
    pub name: Option<String>,
    /// Whether it runs under the ground.
    pub tunnel: bool,
    /// Its shape.
    pub geometry: geo::Geometry<f64>,
}

words! {
    /// The layers of a tile, from the ground up.
    pub enum Layer {
        Landuse = "landuse",
        Water = "water",
        Building = "building",
        Street = "street",
        Place = "place",
        Locality = "locality",
    }
}

words! {
    /// How the layers and attributes of an archive are called.
    pub enum Schema { Buurtsignaal = "buurtsignaal", OpenMapTiles = "openmaptiles", Shortbread = "shortbread" }
}

/// How far a long piece of work is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub step: Step,
    /// How much of it is done.
    pub done: u64,
    /// How much there is; bytes while reading, tiles while drawing.
    pub total: u64,
}

words! {
    /// The steps of an import, in their order.
    pub enum Step { Relations = "relations", Ways = "ways", Nodes = "nodes", Tiles = "tiles" }
}

/// What an import or a drawing came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// The things drawn.
    pub features: u64,
    /// The tiles written, over all zooms.
    pub tiles: u64,
    /// The size of the archive.
    pub bytes: u64,
    /// What the archive covers, in lon, lat.
    pub bounds: geo::Rect<f64>,
    /// Nodes that ways refer to and the extract does not hold.
    pub missing_nodes: u64,
}
