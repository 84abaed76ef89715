//! A whole site for one test: the real server on a free port, its own DATA_DIR, its own database, its own store.
//!
//! Environment: `TEST_DATABASE=postgres` (and `TEST_POSTGRES_URL`) puts the rows into PostgreSQL, `TEST_STORAGE=s3` the objects
//! into an S3 service; SQLite and a folder otherwise. `TEST_LOG=debug` prints what the sites log.
//!
//! Workers do not run by themselves: [`TestApp::run_jobs`] does what is due, so that a test decides what happens before what. When
//! a test ends well, [`TestApp::finish`] does the rest of the work and then looks for what no story may leave behind.

use super::smtp::{Received, SmtpServer};
use super::{postgres, s3};
use actix_web::dev::ServerHandle;
use chrono::TimeDelta;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use futures_util::{FutureExt, TryStreamExt};
use picstargram::app::{self, Started};
use picstargram::clock::Clock;
use picstargram::config::{Config, Database};
use picstargram::error::Result;
use picstargram::live::Sockets;
use picstargram::media;
use picstargram::platform::db::{Conn, Db, migrate};
use picstargram::platform::jobs::{self, Runner};
use picstargram::platform::storage::Listed;
use picstargram::posts::Views;
use picstargram::posts::jobs::Purge;
use picstargram::state::AppState;
use std::collections::BTreeSet;
use std::net::TcpListener;
use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::sync::OnceCell;

/// A test that takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(180);

/// One for the whole binary: database connections live on it, and they outlive the threads of the tests.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    logging();
    tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime")
});

/// Runs one test's future on its own thread, within the shared runtime.
pub fn run(test: impl Future<Output = ()>) {
    RUNTIME.block_on(async {
        tokio::time::timeout(PATIENCE, test).await.expect("the test hangs");
    });
}

/// Runs a test on a site as it comes out of the box.
pub fn site(test: impl AsyncFnOnce(&TestApp)) {
    Setup::default().site(test);
}

pub fn on_postgres() -> bool {
    match std::env::var("TEST_DATABASE").as_deref() {
        Ok("postgres") => true,
        Err(_) | Ok("" | "sqlite") => false,
        Ok(other) => panic!("TEST_DATABASE is sqlite or postgres, not {other:?}"),
    }
}

pub fn on_s3() -> bool {
    match std::env::var("TEST_STORAGE").as_deref() {
        Ok("s3") => true,
        Err(_) | Ok("" | "folder") => false,
        Ok(other) => panic!("TEST_STORAGE is folder or s3, not {other:?}"),
    }
}

/// How a test's site differs from one out of the box.
#[derive(Clone)]
pub struct Setup {
    environment: Vec<(&'static str, String)>,
    s3: bool,
    mail: bool,
    extra: fn(&mut actix_web::web::ServiceConfig),
}

impl Default for Setup {
    fn default() -> Self {
        Setup { environment: Vec::new(), s3: on_s3(), mail: false, extra: |_| {} }
    }
}

impl Setup {
    /// A variable of the environment, as the operator would set it.
    pub fn set(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.environment.push((name, value.into()));
        self
    }

    /// Objects in a folder, whatever the run says: for tests of what only a folder can do.
    pub fn with_folder(mut self) -> Self {
        self.s3 = false;
        self
    }

    pub fn with_s3(mut self) -> Self {
        self.s3 = true;
        self
    }

    /// Mails go to a server on loopback (see [`TestApp::smtp`]), as on a site with `SMTP_URL`.
    pub fn with_mail(mut self) -> Self {
        self.mail = true;
        self
    }

    /// More routes than the site has.
    pub fn with_routes(mut self, extra: fn(&mut actix_web::web::ServiceConfig)) -> Self {
        self.extra = extra;
        self
    }

    pub fn site(self, test: impl AsyncFnOnce(&TestApp)) {
        run(self.tell(test));
    }

