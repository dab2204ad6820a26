//! How soon the shortest order of ten stops is there, on a network of 50,000 edges.
#![allow(clippy::pedantic, missing_docs, clippy::print_stdout, reason = "a measurement speaks to whoever runs it")]

mod bench;

use std::time::Instant;

use bench::{Aim, Figure, Outcome, Random, percentile_ms};
use buurtsignaal::basemap::paths::{Footing, Paths, WalkWay};
use buurtsignaal::geometry::Plane;
use buurtsignaal::walks::network::{Foot, Network, Spot};
use buurtsignaal::walks::order::{Shape, shortest, total};
use buurtsignaal::walks::route;

const TASK: &str = "walks";
/// Corners along one side of a town of square blocks.
const SIDE: usize = 159;
/// Metres between two corners.
const BLOCK_M: f64 = 40.0;
const STOPS: usize = 10;
const RUNS: usize = 60;

fn main() -> Outcome {
    let plane = Plane::at(4.35, 50.85);
    let mut random = Random::new(7);
    let mut dice = |most: f64| random.share() * most;
    let corners: Vec<Vec<[i32; 2]>> = (0..SIDE)
        .map(|y| {
            (0..SIDE)
                .map(|x| position(&plane, x as f64 * BLOCK_M + dice(15.0), y as f64 * BLOCK_M + dice(15.0)))
                .collect()
        })
        .collect();
    let mut ways = Vec::new();
    for n in 0..SIDE {
        for line in [corners[n].clone(), corners.iter().map(|row| row[n]).collect()] {
            ways.push(WalkWay { footing: Footing::default(), line });
        }
    }
    let started = Instant::now();
    let network = Network::new(&Paths { ways, crossings: Vec::new() }, &plane);
    let built = started.elapsed();
    tell("edges of the network", network.len() as f64, "edges", Some(Aim::AtLeast(50_000.0)))?;
    tell("building the network", built.as_secs_f64() * 1000.0, "ms", None)?;

    let reach = (SIDE - 1) as f64 * BLOCK_M;
    let (mut whole, mut ways, mut worse) = (Vec::new(), Vec::new(), 0.0_f64);
    for _ in 0..RUNS {
        let spots: Vec<Spot> =
            (0..STOPS).filter_map(|_| network.spot([dice(reach), dice(reach)], 60.0, Foot::default())).collect();
        let started = Instant::now();
        let table = route::table(&network, &spots, Foot::default());
        let order = shortest(&table, Shape { round: true, ..Shape::default() });
        whole.push(started.elapsed());
        let started = Instant::now();
        for pair in order.windows(2) {
            route::way(&network, &spots[pair[0]], &spots[pair[1]], Foot::default()).ok_or("a town without a way")?;
        }
        ways.push(started.elapsed());
        let exact = brute_force(&table);
        worse = worse.max(total(&table, &order, true) as f64 / exact as f64);
    }
    tell("shortest round of ten stops, median", percentile_ms(&mut whole, 50), "ms", Some(Aim::AtMost(100.0)))?;
    tell("shortest round of ten stops, 95 %", percentile_ms(&mut whole, 95), "ms", Some(Aim::AtMost(100.0)))?;
    tell("the way between its stops, median", percentile_ms(&mut ways, 50), "ms", None)?;
    tell("longest against brute force", worse, "times", Some(Aim::AtMost(1.01)))
}

fn tell(what: &str, value: f64, unit: &'static str, aim: Option<Aim>) -> Outcome {
    Figure { task: TASK, what: what.to_owned(), value, unit, aim }.tell()
}

fn position(plane: &Plane, x: f64, y: f64) -> [i32; 2] {
    let (lon, lat) = plane.to_lonlat(x, y);
    [(lon * 1e7).round() as i32, (lat * 1e7).round() as i32]
}

/// The shortest round of all there are: the first stop stays, the others in every order.
fn brute_force(table: &[Vec<Option<u32>>]) -> u64 {
    fn go(table: &[Vec<Option<u32>>], at: usize, left: &mut Vec<usize>, so_far: u64, best: &mut u64) {
        let cost = |from: usize, to: usize| u64::from(table[from][to].unwrap_or(u32::MAX));
        if so_far >= *best {
            return;
        }
        if left.is_empty() {
            *best = (*best).min(so_far + cost(at, 0));
            return;
        }
        for n in 0..left.len() {
            let next = left.swap_remove(n);
            go(table, next, left, so_far + cost(at, next), best);
            left.push(next);
            let last = left.len() - 1;
            left.swap(n, last);
        }
    }
    let mut best = u64::MAX;
    go(table, 0, &mut (1..table.len()).collect(), 0, &mut best);
    best
}
