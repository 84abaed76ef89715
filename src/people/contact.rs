//! Somebody as the viewer meets them: who, and how the two stand to each other. The follow button is drawn from it, wherever it
//! stands.

use crate::accounts::{Person, PersonColumns, Username};
use crate::audience;
use crate::error::{Error, Result};
use crate::platform::db::{Conn, among};
use crate::schema::{blocks, follow_requests, follows, images, mutes, usernames, users};
use crate::web::{UserId, Viewer};
use diesel::dsl::exists;
use diesel::prelude::*;

/// How the viewer and somebody stand to each other. Between a visitor and anybody there is nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Queryable)]
pub struct Tie {
    /// Only followers see what they share.
    pub private: bool,
    pub following: bool,
    /// I asked to follow them.
    pub requested: bool,
    pub follows_me: bool,
    /// They asked to follow me.
    pub asks_me: bool,
    pub blocking: bool,
    /// They block me, or are about to leave: they are not there, as far as I can tell.
    pub blocked: bool,
    pub muting: bool,
}

/// The columns of a [`Tie`] between `me` and each of `users`.
#[diesel::dsl::auto_type(no_type_alias)]
pub fn tie_columns(me: UserId) -> _ {
    let following = follows::table.filter(follows::follower_id.eq(me)).filter(follows::followee_id.eq(users::id));
    let requested = follow_requests::table.filter(follow_requests::follower_id.eq(me)).filter(follow_requests::followee_id.eq(users::id));
    let follows_me = follows::table.filter(follows::follower_id.eq(users::id)).filter(follows::followee_id.eq(me));
    let asks_me = follow_requests::table.filter(follow_requests::follower_id.eq(users::id)).filter(follow_requests::followee_id.eq(me));
    let blocking = blocks::table.filter(blocks::blocker_id.eq(me)).filter(blocks::blocked_id.eq(users::id));
    let blocked = blocks::table.filter(blocks::blocker_id.eq(users::id)).filter(blocks::blocked_id.eq(me));
    let muting = mutes::table.filter(mutes::muter_id.eq(me)).filter(mutes::muted_id.eq(users::id));
    (
        users::private,
        exists(following),
        exists(requested),
        exists(follows_me),
        exists(asks_me),
        exists(blocking),
        // Who is about to leave is not there either.
        exists(blocked).or(users::delete_at.is_not_null()),
        exists(muting),
    )
}

#[derive(Clone, Debug)]
pub struct Contact {
    pub person: Person,
    pub tie: Tie,
    /// It is the viewer.
    pub mine: bool,
}

impl Contact {
    pub fn username(&self) -> &str {
        &self.person.username
    }

    /// The follow button is on: I follow them, or have asked to.
    pub fn is_on(&self) -> bool {
        self.tie.following || self.tie.requested
    }

    /// What the button says when it is off, as a message's name. A private account decides first.
    pub fn offer(&self) -> &'static str {
        match self.tie {
            Tie { private: true, .. } => "follow-ask",
            Tie { follows_me: true, .. } => "follow-back",
            _ => "follow",
        }
    }

    /// What they share is for others than me.
    pub fn is_closed(&self) -> bool {
        self.tie.private && !self.tie.following && !self.mine
    }

    /// By a name somebody has or had.
    ///
    /// # Errors
    /// `NotFound` when nobody ever had it, or they block the viewer.
    pub fn by_name(c: &mut Conn, viewer: Option<&Viewer>, name: &str) -> Result<Self> {
        let id = Self::id_of(c, name)?;
        Self::find(c, viewer, id)
    }

    /// Somebody as a query found them.
    ///
    /// # Errors
    /// `NotFound` when they block the viewer.
    pub fn met(viewer: Option<&Viewer>, person: Person, tie: Tie) -> Result<Self> {
        if tie.blocked {
            return Err(Error::NotFound);
        }
        Ok(Contact { mine: person.id == audience::me(viewer), person, tie })
    }

    /// # Errors
    /// `NotFound` when nobody ever had this name.
    pub(super) fn id_of(c: &mut Conn, name: &str) -> Result<UserId> {
        Username::parse(name).map_err(|_| Error::NotFound)?;
        Ok(usernames::table.find(name.to_ascii_lowercase()).select(usernames::user_id).first(c)?)
    }

    /// # Errors
    /// `NotFound` when there is nobody, or they block the viewer.
    pub fn find(c: &mut Conn, viewer: Option<&Viewer>, id: UserId) -> Result<Self> {
        let found = Self::load(c, viewer, &[id])?.pop();
        found.filter(|contact| !contact.tie.blocked).ok_or(Error::NotFound)
    }

    /// These people, in this order. Whoever makes the list leaves out whom the viewer may not meet.
    pub fn load(c: &mut Conn, viewer: Option<&Viewer>, ids: &[UserId]) -> Result<Vec<Self>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let me = audience::me(viewer);
        let columns: PersonColumns = Person::columns();
        let rows: Vec<(Person, Tie)> =
            users::table.left_join(images::table).filter(among(users::id, ids)).select((columns, tie_columns(me))).load(c)?;
        let mut contacts: Vec<Contact> = rows.into_iter().map(|(person, tie)| Contact { mine: person.id == me, person, tie }).collect();
        contacts.sort_by_key(|contact| ids.iter().position(|id| *id == contact.person.id));
        Ok(contacts)
    }
}
