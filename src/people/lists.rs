//! Lists of people, the latest first, a page at a time. None shows the viewer anybody they block or are blocked by, but for the
//! one that exists to show whom they block.

use super::Contact;
use crate::audience;
use crate::error::Result;
use crate::platform::db::Conn;
use crate::schema::{blocks, follow_requests, follows, mutes, users};
use crate::web::paging::{self, Page};
use crate::web::{UserId, Viewer};
use diesel::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    FollowersOf(UserId),
    FollowedBy(UserId),
    /// Who would like to follow the viewer.
    Requests,
    /// Whom the viewer blocks.
    Blocked,
    /// Whom the viewer has muted.
    Muted,
}

/// One page of a list; the cursor is the id of the row that put somebody there.
pub fn page(c: &mut Conn, viewer: Option<&Viewer>, list: List, before: Option<i64>) -> Result<Page<Contact>> {
    let (page, _) = page_and_newest(c, viewer, list, before)?;
    Ok(page)
}

/// The same, with the id of the newest row of the page: what has come since is not on it.
pub fn page_and_newest(c: &mut Conn, viewer: Option<&Viewer>, list: List, before: Option<i64>) -> Result<(Page<Contact>, Option<i64>)> {
    let rows = rows(c, audience::me(viewer), list, before.unwrap_or(i64::MAX))?;
    let newest = rows.first().map(|(id, _)| *id);
    let page = Page::new(rows, paging::PEOPLE, before, |(id, _)| *id);
    let people: Vec<UserId> = page.rows.iter().map(|(_, person)| *person).collect();
    let page = Page { rows: Contact::load(c, viewer, &people)?, next: page.next, continued: page.continued };
    Ok((page, newest))
}

fn rows(c: &mut Conn, me: UserId, list: List, before: i64) -> Result<Vec<(i64, UserId)>> {
    let limit = paging::PEOPLE as i64 + 1;
    Ok(match list {
        List::FollowersOf(person) => follows::table
            .inner_join(users::table.on(users::id.eq(follows::follower_id)))
            .filter(follows::followee_id.eq(person))
            .filter(follows::id.lt(before))
            .filter(audience::unblocked(me))
            .order(follows::id.desc())
            .limit(limit)
            .select((follows::id, users::id))
            .load(c)?,
        List::FollowedBy(person) => follows::table
            .inner_join(users::table.on(users::id.eq(follows::followee_id)))
            .filter(follows::follower_id.eq(person))
            .filter(follows::id.lt(before))
            .filter(audience::unblocked(me))
            .order(follows::id.desc())
            .limit(limit)
            .select((follows::id, users::id))
            .load(c)?,
        List::Requests => follow_requests::table
            .inner_join(users::table.on(users::id.eq(follow_requests::follower_id)))
            .filter(follow_requests::followee_id.eq(me))
            .filter(follow_requests::id.lt(before))
            .filter(audience::unblocked(me))
            .order(follow_requests::id.desc())
            .limit(limit)
            .select((follow_requests::id, users::id))
            .load(c)?,
        List::Blocked => blocks::table
            .filter(blocks::blocker_id.eq(me))
            .filter(blocks::id.lt(before))
            .order(blocks::id.desc())
            .limit(limit)
            .select((blocks::id, blocks::blocked_id))
            .load(c)?,
        List::Muted => mutes::table
            .inner_join(users::table.on(users::id.eq(mutes::muted_id)))
            .filter(mutes::muter_id.eq(me))
            .filter(mutes::id.lt(before))
            .filter(audience::unblocked(me))
            .order(mutes::id.desc())
            .limit(limit)
            .select((mutes::id, users::id))
            .load(c)?,
    })
}
