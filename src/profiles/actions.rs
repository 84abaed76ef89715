//! Saving one's profile: a field that is absent is kept, an empty description clears it, an empty username is an error.

use super::Profile;
use super::pages::EditProfilePage;
use crate::accounts::{MOST_NAMES, Rename, User, Username, read_description};
use crate::error::{Error, Result};
use crate::media::upload::{self, Submitted};
use crate::media::{Group, Image, ImageId};
use crate::platform::crash;
use crate::urls;
use crate::web::flash::Flash;
use crate::web::i18n::Message;
use crate::web::request_log::request_id;
use crate::web::visit::Wants;
use crate::web::{FieldErrors, Visit};
use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, web};

pub async fn save(visit: Visit, body: web::Payload) -> Result<HttpResponse> {
    let me = visit.read_signed_in(|_, viewer| Ok(viewer.clone())).await?;
    let state = visit.state.clone();
    let mut form = upload::receive(&state, visit.request(), body, me.id, "avatar", 1).await?;
    let files = std::mem::take(&mut form.files);

    let mut errors = FieldErrors::default();
    let username = form.text("username").map(Username::parse).transpose();
    match &username {
        Err(message) => errors.add("username", message.clone()),
        Ok(Some(name)) if name.is_reserved() && !me.is_admin() && name.key() != me.username.to_ascii_lowercase() => {
            errors.add("username", Message::new("username-reserved"));
        }
        Ok(_) => {}
    }
    let description = form.text("description").map(read_description).transpose();
    if let Err(message) = &description {
        errors.add("description", message.clone());
    }
    let remove = form.text("avatar_remove").is_some_and(|value| value != "false" && !value.is_empty());
    let mut too_large = false;
    let looked = match upload::look_at(&state, files, Group::UserProfile).await {
        Err(error) => return not_now(&visit, form, error).await,
        Ok(Ok(looked)) => {
            if let Some(message) = upload::over_quota(&state, me.id, &looked).await? {
                errors.add("avatar", message);
            }
            looked
        }
        Ok(Err(problems)) => {
            for problem in problems {
                too_large |= problem.too_large;
                errors.add("avatar", problem.message);
            }
            Vec::new()
        }
    };
    let (Ok(username), Ok(description), true) = (username, description, errors.is_empty()) else {
        let status = if too_large && errors.len() == 1 { StatusCode::PAYLOAD_TOO_LARGE } else { StatusCode::UNPROCESSABLE_ENTITY };
        return refuse(&visit, form, errors, status).await;
    };

    let images = match upload::store(&state, me.id, looked).await {
        Ok(images) => images,
        Err(error) => return not_now(&visit, form, error).await,
    };
    let changes = Changes { username, description, avatar: images.first().copied(), remove };
    let now = state.now();
    let saved = visit.write_own(move |c, viewer| changes.apply(c, viewer.id, now)).await;
    match saved {
        Ok(Saved::Done { username }) => {
            crash::point("profile.committed");
            Ok(visit.go(&urls::profile(&username), Some(Flash::good("flash-profile-saved"))))
        }
        Ok(Saved::NotNamed(why)) => {
            upload::discard(&state, images).await;
            errors.add("username", why);
            refuse(&visit, form, errors, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(error) => {
            upload::discard(&state, images).await;
            not_now(&visit, form, error).await
        }
    }
}

struct Changes {
    username: Option<Username>,
    description: Option<String>,
    avatar: Option<ImageId>,
    remove: bool,
}

enum Saved {
    Done {
        username: String,
    },
    /// The name cannot be theirs, and why.
    NotNamed(Message),
}

impl Changes {
    fn apply(self, c: &mut crate::platform::db::Conn, id: crate::web::UserId, now: crate::clock::Timestamp) -> Result<Saved> {
        // The name first: it is the only part that can be refused here.
        if let Some(name) = &self.username {
            match User::rename(c, id, name)? {
                Rename::Done => {}
                Rename::Taken => return Ok(Saved::NotNamed(Message::new("username-taken"))),
                Rename::TooMany => return Ok(Saved::NotNamed(Message::new("username-too-many").with("limit", MOST_NAMES))),
            }
        }
        if let Some(description) = &self.description {
            User::set_description(c, id, description)?;
        }
        if self.avatar.is_some() || self.remove {
            let before = User::set_avatar(c, id, self.avatar.map(ImageId::get))?;
            Image::adopt(c, self.avatar.as_slice(), now)?;
            let gone: Vec<ImageId> = before.into_iter().map(ImageId::from).collect();
            Image::delete(c, &gone, now)?;
        }
        Ok(Saved::Done { username: User::find(c, id)?.username })
    }
}

/// The form again when the site cannot do it right now. A script keeps its form itself.
async fn not_now(visit: &Visit, form: Submitted, error: Error) -> Result<HttpResponse> {
    let (Some(reason), false) = (error.outage_words(), visit.wants == Wants::Json) else { return Err(error) };
    tracing::error!(target: "picstargram::request", id = request_id(visit.request()), cause = %error, "a profile could not be kept");
    let mut errors = FieldErrors::default();
    errors.add("avatar", Message::new(reason));
    let mut page = refuse(visit, form, errors, error.status()).await?;
    page.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from(error.retry_after()));
    Ok(page)
}

async fn refuse(visit: &Visit, form: Submitted, errors: FieldErrors, status: StatusCode) -> Result<HttpResponse> {
    if visit.wants == Wants::Json {
        return Ok(visit.invalid_json(status, &errors));
    }
    let profile = visit.read_signed_in(|c, viewer| Profile::by_id(c, viewer.id)).await?;
    let username = form.text("username").unwrap_or(&profile.username).to_owned();
    let description = form.text("description").unwrap_or(&profile.description).to_owned();
    let page = EditProfilePage::new(visit, profile, username, description, errors);
    if visit.is_fragment() {
        return visit.fragment_with_status(status, &page.as_dialog());
    }
    visit.page_with_status(status, |layout| EditProfilePage { layout, ..page }).await
}
