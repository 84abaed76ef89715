//! Everybody's invites, and one's own to make.

use super::nav::Nav;
use super::only_admins;
use crate::accounts::User;
use crate::accounts::audit::{Act, Audit, By, Target};
use crate::accounts::invite::Invite;
use crate::accounts::inviting::{self, InviteForm, Invites, RevokeForm};
use crate::error::{Error, Result};
use crate::urls;
use crate::web::flash::Flash;
use crate::web::paging::Cursor;
use crate::web::{FieldErrors, Layout, Visit, filters};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

#[derive(Template)]
#[template(path = "admin/invites.html")]
struct InvitesPage {
    layout: Layout,
    nav: Nav,
    list: Invites,
}

async fn load(visit: &Visit, before: Option<i64>) -> Result<(Invites, Nav)> {
    let (state, now) = (visit.state.clone(), visit.state.now());
    visit
        .read(move |c, viewer| {
            only_admins(viewer)?;
            Ok((Invites::read(c, &state, None, before, now)?, Nav::read(c, &state)?))
        })
        .await
}

pub async fn show(visit: Visit, cursor: web::Query<Cursor>) -> Result<HttpResponse> {
    let (list, nav) = load(&visit, cursor.before()).await?;
    visit.page(|layout| InvitesPage { layout, nav, list }).await
}

pub async fn create(visit: Visit, form: web::Form<InviteForm>) -> Result<HttpResponse> {
    only_admins(visit.load_viewer().await?)?;
    let (form, now) = (form.into_inner(), visit.state.now());
    let errors = match form.read() {
        Ok(wanted) => {
            let problem = visit
                .write(move |c, viewer| {
                    only_admins(Some(viewer))?;
                    inviting::make(c, viewer, &wanted, now)
                })
                .await?;
            let Some(problem) = problem else { return Ok(visit.go(urls::ADMIN_INVITES, Some(Flash::good("flash-invite-made")))) };
            let mut errors = FieldErrors::default();
            errors.add("form", problem);
            errors
        }
        Err(errors) => errors,
    };
    let (list, nav) = load(&visit, None).await?;
    let list = Invites { form, errors, ..list };
    visit.page_with_status(StatusCode::UNPROCESSABLE_ENTITY, |layout| InvitesPage { layout, nav, list }).await
}

pub async fn revoke(visit: Visit, form: web::Form<RevokeForm>) -> Result<HttpResponse> {
    let (id, now) = (form.id, visit.state.now());
    only_admins(visit.load_viewer().await?)?;
    visit
        .write(move |c, viewer| {
            only_admins(Some(viewer))?;
            let maker = Invite::revoke(c, id, None, now)?.ok_or(Error::NotFound)?;
            let target = Target { id: Some(maker), name: User::find(c, maker)?.username };
            Audit::note(c, &By::of(viewer), Act::InviteRevoked, Some(&target), "", now)
        })
        .await?;
    Ok(visit.go(urls::ADMIN_INVITES, Some(Flash::good("flash-invite-revoked"))))
}
