//! The environment, read once. One struct per concern; every variable is described at its field. All problems are
//! reported together, so that nobody has to start the program once per mistake.

mod providers;
mod reader;

pub use providers::{Kind as ProviderKind, Provider, Providers};

use ipnet::IpNet;
use lettre::message::Mailbox;
use reader::Reader;
use std::fmt;
use std::net::{SocketAddr, ToSocketAddrs};
use std::path::{Path, PathBuf};
use std::time::Duration;
use url::Url;

#[derive(Clone, Debug)]
pub struct Config {
    pub server: Server,
    pub data_dir: PathBuf,
    pub database: Database,
    pub storage: Storage,
    pub secret_key: SecretKey,
    pub uploads: Uploads,
    pub accounts: Accounts,
    pub mail: Mail,
    pub providers: Providers,
    pub log: Log,
}

#[derive(Clone, Debug)]
pub struct Server {
    /// `LISTEN` (127.0.0.1:8080): address and port.
    pub listen: SocketAddr,
    /// `PUBLIC_URL` (http://LISTEN): how browsers reach the site; https here makes cookies Secure and sends HSTS.
    pub public_url: Url,
    /// `WORKERS` (2): how many heavy background jobs (photos) run at once in this process, beside one small one; 0 leaves all to
    /// `picstargram work`.
    pub workers: usize,
    /// `REDIS_URL` (none): with several nodes, what is live goes from one to the others over this server; `redis://` or `rediss://`.
    pub redis: Option<RedisUrl>,
    /// `TRUSTED_PROXIES` (none): addresses and networks, comma between, whose `X-Forwarded-For` is believed; nobody else may say
    /// where a request comes from.
    pub trusted_proxies: Vec<IpNet>,
}

impl Server {
    pub fn is_https(&self) -> bool {
        self.public_url.scheme() == "https"
    }
}

/// `DATABASE_URL` (a SQLite file in DATA_DIR): `sqlite:path`, a path, or `postgres://user:password@host/name?sslmode=…`.
#[derive(Clone, PartialEq, Eq)]
pub enum Database {
    Sqlite(PathBuf),
    Postgres(String),
}

impl fmt::Debug for Database {
    /// Without the password that a PostgreSQL address may hold.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Database::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Database::Postgres(_) => f.write_str("postgres://…"),
        }
    }
}

#[derive(Clone, Debug)]
pub struct Storage {
    pub place: StoragePlace,
    /// `STORAGE_OLD_URL` (none): where the objects were before a move, written as `STORAGE_URL`. What is not in the new place yet
    /// is read from there, until `picstargram media copy` is done.
    pub old: Option<StoragePlace>,
    /// `MEDIA_URL` (none): public base of the picture variants, a CDN or a public bucket. Without it the site streams
    /// `/media/…` itself. Publish the prefixes `post/` and `user_profile/` only: `original/`, `export/` and `import/` are private.
    pub media_url: Option<Url>,
}

/// `STORAGE_URL` (the folder `media` in DATA_DIR): a folder, `file:///path`, or `s3://bucket/prefix?region=…&endpoint=…&timeout=…`.
#[derive(Clone, PartialEq, Eq)]
pub enum StoragePlace {
    Folder(PathBuf),
    S3(S3Place),
}

impl fmt::Debug for StoragePlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StoragePlace::Folder(path) => write!(f, "folder {}", path.display()),
            StoragePlace::S3(s3) => write!(f, "s3://{}/{}", s3.bucket, s3.prefix),
        }
    }
}

#[derive(Clone, PartialEq, Eq)]
pub struct S3Place {
    pub bucket: String,
    pub prefix: String,
    pub region: String,
    /// Another service than Amazon's: path-style addresses; plain http is accepted on loopback only.
    pub endpoint: Option<Url>,
    /// `timeout` (60 seconds): a service that is silent for so long does not answer. A part of 8 MiB must be sent within it.
    pub timeout: Duration,
    /// `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`.
    pub access_key_id: String,
    pub secret_access_key: String,
}

