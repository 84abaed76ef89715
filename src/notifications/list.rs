//! The list: rows with all that a line of it shows, in four queries whatever it holds.

use super::Kind;
use super::notification::Notification;
use crate::accounts::Person;
use crate::audience;
use crate::clock::Timestamp;
use crate::error::Result;
use crate::media::Photo;
use crate::platform::db::{Conn, among};
use crate::schema::{comments, images, notifications, post_photos, posts, users};
use crate::web::UserId;
use crate::web::paging::Page;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};
use std::collections::HashMap;

/// Rows of a page.
pub const PAGE: usize = 30;
/// Characters of a comment that a line quotes.
const QUOTE: usize = 90;

/// One line: "Mina and 11 others liked your photo".
#[derive(Clone, Debug)]
pub struct Entry {
    pub id: i64,
    pub kind: Kind,
    pub post: Option<i64>,
    pub comment: Option<i64>,
    pub latest: i64,
    pub updated_at: Timestamp,
    pub unread: bool,
    /// The latest two.
    pub actors: Vec<Person>,
    pub actor_count: i64,
    /// The beginning of the comment, when there is one.
    pub quote: Option<String>,
    pub photo: Option<Photo>,
}

impl Entry {
    /// How many more than the first two.
    pub fn others(&self) -> i64 {
        (self.actor_count - self.actors.len() as i64).max(0)
    }

    pub fn first(&self) -> &str {
        self.actors.first().map_or("", |person| &person.username)
    }

    pub fn second(&self) -> Option<&str> {
        self.actors.get(1).map(|person| person.username.as_str())
    }

    /// Where it leads.
    pub fn href(&self) -> String {
        match (self.kind, self.post, self.comment) {
            (Kind::Request, ..) => crate::urls::REQUESTS.to_owned(),
            (_, Some(post), Some(comment)) => crate::urls::comment(post, comment),
            (_, Some(post), None) => crate::urls::post(post),
            (_, None, _) => crate::urls::profile(self.first()),
        }
    }
}

type Row = (i64, String, Option<i64>, Option<i64>, i64, Timestamp, Option<Timestamp>, i64);

#[derive(QueryableByName)]
struct Actor {
    #[diesel(sql_type = BigInt)]
    notification: i64,
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Text)]
    username: String,
    #[diesel(sql_type = Nullable<Text>)]
    avatar: Option<String>,
}

impl Notification {
    /// A page of somebody's list, the latest first. `before` is the `latest` of the row above.
    pub fn list(c: &mut Conn, me: UserId, before: Option<i64>) -> Result<Page<Entry>> {
        let rows: Vec<Row> = notifications::table
            .left_join(posts::table)
            .filter(notifications::user_id.eq(me))
            .filter(notifications::latest.lt(before.unwrap_or(i64::MAX)))
            .filter(notifications::post_id.is_null().or(audience::visible_to(me)))
            .filter(super::notification::somebody_stays())
            .order(notifications::latest.desc())
            .limit(PAGE as i64 + 1)
            .select((
                notifications::id,
                notifications::kind,
                notifications::post_id,
                notifications::comment_id,
                notifications::latest,
                notifications::updated_at,
                notifications::read_at,
                notifications::actor_count,
            ))
            .load(c)?;
        let page = Page::new(rows, PAGE, before, |row| row.4);
        let ids: Vec<i64> = page.rows.iter().map(|row| row.0).collect();
        let mut actors = actors(c, &ids)?;
        let mut quotes = quotes(c, page.rows.iter().filter_map(|row| row.3))?;
        let photos = photos(c, page.rows.iter().filter_map(|row| row.2))?;
        Ok(page.map(|(id, kind, post, comment, latest, updated_at, read_at, actor_count)| Entry {
            id,
            kind: Kind::from_name(&kind).unwrap_or(Kind::Like),
            post,
            comment,
            latest,
            updated_at,
            unread: read_at.is_none(),
            actors: actors.remove(&id).unwrap_or_default(),
            actor_count,
            quote: comment.and_then(|comment| quotes.remove(&comment)),
            photo: post.and_then(|post| photos.get(&post).cloned()),
        }))
    }
}

