//! Which places a walk stops at, so that it shows a neighbourhood and not only its worst spots.
//!
//! Five to eight stops: two safe ones where there are, a contested one, one left for those who walk to choose, and at most
//! three of five where people feel unsafe. Stops lie at least a hundred metres apart. Among places of a kind the one where
//! most people spoke comes first, then whichever lies furthest from what is chosen already: never simply the worst. The same
//! places give the same stops.

use super::StopKind;

/// At most so many stops are proposed.
pub const MOST: usize = 8;
/// At least so many, if there are places enough.
pub const LEAST: usize = 5;
/// So many of them are safe, if there are.
const SAFE: usize = 2;

/// A place that may become a stop.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Its index among the places.
    pub index: usize,
    /// What people feel there; chosen for a spot that people pointed out themselves.
    pub kind: StopKind,
    /// How many people spoke.
    pub people: u32,
    /// Where the stop would be, in metres on a plane.
    pub at: [f64; 2],
}

/// Picks stops from candidates, at most so many; their order says what to leave out first: the last.
#[must_use]
pub fn pick(candidates: &[Candidate], most: usize, spacing_m: f64) -> Vec<usize> {
    let mut picked: Vec<&Candidate> = Vec::new();
    // What every walk has, in turn.
    for kind in [StopKind::Safe, StopKind::Unsafe, StopKind::Contested, StopKind::Chosen, StopKind::Safe] {
        let found = next(candidates, kind, &picked, spacing_m);
        picked.extend(found.filter(|_| picked.len() < most));
    }
    loop {
        let count = |kind| picked.iter().filter(|one| one.kind == kind).count();
        let unsafe_fits = (count(StopKind::Unsafe) + 1) * 5 <= (picked.len() + 1) * 3;
        let kinds = [
            (StopKind::Unsafe, unsafe_fits),
            (StopKind::Contested, true),
            (StopKind::Safe, count(StopKind::Safe) <= SAFE),
            (StopKind::Chosen, true),
        ];
        let mut fitting = kinds.into_iter().filter(|(_, fits)| *fits && picked.len() < most);
        let Some(found) = fitting.find_map(|(kind, _)| next(candidates, kind, &picked, spacing_m)) else { break };
        picked.push(found);
    }
    // Where there is little else, the unsafe ones must still be at most three of five.
    while picked.len() > 1 && picked.iter().filter(|one| one.kind == StopKind::Unsafe).count() * 5 > picked.len() * 3 {
        let Some(last) = picked.iter().rposition(|one| one.kind == StopKind::Unsafe) else { break };
        picked.remove(last);
    }
    picked.into_iter().map(|one| one.index).collect()
}

/// The next one of a kind: the first by people, the others by how far they lie from those that were picked.
fn next<'a>(
    candidates: &'a [Candidate],
    kind: StopKind,
    picked: &[&Candidate],
    spacing_m: f64,
) -> Option<&'a Candidate> {
    let away = |one: &Candidate| {
        let apart = |other: &&Candidate| (one.at[0] - other.at[0]).hypot(one.at[1] - other.at[1]);
        picked.iter().map(apart).min_by(f64::total_cmp).unwrap_or(f64::MAX)
    };
    let is_first = picked.iter().all(|other| other.kind != kind);
    let fits = candidates.iter().filter(|one| one.kind == kind && away(one) >= spacing_m);
    fits.max_by(|a, b| {
        let (by_people, by_distance) = (a.people.cmp(&b.people), away(a).total_cmp(&away(b)));
        let order = if is_first { by_people.then(by_distance) } else { by_distance.then(by_people) };
        order.then(b.index.cmp(&a.index))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn candidates(of: &[(StopKind, u32, [f64; 2])]) -> Vec<Candidate> {
        of.iter().enumerate().map(|(index, &(kind, people, at))| Candidate { index, kind, people, at }).collect()
    }

    #[test]
    fn a_walk_shows_more_than_the_worst() {
        use StopKind::{Contested, Safe, Unsafe};
        let many: Vec<_> = (0..9).map(|n| (Unsafe, 20 - n, [f64::from(n) * 200.0, 0.0])).collect();
        let few = [(Safe, 3, [0.0, 500.0]), (Safe, 4, [900.0, 500.0]), (Contested, 5, [400.0, 900.0])];
        let all = candidates(&[many, few.to_vec()].concat());
        let picked = pick(&all, 7, 100.0);
        assert_eq!(picked.len(), 7);
        let count = |kind| picked.iter().filter(|at| all[**at].kind == kind).count();
        assert_eq!((count(Safe), count(Contested), count(Unsafe)), (2, 1, 4));
        // The first is where most people spoke, the next as far from it as there are.
        assert!(picked.contains(&0) && picked.contains(&8));
    }

    #[test]
    fn with_unsafe_places_alone_one_is_enough() {
        let all = candidates(&[(StopKind::Unsafe, 9, [0.0, 0.0]), (StopKind::Unsafe, 8, [500.0, 0.0])]);
        assert_eq!(pick(&all, 7, 100.0), [0]);
        assert_eq!(pick(&[], 7, 100.0), [0_usize; 0]);
    }

    proptest! {
        #[test]
        fn the_rules_hold_for_any_places(
            of in prop::collection::vec((0..4_usize, 0..30_u32, (0.0..900.0, 0.0..900.0)), 0..40),
        ) {
            let kinds = [StopKind::Safe, StopKind::Unsafe, StopKind::Contested, StopKind::Chosen];
            let of: Vec<_> = of.into_iter().map(|(kind, people, at)| (kinds[kind], people, at.into())).collect();
            let all = candidates(&of);
            let picked = pick(&all, 7, 100.0);
            prop_assert!(picked.len() <= 7);
            for (n, a) in picked.iter().enumerate() {
                for b in &picked[..n] {
                    let [a, b] = [all[*a].at, all[*b].at];
                    prop_assert!((a[0] - b[0]).hypot(a[1] - b[1]) >= 100.0);
                }
            }
            let count = |kind| picked.iter().filter(|at| all[**at].kind == kind).count();
            prop_assert!(picked.len() < 2 || count(StopKind::Unsafe) * 5 <= picked.len() * 3);
            let is_there = |kind| all.iter().any(|one| one.kind == kind);
            prop_assert!(count(StopKind::Safe) > 0 || !is_there(StopKind::Safe));
            prop_assert_eq!(pick(&all, 7, 100.0), picked);
        }
    }
}
