//! Disks that are full. The real program runs with its store or its database on a small disk of its own: a tmpfs in a mount
//! namespace, which needs either root or the right to make user namespaces. The tests see into it through `/proc/PID/root`.

use super::healed::files_below;
use crate::support::app::on_postgres;
use crate::support::program::{self, Place, Serving, until};
use crate::support::{Browser, Upload, pictures, run};
use picstargram::urls;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// Room for a few small photos, and for a database of a few.
const MEGABYTES: u32 = 3;
const PATIENCE: Duration = Duration::from_secs(40);

/// The program with a small disk mounted at `disk`, which nobody else sees.
async fn serve_with_small_disk(place: &Place, disk: &Path) -> Serving {
    std::fs::create_dir_all(disk).expect("where the disk will be");
    let namespace = if is_root() { "-m" } else { "-rm" };
    let mount = format!("mount -t tmpfs -o size={MEGABYTES}m tmpfs '{}' || exit 99; exec \"$@\"", disk.display());
    let serve = program::command(place.folder.path(), &place.environment, &["serve"]);
    let mut command = Command::new("unshare");
    command.args([namespace, "sh", "-c", &mount, "sh"]).arg(serve.get_program()).args(serve.get_args());
    command.env_clear().env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin").envs(place.environment.iter().map(|(name, value)| (*name, value)));
    command.current_dir(place.folder.path());
    let mut serving = place.spawn_command(command);
    let mut refused = false;
    let client = reqwest::Client::builder().no_proxy().build().expect("an HTTP client");
    until("the program serves", PATIENCE, async || {
        refused = serving.ended().is_some();
        refused || client.get(format!("{}/readyz", place.url)).send().await.is_ok_and(|answer| answer.status().is_success())
    })
    .await;
    assert!(!refused, "a disk of its own needs root or user namespaces (unshare -rm), and here neither works: {}", place.log());
    serving
}

fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0)
}

/// A disk as the program sees it.
struct Disk(PathBuf);

impl Disk {
    fn of(serving: &Serving, path: &Path) -> Self {
        let inside = path.strip_prefix("/").expect("an absolute path");
        Disk(Path::new("/proc").join(serving.id().to_string()).join("root").join(inside))
    }

    /// Not a byte is left.
    fn fill(&self) {
        let mut filler = std::fs::File::options().create(true).append(true).open(self.0.join("filler")).expect("a file on the disk");
        for size in [65_536, 1] {
            while filler.write_all(&vec![7; size]).is_ok() {}
        }
    }

    fn free(&self) {
        std::fs::remove_file(self.0.join("filler")).expect("the filler is there");
    }

    fn files(&self) -> Vec<String> {
        let mut files = files_below(&self.0);
        files.retain(|name| !name.ends_with("/filler"));
        files.sort();
        files
    }
}

async fn sign_up(place: &Place) -> Browser {
    let ada = place.browser();
    let password = "no room at the inn";
    let fields = [("username", "ada"), ("email", "ada@example.org"), ("password", password), ("password_again", password)];
    ada.post(urls::SIGN_UP, &fields).await.assert_redirect(urls::HOME);
    ada
}

fn form(key: &str) -> Upload {
    Upload::default().text("post_key", key).file("photos", &pictures::jpeg(1030, 60)).text("caption", "worth keeping")
}

async fn shows_photos(browser: &Browser, count: usize) {
    until("the photos are ready", PATIENCE, async || {
        let page = browser.visit(urls::HOME).await.assert_ok();
        page.count(".post-card") == count && page.count(".post-photos img[srcset]") == count
    })
    .await;
}

fn assert_no_panic(place: &Place) {
    let log = place.log();
    assert!(!log.contains("panicked"), "{log}");
}

#[test]
fn a_full_store_refuses_kindly_keeps_what_it_has_and_goes_on_when_there_is_room() {
    run(async {
        let mut place = Place::prepare().await;
        let path = place.folder.path().join("store");
        place.environment.push(("STORAGE_URL", path.display().to_string()));
        let serving = serve_with_small_disk(&place, &path).await;
        let disk = Disk::of(&serving, &path);
        let ada = sign_up(&place).await;
        ada.upload(urls::NEW_POST, form("first")).await.assert_redirect(urls::HOME);
        shows_photos(&ada, 1).await;
        let before = disk.files();

        disk.fill();
        let page = ada.upload(urls::NEW_POST, form("second")).await.assert_status(503);
        assert!(page.says("error-unavailable-body") && page.says("share-kept"));
        assert_eq!((page.value("caption").as_str(), page.value("post_key").as_str()), ("worth keeping", "second"));
        assert_eq!(disk.files(), before, "no half object");
        shows_photos(&ada, 1).await;

        disk.free();
        ada.upload(urls::NEW_POST, form("second")).await.assert_redirect(urls::HOME);
        shows_photos(&ada, 2).await;
        assert_no_panic(&place);
        drop(serving);
        place.clean_up().await;
    });
}

