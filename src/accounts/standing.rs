//! Where an applicant stands: waiting, declined with an answer, or in. Whoever applied is known by a signed cookie, or by name and
//! password at the sign-in (see `sign_in`).

use super::User;
use super::application::Application;
use crate::error::{Error, Result};
use crate::urls;
use crate::web::flash::Flash;
use crate::web::{Layout, Visit, cookies, filters};
use actix_web::HttpResponse;
use actix_web::cookie::time::Duration;
use askama::Template;

/// As long as an application that was declined can be read, and the wait before.
const REMEMBERED: Duration = Duration::days(90);

#[derive(Template)]
#[template(path = "accounts/standing.html")]
struct StandingPage {
    layout: Layout,
    name: String,
    standing: Standing,
    /// They will hear by mail.
    mailed: bool,
}

enum Standing {
    Waiting(Application),
    Refused(Application),
    /// There is an account of that name now.
    In,
}

/// Whose application this browser has: its id, and its name, which outlives it.
fn remembered(visit: &Visit) -> Option<(i64, String)> {
    let value = cookies::read_signed(&visit.state, visit.request(), cookies::APPLICATION)?;
    let (id, name) = value.split_once('.')?;
    Some((id.parse().ok()?, name.to_owned()))
}

/// Whether this browser has an application that nobody has decided about.
pub async fn is_waiting(visit: &Visit) -> Result<bool> {
    let Some((id, _)) = remembered(visit) else { return Ok(false) };
    visit.state.db.read(move |c| Ok(Application::find(c, id)?.is_some_and(|found| found.is_waiting()))).await
}

/// Leads somebody who has just applied, or shown that it was them, to their page.
pub fn lead(visit: &Visit, id: i64, name: &str, flash: Option<Flash>) -> Result<HttpResponse> {
    let mut response = visit.go(urls::SIGN_UP_STATUS, flash);
    let cookie = cookies::signed(&visit.state, cookies::APPLICATION, format!("{id}.{name}"), Some(REMEMBERED));
    response.add_cookie(&cookie).map_err(Error::internal)?;
    Ok(response)
}

pub async fn show(visit: Visit) -> Result<HttpResponse> {
    if visit.load_viewer().await?.is_some() {
        return Ok(visit.go(urls::HOME, None));
    }
    let Some((id, name)) = remembered(&visit) else { return Ok(visit.go(urls::SIGN_UP, None)) };
    let asked = name.clone();
    let standing = visit
        .read(move |c, _| {
            Ok(match Application::find(c, id)? {
                Some(found) if found.is_waiting() => Some(Standing::Waiting(found)),
                Some(found) => Some(Standing::Refused(found)),
                None => User::find_by_username(c, &asked)?.map(|_| Standing::In),
            })
        })
        .await?;
    let Some(standing) = standing else { return forget(visit.go(urls::SIGN_UP, None), &visit) };
    let mailed = visit.state.mailer.is_real();
    visit.page(|layout| StandingPage { layout, name, standing, mailed }).await
}

/// They would rather not. The name is free again, and nothing is kept.
pub async fn withdraw(visit: Visit) -> Result<HttpResponse> {
    if let Some((id, _)) = remembered(&visit) {
        visit.state.db.write(move |c| Application::withdraw(c, id)).await?;
    }
    forget(visit.go(urls::HOME, Some(Flash::good("flash-withdrawn"))), &visit)
}

fn forget(mut response: HttpResponse, visit: &Visit) -> Result<HttpResponse> {
    response.add_cookie(&cookies::removal(&visit.state, cookies::APPLICATION)).map_err(Error::internal)?;
    Ok(response)
}
