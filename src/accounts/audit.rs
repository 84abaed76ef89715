//! What administrators and the operator did: who, what, to whom. Names are kept as they were, so the log outlives accounts. An entry
//! is written in the transaction that does the thing.

use crate::clock::Timestamp;
use crate::error::Result;
use crate::platform::db::{Conn, ids};
use crate::schema::audit_log;
use crate::web::{UserId, Viewer};
use diesel::prelude::*;

/// Rows of a page.
pub const PAGE: usize = 50;
/// Characters of the detail.
const DETAIL_LIMIT: usize = 1_500;

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    Admin {
        id: UserId,
        name: String,
    },
    /// Somebody at the server itself, by a command.
    Operator,
}

impl By {
    pub fn of(viewer: &Viewer) -> Self {
        By::Admin { id: viewer.id, name: viewer.username.clone() }
    }
}

/// Whom it concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Nothing for somebody without an account.
    pub id: Option<UserId>,
    pub name: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Banned,
    Unbanned,
    SessionsEnded,
    SecondFactorRemoved,
    Approved,
    Declined,
    InviteMade,
    InviteRevoked,
    PeopleExported,
    JobsRetried,
    JobsCancelled,
    AdminMade,
    ResetLinkMade,
}

impl Act {
    pub const ALL: [Act; 13] = [
        Act::Banned,
        Act::Unbanned,
        Act::SessionsEnded,
        Act::SecondFactorRemoved,
        Act::Approved,
        Act::Declined,
        Act::InviteMade,
        Act::InviteRevoked,
        Act::PeopleExported,
        Act::JobsRetried,
        Act::JobsCancelled,
        Act::AdminMade,
        Act::ResetLinkMade,
    ];

    /// In the table: never changed once used.
    pub fn as_str(self) -> &'static str {
        match self {
            Act::Banned => "user.banned",
            Act::Unbanned => "user.unbanned",
            Act::SessionsEnded => "user.sessions_ended",
            Act::SecondFactorRemoved => "user.second_factor_removed",
            Act::Approved => "application.approved",
            Act::Declined => "application.declined",
            Act::InviteMade => "invite.made",
            Act::InviteRevoked => "invite.revoked",
            Act::PeopleExported => "users.exported",
            Act::JobsRetried => "jobs.retried",
            Act::JobsCancelled => "jobs.cancelled",
            Act::AdminMade => "admin.made",
            Act::ResetLinkMade => "user.reset_link_made",
        }
    }

    /// What the log says: the name of a message.
    pub fn words(self) -> &'static str {
        match self {
            Act::Banned => "audit-banned",
            Act::Unbanned => "audit-unbanned",
            Act::SessionsEnded => "audit-sessions-ended",
            Act::SecondFactorRemoved => "audit-second-factor-removed",
            Act::Approved => "audit-approved",
            Act::Declined => "audit-declined",
            Act::InviteMade => "audit-invite-made",
            Act::InviteRevoked => "audit-invite-revoked",
            Act::PeopleExported => "audit-people-exported",
            Act::JobsRetried => "audit-jobs-retried",
            Act::JobsCancelled => "audit-jobs-cancelled",
            Act::AdminMade => "audit-admin-made",
            Act::ResetLinkMade => "audit-reset-link-made",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub id: i64,
    /// Nothing for the operator.
    pub actor_id: Option<UserId>,
    pub actor: String,
    /// `None` for an act this program does not know.
    pub act: Option<Act>,
    pub target_id: Option<UserId>,
    pub target: String,
    pub detail: String,
    pub created_at: Timestamp,
}

/// Whose entries: what they did, and what was done to them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    Everybody,
    Account(UserId),
    /// Somebody whose account is gone, by the name in the log.
    Name(String),
}

pub struct Audit;

type Columns = (
    audit_log::id,
    audit_log::actor_id,
    audit_log::actor,
    audit_log::action,
    audit_log::target_id,
    audit_log::target,
    audit_log::detail,
    audit_log::created_at,
);
const COLUMNS: Columns = (
    audit_log::id,
    audit_log::actor_id,
    audit_log::actor,
    audit_log::action,
    audit_log::target_id,
    audit_log::target,
    audit_log::detail,
    audit_log::created_at,
);

type Row = (i64, Option<i64>, String, String, Option<i64>, String, String, Timestamp);

fn entry((id, actor_id, actor, action, target_id, target, detail, created_at): Row) -> Entry {
    Entry {
        id,
        actor_id: actor_id.map(UserId::from),
        actor,
        act: Act::ALL.into_iter().find(|act| act.as_str() == action),
        target_id: target_id.map(UserId::from),
        target,
        detail,
        created_at,
    }
}

impl Audit {
    pub fn note(c: &mut Conn, by: &By, act: Act, target: Option<&Target>, detail: &str, now: Timestamp) -> Result<()> {
        let (actor_id, actor) = match by {
            By::Admin { id, name } => (Some(id.get()), name.as_str()),
            By::Operator => (None, ""),
        };
        let detail: String = detail.chars().take(DETAIL_LIMIT).collect();
        diesel::insert_into(audit_log::table)
            .values((
                audit_log::id.eq(ids::next()),
                audit_log::actor_id.eq(actor_id),
                audit_log::actor.eq(actor),
                audit_log::action.eq(act.as_str()),
                audit_log::target_id.eq(target.and_then(|target| target.id).map(UserId::get)),
                audit_log::target.eq(target.map_or("", |target| target.name.as_str())),
                audit_log::detail.eq(detail),
                audit_log::created_at.eq(now),
            ))
            .execute(c)?;
        tracing::info!(target: "picstargram::admin", admin = actor, act = act.as_str(), to = target.map(|target| target.name.as_str()), "done");
        Ok(())
    }

    /// The newest first, one more than `most` if there are more.
    pub fn page(c: &mut Conn, whose: &Whose, before: Option<i64>, most: usize) -> Result<Vec<Entry>> {
        let limit = most as i64 + 1;
        let below = audit_log::id.lt(before.unwrap_or(i64::MAX));
        let rows: Vec<Row> = match whose {
            Whose::Everybody => audit_log::table.filter(below).order(audit_log::id.desc()).limit(limit).select(COLUMNS).load(c)?,
            // By two indexes: one finds neither of them for an "or".
            Whose::Account(id) => {
                let newest = audit_log::table.filter(below).order(audit_log::id.desc()).limit(limit).select(COLUMNS);
                let mut rows: Vec<Row> = newest.filter(audit_log::target_id.eq(id.get())).load(c)?;
                rows.extend(newest.filter(audit_log::actor_id.eq(id.get())).load::<Row>(c)?);
                rows.sort_by_key(|row| std::cmp::Reverse(row.0));
                rows.dedup_by_key(|row| row.0);
                rows.truncate(most + 1);
                rows
            }
            Whose::Name(name) => audit_log::table
                .filter(below)
                .filter(audit_log::target.eq(name).or(audit_log::actor.eq(name)))
                .order(audit_log::id.desc())
                .limit(limit)
                .select(COLUMNS)
                .load(c)?,
        };
        Ok(rows.into_iter().map(entry).collect())
    }
}
