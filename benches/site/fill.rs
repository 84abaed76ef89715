//! A large community: people and their follows are the same in every size, posts grow, and likes, comments and notifications with
//! them. Ids are spread over a year, as if it had all been shared evenly.

use diesel::prelude::*;
use diesel::sql_types::Text;
use picstargram::clock::Timestamp;
use picstargram::each;
use picstargram::error::Result;
use picstargram::platform::db::{Conn, Db, ids};
use picstargram::schema::{images, post_photos, post_tags, posts};

pub const PEOPLE: i64 = 50_000;
/// Those who share most.
pub const BUSY: i64 = 200;
const BATCH: i64 = 1_000;
const YEAR: chrono::TimeDelta = chrono::TimeDelta::days(365);
const PLACEHOLDER: &str =
    "data:image/webp;base64,UklGRjwAAABXRUJQVlA4IDAAAACwAQCdASoQABAAAgA0JaACdLoB+AADsAD+8ut//NgVzXPv9//S4P0uD9Lg/9KQAAA=";

/// Where things lie on the year's line.
#[derive(Clone, Copy)]
pub struct Line {
    pub posts: i64,
    now: Timestamp,
    first: i64,
    step: i64,
}

impl Line {
    pub fn new(posts: i64, now: Timestamp) -> Self {
        Line { posts, now, first: ids::at(now - YEAR), step: ids::span(YEAR) / (posts + 1) }
    }

    pub fn id(&self, n: i64) -> i64 {
        self.first + n * self.step
    }

    /// Half of everything is by few, as in any community: their pages are full at ten thousand posts already.
    pub fn author(n: i64) -> i64 {
        if n % 2 == 0 { mix(n) % BUSY + 1 } else { mix(n) % PEOPLE + 1 }
    }
}