#[test]
fn a_store_that_is_full_when_the_sizes_are_made_gets_them_later() {
    run(async {
        let mut place = Place::prepare().await;
        let path = place.folder.path().join("store");
        place.environment.push(("STORAGE_URL", path.display().to_string()));
        let serving = serve_with_small_disk(&place, &path).await;
        let disk = Disk::of(&serving, &path);
        let ada = sign_up(&place).await;
        ada.upload(urls::NEW_POST, form("first")).await.assert_redirect(urls::HOME);
        shows_photos(&ada, 1).await;
        // Room for the original and the thumbnail, which are in the way of nothing, and for no more. Full when the answer is there;
        // the worker may have been quicker, so this goes on until it was not.
        let mut shared = 1;
        loop {
            ada.upload(urls::NEW_POST, form(&format!("key-{shared}"))).await.assert_redirect(urls::HOME);
            disk.fill();
            shared += 1;
            if until_failed_or_ready(&place, &ada, shared).await {
                break;
            }
            disk.free();
        }
        let page = ada.visit(urls::HOME).await.assert_ok();
        assert_eq!(page.count(".picture.failed"), 0, "it is waited for");
        assert!(disk.files().iter().all(|name| !name.contains('#')), "no half object: {:?}", disk.files());
        disk.free();
        shows_photos(&ada, shared).await;
        assert_no_panic(&place);
        drop(serving);
        place.clean_up().await;
    });
}

/// Whether the newest photo's job met the full disk (true) or was done before.
async fn until_failed_or_ready(place: &Place, ada: &Browser, shared: usize) -> bool {
    let mut failed = false;
    until("the job has been tried", PATIENCE, async || {
        failed = place.log().contains("job failed");
        failed || ada.visit(urls::HOME).await.assert_ok().count(".post-photos img[srcset]") == shared
    })
    .await;
    failed
}

#[test]
fn a_full_database_refuses_kindly_and_goes_on_when_there_is_room() {
    // PostgreSQL's disk is its own server's business.
    if on_postgres() {
        return;
    }
    run(async {
        let mut place = Place::prepare().await;
        let path = place.folder.path().join("database");
        place.environment.push(("DATABASE_URL", format!("sqlite:{}", path.join("site.sqlite").display())));
        let serving = serve_with_small_disk(&place, &path).await;
        let disk = Disk::of(&serving, &path);
        let ada = sign_up(&place).await;
        ada.upload(urls::NEW_POST, form("first")).await.assert_redirect(urls::HOME);
        shows_photos(&ada, 1).await;
        let post = ada.visit(urls::HOME).await.attr("[id^=post-]", "id").trim_start_matches("post-").to_owned();

        disk.fill();
        // The write-ahead log is reused where it has room: what is written must be more than that.
        let mut refused = None;
        for number in 0..200 {
            let page = ada.upload(urls::NEW_POST, form(&format!("key-{number}")).text("alt", &"long ".repeat(190))).await;
            if page.status != 303 {
                refused = Some((number, page.assert_status(503)));
                break;
            }
        }
        let (number, page) = refused.expect("a disk without room is full in the end");
        assert!(page.says("error-unavailable-body") && page.says("share-kept"));
        assert_eq!(page.value("caption"), "worth keeping");
        let words = "long ".repeat(400);
        let edited = ada.post(urls::post_edit(&post), &[("caption", &words)]).await.assert_status(503);
        assert!(edited.says("error-unavailable-body"));
        ada.visit(urls::HOME).await.assert_ok();

        disk.free();
        ada.upload(urls::NEW_POST, form(&format!("key-{number}"))).await.assert_redirect(urls::HOME);
        until("all is ready", PATIENCE, async || !ada.visit(urls::HOME).await.assert_ok().has(".picture.processing")).await;
        assert_no_panic(&place);
        drop(serving);
        place.clean_up().await;
    });
}

#[test]
fn a_full_data_folder_refuses_kindly() {
    run(async {
        let mut place = Place::prepare().await;
        let path = place.folder.path().join("data").join("spool");
        let elsewhere = |name: &str| place.folder.path().join(name).display().to_string();
        let storage = elsewhere("store");
        place.environment.push(("STORAGE_URL", storage));
        // The spool alone is on the small disk, so it cannot be emptied as a whole at the start.
        let serving = serve_with_small_disk(&place, &path).await;
        let disk = Disk::of(&serving, &path);
        let ada = sign_up(&place).await;
        disk.fill();
        let page = ada.upload(urls::NEW_POST, form("first")).await.assert_status(503);
        assert!(page.says("error-unavailable-body") && page.says("share-kept"));
        assert_eq!(page.value("caption"), "worth keeping");
        assert_eq!(disk.files(), [] as [String; 0], "no half file");
        disk.free();
        ada.upload(urls::NEW_POST, form("first")).await.assert_redirect(urls::HOME);
        shows_photos(&ada, 1).await;
        assert_no_panic(&place);
        drop(serving);
        place.clean_up().await;
    });
}
