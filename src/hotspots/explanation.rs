//! Why people differ at a contested place.
//!
//! Four things are asked in this order, and the first that explains it is told: whether they differ by the time of day,
//! by who they are, by what they speak of, or whether the same people feel both. A time comes first because it is told of
//! the place and not of people, a group before a theme because it explains more where both fit. What none of them
//! explains stays open: that is an answer too. Shares are those of people who say unsafe among the voices for unsafe and
//! for safe; nothing is told of fewer than three people, and of a group only where the selection has fifteen of each.

use std::collections::HashMap;

use super::{MIN_TOLD, Spot};
use crate::gatherings::{AgeBand, Gender, Part, Who};
use crate::neighbourhoods::themes::Theme;
use crate::pins::{Feeling, When};
use crate::words;

words! {
    /// What people are told apart by.
    pub enum GroupedBy { Gender = "gender", Age = "age", Role = "role" }
}

/// Why people differ at a place.
#[derive(Debug, Clone, PartialEq)]
pub enum Explanation {
    /// By the time: the share of unsafe in the evening, at night or in the dark, and that in the morning or afternoon.
    Time {
        /// The share in the dark.
        dark: f64,
        /// The share by day.
        day: f64,
    },
    /// By who they are: one group says unsafe more often than another.
    Group {
        /// What they are told apart by.
        of: GroupedBy,
        /// The group that says unsafe more often: a word, or `under_30` and `from_30` of ages.
        more: &'static str,
        /// The group that does so less.
        less: &'static str,
        /// The share of unsafe of the one.
        more_share: f64,
        /// The share of unsafe of the other.
        less_share: f64,
    },
    /// By what they speak of: what one side says most is rare on the other.
    Theme {
        /// What most of those speak of who feel safe.
        safe: Theme,
        /// What most of those speak of who feel unsafe.
        r#unsafe: Theme,
    },
    /// The same people feel both there.
    Mixed {
        /// How many.
        people: u32,
    },
    /// Nothing that was asked explains it.
    Open,
}

/// From this difference between two shares on, a time or a group explains why people differ (people surface).
pub const MIN_DIFFERENCE: f64 = 0.4;
/// Fewest people of a group in the selection for it to be told of (people surface, minimum-sample tiers).
pub const MIN_GROUP: usize = 15;
/// A theme is rare on a side where less than this part of the people speak of it, measured by the other side.
pub const RARE_PART: f64 = 1.0 / 3.0;
/// The least part of the people who must feel both themselves.
pub const MIXED_PART: f64 = 1.0 / 3.0;

/// The ages between which a group can be told apart, with the bands on either side.
const AGES: [(AgeBand, &str, &str); 4] = [
    (AgeBand::From18, "under_18", "from_18"),
    (AgeBand::From30, "under_30", "from_30"),
    (AgeBand::From45, "under_45", "from_45"),
    (AgeBand::From65, "under_65", "from_65"),
];

/// Explains a contested place by the pins in it; `who` holds every participant of the selection.
#[must_use]
#[expect(clippy::implicit_hasher, reason = "the index's own map")]
pub fn explain(spots_here: &[&Spot], who: &HashMap<u32, Who>) -> Explanation {
    let here = Here { spots: spots_here.iter().copied().filter(|s| s.is_own()).collect(), who };
    here.by_time()
        .or_else(|| here.by_group())
        .or_else(|| here.by_theme())
        .or_else(|| here.mixed())
        .unwrap_or(Explanation::Open)
}

/// The own pins at a place, and who made them.
struct Here<'a> {
    spots: Vec<&'a Spot>,
    who: &'a HashMap<u32, Who>,
}

