//! Writes the quarter, its map and its voices into an installation.

use crate::app::App;
use crate::basemap::paths::{beside, write as write_paths};
use crate::basemap::{Basemap, tiles};
use crate::demo::voices::{self, Check, GATHERINGS, Pin, Voice};
use crate::demo::{paths, promises, quarter, walk};
use crate::error::{Error, Result};
use crate::gatherings::{
    Device, Gathering, GatheringKind, Phase, Question, WhoAt, new_code, new_leave_pin, store as gatherings,
};
use crate::geometry::Boundary;
use crate::id::{Id, token};
use crate::live::What;
use crate::neighbourhoods::themes::Theme;
use crate::neighbourhoods::{self, Language, Neighbourhood, RETENTION_DAYS, SIGMA_M};
use crate::people::{Person, Role, hash_password, store as people};
use crate::pins::moderation::{Moderated, Status};
use crate::pins::store::{self as pins, Put};
use crate::pins::{NewPin, Shape, Told};
use crate::time::days_before;

/// Somebody who works with the demo neighbourhood.
#[derive(Debug, Clone, Copy)]
pub struct Account {
    /// Their name.
    pub name: &'static str,
    /// Their address, at a host that cannot exist.
    pub email: &'static str,
    /// What they are in the neighbourhood; the owner owns the installation too.
    pub role: Role,
}

/// One of each role that the pages are made for.
pub const ACCOUNTS: [Account; 3] = [
    Account { name: "Imane Claes", email: "imane@vaartstede.example", role: Role::Owner },
    Account { name: "Wout Hermans", email: "wout@vaartstede.example", role: Role::Facilitator },
    Account { name: "Sofie Maes", email: "sofie@vaartstede.example", role: Role::Analyst },
];

/// The demo as it stands in the database.
#[derive(Debug)]
pub struct Seeded {
    /// The quarter.
    pub neighbourhood: Neighbourhood,
    /// The gathering of today, open, for the visitor to join.
    pub today: Gathering,
    /// The code with which phones join the walk.
    pub walk: String,
    /// The accounts in the order of [`ACCOUNTS`]. Nobody knows their passwords: they sign in with one-time addresses.
    pub people: Vec<Person>,
    /// What recorders of the data walk join with.
    pub data_walk: String,
}

/// How wide a pin is where nobody asks: what a tablet sends.
const UNASKED_RADIUS_M: i64 = 50;

const SLUG: &str = "sluiskwartier";
const TODAY: &str = "Buurttafel in het buurthuis";
const ROUND: &str = "2026-2";

/// Makes what of the demo is missing; what is there stays, with everything put into it since.
pub async fn seed(app: &App) -> Result<Seeded> {
    draw_map(app).await?;
    let neighbourhood = match neighbourhoods::store::find(&app.db, SLUG).await? {
        Some(there) => there,
        None => make_neighbourhood(app).await?,
    };
    let people = accounts(app, &neighbourhood.id).await?;
    let there = gatherings::list(&app.db, &neighbourhood.id).await?;
    if there.is_empty() {
        make_past(app, &neighbourhood).await?;
    }
    let day = app.clock.today();
    let today = match there.into_iter().find(|g| g.name == TODAY && g.phase.takes_pins() && g.held_on == day) {
        Some(today) => today,
        None => make_today(app, &neighbourhood, day).await?,
    };
    let walk = walk::seed(app, &neighbourhood).await?;
    let data_walk = promises::seed(app, &neighbourhood).await?;
    Ok(Seeded { neighbourhood, today, walk, people, data_walk })
}

/// Draws the map of the quarter, unless it is there.
async fn draw_map(app: &App) -> Result<()> {
    let path = app.settings.basemaps().join("demo.pmtiles");
    if path.exists() && beside(&path).exists() {
        return Ok(());
    }
    let draw = move || {
        write_paths(&paths::paths(), &path)?;
        let info = tiles::Info { name: quarter::NAME, attribution: "Vaartstede bestaat niet" };
        tiles::write(quarter::features(), quarter::extent(), &info, &path)
    };
    tokio::task::spawn_blocking(draw).await.map_err(Error::internal)??;
    // It is known from now on: what follows asks for it sooner than the folder is looked at again.
    drop(app.basemaps.all());
    Ok(())
}

async fn accounts(app: &App, neighbourhood: &Id) -> Result<Vec<Person>> {
    let mut found = Vec::with_capacity(ACCOUNTS.len());
    for account in ACCOUNTS {
        let id = if let Some((id, _)) = people::password_of(&app.db, account.email).await? {
            id
        } else {
            let hash = hash_password(&token()?)?;
            let owner = account.role == Role::Owner;
            people::add_person(&app.db, account.email, account.name, &hash, owner).await?.id
        };
        people::put_role(&app.db, neighbourhood, &id, account.role).await?;
        found.push(people::person(&app.db, &id).await?.ok_or_else(|| Error::not_found("person"))?);
    }
    Ok(found)
}

