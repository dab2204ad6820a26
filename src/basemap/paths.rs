//! The ways one can walk, beside an archive's tiles: a small file that is read as far as it is needed.
//!
//! `NAME.paths` next to `NAME.pmtiles` is gzip around ways one after another, and then the crossings of streets. Numbers
//! are LEB128, positions are told by how far they lie from the one before, in units of 10⁻⁷ degrees. Ways meet where they
//! share a position.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::bufread::GzDecoder;
use flate2::write::GzEncoder;
use geo::{Coord, Intersects, Rect};

use super::classes::Tags;
use super::tiles::Part;
use crate::error::{Error, Result};

/// A position in units of 10⁻⁷ degrees: longitude, latitude.
pub type Position = [i32; 2];

/// What is told of a way on foot.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Footing {
    /// Whether there are steps.
    pub steps: bool,
    /// Whether wheels get stuck: rough ground, or no wheelchair says the map.
    pub rough: bool,
}

/// A way one can walk, in both directions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WalkWay {
    /// What is told of it.
    pub footing: Footing,
    /// The positions it runs through.
    pub line: Vec<Position>,
}

/// Where a street is crossed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Crossing {
    /// Where.
    pub at: Position,
    /// Whether lights stop the traffic.
    pub lights: bool,
}

/// The ways one can walk, and where they cross streets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paths {
    /// The ways.
    pub ways: Vec<WalkWay>,
    /// The crossings that the map marks.
    pub crossings: Vec<Crossing>,
}

const MAGIC: &[u8] = b"buurtsignaal-paths/1\n";

/// The file beside an archive.
#[must_use]
pub fn beside(archive: &Path) -> PathBuf {
    archive.with_extension("paths")
}

/// Writes the file beside an archive; it appears whole or not at all.
pub fn write(paths: &Paths, archive: &Path) -> Result<()> {
    Prepared::new(paths, archive)?.keep()
}

/// A file that was written and is not in its place yet; dropped, it is gone.
pub(super) struct Prepared {
    part: Part,
    path: PathBuf,
}

impl Prepared {
    pub(super) fn new(paths: &Paths, archive: &Path) -> Result<Self> {
        let path = beside(archive);
        let part = Part::new(&path)?;
        write_to(paths, &part.path)?;
        Ok(Self { part, path })
    }

    pub(super) fn keep(self) -> Result<()> {
        self.part.keep(&self.path).map(drop)
    }
}

fn write_to(paths: &Paths, path: &Path) -> Result<()> {
    let mut out = GzEncoder::new(BufWriter::new(File::create(path)?), Compression::default());
    let mut bytes = MAGIC.to_vec();
    let mut last = [0, 0];
    put(&mut bytes, paths.ways.len() as u64);
    for way in &paths.ways {
        put(&mut bytes, u64::from(way.footing.steps) | u64::from(way.footing.rough) << 1);
        put(&mut bytes, way.line.len() as u64);
        for at in &way.line {
            put_position(&mut bytes, &mut last, *at);
        }
        if bytes.len() > 1 << 16 {
            out.write_all(&bytes)?;
            bytes.clear();
        }
    }
    put(&mut bytes, paths.crossings.len() as u64);
    for crossing in &paths.crossings {
        put(&mut bytes, u64::from(crossing.lights));
        put_position(&mut bytes, &mut last, crossing.at);
    }
    out.write_all(&bytes)?;
    out.finish()?.flush()?;
    Ok(())
}

