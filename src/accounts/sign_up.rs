//! Signing up: open to all, by invite, by application, or not at all (`REGISTRATION`).
//!
//! Programs are kept out without a puzzle: a field people do not see refuses whoever fills it, and a form that comes without the
//! mark of when it was opened, or sooner than anybody types, counts double against what one network may do. The mark never refuses.

use super::application::{self, Application, NewApplication};
use super::entry::{self, How};
use super::invite::Invite;
use super::password;
use super::sign_in::{set_retry_after, wait_message};
use super::social::{self, Way};
use super::standing;
use super::{NewUser, User, Username, email_problem, read_description, verify};
use crate::config::Registration;
use crate::error::{Error, Result, Unique};
use crate::mails::{Kind, Mail, Recipient};
use crate::platform::db::Conn;
use crate::platform::limits::Rule;
use crate::platform::seal;
use crate::platform::turns::Lane;
use crate::urls;
use crate::web::flash::Flash;
use crate::web::i18n::Message;
use crate::web::visit::Wants;
use crate::web::{FieldErrors, Layout, Role, Visit, filters};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;
use std::time::Duration;

/// Accounts of one network: a school class signs up within an hour.
const NETWORK: Rule = Rule { name: "sign-up", burst: 40, every: Duration::from_secs(90) };
/// Forms of one network that were refused at their fields. They tell which names are taken, so there is an end to them as well.
const MISTAKES: Rule = Rule { name: "sign-up mistakes", burst: 200, every: Duration::from_secs(20) };

const MARK: &str = "sign-up form";
/// Nobody fills in this form sooner.
const QUICKEST_MILLIS: i64 = 2_000;
const OLDEST_MILLIS: i64 = 24 * 3_600 * 1_000;

#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    next: Option<String>,
    invite: Option<String>,
}

#[derive(Template)]
#[template(path = "accounts/sign_up.html")]
struct SignUpPage {
    layout: Layout,
    form: Values,
    errors: FieldErrors,
    /// A username that is free, when the wanted one is not.
    suggestion: Option<String>,
    /// Who invites.
    host: Option<String>,
    /// Administrators decide: they are told why somebody would like to join.
    asks_reason: bool,
    /// The link of an invite is missing or no longer good.
    asks_invite: bool,
    /// When this form was made, signed.
    mark: String,
    /// Other ways to come in.
    ways: Vec<Way>,
}

impl SignUpPage {
    /// For other ways in: the invite, when it is good.
    fn invite(&self) -> Option<&str> {
        self.host.as_ref().map(|_| self.form.invite.as_str())
    }
}

/// What the form shows again; passwords are never among it.
#[derive(Clone, Debug, Default)]
struct Values {
    username: String,
    email: String,
    description: String,
    reason: String,
    invite: String,
    next: Option<String>,
}

/// For those who cannot sign up now.
#[derive(Template)]
#[template(path = "accounts/no_sign_up.html")]
struct NoSignUpPage {
    layout: Layout,
    /// A link would help; without, nobody can.
    by_invite: bool,
    /// What was pasted, if anything.
    invite: String,
    next: Option<String>,
    errors: FieldErrors,
}

pub async fn show(visit: Visit, query: web::Query<Asked>) -> Result<HttpResponse> {
    if visit.load_viewer().await?.is_some() {
        return Ok(visit.go(urls::HOME, None));
    }
    let asked = query.into_inner();
    let (registration, next) = (visit.state.config.accounts.registration, asked.next.filter(|path| urls::is_local_path(path)));
    if registration == Registration::Approval && standing::is_waiting(&visit).await? {
        return Ok(visit.go(urls::SIGN_UP_STATUS, None));
    }
    let invite = asked.invite.unwrap_or_default();
    let host = if registration == Registration::Invite { host(&visit, &invite).await? } else { None };
    let mut errors = FieldErrors::default();
    match registration {
        Registration::Closed => return refuse_all(&visit, StatusCode::OK).await,
        Registration::Invite if host.is_none() => {
            if !invite.is_empty() {
                errors.add("invite", Message::new("invite-not-good"));
            }
            let status = if invite.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
            return visit.page_with_status(status, |layout| NoSignUpPage { layout, by_invite: true, invite, next, errors }).await;
        }
        Registration::Open | Registration::Invite | Registration::Approval => {}
    }
    let form = Values { next, invite: if host.is_some() { invite } else { String::new() }, ..Values::default() };
    draw(&visit, StatusCode::OK, form, errors, None, host).await
}