    /// The same within a test that is running already.
    pub async fn tell(self, test: impl AsyncFnOnce(&TestApp)) {
        let app = self.start().await;
        match AssertUnwindSafe(test(&app)).catch_unwind().await {
            Ok(()) => app.finish().await,
            Err(panic) => {
                app.stop().await;
                std::panic::resume_unwind(panic);
            }
        }
    }

    async fn start(self) -> TestApp {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let data_dir = folder.path().join("data");
        std::fs::create_dir_all(&data_dir).expect("DATA_DIR");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("a bound listener has an address");

        let mut environment = vec![("DATA_DIR", data_dir.display().to_string()), ("LISTEN", address.to_string())];
        let mut database = None;
        if on_postgres() {
            let (name, url) = postgres::create().await;
            environment.push(("DATABASE_URL", url));
            database = Some(name);
        } else {
            std::fs::write(data_dir.join("picstargram.sqlite"), sqlite_template().await).expect("the database is copied");
        }
        let mut s3 = None;
        if self.s3 {
            let server = s3::S3Server::start(&folder.path().join("s3")).await;
            environment.push(("STORAGE_URL", server.storage_url()));
            environment.push(("AWS_ACCESS_KEY_ID", s3::ACCESS_KEY.to_owned()));
            environment.push(("AWS_SECRET_ACCESS_KEY", s3::SECRET.to_owned()));
            s3 = Some(server);
        }
        let mut smtp = None;
        if self.mail {
            let server = SmtpServer::start().await;
            environment.push(("SMTP_URL", server.url.clone()));
            smtp = Some(server);
        }
        environment.extend(self.environment);

        let lookup = |name: &str| environment.iter().rev().find(|(known, _)| *known == name).map(|(_, value)| value.clone());
        let names: Vec<String> = environment.iter().map(|(name, _)| (*name).to_owned()).collect();
        let config = Config::from_variables(lookup, &names).unwrap_or_else(|problems| panic!("{problems}"));
        let clock = Clock::default();
        let started = app::start(config, clock.clone()).await.expect("the site starts");
        let views = Views::default();
        let (stop, stopping) = tokio::sync::watch::channel(false);
        let sockets = Sockets::until(stopping);
        let server = app::server(started.state.clone(), listener, 1, views.clone(), sockets, self.extra).expect("the site serves");
        let handle = server.handle();
        tokio::spawn(server);
        TestApp {
            state: started.state.clone(),
            clock,
            url: format!("http://{address}"),
            data_dir,
            environment,
            started,
            handle,
            database,
            views,
            stop,
            expected: Expected::default(),
            failures: Arc::default(),
            smtp,
            _s3: s3,
            _folder: folder,
        }
    }
}

/// What a test says beforehand about its end.
#[derive(Default)]
struct Expected {
    dead_jobs: AtomicUsize,
    server_errors: AtomicUsize,
}

pub struct TestApp {
    pub state: AppState,
    pub clock: Clock,
    /// Without a slash at its end.
    pub url: String,
    pub data_dir: PathBuf,
    /// What the site was started with: for commands that work beside it.
    pub environment: Vec<(&'static str, String)>,
    /// Answers with a status of 500 and above, as any of this site's browsers got them.
    pub failures: Arc<Mutex<Vec<String>>>,
    started: Started,
    handle: ServerHandle,
    /// The name of the PostgreSQL database.
    database: Option<String>,
    /// What was seen and is not written yet.
    pub views: Views,
    /// Ends its sockets.
    stop: tokio::sync::watch::Sender<bool>,
    expected: Expected,
    smtp: Option<SmtpServer>,
    _s3: Option<s3::S3Server>,
    _folder: tempfile::TempDir,
}

impl TestApp {
    /// Does everything that is due and returns how many jobs ran.
    pub async fn run_jobs(&self) -> usize {
        app::runner(&self.state).run_due().await.expect("the queue works")
    }

    /// The server of a site [`Setup::with_mail`].
    pub fn smtp(&self) -> &SmtpServer {
        self.smtp.as_ref().expect("a site with mail")
    }

