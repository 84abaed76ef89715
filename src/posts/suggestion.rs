//! What somebody may mean while they type: tags of posts they may see, people they can reach.

use super::caption::tag_key;
use crate::accounts::{Person, PersonColumns};
use crate::audience;
use crate::error::Result;
use crate::platform::db::Conn;
use crate::schema::{follows, images, post_tags, posts, usernames, users};
use crate::web::{UserId, Viewer};
use diesel::dsl::{exists, not};
use diesel::prelude::*;

/// Offered at once.
const MOST: usize = 8;
/// Rows of the index of tags that one look takes in, and how many looks there are: what a first letter costs at most, on however
/// large a site.
const ROWS: i64 = 400;
const LOOKS: usize = 6;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Suggestion {
    Tag(String),
    Person(Person),
}

impl Suggestion {
    /// What takes the place of the word that was begun.
    pub fn word(&self) -> String {
        match self {
            Suggestion::Tag(tag) => format!("#{tag}"),
            Suggestion::Person(person) => format!("@{}", person.username),
        }
    }
}

/// For a word that begins with `#` or `@`; nothing for any other, and for the mark alone.
pub fn suggestions(c: &mut Conn, viewer: &Viewer, word: &str) -> Result<Vec<Suggestion>> {
    let plain = |text: &str| !text.is_empty() && text.chars().count() <= 64 && text.chars().all(|c| c.is_alphanumeric() || c == '_');
    let (tag, name) = (word.strip_prefix('#').filter(|tag| plain(tag)), word.strip_prefix('@').filter(|name| plain(name)));
    match (tag, name) {
        (Some(tag), _) => Ok(tags(c, viewer.id, &tag_key(tag))?.into_iter().map(Suggestion::Tag).collect()),
        (_, Some(name)) => Ok(people(c, viewer.id, &name.to_ascii_lowercase())?.into_iter().map(Suggestion::Person).collect()),
        _ => Ok(Vec::new()),
    }
}

/// Names have `_` in them, which LIKE takes for any letter.
fn beginning(prefix: &str) -> String {
    format!("{}%", prefix.replace('_', "\\_"))
}

/// The most used first, as far as the looks see: each passes over the rest of a tag it could not count to its end.
fn tags(c: &mut Conn, me: UserId, prefix: &str) -> Result<Vec<String>> {
    let mut found: Vec<(String, usize)> = Vec::new();
    let mut from = prefix.to_owned();
    for look in 0..LOOKS {
        let rows = post_tags::table
            .inner_join(posts::table)
            .filter(post_tags::tag.like(beginning(prefix)).escape('\\'))
            .filter(audience::visible_to(me))
            .filter(posts::archived_at.is_null())
            .order(post_tags::tag)
            .limit(ROWS)
            .select(post_tags::tag);
        let rows: Vec<String> =
            if look == 0 { rows.filter(post_tags::tag.ge(&from)).load(c)? } else { rows.filter(post_tags::tag.gt(&from)).load(c)? };
        let full = rows.len() as i64 == ROWS;
        for tag in rows {
            match found.last_mut() {
                Some((last, count)) if *last == tag => *count += 1,
                _ => found.push((tag, 1)),
            }
        }
        match found.last() {
            Some((last, _)) if full => from.clone_from(last),
            _ => break,
        }
    }
    found.sort_by(|(a, many), (b, more)| more.cmp(many).then_with(|| a.cmp(b)));
    Ok(found.into_iter().map(|(tag, _)| tag).take(MOST).collect())
}

/// Those one follows first; by the names they go by now.
fn people(c: &mut Conn, me: UserId, prefix: &str) -> Result<Vec<Person>> {
    let mut found: Vec<Person> = Vec::new();
    for followed in [true, false] {
        let follows_them = exists(follows::table.filter(follows::follower_id.eq(me)).filter(follows::followee_id.eq(users::id)));
        let columns: PersonColumns = Person::columns();
        let named = usernames::table
            .inner_join(users::table.left_join(images::table))
            .filter(usernames::name.like(beginning(prefix)).escape('\\'))
            .filter(users::id.ne(me))
            .filter(audience::unblocked(me))
            .order(usernames::name)
            .limit(2 * MOST as i64)
            .select((usernames::name, columns));
        let rows: Vec<(String, Person)> =
            if followed { named.filter(follows_them).load(c)? } else { named.filter(not(follows_them)).load(c)? };
        // A name somebody had before is still theirs, but not what one calls them.
        found.extend(rows.into_iter().filter(|(name, person)| person.username.eq_ignore_ascii_case(name)).map(|(_, person)| person));
    }
    found.truncate(MOST);
    Ok(found)
}
