//! Passwords: the rules for new ones, and hashing them with Argon2id.
//!
//! Parameters are OWASP's current minimum (Password Storage Cheat Sheet: 19 MiB, two passes, one lane). A hash costs memory and
//! tens of milliseconds, so it runs on a blocking thread when its turn has come (see `platform::turns`).

use crate::error::{Error, Result};
use crate::platform::turns::Lane;
use crate::state::AppState;
use crate::web::FieldErrors;
use crate::web::i18n::Message;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use std::sync::LazyLock;

/// What stands in the place of a hash for an account that has no password: its owner signs in with a provider.
pub const NONE: &str = "-";
/// Characters.
pub const LEAST: usize = 8;
pub const MOST: usize = 128;

const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// Adds what is wrong with a new password to the errors of its two fields.
pub fn check_new(password: &str, again: &str, username: &str, email: &str, errors: &mut FieldErrors) {
    let length = password.chars().count();
    let same = |other: &str| !other.trim().is_empty() && password.to_lowercase() == other.trim().to_lowercase();
    if length == 0 {
        errors.add("password", Message::new("password-required"));
    } else if length < LEAST {
        errors.add("password", Message::new("password-short").with("least", LEAST));
    } else if length > MOST {
        errors.add("password", Message::new("password-long").with("most", MOST));
    } else if same(username) || same(email) {
        errors.add("password", Message::new("password-same"));
    } else if super::common_passwords::contains(password) {
        errors.add("password", Message::new("password-common"));
    }
    if length > 0 && password != again {
        errors.add("password_again", Message::new("password-different"));
    }
}

/// What a stored hash said to a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Right,
    /// Right, and to be stored anew: the hash was imported, or its parameters are no longer ours.
    RightButOld,
    Wrong,
    /// What is stored is no hash we know: only an administrator can help.
    Unreadable,
}

pub async fn hash(state: &AppState, lane: Lane, password: String) -> Result<String> {
    in_turn(state, lane, move || hash_now(&password)).await?
}

/// Compares; without a stored hash (no such account, or one that has no password) the same time passes.
pub async fn verify(state: &AppState, lane: Lane, stored: Option<String>, password: String) -> Result<Verdict> {
    in_turn(state, lane, move || match stored.filter(|stored| stored != NONE) {
        Some(stored) => verify_now(&stored, &password),
        None => {
            let _ = verify_now(&NOBODY, &password);
            Verdict::Wrong
        }
    })
    .await
}

async fn in_turn<R: Send + 'static>(state: &AppState, lane: Lane, work: impl FnOnce() -> R + Send + 'static) -> Result<R> {
    let turn = state.hashing.take(lane).await?;
    tokio::task::spawn_blocking(move || {
        let result = work();
        drop(turn);
        result
    })
    .await
    .map_err(Error::internal)
}

/// Of a password nobody has, made with the same parameters.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash_now(&hex::encode(rand::random::<[u8; 32]>())).unwrap_or_default());

fn argon2() -> Result<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(Error::internal)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// On the calling thread: for commands and tests.
pub fn hash_now(password: &str) -> Result<String> {
    Ok(argon2()?.hash_password(password.as_bytes()).map_err(Error::internal)?.to_string())
}

fn verify_now(stored: &str, password: &str) -> Verdict {
    if ["$2a$", "$2b$", "$2x$", "$2y$"].iter().any(|start| stored.starts_with(start)) {
        return match bcrypt::verify(password, stored) {
            Ok(true) => Verdict::RightButOld,
            Ok(false) => Verdict::Wrong,
            Err(_) => Verdict::Unreadable,
        };
    }
    let (Ok(parsed), Ok(argon2)) = (PasswordHash::new(stored), argon2()) else { return Verdict::Unreadable };
    // A hash that was cut off parses as parameters alone, and every password would count as wrong.
    if parsed.salt.is_none() || parsed.hash.is_none() {
        return Verdict::Unreadable;
    }
    match argon2.verify_password(password.as_bytes(), &parsed) {
        Ok(()) if is_current(stored) => Verdict::Right,
        Ok(()) => Verdict::RightButOld,
        Err(argon2::password_hash::Error::PasswordInvalid) => Verdict::Wrong,
        Err(_) => Verdict::Unreadable,
    }
}

fn is_current(stored: &str) -> bool {
    stored.starts_with(&format!("$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p={LANES}$"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(password: &str, again: &str) -> FieldErrors {
        let mut errors = FieldErrors::default();
        check_new(password, again, "ada_lovelace", "ada@example.org", &mut errors);
        errors
    }

    #[test]
    fn length_is_counted_in_characters_and_no_composition_is_asked_for() {
        assert!(problems("여덟글자비밀번호", "여덟글자비밀번호").is_empty());
        assert!(problems(&"x".repeat(128), &"x".repeat(128)).is_empty());
        assert_eq!(problems("sevench", "sevench").get("password").unwrap().key, "password-short");
        assert_eq!(problems(&"x".repeat(129), "").get("password").unwrap().key, "password-long");
        assert_eq!(problems("Ada_Lovelace", "Ada_Lovelace").get("password").unwrap().key, "password-same");
        assert_eq!(problems("ADA@example.org", "").get("password").unwrap().key, "password-same");
        assert_eq!(problems("iloveyou1", "").get("password").unwrap().key, "password-common");
        assert_eq!(problems("a good long one", "another").get("password_again").unwrap().key, "password-different");
    }

    #[test]
    fn hashes_are_argon2id_and_imported_ones_ask_to_be_replaced() {
        let hash = hash_now("the tide comes in").unwrap();
        assert!(is_current(&hash), "{hash}");
        assert_eq!(verify_now(&hash, "the tide comes in"), Verdict::Right);
        assert_eq!(verify_now(&hash, "the tide goes out"), Verdict::Wrong);
        let imported = bcrypt::hash("old but right", 4).unwrap();
        assert_eq!(verify_now(&imported, "old but right"), Verdict::RightButOld);
        assert_eq!(verify_now(&imported, "wrong"), Verdict::Wrong);
        for rubbish in ["", "plain", "$2b$04$short", "$argon2id$v=19$m=19456"] {
            assert_eq!(verify_now(rubbish, "x"), Verdict::Unreadable, "{rubbish}");
        }
    }
}
