//! Whom one might want to follow: people followed by those one follows, then those whom many follow.
//!
//! The sets are bounded, so that the question costs the same whoever asks: the latest follows of the latest people one follows, and
//! the most followed of the site. Both are written as SQL, because only so can a row's own limit stand in a join.

use super::Contact;
use crate::clock::Timestamp;
use crate::each;
use crate::error::Result;
use crate::platform::db::{Conn, among, ids};
use crate::schema::{dismissals, users};
use crate::web::i18n::Message;
use crate::web::{UserId, Viewer};
use chrono::TimeDelta;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

/// So many people one follows are asked whom they follow, the latest.
const FRIENDS: i64 = 100;
/// So many of those each of them follows, the latest.
const OF_EACH: i64 = 50;
/// So many of the people found that way are looked at more closely: those whom most of them follow.
const CANDIDATES: i64 = 200;
/// The rest is found among so many of the most followed.
const MOST_FOLLOWED: i64 = 500;
/// Who has shared nothing for longer is not suggested for being followed by many.
const ACTIVE: TimeDelta = TimeDelta::days(90);
/// How long somebody is new here.
const NEW: TimeDelta = TimeDelta::days(30);

/// Somebody the viewer might want to follow, and why.
#[derive(Clone, Debug)]
pub struct Suggestion {
    pub contact: Contact,
    pub reason: Reason,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Somebody the viewer follows does, and so many others of them.
    FollowedBy {
        name: String,
        others: i64,
    },
    FollowsMe,
    New,
    Followers(i64),
}

impl Suggestion {
    /// The reason, as the row says it.
    pub fn words(&self) -> Message {
        match &self.reason {
            Reason::FollowedBy { name, others: 0 } => Message::new("suggestion-followed-by").with("name", name),
            Reason::FollowedBy { name, others } => Message::new("suggestion-followed-by-more").with("name", name).with("count", others),
            Reason::FollowsMe => Message::new("follows-you"),
            Reason::New => Message::new("suggestion-new"),
            Reason::Followers(count) => Message::new("suggestion-followers").with("count", count),
        }
    }
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = BigInt)]
    id: i64,
    /// How many of those one follows do.
    #[diesel(sql_type = BigInt)]
    shared: i64,
    /// One of them.
    #[diesel(sql_type = BigInt)]
    via: i64,
}

/// Nobody one follows or has asked to, blocks, is blocked by, has muted, or does not want to be suggested. Ids are numbers of ours: they may stand in the text.
fn strangers_to(me: UserId, people: &str) -> String {
    format!(
        "{people}.id <> {me} AND {people}.delete_at IS NULL \
         AND NOT EXISTS (SELECT 1 FROM follows WHERE follower_id = {me} AND followee_id = {people}.id) \
         AND NOT EXISTS (SELECT 1 FROM follow_requests WHERE follower_id = {me} AND followee_id = {people}.id) \
         AND NOT EXISTS (SELECT 1 FROM blocks WHERE blocker_id = {me} AND blocked_id = {people}.id) \
         AND NOT EXISTS (SELECT 1 FROM blocks WHERE blocker_id = {people}.id AND blocked_id = {me}) \
         AND NOT EXISTS (SELECT 1 FROM mutes WHERE muter_id = {me} AND muted_id = {people}.id) \
         AND NOT EXISTS (SELECT 1 FROM dismissals WHERE user_id = {me} AND dismissed_id = {people}.id)"
    )
}

