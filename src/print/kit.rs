//! Fills the sheets of a walk: the leader's sheet, cards for those who walk along, forms for the stops, the sheet for
//! looking back.

use std::sync::LazyLock;

use geo::LineString;
use serde_json::{Value, json};

use super::map::{self, Contents, Halt, Leg, Look, Theme, View};
use super::qr::qr;
use super::shapes::{LOGO, pictogram};
use super::sheet::Sheet;
use crate::basemap::archive::Archive;
use crate::error::Result;
use crate::phrases::{Phrases, Tongues};
use crate::walks::plan::Plan;
use crate::walks::{Roles, Stop, StopKind, Walk};
use crate::words;

words! {
    /// What is printed of a walk; a kit is all of it.
    pub enum Paper { Sheet = "sheet", Card = "card", Form = "form", Debrief = "debrief", Kit = "kit" }
}

/// The sentences of paper in the four languages of all pages.
pub static WORDS: LazyLock<Tongues> = LazyLock::new(|| {
    Tongues::read([
        include_str!("words/nl.json"),
        include_str!("words/fr.json"),
        include_str!("words/de.json"),
        include_str!("words/en.json"),
    ])
});

/// The width of a sheet of A4 between its margins, in millimetres.
const WIDE_MM: f64 = 185.6;
/// The scale of the leader's map, unless the walk needs more room.
const SCALE: f64 = 5_000.0;
/// So many stops stand below the map; more go to the next page.
const FIRST_PAGE: usize = 8;
/// Pictograms of the rules and of the card's questions.
const RULES: [&str; 4] = ["place", "free", "camera", "together"];
const QUESTIONS: [&str; 5] = ["own", "light", "sight", "people", "bond"];

/// A walk to be printed.
#[derive(Debug, Clone, Copy)]
pub struct Printed<'a> {
    /// The walk.
    pub walk: &'a Walk,
    /// What follows from it.
    pub plan: &'a Plan,
    /// When the sun sets that day, such as `16:43`.
    pub sunset: Option<&'a str>,
    /// The code with which phones join, with the address that takes them there.
    pub join: Option<(&'a str, &'a str)>,
    /// The map under it.
    pub archive: Option<&'a Archive>,
    /// The code of its language.
    pub lang: &'a str,
}

