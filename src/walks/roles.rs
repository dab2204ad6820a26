//! Who does what on a walk.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::check_line;
use crate::error::Result;

/// From so many people on, two groups side by side hear more than one.
pub const TWO_GROUPS: i64 = 10;

/// Who does what beside who leads: a name for each, empty where nobody said. The names stand on the leader's sheet and on
/// the phones of the group, in no file that leaves, and go when the walk was kept long enough.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WalkRoles)]
pub struct Roles {
    /// Fills in the form.
    #[serde(default)]
    pub scribe: String,
    /// Takes photos of places, not of people.
    #[serde(default)]
    pub photographer: String,
    /// Walks at the back, so that nobody stays behind, and minds the time.
    #[serde(default)]
    pub timekeeper: String,
    /// An official or somebody else who listens and does not defend.
    #[serde(default)]
    pub guest: String,
}

impl Roles {
    /// Trims and checks each name; the field at fault is named.
    pub fn check(mut self) -> Result<Self> {
        for (field, name) in [
            ("roles.scribe", &mut self.scribe),
            ("roles.photographer", &mut self.photographer),
            ("roles.timekeeper", &mut self.timekeeper),
            ("roles.guest", &mut self.guest),
        ] {
            *name = check_line(field, name)?;
        }
        Ok(self)
    }
}
