//! Posts by the words of their captions. The two databases find words in their own ways (FTS5, tsvector) and the rest is one:
//! of the newest thousand hits those that the viewer may see are ranked, by how exactly the words stand there, how much the post
//! is liked, and how new it is.

use super::words;
use crate::audience;
use crate::clock::Timestamp;
use crate::error::Result;
use crate::platform::db::{Conn, among};
use crate::posts::PostId;
use crate::schema::posts;
use crate::web::Viewer;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

const HITS: usize = 1_000;
/// Posts that tell how common words are, and how many of them then have them. A post from the index costs some eight times as much
/// as one passed by; at a million posts both ways cost the same for words of every eightieth.
const SAMPLE: usize = 5_000;
const COMMON: usize = 60;

#[derive(QueryableByName)]
struct Hit {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

/// The best first, all of them: at most a thousand.
pub fn ranked(c: &mut Conn, viewer: Option<&Viewer>, query: &str, now: Timestamp) -> Result<Vec<PostId>> {
    let words = words(query);
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let hits = hits(c, &words)?;
    if hits.is_empty() {
        return Ok(Vec::new());
    }
    let found: Vec<(PostId, i64, String, Timestamp)> = posts::table
        .filter(among(posts::id, &hits))
        .filter(posts::archived_at.is_null())
        .filter(audience::visible_to(audience::me(viewer)))
        .select((posts::id, posts::like_count, posts::caption, posts::created_at))
        .load(c)?;
    let mut ranked: Vec<(f64, PostId)> = found
        .into_iter()
        .map(|(id, likes, caption, created_at)| (score(&words, &caption, likes, (now - created_at).num_hours()), id))
        .collect();
    ranked.sort_by(|a, b| b.partial_cmp(a).unwrap_or(std::cmp::Ordering::Equal));
    Ok(ranked.into_iter().map(|(_, id)| id).collect())
}

fn hits(c: &mut Conn, words: &[String]) -> Result<Vec<PostId>> {
    let hits = match c {
        Conn::Sqlite(_) => {
            let text = words.iter().map(|word| format!("\"{word}\"*")).collect::<Vec<_>>().join(" ");
            let sql = format!("SELECT rowid AS id FROM post_search WHERE post_search MATCH ?1 ORDER BY rowid DESC LIMIT {HITS}");
            load(c, sql, text)?
        }
        Conn::Pg(_) => {
            let text = words.iter().map(|word| format!("'{word}':*")).collect::<Vec<_>>().join(" & ");
            postgres_hits(c, text)?
        }
    };
    Ok(hits.into_iter().map(|hit| PostId::from(hit.id)).collect())
}

/// PostgreSQL walks back through all posts for words that it takes to be common, and cannot tell how common the beginning of a word
/// is: a look at the newest ones can. What is rarer comes from the index of words.
fn postgres_hits(c: &mut Conn, text: String) -> Result<Vec<Hit>> {
    let newest = format!("(SELECT post_id, words FROM post_search ORDER BY post_id DESC LIMIT {SAMPLE}) AS newest");
    let select = |from: &str, order: &str| {
        format!("SELECT post_id AS id FROM {from} WHERE words @@ to_tsquery('simple', $1) ORDER BY {order} DESC LIMIT {HITS}")
    };
    let sample = load(c, select(&newest, "post_id"), text.clone())?;
    match sample.len() {
        HITS => Ok(sample),
        COMMON.. => load(c, select("post_search", "post_id"), text),
        // Not the bare column: its index would be the one to walk.
        _ => load(c, select("post_search", "post_id + 0"), text),
    }
}

fn load(c: &mut Conn, sql: String, text: String) -> Result<Vec<Hit>> {
    Ok(diesel::sql_query(sql).bind::<Text, _>(text).load(c)?)
}

/// A whole word counts for more than its beginning, ten times the likes for as much as half of that, and half a year takes away
/// as much again.
fn score(words: &[String], caption: &str, likes: i64, hours: i64) -> f64 {
    let there = super::words_of(caption);
    let exact = words.iter().filter(|word| there.contains(*word)).count() as f64;
    let months = (hours.max(0) as f64) / (24.0 * 30.0);
    2.0 * exact + (1.0 + likes as f64).log10() - months.min(24.0) / 6.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_then_likes_then_age_decide() {
        let words = vec!["sea".to_owned()];
        let whole = score(&words, "The sea, again", 0, 1);
        assert!(whole > score(&words, "Seagulls", 50, 1));
        assert!(whole < score(&words, "the SEA", 100, 1));
        assert!(whole > score(&words, "the sea", 0, 24 * 365));
    }
}
