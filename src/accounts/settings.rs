//! Settings that need no form of their own: language and appearance, kept in a cookie and, when signed in, with the account.

use super::{User, inviting};
use crate::error::{Error, Result};
use crate::mails::Kind;
use crate::urls;
use crate::web::flash::Flash;
use crate::web::i18n::Lang;
use crate::web::layout::Scheme;
use crate::web::{Layout, Visit, cookies, filters};
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "accounts/settings.html")]
struct SettingsPage {
    layout: Layout,
    languages: [Lang; 2],
    /// What was chosen, if anything: the browser decides otherwise.
    language: Option<Lang>,
    /// Whether only followers see what the viewer shares; nothing for visitors.
    private: Option<bool>,
    /// They may make invites.
    may_invite: bool,
}

pub async fn show(visit: Visit) -> Result<HttpResponse> {
    let private = visit.read(|c, viewer| viewer.map(|viewer| User::is_private(c, viewer.id)).transpose()).await?;
    let cookie = visit.request().cookie(cookies::LANGUAGE).and_then(|cookie| Lang::from_code(cookie.value()));
    let language = visit.viewer().and_then(|viewer| viewer.language).or(cookie);
    let may_invite = visit.viewer().is_some_and(|viewer| inviting::may_invite(&visit.state, viewer));
    visit.page(|layout| SettingsPage { layout, languages: Lang::ALL, language, private, may_invite }).await
}

#[derive(Deserialize)]
pub struct LanguageForm {
    /// `en`, `ko`, or `auto` for the browser's.
    language: String,
    next: Option<String>,
}

pub async fn set_language(visit: Visit, form: web::Form<LanguageForm>) -> Result<HttpResponse> {
    let form = form.into_inner();
    let language = match form.language.as_str() {
        "auto" => None,
        code => Some(Lang::from_code(code).ok_or_else(|| Error::BadRequest("no such language".into()))?),
    };
    if visit.load_viewer().await?.is_some() {
        visit.write_own(move |c, viewer| User::set_language(c, viewer.id, language)).await?;
    }
    back(&visit, form.next, cookies::LANGUAGE, language.map(Lang::code))
}

#[derive(Deserialize)]
pub struct AppearanceForm {
    /// `light`, `dark`, or `auto` for the system's.
    appearance: String,
    next: Option<String>,
}

pub async fn set_appearance(visit: Visit, form: web::Form<AppearanceForm>) -> Result<HttpResponse> {
    let form = form.into_inner();
    let scheme = match form.appearance.as_str() {
        "auto" => None,
        name => Some(Scheme::from_name(name).ok_or_else(|| Error::BadRequest("no such appearance".into()))?),
    };
    if visit.load_viewer().await?.is_some() {
        visit.write_own(move |c, viewer| User::set_appearance(c, viewer.id, scheme)).await?;
    }
    back(&visit, form.next, cookies::APPEARANCE, scheme.map(Scheme::as_str))
}

#[derive(Deserialize)]
pub struct ReadingForm {
    /// Whether feeds wait for a click instead of loading on.
    paging: bool,
}

pub async fn set_reading(visit: Visit, form: web::Form<ReadingForm>) -> Result<HttpResponse> {
    let paging = form.paging;
    visit.write_own(move |c, viewer| User::set_paging(c, viewer.id, paging)).await?;
    Ok(visit.go(urls::SETTINGS, Some(Flash::good("flash-settings-saved"))))
}

/// Which mails of those one can do without are wanted: `mail`, repeated.
pub async fn set_mails(visit: Visit, fields: web::Form<Vec<(String, String)>>) -> Result<HttpResponse> {
    let wanted = |kind: &str| fields.iter().any(|(name, value)| name == "mail" && value == kind);
    let quiet: Vec<&'static str> = Kind::SWITCHABLE.into_iter().filter(|kind| !wanted(kind)).collect();
    visit.write_own(move |c, viewer| User::set_quiet_mails(c, viewer.id, &quiet)).await?;
    Ok(visit.go(urls::SETTINGS_NOTIFICATIONS, Some(Flash::good("flash-settings-saved"))))
}

fn back(visit: &Visit, next: Option<String>, cookie: &'static str, value: Option<&'static str>) -> Result<HttpResponse> {
    let next = next.filter(|path| urls::is_local_path(path)).unwrap_or_else(|| urls::SETTINGS.to_owned());
    let mut response = visit.go(&next, Some(Flash::good("flash-settings-saved")));
    let cookie = match value {
        Some(value) => cookies::plain(&visit.state, cookie, value.to_owned(), Some(cookies::year())),
        None => cookies::removal(&visit.state, cookie),
    };
    response.add_cookie(&cookie).map_err(Error::internal)?;
    Ok(response)
}
