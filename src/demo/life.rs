//! What the demo's people do: they follow, like, talk, save and pin, each at its time, in the order of those times and through
//! the same nouns as everybody, so that counts and notifications come out as if it had happened.

use super::content::{self, Comment as Words, Reply, Talk, ties};
use crate::audience::{self, Block, Follow, Mute, Request};
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::notifications::{Kind, News, Notification};
use crate::platform::db::Conn;
use crate::posts::comments::{Comment, CommentId, Emoji, NewComment, Reaction, Said};
use crate::posts::{Like, Post, PostId, Save, Views};
use crate::web::Viewer;
use chrono::TimeDelta;
use std::collections::HashMap;

/// Everybody by name.
pub type People = HashMap<&'static str, Viewer>;
/// Every post by its minutes.
pub type Posts = HashMap<u32, PostId>;

type Name = &'static str;

enum Deed {
    Follow(Name, Name),
    Ask(Name, Name),
    /// Somebody's caption names somebody.
    Name(u32, Name, Name),
    Like(u32, Name),
    Say(&'static Talk, &'static Words),
    Reply(&'static Talk, &'static Words, &'static Reply),
    React(&'static Words, Name, Name),
    LikeReply(&'static Reply, Name),
    Save(u32),
    Pin(u32),
    Read(Name),
}

/// Lives through all of it, as one transaction.
pub fn live(c: &mut Conn, people: &People, posts: &Posts, now: Timestamp) -> Result<()> {
    let (blocker, blocked) = (find(people, ties::BLOCKED.0)?.id, find(people, ties::BLOCKED.1)?.id);
    audience::hold(c, &[blocker, blocked])?;
    Block::add(c, blocker, blocked)?;
    Mute::set(c, find(people, ties::MUTED.0)?.id, find(people, ties::MUTED.1)?.id, true)?;
    for (index, post) in content::posts().enumerate() {
        Views::add(c, find(posts, post.minutes_ago)?, content::views(index))?;
    }
    let mut said = HashMap::new();
    for (minutes_ago, deed) in deeds() {
        perform(c, people, posts, &mut said, deed, now - TimeDelta::minutes(i64::from(minutes_ago)))?;
    }
    Ok(())
}

/// With how many minutes ago, the earliest first; of the same minute, in the order of cause and effect.
fn deeds() -> Vec<(u32, Deed)> {
    let mut deeds = Vec::new();
    for (index, (who, whom)) in ties::FOLLOWS.iter().flat_map(|(who, whom)| whom.split(' ').map(move |whom| (*who, whom))).enumerate() {
        deeds.push((content::before_all(index), Deed::Follow(who, whom)));
    }
    deeds.extend(ties::LATELY.iter().map(|(who, whom, ago)| (*ago, Deed::Follow(who, whom))));
    deeds.extend(ties::REQUESTS.iter().map(|(who, whom, ago)| (*ago, Deed::Ask(who, whom))));
    for (index, post) in content::posts().enumerate() {
        let named = content::named(post.caption).filter(|name| *name != post.author);
        deeds.extend(named.map(|name| (post.minutes_ago, Deed::Name(post.minutes_ago, post.author, name))));
        for (number, person) in content::PEOPLE.iter().enumerate() {
            if let Some(ago) = content::likes(index, number) {
                deeds.push((ago, Deed::Like(post.minutes_ago, person.username)));
            }
        }
    }
    for talk in content::TALKS {
        for words in talk.comments {
            let ago = talk.post - words.after;
            deeds.push((ago, Deed::Say(talk, words)));
            for (number, (emoji, who)) in words.reactions().enumerate() {
                deeds.push((content::soon_after(ago, number), Deed::React(words, emoji, who)));
            }
            for reply in words.replies {
                let ago = talk.post - reply.after;
                deeds.push((ago, Deed::Reply(talk, words, reply)));
                for (number, who) in reply.likes.split_whitespace().enumerate() {
                    deeds.push((content::soon_after(ago, number), Deed::LikeReply(reply, who)));
                }
            }
        }
    }
    deeds.extend(ties::READ.iter().map(|(who, ago)| (*ago, Deed::Read(who))));
    deeds.extend(ties::PINNED.iter().zip([1_200, 1_199]).map(|(post, ago)| (ago, Deed::Pin(*post))));
    deeds.extend(ties::SAVED.iter().zip((0..30).rev()).map(|(post, ago)| (ago, Deed::Save(*post))));
    deeds.sort_by_key(|(ago, _)| std::cmp::Reverse(*ago));
    deeds
}

/// What was said so far, by its text.
type Spoken = HashMap<&'static str, CommentId>;

fn perform(c: &mut Conn, people: &People, posts: &Posts, said: &mut Spoken, deed: Deed, at: Timestamp) -> Result<()> {
    let person = |name: Name| find(people, name);
    match deed {
        Deed::Follow(who, whom) => {
            let (who, whom) = (person(who)?.id, person(whom)?.id);
            Follow::add(c, who, whom)?;
            Notification::deliver(c, &News { to: whom, kind: Kind::Follow, actor: who, post: None, comment: None }, at)
        }
        Deed::Ask(who, whom) => {
            let (who, whom) = (person(who)?.id, person(whom)?.id);
            Request::ask(c, who, whom)?;
            Notification::deliver(c, &News { to: whom, kind: Kind::Request, actor: who, post: None, comment: None }, at)
        }
        Deed::Name(post, author, name) => {
            let (named, actor) = (person(name)?, person(author)?.id);
            let Some(post) = seen(c, &named, find(posts, post)?)? else { return Ok(()) };
            let news = News { to: named.id, kind: Kind::Mention, actor, post: Some(post.id.get()), comment: None };
            Notification::deliver(c, &news, at)
        }
        Deed::Like(post, who) => {
            let who = person(who)?;
            // Not everybody sees everything.
            let Some(post) = seen(c, &who, find(posts, post)?)? else { return Ok(()) };
            Like::set(c, &who, &post, true, at).map(drop)
        }
        Deed::Say(talk, words) => {
            let id = say(c, find(posts, talk.post)?, &person(words.author)?, None, words.text, at)?;
            said.insert(words.text, id);
            Ok(())
        }
        Deed::Reply(talk, words, reply) => {
            let answered = find(said, words.text)?;
            let id = say(c, find(posts, talk.post)?, &person(reply.author)?, Some(answered), reply.text, at)?;
            said.insert(reply.text, id);
            Ok(())
        }
        Deed::React(words, emoji, who) => {
            let emoji = Emoji::from_text(emoji).ok_or_else(|| Error::Internal(format!("the demo reacts with {emoji}")))?;
            react(c, find(said, words.text)?, &person(who)?, emoji, at)
        }
        Deed::LikeReply(reply, who) => react(c, find(said, reply.text)?, &person(who)?, Emoji::Heart, at),
        Deed::Save(post) => Save::set(c, &person("mina")?, find(posts, post)?, true),
        Deed::Pin(post) => {
            let mina = person("mina")?;
            Post::own(c, &mina, find(posts, post)?)?.set_pinned(c, true, at).map(drop)
        }
        Deed::Read(who) => Notification::mark_read(c, person(who)?.id, i64::MAX, true, at),
    }
}

fn say(c: &mut Conn, post: PostId, who: &Viewer, parent: Option<CommentId>, text: &str, at: Timestamp) -> Result<CommentId> {
    let post = Post::visible_to(c, Some(who), post)?.id;
    let new = NewComment { post, author: who.id, parent, body: text.to_owned(), key: None, created_at: Some(at) };
    match Comment::create(c, &new, at)? {
        Said::Now(id) => Ok(id),
        other => Err(Error::Internal(format!("the demo could not say {text:?}: {other:?}"))),
    }
}

fn react(c: &mut Conn, comment: CommentId, who: &Viewer, emoji: Emoji, at: Timestamp) -> Result<()> {
    let comment = Comment::visible_to(c, Some(who), comment)?;
    Reaction::set(c, who.id, &comment, emoji, true, at).map(drop)
}

fn seen(c: &mut Conn, who: &Viewer, post: PostId) -> Result<Option<Post>> {
    match Post::visible_to(c, Some(who), post) {
        Ok(post) => Ok(Some(post)),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

pub(super) fn find<K, V>(all: &HashMap<K, V>, key: K) -> Result<V>
where
    K: std::hash::Hash + Eq + std::fmt::Debug,
    V: Clone,
{
    all.get(&key).cloned().ok_or_else(|| Error::Internal(format!("the demo knows no {key:?}")))
}
