//! Settings → Account: what the site knows of somebody beside their public page: address, phone, birthday, gender.

use super::email_code::{EmailCode, Purpose};
use super::verify::{self, Change};
use super::{User, confirm};
use crate::error::Result;
use crate::platform::db::Conn;
use crate::urls;
use crate::web::flash::Flash;
use crate::web::i18n::Message;
use crate::web::{FieldErrors, Layout, Viewer, Visit, filters};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

/// What may be told; nobody has to.
pub const GENDERS: [&str; 4] = ["", "female", "male", "other"];

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Details {
    pub phone: String,
    pub birthday: Option<NaiveDate>,
    /// One of [`GENDERS`].
    pub gender: String,
}

/// A phone number as it is stored: digits after an optional plus, grouped as typed by spaces or hyphens; ITU-T E.164 allows fifteen.
pub fn read_phone(text: &str) -> Result<String, Message> {
    let text = text.trim();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let fits = text.chars().enumerate().all(|(at, c)| c.is_ascii_digit() || " -()".contains(c) || (c == '+' && at == 0));
    let good = text.is_empty() || (fits && (5..=15).contains(&digits) && text.len() <= 30);
    if good { Ok(text.to_owned()) } else { Err(Message::new("phone-shape")) }
}

/// A day between 1900 and today.
pub fn read_birthday(text: &str, today: NaiveDate) -> Result<Option<NaiveDate>, Message> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let day = NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").map_err(|_| Message::new("birthday-shape"))?;
    if day.year() < 1900 || day > today { Err(Message::new("birthday-shape")) } else { Ok(Some(day)) }
}

#[derive(Template)]
#[template(path = "accounts/account.html")]
struct AccountPage {
    layout: Layout,
    known: Known,
    form: Values,
    errors: FieldErrors,
}

/// What is so, whatever is typed.
struct Known {
    email: String,
    verified: bool,
    /// An address that waits to be proven.
    next_email: Option<String>,
}

/// What the forms show.
struct Values {
    email: String,
    phone: String,
    birthday: String,
    gender: String,
}

fn load(c: &mut Conn, viewer: &Viewer) -> Result<(Known, Values)> {
    let details = User::details(c, viewer.id)?;
    let next_email = EmailCode::pending(c, viewer.id, Purpose::Change)?.map(|pending| pending.email);
    let values = Values {
        email: viewer.email.clone(),
        phone: details.phone,
        birthday: details.birthday.map(|day| day.to_string()).unwrap_or_default(),
        gender: details.gender,
    };
    Ok((Known { email: viewer.email.clone(), verified: viewer.verified, next_email }, values))
}

pub async fn show(visit: Visit) -> Result<HttpResponse> {
    let (known, form) = visit.read_signed_in(load).await?;
    visit.page(|layout| AccountPage { layout, known, form, errors: FieldErrors::default() }).await
}

#[derive(Deserialize)]
pub struct DetailsForm {
    #[serde(default)]
    phone: String,
    #[serde(default)]
    birthday: String,
    #[serde(default)]
    gender: String,
}

pub async fn save(visit: Visit, form: web::Form<DetailsForm>) -> Result<HttpResponse> {
    let form = form.into_inner();
    let mut errors = FieldErrors::default();
    let phone = read_phone(&form.phone).map_err(|problem| errors.add("phone", problem));
    let birthday = read_birthday(&form.birthday, visit.state.now().date()).map_err(|problem| errors.add("birthday", problem));
    if !GENDERS.contains(&form.gender.as_str()) {
        errors.add("gender", Message::new("gender-unknown"));
    }
    let (Ok(phone), Ok(birthday), true) = (phone, birthday, errors.is_empty()) else {
        let (known, values) = visit.read_signed_in(load).await?;
        let form = Values { phone: form.phone, birthday: form.birthday, gender: form.gender, ..values };
        return visit.page_with_status(StatusCode::UNPROCESSABLE_ENTITY, |layout| AccountPage { layout, known, form, errors }).await;
    };
    let details = Details { phone, birthday, gender: form.gender };
    visit.write_own(move |c, viewer| User::set_details(c, viewer.id, &details)).await?;
    Ok(visit.go(urls::SETTINGS_ACCOUNT, Some(Flash::good("flash-settings-saved"))))
}

#[derive(Deserialize)]
pub struct EmailForm {
    #[serde(default)]
    email: String,
}

/// Reloading the form of the address leads to the page it stands on.
pub async fn to_account(visit: Visit) -> Result<HttpResponse> {
    visit.load_viewer().await?;
    Ok(visit.go(urls::SETTINGS_ACCOUNT, None))
}

pub async fn change_email(visit: Visit, form: web::Form<EmailForm>) -> Result<HttpResponse> {
    let (now, lang, sealer, email) = (visit.state.now(), visit.lang(), visit.state.sealer.clone(), form.into_inner().email);
    let viewer = visit.load_viewer().await?.ok_or(crate::error::Error::SignInNeeded)?;
    visit.state.limits.take(&verify::CODES, &viewer.id.to_string(), now).await.map_err(super::sign_in::too_many)?;
    let (typed, may_write) = (email.clone(), verify::may_write_to(&visit.state, &email).await);
    let change = visit
        .write_own(move |c, viewer| {
            confirm::recently(viewer)?;
            verify::ask_for_change(c, &sealer, viewer, &email, may_write, lang, now)
        })
        .await?;
    match change {
        Change::Sent => Ok(visit.go(urls::VERIFY, None)),
        Change::Same => Ok(visit.go(urls::SETTINGS_ACCOUNT, None)),
        Change::Problem(problem) => {
            let mut errors = FieldErrors::default();
            errors.add("email", problem);
            let (known, values) = visit.read_signed_in(load).await?;
            let form = Values { email: typed, ..values };
            visit.page_with_status(StatusCode::UNPROCESSABLE_ENTITY, |layout| AccountPage { layout, known, form, errors }).await
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones_and_birthdays_are_looked_at_before_they_are_kept() {
        for good in ["", "+82 10-1234-5678", "(02) 123 4567"] {
            assert_eq!(read_phone(good), Ok(good.to_owned()));
        }
        for bad in ["call me", "12", "+1+2345678", "1234567890123456"] {
            assert!(read_phone(bad).is_err(), "{bad}");
        }
        let today = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        assert_eq!(read_birthday(" 1990-02-28 ", today), Ok(NaiveDate::from_ymd_opt(1990, 2, 28)));
        assert_eq!(read_birthday("", today), Ok(None));
        for bad in ["1990-02-30", "28.2.1990", "2027-01-01", "1066-10-14"] {
            assert!(read_birthday(bad, today).is_err(), "{bad}");
        }
    }
}
