//! How far the statistics can be trusted, by simulation, and how soon they are there.
#![allow(clippy::pedantic, missing_docs, clippy::print_stdout, reason = "a measurement speaks to whoever runs it")]

mod bench;

use std::fmt::Write as _;
use std::process::Command;
use std::time::{Duration, Instant};

use bench::{Aim, Figure, Outcome, Random, percentile_ms};
use buurtsignaal::geometry::{Boundary, Plane};
use buurtsignaal::hotspots::comparison::{self, Answer, Pair};
use buurtsignaal::hotspots::significance::{self, Cell, SHUFFLES, Tested, Verdict};
use buurtsignaal::hotspots::surface::Surface;
use buurtsignaal::hotspots::watch::Watch;
use buurtsignaal::hotspots::{Kind, Spot, areas, stability};
use buurtsignaal::pins::Feeling;
use geo::{Coord, MapCoords, MultiPolygon};
use serde_json::json;

const TASK: &str = "statistics";
/// Width of the kernel, in metres.
const SIGMA_M: f64 = 100.0;
/// Busy spots of a square kilometre, and how often people go there.
const BUSY: [(f64, f64, f64); 5] =
    [(250.0, 300.0, 0.25), (500.0, 700.0, 0.2), (750.0, 450.0, 0.2), (400.0, 450.0, 0.2), (800.0, 850.0, 0.15)];
/// The busy spot that is a real hotspot, where there is one.
const HOT: (f64, f64) = (500.0, 700.0);
/// Worlds of each kind.
const WORLDS: u64 = 500;
/// Comparisons of each kind.
const PAIRS: u64 = 200;

fn main() -> Outcome {
    let town = Town::new()?;
    // `cargo bench --bench statistics -- speed` measures that alone.
    let parts: Vec<String> = std::env::args().skip(1).filter(|part| !part.starts_with('-')).collect();
    let is_asked = |part: &str| parts.is_empty() || parts.iter().any(|asked| asked == part);
    if is_asked("speed") {
        speed(&town)?;
    }
    if is_asked("trust") {
        trust(&town)?;
    }
    if is_asked("comparison") {
        compare(&town)?;
    }
    Ok(())
}

/// Where the people are who are made up here.
struct Town {
    plane: Plane,
    shape: MultiPolygon<f64>,
}

impl Town {
    fn new() -> Outcome<Self> {
        let plane = Plane::at(4.35, 50.85);
        let corner = |x: f64, y: f64| {
            let (lon, lat) = plane.to_lonlat(x, y);
            json!([lon, lat])
        };
        let ring = json!([corner(0.0, 0.0), corner(1000.0, 0.0), corner(1000.0, 1000.0), corner(0.0, 1000.0)]);
        let boundary = Boundary::parse(&json!({"type": "Polygon", "coordinates": [ring]}))?;
        Ok(Self { shape: boundary.on(&plane), plane })
    }

    fn test(&self, spots: &[Spot]) -> Outcome<(Surface, Tested)> {
        let (surface, _) = Surface::around(&self.shape, spots, SIGMA_M);
        let tested = significance::test(&surface, spots, &Watch::silent()).ok_or("cancelled")?;
        Ok((surface, tested))
    }

    /// Kinds and shapes, in metres, of the hotspots of some pins.
    fn hotspots(&self, surface: &Surface, spots: &[Spot]) -> Vec<(Kind, MultiPolygon<f64>)> {
        let in_metres = |shape: &MultiPolygon<f64>| shape.map_coords(|c| Coord::from(self.plane.to_m(c.x, c.y)));
        areas::find(surface, spots, &self.shape, &self.plane).iter().map(|h| (h.kind, in_metres(&h.shape))).collect()
    }
}

/// People with a mood of their own, who go to a few busy spots. What they feel has nothing to do with where they are,
/// except that nine of ten pins within 120 m of a real hotspot are unsafe.
fn people(first: u32, count: u32, random: &mut Random, hot: Option<(f64, f64)>) -> Vec<Spot> {
    let mut spots = Vec::new();
    for who in first..first + count {
        // The middle one of three even numbers follows Beta(2, 2).
        let mut three = [random.share(), random.share(), random.share()];
        three.sort_by(f64::total_cmp);
        let mood = three[1];
        for _ in 0..1 + poisson(5.0, random) {
            let (x, y) = if random.share() < 0.3 {
                (random.share() * 1000.0, random.share() * 1000.0)
            } else {
                let mut part = random.share();
                let at = BUSY.iter().find(|(_, _, often)| {
                    part -= often;
                    part < 0.0
                });
                let (x, y, _) = at.unwrap_or(&BUSY[4]);
                (random.around(*x, 60.0), random.around(*y, 60.0))
            };
            let p = if hot.is_some_and(|(hx, hy)| (x - hx).hypot(y - hy) < 120.0) { 0.9 } else { mood };
            let feeling = if random.share() < p { Feeling::Unsafe } else { Feeling::Safe };
            spots.push(Spot::own(who, x.clamp(0.0, 1000.0), y.clamp(0.0, 1000.0), feeling));
        }
    }
    spots
}

