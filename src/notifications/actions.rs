//! Marking as read, and choosing kinds.

use super::{Kind, Notification};
use crate::error::{Error, Result};
use crate::urls;
use crate::web::Visit;
use crate::web::flash::Flash;
use actix_web::{HttpResponse, web};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct ReadForm {
    /// The newest row the page showed; absent means all there are.
    until: Option<String>,
    /// Sent by the button; the page itself sends the form when its rows have been on it for a moment.
    by_hand: Option<String>,
}

pub async fn mark_read(visit: Visit, form: web::Form<ReadForm>) -> Result<HttpResponse> {
    let until = form.until.as_deref().and_then(|text| text.parse().ok()).unwrap_or(i64::MAX);
    let (by_hand, now) = (form.by_hand.is_some(), visit.state.now());
    visit.write_own(move |c, viewer| Notification::mark_read(c, viewer.id, until, by_hand, now)).await?;
    if visit.is_fragment() {
        // The open page keeps showing what is new; its badge is told by the live connection.
        return Ok(HttpResponse::NoContent().finish());
    }
    Ok(visit.go(urls::NOTIFICATIONS, None))
}

/// `on` is repeated: the kinds that are wanted.
pub async fn save_settings(visit: Visit, body: web::Bytes) -> Result<HttpResponse> {
    let fields: Vec<(String, String)> = serde_urlencoded::from_bytes(&body).map_err(|error| Error::BadRequest(error.to_string()))?;
    let wanted: Vec<Kind> = fields.iter().filter(|(name, _)| name == "on").filter_map(|(_, kind)| Kind::from_name(kind)).collect();
    let quiet: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| !wanted.contains(kind)).collect();
    visit.write_own(move |c, viewer| Notification::set_quiet_kinds(c, viewer.id, &quiet)).await?;
    Ok(visit.go(urls::SETTINGS_NOTIFICATIONS, Some(Flash::good("flash-settings-saved"))))
}
