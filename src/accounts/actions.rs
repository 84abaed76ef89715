//! Signing up and out.

use super::entry::{self, How};
use super::pages::{SignUpPage, SignUpValues};
use super::password;
use super::{NewUser, Session, User, Username, email_problem, read_description, social, verify};
use crate::error::{Error, Result, Unique};
use crate::platform::db::Conn;
use crate::platform::turns::Lane;
use crate::urls;
use crate::web::flash::Flash;
use crate::web::i18n::Message;
use crate::web::visit::Wants;
use crate::web::{FieldErrors, Role, Visit, cookies};
use actix_web::http::StatusCode;
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

    let password_hash = password::hash(&visit.state, Lane::Stranger(visit.network()), form.password.clone()).await?;
    let (now, lang, sealer) = (visit.state.now(), visit.lang(), visit.state.sealer.clone());
    let new = NewUser { username, email: form.email.clone(), password_hash, description, role: Role::Member, created_at: now };
    let mailed = visit.state.mailer.is_real();
    let created = visit
        .state
        .db
        .write(move |c| {
            let id = if mailed { User::create_claiming(c, &new)? } else { User::create(c, &new)? };
            verify::begin(c, &sealer, id, new.email.trim(), lang, now)?;
            Ok(id)
        })
        .await;
    let user = match created {
        Ok(user) => user,
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
    entry::enter(&visit, user, How::SignUp, form.next.as_deref(), Some(Flash::good("flash-welcome"))).await
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
    // With mail only its owner hears of it (see `verify::begin`).
    if email_taken && !visit.state.mailer.is_real() {
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
    visit.page_with_status(StatusCode::UNPROCESSABLE_ENTITY, |layout| SignUpPage { layout, form, errors, suggestion, ways: social::ways_to_join(&visit.state) }).await
}

pub async fn sign_out(visit: Visit) -> Result<HttpResponse> {
    if let Some(id) = visit.session_id().map(str::to_owned) {
        visit.state.db.write(move |c| Session::end(c, &id)).await?;
    }
    let mut response = visit.go(urls::HOME, Some(Flash::good("flash-signed-out")));
    response.add_cookie(&cookies::removal(&visit.state, cookies::SESSION)).map_err(Error::internal)?;
    Ok(response)
}