/// `SECRET_KEY` (made and kept in DATA_DIR/secret.key, readable by its owner only): at least 32 characters.
#[derive(Clone)]
pub struct SecretKey(Vec<u8>);

impl SecretKey {
    pub fn from_bytes(bytes: impl Into<Vec<u8>>) -> Self {
        SecretKey(bytes.into())
    }

    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey(…)")
    }
}

#[derive(Clone, Debug)]
pub struct Uploads {
    /// `MAX_UPLOAD_BYTES` (50 MB): the most one photo may weigh.
    pub max_bytes: u64,
    /// `MAX_PIXELS` (100 MP): the most pixels one photo may have.
    pub max_pixels: u64,
    /// `MAX_FRAMES` (300): the most frames an animation may have.
    pub max_frames: u32,
    /// `MAX_PHOTOS` (10): the most photos one post may have.
    pub max_photos: usize,
    /// `MAX_IMPORT_BYTES` (5 GB): the most a file may weigh that somebody brings from another site.
    pub max_import_bytes: u64,
    /// `UPLOAD_STALL` (30): seconds in which at least 32 KiB of an upload must come; slower clients are cut off.
    pub stall: Duration,
    /// `USER_QUOTA` (none): the most bytes one person's photos may take, originals and variants together.
    pub user_quota: Option<u64>,
    /// `IMAGING_MEMORY` (256 MB): what all pictures in work may take together.
    pub imaging_memory: u64,
    /// `IMAGING_THREADS` (as many as there are cores): how many pictures are in work at once.
    pub imaging_threads: usize,
    /// `WEBP_QUALITY` (80): 1 to 100.
    pub webp_quality: f32,
    /// `WEBP_METHOD` (4): 0 (fast, larger files) to 6 (slow, smaller files).
    pub webp_method: u8,
}

#[derive(Clone, Debug)]
pub struct Accounts {
    /// `REGISTRATION` (open): `open`, `invite`, `approval` or `closed`.
    pub registration: Registration,
    /// `INVITES` (admins): who makes invite links, `admins` or `members`.
    pub members_invite: bool,
    /// `REQUIRE_VERIFIED_EMAIL` (off): `on` lets people share, comment and follow only once their address is proven. Needs SMTP_URL.
    pub require_verified_email: bool,
}

/// Who may make an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Registration {
    Open,
    /// Who has a link.
    Invite,
    /// Whoever an administrator approves.
    Approval,
    Closed,
}

#[derive(Clone, Debug)]
pub struct Mail {
    /// `SMTP_URL` (none): `smtps://user:password@host` (TLS), `smtp://user:password@host` (STARTTLS; plain on loopback only).
    /// Without it mails are files in DATA_DIR/mail.
    pub smtp: Option<SmtpUrl>,
    /// `MAIL_FROM` (Picstargram <picstargram@PUBLIC_URL's host>): whom mails come from.
    pub from: Mailbox,
}

#[derive(Clone, Debug)]
pub struct Log {
    /// `LOG` (info): a tracing filter such as `info,picstargram::database=debug`.
    pub filter: String,
    /// `LOG_FORMAT` (text): `text` or `json`.
    pub json: bool,
}

/// Everything wrong with the environment, one line each.
#[derive(Debug)]
pub struct Problems(pub Vec<String>);

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "The settings need a look:")?;
        self.0.iter().try_for_each(|problem| writeln!(f, "  - {problem}"))
    }
}

impl std::error::Error for Problems {}

