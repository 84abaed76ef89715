//! Links by which somebody may join: for so many people, for so long, until they are taken back. A use is counted in the transaction
//! that makes the account.

use crate::clock::Timestamp;
use crate::error::Result;
use crate::platform::db::{Conn, among, ids};
use crate::schema::{invites, users};
use crate::web::{Role, UserId};
use diesel::prelude::*;
use rand::Rng;
use std::collections::HashMap;

/// Rows of a page.
pub const PAGE: usize = 30;
/// People one link can let in.
pub const MOST_USES: i32 = 100;
/// Characters of a note.
pub const NOTE_LIMIT: usize = 100;
/// Links somebody may have open at the same time.
pub const MOST_OPEN: i64 = 20;

/// Without those that are taken for one another: somebody may read a code out.
const LETTERS: &[u8; 32] = b"abcdefghijkmnopqrstuvwxyz2345679";
/// Eighty bits.
const CODE_LENGTH: usize = 16;

#[derive(Clone, Debug, Queryable)]
pub struct Invite {
    pub id: i64,
    pub code: String,
    pub maker: String,
    pub note: String,
    pub uses: i32,
    pub most_uses: i32,
    pub created_at: Timestamp,
    /// Nothing: never.
    pub expires_at: Option<Timestamp>,
    pub revoked_at: Option<Timestamp>,
}

/// What has become of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Open,
    UsedUp,
    Expired,
    Revoked,
}

impl Invite {
    pub fn standing(&self, now: Timestamp) -> Standing {
        if self.revoked_at.is_some() {
            Standing::Revoked
        } else if self.uses >= self.most_uses {
            Standing::UsedUp
        } else if self.expires_at.is_some_and(|at| at <= now) {
            Standing::Expired
        } else {
            Standing::Open
        }
    }

    /// The code in what somebody typed or pasted: the code itself, or a link that has it.
    pub fn code_in(text: &str) -> Option<String> {
        let text = text.trim();
        let code = text.split_once("invite=").map_or(text, |(_, rest)| rest.split(['&', '#']).next().unwrap_or_default());
        let code = code.to_ascii_lowercase();
        (code.len() == CODE_LENGTH && code.bytes().all(|byte| LETTERS.contains(&byte))).then_some(code)
    }

    /// A new link; its code, or `None` when its maker has [`MOST_OPEN`] already.
    pub fn make(
        c: &mut Conn,
        maker: UserId,
        uses: i32,
        expires_at: Option<Timestamp>,
        note: &str,
        now: Timestamp,
    ) -> Result<Option<String>> {
        let open: i64 = invites::table
            .filter(invites::maker_id.eq(maker))
            .filter(invites::revoked_at.is_null())
            .filter(invites::uses.lt(invites::most_uses))
            .filter(invites::expires_at.is_null().or(invites::expires_at.gt(now)))
            .count()
            .get_result(c)?;
        if open >= MOST_OPEN {
            return Ok(None);
        }
        let mut rng = rand::rng();
        let code: String = (0..CODE_LENGTH).map(|_| char::from(LETTERS[rng.random_range(0..LETTERS.len())])).collect();
        diesel::insert_into(invites::table)
            .values((
                invites::id.eq(ids::next()),
                invites::code.eq(&code),
                invites::maker_id.eq(maker),
                invites::note.eq(note),
                invites::uses.eq(0),
                invites::most_uses.eq(uses),
                invites::created_at.eq(now),
                invites::expires_at.eq(expires_at),
            ))
            .execute(c)?;
        Ok(Some(code))
    }

    /// Who invites by this code, when it can still be used: not taken back, not used up, and by somebody who may invite.
    pub fn host(c: &mut Conn, code: &str, members_invite: bool, now: Timestamp) -> Result<Option<String>> {
        Ok(Self::good(c, code, members_invite, now)?.map(|(_, host)| host))
    }

    fn good(c: &mut Conn, code: &str, members_invite: bool, now: Timestamp) -> Result<Option<(i64, String)>> {
        let found: Option<(i64, String, String)> = invites::table
            .inner_join(users::table)
            .filter(invites::code.eq(code))
            .filter(invites::revoked_at.is_null())
            .filter(invites::uses.lt(invites::most_uses))
            .filter(invites::expires_at.is_null().or(invites::expires_at.gt(now)))
            .filter(users::banned_at.is_null().or(users::banned_until.le(now)))
            .select((invites::id, users::username, users::role))
            .first(c)
            .optional()?;
        let may_invite = |role: &str| members_invite || Role::from_name(role) == Role::Admin;
        Ok(found.filter(|(.., role)| may_invite(role)).map(|(id, host, _)| (id, host)))
    }

