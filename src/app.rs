//! What every handler shares.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, PoisonError, RwLock};

use tokio::sync::Semaphore;

use crate::basemap::archive::Archives;
use crate::config::Settings;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::gatherings::Device;
use crate::hotspots::Indexes;
use crate::id::Id;
use crate::limits::Limits;
use crate::live::{Hub, What};
use crate::neighbourhoods::{self, Neighbourhood};
use crate::pins::writer::Writer;
use crate::print::renderer::{PATIENCE, Renderer};
use crate::time::{Clock, days_before};
use crate::walks::{self, Networks};
use crate::{attachments, gatherings, pins};

/// Database, clock, feeds, indexes and settings of a running server.
#[derive(Debug)]
pub struct App {
    /// The settings.
    pub settings: Settings,
    /// The database.
    pub db: Db,
    /// The clock.
    pub clock: Clock,
    /// The feeds of changes.
    pub live: Arc<Hub>,
    /// The task that writes pins.
    pub pins: Writer,
    /// The pins as the statistics see them.
    pub indexes: Indexes,
    /// The basemaps.
    pub basemaps: Arc<Archives>,
    /// Where one can walk, by neighbourhood.
    pub networks: Networks,
    /// So many passwords are checked at a time: each takes 19 MB and a core.
    pub sign_ins: Semaphore,
    /// How much may come from one device and from one address.
    pub limits: Limits,
    /// So many pictures are read or blurred at a time: each takes up to some 150 MB and a core.
    pub pictures: Semaphore,
    /// What draws the ground of pictures.
    pub renderer: Renderer,
    /// So many sheets are set at a time: each takes up to some 200 MB and a core.
    pub press: Semaphore,
    /// So many large bodies are taken in at a time: each takes up to some 40 MB.
    pub large_bodies: Arc<Semaphore>,
    neighbourhoods: RwLock<HashMap<Id, Arc<Neighbourhood>>>,
    /// Devices by the digest of their token; they never change.
    devices: RwLock<HashMap<String, Device>>,
    elsewhere: RwLock<String>,
    room_address: RwLock<Option<String>>,
}

impl App {
    /// Opens the database and the basemaps and starts the writer.
    pub async fn open(settings: Settings, clock: Clock) -> Result<Arc<Self>> {
        std::fs::create_dir_all(settings.basemaps())?;
        let db = Db::open(&settings.database()).await?;
        let live = Arc::new(Hub::default());
        let told = live.clone();
        let pins = Writer::start(db.clone(), move |put| {
            told.publish(&put.device.neighbourhood, Some(&put.device.gathering), What::Pin(put.id.clone()));
        });
        let app = Arc::new(Self {
            elsewhere: RwLock::default(),
            room_address: RwLock::default(),
            indexes: Indexes::new(db.clone(), live.clone()),
            basemaps: Arc::new(Archives::open(&settings.basemaps())?),
            networks: Networks::default(),
            sign_ins: Semaphore::new(2),
            limits: Limits::default(),
            pictures: Semaphore::new(2),
            renderer: Renderer::new(settings.render.clone(), PATIENCE),
            press: Semaphore::new(2),
            large_bodies: Arc::new(Semaphore::new(4)),
            neighbourhoods: RwLock::default(),
            devices: RwLock::default(),
            settings,
            db,
            clock,
            live,
            pins,
        });
        app.look_elsewhere().await?;
        Ok(app)
    }

    /// A neighbourhood as it stands, from memory after the first time.
    pub async fn neighbourhood(&self, id: &Id) -> Result<Arc<Neighbourhood>> {
        if let Some(known) = self.neighbourhoods.read().unwrap_or_else(PoisonError::into_inner).get(id) {
            return Ok(known.clone());
        }
        let found = neighbourhoods::store::find(&self.db, id.as_str()).await?;
        let found = Arc::new(found.ok_or_else(|| Error::not_found("neighbourhood"))?);
        self.neighbourhoods.write().unwrap_or_else(PoisonError::into_inner).insert(id.clone(), found.clone());
        Ok(found)
    }

    /// The device that holds the token of this digest, from memory after the first time.
    pub async fn device(&self, token_digest: &str) -> Result<Option<Device>> {
        if let Some(known) = self.devices.read().unwrap_or_else(PoisonError::into_inner).get(token_digest) {
            return Ok(Some(known.clone()));
        }
        let found = gatherings::store::device(&self.db, token_digest).await?;
        if let Some(device) = &found {
            let mut devices = self.devices.write().unwrap_or_else(PoisonError::into_inner);
            devices.insert(token_digest.to_owned(), device.clone());
        }
        Ok(found)
    }

    /// Tells everyone that a neighbourhood changed.
    pub async fn neighbourhood_changed(&self, id: &Id) -> Result<()> {
        self.neighbourhoods.write().unwrap_or_else(PoisonError::into_inner).remove(id);
        self.live.publish(id, None, What::Neighbourhood);
        self.look_elsewhere().await
    }

    /// Erases the words, photos and voice notes, what participants told about themselves, and the names of who led walks,
    /// that every neighbourhood has kept long enough.
    pub async fn forget(&self) -> Result<()> {
        for neighbourhood in neighbourhoods::store::list(&self.db).await? {
            let before = days_before(&self.clock.today(), neighbourhood.retention_days)?;
            let words = pins::store::forget_words(&self.db, &neighbourhood.id, &before).await?;
            let people = gatherings::store::forget_who(&self.db, &neighbourhood.id, &before).await?;
            let attachments = attachments::store::forget(&self.db, &neighbourhood.id, &before).await?;
            let observations = walks::observations::store::forget_words(&self.db, &neighbourhood.id, &before).await?;
            let names = walks::store::forget_names(&self.db, &neighbourhood.id, &before).await?;
            if words + people + attachments + observations + names > 0 {
                tracing::info!(
                    slug = neighbourhood.slug,
                    words,
                    people,
                    attachments,
                    observations,
                    names,
                    "erased what was kept long enough"
                );
                self.live.publish(&neighbourhood.id, None, What::Neighbourhood);
            }
        }
        Ok(())
    }

    /// Where tablets in the room join, where it is another address than that of the page: at a hub.
    pub fn room_address(&self) -> Option<String> {
        self.room_address.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Tells where tablets in the room join.
    pub fn set_room_address(&self, address: String) {
        *self.room_address.write().unwrap_or_else(PoisonError::into_inner) = Some(address);
    }

    /// The servers that neighbourhoods plugged in as their basemap, as a content policy names them.
    pub fn elsewhere(&self) -> String {
        self.elsewhere.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn look_elsewhere(&self) -> Result<()> {
        let all = neighbourhoods::store::list(&self.db).await?;
        let servers: BTreeSet<String> = all.iter().filter_map(|n| n.basemap.server()).collect();
        let servers: Vec<String> = servers.into_iter().collect();
        *self.elsewhere.write().unwrap_or_else(PoisonError::into_inner) = servers.join(" ");
        Ok(())
    }
}
