//! What a hub gathered, on its way to the main server: rows of a gathering, each checked column by column.

pub mod api;
pub mod store;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::attachments::{AttachmentKind, Caption, Media, from_base64};
use crate::error::{Error, Result};
use crate::gatherings::{AgeBand, GatheringKind, Gender, Part, Phase, Question, WhoAt};
use crate::id::Id;
use crate::neighbourhoods::themes::Theme;
use crate::pins::moderation::Status;
use crate::pins::votes::Vote;
use crate::pins::{Basis, Day, Effect, Feeling, Frequency, Shape, When};
use crate::time::check_date;

/// A row: what stands in each column. Its neighbourhood and gathering are those of the batch.
pub type Row = Map<String, Value>;

/// A part of a gathering. What it refers to came in an earlier part or stands in this one.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Batch {
    /// The gathering.
    #[schema(value_type = Object)]
    pub gathering: Row,
    /// Its devices, without what opens the door for them: at the main server they are strangers.
    #[serde(default)]
    #[schema(value_type = Vec<Object>)]
    pub devices: Vec<Row>,
    /// Its participants.
    #[serde(default)]
    #[schema(value_type = Vec<Object>)]
    pub participants: Vec<Row>,
    /// Its pins.
    #[serde(default)]
    #[schema(value_type = Vec<Object>)]
    pub pins: Vec<Row>,
    /// All votes on these pins.
    #[serde(default)]
    #[schema(value_type = Vec<Object>)]
    pub votes: Vec<Row>,
    /// All photos and voice notes beside these pins: pin and kind.
    #[serde(default)]
    #[schema(value_type = Vec<Object>)]
    pub attached: Vec<Row>,
    /// Photos and voice notes themselves.
    #[serde(default)]
    #[schema(value_type = Vec<Object>)]
    pub attachments: Vec<Row>,
    /// The pins that were deleted.
    #[serde(default)]
    #[schema(value_type = Vec<Object>)]
    pub deleted_pins: Vec<Row>,
}

/// What became of the rows of a batch.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Arrived {
    /// New here.
    pub new: u64,
    /// Here already; brought up to date where nobody here decided otherwise.
    pub already: u64,
    /// Not taken: taken back or deleted here meanwhile.
    pub gone: u64,
}

/// What a column holds.
#[derive(Debug, Clone, Copy)]
pub enum Holds {
    /// An id.
    Id,
    /// A text of at most so many characters.
    Text(usize),
    /// A word of a list.
    Word(fn(&str) -> bool),
    /// Words of a list with commas between.
    Words(fn(&str) -> bool),
    /// A date.
    Date,
    /// The line or area of a pin.
    Shape,
    /// A whole number from one to another.
    Whole(i64, i64),
    /// Bytes as base64 text.
    Bytes,
    /// What is said of a photo.
    Caption,
    /// Degrees up to so many on both sides of zero.
    Degrees(f64),
    /// Yes or no.
    Flag,
}

/// A column of a row that is carried.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its name in the table.
    pub name: &'static str,
    /// What it holds.
    pub holds: Holds,
    /// Whether it may hold nothing.
    pub optional: bool,
}

const fn must(name: &'static str, holds: Holds) -> Column {
    Column { name, holds, optional: false }
}

const fn may(name: &'static str, holds: Holds) -> Column {
    Column { name, holds, optional: true }
}

macro_rules! word {
    ($list:ty) => {
        |word| <$list>::parse("word", word).is_ok()
    };
}

/// The columns of a gathering; the main server makes a code of its own.
pub const GATHERING: &[Column] = &[
    must("id", Holds::Id),
    must("kind", Holds::Word(word!(GatheringKind))),
    must("name", Holds::Text(120)),
    must("round", Holds::Text(40)),
    must("held_on", Holds::Date),
    must("phase", Holds::Word(word!(Phase))),
    may("pin_budget", Holds::Whole(1, 100)),
    must("questions", Holds::Words(word!(Question))),
    must("leave_pin", Holds::Text(4)),
    must("who_at", Holds::Word(word!(WhoAt))),
];

/// The columns of a device.
pub const DEVICE: &[Column] = &[must("id", Holds::Id), must("name", Holds::Text(8))];

/// The columns of a participant.
pub const PARTICIPANT: &[Column] = &[
    must("id", Holds::Id),
    must("device_id", Holds::Id),
    must("label", Holds::Text(16)),
    may("age", Holds::Word(word!(AgeBand))),
    may("gender", Holds::Word(word!(Gender))),
    may("role", Holds::Word(word!(Part))),
    may("note", Holds::Text(2000)),
    may("slip_digest", Holds::Text(64)),
    must("withdrawn", Holds::Flag),
];

