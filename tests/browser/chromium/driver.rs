//! chromedriver: one for the whole binary. It starts with the first journey and ends when no journey is under way any more.

use std::process::Stdio;
use std::sync::{Arc, Weak};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};
use tokio::process::{ChildStdin, Command};
use tokio::sync::Mutex;

/// How long chromedriver may take to serve.
const PATIENCE: Duration = Duration::from_secs(20);

/// A static is never dropped, and a process that nobody drops outlives the tests: so only the journeys hold it.
static RUNNING: Mutex<Weak<Driver>> = Mutex::const_new(Weak::new());

pub struct Driver {
    /// What its life and that of its browsers hangs on: closed when this is dropped, and by the system when the tests are killed.
    _lifeline: ChildStdin,
    pub url: String,
}

impl Driver {
    pub async fn shared() -> Arc<Driver> {
        let mut running = RUNNING.lock().await;
        if let Some(driver) = running.upgrade() {
            return driver;
        }
        let driver = Arc::new(Self::start().await);
        *running = Arc::downgrade(&driver);
        driver
    }

    async fn start() -> Driver {
        let program = std::env::var("CHROMEDRIVER").unwrap_or_else(|_| "chromedriver".to_owned());
        if let Err(error) = Command::new(&program).arg("--version").output().await {
            panic!(
                "{program} does not start ({error}): install chromedriver (Debian: chromium-driver), or say in CHROMEDRIVER where it is"
            );
        }
        let (lifeline, port) = match Self::started(&program).await {
            Some(started) => started,
            // Seen once in some hundred starts: it hangs before it listens.
            None => Self::started(&program).await.unwrap_or_else(|| panic!("{program} does not say its port")),
        };
        let url = format!("http://127.0.0.1:{port}");
        let client = reqwest::Client::builder().no_proxy().timeout(PATIENCE).build().expect("an HTTP client");
        crate::support::program::until("chromedriver is ready", PATIENCE, async || {
            let Ok(answer) = client.get(format!("{url}/status")).send().await else { return false };
            answer.json::<serde_json::Value>().await.is_ok_and(|status| status["value"]["ready"] == true)
        })
        .await;
        Driver { _lifeline: lifeline, url }
    }

    /// A new process and its port, unless it keeps that to itself.
    async fn started(program: &str) -> Option<(ChildStdin, u16)> {
        // It would outlive a run that is killed, and its browsers with it: so a shell ends them all, as one process group, as
        // soon as nobody holds the lifeline.
        let mut process = Command::new("sh")
            .args(["-c", "\"$0\" --port=0 --log-level=SEVERE & cat >/dev/null; kill 0", program])
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("a shell starts");
        let lifeline = process.stdin.take().expect("piped");
        let output = process.stdout.take().expect("piped");
        let port = tokio::time::timeout(PATIENCE, said_port(output)).await.ok()?;
        Some((lifeline, port))
    }
}

/// With `--port=0` the system chooses a free one, and chromedriver says which.
async fn said_port(output: impl AsyncRead + Unpin + Send + 'static) -> u16 {
    let mut lines = BufReader::new(output).lines();
    let mut said = String::new();
    while let Some(line) = lines.next_line().await.expect("chromedriver's output is read") {
        if let Some((_, port)) = line.split_once("started successfully on port ") {
            let port = port.trim_end_matches('.').parse().unwrap_or_else(|_| panic!("no port: {line}"));
            // Read on, so that it never waits for a reader.
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return port;
        }
        said.push_str(&line);
        said.push('\n');
    }
    panic!("chromedriver ended: {said}");
}

/// The browser it drives.
pub fn chromium() -> String {
    if let Ok(path) = std::env::var("CHROMIUM") {
        return path;
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).map(|folder| folder.join("chromium")).find(|file| file.is_file());
    found.expect("chromium is not installed (Debian: chromium); CHROMIUM may say where it is").display().to_string()
}
