//! Every page of the community at ten thousand and at a million posts, on SQLite and on PostgreSQL: latencies as ratios between
//! the two sizes, measured turn by turn in one run; queries a page; how the databases carry them out; and how many home pages a
//! second SQLite serves beside the load tool (wrk).
//!
//!     bin/bench site

mod fill;

use fill::Line;
use picstargram::app;
use picstargram::clock::Clock;
use picstargram::config::Config;
use picstargram::live::Sockets;
use picstargram::posts::Views;
use picstargram::state::AppState;
use picstargram::web::cookies;
use sha2::{Digest, Sha256};
use std::net::TcpListener;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

const SIZES: [i64; 2] = [10_000, 1_000_000];
/// Of the busy ones, so that what they read is as full at both sizes.
const READERS: i64 = 150;
const TURNS: usize = 1_500;
const PAGES: [&str; 9] = ["home", "explore", "liked", "tag", "profile", "post", "search", "notifications", "home, page 2"];

struct Site {
    state: AppState,
    base: String,
    cookies: Vec<String>,
    line: Line,
    seen: Arc<Mutex<Vec<String>>>,
    _started: app::Started,
    _folder: tempfile::TempDir,
}

impl Site {
    async fn open(posts: i64, database_url: Option<String>) -> Site {
        let folder = tempfile::tempdir().expect("a temporary folder");
        // BENCH_KEEP names a folder in which filled SQLite files stay for the next run; filled PostgreSQL databases are taken as well.
        let kept = std::env::var("BENCH_KEEP")
            .ok()
            .filter(|_| database_url.is_none())
            .map(|path| std::path::PathBuf::from(path).join(posts.to_string()));
        let data_dir = kept.unwrap_or_else(|| folder.path().join("data")).display().to_string();
        let config = Config::from_lookup(|name| match name {
            "DATA_DIR" => Some(data_dir.clone()),
            "DATABASE_URL" => database_url.clone(),
            _ => None,
        })
        .expect("the configuration");
        let started = app::start(config, Clock::default()).await.expect("the site starts");
        let state = started.state.clone();
        let line = Line::new(posts, state.now());
        let began = Instant::now();
        let line = match fill::filled(&state.db, line).await {
            Some(line) => line,
            None => {
                fill::fill(&state.db, line).await;
                line
            }
        };
        let place = if database_url.is_some() { "PostgreSQL" } else { "SQLite" };
        eprintln!("{posts} posts on {place} in {:.0} s", began.elapsed().as_secs_f64());
        let mut cookies = Vec::new();
        for reader in 0..READERS {
            let id = format!("{reader:064}");
            let user = reader + 1;
            fill::session(&state.db, user, hex::encode(Sha256::digest(id.as_bytes())), state.now()).await;
            cookies.push(format!("session={}", cookies::signed(&state, cookies::SESSION, id, None).value()));
        }
        let seen: Arc<Mutex<Vec<String>>> = Arc::default();
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let (stop, stopping) = tokio::sync::watch::channel(false);
        std::mem::forget(stop);
        let server = app::server(state.clone(), listener, cores, Views::default(), Sockets::until(stopping), |_| {}).expect("the server");
        tokio::spawn(server);
        Site { state, base, cookies, line, seen, _started: started, _folder: folder }
    }

    fn path(&self, page: &str, turn: usize) -> String {
        let n = (turn as i64 * 7_919) % self.line.posts;
        match page {
            "home" => "/".to_owned(),
            "home, page 2" => format!("/?before={}", self.line.id(self.line.posts * 9 / 10)),
            "explore" => "/explore".to_owned(),
            "liked" => "/explore/liked".to_owned(),
            "tag" => format!("/tags/{}", fill::word(turn as i64 * 3 + 1)),
            "profile" => format!("/@person{}", n % fill::BUSY + 1),
            "post" => format!("/posts/{}", self.line.id(n)),
            "search" => format!("/search?q={}", fill::word(turn as i64 * 11)),
            _ => "/notifications".to_owned(),
        }
    }

    /// Reads a SQLite file through, so that the system has it in its cache however long ago it was written.
    fn warm(&self) {
        if let picstargram::config::Database::Sqlite(path) = &self.state.config.database {
            let mut file = std::fs::File::open(path).expect("the database is a file");
            std::io::copy(&mut file, &mut std::io::sink()).expect("it can be read");
        }
    }

    async fn get(&self, client: &reqwest::Client, page: &str, turn: usize) -> Duration {
        let request =
            client.get(format!("{}{}", self.base, self.path(page, turn))).header("cookie", &self.cookies[turn % self.cookies.len()]);
        let began = Instant::now();
        let answer = request.send().await.expect("an answer");
        let status = answer.status();
        let body = answer.bytes().await.expect("a body");
        let took = began.elapsed();
        assert!(status.is_success() && body.len() > 2_000, "{page}: {status}");
        took
    }
}

fn percentile(times: &mut [Duration], share: f64) -> f64 {
    times.sort();
    times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3
}

