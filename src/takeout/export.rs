//! A copy of everything somebody has, as a file for them alone: one row each. It waits for its job, is in the making, is ready for
//! seven days, and expires; its object is written down in the ledger before it is put.

use super::jobs::MakeExport;
use crate::audience::hold;
use crate::clock::Timestamp;
use crate::error::Result;
use crate::mails::{Kind, Mail, Recipient};
use crate::media::files;
use crate::platform::db::{Conn, ids};
use crate::platform::jobs;
use crate::platform::seal::Sealer;
use crate::schema::exports;
use crate::web::UserId;
use chrono::TimeDelta;
use diesel::prelude::*;

/// How long a copy can be fetched.
const KEPT: TimeDelta = TimeDelta::days(7);
/// From one copy to the next.
const EVERY: TimeDelta = TimeDelta::days(1);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Waiting,
    Running,
    Ready,
    Failed,
    Expired,
}

impl State {
    const ALL: [State; 5] = [State::Waiting, State::Running, State::Ready, State::Failed, State::Expired];

    pub fn as_str(self) -> &'static str {
        match self {
            State::Waiting => "waiting",
            State::Running => "running",
            State::Ready => "ready",
            State::Failed => "failed",
            State::Expired => "expired",
        }
    }

    fn from_name(name: &str) -> State {
        State::ALL.into_iter().find(|state| state.as_str() == name).unwrap_or(State::Failed)
    }
}

#[derive(Clone, Debug, Queryable)]
pub struct Export {
    pub id: i64,
    pub user: UserId,
    state: String,
    pub done: i64,
    pub total: i64,
    pub bytes: i64,
    pub key: String,
    pub created_at: Timestamp,
    pub expires_at: Option<Timestamp>,
}

type Columns = (
    exports::id,
    exports::user_id,
    exports::state,
    exports::done,
    exports::total,
    exports::bytes,
    exports::object_key,
    exports::created_at,
    exports::expires_at,
);
const COLUMNS: Columns = (
    exports::id,
    exports::user_id,
    exports::state,
    exports::done,
    exports::total,
    exports::bytes,
    exports::object_key,
    exports::created_at,
    exports::expires_at,
);

/// What became of a wish for a copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    Begun,
    /// One is in the making already.
    UnderWay,
    /// The next one is to be had from then on.
    NotBefore(Timestamp),
}

fn new_key() -> String {
    format!("export/{}.zip", uuid::Uuid::new_v4())
}

impl Export {
    pub fn state(&self) -> State {
        State::from_name(&self.state)
    }

    pub fn is_under_way(&self) -> bool {
        matches!(self.state(), State::Waiting | State::Running)
    }

    pub fn is_ready(&self) -> bool {
        self.state() == State::Ready
    }

    pub fn is_failed(&self) -> bool {
        self.state() == State::Failed
    }

    /// When the next one can be asked for, if not now.
    pub fn next_at(&self, now: Timestamp) -> Option<Timestamp> {
        let counts = matches!(self.state(), State::Ready | State::Expired);
        Some(self.created_at + EVERY).filter(|at| counts && *at > now)
    }

    pub fn latest(c: &mut Conn, user: UserId) -> Result<Option<Self>> {
        Ok(exports::table.filter(exports::user_id.eq(user)).order(exports::id.desc()).select(COLUMNS).first(c).optional()?)
    }

    pub fn find(c: &mut Conn, id: i64) -> Result<Option<Self>> {
        Ok(exports::table.find(id).select(COLUMNS).first(c).optional()?)
    }

    /// Asks for one; two requests at once begin one.
    pub fn ask(c: &mut Conn, user: UserId, now: Timestamp) -> Result<Asked> {
        hold(c, &[user])?;
        if let Some(latest) = Self::latest(c, user)? {
            if latest.is_under_way() {
                return Ok(Asked::UnderWay);
            }
            if let Some(at) = latest.next_at(now) {
                return Ok(Asked::NotBefore(at));
            }
        }
        let failed = exports::table.filter(exports::user_id.eq(user)).filter(exports::state.eq(State::Failed.as_str()));
        let failed: Vec<i64> = failed.select(exports::id).load(c)?;
        jobs::forget_dead::<MakeExport>(c, &failed)?;
        diesel::delete(exports::table.filter(exports::id.eq_any(failed))).execute(c)?;
        let id = ids::next();
        diesel::insert_into(exports::table)
            .values((
                exports::id.eq(id),
                exports::user_id.eq(user),
                exports::state.eq(State::Waiting.as_str()),
                exports::done.eq(0),
                exports::total.eq(0),
                exports::bytes.eq(0),
                exports::object_key.eq(new_key()),
                exports::error.eq(""),
                exports::created_at.eq(now),
            ))
            .execute(c)?;
        jobs::enqueue(c, &MakeExport { export: id }, now)?;
        Ok(Asked::Begun)
    }