/// Who invites by what somebody pasted.
async fn host(visit: &Visit, invite: &str) -> Result<Option<String>> {
    let Some(code) = Invite::code_in(invite) else { return Ok(None) };
    let (members, now) = (visit.state.config.accounts.members_invite, visit.state.now());
    visit.state.db.read(move |c| Invite::host(c, &code, members, now)).await
}

#[derive(Deserialize)]
pub struct SignUpForm {
    #[serde(default)]
    username: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    password_again: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    reason: String,
    /// The link of an invite, or its code; in the address otherwise.
    #[serde(default)]
    invite: String,
    next: Option<String>,
    /// When the form was made, signed.
    #[serde(default)]
    opened: String,
    /// People do not see this field; programs that fill every field do.
    #[serde(default)]
    website: String,
}

impl SignUpForm {
    fn values(self) -> Values {
        Values {
            username: self.username,
            email: self.email,
            description: self.description,
            reason: self.reason,
            invite: self.invite,
            next: self.next.filter(|path| urls::is_local_path(path)),
        }
    }
}

/// What came of a form without a mistake.
enum Joined {
    Member(crate::web::UserId),
    Applicant(i64),
    /// Somebody else has just had the last use of the link.
    InviteGone,
}

pub async fn sign_up(visit: Visit, query: web::Query<Asked>, form: web::Form<SignUpForm>) -> Result<HttpResponse> {
    let (mut form, asked) = (form.into_inner(), query.into_inner());
    if form.invite.trim().is_empty() {
        form.invite = asked.invite.unwrap_or_default();
    }
    form.next = form.next.or(asked.next);
    let registration = visit.state.config.accounts.registration;
    if registration == Registration::Closed {
        return refuse_all(&visit, StatusCode::FORBIDDEN).await;
    }
    let (now, weight) = (visit.state.now(), if is_timely(&visit, &form.opened) { 1 } else { 2 });
    if let Err(wait) = take(&visit, weight).await {
        return refuse_for_now(&visit, form, wait).await;
    }
    let mut errors = FieldErrors::default();
    if !form.website.is_empty() {
        errors.add("form", Message::new("signup-robot"));
        return refuse(&visit, form, errors, None).await;
    }
    let checked = check(&form, registration, &mut errors);
    let code = Invite::code_in(&form.invite);
    if registration == Registration::Invite && host(&visit, &form.invite).await?.is_none() {
        errors.add("invite", Message::new(if form.invite.trim().is_empty() { "invite-needed" } else { "invite-not-good" }));
    }
    // Taken names are told together with everything else, so that nobody finds out one problem at a time.
    let suggestion = match &checked.username {
        Some(username) => note_taken(&visit, username, &form.email, &mut errors).await?,
        None => None,
    };
    let (Some(username), true) = (checked.username, errors.is_empty()) else {
        give_back(&visit, weight).await;
        if let Err(wait) = visit.state.limits.take(&MISTAKES, &visit.network(), now).await {
            return refuse_for_now(&visit, form, wait).await;
        }
        return refuse(&visit, form, errors, suggestion).await;
    };

    let password_hash = password::hash(&visit.state, Lane::Stranger(visit.network()), form.password.clone()).await?;
    let (lang, sealer, members_invite) = (visit.lang(), visit.state.sealer.clone(), visit.state.config.accounts.members_invite);
    let (mailed, may_write) = (visit.state.mailer.is_real(), verify::may_write_to(&visit.state, &form.email).await);
    let (name, email, description, reason) = (username.clone(), form.email.clone(), checked.description, checked.reason);
    let joined = visit
        .state
        .db
        .write(move |c| {
            if registration == Registration::Approval {
                return apply(
                    c,
                    &sealer,
                    NewApplication { username, email, password_hash, description, reason, lang },
                    mailed && may_write,
                    now,
                );
            }
            let invite = match registration {
                Registration::Invite => match Invite::take(c, code.as_deref().unwrap_or_default(), members_invite, now)? {
                    None => return Ok(Joined::InviteGone),
                    taken => taken,
                },
                _ => None,
            };
            let new = NewUser { username, email, password_hash, description, role: Role::Member, created_at: now };
            let id = if mailed { User::create_claiming(c, &new)? } else { User::create(c, &new)? };
            if let Some(invite) = invite {
                Invite::brought(c, invite, id)?;
            }
            verify::begin(c, &sealer, id, new.email.trim(), may_write, lang, now)?;
            Ok(Joined::Member(id))
        })
        .await;
    match joined {
        Ok(Joined::Member(user)) => entry::enter(&visit, user, How::SignUp, form.next.as_deref(), Some(Flash::good("flash-welcome"))).await,
        Ok(Joined::Applicant(id)) => standing::lead(&visit, id, name.as_str(), Some(Flash::good("flash-applied"))),
        Ok(Joined::InviteGone) => {
            errors.add("invite", Message::new("invite-not-good"));
            refuse(&visit, form, errors, None).await
        }
        // Somebody was faster by milliseconds.
        Err(Error::Taken(unique @ (Unique::Username | Unique::Email))) => {
            match unique {
                Unique::Email => errors.add("email", Message::new("email-taken")),
                _ => errors.add("username", Message::new("username-taken")),
            }
            refuse(&visit, form, errors, None).await
        }
        Err(error) => Err(error),
    }
}

