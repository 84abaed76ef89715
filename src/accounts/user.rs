//! A person with an account: the rules for names and addresses, and every statement on `users` and `usernames`.

use super::application::Application;
use super::details::Details;
use crate::clock::Timestamp;
use crate::each;
use crate::error::{Error, Result, Unique};
use crate::platform::db::Conn;
use crate::schema::{images, usernames, users};
use crate::web::i18n::{Lang, Message};
use crate::web::layout::Scheme;
use crate::web::{Avatar, Role, UserId, form};
use diesel::prelude::*;

/// Characters of a description.
pub const DESCRIPTION_LIMIT: usize = 300;
const EMAIL_LIMIT: usize = 256;

/// Names that would pass for the site itself, or collide with what addresses may mean one day.
const RESERVED: &[&str] = &[
    "about",
    "account",
    "admin",
    "administrator",
    "anonymous",
    "api",
    "boards",
    "chat",
    "contact",
    "deleted",
    "everyone",
    "explore",
    "help",
    "home",
    "info",
    "lab",
    "legal",
    "login",
    "logout",
    "mail",
    "me",
    "media",
    "moderator",
    "news",
    "nobody",
    "notifications",
    "null",
    "official",
    "picstargram",
    "postmaster",
    "posts",
    "privacy",
    "root",
    "rules",
    "search",
    "security",
    "settings",
    "signup",
    "staff",
    "static",
    "status",
    "support",
    "system",
    "tags",
    "team",
    "terms",
    "todos",
    "undefined",
    "webmaster",
    "www",
];

/// A name that fits: `^[A-Za-z][A-Za-z0-9_]{0,63}$`, kept as typed, compared without regard to case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Username(String);

impl Username {
    pub fn parse(text: &str) -> Result<Self, Message> {
        let text = text.trim();
        let mut bytes = text.bytes();
        match bytes.next() {
            None => Err(Message::new("username-required")),
            Some(first) if !first.is_ascii_alphabetic() => Err(Message::new("username-shape")),
            Some(_) if text.len() > 64 => Err(Message::new("username-long")),
            Some(_) if !bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') => Err(Message::new("username-shape")),
            Some(_) => Ok(Username(text.to_owned())),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How it is compared and reserved.
    pub fn key(&self) -> String {
        self.0.to_ascii_lowercase()
    }

    /// Names of the site's own; an administrator (made on the server) may take them.
    pub fn is_reserved(&self) -> bool {
        RESERVED.contains(&self.key().as_str())
    }
}

/// What is wrong with an e-mail address, if anything. Only a mail can tell whether it exists: this catches slips of the finger.
pub fn email_problem(email: &str) -> Option<Message> {
    let email = email.trim();
    if email.is_empty() {
        return Some(Message::new("email-required"));
    }
    if email.chars().count() > EMAIL_LIMIT {
        return Some(Message::new("email-long"));
    }
    let shape = email.rsplit_once('@').is_some_and(|(name, host)| {
        let printable = |text: &str| !text.chars().any(|c| c.is_whitespace() || c.is_control() || "<>()[],;:\"\\".contains(c));
        !name.is_empty()
            && !host.is_empty()
            && printable(name)
            && printable(host)
            && !name.contains('@')
            && !host.starts_with('.')
            && !host.ends_with('.')
    });
    (!shape).then(|| Message::new("email-shape"))
}

/// A description as it is stored, or what is wrong with it.
pub fn read_description(text: &str) -> Result<String, Message> {
    let text = form::multiline(text);
    if text.chars().count() > DESCRIPTION_LIMIT {
        return Err(Message::new("description-long").with("limit", DESCRIPTION_LIMIT));
    }
    Ok(text)
}

/// Lower case: two spellings of one address are one address.
pub fn email_key(email: &str) -> String {
    email.trim().to_lowercase()
}

/// What stands in the place of the key for an account that only claims its address: no address has two lines.
fn claim_key(key: &str, id: UserId) -> String {
    format!("{key}\n{id}")
}

#[derive(Clone, Debug, Queryable)]
pub struct User {
    pub id: UserId,
    pub username: String,
    pub email: String,
    pub password_hash: String,
    pub description: String,
    pub role: String,
    pub avatar_id: Option<i64>,
    pub post_count: i64,
    pub created_at: Timestamp,
}

type UserColumns = (
    users::id,
    users::username,
    users::email,
    users::password_hash,
    users::description,
    users::role,
    users::avatar_id,
    users::post_count,
    users::created_at,
);
const USER: UserColumns = (
    users::id,
    users::username,
    users::email,
    users::password_hash,
    users::description,
    users::role,
    users::avatar_id,
    users::post_count,
    users::created_at,
);

#[derive(Clone, Debug)]
pub struct NewUser {
    pub username: Username,
    pub email: String,
    pub password_hash: String,
    pub description: String,
    pub role: Role,
    pub created_at: Timestamp,
}

/// What a rename did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rename {
    Done,
    Taken,
    /// They keep as many names as anybody may.
    TooMany,
}

/// Names that one person keeps, the present one among them: each stays reserved for as long as they are here.
pub const MOST_NAMES: i64 = 10;

impl User {
    /// # Errors
    /// `Taken(Username)` or `Taken(Email)`.
    pub fn create(c: &mut Conn, new: &NewUser) -> Result<UserId> {
        Self::create_with_key(c, UserId::at(new.created_at), new, email_key(&new.email))
    }

