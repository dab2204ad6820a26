//! Words of residents are looked at before anyone else sees them: approved, perhaps reworded, or hidden with a reason.

use crate::error::{Error, Result};
use crate::pins::MAX_COMMENT;
use crate::words;

words! {
    /// How a comment stands.
    pub enum Status { Waiting = "waiting", Approved = "approved", Hidden = "hidden" }
}

/// What was decided about the words of a pin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moderated {
    /// How it stands.
    pub status: Status,
    /// What is shown instead of the comment; none shows the comment itself.
    pub wording: Option<String>,
    /// What is shown instead of what would help; none shows that itself.
    pub help_wording: Option<String>,
    /// Why it is hidden.
    pub reason: Option<String>,
}

impl Moderated {
    /// A decision that hangs together: only what is approved has a wording, what is hidden has a reason.
    pub fn new(
        status: Status,
        wording: Option<String>,
        help_wording: Option<String>,
        reason: Option<String>,
    ) -> Result<Self> {
        let clean = |text: Option<String>| text.map(|t| t.trim().to_owned()).filter(|t| !t.is_empty());
        let (wording, help_wording, reason) = (clean(wording), clean(help_wording), clean(reason));
        for (field, text) in [("wording", &wording), ("help_wording", &help_wording), ("reason", &reason)] {
            if text.as_ref().is_some_and(|text| text.chars().count() > MAX_COMMENT) {
                return Err(Error::invalid(field, "must have at most 280 characters"));
            }
        }
        for (field, text) in [("wording", &wording), ("help_wording", &help_wording)] {
            if text.is_some() && status != Status::Approved {
                return Err(Error::invalid(field, "only approved words have one"));
            }
        }
        if reason.is_some() != (status == Status::Hidden) {
            return Err(Error::invalid("reason", "a hidden comment has one, and no other"));
        }
        Ok(Self { status, wording, help_wording, reason })
    }

    /// The words of the comment that others may read: nothing until someone approved them.
    #[must_use]
    pub fn shown<'a>(&'a self, comment: &'a str) -> Option<&'a str> {
        shown(self.status, self.wording.as_deref(), comment)
    }

    /// The words of what would help that others may read: nothing until someone approved them.
    #[must_use]
    pub fn shown_help<'a>(&'a self, help: &'a str) -> Option<&'a str> {
        shown(self.status, self.help_wording.as_deref(), help)
    }
}

/// The words that others may read of a comment that stands so.
#[must_use]
pub fn shown<'a>(status: Status, wording: Option<&'a str>, comment: &'a str) -> Option<&'a str> {
    (status == Status::Approved).then(|| wording.unwrap_or(comment))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_approved_words_are_shown() {
        let decide = |status, wording: Option<&str>, reason: Option<&str>| {
            Moderated::new(status, wording.map(str::to_owned), None, reason.map(str::to_owned))
        };
        assert_eq!(decide(Status::Waiting, None, None).unwrap().shown("raw"), None);
        assert_eq!(decide(Status::Hidden, None, Some("names someone")).unwrap().shown("raw"), None);
        assert_eq!(decide(Status::Approved, None, None).unwrap().shown("raw"), Some("raw"));
        assert_eq!(decide(Status::Approved, Some("calm"), None).unwrap().shown("raw"), Some("calm"));
        assert!(decide(Status::Hidden, None, None).is_err());
        assert!(decide(Status::Waiting, Some("calm"), None).is_err());
    }
}