/// Each friend with the oldest of their latest follows: an index seek each, and a range of the same index after that.
fn friends_of_friends_sql(me: UserId, limit: usize) -> String {
    format!(
        "WITH friends (id, oldest) AS ( \
             SELECT mine.followee_id, COALESCE((SELECT theirs.id FROM follows AS theirs WHERE theirs.follower_id = mine.followee_id \
                 ORDER BY theirs.id DESC LIMIT 1 OFFSET {last}), 0) \
             FROM follows AS mine WHERE mine.follower_id = {me} \
             AND NOT EXISTS (SELECT 1 FROM users WHERE users.id = mine.followee_id AND users.delete_at IS NOT NULL) \
             ORDER BY mine.id DESC LIMIT {FRIENDS}), \
         found (id, shared, via) AS ( \
             SELECT theirs.followee_id, COUNT(*), MAX(friends.id) FROM friends \
             INNER JOIN follows AS theirs ON theirs.follower_id = friends.id AND theirs.id >= friends.oldest \
             WHERE NOT EXISTS (SELECT 1 FROM follows WHERE follower_id = {me} AND followee_id = theirs.followee_id) \
             GROUP BY theirs.followee_id ORDER BY COUNT(*) DESC, theirs.followee_id DESC LIMIT {CANDIDATES}) \
         SELECT found.id AS id, found.shared AS shared, found.via AS via FROM found INNER JOIN users ON users.id = found.id \
         WHERE {strangers} ORDER BY found.shared DESC, users.follower_count DESC, found.id DESC LIMIT {limit}",
        last = OF_EACH - 1,
        strangers = strangers_to(me, "users"),
    )
}

fn most_followed_sql(me: UserId, limit: usize, now: Timestamp) -> String {
    format!(
        "SELECT popular.id AS id, CAST(0 AS BIGINT) AS shared, CAST(0 AS BIGINT) AS via FROM ( \
             SELECT id, private, last_post_id, follower_count, delete_at FROM users ORDER BY follower_count DESC, id DESC LIMIT {MOST_FOLLOWED}) AS popular \
         WHERE NOT popular.private AND popular.last_post_id >= {active} AND {strangers} \
         ORDER BY popular.follower_count DESC, popular.id DESC LIMIT {limit}",
        active = ids::at(now - ACTIVE),
        strangers = strangers_to(me, "popular"),
    )
}

/// The questions as the database is asked them: for the test that none reads a whole table.
pub fn questions(me: UserId, now: Timestamp) -> [String; 2] {
    [friends_of_friends_sql(me, 5), most_followed_sql(me, 5, now)]
}

/// Never suggests them again, or does.
pub(super) fn dismiss(c: &mut Conn, me: UserId, them: UserId, wanted: bool) -> Result<()> {
    let row = (dismissals::user_id.eq(me), dismissals::dismissed_id.eq(them));
    if wanted {
        each!(c, |c| diesel::insert_into(dismissals::table).values(row).on_conflict_do_nothing().execute(c))?;
    } else {
        diesel::delete(dismissals::table.find((me, them))).execute(c)?;
    }
    Ok(())
}

/// At most so many, the best first.
pub fn suggestions(c: &mut Conn, viewer: &Viewer, limit: usize, now: Timestamp) -> Result<Vec<Suggestion>> {
    let me = viewer.id;
    let mut found: Vec<Found> = diesel::sql_query(friends_of_friends_sql(me, limit)).load(c)?;
    if found.len() < limit {
        // Some of these may be among the others already.
        let others: Vec<Found> = diesel::sql_query(most_followed_sql(me, limit, now)).load(c)?;
        for other in others {
            if found.len() < limit && found.iter().all(|one| one.id != other.id) {
                found.push(other);
            }
        }
    }
    let people: Vec<UserId> = found.iter().map(|one| UserId::from(one.id)).collect();
    let mut about: Vec<UserId> = people.clone();
    about.extend(found.iter().filter(|one| one.shared > 0).map(|one| UserId::from(one.via)));
    let about: Vec<(UserId, String, i64, Timestamp)> = users::table
        .filter(among(users::id, &about))
        .select((users::id, users::username, users::follower_count, users::created_at))
        .load(c)?;
    let find = |id: UserId| about.iter().find(|(known, ..)| *known == id);
    let contacts = Contact::load(c, Some(viewer), &people)?;
    Ok(contacts
        .into_iter()
        .filter_map(|contact| {
            let one = found.iter().find(|one| one.id == contact.person.id.get())?;
            let (_, _, followers, since) = find(contact.person.id)?;
            let reason = match find(UserId::from(one.via)) {
                Some((_, name, ..)) => Reason::FollowedBy { name: name.clone(), others: one.shared - 1 },
                None if contact.tie.follows_me => Reason::FollowsMe,
                None if *since >= now - NEW => Reason::New,
                None => Reason::Followers(*followers),
            };
            Some(Suggestion { contact, reason })
        })
        .collect())
}
