//! A small town with everything that goes wrong in real extracts, and what its tiles show.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::PathBuf;
use std::sync::Arc;

use buurtsignaal::basemap::archive::{Archive, Archives};
use buurtsignaal::basemap::{self, Summary};
use buurtsignaal::error::Result;
use buurtsignaal::id::Id;
use geo::{Coord, Geometry, MapCoords, Point, Rect};
use mvt_reader::Reader;
use mvt_reader::feature::Value;

use crate::pbf::Extract;

/// The town's south-west corner; its plan is in steps of about 7 by 11 metres from there.
pub const CORNER: (f64, f64) = (4.3500, 50.8500);

pub fn lon_lat(x: f64, y: f64) -> Point<f64> {
    Point::new(CORNER.0 + x * 1e-4, CORNER.1 + y * 1e-4)
}

/// A folder that goes when the test ends.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("buurtsignaal-basemap-{}", Id::new()));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub fn names(&self) -> BTreeSet<String> {
        let entries = std::fs::read_dir(&self.0).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

#[derive(Default)]
pub struct Town(pub Extract, i64);

impl Town {
    pub fn nodes(&mut self, plan: &[(f64, f64)]) -> Vec<i64> {
        plan.iter().map(|(x, y)| self.node(*x, *y, &[])).collect()
    }

    pub fn node(&mut self, x: f64, y: f64, tags: &[(&'static str, &'static str)]) -> i64 {
        self.1 += 1;
        let at = lon_lat(x, y);
        self.0.nodes.push((self.1, at.x(), at.y(), tags.to_vec()));
        self.1
    }

    pub fn way(&mut self, nodes: Vec<i64>, tags: &[(&'static str, &'static str)]) -> i64 {
        self.1 += 1;
        self.0.ways.push((self.1, nodes, tags.to_vec()));
        self.1
    }

    pub fn square(&mut self, (x, y): (f64, f64), side: f64, tags: &[(&'static str, &'static str)]) -> i64 {
        let mut nodes = self.nodes(&[(x, y), (x + side, y), (x + side, y + side), (x, y + side)]);
        nodes.push(nodes[0]);
        self.way(nodes, tags)
    }

