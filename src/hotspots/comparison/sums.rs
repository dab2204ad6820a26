//! The largest difference of every deal, a few cells at a time.

use super::super::blocks::{LANES, Lane};
use super::super::participants::kernel;
use super::super::surface::Surface;
use super::super::{NEAR_SIGMAS, SHRINK_PEOPLE};
use super::MIN_NEAR;
use super::deal::{Deal, Set};

/// What is said at each cell: how many say unsafe, how many safe, and how many speak near it.
#[derive(Clone, Copy)]
struct Said([Lane; 3]);

const NOTHING: Said = Said([[0.0; LANES]; 3]);

impl Said {
    #[expect(clippy::cast_possible_truncation, reason = "single precision is enough here")]
    fn of(surface: &Surface, set: &Set, cells: &[usize]) -> Self {
        let mut said = NOTHING;
        let Self([says_unsafe, says_safe, near]) = &mut said;
        // As strong as at 1.5 sigma, or stronger; less by what rounding takes.
        let speaks_near = (-0.5 * NEAR_SIGMAS * NEAR_SIGMAS).exp() - 1e-9;
        for (lane, cell) in cells.iter().enumerate() {
            let (x, y) = surface.grid.centre(*cell);
            for pin in set {
                let speaks = kernel(pin, x, y, surface.sigma_m);
                if pin.says_unsafe() {
                    says_unsafe[lane] = says_unsafe[lane].max(speaks as f32);
                }
                if pin.says_safe() {
                    says_safe[lane] = says_safe[lane].max(speaks as f32);
                }
                if speaks >= speaks_near {
                    near[lane] = 1.0;
                }
            }
        }
        said
    }

    fn add(&mut self, more: &Self) {
        for (sums, more) in self.0.iter_mut().zip(&more.0) {
            for (sum, more) in sums.iter_mut().zip(more) {
                *sum += more;
            }
        }
    }
}

/// The largest difference that each deal reaches anywhere.
pub(super) struct Bench {
    pub largest: Vec<f32>,
}

impl Bench {
    /// Room for so many deals and what was said.
    pub fn new(deals: usize) -> Self {
        Self { largest: vec![0.0; deals + 1] }
    }

    /// Takes in a block of cells.
    #[expect(clippy::cast_possible_truncation, reason = "single precision is enough here")]
    pub fn take(&mut self, surface: &Surface, deal: &Deal, cells: &[usize]) {
        let said: Vec<Said> = deal.sets.iter().map(|set| Said::of(surface, set, cells)).collect();
        let is_heard: Vec<bool> = said.iter().map(|one| one.0.iter().flatten().any(|said| *said > 1e-7)).collect();
        let mut all = NOTHING;
        for one in &said {
            all.add(one);
        }
        let (towards, shrink) = ((SHRINK_PEOPLE * surface.overall_share) as f32, SHRINK_PEOPLE as f32);
        for (given, largest) in deal.given.iter().zip(&mut self.largest) {
            let mut this = NOTHING;
            for set in given.iter().filter(|set| is_heard[**set]) {
                this.add(&said[*set]);
            }
            let at = |said: &Said, lane: usize| [said.0[0][lane], said.0[1][lane], said.0[2][lane]];
            for lane in 0..cells.len() {
                let (one, both) = (at(&this, lane), at(&all, lane));
                let other = [both[0] - one[0], both[1] - one[1], both[2] - one[2]];
                if one[2].min(other[2]) >= MIN_NEAR as f32 {
                    let p = |side: [f32; 3]| (side[0] + towards) / (side[0] + side[1] + shrink);
                    let by = (p(one) - p(other)).abs() / (0.25 * (1.0 / one[2] + 1.0 / other[2])).sqrt();
                    *largest = largest.max(by);
                }
            }
        }
    }
}
