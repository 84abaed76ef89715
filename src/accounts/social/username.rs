//! A username for somebody who was not asked for one: from what their provider calls them, or from their address, made free.

use crate::accounts::{User, Username};
use crate::error::{Error, Result};
use crate::platform::db::Conn;

/// Room for a number after it.
const LONGEST: usize = 30;
/// Of no use in a name that anybody sees, but better than nothing.
const NAMELESS: &str = "member";

/// A name that is free now; somebody may still be faster (`Taken(Username)` then).
pub fn free(c: &mut Conn, wishes: &[String]) -> Result<Username> {
    let may_be = |stem: &String| Username::parse(stem).is_ok_and(|name| !name.is_reserved());
    let stem = wishes.iter().filter_map(|wish| stem(wish)).find(may_be).unwrap_or_else(|| NAMELESS.to_owned());
    // As it is, then with small numbers, then with one that nobody has.
    let numbered = (2..=20).map(|number| format!("{stem}_{number}"));
    let random = (0..5).map(|_| format!("{stem}_{}", rand::random_range(1_000..1_000_000)));
    let candidates = std::iter::once(stem.clone()).chain(numbered).chain(random);
    let candidates: Vec<Username> = candidates.filter_map(|name| Username::parse(&name).ok()).collect();
    let keys: Vec<String> = candidates.iter().map(Username::key).collect();
    let taken = User::existing_names(c, &keys)?;
    match candidates.into_iter().find(|name| !taken.contains(&name.key())) {
        Some(name) => Ok(name),
        None => {
            let name = format!("{NAMELESS}_{}", rand::random_range(1_000_000..u64::MAX));
            Username::parse(&name).map_err(|problem| Error::internal(problem.key))
        }
    }
}

/// Letters and digits of it, `_` for what stands between them; `None` when too little is left.
fn stem(wish: &str) -> Option<String> {
    let wish = wish.split('@').next().unwrap_or_default();
    let mut stem = String::new();
    for c in wish.chars() {
        match c {
            _ if c.is_ascii_alphanumeric() => stem.push(c),
            ' ' | '.' | '-' | '_' | '+' if !stem.is_empty() && !stem.ends_with('_') => stem.push('_'),
            _ => {}
        }
    }
    let stem = stem.trim_start_matches(|c: char| !c.is_ascii_alphabetic());
    // A name in other letters leaves a rest that means nothing.
    let half = wish.chars().filter(|c| c.is_alphanumeric()).count() <= 2 * stem.chars().filter(|c| *c != '_').count();
    let stem: String = stem.chars().take(LONGEST).collect();
    let stem = stem.trim_end_matches('_');
    (stem.len() >= 2 && half).then(|| stem.to_owned())
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn names_are_made_of_what_people_are_called() {
        for (wish, wanted) in [
            ("Ada Lovelace", Some("Ada_Lovelace")),
            ("ada.lovelace+photos@example.org", Some("ada_lovelace_photos")),
            ("  --ada--  ", Some("ada")),
            ("99 ada", Some("ada")),
            ("민아", None),
            ("민아 m", None),
            ("x", None),
            ("", None),
            ("_._", None),
        ] {
            assert_eq!(stem(wish).as_deref(), wanted, "{wish}");
        }
        assert_eq!(stem(&"a".repeat(90)).map(|name| name.len()), Some(30));
    }
}
