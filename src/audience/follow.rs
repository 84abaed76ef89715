//! Who follows whom. Both counts change with the row, in one transaction.

use crate::each;
use crate::error::Result;
use crate::platform::db::{Conn, ids};
use crate::schema::{follows, users};
use crate::web::UserId;
use diesel::prelude::*;

/// So many people one can follow.
pub const MOST_FOLLOWED: i64 = 7_500;

pub struct Follow;

impl Follow {
    /// Makes it so; repeating changes nothing. True when it was not so before.
    pub fn add(c: &mut Conn, follower: UserId, followee: UserId) -> Result<bool> {
        let row = (follows::follower_id.eq(follower), follows::followee_id.eq(followee), follows::id.eq(ids::next()));
        let added = each!(c, |c| diesel::insert_into(follows::table).values(row).on_conflict_do_nothing().execute(c))?;
        Self::count_by(c, follower, followee, added as i64)?;
        Ok(added == 1)
    }

    /// The same for the end of it.
    pub fn remove(c: &mut Conn, follower: UserId, followee: UserId) -> Result<bool> {
        let removed = diesel::delete(follows::table.find((follower, followee))).execute(c)?;
        Self::count_by(c, follower, followee, -(removed as i64))?;
        Ok(removed == 1)
    }

    fn count_by(c: &mut Conn, follower: UserId, followee: UserId, change: i64) -> Result<()> {
        if change == 0 {
            return Ok(());
        }
        // In the order of ids: two people who follow each other at the same moment must not wait for each other.
        let mut both = [(follower, false), (followee, true)];
        both.sort();
        for (id, is_followee) in both {
            let row = users::table.find(id);
            if is_followee {
                diesel::update(row).set(users::follower_count.eq(users::follower_count + change)).execute(c)?;
            } else {
                diesel::update(row).set(users::following_count.eq(users::following_count + change)).execute(c)?;
            }
        }
        Ok(())
    }

    pub fn exists(c: &mut Conn, follower: UserId, followee: UserId) -> Result<bool> {
        Ok(diesel::select(diesel::dsl::exists(follows::table.find((follower, followee)))).get_result(c)?)
    }

    /// How many follow this person.
    pub fn count_of(c: &mut Conn, followee: UserId) -> Result<i64> {
        Ok(users::table.find(followee).select(users::follower_count).first(c)?)
    }

    /// Whether this person follows as many as one can.
    pub fn is_full(c: &mut Conn, follower: UserId) -> Result<bool> {
        let following: i64 = users::table.find(follower).select(users::following_count).first(c)?;
        Ok(following >= MOST_FOLLOWED)
    }
}
