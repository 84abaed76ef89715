//! A hundred people share a 24-megapixel photo in the same moment: what the program answers, how much memory it takes at its
//! worst, and whether every photo it accepted has all its sizes in the end. An empty SQLite site in a folder, every setting as it
//! comes, clients on the same machine.
//!
//!     bin/bench uploads

#[path = "imaging/inputs.rs"]
mod inputs;

use diesel::prelude::*;
use picstargram::clock::Clock;
use picstargram::config::Config;
use picstargram::platform::db::Db;
use picstargram::schema::images;
use picstargram::urls;
use reqwest::{Client, header, multipart, redirect};
use std::collections::BTreeMap;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const PEOPLE: usize = 100;
/// With nothing finished for so long, nothing will be.
const PATIENCE: Duration = Duration::from_secs(300);

/// The program; it is killed when this is dropped.
struct Program(Child);

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Program {
    /// A line of `/proc/PID/status`, in megabytes.
    fn memory(&self, line: &str) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.0.id())).expect("the program runs");
        let value = status.lines().find_map(|text| text.strip_prefix(line)?.trim_start_matches(':').split_whitespace().next());
        value.and_then(|value| value.parse::<f64>().ok()).expect("every process has one") / 1024.0
    }
}

#[tokio::main]
async fn main() {
    let folder = PathBuf::from(std::env::var("BENCH_FOLDER").expect("bin/bench uploads says where the pictures are"));
    let pictures = inputs::prepare(&folder);
    let picture = pictures.iter().find(|input| input.name == "24 MP").expect("one of the pictures");
    let picture = std::fs::read(&picture.path).expect("just made");

    let place = tempfile::tempdir().expect("a temporary folder");
    let address = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").to_string();
    let site = format!("http://{address}");
    let data_dir = place.path().join("data").display().to_string();
    let program = serve(place.path(), &data_dir, &address);
    let client = Client::builder().redirect(redirect::Policy::none()).no_proxy().build().expect("an HTTP client");
    ready(&client, &site).await;
    let mut cookies = Vec::new();
    for n in 0..PEOPLE {
        cookies.push(sign_up(&client, &site, n).await);
    }
    println!("{PEOPLE} uploads of {:.1} MB; before them {:.0} MB resident", picture.len() as f64 / 1e6, program.memory("VmRSS"));

    let began = Instant::now();
    let uploads = cookies.into_iter().enumerate().map(|(n, cookie)| {
        let (site, picture) = (site.clone(), commented(&picture, n));
        tokio::spawn(async move { share(&site, &cookie, picture).await })
    });
    let uploads: Vec<_> = uploads.collect();
    let mut answers: BTreeMap<String, usize> = BTreeMap::new();
    let mut waits = Vec::new();
    for upload in uploads {
        let (answer, wait) = upload.await.expect("a client that does not panic");
        *answers.entry(answer).or_default() += 1;
        waits.push(wait);
    }
    waits.sort_by(f64::total_cmp);
    let answered = began.elapsed().as_secs_f64();
    for (answer, count) in &answers {
        println!("{count} × {answer}");
    }
    println!("answered after {:.1} s (median) to {answered:.1} s", waits[waits.len() / 2]);

    let accepted = answers.get("303").copied().unwrap_or(0);
    let config = Config::from_lookup(|name| (name == "DATA_DIR").then(|| data_dir.clone())).expect("the configuration");
    let db = Db::open(&config.database, Clock::default()).expect("the database");
    let stored = finished(&db, accepted).await;
    println!("every size of all {} photos made after {:.1} s", stored.len(), began.elapsed().as_secs_f64());
    println!("peak {:.0} MB (VmHWM), {:.0} MB resident in the end", program.memory("VmHWM"), program.memory("VmRSS"));

    let mut missing = 0;
    for (group, uuid) in &stored {
        for size in ["thumbnail", "512", "1024", "1920"] {
            let address = format!("{site}{}", urls::media(group, &format!("{uuid}_{size}.webp")));
            let answer = client.get(address).send().await.expect("the site answers");
            missing += usize::from(!answer.status().is_success());
        }
    }
    println!("{} of {} variants can be had", 4 * stored.len() - missing, 4 * accepted);
    let clean = answers.keys().all(|answer| answer == "303" || answer == "503, Retry-After");
    assert!(clean && missing == 0 && stored.len() == accepted, "an upload was answered or kept wrongly");
}

