//! What is tidied up once a day: expired sessions, the security log after ninety days, browsers not seen for long,
//! applications that were declined.

use super::{Session, application::Application, device::Device, security_event::SecurityEvent};
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::platform::db::Conn;
use crate::platform::jobs::{self, Attempt, Failure, Job, Perform};
use crate::state::AppState;
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

const EVERY: TimeDelta = TimeDelta::days(1);

#[derive(Debug, Serialize, Deserialize)]
pub struct Upkeep {}

impl Upkeep {
    /// Queues the first one; `serve` does so at its start.
    pub fn schedule(c: &mut Conn, now: Timestamp) -> Result<()> {
        jobs::enqueue_once(c, &Upkeep {}, now + EVERY, now)
    }
}

impl Job for Upkeep {
    const KIND: &'static str = "accounts.upkeep";
    const PRIORITY: i32 = 20;
    const MAX_ATTEMPTS: i32 = 1_000;
    const CANCELLABLE: bool = false;
}

impl Perform<AppState> for Upkeep {
    async fn perform(self, state: AppState, _: Attempt) -> Result<(), Failure> {
        let now = state.now();
        let tidy = move |c: &mut Conn| -> Result<(), Error> {
            Session::delete_expired(c, now)?;
            SecurityEvent::forget_old(c, now)?;
            Device::forget_old(c, now)?;
            Application::forget_old(c, now)?;
            Upkeep::schedule(c, now)
        };
        Ok(state.db.write(tidy).await?)
    }
}
