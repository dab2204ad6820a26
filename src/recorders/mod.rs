//! A recorder: a phone or tablet on which somebody notes what a group sees on a walk, or reads at the stations of a data
//! walk. It joins with the code of that walk; whoever holds it needs no account.

pub mod api;
pub mod store;

use crate::error::{Error, Kind, Result};
use crate::id::Id;
use crate::words;

words! {
    /// What a recorder takes notes of.
    pub enum Task { Walk = "walk", DataWalk = "data_walk" }
}

/// So many signs has the code of a walk or a data walk: 34 bits, as it stands for days.
pub const CODE_SIGNS: usize = 8;

/// A phone or tablet that joined a walk or a data walk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorder {
    /// Its random id.
    pub id: Id,
    /// Where it is.
    pub neighbourhood: Id,
    /// What it takes notes of.
    pub task: Task,
    /// The walk or data walk.
    pub about: Id,
}

impl Recorder {
    /// Fails unless it joined this walk or data walk.
    pub fn check(&self, task: Task, about: &Id) -> Result<()> {
        if self.task == task && self.about == *about { Ok(()) } else { Err(unknown_recorder()) }
    }
}

/// The error when a token belongs to no recorder of what is asked about.
pub fn unknown_recorder() -> Error {
    Error::new(Kind::Unauthorised, "unknown_device", "this device has not joined the walk")
}
