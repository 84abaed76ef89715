//! The program itself, as an operator starts it.

use super::postgres;
use super::s3::{self, S3Server};
use super::{Browser, app};
use std::io::Write;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The program with nothing in its environment but what is given here, in a folder without a `.env` file.
pub fn command(folder: &Path, environment: &[(&str, String)], arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_picstargram"));
    command.args(arguments).env_clear().envs(environment.iter().map(|(name, value)| (*name, value.as_str()))).current_dir(folder);
    command
}

/// Runs a command to its end, with these lines on its standard input.
pub async fn output(mut command: Command, lines: &str) -> Output {
    let lines = lines.to_owned();
    let run = move || {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
        // A program that stops before it reads closes the pipe.
        let _ = child.stdin.take().expect("piped").write_all(lines.as_bytes());
        child.wait_with_output().expect("the program ends")
    };
    tokio::task::spawn_blocking(run).await.expect("the program is waited for")
}

/// A place to start the program in, again and again, with the same data.
pub struct Place {
    pub folder: tempfile::TempDir,
    pub environment: Vec<(&'static str, String)>,
    pub url: String,
    database: Option<String>,
    _s3: Option<S3Server>,
}

impl Place {
    pub async fn prepare() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        // Free now, and nobody else asks the system for this very one in the next moment.
        let free = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = free.local_addr().expect("a bound listener has an address").to_string();
        let data_dir = folder.path().join("data").display().to_string();
        let mut environment = vec![("DATA_DIR", data_dir), ("LISTEN", address.clone())];
        let mut database = None;
        if app::on_postgres() {
            let (name, url) = postgres::create_empty().await;
            environment.push(("DATABASE_URL", url));
            database = Some(name);
        }
        let mut server = None;
        if app::on_s3() {
            let started = S3Server::start(&folder.path().join("s3")).await;
            environment.push(("STORAGE_URL", started.storage_url()));
            environment.push(("AWS_ACCESS_KEY_ID", s3::ACCESS_KEY.to_owned()));
            environment.push(("AWS_SECRET_ACCESS_KEY", s3::SECRET.to_owned()));
            server = Some(started);
        }
        Place { folder, environment, url: format!("http://{address}"), database, _s3: server }
    }

    pub fn browser(&self) -> Browser {
        Browser::new(&self.url, Arc::default())
    }

    /// Starts the program and waits until it serves.
    pub async fn serve(&self) -> Serving {
        self.serve_with(&[]).await
    }

    /// The same with more in its environment.
    pub async fn serve_with(&self, extra: &[(&str, String)]) -> Serving {
        let mut serving = self.spawn(extra);
        self.wait_until_ready(&mut serving).await;
        serving
    }

    /// Starts the program and does not wait.
    pub fn spawn(&self, extra: &[(&str, String)]) -> Serving {
        let mut command = command(self.folder.path(), &self.environment, &["serve"]);
        command.envs(extra.iter().map(|(name, value)| (*name, value.as_str())));
        self.spawn_command(command)
    }

    /// Starts a command that ends in the program, with its words in the log.
    pub fn spawn_command(&self, mut command: Command) -> Serving {
        let log = std::fs::File::options().create(true).append(true).open(self.folder.path().join("log")).expect("a log file");
        let output = log.try_clone().expect("a log file");
        Serving(command.stdin(Stdio::null()).stdout(output).stderr(log).spawn().expect("the program starts"))
    }

    pub async fn wait_until_ready(&self, serving: &mut Serving) {
        let ready = format!("{}/readyz", self.url);
        let client = reqwest::Client::builder().no_proxy().build().expect("an HTTP client");
        until("the program serves", Duration::from_secs(30), async || {
            if let Some(status) = serving.0.try_wait().expect("the program can be asked after") {
                panic!("the program ended with {status}: {}", self.log());
            }
            client.get(&ready).send().await.is_ok_and(|answer| answer.status().is_success())
        })
        .await;
    }

    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    pub async fn clean_up(self) {
        if let Some(name) = &self.database {
            postgres::drop(name).await;
        }
    }
}

/// A running program; it is killed when this is dropped.
pub struct Serving(Child);

impl Serving {
    /// `kill -9`: no handler runs, nothing is flushed.
    pub fn kill(mut self) {
        self.0.kill().expect("the program is killed");
        self.0.wait().expect("the program is gone");
    }

    pub fn id(&self) -> u32 {
        self.0.id()
    }

    /// How it ended, when it has.
    pub fn ended(&mut self) -> Option<std::process::ExitStatus> {
        self.0.try_wait().expect("the program can be asked after")
    }

    /// SIGTERM, as an operator stops it; whether it left in good order.
    #[cfg(unix)]
    pub async fn stop(mut self) -> bool {
        let id = self.0.id().to_string();
        let sent = Command::new("kill").args(["-TERM", &id]).status().expect("kill is there");
        assert!(sent.success());
        let mut left = None;
        until("the program stops", Duration::from_secs(30), async || {
            left = self.0.try_wait().expect("the program can be asked after");
            left.is_some()
        })
        .await;
        left.is_some_and(|status| status.success())
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Asks until it is so.
///
/// # Panics
/// When it is not so in time.
pub async fn until(what: &str, patience: Duration, mut is_so: impl AsyncFnMut() -> bool) {
    let began = Instant::now();
    while !is_so().await {
        assert!(began.elapsed() < patience, "waited in vain: {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
