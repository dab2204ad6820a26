//! Ways against Floyd and Warshall's on small networks.

use proptest::prelude::*;

use super::*;
use crate::basemap::paths::{Crossing, Footing, Paths, WalkWay};
use crate::geometry::Plane;

const LON: f64 = 3.72;
const LAT: f64 = 51.06;

fn plane() -> Plane {
    Plane::at(LON, LAT)
}

/// A position in 10⁻⁷ degrees for metres on the plane.
#[expect(clippy::cast_possible_truncation, reason = "degrees of a small town")]
fn position([x, y]: [f64; 2]) -> [i32; 2] {
    let (lon, lat) = plane().to_lonlat(x, y);
    [(lon * 1e7).round() as i32, (lat * 1e7).round() as i32]
}

fn way_of(points: &[[f64; 2]], steps: bool) -> WalkWay {
    WalkWay { footing: Footing { steps, rough: false }, line: points.iter().map(|at| position(*at)).collect() }
}

fn network(ways: &[(&[[f64; 2]], bool)]) -> Network {
    let ways = ways.iter().map(|(points, steps)| way_of(points, *steps)).collect();
    Network::new(&Paths { ways, crossings: Vec::new() }, &plane())
}

fn spot(network: &Network, at: [f64; 2]) -> Spot {
    network.spot(at, 60.0, Foot::default()).unwrap()
}

const FREE: Foot = Foot { step_free: true, dark: false };

/// A square of streets with stairs across.
fn square() -> Network {
    network(&[
        (&[[0.0, 0.0], [200.0, 0.0], [200.0, 200.0], [0.0, 200.0], [0.0, 0.0]], false),
        (&[[0.0, 0.0], [100.0, 90.0], [200.0, 200.0]], true),
    ])
}

#[test]
fn the_way_follows_the_streets_and_goes_around_stairs_where_it_must() {
    let network = square();
    let (from, to) = (spot(&network, [-3.0, 1.0]), spot(&network, [203.0, 199.0]));
    let short = way(&network, &from, &to, Foot::default()).unwrap();
    assert!((283.0..287.0).contains(&short.length_m), "{}", short.length_m);
    let free = [[-3.0, 1.0], [203.0, 199.0]].map(|at| network.spot(at, 60.0, FREE).unwrap());
    let around = way(&network, &free[0], &free[1], FREE).unwrap();
    assert!((398.0..404.0).contains(&around.length_m), "{}", around.length_m);
}

#[test]
fn a_spot_is_found_near_and_not_far() {
    let network = square();
    assert!(network.spot([100.0, 40.0], 30.0, FREE).is_none(), "the stairs are no place for wheels");
    assert!(network.spot([500.0, 500.0], 60.0, Foot::default()).is_none(), "in the water");
    let near = spot(&network, [50.0, -20.0]);
    assert!((near.away_m - 20.0).abs() < 0.1 && (near.at[0] - 50.0).abs() < 0.1);
}

#[test]
fn a_network_cut_in_two_has_no_way_across() {
    let network = network(&[(&[[0.0, 0.0], [100.0, 0.0]], false), (&[[0.0, 300.0], [100.0, 300.0]], false)]);
    let (here, there) = (spot(&network, [50.0, 5.0]), spot(&network, [50.0, 295.0]));
    assert_eq!(way(&network, &here, &there, Foot::default()), None);
    assert_eq!(table(&network, &[here, there], Foot::default())[0], [Some(0), None]);
}

#[test]
fn two_stops_on_one_spot_and_on_one_street_need_no_corner() {
    let network = network(&[(&[[0.0, 0.0], [300.0, 0.0]], false)]);
    let (a, b) = (spot(&network, [50.0, 2.0]), spot(&network, [250.0, 2.0]));
    let same = way(&network, &a, &a, Foot::default()).unwrap();
    assert_eq!((same.length_m, same.line.len()), (0.0, 2));
    let along = way(&network, &a, &b, Foot::default()).unwrap();
    assert!((along.length_m - 200.0).abs() < 0.1 && along.line.len() == 2);
}

