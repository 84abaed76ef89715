//! The face somebody brings along from their provider: fetched in the background, checked and made like any upload. Whoever has
//! chosen another one meanwhile keeps that, and a picture that cannot be had leaves the letter in its place.

use crate::accounts::User;
use crate::accounts::social::ImportPhoto;
use crate::error::Error;
use crate::media::upload::{self, Content, File};
use crate::media::{Group, Image, ImageId};
use crate::platform::fetch::FetchError;
use crate::platform::jobs::{Attempt, Failure, Perform};
use crate::state::AppState;
use crate::web::UserId;
use std::io::Write;
use url::Url;

impl Perform<AppState> for ImportPhoto {
    async fn perform(self, state: AppState, attempt: Attempt) -> Result<(), Failure> {
        let user = self.user;
        if !has_no_face(&state, user).await? {
            return Ok(());
        }
        let Some(content) = self.fetch(&state, attempt).await? else { return Ok(()) };
        let file = File { name: "photo".to_owned(), content };
        let looked = match upload::look_at(&state, vec![file], Group::UserProfile).await? {
            Ok(looked) => looked,
            Err(problems) => {
                tracing::info!(user = user.get(), ?problems, "the picture somebody brought along is none we take");
                return Ok(());
            }
        };
        if upload::over_quota(&state, user, &looked).await?.is_some() {
            return Ok(());
        }
        let images = upload::store(&state, user, looked).await?;
        let (now, stored) = (state.now(), images.clone());
        let worn = state
            .db
            .write(move |c| {
                if User::find(c, user)?.avatar_id.is_some() {
                    return Ok(false);
                }
                User::set_avatar(c, user, stored.first().copied().map(ImageId::get))?;
                Image::adopt(c, &stored, now)?;
                Ok(true)
            })
            .await;
        match worn {
            Ok(true) => Ok(()),
            // Another one was chosen, or the account is gone.
            Ok(false) | Err(Error::NotFound) => {
                upload::discard(&state, images).await;
                Ok(())
            }
            Err(error) => {
                upload::discard(&state, images).await;
                Err(error.into())
            }
        }
    }
}

async fn has_no_face(state: &AppState, user: UserId) -> Result<bool, Failure> {
    match state.db.read(move |c| User::find(c, user)).await {
        Ok(user) => Ok(user.avatar_id.is_none()),
        Err(Error::NotFound) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

impl ImportPhoto {
    /// `None` when there is no use in trying again.
    async fn fetch(&self, state: &AppState, attempt: Attempt) -> Result<Option<Content>, Failure> {
        let Ok(url) = Url::parse(&self.url) else { return Ok(None) };
        let bytes = match state.oidc.fetch.public(&url, state.config.uploads.max_bytes, self.local).await {
            Ok(bytes) => bytes,
            Err(FetchError::Away(why)) if !attempt.last => return Err(Error::internal(why).into()),
            Err(error) => {
                tracing::info!(user = self.user.get(), %error, "the picture somebody brought along cannot be had");
                return Ok(None);
            }
        };
        let spool = state.spool();
        let kept = tokio::task::spawn_blocking(move || {
            let mut file = tempfile::NamedTempFile::new_in(spool)?;
            file.write_all(&bytes)?;
            Ok::<_, std::io::Error>(Content::Spooled { bytes: bytes.len() as u64, path: file.into_temp_path() })
        });
        Ok(Some(kept.await.map_err(Error::internal)?.map_err(Error::unavailable)?))
    }
}
