//! Brings a database up to this program's tables when it starts, and leaves a way back: a SQLite file is copied first, and a
//! database that a newer program has changed is refused.

use super::Conn;
use crate::error::{Error, Result};
use diesel::connection::SimpleConnection;
use diesel::migration::{Migration, MigrationSource};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");
const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");

/// Any number: all nodes of one database must ask for the same lock.
const ADVISORY_LOCK: i64 = 0x7069_6373;

/// What a start found and did.
#[derive(Debug, PartialEq, Eq)]
pub struct Migrated {
    pub applied: usize,
    /// Where the SQLite file was copied to before anything was changed.
    pub copy: Option<PathBuf>,
}

/// Runs what is pending. Several nodes may call it at once: they wait for one another.
///
/// # Errors
/// A database that knows migrations this program does not.
pub fn migrate(c: &mut Conn, sqlite_file: Option<&Path>) -> Result<Migrated> {
    match c {
        Conn::Pg(c) => {
            c.batch_execute(&format!("SELECT pg_advisory_lock({ADVISORY_LOCK})"))?;
            let result = run(c, &POSTGRES, |_, _| Ok(None));
            c.batch_execute(&format!("SELECT pg_advisory_unlock({ADVISORY_LOCK})"))?;
            result
        }
        Conn::Sqlite(c) => run(c, &SQLITE, |c, version| match sqlite_file {
            Some(file) => copy_sqlite(c, file, version).map(Some),
            None => Ok(None),
        }),
    }
}

/// Whether the database has exactly this program's tables: for commands that work beside a running site.
pub fn is_current(c: &mut Conn) -> Result<bool> {
    let pending = match c {
        Conn::Pg(c) => c.has_pending_migration(POSTGRES),
        Conn::Sqlite(c) => c.has_pending_migration(SQLITE),
    };
    Ok(!pending.map_err(Error::internal)?)
}

/// Takes the last `steps` migrations back: for the tests that run each of them up and down.
pub fn revert(c: &mut Conn, steps: usize) -> Result<()> {
    for _ in 0..steps {
        match c {
            Conn::Pg(c) => c.revert_last_migration(POSTGRES).map(drop),
            Conn::Sqlite(c) => c.revert_last_migration(SQLITE).map(drop),
        }
        .map_err(Error::internal)?;
    }
    Ok(())
}

/// How many migrations this program has.
pub fn count() -> usize {
    MigrationSource::<diesel::sqlite::Sqlite>::migrations(&SQLITE).map_or(0, |all| all.len())
}

fn run<C, DB>(c: &mut C, source: &EmbeddedMigrations, copy: impl FnOnce(&mut C, &str) -> Result<Option<PathBuf>>) -> Result<Migrated>
where
    DB: diesel::backend::Backend,
    C: MigrationHarness<DB> + diesel::Connection<Backend = DB>,
    EmbeddedMigrations: MigrationSource<DB>,
{
    let known: Vec<Box<dyn Migration<DB>>> = source.migrations().map_err(Error::internal)?;
    let known: BTreeSet<String> = known.iter().map(|migration| migration.name().version().to_string()).collect();
    let applied: BTreeSet<String> = c.applied_migrations().map_err(Error::internal)?.iter().map(ToString::to_string).collect();
    if let Some(newer) = applied.difference(&known).last() {
        return Err(Error::Internal(format!(
            "this database was used by a newer Picstargram (it has the change {newer}); start that version, or restore the copy made before its upgrade"
        )));
    }
    if applied.len() == known.len() {
        return Ok(Migrated { applied: 0, copy: None });
    }
    let copy = match applied.last() {
        Some(version) => copy(c, version)?,
        None => None,
    };
    let run = c.run_pending_migrations(Same(source)).map_err(Error::internal)?;
    Ok(Migrated { applied: run.len(), copy })
}

/// `MigrationHarness` wants its source by value; this one lends it.
struct Same<'a>(&'a EmbeddedMigrations);

impl<DB: diesel::backend::Backend> MigrationSource<DB> for Same<'_>
where
    EmbeddedMigrations: MigrationSource<DB>,
{
    fn migrations(&self) -> diesel::migration::Result<Vec<Box<dyn Migration<DB>>>> {
        self.0.migrations()
    }
}

/// A whole copy (the write-ahead log included) beside the file, in `backups/`, named for the version it holds.
fn copy_sqlite(c: &mut diesel::SqliteConnection, file: &Path, version: &str) -> Result<PathBuf> {
    let folder = file.parent().unwrap_or(Path::new(".")).join("backups");
    std::fs::create_dir_all(&folder).map_err(Error::internal)?;
    let stamp = chrono::Utc::now().format("%Y%m%dT%H%M%S%3fZ");
    let copy = folder.join(format!("before-upgrade-from-{version}-{stamp}.sqlite"));
    let quoted = copy.display().to_string().replace('\'', "''");
    c.batch_execute(&format!("VACUUM INTO '{quoted}'"))?;
    std::fs::File::open(&copy).and_then(|file| file.sync_all()).map_err(Error::internal)?;
    Ok(copy)
}
