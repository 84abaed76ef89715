//! What administrators and the operator do to accounts. Each act is whole: the thing itself, the owner's log, a mail to the owner, a
//! line in the audit log, all in the caller's transaction.

use super::application::Application;
use super::audit::{Act, Audit, By, Target};
use super::device::Device;
use super::second_factor::SecondFactor;
use super::security_event::{SecurityEvent, What};
use super::{Session, User, ban};
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::mails::{Kind, Mail, Recipient};
use crate::platform::db::Conn;
use crate::platform::seal::Sealer;
use crate::state::AppState;
use crate::web::{Role, UserId, Viewer};

/// Who acts, when, and with what mails are sealed.
#[derive(Clone)]
pub struct Office {
    by: By,
    sealer: Sealer,
    now: Timestamp,
}

impl Office {
    pub fn of(viewer: &Viewer, sealer: &Sealer, now: Timestamp) -> Self {
        Office { by: By::of(viewer), sealer: sealer.clone(), now }
    }

    pub fn of_operator(state: &AppState) -> Self {
        Office { by: By::Operator, sealer: state.sealer.clone(), now: state.now() }
    }

    fn note(&self, c: &mut Conn, act: Act, user: &User, detail: &str) -> Result<()> {
        let target = Target { id: Some(user.id), name: user.username.clone() };
        Audit::note(c, &self.by, act, Some(&target), detail, self.now)
    }

    /// Keeps somebody out from now on. False when they are not there, when it is the one who acts, or when that one has just been
    /// kept out too: so one administrator is always left.
    pub fn ban(&self, c: &mut Conn, user: UserId, reason: &str, until: Option<Timestamp>) -> Result<bool> {
        let Some(user) = found(c, user)? else { return Ok(false) };
        if let By::Admin { id, .. } = &self.by {
            if *id == user.id {
                return Ok(false);
            }
            if Role::from_name(&user.role) == Role::Admin {
                ban::hold_admins(c)?;
                if User::ban(c, *id, self.now)?.is_some() {
                    return Ok(false);
                }
            }
        }
        ban::set(c, user.id, reason, until, self.now)?;
        Session::end_all(c, user.id)?;
        SecurityEvent::note(c, user.id, What::Banned, reason, &Device::server(), self.now)?;
        let to = Recipient::of(c, user.id)?;
        Mail::queue(c, &self.sealer, &to, Kind::Banned { reason: reason.to_owned(), until }, self.now)?;
        let term = until.map_or_else(String::new, |until| format!("{} UTC · ", until.format("→ %Y-%m-%d %H:%M")));
        self.note(c, Act::Banned, &user, &format!("{term}{reason}"))?;
        Ok(true)
    }

    /// False when there was nothing to lift.
    pub fn lift(&self, c: &mut Conn, user: UserId) -> Result<bool> {
        let Some(user) = found(c, user)? else { return Ok(false) };
        if !ban::lift(c, user.id)? {
            return Ok(false);
        }
        SecurityEvent::note(c, user.id, What::Unbanned, "", &Device::server(), self.now)?;
        self.note(c, Act::Unbanned, &user, "")?;
        Ok(true)
    }

    /// Signs somebody out everywhere. False when they were nowhere signed in.
    pub fn end_sessions(&self, c: &mut Conn, user: UserId) -> Result<bool> {
        let Some(user) = found(c, user)? else { return Ok(false) };
        let ended = Session::end_all(c, user.id)?;
        if ended == 0 {
            return Ok(false);
        }
        SecurityEvent::note(c, user.id, What::SessionsEnded, &ended.to_string(), &Device::server(), self.now)?;
        self.note(c, Act::SessionsEnded, &user, &ended.to_string())?;
        Ok(true)
    }

    /// For somebody who has lost it. False when there was none.
    pub fn remove_second_factor(&self, c: &mut Conn, user: UserId) -> Result<bool> {
        let Some(user) = found(c, user)? else { return Ok(false) };
        if !SecondFactor::remove(c, user.id)? {
            return Ok(false);
        }
        SecurityEvent::note(c, user.id, What::SecondFactorRemoved, "", &Device::server(), self.now)?;
        let to = Recipient::of(c, user.id)?;
        Mail::queue(c, &self.sealer, &to, Kind::SecondFactorRemoved, self.now)?;
        self.note(c, Act::SecondFactorRemoved, &user, "")?;
        Ok(true)
    }

    /// Makes the account somebody applied for. False when it waits no more, or when its name has gone to somebody else.
    pub fn approve(&self, c: &mut Conn, application: i64) -> Result<bool> {
        let Some((user, lang)) = Application::become_account(c, application, self.now)? else { return Ok(false) };
        let to = Recipient::of(c, user.id)?.or_in(c, lang)?;
        Mail::queue(c, &self.sealer, &to, Kind::Approved, self.now)?;
        self.note(c, Act::Approved, &user, "")?;
        Ok(true)
    }

    /// False when it waits no more.
    pub fn decline(&self, c: &mut Conn, application: i64, answer: &str) -> Result<bool> {
        let Some(who) = Application::refuse(c, application, answer, self.now)? else { return Ok(false) };
        let to = Recipient { user: None, email: who.email.clone(), username: who.username.clone(), lang: who.lang() };
        Mail::queue(c, &self.sealer, &to, Kind::Refused { answer: answer.to_owned() }, self.now)?;
        let target = Target { id: None, name: who.username };
        Audit::note(c, &self.by, Act::Declined, Some(&target), answer, self.now)?;
        Ok(true)
    }
}

fn found(c: &mut Conn, user: UserId) -> Result<Option<User>> {
    match User::find(c, user) {
        Ok(user) => Ok(Some(user)),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// `picstargram admin remove-2fa`: for somebody who has lost phone and recovery codes. False when there was none.
///
/// # Errors
/// `NotFound` when there is no such account.
pub async fn remove_second_factor(state: &AppState, login: &str) -> Result<bool> {
    let (office, login) = (Office::of_operator(state), login.to_owned());
    state
        .db
        .write(move |c| {
            let user = User::find_by_login(c, &login)?.ok_or(Error::NotFound)?;
            office.remove_second_factor(c, user.id)
        })
        .await
}