/// Numbers that look thrown.
fn mix(n: i64) -> i64 {
    let mut z = (n as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    ((z ^ (z >> 32)) >> 1) as i64
}

/// A word that is the more common the smaller a number falls, three thousand in all.
pub fn word(n: i64) -> String {
    const SYLLABLES: [&str; 15] = ["sea", "lo", "mi", "har", "ven", "ta", "ri", "no", "bel", "su", "ka", "dor", "en", "pi", "wal"];
    let rank = mix(n) % (1 + mix(n + 77) % 3_000);
    let mut text = String::new();
    let mut rest = rank + 1;
    while rest > 0 {
        text.push_str(SYLLABLES[(rest % 15) as usize]);
        rest /= 15;
    }
    text
}

async fn sql(db: &Db, statement: String) {
    db.write(move |c| Ok(diesel::sql_query(statement).execute(c)?)).await.expect("rows are written");
}

/// A table of the numbers from `from` to `to`.
fn numbers(c: &Conn, from: i64, to: i64) -> String {
    match c {
        Conn::Pg(_) => format!("generate_series({from}::bigint, {to}::bigint) AS n(i)"),
        Conn::Sqlite(_) => {
            format!("(WITH RECURSIVE r(i) AS (SELECT {from} UNION ALL SELECT i + 1 FROM r WHERE i < {to}) SELECT i FROM r) AS n")
        }
    }
}

/// Runs a statement over the numbers up to `count`, in pieces.
async fn each_number(db: &Db, count: i64, statement: impl Fn(&str) -> String + Clone + Send + 'static) {
    const PIECE: i64 = 50_000;
    for from in (0..count).step_by(PIECE as usize) {
        let statement = statement.clone();
        db.write(move |c| {
            let table = numbers(c, from, (from + PIECE).min(count) - 1);
            Ok(diesel::sql_query(statement(&table)).execute(c)?)
        })
        .await
        .expect("rows are written");
    }
}

/// The line of a database that an earlier run filled: as of then.
pub async fn filled(db: &Db, line: Line) -> Option<Line> {
    let (count, first): (i64, Option<i64>) = db
        .read(|c| Ok((posts::table.count().get_result(c)?, posts::table.select(diesel::dsl::min(posts::id)).first(c)?)))
        .await
        .expect("posts are counted");
    db.write(|c| Ok(diesel::sql_query("DELETE FROM sessions").execute(c)?)).await.expect("sessions are struck out");
    first.filter(|_| count == line.posts).map(|first| Line { first, ..line })
}

pub async fn fill(db: &Db, line: Line) {
    let now = line.now.format("%Y-%m-%d %H:%M:%S%.6f").to_string();
    // They came when the oldest post did.
    let at = (line.now - YEAR).format("%Y-%m-%d %H:%M:%S%.6f").to_string();
    each_number(db, PEOPLE, move |n| {
        format!(
            "INSERT INTO users (id, username, email, email_key, password_hash, description, role, post_count, created_at) \
             SELECT i + 1, 'person' || (i + 1), 'p' || (i + 1) || '@example.org', 'p' || (i + 1) || '@example.org', '!', '', 'member', 0, \
             '{at}' FROM {n} WHERE true"
        )
    })
    .await;
    each_number(db, PEOPLE, |n| format!("INSERT INTO usernames (name, user_id) SELECT 'person' || (i + 1), i + 1 FROM {n} WHERE true"))
        .await;
    // Ten to seventy people each, forty on average.
    for k in 0..70i64 {
        let first = line.first;
        // The first five of them are busy ones, all different.
        let followee =
            if k < 5 { format!("((i + {k} * 37 + 1) % {BUSY})") } else { format!("((i + 1 + {k} * 701) % ({PEOPLE} - {BUSY}) + {BUSY})") };
        each_number(db, PEOPLE, move |n| {
            format!(
                "INSERT INTO follows (follower_id, followee_id, id) SELECT i + 1, {followee} + 1, {first} + i * 100 + {k} \
                 FROM {n} WHERE {k} < 10 + (i * 7919) % 61"
            )
        })
        .await;
    }
    sql(db, "UPDATE users SET follower_count = 40, following_count = 40".into()).await;

    for from in (0..line.posts).step_by(BATCH as usize) {
        let to = (from + BATCH).min(line.posts);
        db.write(move |c| posts_between(c, line, from, to)).await.expect("posts");
    }
    let Line { posts: count, first, step, .. } = line;
    // None to ten likes, five on average; none to six comments, three on average.
    for k in 0..10i64 {
        each_number(db, count, move |n| {
            format!(
                "INSERT INTO likes (post_id, user_id, id) SELECT {first} + i * {step}, (i * 31 + {k} * 4999) % {PEOPLE} + 1, \
                 {first} + i * {step} + {k} + 1 FROM {n} WHERE {k} < i % 11"
            )
        })
        .await;
    }
    let at = now.clone();
    for k in 0..6i64 {
        let at = at.clone();
        each_number(db, count, move |n| {
            format!(
                "INSERT INTO comments (id, post_id, author_id, parent_id, body, mentions, like_count, reply_count, created_at) \
                 SELECT {first} + i * {step} + {k} + 100, {first} + i * {step}, (i * 17 + {k} * 3001) % {PEOPLE} + 1, NULL, \
                 'A comment that says what somebody felt when they saw it', '', 0, 0, '{at}' FROM {n} WHERE {k} < i % 7"
            )
        })
        .await;
    }
    // How much is unread depends on how often somebody looks, not on how large the site is: some ten of each busy one's.
    let unread = line.id(count - 20 * BUSY);
    each_number(db, count, move |n| {
        format!(
            "INSERT INTO notifications (id, user_id, kind, group_key, post_id, actor_count, latest, updated_at, read_at) \
             SELECT p.id + 1, p.author_id, 'like', 'like/' || p.id || '/0', p.id, 2, p.id + 1, '{now}', \
             CASE WHEN p.id >= {unread} THEN NULL ELSE p.created_at END FROM posts p WHERE p.id IN (SELECT {first} + i * {step} FROM {n})"
        )
    })
    .await;
    for k in 1..3i64 {
        each_number(db, count, move |n| {
            format!(
                "INSERT INTO notification_actors (notification_id, actor_id, id) SELECT {first} + i * {step} + 1, \
                 (i * 31 + {k} * 4999) % {PEOPLE} + 1, {first} + i * {step} + {k} FROM {n} WHERE true"
            )
        })
        .await;
    }
    sql(
        db,
        "UPDATE users SET post_count = (SELECT count(*) FROM posts WHERE author_id = users.id), \
         last_post_id = COALESCE((SELECT max(posts.id) FROM posts WHERE author_id = users.id), 0)"
            .into(),
    )
    .await;
    // What both do by themselves within minutes of ordinary life: statistics, and the log of writes into the file.
    db.raw(|c| {
        let tidy = match c {
            Conn::Pg(_) => "VACUUM ANALYZE",
            Conn::Sqlite(_) => "PRAGMA wal_checkpoint(TRUNCATE)",
        };
        Ok(diesel::connection::SimpleConnection::batch_execute(c, tidy)?)
    })
    .await
    .expect("statistics");
}

fn posts_between(c: &mut Conn, line: Line, from: i64, to: i64) -> Result<()> {
    let seconds = YEAR.num_seconds() as f64 / (line.posts + 1) as f64;
    let all: Vec<i64> = (from..to).collect();
    let created = |n: i64| line.now - YEAR + chrono::TimeDelta::seconds((n as f64 * seconds) as i64);
    let image_rows: Vec<_> = all
        .iter()
        .map(|n| {
            (
                images::id.eq(line.id(*n)),
                images::user_id.eq(Line::author(*n)),
                images::group_name.eq("post"),
                images::uuid.eq(uuid::Uuid::from_u128(*n as u128).to_string()),
                images::original_key.eq(""),
                images::file_name.eq("photo.jpg"),
                images::format.eq("jpeg"),
                images::width.eq(2000),
                images::height.eq(2500),
                images::original_bytes.eq(1_000_000),
                images::variant_bytes.eq(300_000),
                images::largest.eq("1920"),
                images::placeholder.eq(PLACEHOLDER),
                images::colour.eq("#667788"),
                images::state.eq("ready"),
                images::created_at.eq(line.now),
            )
        })
        .collect();
    let tags = |n: i64| [word(n * 3 + 1), word(n * 3 + 2)];
    let post_rows: Vec<_> = all
        .iter()
        .map(|n| {
            let words: Vec<String> = (0..8).map(|k| word(n * 11 + k)).collect();
            let [one, two] = tags(*n);
            let created = created(*n);
            (
                posts::id.eq(line.id(*n)),
                posts::author_id.eq(Line::author(*n)),
                posts::caption.eq(format!("{} #{one} #{two}", words.join(" "))),
                posts::mentions.eq(""),
                posts::like_count.eq(n % 11),
                posts::comment_count.eq(n % 7),
                posts::photo_count.eq(1),
                posts::day.eq(created.and_utc().timestamp().div_euclid(86_400) as i32),
                posts::created_at.eq(created),
            )
        })
        .collect();
    let photo_rows: Vec<_> = all
        .iter()
        .map(|n| {
            (
                post_photos::post_id.eq(line.id(*n)),
                post_photos::position.eq(0),
                post_photos::image_id.eq(line.id(*n)),
                post_photos::alt.eq("Rows of mountains fading into mist"),
            )
        })
        .collect();
    let mut tag_rows: Vec<(String, i64)> = all.iter().flat_map(|n| tags(*n).into_iter().map(|tag| (tag, line.id(*n)))).collect();
    tag_rows.sort();
    tag_rows.dedup();
    let tag_rows: Vec<_> = tag_rows.into_iter().map(|(tag, id)| (post_tags::tag.eq(tag), post_tags::post_id.eq(id))).collect();
    each!(c, |c| diesel::insert_into(images::table).values(&image_rows).execute(c))?;
    each!(c, |c| diesel::insert_into(posts::table).values(&post_rows).execute(c))?;
    each!(c, |c| diesel::insert_into(post_photos::table).values(&photo_rows).execute(c))?;
    each!(c, |c| diesel::insert_into(post_tags::table).values(&tag_rows).execute(c))?;
    Ok(())
}

/// A session for somebody, by the hash of its id.
pub async fn session(db: &Db, user: i64, hash: String, now: Timestamp) {
    let (begins, ends) = (now.format("%Y-%m-%d %H:%M:%S%.6f"), (now + chrono::TimeDelta::days(30)).format("%Y-%m-%d %H:%M:%S%.6f"));
    let statement = format!(
        "INSERT INTO sessions (id, id_hash, user_id, user_agent, address, created_at, renewed_at, seen_at, expires_at) \
         VALUES ({user}, '{hash}', {user}, 'bench', '127.0.0.1', '{begins}', '{begins}', '{begins}', '{ends}')"
    );
    sql(db, statement).await;
}

/// How the database would carry a statement out, a line for each step. `query` is the statement as it was logged, values and all.
pub async fn explain(db: &Db, query: &str) -> Vec<String> {
    let (statement, values) = query.split_once(" -- binds: ").unwrap_or((query, "[]"));
    let statement = with_values(statement, values);
    db.raw(move |c| {
        let rows: Vec<String> = match c {
            Conn::Sqlite(_) => {
                #[derive(QueryableByName)]
                struct Step {
                    #[diesel(sql_type = Text)]
                    detail: String,
                }
                let steps: Vec<Step> = diesel::sql_query(format!("EXPLAIN QUERY PLAN {statement}")).load(c)?;
                steps.into_iter().map(|step| step.detail).collect()
            }
            Conn::Pg(_) => {
                #[derive(QueryableByName)]
                struct Step {
                    #[diesel(sql_type = Text)]
                    #[diesel(column_name = "QUERY PLAN")]
                    plan: String,
                }
                let steps: Vec<Step> = diesel::sql_query(format!("EXPLAIN {statement}")).load(c)?;
                steps.into_iter().map(|step| step.plan).collect()
            }
        };
        Ok(rows)
    })
    .await
    .unwrap_or_else(|error| vec![format!("could not be explained: {error}\n{query}")])
}

/// Puts the logged values in the place of `?` and `$1`.
fn with_values(statement: &str, values: &str) -> String {
    let values = split_values(values);
    let mut out = String::new();
    let mut next = 0;
    let mut rest = statement;
    while let Some(at) = rest.find(['?', '$']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let digits: usize = from[1..].bytes().take_while(u8::is_ascii_digit).count();
        let index = if digits > 0 { from[1..1 + digits].parse::<usize>().unwrap_or(1) - 1 } else { next };
        next = index + 1;
        if from.starts_with('$') && digits == 0 {
            out.push('$');
            rest = &from[1..];
            continue;
        }
        out.push_str(values.get(index).map_or("NULL", String::as_str));
        rest = &from[1 + digits..];
    }
    out + rest
}

/// `[1, "text", [2, 3]]` as SQL literals.
fn split_values(values: &str) -> Vec<String> {
    let inner = values.trim().trim_start_matches('[').strip_suffix(']').unwrap_or("");
    let (mut parts, mut depth, mut quoted, mut part) = (Vec::new(), 0, false, String::new());
    for c in inner.chars() {
        match c {
            '"' => quoted = !quoted,
            '[' | '(' if !quoted => depth += 1,
            ']' | ')' if !quoted => depth -= 1,
            ',' if !quoted && depth == 0 => {
                parts.push(std::mem::take(&mut part));
                continue;
            }
            _ => {}
        }
        part.push(c);
    }
    parts.push(part);
    parts.iter().map(|part| literal(part.trim())).collect()
}

fn literal(value: &str) -> String {
    let value = value.strip_prefix("Some(").and_then(|value| value.strip_suffix(')')).unwrap_or(value);
    if let Some(list) = value.strip_prefix('[') {
        let items: Vec<String> = list.trim_end_matches(']').split(", ").map(literal).collect();
        return format!("ARRAY[{}]", items.join(","));
    }
    if let Some((_, inner)) = value.split_once('(').filter(|(name, _)| name.ends_with("Id")) {
        return inner.trim_end_matches(')').to_owned();
    }
    match value.strip_prefix('"') {
        Some(text) => format!("'{}'", text.trim_end_matches('"').replace('\'', "''")),
        None if value == "None" => "NULL".to_owned(),
        None if value.parse::<f64>().is_ok() || ["true", "false"].contains(&value) => value.to_owned(),
        None => format!("'{value}'"),
    }
}