    /// The same with an address that somebody else may have: until one of them proves it, it is nobody's.
    ///
    /// # Errors
    /// `Taken(Username)`.
    pub fn create_claiming(c: &mut Conn, new: &NewUser) -> Result<UserId> {
        let (id, key) = (UserId::at(new.created_at), email_key(&new.email));
        let held: bool = diesel::select(diesel::dsl::exists(users::table.filter(users::email_key.eq(&key)))).get_result(c)?;
        let key = if held { claim_key(&key, id) } else { key };
        Self::create_with_key(c, id, new, key)
    }

    fn create_with_key(c: &mut Conn, id: UserId, new: &NewUser, email_key: String) -> Result<UserId> {
        diesel::insert_into(users::table)
            .values((
                users::id.eq(id),
                users::username.eq(new.username.as_str()),
                users::email.eq(new.email.trim()),
                users::email_key.eq(email_key),
                users::password_hash.eq(&new.password_hash),
                users::description.eq(&new.description),
                users::role.eq(new.role.as_str()),
                users::post_count.eq(0),
                users::created_at.eq(new.created_at),
            ))
            .execute(c)?;
        reserve(c, id, &new.username)?;
        Ok(id)
    }

    pub fn find(c: &mut Conn, id: UserId) -> Result<Self> {
        Ok(users::table.find(id).select(USER).first(c)?)
    }

    /// By username or e-mail, whatever the case.
    pub fn find_by_login(c: &mut Conn, login: &str) -> Result<Option<Self>> {
        let login = login.trim();
        if login.contains('@') {
            let key = email_key(login);
            let own = users::table.filter(users::email_key.eq(&key)).select(USER).first(c).optional()?;
            if own.is_some() {
                return Ok(own);
            }
            // Nobody's own, but what somebody signed up with: the first of them.
            let claimed = users::table.filter(users::email_key.gt(format!("{key}\n"))).filter(users::email_key.lt(format!("{key}\n:")));
            return Ok(claimed.order(users::email_key).select(USER).first(c).optional()?);
        }
        Self::find_by_username(c, login)
    }

    /// Who signs in by this. Where mails reach people, an address is somebody's once they proved it; before that they sign in by
    /// name. Otherwise whoever can sign in by an address they have just named would know that nobody else has it.
    pub fn find_to_sign_in(c: &mut Conn, login: &str, proven_only: bool) -> Result<Option<Self>> {
        if proven_only && login.contains('@') {
            return Self::proven_owner(c, login)?.map(|owner| Self::find(c, owner)).transpose();
        }
        Self::find_by_login(c, login)
    }