/// Reads the ways that have a position in the box, and the crossings in it; none where there is no file.
pub fn read(archive: &Path, bbox: Rect<f64>) -> Result<Option<Paths>> {
    let file = match File::open(beside(archive)) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let mut from = Bytes(BufReader::new(GzDecoder::new(BufReader::new(file))));
    let mut magic = [0; MAGIC.len()];
    from.0.read_exact(&mut magic).map_err(|_| broken(archive))?;
    if magic != MAGIC {
        return Err(broken(archive));
    }
    let mut found = Paths::default();
    let mut last = [0, 0];
    let inside = |at: &Position| bbox.intersects(&coord(*at));
    let fault = || broken(archive);
    for _ in 0..from.number().ok_or_else(fault)? {
        let flags = from.number().ok_or_else(fault)?;
        let length = from.number().ok_or_else(fault)?;
        let mut line = Vec::new();
        for _ in 0..length {
            line.push(from.position(&mut last).ok_or_else(fault)?);
        }
        if line.iter().any(inside) {
            line.shrink_to_fit();
            found.ways.push(WalkWay { footing: Footing { steps: flags & 1 != 0, rough: flags & 2 != 0 }, line });
        }
    }
    for _ in 0..from.number().ok_or_else(fault)? {
        let lights = from.number().ok_or_else(fault)? != 0;
        let at = from.position(&mut last).ok_or_else(fault)?;
        if inside(&at) {
            found.crossings.push(Crossing { at, lights });
        }
    }
    Ok(Some(found))
}

fn broken(archive: &Path) -> Error {
    Error::invalid(beside(archive).display().to_string(), "is no file of ways on foot")
}

/// A position in degrees.
#[must_use]
pub fn coord([x, y]: Position) -> Coord<f64> {
    Coord { x: f64::from(x) / 1e7, y: f64::from(y) / 1e7 }
}