impl Printed<'_> {
    /// The sheets to be set.
    pub fn sheet(&self, paper: Paper) -> Result<Sheet> {
        let (lang, say) = WORDS.of(self.lang);
        let name = say.say(&format!("paper.{}", paper.code()), &[]);
        let parts: Vec<&str> = match paper {
            Paper::Kit => Paper::ALL.iter().filter(|one| **one != Paper::Kit).map(|one| one.code()).collect(),
            one => vec![one.code()],
        };
        let data = json!({
            "lang": lang,
            "title": format!("{} – {name}", self.walk.name),
            "parts": parts,
            "name": self.walk.name,
            "when": self.when(say),
            "facts": self.facts(say),
            "map_alt": say.say("map_alt", &[("stops", &self.walk.stops.len().to_string())]),
            "qr_alt": say.say("qr_alt", &[("address", self.join.map(|join| join.1).unwrap_or_default())]),
            "first": FIRST_PAGE,
            "stops": self.stops(say),
            "rules": numbered(say, "walk.rule", &RULES),
            "own_rules": self.walk.rules,
            "recce": self.recce(say),
            "calls": [
                {"number": "112", "name": say.say("walk.emergency", &[])},
                {"number": "101", "name": say.say("walk.police", &[])},
                {"number": "1712", "name": say.say("walk.violence", &[])},
            ],
            "leader": self.leader(say),
            "roles": self.roles(say),
            "code": self.join.map(|join| join.0),
            "foot": self.foot(say),
            "budget": self.budget(say),
            "cautions": self.cautions(say),
            "pages": [page(say, 1, 2), page(say, 2, 2)],
            "questions": numbered(say, "card.question", &QUESTIONS),
            "marks": {},
            "words": say.under("walk."), "card": say.under("card."), "form": say.under("form."), "debrief": say.under("debrief."),
        });
        Ok(Sheet { template: "kit.typ", data, drawings: self.drawings(say)? })
    }

    fn drawings(&self, say: &Phrases) -> Result<Vec<(String, String)>> {
        let north = say.say("north", &[]);
        let rows = self.walk.stops.len().min(FIRST_PAGE);
        let height = if rows > 6 { 92.0 } else { 111.0 };
        let mut drawings = vec![
            ("map".to_owned(), self.map([WIDE_MM, height], 1.0, &north)?),
            ("card-map".to_owned(), self.map([88.0, 96.0], 0.85, &north)?),
            ("logo".to_owned(), LOGO.to_owned()),
        ];
        for icon in RULES.into_iter().chain(QUESTIONS) {
            drawings.push((format!("icon-{icon}"), pictogram(icon)));
        }
        if let Some((_, address)) = self.join {
            drawings.push(("qr".to_owned(), qr(address)));
        }
        Ok(drawings)
    }

    /// The map of the walk at 1:5 000, or the next common scale at which all of it is on the paper.
    fn map(&self, paper: [f64; 2], size: f64, north: &str) -> Result<String> {
        let stops = &self.walk.stops;
        let route: Vec<Leg> = self.plan.route.legs.iter().filter_map(leg).collect();
        let spots = stops.iter().map(|stop| stop.point);
        let bbox = bbox(spots.chain(route.iter().flat_map(|leg| leg.line.0.iter().map(|at| [at.x, at.y]))));
        let mut view = View::fitting(bbox, paper, 12.0 * size, size);
        if view.scale < SCALE {
            view = View::at(view.centre(), SCALE, paper, size);
        }
        let halts = (1..).zip(stops).map(|(number, stop)| Halt {
            number,
            at: stop.point.into(),
            name: if size < 1.0 { String::new() } else { stop.name.clone() },
        });
        let contents = Contents { route, stops: halts.collect(), ..Contents::default() };
        let look = Look { theme: Theme::Light, larger: 0.95, north, ratio: true, bare: false };
        Ok(map::draw(self.archive, &view, &contents, look)?.svg)
    }

    fn when(&self, say: &Phrases) -> String {
        let day = dated(say, &self.walk.day);
        let mut letters = day.chars();
        let day = letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect());
        say.say("when", &[("day", &day), ("time", &self.walk.start)])
    }

    fn facts(&self, say: &Phrases) -> Value {
        let minutes = |n: i64| say.say("minutes", &[("n", &n.to_string())]);
        let count = self.walk.stops.len();
        let stops = if count == 1 { "walk.stop" } else { "walk.stops" };
        let mut facts = vec![
            (kilometres(say, self.plan.route.length_m), "walk.walking"),
            (count.to_string(), stops),
            (minutes(self.plan.budget.total_min), "walk.total"),
        ];
        facts.extend(self.sunset.map(|sunset| (sunset.to_owned(), "walk.sunset")));
        facts.into_iter().map(|(value, name)| json!({"value": value, "name": say.say(name, &[])})).collect()
    }

    fn stops(&self, say: &Phrases) -> Value {
        let stop = |((number, stop), halt): ((usize, &Stop), &crate::walks::plan::Halt)| {
            let kind = stop.kind.map_or("none", StopKind::code);
            let why = stop.kind.map(|kind| say.say(&format!("walk.kind.{}", kind.code()), &[]));
            let dry = stop.shelter.then(|| say.say("walk.shelter", &[]));
            let about = why.into_iter().chain(dry).collect::<Vec<_>>().join(" · ");
            let look = stop.question.clone().unwrap_or_else(|| say.say(&format!("walk.ask.{kind}"), &[]));
            json!({"number": number, "name": stop.name, "about": about, "arrive": halt.arrive, "look": look})
        };
        (1..).zip(&self.walk.stops).zip(&self.plan.halts).map(stop).collect()
    }

    fn leader(&self, say: &Phrases) -> String {
        let told = [self.walk.leader.as_str(), &self.walk.phone];
        let told: Vec<&str> = told.into_iter().filter(|text| !text.is_empty()).collect();
        if told.is_empty() { String::new() } else { say.say("walk.leader", &[("name", &told.join(", "))]) }
    }

    /// Who does what; a line to write on where nobody said.
    fn roles(&self, say: &Phrases) -> Value {
        let Roles { scribe, photographer, timekeeper, guest } = &self.walk.roles;
        let role = |(n, who): (usize, &String)| json!({"name": say.say(&format!("walk.role.{n}"), &[]), "who": who});
        (1..).zip([&self.walk.leader, scribe, photographer, timekeeper, guest]).map(role).collect()
    }

    /// What whoever walked the route beforehand found there.
    fn recce(&self, say: &Phrases) -> Option<Value> {
        let Walk { recce_day, recce_found, .. } = self.walk;
        let day = recce_day.as_deref().map(|day| say.say("walk.recce", &[("day", &dated(say, day))]));
        (day.is_some() || recce_found.is_some()).then(|| json!({"day": day, "found": recce_found}))
    }

    fn foot(&self, say: &Phrases) -> String {
        let mut told = Vec::new();
        if let Some(shortcut) = &self.plan.shortcut {
            let filling = [("stop", shortcut.after.to_string()), ("minutes", format!("{:.0}", shortcut.minutes))];
            told.push(say.say("walk.shortcut", &filling.each_ref().map(|(gap, text)| (*gap, text.as_str()))));
        }
        if let Some(dry) = &self.plan.bad_weather {
            let stops: Vec<String> = dry.stops.iter().map(usize::to_string).collect();
            let (length, minutes) = (kilometres(say, dry.route.length_m), dry.total_min.to_string());
            let filling = [("stops", stops.join(", ")), ("length", length), ("minutes", minutes)];
            told.push(say.say("walk.bad_weather", &filling.each_ref().map(|(gap, text)| (*gap, text.as_str()))));
        }
        if self.plan.route.legs.iter().any(|leg| leg.straight) {
            told.push(say.say("walk.straight", &[]));
        } else if self.walk.step_free {
            told.push(say.say("walk.step_free", &[]));
        }
        told.join(" ")
    }

    fn budget(&self, say: &Phrases) -> Value {
        let budget = &self.plan.budget;
        let rows = [budget.walking_min, budget.stops_min, budget.start_min, budget.closing_min, budget.total_min];
        let row = |(n, minutes): (usize, i64)| json!({"name": say.say(&format!("walk.budget.{n}"), &[]), "value": say.say("minutes", &[("n", &minutes.to_string())])});
        (1..).zip(rows).map(row).collect()
    }

    /// What to look out for, as far as it matters on the way.
    fn cautions(&self, say: &Phrases) -> Vec<String> {
        let told = self.plan.warnings.iter().filter_map(|warning| {
            let key = format!("walk.mind.{}", warning.slug.code());
            let stop = warning.stop.map(|stop| stop.to_string()).unwrap_or_default();
            say.has(&key).then(|| say.say(&key, &[("stop", &stop)]))
        });
        told.collect()
    }
}

