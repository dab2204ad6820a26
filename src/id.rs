//! Random names: ids of things, tokens that open doors.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Deserializer, Serialize};
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};

/// A random UUID (version 4) in lower-case text; its order tells nothing about who came when.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, sqlx::Type, utoipa::ToSchema)]
#[sqlx(transparent)]
#[serde(transparent)]
#[schema(value_type = String)]
pub struct Id(String);

impl Id {
    /// Makes a new random id.
    #[must_use]
    pub fn new() -> Self {
        Self(uuid::Uuid::new_v4().to_string())
    }

    /// Reads an id that a device or an address brings; any UUID but the nil one will do.
    pub fn parse(field: &str, text: &str) -> Result<Self> {
        match uuid::Uuid::try_parse(text) {
            Ok(id) if !id.is_nil() => Ok(Self(id.to_string())),
            _ => Err(Error::invalid(field, "must be a random UUID")),
        }
    }

    /// Another id that is this one's and the other's together, random as they are: the same whichever comes first.
    #[must_use]
    pub fn mixed_with(&self, other: &Self) -> Self {
        let bits = |id: &Self| uuid::Uuid::try_parse(&id.0).map_or(0, |uuid| uuid.as_u128());
        Self(uuid::Uuid::from_u128(bits(self) ^ bits(other)).to_string())
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for Id {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::parse("id", &text).map_err(|error| serde::de::Error::custom(error.reason))
    }
}

/// Makes a secret of 256 random bits in URL-safe text.
pub fn token() -> Result<String> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|e| Error::internal(e.to_string()))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// What is stored of a token: its SHA-256, in URL-safe text.
#[must_use]
pub fn digest(token: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(token.as_bytes()))
}
