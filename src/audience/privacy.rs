//! Accounts whose posts are for their followers only, and `posts.is_open`, which says of each post whether anyone may see it.

use crate::accounts::User;
use crate::clock::Timestamp;
use crate::error::Result;
use crate::media::{Image, ImageId};
use crate::platform::db::Conn;
use crate::schema::{post_photos, posts, users};
use crate::web::UserId;
use diesel::prelude::*;

/// Makes it so; repeating changes nothing. True when it was otherwise before. What was open to all until now moves to new
/// addresses.
pub fn set_private(c: &mut Conn, person: UserId, private: bool, now: Timestamp) -> Result<bool> {
    let other = users::table.find(person).filter(users::private.ne(private));
    let changed = diesel::update(other).set(users::private.eq(private)).execute(c)? == 1;
    if changed {
        if private {
            let open = post_photos::table.inner_join(posts::table).filter(posts::author_id.eq(person)).filter(posts::is_open.eq(true));
            let images: Vec<ImageId> = open.select(post_photos::image_id).load(c)?;
            Image::move_variants(c, &images, now)?;
        }
        reopen(c, person)?;
    }
    Ok(changed)
}

/// Brings `is_open` of all posts of somebody in line with what it is made of.
pub fn reopen(c: &mut Conn, author: UserId) -> Result<()> {
    let open_to_all = !User::is_private(c, author)?;
    let open = posts::followers_only.eq(false).and(posts::archived_at.is_null()).and(posts::deleted_at.is_null());
    let theirs = diesel::update(posts::table.filter(posts::author_id.eq(author)));
    if open_to_all {
        theirs.set(posts::is_open.eq(open)).execute(c)?;
    } else {
        theirs.set(posts::is_open.eq(false)).execute(c)?;
    }
    Ok(())
}
