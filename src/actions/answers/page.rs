//! The page of an answer: text and one picture, made by the server, without a script, a cookie or a third party.

use std::fmt::Write as _;

use crate::actions::ActionStatus;
use crate::actions::answers::{Answer, Shown};
use crate::actions::table::{escaped, words};
use crate::hotspots::Kind;
use crate::neighbourhoods::Language;
use crate::phrases::{LANGUAGES, Phrases};

/// What surrounds the answer.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    /// The language of the frame; what was written stays in its own.
    pub lang: &'a str,
    /// The address people reach the server by: whoever shows a link elsewhere wants a picture by its whole address.
    pub server: &'a str,
    /// The address of the style sheet with fonts and colours.
    pub style_sheet: Option<&'a str>,
    /// The name in addresses of a later answer about the same place.
    pub newer: Option<&'a str>,
    /// Whether it is only looked at by staff.
    pub is_preview: bool,
}

const LOGO: &str = include_str!("../../../frontend/src/ui/icon.svg");

/// Writes the page.
#[must_use]
pub fn page(answer: &Answer, frame: Frame<'_>) -> String {
    let (lang, w) = words(frame.lang);
    let say = |key: &str| escaped(&w.say(&format!("answer.{key}"), &[]));
    let written = &answer.written;
    let own = written.lang.code();
    let (place, neighbourhood) = (escaped(&answer.place_name), escaped(&answer.neighbourhood_name));
    let here = format!("/answers/{}", answer.slug);
    let languages = LANGUAGES.iter().fold(String::new(), |list, (code, name)| {
        let current = if *code == lang { " aria-current=\"true\"" } else { "" };
        list + &format!("<a href=\"{here}?lang={code}\" lang=\"{code}\" hreflang=\"{code}\"{current}>{name}</a>")
    });
    let notice = match (frame.is_preview, frame.newer) {
        (true, _) => format!("<p class=\"notice\" role=\"status\">{}</p>", say("preview")),
        (false, Some(slug)) => {
            format!("<p class=\"notice\"><a href=\"/answers/{slug}?lang={lang}\">{}</a></p>", say("newer"))
        }
        (false, None) => String::new(),
    };
    let mut blocks = String::new();
    for (key, text) in
        [("said", &written.said), ("did", &written.did), ("will_not", &written.will_not), ("you_can", &written.you_can)]
    {
        if !text.is_empty() {
            let _ = write!(
                blocks,
                "<section class=\"{key}\"><h2>{}</h2><p lang=\"{own}\" dir=\"auto\">{}</p></section>",
                say(key),
                escaped(text)
            );
        }
    }
    if let Some(day) = &written.next_check {
        let told = escaped(&w.say("answer.next.day", &[("day", &w.day(day))]));
        let _ = write!(blocks, "<section class=\"next\"><h2>{}</h2><p>{told}</p></section>", say("next"));
    }
    let (picture, shared) = if frame.is_preview {
        (String::new(), String::new())
    } else {
        let alt = escaped(&w.say("answer.map", &[("place", &answer.place_name)]));
        let image = format!("{}{here}/map.png", frame.server);
        (
            format!("<figure><img src=\"{here}/map.png\" alt=\"{alt}\" width=\"800\" height=\"600\"></figure>"),
            format!(
                "<meta property=\"og:type\" content=\"article\"><meta property=\"og:title\" content=\"{}: {place}\">\
                 <meta property=\"og:image\" content=\"{image}\"><meta property=\"og:image:alt\" content=\"{alt}\">",
                say("title")
            ),
        )
    };
    let day = w.day(&answer.published_on);
    let frozen = escaped(&w.say("answer.frozen", &[("day", &day), ("name", &answer.approved_by)]));
    let other_language = if own == lang { String::new() } else { in_its_language(written.lang, w) };
    let style = frame.style_sheet.map(|address| format!("<link rel=\"stylesheet\" href=\"{address}\">"));
    format!(
        "<!doctype html><html lang=\"{lang}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\">\
         <title>{title}: {place} – Buurtsignaal</title><link rel=\"icon\" href=\"/answers/mark.svg\">{shared}{style}\
         <link rel=\"stylesheet\" href=\"/answers/answer.css\"></head><body class=\"answer\">\
         <header class=\"top\"><div><span class=\"brand\"><img src=\"/answers/mark.svg\" alt=\"\" width=\"38\" height=\"25\">\
         Buurtsignaal</span><span class=\"where\">{neighbourhood}</span>\
         <nav aria-label=\"{language}\">{languages}</nav></div></header><main>{notice}\
         <div class=\"head\"><div><p class=\"kicker\">{title}</p><h1>{place}</h1>{other_language}{felt}</div>{picture}</div>\
         <div class=\"blocks\">{blocks}</div>{actions}</main>\
         <footer><div><p>{about}</p><p>{frozen}</p></div></footer></body></html>",
        title = say("title"),
        language = say("languages"),
        style = style.unwrap_or_default(),
        felt = felt(&answer.shown, w),
        actions = actions(&answer.shown, own, w),
        about = say("about"),
    )
}

