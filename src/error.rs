//! The one error type: what went wrong, which field, in words for the person who asked.

use std::error::Error as Source;
use std::fmt;

/// The result of everything here that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// How an [`Error`] is answered; each kind is one HTTP status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// 400: the request cannot be read.
    BadRequest,
    /// 401: nobody is signed in, or the token is unknown.
    Unauthorised,
    /// 403: signed in, but this is not allowed.
    Forbidden,
    /// 404: there is no such thing.
    NotFound,
    /// 409: it does not fit what is already there.
    Conflict,
    /// 410: it was there and was deleted.
    Gone,
    /// 413: the request is larger than it may be.
    TooLarge,
    /// 422: a field holds what it must not.
    Invalid,
    /// 429: too many tries; the seconds to wait.
    TooMany(u32),
    /// 503: the database is away; try again.
    Unavailable,
    /// 507: the disk is full.
    Full,
    /// 500: a fault of the program.
    Internal,
}

/// An error with a stable slug that pages translate, the field at fault and the reason.
#[derive(Debug)]
pub struct Error {
    /// How it is answered.
    pub kind: Kind,
    /// Stable name, for example `pin_outside_boundary`.
    pub slug: &'static str,
    /// The field at fault, as it stands in the request.
    pub field: Option<String>,
    /// Lower case, without a full stop: what and which.
    pub reason: String,
    source: Option<Box<dyn Source + Send + Sync>>,
}

impl Error {
    /// Makes an error of any kind without a field.
    pub fn new(kind: Kind, slug: &'static str, reason: impl Into<String>) -> Self {
        Self { kind, slug, field: None, reason: reason.into(), source: None }
    }

    /// A request that cannot be read.
    pub fn bad_request(field: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { field: Some(field.into()), ..Self::new(Kind::BadRequest, "bad_request", reason) }
    }

    /// A field that holds what it must not.
    pub fn invalid(field: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { field: Some(field.into()), ..Self::new(Kind::Invalid, "invalid", reason) }
    }

    /// A thing, named in the singular, that is not there.
    pub fn not_found(what: &'static str) -> Self {
        Self::new(Kind::NotFound, "not_found", format!("there is no such {what}"))
    }

    /// Something that does not fit what is already there.
    pub fn conflict(slug: &'static str, reason: impl Into<String>) -> Self {
        Self::new(Kind::Conflict, slug, reason)
    }

    /// A fault of the program or the machine; the cause goes to the log only.
    pub fn internal(source: impl Into<Box<dyn Source + Send + Sync>>) -> Self {
        Self { source: Some(source.into()), ..Self::new(Kind::Internal, "internal", "something went wrong here") }
    }

    /// Answers the error as another kind.
    #[must_use]
    pub fn with_kind(mut self, kind: Kind) -> Self {
        self.kind = kind;
        self
    }

    /// Gives the error a more telling slug.
    #[must_use]
    pub fn with_slug(mut self, slug: &'static str) -> Self {
        self.slug = slug;
        self
    }

    /// Names the field at fault.
    #[must_use]
    pub fn with_field(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.field {
            Some(field) => write!(f, "{field}: {}", self.reason),
            None => f.write_str(&self.reason),
        }
    }
}

impl Source for Error {
    fn source(&self) -> Option<&(dyn Source + 'static)> {
        self.source.as_ref().map(|source| &**source as &(dyn Source + 'static))
    }
}

impl From<std::io::Error> for Error {
    fn from(source: std::io::Error) -> Self {
        if source.kind() == std::io::ErrorKind::StorageFull {
            return Self { source: Some(source.into()), ..Self::full() };
        }
        Self::internal(source)
    }
}

impl From<sqlx::Error> for Error {
    fn from(source: sqlx::Error) -> Self {
        let away = matches!(
            source,
            sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed
        );
        // SQLITE_FULL is 13; PostgreSQL's disk_full is 53100, its shutdown and start-up states are 57P0x.
        let code = source.as_database_error().and_then(|e| e.code().map(|c| c.to_string()));
        let error = match code.as_deref() {
            Some("13" | "53100") => Self::full(),
            Some(code) if code.starts_with("57P0") => Self::unavailable(),
            _ if away => Self::unavailable(),
            _ => Self::new(Kind::Internal, "internal", "something went wrong here"),
        };
        Self { source: Some(source.into()), ..error }
    }
}

impl Error {
    fn full() -> Self {
        Self::new(Kind::Full, "disk_full", "the server's disk is full")
    }

    fn unavailable() -> Self {
        Self::new(Kind::Unavailable, "database_away", "the database does not answer")
    }
}
