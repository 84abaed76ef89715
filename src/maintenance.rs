//! Commands for the operator about stored media and what people take along: what they print, and how they end. The work is done
//! in `media` and `takeout`.

use crate::accounts::User;
use crate::app;
use crate::clock::Clock;
use crate::config::{self, Config};
use crate::error::{Error, Result};
use crate::media::check::{self, Progress};
use crate::media::copy;
use crate::platform::db::Conn;
use crate::platform::storage::Storage;
use crate::state::AppState;
use crate::takeout::gather::{self, Progress as Gathering};
use crate::takeout::import::Import;
use crate::takeout::importing;
use crate::takeout::receipt::{Outcome, Receipt};
use crate::web::filters::size_words;
use crate::web::i18n::Lang;
use indicatif::{ProgressBar, ProgressStyle};
use std::path::{Path, PathBuf};

/// `media check [--repair [--force]]`. Differences go to standard output, one a line; how far it is to standard error. True when
/// nothing differs, or everything that did is being repaired.
pub async fn check_media(config: Config, repair: bool, force: bool) -> Result<bool> {
    let state = app::join(config, Clock::default()).await?;
    let result = check_state(&state, repair, force).await;
    state.db.leave().await?;
    result
}

async fn check_state(state: &AppState, repair: bool, force: bool) -> Result<bool> {
    let bar = bar("{msg} {wide_bar} {human_pos} of {human_len}, {eta} left");
    let tell = |difference: &check::Difference| bar.suspend(|| println!("{difference}"));
    let findings = check::check(state, tell, |progress| match progress {
        Progress::Listed { done, expected } => {
            bar.set_message("Listing");
            bar.set_length(expected.max(done));
            bar.set_position(done);
        }
        Progress::Compared { done, expected } => {
            bar.set_message("Comparing");
            bar.set_length(expected.max(done));
            bar.set_position(done);
        }
    })
    .await?;
    bar.finish_and_clear();
    let report = findings.report;
    println!("{} objects in the ledger, {} in the store, {} waiting to be deleted.", report.ledger, report.stored, report.doomed);
    if report.differences() == 0 {
        println!("Nothing differs.");
        return Ok(true);
    }
    println!(
        "{} missing, {} of a wrong size, {} unknown, {} abandoned.",
        report.missing, report.wrong_size, report.unknown, report.abandoned
    );
    if report.lost_originals > 0 {
        println!("{} of them are originals: only a backup can bring them back.", report.lost_originals);
    }
    if !repair {
        println!("`picstargram media check --repair` makes missing sizes anew and deletes what no picture needs.");
        return Ok(false);
    }
    if report.is_suspicious() && !force {
        println!("So much differs that this looks like the wrong database or the wrong place: nothing was repaired.");
        println!("If both are right, say so with --force.");
        return Ok(false);
    }
    let repaired = check::repair(state, findings).await?;
    println!(
        "The sizes of {} pictures will be made anew and {} objects deleted: by the running site, or by the next one started.",
        repaired.remade, repaired.deleted
    );
    Ok(report.lost_originals == 0)
}

/// `media copy --to URL`. True when everything is there.
pub async fn copy_media(config: Config, to: &str) -> Result<bool> {
    let place = config::storage_place(to).map_err(|problems| Error::Internal(problems.to_string()))?;
    let is_current = place == config.storage.place;
    if is_current && config.storage.old.is_none() {
        return Err(Error::internal("that is STORAGE_URL, where the media are; with STORAGE_OLD_URL set, the rest comes from there"));
    }
    let state = app::join(config, Clock::default()).await?;
    let result = copy_state(&state, &place, is_current).await;
    state.db.leave().await?;
    result
}

async fn copy_state(state: &AppState, place: &config::StoragePlace, is_current: bool) -> Result<bool> {
    let to = Storage::open(place, None)?;
    to.check().await?;
    // On the way to the place the site writes to already, what is missing there can only come from the old one.
    let from = if is_current { state.storage.old().unwrap_or_else(|| state.storage.clone()) } else { state.storage.clone() };
    let bar = bar("Copying {wide_bar} {human_pos} of {human_len}, {msg}, {eta} left");
    let tell = |key: &str, error: &Error| bar.suspend(|| println!("failed {key}: {error}"));
    let copied = copy::copy(state, &from, &to, tell, |copied| {
        let done = copied.already + copied.copied;
        bar.set_length(copied.expected.max(done));
        bar.set_position(done);
        bar.set_message(size_words(copied.bytes));
    })
    .await?;
    bar.finish_and_clear();
    println!(
        "{} objects ({}) copied and compared, {} were there already, {} deleted meanwhile.",
        copied.copied,
        size_words(copied.bytes),
        copied.already.saturating_sub(copied.copied),
        copied.deleted
    );
    if copied.failed > 0 {
        println!("{} failed: run the command again.", copied.failed);
    }
    Ok(copied.failed == 0)
}

