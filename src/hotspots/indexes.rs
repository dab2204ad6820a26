//! The indexes of all neighbourhoods: read from the database when first asked for, then kept by the feed of changes.
//!
//! Nothing runs in the background: whoever asks first takes in what changed since, so an answer never lags behind an
//! acknowledged pin.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex, PoisonError};

use geo::MultiPolygon;
use h3o::Resolution;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::TryRecvError;
use tokio::sync::{RwLock, Semaphore};
use tokio::task::spawn_blocking;

use super::dense::{Crowds, Dense};
use super::findings::{Findings, Question, Worked};
use super::heard::Heard;
use super::hexagons::Hexagons;
use super::index::Index;
use super::job::Job;
use super::recent::{Place, Recent};
use super::side_by_side::SideBySide;
use super::tiles::Tiles;
use super::tiles::cache::Touched;
use super::watch::Watch;
use super::{Spot, Voices};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::gatherings::Who;
use crate::id::Id;
use crate::live::{Change, Hub, What};
use crate::neighbourhoods::Neighbourhood;
use crate::pins::selection::Selection;
use crate::{gatherings, neighbourhoods, pins};

/// So many pieces of slow work run at a time; each keeps two cores busy.
const WORKING: usize = 2;

/// The pins as the statistics see them, and what was found on them lately.
#[derive(Debug)]
pub struct Indexes {
    source: Source,
    /// Tells the revisions of this start of the server from those of another.
    start: u64,
    permits: Arc<Semaphore>,
    pub(super) tiles: Tiles,
    all: Mutex<HashMap<Id, Arc<Kept>>>,
}

/// Where pins come from.
#[derive(Debug, Clone)]
struct Source {
    db: Db,
    live: Arc<Hub>,
}

/// The index of one neighbourhood and what keeps it.
#[derive(Debug)]
pub(super) struct Kept {
    /// Holds up whoever asks while changes are taken in; none before the index is loaded.
    feed: tokio::sync::Mutex<Option<Receiver<Change>>>,
    pub(super) index: Arc<RwLock<Option<Index>>>,
    /// Where pins changed since when.
    pub(super) touched: Mutex<Touched>,
    found: Mutex<Remembered>,
}

#[derive(Debug, Default)]
struct Remembered {
    revision: u64,
    findings: Recent<Question, Findings>,
    comparisons: Recent<[Question; 2], SideBySide>,
    hexagons: Recent<(Question, Resolution), Hexagons>,
    crowds: Recent<(Question, u64), Crowds>,
    dense: Recent<Question, Dense>,
}

impl Indexes {
    /// Indexes of a database, none loaded yet.
    #[must_use]
    pub fn new(db: Db, live: Arc<Hub>) -> Self {
        let permits = Arc::new(Semaphore::new(WORKING));
        let (start, tiles) = (RandomState::new().hash_one(0), Tiles::default());
        Self { source: Source { db, live }, start, permits, tiles, all: Mutex::default() }
    }

    /// A mark that changes whenever an answer about the neighbourhood might.
    pub async fn revision(&self, neighbourhood: &Id) -> Result<String> {
        let (_, revision) = self.fresh(neighbourhood).await?;
        Ok(self.mark(revision))
    }

    /// What the pins say now, with the mark of [`Indexes::revision`].
    pub async fn find(&self, neighbourhood: &Id, question: Question) -> Result<(Arc<Findings>, String)> {
        let (kept, revision) = self.fresh(neighbourhood).await?;
        let place = kept.place(revision, |found| found.findings.place(&question));
        let work = async || {
            let (mut findings, basis) = kept.read(move |index| Ok(Findings::of(index, &question))).await?;
            findings.trust = basis.map(|basis| self.start(neighbourhood, move |watch| basis.trust(watch)));
            Ok::<_, Error>(Arc::new(findings))
        };
        Ok((place.get_or_try_init(work).await?.clone(), self.mark(revision)))
    }