impl Here<'_> {
    fn people(&self, says: impl Fn(&Spot) -> bool) -> u32 {
        let mut people: Vec<u32> = self.spots.iter().filter(|s| says(s)).map(|s| s.participant).collect();
        people.sort_unstable();
        people.dedup();
        u32::try_from(people.len()).unwrap_or(u32::MAX)
    }

    /// The share of unsafe among the voices that are meant; none where they are those of fewer than three people.
    fn share(&self, is_meant: impl Fn(&Spot) -> bool) -> Option<f64> {
        let says_unsafe = f64::from(self.people(|s| is_meant(s) && s.says_unsafe()));
        let says_safe = f64::from(self.people(|s| is_meant(s) && s.says_safe()));
        (self.people(&is_meant) >= MIN_TOLD).then(|| says_unsafe / (says_unsafe + says_safe))
    }

    fn by_time(&self) -> Option<Explanation> {
        let at = |times: &[When]| self.share(|s| times.iter().any(|when| s.has_when(*when)));
        let dark = at(&[When::Evening, When::Night, When::Dark])?;
        let day = at(&[When::Morning, When::Afternoon])?;
        is_different(dark, day).then_some(Explanation::Time { dark, day })
    }

    fn by_group(&self) -> Option<Explanation> {
        let mut most: Option<(f64, Explanation)> = None;
        for (of, [a, b]) in pairs() {
            let (Some(share_a), Some(share_b)) = (self.share_of(&a), self.share_of(&b)) else { continue };
            let difference = (share_a - share_b).abs();
            if !is_different(share_a, share_b) || most.as_ref().is_some_and(|(other, _)| *other >= difference) {
                continue;
            }
            let (more, less) =
                if share_a > share_b { ((a, share_a), (b, share_b)) } else { ((b, share_b), (a, share_a)) };
            let told =
                Explanation::Group { of, more: more.0.word, less: less.0.word, more_share: more.1, less_share: less.1 };
            most = Some((difference, told));
        }
        most.map(|(_, told)| told)
    }

    fn share_of(&self, group: &Group) -> Option<f64> {
        let in_all = self.who.values().filter(|who| group.holds(**who)).count();
        let is_of = |s: &Spot| self.who.get(&s.participant).is_some_and(|who| group.holds(*who));
        if in_all < MIN_GROUP { None } else { self.share(is_of) }
    }

    fn by_theme(&self) -> Option<Explanation> {
        let speak = |side: fn(&Spot) -> bool, theme: Theme| self.people(|s| side(s) && s.has_theme(theme));
        let part =
            |side: fn(&Spot) -> bool, theme: Theme| f64::from(speak(side, theme)) / f64::from(self.people(side).max(1));
        let told = |side: fn(&Spot) -> bool, other: fn(&Spot) -> bool| {
            let themes = Theme::ALL.iter().copied().filter(|theme| *theme != Theme::Other);
            // Of themes with as many people, the first of the list.
            let most = themes.rev().max_by_key(|theme| speak(side, *theme))?;
            let is_rare = part(other, most) < RARE_PART * part(side, most);
            (speak(side, most) >= MIN_TOLD && is_rare).then_some(most)
        };
        let safe = told(Spot::says_safe, Spot::says_unsafe)?;
        Some(Explanation::Theme { safe, r#unsafe: told(Spot::says_unsafe, Spot::says_safe)? })
    }

    fn mixed(&self) -> Option<Explanation> {
        let feels =
            |one: u32, feeling: Feeling| self.spots.iter().any(|s| s.participant == one && s.feeling == feeling);
        let both = |s: &Spot| {
            let one = s.participant;
            feels(one, Feeling::Mixed) || (feels(one, Feeling::Safe) && feels(one, Feeling::Unsafe))
        };
        let (people, all) = (self.people(both), self.people(|_| true));
        let is_enough = people >= MIN_TOLD && f64::from(people) >= MIXED_PART * f64::from(all);
        is_enough.then_some(Explanation::Mixed { people })
    }
}

/// A group of people.
#[derive(Debug, Clone, Copy)]
struct Group {
    word: &'static str,
    is: Is,
}

#[derive(Debug, Clone, Copy)]
enum Is {
    Gender(Gender),
    Role(Part),
    Under(AgeBand),
    From(AgeBand),
}

impl Group {
    fn holds(&self, who: Who) -> bool {
        match self.is {
            Is::Gender(gender) => who.gender == Some(gender),
            Is::Role(role) => who.role == Some(role),
            Is::Under(band) => who.age.is_some_and(|age| age < band),
            Is::From(band) => who.age.is_some_and(|age| age >= band),
        }
    }
}

/// Every two groups that are held against each other.
fn pairs() -> Vec<(GroupedBy, [Group; 2])> {
    let genders: Vec<Group> = Gender::ALL.iter().map(|one| Group { word: one.code(), is: Is::Gender(*one) }).collect();
    let roles: Vec<Group> = Part::ALL.iter().map(|one| Group { word: one.code(), is: Is::Role(*one) }).collect();
    let each_two = |of: GroupedBy, groups: &[Group]| -> Vec<(GroupedBy, [Group; 2])> {
        let after = |at: usize| groups[at + 1..].iter().map(move |other| (of, [groups[at], *other]));
        (0..groups.len()).flat_map(after).collect()
    };
    let ages = AGES.iter().map(|(band, under, from)| {
        let (under, from) = (Group { word: under, is: Is::Under(*band) }, Group { word: from, is: Is::From(*band) });
        (GroupedBy::Age, [under, from])
    });
    let mut all = each_two(GroupedBy::Gender, &genders);
    all.extend(ages);
    all.extend(each_two(GroupedBy::Role, &roles));
    all
}

/// Whether two shares differ enough, but for rounding.
fn is_different(a: f64, b: f64) -> bool {
    (a - b).abs() >= MIN_DIFFERENCE - 1e-9
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hotspots::{theme_bits, when_bits};
    use crate::pins::Basis;

    fn spot(participant: u32, feeling: Feeling) -> Spot {
        Spot::own(participant, 0.0, 0.0, feeling)
    }

    fn of(spots: &[Spot], who: &HashMap<u32, Who>) -> Explanation {
        explain(&spots.iter().collect::<Vec<_>>(), who)
    }

    /// Six who feel unsafe and six who feel safe.
    fn differ(change: impl Fn(&mut Spot)) -> Vec<Spot> {
        let feeling = |who| if who < 6 { Feeling::Unsafe } else { Feeling::Safe };
        let mut spots: Vec<Spot> = (0..12).map(|who| spot(who, feeling(who))).collect();
        spots.iter_mut().for_each(change);
        spots
    }

    fn is_unsafe(s: &Spot) -> bool {
        s.feeling == Feeling::Unsafe
    }

    #[test]
    fn what_nothing_explains_stays_open() {
        assert_eq!(of(&differ(|_| ()), &HashMap::new()), Explanation::Open);
        assert_eq!(of(&[], &HashMap::new()), Explanation::Open);
    }

    #[test]
    fn by_time() {
        let set = |s: &mut Spot| {
            let when = match s.participant {
                0..=4 => [When::Dark, When::Evening],
                5 => [When::Morning, When::Morning],
                _ => [When::Afternoon, When::Always],
            };
            s.when = when_bits(&when);
        };
        let told = of(&differ(set), &HashMap::new());
        assert_eq!(told, Explanation::Time { dark: 1.0, day: 1.0 / 7.0 });
        // Two people by day are not told.
        let two = |s: &mut Spot| s.when = when_bits(&[if s.participant < 10 { When::Night } else { When::Morning }]);
        assert_eq!(of(&differ(two), &HashMap::new()), Explanation::Open);
        // Ten pins of one person are one voice.
        let mut spots = differ(two);
        spots.extend((0..10).map(|_| Spot { when: when_bits(&[When::Morning]), ..spot(10, Feeling::Safe) }));
        assert_eq!(of(&spots, &HashMap::new()), Explanation::Open);
        // What was heard is no voice.
        spots.truncate(12);
        let heard = |who| Spot { basis: Basis::Heard, when: when_bits(&[When::Morning]), ..spot(who, Feeling::Safe) };
        spots.extend((20..30).map(heard));
        assert_eq!(of(&spots, &HashMap::new()), Explanation::Open);
    }

    fn who(of: impl Fn(u32) -> Who) -> HashMap<u32, Who> {
        // Every second one of those who are not here is like those who are.
        (0..40).map(|one| (one, of(if one < 12 { one } else { one % 2 * 6 }))).collect()
    }

    #[test]
    fn by_group() {
        let gender = |one: u32| Some(if one < 6 { Gender::Woman } else { Gender::Man });
        let told = of(&differ(|_| ()), &who(|one| Who { gender: gender(one), ..Who::default() }));
        let Explanation::Group { of: GroupedBy::Gender, more: "woman", less: "man", more_share, less_share } = told
        else {
            panic!("{told:?}")
        };
        assert!((more_share - 1.0).abs() < 1e-9 && less_share.abs() < 1e-9);
        let age = |one: u32| Some(if one < 6 { AgeBand::From65 } else { AgeBand::From30 });
        let told = of(&differ(|_| ()), &who(|one| Who { age: age(one), ..Who::default() }));
        assert!(
            matches!(told, Explanation::Group { of: GroupedBy::Age, more: "from_45", less: "under_45", .. }),
            "{told:?}"
        );
        let role = |one: u32| Some(if one < 6 { Part::Visitor } else { Part::Resident });
        let told = of(&differ(|_| ()), &who(|one| Who { role: role(one), ..Who::default() }));
        assert!(
            matches!(told, Explanation::Group { of: GroupedBy::Role, more: "visitor", less: "resident", .. }),
            "{told:?}"
        );
    }

    #[test]
    fn a_small_group_is_not_told_of() {
        let gender = |one: u32| Some(if one < 6 { Gender::Woman } else { Gender::Man });
        let all = who(|one| Who { gender: gender(one), ..Who::default() });
        let of_fourteen: HashMap<u32, Who> = all
            .iter()
            .filter(|(one, who)| who.gender == Some(Gender::Man) || **one < 6 || **one < 28)
            .map(|(one, who)| (*one, *who))
            .collect();
        let women = of_fourteen.values().filter(|who| who.gender == Some(Gender::Woman)).count();
        assert_eq!(women, 14);
        assert_eq!(of(&differ(|_| ()), &of_fourteen), Explanation::Open);
        let mut two_here = differ(|_| ());
        two_here.retain(|s| !is_unsafe(s) || s.participant < 2);
        assert_eq!(of(&two_here, &all), Explanation::Open);
    }

    #[test]
    fn by_theme() {
        let set = |s: &mut Spot| {
            s.themes =
                theme_bits(&if is_unsafe(s) { [Theme::Light, Theme::Noise] } else { [Theme::People, Theme::Noise] });
        };
        // Noise is as often told, but on both sides; of as many the first of the list counts.
        assert_eq!(
            of(&differ(set), &HashMap::new()),
            Explanation::Theme { safe: Theme::People, r#unsafe: Theme::Light }
        );
        let both = |s: &mut Spot| s.themes = theme_bits(&[Theme::Light]);
        assert_eq!(of(&differ(both), &HashMap::new()), Explanation::Open);
        let two = |s: &mut Spot| {
            s.themes = theme_bits(&[if is_unsafe(s) { Theme::Light } else { Theme::People }]);
            if s.participant >= 2 && s.participant < 6 {
                s.themes = 0;
            }
        };
        assert_eq!(of(&differ(two), &HashMap::new()), Explanation::Open);
    }

    #[test]
    fn the_same_people_feel_both() {
        let mut spots = differ(|_| ());
        spots.extend((0..3).map(|one| spot(one, Feeling::Safe)));
        assert_eq!(of(&spots, &HashMap::new()), Explanation::Open, "three of twelve are less than a third");
        spots.push(spot(11, Feeling::Mixed));
        assert_eq!(of(&spots, &HashMap::new()), Explanation::Mixed { people: 4 });
    }

    #[test]
    fn time_comes_before_group_and_group_before_theme() {
        let gender = |one: u32| Some(if one < 6 { Gender::Woman } else { Gender::Man });
        let all = who(|one| Who { gender: gender(one), ..Who::default() });
        let theme = |s: &mut Spot| s.themes = theme_bits(&[if is_unsafe(s) { Theme::Light } else { Theme::People }]);
        assert!(matches!(of(&differ(theme), &all), Explanation::Group { .. }));
        let time = |s: &mut Spot| s.when = when_bits(&[if is_unsafe(s) { When::Dark } else { When::Morning }]);
        assert!(matches!(of(&differ(time), &all), Explanation::Time { .. }));
    }
}