fn poisson(mean: f64, random: &mut Random) -> u32 {
    let (least, mut product, mut count) = ((-mean).exp(), random.share(), 0);
    while product > least {
        product *= random.share();
        count += 1;
    }
    count
}

/// Somebody who drops fifteen unsafe pins on one corner.
fn soapbox(random: &mut Random) -> Vec<Spot> {
    (0..15)
        .map(|_| Spot::own(10_000, random.around(400.0, 10.0), random.around(450.0, 10.0), Feeling::Unsafe))
        .collect()
}

/// In how many of a hundred worlds there is a signal: in a cell, near the real hotspot, and of a hotspot as it is told.
#[derive(Default)]
struct Rates {
    unsafe_cell: u32,
    safe_cell: u32,
    near_hot: u32,
    unsafe_hotspot: u32,
}

fn simulate(town: &Town, count: u32, with_soapbox: bool, hot: Option<(f64, f64)>) -> Outcome<Rates> {
    let mut rates = Rates::default();
    for world in 0..WORLDS {
        let mut random = Random::new(world + 1);
        let mut spots = people(0, count, &mut random, hot);
        if with_soapbox {
            spots.extend(soapbox(&mut random));
        }
        let (surface, tested) = town.test(&spots)?;
        let has = |wanted: Cell| tested.cells.contains(&wanted);
        rates.unsafe_cell += u32::from(has(Cell::Unsafe));
        rates.safe_cell += u32::from(has(Cell::Safe));
        let near_hot = tested.cells.iter().enumerate().any(|(at, cell)| {
            let (x, y) = surface.grid.centre(at);
            *cell == Cell::Unsafe && (x - HOT.0).hypot(y - HOT.1) < 150.0
        });
        rates.near_hot += u32::from(near_hot);
        let hotspots = town.hotspots(&surface, &spots);
        rates.unsafe_hotspot += u32::from(hotspots.iter().any(|(kind, shape)| {
            *kind == Kind::Unsafe && significance::verdict(&tested, &surface, *kind, shape) == Verdict::Signal
        }));
    }
    Ok(rates)
}

fn percent(times: u32, of: u64) -> f64 {
    f64::from(times) * 100.0 / of as f64
}

fn tell(what: String, value: f64, unit: &'static str, aim: Option<Aim>) -> Outcome {
    Figure { task: TASK, what, value, unit, aim }.tell()
}

/// False alarms where there is no pattern, with and without a soapbox, and how often a real hotspot is found.
fn trust(town: &Town) -> Outcome {
    for count in [15, 30, 60] {
        let aimed = |aim: Aim| (count == 30).then_some(aim);
        let null = simulate(town, count, false, None)?;
        let loud = simulate(town, count, true, None)?;
        let real = simulate(town, count, false, Some(HOT))?;
        let told = |what: &str| format!("{count} people, {what}");
        tell(told("false unsafe signal"), percent(null.unsafe_cell, WORLDS), "%", aimed(Aim::AtMost(7.0)))?;
        tell(told("false, and a soapbox"), percent(loud.unsafe_cell, WORLDS), "%", aimed(Aim::AtMost(7.0)))?;
        tell(told("false safe signal"), percent(null.safe_cell, WORLDS), "%", None)?;
        tell(told("false unsafe hotspot"), percent(null.unsafe_hotspot, WORLDS), "%", None)?;
        tell(told("real hotspot found"), percent(real.near_hot, WORLDS), "%", aimed(Aim::AtLeast(70.0)))?;
        tell(told("and told as one"), percent(real.unsafe_hotspot, WORLDS), "%", None)?;
    }
    Ok(())
}

/// The same of a comparison of two groups.
fn compare(town: &Town) -> Outcome {
    for count in [30, 60] {
        let (mut alarms, mut found) = (0, 0);
        let mut times = Vec::new();
        for world in 0..PAIRS {
            let mut random = Random::new(world + 1);
            let a = people(0, count, &mut random, None);
            let b = people(1000, count, &mut random, None);
            let feels_unsafe = people(2000, count, &mut random, Some(HOT));
            for (b, differs) in [(&b, &mut alarms), (&feels_unsafe, &mut found)] {
                let start = Instant::now();
                let pair = Pair::around(&town.shape, &a, b, SIGMA_M);
                let told = comparison::compare(&pair, &a, b, &town.shape, &town.plane, &Watch::silent());
                times.push(start.elapsed());
                let test = told.ok_or("cancelled")?.test.map_err(|_| "refused")?;
                *differs += u32::from(test.answer == Answer::Difference);
            }
        }
        tell(format!("{count} against {count}, false difference"), percent(alarms, PAIRS), "%", None)?;
        tell(format!("{count} against {count}, real one found"), percent(found, PAIRS), "%", None)?;
        tell(format!("{count} against {count}, time"), percentile_ms(&mut times, 50), "ms", None)?;
    }
    Ok(())
}