async fn make_neighbourhood(app: &App) -> Result<Neighbourhood> {
    let boundary = geojson::Geometry::from(&quarter::boundary());
    let made = Neighbourhood {
        id: Id::new(),
        slug: SLUG.to_owned(),
        name: quarter::NAME.to_owned(),
        boundary: Boundary::parse(&serde_json::to_value(boundary).map_err(Error::internal)?)?,
        languages: Language::ALL.to_vec(),
        themes: Theme::ALL.to_vec(),
        basemap: Basemap::Archive { archive: Some("demo".to_owned()) },
        sigma_m: SIGMA_M,
        retention_days: RETENTION_DAYS,
    };
    let made = neighbourhoods::store::add(&app.db, made).await?;
    app.neighbourhood_changed(&made.id).await?;
    Ok(made)
}

async fn make_today(app: &App, neighbourhood: &Neighbourhood, day: String) -> Result<Gathering> {
    let today = Gathering {
        id: Id::new(),
        neighbourhood: neighbourhood.id.clone(),
        kind: GatheringKind::Table,
        name: TODAY.to_owned(),
        round: ROUND.to_owned(),
        held_on: day,
        code: new_code(GatheringKind::Table.code_signs())?,
        phase: Phase::Open,
        pin_budget: Some(6),
        questions: Question::USUAL.to_vec(),
        who_at: WhoAt::Person,
        leave_pin: new_leave_pin()?,
    };
    gatherings::add(&app.db, today).await
}

async fn make_past(app: &App, neighbourhood: &Neighbourhood) -> Result<()> {
    let voices = voices::voices();
    for (at, past) in GATHERINGS.iter().enumerate() {
        let gathering = Gathering {
            id: Id::new(),
            neighbourhood: neighbourhood.id.clone(),
            kind: past.kind,
            name: past.name.to_owned(),
            round: past.round.to_owned(),
            held_on: days_before(&app.clock.today(), past.days_ago)?,
            code: new_code(past.kind.code_signs())?,
            phase: Phase::Open,
            pin_budget: past.pin_budget,
            questions: past.questions.to_vec(),
            who_at: WhoAt::Person,
            leave_pin: new_leave_pin()?,
        };
        let mut gathering = gatherings::add(&app.db, gathering).await?;
        let here: Vec<&Voice> = voices.iter().filter(|voice| voice.gathering == at).collect();
        let mut devices: Vec<Device> = Vec::new();
        for voice in here {
            while devices.len() <= voice.device {
                devices.push(gatherings::add_device(&app.db, &gathering).await?.0);
            }
            listen(app, neighbourhood, &gathering, &devices[voice.device], voice).await?;
        }
        gathering.phase = Phase::Closed;
        gatherings::update(&app.db, &gathering).await?;
    }
    app.live.publish(&neighbourhood.id, None, What::Neighbourhood);
    Ok(())
}

/// Writes down one participant's pins and what became of their words.
async fn listen(
    app: &App,
    neighbourhood: &Neighbourhood,
    gathering: &Gathering,
    device: &Device,
    voice: &Voice,
) -> Result<()> {
    let participant = Id::new();
    gatherings::put_participant(&app.db, device, &participant, &voice.who.into()).await?;
    for pin in &voice.pins {
        let id = Id::new();
        let new = new_pin(pin, &participant, gathering).check(gathering, neighbourhood)?;
        app.pins.put(Put { id: id.clone(), device: device.clone(), pin: new }).await?;
        let looked_through = GATHERINGS[voice.gathering].looked_through;
        if let Some(decided) = decided(pin, looked_through)? {
            pins::moderate(&app.db, &neighbourhood.id, &id, &decided).await?;
        }
    }
    Ok(())
}

fn new_pin(pin: &Pin, participant: &Id, gathering: &Gathering) -> NewPin {
    let asks = |question| gathering.questions.contains(&question);
    NewPin {
        geometry: Shape::Point { coordinates: [pin.lon, pin.lat] },
        properties: Told {
            participant: participant.clone(),
            feeling: pin.feeling,
            intensity: pin.intensity,
            radius_m: if asks(Question::Radius) { pin.radius_m } else { UNASKED_RADIUS_M },
            precision_m: None,
            when: pin.when.to_vec(),
            days: Vec::new(),
            frequency: None,
            effect: asks(Question::Effect).then_some(pin.effect),
            themes: pin.themes.to_vec(),
            basis: pin.basis,
            comment: pin.comment.map(str::to_owned),
            help: None,
            lang: Some("nl".to_owned()),
        },
    }
}

/// What the moderator has decided by now; nothing where the words still wait.
fn decided(pin: &Pin, looked_through: bool) -> Result<Option<Moderated>> {
    let decided = match pin.check {
        _ if pin.comment.is_none() => return Ok(None),
        Check::Hidden(reason) => Moderated::new(Status::Hidden, None, None, Some(reason.to_owned())),
        Check::Reworded(wording) => Moderated::new(Status::Approved, Some(wording.to_owned()), None, None),
        Check::WithGathering if looked_through => Moderated::new(Status::Approved, None, None, None),
        Check::WithGathering | Check::Waiting => return Ok(None),
    };
    decided.map(Some)
}
