//! Local maxima of a field and the ground that belongs to each.
//!
//! The field is flooded from above (union-find over cells in falling order). Where two floods meet, at a saddle, the
//! lower peak is one of its own if it stands out from the saddle by a fifth of its height and by at least one person;
//! otherwise it is part of the higher one's place.

use super::PEAK_PART;
use super::grid::Grid;

/// How far a peak must stand out from the saddle to a higher one, in people, to be a place of its own.
pub(super) const PROMINENCE_PEOPLE: f64 = 1.0;
/// The same as a part of its height: below, a dip between two peaks says nothing at the size of a workshop.
pub(super) const PROMINENCE_PART: f64 = 0.2;

/// A field in people, by cell, where a gate below zero shuts a cell out.
pub(super) struct Field<'a> {
    pub grid: &'a Grid,
    pub people: &'a [f64],
    pub gate: &'a [f64],
    /// The lowest contour there may be, in people.
    pub least: f64,
}

/// The ground of a peak that joined no other.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Basin {
    /// Height of its highest cell, in people.
    pub height: f64,
    /// The contour of its hotspot: half its height, or the least.
    pub level: f64,
    /// Basins of one group are one place; between groups lies a saddle that counts.
    pub group: usize,
}

/// Which basin each cell belongs to, down to half the least contour.
pub(super) struct Grounds {
    pub basins: Vec<Basin>,
    pub of_cell: Vec<u32>,
}

/// The mark of a cell that belongs to no basin.
pub(super) const NOBODY: u32 = u32::MAX;

impl Grounds {
    /// Divides the field among its peaks that reach the least contour.
    pub fn of(field: &Field) -> Self {
        let mut flood = Flood { basins: Vec::new(), parent: Vec::new(), place: Vec::new(), level: Vec::new() };
        let mut of_cell = vec![NOBODY; field.grid.len()];
        for cell in falling(field) {
            let here = field.people[cell];
            let mut around: Vec<u32> =
                neighbours(field.grid, cell).map(|n| of_cell[n]).filter(|b| *b != NOBODY).collect();
            // The steepest way up decides whose ground it is.
            let up = neighbours(field.grid, cell)
                .filter(|n| of_cell[*n] != NOBODY)
                .max_by(|a, b| field.people[*a].total_cmp(&field.people[*b]).then(b.cmp(a)));
            of_cell[cell] = match up {
                Some(up) => of_cell[up],
                None => flood.peak(here, field.least),
            };
            around.sort_unstable();
            around.dedup();
            for pair in around.windows(2) {
                flood.meet(pair[0], pair[1], here);
            }
        }
        flood.finish(of_cell, field.least)
    }
}

/// Cells that count, from the highest down to half the least contour.
fn falling(field: &Field) -> Vec<usize> {
    let floor = PEAK_PART * field.least;
    let mut cells: Vec<usize> =
        (0..field.grid.len()).filter(|c| field.people[*c] >= floor && field.gate[*c] >= 0.0).collect();
    cells.sort_by(|a, b| field.people[*b].total_cmp(&field.people[*a]).then(a.cmp(b)));
    cells
}

/// The up to eight cells around a cell.
pub(super) fn neighbours(grid: &Grid, cell: usize) -> impl Iterator<Item = usize> + use<> {
    let (row, col, rows, cols) = (cell / grid.cols, cell % grid.cols, grid.rows, grid.cols);
    (row.saturating_sub(1)..(row + 2).min(rows))
        .flat_map(move |r| (col.saturating_sub(1)..(col + 2).min(cols)).map(move |c| r * cols + c))
        .filter(move |n| *n != cell)
}

/// Floods that grow and meet. Every peak starts one; `parent` joins floods that have met, whatever they are to each
/// other, `place` those that are one place, `level` those where the lower one is a shoulder of the higher.
struct Flood {
    basins: Vec<Basin>,
    parent: Vec<usize>,
    place: Vec<usize>,
    level: Vec<usize>,
}

impl Flood {
    fn peak(&mut self, height: f64, least: f64) -> u32 {
        let number = self.basins.len();
        self.basins.push(Basin { height, level: least.max(PEAK_PART * height), group: number });
        for joined in [&mut self.parent, &mut self.place, &mut self.level] {
            joined.push(number);
        }
        u32::try_from(number).unwrap_or(NOBODY)
    }

    /// Two basins meet at a saddle. The root of a flood is its highest peak; the lower flood's peak joins the basin on
    /// the other side of the saddle, which need not be the higher flood's highest.
    fn meet(&mut self, a: u32, b: u32, saddle: f64) {
        let (a, b) = (a as usize, b as usize);
        let (a_top, b_top) = (root(&mut self.parent, a), root(&mut self.parent, b));
        if a_top == b_top {
            return;
        }
        let (low, high, beyond) = if a_top < b_top { (b_top, a_top, a) } else { (a_top, b_top, b) };
        self.parent[low] = high;
        let lower = &self.basins[low];
        if lower.height - saddle >= PROMINENCE_PEOPLE.max(PROMINENCE_PART * lower.height) {
            return;
        }
        let is_shoulder = saddle >= lower.level;
        join(&mut self.place, low, beyond);
        if is_shoulder {
            join(&mut self.level, low, beyond);
        }
    }

