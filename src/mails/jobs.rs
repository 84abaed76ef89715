//! Sending, in the background, as often as it takes; and forgetting what is old.

use super::letter::{Unsubscribe, letter};
use super::mail::{Mail, State};
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::platform::db::Conn;
use crate::platform::jobs::{self, Attempt, Concurrency, End, Failure, Job, Perform};
use crate::platform::mail::Refusal;
use crate::state::AppState;
use crate::web::i18n::Lang;
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

/// Sends one mail. It holds an id only: what the mail says stays sealed in its row.
#[derive(Debug, Serialize, Deserialize)]
pub struct SendMail {
    pub mail: i64,
}

impl Job for SendMail {
    const KIND: &'static str = "mails.send";
    const PRIORITY: i32 = 0;
    const MAX_ATTEMPTS: i32 = 12;
    /// A server that stalls holds its worker; one is always left for others.
    const CONCURRENCY: Concurrency = Concurrency::Heavy;

    fn subject(&self) -> Option<i64> {
        Some(self.mail)
    }

    fn ended(_: Option<Self>, subject: Option<i64>, end: End, c: &mut Conn, _: Timestamp) -> Result<()> {
        subject.map_or(Ok(()), |mail| Mail::given_up(c, mail, end == End::Cancelled))
    }

    fn revived(subject: Option<i64>, c: &mut Conn) -> Result<()> {
        subject.map_or(Ok(()), |mail| Mail::revived(c, mail))
    }
}

impl Perform<AppState> for SendMail {
    async fn perform(self, state: AppState, _: Attempt) -> Result<(), Failure> {
        let id = self.mail;
        let due = state.db.read(move |c| Mail::due(c, id)).await?;
        // Its account is gone, or it went out and the worker died before it could say so.
        let Some(due) = due.filter(|due| due.state != State::Sent.as_str()) else { return Ok(()) };
        if due.sealed.is_empty() {
            return Ok(());
        }
        let secret = Mail::open(&state.sealer, &due.sealed).map_err(Failure::Dead)?;
        let lang = Lang::from_code(&due.language).unwrap_or(Lang::En);
        let unsubscribe = due.user.filter(|_| secret.kind.is_switchable()).map(|user| Unsubscribe::of(&state, user, &secret.kind));
        let outgoing = letter(&state, lang, &secret.username, &secret.kind, unsubscribe)?.outgoing(due.recipient, id)?;
        match state.mailer.send(outgoing).await {
            Ok(()) => {
                let now = state.now();
                Ok(state.db.write(move |c| Mail::sent(c, id, now)).await?)
            }
            Err(refusal) => {
                let (Refusal::ForNow(error) | Refusal::ForGood(error)) = &refusal;
                let text = error.to_string();
                state.db.write(move |c| Mail::refused(c, id, &text)).await?;
                Err(match refusal {
                    Refusal::ForNow(error) => Failure::Retry(error),
                    Refusal::ForGood(error) => Failure::Dead(error),
                })
            }
        }
    }
}

/// Strikes out old rows, once a day.
#[derive(Debug, Serialize, Deserialize)]
pub struct Forget {}

impl Forget {
    pub fn schedule(c: &mut Conn, now: Timestamp) -> Result<()> {
        jobs::enqueue_once(c, &Forget {}, now + TimeDelta::hours(1), now)
    }
}

impl Job for Forget {
    const KIND: &'static str = "mails.forget";
    const PRIORITY: i32 = 20;
    const CANCELLABLE: bool = false;
}

impl Perform<AppState> for Forget {
    async fn perform(self, state: AppState, _: Attempt) -> Result<(), Failure> {
        let now = state.now();
        let forget = move |c: &mut Conn| -> Result<(), Error> {
            Mail::forget_old(c, now)?;
            jobs::enqueue_once(c, &Forget {}, now + TimeDelta::days(1), now)
        };
        Ok(state.db.write(forget).await?)
    }
}
