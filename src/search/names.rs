//! People and tags whose names begin with something.

use super::after;
use crate::accounts::Person;
use crate::audience;
use crate::error::Result;
use crate::platform::db::Conn;
use crate::schema::{images, usernames, users};
use crate::web::Viewer;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

/// Different tags that are looked at, in the order of the alphabet, before the most used are taken.
const TAGS_LOOKED_AT: i64 = 40;
/// Uses are counted no further: more than this is "much used".
const USES: i64 = 300;

/// The most followed first.
pub fn people(c: &mut Conn, viewer: Option<&Viewer>, prefix: &str, most: i64) -> Result<Vec<(Person, String)>> {
    if prefix.is_empty() {
        return Ok(Vec::new());
    }
    let prefix = prefix.to_ascii_lowercase();
    // Somebody may have had several names that fit, and is found once.
    let named = usernames::table.filter(usernames::name.ge(prefix.clone())).filter(usernames::name.lt(after(&prefix)));
    Ok(users::table
        .left_join(images::table)
        .filter(users::id.eq_any(named.select(usernames::user_id)))
        .filter(audience::unblocked(audience::me(viewer)))
        .order((users::follower_count.desc(), users::id))
        .select((Person::columns(), users::description))
        .limit(most)
        .load(c)?)
}

#[derive(QueryableByName)]
struct Tag {
    #[diesel(sql_type = Text)]
    tag: String,
    #[diesel(sql_type = BigInt)]
    uses: i64,
}

/// Tags of open posts, the most used first. The index is jumped over from tag to tag, not read.
pub fn tags(c: &mut Conn, prefix: &str, most: usize) -> Result<Vec<String>> {
    if prefix.is_empty() {
        return Ok(Vec::new());
    }
    let prefix = prefix.to_lowercase();
    let [from, to] = match c {
        Conn::Pg(_) => ["$1", "$2"],
        Conn::Sqlite(_) => ["?1", "?2"],
    };
    let sql = format!(
        "WITH RECURSIVE found(tag) AS (\
           SELECT (SELECT min(tag) FROM post_tags WHERE tag >= {from} AND tag < {to}) \
           UNION ALL \
           SELECT (SELECT min(t.tag) FROM post_tags t WHERE t.tag > found.tag AND t.tag < {to}) FROM found WHERE found.tag IS NOT NULL) \
         SELECT tag, (SELECT count(*) FROM (SELECT 1 FROM post_tags u WHERE u.tag = found.tag LIMIT {USES}) used) AS uses \
         FROM found WHERE tag IS NOT NULL AND EXISTS \
         (SELECT 1 FROM post_tags p JOIN posts ON posts.id = p.post_id WHERE p.tag = found.tag AND posts.is_open \
         AND NOT EXISTS (SELECT 1 FROM users WHERE users.id = posts.author_id AND users.delete_at IS NOT NULL)) \
         LIMIT {TAGS_LOOKED_AT}"
    );
    let query = diesel::sql_query(sql).bind::<Text, _>(&prefix).bind::<Text, _>(after(&prefix));
    let mut tags: Vec<Tag> = query.load(c)?;
    tags.sort_by(|a, b| b.uses.cmp(&a.uses).then_with(|| a.tag.cmp(&b.tag)));
    Ok(tags.into_iter().map(|tag| tag.tag).take(most).collect())
}
