//! Whether it helped: what people say of the same place before and after, and how far that may be chance.
//!
//! Before is what gatherings up to the date of the proposal say, after is what those from the day after it was done on
//! say; people who speak of the place on each side are counted, within the ground that it had and half a sigma around
//! it. The difference of two shares has the interval of Newcombe (*Interval estimation for the difference between
//! independent proportions*, Statistics in Medicine 17, 1998, method 10, from two Wilson score intervals): while it holds
//! zero, the difference may be chance. Under thirty people on a side it is matter for conversation only. Who came twice
//! is another participant each time, and a place that stood out tends to do so less by itself.

use serde::Serialize;
use utoipa::ToSchema;

use crate::hotspots::heard::Heard;
use crate::hotspots::{MIN_PEOPLE, MIN_TOLD};
use crate::words;

words! {
    /// What can be said of a before and after.
    pub enum Finding {
        TooFew = "too_few", Conversation = "conversation", MayBeChance = "may_be_chance", Less = "less", More = "more"
    }
}

/// Fewest people on each side for more than matter for conversation (people surface, minimum-sample tiers).
pub const MIN_SIDE: u32 = 30;
/// The 97.5 % point of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// What people say of a place on one side of an action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SideOf {
    /// Distinct people who speak of it; null for fewer than five.
    pub people: Option<u32>,
    /// Those who feel less safe there; null where the people are, and for fewer than three.
    pub people_unsafe: Option<u32>,
    /// Those who go around it or stay away; in the same way.
    pub people_avoid: Option<u32>,
}

/// How one share changed.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = EffectChange)]
pub struct Change {
    /// What can be said of it.
    pub finding: Finding,
    /// The share after, less the share before; null where there are too few people.
    pub difference: Option<f64>,
    /// Between these two the difference lies, nineteen times of twenty.
    pub interval: Option<[f64; 2]>,
}

/// What people said of a place before and after.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = EffectAtSpot)]
pub struct Effect {
    /// Before.
    pub before: SideOf,
    /// After.
    pub after: SideOf,
    /// Of those who feel less safe.
    pub less_safe: Change,
    /// Of those who go around it or stay away.
    pub avoidance: Change,
}

/// Lays before and after side by side.
#[must_use]
pub fn effect(before: &Heard, after: &Heard) -> Effect {
    Effect {
        before: side(before),
        after: side(after),
        less_safe: change((before.people_unsafe, before.people), (after.people_unsafe, after.people)),
        avoidance: change((before.people_avoid, before.people), (after.people_avoid, after.people)),
    }
}

fn side(heard: &Heard) -> SideOf {
    let is_told = heard.people >= MIN_PEOPLE;
    let told = |people: u32| (is_told && people >= MIN_TOLD).then_some(people);
    SideOf {
        people: is_told.then_some(heard.people),
        people_unsafe: told(heard.people_unsafe),
        people_avoid: told(heard.people_avoid),
    }
}

fn change(before: (u32, u32), after: (u32, u32)) -> Change {
    if before.1.min(after.1) < MIN_PEOPLE {
        return Change { finding: Finding::TooFew, difference: None, interval: None };
    }
    let (difference, [low, high]) = newcombe(after, before);
    let finding = match () {
        () if before.1.min(after.1) < MIN_SIDE => Finding::Conversation,
        () if high < 0.0 => Finding::Less,
        () if low > 0.0 => Finding::More,
        () => Finding::MayBeChance,
    };
    // Of a side that tells fewer than three people nothing is told, so neither is the difference.
    let hidden = [before.0, after.0].into_iter().any(|people| (1..MIN_TOLD).contains(&people));
    let two = |share: f64| (share * 100.0).round() / 100.0;
    Change {
        finding,
        difference: (!hidden).then(|| two(difference)),
        interval: (!hidden).then(|| [two(low), two(high)]),
    }
}

/// The difference of two shares `(of, all)` and its interval.
fn newcombe(a: (u32, u32), b: (u32, u32)) -> (f64, [f64; 2]) {
    let (p_a, [low_a, high_a]) = wilson(a);
    let (p_b, [low_b, high_b]) = wilson(b);
    let difference = p_a - p_b;
    let low = difference - (p_a - low_a).hypot(high_b - p_b);
    let high = difference + (high_a - p_a).hypot(p_b - low_b);
    (difference, [low, high])
}

/// A share and its score interval (Wilson, 1927).
fn wilson((of, all): (u32, u32)) -> (f64, [f64; 2]) {
    let (n, p) = (f64::from(all), f64::from(of) / f64::from(all));
    let (zz, centre) = (Z * Z, 2.0 * n * p + Z * Z);
    let half = Z * (zz + 4.0 * n * p * (1.0 - p)).sqrt();
    let whole = 2.0 * (n + zz);
    (p, [(centre - half) / whole, (centre + half) / whole])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(people: u32, people_unsafe: u32, people_avoid: u32) -> Heard {
        Heard { people, people_unsafe, people_avoid }
    }

    #[test]
    fn the_interval_is_newcombes() {
        // Newcombe 1998, table II, method 10: the rows (56/70, 48/80) and (9/10, 3/10).
        let close = |found: [f64; 2], expected: [f64; 2]| {
            assert!((found[0] - expected[0]).abs() < 5e-5 && (found[1] - expected[1]).abs() < 5e-5, "{found:?}");
        };
        close(newcombe((56, 70), (48, 80)).1, [0.0524, 0.3339]);
        close(newcombe((9, 10), (3, 10)).1, [0.1705, 0.8090]);
        close(newcombe((10, 10), (0, 10)).1, [0.6075, 1.0]);
    }

    #[test]
    fn few_people_are_matter_for_conversation() {
        let of = |before, after| effect(&before, &after).less_safe.finding;
        assert_eq!(of(heard(40, 36, 0), heard(4, 0, 0)), Finding::TooFew);
        assert_eq!(of(heard(40, 36, 0), heard(29, 3, 0)), Finding::Conversation);
        assert_eq!(of(heard(40, 36, 0), heard(40, 10, 0)), Finding::Less);
        assert_eq!(of(heard(40, 10, 0), heard(40, 36, 0)), Finding::More);
        assert_eq!(of(heard(40, 20, 0), heard(40, 18, 0)), Finding::MayBeChance);
    }

    #[test]
    fn fewer_than_three_people_are_not_told_by_their_difference_either() {
        let told = effect(&heard(30, 20, 2), &heard(30, 1, 9));
        assert_eq!((told.before.people_unsafe, told.after.people_unsafe), (Some(20), None));
        assert_eq!((told.less_safe.finding, told.less_safe.difference), (Finding::Less, None));
        assert_eq!(told.avoidance.interval, None);
        assert_eq!(effect(&heard(4, 4, 4), &heard(30, 9, 9)).before.people_unsafe, None);
    }
}
