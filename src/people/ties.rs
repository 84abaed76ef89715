//! What changes between two people, and the news of it. Each holds both first (see [`audience::hold`]) and looks afterwards: what it
//! finds stays so until it is done.

use super::Contact;
use crate::audience::{self, Block, Follow, Mute, Request};
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::notifications::{Kind, News, Notification};
use crate::platform::db::Conn;
use crate::web::{UserId, Viewer};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Followed {
    Done,
    /// The viewer follows as many as one can.
    Full,
}

/// Follows or asks to, or ends either.
///
/// # Errors
/// `Forbidden` for oneself, `NotFound` across a block.
pub fn follow(c: &mut Conn, viewer: &Viewer, name: &str, wanted: bool, now: Timestamp) -> Result<Followed> {
    let other = meet(c, viewer, name)?;
    let (me, them) = (viewer.id, other.person.id);
    if other.tie.blocking {
        return Err(Error::NotFound);
    }
    if !wanted {
        if Follow::remove(c, me, them)? {
            Notification::withdraw(c, &news(them, Kind::Follow, me))?;
        }
        if Request::remove(c, me, them)? {
            Notification::withdraw(c, &news(them, Kind::Request, me))?;
        }
        return Ok(Followed::Done);
    }
    if other.tie.following {
        return Ok(Followed::Done);
    }
    if Follow::is_full(c, me)? {
        return Ok(Followed::Full);
    }
    if other.tie.private {
        if Request::ask(c, me, them)? {
            Notification::deliver(c, &news(them, Kind::Request, me), now)?;
        }
    } else {
        // Asked while it was private, and never answered.
        if Request::remove(c, me, them)? {
            Notification::withdraw(c, &news(them, Kind::Request, me))?;
        }
        Follow::add(c, me, them)?;
        Notification::deliver(c, &news(them, Kind::Follow, me), now)?;
    }
    Ok(Followed::Done)
}

/// Ends their following the viewer.
pub fn remove_follower(c: &mut Conn, viewer: &Viewer, name: &str) -> Result<()> {
    let other = meet(c, viewer, name)?;
    if Follow::remove(c, other.person.id, viewer.id)? {
        Notification::withdraw(c, &news(viewer.id, Kind::Follow, other.person.id))?;
    }
    Ok(())
}

/// Answers what they asked; when they no longer ask, nothing happens.
pub fn answer(c: &mut Conn, viewer: &Viewer, name: &str, accepted: bool, now: Timestamp) -> Result<()> {
    let other = meet(c, viewer, name)?;
    let (me, them) = (viewer.id, other.person.id);
    if accepted {
        if Request::accept(c, them, me)? {
            welcome(c, me, them, now)?;
        }
    } else if Request::remove(c, them, me)? {
        Notification::withdraw(c, &news(me, Kind::Request, them))?;
    }
    Ok(())
}

/// Says yes to everybody who asked until then.
pub fn accept_all(c: &mut Conn, viewer: &Viewer, newest: i64, now: Timestamp) -> Result<usize> {
    let accepted = Request::accept_all(c, viewer.id, newest)?;
    for follower in &accepted {
        welcome(c, viewer.id, *follower, now)?;
    }
    Ok(accepted.len())
}

/// Whether only followers see what the viewer shares. Whoever waits when the answer is "everybody" waits no more.
pub fn set_private(c: &mut Conn, viewer: &Viewer, private: bool, now: Timestamp) -> Result<()> {
    if !private {
        // First, because it holds everybody concerned in their order; who asks after that is answered at once.
        accept_all(c, viewer, i64::MAX, now)?;
    }
    audience::set_private(c, viewer.id, private, now)?;
    Ok(())
}

/// # Errors
/// `Forbidden` for oneself, `NotFound` when they block the viewer.
pub fn block(c: &mut Conn, viewer: &Viewer, name: &str, wanted: bool) -> Result<()> {
    let (me, them) = (viewer.id, hold(c, viewer, name)?);
    if !wanted {
        // Also somebody who blocks me: my own block is mine to end.
        if Block::remove(c, me, them)? {
            return Ok(());
        }
        return Contact::find(c, Some(viewer), them).map(drop);
    }
    Contact::find(c, Some(viewer), them)?;
    if Block::add(c, me, them)? {
        Notification::withdraw_between(c, me, them)?;
        Notification::withdraw_between(c, them, me)?;
    }
    Ok(())
}

/// # Errors
/// As for [`block`].
pub fn mute(c: &mut Conn, viewer: &Viewer, name: &str, wanted: bool) -> Result<()> {
    let other = meet(c, viewer, name)?;
    Mute::set(c, viewer.id, other.person.id, wanted)?;
    Ok(())
}

/// A request has become a follow.
fn welcome(c: &mut Conn, me: UserId, follower: UserId, now: Timestamp) -> Result<()> {
    Notification::withdraw(c, &news(me, Kind::Request, follower))?;
    Notification::deliver(c, &news(me, Kind::Follow, follower), now)
}

fn news(to: UserId, kind: Kind, actor: UserId) -> News {
    News { to, kind, actor, post: None, comment: None }
}

fn meet(c: &mut Conn, viewer: &Viewer, name: &str) -> Result<Contact> {
    let id = hold(c, viewer, name)?;
    Contact::find(c, Some(viewer), id)
}

fn hold(c: &mut Conn, viewer: &Viewer, name: &str) -> Result<UserId> {
    let id = Contact::id_of(c, name)?;
    if id == viewer.id {
        return Err(Error::Forbidden);
    }
    audience::hold(c, &[viewer.id, id])?;
    Ok(id)
}
