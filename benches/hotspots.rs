//! The statistics of a city: time and memory, beside what people would use instead, on the same points.
#![allow(clippy::pedantic, missing_docs, clippy::print_stdout, reason = "a measurement speaks to whoever runs it")]

mod bench;

use std::hint::black_box;
use std::time::Instant;

use bench::peers::{CITY, Peer, Point, points, tell_faster};
use bench::{Aim, Figure, Outcome, forget_highest_memory, memory_mb};
use buurtsignaal::gatherings::Who;
use buurtsignaal::geometry::{Boundary, Plane};
use buurtsignaal::hotspots::density::{self, Weighted, Window};
use buurtsignaal::hotspots::findings::Question;
use buurtsignaal::hotspots::grid::Grid;
use buurtsignaal::hotspots::hexes::{self, Hexes, USUAL};
use buurtsignaal::hotspots::index::Index;
use buurtsignaal::hotspots::layers::{Layers, Put};
use buurtsignaal::hotspots::{Spot, clusters, gi_star};
use buurtsignaal::id::Id;
use buurtsignaal::neighbourhoods::themes::Theme;
use buurtsignaal::pins::selection::Selection;
use buurtsignaal::pins::{Basis, Feeling, Pin, Told, When};
use serde_json::json;

const TASK: &str = "hotspots";
const MILLION: usize = 1_000_000;
/// Pins each person has, one after the other.
const EACH: usize = 6;

fn main() -> Outcome {
    let million = points(MILLION)?;
    layers(&million)?;
    density(&million)?;
    hexes_and_gi_star(&million)?;
    drop(million);
    sizes()
}

fn figure(what: impl Into<String>, value: f64, unit: &'static str, aim: Option<Aim>) -> Outcome {
    Figure { task: TASK, what: what.into(), value, unit, aim }.tell()
}

/// The shortest time that some work takes, in seconds, and what it gives.
fn least<T>(times: u32, mut work: impl FnMut() -> T) -> (f64, T) {
    let mut once = || {
        let start = Instant::now();
        let made = black_box(work());
        (start.elapsed().as_secs_f64(), made)
    };
    (1..times).fold(once(), |best, _| {
        let next = once();
        (best.0.min(next.0), next.1)
    })
}

fn feeling(point: &Point) -> Feeling {
    if point.is_unsafe { Feeling::Unsafe } else { Feeling::Safe }
}

fn put(at: usize, point: &Point) -> Put {
    Put { lon: point.lon, lat: point.lat, participant: (at / EACH) as u32, feeling: feeling(point), agreed: false }
}

fn layers(million: &[Point]) -> Outcome {
    let peer = Peer::node("layers.mjs", &[&MILLION.to_string()]);
    let load = || Layers::of(million.iter().enumerate().map(|(at, point)| put(at, point)));
    let before = memory_mb("self", "VmRSS")?;
    forget_highest_memory("self")?;
    let (_, first) = least(1, load);
    let mb = (memory_mb("self", "VmHWM")? - before).max(0.0);
    drop(first);
    let (seconds, mut layers) = least(5, load);
    let named = peer.as_ref().map(|peer| (peer.name.as_str(), peer.seconds));
    tell_faster(TASK, "counts of 1,000,000 pins at every zoom", seconds, named, 8.0)?;
    figure("  memory for it", mb, "MB", None)?;
    if let Some(peer) = peer {
        figure(format!("  {} for that", peer.name), peer.mb, "MB", None)?;
        figure(format!("  memory beside {}", peer.name), mb / peer.mb, "×", Some(Aim::AtMost(0.2)))?;
    }
    let more: Vec<Put> =
        million.iter().step_by(97).enumerate().map(|(at, point)| put(at * 31 % MILLION, point)).collect();
    let (all, ()) = least(1, || more.iter().for_each(|pin| layers.add(pin)));
    figure("one pin more at every zoom", all / more.len() as f64 * 1e6, "µs", Some(Aim::AtMost(5.0)))?;
    let (tile, _) = least(3, || layers.squares(13, 4179, 2742));
    figure("the counts of a tile at zoom 13", tile * 1e3, "ms", None)?;
    let (world, _) = least(3, || layers.squares(0, 0, 0));
    figure("the counts of the tile of the world", world * 1e3, "ms", None)
}

