use super::*;
use crate::pins::{Basis, Feeling};
use proptest::prelude::*;

#[test]
fn a_repetition_is_the_same_person_feeling_and_place() {
    let first = Spot::own(1, 0.0, 0.0, Feeling::Unsafe);
    let again = Spot::own(1, 30.0, 39.9, Feeling::Unsafe);
    let spots = [
        again.clone(),
        Spot::own(1, 30.0, 40.0, Feeling::Unsafe),
        Spot::own(1, 1.0, 0.0, Feeling::Mixed),
        Spot::own(2, 1.0, 0.0, Feeling::Unsafe),
        Spot { basis: Basis::Heard, ..Spot::own(3, 0.0, 0.0, Feeling::Unsafe) },
        Spot::own(1, 0.0, 0.0, Feeling::Safe),
        first.clone(),
    ];
    let kept = without_repeats(&spots, Spot::says_unsafe);
    assert_eq!(kept, [&spots[6], &spots[3], &spots[2], &spots[1]]);
    assert_eq!(without_repeats(&[], |_| true), [&first; 0]);
}

#[test]
fn two_hundred_thousand_pins_of_one_person_are_as_many_as_their_places() {
    let pins: Vec<Spot> = (0..200_000_u32)
        .map(|i| Spot::own(1, f64::from(i.wrapping_mul(2_654_435_761) % 1000), f64::from(i % 997), Feeling::Unsafe))
        .collect();
    let kept = without_repeats(&pins, |_| true).len();
    assert!((200..700).contains(&kept), "{kept}");
    assert_eq!(without_repeats(&vec![Spot::own(1, 5.0, 5.0, Feeling::Safe); 1000], |_| true).len(), 1);
}

proptest! {
    #[test]
    fn the_order_of_pins_does_not_matter_and_none_is_lost(
        (pins, shuffled) in prop::collection::vec((0_u32..3, 0_usize..3, 0.0..200.0_f64, 0.0..200.0_f64), 0..40)
            .prop_flat_map(|pins| (Just(pins.clone()), Just(pins).prop_shuffle())),
    ) {
        let spots = |pins: Vec<(u32, usize, f64, f64)>| {
            pins.into_iter().map(|(who, feeling, x, y)| Spot::own(who, x, y, Feeling::ALL[feeling])).collect::<Vec<_>>()
        };
        let (spots, shuffled) = (spots(pins), spots(shuffled));
        let kept = without_repeats(&spots, |_| true);
        prop_assert_eq!(&kept, &without_repeats(&shuffled, |_| true));
        let same = |a: &Spot, b: &Spot| a.participant == b.participant && a.feeling == b.feeling;
        let near = |a: &Spot, b: &Spot| same(a, b) && (a.x - b.x).hypot(a.y - b.y) < REPEAT_M;
        for s in &spots {
            prop_assert!(kept.iter().any(|k| near(k, s)));
        }
        for (i, a) in kept.iter().enumerate() {
            prop_assert!(kept[..i].iter().all(|b| !near(a, b)));
        }
    }
}
