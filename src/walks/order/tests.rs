//! The order against every order there is.

use proptest::prelude::*;

use super::*;

fn permutations(count: usize) -> Vec<Vec<usize>> {
    fn go(left: &mut Vec<usize>, so_far: &mut Vec<usize>, all: &mut Vec<Vec<usize>>) {
        if left.is_empty() {
            all.push(so_far.clone());
        }
        for at in 0..left.len() {
            let next = left.remove(at);
            so_far.push(next);
            go(left, so_far, all);
            so_far.pop();
            left.insert(at, next);
        }
    }
    let mut all = Vec::new();
    go(&mut (0..count).collect(), &mut Vec::new(), &mut all);
    all
}

/// A symmetric table of what was drawn; a tenth of the ways are missing.
fn table(count: usize, drawn: &[u32]) -> Vec<Vec<Option<u32>>> {
    let mut table = vec![vec![Some(0); count]; count];
    let mut drawn = drawn.iter();
    for (a, b) in (0..count).flat_map(|a| (a + 1..count).map(move |b| (a, b))) {
        let way = drawn.next().copied().filter(|way| way % 10 != 0);
        table[a][b] = way;
        table[b][a] = way;
    }
    table
}

fn is_order_of(order: &[usize], count: usize) -> bool {
    let mut sorted = order.to_vec();
    sorted.sort_unstable();
    sorted == (0..count).collect::<Vec<_>>()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]
    #[test]
    fn no_order_is_shorter(
        count in 0..8_usize, drawn in prop::collection::vec(0..100_000_u32, 28), round: bool, first: bool, last: bool,
    ) {
        let table = table(count, &drawn);
        let shape = Shape { round, first, last };
        let found = shortest(&table, shape);
        prop_assert!(is_order_of(&found, count));
        let may = |order: &Vec<usize>| {
            round || ((!first || order.first() == Some(&0)) && (!last || order.last() == count.checked_sub(1).as_ref()))
        };
        prop_assert!(count < 3 || may(&found) , "{found:?}");
        let best = permutations(count).iter().filter(|order| may(order)).map(|order| total(&table, order, round)).min();
        prop_assert!(count < 3 || Some(total(&table, &found, round)) == best);
    }

    #[test]
    fn of_many_stops_the_order_is_near_the_best(
        spots in prop::collection::vec((0..2000_i32, 0..2000_i32), 13..=20), round: bool, first: bool, last: bool,
    ) {
        let apart = |a: (i32, i32), b: (i32, i32)| Some((a.0.abs_diff(b.0)).max(a.1.abs_diff(b.1)));
        let table: Vec<Vec<_>> = spots.iter().map(|a| spots.iter().map(|b| apart(*a, *b)).collect()).collect();
        let shape = Shape { round, first, last };
        let found = shortest(&table, shape);
        prop_assert!(is_order_of(&found, spots.len()));
        prop_assert!(round || !first || found[0] == 0);
        prop_assert!(round || !last || found[spots.len() - 1] == spots.len() - 1);
        let as_it_was: Vec<usize> = (0..spots.len()).collect();
        prop_assert!(total(&table, &found, round) <= total(&table, &as_it_was, round));
    }
}

#[test]
fn ten_stops_are_ordered_exactly_and_where_the_order_is_good_it_stays() {
    // On a line, shuffled.
    let at = [5_u32, 2, 9, 0, 7, 3, 8, 1, 6, 4];
    let table: Vec<Vec<_>> = at.iter().map(|a| at.iter().map(|b| Some(a.abs_diff(*b) * 100)).collect()).collect();
    let found = shortest(&table, Shape::default());
    assert_eq!(total(&table, &found, false), 900);
    let sorted: Vec<Vec<_>> = (0..10_u32).map(|a| (0..10).map(|b| Some(a.abs_diff(b) * 100)).collect()).collect();
    assert_eq!(shortest(&sorted, Shape::default()), (0..10).collect::<Vec<_>>());
    assert_eq!(shortest(&sorted, Shape { round: true, ..Shape::default() }), (0..10).collect::<Vec<_>>());
}
