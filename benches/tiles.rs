//! Vector tiles of a million pins: how long one takes beside `PostGIS` on the same points, and how many kept ones go over
//! HTTP in a second.
#![allow(missing_docs, clippy::print_stdout, reason = "a measurement speaks to whoever runs it")]

mod bench;

use std::fmt::Write as _;
use std::thread;
use std::time::{Duration, Instant};

use bench::http::Client;
use bench::workshop::{BOUNDS, Desk, Workshop};
use bench::{Aim, Figure, Outcome, Random, told};
use buurtsignaal::hotspots::Spot;
use buurtsignaal::hotspots::tiles::dots::{Dot, Dots, place};
use buurtsignaal::hotspots::tiles::{Address, pins};
use buurtsignaal::pins::Feeling;
use buurtsignaal::pins::selection::Selection;
use sqlx::{Connection, Executor, PgConnection};

const POINTS: usize = 1_000_000;
/// A box the size of a city: west, south, east, north.
const CITY: [f64; 4] = [3.65, 51.00, 3.80, 51.10];
/// So many tiles of each zoom are drawn.
const TILES: usize = 40;
/// The product's aims: so many times faster than `PostGIS`, and so many kept tiles a second.
const FASTER: f64 = 20.0;
const A_SECOND: f64 = 5_000.0;
/// Pins of the workshop whose kept tiles are asked for.
const SERVED: u32 = 100_000;
const ASKING: usize = 4;
const HOW_LONG: Duration = Duration::from_secs(3);

/// A pin as both see it.
struct Point {
    lon: f64,
    lat: f64,
    feeling: usize,
    themes: u16,
    when: u8,
}

fn main() -> Outcome {
    let points = points();
    let mut dots = Dots::default();
    for point in &points {
        dots.add(dot(point));
    }
    dots.sort();
    let peer = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut postgis = peer.block_on(Postgis::load(&points));
    if let Err(error) = &postgis {
        println!("  without a ratio, for there is no PostGIS: {error}");
    }
    for zoom in [14, 16] {
        let addresses = addresses(&points, zoom);
        let mut sizes = 0;
        let begun = Instant::now();
        for (_, _, address) in &addresses {
            sizes += pins(&dots, &Selection::default(), None, *address).len();
        }
        let ms = begun.elapsed().as_secs_f64() * 1e3 / addresses.len() as f64;
        let task = "tiles";
        let mut aim = None;
        if let Ok(postgis) = &mut postgis {
            let begun = Instant::now();
            for (x, y, _) in &addresses {
                peer.block_on(postgis.tile(zoom, *x, *y))?;
            }
            let theirs = begun.elapsed().as_secs_f64() * 1e3 / addresses.len() as f64;
            let what = format!("PostGIS, tile of zoom {zoom}");
            Figure { task, what, value: theirs, unit: "ms", aim: None }.tell()?;
            aim = Some(Aim::AtMost(theirs / FASTER));
        }
        println!("  {} kB a tile", sizes / addresses.len() / 1000);
        let what = format!("tile of zoom {zoom} (aim: 1/20 of PostGIS)");
        Figure { task, what, value: ms, unit: "ms", aim }.tell()?;
    }
    kept(&Desk::sign_in()?.filled_workshop(SERVED)?)
}

/// Points around fifty spots, and a quarter of them anywhere.
fn points() -> Vec<Point> {
    let mut random = Random::new(7);
    let [west, south, east, north] = CITY;
    let spots: Vec<(f64, f64, f64)> = (0..50)
        .map(|_| (west + random.share() * (east - west), south + random.share() * (north - south), random.share()))
        .collect();
    let mut point = || {
        let spot = *random.one(&spots);
        let anywhere = random.share() < 0.25;
        let spread = 0.0006 + spot.2 * 0.0034;
        let lon = if anywhere { west + random.share() * (east - west) } else { random.around(spot.0, spread * 1.55) };
        let lat = if anywhere { south + random.share() * (north - south) } else { random.around(spot.1, spread) };
        Point {
            lon: lon.clamp(west, east - 1e-9),
            lat: lat.clamp(south, north - 1e-9),
            feeling: *random.one(&[0, 1, 1, 2]),
            themes: *random.one(&[1, 2, 3, 12, 32, 128, 144, 256]),
            when: *random.one(&[1, 2, 4, 8, 20]),
        }
    };
    (0..POINTS).map(|_| point()).collect()
}

fn dot(point: &Point) -> Dot {
    let feeling = Feeling::ALL[point.feeling];
    let (themes, when) = (point.themes, point.when);
    let spot = Spot { themes, when, ..Spot::own(0, 0.0, 0.0, feeling) };
    Dot::new(place(point.lon, point.lat), &spot)
}