    /// The same without the slower work behind it, which is not started.
    pub async fn glance(&self, neighbourhood: &Id, question: Question) -> Result<Arc<Findings>> {
        let (kept, _) = self.fresh(neighbourhood).await?;
        kept.read(move |index| Ok(Arc::new(Findings::of(index, &question).0))).await
    }

    /// What a selection says of some ground of the neighbourhood's plane, and half a sigma around it.
    pub async fn heard_at(
        &self,
        neighbourhood: &Neighbourhood,
        ground: &MultiPolygon<f64>,
        selection: &Selection,
    ) -> Result<Heard> {
        let (kept, _) = self.fresh(&neighbourhood.id).await?;
        let (ground, selection, within_m) = (ground.clone(), selection.clone(), neighbourhood.sigma_m / 2.0);
        kept.read(move |index| Ok(Heard::of(&ground, &index.select(&selection).spots, within_m))).await
    }

    /// What the people of a selection told about themselves, once for each who speaks.
    pub async fn who_speaks(&self, neighbourhood: &Id, selection: &Selection) -> Result<Vec<Who>> {
        let (kept, _) = self.fresh(neighbourhood).await?;
        let selection = selection.clone();
        let work = move |index: &Index| {
            let own = index.select(&selection).spots.into_iter().filter(Spot::is_own);
            let people: BTreeSet<u32> = own.map(|spot| spot.participant).collect();
            Ok(people.into_iter().map(|participant| index.who(participant)).collect())
        };
        kept.read(work).await
    }

    /// Two selections side by side, with the mark of [`Indexes::revision`].
    pub async fn compare(&self, neighbourhood: &Id, questions: [Question; 2]) -> Result<(Arc<SideBySide>, String)> {
        let (kept, revision) = self.fresh(neighbourhood).await?;
        let place = kept.place(revision, |found| found.comparisons.place(&questions));
        let work = async || {
            let (mut pair, basis) = kept.read(move |index| SideBySide::of(index, &questions)).await?;
            pair.test = Some(self.start(neighbourhood, move |watch| basis.compare(watch)));
            Ok::<_, Error>(Arc::new(pair))
        };
        Ok((place.get_or_try_init(work).await?.clone(), self.mark(revision)))
    }

    /// The hexagons of a resolution, with the mark of [`Indexes::revision`].
    pub async fn hexes(
        &self,
        neighbourhood: &Id,
        question: Question,
        resolution: Resolution,
    ) -> Result<(Arc<Hexagons>, String)> {
        let (kept, revision) = self.fresh(neighbourhood).await?;
        let place = kept.place(revision, |found| found.hexagons.place(&(question.clone(), resolution)));
        let work = async || kept.read(move |index| Ok(Arc::new(Hexagons::of(index, &question, resolution)))).await;
        Ok((place.get_or_try_init(work).await?.clone(), self.mark(revision)))
    }

    /// The dense groups of pins that reach so many metres, with the mark of [`Indexes::revision`].
    pub async fn crowds(&self, neighbourhood: &Id, question: Question, eps_m: f64) -> Result<(Arc<Crowds>, String)> {
        let (kept, revision) = self.fresh(neighbourhood).await?;
        let place = kept.place(revision, |found| found.crowds.place(&(question.clone(), eps_m.to_bits())));
        let work = async || kept.read(move |index| Ok(Arc::new(Crowds::of(index, &question, eps_m)))).await;
        Ok((place.get_or_try_init(work).await?.clone(), self.mark(revision)))
    }

    /// The density of pins, with the mark of [`Indexes::revision`].
    pub async fn dense(&self, neighbourhood: &Id, question: Question) -> Result<(Arc<Dense>, String)> {
        let (kept, revision) = self.fresh(neighbourhood).await?;
        let place = kept.place(revision, |found| found.dense.place(&question));
        let work = async || kept.read(move |index| Ok(Arc::new(Dense::of(index, &question)))).await;
        Ok((place.get_or_try_init(work).await?.clone(), self.mark(revision)))
    }

