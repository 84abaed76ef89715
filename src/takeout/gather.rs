//! Everything of one person into one archive: originals under `photos/`, the document, and pages that open from the file. Read and
//! written a page of posts at a time.

use super::archive::{Writer, Written};
use super::contents::{self, CommentRow, PhotoRow, PostRow};
use super::format::{Audience, Comment, Head, NAME, Photo, Post, Profile, VERSION};
use super::site::{self, SitePage, SitePost};
use crate::accounts::User;
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::media::{Image, ImageId, State};
use crate::platform::imaging::{Format, Size};
use crate::state::AppState;
use crate::urls;
use crate::web::UserId;
use crate::web::i18n::Lang;
use bytes::Bytes;
use futures_util::TryStreamExt;
use serde::Serialize;
use std::path::PathBuf;

/// Who hears how far it is, and may stop it.
pub trait Progress: Send {
    /// So many photos of so many; false stops.
    fn report(&mut self, done: i64, total: i64) -> impl Future<Output = Result<bool>> + Send;
}

/// `None` when it was stopped.
///
/// # Errors
/// `NotFound` when there is no such person any more; `Unavailable` when the spool is full or the store away.
pub async fn gather(state: &AppState, user: UserId, folder: PathBuf, progress: &mut impl Progress) -> Result<Option<Written>> {
    let (owner, details, (posts, photos)) =
        state.db.read(move |c| Ok((contents::owner(c, user)?, User::details(c, user)?, contents::counts(c, user)?))).await?;
    let now = state.now();
    let lang = owner.language.as_deref().and_then(Lang::from_code).unwrap_or(Lang::En);
    let site = state.config.server.public_url.as_str().trim_end_matches('/').to_owned();
    let mut archive = Archive {
        state,
        writer: Writer::begin(folder, now),
        pages: site::Pages::new(lang, now, &owner.user.username, &owner.user.description, posts),
        done: 0,
        total: photos,
        number: 0,
        first: true,
    };
    let avatar = match owner.user.avatar_id {
        Some(image) => archive.original(ImageId::from(image), "photos/avatar").await?,
        None => None,
    };
    let profile = Profile {
        username: owner.user.username,
        email: owner.user.email,
        description: owner.user.description,
        created_at: owner.user.created_at.and_utc(),
        private: owner.private,
        language: owner.language,
        phone: details.phone,
        birthday: details.birthday,
        gender: details.gender,
        avatar: avatar.map(|(file, _)| file),
    };
    let mut head = json(&Head { format: NAME, version: VERSION, site: &site, made_at: now.and_utc(), profile: &profile })?;
    head.pop(); // the brace at its end: lists follow
    head.extend_from_slice(b",\n\"posts\": [");
    archive.writer.document(head).await?;

    let mut before = i64::MAX;
    loop {
        let page = state.db.read(move |c| contents::posts_before(c, user, before)).await?;
        let Some(last) = page.posts.last() else { break };
        before = last.id.get();
        for post in page.posts {
            let id = post.id;
            let photos = page.photos.iter().filter(|photo| photo.post == id);
            let said = page.comments.iter().filter(|comment| comment.post == id);
            archive.post(post, photos, said).await?;
            if !progress.report(archive.done, archive.total.max(archive.done)).await? {
                return Ok(None);
            }
        }
    }
    archive.last_page().await?;
    archive.comments_elsewhere(user, &site).await?;
    for (name, list) in contents::LISTS {
        archive.list(user, &site, name, list).await?;
    }
    archive.writer.document(b"\n}\n".to_vec()).await?;
    archive.writer.file(site::STYLE, true).await?;
    archive.writer.bytes(Bytes::from_static(site::STYLE_SHEET.as_bytes())).await?;
    archive.writer.finish().await.map(Some)
}

struct Archive<'a> {
    state: &'a AppState,
    writer: Writer,
    pages: site::Pages,
    /// Photos that are in it, and photos there are.
    done: i64,
    total: i64,
    /// Of the post, 1 being the newest.
    number: usize,
    /// No item of the list that is being written has been.
    first: bool,
}

