//! A picture as a template draws it: its box, its placeholder, and the addresses that exist right now.

use super::{Group, State};
use crate::platform::imaging::{self, Size};
use crate::schema::images;
use diesel::prelude::*;

#[derive(Clone, Debug, Queryable)]
pub struct Photo {
    pub image_id: super::ImageId,
    pub group_name: String,
    pub uuid: String,
    pub width: i32,
    pub height: i32,
    pub placeholder: String,
    pub colour: String,
    state: String,
    /// The name of a message, when `state` is failed.
    pub failure: Option<String>,
}

pub type PhotoColumns = (
    images::id,
    images::group_name,
    images::uuid,
    images::width,
    images::height,
    images::placeholder,
    images::colour,
    images::state,
    images::failure,
);

impl Photo {
    /// For queries that join `images`.
    pub const COLUMNS: PhotoColumns = (
        images::id,
        images::group_name,
        images::uuid,
        images::width,
        images::height,
        images::placeholder,
        images::colour,
        images::state,
        images::failure,
    );

    pub fn state(&self) -> State {
        State::from_name(&self.state)
    }

    pub fn is_ready(&self) -> bool {
        self.state() == State::Ready
    }

    pub fn is_failed(&self) -> bool {
        self.state() == State::Failed
    }

    /// Made sizes, smallest first, without the thumbnail: the `srcset`.
    pub fn sizes(&self) -> Vec<(Size, u32, u32)> {
        let group = Group::from_name(&self.group_name).unwrap_or(Group::Post);
        let mut sizes = imaging::plan(self.width as u32, self.height as u32, group.thumbnail_side());
        sizes.retain(|(size, ..)| *size != Size::Thumbnail);
        sizes.sort_by_key(|(_, width, _)| *width);
        sizes
    }

    /// For a browser that knows no `srcset`, and as the box: the middle size.
    pub fn standard(&self) -> (Size, u32, u32) {
        let sizes = self.sizes();
        let middle = sizes.iter().rev().find(|(_, width, _)| *width <= 1024).or(sizes.first());
        middle.copied().unwrap_or((Size::Full, self.width as u32, self.height as u32))
    }

    /// Side of the square thumbnail.
    pub fn thumbnail_side(&self) -> u32 {
        let group = Group::from_name(&self.group_name).unwrap_or(Group::Post);
        group.thumbnail_side().min(self.width as u32).min(self.height as u32)
    }

    /// The shape a carousel takes from its first photo.
    pub fn shape(&self) -> &'static str {
        let ratio = f64::from(self.width) / f64::from(self.height.max(1));
        match ratio {
            ratio if ratio > 1.25 => "landscape",
            ratio if ratio > 0.9 => "square",
            _ => "portrait",
        }
    }
}
