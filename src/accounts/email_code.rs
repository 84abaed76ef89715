//! One-time codes that prove an address: six digits, ten minutes, five tries, a keyed digest at rest, one at a time.

use crate::clock::Timestamp;
use crate::each;
use crate::error::Result;
use crate::platform::db::Conn;
use crate::platform::seal::{self, Sealer};
use crate::schema::email_codes;
use crate::web::UserId;
use chrono::TimeDelta;
use diesel::prelude::*;
use rand::Rng;

const LIFE: TimeDelta = TimeDelta::minutes(10);
const TRIES: i32 = 5;
/// Between one code and the next.
pub const PAUSE: TimeDelta = TimeDelta::seconds(60);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The address an account has.
    Verify,
    /// The one it is to have.
    Change,
}

impl Purpose {
    fn as_str(self) -> &'static str {
        match self {
            Purpose::Verify => "verify",
            Purpose::Change => "change",
        }
    }
}

/// A code that was sent and not used.
#[derive(Clone, Debug)]
pub struct Pending {
    pub email: String,
    /// When the next one may be sent.
    pub again_at: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// This address is proven.
    Right(String),
    Wrong {
        left: i32,
    },
    /// Too old, tried too often, or there was none.
    Gone,
}

#[derive(Queryable)]
struct Row {
    email: String,
    code_hash: String,
    tries: i32,
    created_at: Timestamp,
    expires_at: Timestamp,
}

const ROW: (email_codes::email, email_codes::code_hash, email_codes::tries, email_codes::created_at, email_codes::expires_at) =
    (email_codes::email, email_codes::code_hash, email_codes::tries, email_codes::created_at, email_codes::expires_at);

pub struct EmailCode;

impl EmailCode {
    /// A new code in the place of any other, for the mail that brings it; `None` within [`PAUSE`] of the last.
    pub fn issue(c: &mut Conn, sealer: &Sealer, user: UserId, purpose: Purpose, email: &str, now: Timestamp) -> Result<Option<String>> {
        if Self::pending(c, user, purpose)?.is_some_and(|pending| pending.again_at > now) {
            return Ok(None);
        }
        let code = format!("{:06}", rand::rng().random_range(0..1_000_000u32));
        diesel::delete(email_codes::table.find((user, purpose.as_str()))).execute(c)?;
        let row = (
            email_codes::user_id.eq(user),
            email_codes::purpose.eq(purpose.as_str()),
            email_codes::email.eq(email),
            email_codes::code_hash.eq(digest(sealer, user, purpose, &code)),
            email_codes::tries.eq(0),
            email_codes::created_at.eq(now),
            email_codes::expires_at.eq(now + LIFE),
        );
        // Two at once: one of them is sent.
        let made = each!(c, |c| diesel::insert_into(email_codes::table).values(row).on_conflict_do_nothing().execute(c))?;
        Ok((made == 1).then_some(code))
    }

    /// No code fits any more; who waits for one sees no difference.
    pub fn spoil(c: &mut Conn, user: UserId, purpose: Purpose) -> Result<()> {
        diesel::update(email_codes::table.find((user, purpose.as_str()))).set(email_codes::code_hash.eq("")).execute(c)?;
        Ok(())
    }

    pub fn pending(c: &mut Conn, user: UserId, purpose: Purpose) -> Result<Option<Pending>> {
        let row: Option<Row> = email_codes::table.find((user, purpose.as_str())).select(ROW).first(c).optional()?;
        Ok(row.map(|row| Pending { email: row.email, again_at: row.created_at + PAUSE }))
    }

    /// Takes a code; a right one is used up.
    pub fn check(c: &mut Conn, sealer: &Sealer, user: UserId, purpose: Purpose, code: &str, now: Timestamp) -> Result<Verdict> {
        // The try is counted before the code is looked at: many at once are many tries.
        let counted = diesel::update(email_codes::table.find((user, purpose.as_str())).filter(email_codes::tries.lt(TRIES)))
            .set(email_codes::tries.eq(email_codes::tries + 1))
            .execute(c)?;
        let row: Option<Row> = email_codes::table.find((user, purpose.as_str())).select(ROW).first(c).optional()?;
        let Some(row) = row.filter(|row| counted == 1 && row.expires_at > now) else { return Ok(Verdict::Gone) };
        let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        if !seal::same(&row.code_hash, &digest(sealer, user, purpose, &digits)) {
            return Ok(if row.tries >= TRIES { Verdict::Gone } else { Verdict::Wrong { left: TRIES - row.tries } });
        }
        Self::forget(c, user, purpose)?;
        Ok(Verdict::Right(row.email))
    }

    pub fn forget(c: &mut Conn, user: UserId, purpose: Purpose) -> Result<()> {
        diesel::delete(email_codes::table.find((user, purpose.as_str()))).execute(c)?;
        Ok(())
    }
}

fn digest(sealer: &Sealer, user: UserId, purpose: Purpose, code: &str) -> String {
    sealer.digest("email code", &format!("{user}/{}/{code}", purpose.as_str()))
}