fn put(bytes: &mut Vec<u8>, mut number: u64) {
    while number > 0x7f {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push((number & 0x7f) as u8);
}

fn put_position(bytes: &mut Vec<u8>, last: &mut Position, at: Position) {
    for (now, before) in at.into_iter().zip(last.iter_mut()) {
        let step = i64::from(now) - i64::from(*before);
        put(bytes, (step << 1 ^ step >> 63).cast_unsigned());
        *before = now;
    }
}

struct Bytes<R>(R);

impl<R: Read> Bytes<R> {
    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let mut byte = [0];
            self.0.read_exact(&mut byte).ok()?;
            number |= u64::from(byte[0] & 0x7f) << shift;
            if byte[0] & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    fn position(&mut self, last: &mut Position) -> Option<Position> {
        for before in last.iter_mut() {
            let coded = self.number()?;
            let step = (coded >> 1).cast_signed() ^ -(coded & 1).cast_signed();
            *before = i32::try_from(i64::from(*before).checked_add(step)?).ok()?;
        }
        Some(*last)
    }
}

/// What a way of `OpenStreetMap` is on foot; none where one cannot or may not walk.
///
/// Streets of every kind but motorways, and paths, unless `foot` or else `access` forbids it; a trunk road, a bridleway and
/// a building site only where `foot` allows it.
pub(super) fn footing(tags: &Tags<'_>) -> Option<Footing> {
    let foot = tags.said("foot");
    let may = matches!(foot, Some("yes" | "designated" | "permissive" | "official"));
    let must_not = matches!(foot, Some("no" | "private" | "use_sidepath" | "discouraged"));
    let closed = matches!(
        tags.said("access"),
        Some("no" | "private" | "military" | "customers" | "delivery" | "agricultural" | "forestry")
    );
    let kind = tags.said("highway").or_else(|| (tags.said("railway") == Some("platform")).then_some("platform"))?;
    let is_walked = match kind {
        "footway" | "path" | "pedestrian" | "living_street" | "residential" | "unclassified" | "service" | "track"
        | "steps" | "tertiary" | "tertiary_link" | "secondary" | "secondary_link" | "primary" | "primary_link"
        | "road" | "cycleway" | "corridor" | "platform" | "elevator" => true,
        "trunk" | "trunk_link" | "bridleway" => may,
        _ => false,
    };
    if !is_walked || must_not || (closed && !may) || tags.said("motorroad") == Some("yes") {
        return None;
    }
    let ramp = tags.said("ramp:wheelchair") == Some("yes") || tags.said("wheelchair") == Some("yes");
    let rough = tags.said("wheelchair") == Some("no")
        || matches!(tags.said("smoothness"), Some("very_bad" | "horrible" | "very_horrible" | "impassable"))
        || matches!(tags.said("surface"), Some("sand" | "mud" | "stepping_stones" | "rock"))
        || matches!(tags.said("tracktype"), Some("grade4" | "grade5"));
    Some(Footing { steps: kind == "steps" && !ramp, rough })
}

/// Whether a node of `OpenStreetMap` is where one crosses a street, and if so, whether lights stop the traffic.
pub(super) fn crossing(tags: &Tags<'_>) -> Option<bool> {
    let lights = tags.said("crossing") == Some("traffic_signals")
        || tags.said("crossing:signals") == Some("yes")
        || tags.said("highway") == Some("traffic_signals");
    (tags.said("highway") == Some("crossing") || lights).then_some(lights)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn foot(tags: &[(&str, &str)]) -> Option<Footing> {
        footing(&tags.iter().copied().collect())
    }

    #[test]
    fn one_walks_where_the_map_lets_one() {
        let plain = Some(Footing::default());
        for kind in ["footway", "residential", "primary", "track", "cycleway", "pedestrian"] {
            assert_eq!(foot(&[("highway", kind)]), plain, "{kind}");
            assert_eq!(foot(&[("highway", kind), ("access", "private")]), None, "{kind}");
            assert_eq!(foot(&[("highway", kind), ("foot", "no")]), None, "{kind}");
            assert_eq!(foot(&[("highway", kind), ("access", "no"), ("foot", "yes")]), plain, "{kind}");
        }
        for kind in ["motorway", "motorway_link", "construction", "proposed", "raceway"] {
            assert_eq!(foot(&[("highway", kind)]), None, "{kind}");
        }
        assert_eq!(foot(&[("highway", "motorway"), ("foot", "yes")]), None);
        assert_eq!(foot(&[("highway", "trunk")]), None);
        assert_eq!(foot(&[("highway", "trunk"), ("foot", "yes")]), plain);
        assert_eq!(foot(&[("highway", "primary"), ("motorroad", "yes")]), None);
        assert_eq!(foot(&[("building", "yes")]), None);
    }

    #[test]
    fn wheels_are_told_where_they_get_stuck() {
        let of = |steps, rough| Some(Footing { steps, rough });
        assert_eq!(foot(&[("highway", "steps")]), of(true, false));
        assert_eq!(foot(&[("highway", "steps"), ("ramp:wheelchair", "yes")]), of(false, false));
        assert_eq!(foot(&[("highway", "path"), ("wheelchair", "no")]), of(false, true));
        assert_eq!(foot(&[("highway", "track"), ("tracktype", "grade5")]), of(false, true));
        assert_eq!(foot(&[("highway", "path"), ("surface", "sand")]), of(false, true));
    }

    #[test]
    fn a_crossing_knows_its_lights() {
        let of = |tags: &[(&str, &str)]| crossing(&tags.iter().copied().collect());
        assert_eq!(of(&[("highway", "crossing"), ("crossing", "traffic_signals")]), Some(true));
        assert_eq!(of(&[("highway", "crossing"), ("crossing", "zebra")]), Some(false));
        assert_eq!(of(&[("highway", "bus_stop")]), None);
    }

    #[test]
    fn what_is_written_is_read_as_far_as_the_box_reaches() {
        let folder = std::env::temp_dir().join(format!("paths-{}", crate::id::Id::new()));
        std::fs::create_dir_all(&folder).unwrap();
        let archive = folder.join("a.pmtiles");
        let here = Rect::new((3.0, 51.0), (4.0, 52.0));
        assert_eq!(read(&archive, here).unwrap(), None);
        let near = WalkWay {
            footing: Footing { steps: true, rough: false },
            line: vec![[35_000_000, 515_000_000], [34_999_990, 515_000_017], [-1_800_000_000, -900_000_000]],
        };
        let far = WalkWay { footing: Footing::default(), line: vec![[0, 0], [1, i32::MAX]] };
        let crossings = [([35_000_000, 515_000_000], true), ([0, 0], false)];
        let crossings = crossings.map(|(at, lights)| Crossing { at, lights });
        let all = Paths { ways: vec![far, near.clone()], crossings: crossings.to_vec() };
        write(&all, &archive).unwrap();
        assert_eq!(read(&archive, here).unwrap(), Some(Paths { ways: vec![near], crossings: vec![crossings[0]] }));
        std::fs::write(beside(&archive), b"something else").unwrap();
        assert!(read(&archive, here).is_err());
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
