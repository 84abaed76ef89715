//! What is under way in one browser between two requests: a sign-in that lacks its second factor, a round trip to a provider. The
//! browser holds a random id in a signed cookie; the row behind it holds everything else, for minutes.

use crate::clock::Timestamp;
use crate::error::Result;
use crate::platform::db::Conn;
use crate::platform::seal;
use crate::schema::challenges;
use crate::web::UserId;
use chrono::TimeDelta;
use diesel::prelude::*;
use sha2::{Digest, Sha256};

#[derive(Clone, Debug, Queryable)]
pub struct Challenge {
    pub user: Option<UserId>,
    /// Whatever its kind keeps; seal what is secret.
    pub data: String,
    /// Wrong answers so far.
    pub tries: i32,
}

impl Challenge {
    /// The id goes into the cookie [`crate::web::cookies::CHALLENGE`] and is nowhere else.
    pub fn begin(c: &mut Conn, kind: &str, user: Option<UserId>, data: &str, life: TimeDelta, now: Timestamp) -> Result<String> {
        let id = seal::token();
        diesel::delete(challenges::table.filter(challenges::expires_at.le(now))).execute(c)?;
        diesel::insert_into(challenges::table)
            .values((
                challenges::id_hash.eq(hash(&id)),
                challenges::kind.eq(kind),
                challenges::user_id.eq(user),
                challenges::data.eq(data),
                challenges::tries.eq(0),
                challenges::created_at.eq(now),
                challenges::expires_at.eq(now + life),
            ))
            .execute(c)?;
        Ok(id)
    }

    pub fn find(c: &mut Conn, id: &str, kind: &str, now: Timestamp) -> Result<Option<Self>> {
        Ok(challenges::table
            .find(hash(id))
            .filter(challenges::kind.eq(kind))
            .filter(challenges::expires_at.gt(now))
            .select((challenges::user_id, challenges::data, challenges::tries))
            .first(c)
            .optional()?)
    }

    /// Finds it and strikes it out, so that it is answered once: two at the same time find it once.
    pub fn take(c: &mut Conn, id: &str, kind: &str, now: Timestamp) -> Result<Option<Self>> {
        let Some(found) = Self::find(c, id, kind, now)? else { return Ok(None) };
        Ok((diesel::delete(challenges::table.find(hash(id))).execute(c)? == 1).then_some(found))
    }

    /// One more wrong answer.
    pub fn missed(c: &mut Conn, id: &str) -> Result<()> {
        diesel::update(challenges::table.find(hash(id))).set(challenges::tries.eq(challenges::tries + 1)).execute(c)?;
        Ok(())
    }

    /// All that is under way for an account.
    pub fn forget_all(c: &mut Conn, user: UserId) -> Result<()> {
        diesel::delete(challenges::table.filter(challenges::user_id.eq(user))).execute(c)?;
        Ok(())
    }

    pub fn end(c: &mut Conn, id: &str) -> Result<()> {
        diesel::delete(challenges::table.find(hash(id))).execute(c)?;
        Ok(())
    }
}

fn hash(id: &str) -> String {
    hex::encode(Sha256::digest(id.as_bytes()))
}
