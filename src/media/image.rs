//! An uploaded picture: one row per upload, its state, and the keys its objects have.

use super::object;
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::platform::crash;
use crate::platform::db::Conn;
use crate::platform::imaging::{self, Format, Header, Preview, Size, Taken};
use crate::platform::jobs;
use crate::schema::images;
use crate::web::{UserId, i18n};
use diesel::prelude::*;
use std::collections::HashMap;

crate::id_type!(
    /// A row of `images`.
    ImageId
);

/// What a picture is for: the first part of its keys, and the size of its thumbnail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    UserProfile,
    Post,
}

impl Group {
    pub const ALL: [Group; 2] = [Group::UserProfile, Group::Post];

    pub fn as_str(self) -> &'static str {
        match self {
            Group::UserProfile => "user_profile",
            Group::Post => "post",
        }
    }

    pub fn from_name(name: &str) -> Option<Group> {
        Group::ALL.into_iter().find(|group| group.as_str() == name)
    }

    /// Side of the square thumbnail in pixels, at most.
    pub fn thumbnail_side(self) -> u32 {
        match self {
            Group::UserProfile => 200,
            Group::Post => 500,
        }
    }
}

/// How far a picture is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Its objects are being put; nothing shows it yet.
    Storing,
    /// The thumbnail is there, the other sizes are being made.
    Processing,
    Ready,
    /// The other sizes could not be made; `failure` says why.
    Failed,
}

impl State {
    pub fn as_str(self) -> &'static str {
        match self {
            State::Storing => "storing",
            State::Processing => "processing",
            State::Ready => "ready",
            State::Failed => "failed",
        }
    }

    pub fn from_name(name: &str) -> State {
        match name {
            "ready" => State::Ready,
            "failed" => State::Failed,
            "storing" => State::Storing,
            _ => State::Processing,
        }
    }
}

/// `{group}/{uuid}_{size}.webp`.
pub fn variant_key(group: Group, uuid: &str, size: Size) -> String {
    format!("{}/{uuid}_{}.webp", group.as_str(), size.as_str())
}

#[derive(Clone, Debug, Queryable)]
pub struct Image {
    pub id: ImageId,
    pub user_id: UserId,
    pub group_name: String,
    pub uuid: String,
    pub original_key: String,
    pub width: i32,
    pub height: i32,
    pub original_bytes: i64,
    state: String,
    pub file_name: String,
    pub format: String,
    largest: String,
    pub variant_bytes: i64,
    pub placeholder: String,
    pub colour: String,
    /// The name of a message, when the picture failed.
    pub failure: Option<String>,
}

/// A picture that was looked at and is about to be stored.
#[derive(Clone, Debug)]
pub struct NewImage {
    pub id: ImageId,
    pub group: Group,
    pub uuid: String,
    pub original_key: String,
    pub file_name: String,
    pub header: Header,
    pub bytes: u64,
    pub preview: Preview,
    pub taken: Taken,
}

impl NewImage {
    pub fn new(group: Group, file_name: String, header: Header, bytes: u64, preview: Preview, taken: Taken) -> Self {
        NewImage {
            id: ImageId::next(),
            group,
            uuid: uuid::Uuid::new_v4().to_string(),
            // A name of its own: the variants' address is public and must not lead to the original, which keeps its GPS.
            original_key: format!("original/{}.{}", uuid::Uuid::new_v4(), header.format.extension()),
            file_name,
            header,
            bytes,
            preview,
            taken,
        }
    }

    pub fn thumbnail_key(&self) -> String {
        variant_key(self.group, &self.uuid, Size::Thumbnail)
    }
}

impl Image {
    /// Writes the picture and its two first objects down, before anything is put.
    pub fn begin(c: &mut Conn, user: UserId, new: &NewImage, now: Timestamp) -> Result<()> {
        let [red, green, blue] = new.preview.colour;
        diesel::insert_into(images::table)
            .values((
                images::id.eq(new.id),
                images::user_id.eq(user),
                images::group_name.eq(new.group.as_str()),
                images::uuid.eq(&new.uuid),
                images::original_key.eq(&new.original_key),
                images::file_name.eq(&new.file_name),
                images::format.eq(new.header.format.as_str()),
                images::width.eq(new.header.width as i32),
                images::height.eq(new.header.height as i32),
                images::original_bytes.eq(new.bytes as i64),
                images::variant_bytes.eq(new.preview.thumbnail.bytes.len() as i64),
                images::largest.eq(Size::Thumbnail.as_str()),
                images::placeholder.eq(&new.preview.placeholder),
                images::colour.eq(format!("#{red:02x}{green:02x}{blue:02x}")),
                images::state.eq(State::Storing.as_str()),
                images::created_at.eq(now),
                images::camera.eq(&new.taken.camera),
                images::taken_at.eq(new.taken.at),
                images::place.eq(&new.taken.place),
            ))
            .execute(c)?;
        object::begin(c, new.id, &new.original_key, new.bytes as i64, now)?;
        object::begin(c, new.id, &new.thumbnail_key(), new.preview.thumbnail.bytes.len() as i64, now)
    }