fn density(million: &[Point]) -> Outcome {
    let peer = Peer::python("density.py", &[&MILLION.to_string()]);
    let plane = plane();
    let pin = |point: &Point| {
        let (x, y) = plane.to_m(point.lon, point.lat);
        Weighted { x: x as f32, y: y as f32, weight: 1.0 }
    };
    let pins: Vec<Weighted> = million.iter().map(pin).collect();
    let boundary = boundary()?.on(&plane);
    // 512 cells the longer way.
    let rect = pins.iter().fold([f32::MAX, f32::MIN], |[low, high], pin| [low.min(pin.y), high.max(pin.y)]);
    let cell_m = f64::from(rect[1] - rect[0]) / 511.0;
    let grid = Grid { west: -256.0 * cell_m, north: 256.0 * cell_m, cols: 512, rows: 512, cell_m };
    let (made, window) = least(1, || Window::on(grid, &boundary, 75.0));
    let (seconds, found) = least(9, || window.density(&pins));
    let named = peer.as_ref().map(|peer| (peer.name.as_str(), peer.seconds));
    tell_faster(TASK, "density of 1,000,000 pins, 512² cells, 75 m", seconds, named, 8.0)?;
    figure("  the boundary's part in it, once", made * 1e3, "ms", None)?;

    // Where the edge is far, the exact sum needs no edge factor.
    let peak = found.per_km2.iter().copied().fold(0.0_f32, f32::max);
    let mut worst = 0.0_f64;
    for (row, col) in (0..8).flat_map(|row| (0..8).map(move |col| (40 + row * 60, 40 + col * 60))) {
        let (x, y) = grid.centre(row * 512 + col);
        let kernel = |pin: &Weighted| {
            let d2 = (f64::from(pin.x) - x).powi(2) + (f64::from(pin.y) - y).powi(2);
            if d2 < 750.0_f64.powi(2) { (-d2 / (2.0 * 75.0 * 75.0)).exp() } else { 0.0 }
        };
        let exact = pins.iter().map(kernel).sum::<f64>() / (2.0 * std::f64::consts::PI * 75.0 * 75.0) * 1e6;
        worst = worst.max((f64::from(found.per_km2[row * 512 + col]) - exact).abs() / f64::from(peak));
    }
    figure("  its error against the exact sum", worst * 100.0, "% of peak", Some(Aim::AtMost(1.0)))
}

fn hexes_and_gi_star(million: &[Point]) -> Outcome {
    let plane = plane();
    let (index, _) = index(million)?;
    let all = index.select(&everything()?);
    let peer = Peer::python("hexes.py", &[&MILLION.to_string(), "10"]);
    let (first, _) = least(1, || index.hexagons(&all, USUAL));
    let (seconds, hexes) = least(5, || Hexes::of(&all.spots, &index.hexagons(&all, USUAL), USUAL, &plane));
    let named = peer.as_ref().map(|peer| (peer.name.as_str(), peer.seconds));
    tell_faster(TASK, "people by hexagon, 1,000,000 pins", seconds, named, 1.0)?;
    figure("  looking up their hexagons, once", first * 1e3, "ms", None)?;

    let cells: Vec<_> = hexes.hexes.iter().map(|hex| hex.cell).collect();
    let values: Vec<f64> = hexes.hexes.iter().map(|hex| f64::from(hex.people_unsafe)).collect();
    let (found, neighbours) = least(5, || gi_star::Neighbours::among(&cells));
    let test = || {
        let z = gi_star::scores(&values, &neighbours);
        let chances: Vec<f64> = z.iter().map(|z| gi_star::two_sided(*z)).collect();
        let q = gi_star::false_discovery(&chances);
        (z, q)
    };
    let (seconds, (z, q)) = least(9, test);
    let file = std::env::temp_dir().join(format!("buurtsignaal-gi-star-{}.csv", std::process::id()));
    let line = |at: usize| format!("{},{:?},{:?},{:?}\n", cells[at], values[at], z[at], q[at]);
    std::fs::write(&file, (0..cells.len()).map(line).collect::<String>())?;
    let peer = Peer::python("gi_star.py", &[&file.to_string_lossy()]);
    std::fs::remove_file(&file)?;
    let what = format!("Gi* with false discovery rates, {} hexagons", cells.len());
    let named = peer.as_ref().map(|peer| (peer.name.as_str(), peer.seconds));
    tell_faster(TASK, &what, seconds, named, 50.0)?;
    let weights = peer.as_ref().and_then(|peer| Some(("libpysal", peer.said["weights_seconds"].as_f64()?)));
    tell_faster(TASK, "  their neighbours, once", found, weights, 1.0)?;
    if let Some(differs) = peer.and_then(|peer| peer.said["differs"].as_f64()) {
        figure("  largest difference from it", differs * 1e9, "e-9", Some(Aim::AtMost(1.0)))?;
    }
    let (seconds, marks) = least(3, || hexes::marks(&hexes));
    println!("  {} hexagons are told", marks.told.len());
    figure("verdicts of all hexagons, neighbours too", seconds * 1e3, "ms", None)?;
    let (seconds, clusters) = least(1, || clusters::find(&all.spots, Spot::says_unsafe, clusters::EPS_M));
    println!("  {} clusters", clusters.len());
    figure("clusters of 1,000,000 pins", seconds, "s", None)
}

