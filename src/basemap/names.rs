//! The names of an archive: searched, listed, and the nearest one to a spot. Built from the tiles when first asked for.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use geo::{BoundingRect, Coord, Intersects, LineString, Rect};
use serde::Serialize;
use utoipa::ToSchema;

use super::archive::Archive;
use super::folding::{fold, rank};
use super::mercator::Tiles;
use super::names_read::{Piece, STREET, pieces};
use crate::error::{Error, Result};

/// The zoom whose tiles are read; every schema has all its names by then.
const NAME_ZOOM: u8 = 14;
/// The most tiles an index is made of: at 51° north a square of some 50 km.
const MOST_TILES: u64 = 1024;
/// An archive with more tiles than that is indexed in blocks of this many tiles square, around what is asked.
const BLOCK: u32 = 8;
/// The most tiles of such a part: some 20 km square. Anyone may ask, so one question must not cost much.
const MOST_TILES_OF_PART: u64 = 256;
/// How many such parts are remembered.
const PARTS_KEPT: usize = 6;
/// Pieces with one name that are closer than this are one street.
const SAME_STREET_M: f64 = 150.0;
/// A point of orientation within this is named rather than the street.
const AT_PLACE_M: f64 = 60.0;
const METRES_PER_DEGREE: f64 = 111_195.0;

/// A name on the map.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Name {
    /// As the people there write it.
    pub name: String,
    /// `street`, or the class of the point of orientation or locality.
    pub kind: &'static str,
    /// Where it is; for a street a point on it.
    pub lon: f64,
    /// Where it is; for a street a point on it.
    pub lat: f64,
}

/// The names of an archive, or of a part of it.
#[derive(Debug, Default)]
pub struct Names {
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    name: String,
    folded: String,
    kind: &'static str,
    at: Coord<f64>,
    reach: Rect<f64>,
    /// The stretches of a street; for anything else the point.
    lines: Vec<LineString<f64>>,
}

impl Entry {
    /// The name, at a point of it inside the box if there is one.
    fn within(&self, bbox: Option<Rect<f64>>) -> Option<Name> {
        let at = match bbox {
            None => self.at,
            Some(bbox) if bbox.intersects(&self.at) => self.at,
            Some(bbox) if bbox.intersects(&self.reach) => {
                let spots = self.lines.iter().flat_map(|line| &line.0).filter(|spot| bbox.intersects(*spot));
                *spots.min_by(|a, b| metres(**a, bbox.center()).total_cmp(&metres(**b, bbox.center())))?
            }
            Some(_) => return None,
        };
        Some(Name { name: self.name.clone(), kind: self.kind, lon: round(at.x), lat: round(at.y) })
    }
}

