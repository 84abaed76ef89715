//! A file somebody brought from another site: one row each. It is stored, looked through, shown, and made into posts when its
//! owner says so. What was made of what stands in `imported`, in the transaction that makes it: a second import, or one that
//! goes on after a crash, makes nothing twice.

use super::jobs::RunImport;
use super::receipt::Receipt;
use crate::audience::hold;
use crate::clock::Timestamp;
use crate::error::Result;
use crate::media::files;
use crate::platform::db::{Conn, ids};
use crate::platform::jobs;
use crate::posts::PostId;
use crate::posts::comments::CommentId;
use crate::schema::{comments, imported, imports, posts};
use crate::web::UserId;
use chrono::TimeDelta;
use diesel::prelude::*;

/// How long a file waits for its owner's word, and how long its receipt is kept.
const KEPT: TimeDelta = TimeDelta::days(7);
/// How long an upload may take from its row to its job.
const UNFINISHED: TimeDelta = TimeDelta::days(1);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// On its way into the store.
    Storing,
    Waiting,
    Running,
    /// Looked through: its owner decides.
    Looked,
    Done,
    Failed,
    Cancelled,
}

impl State {
    const ALL: [State; 7] = [State::Storing, State::Waiting, State::Running, State::Looked, State::Done, State::Failed, State::Cancelled];

    pub fn as_str(self) -> &'static str {
        match self {
            State::Storing => "storing",
            State::Waiting => "waiting",
            State::Running => "running",
            State::Looked => "looked",
            State::Done => "done",
            State::Failed => "failed",
            State::Cancelled => "cancelled",
        }
    }

    fn from_name(name: &str) -> State {
        State::ALL.into_iter().find(|state| state.as_str() == name).unwrap_or(State::Failed)
    }
}

#[derive(Clone, Debug, Queryable)]
pub struct Import {
    pub id: i64,
    pub user: UserId,
    state: String,
    /// It only looks.
    pub dry_run: bool,
    pub done: i64,
    pub total: i64,
    pub key: String,
    pub file_name: String,
    pub created_at: Timestamp,
}

type Columns = (
    imports::id,
    imports::user_id,
    imports::state,
    imports::dry_run,
    imports::done,
    imports::total,
    imports::object_key,
    imports::file_name,
    imports::created_at,
);
const COLUMNS: Columns = (
    imports::id,
    imports::user_id,
    imports::state,
    imports::dry_run,
    imports::done,
    imports::total,
    imports::object_key,
    imports::file_name,
    imports::created_at,
);

impl Import {
    pub fn state(&self) -> State {
        State::from_name(&self.state)
    }

    pub fn is_under_way(&self) -> bool {
        matches!(self.state(), State::Waiting | State::Running)
    }

    pub fn is_looked(&self) -> bool {
        self.state() == State::Looked
    }

    pub fn is_done(&self) -> bool {
        self.state() == State::Done
    }

    pub fn is_failed(&self) -> bool {
        self.state() == State::Failed
    }

    /// The newest one that arrived whole.
    pub fn latest(c: &mut Conn, user: UserId) -> Result<Option<Self>> {
        let whole = imports::table.filter(imports::user_id.eq(user)).filter(imports::state.ne(State::Storing.as_str()));
        Ok(whole.order(imports::id.desc()).select(COLUMNS).first(c).optional()?)
    }

    pub fn find(c: &mut Conn, id: i64) -> Result<Option<Self>> {
        Ok(imports::table.find(id).select(COLUMNS).first(c).optional()?)
    }

    /// Writes it down before it is put. `None` while another one of theirs is under way.
    pub fn begin(c: &mut Conn, user: UserId, file_name: &str, total: i64, now: Timestamp) -> Result<Option<Self>> {
        hold(c, &[user])?;
        if Self::latest(c, user)?.is_some_and(|latest| latest.is_under_way()) {
            return Ok(None);
        }
        let id = ids::next();
        let key = format!("import/{}.zip", uuid::Uuid::new_v4());
        Self::insert(c, (id, user, State::Storing, true), &key, file_name, total, now)?;
        files::begin(c, &key, now)?;
        Self::find(c, id)
    }

    /// One whose file lies on the server and is read from there by a command. One like it that was broken off makes room.
    pub fn begin_here(c: &mut Conn, user: UserId, file_name: &str, total: i64, dry_run: bool, now: Timestamp) -> Result<Option<Self>> {
        hold(c, &[user])?;
        if Self::latest(c, user)?.is_some_and(|latest| latest.is_under_way() && !latest.key.is_empty()) {
            return Ok(None);
        }
        let id = ids::next();
        Self::insert(c, (id, user, State::Running, dry_run), "", file_name, total, now)?;
        Self::replace_earlier(c, user, id, now)?;
        Self::find(c, id)
    }