#[test]
fn in_the_dark_a_crossing_without_lights_is_gone_around_if_that_is_near() {
    let straight: &[[f64; 2]] = &[[0.0, 0.0], [100.0, 0.0], [200.0, 0.0]];
    let around: &[[f64; 2]] = &[[0.0, 0.0], [100.0, 40.0], [200.0, 0.0]];
    let paths = Paths {
        ways: vec![way_of(straight, false), way_of(around, false)],
        crossings: vec![Crossing { at: position([100.0, 0.0]), lights: false }],
    };
    let network = Network::new(&paths, &plane());
    let (a, b) = (spot(&network, [0.0, 0.0]), spot(&network, [200.0, 0.0]));
    let day = way(&network, &a, &b, Foot::default()).unwrap();
    assert_eq!(day.unlit, 1);
    let night = way(&network, &a, &b, Foot { dark: true, ..Foot::default() }).unwrap();
    assert_eq!(night.unlit, 0);
    assert!(night.length_m > day.length_m && night.length_m < day.length_m + 60.0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn no_way_is_shorter_and_none_leaves_the_streets(
        points in prop::collection::vec((0..900_i32, 0..900_i32), 4..12),
        pairs in prop::collection::vec((0..12_usize, 0..12_usize, prop::bool::weighted(0.3)), 1..24),
        step_free: bool,
    ) {
        let at: Vec<[f64; 2]> = points.iter().map(|(x, y)| [f64::from(*x), f64::from(*y)]).collect();
        let count = at.len();
        let joined: Vec<(usize, usize, bool)> =
            pairs.iter().map(|(a, b, steps)| (a % count, b % count, *steps)).filter(|(a, b, _)| points[*a] != points[*b]).collect();
        prop_assume!(!joined.is_empty());
        let ways = joined.iter().map(|(a, b, steps)| way_of(&[at[*a], at[*b]], *steps)).collect();
        let network = Network::new(&Paths { ways, crossings: Vec::new() }, &plane());
        let foot = Foot { step_free, dark: false };

        // Floyd and Warshall's, over the corners.
        let mut best = vec![vec![f64::INFINITY; count]; count];
        for a in 0..count {
            for b in 0..count {
                if points[a] == points[b] {
                    best[a][b] = 0.0;
                }
            }
        }
        for (a, b, steps) in &joined {
            if !(*steps && step_free) {
                let long = super::super::network::apart(at[*a], at[*b]);
                best[*a][*b] = best[*a][*b].min(long);
                best[*b][*a] = best[*b][*a].min(long);
            }
        }
        for over in 0..count {
            for a in 0..count {
                for b in 0..count {
                    best[a][b] = best[a][b].min(best[a][over] + best[over][b]);
                }
            }
        }

        let spots: Vec<Option<Spot>> = at.iter().map(|at| network.spot(*at, 0.2, foot)).collect();
        for a in 0..count {
            for b in 0..count {
                let (Some(from), Some(to)) = (&spots[a], &spots[b]) else { continue };
                // Edges cross without a corner there: only what stands at a corner of its own street is compared.
                let corner = |spot: &Spot, own: usize| spot.ends.iter().any(|(node, rest)| {
                    *rest < 300 && super::super::network::apart(network.nodes[*node as usize], at[own]) < 0.3
                });
                if !corner(from, a) || !corner(to, b) {
                    continue;
                }
                match way(&network, from, to, foot) {
                    None => prop_assert!(best[a][b].is_infinite(), "{a} {b} {}", best[a][b]),
                    Some(way) => {
                        prop_assert!((way.length_m - best[a][b]).abs() < 1.5, "{a} {b} {} {}", way.length_m, best[a][b]);
                        for pair in way.line.windows(2) {
                            let middle = [0, 1].map(|axis| f64::midpoint(pair[0][axis], pair[1][axis]));
                            prop_assert!(network.spot(middle, 0.5, foot).is_some(), "the way leaves the streets");
                        }
                    }
                }
            }
        }
        let on: Vec<Spot> = spots.iter().flatten().copied().collect();
        let table = table(&network, &on, foot);
        for (a, from) in on.iter().enumerate() {
            for (b, to) in on.iter().enumerate() {
                let alone = way(&network, from, to, foot).map(|way| way.length_m);
                let told = table[a][b].map(|mm| f64::from(mm) / 1000.0);
                prop_assert_eq!(alone.is_some(), told.is_some());
                prop_assert!(alone.zip(told).is_none_or(|(alone, told)| (alone - told).abs() < 0.05));
            }
        }
    }
}
