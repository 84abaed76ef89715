//! What strangers learn from the clock, and what a flood of wrong sign-ins does to everybody else. The program runs as its own
//! process; each request says by `X-Forwarded-For` which network it comes from.
//!
//!     bin/bench accounts

use reqwest::StatusCode;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

const PASSWORD: &str = "the tide comes in at six";
const PEOPLE: usize = 40;
const TURNS: usize = 600;
const NETWORKS: usize = 64;
const FLOOD: Duration = Duration::from_secs(30);

struct Site {
    child: Child,
    base: String,
    _folder: tempfile::TempDir,
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Site {
    async fn start() -> Site {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let port = std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port").port();
        let child = Command::new(env!("CARGO_BIN_EXE_picstargram"))
            .arg("serve")
            .env("DATA_DIR", folder.path().join("data"))
            .env("LISTEN", format!("127.0.0.1:{port}"))
            .env("TRUSTED_PROXIES", "127.0.0.1")
            .env("LOG", "warn")
            .stdout(Stdio::null())
            .spawn()
            .expect("the program starts");
        let site = Site { child, base: format!("http://127.0.0.1:{port}"), _folder: folder };
        let began = Instant::now();
        while reqwest::get(format!("{}/readyz", site.base)).await.is_err() {
            assert!(began.elapsed() < Duration::from_secs(30), "the program does not answer");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        site
    }

    /// Megabytes in memory now.
    fn memory(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("the program runs");
        let line = status.lines().find(|line| line.starts_with("VmRSS")).expect("its memory is known");
        line.split_whitespace().nth(1).and_then(|text| text.parse::<f64>().ok()).expect("a number") / 1e3
    }
}

struct Client {
    http: reqwest::Client,
    base: String,
}

impl Client {
    async fn post(&self, path: &str, from: &str, cookies: &str, fields: &[(&str, &str)]) -> (StatusCode, Duration, String) {
        let mut request =
            self.http.post(format!("{}{path}", self.base)).header("x-forwarded-for", from).header("sec-fetch-site", "same-origin");
        if !cookies.is_empty() {
            request = request.header("cookie", cookies);
        }
        let began = Instant::now();
        let answer = request.form(fields).send().await.expect("an answer");
        let status = answer.status();
        let set: Vec<String> = answer
            .headers()
            .get_all("set-cookie")
            .iter()
            .filter_map(|value| value.to_str().ok()?.split(';').next().map(str::to_owned))
            .collect();
        answer.bytes().await.expect("a body");
        (status, began.elapsed(), set.join("; "))
    }
}

/// An address nobody used before.
fn fresh() -> String {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let n = NEXT.fetch_add(1, Ordering::Relaxed);
    format!("10.{}.{}.{}", n >> 16 & 255, n >> 8 & 255, n & 255)
}

fn percentile(times: &mut [Duration], share: f64) -> f64 {
    times.sort();
    times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3
}

/// Mean and variance in milliseconds, without the slowest twentieth: what the machine did besides.
fn moments(times: &mut [Duration]) -> (f64, f64) {
    times.sort();
    let kept: Vec<f64> = times[..times.len() * 19 / 20].iter().map(|time| time.as_secs_f64() * 1e3).collect();
    let mean = kept.iter().sum::<f64>() / kept.len() as f64;
    (mean, kept.iter().map(|time| (time - mean).powi(2)).sum::<f64>() / (kept.len() - 1) as f64)
}

#[tokio::main]
async fn main() {
    let site = Site::start().await;
    let client = Arc::new(Client {
        http: reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client"),
        base: site.base.clone(),
    });
    for n in 0..PEOPLE {
        let (name, email) = (format!("person{n}"), format!("person{n}@example.org"));
        let fields = [("username", name.as_str()), ("email", &email), ("password", PASSWORD), ("password_again", PASSWORD)];
        assert_eq!(client.post("/signup", &fresh(), "", &fields).await.0, StatusCode::SEE_OTHER);
    }
    clock(&client).await;
    flood(&site, client).await;
}

/// Turn by turn: somebody there is, somebody there is not. |t| over 2.6 would tell them apart with 99 % certainty.
async fn clock(client: &Client) {
    println!("\n### Does the time tell whether there is such an account?\n");
    println!("| | there is: mean ms | there is not: mean ms | difference | Welch's t |\n| --- | ---: | ---: | ---: | ---: |");
    for what in ["sign-in, wrong password", "a new password by mail"] {
        let mut times = [Vec::new(), Vec::new()];
        for turn in 0..TURNS {
            // Who comes first alternates as well.
            for there in [turn % 2, 1 - turn % 2] {
                let name = if there == 0 { format!("person{}", turn % PEOPLE) } else { format!("nobody{}", turn % PEOPLE) };
                let (path, fields) = match what {
                    "sign-in, wrong password" => ("/login", vec![("username", name), ("password", "wrong".to_owned())]),
                    _ => ("/password/forgot", vec![("email", format!("{name}@example.org"))]),
                };
                let fields: Vec<(&str, &str)> = fields.iter().map(|(field, value)| (*field, value.as_str())).collect();
                let (status, took, _) = client.post(path, &fresh(), "", &fields).await;
                assert!(status == StatusCode::UNPROCESSABLE_ENTITY || status == StatusCode::OK, "{what}: {status}");
                times[there].push(took);
            }
        }
        let count = (TURNS * 19 / 20) as f64;
        let [(one, one_var), (other, other_var)] = times.each_mut().map(|times| moments(times));
        let t = (one - other) / (one_var / count + other_var / count).sqrt();
        println!("| {what} | {one:.3} | {other:.3} | {:+.3} | {t:+.2} |", one - other);
    }
}

async fn flood(site: &Site, client: Arc<Client>) {
    println!("\n### Wrong sign-ins from {NETWORKS} networks, as many as can be sent\n");
    let right = [("username", "person0"), ("password", PASSWORD)];
    let (_, _, cookies) = client.post("/login", &fresh(), "", &right).await;
    let page = async || {
        let began = Instant::now();
        let answer =
            client.http.get(format!("{}/explore", client.base)).header("x-forwarded-for", "192.0.2.1").send().await.expect("a page");
        assert!(answer.status().is_success());
        answer.bytes().await.expect("a body");
        began.elapsed()
    };
    let mut quiet = Vec::new();
    for _ in 0..300 {
        quiet.push(page().await);
    }
    let before = site.memory();

    let (over, sent) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let statuses = Arc::new(std::sync::Mutex::new(std::collections::BTreeMap::<u16, usize>::new()));
    let tasks: Vec<_> = (0..NETWORKS * 2)
        .map(|n| {
            let (client, over, sent, statuses) = (client.clone(), over.clone(), sent.clone(), statuses.clone());
            tokio::spawn(async move {
                while !over.load(Ordering::Relaxed) {
                    // One account most of the time, all others now and then.
                    let turn = sent.fetch_add(1, Ordering::Relaxed);
                    let name = if turn % 4 == 0 { format!("person{}", turn % PEOPLE) } else { "person0".to_owned() };
                    let from = format!("198.51.100.{}", n % NETWORKS);
                    let (status, ..) = client.post("/login", &from, "", &[("username", &name), ("password", "wrong")]).await;
                    *statuses.lock().expect("not poisoned").entry(status.as_u16()).or_default() += 1;
                }
            })
        })
        .collect();
    let began = Instant::now();
    let (mut busy, mut known, mut new, mut peak) = (Vec::new(), Vec::new(), Vec::new(), before);
    while began.elapsed() < FLOOD {
        for _ in 0..10 {
            busy.push(page().await);
        }
        let device: String = cookies.split("; ").filter(|cookie| cookie.starts_with("device=")).collect();
        let (status, took, _) = client.post("/login", "198.51.100.7", &device, &right).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "from a known device");
        known.push(took);
        let (status, took, _) = client.post("/login", &fresh(), "", &right).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "from a new network");
        new.push(took);
        peak = peak.max(site.memory());
    }
    over.store(true, Ordering::Relaxed);
    for task in tasks {
        task.await.expect("the flood ends");
    }
    println!(
        "{} wrong sign-ins in {} s; answers by status: {:?}\n",
        sent.load(Ordering::Relaxed),
        FLOOD.as_secs(),
        statuses.lock().expect("not poisoned")
    );
    println!("| | before | during | ÷ |\n| --- | ---: | ---: | ---: |");
    println!("| memory, MB | {before:.1} | {peak:.1} | {:.2} |", peak / before);
    for (name, share) in [("explore, p50 ms", 0.5), ("explore, p99 ms", 0.99)] {
        let (calm, flooded) = (percentile(&mut quiet, share), percentile(&mut busy, share));
        println!("| {name} | {calm:.2} | {flooded:.2} | {:.2} |", flooded / calm);
    }
    println!(
        "\nA right sign-in meanwhile, slowest of {}: {:.0} ms from a known device, {:.0} ms from a new network.",
        known.len(),
        percentile(&mut known, 1.0),
        percentile(&mut new, 1.0)
    );
}