    /// Sends what waits, and says what has arrived since the start: at the server, or as files where there is none.
    pub async fn mails(&self) -> Vec<Received> {
        self.run_jobs().await;
        if let Some(smtp) = &self.smtp {
            return smtp.received();
        }
        let Ok(entries) = std::fs::read_dir(self.data_dir.join("mail")) else { return Vec::new() };
        let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("a folder is read").path()).collect();
        files.sort();
        files
            .into_iter()
            .map(|path| {
                let raw = std::fs::read_to_string(&path).expect("a mail is read");
                let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
                let to = name.split_once('-').expect("the recipient in its name").1.to_owned();
                Received::parse(to, raw)
            })
            .collect()
    }

    /// The last mail to this address.
    pub async fn mail_to(&self, address: &str) -> Received {
        let mails = self.mails().await;
        mails.into_iter().rfind(|mail| mail.to == address).unwrap_or_else(|| panic!("no mail for {address}"))
    }

    /// Ends every socket and takes no more, as while a node restarts; or takes them again.
    pub fn cut_sockets(&self, cut: bool) {
        self.stop.send_replace(cut);
    }

    /// Lets time pass.
    pub fn later(&self, by: TimeDelta) {
        self.clock.advance(by);
    }

    /// The time to undo deletions is over: those posts go for good, and nothing else happens yet.
    pub async fn purge(&self) {
        self.later(TimeDelta::seconds(16));
        let runner = Runner::new(self.state.db.clone(), self.state.clone()).with::<Purge>();
        runner.run_due().await.expect("the queue works");
    }

    /// So many jobs will lie dead at the end; their pictures lack sizes.
    pub fn expect_dead_jobs(&self, count: usize) {
        self.expected.dead_jobs.store(count, Ordering::Relaxed);
    }

    /// So many answers will be the server's fault.
    pub fn expect_server_errors(&self, count: usize) {
        self.expected.server_errors.store(count, Ordering::Relaxed);
    }

    /// Keys of all objects in the store, sorted.
    pub async fn stored_keys(&self) -> Vec<String> {
        let listed: Vec<Listed> = self.state.storage.list().try_collect().await.expect("the store lists its keys");
        let mut keys: Vec<String> = listed.into_iter().map(|object| object.key).collect();
        keys.sort();
        keys
    }

    /// The first column of a query, numbers.
    pub async fn numbers(&self, sql: impl Into<String>) -> Vec<i64> {
        let sql = format!("WITH q(n) AS ({}) SELECT CAST(n AS BIGINT) AS n FROM q", sql.into());
        let rows = self.read(move |c| Ok(diesel::sql_query(sql).load::<NumberRow>(c)?)).await;
        rows.into_iter().map(|row| row.n).collect()
    }

    /// The one number a query finds.
    pub async fn number(&self, sql: impl Into<String>) -> i64 {
        let found = self.numbers(sql).await;
        assert_eq!(found.len(), 1, "the query was to find one row");
        found[0]
    }

    /// The first column of a query, texts.
    pub async fn texts(&self, sql: impl Into<String>) -> Vec<String> {
        let sql = format!("WITH q(t) AS ({}) SELECT CAST(t AS TEXT) AS t FROM q", sql.into());
        let rows = self.read(move |c| Ok(diesel::sql_query(sql).load::<TextRow>(c)?)).await;
        rows.into_iter().map(|row| row.t).collect()
    }

    pub async fn rows_in(&self, table: &str) -> i64 {
        self.number(format!("SELECT count(*) FROM {table}")).await
    }

    pub async fn execute(&self, sql: impl Into<String>) -> usize {
        let sql = sql.into();
        self.write(move |c| Ok(diesel::sql_query(sql).execute(c)?)).await
    }

    pub async fn read<R: Send + 'static>(&self, f: impl FnOnce(&mut Conn) -> Result<R> + Send + 'static) -> R {
        self.state.db.read(f).await.expect("the database reads")
    }

