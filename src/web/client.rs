//! Where a request comes from. Behind a proxy only one that `TRUSTED_PROXIES` names may say so; whatever else stands in
//! `X-Forwarded-For` anybody could have written.

use crate::config::Config;
use crate::web::Visit;
use actix_web::HttpRequest;
use std::net::{IpAddr, Ipv4Addr};

/// Headers by which a proxy says that it stands between.
const FORWARDING: [&str; 4] = ["x-forwarded-for", "forwarded", "x-real-ip", "via"];

/// The client's address: the peer's, or the last one a chain of trusted proxies did not vouch for.
pub fn address(request: &HttpRequest, config: &Config) -> IpAddr {
    let peer = request.peer_addr().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| canonical(peer.ip()));
    let trusted = |ip: &IpAddr| config.server.trusted_proxies.iter().any(|network| network.contains(ip));
    if !trusted(&peer) {
        return peer;
    }
    let values = request.headers().get_all("x-forwarded-for").filter_map(|value| value.to_str().ok());
    let chain: Vec<&str> = values.flat_map(|value| value.split(',')).map(str::trim).collect();
    let mut last = peer;
    // From the right: each proxy appends whom it heard from.
    for text in chain.into_iter().rev().take(32) {
        let Some(ip) = text.parse().ok().map(canonical) else { break };
        last = ip;
        if !trusted(&ip) {
            break;
        }
    }
    last
}

/// IPv4 in the clothes of IPv6 is IPv4.
fn canonical(ip: IpAddr) -> IpAddr {
    ip.to_canonical()
}

/// Whoever holds one address of it holds them all: an IPv4 address, or an IPv6 /64.
pub fn network(ip: IpAddr) -> String {
    match ip {
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => {
            let [a, b, c, d, ..] = ip.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

impl Visit {
    pub fn address(&self) -> IpAddr {
        address(self.request(), &self.state.config)
    }

    pub fn network(&self) -> String {
        network(self.address())
    }

    /// Whether somebody sits at this very machine: a loopback peer, and nobody between.
    pub fn is_operator(&self) -> bool {
        let peer = self.request().peer_addr().is_some_and(|peer| canonical(peer.ip()).is_loopback());
        peer && !FORWARDING.iter().any(|name| self.request().headers().contains_key(*name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn config(trusted: &str) -> Config {
        let folder = tempfile::tempdir().unwrap();
        let data_dir = folder.path().join("data").display().to_string();
        Config::from_lookup(|name| match name {
            "DATA_DIR" => Some(data_dir.clone()),
            "TRUSTED_PROXIES" => Some(trusted.to_owned()),
            _ => None,
        })
        .unwrap()
    }

    #[test]
    fn only_trusted_proxies_say_where_a_request_comes_from() {
        let said = |trusted: &str, peer: &str, forwarded: &str| {
            let request = TestRequest::default().peer_addr(peer.parse().unwrap()).insert_header(("X-Forwarded-For", forwarded));
            address(&request.to_http_request(), &config(trusted)).to_string()
        };
        assert_eq!(said("", "198.51.100.7:1", "203.0.113.9"), "198.51.100.7", "nobody is trusted");
        assert_eq!(said("10.0.0.0/8", "198.51.100.7:1", "203.0.113.9"), "198.51.100.7", "not this one");
        assert_eq!(said("10.0.0.0/8", "10.1.2.3:1", "203.0.113.9"), "203.0.113.9");
        assert_eq!(
            said("10.0.0.0/8", "10.1.2.3:1", "1.2.3.4, 203.0.113.9, 10.9.9.9"),
            "203.0.113.9",
            "what a client made up is left of it"
        );
        assert_eq!(said("10.0.0.0/8", "10.1.2.3:1", "rubbish"), "10.1.2.3");
        assert_eq!(said("127.0.0.1", "[::ffff:127.0.0.1]:1", "2001:db8::1"), "2001:db8::1");
        assert_eq!(network("2001:db8:1:2:3::4".parse().unwrap()), "2001:db8:1:2::/64");
    }
}
