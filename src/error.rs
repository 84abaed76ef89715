//! What can go wrong, in the product's words. Knows no HTML and no sentence: `web::errors` draws each of these as a page,
//! a fragment or a JSON problem, with words from `locales/`.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};
use diesel::result::{DatabaseErrorKind, Error as DieselError};

pub type Result<T, E = Error> = std::result::Result<T, E>;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It does not exist, or the person who asks may not know that it does.
    #[error("not found")]
    NotFound,
    #[error("sign in first")]
    SignInNeeded,
    #[error("not allowed")]
    Forbidden,
    /// The site lets people take part once they have proven their address.
    #[error("the address is not proven")]
    AddressNotProven,
    /// Dangerous: who asks must prove once more who they are.
    #[error("confirm first")]
    ConfirmFirst,
    /// A form that another site sent with our cookie.
    #[error("refused: the request came from another site")]
    CrossSite,
    /// A request that no page of ours sends.
    #[error("bad request: {0}")]
    BadRequest(String),
    /// The body is larger than `limit` bytes.
    #[error("body over {limit} bytes")]
    TooLarge { limit: u64 },
    /// The body comes too slowly, or not at all.
    #[error("the body came too slowly")]
    TooSlow,
    /// Too much is waiting already; come back after so many seconds.
    #[error("busy, retry after {retry_after} s")]
    Busy { retry_after: u32 },
    /// One person does this too often; worth trying again after so many seconds.
    #[error("too many, retry after {retry_after} s")]
    TooMany { retry_after: u32 },
    /// The value is taken.
    #[error("already taken: {0:?}")]
    Taken(Unique),
    /// The database or the storage does not answer.
    #[error("unavailable: {0}")]
    Unavailable(String),
    #[error("{0}")]
    Internal(String),
}

/// What must be unique, whatever the database calls the constraint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unique {
    Username,
    Email,
    PostKey,
    Like,
    Other,
}

impl Unique {
    /// PostgreSQL names the constraint, SQLite the columns: this is the one table that knows both.
    fn from_database(name: &str) -> Self {
        match name {
            "usernames_name" | "usernames.name" | "applications_username" | "applications.username_key" => Unique::Username,
            "users_email_key" | "users.email_key" => Unique::Email,
            "posts_post_key" | "posts.author_id, posts.post_key" => Unique::PostKey,
            "likes_pkey" | "likes.post_id, likes.user_id" => Unique::Like,
            _ => Unique::Other,
        }
    }
}

impl Error {
    pub fn internal(cause: impl std::fmt::Display) -> Self {
        Error::Internal(cause.to_string())
    }

    pub fn unavailable(cause: impl std::fmt::Display) -> Self {
        Error::Unavailable(cause.to_string())
    }

    /// Something that this needs is away or has no room, and will be back: waiting helps.
    pub fn is_outage(&self) -> bool {
        matches!(self, Error::Unavailable(_) | Error::Busy { .. })
    }

    /// The message that tells of an outage, by its name in `locales/`.
    pub fn outage_words(&self) -> Option<&'static str> {
        match self {
            Error::Unavailable(_) => Some("error-unavailable-body"),
            Error::Busy { .. } => Some("error-busy-body"),
            _ => None,
        }
    }

    /// After so many seconds it is worth trying again.
    pub fn retry_after(&self) -> u32 {
        match self {
            Error::Busy { retry_after } | Error::TooMany { retry_after } => *retry_after,
            _ => 10,
        }
    }

    pub fn status(&self) -> StatusCode {
        match self {
            Error::NotFound => StatusCode::NOT_FOUND,
            Error::SignInNeeded => StatusCode::UNAUTHORIZED,
            Error::Forbidden | Error::CrossSite | Error::AddressNotProven | Error::ConfirmFirst => StatusCode::FORBIDDEN,
            Error::BadRequest(_) => StatusCode::BAD_REQUEST,
            Error::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Error::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Error::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Error::Busy { .. } | Error::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Error::Taken(_) => StatusCode::CONFLICT,
            Error::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl From<DieselError> for Error {
    fn from(error: DieselError) -> Self {
        match error {
            DieselError::NotFound => Error::NotFound,
            DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, info) => {
                let name = match info.constraint_name() {
                    Some(name) => name.to_owned(),
                    None => info.message().rsplit(": ").next().unwrap_or_default().to_owned(),
                };
                Error::Taken(Unique::from_database(&name))
            }
            DieselError::DatabaseError(DatabaseErrorKind::ClosedConnection, _)
            | DieselError::BrokenTransactionManager
            | DieselError::AlreadyInTransaction => Error::unavailable(error),
            DieselError::DatabaseError(DatabaseErrorKind::UnableToSendCommand, _) => Error::unavailable(error),
            // PostgreSQL takes no NUL in a text; nothing a person types has one.
            DieselError::DatabaseError(_, ref info) if info.message().contains("0x00") => Error::BadRequest("a NUL character".into()),
            DieselError::RollbackErrorOnCommit { commit_error, .. } => Error::from(*commit_error),
            // No room, or no disk: neither is a fault of the program, and both pass.
            DieselError::DatabaseError(DatabaseErrorKind::Unknown, ref info)
                if ["disk is full", "disk I/O error", "unable to open database file", "readonly database", "No space left on device"]
                    .iter()
                    .any(|words| info.message().contains(words)) =>
            {
                Error::unavailable(error)
            }
            // A server that shuts down says so in words before the connection closes.
            DieselError::DatabaseError(DatabaseErrorKind::Unknown, ref info)
                if ["terminating connection", "connection closed", "shutting down", "starting up", "recovery mode"]
                    .iter()
                    .any(|words| info.message().contains(words)) =>
            {
                Error::unavailable(error)
            }
            other => Error::internal(other),
        }
    }
}

/// actix asks for a response where a handler fails; it carries the status only, the outermost middleware draws the rest.
impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        self.status()
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_without_room_or_disk_is_away_and_not_wrong() {
        for words in [
            "database or disk is full",
            "disk I/O error",
            "could not extend file \"base/16384/16391\": No space left on device",
            "terminating connection due to administrator command",
        ] {
            let error = DieselError::DatabaseError(DatabaseErrorKind::Unknown, Box::new(words.to_owned()));
            let error = DieselError::RollbackErrorOnCommit {
                commit_error: Box::new(error),
                rollback_error: Box::new(DieselError::BrokenTransactionManager),
            };
            assert!(Error::from(error).is_outage(), "{words}");
        }
        let other = DieselError::DatabaseError(DatabaseErrorKind::Unknown, Box::new("no such table: users".to_owned()));
        assert!(!Error::from(other).is_outage());
    }
}
