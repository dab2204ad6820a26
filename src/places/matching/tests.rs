use super::*;
use geo::{MultiPolygon, Rect};
use proptest::prelude::*;

/// West, south, width and height, in metres.
type Block = (i32, i32, i32, i32);

fn block((west, south, wide, high): Block, kind: Option<Kind>) -> Candidate {
    let at = |v: i32| f64::from(v);
    let rect = Rect::new((at(west), at(south)), (at(west + wide), at(south + high)));
    Candidate { kind, shape: MultiPolygon::new(vec![rect.to_polygon()]) }
}

fn area(west: i32, south: i32, wide: i32, high: i32) -> Candidate {
    block((west, south, wide, high), Some(Kind::Unsafe))
}

const SIGMA_M: f64 = 100.0;

fn is(hotspot: usize) -> Match {
    Match { hotspot: Some(hotspot), ..Match::default() }
}

#[test]
fn a_place_is_the_hotspot_on_its_ground() {
    let places = [area(0, 0, 200, 200), area(1000, 0, 200, 200)];
    let hotspots = [area(1020, 10, 220, 200), area(-10, -10, 180, 240)];
    assert_eq!(matches(&places, &hotspots, SIGMA_M), [is(1), is(0)]);
    assert_eq!(of_hotspots(&places, &hotspots, SIGMA_M), [Some(1), Some(0)]);
}

#[test]
fn a_place_without_shared_ground_is_the_one_next_to_it() {
    let place = [area(0, 0, 50, 50)];
    assert_eq!(matches(&place, &[area(60, 0, 50, 50)], SIGMA_M), [is(0)]);
    assert_eq!(matches(&place, &[area(160, 0, 50, 50)], SIGMA_M), [Match::default()]);
    assert_eq!(matches(&place, &[area(160, 0, 50, 50)], 200.0), [is(0)], "a wider kernel sees less sharply");
}

#[test]
fn what_people_feel_must_fit() {
    let of = |kind| [block((0, 0, 200, 200), kind)];
    let found = |place, hotspot| matches(&of(place), &of(hotspot), SIGMA_M)[0].hotspot.is_some();
    let [safe, not_safe, contested] = [Kind::Safe, Kind::Unsafe, Kind::Contested].map(Some);
    assert!(found(safe, safe) && found(not_safe, not_safe) && found(contested, contested));
    assert!(found(not_safe, contested) && found(contested, safe) && found(None, safe));
    assert!(!found(safe, not_safe) && !found(not_safe, safe));
}

#[test]
fn a_place_that_splits_keeps_the_best_and_tells_the_others() {
    let place = [area(0, 0, 600, 200)];
    let hotspots = [area(400, 0, 180, 180), area(0, 0, 300, 200)];
    let split = Match { hotspot: Some(1), together: Vec::new(), parts: vec![0] };
    assert_eq!(matches(&place, &hotspots, SIGMA_M), [split]);
    // A neighbour is no part, however near its middle.
    let small = [area(0, 0, 60, 60)];
    assert_eq!(matches(&small, &[area(0, 0, 60, 60), area(0, 70, 60, 60)], SIGMA_M), [is(0)]);
}

#[test]
fn places_on_one_hotspot_have_merged() {
    let places = [area(0, 0, 200, 200), area(300, 0, 250, 200), area(2000, 0, 100, 100)];
    let hotspots = [area(0, 0, 560, 200)];
    let with = |other| Match { hotspot: Some(0), together: vec![other], parts: Vec::new() };
    assert_eq!(matches(&places, &hotspots, SIGMA_M), [with(1), with(0), Match::default()]);
    assert_eq!(of_hotspots(&places, &hotspots, SIGMA_M), [Some(1)], "the one that shares most");
}

#[test]
fn nothing_is_no_match() {
    assert_eq!(matches(&[area(0, 0, 9, 9)], &[], SIGMA_M), [Match::default()]);
    assert!(matches(&[], &[area(0, 0, 9, 9)], SIGMA_M).is_empty());
    let empty = Candidate { kind: None, shape: MultiPolygon::new(Vec::new()) };
    assert_eq!(matches(std::slice::from_ref(&empty), std::slice::from_ref(&empty), SIGMA_M), [Match::default()]);
}