#[tokio::main]
async fn main() {
    let only = std::env::var("BENCH_ONLY").unwrap_or_default();
    let small_only = std::env::var("BENCH_POSTS").ok().and_then(|text| text.parse::<i64>().ok());
    let sizes = [SIZES[0], small_only.unwrap_or(SIZES[1])];
    if only != "postgres" {
        println!("\n### SQLite\n");
        compare(sizes, &[None, None], true).await;
    }
    if only != "sqlite" {
        let url = std::env::var("BENCH_POSTGRES_URL").expect("BENCH_POSTGRES_URL is set by bin/bench");
        println!("\n### PostgreSQL\n");
        let (client, connection) = tokio_postgres::connect(&url, tokio_postgres::NoTls).await.expect("the server answers");
        tokio::spawn(connection);
        let mut urls = Vec::new();
        for size in sizes {
            let created = client.batch_execute(&format!("CREATE DATABASE bench_{size}")).await;
            if std::env::var_os("BENCH_KEEP").is_none() {
                created.expect("a database");
            }
            let mut address = url::Url::parse(&url).expect("an address");
            address.set_path(&format!("bench_{size}"));
            urls.push(Some(address.to_string()));
        }
        compare(sizes, &urls, false).await;
    }
}

async fn compare(sizes: [i64; 2], urls: &[Option<String>], with_wrk: bool) {
    let mut sites = Vec::new();
    for (size, url) in sizes.into_iter().zip(urls) {
        sites.push(Site::open(size, url.clone()).await);
    }
    let client = reqwest::Client::new();
    for page in PAGES {
        for turn in 0..60 {
            for site in &sites {
                site.get(&client, page, turn).await;
            }
        }
    }
    println!("| page | queries | p50 ms, 10,000 | p50 ms, 1,000,000 | p99 ms, 10,000 | p99 ms, 1,000,000 | p99 ÷ |");
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    for page in PAGES {
        sites.iter().for_each(Site::warm);
        let mut times = vec![Vec::new(), Vec::new()];
        for turn in 0..TURNS {
            for (site, times) in sites.iter().zip(&mut times) {
                times.push(site.get(&client, page, turn).await);
            }
        }
        let large = &sites[1];
        let before = large.state.db.query_count();
        large.get(&client, page, 3).await;
        let queries = large.state.db.query_count() - before;
        let [small, large] = [0, 1].map(|at| [percentile(&mut times[at], 0.5), percentile(&mut times[at], 0.99)]);
        println!(
            "| {page} | {queries} | {:.2} | {:.2} | {:.2} | {:.2} | {:.2} |",
            small[0],
            large[0],
            small[1],
            large[1],
            large[1] / small[1]
        );
    }
    if with_wrk {
        println!();
        for site in &sites {
            site.warm();
            println!("home at {} posts: {}", site.line.posts, wrk(&site.base, "/", &site.cookies[7]));
        }
    }
    let plans = plans(&client, &sites[1]).await;
    let name = if with_wrk { "sqlite" } else { "postgres" };
    let file = std::path::Path::new(&std::env::var("BENCH_FOLDER").unwrap_or_default()).join(format!("plans-{name}.md"));
    std::fs::write(&file, plans).expect("the plans are written");
    println!("\nPlans: {}", file.display());
}

/// Each statement of each page, once, as the database would carry it out.
async fn plans(client: &reqwest::Client, site: &Site) -> String {
    let mut out = String::new();
    let seen = site.seen.clone();
    site.state.db.watch_queries(move |query| seen.lock().expect("not poisoned").push(query.to_owned()));
    let mut known = std::collections::BTreeSet::new();
    for page in PAGES {
        site.seen.lock().expect("not poisoned").clear();
        site.get(client, page, 3).await;
        let queries = std::mem::take(&mut *site.seen.lock().expect("not poisoned"));
        out += &format!("\n### {page}\n\n```text\n");
        for query in queries {
            let statement = query.split(" -- binds").next().unwrap_or_default().to_owned();
            if !statement.starts_with("SELECT") && !statement.starts_with("WITH") || !known.insert(statement) {
                continue;
            }
            for line in fill::explain(&site.state.db, &query).await {
                out += &format!("{line}\n");
            }
            out += "\n";
        }
        out = out.trim_end().to_owned() + "\n```\n";
    }
    out
}

/// One run of wrk: one thread, 16 kept-alive connections, on this machine only.
fn wrk(base: &str, path: &str, cookie: &str) -> String {
    let run = |seconds: &str| {
        let output = Command::new("wrk")
            .args(["--threads", "1", "--connections", "16", "--duration", seconds, "--latency"])
            .args(["--header", &format!("Cookie: {cookie}"), &format!("{base}{path}")])
            .output()
            .expect("wrk is installed (Debian package wrk)");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    run("2s"); // caches and branch predictors
    let text = run("10s");
    assert!(!text.contains("Non-2xx"), "{text}");
    let value = |name: &str| {
        let line = text.lines().find_map(|line| line.trim().strip_prefix(name));
        line.and_then(|rest| rest.split_whitespace().next()).unwrap_or("?").to_owned()
    };
    format!("{} pages/s, p50 {}, p99 {}", value("Requests/sec:"), value("50%"), value("99%"))
}
