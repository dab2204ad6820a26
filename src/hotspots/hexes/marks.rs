//! Which hexagons stand out.

use h3o::CellIndex;

use super::{Hex, Hexes, cell_at, cell_of};
use crate::geometry::Plane;
use crate::hotspots::gi_star::{Neighbours, false_discovery, scores, two_sided};
use crate::hotspots::grid::Grid;
use crate::hotspots::significance::Cell;

/// A hexagon stands out where the false discovery rate is below this.
pub const FALSE_DISCOVERIES: f64 = 0.05;
/// From so many people on small differences are significant too, and the effect must be worth telling.
pub const MANY_PEOPLE: u32 = 10_000;
/// The share of unsafe must then lie so far from the overall share.
pub const MIN_EFFECT: f64 = 0.10;
/// And so many people must speak in the hexagon.
pub const MIN_EFFECT_PEOPLE: u32 = 30;

/// A hexagon of at least five people, and how it stands among the others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Marked {
    /// The people in it.
    pub hex: Hex,
    /// Gi* of the residual of its share: above zero is more unsafe than the whole.
    pub z: f64,
    /// The false discovery rate at which it would just stand out.
    pub q: f64,
    /// What can be said of it; never too few.
    pub mark: Cell,
}

/// The hexagons that tell something, by number.
#[derive(Debug, Clone, PartialEq)]
pub struct Marks {
    resolution: h3o::Resolution,
    /// In the order of H3's numbers.
    pub told: Vec<Marked>,
}

/// Tests each hexagon of at least five people by Gi* on the standardised residual of its share,
/// `x = (U − N p₀) / √(N p₀ (1 − p₀))`.
///
/// N are its voices, U + S: its people, those who say both twice, so that safe is the mirror image of unsafe. Only told
/// hexagons are neighbours; where everybody says the same nothing stands out.
#[must_use]
pub fn marks(hexes: &Hexes) -> Marks {
    let told: Vec<&Hex> = hexes.hexes.iter().filter(|hex| hex.is_told()).collect();
    let cells: Vec<CellIndex> = told.iter().map(|hex| hex.cell).collect();
    let p0 = hexes.overall_share;
    let residual = |hex: &&Hex| {
        let voices = f64::from(hex.people_unsafe) + f64::from(hex.people_safe);
        let spread = (voices * p0 * (1.0 - p0)).sqrt();
        if spread > 0.0 { (f64::from(hex.people_unsafe) - voices * p0) / spread } else { 0.0 }
    };
    let residuals: Vec<f64> = told.iter().map(residual).collect();
    let z = scores(&residuals, &Neighbours::among(&cells));
    let chances: Vec<f64> = z.iter().map(|z| two_sided(*z)).collect();
    let q = false_discovery(&chances);
    let told = told.into_iter().zip(z).zip(q);
    let told = told.map(|((hex, z), q)| Marked { hex: *hex, z, q, mark: mark(hexes, hex, z, q) });
    Marks { resolution: hexes.resolution, told: told.collect() }
}

fn mark(hexes: &Hexes, hex: &Hex, z: f64, q: f64) -> Cell {
    let effect = (hexes.share(hex) - hexes.overall_share) * z.signum();
    let is_worth = hexes.people < MANY_PEOPLE || effect >= MIN_EFFECT && hex.people >= MIN_EFFECT_PEOPLE;
    match (q < FALSE_DISCOVERIES && is_worth, z > 0.0) {
        (false, _) => Cell::NoClearSignal,
        (true, true) => Cell::Unsafe,
        (true, false) => Cell::Safe,
    }
}

impl Marks {
    /// A hexagon that tells something.
    #[must_use]
    pub fn get(&self, cell: CellIndex) -> Option<&Marked> {
        self.told.get(self.told.binary_search_by_key(&cell, |marked| marked.hex.cell).ok()?)
    }

    /// What can be said of a hexagon.
    #[must_use]
    pub fn of(&self, cell: CellIndex) -> Cell {
        self.get(cell).map_or(Cell::TooFew, |marked| marked.mark)
    }

    /// What can be said where a position in degrees lies.
    #[must_use]
    pub fn at(&self, lon: f64, lat: f64) -> Cell {
        self.of(cell_of(lon, lat, self.resolution))
    }

    /// What can be said at the centre of each cell of a surface.
    #[must_use]
    pub fn on(&self, grid: &Grid, plane: &Plane) -> Vec<Cell> {
        let mark = |cell| {
            let (x, y) = grid.centre(cell);
            self.of(cell_at(plane, x, y, self.resolution))
        };
        (0..grid.len()).map(mark).collect()
    }
}
