//! How many feed pages a second one node serves: a SQLite site with 100,000 posts, signed in, twenty posts of one photo on a
//! page, no compression, the log in a file. Beside it, in the same run and from the same server, a fixed body of the same size:
//! what the machine and the load tool (wrk) can do at all.
//!
//!     bin/bench feed

use actix_web::{HttpResponse, web};
use diesel::prelude::*;
use picstargram::clock::Clock;
use picstargram::config::Config;
use picstargram::live::Sockets;
use picstargram::platform::db::{Conn, ids};
use picstargram::posts::Views;
use picstargram::schema::{images, likes, post_photos, posts, sessions, users};
use picstargram::web::cookies;
use picstargram::{app, each};
use sha2::{Digest, Sha256};
use std::net::TcpListener;
use std::process::Command;
use std::sync::OnceLock;

const POSTS: i64 = 100_000;
const PEOPLE: i64 = 200;
const BATCH: i64 = 1_000;
const SECONDS: &str = "10s";

static BODY: OnceLock<String> = OnceLock::new();

async fn fixed_body() -> HttpResponse {
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(BODY.get().map_or("", String::as_str))
}

#[tokio::main]
async fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let log = std::fs::File::create(folder.path().join("log")).expect("a log file");
    tracing_subscriber::fmt().with_ansi(false).with_writer(std::sync::Mutex::new(log)).init();
    let data_dir = folder.path().join("data").display().to_string();
    let config = Config::from_lookup(|name| match name {
        "DATA_DIR" => Some(data_dir.clone()),
        _ => None,
    })
    .expect("the configuration");
    let started = app::start(config, Clock::default()).await.expect("the site starts");
    let state = started.state.clone();

    eprintln!("Filling {POSTS} posts …");
    let now = state.now();
    let session = "b".repeat(64);
    let hash = hex::encode(Sha256::digest(session.as_bytes()));
    state.db.write(move |c| Ok(people(c, now, &hash)?)).await.expect("people");
    for batch in 0..POSTS / BATCH {
        state.db.write(move |c| Ok(fill(c, batch, now)?)).await.expect("posts");
    }

    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let base = format!("http://{}", listener.local_addr().expect("an address"));
    let cookie = format!("session={}", cookies::signed(&state, cookies::SESSION, session, None).value());
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    let server = app::server(state, listener, cores, Views::default(), Sockets::until(tokio::sync::watch::channel(false).1), |config| {
        config.route("/bench/fixed", web::get().to(fixed_body));
    })
    .expect("the server");
    tokio::spawn(server);

    let page = reqwest::Client::new().get(&base).header("cookie", &cookie).send().await.expect("the feed").text().await.expect("a page");
    assert_eq!(page.matches("class=\"post-card\"").count(), 20, "a feed page has twenty posts");
    assert!(page.contains("/settings/profile") || page.contains("/@person"), "signed in");
    println!("{} bytes a page", page.len());
    BODY.set(page).expect("set once");

    println!("{:<28} {:>12} {:>10} {:>10}", "", "requests/s", "p50", "p99");
    let fixed = wrk(&base, "/bench/fixed", &cookie);
    let feed = wrk(&base, "/", &cookie);
    println!("{:<28} {:>12.0} {:>10} {:>10}", "fixed body of that size", fixed.rate, fixed.p50, fixed.p99);
    println!("{:<28} {:>12.0} {:>10} {:>10}", "feed page", feed.rate, feed.p50, feed.p99);
    println!("{:<28} {:>12.2}", "feed ÷ fixed", feed.rate / fixed.rate);
}

fn people(c: &mut Conn, now: picstargram::clock::Timestamp, session_hash: &str) -> QueryResult<()> {
    let rows: Vec<_> = (1..=PEOPLE)
        .map(|id| {
            (
                users::id.eq(id),
                users::username.eq(format!("person{id}")),
                users::email.eq(format!("person{id}@example.org")),
                users::email_key.eq(format!("person{id}@example.org")),
                users::password_hash.eq("!"),
                users::description.eq(""),
                users::role.eq("member"),
                users::post_count.eq(POSTS / PEOPLE),
                users::created_at.eq(now),
            )
        })
        .collect();
    each!(c, |c| diesel::insert_into(users::table).values(&rows).execute(c))?;
    let session = (
        sessions::id_hash.eq(session_hash),
        sessions::user_id.eq(1),
        sessions::user_agent.eq("bench"),
        sessions::address.eq("127.0.0.1"),
        sessions::created_at.eq(now),
        sessions::renewed_at.eq(now),
        sessions::expires_at.eq(now + chrono::TimeDelta::days(30)),
    );
    diesel::insert_into(sessions::table).values(session).execute(c)?;
    Ok(())
}