/// The words of the module, read as slowly as can be, for blocks.
fn by_force(places: &[(Block, Option<Kind>)], hotspots: &[(Block, Option<Kind>)]) -> Vec<Match> {
    let size = |(_, _, wide, high): Block| f64::from(wide * high);
    let along = |a: i32, a_len: i32, b: i32, b_len: i32| ((a + a_len).min(b + b_len) - a.max(b)).max(0);
    let common = |a: Block, b: Block| f64::from(along(a.0, a.2, b.0, b.2) * along(a.1, a.3, b.1, b.3));
    let of_both = |a: Block, b: Block| common(a, b) / (size(a) + size(b) - common(a, b));
    let overlaps = |p: usize, h: usize| {
        let (a, b) = (places[p].0, hotspots[h].0);
        fits(places[p].1, hotspots[h].1)
            && (common(a, b) / size(a).min(size(b)) >= SHARE_OF_SMALLER || of_both(a, b) >= SHARE_OF_BOTH)
    };
    let away_m = |p: usize, h: usize| {
        let middle = |(west, south, wide, high): Block| {
            (f64::from(west) + f64::from(wide) / 2.0, f64::from(south) + f64::from(high) / 2.0)
        };
        let (a, b) = (middle(places[p].0), middle(hotspots[h].0));
        (a.0 - b.0).hypot(a.1 - b.1)
    };
    let meets = |p: usize, h: usize| overlaps(p, h) || (fits(places[p].1, hotspots[h].1) && away_m(p, h) <= SIGMA_M);
    let better = |(p, h): (usize, usize), (q, g): (usize, usize)| {
        let (a, b) = (of_both(places[p].0, hotspots[h].0), of_both(places[q].0, hotspots[g].0));
        b.total_cmp(&a).then(away_m(p, h).total_cmp(&away_m(q, g))).then((p, h).cmp(&(q, g)))
    };
    let everything =
        || (0..places.len()).flat_map(|p| (0..hotspots.len()).map(move |h| (p, h))).collect::<Vec<(usize, usize)>>();
    let mut found = vec![Match::default(); places.len()];
    let mut taken = vec![None; hotspots.len()];
    while let Some((p, h)) = everything()
        .into_iter()
        .filter(|(p, h)| found[*p].hotspot.is_none() && taken[*h].is_none() && meets(*p, *h))
        .min_by(|a, b| better(*a, *b))
    {
        found[p].hotspot = Some(h);
        taken[h] = Some(p);
    }
    for (p, place) in found.iter_mut().enumerate().filter(|(_, place)| place.hotspot.is_none()) {
        place.hotspot = (0..hotspots.len()).filter(|h| overlaps(p, *h)).min_by(|a, b| better((p, *a), (p, *b)));
    }
    for h in (0..hotspots.len()).filter(|h| taken[*h].is_none()) {
        let best = (0..places.len()).filter(|p| overlaps(*p, h)).min_by(|a, b| better((*a, h), (*b, h)));
        if let Some(p) = best {
            found[p].parts.push(h);
        }
    }
    let hotspot_of: Vec<Option<usize>> = found.iter().map(|m| m.hotspot).collect();
    for (p, place) in found.iter_mut().enumerate() {
        let same = |q: &usize| *q != p && place.hotspot.is_some() && hotspot_of[*q] == place.hotspot;
        place.together = (0..places.len()).filter(same).collect();
    }
    found
}

fn blocks() -> impl Strategy<Value = Vec<(Block, Option<Kind>)>> {
    let kind = prop::sample::select(vec![Some(Kind::Safe), Some(Kind::Unsafe), Some(Kind::Contested), None]);
    // Odd sizes on an even grid, so that hardly two pairs are alike.
    let block =
        (0..40, 0..30, 1..30, 1..30).prop_map(|(x, y, wide, high)| (x * 17, y * 19, wide * 13 + 1, high * 11 + 2));
    prop::collection::vec((block, kind), 0..7)
}

proptest! {
    #[test]
    fn it_is_what_the_slow_reading_says(places in blocks(), hotspots in blocks()) {
        let candidates = |list: &[(Block, Option<Kind>)]| list.iter().map(|(b, k)| block(*b, *k)).collect::<Vec<_>>();
        let found = matches(&candidates(&places), &candidates(&hotspots), SIGMA_M);
        prop_assert_eq!(&found, &by_force(&places, &hotspots));
        // Seen from the hotspots it is the same.
        let place_of = of_hotspots(&candidates(&places), &candidates(&hotspots), SIGMA_M);
        for (h, place) in place_of.iter().enumerate() {
            prop_assert!(place.is_none_or(|p| found[p].hotspot == Some(h)));
            prop_assert!(place.is_some() || found.iter().all(|m| m.hotspot != Some(h)));
        }
    }

    #[test]
    fn each_hotspot_is_a_place_or_a_part_once(places in blocks(), hotspots in blocks()) {
        let candidates = |list: &[(Block, Option<Kind>)]| list.iter().map(|(b, k)| block(*b, *k)).collect::<Vec<_>>();
        let found = matches(&candidates(&places), &candidates(&hotspots), SIGMA_M);
        for h in 0..hotspots.len() {
            let parts = found.iter().filter(|m| m.parts.contains(&h)).count();
            let places = found.iter().filter(|m| m.hotspot == Some(h)).count();
            prop_assert!(parts <= 1 && (parts == 0 || places == 0));
        }
        for (p, place) in found.iter().enumerate() {
            prop_assert!(place.together.iter().all(|q| *q != p && found[*q].together.contains(&p)));
            prop_assert!(place.parts.is_empty() || place.hotspot.is_some());
        }
    }

    #[test]
    fn the_order_of_the_lists_does_not_matter(places in blocks(), hotspots in blocks()) {
        let candidates = |list: &[(Block, Option<Kind>)]| list.iter().map(|(b, k)| block(*b, *k)).collect::<Vec<_>>();
        let (there, back): (Vec<_>, Vec<_>) = (candidates(&places), candidates(&hotspots));
        let turned = |list: &[Candidate]| list.iter().rev().cloned().collect::<Vec<_>>();
        // Equal pairs are told apart by their order alone.
        let mut scores: Vec<_> = pairs(&there, &back, SIGMA_M).iter().map(|p| (p.shared.to_bits(), p.away_m.to_bits())).collect();
        let all = scores.len();
        scores.sort_unstable();
        scores.dedup();
        prop_assume!(scores.len() == all);
        let found = matches(&there, &back, SIGMA_M);
        let again = matches(&turned(&there), &turned(&back), SIGMA_M);
        for (p, place) in found.iter().enumerate() {
            let other = &again[there.len() - 1 - p];
            prop_assert_eq!(place.hotspot, other.hotspot.map(|h| back.len() - 1 - h));
            prop_assert_eq!(place.parts.len(), other.parts.len());
            prop_assert_eq!(place.together.len(), other.together.len());
        }
    }
}