    fn insert(
        c: &mut Conn,
        (id, user, state, dry_run): (i64, UserId, State, bool),
        key: &str,
        file_name: &str,
        total: i64,
        now: Timestamp,
    ) -> Result<()> {
        diesel::insert_into(imports::table)
            .values((
                imports::id.eq(id),
                imports::user_id.eq(user),
                imports::state.eq(state.as_str()),
                imports::dry_run.eq(dry_run),
                imports::done.eq(0),
                imports::total.eq(total),
                imports::object_key.eq(key),
                imports::file_name.eq(file_name),
                imports::error.eq(""),
                imports::created_at.eq(now),
            ))
            .execute(c)?;
        Ok(())
    }

    /// The object is there: it is looked through. False when another one of theirs has begun meanwhile.
    pub fn stored(c: &mut Conn, import: &Import, bytes: i64, now: Timestamp) -> Result<bool> {
        hold(c, &[import.user])?;
        if Self::latest(c, import.user)?.is_some_and(|latest| latest.is_under_way()) {
            Self::forget(c, import, now)?;
            return Ok(false);
        }
        let storing = imports::table.find(import.id).filter(imports::state.eq(State::Storing.as_str()));
        if diesel::update(storing).set(imports::state.eq(State::Waiting.as_str())).execute(c)? == 0 {
            files::doom(c, std::slice::from_ref(&import.key), now)?;
            return Ok(false);
        }
        files::keep(c, &import.key, bytes)?;
        Self::replace_earlier(c, import.user, import.id, now)?;
        jobs::enqueue(c, &RunImport { import: import.id }, now)?;
        Ok(true)
    }

    /// A page shows one: those before it go, with their receipts.
    fn replace_earlier(c: &mut Conn, user: UserId, id: i64, now: Timestamp) -> Result<()> {
        let earlier = imports::table.filter(imports::user_id.eq(user)).filter(imports::id.lt(id));
        let earlier: Vec<Self> = earlier.filter(imports::state.ne(State::Storing.as_str())).select(COLUMNS).load(c)?;
        earlier.iter().try_for_each(|import| Self::forget(c, import, now))
    }

    /// Takes the row and the receipt away, and leaves the object to the deleting job.
    pub fn forget(c: &mut Conn, import: &Import, now: Timestamp) -> Result<()> {
        jobs::forget_dead::<RunImport>(c, &[import.id])?;
        diesel::delete(imports::table.find(import.id)).execute(c)?;
        import.give_up_file(c, now)
    }

    fn give_up_file(&self, c: &mut Conn, now: Timestamp) -> Result<()> {
        if self.key.is_empty() { Ok(()) } else { files::doom(c, std::slice::from_ref(&self.key), now) }
    }

    /// Its owner has seen what would happen, and wants it. False when there is nothing to decide.
    pub fn go_ahead(c: &mut Conn, user: UserId, now: Timestamp) -> Result<bool> {
        hold(c, &[user])?;
        let Some(latest) = Self::latest(c, user)?.filter(|latest| latest.is_looked() || (latest.is_failed() && !latest.dry_run)) else {
            return Ok(false);
        };
        if latest.key.is_empty() {
            return Ok(false);
        }
        diesel::update(imports::table.find(latest.id))
            .set((imports::state.eq(State::Waiting.as_str()), imports::dry_run.eq(false), imports::done.eq(0)))
            .execute(c)?;
        jobs::forget_dead::<RunImport>(c, &[latest.id])?;
        jobs::enqueue(c, &RunImport { import: latest.id }, now)?;
        Ok(true)
    }

    /// Its owner wants no more of it. What was made stays.
    pub fn cancel(c: &mut Conn, user: UserId, now: Timestamp) -> Result<()> {
        let Some(latest) = Self::latest(c, user)?.filter(|latest| !latest.is_done()) else { return Ok(()) };
        if latest.dry_run {
            return Self::forget(c, &latest, now);
        }
        Self::end(c, &latest, State::Cancelled, now)
    }

    /// The job begins, or begins again. `None` when nobody waits for it.
    pub(super) fn start(c: &mut Conn, id: i64) -> Result<Option<Self>> {
        let Some(found) = Self::find(c, id)?.filter(Self::is_under_way) else { return Ok(None) };
        diesel::update(imports::table.find(id)).set(imports::state.eq(State::Running.as_str())).execute(c)?;
        Ok(Some(found))
    }

    /// So much is done. False when nobody waits for it any more.
    pub(super) fn report(c: &mut Conn, id: i64, done: i64) -> Result<bool> {
        let running = imports::table.find(id).filter(imports::state.eq(State::Running.as_str()));
        Ok(diesel::update(running).set(imports::done.eq(done)).execute(c)? == 1)
    }