/// Says in which language it was written, where that is not the one of the frame.
fn in_its_language(language: Language, w: &Phrases) -> String {
    let name = w.say(&format!("language.{}", language.code()), &[]);
    format!("<p class=\"other\">{}</p>", escaped(&w.say("answer.written", &[("language", &name)])))
}

/// What people feel there: rounded to five, a mark for five people.
fn felt(shown: &Shown, w: &Phrases) -> String {
    let (Some(felt), Some(day)) = (&shown.felt, &shown.day) else { return String::new() };
    let mark = |symbol: &str, class: &str, people: u32| {
        format!("<i class=\"{class}\">{symbol}</i>").repeat((people / 5) as usize)
    };
    // Whoever feels both speaks on both sides: no more marks than people, those of the place's own side first.
    let (first, second) = match felt.kind {
        Kind::Safe => (felt.people_safe, felt.people_unsafe),
        Kind::Unsafe | Kind::Contested => (felt.people_unsafe, felt.people_safe),
    };
    let first = first.min(felt.people);
    let second = second.min(felt.people - first);
    let (less, safe) = if felt.kind == Kind::Safe { (second, first) } else { (first, second) };
    let rest = mark("○", "rest", felt.people - first - second);
    let (less, safe) = (mark("▲", "unsafe", less), mark("●", "safe", safe));
    let so_many = |people: u32| people.to_string();
    let of = so_many(felt.people);
    let sentence = match felt.kind {
        Kind::Safe => w.say("answer.safe", &[("n", &so_many(felt.people_safe)), ("of", &of)]),
        Kind::Unsafe => w.say("answer.unsafe", &[("n", &so_many(felt.people_unsafe)), ("of", &of)]),
        Kind::Contested => w.say("answer.contested", &[]),
    };
    format!(
        "<p class=\"strip\" aria-hidden=\"true\">{less}{safe}{rest}</p><p class=\"felt\">{}.</p><p class=\"small\">{} {}</p>",
        escaped(&sentence),
        escaped(&w.say("answer.strip", &[])),
        escaped(&w.say("answer.counted", &[("day", &w.day(day))])),
    )
}

/// What is promised of the place, as it stood.
fn actions(shown: &Shown, own: &str, w: &Phrases) -> String {
    if shown.actions.is_empty() {
        return String::new();
    }
    let mut rows = String::new();
    for action in &shown.actions {
        let sign = match action.status {
            ActionStatus::Done | ActionStatus::Checked => "full",
            ActionStatus::Refused => "no",
            ActionStatus::Proposed | ActionStatus::Prioritised | ActionStatus::Reopened => "open",
            ActionStatus::Accepted | ActionStatus::Planned | ActionStatus::InProgress => "half",
        };
        let status = escaped(&w.say(&format!("status.{}", action.status.code()), &[]));
        let due = action.due.as_ref().map(|day| w.say("answer.until", &[("day", &w.day(day))]));
        let due = due.map(|due| format!(" <span>{}</span>", escaped(&due))).unwrap_or_default();
        let reason = action.reason.as_ref().map(|reason| format!("<span lang=\"{own}\">{}</span>", escaped(reason)));
        let _ = write!(
            rows,
            "<tr><td lang=\"{own}\" dir=\"auto\">{}</td><td class=\"{sign}\"><b>{status}</b>{due} {}</td></tr>",
            escaped(&action.what),
            reason.unwrap_or_default()
        );
    }
    let say = |key: &str| escaped(&w.say(&format!("answer.{key}"), &[]));
    format!(
        "<section class=\"promised\"><h2>{}</h2><table><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr>\
         </thead><tbody>{rows}</tbody></table></section>",
        say("actions"),
        say("what"),
        say("how_far")
    )
}

