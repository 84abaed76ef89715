//! Asking for a copy, bringing a file, leaving; and changing one's mind.

use super::deletion::{self, Deletion};
use super::export::{self, Export};
use super::import::Import;
use super::importing;
use super::pages::{draw_delete, refused_import};
use crate::accounts::confirm;
use crate::accounts::device::Device;
use crate::accounts::security_event::{SecurityEvent, What};
use crate::error::{Error, Result};
use crate::mails::Recipient;
use crate::media::files;
use crate::media::upload::{self, Content, File};
use crate::platform::crash;
use crate::platform::limits::Rule;
use crate::urls;
use crate::web::flash::Flash;
use crate::web::i18n::Message;
use crate::web::{FieldErrors, UserId, Visit, cookies};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Files one person brings: a wrong one or two, and no stream of them.
const BRINGING: Rule = Rule { name: "import", burst: 10, every: Duration::from_secs(1_800) };

/// Copies one person begins, most of them to stop them again.
const COPYING: Rule = Rule { name: "export", burst: 10, every: Duration::from_secs(600) };

/// Who is sending a file to this process just now: one person sends one at a time, or a disk would hold many of them.
static SENDING: Mutex<BTreeSet<i64>> = Mutex::new(BTreeSet::new());

struct Sending(i64);

impl Sending {
    fn begin(user: UserId) -> Option<Self> {
        SENDING.lock().unwrap_or_else(PoisonError::into_inner).insert(user.get()).then(|| Sending(user.get()))
    }
}

impl Drop for Sending {
    fn drop(&mut self) {
        SENDING.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.0);
    }
}

/// # Errors
/// `TooMany` when this person has done so often enough for a while.
async fn take(visit: &Visit, rule: &Rule, user: UserId) -> Result<()> {
    let taken = visit.state.limits.take(rule, &user.to_string(), visit.state.now()).await;
    taken.map_err(|wait| Error::TooMany { retry_after: wait.as_secs().clamp(1, 3_600) as u32 })
}

pub async fn begin_export(visit: Visit) -> Result<HttpResponse> {
    let (device, now) = (Device::of(&visit), visit.state.now());
    let user = visit.load_viewer().await?.ok_or(Error::SignInNeeded)?.id;
    take(&visit, &COPYING, user).await?;
    let asked = visit
        .write_own(move |c, viewer| {
            let asked = Export::ask(c, viewer.id, now)?;
            if asked == export::Asked::Begun {
                SecurityEvent::note(c, viewer.id, What::Exported, "", &device, now)?;
            }
            Ok(asked)
        })
        .await?;
    let flash = match asked {
        // A second press on the same button is no mistake.
        export::Asked::Begun | export::Asked::UnderWay => Flash::good("flash-export-begun"),
        export::Asked::NotBefore(_) => Flash::bad("flash-export-too-soon"),
    };
    Ok(visit.go(urls::SETTINGS_EXPORT, Some(flash)))
}

pub async fn cancel_export(visit: Visit) -> Result<HttpResponse> {
    let now = visit.state.now();
    visit.write_own(move |c, viewer| Export::cancel(c, viewer.id, now)).await?;
    Ok(visit.go(urls::SETTINGS_EXPORT, Some(Flash::good("flash-export-cancelled"))))
}

