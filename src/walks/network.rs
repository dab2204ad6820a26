//! The streets and paths around a neighbourhood as a network in metres, and the spots on it.

use std::collections::HashMap;

use rstar::primitives::{GeomWithData, Line};
use rstar::{PointDistance, RTree};

use crate::basemap::paths::{Footing, Paths, Position, coord};
use crate::geometry::Plane;

/// Who walks: what they must do without, and what they had better go around.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Foot {
    /// Without steps and rough ground.
    pub step_free: bool,
    /// In the dark, where crossings without lights are gone around if that is not far.
    pub dark: bool,
}

/// A millimetre is the unit of lengths: sums are then the same in every order.
pub(super) type Mm = u32;

/// A step from one node to a neighbour.
#[derive(Debug, Clone, Copy)]
pub(super) struct Arc {
    pub to: u32,
    pub length: Mm,
    pub footing: Footing,
}

/// An edge between two nodes, as the tree of edges has it.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Edge {
    from: u32,
    to: u32,
    length: Mm,
    footing: Footing,
}

/// The network: nodes on a plane, and for each the neighbours that one reaches on foot.
#[derive(Debug)]
pub struct Network {
    pub(super) nodes: Vec<[f64; 2]>,
    /// Whether a node is where one crosses a street without lights.
    pub(super) unlit: Vec<bool>,
    /// Where the arcs of each node begin in `arcs`.
    starts: Vec<u32>,
    arcs: Vec<Arc>,
    edges: RTree<GeomWithData<Line<[f64; 2]>, Edge>>,
}

/// A spot on the network: on an edge, so far from either end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    /// Where it is on the plane, in metres.
    pub at: [f64; 2],
    /// How far it is from where it was asked for, in metres.
    pub away_m: f64,
    pub(super) ends: [(u32, Mm); 2],
}

impl Network {
    /// Builds it from the ways of a map, on a plane.
    #[must_use]
    pub fn new(paths: &Paths, plane: &Plane) -> Self {
        let mut ids: HashMap<Position, u32> = HashMap::new();
        let mut nodes: Vec<[f64; 2]> = Vec::new();
        let mut edges: Vec<Edge> = Vec::new();
        for way in &paths.ways {
            let mut before = None;
            for at in &way.line {
                let node = *ids.entry(*at).or_insert_with(|| {
                    let (x, y) = plane.to_m(coord(*at).x, coord(*at).y);
                    nodes.push([x, y]);
                    u32::try_from(nodes.len() - 1).unwrap_or(u32::MAX)
                });
                if let Some(from) = before.filter(|from| *from != node) {
                    let length = millimetres(apart(nodes[from as usize], nodes[node as usize]));
                    edges.push(Edge { from, to: node, length, footing: way.footing });
                }
                before = Some(node);
            }
        }
        let mut unlit = vec![false; nodes.len()];
        for crossing in paths.crossings.iter().filter(|crossing| !crossing.lights) {
            if let Some(node) = ids.get(&crossing.at) {
                unlit[*node as usize] = true;
            }
        }
        drop(ids);
        Self::of(nodes, unlit, &edges)
    }

    fn of(nodes: Vec<[f64; 2]>, unlit: Vec<bool>, edges: &[Edge]) -> Self {
        let mut starts = vec![0_u32; nodes.len() + 1];
        for edge in edges {
            starts[edge.from as usize + 1] += 1;
            starts[edge.to as usize + 1] += 1;
        }
        for node in 0..nodes.len() {
            starts[node + 1] += starts[node];
        }
        let mut next = starts.clone();
        let nowhere = Arc { to: 0, length: 0, footing: Footing::default() };
        let mut arcs = vec![nowhere; edges.len() * 2];
        for edge in edges {
            for (from, to) in [(edge.from, edge.to), (edge.to, edge.from)] {
                let slot = &mut next[from as usize];
                arcs[*slot as usize] = Arc { to, length: edge.length, footing: edge.footing };
                *slot += 1;
            }
        }
        let line =
            |edge: &Edge| GeomWithData::new(Line::new(nodes[edge.from as usize], nodes[edge.to as usize]), *edge);
        let tree = RTree::bulk_load(edges.iter().map(line).collect());
        Self { unlit, starts, arcs, edges: tree, nodes }
    }

    /// How many edges it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.arcs.len() / 2
    }

    /// Whether there is nowhere to walk.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.arcs.is_empty()
    }

    pub(super) fn arcs(&self, node: u32) -> &[Arc] {
        &self.arcs[self.starts[node as usize] as usize..self.starts[node as usize + 1] as usize]
    }

    /// The spot nearest to a point of the plane where these may walk, at most so far away.
    #[must_use]
    pub fn spot(&self, at: [f64; 2], within_m: f64, foot: Foot) -> Option<Spot> {
        let reach = within_m * within_m;
        let mut near = self.edges.nearest_neighbor_iter(at).map(|found| (found.distance_2(&at), found));
        let (_, found) = near
            .by_ref()
            .take_while(|(distance_2, _)| *distance_2 <= reach)
            .find(|(_, found)| foot.may(found.data.footing))?;
        Some(on_edge(at, found.geom(), &found.data))
    }
}

impl Foot {
    /// Whether these may walk there.
    #[must_use]
    pub fn may(self, footing: Footing) -> bool {
        !self.step_free || !(footing.steps || footing.rough)
    }
}

fn on_edge(asked: [f64; 2], line: &Line<[f64; 2]>, edge: &Edge) -> Spot {
    let at = line.nearest_point(&asked);
    let whole = apart(line.from, line.to);
    let share = if whole > 0.0 { (apart(line.from, at) / whole).clamp(0.0, 1.0) } else { 0.0 };
    let from = millimetres(f64::from(edge.length) / 1000.0 * share).min(edge.length);
    Spot { at, away_m: apart(asked, at), ends: [(edge.from, from), (edge.to, edge.length - from)] }
}

/// The distance of two points of the plane, in metres.
pub(super) fn apart(a: [f64; 2], b: [f64; 2]) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an edge is shorter than 4000 km")]
fn millimetres(metres: f64) -> Mm {
    (metres * 1000.0).round() as Mm
}
