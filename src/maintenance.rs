//! Commands for the operator about stored media: what they print, and how they end. The work is done in `media`.

use crate::app;
use crate::clock::Clock;
use crate::config::{self, Config};
use crate::error::{Error, Result};
use crate::media::check::{self, Progress};
use crate::media::copy;
use crate::platform::storage::Storage;
use crate::state::AppState;
use crate::web::filters::size_words;
use indicatif::{ProgressBar, ProgressStyle};

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