    pub fn relation(&mut self, ways: &[(i64, &'static str)], tags: &[(&'static str, &'static str)]) {
        self.1 += 1;
        self.0.relations.push((self.1, ways.to_vec(), tags.to_vec()));
    }
}

/// A small town with everything that goes wrong in real extracts.
pub fn town() -> Town {
    let mut town = Town::default();
    // A street in two ways, with a node that is not there in the middle of the first.
    let street = town.nodes(&[(0.0, 0.0), (10.0, 0.0), (20.0, 0.0), (30.0, 2.0)]);
    let kerkstraat = [("highway", "residential"), ("name", "Kerkstraat")];
    town.way(vec![street[0], 999_001, street[1]], &kerkstraat);
    town.way(vec![street[3], street[2], street[1]], &kerkstraat);
    let lane = town.nodes(&[(20.0, 0.0), (20.0, 30.0)]);
    town.way(lane, &[("highway", "footway"), ("name", "Vóórpad"), ("tunnel", "yes")]);
    // A street of which one node is left, and a building of which two are.
    town.way(vec![street[0], 999_002], &[("highway", "primary"), ("name", "Spookweg")]);
    town.way(vec![street[0], street[1], 999_003, street[0]], &[("building", "yes")]);
    town.square((5.0, 5.0), 2.0, &[("building", "house")]);
    // A wood with a clearing; its edge is two ways in opposite directions, and a third member is not there.
    let corners = town.nodes(&[(100.0, 100.0), (160.0, 100.0), (160.0, 160.0), (100.0, 160.0)]);
    let south = town.way(vec![corners[0], corners[1], corners[2]], &[]);
    let north = town.way(vec![corners[0], corners[3], corners[2]], &[]);
    let clearing = town.square((120.0, 120.0), 20.0, &[]);
    let members = [(south, "outer"), (clearing, "inner"), (north, "outer"), (999_004, "outer")];
    town.relation(&members, &[("type", "multipolygon"), ("natural", "wood")]);
    // A pond with an island in the old way: the tags are on the outline.
    let pond = town.square((50.0, 100.0), 30.0, &[("natural", "water")]);
    let island = town.square((60.0, 110.0), 10.0, &[]);
    town.relation(&[(pond, "outer"), (island, "inner")], &[("type", "multipolygon")]);
    // Half a field: the other half of its edge is not there.
    let half = town.nodes(&[(200.0, 0.0), (230.0, 0.0), (230.0, 30.0)]);
    let edge = town.way(half, &[]);
    town.relation(&[(edge, "outer"), (999_005, "outer")], &[("type", "multipolygon"), ("landuse", "farmland")]);
    town.square((0.0, 50.0), 20.0, &[("amenity", "school"), ("name", "École Œuvre")]);
    town.node(15.0, 1.0, &[("highway", "bus_stop"), ("name", "Kerk")]);
    town.node(15.0, -1.0, &[("highway", "bus_stop"), ("name", "Kerk")]);
    town.node(30.0, 30.0, &[("place", "village"), ("name", "Kerkdorp")]);
    town.node(31.0, 31.0, &[("amenity", "bench")]);
    town
}

pub fn import(folder: &Folder, bytes: &[u8], bbox: Option<Rect<f64>>) -> Result<Summary> {
    std::fs::write(folder.path("town.osm.pbf"), bytes).unwrap();
    basemap::import(&folder.path("town.osm.pbf"), bbox, &folder.path("town.pmtiles"), "© OpenStreetMap", &mut |_| {})
}

pub fn open(folder: &Folder, name: &str) -> Arc<Archive> {
    Archives::open(&folder.0).unwrap().get(name).unwrap()
}

/// A thing as a tile shows it, in lon, lat.
#[derive(Debug)]
pub struct Shown {
    pub layer: String,
    pub class: String,
    pub name: Option<String>,
    pub tunnel: bool,
    pub shape: Geometry<f64>,
}

impl Shown {
    pub fn is(&self, layer: &str, class: &str) -> bool {
        self.layer == layer && self.class == class
    }
}

/// The tile's number under a point.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "numbers of tiles")]
pub fn place(at: Point<f64>, zoom: u8) -> (u32, u32) {
    let side = f64::from(1_u32 << zoom);
    let y = (1.0 - at.y().to_radians().tan().asinh() / std::f64::consts::PI) / 2.0;
    (((at.x() + 180.0) / 360.0 * side) as u32, (y * side) as u32)
}

/// What the tiles over a box show, at a zoom.
pub fn shown(archive: &Archive, bounds: Rect<f64>, zoom: u8) -> Vec<Shown> {
    let (west, south) = place(bounds.min().into(), zoom);
    let (east, north) = place(bounds.max().into(), zoom);
    let mut all = Vec::new();
    for (x, y) in (west..=east).flat_map(|x| (north..=south).map(move |y| (x, y))) {
        let Some(tile) = archive.tile(zoom, x, y).unwrap() else { continue };
        assert!(tile.gzip);
        let mut bytes = Vec::new();
        flate2::read::GzDecoder::new(&tile.bytes[..]).read_to_end(&mut bytes).unwrap();
        let reader = Reader::new(bytes).unwrap();
        for layer in reader.get_layer_metadata().unwrap() {
            assert_eq!((layer.extent, layer.version), (4096, 2));
            for feature in reader.get_features_as::<f64>(layer.layer_index).unwrap() {
                let text = |key: &str| match feature.properties.as_ref().unwrap().get(key) {
                    Some(Value::String(text)) => Some(text.clone()),
                    Some(other) => panic!("{key} is {other:?}"),
                    None => None,
                };
                let side = f64::from(1_u32 << zoom);
                let earth = |at: Coord<f64>| {
                    let lon = (f64::from(x) + at.x / 4096.0) / side * 360.0 - 180.0;
                    let y = std::f64::consts::PI * (1.0 - 2.0 * (f64::from(y) + at.y / 4096.0) / side);
                    Coord { x: lon, y: y.sinh().atan().to_degrees() }
                };
                all.push(Shown {
                    layer: layer.name.clone(),
                    class: text("class").unwrap(),
                    name: text("name"),
                    tunnel: feature.properties.as_ref().unwrap().get("tunnel") == Some(&Value::Bool(true)),
                    shape: feature.geometry.map_coords(earth),
                });
            }
        }
    }
    all
}
