//! What a provider tells of somebody: the id token's claims, and what only its own API knows. Google: birthday, gender and phone,
//! each where it was granted. Kakao: whether the address is proven, which its token does not say. Any other: its userinfo.

use crate::accounts::details::{self, Details};
use crate::accounts::email_problem;
use crate::config::{Provider, ProviderKind};
use crate::platform::oidc::{Proof, Trouble};
use crate::state::AppState;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use url::Url;

/// Beyond this nothing a provider calls somebody is a name.
const LONGEST: usize = 300;

/// Kept, sealed, while somebody is asked for their password.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Profile {
    /// Of the provider, as in [`Provider::name`].
    pub provider: String,
    pub label: String,
    pub subject: String,
    /// One that could be an address.
    pub email: Option<String>,
    /// The provider has made sure that it is theirs.
    pub verified: bool,
    /// What they are called, the best first.
    pub names: Vec<String>,
    pub picture: Option<String>,
    pub phone: String,
    pub birthday: Option<NaiveDate>,
    pub gender: String,
}

impl Profile {
    pub fn details(&self) -> Details {
        Details { phone: self.phone.clone(), birthday: self.birthday, gender: self.gender.clone() }
    }

    /// # Errors
    /// Only what cannot be done without fails: Kakao's API. What others add is left out when it does not come.
    pub async fn read(state: &AppState, provider: &Provider, proof: &Proof) -> Result<Self, Trouble> {
        let mut raw = Raw::of(proof);
        match provider.kind {
            ProviderKind::Google => google(state, provider, proof, &mut raw).await,
            ProviderKind::Kakao => kakao(state, provider, proof, &mut raw).await?,
            ProviderKind::Oidc => userinfo(state, proof, &mut raw).await,
        }
        Ok(raw.into_profile(provider, proof, state.now().date()))
    }
}

/// The same before anything of it was looked at.
#[derive(Default)]
struct Raw {
    email: Option<String>,
    verified: bool,
    names: Vec<String>,
    picture: Option<String>,
    phone: Option<String>,
    birthday: Option<String>,
    gender: Option<String>,
}

impl Raw {
    fn of(proof: &Proof) -> Self {
        let claims = &proof.claims;
        // As said without a language, or in the first one.
        macro_rules! plain {
            ($claim:expr) => {
                $claim.and_then(|claim| claim.get(None).or_else(|| claim.iter().next().map(|(_, text)| text)).map(|text| text.to_string()))
            };
        }
        let names = [claims.preferred_username().map(|name| name.to_string()), plain!(claims.nickname()), plain!(claims.name())];
        Raw {
            email: claims.email().map(|email| email.to_string()),
            verified: claims.email_verified() == Some(true),
            names: names.into_iter().flatten().collect(),
            picture: plain!(claims.picture()),
            phone: claims.phone_number().map(|phone| phone.to_string()),
            birthday: claims.birthdate().map(|day| day.to_string()),
            gender: claims.gender().map(|gender| gender.to_string()),
        }
    }

    fn into_profile(self, provider: &Provider, proof: &Proof, today: NaiveDate) -> Profile {
        let email = self.email.map(|email| email.trim().to_owned()).filter(|email| email_problem(email).is_none());
        let names = self.names.into_iter().chain(email.clone()).filter(|name| name.len() <= LONGEST).collect();
        let gender = match self.gender.as_deref().map(str::to_ascii_lowercase).as_deref() {
            None | Some("" | "unspecified") => "",
            Some("female") => "female",
            Some("male") => "male",
            Some(_) => "other",
        };
        let picture = self.picture.and_then(|text| larger(&text)).filter(|url| url.as_str().len() <= 2_000);
        Profile {
            provider: provider.name.clone(),
            label: provider.label.clone(),
            subject: proof.claims.subject().to_string(),
            verified: self.verified && email.is_some(),
            email,
            names,
            picture: picture.map(Into::into),
            phone: self.phone.and_then(|phone| details::read_phone(&phone).ok()).unwrap_or_default(),
            birthday: self.birthday.and_then(|day| details::read_birthday(&day, today).ok()).flatten(),
            gender: gender.to_owned(),
        }
    }
}

