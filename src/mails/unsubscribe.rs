//! The link at the foot of a mail that ends mails of its kind: one click of a mail program (RFC 8058), or a page with one button.
//! Looking at it changes nothing: mail scanners look at every link.

use super::letter::Unsubscribe;
use crate::error::{Error, Result};
use crate::platform::db::Conn;
use crate::schema::users;
use crate::web::{Layout, UserId, Visit, filters};
use actix_web::{HttpResponse, web};
use askama::Template;
use diesel::prelude::*;

#[derive(Template)]
#[template(path = "mails/unsubscribe.html")]
struct UnsubscribePage {
    layout: Layout,
    kind: &'static str,
    done: bool,
}

pub async fn show(visit: Visit, token: web::Path<String>) -> Result<HttpResponse> {
    let (_, kind) = Unsubscribe::read(&visit.state, &token).ok_or(Error::NotFound)?;
    visit.load_viewer().await?;
    visit.page(|layout| UnsubscribePage { layout, kind: words(kind), done: false }).await
}

pub async fn stop(visit: Visit, token: web::Path<String>) -> Result<HttpResponse> {
    let (user, kind) = Unsubscribe::read(&visit.state, &token).ok_or(Error::NotFound)?;
    visit.state.db.write(move |c| switch_off(c, user, kind)).await?;
    visit.load_viewer().await?;
    visit.page(|layout| UnsubscribePage { layout, kind: words(kind), done: true }).await
}

fn words(kind: &'static str) -> &'static str {
    super::Kind::words(kind).unwrap_or("mail-kind-device")
}

fn switch_off(c: &mut Conn, user: UserId, kind: &str) -> Result<()> {
    let quiet: Option<String> = users::table.find(user).select(users::quiet_mails).first(c).optional()?;
    // The account is gone, and its mails with it.
    let Some(quiet) = quiet else { return Ok(()) };
    if quiet.split(' ').any(|name| name == kind) {
        return Ok(());
    }
    let quiet = format!("{quiet} {kind}");
    diesel::update(users::table.find(user)).set(users::quiet_mails.eq(quiet.trim())).execute(c)?;
    Ok(())
}
