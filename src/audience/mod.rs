//! Who may see whose posts: follows, requests, blocks, mutes, and the one rule made of them.
//!
//! The rule is [`visible_to`], an expression on `posts` that every query of posts carries: pages, feeds, search, notifications,
//! downloads. It reads
//!
//! - nobody sees a post that is deleted, nor one by somebody they block or who blocks them;
//! - its author sees it, archived or not;
//! - everybody else sees it unless it is archived: an open one without more, one for followers when they follow its author.
//!
//! `posts.is_open` says in one column what anyone may see; whoever archives, deletes, narrows or makes an account private keeps
//! it true. Mutes change what comes by itself (feeds, notifications), never what may be seen.
//!
//! This room has no pages: those are in `people`.

mod follow;
mod rule;

pub use follow::Follow;
pub use rule::{me, reopen, unblocked, unmuted, visible_to};
