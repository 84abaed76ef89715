//! Views: each viewer counts once an hour. They are collected in memory and written in bulk, every twenty seconds and at the end,
//! so that looking costs no write; a crash loses what the last twenty seconds saw, and the table of the hour keeps anybody from
//! being counted twice, whichever node saw them.

use super::PostId;
use crate::clock::Timestamp;
use crate::each;
use crate::error::Result;
use crate::platform::db::Conn;
use crate::schema::{post_views, posts};
use crate::state::AppState;
use crate::web::{UserId, Visit};
use diesel::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::watch;

const EVERY: Duration = Duration::from_secs(20);
/// Views kept in memory; beyond them the next ones are not counted until these are written.
const MOST: usize = 200_000;
/// Rows of one statement: PostgreSQL takes 65,535 values.
const AT_ONCE: usize = 5_000;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct View {
    hour: i64,
    post: PostId,
    viewer: String,
}

/// What was seen and is not written yet.
#[derive(Clone, Default)]
pub struct Views {
    seen: Arc<Mutex<HashSet<View>>>,
}

impl Views {
    /// Somebody looks at a post of somebody else.
    pub fn note(&self, visit: &Visit, post: PostId, author: UserId) {
        let viewer = match visit.viewer() {
            Some(viewer) if viewer.id == author => return,
            Some(viewer) => viewer.id.to_string(),
            None => stranger(visit),
        };
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() < MOST {
            seen.insert(View { hour: hour(visit.state.now()), post, viewer });
        }
    }

    /// Views of the past: for the demo.
    pub fn add(c: &mut Conn, post: PostId, views: i64) -> Result<()> {
        diesel::update(posts::table.find(post)).set(posts::view_count.eq(posts::view_count + views)).execute(c)?;
        Ok(())
    }

    /// Writes what was seen. When that fails it is kept for the next time.
    pub async fn write(&self, state: &AppState) -> Result<()> {
        let seen = std::mem::take(&mut *self.seen.lock().unwrap_or_else(PoisonError::into_inner));
        if seen.is_empty() {
            return Ok(());
        }
        let (views, now): (Vec<View>, _) = (seen.iter().cloned().collect(), hour(state.now()));
        let written = state.db.write(move |c| count(c, views, now)).await;
        if written.is_err() {
            self.seen.lock().unwrap_or_else(PoisonError::into_inner).extend(seen);
        }
        written
    }

    /// Until the site stops, and once more then.
    pub async fn keep(self, state: AppState, mut stopping: watch::Receiver<bool>) {
        loop {
            let stop = tokio::select! {
                _ = tokio::time::sleep(EVERY) => false,
                _ = stopping.wait_for(|stop| *stop) => true,
            };
            if let Err(error) = self.write(&state).await {
                tracing::warn!(%error, "views could not be written; the next time tries again");
            }
            if stop {
                return;
            }
        }
    }
}

/// Without an account: the address and the browser, as a keyed hash that nobody can turn back.
fn stranger(visit: &Visit) -> String {
    let address = visit.address().to_string();
    let browser = visit.header("user-agent").unwrap_or_default();
    let key = visit.state.config.secret_key.as_bytes();
    let hash =
        Sha256::new_with_prefix(b"picstargram views\0").chain_update(key).chain_update(address).chain_update([0]).chain_update(browser);
    hex::encode(&hash.finalize()[..12])
}

fn hour(now: Timestamp) -> i64 {
    now.and_utc().timestamp().div_euclid(3_600)
}

fn count(c: &mut Conn, mut views: Vec<View>, now: i64) -> Result<()> {
    // In one order, so that two nodes never wait for each other.
    views.sort_by(|a, b| (a.post, &a.viewer).cmp(&(b.post, &b.viewer)));
    let mut new: BTreeMap<PostId, i64> = BTreeMap::new();
    let mut by_post: BTreeMap<PostId, Vec<View>> = BTreeMap::new();
    for view in views {
        by_post.entry(view.post).or_default().push(view);
    }
    for (post, views) in by_post {
        for views in views.chunks(AT_ONCE) {
            let rows: Vec<_> = views
                .iter()
                .map(|view| (post_views::hour.eq(view.hour), post_views::post_id.eq(view.post), post_views::viewer.eq(&view.viewer)))
                .collect();
            let added = each!(c, |c| diesel::insert_into(post_views::table).values(&rows).on_conflict_do_nothing().execute(c))?;
            *new.entry(post).or_default() += added as i64;
        }
    }
    for (post, views) in new {
        if views > 0 {
            diesel::update(posts::table.find(post)).set(posts::view_count.eq(posts::view_count + views)).execute(c)?;
        }
    }
    diesel::delete(post_views::table.filter(post_views::hour.lt(now - 1))).execute(c)?;
    Ok(())
}
