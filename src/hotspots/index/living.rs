//! The surfaces and the counts of an index that live on with its pins.

use std::sync::PoisonError;

use super::{Index, NONE};
use crate::hotspots::Spot;
use crate::hotspots::canvas::Canvas;
use crate::hotspots::findings::Question;
use crate::hotspots::grid::Grid;
use crate::hotspots::layers::{Layers, Put};
use crate::hotspots::sheet::Way;
use crate::hotspots::surface::Surface;
use crate::pins::selection::Selection;

/// So many surfaces are kept up to date.
const KEPT: usize = 4;

impl Index {
    /// The surface of the pins that a question means, as [`Surface::around`] the boundary: kept from when it was last
    /// asked for and brought up to date by each pin since, or else computed. `spots` must be what the question selects.
    #[must_use]
    pub fn surface(&self, question: &Question, spots: &[Spot]) -> (Surface, Grid) {
        let take = || {
            let mut canvases = self.canvases.lock().unwrap_or_else(PoisonError::into_inner);
            let known = canvases.iter().position(|canvas| canvas.question == *question)?;
            Some(canvases.remove(known))
        };
        // Not under the lock: the first time takes long, and who reads an index keeps it from changing.
        let mut canvas = take().unwrap_or_else(|| Canvas::new(question.clone(), &self.shape, spots));
        let found = canvas.surface(spots);
        let mut canvases = self.canvases.lock().unwrap_or_else(PoisonError::into_inner);
        canvases.retain(|other| other.question != *question);
        canvases.push(canvas);
        if canvases.len() > KEPT {
            // All pins are what the wall asks for: these are let go last.
            let is_part = |canvas: &Canvas| canvas.question.selection != Selection::default();
            let oldest = canvases.iter().take(KEPT).position(is_part).unwrap_or(0);
            canvases.remove(oldest);
        }
        found
    }

    /// The own pins counted by square, lines and areas where their middle lies: put together when first asked for and
    /// brought up to date by each pin since.
    #[must_use]
    pub fn layers(&self) -> &Layers {
        self.layers.get_or_init(|| Layers::of(self.spots.iter().flatten().filter_map(|spot| self.counted(spot))))
    }

    /// Counts one pin more, where there are counts.
    pub(super) fn count(&mut self, spot: &Spot) {
        if let (Some(pin), Some(layers)) = (self.counted(spot), self.layers.get_mut()) {
            layers.add(&pin);
        }
    }

    /// Counts one pin less, where there are counts.
    pub(super) fn uncount(&mut self, spot: &Spot) {
        if let (Some(pin), Some(layers)) = (self.counted(spot), self.layers.get_mut()) {
            layers.remove(&pin);
        }
    }

    /// What of a pin is counted; nothing of one that was only heard.
    fn counted(&self, spot: &Spot) -> Option<Put> {
        let (lon, lat) = self.plane.to_lonlat(spot.x, spot.y);
        spot.is_own().then_some(Put {
            lon,
            lat,
            participant: spot.participant,
            feeling: spot.feeling,
            agreed: spot.agreed,
        })
    }

    /// Changes one pin and brings the surfaces that mean it along.
    pub(super) fn repaint(&mut self, spot: &Spot, tell: fn(&mut Canvas, [f64; 4]), change: impl FnOnce(&mut Self)) {
        let mut canvases = std::mem::take(self.canvases.get_mut().unwrap_or_else(PoisonError::into_inner));
        let bounds = spot.bounds();
        let is_meant = |canvas: &&mut Canvas| spot.is_own() && self.fits(&canvas.question.selection, spot);
        let mut meant: Vec<&mut Canvas> = canvases.iter_mut().filter(is_meant).collect();
        for canvas in &mut meant {
            let pins = self.voice(spot.participant, &canvas.question.selection);
            canvas.paint(&pins, bounds, Way::Off);
        }
        change(self);
        for canvas in &mut meant {
            let pins = self.voice(spot.participant, &canvas.question.selection);
            canvas.paint(&pins, bounds, Way::On);
            tell(canvas, bounds);
        }
        *self.canvases.get_mut().unwrap_or_else(PoisonError::into_inner) = canvases;
    }

    /// Takes a pin out of the list of its participant's pins.
    pub(super) fn unlink(&mut self, spot: &Spot, at: u32) {
        let after = self.next[at as usize];
        let first = &mut self.people[spot.participant as usize].first;
        if *first == at {
            *first = after;
            return;
        }
        let mut before = *first;
        while before != NONE {
            let next = &mut self.next[before as usize];
            if *next == at {
                *next = after;
                return;
            }
            before = *next;
        }
    }

    /// The own pins of a participant that a selection means.
    fn voice(&self, participant: u32, selection: &Selection) -> Vec<&Spot> {
        let after = |at: u32| self.next.get(at as usize).copied();
        let places = std::iter::successors(Some(self.people[participant as usize].first), |at| after(*at));
        places
            .map_while(|at| self.spots.get(at as usize)?.as_ref())
            .filter(|spot| spot.is_own() && self.fits(selection, spot))
            .collect()
    }

    fn fits(&self, selection: &Selection, spot: &Spot) -> bool {
        let voice = &self.people[spot.participant as usize];
        self.gatherings[voice.gathering as usize].fits(selection)
            && selection.fits_who(&voice.who)
            && selection.fits_told(spot.feeling, spot.basis, |theme| spot.has_theme(theme), |when| spot.has_when(when))
    }
}