    /// The first objects are there: from here on the picture may be shown, and its other sizes are a job.
    ///
    /// # Errors
    /// `NotFound` when one of them is gone, or was adopted already: a picture is shown in one place only.
    pub fn adopt(c: &mut Conn, ids: &[ImageId], now: Timestamp) -> Result<()> {
        // In the order of ids, as everybody takes them who takes several.
        let mut in_order = ids.to_vec();
        in_order.sort();
        for id in in_order {
            let storing = images::table.find(id).filter(images::state.eq(State::Storing.as_str()));
            if diesel::update(storing).set(images::state.eq(State::Processing.as_str())).execute(c)? == 0 {
                return Err(Error::NotFound);
            }
        }
        for id in ids {
            let image: Image = Self::find(c, *id)?;
            object::confirm(c, *id)?;
            jobs::enqueue(c, &super::jobs::MakeVariants::of(&image), now)?;
        }
        crash::point("adopt.uncommitted");
        Ok(())
    }

    pub fn find(c: &mut Conn, id: ImageId) -> Result<Self> {
        Ok(images::table
            .find(id)
            .select((
                images::id,
                images::user_id,
                images::group_name,
                images::uuid,
                images::original_key,
                images::width,
                images::height,
                images::original_bytes,
                images::state,
                images::file_name,
                images::format,
                images::largest,
                images::variant_bytes,
                images::placeholder,
                images::colour,
                images::failure,
            ))
            .first(c)?)
    }

    /// What a person's pictures take: originals and variants, in bytes. Uploads that have come to nothing are not theirs.
    pub fn bytes_of(c: &mut Conn, user: UserId) -> Result<i64> {
        // PostgreSQL adds BIGINTs up to a NUMERIC.
        let bytes = diesel::dsl::sql::<diesel::sql_types::BigInt>("CAST(COALESCE(SUM(original_bytes + variant_bytes), 0) AS BIGINT)");
        Ok(images::table.filter(images::user_id.eq(user)).filter(images::state.ne(State::Storing.as_str())).select(bytes).first(c)?)
    }

    /// Where one size lies; `None` is the original.
    pub fn key(&self, size: Option<Size>) -> String {
        match size {
            Some(size) => variant_key(self.group(), &self.uuid, size),
            None => self.original_key.clone(),
        }
    }

