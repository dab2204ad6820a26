//! Actions as files: every field as CSV, points on a map as GeoJSON, and the table of a neighbourhood safety plan.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::LazyLock;

use serde_json::{Value, json};

use crate::actions::{Action, ActionCost, ActionLever, ActionOwner};
use crate::id::Id;
use crate::phrases::{Phrases, Tongues};
use crate::places::Place;

static WORDS: LazyLock<Tongues> = LazyLock::new(|| {
    Tongues::read([
        include_str!("words/nl.json"),
        include_str!("words/fr.json"),
        include_str!("words/de.json"),
        include_str!("words/en.json"),
    ])
});

/// The sentences of a language; English where the pages do not speak it.
#[must_use]
pub fn words(lang: &str) -> (&'static str, &'static Phrases) {
    WORDS.of(lang)
}

/// The columns of the CSV, whose words stay the same whatever the language.
const COLUMNS: [&str; 22] = [
    "id",
    "places",
    "problem",
    "goal",
    "measure",
    "type",
    "lever",
    "owner",
    "co_owner",
    "cost",
    "due",
    "status",
    "reason",
    "proposed_on",
    "answer_due",
    "answered_on",
    "late",
    "votes",
    "indicator",
    "review_on",
    "public_text",
    "lon_lat",
];

/// The columns of the table for the safety plan.
const PLAN: [&str; 10] =
    ["place", "problem", "goal", "measure", "owner", "cost", "due", "status", "indicator", "review_on"];

/// Writes every field of every action as CSV (RFC 4180, UTF-8). A field that a spreadsheet would take for a formula begins
/// with an apostrophe.
#[must_use]
pub fn csv(actions: &[Action], places: &BTreeMap<Id, Place>, today: &str) -> String {
    let mut file = String::new();
    line(&mut file, &COLUMNS.map(Cow::from));
    for action in actions {
        let told = &action.told;
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let spots: Vec<String> = points(action, places).map(|(lon, lat)| format!("{lon} {lat}")).collect();
        let fields = [
            action.id.to_string(),
            names(action, places),
            told.problem.clone(),
            told.goal.clone(),
            told.measure.clone(),
            told.kind.code().to_owned(),
            told.lever.map_or("", ActionLever::code).to_owned(),
            told.owner.map_or("", ActionOwner::code).to_owned(),
            text(&told.co_owner),
            told.cost.map_or("", ActionCost::code).to_owned(),
            text(&told.due),
            action.status.code().to_owned(),
            text(&action.reason),
            action.proposed_on.clone(),
            told.answer_due.clone(),
            text(&action.answered_on),
            action.is_late(today).to_string(),
            action.people_for().to_string(),
            text(&told.indicator),
            text(&told.review_on),
            text(&told.public_text),
            spots.join("; "),
        ];
        line(&mut file, &fields.map(Cow::from));
    }
    file
}

fn names(action: &Action, places: &BTreeMap<Id, Place>) -> String {
    let names: Vec<&str> =
        action.told.places.iter().filter_map(|id| places.get(id)).map(|place| place.name.as_str()).collect();
    names.join("; ")
}

fn points(action: &Action, places: &BTreeMap<Id, Place>) -> impl Iterator<Item = (f64, f64)> {
    action.told.places.iter().filter_map(|id| places.get(id)).map(|place| place.centre)
}

fn line(file: &mut String, fields: &[Cow<'_, str>]) {
    for (at, field) in fields.iter().enumerate() {
        if at > 0 {
            file.push(',');
        }
        file.push_str(&cell(field));
    }
    file.push_str("\r\n");
}

/// A field of a CSV file that no spreadsheet takes for a formula.
fn cell(field: &str) -> Cow<'_, str> {
    // What a formula begins with, also behind spaces (OWASP, CSV injection).
    let is_formula = field.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
        || field.starts_with(['\t', '\r', '\n']);
    let safe = if is_formula { Cow::from(format!("'{field}")) } else { Cow::from(field) };
    if safe.contains([',', '"', '\n', '\r', ';']) {
        Cow::from(format!("\"{}\"", safe.replace('"', "\"\"")))
    } else {
        safe
    }
}

/// Actions as a GeoJSON `FeatureCollection` (RFC 7946): the middle of each place; without geometry for the whole area.
#[must_use]
pub fn geojson(actions: &[Action], places: &BTreeMap<Id, Place>, today: &str) -> Value {
    let feature = |action: &Action| {
        let spots: Vec<[f64; 2]> = points(action, places).map(Into::into).collect();
        let geometry = match &spots[..] {
            [] => Value::Null,
            [only] => json!({"type": "Point", "coordinates": only}),
            more => json!({"type": "MultiPoint", "coordinates": more}),
        };
        let told = &action.told;
        json!({
            "type": "Feature", "id": action.id, "geometry": geometry,
            "properties": {
                "places": names(action, places), "problem": told.problem, "goal": told.goal, "measure": told.measure,
                "type": told.kind, "lever": told.lever, "owner": told.owner, "co_owner": told.co_owner, "cost": told.cost,
                "due": told.due, "status": action.status, "reason": action.reason, "proposed_on": action.proposed_on,
                "answer_due": told.answer_due, "answered_on": action.answered_on, "late": action.is_late(today),
                "votes": action.people_for(), "indicator": told.indicator, "review_on": told.review_on,
                "public_text": told.public_text,
            }
        })
    };
    json!({"type": "FeatureCollection", "features": actions.iter().map(feature).collect::<Vec<_>>()})
}

