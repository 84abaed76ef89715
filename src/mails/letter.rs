//! The words of each kind of mail, in the recipient's language, as text and as HTML.

use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::platform::mail::Outgoing;
use crate::platform::seal;
use crate::state::AppState;
use crate::urls;
use crate::web::UserId;
use crate::web::i18n::{self, Arg, Lang, Message};
use askama::Template;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What a mail is about, with all it needs to say it. Sealed until it is sent.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Kind {
    /// The code that proves the address somebody signed up with.
    Verify {
        code: String,
    },
    /// After it.
    Welcome,
    /// Somebody signed up with an address that has an account: its owner alone is told.
    Exists,
    /// The code that proves a new address, to that address.
    Change {
        code: String,
    },
    /// To the old address, once there is a new one.
    Changed {
        to: String,
    },
    /// A link to a new password.
    Reset {
        token: String,
    },
    PasswordChanged,
    /// A sign-in from a browser that was not seen before.
    Device {
        device: String,
        address: String,
        at: Timestamp,
    },
    SecondFactorOn,
    SecondFactorOff,
    /// By an administrator.
    SecondFactorRemoved,
    Linked {
        provider: String,
    },
    Unlinked {
        provider: String,
    },
    /// Somebody may join.
    Approved,
    /// Somebody may not.
    Refused {
        answer: String,
    },
    Banned {
        reason: String,
        until: Option<Timestamp>,
    },
    /// A copy of everything is ready, until then.
    Export {
        until: Timestamp,
    },
    /// Everything goes on that day.
    Deletion {
        on: NaiveDate,
    },
    Deleted,
}

impl Kind {
    /// In the table, and in the list of those that are switched off.
    pub fn name(&self) -> &'static str {
        match self {
            Kind::Verify { .. } => "verify",
            Kind::Welcome => "welcome",
            Kind::Exists => "exists",
            Kind::Change { .. } => "change",
            Kind::Changed { .. } => "changed",
            Kind::Reset { .. } => "reset",
            Kind::PasswordChanged => "password_changed",
            Kind::Device { .. } => "device",
            Kind::SecondFactorOn => "second_factor_on",
            Kind::SecondFactorOff => "second_factor_off",
            Kind::SecondFactorRemoved => "second_factor_removed",
            Kind::Linked { .. } => "linked",
            Kind::Unlinked { .. } => "unlinked",
            Kind::Approved => "approved",
            Kind::Refused { .. } => "refused",
            Kind::Banned { .. } => "banned",
            Kind::Export { .. } => "export",
            Kind::Deletion { .. } => "deletion",
            Kind::Deleted => "deleted",
        }
    }

    /// What a list calls it: the name of a message.
    pub fn words(name: &str) -> Option<&'static str> {
        Some(match name {
            "verify" => "mail-kind-verify",
            "welcome" => "mail-kind-welcome",
            "exists" => "mail-kind-exists",
            "change" => "mail-kind-change",
            "changed" => "mail-kind-changed",
            "reset" => "mail-kind-reset",
            "password_changed" => "mail-kind-password-changed",
            "device" => "mail-kind-device",
            "second_factor_on" => "mail-kind-second-factor-on",
            "second_factor_off" => "mail-kind-second-factor-off",
            "second_factor_removed" => "mail-kind-second-factor-removed",
            "linked" => "mail-kind-linked",
            "unlinked" => "mail-kind-unlinked",
            "approved" => "mail-kind-approved",
            "refused" => "mail-kind-refused",
            "banned" => "mail-kind-banned",
            "export" => "mail-kind-export",
            "deletion" => "mail-kind-deletion",
            "deleted" => "mail-kind-deleted",
            _ => return None,
        })
    }

    /// Kinds that somebody may do without. The others concern the safety of the account, or were asked for.
    pub const SWITCHABLE: [&'static str; 2] = ["device", "welcome"];

    pub fn is_switchable(&self) -> bool {
        Self::SWITCHABLE.contains(&self.name())
    }
}

