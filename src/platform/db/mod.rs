//! The database: SQLite or PostgreSQL, chosen by address when the program starts; queries are plain Diesel, written once.
//!
//! `db.read(|c| …)` runs a closure of reads, `db.write(|c| …)` one transaction, each with a single hop to a blocking thread, and
//! to its end even when the caller goes away: no transaction is ever left half open. On SQLite there is one writer, which
//! queues fairly, and a few readers that cannot write; on PostgreSQL both come from one pool.

mod among;
pub mod ids;
pub mod migrate;
mod node;
mod pg;
pub mod scratch;
mod signals;
mod union;

use crate::clock::Clock;
use crate::config;
use crate::error::{Error, Result};
use crate::platform::hub::{self, Hub};
use deadpool::managed::{self, Metrics, RecycleError, RecycleResult};
use diesel::connection::{AnsiTransactionManager, Connection, Instrumentation, InstrumentationEvent, SimpleConnection, TransactionManager};
use diesel::result::ConnectionError;
use diesel::sqlite::SqliteConnection;
use signals::Signals;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::runtime::Handle;

pub use among::{among, one_of};
pub use pg::PgConn;
pub use signals::{Signal, after_commit};
pub use union::UnionAll;

/// Readers of the SQLite file.
const SQLITE_READERS: usize = 4;
/// How long a request waits for a connection before it is told to come back.
const POOL_WAIT: Duration = Duration::from_secs(5);
/// A query that takes longer is worth a line in the log.
const SLOW_QUERY: Duration = Duration::from_millis(250);

#[derive(diesel::MultiConnection)]
// A pool moves a handful of them; the derive knows no boxes.
#[allow(clippy::large_enum_variant)]
pub enum Conn {
    Pg(PgConn),
    Sqlite(SqliteConnection),
}

/// Expands one expression for each concrete connection: for what the derived backend lacks (`on_conflict`, inserting a Vec).
#[macro_export]
macro_rules! each {
    ($conn:expr, |$c:ident| $body:expr) => {
        match $conn {
            $crate::platform::db::Conn::Pg($c) => $body,
            $crate::platform::db::Conn::Sqlite($c) => $body,
        }
    };
}

#[derive(Clone)]
pub struct Db {
    read: Pool,
    write: Pool,
    runtime: Handle,
    clock: Clock,
    queries: Arc<AtomicU64>,
    watcher: Watcher,
    signals: Signals,
    hub: Hub,
    place: config::Database,
    node: Arc<std::sync::OnceLock<Node>>,
}

struct Node {
    holder: String,
    heartbeat: tokio::task::AbortHandle,
}

impl Db {
    /// Opens the pools; no connection is made yet. Call it on the multi-threaded runtime that outlives the actix workers:
    /// PostgreSQL connections live on it.
    pub fn open(place: &config::Database, clock: Clock) -> Result<Self> {
        let runtime = Handle::current();
        let queries = Arc::new(AtomicU64::new(0));
        let watcher = Watcher::default();
        let pool = |role, size| {
            let (queries, watcher) = (queries.clone(), watcher.clone());
            let manager = Manager { place: place.clone(), role, runtime: runtime.clone(), queries, watcher };
            Pool::builder(manager)
                .max_size(size)
                .runtime(deadpool::Runtime::Tokio1)
                .wait_timeout(Some(POOL_WAIT))
                .build()
                .map_err(Error::internal)
        };
        let (read, write) = match place {
            config::Database::Postgres(_) => {
                let cores = std::thread::available_parallelism().map_or(2, usize::from);
                let shared = pool(Role::Write, 2 * cores)?;
                (shared.clone(), shared)
            }
            config::Database::Sqlite(_) => (pool(Role::Read, SQLITE_READERS)?, pool(Role::Write, 1)?),
        };
        Ok(Db {
            read,
            write,
            runtime,
            clock,
            queries,
            watcher,
            signals: Signals::default(),
            hub: Hub::default(),
            place: place.clone(),
            node: Arc::default(),
        })
    }

    /// Who listens to what transactions announce.
    pub fn hub(&self) -> &Hub {
        &self.hub
    }

    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// How many statements have run since the start: lets a test count those of one page.
    pub fn query_count(&self) -> u64 {
        self.queries.load(Ordering::Relaxed)
    }

    /// From now on every statement is shown to `see`, with its values: for tests and benchmarks that ask the database how it would
    /// carry them out. Once per `Db`; a site never does.
    pub fn watch_queries(&self, see: impl Fn(&str) + Send + Sync + 'static) {
        let _ = self.watcher.set(Box::new(see)); // the first one stays
    }

