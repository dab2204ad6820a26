//! What became of the quarter's voices: places that were kept, a data walk with what groups read at it, actions on their
//! way, and one published answer.

use std::collections::BTreeMap;

use crate::actions::answers::{self, Answer, Draft, Shown};
use crate::actions::{
    self, Action, ActionCost, ActionKind, ActionLever, ActionOwner, ActionStatus, Evidence, Step, Told, Votes, promised,
};
use crate::app::App;
use crate::data_walks::{self, ChartSeen, DataWalk, NewResponse, Response, Stance, Station};
use crate::error::{Error, Result};
use crate::hotspots::findings::{Findings, Question};
use crate::id::{Id, token};
use crate::neighbourhoods::themes::Theme;
use crate::neighbourhoods::{Language, Neighbourhood};
use crate::pins::selection::Selection;
use crate::places::following::follow;
use crate::places::{self, Act, Deed, Ground, Origin, Picture, Place};
use crate::recorders::{self, Task};
use crate::time::{days_after, days_before};

/// How far from a hotspot's centre the name may be that its place is called by, in metres.
const NAMED_WITHIN_M: f64 = 250.0;

/// Makes places, a data walk, actions and an answer, unless the quarter has a data walk; gives the code of the data walk.
pub async fn seed(app: &App, neighbourhood: &Neighbourhood) -> Result<String> {
    let n = &neighbourhood.id;
    let there = data_walks::store::list(&app.db, n).await?;
    let walk = match there.first() {
        Some(walk) => walk.id.clone(),
        None => make(app, neighbourhood).await?,
    };
    recorders::store::open(&app.db, n, Task::DataWalk, &walk).await
}

async fn make(app: &App, neighbourhood: &Neighbourhood) -> Result<Id> {
    use crate::hotspots::Kind::{Contested, Safe, Unsafe};
    let places = keep_places(app, neighbourhood).await?;
    let of = |kind, nth| places.iter().filter(|place: &&Place| place.kind == Some(kind)).nth(nth);
    let walk = hold_data_walk(app, neighbourhood, of(Unsafe, 0)).await?;
    let about = [of(Unsafe, 0), of(Contested, 0), of(Safe, 0), of(Unsafe, 1)];
    for (at, place) in about.into_iter().enumerate().filter_map(|(at, place)| Some((at, place?))) {
        promise(app, neighbourhood, place, at).await?;
    }
    if let Some(place) = of(Unsafe, 0) {
        answer(app, neighbourhood, place).await?;
    }
    Ok(walk)
}

async fn keep_places(app: &App, neighbourhood: &Neighbourhood) -> Result<Vec<Place>> {
    let kept = places::store::list(&app.db, &neighbourhood.id).await?;
    if !kept.is_empty() {
        return Ok(kept);
    }
    let question = Question { selection: Selection::default(), sigma_m: neighbourhood.sigma_m };
    let (findings, _) = app.indexes.find(&neighbourhood.id, question).await?;
    let names = app.basemaps.get("demo").ok_or_else(|| Error::not_found("map"))?.names(None)?;
    for hotspot in &findings.hotspots {
        let at_ms = app.clock.now_ms();
        let Some(name) = names.nearest(hotspot.centre.0, hotspot.centre.1, NAMED_WITHIN_M) else { continue };
        let place = Place {
            id: Id::new(),
            neighbourhood: neighbourhood.id.clone(),
            name: name.name,
            origin: Origin::Hotspot,
            kind: Some(hotspot.kind),
            ground: Ground::Area(hotspot.shape.clone()),
            centre: hotspot.centre,
            removed: false,
            changed_ms: at_ms,
        };
        let kept = Deed {
            place: place.id.clone(),
            act: Act::Kept,
            at_ms,
            name: place.name.clone(),
            other: None,
            selection: Some(String::new()),
            picture: Some(Picture::of(hotspot, &findings.method, None)),
        };
        places::store::add(&app.db, &place, &kept).await?;
    }
    follow(&app.db, &app.indexes, neighbourhood, app.clock.now_ms()).await?;
    places::store::list(&app.db, &neighbourhood.id).await
}