/// A date with its day of the week.
pub fn dated(say: &Phrases, date: &str) -> String {
    let day = say.day(date);
    let Ok(parsed) = date.parse::<jiff::civil::Date>() else { return day };
    let weekday = say.say(&format!("weekday.{}", parsed.weekday().to_monday_one_offset()), &[]);
    say.say("weekday", &[("weekday", &weekday), ("day", &day)])
}

/// Which page of how many.
fn page(say: &Phrases, page: usize, pages: usize) -> String {
    say.say("page", &[("page", &page.to_string()), ("pages", &pages.to_string())])
}

fn kilometres(say: &Phrases, metres: f64) -> String {
    if metres < 1000.0 {
        return format!("{metres:.0} m");
    }
    format!("{:.1} km", metres / 1000.0).replace('.', &say.say("decimal", &[]))
}

/// Sentences with numbers, each with its pictogram.
fn numbered(say: &Phrases, key: &str, icons: &[&str]) -> Value {
    let one = |(n, icon): (usize, &&str)| json!({"icon": icon, "text": say.say(&format!("{key}.{n}"), &[])});
    (1..).zip(icons).map(one).collect()
}

fn leg(leg: &crate::walks::plan::Leg) -> Option<Leg> {
    let geometry = leg.geometry.clone()?;
    let line = LineString::<f64>::try_from(geometry).ok().filter(|line| line.0.len() > 1)?;
    Some(Leg { line, straight: leg.straight })
}

/// The box around spots: west, south, east, north; a spot in the sea where there are none.
pub fn bbox(spots: impl Iterator<Item = [f64; 2]>) -> [f64; 4] {
    let around = spots.fold(None, |around: Option<[f64; 4]>, [x, y]| {
        let [w, s, e, n] = around.unwrap_or([x, y, x, y]);
        Some([w.min(x), s.min(y), e.max(x), n.max(y)])
    });
    around.unwrap_or_default()
}
