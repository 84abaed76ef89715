//! `/notifications`: the list, and which kinds somebody wants.

use super::list::Entry;
use super::{Kind, Notification};
use crate::accounts::User;
use crate::error::Result;
use crate::mails;
use crate::urls;
use crate::web::paging::{Cursor, Page};
use crate::web::{Layout, Visit, filters};
use actix_web::{HttpResponse, web};
use askama::Template;

/// The list, new rows apart from those that were read.
#[derive(Template)]
#[template(path = "notifications/show.html", blocks = ["list"])]
pub struct NotificationsPage {
    layout: Layout,
    entries: Page<Entry>,
    path: &'static str,
}

/// The rows of a further page.
#[derive(Template)]
#[template(path = "notifications/more.hx.html")]
struct MoreNotifications {
    entries: Page<Entry>,
    path: &'static str,
}

impl NotificationsPage {
    fn new_ones(&self) -> Vec<&Entry> {
        self.entries.rows.iter().filter(|entry| entry.unread).collect()
    }

    fn earlier(&self) -> Vec<&Entry> {
        self.entries.rows.iter().filter(|entry| !entry.unread).collect()
    }

    /// The newest there is on this page: what is marked as read reaches up to it.
    fn until(&self) -> i64 {
        self.entries.rows.iter().map(|entry| entry.latest).max().unwrap_or_default()
    }
}

pub async fn show(visit: Visit, cursor: web::Query<Cursor>) -> Result<HttpResponse> {
    let before = cursor.before();
    let entries = visit.read_signed_in(move |c, viewer| Notification::list(c, viewer.id, before)).await?;
    if visit.is_fragment() {
        let path = urls::NOTIFICATIONS;
        if entries.continued {
            return visit.fragment(&MoreNotifications { entries, path });
        }
        return visit.fragment(&NotificationsPage { layout: visit.layout(), entries, path }.as_list());
    }
    visit.page(|layout| NotificationsPage { layout, entries, path: urls::NOTIFICATIONS }).await
}

/// A switch for each kind.
#[derive(Template)]
#[template(path = "notifications/settings.html")]
pub struct NotificationSettingsPage {
    layout: Layout,
    kinds: Vec<(Kind, bool)>,
    /// Mails one can do without: name, words, whether they come.
    mails: Vec<(&'static str, &'static str, bool)>,
}

pub async fn settings(visit: Visit) -> Result<HttpResponse> {
    let (quiet, without) =
        visit.read_signed_in(|c, viewer| Ok((Notification::quiet_kinds(c, viewer.id)?, User::quiet_mails(c, viewer.id)?))).await?;
    let mail = |name: &'static str| Some((name, mails::Kind::words(name)?, !without.iter().any(|quiet| quiet == name)));
    let mails = mails::Kind::SWITCHABLE.into_iter().filter_map(mail).collect();
    let kinds = Kind::ALL.into_iter().map(|kind| (kind, !quiet.contains(&kind))).collect();
    visit.page(|layout| NotificationSettingsPage { layout, kinds, mails }).await
}