/// Google's pictures come as thumbnails unless one asks for more.
fn larger(address: &str) -> Option<Url> {
    let url = Url::parse(address).ok()?;
    let is_google = url.host_str().is_some_and(|host| host.ends_with(".googleusercontent.com"));
    match address.rsplit_once("=s").filter(|_| is_google) {
        Some((start, size)) if size.trim_end_matches("-c").bytes().all(|byte| byte.is_ascii_digit()) => {
            Url::parse(&format!("{start}=s512-c")).ok()
        }
        _ => Some(url),
    }
}

/// What an API of Google's shows, and the scope that opens it.
const PEOPLE: [(&str, &str); 3] = [
    ("https://www.googleapis.com/auth/user.birthday.read", "birthdays"),
    ("https://www.googleapis.com/auth/user.gender.read", "genders"),
    ("https://www.googleapis.com/auth/user.phonenumbers.read", "phoneNumbers"),
];

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Person {
    photos: Vec<PersonPhoto>,
    birthdays: Vec<PersonBirthday>,
    genders: Vec<PersonValue>,
    phone_numbers: Vec<PersonValue>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct PersonPhoto {
    url: String,
    /// A letter on a colour, drawn by Google.
    default: bool,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct PersonBirthday {
    date: Option<PersonDate>,
}

/// Without a year when somebody keeps theirs to themselves.
#[derive(Default, Deserialize)]
#[serde(default)]
struct PersonDate {
    year: i32,
    month: u32,
    day: u32,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct PersonValue {
    value: String,
    canonical_form: Option<String>,
}

async fn google(state: &AppState, provider: &Provider, proof: &Proof, raw: &mut Raw) {
    let asked = provider.scopes.clone();
    let granted = proof.scopes.as_ref().unwrap_or(&asked);
    let mut fields: Vec<&str> =
        PEOPLE.iter().filter(|(scope, _)| granted.iter().any(|granted| granted == scope)).map(|(_, field)| *field).collect();
    let Some(url) = provider.api_url.as_ref().filter(|_| !fields.is_empty()).and_then(|base| base.join("/v1/people/me").ok()) else {
        return;
    };
    fields.push("photos");
    let mut url = url;
    url.query_pairs_mut().append_pair("personFields", &fields.join(","));
    let person: Person = match state.oidc.fetch.json(&url, &proof.access_token).await {
        Ok(person) => person,
        Err(error) => return tracing::warn!(provider = provider.name, %error, "the People API tells nothing of somebody"),
    };
    if let Some(photo) = person.photos.into_iter().find(|photo| !photo.url.is_empty()) {
        raw.picture = Some(photo.url).filter(|_| !photo.default);
    }
    let date = person.birthdays.into_iter().filter_map(|birthday| birthday.date).find(|date| date.year > 0);
    raw.birthday = date.map(|date| format!("{:04}-{:02}-{:02}", date.year, date.month, date.day));
    raw.gender = person.genders.into_iter().next().map(|gender| gender.value);
    raw.phone = person.phone_numbers.into_iter().next().map(|phone| phone.canonical_form.unwrap_or(phone.value));
}

#[derive(Deserialize)]
struct KakaoUser {
    id: i64,
    kakao_account: Option<KakaoAccount>,
}

/// Everything may be missing: each is somebody's to grant.
#[derive(Default, Deserialize)]
struct KakaoAccount {
    profile: Option<KakaoProfile>,
    email: Option<String>,
    /// False once somebody else has taken the address over.
    is_email_valid: Option<bool>,
    is_email_verified: Option<bool>,
    birthyear: Option<String>,
    /// MMDD.
    birthday: Option<String>,
    birthday_type: Option<String>,
    gender: Option<String>,
    phone_number: Option<String>,
}

#[derive(Default, Deserialize)]
struct KakaoProfile {
    nickname: Option<String>,
    profile_image_url: Option<String>,
    is_default_image: Option<bool>,
}

async fn kakao(state: &AppState, provider: &Provider, proof: &Proof, raw: &mut Raw) -> Result<(), Trouble> {
    let url = provider.api_url.as_ref().and_then(|base| base.join("/v2/user/me?secure_resource=true").ok());
    let url = url.ok_or_else(|| Trouble::Setup("no address of its API".into()))?;
    let user: KakaoUser = state.oidc.fetch.json(&url, &proof.access_token).await?;
    if user.id.to_string() != **proof.claims.subject() {
        return Err(Trouble::Refused("its API tells of somebody else".into()));
    }
    let account = user.kakao_account.unwrap_or_default();
    let profile = account.profile.unwrap_or_default();
    raw.email = account.email.or(raw.email.take());
    raw.verified = account.is_email_valid == Some(true) && account.is_email_verified == Some(true);
    raw.names.splice(0..0, profile.nickname);
    if let Some(picture) = profile.profile_image_url {
        raw.picture = Some(picture).filter(|_| profile.is_default_image != Some(true));
    }
    // A lunar birthday falls on another day each year.
    let is_solar = account.birthday_type.as_deref() != Some("LUNAR");
    let day = account.birthday.filter(|day| is_solar && day.len() == 4 && day.is_ascii());
    raw.birthday = account.birthyear.zip(day).map(|(year, day)| format!("{year}-{}-{}", &day[..2], &day[2..]));
    raw.gender = account.gender;
    raw.phone = account.phone_number;
    Ok(())
}

#[derive(Deserialize)]
struct Userinfo {
    sub: String,
    email: Option<String>,
    /// Some write it as a text.
    #[serde(default)]
    email_verified: serde_json::Value,
    preferred_username: Option<String>,
    nickname: Option<String>,
    name: Option<String>,
    picture: Option<String>,
    phone_number: Option<String>,
    birthdate: Option<String>,
    gender: Option<String>,
}

/// Only for what the token leaves out: many keep it small.
async fn userinfo(state: &AppState, proof: &Proof, raw: &mut Raw) {
    let Some(url) = proof.userinfo.as_ref().filter(|_| raw.email.is_none()) else { return };
    let told: Userinfo = match state.oidc.fetch.json(url, &proof.access_token).await {
        Ok(told) => told,
        Err(error) => return tracing::warn!(%error, "a provider's userinfo tells nothing of somebody"),
    };
    // Tokens can be mixed up; then nothing it says is about this person.
    if told.sub != **proof.claims.subject() {
        return tracing::warn!("a provider's userinfo tells of somebody else");
    }
    raw.email = told.email;
    raw.verified = told.email_verified == true || told.email_verified == "true";
    raw.names.extend([told.preferred_username, told.nickname, told.name].into_iter().flatten());
    raw.picture = raw.picture.take().or(told.picture);
    raw.phone = raw.phone.take().or(told.phone_number);
    raw.birthday = raw.birthday.take().or(told.birthdate);
    raw.gender = raw.gender.take().or(told.gender);
}

#[cfg(test)]
mod tests {
    use super::larger;

    #[test]
    fn googles_thumbnails_become_pictures_and_others_stay_as_they_are() {
        let address = |text: &str| larger(text).map(String::from);
        assert_eq!(address("https://lh3.googleusercontent.com/a/x=s96-c").as_deref(), Some("https://lh3.googleusercontent.com/a/x=s512-c"));
        assert_eq!(address("https://lh3.googleusercontent.com/a/x=s100").as_deref(), Some("https://lh3.googleusercontent.com/a/x=s512-c"));
        assert_eq!(address("https://lh3.googleusercontent.com/a/x").as_deref(), Some("https://lh3.googleusercontent.com/a/x"));
        assert_eq!(address("https://example.org/a=s96-c").as_deref(), Some("https://example.org/a=s96-c"));
        assert_eq!(address("data"), None);
    }
}
