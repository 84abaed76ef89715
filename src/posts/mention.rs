//! Names in captions and comments: whoever is named, and may see the post, is told.

use super::PostId;
use crate::audience;
use crate::clock::Timestamp;
use crate::error::Result;
use crate::notifications::{Kind, News, Notification};
use crate::platform::db::Conn;
use crate::schema::{posts, usernames};
use crate::web::UserId;
use diesel::dsl::exists;
use diesel::prelude::*;

/// Those of these names (lower case) that may see the post.
pub(super) fn who_may_see(c: &mut Conn, post: PostId, names: &[String]) -> Result<Vec<UserId>> {
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let named: Vec<UserId> = usernames::table.filter(usernames::name.eq_any(names)).select(usernames::user_id).load(c)?;
    let mut seeing = Vec::new();
    for person in named {
        let seen = posts::table.find(post).filter(audience::visible_to(person));
        if diesel::select(exists(seen)).get_result(c)? {
            seeing.push(person);
        }
    }
    Ok(seeing)
}

/// A caption names these people, space between, as the column keeps them.
pub(super) fn tell(c: &mut Conn, post: PostId, author: UserId, names: &str, now: Timestamp) -> Result<()> {
    let names: Vec<String> = names.split_whitespace().map(str::to_owned).collect();
    for to in who_may_see(c, post, &names)? {
        let news = News { to, kind: Kind::Mention, actor: author, post: Some(post.get()), comment: None };
        Notification::deliver(c, &news, now)?;
    }
    Ok(())
}