    pub async fn write<R: Send + 'static>(&self, f: impl FnOnce(&mut Conn) -> Result<R> + Send + 'static) -> R {
        self.state.db.write(f).await.expect("the database writes")
    }

    /// What must hold after every story: all work done and none of it dead; what the ledger says is stored, and nothing else; no
    /// counter that differs from the rows it counts; no file left in the spool; no answer that was the server's fault.
    pub async fn finish(self) {
        self.run_jobs().await;
        let outcome = AssertUnwindSafe(self.check()).catch_unwind().await;
        self.stop().await;
        if let Err(panic) = outcome {
            std::panic::resume_unwind(panic);
        }
    }

    async fn check(&self) {
        let now = self.state.now();
        let counts = self.read(jobs::counts).await;
        let due: i64 = self
            .read(move |c| {
                use picstargram::schema::jobs;
                Ok(jobs::table.filter(jobs::state.eq("waiting")).filter(jobs::run_at.le(now)).count().get_result(c)?)
            })
            .await;
        let dead = self.read(jobs::dead).await;
        assert_eq!((due, counts.running), (0, 0), "jobs are left over");
        let expected_dead = self.expected.dead_jobs.load(Ordering::Relaxed);
        assert_eq!(dead.len(), expected_dead, "dead jobs: {dead:?}");

        let ledger: BTreeSet<String> = self.read(media::ledger_keys).await.into_iter().collect();
        let stored: BTreeSet<String> = self.stored_keys().await.into_iter().collect();
        let orphans: Vec<&String> = stored.difference(&ledger).collect();
        assert!(orphans.is_empty(), "objects nobody knows of: {orphans:?}");
        let missing: Vec<&String> = ledger.difference(&stored).collect();
        assert!(missing.is_empty() || expected_dead > 0, "objects that should be there: {missing:?}");
        assert_eq!(self.read(media::doomed_count).await, 0, "objects wait to be deleted");

        for (what, wrong) in [
            ("likes", "SELECT id FROM posts WHERE like_count <> (SELECT count(*) FROM likes WHERE post_id = posts.id)"),
            (
                "posts of a person",
                "SELECT id FROM users WHERE post_count <> (SELECT count(*) FROM posts WHERE author_id = users.id \
                 AND archived_at IS NULL AND deleted_at IS NULL)",
            ),
            (
                "posts that are open",
                "SELECT posts.id FROM posts JOIN users ON users.id = author_id WHERE is_open <> (NOT followers_only AND NOT private \
                 AND archived_at IS NULL AND deleted_at IS NULL)",
            ),
            ("followers", "SELECT id FROM users WHERE follower_count <> (SELECT count(*) FROM follows WHERE followee_id = users.id)"),
            (
                "followed people",
                "SELECT id FROM users WHERE following_count <> (SELECT count(*) FROM follows WHERE follower_id = users.id)",
            ),
            (
                "comments",
                "SELECT id FROM posts WHERE comment_count <> \
                 (SELECT count(*) FROM comments WHERE post_id = posts.id AND deleted_at IS NULL)",
            ),
            ("replies", "SELECT id FROM comments WHERE reply_count <> (SELECT count(*) FROM comments r WHERE r.parent_id = comments.id)"),
            ("reactions", "SELECT id FROM comments WHERE like_count <> (SELECT count(*) FROM reactions WHERE comment_id = comments.id)"),
            (
                "people of a notification",
                "SELECT id FROM notifications WHERE actor_count <> \
                 (SELECT count(*) FROM notification_actors WHERE notification_id = notifications.id)",
            ),
            ("photos of a post", "SELECT id FROM posts WHERE photo_count <> (SELECT count(*) FROM post_photos WHERE post_id = posts.id)"),
        ] {
            assert_eq!(self.numbers(wrong).await, [] as [i64; 0], "{what} are miscounted");
        }
        let across = "SELECT tie.id FROM (SELECT * FROM follows UNION ALL SELECT * FROM follow_requests) AS tie INNER JOIN blocks \
                      ON (blocker_id = follower_id AND blocked_id = followee_id) OR (blocker_id = followee_id AND blocked_id = follower_id)";
        assert_eq!(self.numbers(across).await, [] as [i64; 0], "somebody follows across a block");

        // An upload that was broken off goes when its connection is seen to be closed.
        let began = std::time::Instant::now();
        let mut spool: Vec<_> = std::fs::read_dir(self.state.spool()).expect("the spool is there").collect();
        while !spool.is_empty() && began.elapsed() < Duration::from_secs(15) {
            tokio::time::sleep(Duration::from_millis(50)).await;
            spool = std::fs::read_dir(self.state.spool()).expect("the spool is there").collect();
        }
        assert!(spool.is_empty(), "files are left in the spool: {spool:?}");
        let failures = self.failures.lock().expect("not poisoned").clone();
        assert_eq!(failures.len(), self.expected.server_errors.load(Ordering::Relaxed), "answers of 500 and above: {failures:?}");
        let broken = BROKEN_PAGES.lock().expect("not poisoned").clone();
        assert!(broken.is_empty(), "some page lacked words: {broken:?}");
    }

    async fn stop(self) {
        self.stop.send_replace(true);
        self.handle.stop(false).await;
        // The database may be gone already, when that was the story.
        let _ = self.state.db.leave().await;
        let database = self.database.clone();
        drop(self.started);
        if let Some(name) = database {
            postgres::drop(&name).await;
        }
    }
}