impl Config {
    /// Reads the process environment (and makes the secret key on the first start).
    ///
    /// # Errors
    /// Every wrong value at once.
    pub fn from_env() -> Result<Self, Problems> {
        let names: Vec<String> = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok()).collect();
        Self::from_variables(|name| std::env::var(name).ok(), &names)
    }

    /// The same from any source of variables; an empty value counts as unset.
    pub fn from_lookup(lookup: impl Fn(&str) -> Option<String>) -> Result<Self, Problems> {
        Self::from_variables(lookup, &[])
    }

    /// The same where the names of all variables are known: those of providers hold a name of their own.
    pub fn from_variables(lookup: impl Fn(&str) -> Option<String>, names: &[String]) -> Result<Self, Problems> {
        let mut read = Reader { lookup: &lookup, problems: Vec::new() };

        let data_dir = PathBuf::from(read.text("DATA_DIR").unwrap_or_else(|| "data".into()));
        let listen = read
            .parsed("LISTEN", "an address and a port such as 127.0.0.1:8080", "127.0.0.1:8080", |text| text.to_socket_addrs().ok()?.next());
        let public_url = match read.text("PUBLIC_URL") {
            None => listen.and_then(|listen| Url::parse(&format!("http://{listen}")).ok()),
            Some(text) => read.check("PUBLIC_URL", "an http or https address without a path", &text, |text| {
                Url::parse(text)
                    .ok()
                    .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host() && url.path() == "/" && url.query().is_none())
            }),
        };
        let workers = read.number("WORKERS", 2, 0, 64);
        let redis = read.text("REDIS_URL").and_then(|text| {
            read.check("REDIS_URL", "an address such as redis://host:6379", &text, |text| {
                Url::parse(text)
                    .ok()
                    .filter(|url| matches!(url.scheme(), "redis" | "rediss") && url.has_host())
                    .map(|_| RedisUrl(text.to_owned()))
            })
        });
        let trusted_proxies = read.networks("TRUSTED_PROXIES");
        let database = read.database(&data_dir);
        let place = match read.text("STORAGE_URL") {
            None => Some(StoragePlace::Folder(data_dir.join("media"))),
            Some(text) => read.place("STORAGE_URL", &text),
        };
        let old = read.text("STORAGE_OLD_URL").and_then(|text| read.place("STORAGE_OLD_URL", &text));
        if old.is_some() && old == place {
            read.problems.push("STORAGE_OLD_URL and STORAGE_URL name the same place".into());
        }
        let media_url = read.text("MEDIA_URL").and_then(|text| {
            read.check("MEDIA_URL", "an http or https address", &text, |text| {
                Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
            })
        });
        let uploads = Uploads {
            max_bytes: read.size("MAX_UPLOAD_BYTES", 50_000_000, 100_000, 2_000_000_000),
            max_pixels: read.size("MAX_PIXELS", 100_000_000, 1_000_000, 1_000_000_000),
            max_frames: read.number("MAX_FRAMES", 300, 1, 10_000) as u32,
            max_photos: read.number("MAX_PHOTOS", 10, 1, 20) as usize,
            max_import_bytes: read.size("MAX_IMPORT_BYTES", 5_000_000_000, 100_000, 1_000_000_000_000),
            stall: Duration::from_secs(read.number("UPLOAD_STALL", 30, 1, 600)),
            user_quota: Some(read.size("USER_QUOTA", 0, 1_000_000, 1_000_000_000_000_000)).filter(|quota| *quota > 0),
            imaging_memory: read.size("IMAGING_MEMORY", 256_000_000, 64_000_000, 64_000_000_000),
            imaging_threads: read.number("IMAGING_THREADS", cores(), 1, 256) as usize,
            webp_quality: read.number("WEBP_QUALITY", 80, 1, 100) as f32,
            webp_method: read.number("WEBP_METHOD", 4, 0, 6) as u8,
        };
        let smtp = read.text("SMTP_URL").and_then(|text| read.smtp(&text));
        let from = read.mail_from(public_url.as_ref());
        let registration = read.parsed("REGISTRATION", "open, invite, approval or closed", "open", |text| match text {
            "open" => Some(Registration::Open),
            "invite" => Some(Registration::Invite),
            "approval" => Some(Registration::Approval),
            "closed" => Some(Registration::Closed),
            _ => None,
        });
        let members_invite = read.parsed("INVITES", "admins or members", "admins", |text| match text {
            "admins" => Some(false),
            "members" => Some(true),
            _ => None,
        });
        let require_verified_email = read.parsed("REQUIRE_VERIFIED_EMAIL", "on or off", "off", |text| match text {
            "on" => Some(true),
            "off" => Some(false),
            _ => None,
        });
        if require_verified_email == Some(true) && read.text("SMTP_URL").is_none() {
            read.problems.push("REQUIRE_VERIFIED_EMAIL needs SMTP_URL: without mail nobody could prove an address".into());
        }
        let providers = read.providers(names);
        let filter = read.text("LOG").unwrap_or_else(|| "info".into());
        if let Err(error) = filter.parse::<tracing_subscriber::EnvFilter>() {
            read.problems.push(format!("LOG is not a filter such as info or info,picstargram::database=debug: {error}"));
        }
        let json = read.parsed("LOG_FORMAT", "text or json", "text", |text| match text {
            "text" => Some(false),
            "json" => Some(true),
            _ => None,
        });
        let secret_key = match read.text("SECRET_KEY") {
            Some(text) if text.len() < 32 => {
                read.problems.push("SECRET_KEY must have at least 32 characters".into());
                None
            }
            Some(text) => Some(SecretKey(text.into_bytes())),
            // Nothing is written while something else is wrong: a mistyped DATA_DIR would leave a key behind.
            None if read.problems.is_empty() => match kept_secret_key(&data_dir) {
                Ok(key) => Some(key),
                Err(error) => {
                    read.problems.push(format!("the secret key in {} cannot be kept: {error}", data_dir.display()));
                    None
                }
            },
            None => None,
        };

        let accounts = registration.zip(members_invite).zip(require_verified_email);
        let ground = listen.zip(public_url).zip(database).zip(place);
        match (ground, accounts, from, json, secret_key) {
            (Some((((listen, public_url), database), place)), Some(accounts), Some(from), Some(json), Some(secret_key))
                if read.problems.is_empty() =>
            {
                let ((registration, members_invite), require_verified_email) = accounts;
                Ok(Config {
                    server: Server { listen, public_url, workers: workers as usize, redis, trusted_proxies },
                    data_dir,
                    database,
                    storage: Storage { place, old, media_url },
                    secret_key,
                    uploads,
                    accounts: Accounts { registration, members_invite, require_verified_email },
                    mail: Mail { smtp, from },
                    providers,
                    log: Log { filter, json },
                })
            }
            _ => Err(Problems(read.problems)),
        }
    }
}

