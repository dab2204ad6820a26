//! The surface in flat steps, as shapes: for paper, where it is drawn with lines.

use geo::{BooleanOps, MapCoords, MultiPolygon};

use super::contour::Window;
use super::findings::Findings;
use super::grid::Grid;
use super::surface::Surface;
use crate::words;

words! {
    /// Which side of the surface is drawn: both by their share, or one of them.
    pub enum Side { Both = "both", Safe = "safe", Unsafe = "unsafe" }
}

/// So many people make the next step of strength; below the first there is no colour.
pub const STEPS: [f64; 4] = [5.0, 8.0, 11.0, 15.0];
/// Shares of unsafe where one fifth ends and the next begins.
const FIFTHS: [f64; 4] = [0.2, 0.4, 0.6, 0.8];

/// A part of the surface where as many people speak and feel much the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// Where it is, in degrees.
    pub shape: MultiPolygon<f64>,
    /// The step of strength that it adds to those below it, 0 to 3.
    pub step: usize,
    /// The fifth that its share of unsafe lies in, 0 to 4.
    pub fifth: usize,
}

/// The surface within the boundary, each step on the one before it; nothing where it is refused.
#[must_use]
pub fn bands(findings: &Findings, side: Side) -> Vec<Band> {
    let Some(surface) = &findings.surface else { return Vec::new() };
    let fifths = match side {
        Side::Both => fifths(surface),
        Side::Safe => vec![(0, None)],
        Side::Unsafe => vec![(4, None)],
    };
    let people = people(surface, side);
    let mut bands = Vec::new();
    for (step, least) in STEPS.into_iter().enumerate() {
        let strong = above(&surface.grid, &people, least).intersection(&findings.shape);
        for (fifth, shape) in &fifths {
            let shape = shape.as_ref().map_or_else(|| strong.clone(), |fifth| strong.intersection(fifth));
            if !shape.0.is_empty() {
                bands.push(Band { shape: in_degrees(&shape, findings), step, fifth: *fifth });
            }
        }
    }
    bands
}

/// Where within the boundary fewer people speak than the first step asks for, in degrees; none where all is refused.
#[must_use]
pub fn too_few(findings: &Findings, side: Side) -> Option<MultiPolygon<f64>> {
    let surface = findings.surface.as_ref()?;
    let told = above(&surface.grid, &people(surface, side), STEPS[0]);
    Some(in_degrees(&findings.shape.difference(&told), findings))
}

fn people(surface: &Surface, side: Side) -> Vec<f64> {
    match side {
        Side::Safe => surface.people_safe.clone(),
        Side::Unsafe => surface.people_unsafe.clone(),
        Side::Both => surface.people_safe.iter().zip(&surface.people_unsafe).map(|(s, u)| s + u).collect(),
    }
}

/// The ground of each fifth of the share.
fn fifths(surface: &Surface) -> Vec<(usize, Option<MultiPolygon<f64>>)> {
    let shares: Vec<f64> = (0..surface.grid.len()).map(|cell| surface.share(cell)).collect();
    let mut grounds: Vec<MultiPolygon<f64>> =
        FIFTHS.iter().map(|share| above(&surface.grid, &shares, *share)).collect();
    grounds.insert(0, above(&surface.grid, &shares, -1.0));
    let fifth = |at: usize| match grounds.get(at + 1) {
        Some(next) => grounds[at].difference(next),
        None => grounds[at].clone(),
    };
    (0..grounds.len()).map(|at| (at, Some(fifth(at)))).collect()
}

/// Where values reach a level, on the surface's plane.
fn above(grid: &Grid, values: &[f64], level: f64) -> MultiPolygon<f64> {
    let values = values.iter().map(|value| value - level).collect();
    Window { west: grid.x(0), north: grid.y(0), step: grid.cell_m, cols: grid.cols, values }.polygons()
}

fn in_degrees(shape: &MultiPolygon<f64>, findings: &Findings) -> MultiPolygon<f64> {
    shape.map_coords(|at| findings.plane.to_lonlat(at.x, at.y).into())
}