    /// By a name somebody has or had: the caller redirects when it is an old one.
    pub fn find_by_username(c: &mut Conn, name: &str) -> Result<Option<Self>> {
        if Username::parse(name).is_err() {
            return Ok(None);
        }
        Ok(usernames::table.find(name.to_ascii_lowercase()).inner_join(users::table).select(USER).first(c).optional()?)
    }

    /// Which of the two are taken: (username, e-mail).
    pub fn taken(c: &mut Conn, username: &Username, email: &str) -> Result<(bool, bool)> {
        let name = diesel::select(diesel::dsl::exists(usernames::table.find(username.key()))).get_result(c)?;
        let email = users::table.filter(users::email_key.eq(email_key(email)));
        let email = diesel::select(diesel::dsl::exists(email)).get_result(c)?;
        Ok((name, email))
    }

    /// Which of these names (lower case) belong to somebody.
    pub fn existing_names(c: &mut Conn, names: &[String]) -> Result<Vec<String>> {
        if names.is_empty() {
            return Ok(Vec::new());
        }
        Ok(usernames::table.filter(usernames::name.eq_any(names)).select(usernames::name).load(c)?)
    }

    /// Takes a new name; the old one stays reserved for its owner and goes on leading here.
    pub fn rename(c: &mut Conn, id: UserId, to: &Username) -> Result<Rename> {
        let owner: Option<UserId> = usernames::table.find(to.key()).select(usernames::user_id).first(c).optional()?;
        match owner {
            Some(owner) if owner != id => return Ok(Rename::Taken),
            Some(_) => {}
            None if usernames::table.filter(usernames::user_id.eq(id)).count().get_result::<i64>(c)? >= MOST_NAMES => {
                return Ok(Rename::TooMany);
            }
            None => match c.transaction(|c| reserve(c, id, to)) {
                Err(Error::Taken(Unique::Username)) => return Ok(Rename::Taken),
                other => other?,
            },
        }
        diesel::update(users::table.find(id)).set(users::username.eq(to.as_str())).execute(c)?;
        Ok(Rename::Done)
    }

    pub fn set_description(c: &mut Conn, id: UserId, description: &str) -> Result<()> {
        diesel::update(users::table.find(id)).set(users::description.eq(description)).execute(c)?;
        Ok(())
    }

    /// Whether a picture is somebody's face right now.
    pub fn wears(c: &mut Conn, image: i64) -> Result<bool> {
        Ok(diesel::select(diesel::dsl::exists(users::table.filter(users::avatar_id.eq(image)))).get_result(c)?)
    }

    /// Sets or clears the face and returns the image it had before.
    pub fn set_avatar(c: &mut Conn, id: UserId, image: Option<i64>) -> Result<Option<i64>> {
        let before = users::table.find(id).select(users::avatar_id).first::<Option<i64>>(c)?;
        diesel::update(users::table.find(id)).set(users::avatar_id.eq(image)).execute(c)?;
        Ok(before)
    }

    pub fn set_password_hash(c: &mut Conn, id: UserId, hash: &str) -> Result<()> {
        diesel::update(users::table.find(id)).set(users::password_hash.eq(hash)).execute(c)?;
        Ok(())
    }

    /// The same over the password that was checked a moment ago. False when it is another one by now: hashing takes its time. Until
    /// the end of the transaction nobody changes it, so `from` and `to` may be the same.
    pub fn replace_password_hash(c: &mut Conn, id: UserId, from: &str, to: &str) -> Result<bool> {
        let same = users::table.find(id).filter(users::password_hash.eq(from));
        Ok(diesel::update(same).set(users::password_hash.eq(to)).execute(c)? == 1)
    }

    /// Whether only followers see what this person shares.
    pub fn is_private(c: &mut Conn, id: UserId) -> Result<bool> {
        Ok(users::table.find(id).select(users::private).first(c)?)
    }

