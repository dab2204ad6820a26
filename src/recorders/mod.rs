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

/// Notes of one kind that recorders keep, each under an id that its recorder made: the same put again is no other note, a
/// recorder changes and deletes its own alone, and what was deleted stays deleted, however late an older put arrives.
#[derive(Debug, Clone, Copy)]
pub struct Notes {
    /// Their table, with the columns `id` and `recorder_id`.
    pub table: &'static str,
    /// The column that names their walk or data walk.
    pub about: &'static str,
    /// The table of what was deleted.
    pub deleted: &'static str,
    /// The slug when another recorder has a note of this id.
    pub of_another: &'static str,
    /// The slug when it was deleted.
    pub is_deleted: &'static str,
}

impl Notes {
    /// The error when another recorder has a note of this id.
    #[must_use]
    pub fn of_another(&self) -> Error {
        Error::conflict(self.of_another, "another device wrote this down")
    }

    /// The error for what still comes of a note that was deleted.
    #[must_use]
    pub fn is_deleted(&self) -> Error {
        Error::new(Kind::Gone, self.is_deleted, "this was deleted")
    }
}

/// The error when a token belongs to no recorder of what is asked about.
pub fn unknown_recorder() -> Error {
    Error::new(Kind::Unauthorised, "unknown_device", "this device has not joined the walk")
}