/// How time grows with pins: each figure for 10,000 to 3,000,000.
fn sizes() -> Outcome {
    const SIZES: [usize; 4] = [10_000, 100_000, MILLION, 3 * MILLION];
    let plane = plane();
    let shape = boundary()?.on(&plane);
    let window = Window::new(&shape, density::SIGMA_M);
    let names = [
        "index load",
        "people surface",
        "people by hexagon",
        "density, dedupe and weights too",
        "counts at every zoom",
    ];
    let mut times: Vec<[f64; 5]> = Vec::new();
    for n in SIZES {
        let points = points(n)?;
        let (mut index, load) = index(&points)?;
        let all = index.select(&everything()?);
        let cells = index.hexagons(&all, USUAL);
        let question = Question { selection: everything()?, sigma_m: 100.0 };
        let (surface, _) = least(1, || index.surface(&question, &all.spots));
        let (people, _) = least(2, || Hexes::of(&all.spots, &cells, USUAL, &plane));
        let (dense, _) = least(2, || window.density(&density::weighted(&all.spots, Spot::says_unsafe, density::GAMMA)));
        let (counts, _) = least(2, || Layers::of(points.iter().enumerate().map(|(at, point)| put(at, point))));
        times.push([load, surface, people, dense, counts]);
        if n == MILLION {
            let more = points.iter().step_by(n / 500).enumerate().map(|(at, point)| pin(n * 2 + at * EACH, point));
            let more = more.collect::<Outcome<Vec<Pin>>>()?;
            let (seconds, ()) = least(1, || more.iter().for_each(|pin| index.put(pin)));
            let each = seconds / more.len() as f64;
            figure("one pin more in an index and surface of 1,000,000", each * 1e6, "µs", Some(Aim::AtMost(100.0)))?;
        }
    }
    for (at, name) in names.into_iter().enumerate() {
        for (n, times) in SIZES.into_iter().zip(&times) {
            figure(format!("{name}, {} pins", thousands(n)), times[at] * 1e3, "ms", None)?;
        }
        let n_log_n = |n: usize| n as f64 * (n as f64).ln();
        let growth = times[3][at] / times[2][at] / (n_log_n(SIZES[3]) / n_log_n(SIZES[2]));
        // A quarter more for memory that is farther away.
        figure("  grows, beside n log n, from 1 to 3 million", growth, "×", Some(Aim::AtMost(1.25)))?;
    }
    Ok(())
}

fn thousands(n: usize) -> String {
    if n >= MILLION { format!("{},000,000", n / MILLION) } else { format!("{},000", n / 1000) }
}

fn plane() -> Plane {
    let [west, south, east, north] = CITY;
    Plane::at(f64::midpoint(west, east), f64::midpoint(south, north))
}

fn boundary() -> Outcome<Boundary> {
    let [west, south, east, north] = CITY;
    let ring = json!([[west, south], [east, south], [east, north], [west, north], [west, south]]);
    Ok(Boundary::parse(&json!({"type": "Polygon", "coordinates": [ring]}))?)
}

fn everything() -> Outcome<Selection> {
    Ok(Selection::parse(&[], &[])?.0)
}

/// An index of pins, and how long it took to fill without reading them.
fn index(points: &[Point]) -> Outcome<(Index, f64)> {
    let mut index = Index::new(&boundary()?);
    let mut seconds = 0.0;
    let mut at = 0;
    for chunk in points.chunks(20_000) {
        let pins = chunk.iter().enumerate().map(|(n, point)| pin(at + n, point)).collect::<Outcome<Vec<Pin>>>()?;
        at += chunk.len();
        seconds += least(1, || index.fill(&pins)).0;
    }
    seconds += least(1, || index.finish()).0;
    Ok((index, seconds))
}

fn pin(at: usize, point: &Point) -> Outcome<Pin> {
    let id = |kind: u32, n: usize| Id::parse("id", &format!("{kind:08x}-0000-4000-8000-{n:012x}"));
    Ok(Pin {
        id: id(1, at)?,
        gathering: id(2, at / EACH / 200)?,
        round: "2026-1".into(),
        held_on: "2026-11-21".into(),
        who: Who { age: None, gender: None, role: None },
        lon: point.lon,
        lat: point.lat,
        shape: None,
        told: Told {
            participant: id(3, at / EACH)?,
            feeling: feeling(point),
            intensity: None,
            radius_m: 50,
            precision_m: None,
            when: vec![When::ALL[usize::from(point.time)]],
            days: vec![],
            frequency: None,
            effect: None,
            themes: vec![Theme::ALL[usize::from(point.theme)]],
            basis: Basis::Own,
            comment: None,
            help: None,
            lang: None,
        },
        moderated: None,
        agreed: false,
    })
}
