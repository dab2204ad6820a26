//! What a tablet could not send, saved to a file: letters that are taken in at the desk.

pub mod api;

use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::error::{Error, Result};
use crate::id::Id;
use crate::words;

/// How a file says that it is one.
pub const FORMAT: &str = "buurtsignaal-outbox/1";

words! {
    /// What a letter brings.
    pub enum LetterKind {
        Participant = "participant", Pin = "pin", PinGone = "pin_gone", Vote = "vote", VoteGone = "vote_gone",
        Photo = "photo", PhotoGone = "photo_gone", Voice = "voice", VoiceGone = "voice_gone"
    }
}

/// The outbox of a tablet, or the next part of it, in the order of writing.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Outbox {
    /// Always `buurtsignaal-outbox/1`.
    format: String,
    /// The gathering that the tablet joined.
    gathering: Id,
    /// The tablet's id.
    device: Id,
    letters: Vec<Letter>,
}

/// One request that the tablet would have made.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Letter {
    /// What it brings.
    pub kind: LetterKind,
    /// The participant or the pin it is about.
    pub about: Id,
    /// Who wrote it; a vote is theirs.
    pub participant: Id,
    /// What the request says; null where it deletes.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub body: Value,
}

impl Outbox {
    /// Fails where it is no outbox of this gathering.
    fn check(&self, gathering: &Id) -> Result<()> {
        if self.format != FORMAT {
            return Err(Error::invalid("format", format!("must be {FORMAT}")).with_slug("no_outbox"));
        }
        if self.gathering != *gathering {
            let why = "the tablet was at another gathering";
            return Err(Error::invalid("gathering", why).with_slug("outbox_of_another_gathering"));
        }
        Ok(())
    }
}

impl Letter {
    /// Whether it takes something back.
    fn takes_back(&self) -> bool {
        use LetterKind::{PhotoGone, PinGone, VoiceGone, VoteGone};
        matches!(self.kind, PinGone | VoteGone | PhotoGone | VoiceGone)
    }

    /// The address the tablet would have sent it to, below that of its gathering.
    fn path(&self) -> String {
        let Self { about, participant, .. } = self;
        match self.kind {
            LetterKind::Participant => format!("participants/{about}"),
            LetterKind::Pin | LetterKind::PinGone => format!("pins/{about}"),
            LetterKind::Vote | LetterKind::VoteGone => format!("pins/{about}/votes/{participant}"),
            LetterKind::Photo | LetterKind::PhotoGone => format!("pins/{about}/photo"),
            LetterKind::Voice | LetterKind::VoiceGone => format!("pins/{about}/voice"),
        }
    }
}