async fn hold_data_walk(app: &App, neighbourhood: &Neighbourhood, place: Option<&Place>) -> Result<Id> {
    use data_walks::StationKind::{Actions, Contested, Safe, Unsafe, When, Who, Why, Words};
    let station = |kind| Station {
        id: Id::new(),
        number: 0,
        kind,
        titles: BTreeMap::new(),
        prompts: BTreeMap::new(),
        figures: Vec::new(),
    };
    let walk = DataWalk {
        id: Id::new(),
        neighbourhood: neighbourhood.id.clone(),
        name: "Datawandeling in het buurthuis".to_owned(),
        day: app.clock.today(),
        selection: String::new(),
        languages: vec![Language::Nl, Language::Fr, Language::De, Language::En],
        stations: [Who, Safe, Unsafe, Contested, When, Why, Words, Actions].map(station).into(),
    };
    let walk = walk.check()?;
    data_walks::store::put(&app.db, &walk).await?;
    let question = Question { selection: Selection::default(), sigma_m: neighbourhood.sigma_m };
    let findings = app.indexes.glance(&neighbourhood.id, question).await?;
    let said = [
        (2, Stance::Nuances, "Vooral na zeven uur ’s avonds, als de winkels dicht zijn.", 7, Some(Theme::Light)),
        (2, Stance::Contradicts, "Overdag is het er rustig en proper. Dat zie je hier niet.", 4, None),
        (1, Stance::Confirms, "De banken en de bomen maken het daar goed.", 8, Some(Theme::Bond)),
        (0, Stance::Adds, "Jongeren en mensen die niet goed lezen, ontbreken hier.", 6, None),
    ];
    for (at, stance, words, group_size, theme) in said {
        let station = walk.stations[at].id.clone();
        let place = place.filter(|_| at == 2).map(|place| place.id.clone());
        let said = NewResponse {
            station,
            stance,
            interpretation: words.to_owned(),
            place,
            new_place: None,
            theme,
            group_size,
            stickers: Some([(0, 5), (1, 3)].into()),
        };
        let response = Response {
            id: Id::new(),
            data_walk: walk.id.clone(),
            recorder: Id::new(),
            said: said.check()?,
            seen: seen(&findings, walk.stations[at].kind),
            disputes: stance == Stance::Contradicts,
        };
        data_walks::store::put_response(&app.db, &response, &neighbourhood.id).await?;
    }
    Ok(walk.id)
}

fn seen(findings: &Findings, kind: data_walks::StationKind) -> ChartSeen {
    let method = &findings.method;
    let (_, words) = data_walks::telling::words(Language::Nl.code());
    ChartSeen {
        title: words.say(&format!("{}.question", kind.code()), &[]),
        people: method.voices.people,
        last_day: method.last_day.clone(),
    }
}