    /// Leases the number that goes into this process's ids and keeps it until [`Db::leave`].
    pub async fn join(&self) -> Result<()> {
        let holder = uuid::Uuid::new_v4().to_string();
        let number = node::lease(self, &holder).await?;
        let heartbeat = self.runtime.spawn(node::keep(self.clone(), number, holder.clone())).abort_handle();
        if let Err(twice) = self.node.set(Node { holder, heartbeat }) {
            twice.heartbeat.abort();
        }
        Ok(())
    }

    /// Gives the number back at the end.
    pub async fn leave(&self) -> Result<()> {
        match self.node.get() {
            Some(node) => {
                node.heartbeat.abort();
                node::give_back(self, &node.holder).await
            }
            None => Ok(()),
        }
    }

    /// Several reads with one hop. Keep it to one call per request.
    pub async fn read<R: Send + 'static>(&self, f: impl FnOnce(&mut Conn) -> Result<R> + Send + 'static) -> Result<R> {
        self.run(&self.read, f).await
    }

    /// One transaction: all of it happens, or nothing of it. On SQLite it takes the write lock at its start.
    pub async fn write<R: Send + 'static>(&self, f: impl FnOnce(&mut Conn) -> Result<R> + Send + 'static) -> Result<R> {
        let (signals, hub) = (self.signals.clone(), self.hub.clone());
        self.run(&self.write, move |c| {
            Signals::begin();
            hub::begin();
            let result = transaction(c, |c| {
                let result = f(c)?;
                Signals::send(c)?;
                Ok(result)
            });
            let announced = hub::announced();
            if result.is_ok() {
                signals.raise();
                hub.send(announced);
            }
            result
        })
        .await
    }

    /// A closure on the writer outside any transaction: migrations bring their own.
    pub async fn raw<R: Send + 'static>(&self, f: impl FnOnce(&mut Conn) -> Result<R> + Send + 'static) -> Result<R> {
        self.run(&self.write, f).await
    }

    /// Asks the database itself whether it answers.
    pub async fn check(&self) -> Result<()> {
        self.read(|c| Ok(diesel::RunQueryDsl::execute(diesel::sql_query("SELECT 1"), c).map(drop)?)).await
    }

    async fn run<R: Send + 'static>(&self, pool: &Pool, f: impl FnOnce(&mut Conn) -> Result<R> + Send + 'static) -> Result<R> {
        let mut connection = pool.get().await.map_err(|error| match error {
            managed::PoolError::Timeout(_) => Error::Busy { retry_after: 5 },
            other => Error::unavailable(other),
        })?;
        self.runtime
            .spawn_blocking(move || f(&mut connection))
            .await
            .map_err(|panic| Error::Internal(format!("a database closure panicked: {panic}")))?
    }
}

/// `Connection::transaction`, but with `BEGIN IMMEDIATE` on SQLite: a transaction that begins by reading cannot upgrade its
/// lock later without the risk of "database is locked". Nested transactions (savepoints) go through `c.transaction`.
fn transaction<R>(c: &mut Conn, f: impl FnOnce(&mut Conn) -> Result<R>) -> Result<R> {
    type Transactions = AnsiTransactionManager;
    let Conn::Sqlite(sqlite) = c else { return c.transaction(f) };
    Transactions::begin_transaction_sql(sqlite, "BEGIN IMMEDIATE")?;
    let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| f(c)));
    let Conn::Sqlite(sqlite) = c else { return Err(Error::internal("the connection changed its kind")) };
    match result {
        Ok(Ok(value)) => {
            <Transactions as TransactionManager<SqliteConnection>>::commit_transaction(sqlite)?;
            Ok(value)
        }
        Ok(Err(error)) => {
            // A full disk makes SQLite roll back by itself, and then there is nothing left to. The first error is the one to tell; a
            // connection that is not in order afterwards is dropped by the pool.
            let _ = <Transactions as TransactionManager<SqliteConnection>>::rollback_transaction(sqlite);
            Err(error)
        }
        Err(panic) => {
            // The panic goes on; a connection that cannot roll back is dropped by the pool.
            let _ = <Transactions as TransactionManager<SqliteConnection>>::rollback_transaction(sqlite);
            std::panic::resume_unwind(panic)
        }
    }
}

/// See [`Db::watch_queries`].
type Watcher = Arc<std::sync::OnceLock<Box<dyn Fn(&str) + Send + Sync>>>;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Read,
    Write,
}

