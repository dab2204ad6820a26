//! An OpenStreetMap extract of a million nodes becomes a basemap: how long it takes and how much memory it needs.
#![allow(missing_docs, clippy::print_stdout, reason = "a measurement speaks to whoever runs it")]

mod bench;
#[allow(clippy::pedantic, clippy::unwrap_used, missing_docs, dead_code, reason = "it belongs to the tests")]
#[path = "../tests/it/pbf.rs"]
mod pbf;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use bench::{Aim, Figure, Outcome, memory_mb, told};
use pbf::{Extract, Tags};

const NODES: usize = 1_000_000;
/// The extract's west, south, east and north: a city and the villages around it.
const BOUNDS: [f64; 4] = [3.55, 50.95, 3.85, 51.15];

fn main() -> Outcome {
    let folder = std::env::temp_dir().join(format!("buurtsignaal-extract-{}", std::process::id()));
    fs::create_dir(&folder)?;
    let measured = measure(&folder);
    fs::remove_dir_all(&folder)?;
    measured
}

fn measure(folder: &Path) -> Outcome {
    let (source, archive) = (folder.join("city.osm.pbf"), folder.join("city.pmtiles"));
    let extract = city();
    let nodes = extract.nodes.len();
    fs::write(&source, extract.bytes())?;
    drop(extract);

    let begun = Instant::now();
    let mut import = Command::new(told("BUURTSIGNAAL_PROGRAM")?);
    import.args(["basemap", "import", "--out"]).arg(&archive).arg(&source).stdin(Stdio::null()).stdout(Stdio::null());
    let mut import = import.spawn()?;
    let process = import.id().to_string();
    let mut highest: f64 = 0.0;
    let status = loop {
        if let Some(status) = import.try_wait()? {
            break status;
        }
        highest = highest.max(memory_mb(&process, "VmHWM").unwrap_or(0.0));
        thread::sleep(Duration::from_millis(5));
    };
    let seconds = begun.elapsed().as_secs_f64();
    if !status.success() {
        return Err(format!("the import failed ({status})").into());
    }

    let size = fs::metadata(&archive)?.len() as f64 / 1e6;
    let task = "basemap";
    Figure { task, what: format!("import of {nodes} nodes"), value: seconds, unit: "s", aim: Some(Aim::AtMost(60.0)) }
        .tell()?;
    Figure { task, what: "memory at most".into(), value: highest, unit: "MB", aim: Some(Aim::AtMost(500.0)) }.tell()?;
    Figure { task, what: "archive".into(), value: size, unit: "MB", aim: None }.tell()
}

/// Blocks of houses between streets, each block the same, as many as it takes.
fn city() -> Extract {
    let mut city = Extract { bounds: Some(BOUNDS), ..Extract::default() };
    let [west, south, east, north] = BOUNDS;
    // A block: two streets of nine nodes, twelve houses of four, a lawn of six, a shop.
    let blocks = NODES.div_ceil(2 * 9 + 12 * 4 + 6 + 1);
    let a_side = (blocks as f64).sqrt().ceil();
    let (wide, high) = ((east - west) / a_side, (north - south) / a_side);
    for number in 0..blocks {
        let (column, row) = (number as f64 % a_side, (number as f64 / a_side).floor());
        let at = |x: f64, y: f64| (west + (column + x) * wide, south + (row + y) * high);
        let street = ["residential", "tertiary", "secondary", "footway"][number % 4];
        let name = ["Kerkstraat", "Molenweg", "Stationslaan", "Nieuwstraat", "Kanaalkaai", "Schoolpad", "Veldstraat"]
            [number % 7];
        let tags = vec![("highway", street), ("name", name)];
        way(&mut city, (0..9).map(|n| at(f64::from(n) / 8.0, 0.0)).collect(), false, tags.clone());
        way(&mut city, (0..9).map(|n| at(0.0, f64::from(n) / 8.0)).collect(), false, tags);
        for house in 0..12 {
            let (x, y) = (0.1 + f64::from(house % 6) * 0.13, if house < 6 { 0.1 } else { 0.75 });
            let corners = [(x, y), (x + 0.12, y), (x + 0.12, y + 0.12), (x, y + 0.12)];
            way(&mut city, corners.map(|(x, y)| at(x, y)).to_vec(), true, vec![("building", "house")]);
        }
        let lawn = [(0.2, 0.35), (0.5, 0.3), (0.8, 0.35), (0.8, 0.6), (0.5, 0.65), (0.2, 0.6)];
        let (key, value) =
            [("leisure", "park"), ("landuse", "grass"), ("natural", "water"), ("leisure", "playground")][number % 4];
        way(&mut city, lawn.map(|(x, y)| at(x, y)).to_vec(), true, vec![(key, value)]);
        let (lon, lat) = at(0.05, 0.05);
        let kind =
            [("shop", "bakery"), ("amenity", "school"), ("highway", "bus_stop"), ("amenity", "place_of_worship")]
                [number % 4];
        node(&mut city, lon, lat, vec![kind, ("name", "Sint-Jan")]);
    }
    city
}

fn node(city: &mut Extract, lon: f64, lat: f64, tags: Tags) -> i64 {
    let id = city.nodes.last().map_or(1, |(id, ..)| id + 1);
    city.nodes.push((id, lon, lat, tags));
    id
}

fn way(city: &mut Extract, points: Vec<(f64, f64)>, is_closed: bool, tags: Tags) {
    let mut nodes: Vec<i64> = points.into_iter().map(|(lon, lat)| node(city, lon, lat, Vec::new())).collect();
    if is_closed {
        nodes.push(nodes[0]);
    }
    let id = city.ways.last().map_or(1, |(id, ..)| id + 1);
    city.ways.push((id, nodes, tags));
}
