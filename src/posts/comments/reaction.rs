//! Reactions: four kinds to a comment, a heart to a reply. One of each from each person; `comments.like_count` changes with the
//! rows.

use super::{Comment, CommentId};
use crate::clock::Timestamp;
use crate::each;
use crate::error::{Error, Result};
use crate::notifications::{Kind, News, Notification};
use crate::platform::db::{Conn, among};
use crate::schema::{comments, reactions};
use crate::web::UserId;
use diesel::dsl::{case_when, count_star, exists, max};
use diesel::prelude::*;
use std::collections::HashMap;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Emoji {
    Applause,
    Love,
    Thinking,
    Joy,
    /// The like of a reply.
    Heart,
}

impl Emoji {
    pub const FOR_COMMENTS: [Emoji; 4] = [Emoji::Applause, Emoji::Love, Emoji::Thinking, Emoji::Joy];
    pub const FOR_REPLIES: [Emoji; 1] = [Emoji::Heart];

    pub fn as_str(self) -> &'static str {
        match self {
            Emoji::Applause => "👏",
            Emoji::Love => "😍",
            Emoji::Thinking => "🤔",
            Emoji::Joy => "😂",
            Emoji::Heart => "❤️",
        }
    }

    /// With or without the mark that asks for colour, which keyboards add as they like.
    pub fn from_text(text: &str) -> Option<Emoji> {
        let plain = |text: &str| text.trim().trim_end_matches('\u{fe0f}').to_owned();
        let all = Emoji::FOR_COMMENTS.into_iter().chain(Emoji::FOR_REPLIES);
        all.into_iter().find(|emoji| plain(emoji.as_str()) == plain(text))
    }

    /// Its name, as a message with a count.
    pub fn words(self) -> &'static str {
        match self {
            Emoji::Applause => "reaction-applause",
            Emoji::Love => "reaction-love",
            Emoji::Thinking => "reaction-thinking",
            Emoji::Joy => "reaction-joy",
            Emoji::Heart => "like-label",
        }
    }

    fn fits(self, comment: &Comment) -> bool {
        (self == Emoji::Heart) == comment.parent.is_some()
    }
}

/// How many reacted so, and whether the viewer did.
#[derive(Clone, Debug)]
pub struct Tally {
    pub emoji: Emoji,
    pub count: i64,
    pub mine: bool,
}

impl Tally {
    pub(super) fn of(emoji: Emoji, counted: &[Tally]) -> Tally {
        counted.iter().find(|tally| tally.emoji == emoji).cloned().unwrap_or(Tally { emoji, count: 0, mine: false })
    }
}

pub struct Reaction;

impl Reaction {
    /// Makes it so: repeating changes nothing. Returns how many reactions the comment has after it.
    ///
    /// # Errors
    /// `Forbidden` for one's own reply, `BadRequest` for an emoji that such a comment does not take.
    pub fn set(c: &mut Conn, who: UserId, comment: &Comment, emoji: Emoji, on: bool, now: Timestamp) -> Result<i64> {
        if !emoji.fits(comment) {
            return Err(Error::BadRequest(format!("{} is not for this", emoji.as_str())));
        }
        if emoji == Emoji::Heart && comment.author == who {
            return Err(Error::Forbidden);
        }
        // First, because it locks the comment: it must not be deleted meanwhile.
        let row = comments::table.find(comment.id).filter(comments::deleted_at.is_null());
        if diesel::update(row).set(comments::like_count.eq(comments::like_count)).execute(c)? == 0 {
            return Err(Error::NotFound);
        }
        let reaction = (reactions::comment_id.eq(comment.id), reactions::user_id.eq(who), reactions::emoji.eq(emoji.as_str()));
        let changed = if on {
            each!(c, |c| diesel::insert_into(reactions::table).values(reaction).on_conflict_do_nothing().execute(c))? as i64
        } else {
            -(diesel::delete(reactions::table.find((comment.id, emoji.as_str(), who))).execute(c)? as i64)
        };
        let count = diesel::update(comments::table.find(comment.id))
            .set(comments::like_count.eq(comments::like_count + changed))
            .returning(comments::like_count)
            .get_result(c)?;
        let news =
            News { to: comment.author, kind: Kind::Reaction, actor: who, post: Some(comment.post.get()), comment: Some(comment.id.get()) };
        if changed > 0 {
            Notification::deliver(c, &news, now)?;
        } else if changed < 0 && !Self::any_by(c, who, comment.id)? {
            Notification::withdraw(c, &news)?;
        }
        Ok(count)
    }

    fn any_by(c: &mut Conn, who: UserId, comment: CommentId) -> Result<bool> {
        let left = reactions::table.filter(reactions::comment_id.eq(comment)).filter(reactions::user_id.eq(who));
        Ok(diesel::select(exists(left)).get_result(c)?)
    }

    /// Those of all these comments, by kind.
    pub(super) fn tallies(c: &mut Conn, me: UserId, ids: &[CommentId]) -> Result<HashMap<CommentId, Vec<Tally>>> {
        let mut found: HashMap<CommentId, Vec<Tally>> = HashMap::with_capacity(ids.len());
        if ids.is_empty() {
            return Ok(found);
        }
        let rows: Vec<(CommentId, String, i64, Option<i32>)> = reactions::table
            .filter(among(reactions::comment_id, ids))
            .group_by((reactions::comment_id, reactions::emoji))
            .select((
                reactions::comment_id,
                reactions::emoji,
                count_star(),
                max(case_when(reactions::user_id.eq(me), 1.into_sql::<diesel::sql_types::Integer>()).otherwise(0)),
            ))
            .load(c)?;
        for (comment, emoji, count, mine) in rows {
            if let Some(emoji) = Emoji::from_text(&emoji) {
                found.entry(comment).or_default().push(Tally { emoji, count, mine: mine == Some(1) });
            }
        }
        Ok(found)
    }
}