    /// Looked through, or made.
    pub fn finish(c: &mut Conn, import: &Import, now: Timestamp) -> Result<()> {
        let Some(found) = Self::find(c, import.id)?.filter(|found| found.state() == State::Running) else { return Ok(()) };
        if found.dry_run && !found.key.is_empty() {
            diesel::update(imports::table.find(found.id))
                .set((imports::state.eq(State::Looked.as_str()), imports::done.eq(imports::total)))
                .execute(c)?;
            return Ok(());
        }
        Self::end(c, &found, State::Done, now)
    }

    pub fn fail(c: &mut Conn, id: i64, now: Timestamp) -> Result<()> {
        let Some(found) = Self::find(c, id)?.filter(Self::is_under_way) else { return Ok(()) };
        // What was to be made can be tried again, as long as the file is kept.
        let failed = (imports::state.eq(State::Failed.as_str()), imports::finished_at.eq(now));
        diesel::update(imports::table.find(id)).set(failed).execute(c)?;
        if found.dry_run { found.give_up_file(c, now) } else { Ok(()) }
    }

    pub(super) fn revive(c: &mut Conn, id: i64) -> Result<()> {
        let failed = imports::table.find(id).filter(imports::state.eq(State::Failed.as_str())).filter(imports::dry_run.eq(false));
        diesel::update(failed).set(imports::state.eq(State::Waiting.as_str())).execute(c)?;
        Ok(())
    }

    fn end(c: &mut Conn, import: &Import, state: State, now: Timestamp) -> Result<()> {
        diesel::update(imports::table.find(import.id))
            .set((imports::state.eq(state.as_str()), imports::finished_at.eq(now), imports::object_key.eq("")))
            .execute(c)?;
        import.give_up_file(c, now)
    }

    /// Uploads that never came to their end, and what nobody has looked at for a week.
    pub(super) fn sweep(c: &mut Conn, now: Timestamp) -> Result<usize> {
        let storing = imports::state.eq(State::Storing.as_str()).and(imports::created_at.lt(now - UNFINISHED));
        let under_way = [State::Storing.as_str(), State::Waiting.as_str(), State::Running.as_str()];
        let old = imports::state.ne_all(under_way).and(imports::created_at.lt(now - KEPT));
        let rows: Vec<Self> = imports::table.filter(storing.or(old)).limit(50).select(COLUMNS).load(c)?;
        rows.iter().try_for_each(|import| Self::forget(c, import, now))?;
        Ok(rows.len())
    }

    /// All of somebody who leaves. False when there is more than one transaction should take.
    pub(super) fn delete_some(c: &mut Conn, user: UserId, now: Timestamp) -> Result<bool> {
        let rows: Vec<Self> = imports::table.filter(imports::user_id.eq(user)).select(COLUMNS).load(c)?;
        for import in &rows {
            if !Receipt::delete_some(c, import.id)? {
                return Ok(false);
            }
            Self::forget(c, import, now)?;
        }
        Ok(true)
    }
}

/// What has become of things from elsewhere.
pub struct Imported;

impl Imported {
    /// The post that was made of this one, if it is still there.
    pub fn post(c: &mut Conn, user: UserId, source: &str) -> Result<Option<PostId>> {
        let Some(made) = Self::made(c, user, "post", source)? else { return Ok(None) };
        Self::own_post(c, user, PostId::from(made))
    }

    /// A post of theirs by its number here.
    pub fn own_post(c: &mut Conn, user: UserId, id: PostId) -> Result<Option<PostId>> {
        let there = posts::table.find(id).filter(posts::author_id.eq(user)).filter(posts::deleted_at.is_null());
        Ok(there.select(posts::id).first(c).optional()?)
    }

    pub fn comment(c: &mut Conn, user: UserId, source: &str) -> Result<Option<CommentId>> {
        let Some(made) = Self::made(c, user, "comment", source)? else { return Ok(None) };
        Self::own_comment(c, user, CommentId::from(made))
    }

    pub fn own_comment(c: &mut Conn, user: UserId, id: CommentId) -> Result<Option<CommentId>> {
        let there = comments::table.find(id).filter(comments::author_id.eq(user)).filter(comments::deleted_at.is_null());
        Ok(there.select(comments::id).first(c).optional()?)
    }

    fn made(c: &mut Conn, user: UserId, kind: &str, source: &str) -> Result<Option<i64>> {
        Ok(imported::table.find((user, kind, source)).select(imported::made_id).first(c).optional()?)
    }

    /// Written in the transaction that makes it.
    pub fn note(c: &mut Conn, user: UserId, kind: &str, source: &str, made: i64) -> Result<()> {
        diesel::delete(imported::table.find((user, kind, source))).execute(c)?;
        diesel::insert_into(imported::table)
            .values((imported::user_id.eq(user), imported::kind.eq(kind), imported::source.eq(source), imported::made_id.eq(made)))
            .execute(c)?;
        Ok(())
    }
}
