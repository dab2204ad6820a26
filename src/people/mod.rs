//! People with an account: who they are and what each role may do.

pub mod api;
pub mod store;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use serde::Serialize;

use crate::error::{Error, Kind, Result};
use crate::id::Id;
use crate::words;

words! {
    /// What a person is in one neighbourhood.
    pub enum Role {
        Owner = "owner", Facilitator = "facilitator", Analyst = "analyst", WalkLeader = "walk_leader", Reader = "reader"
    }
}

/// What a staff route asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// See the neighbourhood, its gatherings and its hotspots.
    See,
    /// See single pins and their approved words, take them home, and keep, name and remove places.
    Analyse,
    /// Plan walks and data walks, read what groups noted there, and keep actions.
    Lead,
    /// Read words that nobody has checked yet, and approve or hide them.
    Moderate,
    /// Make gatherings, open, reveal and close them.
    Facilitate,
    /// Change the neighbourhood and who works in it.
    Own,
}

impl Role {
    /// Whether the role has the right.
    #[must_use]
    pub fn may(self, right: Right) -> bool {
        match right {
            Right::See => true,
            Right::Lead => self != Self::Reader,
            Right::Analyse | Right::Moderate => matches!(self, Self::Owner | Self::Facilitator | Self::Analyst),
            Right::Facilitate => matches!(self, Self::Owner | Self::Facilitator),
            Right::Own => self == Self::Owner,
        }
    }
}

/// A role in a neighbourhood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Seat {
    /// The neighbourhood's id.
    pub neighbourhood: Id,
    /// What the person is there.
    pub role: Role,
}

/// Someone with an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Person {
    /// Id of the account.
    pub id: Id,
    /// What colleagues call them.
    pub name: String,
    /// Their address, in lower case.
    pub email: String,
    /// Whether they own the whole installation.
    pub owner: bool,
    /// Their roles.
    pub seats: Vec<Seat>,
}

impl Person {
    /// Fails unless the person has the right in the neighbourhood.
    pub fn check(&self, right: Right, neighbourhood: &Id) -> Result<()> {
        let seat = self.seats.iter().find(|seat| seat.neighbourhood == *neighbourhood);
        if self.owner || seat.is_some_and(|seat| seat.role.may(right)) {
            return Ok(());
        }
        Err(Error::new(Kind::Forbidden, "not_allowed", "your role does not allow this here"))
    }

    /// Fails unless the person owns the installation.
    pub fn check_owner(&self) -> Result<()> {
        if self.owner {
            return Ok(());
        }
        Err(Error::new(Kind::Forbidden, "not_allowed", "only an owner of this installation may do this"))
    }
}

/// Checks an e-mail address as far as it makes sense and gives it in lower case.
pub fn check_email(email: &str) -> Result<String> {
    let email = email.trim().to_lowercase();
    let plausible = email.len() <= 254
        && email.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
        && !email.chars().any(|c| c.is_whitespace() || c.is_control());
    if plausible { Ok(email) } else { Err(Error::invalid("email", "is not an e-mail address")) }
}

/// Checks the length of a name that people give to something.
pub fn check_name(name: &str) -> Result<String> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 120 || name.chars().any(char::is_control) {
        return Err(Error::invalid("name", "must have 1 to 120 characters on one line"));
    }
    Ok(name.to_owned())
}

/// Hashes a password with Argon2id; it must have 10 to 200 characters.
pub fn hash_password(password: &str) -> Result<String> {
    if !(10..=200).contains(&password.chars().count()) {
        return Err(Error::invalid("password", "must have 10 to 200 characters"));
    }
    Argon2::default()
        .hash_password(password.as_bytes())
        .map(|hash| hash.to_string())
        .map_err(|e| Error::internal(e.to_string()))
}

/// Whether the password belongs to the hash. Without a hash it takes as long and says no.
#[must_use]
pub fn is_password(password: &str, hash: Option<&str>) -> bool {
    const NOBODY: &str =
        "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$vmqOuTz3gbpG7nQ0ZZ4W3lo8RxJY2nQeZfKX3IOsKtE";
    let parsed = PasswordHash::new(hash.unwrap_or(NOBODY));
    parsed.is_ok_and(|parsed| Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok()) && hash.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_only_its_own() {
        let hash = hash_password("correct horse").unwrap();
        assert!(hash.starts_with("$argon2id$"));
        assert!(is_password("correct horse", Some(&hash)));
        assert!(!is_password("correct hors", Some(&hash)));
        assert!(!is_password("correct horse", None));
    }

    #[test]
    fn rights_grow_with_the_role() {
        let count = |role: Role| {
            [Right::See, Right::Lead, Right::Analyse, Right::Moderate, Right::Facilitate, Right::Own]
                .iter()
                .filter(|r| role.may(**r))
                .count()
        };
        assert_eq!(Role::ALL.iter().map(|role| count(*role)).collect::<Vec<_>>(), [6, 5, 4, 2, 1]);
    }
}