pub async fn upload_import(visit: Visit, body: web::Payload) -> Result<HttpResponse> {
    // Before a byte of the body is read: strangers' files are not worth the disk.
    let (user, under_way) =
        visit.read_member(|c, viewer| Ok((viewer.id, Import::latest(c, viewer.id)?.is_some_and(|latest| latest.is_under_way())))).await?;
    let Some(_sending) = Sending::begin(user).filter(|_| !under_way) else {
        return Ok(visit.go(urls::SETTINGS_IMPORT, Some(Flash::bad("flash-import-under-way"))));
    };
    take(&visit, &BRINGING, user).await?;
    let (state, now) = (visit.state.clone(), visit.state.now());
    let limit = state.config.uploads.max_import_bytes;
    let mut form = upload::receive_up_to(&state, visit.request(), body, user, "file", 1, limit).await?;
    let file = std::mem::take(&mut form.files).into_iter().next();
    let (name, path, bytes) = match file {
        Some(File { name, content: Content::Spooled { path, bytes } }) => (name, path, bytes),
        Some(File { content: Content::TooLarge, .. }) => {
            let problem = Message::new("import-too-large").with("limit", crate::web::filters::size_words(limit));
            return refuse(&visit, StatusCode::PAYLOAD_TOO_LARGE, problem).await;
        }
        Some(File { content: Content::NoRoom(error), .. }) => {
            return Err(Error::Unavailable(format!("the spool cannot be written: {error}")));
        }
        Some(File { content: Content::TooMany, .. }) | None => {
            return refuse(&visit, StatusCode::UNPROCESSABLE_ENTITY, Message::new("import-needed")).await;
        }
    };
    // One file is looked at after the other; who waits has let go of their place among the uploads.
    drop(form);
    let lines = match importing::survey(path.to_path_buf()).await? {
        Ok(lines) => lines,
        Err(problem) => return refuse(&visit, StatusCode::UNPROCESSABLE_ENTITY, problem).await,
    };
    let begun = state.db.write(move |c| Import::begin(c, user, &name, lines, now)).await?;
    let Some(import) = begun else { return Ok(visit.go(urls::SETTINGS_IMPORT, Some(Flash::bad("flash-import-under-way")))) };
    crash::point("import.written_down");
    state.storage.put_file(&import.key, &path, files::ZIP).await?;
    crash::point("import.put");
    let begun = state.db.write(move |c| Import::stored(c, &import, bytes as i64, now)).await?;
    let flash = if begun { Flash::good("flash-import-looking") } else { Flash::bad("flash-import-under-way") };
    Ok(visit.go(urls::SETTINGS_IMPORT, Some(flash)))
}

async fn refuse(visit: &Visit, status: StatusCode, problem: Message) -> Result<HttpResponse> {
    let mut errors = FieldErrors::default();
    errors.add("file", problem);
    refused_import(visit, status, errors).await
}

pub async fn start_import(visit: Visit) -> Result<HttpResponse> {
    let (device, now) = (Device::of(&visit), visit.state.now());
    let begun = visit
        .write(move |c, viewer| {
            let begun = Import::go_ahead(c, viewer.id, now)?;
            if begun {
                SecurityEvent::note(c, viewer.id, What::Imported, "", &device, now)?;
            }
            Ok(begun)
        })
        .await?;
    Ok(visit.go(urls::SETTINGS_IMPORT, begun.then(|| Flash::good("flash-import-begun"))))
}

pub async fn cancel_import(visit: Visit) -> Result<HttpResponse> {
    let now = visit.state.now();
    visit.write_own(move |c, viewer| Import::cancel(c, viewer.id, now)).await?;
    Ok(visit.go(urls::SETTINGS_IMPORT, Some(Flash::good("flash-import-cancelled"))))
}

#[derive(Deserialize)]
pub struct DeleteForm {
    #[serde(default)]
    username: String,
}

pub async fn delete(visit: Visit, form: web::Form<DeleteForm>) -> Result<HttpResponse> {
    let typed = form.into_inner().username;
    let (device, lang, sealer, now) = (Device::of(&visit), visit.lang(), visit.state.sealer.clone(), visit.state.now());
    let given = typed.clone();
    let asked = visit
        .write_own(move |c, viewer| {
            confirm::recently(viewer)?;
            if !given.trim().trim_start_matches('@').eq_ignore_ascii_case(&viewer.username) {
                return Ok(Err(Message::new("leave-type-name").with("name", &viewer.username)));
            }
            let to = Recipient::of(c, viewer.id)?.or_in(c, lang)?;
            match Deletion::plan(c, &sealer, &to, viewer.id, now)? {
                deletion::Asked::LastAdministrator => Ok(Err(Message::new("leave-last-administrator"))),
                deletion::Asked::For(at) => {
                    SecurityEvent::note(c, viewer.id, What::DeletionPlanned, &at.date().to_string(), &device, now)?;
                    Ok(Ok(()))
                }
            }
        })
        .await?;
    if let Err(problem) = asked {
        let mut errors = FieldErrors::default();
        errors.add("username", problem);
        return draw_delete(&visit, StatusCode::UNPROCESSABLE_ENTITY, typed, errors).await;
    }
    let mut response = visit.go(urls::HOME, Some(Flash::good("flash-deletion-planned")));
    response.add_cookie(&cookies::removal(&visit.state, cookies::SESSION)).map_err(Error::internal)?;
    Ok(response)
}