/// Tiles at some of the points, so that full ones are drawn more often, as people look at them more often.
fn addresses(points: &[Point], zoom: u8) -> Vec<(u32, u32, Address)> {
    let step = points.len() / TILES;
    points
        .iter()
        .step_by(step)
        .filter_map(|point| {
            let (x, y) = tile_at(point.lon, point.lat, zoom);
            Some((x, y, Address::new(zoom, x, y).ok()?))
        })
        .collect()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "inside the world")]
fn tile_at(lon: f64, lat: f64, zoom: u8) -> (u32, u32) {
    let n = f64::from(1_u32 << zoom);
    let lat = lat.to_radians();
    let y = (1.0 - (lat.tan() + 1.0 / lat.cos()).ln() / std::f64::consts::PI) / 2.0;
    (((lon + 180.0) / 360.0 * n) as u32, (y * n) as u32)
}

/// The same points in `PostGIS`.
struct Postgis(PgConnection);

impl Postgis {
    async fn load(points: &[Point]) -> Outcome<Self> {
        let mut connection = PgConnection::connect(&told("BENCH_POSTGRES")?).await?;
        connection.execute("create extension if not exists postgis").await?;
        connection
            .execute("create temporary table points (lon float8, lat float8, feeling text, themes text, whens text)")
            .await?;
        let mut copy = connection.copy_in_raw("copy points from stdin (format csv)").await?;
        for part in points.chunks(10_000) {
            let mut lines = String::new();
            for Point { lon, lat, feeling, themes, when } in part {
                writeln!(lines, "{lon:.4},{lat:.4},{},t{themes},w{when}", Feeling::ALL[*feeling].code())?;
            }
            copy.send(lines.as_bytes()).await?;
        }
        copy.finish().await?;
        for step in [
            "create temporary table drawn as select feeling, themes, whens,
             st_transform(st_setsrid(st_makepoint(lon, lat), 4326), 3857) as geom from points",
            "create index on drawn using gist (geom)",
            "analyze drawn",
        ] {
            connection.execute(step).await?;
        }
        Ok(Self(connection))
    }

    async fn tile(&mut self, zoom: u8, x: u32, y: u32) -> Outcome<i32> {
        Ok(sqlx::query_scalar(
            "with b as (select st_tileenvelope($1, $2, $3) g, st_tileenvelope($1, $2, $3, margin => 64.0 / 4096) w),
             m as (select feeling, themes, whens, st_asmvtgeom(p.geom, b.g, 4096, 64, true) geom from drawn p, b where p.geom && b.w)
             select length(st_asmvt(m, 'pins', 4096, 'geom')) from m",
        )
        .bind(i32::from(zoom))
        .bind(i32::try_from(x)?)
        .bind(i32::try_from(y)?)
        .fetch_one(&mut self.0)
        .await?)
    }
}

/// How many tiles that are kept go to some that ask over and over.
fn kept(workshop: &Workshop) -> Outcome {
    let [west, south, east, north] = BOUNDS;
    let ((left, bottom), (right, top)) = (tile_at(west, south, 16), tile_at(east, north, 16));
    let path = |x, y| format!("/api/neighbourhoods/{}/tiles/pins/16/{x}/{y}.mvt", workshop.neighbourhood);
    let paths: Vec<String> =
        (left..=right).flat_map(|x| (top..=bottom).map(move |y| (x, y))).map(|(x, y)| path(x, y)).collect();
    let mut client = Client::connect_staff(&workshop.url, &workshop.cookie)?;
    let mut bytes = 0;
    for path in &paths {
        let (status, tile) = client.send("GET", path, "")?;
        if status != 200 && status != 204 {
            return Err(format!("{path}: {status} {}", String::from_utf8_lossy(tile)).into());
        }
        bytes += tile.len();
    }
    println!("  {} tiles of {} kB", paths.len(), bytes / paths.len() / 1000);
    let begun = Instant::now();
    let count: usize = thread::scope(|scope| {
        let asking: Vec<_> = (0..ASKING)
            .map(|_| {
                scope.spawn(|| -> Outcome<usize> {
                    let mut client = Client::connect_staff(&workshop.url, &workshop.cookie)?;
                    let mut count = 0;
                    while begun.elapsed() < HOW_LONG {
                        client.send("GET", &paths[count % paths.len()], "")?;
                        count += 1;
                    }
                    Ok(count)
                })
            })
            .collect();
        asking.into_iter().map(|one| one.join().map_err(|_| "asking failed")?).sum::<Outcome<usize>>()
    })?;
    let value = count as f64 / begun.elapsed().as_secs_f64();
    let aim = Some(Aim::AtLeast(A_SECOND));
    Figure { task: "tiles", what: "kept tiles over HTTP".into(), value, unit: "/s", aim }.tell()
}
