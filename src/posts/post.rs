//! A post: made whole or not at all, loaded through whoever looks, changed by its author or an administrator.

use super::{Keep, caption, mention};
use crate::accounts::User;
use crate::audience;
use crate::clock::Timestamp;
use crate::each;
use crate::error::{Error, Result};
use crate::media::{Image, ImageId, State};
use crate::platform::db::Conn;
use crate::schema::{post_photos, post_tags, posts, users};
use crate::web::{UserId, Viewer};
use diesel::dsl::exists;
use diesel::prelude::*;

crate::id_type!(
    /// A row of `posts`.
    PostId
);

#[derive(Clone, Debug, Queryable)]
pub struct Post {
    pub id: PostId,
    pub author_id: UserId,
    pub caption: String,
    pub like_count: i64,
}

#[derive(Clone, Debug)]
pub struct NewPost {
    /// When it was shared; `None` is now. The id is made from it, so that it sorts where it belongs.
    pub created_at: Option<Timestamp>,
    pub author: UserId,
    pub caption: String,
    /// Stored pictures with their alt texts, in order.
    pub photos: Vec<(ImageId, String)>,
    /// What of the facts in their files goes out with them.
    pub keep: Keep,
    /// Makes a retried request harmless: one author's key leads to one post.
    pub post_key: Option<String>,
    pub followers_only: bool,
    pub comments_off: bool,
}

/// Days since 1970 in UTC.
pub(super) fn day_of(moment: Timestamp) -> i32 {
    moment.and_utc().timestamp().div_euclid(86_400) as i32
}

impl Post {
    /// Writes the post and adopts its pictures: after this transaction it is seen, and its other sizes are a job.
    ///
    /// # Errors
    /// `NotFound` when one of its pictures is gone or shown elsewhere; `Taken(PostKey)`.
    pub fn create(c: &mut Conn, new: &NewPost, now: Timestamp) -> Result<PostId> {
        let created_at = new.created_at.unwrap_or(now);
        let id = match new.created_at {
            Some(then) => PostId::at(then),
            None => PostId::next(),
        };
        // First, because it locks the author: an account that is made private at this moment must find the post, or be found private.
        let private: bool = diesel::update(users::table.find(new.author))
            .set(users::post_count.eq(users::post_count + 1))
            .returning(users::private)
            .get_result(c)?;
        let mentions = known_mentions(c, &new.caption)?;
        diesel::insert_into(posts::table)
            .values((
                posts::id.eq(id),
                posts::author_id.eq(new.author),
                posts::caption.eq(&new.caption),
                posts::mentions.eq(&mentions),
                posts::like_count.eq(0),
                posts::photo_count.eq(new.photos.len() as i32),
                posts::post_key.eq(&new.post_key),
                posts::created_at.eq(created_at),
                posts::followers_only.eq(new.followers_only),
                posts::comments_off.eq(new.comments_off),
                posts::is_open.eq(!new.followers_only && !private),
                posts::day.eq(day_of(created_at)),
            ))
            .execute(c)?;
        let images: Vec<ImageId> = new.photos.iter().map(|(image, _)| *image).collect();
        let mut taken = Image::taken(c, &images)?;
        let photos: Vec<_> = new
            .photos
            .iter()
            .enumerate()
            .map(|(position, (image, alt))| {
                let facts = new.keep.of(&taken.remove(image).unwrap_or_default());
                (
                    post_photos::post_id.eq(id),
                    post_photos::position.eq(position as i32),
                    post_photos::image_id.eq(image),
                    post_photos::alt.eq(alt),
                    post_photos::camera.eq(facts.camera),
                    post_photos::taken_at.eq(facts.taken_at),
                    post_photos::place.eq(facts.place),
                )
            })
            .collect();
        each!(c, |c| diesel::insert_into(post_photos::table).values(&photos).execute(c))?;
        insert_tags(c, id, &new.caption)?;
        let newest = users::table.find(new.author).filter(users::last_post_id.lt(id.get()));
        diesel::update(newest).set(users::last_post_id.eq(id.get())).execute(c)?;
        Image::adopt(c, &images, now)?;
        if new.created_at.is_none() {
            mention::tell(c, id, new.author, &mentions, now)?;
        }
        Ok(id)
    }