impl Names {
    fn new(pieces: Vec<Piece>) -> Self {
        let mut groups: BTreeMap<(String, &'static str), Vec<Piece>> = BTreeMap::new();
        for piece in pieces {
            groups.entry((fold(&piece.name), piece.kind)).or_default().push(piece);
        }
        let mut entries = Vec::new();
        for ((folded, kind), pieces) in groups {
            for near in clusters(pieces) {
                let reach = near.iter().filter_map(|piece| piece.line.bounding_rect()).reduce(around);
                let (Some(reach), Some(at)) = (reach, middle(&near)) else { continue };
                let name = near[0].name.clone();
                let lines = near.into_iter().map(|piece| piece.line).collect();
                entries.push(Entry { name, folded: folded.clone(), kind, at, reach, lines });
            }
        }
        Self { entries }
    }

    /// The names that answer a question, the best first; case, accents and signs do not matter.
    #[must_use]
    pub fn search(&self, question: &str, bbox: Option<Rect<f64>>, limit: usize) -> Vec<Name> {
        let question = fold(question);
        let mut found: Vec<(u8, &Entry, Name)> = self
            .entries
            .iter()
            .filter_map(|entry| Some((rank(&entry.folded, &question)?, entry, entry.within(bbox)?)))
            .collect();
        found.sort_by(|(a, left, _), (b, right, _)| {
            let order = |entry: &Entry| (entry.kind != STREET, entry.folded.len());
            a.cmp(b).then(order(left).cmp(&order(right))).then_with(|| left.folded.cmp(&right.folded))
        });
        found.into_iter().take(limit).map(|(.., name)| name).collect()
    }

    /// The points of orientation in a box, by name: no streets, no localities.
    #[must_use]
    pub fn places(&self, bbox: Option<Rect<f64>>, limit: usize) -> Vec<Name> {
        let place = |entry: &&Entry| entry.kind != STREET && !is_locality(entry.kind);
        self.entries.iter().filter(place).filter_map(|entry| entry.within(bbox)).take(limit).collect()
    }

    /// Every name in a box, streets and localities too.
    #[must_use]
    pub fn all(&self, bbox: Option<Rect<f64>>, limit: usize) -> Vec<Name> {
        self.entries.iter().filter_map(|entry| entry.within(bbox)).take(limit).collect()
    }

    /// The name for a spot: a point of orientation next to it, else the nearest street, at most that far.
    #[must_use]
    pub fn nearest(&self, lon: f64, lat: f64, within_m: f64) -> Option<Name> {
        let spot = Coord { x: lon, y: lat };
        let closest = |streets: bool, within_m: f64| {
            let margin = Coord {
                x: within_m / (METRES_PER_DEGREE * lat.to_radians().cos().max(0.01)),
                y: within_m / METRES_PER_DEGREE,
            };
            let near = Rect::new(spot - margin, spot + margin);
            self.entries
                .iter()
                .filter(|entry| (entry.kind == STREET) == streets && !is_locality(entry.kind))
                .filter(|entry| near.intersects(&entry.reach))
                .map(|entry| {
                    let (at, distance) = nearest_on(&entry.lines, spot);
                    (entry, at, distance)
                })
                .filter(|(.., distance)| *distance <= within_m)
                .min_by(|a, b| a.2.total_cmp(&b.2))
        };
        let (entry, at, _) = closest(false, within_m.min(AT_PLACE_M)).or_else(|| closest(true, within_m))?;
        Some(Name { name: entry.name.clone(), kind: entry.kind, lon: round(at.x), lat: round(at.y) })
    }

    /// How many names there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no name at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

fn is_locality(kind: &str) -> bool {
    matches!(kind, "city" | "town" | "village" | "suburb" | "neighbourhood")
}

/// A position to some ten centimetres.
fn round(degrees: f64) -> f64 {
    (degrees * 1e6).round() / 1e6
}

fn around(a: Rect<f64>, b: Rect<f64>) -> Rect<f64> {
    let min = Coord { x: a.min().x.min(b.min().x), y: a.min().y.min(b.min().y) };
    let max = Coord { x: a.max().x.max(b.max().x), y: a.max().y.max(b.max().y) };
    Rect::new(min, max)
}

/// The distance on a plane that touches the earth there: right to a per mille within a town.
fn metres(a: Coord<f64>, b: Coord<f64>) -> f64 {
    let narrow = f64::midpoint(a.y, b.y).to_radians().cos();
    ((a.x - b.x) * narrow).hypot(a.y - b.y) * METRES_PER_DEGREE
}

/// The point of the lines that is nearest to a spot, and how far it is.
fn nearest_on(lines: &[LineString<f64>], spot: Coord<f64>) -> (Coord<f64>, f64) {
    let narrow = spot.y.to_radians().cos();
    let on = |from: Coord<f64>, to: Coord<f64>| {
        let flat = |a: Coord<f64>, b: Coord<f64>| Coord { x: (b.x - a.x) * narrow, y: b.y - a.y };
        let (along, aside) = (flat(from, to), flat(from, spot));
        let length = along.x * along.x + along.y * along.y;
        let t = if length > 0.0 { ((along.x * aside.x + along.y * aside.y) / length).clamp(0.0, 1.0) } else { 0.0 };
        from + (to - from) * t
    };
    let points = lines.iter().flat_map(|line| {
        let first = line.0.first().copied();
        first.into_iter().chain(line.0.windows(2).map(move |edge| on(edge[0], edge[1])))
    });
    let nearest = points.map(|at| (at, metres(at, spot))).min_by(|a, b| a.1.total_cmp(&b.1));
    nearest.unwrap_or((spot, f64::INFINITY))
}

/// Sorts the pieces with one name into those that belong together.
fn clusters(pieces: Vec<Piece>) -> Vec<Vec<Piece>> {
    let mut clusters: Vec<(Rect<f64>, Vec<Piece>)> = Vec::new();
    for piece in pieces {
        let Some(reach) = piece.line.bounding_rect() else { continue };
        let grow_y = SAME_STREET_M / METRES_PER_DEGREE;
        let grow = Coord { x: grow_y / reach.center().y.to_radians().cos().max(0.01), y: grow_y };
        let mut whole = (Rect::new(reach.min() - grow, reach.max() + grow), vec![piece]);
        // A piece can bring clusters together that were apart.
        let touches = |cluster: &(Rect<f64>, Vec<Piece>), reach: Rect<f64>| {
            cluster.0.intersects(&reach)
                && cluster
                    .1
                    .iter()
                    .any(|piece| piece.line.bounding_rect().is_some_and(|rect| rect.intersects(&whole.0)))
        };
        let (mut near, apart): (Vec<_>, Vec<_>) = clusters.into_iter().partition(|cluster| touches(cluster, reach));
        clusters = apart;
        for cluster in &mut near {
            whole.0 = around(whole.0, cluster.0);
        }
        let mut all: Vec<Piece> = near.into_iter().flat_map(|cluster| cluster.1).collect();
        all.append(&mut whole.1);
        clusters.push((whole.0, all));
    }
    clusters.into_iter().map(|cluster| cluster.1).collect()
}

/// The point on the pieces that is nearest to their middle, by length.
fn middle(pieces: &[Piece]) -> Option<Coord<f64>> {
    let mut sum = Coord { x: 0.0, y: 0.0 };
    let mut length = 0.0;
    for edge in pieces.iter().flat_map(|piece| piece.line.lines()) {
        let weight = metres(edge.start, edge.end);
        sum = sum + (edge.start + edge.end) * (weight / 2.0);
        length += weight;
    }
    let first = pieces.first()?.line.0.first().copied()?;
    if length == 0.0 {
        return Some(first);
    }
    let centre = sum / length;
    let nearest = pieces.iter().map(|piece| nearest_on(std::slice::from_ref(&piece.line), centre));
    nearest.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(at, _)| at)
}

/// What has been indexed of an archive so far.
#[derive(Default)]
pub(super) struct NameCache {
    whole: Mutex<Option<Arc<Names>>>,
    parts: Mutex<VecDeque<(Tiles, Arc<Names>)>>,
}

impl Archive {
    /// The names of the archive, or, if it is too large to index whole, of the part around a box.
    ///
    /// The first time takes up to seconds and must not be waited for on a thread that serves others. A large archive
    /// without a box, or with one of more than `MOST_TILES_OF_PART` tiles, is an error that names `bbox`.
    pub fn names(&self, bbox: Option<Rect<f64>>) -> Result<Arc<Names>> {
        let zoom = NAME_ZOOM.min(self.max_zoom);
        let whole = Tiles::over(self.bounds, zoom);
        if whole.count() <= MOST_TILES {
            // Held while the index is built, so that it is built once.
            let mut held = self.names.whole.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(names) = &*held {
                return Ok(Arc::clone(names));
            }
            let names = self.index(zoom, whole)?;
            *held = Some(Arc::clone(&names));
            return Ok(names);
        }
        let bbox = bbox.ok_or_else(|| Error::bad_request("bbox", "this archive is large: ask for a box"))?;
        let part = blocks(Tiles::over(bbox, zoom), zoom);
        if part.count() > MOST_TILES_OF_PART {
            return Err(Error::bad_request("bbox", "is too large to search in at once"));
        }
        let mut parts = self.names.parts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, names)) = parts.iter().find(|(tiles, _)| *tiles == part) {
            return Ok(Arc::clone(names));
        }
        let names = self.index(zoom, part)?;
        parts.push_front((part, Arc::clone(&names)));
        parts.truncate(PARTS_KEPT);
        Ok(names)
    }

    fn index(&self, zoom: u8, tiles: Tiles) -> Result<Arc<Names>> {
        let mut all = Vec::new();
        for (x, y) in tiles.each() {
            if let Some(tile) = self.tile(zoom, x, y)? {
                all.extend(pieces(&tile, self.schema, (zoom, x, y)));
            }
        }
        Ok(Arc::new(Names::new(all)))
    }
}

/// The whole blocks of tiles around some, so that boxes that differ little share an index.
fn blocks(tiles: Tiles, zoom: u8) -> Tiles {
    let last = (1_u32 << zoom) - 1;
    let first = |tile: u32| tile / BLOCK * BLOCK;
    let end = |tile: u32| (first(tile) + BLOCK - 1).min(last);
    Tiles { west: first(tiles.west), east: end(tiles.east), north: first(tiles.north), south: end(tiles.south) }
}
