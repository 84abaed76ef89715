//! Changing a post that is there: its words, its photos' order and words, who may see it, whether it can be talked about.

use super::post::{insert_tags, known_mentions};
use super::{Keep, Post, PostId, mention};
use crate::clock::Timestamp;
use crate::error::Result;
use crate::media::ImageId;
use crate::platform::db::Conn;
use crate::schema::{post_photos, post_tags, posts};
use diesel::prelude::*;

/// What is to be different; `None` is left as it is.
#[derive(Clone, Debug, Default)]
pub struct Revision {
    pub caption: Option<String>,
    /// All photos of the post, in their new order.
    pub order: Option<Vec<ImageId>>,
    /// In the order of the photos as they are after this.
    pub alts: Vec<String>,
    /// Published facts that are not among these are taken back; none is ever added.
    pub keep: Option<Keep>,
    pub followers_only: Option<bool>,
    pub comments_off: Option<bool>,
}

impl Post {
    /// Makes it so. Marked as edited only when its words or its photos are others than before.
    ///
    /// False when `order` does not hold exactly the photos it has: somebody else changed them, and nothing was done.
    pub fn revise(&self, c: &mut Conn, revision: &Revision, now: Timestamp) -> Result<bool> {
        // First, because it locks the post: two at once must not mix their orders.
        diesel::update(posts::table.find(self.id)).set(posts::photo_count.eq(posts::photo_count)).execute(c)?;
        let in_order = post_photos::table.filter(post_photos::post_id.eq(self.id)).order(post_photos::position);
        let before: Vec<ImageId> = in_order.select(post_photos::image_id).load(c)?;
        if let Some(order) = &revision.order {
            let (mut given, mut there) = (order.clone(), before.clone());
            given.sort();
            there.sort();
            if given != there {
                return Ok(false);
            }
        }
        let mut changed = 0;
        if let Some(order) = revision.order.as_ref().filter(|order| **order != before) {
            reorder(c, self.id, order)?;
            changed += 1;
        }
        for (position, alt) in revision.alts.iter().enumerate() {
            let other = post_photos::table.find((self.id, position as i32)).filter(post_photos::alt.ne(alt));
            changed += diesel::update(other).set(post_photos::alt.eq(alt)).execute(c)?;
        }
        if let Some(keep) = revision.keep {
            take_back(c, self.id, keep)?;
        }
        if let Some(caption) = &revision.caption {
            changed += self.set_caption(c, caption, now)?;
        }
        if changed > 0 {
            diesel::update(posts::table.find(self.id)).set(posts::edited_at.eq(now)).execute(c)?;
        }
        if let Some(followers_only) = revision.followers_only {
            self.set_audience(c, followers_only, now)?;
        }
        if let Some(comments_off) = revision.comments_off {
            diesel::update(posts::table.find(self.id)).set(posts::comments_off.eq(comments_off)).execute(c)?;
        }
        Ok(true)
    }

    /// How many posts it changed: one, or none when it has these very words.
    fn set_caption(&self, c: &mut Conn, caption: &str, now: Timestamp) -> Result<usize> {
        let mentions = known_mentions(c, caption)?;
        let before: String = posts::table.find(self.id).select(posts::mentions).first(c)?;
        let other = posts::table.find(self.id).filter(posts::caption.ne(caption));
        let changed = diesel::update(other).set((posts::caption.eq(caption), posts::mentions.eq(&mentions))).execute(c)?;
        if changed == 1 {
            diesel::delete(post_tags::table.filter(post_tags::post_id.eq(self.id))).execute(c)?;
            insert_tags(c, self.id, caption)?;
            // Who was named already knows.
            let known: Vec<&str> = before.split_whitespace().collect();
            let new: Vec<&str> = mentions.split_whitespace().filter(|name| !known.contains(name)).collect();
            mention::tell(c, self.id, self.author_id, &new.join(" "), now)?;
        }
        Ok(changed)
    }
}

fn take_back(c: &mut Conn, id: PostId, keep: Keep) -> Result<()> {
    let photos = post_photos::table.filter(post_photos::post_id.eq(id));
    if !keep.camera {
        diesel::update(photos).set(post_photos::camera.eq(None::<String>)).execute(c)?;
    }
    if !keep.date {
        diesel::update(photos).set(post_photos::taken_at.eq(None::<Timestamp>)).execute(c)?;
    }
    if !keep.place {
        diesel::update(photos).set(post_photos::place.eq(None::<String>)).execute(c)?;
    }
    Ok(())
}

/// Positions are part of the key, so all of them move out of the way first.
fn reorder(c: &mut Conn, id: PostId, order: &[ImageId]) -> Result<()> {
    let photos = post_photos::table.filter(post_photos::post_id.eq(id));
    diesel::update(photos).set(post_photos::position.eq(post_photos::position + 1_000)).execute(c)?;
    for (position, image) in order.iter().enumerate() {
        let photo = post_photos::table.filter(post_photos::post_id.eq(id)).filter(post_photos::image_id.eq(image));
        diesel::update(photo).set(post_photos::position.eq(position as i32)).execute(c)?;
    }
    Ok(())
}
