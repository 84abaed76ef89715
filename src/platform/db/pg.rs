//! A synchronous Diesel connection to PostgreSQL without libpq: tokio-postgres underneath (by diesel-async), driven with
//! `block_on` from a blocking thread.
//!
//! A newtype of our own, because `MultiConnectionHelper` is foreign to us and diesel-async does not implement it for its
//! wrapper. It leans on doc-hidden traits of Diesel 2.3: the version is pinned in Cargo.toml for that reason.

use diesel::connection::{
    CacheSize, Connection, ConnectionSealed, Instrumentation, LoadConnection, SimpleConnection, TransactionManager,
    TransactionManagerStatus,
};
use diesel::internal::derives::multiconnection::MultiConnectionHelper;
use diesel::pg::{Pg, PgMetadataLookup, PgTypeMetadata};
use diesel::query_builder::{Query, QueryFragment, QueryId};
use diesel::result::ConnectionError;
use diesel::{ConnectionResult, QueryResult};
use diesel_async::AsyncPgConnection;
use diesel_async::async_connection_wrapper::AsyncConnectionWrapper;
use rustls_platform_verifier::ConfigVerifierExt;
use std::any::Any;
use tokio_postgres::config::{Host, SslMode};

type Inner = AsyncConnectionWrapper<AsyncPgConnection>;

pub struct PgConn(Inner);

impl PgConn {
    /// Connects; call it on a blocking thread within the runtime that is to drive the connection.
    pub fn connect(url: &str) -> ConnectionResult<Self> {
        let Target { config, tls } = Target::parse(url)?;
        let handle = tokio::runtime::Handle::current();
        let connection = handle.block_on(async {
            match tls {
                None => {
                    let (client, connection) = config.connect(tokio_postgres::NoTls).await.map_err(|error| bad(&Causes(&error)))?;
                    AsyncPgConnection::try_from_client_and_connection(client, connection).await
                }
                Some(tls) => {
                    let (client, connection) = config.connect(tls).await.map_err(|error| bad(&Causes(&error)))?;
                    AsyncPgConnection::try_from_client_and_connection(client, connection).await
                }
            }
        })?;
        Ok(Self(Inner::from(connection)))
    }

    /// The server went away (a restart, a failover): the pool drops such a connection.
    pub fn is_broken(&mut self) -> bool {
        diesel_async::pooled_connection::PoolableConnection::is_broken(&mut *self.0)
    }
}

fn bad(error: &dyn std::fmt::Display) -> ConnectionError {
    ConnectionError::BadConnection(error.to_string())
}

/// Where to connect, and how.
///
/// TLS follows `sslmode`: `disable` never; `prefer` (the default) and `require` use it, with the server's certificate checked
/// against the system's trust store. A socket file or loopback needs no TLS under `prefer`.
pub(super) struct Target {
    pub config: tokio_postgres::Config,
    pub tls: Option<tokio_postgres_rustls::MakeRustlsConnect>,
}

impl Target {
    pub fn parse(url: &str) -> ConnectionResult<Self> {
        let mut config: tokio_postgres::Config = url.parse().map_err(|error: tokio_postgres::Error| bad(&error))?;
        config.connect_timeout(std::time::Duration::from_secs(5)).keepalives_idle(std::time::Duration::from_secs(30));
        let near = config.get_hosts().iter().all(|host| match host {
            #[cfg(unix)]
            Host::Unix(_) => true,
            Host::Tcp(name) => name == "localhost" || name.parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback()),
        });
        if config.get_ssl_mode() == SslMode::Disable || (near && config.get_ssl_mode() == SslMode::Prefer) {
            config.ssl_mode(SslMode::Disable);
            return Ok(Target { config, tls: None });
        }
        config.ssl_mode(SslMode::Require);
        let tls = rustls::ClientConfig::with_platform_verifier().map_err(|error| bad(&error))?;
        Ok(Target { config, tls: Some(tokio_postgres_rustls::MakeRustlsConnect::new(tls)) })
    }
}

/// tokio-postgres hides what happened in the source of its errors.
pub(super) struct Causes<'a>(pub &'a dyn std::error::Error);

