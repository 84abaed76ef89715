//! The rule itself, as expressions that queries carry. A visitor is the person number 0, whom nobody follows or blocks.

use crate::schema::{blocks, follows, mutes, posts, users};
use crate::web::{UserId, Viewer};
use diesel::dsl::{exists, not};
use diesel::prelude::*;

// Most queries of posts join their authors: the same table under a name of its own.
diesel::alias!(users as leavers: Leavers);

/// Who asks, as the expressions want it.
pub fn me(viewer: Option<&Viewer>) -> UserId {
    viewer.map_or(UserId::from(0), |viewer| viewer.id)
}

/// On `posts`: those this person may see.
#[diesel::dsl::auto_type(no_type_alias)]
pub fn visible_to(me: UserId) -> _ {
    let followed = exists(follows::table.filter(follows::follower_id.eq(me)).filter(follows::followee_id.eq(posts::author_id)));
    let blocking = exists(blocks::table.filter(blocks::blocker_id.eq(me)).filter(blocks::blocked_id.eq(posts::author_id)));
    let blocked = exists(blocks::table.filter(blocks::blocked_id.eq(me)).filter(blocks::blocker_id.eq(posts::author_id)));
    // The subquery finds the few who are leaving by an index of their own.
    let leaving =
        exists(leavers.filter(leavers.field(users::id).eq(posts::author_id)).filter(leavers.field(users::delete_at).is_not_null()));
    let for_others =
        posts::archived_at.is_null().and(posts::is_open.eq(true).or(followed)).and(not(blocking)).and(not(blocked)).and(not(leaving));
    posts::deleted_at.is_null().and(posts::author_id.eq(me).or(for_others))
}

/// On `posts`: those whose author this person has not muted.
#[diesel::dsl::auto_type(no_type_alias)]
pub fn unmuted(me: UserId) -> _ {
    not(exists(mutes::table.filter(mutes::muter_id.eq(me)).filter(mutes::muted_id.eq(posts::author_id))))
}

/// On `users`: those this person neither blocks nor is blocked by, and who are not about to leave.
#[diesel::dsl::auto_type(no_type_alias)]
pub fn unblocked(me: UserId) -> _ {
    let blocking = exists(blocks::table.filter(blocks::blocker_id.eq(me)).filter(blocks::blocked_id.eq(users::id)));
    let blocked = exists(blocks::table.filter(blocks::blocked_id.eq(me)).filter(blocks::blocker_id.eq(users::id)));
    not(blocking).and(not(blocked)).and(users::delete_at.is_null())
}
