//! The shortest way on foot between spots of a network.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::network::{Foot, Mm, Network, Spot};

/// What a crossing without lights counts for in the dark, in millimetres: so much further one walks around it.
const UNLIT: Mm = 60_000;

/// A way along the network.
#[derive(Debug, Clone, PartialEq)]
pub struct Way {
    /// How long it is, in metres.
    pub length_m: f64,
    /// The points it runs through on the plane, from spot to spot.
    pub line: Vec<[f64; 2]>,
    /// How many crossings without lights it has.
    pub unlit: usize,
}

/// Shortest ways from one spot, found as far as they were asked for.
struct Search {
    /// What the best way to each node counts; [`Mm::MAX`] where none was found.
    cost: Vec<Mm>,
    before: Vec<u32>,
}

/// The mark of a node that is reached from the spot itself.
const START: u32 = u32::MAX;

fn search(network: &Network, from: &Spot, to: &[Spot], foot: Foot) -> Search {
    let mut cost = vec![Mm::MAX; network.nodes.len()];
    let mut before = vec![START; network.nodes.len()];
    let mut queue = BinaryHeap::new();
    let crossing = |node: u32| if foot.dark && network.unlit[node as usize] { UNLIT } else { 0 };
    for (node, rest) in from.ends {
        let length = rest.saturating_add(crossing(node));
        if length < cost[node as usize] {
            cost[node as usize] = length;
            queue.push(Reverse((length, node)));
        }
    }
    let mut open: Vec<&Spot> = to.iter().collect();
    while let Some(Reverse((so_far, node))) = queue.pop() {
        if so_far > cost[node as usize] {
            continue;
        }
        // A spot is done when no way that is still open can be shorter.
        open.retain(|spot| best_end(&cost, spot).is_none_or(|(_, best)| best > so_far));
        if open.is_empty() {
            break;
        }
        for arc in network.arcs(node).iter().filter(|arc| foot.may(arc.footing)) {
            let next = so_far.saturating_add(arc.length).saturating_add(crossing(arc.to));
            if next < cost[arc.to as usize] {
                cost[arc.to as usize] = next;
                before[arc.to as usize] = node;
                queue.push(Reverse((next, arc.to)));
            }
        }
    }
    Search { cost, before }
}

/// The end of a spot's edge over which it is reached best, and what that counts.
fn best_end(cost: &[Mm], spot: &Spot) -> Option<(u32, Mm)> {
    let ends = spot.ends.iter().filter(|(node, _)| cost[*node as usize] < Mm::MAX);
    ends.map(|(node, rest)| (*node, cost[*node as usize].saturating_add(*rest))).min_by_key(|(_, whole)| *whole)
}

/// What the way along their common edge counts, where two spots have one.
fn along_one_edge(from: &Spot, to: &Spot) -> Option<Mm> {
    let [(a, from_a), (b, from_b)] = from.ends;
    let [(c, to_c), (d, to_d)] = to.ends;
    // Two edges may join the same two nodes: they are the same where they are as long.
    let same = (a, b) == (c, d) && from_a + from_b == to_c + to_d;
    same.then(|| from_a.abs_diff(to_c))
}

/// What the shortest way from each spot to each other counts, in millimetres; none where there is no way.
#[must_use]
pub fn table(network: &Network, spots: &[Spot], foot: Foot) -> Vec<Vec<Option<Mm>>> {
    let mut table = vec![vec![Some(0); spots.len()]; spots.len()];
    for (row, from) in spots.iter().enumerate() {
        let rest = &spots[row + 1..];
        if rest.is_empty() {
            break;
        }
        let found = search(network, from, rest, foot);
        for (column, to) in rest.iter().enumerate().map(|(at, to)| (at + row + 1, to)) {
            let around = best_end(&found.cost, to).map(|(_, whole)| whole);
            let whole = along_one_edge(from, to).into_iter().chain(around).min();
            table[row][column] = whole;
            table[column][row] = whole;
        }
    }
    table
}

/// The shortest way from one spot to another; none where there is no way.
#[must_use]
pub fn way(network: &Network, from: &Spot, to: &Spot, foot: Foot) -> Option<Way> {
    let found = search(network, from, std::slice::from_ref(to), foot);
    let around = best_end(&found.cost, to);
    let direct = along_one_edge(from, to);
    let nodes = match (direct, around) {
        (Some(direct), around) if around.is_none_or(|(_, whole)| direct <= whole) => Vec::new(),
        (_, None) => return None,
        (_, Some((mut node, _))) => {
            let mut nodes = vec![node];
            while found.before[node as usize] != START {
                node = found.before[node as usize];
                nodes.push(node);
            }
            nodes.reverse();
            nodes
        }
    };
    let unlit = nodes.iter().filter(|node| network.unlit[**node as usize]).count();
    let mut line = vec![from.at];
    line.extend(nodes.iter().map(|node| network.nodes[*node as usize]));
    line.push(to.at);
    line.dedup();
    let length_m = line.windows(2).map(|pair| super::network::apart(pair[0], pair[1])).sum();
    if line.len() < 2 {
        line.push(to.at);
    }
    Some(Way { length_m, line, unlit })
}

#[cfg(test)]
mod tests;