/// A workshop of so many people, with just so many pins.
fn workshop(count: u32, pins: usize) -> Vec<Spot> {
    let (mut random, mut who) = (Random::new(7), 0..);
    let mut made = people(0, count * 20, &mut random, Some(HOT));
    made.truncate(pins);
    for spot in &mut made {
        spot.participant = who.next().unwrap_or(0) % count;
    }
    made
}

fn median(times: usize, mut work: impl FnMut() -> Outcome) -> Outcome<f64> {
    let mut taken: Vec<Duration> = Vec::new();
    for _ in 0..times {
        let start = Instant::now();
        work()?;
        taken.push(start.elapsed());
    }
    Ok(percentile_ms(&mut taken, 50))
}

/// How soon a workshop has its surface, areas, verdicts and stability.
fn speed(town: &Town) -> Outcome {
    let spots = workshop(60, 400);
    let (surface, _) = Surface::around(&town.shape, &spots, SIGMA_M);
    let ms = median(21, || {
        let (surface, _) = Surface::around(&town.shape, &spots, SIGMA_M);
        let found = areas::find(&surface, &spots, &town.shape, &town.plane);
        if found.is_empty() { Err("no areas".into()) } else { Ok(()) }
    })?;
    tell("60 people, 400 pins: surface and areas".into(), ms, "ms", Some(Aim::AtMost(10.0)))?;
    let ms = median(11, || town.test(&spots).map(drop))?;
    tell("60 people, 400 pins: verdicts".into(), ms, "ms", Some(Aim::AtMost(150.0)))?;
    let hotspots = town.hotspots(&surface, &spots);
    let ms = median(11, || {
        let told = stability::stability(&surface, &spots, &hotspots, &Watch::silent());
        told.map(drop).ok_or("cancelled".into())
    })?;
    tell(format!("60 people, 400 pins: stability of {}", hotspots.len()), ms, "ms", None)?;

    let spots = workshop(30, 200);
    let ms = median(11, || town.test(&spots).map(drop))?;
    tell("30 people, 200 pins: verdicts".into(), ms, "ms", None)?;
    let (_, tested) = town.test(&spots)?;
    match numpy(&spots)? {
        Some((seconds, told)) => {
            println!("  numpy: {told}; here {} {:.4} {:.4}", tested.eligible, tested.high, tested.low);
            tell("30 people: numpy's time".into(), seconds * 1e3, "ms", None)?;
            tell("30 people: times as fast as numpy".into(), seconds * 1e3 / ms, "×", Some(Aim::AtLeast(50.0)))?;
        }
        None => println!("  numpy is not installed (BENCH_PYTHON names a python that has it): no ratio"),
    }
    let talks = |i: u32| {
        Spot::own(99, f64::from(i % 997), f64::from(i % 991), [Feeling::Safe, Feeling::Unsafe][(i % 2) as usize])
    };
    let loud: Vec<Spot> = spots.iter().cloned().chain((0..200_000).map(talks)).collect();
    let ms = median(1, || town.test(&loud).map(drop))?;
    tell("and 200,000 pins of one person".into(), ms, "ms", None)
}

/// The seconds that the test takes as one writes it in numpy, and what it told; none where there is no numpy.
fn numpy(spots: &[Spot]) -> Outcome<Option<(f64, String)>> {
    let python = std::env::var("BENCH_PYTHON").unwrap_or_else(|_| "python3".into());
    let has_numpy = Command::new(&python).args(["-c", "import numpy"]).output();
    if !has_numpy.is_ok_and(|tried| tried.status.success()) {
        return Ok(None);
    }
    let file = std::env::temp_dir().join(format!("buurtsignaal-bench-{}.csv", std::process::id()));
    let mut text = String::from("participant,x_m,y_m,feeling\n");
    for s in spots {
        writeln!(text, "{},{},{},{}", s.participant, s.x, s.y, s.feeling.code())?;
    }
    std::fs::write(&file, text)?;
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peers/people_surface.py");
    let told =
        Command::new(&python).arg(script).arg(&file).args([SIGMA_M.to_string(), SHUFFLES.to_string()]).output()?;
    std::fs::remove_file(&file)?;
    let printed = String::from_utf8(told.stdout)?;
    let (seconds, rest) = printed.trim().split_once(' ').ok_or("the numpy script printed nothing")?;
    Ok(Some((seconds.parse()?, rest.to_owned())))
}
