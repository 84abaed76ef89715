//! What a transaction has to tell the workers: within this process by watch channels, to other processes, on PostgreSQL, by
//! NOTIFY inside the very transaction, so that it is heard exactly when its cause is seen.
//!
//! A signal carries nothing: whoever hears one looks for himself, and whoever misses one finds out by polling.

use super::pg::{self, Causes};
use super::{Conn, Db};
use crate::config;
use crate::error::Result;
use diesel::connection::SimpleConnection;
use std::cell::Cell;
use std::task::Poll;
use std::time::Duration;
use tokio::sync::watch;
use tokio_postgres::{AsyncMessage, Client, Connection, NoTls};

const CHANNEL: &str = "picstargram_jobs";
/// How often a listening connection that hears nothing is asked whether it is still there, and how long it may take to answer.
const STILL_THERE: Duration = Duration::from_secs(20);
/// Between two attempts to listen again: at first, and at most.
const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// A job may be taken.
    JobQueued,
    /// A running job is to stop.
    JobCancelled,
}

impl Signal {
    const ALL: [Signal; 2] = [Signal::JobQueued, Signal::JobCancelled];

    fn word(self) -> &'static str {
        match self {
            Signal::JobQueued => "queued",
            Signal::JobCancelled => "cancelled",
        }
    }

    fn bit(self) -> u8 {
        1 << self as u8
    }
}

thread_local! {
    /// What the transaction on this thread has said so far.
    static SAID: Cell<u8> = const { Cell::new(0) };
}

/// Tells every worker of the site, once the transaction on this thread has committed.
pub fn after_commit(signal: Signal) {
    SAID.set(SAID.get() | signal.bit());
}

/// The ears of one process.
#[derive(Clone)]
pub(super) struct Signals {
    queued: watch::Sender<()>,
    cancelled: watch::Sender<()>,
}

impl Default for Signals {
    fn default() -> Self {
        Signals { queued: watch::channel(()).0, cancelled: watch::channel(()).0 }
    }
}

impl Signals {
    pub fn of(&self, signal: Signal) -> &watch::Sender<()> {
        match signal {
            Signal::JobQueued => &self.queued,
            Signal::JobCancelled => &self.cancelled,
        }
    }

    /// Before a transaction: nothing is said yet.
    pub fn begin() {
        SAID.set(0);
    }

    /// At its end, within it: what the other processes are to hear.
    pub fn send(c: &mut Conn) -> Result<()> {
        if let Conn::Pg(c) = c {
            for signal in Signal::ALL.into_iter().filter(|signal| SAID.get() & signal.bit() != 0) {
                c.batch_execute(&format!("NOTIFY {CHANNEL}, '{}'", signal.word()))?;
            }
        }
        Ok(())
    }

    /// After its commit.
    pub fn raise(&self) {
        for signal in Signal::ALL.into_iter().filter(|signal| SAID.get() & signal.bit() != 0) {
            self.of(signal).send_replace(());
        }
    }
}

impl Db {
    /// Changes whenever this signal is given: by this process, and by others while [`Db::listen`] runs.
    pub fn heard(&self, signal: Signal) -> watch::Receiver<()> {
        self.signals.of(signal).subscribe()
    }

    /// Hears what other processes say, until it is dropped. While it listens it holds the advisory lock `sign`: the database
    /// frees it with the connection, so that the others see at once when this process is gone.
    ///
    /// SQLite has one process, which hears itself: there is nothing to listen to.
    pub async fn listen(&self, sign: i64) {
        let config::Database::Postgres(url) = &self.place else { return std::future::pending().await };
        let mut pause = FIRST_PAUSE;
        loop {
            let began = std::time::Instant::now();
            let problem = match self.listen_once(url, sign).await {
                Ok(()) => "the server closed the connection".to_owned(),
                Err(problem) => problem,
            };
            if began.elapsed() > LONGEST_PAUSE {
                pause = FIRST_PAUSE;
            }
            tracing::warn!(problem, "other processes are not heard for a moment; the queue is polled meanwhile");
            tokio::time::sleep(pause.mul_f64(0.75 + rand::random::<f64>() / 2.0)).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    async fn listen_once(&self, url: &str, sign: i64) -> Result<(), String> {
        let target = pg::Target::parse(url).map_err(|error| error.to_string())?;
        let problem = |error: tokio_postgres::Error| Causes(&error).to_string();
        match target.tls {
            None => {
                let (client, connection) = target.config.connect(NoTls).await.map_err(problem)?;
                self.hear(client, connection, sign).await
            }
            Some(tls) => {
                let (client, connection) = target.config.connect(tls).await.map_err(problem)?;
                self.hear(client, connection, sign).await
            }
        }
    }

    async fn hear<S, T>(&self, client: Client, mut connection: Connection<S, T>, sign: i64) -> Result<(), String>
    where
        S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
        T: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
    {
        let messages = std::future::poll_fn(|context| {
            loop {
                match connection.poll_message(context) {
                    Poll::Ready(Some(Ok(AsyncMessage::Notification(heard)))) => {
                        let said = Signal::ALL.into_iter().find(|signal| signal.word() == heard.payload());
                        if let Some(signal) = said {
                            self.signals.of(signal).send_replace(());
                        }
                    }
                    Poll::Ready(Some(Ok(_))) => {}
                    Poll::Ready(Some(Err(error))) => return Poll::Ready(Err(Causes(&error).to_string())),
                    Poll::Ready(None) => return Poll::Ready(Ok(())),
                    Poll::Pending => return Poll::Pending,
                }
            }
        });
        let questions = async {
            let ask = async |sql: String| {
                let answer = tokio::time::timeout(STILL_THERE, client.batch_execute(&sql)).await;
                answer.map_err(|_| "it does not answer".to_owned())?.map_err(|error| Causes(&error).to_string())
            };
            ask(format!("SELECT pg_advisory_lock({sign}); LISTEN {CHANNEL}")).await?;
            // Whatever was said while nobody listened.
            for signal in Signal::ALL {
                self.signals.of(signal).send_replace(());
            }
            loop {
                tokio::time::sleep(STILL_THERE).await;
                ask("SELECT 1".to_owned()).await?;
            }
        };
        tokio::select! {
            ended = messages => ended,
            problem = questions => problem,
        }
    }
}
