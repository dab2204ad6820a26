//! Puts the ways of a multipolygon together: rings first, then which ring is a hole of which.

use std::collections::BTreeMap;

use geo::{Area, BoundingRect, Contains, InteriorPoint, LineString, MultiPolygon, Polygon};

/// A way of a relation, as the nodes it runs along.
#[derive(Debug, Clone, Copy)]
pub(super) struct Member<'a> {
    pub nodes: &'a [i64],
    /// Whether the relation calls it the edge of a hole.
    pub inner: bool,
}

/// A closed ring of nodes, the first repeated at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ring {
    pub nodes: Vec<i64>,
    /// Whether every way of it was called the edge of a hole.
    pub inner: bool,
}

/// Joins ways end to end into rings.
///
/// Ways that lead nowhere, because a member is missing, are left out. Where more than two ways meet, the ring that
/// closes first is taken, so rings that touch in a node come out apart.
pub(super) fn rings(members: &[Member<'_>]) -> Vec<Ring> {
    let mut rings = Vec::new();
    let mut ends: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    let mut used = vec![false; members.len()];
    for (at, member) in members.iter().enumerate() {
        let (Some(first), Some(last)) = (member.nodes.first(), member.nodes.last()) else { continue };
        if first == last {
            used[at] = true;
            if member.nodes.len() >= 4 {
                rings.push(Ring { nodes: member.nodes.to_vec(), inner: member.inner });
            }
        } else {
            ends.entry(*first).or_default().push(at);
            ends.entry(*last).or_default().push(at);
        }
    }
    for start in 0..members.len() {
        if used[start] || members[start].nodes.len() < 2 {
            continue;
        }
        walk(start, members, &ends, &mut used, &mut rings);
    }
    rings
}

/// Walks from one way on, giving off a ring whenever it comes back to a node on its path.
fn walk(
    start: usize,
    members: &[Member<'_>],
    ends: &BTreeMap<i64, Vec<usize>>,
    used: &mut [bool],
    rings: &mut Vec<Ring>,
) {
    // The ways walked, each with whether it is walked backwards; `nodes[i]` is where `path[i]` begins.
    let mut path: Vec<(usize, bool)> = vec![(start, false)];
    used[start] = true;
    let mut nodes = vec![members[start].nodes[0]];
    let mut tail = members[start].nodes[members[start].nodes.len() - 1];
    loop {
        if let Some(back) = nodes.iter().position(|node| *node == tail) {
            let ring = ring_of(&path[back..], members);
            if ring.nodes.len() >= 4 {
                rings.push(ring);
            }
            path.truncate(back);
            nodes.truncate(back);
            if path.is_empty() {
                return;
            }
        }
        let next = ends.get(&tail).and_then(|ways| ways.iter().copied().find(|way| !used[*way]));
        if let Some(next) = next {
            used[next] = true;
            let way = members[next].nodes;
            let backwards = way[0] != tail;
            path.push((next, backwards));
            nodes.push(tail);
            tail = if backwards { way[0] } else { way[way.len() - 1] };
        } else {
            // A dead end: this way cannot be on a ring.
            path.pop();
            let Some(node) = nodes.pop() else { return };
            tail = node;
            if path.is_empty() {
                return;
            }
        }
    }
}

fn ring_of(path: &[(usize, bool)], members: &[Member<'_>]) -> Ring {
    let mut nodes = Vec::new();
    for (way, backwards) in path {
        let way = members[*way].nodes;
        let skip = usize::from(!nodes.is_empty());
        if *backwards {
            nodes.extend(way.iter().rev().skip(skip));
        } else {
            nodes.extend(way.iter().skip(skip));
        }
    }
    Ring { nodes, inner: path.iter().all(|(way, _)| members[*way].inner) }
}

/// Makes polygons of rings by how deep they lie in each other: even is ground, odd is a hole in the ring around it.
///
/// A ring called a hole that lies in no other ring is left out: the ring around it is missing.
pub(super) fn polygons(rings: Vec<(LineString<f64>, bool)>) -> MultiPolygon<f64> {
    struct Placed {
        polygon: Polygon<f64>,
        area: f64,
        around: Vec<usize>,
        inner: bool,
    }
    let mut placed: Vec<Placed> = rings
        .into_iter()
        .map(|(ring, inner)| {
            let polygon = Polygon::new(ring, Vec::new());
            Placed { area: polygon.unsigned_area(), polygon, around: Vec::new(), inner }
        })
        .filter(|ring| ring.area > 0.0)
        .collect();
    placed.sort_by(|a, b| b.area.total_cmp(&a.area));
    for at in 1..placed.len() {
        let Some(point) = placed[at].polygon.interior_point() else { continue };
        let within = |ring: &Placed| {
            ring.polygon.bounding_rect().is_some_and(|rect| rect.contains(&point)) && ring.polygon.contains(&point)
        };
        placed[at].around = (0..at).filter(|larger| within(&placed[*larger])).collect();
    }
    let mut holes: BTreeMap<usize, Vec<LineString<f64>>> = BTreeMap::new();
    for ring in &placed {
        // Sorted by area, the last ring around is the smallest: the one this is a hole in.
        if let Some(parent) = ring.around.last().filter(|_| ring.around.len() % 2 == 1) {
            holes.entry(*parent).or_default().push(ring.polygon.exterior().clone());
        }
    }
    let grounds = placed.into_iter().enumerate().filter(|(_, ring)| ring.around.len().is_multiple_of(2) && !ring.inner);
    grounds.map(|(at, ring)| Polygon::new(ring.polygon.into_inner().0, holes.remove(&at).unwrap_or_default())).collect()
}

#[cfg(test)]
mod tests {
    use geo::Coord;
    use proptest::prelude::*;

    use super::*;

    /// A square ring of side `2 * half` around a centre, with eight nodes; node numbers tell the coordinates.
    fn square(x: i64, y: i64, half: i64) -> Vec<i64> {
        let around = [(-1, -1), (0, -1), (1, -1), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1)];
        around.iter().map(|(dx, dy)| (x + dx * half) * 1000 + (y + dy * half)).collect()
    }

    fn line(ring: &Ring) -> (LineString<f64>, bool) {
        let at = |node: &i64| Coord { x: (node / 1000) as f64, y: (node % 1000) as f64 };
        (ring.nodes.iter().map(at).collect(), ring.inner)
    }

    fn assemble(members: &[Member<'_>]) -> MultiPolygon<f64> {
        polygons(rings(members).iter().map(line).collect())
    }

    #[expect(clippy::cast_possible_truncation, reason = "small whole numbers")]
    fn area(made: &MultiPolygon<f64>) -> i64 {
        made.unsigned_area().round() as i64
    }

    /// Cuts a ring into ways at the given nodes, turning some of them round.
    fn cut(ring: &[i64], cuts: &[usize], turned: &[bool]) -> Vec<Vec<i64>> {
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut % 8).collect();
        cuts.sort_unstable();
        cuts.dedup();
        if cuts.is_empty() {
            return vec![ring.to_vec()];
        }
        let open = &ring[..8];
        let mut ways = Vec::new();
        for (at, from) in cuts.iter().enumerate() {
            let to = cuts.get(at + 1).copied().unwrap_or(cuts[0] + 8);
            let mut way: Vec<i64> = (*from..=to).map(|node| open[node % 8]).collect();
            if turned.get(at).copied().unwrap_or(false) {
                way.reverse();
            }
            ways.push(way);
        }
        ways
    }

    proptest! {
        /// However the rings are cut, turned and shuffled, the ground minus the hole plus the island comes out.
        #[test]
        fn any_cut_gives_the_same_area(
            cuts in prop::collection::vec(prop::collection::vec(0usize..8, 0..5), 3),
            turned in prop::collection::vec(any::<bool>(), 8),
            order in Just((0..24).collect::<Vec<usize>>()).prop_shuffle(),
            roles_told in any::<bool>(),
        ) {
            let outlines = [(square(400, 400, 100), false), (square(420, 380, 50), true), (square(430, 370, 20), false)];
            let mut ways: Vec<(Vec<i64>, bool)> = Vec::new();
            for ((ring, inner), cuts) in outlines.iter().zip(&cuts) {
                ways.extend(cut(ring, cuts, &turned).into_iter().map(|way| (way, *inner && roles_told)));
            }
            let mut shuffled: Vec<usize> = order.into_iter().filter(|at| *at < ways.len()).collect();
            shuffled.dedup();
            let members: Vec<Member<'_>> =
                shuffled.iter().map(|at| Member { nodes: &ways[*at].0, inner: ways[*at].1 }).collect();
            let made = assemble(&members);
            prop_assert_eq!(area(&made), 200 * 200 - 100 * 100 + 40 * 40);
            prop_assert_eq!(made.0.len(), 2);
            prop_assert_eq!(made.0[0].interiors().len(), 1);
        }

        /// Without one of its ways a ring is gone, and a hole without ground is no ground.
        #[test]
        fn a_missing_way_loses_its_ring_only(cuts in prop::collection::vec(0usize..8, 2..5), lost in 0usize..8) {
            let ground = cut(&square(400, 400, 100), &cuts, &[]);
            prop_assume!(ground.len() > 1);
            let far = square(700, 700, 10);
            let hole = square(400, 400, 10);
            let mut members: Vec<Member<'_>> = ground.iter().map(|nodes| Member { nodes, inner: false }).collect();
            members.remove(lost % members.len());
            members.push(Member { nodes: &hole, inner: true });
            members.push(Member { nodes: &far, inner: false });
            let made = assemble(&members);
            prop_assert_eq!(area(&made), 400);
        }
    }

    #[test]
    fn rings_that_touch_come_apart() {
        // Two squares that share the node (410, 410), cut there only.
        let (a, b) = (square(400, 400, 10), square(420, 420, 10));
        let a: Vec<i64> = (4..=12).map(|at| a[at % 8]).collect();
        let made = rings(&[
            Member { nodes: &a[..4], inner: false },
            Member { nodes: &b[..5], inner: false },
            Member { nodes: &a[3..], inner: false },
            Member { nodes: &b[4..], inner: false },
        ]);
        assert_eq!(made.len(), 2);
        assert_eq!(area(&polygons(made.iter().map(line).collect())), 800);
    }

    #[test]
    fn a_way_that_leads_nowhere_is_left_out() {
        let ring = square(400, 400, 100);
        let spur = [ring[3], 450_450, 460_460];
        let further = [460_460, 470_470];
        let ways = [&ring[..4], &spur[..], &further[..], &ring[3..]];
        for order in [[0, 1, 2, 3], [3, 2, 1, 0], [1, 0, 3, 2], [2, 1, 0, 3]] {
            let members: Vec<Member<'_>> = order.iter().map(|at| Member { nodes: ways[*at], inner: false }).collect();
            let made = rings(&members);
            assert_eq!((made.len(), made[0].nodes.len()), (1, 9), "{order:?}");
        }
    }

    #[test]
    fn nothing_and_nonsense_make_nothing() {
        assert!(rings(&[]).is_empty());
        assert!(rings(&[Member { nodes: &[], inner: false }, Member { nodes: &[7], inner: true }]).is_empty());
        assert!(rings(&[Member { nodes: &[1, 2, 1], inner: false }]).is_empty());
    }
}