    pub fn set_language(c: &mut Conn, id: UserId, language: Option<Lang>) -> Result<()> {
        diesel::update(users::table.find(id)).set(users::language.eq(language.map(Lang::code))).execute(c)?;
        Ok(())
    }

    pub fn set_appearance(c: &mut Conn, id: UserId, scheme: Option<Scheme>) -> Result<()> {
        diesel::update(users::table.find(id)).set(users::appearance.eq(scheme.map(Scheme::as_str))).execute(c)?;
        Ok(())
    }

    pub fn set_paging(c: &mut Conn, id: UserId, paging: bool) -> Result<()> {
        diesel::update(users::table.find(id)).set(users::paging.eq(paging)).execute(c)?;
        Ok(())
    }

    /// Who has proven an address.
    pub fn proven_owner(c: &mut Conn, email: &str) -> Result<Option<UserId>> {
        Ok(users::table
            .filter(users::email_key.eq(email_key(email)))
            .filter(users::email_verified_at.is_not_null())
            .select(users::id)
            .first(c)
            .optional()?)
    }

    /// Makes an address this account's own: whoever has it without having proven it has it in name only from now on. False when
    /// somebody else proved it first.
    pub fn prove_email(c: &mut Conn, id: UserId, email: &str, now: Timestamp) -> Result<bool> {
        let key = email_key(email);
        let holder: Option<(UserId, Option<Timestamp>)> =
            users::table.filter(users::email_key.eq(&key)).select((users::id, users::email_verified_at)).first(c).optional()?;
        match holder {
            Some((holder, _)) if holder == id => {}
            Some((_, Some(_))) => return Ok(false),
            Some((holder, None)) => {
                diesel::update(users::table.find(holder)).set(users::email_key.eq(claim_key(&key, holder))).execute(c)?;
            }
            None => {}
        }
        diesel::update(users::table.find(id))
            .set((users::email.eq(email.trim()), users::email_key.eq(key), users::email_verified_at.eq(now)))
            .execute(c)?;
        Ok(true)
    }

    /// Sets an address nobody has proven: it is told to others as theirs only when they prove it.
    pub fn claim_email(c: &mut Conn, id: UserId, email: &str) -> Result<()> {
        let key = email_key(email);
        let held: bool =
            diesel::select(diesel::dsl::exists(users::table.filter(users::email_key.eq(&key)).filter(users::id.ne(id)))).get_result(c)?;
        let key = if held { claim_key(&key, id) } else { key };
        diesel::update(users::table.find(id))
            .set((users::email.eq(email.trim()), users::email_key.eq(key), users::email_verified_at.eq(None::<Timestamp>)))
            .execute(c)?;
        Ok(())
    }

    pub fn details(c: &mut Conn, id: UserId) -> Result<Details> {
        let (phone, birthday, gender) = users::table.find(id).select((users::phone, users::birthday, users::gender)).first(c)?;
        Ok(Details { phone, birthday, gender })
    }

    pub fn set_details(c: &mut Conn, id: UserId, details: &Details) -> Result<()> {
        diesel::update(users::table.find(id))
            .set((users::phone.eq(&details.phone), users::birthday.eq(details.birthday), users::gender.eq(&details.gender)))
            .execute(c)?;
        Ok(())
    }

    /// Kinds of mails somebody does without.
    pub fn quiet_mails(c: &mut Conn, id: UserId) -> Result<Vec<String>> {
        let kinds: String = users::table.find(id).select(users::quiet_mails).first(c)?;
        Ok(kinds.split(' ').filter(|kind| !kind.is_empty()).map(str::to_owned).collect())
    }

    pub fn set_quiet_mails(c: &mut Conn, id: UserId, kinds: &[&str]) -> Result<()> {
        diesel::update(users::table.find(id)).set(users::quiet_mails.eq(kinds.join(" "))).execute(c)?;
        Ok(())
    }

    /// Whether a password of their own signs them in; otherwise a provider does.
    pub fn has_password(&self) -> bool {
        self.password_hash != super::password::NONE
    }