/// An action about a place: each place's stands further than the one before.
async fn promise(app: &App, neighbourhood: &Neighbourhood, place: &Place, at: usize) -> Result<()> {
    use ActionStatus::{Accepted, Done, InProgress, Planned, Prioritised, Proposed, Refused};
    let (days_ago, problem, measure, owner, way): (i64, &str, &str, Option<ActionOwner>, &[ActionStatus]) = match at {
        0 => (
            40,
            "’s Avonds is het hier donker en ziet niemand je.",
            "Drie lampen herstellen en de haag snoeien",
            Some(ActionOwner::Lighting),
            &[Proposed, Prioritised, Accepted, Planned, InProgress],
        ),
        1 => (
            50,
            "Overdag is het hier fijn, ’s avonds is er niemand.",
            "Een zomerbar van de buurt, als proef",
            None,
            &[Proposed, Prioritised],
        ),
        2 => (
            60,
            "De banken maken deze plek goed.",
            "De banken houden en er één bij zetten",
            Some(ActionOwner::Green),
            &[Proposed, Accepted, Planned, InProgress, Done],
        ),
        _ => (
            30,
            "Hier wil ’s avonds niemand wachten.",
            "De halte verplaatsen",
            Some(ActionOwner::Transport),
            &[Proposed, Refused],
        ),
    };
    let today = app.clock.today();
    let proposed_on = days_before(&today, days_ago)?;
    let refused = way.last() == Some(&Refused);
    let reason = refused.then(|| "De bus kan nergens anders stoppen. We plaatsen wel een lamp en een bank.".to_owned());
    let mut steps = Vec::new();
    for (step, status) in (1_i64..).zip(way) {
        let day = if *status == Proposed { proposed_on.clone() } else { days_after(&proposed_on, step * 7)? };
        let reason = reason.clone().filter(|_| *status == Refused);
        steps.push(Step { status: *status, day, at_ms: app.clock.now_ms(), reason });
    }
    let answered_on = steps.iter().find(|step| step.status.answers()).map(|step| step.day.clone());
    let action = Action {
        id: Id::new(),
        neighbourhood: neighbourhood.id.clone(),
        told: Told {
            places: vec![place.id.clone()],
            problem: problem.to_owned(),
            goal: "Mensen blijven hier graag staan.".to_owned(),
            measure: measure.to_owned(),
            kind: [ActionKind::QuickWin, ActionKind::Test, ActionKind::Protect, ActionKind::Project][at.min(3)],
            lever: Some(ActionLever::Surveillance),
            owner,
            co_owner: (at == 1).then(|| "Bewonersgroep van het kwartier".to_owned()),
            cost: Some(ActionCost::Low),
            due: Some(days_after(&today, 45)?),
            answer_due: promised(&proposed_on)?,
            indicator: Some("Minder mensen maken een omweg.".to_owned()),
            review_on: Some(days_after(&today, 200)?),
            public_text: Some(measure.to_owned()),
        },
        status: way.last().copied().unwrap_or(Proposed),
        reason,
        proposed_on,
        answered_on,
        came_from: None,
        evidence: vec![evidence(app, neighbourhood, place).await?],
        votes: Vec::new(),
        steps,
        removed: false,
    };
    actions::store::add(&app.db, &action).await?;
    let people = [17, 12, 9, 5][at.min(3)];
    actions::store::vote(&app.db, &action, &Votes { source: "Buurttafel in de bibliotheek".to_owned(), people }).await
}

/// What the pins say of a place.
async fn evidence(app: &App, neighbourhood: &Neighbourhood, place: &Place) -> Result<Evidence> {
    let followed = follow(&app.db, &app.indexes, neighbourhood, app.clock.now_ms()).await?;
    let now = followed.into_iter().find(|followed| followed.place.id == place.id).and_then(|followed| followed.now);
    Ok(Evidence {
        place: place.id.clone(),
        name: place.name.clone(),
        day: now.as_ref().map(|seen| seen.day.clone()),
        picture: now.and_then(|seen| seen.found).map(|(picture, _)| picture),
    })
}

async fn answer(app: &App, neighbourhood: &Neighbourhood, place: &Place) -> Result<()> {
    let written = Draft {
        said: "Het is hier te donker. Je ziet niet wie er aankomt.".to_owned(),
        did: "We herstellen drie lampen. De haag wordt lager gesnoeid.".to_owned(),
        will_not: "Camera’s hangen we niet. Licht en volk helpen hier meer.".to_owned(),
        you_can: "Zie je een kapotte lamp? Meld het nummer op de paal.".to_owned(),
        next_check: Some(days_after(&app.clock.today(), 120)?),
        lang: Language::Nl,
    };
    answers::store::write(&app.db, &neighbourhood.id, &place.id, &written).await?;
    let now = evidence(app, neighbourhood, place).await?;
    let all = actions::store::list(&app.db, &neighbourhood.id).await?;
    let answer = Answer {
        slug: token()?.chars().take(22).collect(),
        neighbourhood: neighbourhood.id.clone(),
        place: place.id.clone(),
        neighbourhood_name: neighbourhood.name.clone(),
        place_name: place.name.clone(),
        shown: Shown::of(&place.id, now.picture.as_ref(), now.day, &all),
        written,
        approved_by: "Sara Willems, schepen".to_owned(),
        published_on: app.clock.today(),
        published_ms: app.clock.now_ms(),
    };
    answers::store::publish(&app.db, &answer).await
}
