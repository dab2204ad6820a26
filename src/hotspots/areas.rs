//! Hotspots: the areas where people feel unsafe, where they feel safe, and where they differ.
//!
//! A safe or unsafe area is the contour of its people surface at half of the local peak, never below five people, and
//! never where fewer than five distinct people spoke within 1.5 sigma. A contested area is the same contour of the
//! smaller of the two surfaces, never below three people, where the share of unsafe lies between a third and two thirds;
//! and as many people as its peak says must speak from within it on each side, for otherwise it is only the slope between
//! a safe place and an unsafe one. No hotspot has fewer than five people in it.
//!
//! One spot has one hotspot. A contested area takes the place of the safe and unsafe areas that it covers by half or
//! more, unless people agree at their peak. Those and the others stand, and it gives way to them (and goes where they
//! cover half or more of it). Where a safe and an
//! unsafe area overlap, the one with the higher peak keeps the ground.

use geo::{
    Area, BooleanOps, Centroid, Contains, Coord, Distance, Euclidean, InteriorPoint, MapCoords, MultiPolygon, Point,
};

use super::grid::{Grid, bounds};
use super::outline::{Outline, outlines, parts};
use super::peaks::Field;
use super::surface::Surface;
use super::{CONTESTED_SHARE, Hotspot, Kind, MIN_CONTESTED, MIN_PEOPLE, MIN_TOLD, Spot};
use crate::geometry::{Plane, round7, sound};
use crate::neighbourhoods::themes::Theme;
use crate::pins::When;

/// Finds the hotspots of a surface inside a boundary on the same plane, the one with the most people first.
///
/// `surface` must be that of `spots`; their people are counted anew in each area, grown by half a sigma.
#[must_use]
pub fn find(surface: &Surface, spots: &[Spot], boundary: &MultiPolygon<f64>, plane: &Plane) -> Vec<Hotspot> {
    let mut hotspots: Vec<Hotspot> = shapes(surface, spots, boundary)
        .into_iter()
        .filter_map(|(kind, shape)| describe(kind, &shape, surface, spots, plane))
        .collect();
    hotspots.retain(|h| h.people >= MIN_PEOPLE);
    let first = |h: &Hotspot| (h.people, h.pins);
    hotspots.sort_by(|a, b| first(b).cmp(&first(a)).then(b.area_m2.total_cmp(&a.area_m2)));
    hotspots
}

/// Says what each area is and makes them lie side by side, in metres.
fn shapes(surface: &Surface, spots: &[Spot], boundary: &MultiPolygon<f64>) -> Vec<(Kind, MultiPolygon<f64>)> {
    let near = |cell: usize| f64::from(surface.people_near[cell]) - f64::from(MIN_PEOPLE) + 0.5;
    let cells = 0..surface.grid.len();
    let draw = |people: &[f64], gate: &[f64], least: f64| {
        outlines(&Field { grid: &surface.grid, people, gate, least }, boundary)
    };
    let gate: Vec<f64> = cells.clone().map(near).collect();
    let least = f64::from(MIN_PEOPLE);
    let mut sided = Vec::new();
    for (kind, people) in [(Kind::Unsafe, &surface.people_unsafe), (Kind::Safe, &surface.people_safe)] {
        sided.extend(draw(people, &gate, least).into_iter().map(|outline| (kind, outline)));
    }
    let smaller: Vec<f64> = surface.people_unsafe.iter().zip(&surface.people_safe).map(|(u, s)| u.min(*s)).collect();
    let gate: Vec<f64> = cells.map(|cell| near(cell).min(differing(surface.share(cell)))).collect();
    let mut contested = draw(&smaller, &gate, MIN_CONTESTED);
    contested.retain(|outline| {
        let here = spots_in(&outline.shape, spots, surface.sigma_m / 2.0);
        let speak = |says: fn(&Spot) -> bool| f64::from(people(&here, says)) >= outline.height;
        speak(Spot::says_unsafe) && speak(Spot::says_safe)
    });
    side_by_side(sided, contested, surface)
}

/// Zero or more where the share lies between a third and two thirds; one at a step of about a tenth, so that the line
/// runs as evenly as on the surfaces.
fn differing(share: f64) -> f64 {
    (share - CONTESTED_SHARE).min(1.0 - CONTESTED_SHARE - share) * 10.0
}

fn side_by_side(
    mut sided: Vec<(Kind, Outline)>,
    contested: Vec<Outline>,
    surface: &Surface,
) -> Vec<(Kind, MultiPolygon<f64>)> {
    sided.retain(|(_, side)| {
        let covered = contested.iter().map(|c| shared_m2(&c.shape, &side.shape)).sum();
        !is_half(covered, &side.shape) || differing(surface.share(side.peak)) < 0.0
    });
    sided.sort_by(|(_, a), (_, b)| b.height.total_cmp(&a.height));
    let contested = contested.into_iter().map(|outline| (Kind::Contested, outline));
    let mut kept: Vec<(Kind, MultiPolygon<f64>)> = Vec::new();
    for (kind, outline) in sided.into_iter().chain(contested) {
        if let Some(shape) = beside(outline.shape, &kept) {
            kept.push((kind, shape));
        }
    }
    kept
}

/// What is left of a shape beside those that stand already; nothing where they cover half of it.
fn beside(shape: MultiPolygon<f64>, kept: &[(Kind, MultiPolygon<f64>)]) -> Option<MultiPolygon<f64>> {
    let over: Vec<&MultiPolygon<f64>> = kept.iter().map(|(_, k)| k).filter(|k| shared_m2(k, &shape) > 0.0).collect();
    if is_half(over.iter().map(|k| shared_m2(k, &shape)).sum(), &shape) {
        return None;
    }
    let left = over.into_iter().fold(shape, |left, k| left.difference(k));
    let left = parts(left);
    (!left.is_empty()).then(|| MultiPolygon::new(left))
}

