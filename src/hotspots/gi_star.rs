//! Gi*: which hexagons lie among others that stand out the same way, and how many of them may be chance.
//!
//! `z_i = (Σ_j w_ij x_j − x̄ W_i) / (S √((n Σ_j w_ij² − W_i²) / (n − 1)))` with `S² = Σ x² / n − x̄²`, `W_i = Σ_j w_ij`, the
//! weight 1 for a hexagon and its neighbours and 0 for all others (Ord and Getis, *Local spatial autocorrelation
//! statistics*, Geographical Analysis 27, 1995). Many hexagons are tested at once: Benjamini and Hochberg's q-values
//! (*Controlling the false discovery rate*, J. Royal Statistical Society B 57, 1995) bound the share of false ones.

use h3o::CellIndex;

/// Below this part of its mean square a variance is rounding, not difference.
const ROUNDING: f64 = 1e-14;

/// Which hexagons of a list touch each other; every one is its own neighbour too.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Neighbours {
    /// Where the neighbours of each begin, and the end.
    starts: Vec<u32>,
    all: Vec<u32>,
}

impl Neighbours {
    /// Finds the neighbours among cells of one resolution, which are sorted and distinct.
    #[must_use]
    pub fn among(cells: &[CellIndex]) -> Self {
        let mut all = Vec::with_capacity(cells.len() * 7);
        let mut starts = Vec::with_capacity(cells.len() + 1);
        starts.push(0);
        for cell in cells {
            let from = all.len();
            let mut add =
                |near: CellIndex| all.extend(cells.binary_search(&near).ok().and_then(|at| u32::try_from(at).ok()));
            if cell.grid_disk_fast(1).all(|near| near.map(&mut add).is_some()) {
                starts.push(end(all.len()));
                continue;
            }
            // Near one of the twelve pentagons of the globe.
            all.truncate(from);
            all.extend(cell.grid_disk_safe(1).filter_map(|near| u32::try_from(cells.binary_search(&near).ok()?).ok()));
            starts.push(end(all.len()));
        }
        Self { starts, all }
    }

    /// How many hexagons there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The places in the list of the neighbours of one, with its own.
    #[must_use]
    pub fn of(&self, at: usize) -> &[u32] {
        &self.all[self.starts[at] as usize..self.starts[at + 1] as usize]
    }
}

fn end(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// The standard score of each value with its neighbours, Gi*. Zero where nothing can be told: all values are the same,
/// or a hexagon has no other than neighbours.
#[must_use]
pub fn scores(values: &[f64], neighbours: &Neighbours) -> Vec<f64> {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n.max(1.0);
    let square = values.iter().map(|x| x * x).sum::<f64>() / n.max(1.0);
    let variance = square - mean * mean;
    if variance.is_nan() || variance <= ROUNDING * square {
        return vec![0.0; values.len()];
    }
    let score = |at: usize| {
        let near = neighbours.of(at);
        let (sum, weight) = (near.iter().map(|near| values[*near as usize]).sum::<f64>(), near.len() as f64);
        let spread = (n * weight - weight * weight) / (n - 1.0);
        if spread > 0.0 { (sum - mean * weight) / (variance * spread).sqrt() } else { 0.0 }
    };
    (0..values.len()).map(score).collect()
}

/// The chance of a standard score at least as far from zero, on either side: `2 Φ(−|z|)`.
#[must_use]
pub fn two_sided(z: f64) -> f64 {
    libm::erfc(z.abs() / std::f64::consts::SQRT_2)
}

/// The false discovery rate at which each test would just be a discovery: q-values in the order of the chances.
#[must_use]
pub fn false_discovery(chances: &[f64]) -> Vec<f64> {
    let mut order: Vec<(f64, u32)> = chances.iter().copied().zip(0..).collect();
    order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut rates = vec![1.0; chances.len()];
    let mut least = 1.0_f64;
    for (rank, (chance, at)) in order.iter().enumerate().rev() {
        least = least.min(chance * chances.len() as f64 / (rank + 1) as f64);
        rates[*at as usize] = least;
    }
    rates
}

#[cfg(test)]
mod tests;
