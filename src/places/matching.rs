//! Which hotspot is which place, by overlap and distance.
//!
//! A hotspot may be a place where what people feel fits ([`fits`]) and
//!
//! - they share half of the smaller ground, or three tenths of both together, or
//! - their middles lie at most one sigma apart.
//!
//! The pairs that fit are taken one after another: the largest shared part of both grounds first (intersection over
//! union), then the nearest, then the first place and hotspot of their lists; each place and each hotspot is taken once.
//! What is left says more, but only by shared ground, since a neighbour is no part:
//!
//! - a place without a hotspot that shares ground with a taken one is that hotspot too: the places have *merged*;
//! - a hotspot without a place that shares ground with a taken one is a *part* of that place, which has split.

use geo::{Area, BooleanOps, Centroid, MultiPolygon};

use crate::hotspots::{Hotspot, Kind};

/// They share at least this part of the smaller ground.
pub const SHARE_OF_SMALLER: f64 = 0.5;
/// Or at least this part of both grounds together.
pub const SHARE_OF_BOTH: f64 = 0.3;

/// The ground of a place or hotspot, in metres of a plane.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// What people feel there; none where nobody asked.
    pub kind: Option<Kind>,
    /// The ground.
    pub shape: MultiPolygon<f64>,
}

impl Candidate {
    /// A hotspot.
    #[must_use]
    pub fn of(hotspot: &Hotspot) -> Self {
        Self { kind: Some(hotspot.kind), shape: hotspot.ground.clone() }
    }
}

/// What a place is now: indexes into the lists that were compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Match {
    /// The hotspot that it is.
    pub hotspot: Option<usize>,
    /// The other places that are the same hotspot.
    pub together: Vec<usize>,
    /// The hotspots that are parts of it.
    pub parts: Vec<usize>,
}

/// Whether a place of one kind may be a hotspot of another: the same feeling, or people differ in one of them.
#[must_use]
pub fn fits(place: Option<Kind>, hotspot: Option<Kind>) -> bool {
    let (Some(place), Some(hotspot)) = (place, hotspot) else { return true };
    place == hotspot || place == Kind::Contested || hotspot == Kind::Contested
}

/// How much ground two shapes share: the part of the smaller one, and the part of both together.
#[must_use]
pub fn shared(a: &MultiPolygon<f64>, b: &MultiPolygon<f64>) -> (f64, f64) {
    let (Some(p), Some(q)) = (bounds(a), bounds(b)) else { return (0.0, 0.0) };
    if p[0] > q[2] || q[0] > p[2] || p[1] > q[3] || q[1] > p[3] {
        return (0.0, 0.0);
    }
    let (area_a, area_b) = (a.unsigned_area(), b.unsigned_area());
    let both = a.intersection(b).unsigned_area();
    if both <= 0.0 {
        return (0.0, 0.0);
    }
    ((both / area_a.min(area_b)).min(1.0), (both / (area_a + area_b - both)).min(1.0))
}

fn bounds(shape: &MultiPolygon<f64>) -> Option<[f64; 4]> {
    use geo::BoundingRect;
    shape.bounding_rect().map(|rect| [rect.min().x, rect.min().y, rect.max().x, rect.max().y])
}

/// A place and a hotspot that fit each other.
struct Pair {
    place: usize,
    hotspot: usize,
    shared: f64,
    /// Whether the shared ground alone makes them fit.
    overlaps: bool,
    away_m: f64,
}

/// Says of each place which hotspot it is.
#[must_use]
pub fn matches(places: &[Candidate], hotspots: &[Candidate], sigma_m: f64) -> Vec<Match> {
    let mut found = vec![Match::default(); places.len()];
    let mut place_of = vec![None; hotspots.len()];
    let pairs = pairs(places, hotspots, sigma_m);
    for pair in &pairs {
        if found[pair.place].hotspot.is_none() && place_of[pair.hotspot].is_none() {
            found[pair.place].hotspot = Some(pair.hotspot);
            place_of[pair.hotspot] = Some(pair.place);
        }
    }
    let mut members: Vec<Vec<usize>> = place_of.iter().map(|place| place.iter().copied().collect()).collect();
    let mut part_of = vec![None; hotspots.len()];
    for pair in pairs.iter().filter(|pair| pair.overlaps) {
        if found[pair.place].hotspot.is_none() {
            found[pair.place].hotspot = Some(pair.hotspot);
            members[pair.hotspot].push(pair.place);
        }
        if place_of[pair.hotspot].is_none() {
            part_of[pair.hotspot].get_or_insert(pair.place);
        }
    }
    for (hotspot, place) in part_of.into_iter().enumerate() {
        if let Some(place) = place {
            found[place].parts.push(hotspot);
        }
    }
    for members in &mut members {
        members.sort_unstable();
        for place in members.iter() {
            found[*place].together = members.iter().copied().filter(|other| other != place).collect();
        }
    }
    found
}

/// The pairs that fit, the best first.
fn pairs(places: &[Candidate], hotspots: &[Candidate], sigma_m: f64) -> Vec<Pair> {
    let centre = |candidate: &Candidate| candidate.shape.centroid().map(|c| (c.x(), c.y()));
    let centres: Vec<_> = hotspots.iter().map(centre).collect();
    let mut pairs = Vec::new();
    for (p, place) in places.iter().enumerate() {
        let Some(from) = centre(place) else { continue };
        for (h, hotspot) in hotspots.iter().enumerate().filter(|(_, hotspot)| fits(place.kind, hotspot.kind)) {
            let Some(to) = centres[h] else { continue };
            let away_m = (from.0 - to.0).hypot(from.1 - to.1);
            let (of_smaller, of_both) = shared(&place.shape, &hotspot.shape);
            let overlaps = of_smaller >= SHARE_OF_SMALLER || of_both >= SHARE_OF_BOTH;
            if overlaps || away_m <= sigma_m {
                pairs.push(Pair { place: p, hotspot: h, shared: of_both, overlaps, away_m });
            }
        }
    }
    pairs.sort_by(|a, b| {
        let best = b.shared.total_cmp(&a.shared).then(a.away_m.total_cmp(&b.away_m));
        best.then((a.place, a.hotspot).cmp(&(b.place, b.hotspot)))
    });
    pairs
}

/// Says of each hotspot which place it is: of merged ones the best.
#[must_use]
pub fn of_hotspots(places: &[Candidate], hotspots: &[Candidate], sigma_m: f64) -> Vec<Option<usize>> {
    let mut place_of = vec![None; hotspots.len()];
    for pair in pairs(places, hotspots, sigma_m) {
        if place_of[pair.hotspot].is_none() && !place_of.contains(&Some(pair.place)) {
            place_of[pair.hotspot] = Some(pair.place);
        }
    }
    place_of
}

#[cfg(test)]
mod tests;
