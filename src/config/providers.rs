//! Who signs people in beside the site itself: Google, Kakao, and any OpenID Connect issuer.

use super::is_loopback;
use super::reader::Reader;
use std::collections::BTreeSet;
use std::fmt;
use std::time::Duration;
use url::Url;

#[derive(Clone, Debug)]
pub struct Providers {
    pub all: Vec<Provider>,
    /// `SIGN_IN_TIMEOUT` (10): seconds a provider may take for one answer.
    pub timeout: Duration,
}

/// What is special about one beside OpenID Connect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The People API tells birthday, gender and phone where that was granted.
    Google,
    /// Its id token does not say whether an address is proven; its own API does.
    Kakao,
    Oidc,
}

/// `GOOGLE_…`, `KAKAO_…`, `OIDC_{NAME}_…`.
#[derive(Clone)]
pub struct Provider {
    /// In addresses and in the table of identities: `google`, `kakao`, or NAME in lower case with hyphens.
    pub name: String,
    pub kind: Kind,
    /// `OIDC_{NAME}_LABEL` (NAME, each word with a capital): what people read.
    pub label: String,
    /// `…_ISSUER` (Google's and Kakao's own): https, or http on loopback. Kept letter by letter: tokens repeat it so.
    pub issuer: String,
    /// `…_CLIENT_ID`.
    pub client_id: String,
    /// `…_CLIENT_SECRET`: needed for Google; none makes this site a public client.
    pub client_secret: Option<String>,
    /// `…_SCOPES`: what to ask for, space or comma between.
    pub scopes: Vec<String>,
    /// `GOOGLE_API_URL`, `KAKAO_API_URL` (their own): where their APIs are.
    pub api_url: Option<Url>,
}

impl fmt::Debug for Provider {
    /// Without the secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}", self.name, self.issuer)
    }
}

impl Provider {
    /// Whether it runs on this very machine, for development.
    pub fn is_local(&self) -> bool {
        Url::parse(&self.issuer).is_ok_and(|url| is_loopback(&url))
    }

    /// Where its pages are: a form of ours may lead there.
    pub fn origins(&self) -> Vec<String> {
        let own = Url::parse(&self.issuer).map(|url| url.origin().ascii_serialization()).ok();
        // Kakao asks for the password on another host.
        let other = (self.kind == Kind::Kakao && !self.is_local()).then(|| "https://accounts.kakao.com".to_owned());
        own.into_iter().chain(other).collect()
    }
}

/// What ends a variable of one provider.
const ENDINGS: [&str; 6] = ["_CLIENT_ID", "_CLIENT_SECRET", "_ISSUER", "_SCOPES", "_LABEL", "_API_URL"];

/// What a known provider is unless somebody says otherwise.
struct Known {
    prefix: &'static str,
    kind: Kind,
    label: &'static str,
    issuer: &'static str,
    scopes: &'static str,
    api_url: &'static str,
    needs_secret: bool,
}

const KNOWN: [Known; 2] = [
    Known {
        prefix: "GOOGLE",
        kind: Kind::Google,
        label: "Google",
        issuer: "https://accounts.google.com",
        scopes: "openid email profile",
        api_url: "https://people.googleapis.com",
        needs_secret: true,
    },
    Known {
        prefix: "KAKAO",
        kind: Kind::Kakao,
        label: "Kakao",
        issuer: "https://kauth.kakao.com",
        scopes: "openid account_email profile_nickname profile_image",
        api_url: "https://kapi.kakao.com",
        needs_secret: false,
    },
];