#[derive(QueryableByName)]
struct NumberRow {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

#[derive(QueryableByName)]
struct TextRow {
    #[diesel(sql_type = Text)]
    t: String,
}

/// A migrated SQLite database, made once.
async fn sqlite_template() -> &'static [u8] {
    static TEMPLATE: OnceCell<Vec<u8>> = OnceCell::const_new();
    TEMPLATE
        .get_or_init(|| async {
            let folder = tempfile::tempdir().expect("a temporary folder");
            let file = folder.path().join("template.sqlite");
            let db = Db::open(&Database::Sqlite(file.clone()), Clock::default()).expect("the template opens");
            db.raw(|c| {
                migrate::migrate(c, None)?;
                diesel::connection::SimpleConnection::batch_execute(c, "PRAGMA wal_checkpoint(TRUNCATE)")?;
                Ok(())
            })
            .await
            .expect("the template is migrated");
            std::fs::read(&file).expect("the template is read")
        })
        .await
}

/// Lines of the log that mean a page somewhere lacked words. Which site it was does not matter: it is a mistake in the source.
static BROKEN_PAGES: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn logging() {
    use tracing_subscriber::layer::SubscriberExt;
    use tracing_subscriber::util::SubscriberInitExt;
    let printed = std::env::var("TEST_LOG").ok().map(|filter| {
        let filter: tracing_subscriber::EnvFilter = filter.parse().expect("TEST_LOG is a filter such as info");
        tracing_subscriber::Layer::with_filter(tracing_subscriber::fmt::layer().with_writer(std::io::stderr), filter)
    });
    tracing_subscriber::registry().with(Watch).with(printed).init();
}

struct Watch;

impl<S: tracing::Subscriber> tracing_subscriber::Layer<S> for Watch {
    fn on_event(&self, event: &tracing::Event<'_>, _: tracing_subscriber::layer::Context<'_, S>) {
        if *event.metadata().level() != tracing::Level::ERROR || !event.metadata().target().starts_with("picstargram") {
            return;
        }
        let mut text = Words(String::new());
        event.record(&mut text);
        if text.0.contains("a message is missing") || text.0.contains("could not be drawn") {
            BROKEN_PAGES.lock().expect("not poisoned").push(text.0);
        }
    }
}

struct Words(String);

impl tracing::field::Visit for Words {
    fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn std::fmt::Debug) {
        self.0.push_str(&format!("{}={value:?} ", field.name()));
    }
}