/// The latest two of each: the index has them in that order, so that a thousand likes cost no more than two.
fn actors(c: &mut Conn, notifications: &[i64]) -> Result<HashMap<i64, Vec<Person>>> {
    if notifications.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<String> = notifications.iter().map(i64::to_string).collect();
    let sql = format!(
        "SELECT n.id AS notification, u.id AS id, u.username AS username, i.uuid AS avatar FROM notifications n \
         JOIN notification_actors a ON a.notification_id = n.id AND a.id IN \
         (SELECT x.id FROM notification_actors x JOIN users v ON v.id = x.actor_id \
         WHERE x.notification_id = n.id AND v.delete_at IS NULL ORDER BY x.id DESC LIMIT 2) \
         JOIN users u ON u.id = a.actor_id LEFT JOIN images i ON i.id = u.avatar_id \
         WHERE n.id IN ({}) ORDER BY a.id DESC",
        ids.join(",")
    );
    let mut found: HashMap<i64, Vec<Person>> = HashMap::new();
    for actor in diesel::sql_query(sql).load::<Actor>(c)? {
        let person = Person { id: UserId::from(actor.id), username: actor.username, avatar_uuid: actor.avatar };
        found.entry(actor.notification).or_default().push(person);
    }
    Ok(found)
}

fn quotes(c: &mut Conn, ids: impl Iterator<Item = i64>) -> Result<HashMap<i64, String>> {
    let ids: Vec<i64> = ids.collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let bodies: Vec<(i64, String)> = comments::table
        .filter(among(comments::id, &ids))
        .filter(comments::deleted_at.is_null())
        .select((comments::id, comments::body))
        .load(c)?;
    let short = |body: String| {
        let line = body.lines().next().unwrap_or_default();
        match line.char_indices().nth(QUOTE) {
            Some((end, _)) => format!("{}…", line[..end].trim_end()),
            None => line.to_owned(),
        }
    };
    Ok(bodies.into_iter().map(|(id, body)| (id, short(body))).collect())
}

fn photos(c: &mut Conn, posts: impl Iterator<Item = i64>) -> Result<HashMap<i64, Photo>> {
    let posts: Vec<i64> = posts.collect();
    if posts.is_empty() {
        return Ok(HashMap::new());
    }
    let photos: Vec<(i64, Photo)> = post_photos::table
        .inner_join(images::table)
        .filter(among(post_photos::post_id, &posts))
        .filter(post_photos::position.eq(0))
        .select((post_photos::post_id, Photo::COLUMNS))
        .load(c)?;
    Ok(photos.into_iter().collect())
}

impl Notification {
    /// Up to and including the row whose `latest` is `until`. Done by hand it shows in every open list; read in passing, what is new
    /// stays under its heading while its reader looks at it.
    pub fn mark_read(c: &mut Conn, me: UserId, until: i64, by_hand: bool, now: Timestamp) -> Result<()> {
        let unread = notifications::table
            .filter(notifications::user_id.eq(me))
            .filter(notifications::read_at.is_null())
            .filter(notifications::latest.le(until));
        if diesel::update(unread).set(notifications::read_at.eq(Some(now))).execute(c)? > 0 {
            if by_hand { super::notification::tell(me) } else { super::notification::tell_count(me) }
        }
        Ok(())
    }

    /// Kinds that somebody has switched off.
    pub fn quiet_kinds(c: &mut Conn, me: UserId) -> Result<Vec<Kind>> {
        let quiet: String = users::table.find(me).select(users::quiet_kinds).first(c)?;
        Ok(quiet.split(' ').filter_map(Kind::from_name).collect())
    }

    pub fn set_quiet_kinds(c: &mut Conn, me: UserId, quiet: &[Kind]) -> Result<()> {
        let quiet: Vec<&str> = quiet.iter().map(|kind| kind.as_str()).collect();
        diesel::update(users::table.find(me)).set(users::quiet_kinds.eq(quiet.join(" "))).execute(c)?;
        Ok(())
    }
}