fn serve(folder: &Path, data_dir: &str, address: &str) -> Program {
    let log = std::fs::File::create(folder.join("log")).expect("a log file");
    let mut command = Command::new(env!("CARGO_BIN_EXE_picstargram"));
    command.arg("serve").env_clear().env("DATA_DIR", data_dir).env("LISTEN", address).current_dir(folder);
    // To try an allocator's own settings.
    command.envs(std::env::vars().filter(|(name, _)| name.starts_with("MALLOC_") || name == "GLIBC_TUNABLES"));
    let child = command.stdin(Stdio::null()).stdout(log.try_clone().expect("a log file")).stderr(log).spawn();
    Program(child.expect("the program starts"))
}

async fn ready(client: &Client, site: &str) {
    let began = Instant::now();
    while !client.get(format!("{site}/readyz")).send().await.is_ok_and(|answer| answer.status().is_success()) {
        assert!(began.elapsed() < PATIENCE, "the program does not serve");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn sign_up(client: &Client, site: &str, n: usize) -> String {
    let password = "the tide comes in at six";
    let (name, email) = (format!("person{n}"), format!("person{n}@example.org"));
    let fields = [("username", name.as_str()), ("email", &email), ("password", password), ("password_again", password)];
    let request = client.post(format!("{site}{}", urls::SIGN_UP)).header("Sec-Fetch-Site", "same-origin").form(&fields);
    let answer = request.send().await.expect("the site answers");
    assert_eq!(answer.status(), 303, "{name} signs up");
    let cookies = answer.headers().get_all(header::SET_COOKIE).iter();
    let pairs = cookies.filter_map(|cookie| cookie.to_str().ok()?.split(';').next().map(str::to_owned));
    pairs.collect::<Vec<_>>().join("; ")
}

/// Sends one form over a connection of its own: what was answered, and after how many seconds.
async fn share(site: &str, cookie: &str, picture: Vec<u8>) -> (String, f64) {
    let client = Client::builder().redirect(redirect::Policy::none()).no_proxy().build().expect("an HTTP client");
    let part = multipart::Part::bytes(picture).file_name("photo.jpg").mime_str("image/jpeg").expect("a media type");
    let form = multipart::Form::new().text("caption", "All at once").part("photos", part);
    let request = client.post(format!("{site}{}", urls::NEW_POST)).header("Sec-Fetch-Site", "same-origin").header(header::COOKIE, cookie);
    let began = Instant::now();
    let answer = match request.multipart(form).send().await {
        Ok(answer) if answer.status() == 503 && answer.headers().contains_key(header::RETRY_AFTER) => "503, Retry-After".to_owned(),
        Ok(answer) => answer.status().as_u16().to_string(),
        Err(error) => format!("no answer: {error:?}"),
    };
    (answer, began.elapsed().as_secs_f64())
}

/// The same picture in other bytes: a comment right after its start.
fn commented(picture: &[u8], n: usize) -> Vec<u8> {
    let comment = format!("{n:08}");
    [&picture[..2], &[0xff, 0xfe, 0, 10], comment.as_bytes(), &picture[2..]].concat()
}

/// Group and uuid of every picture, once as many as that are ready.
async fn finished(db: &Db, accepted: usize) -> Vec<(String, String)> {
    let mut last = (0, Instant::now());
    loop {
        let query = |c: &mut picstargram::platform::db::Conn| {
            let ready = images::table.filter(images::state.eq("ready"));
            Ok(ready.select((images::group_name, images::uuid)).load::<(String, String)>(c)?)
        };
        let ready = db.read(query).await.expect("the database answers");
        if ready.len() >= accepted {
            return ready;
        }
        if ready.len() > last.0 {
            last = (ready.len(), Instant::now());
        }
        assert!(last.1.elapsed() < PATIENCE, "{} of {accepted} photos are ready", ready.len());
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
}
