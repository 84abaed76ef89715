//! Puts the house together: what happens at the start, every room's routes behind one chain of middleware, the workers, and an
//! orderly end.

use crate::clock::Clock;
use crate::config::{self, Config};
use crate::error::{Error, Result};
use crate::live::Sockets;
use crate::platform::crash;
use crate::platform::db::Conn;
use crate::platform::db::migrate::{self, Migrated};
use crate::platform::hub::relay;
use crate::platform::jobs::Runner;
use crate::posts::Views;
use crate::state::AppState;
use crate::web::request_log::guarded;
use crate::web::security_headers::Policies;
use crate::web::{assets, errors, form, health, origin_guard, request_log, security_headers};
use crate::{accounts, admin, downloads, live, mails, media, notifications, people, posts, profiles, search, takeout, urls};
use actix_web::dev::Server;
use actix_web::middleware::from_fn;
use actix_web::{App, HttpServer, web};
use std::fs::{File, TryLockError};
use std::net::TcpListener;
use std::path::Path;
use std::time::Duration;
use tokio::sync::watch;

/// How long a stop waits for requests and jobs under way.
const DRAIN: Duration = Duration::from_secs(20);
/// How long a client that was answered early (413, 503) may go on sending before the connection closes: a slow phone must be
/// able to read the answer.
const DISCONNECT: Duration = Duration::from_secs(10);

/// The started application: its state, and the lock that keeps a second one out of its folder.
pub struct Started {
    pub state: AppState,
    pub migrated: Migrated,
    _lock: File,
}

/// Locks DATA_DIR, opens everything, brings the tables up to date, and cleans up after a process that died.
///
/// # Errors
/// Another process has the folder; the database is newer than the program; something cannot be opened.
pub async fn start(config: Config, clock: Clock) -> Result<Started> {
    let lock = lock(&config.data_dir)?;
    let spool = config.data_dir.join("spool");
    // Whatever lies there belongs to requests that died with their process.
    let _ = std::fs::remove_dir_all(&spool);
    std::fs::create_dir_all(&spool).map_err(Error::internal)?;

    let state = AppState::open(config, clock)?;
    let migrated = bring_up_to_date(&state).await?;
    state.db.join().await?;
    if matches!(state.config.database, config::Database::Sqlite(_)) {
        // The folder's lock is ours, so nobody else can hold a lease on a job.
        runner(&state).reclaim_all().await?;
    }
    Ok(Started { state, migrated, _lock: lock })
}

/// For commands that also work beside a running site: migrates only when nobody else has the folder.
pub async fn join(config: Config, clock: Clock) -> Result<AppState> {
    let free = lock(&config.data_dir);
    let state = AppState::open(config, clock)?;
    // A site that never ran has none yet.
    std::fs::create_dir_all(state.spool()).map_err(Error::unavailable)?;
    match free {
        Ok(_lock) => {
            bring_up_to_date(&state).await?;
        }
        Err(_) => {
            if !state.db.raw(migrate::is_current).await? {
                return Err(Error::internal("the running site has other tables than this program: use the program that serves it"));
            }
        }
    }
    state.db.join().await?;
    Ok(state)
}

async fn bring_up_to_date(state: &AppState) -> Result<Migrated> {
    let file = match &state.config.database {
        config::Database::Sqlite(path) => Some(path.clone()),
        config::Database::Postgres(_) => None,
    };
    state.db.raw(move |c| migrate::migrate(c, file.as_deref())).await
}

fn lock(data_dir: &Path) -> Result<File> {
    let folder = |error: std::io::Error| Error::Internal(format!("the folder {} cannot be used: {error}", data_dir.display()));
    config::create_private_dir(data_dir).map_err(folder)?;
    let file = File::options().create(true).truncate(false).write(true).open(data_dir.join("lock")).map_err(folder)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            Err(Error::Internal(format!("another Picstargram uses {} already; stop it first, or set DATA_DIR", data_dir.display())))
        }
        Err(TryLockError::Error(error)) => Err(folder(error)),
    }
}

/// Every kind of job this program knows.
pub fn runner(state: &AppState) -> Runner<AppState> {
    Runner::new(state.db.clone(), state.clone())
        .with::<media::jobs::MakeVariants>()
        .with::<media::jobs::DeleteObjects>()
        .with::<media::jobs::Sweep>()
        .with::<media::moving::MoveVariants>()
        .with::<posts::jobs::Purge>()
        .with::<mails::SendMail>()
        .with::<mails::Forget>()
        .with::<accounts::Upkeep>()
        .with::<takeout::jobs::MakeExport>()
        .with::<takeout::jobs::RunImport>()
        .with::<takeout::jobs::DeleteAccount>()
        .with::<takeout::jobs::Tidy>()
        .with::<accounts::social::ImportPhoto>()
}