    pub fn media_type(&self, size: Option<Size>) -> &'static str {
        let format = self.format.parse::<Format>().ok().filter(|_| size.is_none());
        match (size, format) {
            (Some(_), _) => "image/webp",
            (None, Some(format)) => format.media_type(),
            (None, None) => "application/octet-stream",
        }
    }

    /// The widest size there is by now.
    pub fn largest(&self) -> Size {
        self.largest.parse().unwrap_or(Size::Thumbnail)
    }

    /// The name a download is saved under: what the file was called, and for a size its width. The ending tells the truth
    /// whatever the file was called.
    pub fn download_name(&self, size: Option<Size>) -> String {
        let given = self.file_name.trim().trim_start_matches('.');
        let (stem, ending) = given.rsplit_once('.').unwrap_or((given, ""));
        let format = self.format.parse::<Format>().ok();
        match size {
            None if format.is_some_and(|format| format.has_ending(ending)) && !stem.is_empty() => given.to_owned(),
            None if given.is_empty() => format!("photo-{}.{}", self.id, format.map_or("bin", Format::extension)),
            None => format!("{given}.{}", format.map_or("bin", Format::extension)),
            Some(size) if stem.is_empty() => format!("photo-{}-{size}.webp", self.id),
            Some(size) => format!("{stem}-{size}.webp"),
        }
    }

    pub fn state(&self) -> State {
        State::from_name(&self.state)
    }

    pub fn group(&self) -> Group {
        Group::from_name(&self.group_name).unwrap_or(Group::Post)
    }

    /// Takes the rows away and leaves the objects to the deleting job.
    pub fn delete(c: &mut Conn, ids: &[ImageId], now: Timestamp) -> Result<()> {
        if ids.is_empty() {
            return Ok(());
        }
        diesel::delete(images::table.filter(images::id.eq_any(ids))).execute(c)?;
        jobs::forget_dead::<super::jobs::MakeVariants>(c, &ids.iter().map(|id| id.get()).collect::<Vec<_>>())?;
        object::doom(c, ids, now)?;
        crash::point("delete.uncommitted");
        Ok(())
    }

    /// The same for those of them that nothing shows: an answer got lost, and their transaction may have been done after all.
    pub fn delete_unadopted(c: &mut Conn, ids: &[ImageId], now: Timestamp) -> Result<()> {
        let unadopted = Self::hold_unadopted(c, ids)?;
        Self::delete(c, &unadopted, now)
    }

    /// Those of them that nothing shows; whoever would adopt one now has to wait for the end of this transaction.
    pub(super) fn hold_unadopted(c: &mut Conn, ids: &[ImageId]) -> Result<Vec<ImageId>> {
        let mut in_order = ids.to_vec();
        in_order.sort();
        let mut held = Vec::with_capacity(in_order.len());
        for id in in_order {
            let storing = images::table.find(id).filter(images::state.eq(State::Storing.as_str()));
            if diesel::update(storing).set(images::state.eq(State::Storing.as_str())).execute(c)? == 1 {
                held.push(id);
            }
        }
        Ok(held)
    }

    /// What their files say of how they were taken, for those that say anything.
    pub fn taken(c: &mut Conn, ids: &[ImageId]) -> Result<HashMap<ImageId, Taken>> {
        type Row = (ImageId, Option<String>, Option<Timestamp>, Option<String>);
        let columns = (images::id, images::camera, images::taken_at, images::place);
        let rows: Vec<Row> = images::table.filter(images::id.eq_any(ids)).select(columns).load(c)?;
        Ok(rows.into_iter().map(|(id, camera, at, place)| (id, Taken { camera, at, place })).collect())
    }

    /// All sizes are there. False when the picture was deleted meanwhile.
    pub(super) fn set_ready(c: &mut Conn, image: &Image, largest: Size) -> Result<bool> {
        let variant_bytes = object::variant_bytes(c, image.id, &image.original_key)?;
        let changed = diesel::update(images::table.find(image.id))
            .set((
                images::state.eq(State::Ready.as_str()),
                images::largest.eq(largest.as_str()),
                images::variant_bytes.eq(variant_bytes),
                images::failure.eq(None::<String>),
            ))
            .execute(c)?;
        Ok(changed == 1)
    }

    /// `reason` is the name of a message in `locales/`. False when the picture was deleted meanwhile.
    pub(super) fn set_failed(c: &mut Conn, id: ImageId, reason: &str) -> Result<bool> {
        // A message with numbers in it means a limit that was lowered since: the picture had passed it.
        let reason = i18n::known(reason).unwrap_or("photo-failed-limits");
        let changed = diesel::update(images::table.find(id))
            .set((images::state.eq(State::Failed.as_str()), images::failure.eq(reason)))
            .execute(c)?;
        Ok(changed == 1)
    }

    /// Once more, for a picture whose sizes could not be made.
    pub fn retry(c: &mut Conn, id: ImageId, now: Timestamp) -> Result<()> {
        let image = Self::find(c, id)?;
        if image.state() != State::Failed {
            return Ok(());
        }
        Self::set_processing(c, id)?;
        jobs::run_again(c, &super::jobs::MakeVariants::of(&image), now)
    }

    /// A failed one is in the making again.
    pub(super) fn set_processing(c: &mut Conn, id: ImageId) -> Result<()> {
        diesel::update(images::table.find(id).filter(images::state.eq(State::Failed.as_str())))
            .set((images::state.eq(State::Processing.as_str()), images::failure.eq(None::<String>)))
            .execute(c)?;
        Ok(())
    }

    /// Makes every size anew, the thumbnail too, from the original: for a picture whose objects were damaged or lost.
    ///
    /// # Errors
    /// `NotFound` when there is no such picture.
    pub(super) fn remake(c: &mut Conn, id: ImageId, now: Timestamp) -> Result<()> {
        let image = Self::find(c, id)?;
        diesel::update(images::table.find(id))
            .set((images::state.eq(State::Processing.as_str()), images::failure.eq(None::<String>)))
            .execute(c)?;
        jobs::enqueue(c, &super::jobs::MakeVariants::with_thumbnail(&image), now)
    }

    /// Their variants go to new addresses, by a job: who knew the old ones may no longer look.
    pub fn move_variants(c: &mut Conn, ids: &[ImageId], now: Timestamp) -> Result<()> {
        ids.iter().try_for_each(|id| jobs::enqueue(c, &super::moving::MoveVariants::of(*id), now))
    }

    /// Shown at its new addresses from now on. False when the picture is gone, or was moved or changed meanwhile.
    pub(super) fn set_uuid(c: &mut Conn, image: &Image, uuid: &str) -> Result<bool> {
        let same = images::table.find(image.id).filter(images::uuid.eq(&image.uuid));
        let same = same.filter(images::state.ne(State::Processing.as_str()));
        // A dead job knows the old name only; whoever tries again makes a new one.
        jobs::forget_dead::<super::jobs::MakeVariants>(c, &[image.id.get()])?;
        Ok(diesel::update(same).set(images::uuid.eq(uuid)).execute(c)? == 1)
    }

    /// Pictures whose upload never came to its end, begun before `before`.
    pub(super) fn abandoned(c: &mut Conn, before: Timestamp) -> Result<Vec<ImageId>> {
        let ids: Vec<ImageId> = images::table
            .filter(images::state.eq(State::Storing.as_str()))
            .filter(images::created_at.lt(before))
            .select(images::id)
            .limit(200)
            .load(c)?;
        Self::hold_unadopted(c, &ids)
    }

    /// The sizes this picture has when it is ready.
    pub fn all_sizes(&self) -> Vec<(Size, u32, u32)> {
        imaging::plan(self.width as u32, self.height as u32, self.group().thumbnail_side())
    }

    /// The same without the thumbnail.
    pub fn planned_sizes(&self) -> Vec<(Size, u32, u32)> {
        self.all_sizes().into_iter().filter(|(size, ..)| *size != Size::Thumbnail).collect()
    }
}
