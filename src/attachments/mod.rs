//! What may come with a pin beside its words: a photo, a voice note. Nobody but moderators gets them before a yes.

pub mod api;
pub mod blur;
pub mod photo;
pub mod store;
pub mod voice;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::de::{Deserialize, Deserializer, Visitor};
use utoipa::ToSchema;

use crate::error::{Error, Result};
use crate::gatherings::{Gathering, Question};
use crate::pins::moderation::Status;
use crate::pins::own_words;
use crate::words;

words! {
    /// What comes with a pin.
    pub enum AttachmentKind { Photo = "photo", Voice = "voice" }
}

words! {
    /// What the bytes of an attachment are.
    pub enum Media { Jpeg = "image/jpeg", Webm = "audio/webm", Mp4 = "audio/mp4", Ogg = "audio/ogg" }
}

/// What a participant says of their photo, by the five questions of photovoice (`SHOWeD`): each as long as a comment.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Caption {
    /// What do you see here?
    #[serde(default)]
    pub see: Option<String>,
    /// What is really happening here?
    #[serde(default)]
    pub happening: Option<String>,
    /// How does this relate to our lives?
    #[serde(default)]
    pub lives: Option<String>,
    /// Why is it so?
    #[serde(default)]
    pub why: Option<String>,
    /// What can we do?
    #[serde(default)]
    pub act: Option<String>,
}

impl Caption {
    /// Trims and checks each line, where the gathering asks for them; a caption without words is none.
    pub fn check(mut self, is_asked: bool) -> Result<Option<Self>> {
        let mut empty = true;
        for (field, line) in [
            ("caption.see", &mut self.see),
            ("caption.happening", &mut self.happening),
            ("caption.lives", &mut self.lives),
            ("caption.why", &mut self.why),
            ("caption.act", &mut self.act),
        ] {
            *line = own_words(field, line.take(), is_asked)?;
            empty &= line.is_none();
        }
        Ok((!empty).then_some(self))
    }
}

/// Fails unless the gathering asks for it.
pub fn check_asked(gathering: &Gathering, question: Question, field: &str) -> Result<()> {
    if gathering.questions.contains(&question) {
        return Ok(());
    }
    Err(Error::invalid(field, format!("this gathering does not ask for {}", question.code())))
}

/// Whether anyone but a moderator may get an attachment that stands so: a photo after a yes, a voice never.
#[must_use]
pub fn may_be_shown(kind: AttachmentKind, status: Status) -> bool {
    kind == AttachmentKind::Photo && status == Status::Approved
}

/// Bytes that come as base64 text, read without a copy of the text.
#[derive(Clone, PartialEq, Eq, ToSchema)]
#[schema(value_type = String)]
pub struct Base64(pub Vec<u8>);

impl std::fmt::Debug for Base64 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

impl<'de> Deserialize<'de> for Base64 {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Text;
        impl Visitor<'_> for Text {
            type Value = Base64;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("base64 text")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Base64, E> {
                STANDARD.decode(text).map(Base64).map_err(|_| E::custom("must be base64 text"))
            }
        }
        from.deserialize_str(Text)
    }
}

/// Bytes as base64 text, as [`Base64`] reads them.
#[must_use]
pub fn as_base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// The bytes of stored base64 text.
pub fn from_base64(text: &str) -> Result<Vec<u8>> {
    STANDARD.decode(text).map_err(Error::internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_approved_photo_may_be_shown_and_a_voice_never() {
        for &kind in AttachmentKind::ALL {
            for &status in Status::ALL {
                let expected = (kind, status) == (AttachmentKind::Photo, Status::Approved);
                assert_eq!(may_be_shown(kind, status), expected, "{kind:?} {status:?}");
            }
        }
    }

    #[test]
    fn a_caption_is_trimmed_counted_in_characters_and_none_without_words() {
        let see = |words: &str| Caption { see: Some(words.to_owned()), ..Caption::default() };
        assert_eq!(see(" \n ").check(true).unwrap(), None);
        assert_eq!(see(" \n ").check(false).unwrap(), None);
        assert_eq!(see(" een lamp ").check(true).unwrap(), Some(see("een lamp")));
        assert!(see(&"é".repeat(280)).check(true).is_ok());
        for (words, asked) in [("é".repeat(281).as_str(), true), ("a\u{7}", true), ("een lamp", false)] {
            assert_eq!(see(words).check(asked).unwrap_err().field.as_deref(), Some("caption.see"));
        }
    }

    #[test]
    fn base64_is_read_and_anything_else_is_named() {
        assert_eq!(serde_json::from_str::<Base64>("\"AAEC\"").unwrap(), Base64(vec![0, 1, 2]));
        assert_eq!(serde_json::from_str::<Base64>("\"AAE\\u0043\"").unwrap(), Base64(vec![0, 1, 2]));
        assert!(serde_json::from_str::<Base64>("\"AA EC\"").is_err());
        assert!(serde_json::from_str::<Base64>("[0]").is_err());
    }
}