/// Every route, room by room.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(guarded(web::resource(urls::LIVEZ).get(health::live)))
        .service(guarded(web::resource(urls::READYZ).get(health::ready)))
        .service(guarded(web::resource(urls::STATIC).get(assets::serve)))
        .service(guarded(web::resource("/favicon.ico").get(assets::favicon)))
        .service(guarded(web::resource("/robots.txt").get(assets::robots)))
        .configure(mails::routes)
        .configure(accounts::routes)
        .configure(media::routes)
        .configure(notifications::routes)
        .configure(people::routes)
        .configure(posts::routes)
        .configure(profiles::routes)
        .configure(search::routes)
        .configure(downloads::routes)
        .configure(live::routes)
        .configure(admin::routes)
        .configure(takeout::routes)
        .default_service(web::route().to(errors::no_route));
}

/// The HTTP server on a bound listener. `extra` adds routes: for benchmarks and tests.
pub fn server(
    state: AppState,
    listener: TcpListener,
    workers: usize,
    views: Views,
    sockets: Sockets,
    extra: fn(&mut web::ServiceConfig),
) -> std::io::Result<Server> {
    let (views, sockets) = (web::Data::new(views), web::Data::new(sockets));
    let sessions = web::Data::new(accounts::sessions(notifications::Notification::unread));
    let policies = web::Data::new(Policies::of(&state));
    let kinds = web::Data::new(runner(&state).kinds().clone());
    let state = web::Data::new(state);
    let server = HttpServer::new(move || {
        App::new()
            .app_data(state.clone())
            .app_data(sessions.clone())
            .app_data(policies.clone())
            .app_data(kinds.clone())
            .app_data(views.clone())
            .app_data(sockets.clone())
            .app_data(form::config())
            .app_data(form::path_config())
            .app_data(form::query_config())
            .configure(extra)
            .configure(routes)
            // The last one wraps the others.
            .wrap(from_fn(request_log::head_as_get))
            .wrap(from_fn(origin_guard::refuse_cross_site))
            .wrap(from_fn(errors::draw_errors))
            .wrap(from_fn(request_log::log_requests))
            .wrap(from_fn(security_headers::set_headers))
    });
    Ok(server
        .workers(workers)
        .client_disconnect_timeout(DISCONNECT)
        .shutdown_timeout(DRAIN.as_secs())
        .disable_signals()
        .listen(listener)?
        .run())
}

/// Serves until SIGTERM or Ctrl-C; then finishes requests, lets jobs end or gives them back, and leaves.
pub async fn serve(config: Config) -> Result<()> {
    let began = std::time::Instant::now();
    let listener = TcpListener::bind(config.server.listen)
        .map_err(|error| Error::Internal(format!("{} cannot be listened on: {error}", config.server.listen)))?;
    let started = start(config, crash::clock()).await?;
    let state = started.state.clone();
    if let Some(copy) = &started.migrated.copy {
        tracing::info!(copy = %copy.display(), "the database was copied before its tables changed");
    }
    let now = state.now();
    let schedule = move |c: &mut Conn| {
        media::jobs::Sweep::schedule(c, now)?;
        mails::Forget::schedule(c, now)?;
        accounts::Upkeep::schedule(c, now)?;
        takeout::jobs::Tidy::schedule(c, now)
    };
    state.db.write(schedule).await?;

    let (stop, stopping) = watch::channel(false);
    let workers = tokio::spawn(runner(&state).run(state.config.server.workers, stopping, DRAIN));
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    let views = Views::default();
    let counting = tokio::spawn(views.clone().keep(state.clone(), stop.subscribe()));
    let server =
        server(state.clone(), listener, cores, views.clone(), Sockets::until(stop.subscribe()), |_| {}).map_err(Error::internal)?;
    let relaying = state.config.server.redis.clone().map(|url| {
        let hub = state.db.hub().clone();
        tokio::spawn(async move { relay::run(url.as_str(), hub).await })
    });
    let handle = server.handle();
    let serving = tokio::spawn(server);
    tracing::info!(
        address = %state.config.server.public_url,
        database = ?state.config.database,
        storage = ?state.config.storage.place,
        migrations = started.migrated.applied,
        millis = began.elapsed().as_millis() as u64,
        "ready"
    );

    wait_for_stop().await;
    tracing::info!("stopping: requests under way are finished, jobs given back");
    stop.send_replace(true);
    handle.stop(true).await;
    let _ = serving.await;
    let _ = workers.await;
    let _ = counting.await;
    if let Some(relaying) = relaying {
        relaying.abort();
    }
    // What the last requests saw, after the collecting had ended.
    views.write(&state).await?;
    state.db.leave().await?;
    tracing::info!("stopped");
    Ok(())
}

/// Runs jobs only, beside nodes that serve with `WORKERS=0`.
pub async fn work(config: Config) -> Result<()> {
    let started = start(config, Clock::default()).await?;
    let state = started.state.clone();
    let (stop, stopping) = watch::channel(false);
    let count = state.config.server.workers.max(1);
    let workers = tokio::spawn(runner(&state).run(count, stopping, DRAIN));
    tracing::info!(workers = count, "working");
    wait_for_stop().await;
    stop.send_replace(true);
    let _ = workers.await;
    state.db.leave().await
}

async fn wait_for_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