/// A mail server. It may hold a password, so it does not show itself.
#[derive(Clone, PartialEq, Eq)]
pub struct SmtpUrl {
    pub host: String,
    pub port: Option<u16>,
    /// TLS from the first byte; otherwise STARTTLS, or none at all on loopback.
    pub tls: bool,
    pub plain: bool,
    pub user: Option<(String, String)>,
    /// `timeout` (30 seconds): a server that is silent for so long does not answer.
    pub timeout: Duration,
}

impl std::fmt::Debug for SmtpUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "mail server {}", self.host)
    }
}

/// Where nodes meet. It may hold a password, so it does not show itself.
#[derive(Clone, PartialEq, Eq)]
pub struct RedisUrl(String);

impl RedisUrl {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for RedisUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("redis at ")?;
        f.write_str(Url::parse(&self.0).ok().and_then(|url| url.host_str().map(str::to_owned)).as_deref().unwrap_or("?"))
    }
}

/// A place for objects that a command names: as `STORAGE_URL`, with the same credentials.
///
/// # Errors
/// Everything wrong with it.
pub fn storage_place(text: &str) -> Result<StoragePlace, Problems> {
    let mut read = Reader { lookup: &|name| std::env::var(name).ok(), problems: Vec::new() };
    let place = read.place("--to", text);
    place.filter(|_| read.problems.is_empty()).ok_or(Problems(read.problems))
}

fn cores() -> u64 {
    std::thread::available_parallelism().map_or(2, |cores| cores.get() as u64)
}

/// Whether an address points at this very machine, where plain http is safe.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