    /// How many speak in a selection.
    pub async fn voices(&self, neighbourhood: &Id, selection: &Selection) -> Result<Voices> {
        let (kept, _) = self.fresh(neighbourhood).await?;
        let selection = selection.clone();
        kept.read(move |index| Ok(index.select(&selection).voices())).await
    }

    /// Starts slow work, of which those who follow the neighbourhood are told.
    fn start<T: Send + Sync + 'static>(
        &self,
        neighbourhood: &Id,
        work: impl FnOnce(&Watch) -> Option<T> + Send + 'static,
    ) -> Job<T> {
        let (live, neighbourhood) = (self.source.live.clone(), neighbourhood.clone());
        let told = move |percent| live.publish(&neighbourhood, None, What::Tested(percent));
        Job::start(self.permits.clone(), told, work)
    }

    fn mark(&self, revision: u64) -> String {
        format!("{:x}-{revision}", self.start)
    }

    /// Brings an index up to date; gives its revision too. Whoever asks may stop waiting at any moment, and what was taken
    /// from the feed must be taken in all the same: so a task of its own does it.
    pub(super) async fn fresh(&self, id: &Id) -> Result<(Arc<Kept>, u64)> {
        let kept = self.all.lock().unwrap_or_else(PoisonError::into_inner).entry(id.clone()).or_default().clone();
        let (source, ours, id) = (self.source.clone(), kept.clone(), id.clone());
        let freshen = tokio::spawn(async move { ours.freshen(&source, &id).await });
        Ok((kept, freshen.await.map_err(Error::internal)??))
    }
}

impl Source {
    async fn load(&self, id: &Id) -> Result<Index> {
        let neighbourhood = neighbourhoods::store::find(&self.db, id.as_str()).await?;
        let mut index = Index::new(&neighbourhood.ok_or_else(|| Error::not_found("neighbourhood"))?.boundary);
        let mut chunks = pins::store::stream(&self.db, id);
        while let Some(chunk) = chunks.recv().await {
            index.fill(&chunk?);
        }
        for pin in pins::votes::store::count_in(&self.db, id).await?.keys() {
            index.put_agreements(pin, &[]);
        }
        index.fill(&pins::votes::store::in_neighbourhood(&self.db, id).await?);
        spawn_blocking(move || {
            index.finish();
            index
        })
        .await
        .map_err(Error::internal)
    }

    async fn take_in(&self, kept: &Kept, changes: Changes) -> Result<()> {
        let mut gone = Vec::new();
        let mut read = Vec::new();
        let mut voted = changes.voted;
        if let Some(index) = kept.index.read().await.as_ref() {
            voted.extend(changes.pins.iter().filter(|id| index.is_voted_on(id)).cloned());
        }
        for id in changes.pins {
            match pins::store::find(&self.db, &id).await? {
                Some(pin) => read.push(pin),
                None => gone.push(id),
            }
        }
        let mut agreed = Vec::new();
        for id in voted {
            let agreements = pins::votes::store::with_pin(&self.db, &id).await?;
            agreed.push((id, agreements));
        }
        for id in &changes.participants {
            read.extend(pins::store::of_participant(&self.db, id).await?);
            read.extend(pins::votes::store::of_participant(&self.db, id).await?);
        }
        let mut occasions = Vec::new();
        for id in &changes.gatherings {
            occasions.extend(gatherings::store::find(&self.db, id).await?);
        }
        if let Some(index) = kept.index.write().await.as_mut() {
            for pin in &read {
                index.put(pin);
            }
            for id in &gone {
                index.remove(id);
            }
            for (pin, agreements) in &agreed {
                index.put_agreements(pin, agreements);
            }
            for gathering in &occasions {
                index.put_gathering(&gathering.id, &gathering.round, &gathering.held_on);
            }
        }
        Ok(())
    }
}

impl Default for Kept {
    fn default() -> Self {
        Self {
            feed: tokio::sync::Mutex::new(None),
            index: Arc::default(),
            touched: Mutex::default(),
            found: Mutex::default(),
        }
    }
}

