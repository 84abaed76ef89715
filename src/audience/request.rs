//! Who would like to follow whom: what a follow of a private account is until its owner says yes.

use super::{Follow, hold};
use crate::each;
use crate::error::Result;
use crate::platform::db::{Conn, ids};
use crate::schema::follow_requests;
use crate::web::UserId;
use diesel::prelude::*;

pub struct Request;

impl Request {
    /// Makes it so; repeating changes nothing. True when it was not so before.
    pub fn ask(c: &mut Conn, follower: UserId, followee: UserId) -> Result<bool> {
        let row =
            (follow_requests::follower_id.eq(follower), follow_requests::followee_id.eq(followee), follow_requests::id.eq(ids::next()));
        let asked = each!(c, |c| diesel::insert_into(follow_requests::table).values(row).on_conflict_do_nothing().execute(c))?;
        Ok(asked == 1)
    }

    /// Takes it back, or says no. True when there was one.
    pub fn remove(c: &mut Conn, follower: UserId, followee: UserId) -> Result<bool> {
        Ok(diesel::delete(follow_requests::table.find((follower, followee))).execute(c)? == 1)
    }

    /// Says yes. True when there was one.
    pub fn accept(c: &mut Conn, follower: UserId, followee: UserId) -> Result<bool> {
        let asked = Self::remove(c, follower, followee)?;
        if asked {
            Follow::add(c, follower, followee)?;
        }
        Ok(asked)
    }

    /// Says yes to everybody whose request is no newer than this one, the earliest first, and tells who they are.
    pub fn accept_all(c: &mut Conn, followee: UserId, newest: i64) -> Result<Vec<UserId>> {
        let waiting: Vec<UserId> = follow_requests::table
            .filter(follow_requests::followee_id.eq(followee))
            .filter(follow_requests::id.le(newest))
            .order(follow_requests::id)
            .select(follow_requests::follower_id)
            .load(c)?;
        // All rows whose counts will change, before the first one does.
        let everybody: Vec<UserId> = waiting.iter().copied().chain([followee]).collect();
        hold(c, &everybody)?;
        let mut accepted = Vec::with_capacity(waiting.len());
        for follower in waiting {
            if Self::accept(c, follower, followee)? {
                accepted.push(follower);
            }
        }
        Ok(accepted)
    }

    pub fn count(c: &mut Conn, followee: UserId) -> Result<i64> {
        Ok(follow_requests::table.filter(follow_requests::followee_id.eq(followee)).count().get_result(c)?)
    }
}
