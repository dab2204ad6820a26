//! What a comment seems to say about others: a person, a house, a telephone, a number plate, a group of people. The patterns
//! stand in one file that the tablet reads too, in the syntax that both understand: no look-around, no `\b`, no `\d`.

use std::sync::LazyLock;

use regex::{Regex, RegexBuilder};
use serde::Deserialize;

use crate::words;

words! {
    /// What words seem to point at. A hint for whoever writes and for whoever checks, never a refusal.
    pub enum Flag { Name = "name", HouseNumber = "house_number", Contact = "contact", Plate = "plate", Group = "group" }
}

#[derive(Deserialize)]
struct Kind {
    kind: Flag,
    find: Vec<Pattern>,
    not: Vec<Pattern>,
}

#[derive(Deserialize)]
struct Pattern {
    pattern: String,
    #[serde(default)]
    any_case: bool,
    #[serde(default)]
    unless: Option<String>,
}

/// The patterns of a kind. The first group of a find is what it looks at; where that is one of the others, it is nothing.
struct Rule {
    flag: Flag,
    find: Vec<(Regex, Option<Regex>)>,
    not: Vec<Regex>,
}

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let kinds: Vec<Kind> = serde_json::from_str(include_str!("wording.json")).unwrap_or_default();
    let rule = |Kind { kind, find, not }| Rule {
        flag: kind,
        find: find
            .iter()
            .filter_map(|one| {
                Some((built(&one.pattern, one.any_case)?, one.unless.as_deref().and_then(|unless| built(unless, true))))
            })
            .collect(),
        not: not.iter().filter_map(|one| built(&one.pattern, one.any_case)).collect(),
    };
    kinds.into_iter().map(rule).collect()
});

fn built(pattern: &str, any_case: bool) -> Option<Regex> {
    RegexBuilder::new(pattern).case_insensitive(any_case).build().ok()
}

/// What a text seems to point at, each kind once, in the order of the list.
#[must_use]
pub fn flags<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<Flag> {
    let texts: Vec<&str> = texts.into_iter().collect();
    let seems =
        |flag: Flag| RULES.iter().filter(|rule| rule.flag == flag).any(|rule| texts.iter().any(|text| rule.sees(text)));
    Flag::ALL.iter().copied().filter(|flag| seems(*flag)).collect()
}

impl Rule {
    fn sees(&self, text: &str) -> bool {
        self.find.iter().filter(|(_, unless)| !unless.as_ref().is_some_and(|unless| unless.is_match(text))).any(
            |(find, _)| {
                let mut at = 0;
                while let Some(seen) = find.captures_at(text, at).and_then(|found| found.get(1)) {
                    if !self.not.iter().any(|not| not.is_match(seen.as_str())) {
                        return true;
                    }
                    at = seen.end();
                }
                false
            },
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_is_one_that_both_engines_read() {
        let kinds: Vec<Kind> = serde_json::from_str(include_str!("wording.json")).expect("the file is a list of kinds");
        let patterns = |kind: &Kind| kind.find.len() + kind.not.len();
        assert_eq!(
            kinds.iter().map(patterns).sum::<usize>(),
            RULES.iter().map(|rule| rule.find.len() + rule.not.len()).sum::<usize>()
        );
        for pattern in kinds.iter().flat_map(|kind| kind.find.iter().chain(&kind.not)) {
            assert!(
                ["\\b", "\\d", "\\w", "(?=", "(?!", "(?<", "(?i"].iter().all(|sign| !pattern.pattern.contains(sign)),
                "{}",
                pattern.pattern
            );
        }
    }

    /// The same sentences as the tablet's test, with the same answers.
    #[test]
    fn the_sentences_are_flagged_as_they_should_be() {
        let wrong: Vec<String> = include_str!("wording.tsv")
            .lines()
            .filter_map(|line| {
                let (wanted, text) = line.split_once('\t')?;
                let found: Vec<&str> = flags([text]).iter().map(|flag| flag.code()).collect();
                (found.join(",") != wanted).then(|| format!("{text}\n  wanted {wanted:?}, found {:?}", found.join(",")))
            })
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