/// The columns of a pin.
pub const PIN: &[Column] = &[
    must("id", Holds::Id),
    must("participant_id", Holds::Id),
    must("device_id", Holds::Id),
    must("lon", Holds::Degrees(180.0)),
    must("lat", Holds::Degrees(90.0)),
    may("shape", Holds::Shape),
    must("feeling", Holds::Word(word!(Feeling))),
    may("intensity", Holds::Whole(1, 3)),
    must("radius_m", Holds::Whole(25, 200)),
    may("precision_m", Holds::Whole(0, 10_000)),
    must("when_parts", Holds::Words(word!(When))),
    must("days", Holds::Words(word!(Day))),
    may("frequency", Holds::Word(word!(Frequency))),
    may("effect", Holds::Word(word!(Effect))),
    must("themes", Holds::Words(word!(Theme))),
    must("basis", Holds::Word(word!(Basis))),
    may("comment", Holds::Text(280)),
    may("help", Holds::Text(280)),
    may("lang", Holds::Text(8)),
    may("moderation", Holds::Word(word!(Status))),
    may("wording", Holds::Text(1000)),
    may("help_wording", Holds::Text(1000)),
    may("hidden_because", Holds::Text(1000)),
];

/// The columns of a vote.
pub const VOTE: &[Column] =
    &[must("pin_id", Holds::Id), must("participant_id", Holds::Id), must("vote", Holds::Word(word!(Vote)))];

/// Which photo or voice note of which pin.
pub const ATTACHED: &[Column] = &[must("pin_id", Holds::Id), must("kind", Holds::Word(word!(AttachmentKind)))];

/// The columns of a photo or voice note.
pub const ATTACHMENT: &[Column] = &[
    must("id", Holds::Id),
    must("pin_id", Holds::Id),
    must("kind", Holds::Word(word!(AttachmentKind))),
    must("media", Holds::Word(word!(Media))),
    may("duration_ms", Holds::Whole(0, 60_000)),
    may("caption", Holds::Caption),
    must("moderation", Holds::Word(word!(Status))),
    may("hidden_because", Holds::Text(1000)),
    must("put_digest", Holds::Text(64)),
    must("content", Holds::Bytes),
];

/// The columns of a deleted pin.
pub const DELETED_PIN: &[Column] = &[must("id", Holds::Id), must("device_id", Holds::Id)];

impl Batch {
    /// Fails where a row holds what it must not; the field says which row and column.
    pub fn check(&self) -> Result<()> {
        check_row("gathering", &self.gathering, GATHERING)?;
        if self.gathering.get("phase").and_then(Value::as_str) == Some(Phase::Draft.code()) {
            return Err(Error::invalid("gathering.phase", "a draft is not carried"));
        }
        for (name, rows, columns) in [
            ("devices", &self.devices, DEVICE),
            ("participants", &self.participants, PARTICIPANT),
            ("pins", &self.pins, PIN),
            ("votes", &self.votes, VOTE),
            ("deleted_pins", &self.deleted_pins, DELETED_PIN),
            ("attached", &self.attached, ATTACHED),
            ("attachments", &self.attachments, ATTACHMENT),
        ] {
            for (at, row) in rows.iter().enumerate() {
                check_row(&format!("{name}[{at}]"), row, columns)?;
            }
        }
        Ok(())
    }
}

fn check_row(place: &str, row: &Row, columns: &[Column]) -> Result<()> {
    if let Some(unknown) = row.keys().find(|name| !columns.iter().any(|column| column.name == **name)) {
        return Err(Error::invalid(format!("{place}.{unknown}"), "this server does not know what this is"));
    }
    for column in columns {
        let value = row.get(column.name).unwrap_or(&Value::Null);
        if !(column.optional && value.is_null() || fits(column.holds, value)) {
            return Err(Error::invalid(format!("{place}.{}", column.name), "holds what it must not"));
        }
    }
    Ok(())
}

fn fits(holds: Holds, value: &Value) -> bool {
    let text = value.as_str();
    match holds {
        Holds::Id => text.is_some_and(|text| Id::parse("id", text).is_ok_and(|id| id.as_str() == text)),
        Holds::Text(most) => text.is_some_and(|text| text.chars().count() <= most && !text.contains('\0')),
        Holds::Word(known) => text.is_some_and(known),
        Holds::Words(known) => text.is_some_and(|text| text.split(',').filter(|word| !word.is_empty()).all(known)),
        Holds::Bytes => text.is_some_and(|text| from_base64(text).is_ok()),
        Holds::Caption => text.is_some_and(|text| serde_json::from_str::<Caption>(text).is_ok()),
        Holds::Date => text.is_some_and(|text| check_date("date", text).is_ok()),
        Holds::Shape => text.is_some_and(|text| serde_json::from_str::<Shape>(text).is_ok()),
        Holds::Whole(least, most) => value.as_i64().is_some_and(|number| (least..=most).contains(&number)),
        Holds::Degrees(most) => value.as_f64().is_some_and(|number| number.abs() <= most),
        Holds::Flag => value.is_boolean(),
    }
}
