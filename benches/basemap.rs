//! Imports a made-up city of a million nodes: how long that takes and how much memory it needs.
#![allow(clippy::pedantic, missing_docs, clippy::print_stdout, reason = "a measurement speaks to whoever runs it")]

mod bench;
#[allow(dead_code, clippy::unwrap_used, reason = "shared with the tests")]
#[path = "../tests/it/pbf.rs"]
mod pbf;

use std::time::Instant;

use bench::{Aim, Figure, Outcome, forget_highest_memory, memory_mb};
use buurtsignaal::basemap;

/// Blocks of houses along each side of the city.
const BLOCKS: i64 = 114;
/// Houses on a block.
const HOUSES: i64 = 16;
/// The corners of a house.
const CORNERS: usize = 5;
/// From one street to the next, in degrees.
const STEP: f64 = 0.001;

fn main() -> Outcome {
    let folder = std::env::temp_dir().join(format!("buurtsignaal-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let (file, out) = (folder.join("city.osm.pbf"), folder.join("city.pmtiles"));
    let nodes = write_city(&file)?;
    println!("  {nodes} nodes, {} kB", std::fs::metadata(&file)?.len() / 1000);

    let before = memory_mb("self", "VmRSS")?;
    forget_highest_memory("self")?;
    let start = Instant::now();
    let made = basemap::import(&file, None, &out, "© OpenStreetMap", &mut |_| {})?;
    let seconds = start.elapsed().as_secs_f64();
    let growth = (memory_mb("self", "VmHWM")? - before).max(0.0);
    std::fs::remove_dir_all(&folder)?;

    println!("  {} things on {} tiles, {} kB", made.features, made.tiles, made.bytes / 1000);
    let task = "basemap";
    Figure { task, what: "import of a million nodes".into(), value: seconds, unit: "s", aim: Some(Aim::AtMost(60.0)) }
        .tell()?;
    Figure { task, what: "memory for it".into(), value: growth, unit: "MB", aim: Some(Aim::AtMost(500.0)) }.tell()
}

/// Writes a city of square blocks: named streets between them, houses on them, every ninth block a park with a pond.
fn write_city(file: &std::path::Path) -> Outcome<usize> {
    let mut city = pbf::Extract::default();
    let at = |x: f64, y: f64| (4.3 + x * STEP, 50.8 + y * STEP);
    let mut ways = Vec::new();
    let mut ring = |city: &mut pbf::Extract, corners: &[(f64, f64)], tags: pbf::Tags| {
        let first = city.nodes.len() as i64 + 1;
        city.nodes.extend(corners.iter().zip(first..).map(|((x, y), id)| {
            let (lon, lat) = at(*x, *y);
            (id, lon, lat, Vec::new())
        }));
        let nodes = (first..first + corners.len() as i64).chain([first]).collect();
        ways.push((ways.len() as i64 + 1, nodes, tags));
    };
    for (x, y) in (0..BLOCKS).flat_map(|x| (0..BLOCKS).map(move |y| (x, y))) {
        let (x, y, park) = (x as f64, y as f64, (x * BLOCKS + y) % 9 == 0);
        let square =
            |from: f64, to: f64| [(x + from, y + from), (x + to, y + from), (x + to, y + to), (x + from, y + to)];
        if park {
            ring(&mut city, &square(0.1, 0.9), vec![("leisure", "park"), ("name", "Park")]);
            ring(&mut city, &square(0.4, 0.6), vec![("natural", "water")]);
            continue;
        }
        ring(&mut city, &square(0.05, 0.95), vec![("landuse", "residential")]);
        for house in 0..HOUSES {
            let (left, low) = (x + 0.12 + 0.2 * (house % 4) as f64, y + 0.12 + 0.2 * (house / 4) as f64);
            let corner = |corner: usize| {
                let (sin, cos) = (corner as f64 / CORNERS as f64 * std::f64::consts::TAU).sin_cos();
                (left + 0.07 * cos, low + 0.07 * sin)
            };
            ring(&mut city, &(0..CORNERS).map(corner).collect::<Vec<_>>(), vec![("building", "yes")]);
        }
    }
    for line in 0..=BLOCKS {
        for turned in [false, true] {
            let first = city.nodes.len() as i64 + 1;
            for step in 0..=BLOCKS {
                let (x, y) = if turned { (step as f64, line as f64) } else { (line as f64, step as f64) };
                let (lon, lat) = at(x, y);
                city.nodes.push((city.nodes.len() as i64 + 1, lon, lat, Vec::new()));
            }
            for piece in 0..BLOCKS {
                let tags =
                    vec![("highway", "residential"), ("name", if turned { "Dwarsstraat" } else { "Langestraat" })];
                ways.push((ways.len() as i64 + 1, vec![first + piece, first + piece + 1], tags));
            }
        }
    }
    city.ways = ways;
    std::fs::write(file, city.bytes())?;
    Ok(city.nodes.len())
}
