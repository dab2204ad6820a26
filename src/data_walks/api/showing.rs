//! Stations as they stand: reads what the pins of a selection say, and shows each station in a language.

use geo::Contains;

use crate::actions::{Action, ActionStatus};
use crate::app::App;
use crate::data_walks::charts::{Draft, Quote, Time};
use crate::data_walks::stations::{Called, Groups, Named, Reading};
use crate::data_walks::telling::{Shown, show};
use crate::data_walks::{DataWalk, StationKind};
use crate::error::Result;
use crate::hotspots::api::names::{map_of, names};
use crate::hotspots::explanation::GroupedBy;
use crate::hotspots::findings::{Findings, Question};
use crate::neighbourhoods::Neighbourhood;
use crate::pins::selection::Selection;
use crate::pins::{Basis, Pin, When};
use crate::places::following::{known, verdicts};
use crate::{actions, hotspots, pins, places};

/// Shows the stations of a data walk in a language, as the pins stand now.
pub async fn stations(app: &App, neighbourhood: &Neighbourhood, walk: &DataWalk, lang: &str) -> Result<Vec<Shown>> {
    let kinds: Vec<StationKind> = walk.stations.iter().map(|station| station.kind).collect();
    let reading = read(app, neighbourhood, &walk.pins()?, &kinds).await?;
    Ok(walk.stations.iter().map(|station| show(station, &reading, lang)).collect())
}

/// Reads what the pins of a selection say, as far as stations of these kinds need it.
pub async fn read(
    app: &App,
    neighbourhood: &Neighbourhood,
    selection: &Selection,
    kinds: &[StationKind],
) -> Result<Reading> {
    let question = |selection: Selection| Question { selection, sigma_m: neighbourhood.sigma_m };
    let needs = |kind: &[StationKind]| kind.iter().any(|kind| kinds.contains(kind));
    let (findings, _) = app.indexes.find(&neighbourhood.id, question(selection.clone())).await?;
    let verdicts =
        if needs(&[StationKind::Safe, StationKind::Unsafe]) { verdicts(&findings).await } else { Vec::new() };
    let all = Named { called: called(app, neighbourhood, &findings).await?, verdicts, findings };
    let who = if needs(&[StationKind::Who]) {
        app.indexes.who_speaks(&neighbourhood.id, selection).await?
    } else {
        Vec::new()
    };
    let quotes = if needs(&[StationKind::Words, StationKind::Contested]) && all.findings.method.refused.is_none() {
        quotes(app, neighbourhood, selection, &all).await?
    } else {
        Vec::new()
    };
    let mut times = Vec::new();
    if needs(&[StationKind::When]) {
        for time in Time::ALL {
            let mut then = selection.at_any_time();
            for word in words_of(*time) {
                then.take("when", word.code())?;
            }
            let findings = app.indexes.glance(&neighbourhood.id, question(then)).await?;
            let called = called(app, neighbourhood, &findings).await?;
            times.push((*time, Named { called, verdicts: Vec::new(), findings }));
        }
    }
    let mut groups = Vec::new();
    // Who is one group already is not split once more.
    if needs(&[StationKind::Differences]) && selection.who_fields() == 0 {
        for (of, names, values) in pairs() {
            let mut sides = Vec::new();
            for (key, codes) in values {
                let mut group = selection.clone();
                for code in codes {
                    group.take(key, code)?;
                }
                sides.push(app.indexes.glance(&neighbourhood.id, question(group)).await?);
            }
            if let Ok(findings) = sides.try_into() {
                groups.push(Groups { of, names, findings });
            }
        }
    }
    let drafts = if needs(&[StationKind::Actions]) { drafts(app, neighbourhood).await? } else { Vec::new() };
    Ok(Reading { neighbourhood: neighbourhood.name.clone(), all, who, times, groups, quotes, drafts })
}

/// What was proposed and not refused, with the most votes first.
async fn drafts(app: &App, neighbourhood: &Neighbourhood) -> Result<Vec<Draft>> {
    let mut all = actions::store::list(&app.db, &neighbourhood.id).await?;
    all.retain(|action| action.status != ActionStatus::Refused);
    all.sort_by_key(|action| -action.people_for());
    let names = places::store::names(&app.db, &neighbourhood.id).await?;
    let draft = |action: Action| Draft {
        votes: action.people_for(),
        places: action.told.places.iter().filter_map(|id| names.get(id).cloned()).collect(),
        measure: Some(action.told.measure).filter(|measure| !measure.is_empty()).unwrap_or(action.told.problem),
        owner: action.told.owner.map(|owner| owner.code().to_owned()),
        due: action.told.due,
        status: action.status.code().to_owned(),
    };
    Ok(all.into_iter().map(draft).collect())
}

/// When each time of day is; what is always so is so then too.
fn words_of(time: Time) -> &'static [When] {
    match time {
        Time::Day => &[When::Morning, When::Afternoon, When::Always],
        Time::Evening => &[When::Evening, When::Always],
        Time::Dark => &[When::Night, When::Dark, When::Always],
    }
}

type Side = (&'static str, &'static [&'static str]);

/// The groups that are laid side by side, and who belongs to them.
fn pairs() -> [(GroupedBy, [&'static str; 2], [Side; 2]); 2] {
    [
        (GroupedBy::Gender, ["woman", "man"], [("gender", &["woman"]), ("gender", &["man"])]),
        (
            GroupedBy::Age,
            ["under_30", "from_30"],
            [("age", &["under_12", "12_17", "18_29"]), ("age", &["30_44", "45_64", "65_plus"])],
        ),
    ]
}

/// What each hotspot is called: as the kept place that it is, or by the nearest name on the map.
async fn called(app: &App, neighbourhood: &Neighbourhood, findings: &Findings) -> Result<Vec<Called>> {
    let centres = findings.hotspots.iter().map(|hotspot| hotspot.centre).collect();
    let nearest = names(map_of(app, neighbourhood), neighbourhood.boundary.bbox(), centres).await?;
    let places = known(&app.db, &neighbourhood.id, findings).await?.places;
    let called = |(place, nearest): (Option<places::Place>, Option<String>)| match place {
        Some(place) => Called { place: Some(place.id), name: Some(place.name) },
        None => Called { place: None, name: nearest },
    };
    Ok(places.into_iter().zip(nearest).map(called).collect())
}

/// Approved words of the selection, those about the largest hotspots first.
async fn quotes(app: &App, neighbourhood: &Neighbourhood, selection: &Selection, named: &Named) -> Result<Vec<Quote>> {
    let hotspots: &[hotspots::Hotspot] = &named.findings.hotspots;
    let about = |pin: &Pin| {
        let spot = geo::Point::new(pin.lon, pin.lat);
        hotspots.iter().position(|hotspot| hotspot.shape.contains(&spot))
    };
    let mut quotes = Vec::new();
    for pin in pins::store::approved(&app.db, &neighbourhood.id).await? {
        let words =
            pin.told.comment.as_deref().zip(pin.moderated.as_ref()).and_then(|(own, moderated)| moderated.shown(own));
        if let Some(words) = words.filter(|_| pin.told.basis == Basis::Own && selection.fits(&pin)) {
            let at = about(&pin);
            let place = at.and_then(|at| named.called.get(at)?.name.clone());
            let quote = Quote { feeling: pin.told.feeling, words: words.to_owned(), place };
            quotes.push((at.unwrap_or(usize::MAX), pin.id, quote));
        }
    }
    quotes.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    Ok(quotes.into_iter().map(|(_, _, quote)| quote).collect())
}
