//! A file is gone through, post by post: only looked at, or made. One post is in memory, and its photos lie in the spool. Each post
//! is made in one transaction with its comments, its line of the receipt and the note of where it came from.

use super::archive::Reader;
use super::format::{Audience, Comment as Said, Item, Post as Kept};
use super::import::{Import, Imported};
use super::making::{self, here};
use super::receipt::{Line, Outcome, Receipt, What};
use crate::error::{Error, Result};
use crate::media::upload::{self, Content, File};
use crate::media::{Group, ImageId};
use crate::platform::crash;
use crate::platform::db::Conn;
use crate::posts::comments::{self, CommentId};
use crate::posts::{Keep, NewPost, PostId, read_alt, read_caption};
use crate::state::AppState;
use crate::web::UserId;
use crate::web::i18n::Message;
use chrono::{DateTime, Datelike, TimeDelta, Utc};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{Semaphore, mpsc};

/// Lines that are looked up and written together.
pub(super) const TOGETHER: usize = 50;
/// Items read ahead of the one in work.
const AHEAD: usize = 2;
/// Characters of a number from elsewhere, and of a site's address.
const SOURCE: usize = 200;
/// Posts and comments of a file. Each is a row of the receipt, and all of them go in one transaction when it is thrown away.
const MOST_LINES: i64 = 100_000;
/// Files that are opened at once for a first look: each holds its directory in memory.
static OPENING: Semaphore = Semaphore::const_new(2);

/// Opens a file and reads its document to the end: how many lines its receipt will have.
///
/// # Errors
/// In words for its owner, when it is nothing this program reads.
pub async fn survey(path: PathBuf) -> Result<Result<i64, Message>> {
    let _turn = OPENING.acquire().await.map_err(Error::internal)?;
    let look = move || -> Result<Result<i64, Message>> {
        let mut reader = match Reader::open(&path)? {
            Ok(reader) => reader,
            Err(problem) => return Ok(Err(problem)),
        };
        let mut lines = 0;
        let read = reader.read(&mut |item| {
            lines += match &item {
                Item::Site(_) => 0,
                Item::Post(post) => 1 + post.comments.items.len() as i64 + i64::from(post.comments.over > 0),
                Item::Comment(_) => 1,
            };
            lines <= MOST_LINES
        });
        Ok(read.and_then(
            |()| if lines > MOST_LINES { Err(Message::new("import-too-many-lines").with("limit", MOST_LINES)) } else { Ok(lines) },
        ))
    };
    tokio::task::spawn_blocking(look).await.map_err(Error::internal)?
}

/// Goes through the file at `path`; `tell` hears each line as it is written. False when it was stopped.
///
/// # Errors
/// `BadRequest` when the file is not what it was when it was surveyed; outages as they are.
pub async fn run(state: &AppState, import: &Import, path: &Path, tell: &mut (dyn FnMut(&Line) + Send)) -> Result<bool> {
    let reader = open(path).await?;
    let files = reader.files();
    let mut run = Run {
        state,
        import: import.clone(),
        reader: Arc::new(Mutex::new(reader)),
        files,
        used: HashSet::new(),
        site: String::new(),
        position: 0,
        pending: Vec::new(),
        tell,
    };
    let (items, mut coming) = mpsc::channel(AHEAD);
    let mut second = open(path).await?;
    let reading = tokio::task::spawn_blocking(move || second.read(&mut |item| items.blocking_send(item).is_ok()));
    while let Some(item) = coming.recv().await {
        let go_on = match item {
            Item::Site(site) => {
                run.site = site.trim_end_matches('/').chars().take(SOURCE).collect();
                true
            }
            Item::Post(post) => run.post(*post).await?,
            Item::Comment(said) => run.elsewhere(&said).await?,
        };
        if !go_on {
            return Ok(false);
        }
    }
    let whole = reading.await.map_err(Error::internal)?;
    whole.map_err(|problem| Error::BadRequest(problem.key.to_owned()))?;
    run.flush().await
}

async fn open(path: &Path) -> Result<Reader> {
    let path = path.to_owned();
    let opened = tokio::task::spawn_blocking(move || Reader::open(&path)).await.map_err(Error::internal)??;
    opened.map_err(|problem| Error::BadRequest(problem.key.to_owned()))
}

struct Run<'a> {
    state: &'a AppState,
    import: Import,
    reader: Arc<Mutex<Reader>>,
    /// Beside the document, with their sizes.
    files: HashMap<String, u64>,
    /// Taken by a photo: none is taken twice, or a small file could be unpacked for ever.
    used: HashSet<String>,
    site: String,
    position: i64,
    /// Looked at, and not yet written.
    pending: Vec<Looked>,
    tell: &'a mut (dyn FnMut(&Line) + Send),
}

