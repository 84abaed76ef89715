//! How `picstargram media check` goes through a million objects in a folder: how long, and in how much memory.
//!
//!     bin/bench check

use diesel::prelude::*;
use picstargram::app;
use picstargram::clock::Clock;
use picstargram::config::Config;
use picstargram::platform::db::Conn;
use std::fs::File;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Each picture has an original and three variants.
const PICTURES: i64 = 250_000;
const BATCH: i64 = 25_000;
/// What an object holds does not matter to a check, only how much: one byte.
const BYTES: &[u8] = b"x";

#[tokio::main]
async fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let data_dir = folder.path().join("data").display().to_string();
    let config = Config::from_lookup(|name| (name == "DATA_DIR").then(|| data_dir.clone())).expect("the configuration");
    let started = app::start(config, Clock::default()).await.expect("the site starts");
    let state = started.state.clone();

    eprintln!("Writing {} objects …", PICTURES * 4);
    for batch in 0..PICTURES / BATCH {
        state.db.write(move |c| Ok(fill(c, batch * BATCH)?)).await.expect("rows");
    }
    let keys: Vec<String> = (0..PICTURES).flat_map(keys_of).collect();
    for place in ["original", "post"] {
        std::fs::create_dir_all(folder.path().join("data/media").join(place)).expect("a folder");
    }
    for key in keys {
        let file = folder.path().join("data/media").join(key);
        std::io::Write::write_all(&mut File::create(file).expect("a file"), BYTES).expect("a file");
    }
    state.db.leave().await.expect("left");
    drop(started);

    for what in ["nothing differs", "a hundred objects missing, a hundred unknown"] {
        let (took, memory, ended) = check(&data_dir).await;
        println!("{what}: {:.1} s, {} MB at most, ended with {ended}", took.as_secs_f64(), memory / 1_024);
        for number in 0..100 {
            let [_, first, ..] = keys_of(number * 2_000);
            let file = folder.path().join("data/media").join(first);
            let _ = std::fs::rename(&file, file.with_extension("unknown"));
        }
    }
}

/// A check in a process of its own: how long, the most memory in KiB, and how it ended. Pages of the database file that SQLite maps
/// (at most 256 MiB) are the system's cache and not counted.
async fn check(data_dir: &str) -> (Duration, u64, i32) {
    let began = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_picstargram"))
        .args(["media", "check"])
        .env("DATA_DIR", data_dir)
        .stdout(Stdio::null())
        .spawn()
        .expect("the program starts");
    let status = format!("/proc/{}/status", child.id());
    let mut memory = 0;
    loop {
        if let Some(ended) = child.try_wait().expect("the program can be asked after") {
            return (began.elapsed(), memory, ended.code().unwrap_or(-1));
        }
        let said = std::fs::read_to_string(&status).unwrap_or_default();
        let now = said.lines().find_map(|line| line.strip_prefix("RssAnon:")?.trim().strip_suffix(" kB")?.parse().ok());
        memory = memory.max(now.unwrap_or(0));
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// The names of a picture's objects: spread over the alphabet, as random ones are.
fn keys_of(number: i64) -> [String; 4] {
    let uuid = format!("{:08x}-0000-4000-8000-{number:012x}", (number as u32).wrapping_mul(2_654_435_761));
    [
        format!("original/{uuid}.jpg"),
        format!("post/{uuid}_1024.webp"),
        format!("post/{uuid}_512.webp"),
        format!("post/{uuid}_thumbnail.webp"),
    ]
}

fn fill(c: &mut Conn, from: i64) -> QueryResult<()> {
    let Conn::Sqlite(c) = c else { unreachable!("the site is on SQLite") };
    if from == 0 {
        diesel::sql_query(
            "INSERT INTO users (id, username, email, email_key, password_hash, description, role, post_count, created_at)
             VALUES (1, 'ada', 'ada@example.org', 'ada@example.org', '!', '', 'member', 0, '2026-01-01 00:00:00')",
        )
        .execute(c)?;
    }
    for number in from..from + BATCH {
        let keys = keys_of(number);
        diesel::sql_query(format!(
            "INSERT INTO images (id, user_id, group_name, uuid, original_key, file_name, format, width, height, original_bytes,
                variant_bytes, largest, placeholder, colour, state, created_at)
             VALUES ({number} + 1, 1, 'post', '{number}', '{}', 'a.jpg', 'jpeg', 1100, 700, 1, 3, '1024', '', '', 'ready', '2026-01-01 00:00:00')",
            keys[0]
        ))
        .execute(c)?;
        for key in keys {
            diesel::sql_query(format!(
                "INSERT INTO objects (key, image_id, state, bytes, created_at) VALUES ('{key}', {number} + 1, 'stored', 1, '2026-01-01 00:00:00')"
            ))
            .execute(c)?;
        }
    }
    Ok(())
}
