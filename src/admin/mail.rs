//! Whether mails went out: to whom, of what kind, and what the server said. What they say, and links in them, are nobody's business.

use super::nav::Nav;
use super::only_admins;
use crate::error::{Error, Result};
use crate::mails::{self, Counts, Entry, Mail, State};
use crate::urls;
use crate::web::paging::{Cursor, Page};
use crate::web::{Layout, Visit, filters};
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;
use std::path::PathBuf;

#[derive(Template)]
#[template(path = "admin/mail.html")]
struct MailPage {
    layout: Layout,
    nav: Nav,
    state: Option<State>,
    counts: Counts,
    rows: Page<Entry>,
    /// Where mails lie when there is no server for them.
    folder: Option<PathBuf>,
}

impl MailPage {
    fn path(&self) -> String {
        urls::admin_mail(self.state.map_or("", State::as_str))
    }

    /// All, then each state: address part, words, how many.
    fn tabs(&self) -> [(&'static str, &'static str, i64); 4] {
        let Counts { waiting, sent, failed } = self.counts;
        [
            ("", "mail-all", waiting + sent + failed),
            (State::Waiting.as_str(), "mail-waiting", waiting),
            (State::Sent.as_str(), "mail-sent", sent),
            (State::Failed.as_str(), "mail-failed", failed),
        ]
    }

    fn is_shown(&self, name: &str) -> bool {
        self.state.map_or("", State::as_str) == name
    }
}

#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    state: String,
}

pub async fn show(visit: Visit, asked: web::Query<Asked>, cursor: web::Query<Cursor>) -> Result<HttpResponse> {
    let state = match asked.state.as_str() {
        "" => None,
        name => Some(State::from_name(name).ok_or(Error::NotFound)?),
    };
    let (before, app) = (cursor.before(), visit.state.clone());
    let (rows, counts, nav) = visit
        .read(move |c, viewer| {
            only_admins(viewer)?;
            let rows = Page::new(Mail::page(c, state, before)?, mails::PAGE, before, |mail| mail.id);
            Ok((rows, Mail::counts(c)?, Nav::read(c, &app)?))
        })
        .await?;
    let folder = visit.state.mailer.folder().filter(|_| visit.is_operator());
    visit.page(|layout| MailPage { layout, nav, state, counts, rows, folder }).await
}