/// An application in the place of an account.
fn apply(c: &mut Conn, sealer: &seal::Sealer, new: NewApplication, may_write: bool, now: crate::clock::Timestamp) -> Result<Joined> {
    let id = Application::add(c, &new, now)?;
    // As at any sign-up: only the owner of a known address hears that it is known.
    if may_write && let Some(owner) = User::proven_owner(c, &new.email)? {
        let owner = Recipient::of(c, owner)?;
        Mail::queue(c, sealer, &owner, Kind::Exists, now)?;
    }
    Ok(Joined::Applicant(id))
}

/// What is right in a form.
struct Checked {
    username: Option<Username>,
    description: String,
    reason: String,
}

fn check(form: &SignUpForm, registration: Registration, errors: &mut FieldErrors) -> Checked {
    let username = Username::parse(&form.username)
        .and_then(|name| if name.is_reserved() { Err(Message::new("username-reserved")) } else { Ok(name) })
        .map_err(|message| errors.add("username", message))
        .ok();
    if let Some(message) = email_problem(&form.email) {
        errors.add("email", message);
    }
    let description = read_description(&form.description).map_err(|message| errors.add("description", message)).unwrap_or_default();
    password::check_new(&form.password, &form.password_again, &form.username, &form.email, errors);
    let reason = match registration {
        Registration::Approval => {
            application::read_reason(&form.reason).map_err(|message| errors.add("reason", message)).unwrap_or_default()
        }
        _ => String::new(),
    };
    Checked { username, description, reason }
}

/// Looks whether name and address are free, and for a free name near a taken one.
async fn note_taken(visit: &Visit, username: &Username, email: &str, errors: &mut FieldErrors) -> Result<Option<String>> {
    let (name, email) = (username.clone(), email.to_owned());
    let (name_taken, email_taken, suggestion) = visit
        .state
        .db
        .read(move |c| {
            let (name_taken, email_taken) = User::taken(c, &name, &email)?;
            let name_kept = name_taken || !Application::names_among(c, &[name.key()])?.is_empty();
            let email_taken = email_taken || Application::waits_at(c, &email)?;
            let suggestion = if name_kept { free_name_near(c, &name)? } else { None };
            Ok((name_kept, email_taken, suggestion))
        })
        .await?;
    if name_taken {
        errors.add("username", Message::new("username-taken"));
    }
    // With mail only its owner hears of it (see `verify::begin`).
    if email_taken && !visit.state.mailer.is_real() {
        errors.add("email", Message::new("email-taken"));
    }
    Ok(suggestion)
}

