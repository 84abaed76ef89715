//! Links to a new password: one hour, once. The row holds a digest, so that a stolen table opens nothing.

use crate::clock::Timestamp;
use crate::error::Result;
use crate::platform::db::Conn;
use crate::platform::seal;
use crate::schema::reset_links;
use crate::web::UserId;
use chrono::TimeDelta;
use diesel::prelude::*;
use sha2::{Digest, Sha256};

const LIFE: TimeDelta = TimeDelta::hours(1);

#[derive(Clone, Debug, Queryable)]
pub struct ResetLink {
    pub user: UserId,
    /// The address it was mailed to; empty when the operator made it.
    pub email: String,
}

impl ResetLink {
    /// The token for the address; earlier links of this person stay good until one is used.
    pub fn make(c: &mut Conn, user: UserId, email: &str, now: Timestamp) -> Result<String> {
        diesel::delete(reset_links::table.filter(reset_links::expires_at.le(now))).execute(c)?;
        let token = seal::token();
        diesel::insert_into(reset_links::table)
            .values((
                reset_links::token_hash.eq(hash(&token)),
                reset_links::user_id.eq(user),
                reset_links::email.eq(email),
                reset_links::created_at.eq(now),
                reset_links::expires_at.eq(now + LIFE),
            ))
            .execute(c)?;
        Ok(token)
    }

    pub fn find(c: &mut Conn, token: &str, now: Timestamp) -> Result<Option<Self>> {
        Ok(reset_links::table
            .find(hash(token))
            .filter(reset_links::expires_at.gt(now))
            .select((reset_links::user_id, reset_links::email))
            .first(c)
            .optional()?)
    }

    /// With one all others of this person are used.
    pub fn forget_all(c: &mut Conn, user: UserId) -> Result<()> {
        diesel::delete(reset_links::table.filter(reset_links::user_id.eq(user))).execute(c)?;
        Ok(())
    }
}

fn hash(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}
