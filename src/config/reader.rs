//! One variable at a time: its text, what it should be, and every problem in words.

use super::{Database, S3Place, SmtpUrl, StoragePlace, is_loopback};
use ipnet::IpNet;
use lettre::message::Mailbox;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;
use url::Url;

pub(super) struct Reader<'a> {
    pub lookup: &'a dyn Fn(&str) -> Option<String>,
    pub problems: Vec<String>,
}

impl Reader<'_> {
    pub fn text(&self, name: &str) -> Option<String> {
        (self.lookup)(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    pub fn check<T>(&mut self, name: &str, wanted: &str, text: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let value = parse(text);
        if value.is_none() {
            self.problems.push(format!("{name} must be {wanted}, not {text:?}"));
        }
        value
    }

    pub fn parsed<T>(&mut self, name: &str, wanted: &str, default: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let text = self.text(name).unwrap_or_else(|| default.to_owned());
        self.check(name, wanted, &text, parse)
    }

    pub fn number(&mut self, name: &str, default: u64, least: u64, most: u64) -> u64 {
        let Some(text) = self.text(name) else { return default };
        let wanted = format!("a whole number from {least} to {most}");
        self.check(name, &wanted, &text, |text| text.parse().ok().filter(|n| (least..=most).contains(n))).unwrap_or(default)
    }

    /// A count with an optional ending: k, M, G (and KB, MB, GB), in thousands.
    pub fn size(&mut self, name: &str, default: u64, least: u64, most: u64) -> u64 {
        let Some(text) = self.text(name) else { return default };
        let wanted = format!("a number from {least} to {most}, such as 50000000 or 50MB");
        self.check(name, &wanted, &text, |text| parse_size(text).filter(|n| (least..=most).contains(n))).unwrap_or(default)
    }

    pub fn database(&mut self, data_dir: &Path) -> Option<Database> {
        let Some(text) = self.text("DATABASE_URL") else {
            return Some(Database::Sqlite(data_dir.join("picstargram.sqlite")));
        };
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            // The address may hold a password: the problem is named, the address is not repeated.
            if text.parse::<tokio_postgres::Config>().is_err() {
                self.problems.push("DATABASE_URL is not a PostgreSQL address such as postgres://user:password@host/name".into());
                return None;
            }
            return Some(Database::Postgres(text));
        }
        let path = text.strip_prefix("sqlite://").or_else(|| text.strip_prefix("sqlite:")).unwrap_or(&text);
        if path.contains("://") || path.is_empty() {
            self.problems.push("DATABASE_URL must be sqlite:PATH or postgres://…".into());
            return None;
        }
        Some(Database::Sqlite(PathBuf::from(path)))
    }

    /// Addresses and networks, comma between.
    pub fn networks(&mut self, name: &str) -> Vec<IpNet> {
        let Some(text) = self.text(name) else { return Vec::new() };
        let read = |text: &str| text.parse::<IpNet>().ok().or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from));
        let parts: Vec<&str> = text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
        parts.into_iter().filter_map(|part| self.check(name, "addresses and networks such as 10.0.0.0/8", part, read)).collect()
    }

    /// A mail server. Its address may hold a password: the problem is named, the address is not repeated.
    pub fn smtp(&mut self, text: &str) -> Option<SmtpUrl> {
        let decoded = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8().ok().map(|text| text.into_owned());
        let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "smtp" | "smtps") && url.has_host());
        let Some(url) = url else {
            self.problems.push("SMTP_URL must be smtps://user:password@host or smtp://user:password@host:587".into());
            return None;
        };
        let mut timeout = Duration::from_secs(30);
        for (name, value) in url.query_pairs() {
            let seconds = |text: &str| text.parse().ok().filter(|seconds| (0.1..=600.0).contains(seconds));
            match &*name {
                "timeout" => {
                    if let Some(seconds) = self.check("SMTP_URL timeout", "seconds from 0.1 to 600", &value, seconds) {
                        timeout = Duration::from_secs_f64(seconds);
                    }
                }
                other => self.problems.push(format!("SMTP_URL: {other:?} is not known; timeout is")),
            }
        }
        let user = match (url.username(), url.password()) {
            ("", _) => None,
            (user, password) => Some((decoded(user)?, decoded(password.unwrap_or_default())?)),
        };
        let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        Some(SmtpUrl {
            tls: url.scheme() == "smtps",
            plain: url.scheme() == "smtp" && is_local(&host),
            port: url.port(),
            host,
            user,
            timeout,
        })
    }

    /// Whom mails come from.
    pub fn mail_from(&mut self, public_url: Option<&Url>) -> Option<Mailbox> {
        let host = match public_url.and_then(Url::host) {
            Some(url::Host::Domain(name)) => name.to_owned(),
            _ => "localhost".to_owned(),
        };
        let text = self.text("MAIL_FROM").unwrap_or_else(|| format!("Picstargram <picstargram@{host}>"));
        self.check("MAIL_FROM", "an address such as Picstargram <photos@example.org>", &text, |text| text.parse::<Mailbox>().ok())
    }

    /// A place for objects, as the variable `name` writes it.
    pub fn place(&mut self, name: &str, text: &str) -> Option<StoragePlace> {
        if !text.contains("://") {
            return Some(StoragePlace::Folder(PathBuf::from(text)));
        }
        let Ok(url) = Url::parse(text) else {
            self.problems.push(format!("{name} must be a folder or s3://bucket/prefix, not {text:?}"));
            return None;
        };
        match url.scheme() {
            "file" => url.to_file_path().ok().map(StoragePlace::Folder),
            "s3" => self.s3(name, &url),
            other => {
                self.problems.push(format!("{name}: {other:?} is not known; a folder, file:///path and s3://bucket are"));
                None
            }
        }
    }

    fn s3(&mut self, variable: &str, url: &Url) -> Option<StoragePlace> {
        let before = self.problems.len();
        let bucket = url.host_str().unwrap_or_default().to_owned();
        if bucket.is_empty() {
            self.problems.push(format!("{variable}: s3://bucket/prefix lacks its bucket"));
        }
        let (mut region, mut endpoint, mut timeout) = ("us-east-1".to_owned(), None, Duration::from_secs(60));
        for (name, value) in url.query_pairs() {
            match &*name {
                "region" => region = value.into_owned(),
                "endpoint" => {
                    endpoint = self.check(&format!("{variable} endpoint"), "an https address (http on loopback only)", &value, |text| {
                        Url::parse(text).ok().filter(|url| url.scheme() == "https" || (url.scheme() == "http" && is_loopback(url)))
                    });
                }
                "timeout" => {
                    let seconds = |text: &str| text.parse().ok().filter(|seconds| (0.1..=600.0).contains(seconds));
                    if let Some(seconds) = self.check(&format!("{variable} timeout"), "seconds from 0.1 to 600", &value, seconds) {
                        timeout = Duration::from_secs_f64(seconds);
                    }
                }
                other => self.problems.push(format!("{variable}: {other:?} is not known; region, endpoint and timeout are")),
            }
        }
        let mut credential = |name: &str| {
            self.text(name).unwrap_or_else(|| {
                self.problems.push(format!("{name} is needed for s3 storage"));
                String::new()
            })
        };
        let access_key_id = credential("AWS_ACCESS_KEY_ID");
        let secret_access_key = credential("AWS_SECRET_ACCESS_KEY");
        let prefix = url.path().trim_matches('/').to_owned();
        (self.problems.len() == before).then_some(StoragePlace::S3(S3Place {
            bucket,
            prefix,
            region,
            endpoint,
            timeout,
            access_key_id,
            secret_access_key,
        }))
    }
}

/// `smtp` is no scheme that the standard of addresses knows, so its hosts are not parsed.
fn is_local(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

pub(super) fn parse_size(text: &str) -> Option<u64> {
    let text = text.trim().trim_end_matches(['B', 'b', 'P', 'p']).trim_end();
    let (digits, factor) = match text.char_indices().last()? {
        (at, 'k' | 'K') => (&text[..at], 1_000),
        (at, 'm' | 'M') => (&text[..at], 1_000_000),
        (at, 'g' | 'G') => (&text[..at], 1_000_000_000),
        _ => (text, 1),
    };
    digits.trim_end().parse::<u64>().ok()?.checked_mul(factor)
}
