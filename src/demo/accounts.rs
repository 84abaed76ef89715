//! The demo's accounts: proven addresses, sign-ins, invites, people who would like to join, and what the administrator decided.

use super::content::accounts::{APPLICANTS, Applicant, BANNED, INVITATIONS, SIGN_INS, UNPROVEN};
use super::life::{People, find};
use crate::accounts::application::{Application, NewApplication};
use crate::accounts::device::{self, Device};
use crate::accounts::invite::Invite;
use crate::accounts::oversight::Office;
use crate::accounts::security_event::{SecurityEvent, What};
use crate::accounts::{Session, User, Username, password};
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::mails::{Kind, Mail, Recipient};
use crate::platform::db::Conn;
use crate::platform::turns::Lane;
use crate::state::AppState;
use crate::web::UserId;
use chrono::TimeDelta;

/// Writes all of it, each at its time.
pub async fn settle(state: &AppState, people: &People, now: Timestamp) -> Result<()> {
    // Nobody knows it: whoever is let in asks for a new one.
    let hash = password::hash(state, Lane::Known, hex::encode(rand::random::<[u8; 32]>())).await?;
    // Addresses of examples reach nobody, so no server is bothered with them.
    let (sealer, mails) = (state.sealer.clone(), !state.mailer.is_real());
    let people = people.clone();
    state
        .db
        .write(move |c| {
            for person in people.values().filter(|person| person.username != UNPROVEN) {
                User::prove_email(c, person.id, &person.email, now - TimeDelta::days(60))?;
            }
            sign_ins(c, &people, now)?;
            for invitation in INVITATIONS {
                let made = now - TimeDelta::days(invitation.days_ago);
                let expires = invitation.holds.map(|days| made + TimeDelta::days(days));
                let maker = find(&people, invitation.maker)?.id;
                let code = Invite::make(c, maker, invitation.most_uses, expires, invitation.note, made)?;
                let code = code.ok_or_else(|| Error::internal("the demo invites too many"))?;
                for guest in invitation.guests.split_whitespace() {
                    let taken = Invite::take(c, &code, true, made)?.ok_or_else(|| Error::internal("the demo invites too few"))?;
                    // Those without an account any more are counted all the same.
                    if let Some(guest) = people.get(guest) {
                        Invite::brought(c, taken, guest.id)?;
                    }
                }
            }
            let admin = find(&people, "admin")?;
            for applicant in APPLICANTS {
                let id = apply(c, applicant, &hash, now)?;
                if let (Some(answer), true) = (applicant.answer, mails) {
                    Office::of(&admin, &sealer, ago(now, applicant.minutes_ago - 400)).decline(c, id, answer)?;
                }
            }
            if mails {
                let (who, reason, minutes) = BANNED;
                Office::of(&admin, &sealer, ago(now, minutes)).ban(c, find(&people, who)?.id, reason, None)?;
                for sign_in in SIGN_INS.iter().filter(|sign_in| sign_in.who == "mina").skip(1) {
                    let at = ago(now, sign_in.minutes_ago);
                    let device = device::words(sign_in.user_agent);
                    let to = Recipient::of(c, find(&people, sign_in.who)?.id)?;
                    Mail::queue(c, &sealer, &to, Kind::Device { device, address: sign_in.address.to_owned(), at }, at)?;
                }
            }
            Ok(())
        })
        .await
}

fn ago(now: Timestamp, minutes: u32) -> Timestamp {
    now - TimeDelta::minutes(i64::from(minutes))
}

fn sign_ins(c: &mut Conn, people: &People, now: Timestamp) -> Result<()> {
    for sign_in in SIGN_INS {
        let (who, at): (UserId, Timestamp) = (find(people, sign_in.who)?.id, ago(now, sign_in.minutes_ago));
        let device = Device { user_agent: sign_in.user_agent.to_owned(), address: sign_in.address.to_owned(), ..Device::server() };
        if sign_in.refused > 0 {
            SecurityEvent::note(c, who, What::Refused, &sign_in.refused.to_string(), &device, at)?;
        }
        SecurityEvent::note(c, who, What::SignedIn, "", &device, at)?;
        if sign_in.still_open {
            Session::create(c, who, &device.user_agent, &device.address, at)?;
        } else {
            SecurityEvent::note(c, who, What::SignedOut, "", &device, at + TimeDelta::minutes(48))?;
        }
    }
    Ok(())
}

fn apply(c: &mut Conn, applicant: &Applicant, hash: &str, now: Timestamp) -> Result<i64> {
    let new = NewApplication {
        username: Username::parse(applicant.username).map_err(|message| Error::internal(message.key))?,
        email: applicant.email.to_owned(),
        password_hash: hash.to_owned(),
        description: applicant.description.to_owned(),
        reason: applicant.reason.to_owned(),
        lang: applicant.lang,
    };
    Application::add(c, &new, ago(now, applicant.minutes_ago))
}