impl Kept {
    async fn freshen(&self, source: &Source, id: &Id) -> Result<u64> {
        let mut feed = self.feed.lock().await;
        let changes = feed.as_mut().map_or_else(Changes::all, Changes::take);
        let (is_new, is_reload) = (!changes.is_empty(), changes.reload);
        if changes.reload {
            // From before the reading on, so that no change falls between.
            let changes = source.live.subscribe(id);
            *feed = None;
            let index = source.load(id).await?;
            *self.index.write().await = Some(index);
            *feed = Some(changes);
        } else if is_new && let Err(error) = source.take_in(self, changes).await {
            // What was taken from the feed is lost: read everything next time.
            *feed = None;
            return Err(error);
        }
        let touched = if is_new { self.take_touched().await } else { Vec::new() };
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        if is_new {
            found.revision += 1;
            found.overtake();
        }
        let revision = found.revision;
        drop(found);
        self.touch(revision, &touched, is_reload);
        Ok(revision)
    }

    async fn take_touched(&self) -> Vec<[f64; 4]> {
        self.index.write().await.as_mut().map(Index::take_touched).unwrap_or_default()
    }

    /// Remembers which boxes changed at a revision, or that anything may have.
    fn touch(&self, revision: u64, boxes: &[[f64; 4]], all: bool) {
        let mut touched = self.touched.lock().unwrap_or_else(PoisonError::into_inner);
        if all {
            touched.all(revision);
        }
        for bounds in boxes {
            touched.add(revision, *bounds);
        }
    }

    /// Works on the index beside the requests.
    async fn read<T: Send + 'static>(&self, work: impl FnOnce(&Index) -> Result<T> + Send + 'static) -> Result<T> {
        let index = self.index.clone().read_owned().await;
        let work = move || index.as_ref().map_or_else(|| Err(Error::not_found("neighbourhood")), work);
        spawn_blocking(work).await.map_err(Error::internal)?
    }

    /// The place for an answer about a revision; one of its own where that is overtaken already.
    fn place<A>(&self, revision: u64, of: impl FnOnce(&mut Remembered) -> Place<A>) -> Place<A> {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        if found.revision == revision { of(&mut found) } else { Place::default() }
    }
}

impl Remembered {
    /// Forgets what was found on older pins, and stops what is still being worked out on them.
    fn overtake(&mut self) {
        self.findings.take().for_each(|found| found.stop());
        self.comparisons.take().for_each(|found| found.stop());
        self.hexagons.take().for_each(drop);
        self.crowds.take().for_each(drop);
        self.dense.take().for_each(drop);
    }
}

/// What must be read again.
#[derive(Debug, Default)]
struct Changes {
    reload: bool,
    pins: HashSet<Id>,
    /// Pins to which others say something else.
    voted: HashSet<Id>,
    participants: HashSet<Id>,
    gatherings: HashSet<Id>,
}

impl Changes {
    fn all() -> Self {
        Self { reload: true, ..Self::default() }
    }

    fn take(feed: &mut Receiver<Change>) -> Self {
        let mut changes = Self::default();
        loop {
            match feed.try_recv() {
                Ok(change) => changes.add(change),
                Err(TryRecvError::Empty) => return changes,
                Err(TryRecvError::Lagged(_) | TryRecvError::Closed) => return Self::all(),
            }
        }
    }

    fn add(&mut self, change: Change) {
        match change.what {
            What::Pin(id) | What::PinDeleted(id) => drop(self.pins.insert(id)),
            What::Vote(id) => drop(self.voted.insert(id)),
            What::Participant(id) => drop(self.participants.insert(id)),
            What::Gathering => self.gatherings.extend(change.gathering),
            What::Neighbourhood => self.reload = true,
            What::Comment(_) | What::Tested(_) => {}
        }
    }

    fn is_empty(&self) -> bool {
        !self.reload
            && self.pins.is_empty()
            && self.voted.is_empty()
            && self.participants.is_empty()
            && self.gatherings.is_empty()
    }
}