    /// Why somebody is kept out now, and until when; `None` for most.
    pub fn ban(c: &mut Conn, id: UserId, now: Timestamp) -> Result<Option<(String, Option<Timestamp>)>> {
        let columns = (users::banned_at, users::banned_until, users::ban_reason);
        let (at, until, reason): (Option<Timestamp>, Option<Timestamp>, String) = users::table.find(id).select(columns).first(c)?;
        Ok(at.filter(|_| until.is_none_or(|until| until > now)).map(|_| (reason, until)))
    }

    /// Takes back a planned deletion; false when there was none.
    pub fn stop_deletion(c: &mut Conn, id: UserId) -> Result<bool> {
        let planned = users::table.find(id).filter(users::delete_at.is_not_null());
        Ok(diesel::update(planned).set(users::delete_at.eq(None::<Timestamp>)).execute(c)? > 0)
    }

    /// How many people there are; nobody is none of them.
    pub fn count(c: &mut Conn) -> Result<i64> {
        Ok(users::table.filter(users::id.ne(Self::NOBODY)).count().get_result(c)?)
    }

    /// Whose the words are whose author is no more: an account that nobody has, that no name leads to and no list shows.
    pub const NOBODY: UserId = UserId::NOBODY;

    /// Makes that account, the first time it is needed.
    pub fn make_nobody(c: &mut Conn, now: Timestamp) -> Result<()> {
        let nobody = (
            users::id.eq(Self::NOBODY),
            users::username.eq("deleted"),
            users::email.eq(""),
            // No address looks like this.
            users::email_key.eq("\n"),
            users::password_hash.eq(""),
            users::description.eq(""),
            users::role.eq("ghost"),
            users::private.eq(true),
            users::post_count.eq(0),
            users::created_at.eq(now),
        );
        each!(c, |c| diesel::insert_into(users::table).values(nobody).on_conflict_do_nothing().execute(c))?;
        Ok(())
    }
}

fn reserve(c: &mut Conn, id: UserId, name: &Username) -> Result<()> {
    // Somebody who applied waits with it.
    if !Application::names_among(c, &[name.key()])?.is_empty() {
        return Err(Error::Taken(Unique::Username));
    }
    diesel::insert_into(usernames::table).values((usernames::name.eq(name.key()), usernames::user_id.eq(id))).execute(c)?;
    Ok(())
}

/// What a card or a list shows of somebody.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct Person {
    pub id: UserId,
    pub username: String,
    pub avatar_uuid: Option<String>,
}

/// The columns of a [`Person`], for queries that join `users` and (left) `images` for the avatar.
pub type PersonColumns = (users::id, users::username, diesel::dsl::Nullable<images::uuid>);

impl Person {
    pub fn columns() -> PersonColumns {
        (users::id, users::username, images::uuid.nullable())
    }

    pub fn avatar(&self) -> Avatar {
        Avatar { user_id: self.id, username: self.username.clone(), uuid: self.avatar_uuid.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usernames_are_letters_digits_and_underscores_after_a_letter() {
        for good in ["a", "Ada", "ada_99", &"a".repeat(64)] {
            assert!(Username::parse(good).is_ok(), "{good}");
        }
        for bad in ["", " ", "9ada", "_ada", "a.b", "a b", "에이다", "a-b", &"a".repeat(65)] {
            assert!(Username::parse(bad).is_err(), "{bad}");
        }
        assert!(Username::parse("Support").unwrap().is_reserved());
    }

    #[test]
    fn addresses_that_cannot_be_are_caught() {
        for good in ["ada@example.org", "a+b@x", "에이다@예시.한국"] {
            assert_eq!(email_problem(good), None, "{good}");
        }
        for bad in ["", "ada", "@x", "a@", "a b@x", "a@b@c", "a@.x", "a@x.", "<a@x>", &format!("{}@x", "a".repeat(260))] {
            assert!(email_problem(bad).is_some(), "{bad}");
        }
    }
}
