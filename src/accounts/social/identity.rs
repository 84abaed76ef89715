//! An account elsewhere by which somebody signs in here: provider and subject, never the e-mail address, which changes hands.

use crate::clock::Timestamp;
use crate::error::Result;
use crate::platform::db::{Conn, ids};
use crate::schema::{identities, users};
use crate::web::UserId;
use diesel::prelude::*;

#[derive(Clone, Debug, Queryable)]
pub struct Identity {
    pub id: i64,
    pub user: UserId,
    pub provider: String,
    /// What the provider last said; empty when it says none.
    pub email: String,
    pub created_at: Timestamp,
}

type Columns = (identities::id, identities::user_id, identities::provider, identities::email, identities::created_at);
const COLUMNS: Columns = (identities::id, identities::user_id, identities::provider, identities::email, identities::created_at);

impl Identity {
    pub fn find(c: &mut Conn, provider: &str, subject: &str) -> Result<Option<Self>> {
        let this = identities::table.filter(identities::provider.eq(provider)).filter(identities::subject.eq(subject));
        Ok(this.select(COLUMNS).first(c).optional()?)
    }

    /// Everything somebody can sign in with, the oldest first.
    pub fn of(c: &mut Conn, user: UserId) -> Result<Vec<Self>> {
        Ok(identities::table.filter(identities::user_id.eq(user)).order(identities::id).select(COLUMNS).load(c)?)
    }

    /// # Errors
    /// `Taken` when it belongs to somebody already.
    pub fn link(c: &mut Conn, user: UserId, provider: &str, subject: &str, email: &str, now: Timestamp) -> Result<()> {
        diesel::insert_into(identities::table)
            .values((
                identities::id.eq(ids::next()),
                identities::user_id.eq(user),
                identities::provider.eq(provider),
                identities::subject.eq(subject),
                identities::email.eq(email),
                identities::created_at.eq(now),
                identities::used_at.eq(now),
            ))
            .execute(c)?;
        Ok(())
    }

    /// It has just signed its owner in; what the provider says of the address now is remembered.
    pub fn used(&self, c: &mut Conn, email: Option<&str>, now: Timestamp) -> Result<()> {
        let email = email.unwrap_or(&self.email);
        diesel::update(identities::table.find(self.id)).set((identities::used_at.eq(now), identities::email.eq(email))).execute(c)?;
        Ok(())
    }

    /// False when somebody else was faster.
    pub fn unlink(&self, c: &mut Conn) -> Result<bool> {
        Ok(diesel::delete(identities::table.find(self.id)).execute(c)? == 1)
    }

    /// All of somebody's.
    pub fn unlink_all(c: &mut Conn, user: UserId) -> Result<()> {
        diesel::delete(identities::table.filter(identities::user_id.eq(user))).execute(c)?;
        Ok(())
    }

    /// Until the end of the transaction nobody else changes what this person signs in with: two at once must not take the last two
    /// ways in. SQLite has one writer anyway.
    pub fn hold(c: &mut Conn, user: UserId) -> Result<()> {
        if let Conn::Pg(c) = c {
            users::table.find(user).select(users::id).for_no_key_update().first::<UserId>(c)?;
        }
        Ok(())
    }
}
