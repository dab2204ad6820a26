//! Where one can walk in the quarter: its streets and paths, cut where they meet.

use geo::line_intersection::{LineIntersection, line_intersection};
use geo::{Closest, ClosestPoint, Coord, Line, LineString, Point, Vector2DOps};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::quarter::lon_lat;
use super::streets::{Street, streets};
use crate::basemap::paths::{Footing, Paths, Position, WalkWay};

/// An end this close to another street meets it.
const MEET_M: f64 = 12.0;

/// A straight piece of a street: which street, which piece.
type Piece = GeomWithData<Rectangle<[f64; 2]>, (usize, usize)>;

/// The ways one can walk.
pub(super) fn paths() -> Paths {
    let streets = streets();
    let pieces = RTree::bulk_load(streets.iter().enumerate().flat_map(|(at, street)| pieces_of(at, street)).collect());
    let mut cuts: Vec<Vec<(usize, Coord)>> = vec![Vec::new(); streets.len()];
    let mut ends: Vec<[Option<Coord>; 2]> = vec![[None; 2]; streets.len()];
    for (own, street) in streets.iter().enumerate() {
        for (piece, line) in street.line.lines().enumerate() {
            for (other, crossed) in near(&pieces, line, 0.0).filter(|(other, _)| *other > own) {
                // One leads over the other.
                if streets[other].tunnel != street.tunnel {
                    continue;
                }
                let there = piece_of(&streets[other].line, crossed);
                if let Some(LineIntersection::SinglePoint { intersection, .. }) = line_intersection(line, there) {
                    cuts[own].push((piece, intersection));
                    cuts[other].push((crossed, intersection));
                }
            }
        }
        let points = &street.line.0;
        for (side, end) in [(0, points[0]), (1, points[points.len() - 1])] {
            let around = Line::new(end, end);
            let meeting =
                near(&pieces, around, MEET_M).filter(|(other, _)| *other != own).filter_map(|(other, piece)| {
                    match piece_of(&streets[other].line, piece).closest_point(&Point(end)) {
                        Closest::SinglePoint(at) | Closest::Intersection(at) => {
                            Some(((at.0 - end).magnitude(), other, piece, at.0)).filter(|(away, ..)| *away <= MEET_M)
                        }
                        Closest::Indeterminate => None,
                    }
                });
            if let Some((_, other, piece, at)) = meeting.min_by(|a, b| a.0.total_cmp(&b.0)) {
                cuts[other].push((piece, at));
                ends[own][side] = Some(at);
            }
        }
    }
    let ways = streets.iter().zip(cuts).zip(ends);
    Paths { ways: ways.map(|((street, cuts), ends)| way(street, cuts, ends)).collect(), crossings: Vec::new() }
}

fn pieces_of(at: usize, street: &Street) -> impl Iterator<Item = Piece> {
    street.line.lines().enumerate().map(move |(piece, line)| {
        GeomWithData::new(Rectangle::from_corners(line.start.into(), line.end.into()), (at, piece))
    })
}

/// The pieces whose boxes come so near to a line.
fn near(pieces: &RTree<Piece>, line: Line, by: f64) -> impl Iterator<Item = (usize, usize)> {
    let low = [line.start.x.min(line.end.x) - by, line.start.y.min(line.end.y) - by];
    let high = [line.start.x.max(line.end.x) + by, line.start.y.max(line.end.y) + by];
    pieces.locate_in_envelope_intersecting(AABB::from_corners(low, high)).map(|found| found.data)
}

fn piece_of(line: &LineString, piece: usize) -> Line {
    Line::new(line.0[piece], line.0[piece + 1])
}

/// A street with a corner where it was cut.
fn way(street: &Street, mut cuts: Vec<(usize, Coord)>, ends: [Option<Coord>; 2]) -> WalkWay {
    let points = &street.line.0;
    let along = |(piece, at): &(usize, Coord)| (*piece, (*at - points[*piece]).magnitude());
    cuts.sort_by(|a, b| along(a).0.cmp(&along(b).0).then(along(a).1.total_cmp(&along(b).1)));
    let mut cuts = cuts.into_iter().peekable();
    let mut line: Vec<Coord> = ends[0].into_iter().collect();
    for (piece, point) in points.iter().enumerate() {
        line.push(*point);
        while let Some((_, at)) = cuts.next_if(|(cut, _)| *cut == piece) {
            line.push(at);
        }
    }
    line.extend(ends[1]);
    let mut line: Vec<Position> = line.into_iter().map(position).collect();
    line.dedup();
    WalkWay { footing: Footing { steps: street.class == "steps", rough: false }, line }
}

#[expect(clippy::cast_possible_truncation, reason = "degrees of the demo")]
fn position(at: Coord) -> Position {
    let degrees = lon_lat(at);
    [degrees.x, degrees.y].map(|degrees| (degrees * 1e7).round() as i32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{HashMap, HashSet};

    /// Whatever is walked along is reached from the middle of the quarter.
    #[test]
    fn the_quarter_hangs_together() {
        let paths = paths();
        let mut next: HashMap<Position, Vec<Position>> = HashMap::new();
        for way in &paths.ways {
            for pair in way.line.windows(2) {
                next.entry(pair[0]).or_default().push(pair[1]);
                next.entry(pair[1]).or_default().push(pair[0]);
            }
        }
        let mut seen: HashSet<Position> = HashSet::new();
        let mut left = vec![paths.ways[0].line[0]];
        while let Some(at) = left.pop() {
            if seen.insert(at) {
                left.extend(&next[&at]);
            }
        }
        let share = seen.len() as f64 / next.len() as f64;
        assert!(share > 0.97, "{share}");
        assert!(paths.ways.iter().any(|way| way.footing.steps));
    }
}
