//! Signing up, in and out.

use super::pages::{SignInPage, SignUpPage, SignUpValues};
use super::password::{self, Verdict};
use super::{NewUser, Session, User, Username, email_problem, read_description};
use crate::error::{Error, Result, Unique};
use crate::platform::db::Conn;
use crate::urls;
use crate::web::flash::Flash;
use crate::web::i18n::Message;
use crate::web::visit::Wants;
use crate::web::{FieldErrors, Role, Visit, cookies, respond};
use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, web};
use serde::Deserialize;

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
    next: Option<String>,
    /// People do not see this field; programs that fill every field do.
    #[serde(default)]
    website: String,
}

pub async fn sign_up(visit: Visit, form: web::Form<SignUpForm>) -> Result<HttpResponse> {
    let form = form.into_inner();
    let mut errors = FieldErrors::default();
    if !form.website.is_empty() {
        errors.add("form", Message::new("signup-robot"));
    }
    let username =
        Username::parse(&form.username).and_then(|name| if name.is_reserved() { Err(Message::new("username-reserved")) } else { Ok(name) });
    if let Err(message) = &username {
        errors.add("username", message.clone());
    }
    if let Some(message) = email_problem(&form.email) {
        errors.add("email", message);
    }
    let description = read_description(&form.description);
    if let Err(message) = &description {
        errors.add("description", message.clone());
    }
    password::check_new(&form.password, &form.password_again, &form.username, &form.email, &mut errors);

    // Taken names are told together with everything else, so that nobody finds out one problem at a time.
    let suggestion = match &username {
        Ok(username) => note_taken(&visit, username, &form.email, &mut errors).await?,
        Err(_) => None,
    };
    let (Ok(username), Ok(description), true) = (username, description, errors.is_empty()) else {
        return refuse_sign_up(&visit, form, errors, suggestion).await;
    };

    let password_hash = password::hash(&visit.state, form.password.clone()).await?;
    let (now, device) = (visit.state.now(), Device::of(&visit));
    let new = NewUser { username, email: form.email.clone(), password_hash, description, role: Role::Member, created_at: now };
    let created = visit
        .state
        .db
        .write(move |c| {
            let id = User::create(c, &new)?;
            device.start_session(c, id, now)
        })
        .await;
    let session = match created {
        Ok(session) => session,
        // Somebody was faster by milliseconds.
        Err(Error::Taken(unique @ (Unique::Username | Unique::Email))) => {
            match unique {
                Unique::Email => errors.add("email", Message::new("email-taken")),
                _ => errors.add("username", Message::new("username-taken")),
            }
            return refuse_sign_up(&visit, form, errors, None).await;
        }
        Err(error) => return Err(error),
    };
    let next = form.next.filter(|path| urls::is_local_path(path)).unwrap_or_else(|| urls::HOME.to_owned());
    Ok(signed_in(&visit, session, &next, Some(Flash::good("flash-welcome"))))
}

/// Looks whether name and address are free, and for a free name near a taken one.
async fn note_taken(visit: &Visit, username: &Username, email: &str, errors: &mut FieldErrors) -> Result<Option<String>> {
    let (name, email) = (username.clone(), email.to_owned());
    let (name_taken, email_taken, suggestion) = visit
        .state
        .db
        .read(move |c| {
            let (name_taken, email_taken) = User::taken(c, &name, &email)?;
            let suggestion = if name_taken { free_name_near(c, &name)? } else { None };
            Ok((name_taken, email_taken, suggestion))
        })
        .await?;
    if name_taken {
        errors.add("username", Message::new("username-taken"));
    }
    if email_taken {
        errors.add("email", Message::new("email-taken"));
    }
    Ok(suggestion)
}

fn free_name_near(c: &mut Conn, name: &Username) -> Result<Option<String>> {
    let near: Vec<Username> = (2..=9).filter_map(|n| Username::parse(&format!("{}_{n}", name.as_str())).ok()).collect();
    let keys: Vec<String> = near.iter().map(Username::key).collect();
    let taken = User::existing_names(c, &keys)?;
    Ok(near.into_iter().find(|name| !taken.contains(&name.key())).map(|name| name.as_str().to_owned()))
}