/// The mark in the corner.
#[must_use]
pub fn logo() -> &'static str {
    LOGO
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actions::answers::{Draft, Felt, Promise};
    use crate::id::Id;

    fn answer() -> Answer {
        Answer {
            slug: "abc".into(),
            neighbourhood: Id::new(),
            place: Id::new(),
            neighbourhood_name: "Sluiskwartier".into(),
            place_name: "<Brug>".into(),
            written: Draft {
                said: "Te donker.\nNiemand ziet je. <script>alert(1)</script>".into(),
                did: "Twee lampen.".into(),
                will_not: String::new(),
                you_can: String::new(),
                next_check: Some("2027-03-01".into()),
                lang: Language::Nl,
            },
            shown: Shown {
                felt: Some(Felt { kind: Kind::Unsafe, people: 30, people_unsafe: 20, people_safe: 5 }),
                day: Some("2026-11-17".into()),
                actions: vec![Promise {
                    what: "Lampen".into(),
                    status: ActionStatus::Refused,
                    due: None,
                    reason: Some("Te duur".into()),
                }],
            },
            approved_by: "Sara Willems, schepen".into(),
            published_on: "2026-12-10".into(),
            published_ms: 0,
        }
    }

    #[test]
    fn a_page_is_plain_html_in_two_languages() {
        let frame = Frame { lang: "fr", server: "", style_sheet: None, newer: None, is_preview: false };
        let page = page(&answer(), frame);
        assert!(page.contains("Vous avez dit") && page.contains("<p lang=\"nl\" dir=\"auto\">Te donker.<br>"));
        assert!(page.contains("écrite en néerlandais"));
        assert!(!page.contains("<script") && page.contains("&lt;script&gt;") && page.contains("&lt;Brug&gt;"));
        assert!(
            !page.contains("style=") && !page.contains("http"),
            "nothing of others, and nothing that the policy blocks"
        );
        assert_eq!((page.matches("class=\"unsafe\"").count(), page.matches("class=\"safe\"").count()), (4, 1));
        assert!(page.contains("src=\"/answers/abc/map.png\"") && page.contains("10 décembre 2026"));
        assert!(page.contains("impossible, avec la raison") && page.contains("Te duur"));
        assert!(!page.contains("class=\"you_can\""), "what is not said has no heading");
    }

    #[test]
    fn there_are_no_more_marks_than_people() {
        let (_, w) = words("nl");
        let felt_by = |kind, people_unsafe, people_safe| {
            let felt = Some(Felt { kind, people: 20, people_unsafe, people_safe });
            super::felt(&Shown { felt, day: Some("2026-11-17".into()), actions: Vec::new() }, w)
        };
        let marks = |page: &str| ["▲", "●", "○"].map(|sign| page.matches(sign).count());
        assert_eq!(marks(&felt_by(Kind::Unsafe, 20, 10)), [4, 0, 0]);
        assert_eq!(marks(&felt_by(Kind::Safe, 10, 15)), [1, 3, 0]);
        assert_eq!(marks(&felt_by(Kind::Contested, 10, 5)), [2, 1, 1]);
    }

    #[test]
    fn a_preview_says_that_it_is_one_and_an_old_answer_leads_on() {
        let frame = Frame {
            lang: "nl",
            server: "https://s.example",
            style_sheet: Some("/a.css"),
            newer: Some("def"),
            is_preview: false,
        };
        let old = page(&answer(), frame);
        assert!(
            old.contains("/answers/def?lang=nl")
                && old.contains("og:image\" content=\"https://s.example/answers/abc/map.png\"")
        );
        let preview = page(&answer(), Frame { is_preview: true, ..frame });
        assert!(preview.contains("nog niet openbaar") && !preview.contains("map.png"));
    }
}