fn bar(template: &str) -> ProgressBar {
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(0).with_style(style)
}

/// `export USERNAME [--to FILE]`: the copy somebody gets in their settings, as a file. Says where it is.
pub async fn export_account(config: Config, username: &str, to: Option<PathBuf>) -> Result<PathBuf> {
    let state = app::join(config, Clock::default()).await?;
    let exported = export_from(&state, username, to).await;
    state.db.leave().await?;
    exported
}

async fn export_from(state: &AppState, username: &str, to: Option<PathBuf>) -> Result<PathBuf> {
    let user = find_user(state, username).await?;
    let target = to.unwrap_or_else(|| PathBuf::from(gather::file_name(&user.username, state.now())));
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut told = Told(bar("{msg} {wide_bar} {human_pos} of {human_len}, {eta} left"));
    let written = gather::gather(state, user.id, folder.to_owned(), &mut told).await?;
    told.0.finish_and_clear();
    let written = written.ok_or_else(|| Error::internal("it was stopped"))?;
    let kept = written.path.persist_noclobber(&target);
    kept.map_err(|error| Error::Internal(format!("{} cannot be written: {}", target.display(), error.error)))?;
    Ok(target)
}

struct Told(ProgressBar);

impl Gathering for Told {
    async fn report(&mut self, done: i64, total: i64) -> Result<bool> {
        self.0.set_message("Photos");
        self.0.set_length(total.unsigned_abs());
        self.0.set_position(done.unsigned_abs());
        Ok(true)
    }
}

/// `import USERNAME FILE [--dry-run]`: what cannot be goes to standard output, one a line, and the counts at the end. True when
/// everything in the file is here, or could be.
pub async fn import_account(config: Config, username: &str, file: &Path, dry_run: bool) -> Result<bool> {
    let state = app::join(config, Clock::default()).await?;
    let imported = import_into(&state, username, file, dry_run).await;
    state.db.leave().await?;
    imported
}

async fn import_into(state: &AppState, username: &str, file: &Path, dry_run: bool) -> Result<bool> {
    let user = find_user(state, username).await?.id;
    let surveyed = importing::survey(file.to_owned()).await?;
    let lines = surveyed.map_err(|problem| Error::Internal(problem.in_language(Lang::En)))?;
    let (name, now) = (file.file_name().unwrap_or_default().to_string_lossy().into_owned(), state.now());
    let begun = state.db.write(move |c| Import::begin_here(c, user, &name, lines, dry_run, now)).await?;
    let import = begun.ok_or_else(|| Error::internal("another file of theirs is being worked on; wait for it or stop it"))?;
    let bar = bar("{msg} {wide_bar} {human_pos} of {human_len}, {eta} left");
    bar.set_length(lines.unsigned_abs());
    let id = import.id;
    let gone_through = importing::run(state, &import, file, &mut |line| {
        bar.inc(1);
        if let (Outcome::Cannot, Some(reason)) = (line.outcome, &line.reason) {
            bar.suspend(|| println!("{} {:?}: {}", line.what.as_str(), line.title, reason.in_language(Lang::En)));
        }
    })
    .await;
    bar.finish_and_clear();
    let now = state.now();
    match gone_through {
        Ok(_) => state.db.write(move |c| Import::finish(c, &import, now)).await?,
        Err(error) => {
            state.db.write(move |c| Import::fail(c, id, now)).await?;
            return Err(error);
        }
    }
    let tally = state.db.read(move |c| Receipt::tally(c, id)).await?;
    println!("{} new, {} brought here, {} already here, {} not possible.", tally.new, tally.made, tally.here, tally.cannot);
    if dry_run {
        let forget = move |c: &mut Conn| Import::find(c, id)?.map_or(Ok(()), |import| Import::forget(c, &import, now));
        state.db.write(forget).await?;
    }
    Ok(tally.cannot == 0)
}

async fn find_user(state: &AppState, username: &str) -> Result<User> {
    let name = username.to_owned();
    let found = state.db.read(move |c| User::find_by_username(c, &name)).await?;
    found.ok_or_else(|| Error::Internal(format!("nobody here is called {username}")))
}
