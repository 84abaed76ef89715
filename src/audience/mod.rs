//! Who may see whose posts: follows, requests, blocks, mutes, and the one rule made of them.
//!
//! The rule is [`visible_to`], an expression on `posts` that every query of posts carries: pages, feeds, search, notifications,
//! downloads. It reads
//!
//! - nobody sees a post that is deleted, nor one by somebody they block or who blocks them, or whose account is about to be
//!   deleted;
//! - its author sees it, archived or not;
//! - everybody else sees it unless it is archived: an open one without more, one for followers when they follow its author.
//!
//! `posts.is_open` says in one column what anyone may see; whoever archives, deletes, narrows or makes an account private keeps
//! it true. Mutes change what comes by itself (feeds, notifications), never what may be seen.
//!
//! This room has no pages: those are in `people`.

mod block;
mod follow;
mod hold;
mod mute;
mod privacy;
mod request;
mod rule;

pub use block::Block;
pub use follow::{Follow, MOST_FOLLOWED};
pub use hold::hold;
pub use mute::Mute;
pub use privacy::{reopen, set_private};
pub use request::Request;
pub use rule::{me, unblocked, unmuted, visible_to};