/// The parts of a mail, one beneath the other.
#[derive(Default)]
pub(super) struct Letter {
    subject: String,
    greeting: String,
    paragraphs: Vec<String>,
    /// To be typed: stands large.
    code: Option<String>,
    /// What it says and where it leads.
    button: Option<(String, String)>,
    /// Beneath both.
    after: Vec<String>,
    unsubscribe: Option<Unsubscribe>,
    footer: String,
    stop_words: String,
    link_words: String,
    lang: &'static str,
    site: String,
}

#[derive(Template)]
#[template(path = "mails/letter.html")]
struct Html<'a> {
    letter: &'a Letter,
}

impl Letter {
    pub fn outgoing(self, to: String, id: i64) -> Result<Outgoing> {
        let html = Html { letter: &self }.render().map_err(Error::internal)?;
        let text = self.text();
        Ok(Outgoing { to, subject: self.subject, text, html, id: id.to_string(), unsubscribe: self.unsubscribe.map(|link| link.address) })
    }

    fn text(&self) -> String {
        let mut parts = vec![self.greeting.clone()];
        parts.extend(self.paragraphs.iter().cloned());
        parts.extend(self.code.iter().map(|code| format!("    {code}")));
        parts.extend(self.button.iter().map(|(words, address)| format!("{words}:\n{address}")));
        parts.extend(self.after.iter().cloned());
        let mut foot = format!("-- \n{}", self.footer);
        if let Some(link) = &self.unsubscribe {
            foot += &format!("\n{}: {}", self.stop_words, link.address);
        }
        parts.push(foot);
        parts.join("\n\n") + "\n"
    }
}

/// A link that ends mails of one kind for one person, without signing in.
#[derive(Clone, Debug)]
pub(super) struct Unsubscribe {
    address: String,
}

impl Unsubscribe {
    pub fn of(state: &AppState, user: UserId, kind: &Kind) -> Self {
        let claim = format!("{user}.{}", kind.name());
        let sign = state.sealer.digest("unsubscribe", &claim);
        Unsubscribe { address: absolute(state, &urls::unsubscribe(format!("{claim}.{sign}"))) }
    }

    /// Whose mails of which kind a link ends, if it is one of ours.
    pub fn read(state: &AppState, token: &str) -> Option<(UserId, &'static str)> {
        let (claim, sign) = token.rsplit_once('.')?;
        let (user, kind) = claim.split_once('.')?;
        let kind = Kind::SWITCHABLE.into_iter().find(|name| *name == kind)?;
        seal::same(&state.sealer.digest("unsubscribe", claim), sign).then_some(())?;
        Some((user.parse().ok()?, kind))
    }
}

fn absolute(state: &AppState, path: &str) -> String {
    format!("{}{path}", state.config.server.public_url.as_str().trim_end_matches('/'))
}

fn time_words(at: Timestamp) -> String {
    at.format("%Y-%m-%d %H:%M UTC").to_string()
}

