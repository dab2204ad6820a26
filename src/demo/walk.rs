//! The walk of the demo: planned for next week, and two phones that noted something already.

use serde_json::json;

use super::curve::At;
use super::quarter::lon_lat;
use crate::app::App;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::neighbourhoods::Neighbourhood;
use crate::recorders::{Task, store as recorders};
use crate::time::days_after;
use crate::walks::observations::{Observation, store as observations};
use crate::walks::{NewStop, Roles, StopKind, Walk, store};

/// A stop: its name, why it is one, what is asked there, where.
type Planned = (&'static str, StopKind, Option<&'static str>, At);

const STOPS: &[Planned] = &[
    ("Buurthuis Hoogland", StopKind::Meeting, None, (-5.0, -430.0)),
    ("Tunnelstraat", StopKind::Unsafe, Some("Zie je wie er komt, 25 meter ver?"), (-141.0, -352.0)),
    ("Bibliotheek De Leeszaal", StopKind::Safe, Some("Wat werkt hier goed? Hoe houden we dat zo?"), (-88.0, -240.0)),
    ("Sluispark", StopKind::Chosen, None, (-345.0, -160.0)),
    ("Marktplein", StopKind::Safe, Some("Wie is hier? Wie niet?"), (-126.0, 110.0)),
    ("Stationsplein", StopKind::Contested, Some("Op welk uur verandert dat?"), (235.0, -236.0)),
];

/// Where a group can stand dry.
const SHELTERED: [&str; 3] = ["Tunnelstraat", "Bibliotheek De Leeszaal", "Stationsplein"];

/// Makes the walk, unless there is one, and gives the code with which phones join it.
pub(super) async fn seed(app: &App, neighbourhood: &Neighbourhood) -> Result<String> {
    let there = store::list(&app.db, &neighbourhood.id).await?.pop();
    let walk = match there {
        Some(walk) => walk.id,
        None => make(app, neighbourhood).await?,
    };
    recorders::open(&app.db, &neighbourhood.id, Task::Walk, &walk).await
}

async fn make(app: &App, neighbourhood: &Neighbourhood) -> Result<Id> {
    let walk = Walk {
        name: "Rond het station".to_owned(),
        start: "16:05".to_owned(),
        round_trip: true,
        leader: "Nadia".to_owned(),
        phone: "09 000 00 00".to_owned(),
        roles: Roles {
            scribe: "Tom".to_owned(),
            photographer: "Selin".to_owned(),
            timekeeper: "Mo".to_owned(),
            guest: "Schepen van openbaar domein".to_owned(),
        },
        recce_day: Some(app.clock.today()),
        recce_found: Some("Werken aan het Marktplein: loop langs de kant van de winkels.".to_owned()),
        ..Walk::usual(neighbourhood.id.clone(), days_after(&app.clock.today(), 7)?)
    };
    let walk = walk.check()?;
    let stop = |(name, kind, question, at): &Planned| NewStop {
        id: Some(Id::new()),
        name: (*name).to_owned(),
        point: lon_lat((*at).into()).into(),
        place: None,
        kind: Some(*kind),
        question: question.map(str::to_owned),
        shelter: SHELTERED.contains(name),
    };
    let stops: Vec<NewStop> = STOPS.iter().map(stop).collect::<Vec<_>>();
    let stops = stops.into_iter().map(|stop| stop.check(&neighbourhood.boundary)).collect::<Result<Vec<_>>>()?;
    store::put(&app.db, &walk, Some(&stops)).await?;
    let code = recorders::open(&app.db, &neighbourhood.id, Task::Walk, &walk.id).await?;
    for seen in [
        [
            json!({"feelings": [1, 2, 1, 0, 0], "scores": {"light": 0, "sight": 1, "guard": 1}, "fits": "confirms",
                "what_safe": "de fietsers die voorbijkomen", "what_unsafe": "de bocht: je ziet niet wie er komt",
                "change": "een spiegel in de bocht, en licht onder de brug", "who": "dienst wegen", "light": "dusk",
                "quick_win": true}),
            json!({"feelings": [0, 0, 0, 2, 2], "scores": {"light": 3, "people": 3, "clean": 2}, "fits": "confirms",
                "what_safe": "er is altijd iemand aan de balie", "keep": "open tot 20 uur", "light": "dusk"}),
        ],
        [
            json!({"feelings": [0, 2, 1, 1, 0], "scores": {"light": 1, "sight": 0, "clean": 1}, "fits": "nuances",
                "what_unsafe": "vooral als de lamp stuk is", "notes": "overdag is het er rustig", "light": "dusk"}),
            json!({"feelings": [0, 0, 1, 2, 1], "scores": {"light": 2, "people": 3}, "light": "dusk"}),
        ],
    ] {
        let (recorder, _) = recorders::join(&app.db, &code, app.clock.now_ms()).await?;
        for (mut told, stop) in seen.into_iter().zip(&stops[1..]) {
            told["stop"] = json!(stop.id);
            let told: Observation = serde_json::from_value(told).map_err(Error::internal)?;
            observations::put(&app.db, &recorder, &Id::new(), &told.check()?).await?;
        }
    }
    Ok(walk.id)
}