    /// Gives shoulders to their peaks and forgets what never reaches the least contour.
    fn finish(mut self, mut of_cell: Vec<u32>, least: f64) -> Grounds {
        let mut number = Vec::with_capacity(self.basins.len());
        let mut basins = Vec::new();
        for (b, basin) in self.basins.iter().enumerate() {
            let is_place = root(&mut self.level, b) == b && basin.height >= least;
            number.push(if is_place { u32::try_from(basins.len()).unwrap_or(NOBODY) } else { NOBODY });
            if is_place {
                basins.push(Basin { group: root(&mut self.place, b), ..basin.clone() });
            }
        }
        for basin in of_cell.iter_mut().filter(|b| **b != NOBODY) {
            *basin = number[root(&mut self.level, *basin as usize)];
        }
        Grounds { basins, of_cell }
    }
}

fn root(joined: &mut [usize], mut at: usize) -> usize {
    while joined[at] != at {
        joined[at] = joined[joined[at]];
        at = joined[at];
    }
    at
}

fn join(joined: &mut [usize], low: usize, high: usize) {
    let (low, high) = (root(joined, low), root(joined, high));
    // Peaks are numbered from the highest down, so that the highest stays the root.
    joined[low.max(high)] = low.min(high);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(people: &[f64]) -> Grounds {
        let grid = Grid { west: 0.0, north: 25.0, cols: people.len(), rows: 1, cell_m: 25.0 };
        Grounds::of(&Field { grid: &grid, people, gate: &vec![0.0; people.len()], least: 5.0 })
    }

    fn groups(grounds: &Grounds) -> usize {
        let mut groups: Vec<usize> = grounds.basins.iter().map(|b| b.group).collect();
        groups.sort_unstable();
        groups.dedup();
        groups.len()
    }

    #[test]
    fn a_deep_saddle_makes_two_places_and_a_shallow_one_does_not() {
        let two = row(&[3.0, 10.0, 6.0, 9.0, 3.0]);
        assert_eq!((two.basins.len(), groups(&two)), (2, 2));
        assert_eq!(two.of_cell, [0, 0, 0, 1, 1]);
        let one = row(&[3.0, 10.0, 8.0, 9.0, 3.0]);
        assert_eq!((one.basins.len(), groups(&one)), (1, 1));
        assert_eq!(one.of_cell, [0; 5]);
    }

    #[test]
    fn a_level_is_half_the_peak_but_never_under_the_least() {
        let grounds = row(&[16.0, 2.0, 7.0]);
        let levels: Vec<f64> = grounds.basins.iter().map(|b| b.level).collect();
        assert_eq!(levels, [8.0, 5.0]);
    }

    #[test]
    fn a_dip_just_under_the_contour_keeps_one_place_of_two_parts() {
        let grounds = row(&[5.4, 4.8, 5.3]);
        assert_eq!((grounds.basins.len(), groups(&grounds)), (2, 1));
    }

    #[test]
    fn a_shoulder_belongs_to_its_peak_and_a_bump_below_the_least_to_nobody() {
        let grounds = row(&[20.0, 12.0, 6.0, 6.2, 2.0, 2.4, 4.0, 2.6]);
        assert_eq!(grounds.basins.len(), 1);
        assert_eq!(grounds.of_cell, [0, 0, 0, 0, NOBODY, NOBODY, NOBODY, NOBODY]);
    }

    #[test]
    fn a_shoulder_belongs_to_the_peak_it_leans_on() {
        let grounds = row(&[20.0, 9.0, 15.0, 9.0, 9.1]);
        assert_eq!(grounds.of_cell, [0, 0, 1, 1, 1]);
    }

    #[test]
    fn three_peaks_that_meet_in_one_cell_are_told_apart() {
        let grounds = row(&[9.0, 4.0, 12.0, 5.0, 11.9, 11.8, 12.5]);
        assert_eq!(groups(&grounds), 3);
    }

    #[test]
    fn what_the_gate_shuts_out_is_nobodys() {
        let grid = Grid { west: 0.0, north: 25.0, cols: 3, rows: 1, cell_m: 25.0 };
        let grounds =
            Grounds::of(&Field { grid: &grid, people: &[6.0, 9.0, 6.0], gate: &[0.0, -1.0, 0.0], least: 5.0 });
        assert_eq!(grounds.of_cell[1], NOBODY);
        assert_eq!(groups(&grounds), 2);
    }
}
