//! Who is looking: plain data, filled by one query that `app` wires in, so that this floor needs to know no room.

use crate::clock::Timestamp;
use crate::error::Result;
use crate::platform::db::Conn;
use crate::web::i18n::Lang;
use crate::web::layout::Scheme;

crate::id_type!(
    /// A row of `users`.
    UserId
);

impl UserId {
    /// The account that words are given to whose author is no more.
    pub const NOBODY: UserId = UserId(-1);
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Member,
    Admin,
}

impl Role {
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Member => "member",
            Role::Admin => "admin",
        }
    }

    pub fn from_name(name: &str) -> Role {
        if name == "admin" { Role::Admin } else { Role::Member }
    }
}

/// A face: the picture's uuid, or none and the first letter stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Avatar {
    pub user_id: UserId,
    pub username: String,
    pub uuid: Option<String>,
}

impl Avatar {
    pub fn initial(&self) -> String {
        self.username.chars().next().map(|c| c.to_uppercase().collect()).unwrap_or_default()
    }

    /// A hue of its own, in degrees: ids differ in their low bits, the multiplication spreads them.
    pub fn hue(&self) -> u32 {
        ((self.user_id.get() as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as u32 % 360
    }
}

#[derive(Clone, Debug)]
pub struct Viewer {
    pub id: UserId,
    pub username: String,
    pub email: String,
    pub role: Role,
    pub avatar: Avatar,
    pub language: Option<Lang>,
    pub scheme: Option<Scheme>,
    /// Feeds wait for a click instead of loading on.
    pub paging: bool,
    /// Unread notifications, up to a hundred; counted for whole pages only.
    pub unread: i64,
    /// Their address is proven.
    pub verified: bool,
    /// They have proven who they are within the last quarter of an hour.
    pub confirmed: bool,
    /// The session is past half its life: renew it with the answer.
    pub renewal_due: bool,
    /// Its last use is worth a note.
    pub sighting_due: bool,
}

impl Viewer {
    pub fn is_admin(&self) -> bool {
        self.role == Role::Admin
    }

    /// `a…@example.org`: what a log may say of an address.
    pub fn masked_email(&self) -> String {
        mask_email(&self.email)
    }
}

pub fn mask_email(email: &str) -> String {
    match email.split_once('@') {
        Some((name, host)) => format!("{}…@{host}", name.chars().next().unwrap_or('…')),
        None => "…".to_owned(),
    }
}

/// What `accounts` offers and `app` hands in: finding who a session belongs to, and keeping it alive.
#[derive(Clone, Copy)]
pub struct Sessions {
    pub find: fn(&mut Conn, &str, Timestamp) -> Result<Option<Viewer>>,
    pub renew: fn(&mut Conn, &str, Timestamp) -> Result<()>,
    pub sight: fn(&mut Conn, &str, Timestamp) -> Result<()>,
    /// How many notifications wait for somebody: a higher floor knows.
    pub unread: fn(&mut Conn, UserId) -> Result<i64>,
}