pub(super) fn letter(state: &AppState, lang: Lang, username: &str, kind: &Kind, unsubscribe: Option<Unsubscribe>) -> Result<Letter> {
    let site = state.config.server.public_url.host_str().unwrap_or_default().to_owned();
    let say = |key: &'static str, args: &[(&'static str, Arg)]| -> String { Message { key, args: args.to_vec() }.in_language(lang) };
    let (who, place): (Arg, Arg) = (username.into(), site.as_str().into());
    let both = [("name", who.clone()), ("site", place.clone())];
    let paragraphs =
        |text: String| -> Vec<String> { text.split("\n\n").map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect() };
    let mut letter = Letter {
        greeting: say("mail-greeting", &both),
        footer: say("mail-footer", &both),
        stop_words: i18n::text(lang, "mail-stop").to_owned(),
        link_words: i18n::text(lang, "mail-link").to_owned(),
        lang: lang.code(),
        site: site.clone(),
        unsubscribe,
        ..Letter::default()
    };
    let mut fill = |subject: &'static str, body: &'static str, args: &[(&'static str, Arg)]| {
        let args = [&both[..], args].concat();
        letter.subject = say(subject, &args);
        letter.paragraphs = paragraphs(say(body, &args));
    };
    let at = |path: &str| absolute(state, path);
    let mut button: Option<(&'static str, String)> = None;
    let mut code = None;
    let mut after = None;
    match kind {
        Kind::Verify { code: digits } => {
            fill("mail-verify-subject", "mail-verify-body", &[("code", digits.into())]);
            code = Some(digits.clone());
            after = Some("mail-verify-after");
        }
        Kind::Welcome => {
            fill("mail-welcome-subject", "mail-welcome-body", &[]);
            button = Some(("mail-welcome-button", at(urls::HOME)));
        }
        Kind::Exists => {
            fill("mail-exists-subject", "mail-exists-body", &[]);
            button = Some(("mail-exists-button", at(urls::SIGN_IN)));
            after = Some("mail-exists-after");
        }
        Kind::Change { code: digits } => {
            fill("mail-change-subject", "mail-change-body", &[("code", digits.into())]);
            code = Some(digits.clone());
            after = Some("mail-change-after");
        }
        Kind::Changed { to } => {
            fill("mail-changed-subject", "mail-changed-body", &[("to", to.into())]);
            after = Some("mail-not-you");
        }
        Kind::Reset { token } => {
            fill("mail-reset-subject", "mail-reset-body", &[]);
            button = Some(("mail-reset-button", at(&urls::password_reset(token))));
            after = Some("mail-reset-after");
        }
        Kind::PasswordChanged => {
            fill("mail-password-subject", "mail-password-body", &[]);
            button = Some(("mail-forgot-button", at(urls::PASSWORD_FORGOT)));
            after = Some("mail-not-you");
        }
        Kind::Device { device, address, at: when } => {
            let args = [("device", device.into()), ("address", address.into()), ("time", time_words(*when).into())];
            fill("mail-device-subject", "mail-device-body", &args);
            button = Some(("mail-device-button", at(urls::SETTINGS_SESSIONS)));
            after = Some("mail-not-you");
        }
        Kind::SecondFactorOn => {
            fill("mail-2fa-on-subject", "mail-2fa-on-body", &[]);
            after = Some("mail-not-you");
        }
        Kind::SecondFactorOff => {
            fill("mail-2fa-off-subject", "mail-2fa-off-body", &[]);
            after = Some("mail-not-you");
        }
        Kind::SecondFactorRemoved => {
            fill("mail-2fa-removed-subject", "mail-2fa-removed-body", &[]);
            after = Some("mail-not-you");
        }
        Kind::Linked { provider } => {
            fill("mail-linked-subject", "mail-linked-body", &[("provider", provider.into())]);
            after = Some("mail-not-you");
        }
        Kind::Unlinked { provider } => {
            fill("mail-unlinked-subject", "mail-unlinked-body", &[("provider", provider.into())]);
            after = Some("mail-not-you");
        }
        Kind::Approved => {
            fill("mail-approved-subject", "mail-approved-body", &[]);
            button = Some(("mail-approved-button", at(urls::SIGN_IN)));
        }
        Kind::Refused { answer } if answer.is_empty() => fill("mail-refused-subject", "mail-refused-body", &[]),
        Kind::Refused { answer } => fill("mail-refused-subject", "mail-refused-body-answer", &[("answer", answer.into())]),
        Kind::Banned { reason, until } => {
            let reason: Arg = reason.into();
            match until {
                Some(until) => {
                    fill("mail-banned-subject", "mail-banned-body-until", &[("reason", reason), ("until", time_words(*until).into())])
                }
                None => fill("mail-banned-subject", "mail-banned-body", &[("reason", reason)]),
            }
        }
        Kind::Export { until } => {
            fill("mail-export-subject", "mail-export-body", &[("until", time_words(*until).into())]);
            button = Some(("mail-export-button", at(urls::SETTINGS_EXPORT)));
        }
        Kind::Deletion { on } => {
            fill("mail-deletion-subject", "mail-deletion-body", &[("day", on.to_string().into())]);
            button = Some(("mail-deletion-button", at(urls::SIGN_IN)));
        }
        Kind::Deleted => fill("mail-deleted-subject", "mail-deleted-body", &[]),
    }
    letter.code = code;
    letter.button = button.map(|(words, address)| (i18n::text(lang, words).to_owned(), address));
    letter.after = after.map(|key| paragraphs(i18n::text(lang, key).to_owned())).unwrap_or_default();
    if letter.subject.contains(['\r', '\n']) {
        return Err(Error::internal("the subject of a mail has several lines"));
    }
    Ok(letter)
}