impl Archive<'_> {
    async fn post<'r>(
        &mut self,
        row: PostRow,
        photos: impl Iterator<Item = &'r PhotoRow>,
        said: impl Iterator<Item = &'r CommentRow>,
    ) -> Result<()> {
        self.number += 1;
        let mut kept = Vec::new();
        let mut shown = Vec::new();
        for (position, photo) in photos.enumerate() {
            let stem = format!("{:04}-{}", self.number, position + 1);
            let original = self.original(photo.image, &format!("photos/{stem}")).await?;
            let picture = self.picture(photo.image, &format!("pictures/{stem}.webp")).await?;
            shown.extend(picture.map(|file| site::Picture {
                file,
                original: original.as_ref().map(|(file, _)| file.clone()),
                alt: photo.alt.clone(),
            }));
            let (file, name) = original.map_or((None, String::new()), |(file, name)| (Some(file), name));
            kept.push(Photo {
                file,
                name,
                alt: photo.alt.clone(),
                camera: photo.camera.clone(),
                taken_on: photo.taken_at.map(|at| at.date()),
                place: photo.place.clone(),
            });
            self.done += 1;
        }
        let comments: Vec<Comment> = said.map(|row| comment(row, None)).collect();
        let words = comments.iter().map(|comment| (comment.body.clone(), comment.created_at.naive_utc())).collect();
        let post = Post {
            id: row.id.to_string(),
            created_at: row.created_at.and_utc(),
            edited_at: row.edited_at.map(|at| at.and_utc()),
            caption: row.caption,
            audience: if row.followers_only { Audience::Followers } else { Audience::Everyone },
            pinned: row.pinned_at.is_some(),
            archived: row.archived_at.is_some(),
            comments_off: row.comments_off,
            likes: row.like_count,
            photos: kept.into(),
            comments: comments.into(),
        };
        self.item(&post).await?;
        let shown = SitePost {
            anchor: post.id,
            created_at: row.created_at,
            caption: post.caption,
            followers_only: row.followers_only,
            archived: post.archived,
            likes: post.likes,
            pictures: shown,
            comments: words,
        };
        match self.pages.add(shown)? {
            Some(page) => self.page(page).await,
            None => Ok(()),
        }
    }

    /// Copies an original; tells its place in the archive and the name it was shared under. `None` when it is lost.
    async fn original(&mut self, id: ImageId, stem: &str) -> Result<Option<(String, String)>> {
        let image = match self.state.db.read(move |c| Image::find(c, id)).await {
            Err(Error::NotFound) => return Ok(None),
            found => found?,
        };
        let extension = image.format.parse::<Format>().map_or("bin", Format::extension);
        let name = format!("{stem}.{extension}");
        Ok(self.copy(&image.original_key, &name).await?.then_some((name, image.file_name)))
    }

    /// Copies the size a page shows.
    async fn picture(&mut self, id: ImageId, name: &str) -> Result<Option<String>> {
        let image = match self.state.db.read(move |c| Image::find(c, id)).await {
            Err(Error::NotFound) => return Ok(None),
            found => found?,
        };
        let sizes = image.planned_sizes();
        let shown = sizes.iter().filter(|(_, width, _)| *width <= site::WIDTH).max_by_key(|(_, width, _)| *width).or(sizes.first());
        let size = shown.filter(|_| image.state() == State::Ready).map_or(Size::Thumbnail, |(size, ..)| *size);
        Ok(self.copy(&image.key(Some(size)), name).await?.then(|| name.to_owned()))
    }

    /// False when the object is not there: an archive does without rather than not at all.
    async fn copy(&mut self, key: &str, name: &str) -> Result<bool> {
        let mut object = match self.state.storage.get(key).await {
            Err(Error::NotFound) => return Ok(false),
            found => found?,
        };
        self.writer.file(name, false).await?;
        while let Some(chunk) = object.body.try_next().await? {
            self.writer.bytes(chunk).await?;
        }
        Ok(true)
    }

    async fn page(&mut self, page: SitePage) -> Result<()> {
        self.writer.file(&page.file, true).await?;
        self.writer.bytes(Bytes::from(page.html)).await
    }

    async fn last_page(&mut self) -> Result<()> {
        match self.pages.last()? {
            Some(page) => self.page(page).await,
            None => Ok(()),
        }
    }

    async fn item(&mut self, item: &impl Serialize) -> Result<()> {
        let mut text = if self.first { b"\n".to_vec() } else { b",\n".to_vec() };
        self.first = false;
        text.append(&mut json(item)?);
        self.writer.document(text).await
    }

    /// Ends the list before it and begins another.
    async fn next_list(&mut self, name: &str) -> Result<()> {
        self.first = true;
        self.writer.document(format!("],\n\"{name}\": [").into_bytes()).await
    }

    async fn comments_elsewhere(&mut self, user: UserId, site: &str) -> Result<()> {
        self.next_list("comments").await?;
        let mut before = i64::MAX;
        loop {
            let rows = self.state.db.read(move |c| contents::comments_elsewhere(c, user, before)).await?;
            let Some(last) = rows.last() else { return Ok(()) };
            before = last.id.get();
            for row in &rows {
                self.item(&comment(row, Some(format!("{site}{}", urls::post(row.post))))).await?;
            }
        }
    }

    async fn list(&mut self, user: UserId, site: &str, name: &str, list: contents::List) -> Result<()> {
        self.next_list(name).await?;
        let mut before = i64::MAX;
        loop {
            let rows = self.state.db.read(move |c| list(c, user, before)).await?;
            let Some((last, _)) = rows.last() else { break };
            before = *last;
            for (_, text) in rows {
                // Names of people are as they are; posts have addresses.
                let text = if text.starts_with('/') { format!("{site}{text}") } else { text };
                self.item(&text).await?;
            }
        }
        if name == contents::LISTS[contents::LISTS.len() - 1].0 {
            self.writer.document(b"]".to_vec()).await?;
        }
        Ok(())
    }
}

fn comment(row: &CommentRow, post: Option<String>) -> Comment {
    Comment {
        id: row.id.to_string(),
        created_at: row.created_at.and_utc(),
        body: row.body.clone(),
        answers: row.parent.map(|id| id.to_string()),
        post,
    }
}

fn json(value: &impl Serialize) -> Result<Vec<u8>> {
    serde_json::to_vec(value).map_err(Error::internal)
}

/// The name a copy is saved under.
pub fn file_name(username: &str, made_at: Timestamp) -> String {
    format!("picstargram-{username}-{}.zip", made_at.format("%Y-%m-%d"))
}
