//! The filter that every surface, hotspot, chart and export is a function of.

use crate::error::{Error, Kind, Result};
use crate::gatherings::{AgeBand, Gender, Part, Who};
use crate::id::Id;
use crate::neighbourhoods::themes::Theme;
use crate::pins::{Basis, Feeling, Pin, When};
use crate::time::check_date;
use crate::words;

words! {
    /// What tells two selections apart.
    pub enum Differs { Groups = "groups", Times = "times", Rounds = "rounds", Other = "other" }
}

/// Which pins are meant: the values of one key are alternatives, different keys must all fit. An empty key fits all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Selection {
    rounds: Vec<String>,
    gatherings: Vec<Id>,
    feelings: Vec<Feeling>,
    themes: Vec<Theme>,
    when: Vec<When>,
    basis: Vec<Basis>,
    roles: Vec<Part>,
    ages: Vec<AgeBand>,
    genders: Vec<Gender>,
    from: Option<String>,
    to: Option<String>,
}

impl Selection {
    /// Takes one key and value of an address; says whether the key is one of the selection's.
    pub fn take(&mut self, key: &str, value: &str) -> Result<bool> {
        self.read(key, value).map_err(|error| error.with_kind(Kind::BadRequest).with_slug("bad_selection"))
    }

    fn read(&mut self, key: &str, value: &str) -> Result<bool> {
        match key {
            "round" => add(&mut self.rounds, value.to_owned()),
            "gathering" => add(&mut self.gatherings, Id::parse(key, value)?),
            "feeling" => add(&mut self.feelings, Feeling::parse(key, value)?),
            "theme" => add(&mut self.themes, Theme::parse(key, value)?),
            "when" => add(&mut self.when, When::parse(key, value)?),
            "basis" => add(&mut self.basis, Basis::parse(key, value)?),
            "role" => add(&mut self.roles, Part::parse(key, value)?),
            "age" => add(&mut self.ages, AgeBand::parse(key, value)?),
            "gender" => add(&mut self.genders, Gender::parse(key, value)?),
            "from" => self.from = Some(date(key, value)?),
            "to" => self.to = Some(date(key, value)?),
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Reads the query of an address of which every key must belong to the selection or to `others`. Gives the values of
    /// `others` too, in their order.
    pub fn parse(pairs: &[(String, String)], others: &[&str]) -> Result<(Self, Vec<Option<String>>)> {
        let mut selection = Self::default();
        let mut found = vec![None; others.len()];
        for (key, value) in pairs {
            if let Some(place) = others.iter().position(|other| other == key) {
                found[place] = Some(value.clone());
            } else if !selection.take(key, value)? {
                let key: String = key.chars().take(40).collect();
                return Err(Error::bad_request(key, "is not a key of a selection").with_slug("bad_selection"));
            }
        }
        Ok((selection, found))
    }

    /// How many of age, gender and role it filters by.
    #[must_use]
    pub fn who_fields(&self) -> usize {
        [!self.ages.is_empty(), !self.genders.is_empty(), !self.roles.is_empty()].into_iter().filter(|is| *is).count()
    }

    /// Whether it filters by the time of day.
    #[must_use]
    pub fn names_times(&self) -> bool {
        !self.when.is_empty()
    }

    /// What tells it from another: who, when of the day, or which round; what else there is counts where none of them does.
    #[must_use]
    pub fn differs_by(&self, other: &Self) -> Differs {
        let who = |s: &Self| (s.roles.clone(), s.ages.clone(), s.genders.clone());
        let round = |s: &Self| (s.rounds.clone(), s.from.clone(), s.to.clone());
        match (who(self) != who(other), self.when != other.when, round(self) != round(other)) {
            (true, _, _) => Differs::Groups,
            (_, true, _) => Differs::Times,
            (_, _, true) => Differs::Rounds,
            _ => Differs::Other,
        }
    }

    /// The same selection whatever the time of day.
    #[must_use]
    pub fn at_any_time(&self) -> Self {
        Self { when: Vec::new(), ..self.clone() }
    }

    /// Whether the pin is meant.
    #[must_use]
    pub fn fits(&self, pin: &Pin) -> bool {
        let told = &pin.told;
        self.fits_gathering(&pin.gathering, &pin.round, &pin.held_on)
            && self.fits_who(&pin.who)
            && self.fits_told(
                told.feeling,
                told.basis,
                |theme| told.themes.contains(&theme),
                |when| told.when.contains(&when),
            )
    }

    /// Whether nobody is left out by who they are or by their gathering.
    #[must_use]
    pub fn means_everyone(&self) -> bool {
        self.rounds.is_empty()
            && self.gatherings.is_empty()
            && self.roles.is_empty()
            && self.ages.is_empty()
            && self.genders.is_empty()
            && self.from.is_none()
            && self.to.is_none()
    }

    /// Whether the pins of a gathering may be meant.
    #[must_use]
    pub fn fits_gathering(&self, id: &Id, round: &str, held_on: &str) -> bool {
        (self.rounds.is_empty() || self.rounds.iter().any(|wanted| wanted == round))
            && one(&self.gatherings, id)
            && self.from.as_deref().is_none_or(|from| from <= held_on)
            && self.to.as_deref().is_none_or(|to| held_on <= to)
    }

    /// Whether the pins of a participant may be meant.
    #[must_use]
    pub fn fits_who(&self, who: &Who) -> bool {
        known(&self.roles, who.role.as_ref())
            && known(&self.ages, who.age.as_ref())
            && known(&self.genders, who.gender.as_ref())
    }

    /// Whether what a pin tells is meant.
    #[must_use]
    pub fn fits_told(
        &self,
        feeling: Feeling,
        basis: Basis,
        has_theme: impl Fn(Theme) -> bool,
        has_when: impl Fn(When) -> bool,
    ) -> bool {
        one(&self.feelings, &feeling)
            && one(&self.basis, &basis)
            && (self.themes.is_empty() || self.themes.iter().any(|wanted| has_theme(*wanted)))
            && (self.when.is_empty() || self.when.iter().any(|wanted| has_when(*wanted)))
    }
}

fn add<T: PartialEq>(list: &mut Vec<T>, value: T) {
    if !list.contains(&value) {
        list.push(value);
    }
}

fn date(key: &str, value: &str) -> Result<String> {
    check_date(key, value)?;
    Ok(value.to_owned())
}

fn one<T: PartialEq>(wanted: &[T], is: &T) -> bool {
    wanted.is_empty() || wanted.contains(is)
}

fn known<T: PartialEq>(wanted: &[T], is: Option<&T>) -> bool {
    wanted.is_empty() || is.is_some_and(|is| wanted.contains(is))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(query: &[(&str, &str)]) -> Vec<(String, String)> {
        query.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
    }

    #[test]
    fn an_unknown_key_or_value_is_named() {
        let key = Selection::parse(&pairs(&[("colour", "red")]), &[]).unwrap_err();
        assert_eq!((key.kind, key.field.as_deref()), (Kind::BadRequest, Some("colour")));
        let value = Selection::parse(&pairs(&[("theme", "lamps")]), &[]).unwrap_err();
        assert_eq!((value.kind, value.field.as_deref()), (Kind::BadRequest, Some("theme")));
        assert!(value.reason.contains("lamps"), "{}", value.reason);
        assert!(Selection::parse(&pairs(&[("from", "soon")]), &[]).is_err());
    }

    #[test]
    fn other_keys_are_given_back() {
        let (selection, found) =
            Selection::parse(&pairs(&[("sigma_m", "80"), ("when", "dark")]), &["sigma_m", "x"]).unwrap();
        assert_eq!(found, [Some("80".to_owned()), None]);
        assert_eq!(selection.when, [When::Dark]);
    }
}
