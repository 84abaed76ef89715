//! Somebody comes back from their provider: who they are here. One transaction decides it, and each of these holds:
//!
//! - An identity that is known lets its owner in, whatever its address says today.
//! - A proven address leads to the account that has proven the same one; an account that only claims it loses it to whoever proves
//!   it, and a new account is made.
//! - An address that is not proven leads to no account by itself: whoever has that account says its password first.

use super::failure::Failure;
use super::identity::Identity;
use super::photo::ImportPhoto;
use super::profile::Profile;
use super::username;
use crate::accounts::device::Device;
use crate::accounts::invite::Invite;
use crate::accounts::security_event::{SecurityEvent, What};
use crate::accounts::{NewUser, User, password, verify};
use crate::clock::Timestamp;
use crate::config::Registration;
use crate::error::{Error, Result};
use crate::mails::{Kind, Mail, Recipient};
use crate::platform::db::{Conn, Db};
use crate::platform::jobs;
use crate::platform::seal::Sealer;
use crate::web::i18n::Lang;
use crate::web::{Role, UserId, Visit};

/// Somebody may take the name, or sign in with the same identity in another window, at the same moment.
const TRIES: usize = 3;

/// What the request adds to a [`Profile`].
#[derive(Clone)]
pub struct Moment {
    pub sealer: Sealer,
    pub lang: Lang,
    pub device: Device,
    pub now: Timestamp,
    pub registration: Registration,
    /// The code of the invite they came with.
    pub invite: Option<String>,
    pub members_invite: bool,
    /// Pictures of a provider on this very machine are fetched from it.
    pub local: bool,
}

impl Moment {
    pub fn of(visit: &Visit, invite: Option<String>, local: bool) -> Self {
        Moment {
            sealer: visit.state.sealer.clone(),
            lang: visit.lang(),
            device: Device::of(visit),
            now: visit.state.now(),
            registration: visit.state.config.accounts.registration,
            invite,
            members_invite: visit.state.config.accounts.members_invite,
            local,
        }
    }
}

pub enum Arrival {
    Known(UserId),
    /// Linked just now, by the address both have proven.
    Linked(UserId),
    Made(UserId),
    /// The account with the same address asks for its password first.
    AskPassword(UserId),
    Failed(Failure),
}

/// Runs `decide` in a transaction, and again when somebody else was faster.
pub async fn settle<R: Send + 'static>(db: &Db, decide: impl Fn(&mut Conn) -> Result<R> + Clone + Send + 'static) -> Result<R> {
    let mut tries = 1;
    loop {
        let decide = decide.clone();
        match db.write(move |c| decide(c)).await {
            Err(Error::Taken(_)) if tries < TRIES => tries += 1,
            settled => return settled,
        }
    }
}

/// Who somebody is who wants to sign in.
pub fn arrive(c: &mut Conn, moment: &Moment, profile: &Profile) -> Result<Arrival> {
    if let Some(identity) = Identity::find(c, &profile.provider, &profile.subject)? {
        identity.used(c, profile.email.as_deref(), moment.now)?;
        return Ok(Arrival::Known(identity.user));
    }
    let Some(email) = &profile.email else { return Ok(Arrival::Failed(Failure::NoEmail)) };
    if profile.verified {
        if let Some(owner) = User::proven_owner(c, email)? {
            link(c, moment, owner, profile)?;
            return Ok(Arrival::Linked(owner));
        }
    } else if let Some(user) = User::find_by_login(c, email)? {
        let account = if user.has_password() { Arrival::AskPassword(user.id) } else { Arrival::Failed(Failure::OtherWay) };
        return Ok(account);
    }
    Ok(match make(c, moment, profile, email)? {
        Some(user) => Arrival::Made(user),
        None => Arrival::Failed(Failure::Closed(moment.registration)),
    })
}

/// From now on this identity lets its owner in.
pub fn link(c: &mut Conn, moment: &Moment, user: UserId, profile: &Profile) -> Result<()> {
    add(c, moment, user, profile)?;
    let to = Recipient::of(c, user)?.or_in(c, moment.lang)?;
    Mail::queue(c, &moment.sealer, &to, Kind::Linked { provider: profile.label.clone() }, moment.now)
}

fn add(c: &mut Conn, moment: &Moment, user: UserId, profile: &Profile) -> Result<()> {
    let email = profile.email.as_deref().unwrap_or_default();
    Identity::link(c, user, &profile.provider, &profile.subject, email, moment.now)?;
    SecurityEvent::note(c, user, What::Linked, &profile.label, &moment.device, moment.now)?;
    fill_in(c, user, profile)
}

/// What the account does not know yet; nothing that somebody said themselves is changed.
fn fill_in(c: &mut Conn, user: UserId, profile: &Profile) -> Result<()> {
    let (mut details, told) = (User::details(c, user)?, profile.details());
    let before = details.clone();
    if details.phone.is_empty() {
        details.phone = told.phone;
    }
    if details.gender.is_empty() {
        details.gender = told.gender;
    }
    details.birthday = details.birthday.or(told.birthday);
    if details == before { Ok(()) } else { User::set_details(c, user, &details) }
}

/// A new account: no password, a name of the provider's making, and the picture on its way. `None` when the site takes nobody in
/// this way, or not without an invite that is good.
pub fn make(c: &mut Conn, moment: &Moment, profile: &Profile, email: &str) -> Result<Option<UserId>> {
    let (now, sealer) = (moment.now, &moment.sealer);
    let invite = match (moment.registration, &moment.invite) {
        (Registration::Open, _) => None,
        (Registration::Invite, Some(code)) => match Invite::take(c, code, moment.members_invite, now)? {
            None => return Ok(None),
            taken => taken,
        },
        _ => return Ok(None),
    };
    let username = username::free(c, &profile.names)?;
    let new = NewUser {
        username,
        email: email.to_owned(),
        password_hash: password::NONE.to_owned(),
        description: String::new(),
        role: Role::Member,
        created_at: now,
    };
    let user = User::create_claiming(c, &new)?;
    if let Some(invite) = invite {
        Invite::brought(c, invite, user)?;
    }
    add(c, moment, user, profile)?;
    if profile.verified {
        User::prove_email(c, user, email, now)?;
        let to = Recipient::of(c, user)?.or_in(c, moment.lang)?;
        Mail::queue(c, sealer, &to, Kind::Welcome, now)?;
    } else {
        verify::begin(c, sealer, user, email, true, moment.lang, now)?;
    }
    if let Some(url) = &profile.picture {
        jobs::enqueue(c, &ImportPhoto { user, url: url.clone(), local: moment.local }, now)?;
    }
    Ok(Some(user))
}
