//! How many people speak of each theme, time and effect.

use super::{MIN_TOLD, Spot, Voices};
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
        let enough = Voices::of(spots).enough();
        let mut own: Vec<&Spot> = spots.iter().filter(|s| enough && s.is_own()).collect();
        own.sort_by_key(|s| s.participant);
        let count = |says: &dyn Fn(&Spot) -> bool| {
            let people =
                own.chunk_by(|a, b| a.participant == b.participant).filter(|pins| pins.iter().any(|s| says(s)));
            u32::try_from(people.count()).ok().filter(|people| *people >= MIN_TOLD)
        };
        let themes = Theme::ALL.iter().map(|theme| Sides {
            of: *theme,
            safe: count(&|s| s.says_safe() && s.has_theme(*theme)),
            r#unsafe: count(&|s| s.says_unsafe() && s.has_theme(*theme)),
        });
        let when = When::ALL.iter().map(|when| Sides {
            of: *when,
            safe: count(&|s| s.says_safe() && s.has_when(*when)),
            r#unsafe: count(&|s| s.says_unsafe() && s.has_when(*when)),
        });
        let effects = Effect::ALL.iter().map(|effect| (*effect, count(&|s| s.effect == Some(*effect))));
        Self { themes: themes.collect(), when: when.collect(), effects: effects.collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hotspots::theme_bits;
    use crate::pins::{Basis, Feeling};

    fn spot(participant: u32, feeling: Feeling, themes: &[Theme], effect: Option<Effect>) -> Spot {
        let themes = theme_bits(themes);
        Spot { x: 0.0, y: 0.0, participant, feeling, basis: Basis::Own, effect, themes, when: 0, footprint: None }
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
}
