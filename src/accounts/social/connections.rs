//! Settings → Connections: the accounts elsewhere by which somebody signs in here. The last way in stays.

use super::Way;
use super::identity::Identity;
use crate::accounts::device::Device;
use crate::accounts::security_event::{SecurityEvent, What};
use crate::accounts::{User, confirm};
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::mails::{Kind, Mail, Recipient};
use crate::platform::db::Conn;
use crate::state::AppState;
use crate::urls;
use crate::web::flash::Flash;
use crate::web::{Layout, Viewer, Visit, filters};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "accounts/connections.html")]
struct ConnectionsPage {
    layout: Layout,
    linked: Vec<Linked>,
    /// Those that are not linked yet.
    others: Vec<Way>,
    has_password: bool,
    /// What was to be unlinked is the last way in.
    refused: bool,
}

struct Linked {
    id: i64,
    label: String,
    icon: &'static str,
    email: String,
    since: Timestamp,
    /// The operator has switched it off.
    is_off: bool,
}

struct Overview {
    linked: Vec<Linked>,
    others: Vec<Way>,
    has_password: bool,
}

fn overview(c: &mut Conn, state: &AppState, viewer: &Viewer) -> Result<Overview> {
    let ways = super::ways(state);
    let identities = Identity::of(c, viewer.id)?;
    let others = ways.iter().filter(|way| identities.iter().all(|identity| identity.provider != way.name)).cloned().collect();
    let linked = identities.into_iter().map(|identity| {
        let way = ways.iter().find(|way| way.name == identity.provider);
        Linked {
            id: identity.id,
            label: way.map_or(identity.provider, |way| way.label.clone()),
            icon: way.map_or("key", |way| way.icon),
            email: identity.email,
            since: identity.created_at,
            is_off: way.is_none(),
        }
    });
    Ok(Overview { linked: linked.collect(), others, has_password: User::find(c, viewer.id)?.has_password() })
}

pub async fn show(visit: Visit) -> Result<HttpResponse> {
    draw(&visit, StatusCode::OK, false).await
}

async fn draw(visit: &Visit, status: StatusCode, refused: bool) -> Result<HttpResponse> {
    let state = visit.state.clone();
    let Overview { linked, others, has_password } = visit.read_signed_in(move |c, viewer| overview(c, &state, viewer)).await?;
    visit.page_with_status(status, |layout| ConnectionsPage { layout, linked, others, has_password, refused }).await
}

#[derive(Deserialize)]
pub struct UnlinkForm {
    unlink: i64,
}

enum Unlinked {
    Done,
    LastWay,
}

pub async fn unlink(visit: Visit, form: web::Form<UnlinkForm>) -> Result<HttpResponse> {
    let (id, state, now, lang, device) = (form.unlink, visit.state.clone(), visit.state.now(), visit.lang(), Device::of(&visit));
    let unlinked = visit
        .write_own(move |c, viewer| {
            confirm::recently(viewer)?;
            Identity::hold(c, viewer.id)?;
            let Overview { linked, has_password, .. } = overview(c, &state, viewer)?;
            // Repeating it is harmless, and so is the number of somebody else's.
            let Some(this) = linked.iter().find(|linked| linked.id == id) else { return Ok(Unlinked::Done) };
            if !has_password && !linked.iter().any(|other| other.id != id && !other.is_off) {
                return Ok(Unlinked::LastWay);
            }
            let identity = Identity::of(c, viewer.id)?.into_iter().find(|identity| identity.id == id).ok_or(Error::NotFound)?;
            if identity.unlink(c)? {
                SecurityEvent::note(c, viewer.id, What::Unlinked, &this.label, &device, now)?;
                let to = Recipient::of(c, viewer.id)?.or_in(c, lang)?;
                Mail::queue(c, &state.sealer, &to, Kind::Unlinked { provider: this.label.clone() }, now)?;
            }
            Ok(Unlinked::Done)
        })
        .await?;
    match unlinked {
        Unlinked::Done => Ok(visit.go(urls::SETTINGS_CONNECTIONS, Some(Flash::good("flash-unlinked")))),
        Unlinked::LastWay => draw(&visit, StatusCode::CONFLICT, true).await,
    }
}
