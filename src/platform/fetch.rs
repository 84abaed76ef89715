//! Asking other servers, warily: https (plain http on this machine only), no redirect followed unseen, an end to every answer in
//! time and in bytes. For addresses that others chose there is [`Fetch::public`], which reaches nothing in our own network.

use crate::config::is_loopback;
use crate::error::{Error, Result};
use bytes::Bytes;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{HeaderMap, LOCATION};
use reqwest::redirect::Policy;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// Of one answer that is no file: metadata, keys, tokens, profiles.
const MOST_TEXT: u64 = 256 * 1024;
/// A picture may have moved.
const MOST_REDIRECTS: usize = 3;

#[derive(Clone)]
pub struct Fetch {
    /// For addresses the operator wrote down.
    known: reqwest::Client,
    /// For those that anybody could have written.
    public: reqwest::Client,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// Down, too slow, or out of order: later, perhaps.
    #[error("{0}")]
    Away(String),
    /// It will not be better later: too long, or an address we do not ask.
    #[error("{0}")]
    Refused(String),
}

/// An answer, whatever its status below 500.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Fetch {
    pub fn open(timeout: Duration) -> Result<Self> {
        let builder = || {
            let agent = concat!("Picstargram/", env!("CARGO_PKG_VERSION"));
            reqwest::Client::builder().redirect(Policy::none()).timeout(timeout).connect_timeout(timeout).user_agent(agent)
        };
        Ok(Fetch {
            known: builder().build().map_err(Error::internal)?,
            // A proxy would look names up itself, and could reach what we must not.
            public: builder().no_proxy().dns_resolver(Arc::new(PublicOnly)).build().map_err(Error::internal)?,
        })
    }

    /// An answer of a server that the operator chose.
    pub async fn ask(&self, request: reqwest::Request) -> Result<Answer, FetchError> {
        if !is_safe(request.url()) {
            return Err(FetchError::Refused(format!("{} is plain http", host(request.url()))));
        }
        let answer = self.known.execute(request).await.map_err(away)?;
        let status = answer.status();
        if status.is_server_error() || status.as_u16() == 429 {
            return Err(FetchError::Away(format!("{} answers {status}", host(answer.url()))));
        }
        let headers = answer.headers().clone();
        Ok(Answer { status: status.as_u16(), headers, body: body(answer, MOST_TEXT).await?.into() })
    }

    /// JSON that is read with an access token.
    pub async fn json<T: serde::de::DeserializeOwned>(&self, url: &Url, bearer: &str) -> Result<T, FetchError> {
        let request = self.known.get(url.clone()).bearer_auth(bearer).header("accept", "application/json").build().map_err(away)?;
        let answer = self.ask(request).await?;
        if answer.status != 200 {
            return Err(FetchError::Refused(format!("{} answers {}", host(url), answer.status)));
        }
        serde_json::from_slice(&answer.body).map_err(|error| FetchError::Refused(format!("{}: {error}", host(url))))
    }

    /// A file from an address that anybody could have written. `local` lets it be on this very machine, for development.
    pub async fn public(&self, url: &Url, most: u64, local: bool) -> Result<Vec<u8>, FetchError> {
        let mut url = url.clone();
        for _ in 0..=MOST_REDIRECTS {
            let here = local && is_loopback(&url);
            if !here && !is_public_address(&url) {
                return Err(FetchError::Refused(format!("{} is no public address", host(&url))));
            }
            let client = if here { &self.known } else { &self.public };
            let answer = client.get(url.clone()).send().await.map_err(away)?;
            let status = answer.status();
            if status.is_redirection() {
                let to = answer.headers().get(LOCATION).and_then(|to| to.to_str().ok()).and_then(|to| url.join(to).ok());
                url = to.ok_or_else(|| FetchError::Refused(format!("{} leads nowhere", host(&url))))?;
                continue;
            }
            if status.is_server_error() || status.as_u16() == 429 {
                return Err(FetchError::Away(format!("{} answers {status}", host(&url))));
            }
            if !status.is_success() {
                return Err(FetchError::Refused(format!("{} answers {status}", host(&url))));
            }
            return body(answer, most).await;
        }
        Err(FetchError::Refused(format!("{} leads on and on", host(&url))))
    }
}