fn fill(c: &mut Conn, batch: i64, now: picstargram::clock::Timestamp) -> QueryResult<()> {
    let ids: Vec<i64> = (0..BATCH).map(|_| ids::next()).collect();
    let author = |n: usize| (batch * BATCH + n as i64) % PEOPLE + 1;
    let image_rows: Vec<_> = ids
        .iter()
        .enumerate()
        .map(|(n, id)| {
            (
                images::id.eq(*id),
                images::user_id.eq(author(n)),
                images::group_name.eq("post"),
                images::uuid.eq(uuid::Uuid::new_v4().to_string()),
                images::original_key.eq(""),
                images::file_name.eq("photo.jpg"),
                images::format.eq("jpeg"),
                images::width.eq(2000),
                images::height.eq(2500),
                images::original_bytes.eq(1_000_000),
                images::variant_bytes.eq(300_000),
                images::largest.eq("1920"),
                images::placeholder.eq(
                    "data:image/webp;base64,UklGRjwAAABXRUJQVlA4IDAAAACwAQCdASoQABAAAgA0JaACdLoB+AADsAD+8ut//NgVzXPv9//S4P0uD9Lg/9KQAAA=",
                ),
                images::colour.eq("#667788"),
                images::state.eq("ready"),
                images::created_at.eq(now),
            )
        })
        .collect();
    let post_rows: Vec<_> = ids
        .iter()
        .enumerate()
        .map(|(n, id)| {
            (
                posts::id.eq(*id),
                posts::author_id.eq(author(n)),
                posts::caption.eq("Six in the morning, before anyone else in the shelter woke up. #dawn #mountains with @person2"),
                posts::mentions.eq("person2"),
                posts::like_count.eq(3),
                posts::photo_count.eq(1),
                posts::created_at.eq(now),
            )
        })
        .collect();
    let photo_rows: Vec<_> = ids
        .iter()
        .map(|id| {
            (
                post_photos::post_id.eq(*id),
                post_photos::position.eq(0),
                post_photos::image_id.eq(*id),
                post_photos::alt.eq("Rows of mountains fading into mist"),
            )
        })
        .collect();
    let like_rows: Vec<_> = ids
        .iter()
        .flat_map(|id| (1..=3).map(move |person| (likes::post_id.eq(*id), likes::user_id.eq(person), likes::id.eq(id + person))))
        .collect();
    each!(c, |c| diesel::insert_into(images::table).values(&image_rows).execute(c))?;
    each!(c, |c| diesel::insert_into(posts::table).values(&post_rows).execute(c))?;
    each!(c, |c| diesel::insert_into(post_photos::table).values(&photo_rows).execute(c))?;
    each!(c, |c| diesel::insert_into(likes::table).values(&like_rows).execute(c))?;
    Ok(())
}

struct Load {
    rate: f64,
    p50: String,
    p99: String,
}

/// One run of wrk: one thread, 16 kept-alive connections, on this machine only.
fn wrk(base: &str, path: &str, cookie: &str) -> Load {
    let run = |seconds: &str| {
        let output = Command::new("wrk")
            .args(["--threads", "1", "--connections", "16", "--duration", seconds, "--latency"])
            .args(["--header", &format!("Cookie: {cookie}"), &format!("{base}{path}")])
            .output()
            .expect("wrk is installed (Debian package wrk)");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    run("2s"); // caches and branch predictors
    let text = run(SECONDS);
    let value = |name: &str| {
        text.lines()
            .find_map(|line| line.trim().strip_prefix(name))
            .and_then(|rest| rest.split_whitespace().next())
            .unwrap_or("?")
            .to_owned()
    };
    assert!(!text.contains("Non-2xx"), "{text}");
    Load { rate: value("Requests/sec:").parse().unwrap_or(0.0), p50: value("50%"), p99: value("99%") }
}