    /// Its owner wants it no more. The job finds no row and ends.
    pub fn cancel(c: &mut Conn, user: UserId, now: Timestamp) -> Result<()> {
        let under_way = [State::Waiting.as_str(), State::Running.as_str()];
        let rows = exports::table.filter(exports::user_id.eq(user)).filter(exports::state.eq_any(under_way));
        let rows: Vec<(i64, String)> = rows.select((exports::id, exports::object_key)).load(c)?;
        let (ids, keys): (Vec<i64>, Vec<String>) = rows.into_iter().unzip();
        diesel::delete(exports::table.filter(exports::id.eq_any(ids))).execute(c)?;
        files::doom(c, &keys, now)
    }

    /// The job begins, or begins again. `None` when nobody waits for it.
    pub(super) fn start(c: &mut Conn, id: i64, now: Timestamp) -> Result<Option<Self>> {
        let Some(found) = Self::find(c, id)?.filter(Self::is_under_way) else { return Ok(None) };
        diesel::update(exports::table.find(id)).set(exports::state.eq(State::Running.as_str())).execute(c)?;
        files::begin(c, &found.key, now)?;
        Ok(Some(found))
    }

    /// So much is done. False when nobody waits for it any more.
    pub(super) fn report(c: &mut Conn, id: i64, done: i64, total: i64) -> Result<bool> {
        let running = exports::table.find(id).filter(exports::state.eq(State::Running.as_str()));
        Ok(diesel::update(running).set((exports::done.eq(done), exports::total.eq(total))).execute(c)? == 1)
    }

    /// The object is there: its owner is told, and earlier copies go.
    pub(super) fn finish(c: &mut Conn, sealer: &Sealer, export: &Export, bytes: i64, now: Timestamp) -> Result<()> {
        let until = now + KEPT;
        let running = exports::table.find(export.id).filter(exports::state.eq(State::Running.as_str()));
        let ready = (
            exports::state.eq(State::Ready.as_str()),
            exports::done.eq(exports::total),
            exports::bytes.eq(bytes),
            exports::ready_at.eq(now),
            exports::expires_at.eq(until),
        );
        if diesel::update(running).set(ready).execute(c)? == 0 {
            // Cancelled while it was put, or its owner is gone.
            return files::doom(c, std::slice::from_ref(&export.key), now);
        }
        files::keep(c, &export.key, bytes)?;
        let earlier = exports::table.filter(exports::user_id.eq(export.user)).filter(exports::id.lt(export.id));
        let earlier: Vec<(i64, String, String)> = earlier.select((exports::id, exports::object_key, exports::state)).load(c)?;
        let keys: Vec<String> =
            earlier.iter().filter(|(.., state)| state == State::Ready.as_str()).map(|(_, key, _)| key.clone()).collect();
        let ids: Vec<i64> = earlier.iter().map(|(id, ..)| *id).collect();
        diesel::delete(exports::table.filter(exports::id.eq_any(ids))).execute(c)?;
        files::doom(c, &keys, now)?;
        let to = Recipient::of(c, export.user)?;
        Mail::queue(c, sealer, &to, Kind::Export { until }, now)
    }

    /// It will not be made any more, unless somebody says so.
    pub(super) fn fail(c: &mut Conn, id: i64, now: Timestamp) -> Result<()> {
        let Some(found) = Self::find(c, id)?.filter(Self::is_under_way) else { return Ok(()) };
        diesel::update(exports::table.find(id)).set(exports::state.eq(State::Failed.as_str())).execute(c)?;
        files::doom(c, &[found.key], now)
    }

    /// An administrator has it made after all: at another place, because the first is being cleared.
    pub(super) fn revive(c: &mut Conn, id: i64) -> Result<()> {
        let failed = exports::table.find(id).filter(exports::state.eq(State::Failed.as_str()));
        diesel::update(failed).set((exports::state.eq(State::Waiting.as_str()), exports::object_key.eq(new_key()))).execute(c)?;
        Ok(())
    }

    /// The objects of those whose time is over go; the rows say when the next copy can be had.
    pub(super) fn expire(c: &mut Conn, now: Timestamp) -> Result<usize> {
        let over = exports::table.filter(exports::state.eq(State::Ready.as_str())).filter(exports::expires_at.le(now));
        let over: Vec<(i64, String)> = over.limit(200).select((exports::id, exports::object_key)).load(c)?;
        let (ids, keys): (Vec<i64>, Vec<String>) = over.into_iter().unzip();
        diesel::update(exports::table.filter(exports::id.eq_any(&ids))).set(exports::state.eq(State::Expired.as_str())).execute(c)?;
        files::doom(c, &keys, now)?;
        Ok(ids.len())
    }

    /// All copies of somebody who leaves.
    pub(super) fn delete_all(c: &mut Conn, user: UserId, now: Timestamp) -> Result<()> {
        let rows: Vec<(i64, String)> =
            exports::table.filter(exports::user_id.eq(user)).select((exports::id, exports::object_key)).load(c)?;
        let (ids, keys): (Vec<i64>, Vec<String>) = rows.into_iter().unzip();
        jobs::forget_dead::<MakeExport>(c, &ids)?;
        diesel::delete(exports::table.filter(exports::id.eq_any(ids))).execute(c)?;
        files::doom(c, &keys, now)
    }
}
