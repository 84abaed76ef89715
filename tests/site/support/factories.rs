//! People and what they share. A person is made by the rules of the site, but without hashing a password each time; their
//! browser holds a real session.

use super::browser::{Browser, Upload};
use super::pictures::Picture;
use super::{TestApp, pictures};
use diesel::prelude::*;
use picstargram::accounts::{NewUser, Session, User, Username, password};
use picstargram::audience::Follow;
use picstargram::media::ImageId;
use picstargram::posts::PostId;
use picstargram::schema::{images, objects, post_photos};
use picstargram::urls;
use picstargram::web::{Role, UserId, cookies};
use std::sync::LazyLock;

/// Everybody's.
pub const PASSWORD: &str = "the tide comes in at six";

static HASH: LazyLock<String> = LazyLock::new(|| password::hash_now(PASSWORD).expect("a password is hashed"));

/// A picture as the database knows it.
#[derive(Clone, Debug, Queryable)]
pub struct StoredImage {
    pub id: i64,
    pub group: String,
    pub uuid: String,
    pub original_key: String,
    pub file_name: String,
    pub format: String,
    pub width: i32,
    pub height: i32,
    pub original_bytes: i64,
    pub variant_bytes: i64,
    pub largest: String,
    pub placeholder: String,
    pub state: String,
    pub failure: Option<String>,
}

impl StoredImage {
    pub fn key(&self, size: &str) -> String {
        format!("{}/{}_{size}.webp", self.group, self.uuid)
    }

    pub fn address(&self, size: &str) -> String {
        urls::media(&self.group, &format!("{}_{size}.webp", self.uuid))
    }
}

impl TestApp {
    /// Somebody nobody knows.
    pub fn visitor(&self) -> Browser {
        Browser::new(&self.url, self.failures.clone())
    }

    /// Makes an account; everybody's password is [`PASSWORD`].
    pub async fn member(&self, username: &str) -> UserId {
        self.account(username, Role::Member).await
    }

    async fn account(&self, username: &str, role: Role) -> UserId {
        let new = NewUser {
            username: Username::parse(username).expect("a good name"),
            email: format!("{username}@example.org"),
            password_hash: HASH.clone(),
            description: String::new(),
            role,
            created_at: self.state.now(),
        };
        self.write(move |c| User::create(c, &new)).await
    }

    /// Makes an account and a browser that is signed in to it.
    pub async fn signed_in(&self, username: &str) -> Browser {
        let id = self.member(username).await;
        self.browser_of(id).await
    }

    pub async fn admin(&self, username: &str) -> Browser {
        let id = self.account(username, Role::Admin).await;
        self.browser_of(id).await
    }

    /// One more browser of somebody who has an account.
    pub async fn browser_of(&self, id: UserId) -> Browser {
        let now = self.state.now();
        let session = self.write(move |c| Session::create(c, id, "a test", "127.0.0.1", now)).await;
        let browser = self.visitor();
        browser.set_cookie(cookies::SESSION, cookies::signed(&self.state, cookies::SESSION, session, None).value());
        browser
    }

    pub async fn id_of(&self, username: &str) -> UserId {
        let name = username.to_owned();
        self.read(move |c| User::find_by_username(c, &name)).await.expect("somebody of this name").id
    }

    /// The one follows the other from now on.
    pub async fn follow(&self, follower: &str, followee: &str) {
        let (follower, followee) = (self.id_of(follower).await, self.id_of(followee).await);
        self.write(move |c| Follow::add(c, follower, followee)).await;
    }

    /// Shares photos through the front door.
    pub async fn share(&self, browser: &Browser, photos: &[Picture], caption: &str) -> PostId {
        let upload = photos.iter().fold(Upload::default(), |upload, photo| upload.file("photos", photo)).text("caption", caption);
        let newest = self.newest_post().await;
        browser.upload(urls::NEW_POST, upload).await.assert_redirect(urls::HOME);
        let shared = self.newest_post().await.expect("a post was made");
        assert_ne!(Some(shared), newest, "a post was made");
        shared
    }

    /// One small photo, for stories that are not about photos.
    pub async fn share_any(&self, browser: &Browser, caption: &str) -> PostId {
        self.share(browser, &[pictures::small()], caption).await
    }

    pub async fn newest_post(&self) -> Option<PostId> {
        self.numbers("SELECT id FROM posts ORDER BY id DESC LIMIT 1").await.first().map(|id| PostId::from(*id))
    }

    pub async fn images_of(&self, post: PostId) -> Vec<StoredImage> {
        self.read(move |c| {
            let order = post_photos::table.filter(post_photos::post_id.eq(post)).order(post_photos::position);
            let ids: Vec<ImageId> = order.select(post_photos::image_id).load(c)?;
            ids.into_iter().map(|id| Ok(images::table.find(id).select(COLUMNS).first(c)?)).collect()
        })
        .await
    }

    /// Somebody's face, if they have one.
    pub async fn avatar_of(&self, user: UserId) -> Option<StoredImage> {
        self.read(move |c| {
            use picstargram::schema::users;
            Ok(users::table.inner_join(images::table).filter(users::id.eq(user)).select(COLUMNS).first(c).optional()?)
        })
        .await
    }

    /// The rows of the ledger for one picture: key and state, sorted.
    pub async fn ledger_of(&self, image: i64) -> Vec<(String, String)> {
        self.read(move |c| {
            let rows = objects::table.filter(objects::image_id.eq(image)).order(objects::key);
            Ok(rows.select((objects::key, objects::state)).load(c)?)
        })
        .await
    }
}

type Columns = (
    images::id,
    images::group_name,
    images::uuid,
    images::original_key,
    images::file_name,
    images::format,
    images::width,
    images::height,
    images::original_bytes,
    images::variant_bytes,
    images::largest,
    images::placeholder,
    images::state,
    images::failure,
);
const COLUMNS: Columns = (
    images::id,
    images::group_name,
    images::uuid,
    images::original_key,
    images::file_name,
    images::format,
    images::width,
    images::height,
    images::original_bytes,
    images::variant_bytes,
    images::largest,
    images::placeholder,
    images::state,
    images::failure,
);