/// Makes a folder that only its owner can enter: the database in it holds hashes and addresses. One that exists stays as it is.
pub fn create_private_dir(path: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// The key in DATA_DIR/secret.key, made there on the first start: 32 random bytes in hex, mode 0600.
fn kept_secret_key(data_dir: &Path) -> std::io::Result<SecretKey> {
    use std::io::Write;
    let path = data_dir.join("secret.key");
    match std::fs::read_to_string(&path) {
        Ok(text) if text.trim().len() >= 32 => return Ok(SecretKey(text.trim().as_bytes().to_vec())),
        Ok(_) => return Err(std::io::Error::other("secret.key is damaged: restore it, or delete it and everyone signs in again")),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    create_private_dir(data_dir)?;
    let key = hex::encode(rand::random::<[u8; 32]>());
    // Written aside, synced and renamed: a crash leaves a whole key or none.
    let mut file = tempfile::NamedTempFile::new_in(data_dir)?; // tempfile makes it 0600
    file.write_all(key.as_bytes())?;
    file.as_file().sync_all()?;
    match file.persist_noclobber(&path) {
        Ok(_) => Ok(SecretKey(key.into_bytes())),
        // Another process of this site was faster.
        Err(error) if error.error.kind() == std::io::ErrorKind::AlreadyExists => kept_secret_key(data_dir),
        Err(error) => Err(error.error),
    }
}

#[cfg(test)]
mod tests {
    use super::reader::parse_size;
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Config, Problems> {
        let folder = tempfile::tempdir().unwrap();
        let data_dir = folder.path().join("data").display().to_string();
        Config::from_lookup(|name| {
            let found = pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
            found.or_else(|| (name == "DATA_DIR").then(|| data_dir.clone()))
        })
    }

    #[test]
    fn nothing_set_is_enough() {
        let config = read(&[]).unwrap();
        assert_eq!(config.server.public_url.as_str(), "http://127.0.0.1:8080/");
        assert!(matches!(config.database, Database::Sqlite(_)));
        assert!(config.secret_key.as_bytes().len() >= 32);
    }

    #[test]
    fn all_problems_are_told_at_once_and_no_password_with_them() {
        let problems = read(&[
            ("LISTEN", "nowhere"),
            ("PUBLIC_URL", "ftp://x"),
            ("DATABASE_URL", "postgres://u:hunter2@[broken/"),
            ("STORAGE_URL", "s3://bucket?endpoint=http://example.org&colour=red&timeout=0"),
            ("MAX_UPLOAD_BYTES", "many"),
            ("LOG_FORMAT", "xml"),
            ("SECRET_KEY", "short"),
            ("SMTP_URL", "smtp://u:hunter2@example.org:port"),
            ("MAIL_FROM", "nobody"),
            ("REGISTRATION", "perhaps"),
            ("TRUSTED_PROXIES", "10.0.0.0/8, everyone"),
        ])
        .unwrap_err()
        .to_string();
        for name in [
            "LISTEN",
            "PUBLIC_URL",
            "DATABASE_URL",
            "endpoint",
            "colour",
            "timeout",
            "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY",
            "MAX_UPLOAD_BYTES",
            "LOG_FORMAT",
            "SECRET_KEY",
            "SMTP_URL",
            "MAIL_FROM",
            "REGISTRATION",
            "TRUSTED_PROXIES",
        ] {
            assert!(problems.contains(name), "{name} is missing in:\n{problems}");
        }
        assert!(!problems.contains("hunter2"));
    }

    #[test]
    fn mail_goes_unencrypted_on_this_machine_only() {
        let plain = |url: &str| read(&[("SMTP_URL", url)]).unwrap().mail.smtp.unwrap();
        assert!(plain("smtp://127.0.0.1:2525").plain);
        let startls = plain("smtp://ada:p%40ss@mail.example.org");
        assert!(!startls.plain && !startls.tls);
        assert_eq!(startls.user, Some(("ada".into(), "p@ss".into())));
        assert!(plain("smtps://mail.example.org").tls);
        assert!(!format!("{startls:?}").contains("p@ss"));
        let problems = read(&[("REQUIRE_VERIFIED_EMAIL", "on")]).unwrap_err().to_string();
        assert!(problems.contains("SMTP_URL"), "{problems}");
        let from = read(&[("PUBLIC_URL", "https://photos.example.org")]).unwrap().mail.from;
        assert_eq!(from.to_string(), "Picstargram <picstargram@photos.example.org>");
    }

    fn read_all(pairs: &[(&str, &str)]) -> Result<Config, Problems> {
        let folder = tempfile::tempdir().unwrap();
        let data_dir = folder.path().join("data").display().to_string();
        let pairs: Vec<(&str, &str)> = pairs.iter().copied().chain([("DATA_DIR", &*data_dir)]).collect();
        let names: Vec<String> = pairs.iter().map(|(name, _)| (*name).to_owned()).collect();
        Config::from_variables(|name| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()), &names)
    }

    #[test]
    fn providers_are_known_by_their_variables_and_keep_their_secrets() {
        let config = read_all(&[
            ("GOOGLE_CLIENT_ID", "google-id"),
            ("GOOGLE_CLIENT_SECRET", "hunter2"),
            ("KAKAO_CLIENT_ID", "kakao-id"),
            ("KAKAO_SCOPES", "openid,account_email birthday"),
            ("OIDC_MY_CORP_ISSUER", "https://id.example.org/realm/"),
            ("OIDC_MY_CORP_CLIENT_ID", "photos"),
        ])
        .unwrap();
        let [google, kakao, corp] = &config.providers.all[..] else { panic!("{:?}", config.providers) };
        assert_eq!((&*google.name, &*google.label, &*google.issuer), ("google", "Google", "https://accounts.google.com"));
        assert_eq!(kakao.scopes, ["openid", "account_email", "birthday"]);
        assert_eq!((&*corp.name, &*corp.label, &*corp.issuer), ("my-corp", "My Corp", "https://id.example.org/realm/"));
        assert_eq!(corp.origins(), ["https://id.example.org"]);
        assert!(!format!("{config:?}").contains("hunter2"));
        assert!(read_all(&[]).unwrap().providers.all.is_empty());
    }

    #[test]
    fn all_problems_of_providers_are_told_at_once() {
        let problems = read_all(&[
            ("GOOGLE_CLIENT_ID", "google-id"),
            ("GOOGLE_ISSUER", "http://accounts.example.org"),
            ("GOOGLE_SCOPES", "email"),
            ("KAKAO_CLIENT_SECRET", "hunter2"),
            ("OIDC_CORP_ISSUER", "https://id.example.org"),
            ("OIDC_CORP_ISUER", "https://id.example.org"),
            ("SIGN_IN_TIMEOUT", "soon"),
        ])
        .unwrap_err()
        .to_string();
        for name in [
            "GOOGLE_CLIENT_SECRET",
            "GOOGLE_ISSUER",
            "GOOGLE_SCOPES",
            "KAKAO_CLIENT_ID",
            "OIDC_CORP_CLIENT_ID",
            "OIDC_CORP_ISUER",
            "SIGN_IN_TIMEOUT",
        ] {
            assert!(problems.contains(name), "{name} is missing in:\n{problems}");
        }
        assert!(!problems.contains("hunter2"));
        let local =
            read_all(&[("GOOGLE_CLIENT_ID", "x"), ("GOOGLE_CLIENT_SECRET", "y"), ("GOOGLE_ISSUER", "http://127.0.0.1:4000")]).unwrap();
        assert!(local.providers.all[0].is_local());
    }

    #[test]
    fn sizes_take_the_usual_endings() {
        assert_eq!(parse_size("50MB"), Some(50_000_000));
        assert_eq!(parse_size("100 MP"), Some(100_000_000));
        assert_eq!(parse_size("1000"), Some(1_000));
        assert_eq!(parse_size("-1"), None);
        assert_eq!(parse_size(""), None);
    }

    #[test]
    #[cfg(unix)]
    fn the_secret_is_made_once_and_only_its_owner_reads_it() {
        use std::os::unix::fs::PermissionsExt;
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("data");
        let first = kept_secret_key(&folder).unwrap();
        let second = kept_secret_key(&folder).unwrap();
        assert_eq!(first.as_bytes(), second.as_bytes());
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&folder.join("secret.key")), 0o600);
        assert_eq!(mode(&folder), 0o700);
    }
}