/// Nothing of the path or the query: they may hold secrets.
fn host(url: &Url) -> &str {
    url.host_str().unwrap_or("?")
}

fn away(error: reqwest::Error) -> FetchError {
    FetchError::Away(
        std::iter::successors(Some(&error.without_url() as &dyn std::error::Error), |error| error.source())
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(": "),
    )
}

async fn body(mut answer: reqwest::Response, most: u64) -> Result<Vec<u8>, FetchError> {
    let too_long = || FetchError::Refused(format!("an answer of more than {most} bytes"));
    if answer.content_length().is_some_and(|length| length > most) {
        return Err(too_long());
    }
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(away)? {
        if body.len() as u64 + chunk.len() as u64 > most {
            return Err(too_long());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// Encrypted, or on this very machine.
pub fn is_safe(url: &Url) -> bool {
    url.scheme() == "https" || (url.scheme() == "http" && is_loopback(url))
}

/// As far as the address itself shows; names are looked at when they are looked up.
fn is_public_address(url: &Url) -> bool {
    url.scheme() == "https"
        && match url.host() {
            Some(url::Host::Domain(name)) => name != "localhost" && !name.ends_with(".localhost"),
            Some(url::Host::Ipv4(ip)) => is_public(ip.into()),
            Some(url::Host::Ipv6(ip)) => is_public(ip.into()),
            None => false,
        }
}

/// Whether an address is out in the internet, and neither here nor in our own network.
fn is_public(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let special = ip.is_unspecified()
        || ip.is_loopback()
        || ip.is_private()
        || ip.is_link_local()
        || ip.is_multicast()
        || ip.is_broadcast()
        || ip.is_documentation()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b)) // shared by providers (RFC 6598)
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (18..20).contains(&b)); // benchmarks
    !special
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let segments = ip.segments();
    // 2000::/3 is what there is of the internet; within it the tunnels and the documentation are not what they seem.
    let tunnel = matches!(segments, [0x2001, 0, ..] | [0x2002, ..] | [0x2001, 0xdb8, ..]);
    segments[0] & 0xe000 == 0x2000 && !tunnel
}

/// Looks names up and leaves out whatever is not public, so that a name cannot lead where an address may not.
struct PublicOnly;

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let public: Vec<_> = found.filter(|address| is_public(address.ip())).collect();
            if public.is_empty() {
                return Err("no public address".into());
            }
            Ok(Box::new(public.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_network_is_not_the_internet() {
        for public in ["https://93.184.216.34/a", "https://k.kakaocdn.net/a.jpg", "https://[2606:2800:220:1::1]/"] {
            assert!(is_public_address(&Url::parse(public).unwrap()), "{public}");
        }
        for not in [
            "http://example.org/a",
            "https://localhost/",
            "https://127.0.0.1/",
            "https://2130706433/",
            "https://10.1.2.3/",
            "https://172.16.0.1/",
            "https://192.168.0.1/",
            "https://169.254.169.254/latest",
            "https://100.100.0.1/",
            "https://0.0.0.0/",
            "https://[::1]/",
            "https://[::ffff:10.0.0.1]/",
            "https://[fd00::1]/",
            "https://[fe80::1]/",
            "https://[64:ff9b::a00:1]/",
            "file:///etc/passwd",
        ] {
            assert!(!is_public_address(&Url::parse(not).unwrap()), "{not}");
        }
    }

    #[tokio::test]
    async fn names_that_lead_home_are_not_looked_up() {
        let fetch = Fetch::open(Duration::from_secs(5)).unwrap();
        let refused = fetch.public(&Url::parse("https://localhost.localdomain/").unwrap(), 10, true).await;
        assert!(refused.is_err());
        let local = fetch.public(&Url::parse("http://127.0.0.1:9/").unwrap(), 10, false).await;
        assert!(matches!(local, Err(FetchError::Refused(_))));
    }
}
