//! What happened to an account, for its owner: kept ninety days.

use super::device::Device;
use crate::clock::Timestamp;
use crate::error::Result;
use crate::platform::db::{Conn, ids};
use crate::schema::security_events;
use crate::web::UserId;
use chrono::TimeDelta;
use diesel::prelude::*;

const KEPT: TimeDelta = TimeDelta::days(90);
/// Rows of a page.
pub const PAGE: usize = 30;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    SignedUp,
    SignedIn,
    /// Wrong passwords before a right one; the detail says how many.
    Refused,
    SignedOut,
    SessionsEnded,
    PasswordChanged,
    PasswordReset,
    AddressProven,
    AddressChanged,
    SecondFactorOn,
    SecondFactorOff,
    SecondFactorRemoved,
    RecoveryCodeUsed,
    RecoveryCodesMade,
    Linked,
    Unlinked,
    Exported,
    Imported,
    DeletionPlanned,
    DeletionStopped,
    Banned,
    Unbanned,
}

impl What {
    pub const ALL: [What; 22] = [
        What::SignedUp,
        What::SignedIn,
        What::Refused,
        What::SignedOut,
        What::SessionsEnded,
        What::PasswordChanged,
        What::PasswordReset,
        What::AddressProven,
        What::AddressChanged,
        What::SecondFactorOn,
        What::SecondFactorOff,
        What::SecondFactorRemoved,
        What::RecoveryCodeUsed,
        What::RecoveryCodesMade,
        What::Linked,
        What::Unlinked,
        What::Exported,
        What::Imported,
        What::DeletionPlanned,
        What::DeletionStopped,
        What::Banned,
        What::Unbanned,
    ];

    /// In the table: never changed once used.
    pub fn as_str(self) -> &'static str {
        match self {
            What::SignedUp => "signed_up",
            What::SignedIn => "signed_in",
            What::Refused => "refused",
            What::SignedOut => "signed_out",
            What::SessionsEnded => "sessions_ended",
            What::PasswordChanged => "password_changed",
            What::PasswordReset => "password_reset",
            What::AddressProven => "address_proven",
            What::AddressChanged => "address_changed",
            What::SecondFactorOn => "second_factor_on",
            What::SecondFactorOff => "second_factor_off",
            What::SecondFactorRemoved => "second_factor_removed",
            What::RecoveryCodeUsed => "recovery_code_used",
            What::RecoveryCodesMade => "recovery_codes_made",
            What::Linked => "linked",
            What::Unlinked => "unlinked",
            What::Exported => "exported",
            What::Imported => "imported",
            What::DeletionPlanned => "deletion_planned",
            What::DeletionStopped => "deletion_stopped",
            What::Banned => "banned",
            What::Unbanned => "unbanned",
        }
    }

    /// What the log says: the name of a message.
    pub fn words(self) -> &'static str {
        match self {
            What::SignedUp => "security-signed-up",
            What::SignedIn => "security-signed-in",
            What::Refused => "security-refused",
            What::SignedOut => "security-signed-out",
            What::SessionsEnded => "security-sessions-ended",
            What::PasswordChanged => "security-password-changed",
            What::PasswordReset => "security-password-reset",
            What::AddressProven => "security-address-proven",
            What::AddressChanged => "security-address-changed",
            What::SecondFactorOn => "security-second-factor-on",
            What::SecondFactorOff => "security-second-factor-off",
            What::SecondFactorRemoved => "security-second-factor-removed",
            What::RecoveryCodeUsed => "security-recovery-code-used",
            What::RecoveryCodesMade => "security-recovery-codes-made",
            What::Linked => "security-linked",
            What::Unlinked => "security-unlinked",
            What::Exported => "security-exported",
            What::Imported => "security-imported",
            What::DeletionPlanned => "security-deletion-planned",
            What::DeletionStopped => "security-deletion-stopped",
            What::Banned => "security-banned",
            What::Unbanned => "security-unbanned",
        }
    }
}

#[derive(Clone, Debug)]
pub struct SecurityEvent {
    pub id: i64,
    pub what: Option<What>,
    /// A provider's name, an address: whatever belongs to the words.
    pub detail: String,
    pub user_agent: String,
    pub address: String,
    pub created_at: Timestamp,
}

impl SecurityEvent {
    pub fn note(c: &mut Conn, user: UserId, what: What, detail: &str, device: &Device, now: Timestamp) -> Result<()> {
        diesel::insert_into(security_events::table)
            .values((
                security_events::id.eq(ids::next()),
                security_events::user_id.eq(user),
                security_events::kind.eq(what.as_str()),
                security_events::detail.eq(detail),
                security_events::user_agent.eq(&device.user_agent),
                security_events::address.eq(&device.address),
                security_events::created_at.eq(now),
            ))
            .execute(c)?;
        Ok(())
    }

    /// The newest first, one more than [`PAGE`] if there are more.
    pub fn page(c: &mut Conn, user: UserId, before: Option<i64>) -> Result<Vec<Self>> {
        type Row = (i64, String, String, String, String, Timestamp);
        let rows: Vec<Row> = security_events::table
            .filter(security_events::user_id.eq(user))
            .filter(security_events::id.lt(before.unwrap_or(i64::MAX)))
            .order(security_events::id.desc())
            .limit(PAGE as i64 + 1)
            .select((
                security_events::id,
                security_events::kind,
                security_events::detail,
                security_events::user_agent,
                security_events::address,
                security_events::created_at,
            ))
            .load(c)?;
        let named = |name: &str| What::ALL.into_iter().find(|what| what.as_str() == name);
        Ok(rows
            .into_iter()
            .map(|(id, kind, detail, user_agent, address, created_at)| SecurityEvent {
                id,
                what: named(&kind),
                detail,
                user_agent,
                address,
                created_at,
            })
            .collect())
    }

    pub fn forget_old(c: &mut Conn, now: Timestamp) -> Result<()> {
        diesel::delete(security_events::table.filter(security_events::created_at.lt(now - KEPT))).execute(c)?;
        Ok(())
    }
}
