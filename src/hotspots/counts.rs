//! How many people speak of each theme, time and effect.

use super::{MIN_TOLD, Spot, Voices, by_person};
use crate::neighbourhoods::themes::Theme;
use crate::pins::{Effect, When};

/// People who say a thing on each side; none where it is fewer than three.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sides<T> {
    /// What they speak of.
    pub of: T,
    /// People with an own pin of it that says safe or mixed.
    pub safe: Option<u32>,
    /// People with an own pin of it that says unsafe or mixed.
    pub r#unsafe: Option<u32>,
}

/// The charts' numbers, in people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    /// Every theme, in the order of the list.
    pub themes: Vec<Sides<Theme>>,
    /// Every time, in the order of the list.
    pub when: Vec<Sides<When>>,
    /// Every effect with the people who tell it, in the order of the list.
    pub effects: Vec<(Effect, Option<u32>)>,
}

impl Counts {
    /// Counts the distinct participants behind own pins; where there are too few voices for a map, nothing is told.
    #[must_use]
    pub fn of(spots: &[Spot]) -> Self {
        let spots = if Voices::of(spots).enough() { spots } else { &[] };
        let mut people = [0_u32; BITS];
        for said in by_person(spots, |said: &mut u64, spot| *said |= bits(spot)) {
            people.iter_mut().enumerate().for_each(|(bit, people)| *people += u32::from(said >> bit & 1 == 1));
        }
        let told = |bit: usize| Some(people[bit]).filter(|people| *people >= MIN_TOLD);
        let themes =
            Theme::ALL.iter().zip(0..).map(|(of, bit)| Sides { of: *of, safe: told(SIDE + bit), r#unsafe: told(bit) });
        let when = When::ALL.iter().zip(WHEN..).map(|(of, bit)| Sides {
            of: *of,
            safe: told(SIDE + bit),
            r#unsafe: told(bit),
        });
        let effects = Effect::ALL.iter().zip(2 * SIDE..).map(|(effect, bit)| (*effect, told(bit)));
        Self { themes: themes.collect(), when: when.collect(), effects: effects.collect() }
    }
}

/// The first bit of the times, behind the themes.
const WHEN: usize = Theme::ALL.len();
/// So many bits has a side: its themes and times.
const SIDE: usize = WHEN + When::ALL.len();
/// The bits of the unsafe side, of the safe side, and of the effects.
const BITS: usize = 2 * SIDE + Effect::ALL.len();

/// What a pin says, a bit for each.
fn bits(spot: &Spot) -> u64 {
    let words = u64::from(spot.themes) | u64::from(spot.when) << WHEN;
    let side = |says: bool| if says { words } else { 0 };
    let effect = spot.effect.map_or(0, |effect| 1 << (2 * SIDE + effect as usize));
    side(spot.says_unsafe()) | side(spot.says_safe()) << SIDE | effect
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hotspots::theme_bits;
    use crate::pins::{Basis, Feeling};
    use proptest::prelude::*;

    fn spot(participant: u32, feeling: Feeling, themes: &[Theme], effect: Option<Effect>) -> Spot {
        Spot { themes: theme_bits(themes), effect, ..Spot::own(participant, 0.0, 0.0, feeling) }
    }

    #[test]
    fn people_are_counted_once_and_fewer_than_three_are_not_told() {
        let mut spots = Vec::new();
        for who in 0..5 {
            spots.push(spot(who, Feeling::Unsafe, &[Theme::Light], Some(Effect::Detour)));
            spots.push(spot(who, Feeling::Unsafe, &[Theme::Light], Some(Effect::Detour)));
        }
        spots.push(spot(0, Feeling::Safe, &[Theme::Bond], None));
        spots.push(spot(1, Feeling::Mixed, &[Theme::Bond, Theme::Crime], None));
        spots.push(spot(2, Feeling::Safe, &[Theme::Bond], Some(Effect::Stay)));
        spots.push(Spot { basis: Basis::Heard, ..spot(9, Feeling::Unsafe, &[Theme::Crime], None) });
        let counts = Counts::of(&spots);
        let of = |theme: Theme| counts.themes.iter().find(|s| s.of == theme).map(|s| (s.safe, s.r#unsafe)).unwrap();
        assert_eq!(of(Theme::Light), (None, Some(5)));
        assert_eq!(of(Theme::Bond), (Some(3), None));
        assert_eq!(of(Theme::Crime), (None, None));
        assert_eq!(counts.effects[Effect::Detour as usize], (Effect::Detour, Some(5)));
        assert_eq!(counts.effects[Effect::Stay as usize], (Effect::Stay, None));
        assert_eq!((counts.themes.len(), counts.when.len()), (16, 6));
    }

    #[test]
    fn too_few_voices_are_not_charted() {
        let spots: Vec<Spot> =
            (0..4).flat_map(|who| vec![spot(who, Feeling::Unsafe, &[Theme::Light], None); 5]).collect();
        assert!(Counts::of(&spots).themes.iter().all(|s| s.r#unsafe.is_none()));
    }

    proptest! {
        #[test]
        fn they_are_what_counting_one_by_one_gives(
            pins in prop::collection::vec((0_u32..12, 0_usize..3, any::<u16>(), 0_u8..64, 0_usize..7, any::<bool>()), 10..60),
            far in any::<bool>(),
        ) {
            // Numbers with wide gaps too.
            let number = |who: u32| if far { who * 300_000_000 } else { who };
            let spots: Vec<Spot> = pins.iter().map(|(who, feeling, themes, when, effect, own)| Spot {
                themes: *themes,
                when: *when,
                basis: if *own { Basis::Own } else { Basis::Heard },
                ..spot(number(*who), Feeling::ALL[*feeling], &[], Effect::ALL.get(*effect).copied())
            }).collect();
            let people = |says: &dyn Fn(&Spot) -> bool| {
                let who = spots.iter().filter(|s| s.is_own() && says(s)).map(|s| s.participant);
                u32::try_from(who.collect::<std::collections::HashSet<_>>().len()).unwrap()
            };
            let voices = Voices::of(&spots);
            prop_assert_eq!(voices.people, people(&|_| true) as usize);
            prop_assert_eq!(voices.pins + voices.heard_pins, spots.len());
            let told = |says: &dyn Fn(&Spot) -> bool| Some(people(says)).filter(|n| voices.enough() && *n >= MIN_TOLD);
            let counts = Counts::of(&spots);
            for s in &counts.themes {
                prop_assert_eq!(s.safe, told(&|spot| spot.says_safe() && spot.has_theme(s.of)));
                prop_assert_eq!(s.r#unsafe, told(&|spot| spot.says_unsafe() && spot.has_theme(s.of)));
            }
            for s in &counts.when {
                prop_assert_eq!(s.safe, told(&|spot| spot.says_safe() && spot.has_when(s.of)));
                prop_assert_eq!(s.r#unsafe, told(&|spot| spot.says_unsafe() && spot.has_when(s.of)));
            }
            for (effect, n) in &counts.effects {
                prop_assert_eq!(*n, told(&|spot| spot.effect == Some(*effect)));
            }
        }
    }
}