fn is_half(shared_m2: f64, shape: &MultiPolygon<f64>) -> bool {
    shared_m2 >= 0.5 * shape.unsigned_area()
}

fn shared_m2(a: &MultiPolygon<f64>, b: &MultiPolygon<f64>) -> f64 {
    let (Some(p), Some(q)) = (bounds(a), bounds(b)) else { return 0.0 };
    if p[0] > q[2] || q[0] > p[2] || p[1] > q[3] || q[1] > p[3] {
        return 0.0;
    }
    a.intersection(b).unsigned_area()
}

/// Counts who speaks in an area; none where rounding leaves nothing of it.
fn describe(
    kind: Kind,
    shape: &MultiPolygon<f64>,
    surface: &Surface,
    spots: &[Spot],
    plane: &Plane,
) -> Option<Hotspot> {
    let here = spots_in(shape, spots, surface.sigma_m / 2.0);
    let speaks: fn(&Spot) -> bool = match kind {
        Kind::Unsafe => Spot::says_unsafe,
        Kind::Safe => Spot::says_safe,
        Kind::Contested => |_| true,
    };
    let told = |has: &dyn Fn(&Spot) -> bool| people(&here, |s| speaks(s) && has(s));
    let themes = Theme::ALL.iter().map(|theme| (*theme, told(&|s| s.has_theme(*theme))));
    let when = When::ALL.iter().map(|when| (*when, told(&|s| s.has_when(*when))));
    let centre = centre(shape)?;
    let (lon, lat) = plane.to_lonlat(centre.x(), centre.y());
    Some(Hotspot {
        kind,
        shape: in_degrees(shape, plane)?,
        ground: shape.clone(),
        people_unsafe: people(&here, Spot::says_unsafe),
        people_safe: people(&here, Spot::says_safe),
        people: people(&here, |_| true),
        pins: u32::try_from(here.iter().filter(|spot| !spot.agreed).count()).unwrap_or(u32::MAX),
        share_unsafe: share_in(shape, surface, centre),
        area_m2: shape.unsigned_area(),
        centre: (round7(lon), round7(lat)),
        themes: most_first(themes),
        when: most_first(when),
        explanation: None,
    })
}

fn most_first<T>(told: impl Iterator<Item = (T, u32)>) -> Vec<(T, u32)> {
    let mut told: Vec<(T, u32)> = told.filter(|(_, people)| *people >= MIN_TOLD).collect();
    told.sort_by_key(|(_, people)| std::cmp::Reverse(*people));
    told
}

/// The own pins in a shape or within some metres of it; of a line or area its nearest part.
pub(super) fn spots_in<'a>(shape: &MultiPolygon<f64>, spots: &'a [Spot], within_m: f64) -> Vec<&'a Spot> {
    let Some([west, south, east, north]) = bounds(shape) else { return Vec::new() };
    let boxed = |s: &&Spot| {
        let [w, s, e, n] = s.bounds();
        w <= east + within_m && e >= west - within_m && s <= north + within_m && n >= south - within_m
    };
    let distance_m = |s: &Spot| match &s.footprint {
        None => Euclidean.distance(&Point::new(s.x, s.y), shape),
        Some(footprint) => footprint.distance_to_m(shape),
    };
    spots.iter().filter(|s| s.is_own()).filter(boxed).filter(|s| distance_m(s) <= within_m).collect()
}

pub(super) fn people(spots: &[&Spot], says: impl Fn(&Spot) -> bool) -> u32 {
    let mut people: Vec<u32> = spots.iter().filter(|s| says(s)).map(|s| s.participant).collect();
    people.sort_unstable();
    people.dedup();
    u32::try_from(people.len()).unwrap_or(u32::MAX)
}

/// The mean share of unsafe over the cells of a shape, or that of the cell at its centre where it holds no other.
pub(super) fn share_in(shape: &MultiPolygon<f64>, surface: &Surface, centre: Point<f64>) -> f64 {
    let at = |x: f64, y: f64| {
        let half = surface.grid.cell_m / 2.0;
        let (cols, rows) =
            (surface.grid.cols_between(x - half, x + half), surface.grid.rows_between(y - half, y + half));
        surface.share(rows.start.min(surface.grid.rows - 1) * surface.grid.cols + cols.start.min(surface.grid.cols - 1))
    };
    let Some(bounds) = bounds(shape) else { return surface.overall_share };
    let window = Grid::with_cell(bounds, surface.grid.cell_m);
    let inside = window.inside(shape);
    let shares: Vec<f64> =
        (0..window.len()).filter(|cell| inside[*cell]).map(|cell| window.centre(cell)).map(|(x, y)| at(x, y)).collect();
    if shares.is_empty() { at(centre.x(), centre.y()) } else { shares.iter().sum::<f64>() / shares.len() as f64 }
}

/// A point inside a shape: its centre of gravity, or a point well inside its largest part where that lies outside.
pub(super) fn centre(shape: &MultiPolygon<f64>) -> Option<Point<f64>> {
    let largest = shape.iter().max_by(|a, b| a.unsigned_area().total_cmp(&b.unsigned_area()))?;
    shape.centroid().filter(|c| shape.contains(c)).or_else(|| largest.interior_point())
}

pub(super) fn in_degrees(shape: &MultiPolygon<f64>, plane: &Plane) -> Option<MultiPolygon<f64>> {
    sound(&shape.map_coords(|c| Coord::from(plane.to_lonlat(c.x, c.y))))
}

#[cfg(test)]
mod tests;