impl Reader<'_> {
    /// `names` are those of all variables: which issuers there are shows in them alone.
    pub fn providers(&mut self, names: &[String]) -> Providers {
        let mut all: Vec<Provider> = KNOWN.iter().filter_map(|known| self.known_provider(known)).collect();
        let mut prefixes = BTreeSet::new();
        let set: Vec<&String> = names.iter().filter(|name| name.starts_with("OIDC_") && self.text(name).is_some()).collect();
        for name in set {
            match ENDINGS[..5].iter().find_map(|ending| name.strip_suffix(ending)).filter(|prefix| prefix.len() > "OIDC_".len()) {
                Some(prefix) => {
                    prefixes.insert(prefix.to_owned());
                }
                None => {
                    self.problems.push(format!("{name} is not known; OIDC_NAME_ISSUER, _CLIENT_ID, _CLIENT_SECRET, _SCOPES and _LABEL are"))
                }
            }
        }
        for prefix in prefixes {
            if let Some(provider) = self.oidc_provider(&prefix) {
                if all.iter().any(|other| other.name == provider.name) {
                    self.problems.push(format!("{prefix}: there is a provider of the name {:?} already", provider.name));
                }
                all.push(provider);
            }
        }
        Providers { all, timeout: Duration::from_secs_f64(self.seconds("SIGN_IN_TIMEOUT", 10.0)) }
    }

    fn known_provider(&mut self, known: &Known) -> Option<Provider> {
        let prefix = known.prefix;
        let set: Vec<String> = ENDINGS.iter().map(|ending| format!("{prefix}{ending}")).filter(|name| self.text(name).is_some()).collect();
        let client_id = self.text(&format!("{prefix}_CLIENT_ID"));
        if client_id.is_none() {
            if let Some(name) = set.first() {
                self.problems.push(format!("{name} is of no use without {prefix}_CLIENT_ID"));
            }
            return None;
        }
        let client_secret = self.text(&format!("{prefix}_CLIENT_SECRET"));
        if known.needs_secret && client_secret.is_none() {
            self.problems.push(format!("{prefix}_CLIENT_SECRET is needed beside {prefix}_CLIENT_ID"));
        }
        let issuer = self.text(&format!("{prefix}_ISSUER")).unwrap_or_else(|| known.issuer.to_owned());
        let api_url = self.text(&format!("{prefix}_API_URL")).unwrap_or_else(|| known.api_url.to_owned());
        let api_url = self.check(&format!("{prefix}_API_URL"), "an https address (http on loopback only)", &api_url, safe);
        // All of them are looked at, whatever is wrong with one.
        let (issuer, scopes) = (self.issuer(prefix, issuer), self.scopes(prefix, known.scopes));
        Some(Provider {
            name: prefix.to_ascii_lowercase(),
            kind: known.kind,
            label: self.text(&format!("{prefix}_LABEL")).unwrap_or_else(|| known.label.to_owned()),
            issuer: issuer?,
            client_id: client_id?,
            client_secret,
            scopes,
            api_url,
        })
    }

    fn oidc_provider(&mut self, prefix: &str) -> Option<Provider> {
        let name = prefix.trim_start_matches("OIDC_").to_ascii_lowercase();
        if !name.split('_').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric())) {
            self.problems.push(format!("{prefix}: the name of a provider is letters and digits, with _ between words"));
            return None;
        }
        let mut needed = |ending: &str| {
            let variable = format!("{prefix}{ending}");
            let value = self.text(&variable);
            if value.is_none() {
                self.problems.push(format!("{variable} is needed for this provider"));
            }
            value
        };
        let (client_id, issuer) = (needed("_CLIENT_ID"), needed("_ISSUER"));
        let issuer = issuer.and_then(|issuer| self.issuer(prefix, issuer));
        let scopes = self.scopes(prefix, "openid email profile");
        Some(Provider {
            label: self.text(&format!("{prefix}_LABEL")).unwrap_or_else(|| capitals(&name)),
            name: name.replace('_', "-"),
            kind: Kind::Oidc,
            issuer: issuer?,
            client_id: client_id?,
            client_secret: self.text(&format!("{prefix}_CLIENT_SECRET")),
            scopes,
            api_url: None,
        })
    }

    fn issuer(&mut self, prefix: &str, text: String) -> Option<String> {
        let fits = |text: &str| safe(text).filter(|url| url.query().is_none() && url.fragment().is_none());
        self.check(&format!("{prefix}_ISSUER"), "an https address (http on loopback only)", &text, fits).map(|_| text)
    }

    fn scopes(&mut self, prefix: &str, default: &str) -> Vec<String> {
        let text = self.text(&format!("{prefix}_SCOPES")).unwrap_or_else(|| default.to_owned());
        let scopes: Vec<String> = text.split([' ', ',']).filter(|scope| !scope.is_empty()).map(str::to_owned).collect();
        if !scopes.iter().any(|scope| scope == "openid") {
            self.problems.push(format!("{prefix}_SCOPES must have openid among them"));
        }
        scopes
    }

    fn seconds(&mut self, name: &str, default: f64) -> f64 {
        let Some(text) = self.text(name) else { return default };
        self.check(name, "seconds from 0.1 to 60", &text, |text| text.parse().ok().filter(|seconds| (0.1..=60.0).contains(seconds)))
            .unwrap_or(default)
    }
}

fn safe(text: &str) -> Option<Url> {
    Url::parse(text).ok().filter(|url| url.scheme() == "https" || (url.scheme() == "http" && is_loopback(url)))
}

fn capitals(name: &str) -> String {
    let word = |word: &str| word[..1].to_ascii_uppercase() + &word[1..];
    name.split('_').map(word).collect::<Vec<_>>().join(" ")
}