/// A thing of the file before anybody has asked whether it is here.
pub(super) struct Looked {
    pub line: Line,
    /// Its number, where the file comes from this very site.
    own: Option<i64>,
    /// Those under the post, or nothing.
    pub comments: Vec<Line>,
}

impl Run<'_> {
    /// Where a thing comes from, in one word.
    fn source(&self, id: &str) -> String {
        format!("{} {}", self.site, id.chars().take(SOURCE).collect::<String>())
    }

    fn own(&self, id: &str) -> Option<i64> {
        let here = self.state.config.server.public_url.as_str().trim_end_matches('/');
        if self.site == here { id.parse().ok() } else { None }
    }

    fn next_line(&mut self, what: What, id: &str, title: &str) -> Line {
        let line = Line::new(self.position, what, &self.source(id), title);
        self.position += 1;
        line
    }

    async fn post(&mut self, post: Kept) -> Result<bool> {
        let mut line = self.next_line(What::Post, &post.id, &post.caption);
        let mut comments: Vec<Line> = Vec::with_capacity(post.comments.items.len());
        for said in &post.comments.items {
            let line = self.next_line(What::Comment, &said.id, &said.body);
            comments.push(match self.comment_problem(said) {
                Some(problem) => line.cannot(problem),
                None => line,
            });
        }
        if post.comments.over > 0 {
            let line = self.next_line(What::Comment, "", "");
            comments.push(line.cannot(Message::new("import-comments-over").with("count", post.comments.over)));
        }
        if let Some(problem) = self.post_problem(&post) {
            line = line.cannot(problem);
        }
        let looked = Looked { own: self.own(&post.id), line, comments };
        if self.import.dry_run || looked.line.outcome == Outcome::Cannot {
            return self.put(looked).await;
        }
        // What is pending stands before it in the receipt.
        if !self.flush().await? {
            return Ok(false);
        }
        self.make(post, looked).await
    }

    /// On somebody else's post: it is here, or stays where it is.
    async fn elsewhere(&mut self, said: &Said) -> Result<bool> {
        let line = self.next_line(What::Comment, &said.id, &said.body).cannot(Message::new("import-comment-elsewhere"));
        let own = self.own(&said.id);
        self.put(Looked { line, own, comments: Vec::new() }).await
    }

    async fn put(&mut self, looked: Looked) -> Result<bool> {
        self.pending.push(looked);
        let lines: usize = self.pending.iter().map(|looked| 1 + looked.comments.len()).sum();
        if lines < TOGETHER { Ok(true) } else { self.flush().await }
    }

    /// Asks what is here already, and writes the lines. False when nobody waits for them any more.
    async fn flush(&mut self) -> Result<bool> {
        let (pending, import, user, done) = (std::mem::take(&mut self.pending), self.import.id, self.import.user, self.position);
        let written = self
            .state
            .db
            .write(move |c| {
                if !Import::report(c, import, done)? {
                    return Ok(None);
                }
                let mut lines = Vec::new();
                for looked in pending {
                    lines.extend(looked.settled(c, user)?);
                }
                for some in lines.chunks(TOGETHER * 4) {
                    Receipt::write(c, import, some)?;
                }
                Ok(Some(lines))
            })
            .await?;
        let Some(lines) = written else { return Ok(false) };
        lines.iter().for_each(&mut *self.tell);
        Ok(true)
    }

    fn post_problem(&mut self, post: &Kept) -> Option<Message> {
        let most = self.state.config.uploads.max_photos;
        if let Some(problem) = self.number_problem(&post.id).or_else(|| self.date_problem(post.created_at)) {
            return Some(problem);
        }
        match post.photos.count() {
            0 => return Some(Message::new("photos-needed")),
            count if count > most => return Some(Message::new("photos-too-many").with("limit", most).with("count", count)),
            _ => {}
        }
        if let Err(problem) = read_caption(&post.caption) {
            return Some(problem);
        }
        let limit = self.state.config.uploads.max_bytes;
        for photo in &post.photos.items {
            if let Err(problem) = read_alt(&photo.alt) {
                return Some(problem);
            }
            let size = photo.file.as_ref().and_then(|file| self.files.get(file));
            match (size, &photo.file) {
                (Some(size), _) if *size > limit => {
                    return Some(Message::new("photo-too-large").with("limit", (limit / 1_000_000) as i64));
                }
                (Some(_), Some(file)) => {
                    if !self.used.insert(file.clone()) {
                        return Some(Message::new("import-photo-twice"));
                    }
                }
                _ => return Some(Message::new("import-photo-missing")),
            }
        }
        None
    }

    fn comment_problem(&self, said: &Said) -> Option<Message> {
        self.number_problem(&said.id).or_else(|| self.date_problem(said.created_at)).or_else(|| comments::read(&said.body).err())
    }

    fn number_problem(&self, id: &str) -> Option<Message> {
        let fits = !id.is_empty() && id.chars().count() <= SOURCE && !id.chars().any(char::is_control);
        (!fits).then(|| Message::new("import-damaged"))
    }

    fn date_problem(&self, at: DateTime<Utc>) -> Option<Message> {
        let late = at.naive_utc() > self.state.now() + TimeDelta::days(1);
        (late || at.year() < 1900).then(|| Message::new("import-date"))
    }

    /// The photos go the way of any upload; then everything at once.
    async fn make(&mut self, post: Kept, looked: Looked) -> Result<bool> {
        let (import, user, position) = (self.import.id, self.import.user, looked.line.position);
        let (source, own) = (looked.line.source.clone(), looked.own);
        let before = self.state.db.read(move |c| Ok((Receipt::is_made(c, import, position)?, here(c, user, &source, own)?))).await?;
        match before {
            // By this very import, before it was broken off.
            (true, _) => return Ok(true),
            (false, Some(_)) => return self.put(looked).await,
            (false, None) => {}
        }
        let images = match self.photos(&post).await? {
            Ok(images) => images,
            Err(problem) => {
                let Looked { line, own, comments } = looked;
                return self.put(Looked { line: line.cannot(problem), own, comments }).await;
            }
        };
        crash::point("import.stored");
        let new = NewPost {
            created_at: Some(post.created_at.naive_utc()),
            author: user,
            caption: read_caption(&post.caption).unwrap_or_default(),
            photos: images.iter().copied().zip(post.photos.items.iter().map(|photo| read_alt(&photo.alt).unwrap_or_default())).collect(),
            keep: Keep {
                camera: post.photos.items.iter().any(|photo| photo.camera.is_some()),
                date: post.photos.items.iter().any(|photo| photo.taken_on.is_some()),
                place: post.photos.items.iter().any(|photo| photo.place.is_some()),
            },
            post_key: None,
            followers_only: post.audience == Audience::Followers,
            comments_off: false,
        };
        let now = self.state.now();
        let made = self.state.db.write(move |c| making::create(c, import, &new, post, looked, now)).await;
        match made {
            Ok(Some(lines)) => {
                crash::point("import.post_committed");
                lines.iter().for_each(&mut *self.tell);
                Ok(true)
            }
            Ok(None) => {
                upload::discard(self.state, images).await;
                Ok(false)
            }
            Err(error) => {
                upload::discard(self.state, images).await;
                Err(error)
            }
        }
    }

    /// Unpacked, looked at and stored, in their order.
    async fn photos(&mut self, post: &Kept) -> Result<Result<Vec<ImageId>, Message>> {
        let mut files = Vec::with_capacity(post.photos.items.len());
        for photo in &post.photos.items {
            let Some(name) = photo.file.clone() else { return Ok(Err(Message::new("import-photo-missing"))) };
            let (reader, spool, limit) = (self.reader.clone(), self.state.spool(), self.state.config.uploads.max_bytes);
            let unpack = move || reader.lock().unwrap_or_else(PoisonError::into_inner).unpack(&name, &spool, limit);
            match tokio::task::spawn_blocking(unpack).await.map_err(Error::internal)?? {
                Ok((path, bytes)) => {
                    files.push(File { name: upload::clean_file_name(&photo.name), content: Content::Spooled { path, bytes } });
                }
                Err(problem) => return Ok(Err(problem)),
            }
        }
        let looked = match upload::look_at(self.state, files, Group::Post).await? {
            Ok(looked) => looked,
            Err(problems) => {
                let first = problems.into_iter().next().map(|problem| problem.message);
                return Ok(Err(first.unwrap_or_else(|| Message::new("photo-damaged"))));
            }
        };
        if let Some(problem) = upload::over_quota(self.state, self.import.user, &looked).await? {
            return Ok(Err(problem));
        }
        upload::store(self.state, self.import.user, looked).await.map(Ok)
    }
}

impl Looked {
    /// As it stands now, with the lines under it.
    fn settled(self, c: &mut Conn, user: UserId) -> Result<Vec<Line>> {
        let found = match self.line.what {
            What::Post => here(c, user, &self.line.source, self.own)?.map(PostId::get),
            What::Comment => {
                let own = self.own.map(|id| Imported::own_comment(c, user, CommentId::from(id))).transpose()?.flatten();
                let known = if own.is_some() { own } else { Imported::comment(c, user, &self.line.source)? };
                known.map(CommentId::get)
            }
        };
        let line = match found {
            Some(id) => Line { reason: None, ..self.line }.here(id),
            None => self.line,
        };
        let under = |comment: Line| match line.outcome {
            Outcome::Here => Line { outcome: Outcome::Here, reason: None, ..comment },
            Outcome::Cannot => comment.cannot(Message::new("import-comment-without-post")),
            Outcome::New | Outcome::Made => comment,
        };
        let comments: Vec<Line> = self.comments.into_iter().map(under).collect();
        Ok(std::iter::once(line).chain(comments).collect())
    }
}
