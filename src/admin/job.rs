//! A job as an administrator reads it: its kind in words, and what it is about.

use crate::accounts::Upkeep;
use crate::accounts::social::ImportPhoto;
use crate::error::Result;
use crate::mails;
use crate::media::ImageId;
use crate::media::jobs::{DeleteObjects, MakeVariants, Sweep};
use crate::media::moving::MoveVariants;
use crate::platform::db::Conn;
use crate::platform::jobs::{Entry, Job, Kinds};
use crate::posts::PostId;
use crate::posts::jobs::Purge;
use crate::schema::{post_photos, posts, users};
use crate::web::paging::Page;
use diesel::prelude::*;
use std::collections::HashMap;

/// Where the thing can be seen that a job is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    Post {
        id: PostId,
        author: String,
    },
    Avatar {
        username: String,
    },
    /// There is nothing to be seen, or no longer.
    Nothing,
}

#[derive(Clone, Debug)]
pub struct Row {
    pub job: Entry,
    pub about: About,
    /// `None` for a kind this program does not know.
    pub max_attempts: Option<i32>,
    pub cancellable: bool,
}

/// What kinds are called: names of messages.
pub fn kind_words(kind: &str) -> Option<&'static str> {
    match kind {
        MakeVariants::KIND => Some("job-make-variants"),
        DeleteObjects::KIND => Some("job-delete-objects"),
        Sweep::KIND => Some("job-sweep"),
        MoveVariants::KIND => Some("job-move-variants"),
        Purge::KIND => Some("job-purge"),
        mails::SendMail::KIND => Some("job-send-mail"),
        mails::Forget::KIND => Some("job-forget-mails"),
        Upkeep::KIND => Some("job-upkeep"),
        // Of a floor above.
        "takeout.export" => Some("job-export"),
        "takeout.import" => Some("job-import"),
        "takeout.delete_account" => Some("job-delete-account"),
        "takeout.tidy" => Some("job-tidy"),
        ImportPhoto::KIND => Some("job-import-photo"),
        _ => None,
    }
}

impl Row {
    pub fn kind_words(&self) -> Option<&'static str> {
        kind_words(&self.job.kind)
    }

    /// It is about a picture, and that is gone.
    pub fn has_lost_its_picture(&self) -> bool {
        self.job.kind == MakeVariants::KIND && self.job.subject.is_some() && self.about == About::Nothing
    }

    /// A process by the beginning of its sign, and the number of its worker.
    pub fn worker(&self) -> String {
        let worker = self.job.worker.as_deref().unwrap_or_default();
        match worker.split_once('-') {
            Some((process, number)) => format!("{}-{number}", process.chars().take(4).collect::<String>()),
            None => worker.to_owned(),
        }
    }

    /// What fits into one line.
    pub fn error_line(&self) -> Option<String> {
        self.job.last_error.as_deref().map(|error| error.lines().next().unwrap_or_default().chars().take(160).collect())
    }
}

/// Finds out what the jobs of a page are about: two queries, however many there are.
pub fn describe(c: &mut Conn, kinds: &Kinds, page: Page<Entry>) -> Result<Page<Row>> {
    let pictures = page.rows.iter().filter(|job| job.kind == MakeVariants::KIND).filter_map(|job| job.subject);
    let pictures: Vec<ImageId> = pictures.map(ImageId::from).collect();
    let mut seen: HashMap<i64, About> = HashMap::new();
    if !pictures.is_empty() {
        let shared: Vec<(ImageId, PostId, String)> = post_photos::table
            .inner_join(posts::table.inner_join(users::table))
            .filter(post_photos::image_id.eq_any(&pictures))
            .select((post_photos::image_id, post_photos::post_id, users::username))
            .load(c)?;
        seen.extend(shared.into_iter().map(|(image, id, author)| (image.get(), About::Post { id, author })));
        let faces: Vec<(Option<i64>, String)> = users::table
            .filter(users::avatar_id.eq_any(pictures.iter().map(|id| id.get()).collect::<Vec<i64>>()))
            .select((users::avatar_id, users::username))
            .load(c)?;
        seen.extend(faces.into_iter().filter_map(|(image, username)| Some((image?, About::Avatar { username }))));
    }
    Ok(page.map(|job| {
        let kind = kinds.get(&job.kind);
        Row {
            about: job.subject.and_then(|subject| seen.get(&subject).cloned()).unwrap_or(About::Nothing),
            max_attempts: kind.map(|kind| kind.max_attempts),
            cancellable: kind.is_some_and(|kind| kind.cancellable),
            job,
        }
    }))
}
