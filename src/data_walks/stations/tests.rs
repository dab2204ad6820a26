//! The charts of stations.

use super::*;

fn person(age: Option<AgeBand>, gender: Option<Gender>) -> Who {
    Who { age, gender, role: None }
}

#[test]
fn a_band_too_small_to_tell_stands_with_those_who_did_not_say() {
    let mut people = vec![person(Some(AgeBand::From65), Some(Gender::Woman)); 7];
    people.extend(vec![person(Some(AgeBand::From12), None); 2]);
    people.push(person(None, Some(Gender::Man)));
    let fields = who(&people);
    let ages: Vec<_> = fields[0].bands.iter().map(|band| band.people).collect();
    assert_eq!(ages, [None, None, None, None, None, Some(7)]);
    assert_eq!(
        (fields[0].of, fields[0].others),
        (GroupedBy::Age, 3),
        "two young people cannot be told from one silent"
    );
    assert_eq!(fields[1].bands.iter().map(|band| band.people).collect::<Vec<_>>(), [Some(7), None, None]);
    assert_eq!((fields[1].others, fields[2].others), (3, 10));
}

#[test]
fn quotes_of_all_feelings_come_by_turns() {
    let quote = |feeling, words: &str| Quote { feeling, words: words.to_owned(), place: None };
    let many: Vec<Quote> = (0..20).map(|n| quote(Feeling::Unsafe, &n.to_string())).collect();
    let quotes = [many, vec![quote(Feeling::Safe, "a"), quote(Feeling::Mixed, "b")]].concat();
    let turns = by_turns(&quotes);
    assert_eq!(turns.len(), MAX_QUOTES);
    assert_eq!(turns[..4].iter().map(|one| one.words.as_str()).collect::<Vec<_>>(), ["a", "0", "b", "1"]);
}