    /// The post an earlier request with this key made.
    pub fn find_by_key(c: &mut Conn, author: UserId, key: &str) -> Result<Option<PostId>> {
        let same = posts::table.filter(posts::author_id.eq(author)).filter(posts::post_key.eq(key));
        Ok(same.select(posts::id).first(c).optional()?)
    }

    /// # Errors
    /// `NotFound` when it does not exist or is not for this viewer's eyes.
    pub fn visible_to(c: &mut Conn, viewer: Option<&Viewer>, id: PostId) -> Result<Self> {
        let visible = posts::table.find(id).filter(audience::visible_to(audience::me(viewer)));
        Ok(visible.select((posts::id, posts::author_id, posts::caption, posts::like_count)).first(c)?)
    }

    /// Whether a picture belongs to a post this viewer may see.
    pub fn shows_image(c: &mut Conn, viewer: Option<&Viewer>, image: ImageId) -> Result<bool> {
        let shown = post_photos::table.inner_join(posts::table).filter(post_photos::image_id.eq(image));
        Ok(diesel::select(exists(shown.filter(audience::visible_to(audience::me(viewer))))).get_result(c)?)
    }

    /// The same for changing it: its author, or an administrator.
    ///
    /// # Errors
    /// `Forbidden` for everybody else who may see it.
    pub fn changeable_by(c: &mut Conn, viewer: &Viewer, id: PostId) -> Result<Self> {
        let post = Self::visible_to(c, Some(viewer), id)?;
        if post.may_change(viewer) { Ok(post) } else { Err(Error::Forbidden) }
    }

    /// The viewer's own: what not even an administrator decides for somebody else.
    ///
    /// # Errors
    /// `Forbidden` for everybody else who may see it.
    pub fn own(c: &mut Conn, viewer: &Viewer, id: PostId) -> Result<Self> {
        let post = Self::visible_to(c, Some(viewer), id)?;
        if post.author_id == viewer.id { Ok(post) } else { Err(Error::Forbidden) }
    }

    pub fn may_change(&self, viewer: &Viewer) -> bool {
        self.author_id == viewer.id || viewer.is_admin()
    }

    /// Whether this is one of several photos and could not be prepared: only such a one can be taken out.
    pub fn can_lose(&self, c: &mut Conn, image: ImageId) -> Result<bool> {
        let images = self.images(c)?;
        Ok(images.len() > 1 && images.contains(&image) && Image::find(c, image)?.state() == State::Failed)
    }

    /// Takes a failed photo out; those behind it move up. False when it cannot be (see [`Post::can_lose`]).
    pub fn lose(&self, c: &mut Conn, image: ImageId, now: Timestamp) -> Result<bool> {
        // First, because it locks the post: two at once must not take its last photos.
        diesel::update(posts::table.find(self.id)).set(posts::photo_count.eq(posts::photo_count)).execute(c)?;
        if !self.can_lose(c, image)? {
            return Ok(false);
        }
        diesel::update(posts::table.find(self.id)).set(posts::photo_count.eq(posts::photo_count - 1)).execute(c)?;
        let order = post_photos::table.filter(post_photos::post_id.eq(self.id)).order(post_photos::position);
        let photos: Vec<(i32, ImageId)> = order.select((post_photos::position, post_photos::image_id)).load(c)?;
        Image::delete(c, &[image], now)?;
        // One by one and in order: a place must be free before the next photo takes it.
        for (position, _) in photos.into_iter().skip_while(|(_, id)| *id != image).skip(1) {
            diesel::update(post_photos::table.find((self.id, position))).set(post_photos::position.eq(position - 1)).execute(c)?;
        }
        Ok(true)
    }

    pub fn images(&self, c: &mut Conn) -> Result<Vec<ImageId>> {
        Ok(post_photos::table.filter(post_photos::post_id.eq(self.id)).select(post_photos::image_id).load(c)?)
    }
}

pub(super) fn insert_tags(c: &mut Conn, id: PostId, caption: &str) -> Result<()> {
    let tags: Vec<_> = caption::tags(caption).into_iter().map(|tag| (post_tags::tag.eq(tag), post_tags::post_id.eq(id))).collect();
    if !tags.is_empty() {
        each!(c, |c| diesel::insert_into(post_tags::table).values(&tags).execute(c))?;
    }
    Ok(())
}

/// The names in a caption that belong to somebody now, as the column keeps them.
pub(super) fn known_mentions(c: &mut Conn, caption: &str) -> Result<String> {
    Ok(User::existing_names(c, &caption::mentioned(caption))?.join(" "))
}
