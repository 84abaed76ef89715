//! `picstargram admin create`: the only way an administrator comes to be. Same rules as sign-up, the password asked twice.

use super::audit::{Act, Audit, By, Target};
use super::{NewUser, User, Username, email_problem, password};
use crate::clock::Timestamp;
use crate::error::{Error, Result, Unique};
use crate::platform::db::{Conn, Db};
use crate::web::i18n::Lang;
use crate::web::{FieldErrors, Role};
use std::io::{BufRead, IsTerminal};

/// Twice from the terminal without showing it, or two lines from standard input when there is none.
pub fn ask_password() -> std::io::Result<(String, String)> {
    if std::io::stdin().is_terminal() {
        return Ok((rpassword::prompt_password("Password: ")?, rpassword::prompt_password("Password again: ")?));
    }
    let mut lines = std::io::stdin().lock().lines();
    let mut line = || lines.next().transpose().map(Option::unwrap_or_default);
    Ok((line()?, line()?))
}

/// # Errors
/// A list of all that is wrong, in words for a terminal.
pub async fn create(db: &Db, username: &str, email: &str, password: (String, String), now: Timestamp) -> Result<(), Vec<String>> {
    let mut errors = FieldErrors::default();
    let name = Username::parse(username);
    if let Err(message) = &name {
        errors.add("username", message.clone());
    }
    if let Some(message) = email_problem(email) {
        errors.add("email", message);
    }
    password::check_new(&password.0, &password.1, username, email, &mut errors);
    let (Ok(name), true) = (name, errors.is_empty()) else {
        return Err(errors.in_language(Lang::En).into_iter().map(|(field, words)| format!("{field}: {words}")).collect());
    };
    let in_words = |error: Error| {
        vec![match error {
            Error::Taken(Unique::Username) => format!("username: {username} is taken"),
            Error::Taken(Unique::Email) => format!("email: {email} belongs to another account"),
            other => other.to_string(),
        }]
    };
    let password_hash = password::hash_now(&password.0).map_err(in_words)?;
    let new =
        NewUser { username: name, email: email.to_owned(), password_hash, description: String::new(), role: Role::Admin, created_at: now };
    let create = move |c: &mut Conn| {
        let id = User::create(c, &new)?;
        let target = Target { id: Some(id), name: new.username.as_str().to_owned() };
        Audit::note(c, &By::Operator, Act::AdminMade, Some(&target), "", now)
    };
    db.write(create).await.map_err(in_words)
}