struct Manager {
    place: config::Database,
    role: Role,
    runtime: Handle,
    queries: Arc<AtomicU64>,
    watcher: Watcher,
}

type Pool = managed::Pool<Manager>;

impl managed::Manager for Manager {
    type Type = Conn;
    type Error = ConnectionError;

    async fn create(&self) -> Result<Conn, ConnectionError> {
        let (place, role) = (self.place.clone(), self.role);
        let log = QueryLog { queries: self.queries.clone(), watcher: self.watcher.clone(), started: None };
        let opened = self.runtime.spawn_blocking(move || {
            let mut conn = connect(&place, role)?;
            conn.set_instrumentation(log);
            Ok(conn)
        });
        opened.await.unwrap_or_else(|panic| Err(ConnectionError::BadConnection(panic.to_string())))
    }

    async fn recycle(&self, conn: &mut Conn, _: &Metrics) -> RecycleResult<ConnectionError> {
        if <Conn as Connection>::TransactionManager::is_broken_transaction_manager(conn) {
            return Err(RecycleError::message("a transaction was left open"));
        }
        if let Conn::Pg(conn) = conn
            && conn.is_broken()
        {
            return Err(RecycleError::message("the server closed the connection"));
        }
        Ok(())
    }
}

fn connect(place: &config::Database, role: Role) -> Result<Conn, ConnectionError> {
    match place {
        config::Database::Postgres(url) => PgConn::connect(url).map(Conn::Pg),
        config::Database::Sqlite(path) => {
            let mut conn = SqliteConnection::establish(&path.to_string_lossy())?;
            // busy_timeout first: switching to WAL itself can meet a lock. FULL: an answered write survives a power cut.
            // mmap_size: the most SQLite allows; it reserves addresses, the system's page cache decides about memory.
            conn.batch_execute(
                "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
                 PRAGMA cache_size = -8000; PRAGMA mmap_size = 2147418112; PRAGMA temp_store = MEMORY;",
            )
            .map_err(ConnectionError::CouldntSetupConfiguration)?;
            if role == Role::Read {
                conn.batch_execute("PRAGMA query_only = ON").map_err(ConnectionError::CouldntSetupConfiguration)?;
            }
            Ok(Conn::Sqlite(conn))
        }
    }
}

/// Counts statements and logs them under the target `picstargram::database` (`LOG=info,picstargram::database=debug`).
/// Values are never logged: they may be passwords' hashes or people's words.
struct QueryLog {
    queries: Arc<AtomicU64>,
    watcher: Watcher,
    started: Option<Instant>,
}

impl Instrumentation for QueryLog {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        match event {
            InstrumentationEvent::StartQuery { query, .. } => {
                if let Some(see) = self.watcher.get() {
                    see(&query.to_string());
                }
                self.queries.fetch_add(1, Ordering::Relaxed);
                self.started = Some(Instant::now());
            }
            InstrumentationEvent::FinishQuery { query, error, .. } => {
                let took = self.started.take().map(|at| at.elapsed()).unwrap_or_default();
                let sql = || {
                    let text = query.to_string();
                    text.split_once(" -- binds:").map_or(text.clone(), |(sql, _)| sql.to_owned())
                };
                let millis = took.as_secs_f64() * 1e3;
                if let Some(error) = error {
                    tracing::debug!(target: "picstargram::database", millis, sql = sql(), %error, "query failed");
                } else if took > SLOW_QUERY {
                    tracing::warn!(target: "picstargram::database", millis, sql = sql(), "slow query");
                } else if tracing::enabled!(target: "picstargram::database", tracing::Level::DEBUG) {
                    tracing::debug!(target: "picstargram::database", millis, sql = sql(), "query");
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use diesel::prelude::*;

    #[test]
    fn the_sqlite_inside_plans_a_statement_once_and_shares_no_locks_between_connections() {
        let mut conn = SqliteConnection::establish(":memory:").unwrap();
        let mut is_on = |option: &str| -> bool {
            let used = format!("sqlite_compileoption_used('{option}')");
            diesel::select(diesel::dsl::sql::<diesel::sql_types::Bool>(&used)).get_result(&mut conn).unwrap()
        };
        assert!(is_on("ENABLE_QPSG") && is_on("THREADSAFE=2"), "see .cargo/config.toml");
        assert!(!is_on("ENABLE_STAT4") && !is_on("ENABLE_MEMORY_MANAGEMENT"), "see .cargo/config.toml");
    }
}