impl std::fmt::Display for Causes<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)?;
        let mut cause = self.0.source();
        while let Some(error) = cause {
            write!(f, ": {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}

impl SimpleConnection for PgConn {
    fn batch_execute(&mut self, query: &str) -> QueryResult<()> {
        self.0.batch_execute(query)
    }
}

impl ConnectionSealed for PgConn {}

impl Connection for PgConn {
    type Backend = Pg;
    type TransactionManager = PgTransactions;

    fn establish(url: &str) -> ConnectionResult<Self> {
        Self::connect(url)
    }

    fn execute_returning_count<T>(&mut self, source: &T) -> QueryResult<usize>
    where
        T: QueryFragment<Pg> + QueryId,
    {
        self.0.execute_returning_count(source)
    }

    fn transaction_state(&mut self) -> &mut <PgTransactions as TransactionManager<Self>>::TransactionStateData {
        self.0.transaction_state()
    }

    fn instrumentation(&mut self) -> &mut dyn Instrumentation {
        self.0.instrumentation()
    }

    fn set_instrumentation(&mut self, instrumentation: impl Instrumentation) {
        self.0.set_instrumentation(instrumentation);
    }

    fn set_prepared_statement_cache_size(&mut self, size: CacheSize) {
        self.0.set_prepared_statement_cache_size(size);
    }
}

impl LoadConnection for PgConn {
    type Cursor<'conn, 'query> = <Inner as LoadConnection>::Cursor<'conn, 'query>;
    type Row<'conn, 'query> = <Inner as LoadConnection>::Row<'conn, 'query>;

    fn load<'conn, 'query, T>(&'conn mut self, source: T) -> QueryResult<Self::Cursor<'conn, 'query>>
    where
        T: Query + QueryFragment<Pg> + QueryId + 'query,
        Pg: diesel::expression::QueryMetadata<T::SqlType>,
    {
        <Inner as LoadConnection>::load(&mut self.0, source)
    }
}

/// Hands transactions through to the wrapped connection.
pub struct PgTransactions;
type InnerTransactions = <Inner as Connection>::TransactionManager;

impl TransactionManager<PgConn> for PgTransactions {
    type TransactionStateData = <InnerTransactions as TransactionManager<Inner>>::TransactionStateData;

    fn begin_transaction(connection: &mut PgConn) -> QueryResult<()> {
        InnerTransactions::begin_transaction(&mut connection.0)
    }

    fn rollback_transaction(connection: &mut PgConn) -> QueryResult<()> {
        InnerTransactions::rollback_transaction(&mut connection.0)
    }

    fn commit_transaction(connection: &mut PgConn) -> QueryResult<()> {
        InnerTransactions::commit_transaction(&mut connection.0)
    }

    fn transaction_manager_status_mut(connection: &mut PgConn) -> &mut TransactionManagerStatus {
        InnerTransactions::transaction_manager_status_mut(&mut connection.0)
    }

    fn is_broken_transaction_manager(connection: &mut PgConn) -> bool {
        InnerTransactions::is_broken_transaction_manager(&mut connection.0)
    }
}

impl diesel::migration::MigrationConnection for PgConn {
    fn setup(&mut self) -> QueryResult<usize> {
        self.0.setup()
    }
}

/// Types are looked up by name for custom PostgreSQL types only; the tables use built-in ones.
struct NoLookup;

impl PgMetadataLookup for NoLookup {
    fn lookup_type(&mut self, name: &str, _schema: Option<&str>) -> PgTypeMetadata {
        unreachable!("the tables use built-in types only, not {name}")
    }
}

impl MultiConnectionHelper for PgConn {
    fn to_any<'a>(_: &mut <Pg as diesel::sql_types::TypeMetadata>::MetadataLookup) -> &mut (dyn Any + 'a) {
        Box::leak(Box::new(NoLookup)) // of size zero: nothing is allocated
    }

    fn from_any(lookup: &mut dyn Any) -> Option<&mut (dyn PgMetadataLookup + 'static)> {
        lookup.downcast_mut::<NoLookup>().map(|lookup| lookup as &mut dyn PgMetadataLookup)
    }
}