fn free_name_near(c: &mut Conn, name: &Username) -> Result<Option<String>> {
    let near: Vec<Username> = (2..=9).filter_map(|n| Username::parse(&format!("{}_{n}", name.as_str())).ok()).collect();
    let keys: Vec<String> = near.iter().map(Username::key).collect();
    let mut taken = User::existing_names(c, &keys)?;
    taken.extend(Application::names_among(c, &keys)?);
    Ok(near.into_iter().find(|name| !taken.contains(&name.key())).map(|name| name.as_str().to_owned()))
}

/// When a form is made, for [`is_timely`].
fn mark(visit: &Visit) -> String {
    let millis = visit.state.now().and_utc().timestamp_millis().to_string();
    format!("{millis}.{}", visit.state.sealer.digest(MARK, &millis))
}

/// Whether a form was open as long as somebody needs who types.
fn is_timely(visit: &Visit, mark: &str) -> bool {
    let Some((millis, sign)) = mark.split_once('.') else { return false };
    let Ok(opened) = millis.parse::<i64>() else { return false };
    let open_for = visit.state.now().and_utc().timestamp_millis().saturating_sub(opened);
    seal::same(&visit.state.sealer.digest(MARK, millis), sign) && (QUICKEST_MILLIS..=OLDEST_MILLIS).contains(&open_for)
}

async fn take(visit: &Visit, weight: u32) -> Result<(), Duration> {
    let network = visit.network();
    for taken in 0..weight {
        if let Err(wait) = visit.state.limits.take(&NETWORK, &network, visit.state.now()).await {
            give_back(visit, taken).await;
            return Err(wait);
        }
    }
    Ok(())
}

async fn give_back(visit: &Visit, weight: u32) {
    for _ in 0..weight {
        visit.state.limits.give_back(&NETWORK, &visit.network()).await;
    }
}

async fn refuse(visit: &Visit, form: SignUpForm, errors: FieldErrors, suggestion: Option<String>) -> Result<HttpResponse> {
    refuse_with(visit, StatusCode::UNPROCESSABLE_ENTITY, form, errors, suggestion).await
}

async fn refuse_for_now(visit: &Visit, form: SignUpForm, wait: Duration) -> Result<HttpResponse> {
    let mut errors = FieldErrors::default();
    errors.add("form", wait_message(wait));
    let mut response = refuse_with(visit, StatusCode::TOO_MANY_REQUESTS, form, errors, None).await?;
    set_retry_after(&mut response, wait);
    Ok(response)
}

async fn refuse_with(
    visit: &Visit,
    status: StatusCode,
    form: SignUpForm,
    errors: FieldErrors,
    suggestion: Option<String>,
) -> Result<HttpResponse> {
    if visit.wants == Wants::Json {
        return Ok(visit.invalid_json(status, &errors));
    }
    let by_invite = visit.state.config.accounts.registration == Registration::Invite;
    let host = if by_invite && !errors.has("invite") { host(visit, &form.invite).await? } else { None };
    draw(visit, status, form.values(), errors, suggestion, host).await
}

/// Nobody signs up here now.
async fn refuse_all(visit: &Visit, status: StatusCode) -> Result<HttpResponse> {
    if visit.wants == Wants::Json {
        let mut errors = FieldErrors::default();
        errors.add("form", Message::new("signup-closed-title"));
        return Ok(visit.invalid_json(status, &errors));
    }
    let (invite, next, errors) = (String::new(), None, FieldErrors::default());
    visit.page_with_status(status, |layout| NoSignUpPage { layout, by_invite: false, invite, next, errors }).await
}

async fn draw(
    visit: &Visit,
    status: StatusCode,
    form: Values,
    errors: FieldErrors,
    suggestion: Option<String>,
    host: Option<String>,
) -> Result<HttpResponse> {
    let registration = visit.state.config.accounts.registration;
    let asks_reason = registration == Registration::Approval;
    let asks_invite = registration == Registration::Invite && host.is_none();
    let mark = mark(visit);
    let ways = if host.is_some() { social::ways(&visit.state) } else { social::ways_to_join(&visit.state) };
    visit
        .page_with_status(status, |layout| SignUpPage { layout, form, errors, suggestion, host, asks_reason, asks_invite, mark, ways })
        .await
}
