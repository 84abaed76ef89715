//! Settings → your data: the copy, the file from elsewhere, the end.

use super::deletion::GRACE;
use super::export::Export;
use super::gather;
use super::import::Import;
use super::receipt::{Outcome, Receipt, Shown, Tally};
use crate::accounts::{User, confirm};
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::media::serve::{self, Sent};
use crate::platform::db::Conn;
use crate::urls;
use crate::web::paging::Page;
use crate::web::{FieldErrors, Layout, Viewer, Visit, filters};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "takeout/export.html", blocks = ["copy"])]
struct ExportPage {
    layout: Layout,
    copy: Copy,
}

struct Copy {
    latest: Option<Export>,
    /// When the next one can be asked for, if not now.
    next_at: Option<Timestamp>,
    /// They have just proven who they are: the file is one click away.
    confirmed: bool,
}

impl Copy {
    fn running(&self) -> Option<&Export> {
        self.latest.as_ref().filter(|export| export.is_under_way())
    }

    fn ready(&self) -> Option<&Export> {
        self.latest.as_ref().filter(|export| export.is_ready())
    }

    fn has_failed(&self) -> bool {
        self.latest.as_ref().is_some_and(Export::is_failed)
    }
}

pub async fn export(visit: Visit) -> Result<HttpResponse> {
    let (latest, confirmed) = visit.read_signed_in(|c, viewer| Ok((Export::latest(c, viewer.id)?, viewer.confirmed))).await?;
    let next_at = latest.as_ref().and_then(|export| export.next_at(visit.state.now()));
    let page = ExportPage { layout: visit.layout(), copy: Copy { latest, next_at, confirmed } };
    if visit.is_fragment() {
        return visit.fragment(&page.as_copy());
    }
    visit.page(|layout| ExportPage { layout, ..page }).await
}

/// The copy itself, for its owner alone, who has just proven who they are.
pub async fn export_file(visit: Visit) -> Result<HttpResponse> {
    let found = visit
        .read_signed_in(|c, viewer| {
            if !viewer.confirmed {
                return Ok(None);
            }
            let ready = Export::latest(c, viewer.id)?.filter(Export::is_ready).ok_or(Error::NotFound)?;
            Ok(Some((ready, viewer.username.clone())))
        })
        .await?;
    // Back to the page, not to the file: a page that is left for a file stays where it was.
    let Some((export, username)) = found else { return Ok(visit.go(&urls::confirm_then(urls::SETTINGS_EXPORT), None)) };
    if export.expires_at.is_none_or(|at| at <= visit.state.now()) {
        return Err(Error::NotFound);
    }
    let sent = Sent {
        tag: format!("\"{}\"", export.id),
        media_type: "application/zip",
        cache: "private, no-store",
        file_name: Some(gather::file_name(&username, export.created_at)),
        key: export.key,
    };
    serve::send(visit.request(), &visit.state.storage, sent).await
}

/// What is known of a file that was brought.
pub struct Overview {
    pub import: Import,
    pub tally: Tally,
    pub lines: Page<Shown>,
    /// Only what cannot be is listed.
    pub only_problems: bool,
}

impl Overview {
    pub fn list(&self) -> String {
        if self.only_problems { format!("{}?only=cannot", urls::SETTINGS_IMPORT) } else { urls::SETTINGS_IMPORT.to_owned() }
    }
}

/// A file at work, one that was worked at, or none.
struct Brought(Option<Overview>);

impl Brought {
    fn running(&self) -> Option<&Overview> {
        self.0.as_ref().filter(|overview| overview.import.is_under_way())
    }

    fn ended(&self) -> Option<&Overview> {
        self.0.as_ref().filter(|overview| !overview.import.is_under_way())
    }
}

#[derive(Template)]
#[template(path = "takeout/import.html", blocks = ["brought"])]
struct ImportPage {
    layout: Layout,
    brought: Brought,
    limit: i64,
    errors: FieldErrors,
}

#[derive(Default, Deserialize)]
pub struct Asked {
    only: Option<String>,
    /// The position of the last line that was seen.
    before: Option<i64>,
}

fn overview(c: &mut Conn, viewer: &Viewer, asked: &Asked) -> Result<Option<Overview>> {
    let Some(import) = Import::latest(c, viewer.id)? else { return Ok(None) };
    let only_problems = asked.only.as_deref() == Some(Outcome::Cannot.as_str());
    let (tally, lines) = if import.is_under_way() {
        (Tally::default(), Page { rows: Vec::new(), next: None, continued: false })
    } else {
        let only = only_problems.then_some(Outcome::Cannot);
        (Receipt::tally(c, import.id)?, Receipt::page(c, import.id, only, asked.before)?)
    };
    Ok(Some(Overview { import, tally, lines, only_problems }))
}

pub async fn import(visit: Visit, asked: web::Query<Asked>) -> Result<HttpResponse> {
    let asked = asked.into_inner();
    let overview = visit.read_signed_in(move |c, viewer| overview(c, viewer, &asked)).await?;
    let limit = visit.state.config.uploads.max_import_bytes as i64;
    let page = ImportPage { layout: visit.layout(), brought: Brought(overview), limit, errors: FieldErrors::default() };
    if visit.is_fragment() {
        return visit.fragment(&page.as_brought());
    }
    visit.page(|layout| ImportPage { layout, ..page }).await
}

/// The form again, with what is wrong with the file.
pub async fn refused_import(visit: &Visit, status: StatusCode, errors: FieldErrors) -> Result<HttpResponse> {
    if visit.wants == crate::web::visit::Wants::Json {
        return Ok(visit.invalid_json(status, &errors));
    }
    let overview = visit.read_signed_in(|c, viewer| overview(c, viewer, &Asked::default())).await?;
    let limit = visit.state.config.uploads.max_import_bytes as i64;
    visit.page_with_status(status, |layout| ImportPage { layout, brought: Brought(overview), limit, errors }).await
}

#[derive(Template)]
#[template(path = "takeout/delete.html")]
struct DeletePage {
    layout: Layout,
    days: i64,
    typed: String,
    errors: FieldErrors,
}

pub async fn delete(visit: Visit) -> Result<HttpResponse> {
    visit
        .read_signed_in(|c, viewer| {
            confirm::recently(viewer)?;
            User::find(c, viewer.id).map(drop)
        })
        .await?;
    draw_delete(&visit, StatusCode::OK, String::new(), FieldErrors::default()).await
}

pub async fn draw_delete(visit: &Visit, status: StatusCode, typed: String, errors: FieldErrors) -> Result<HttpResponse> {
    visit.page_with_status(status, |layout| DeletePage { layout, days: GRACE.num_days(), typed, errors }).await
}