async fn refuse_sign_up(visit: &Visit, form: SignUpForm, errors: FieldErrors, suggestion: Option<String>) -> Result<HttpResponse> {
    if visit.wants == Wants::Json {
        return Ok(visit.invalid_json(StatusCode::UNPROCESSABLE_ENTITY, &errors));
    }
    let form = SignUpValues {
        username: form.username,
        email: form.email,
        description: form.description,
        next: form.next.filter(|path| urls::is_local_path(path)),
    };
    visit.page_with_status(StatusCode::UNPROCESSABLE_ENTITY, |layout| SignUpPage { layout, form, errors, suggestion }).await
}

#[derive(Deserialize)]
pub struct SignInForm {
    #[serde(default)]
    username: String,
    #[serde(default)]
    password: String,
    next: Option<String>,
}

pub async fn sign_in(visit: Visit, form: web::Form<SignInForm>) -> Result<HttpResponse> {
    let form = form.into_inner();
    let next = form.next.filter(|path| urls::is_local_path(path));
    let login = form.username.clone();
    // A longer password than any account can have is not worth hashing, but the answer is the same.
    let password: String = form.password.chars().take(password::MOST + 1).collect();
    let user = visit.state.db.read(move |c| User::find_by_login(c, &login)).await?;
    let stored = user.as_ref().map(|user| user.password_hash.clone());
    let verdict = password::verify(&visit.state, stored, password.clone()).await?;
    let (user, rehash) = match (user, verdict) {
        (Some(user), Verdict::Right) => (user, None),
        (Some(user), Verdict::RightButOld) => (user, Some(password::hash(&visit.state, password).await?)),
        (Some(user), Verdict::Unreadable) => {
            tracing::warn!(user = user.id.get(), "the stored password of an account is not readable");
            return refuse_sign_in(&visit, form.username, next, "signin-unreadable").await;
        }
        _ => return refuse_sign_in(&visit, form.username, next, "signin-wrong").await,
    };
    let (now, device) = (visit.state.now(), Device::of(&visit));
    let session = visit
        .state
        .db
        .write(move |c| {
            if let Some(hash) = rehash {
                User::set_password_hash(c, user.id, &hash)?;
            }
            Session::delete_expired(c, now)?;
            device.start_session(c, user.id, now)
        })
        .await?;
    Ok(signed_in(&visit, session, next.as_deref().unwrap_or(urls::HOME), None))
}

async fn refuse_sign_in(visit: &Visit, username: String, next: Option<String>, message: &'static str) -> Result<HttpResponse> {
    let mut errors = FieldErrors::default();
    errors.add("form", Message::new(message));
    if visit.wants == Wants::Json {
        return Ok(visit.invalid_json(StatusCode::UNPROCESSABLE_ENTITY, &errors));
    }
    visit.page_with_status(StatusCode::UNPROCESSABLE_ENTITY, |layout| SignInPage { layout, username, next, errors }).await
}

pub async fn sign_out(visit: Visit) -> Result<HttpResponse> {
    if let Some(id) = visit.session_id().map(str::to_owned) {
        visit.state.db.write(move |c| Session::end(c, &id)).await?;
    }
    let mut response = visit.go(urls::HOME, Some(Flash::good("flash-signed-out")));
    response.add_cookie(&cookies::removal(&visit.state, cookies::SESSION)).map_err(Error::internal)?;
    Ok(response)
}

/// Where a session is started from.
struct Device {
    user_agent: String,
    address: String,
    /// The session this browser had before: it ends with the new one.
    earlier: Option<String>,
}

impl Device {
    fn of(visit: &Visit) -> Self {
        Device {
            user_agent: visit.header(header::USER_AGENT).unwrap_or_default().to_owned(),
            address: visit.request().peer_addr().map(|peer| peer.ip().to_string()).unwrap_or_default(),
            earlier: visit.session_id().map(str::to_owned),
        }
    }

    fn start_session(&self, c: &mut Conn, user: crate::web::UserId, now: crate::clock::Timestamp) -> Result<String> {
        if let Some(earlier) = &self.earlier {
            Session::end(c, earlier)?;
        }
        Session::create(c, user, &self.user_agent, &self.address, now)
    }
}

fn signed_in(visit: &Visit, session: String, next: &str, flash: Option<Flash>) -> HttpResponse {
    let mut response = visit.go(next, flash);
    if let Err(error) = response.add_cookie(&respond::session_cookie(visit, session)) {
        tracing::error!(%error, "the session cookie could not be set");
    }
    response
}