/// The rows of the table for the neighbourhood safety plan in a language, those that are promised first; without what was
/// refused.
fn plan(actions: &[Action], places: &BTreeMap<Id, Place>, words: &Phrases) -> Vec<[String; 10]> {
    let mut promised: Vec<&Action> =
        actions.iter().filter(|a| a.status != crate::actions::ActionStatus::Refused).collect();
    promised.sort_by_key(|action| (!action.status.answers(), action.told.due.clone().unwrap_or("9999".into())));
    let word = |of: &str, code: &str| words.say(&format!("{of}.{code}"), &[]);
    let day = |date: &Option<String>| date.as_deref().map(|date| words.day(date)).unwrap_or_default();
    let row = |action: &Action| {
        let told = &action.told;
        let place = names(action, places);
        let owner = told.owner.map_or_else(|| word("owner", "none"), |owner| word("owner", owner.code()));
        let both = told.co_owner.as_ref().map_or(owner.clone(), |with| format!("{owner}, {with}"));
        [
            if place.is_empty() { word("plan", "everywhere") } else { place },
            told.problem.clone(),
            told.goal.clone(),
            told.measure.clone(),
            both,
            told.cost.map(|cost| word("cost", cost.code())).unwrap_or_default(),
            day(&told.due),
            word("status", action.status.code()),
            told.indicator.clone().unwrap_or_default(),
            day(&told.review_on),
        ]
    };
    promised.into_iter().map(row).collect()
}

/// The table for the neighbourhood safety plan as CSV.
#[must_use]
pub fn plan_csv(actions: &[Action], places: &BTreeMap<Id, Place>, lang: &str) -> String {
    let (_, words) = words(lang);
    let mut file = String::new();
    line(&mut file, &PLAN.map(|column| Cow::from(words.say(&format!("plan.{column}"), &[]))));
    for row in plan(actions, places, words) {
        line(&mut file, &row.map(Cow::from));
    }
    file
}

/// The table for the neighbourhood safety plan as a page that a word processor opens.
#[must_use]
pub fn plan_html(
    actions: &[Action],
    places: &BTreeMap<Id, Place>,
    neighbourhood: &str,
    today: &str,
    lang: &str,
) -> String {
    let (lang, words) = words(lang);
    let mut rows = String::new();
    for row in plan(actions, places, words) {
        let cells = row.iter().fold(String::new(), |cells, cell| cells + "<td>" + &escaped(cell) + "</td>");
        let _ = write!(rows, "<tr>{cells}</tr>");
    }
    let heads = PLAN.iter().fold(String::new(), |heads, column| {
        heads + "<th scope=\"col\">" + &escaped(&words.say(&format!("plan.{column}"), &[])) + "</th>"
    });
    let title = escaped(&words.say("plan.title", &[("neighbourhood", neighbourhood)]));
    let note = escaped(&words.say("plan.note", &[("day", &words.day(today))]));
    format!(
        "<!doctype html><html lang=\"{lang}\"><head><meta charset=\"utf-8\"><title>{title}</title></head><body><h1>{title}</h1>\
         <p>{note}</p><table border=\"1\"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></body></html>"
    )
}

/// Text as it may stand in HTML; a new line stays one.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\n' => safe.push_str("<br>"),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actions::tests::action;
    use crate::actions::{ActionKind, ActionStatus};

    #[test]
    fn every_language_has_every_word() {
        assert_eq!(WORDS.differences(), Vec::<String>::new());
        let (_, words) = words("de");
        let codes = [
            ("status", ActionStatus::ALL.iter().map(|one| one.code()).collect::<Vec<_>>()),
            ("owner", ActionOwner::ALL.iter().map(|one| one.code()).collect()),
            ("cost", ActionCost::ALL.iter().map(|one| one.code()).collect()),
            ("type", ActionKind::ALL.iter().map(|one| one.code()).collect()),
            ("plan", PLAN.to_vec()),
        ];
        for (of, codes) in codes {
            for code in codes {
                assert!(words.has(&format!("{of}.{code}")), "{of}.{code}");
            }
        }
    }

    #[test]
    fn a_formula_is_only_text() {
        assert_eq!(cell("=1+1"), "'=1+1");
        assert_eq!(cell(" @SUM(A1)"), "' @SUM(A1)");
        assert_eq!(cell("-2"), "'-2");
        assert_eq!(cell("\t=1"), "'\t=1");
        assert_eq!(cell("a,\"b\""), "\"a,\"\"b\"\"\"");
        assert_eq!(cell("'t Zand"), "'t Zand");
        let mut bad = action();
        bad.told.measure = "=HYPERLINK(\"http://evil\",\"x\")".into();
        let file = csv(&[bad], &BTreeMap::new(), "2026-11-17");
        assert!(file.contains("\"'=HYPERLINK(\"\"http://evil\"\",\"\"x\"\")\""), "{file}");
        assert_eq!(file.lines().count(), 2);
    }

    #[test]
    fn the_safety_plan_is_a_table_in_its_language() {
        let mut planned = action();
        planned.told.measure = "<b>Lampen</b>".into();
        let refused = Action { status: ActionStatus::Refused, ..action() };
        let page = plan_html(&[planned.clone(), refused], &BTreeMap::new(), "'t Zand", "2026-11-17", "nl");
        assert!(page.contains("&lt;b&gt;Lampen") && page.contains("&#39;t Zand") && page.contains("17 november 2026"));
        assert_eq!(page.matches("<tr>").count(), 2);
        assert_eq!(plan_csv(&[planned], &BTreeMap::new(), "fr").lines().count(), 2);
    }
}