    /// Counts one more use: its id, or `None` when it cannot be used. Of two at once on the last use, one gets it.
    pub fn take(c: &mut Conn, code: &str, members_invite: bool, now: Timestamp) -> Result<Option<i64>> {
        let Some((id, _)) = Self::good(c, code, members_invite, now)? else { return Ok(None) };
        let open = invites::table.find(id).filter(invites::revoked_at.is_null()).filter(invites::uses.lt(invites::most_uses));
        let taken = diesel::update(open).set(invites::uses.eq(invites::uses + 1)).execute(c)?;
        Ok((taken == 1).then_some(id))
    }

    /// Remembers who came by it.
    pub fn brought(c: &mut Conn, id: i64, guest: UserId) -> Result<()> {
        diesel::update(users::table.find(guest)).set(users::invite_id.eq(id)).execute(c)?;
        Ok(())
    }

    /// The names of those who came by each of these, the first to come first.
    pub fn guests(c: &mut Conn, ids: &[i64]) -> Result<HashMap<i64, Vec<String>>> {
        let rows: Vec<(Option<i64>, String)> = users::table
            .filter(users::invite_id.is_not_null())
            .filter(among(users::invite_id.assume_not_null(), ids))
            .order(users::id)
            .select((users::invite_id, users::username))
            .load(c)?;
        let mut guests: HashMap<i64, Vec<String>> = HashMap::new();
        for (invite, name) in rows {
            guests.entry(invite.unwrap_or_default()).or_default().push(name);
        }
        Ok(guests)
    }

    /// Whose invite brought somebody.
    pub fn host_of(c: &mut Conn, guest: UserId) -> Result<Option<String>> {
        let Some(invite) = users::table.find(guest).select(users::invite_id).first::<Option<i64>>(c)? else { return Ok(None) };
        Ok(invites::table.inner_join(users::table).filter(invites::id.eq(invite)).select(users::username).first(c).optional()?)
    }

    /// The newest first, of one person or of all; one more than [`PAGE`] if there are more.
    pub fn page(c: &mut Conn, maker: Option<UserId>, before: Option<i64>) -> Result<Vec<Self>> {
        let query = invites::table
            .inner_join(users::table)
            .filter(invites::id.lt(before.unwrap_or(i64::MAX)))
            .order(invites::id.desc())
            .limit(PAGE as i64 + 1)
            .select((
                invites::id,
                invites::code,
                users::username,
                invites::note,
                invites::uses,
                invites::most_uses,
                invites::created_at,
                invites::expires_at,
                invites::revoked_at,
            ));
        Ok(match maker {
            Some(maker) => query.filter(invites::maker_id.eq(maker)).load(c)?,
            None => query.load(c)?,
        })
    }

    /// Takes a link back: somebody's own, or anybody's. Whose it was, when there was one to take back.
    pub fn revoke(c: &mut Conn, id: i64, of: Option<UserId>, now: Timestamp) -> Result<Option<UserId>> {
        let maker: Option<UserId> = invites::table.find(id).select(invites::maker_id).first(c).optional()?;
        let Some(maker) = maker.filter(|maker| of.is_none_or(|of| of == *maker)) else { return Ok(None) };
        let open = invites::table.find(id).filter(invites::revoked_at.is_null());
        let revoked = diesel::update(open).set(invites::revoked_at.eq(now)).execute(c)?;
        Ok((revoked == 1).then_some(maker))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_found_in_whatever_is_pasted() {
        let code = "abcd2345efgh6799";
        for text in [
            code.to_owned(),
            format!(" {code}\n"),
            code.to_uppercase(),
            format!("https://photos.example/signup?invite={code}"),
            format!("http://photos.example/signup?next=/x&invite={code}&utm=1#top"),
        ] {
            assert_eq!(Invite::code_in(&text).as_deref(), Some(code), "{text}");
        }
        for text in
            ["", "abcd", "https://photos.example/signup", "https://photos.example/signup?invite=", "abcd2345efgh679!", "abcd2345efgh67991"]
        {
            assert_eq!(Invite::code_in(text), None, "{text}");
        }
    }
}
