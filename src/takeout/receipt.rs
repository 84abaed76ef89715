//! The receipt of an import: for each thing in the file what would become of it, or what has.

use crate::each;
use crate::error::Result;
use crate::platform::db::Conn;
use crate::schema::import_items;
use crate::web::i18n::{self, Arg, Message};
use crate::web::paging::Page;
use diesel::prelude::*;
use serde_json::{Map, Value};

/// Lines of a page.
pub const PAGE: usize = 50;
/// Characters of what a thing is called.
const TITLE: usize = 80;
/// Names of the values in messages about photos and files: what was written down is read back with them.
const VALUES: [&str; 10] = ["limit", "count", "what", "width", "height", "used", "more", "n", "name", "day"];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Post,
    Comment,
}

impl What {
    pub fn as_str(self) -> &'static str {
        match self {
            What::Post => "post",
            What::Comment => "comment",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing is in its way.
    New,
    Made,
    /// It is here already, from an import before or from the beginning.
    Here,
    Cannot,
}

impl Outcome {
    const ALL: [Outcome; 4] = [Outcome::New, Outcome::Made, Outcome::Here, Outcome::Cannot];

    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::New => "new",
            Outcome::Made => "made",
            Outcome::Here => "here",
            Outcome::Cannot => "cannot",
        }
    }

    fn from_name(name: &str) -> Outcome {
        Outcome::ALL.into_iter().find(|outcome| outcome.as_str() == name).unwrap_or(Outcome::Cannot)
    }

    /// What the line says: the name of a message.
    pub fn words(self) -> &'static str {
        match self {
            Outcome::New => "import-item-new",
            Outcome::Made => "import-item-made",
            Outcome::Here => "import-item-here",
            Outcome::Cannot => "import-item-cannot",
        }
    }
}

/// A line as it is written.
#[derive(Clone, Debug)]
pub struct Line {
    pub position: i64,
    pub what: What,
    pub source: String,
    pub title: String,
    pub outcome: Outcome,
    /// Why not.
    pub reason: Option<Message>,
    pub made: Option<i64>,
}

impl Line {
    pub fn new(position: i64, what: What, source: &str, title: &str) -> Self {
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        let shown: String = title.chars().filter(|c| !c.is_control()).take(TITLE).collect();
        let title = if shown.chars().count() < title.chars().count() { format!("{shown}…") } else { shown };
        Line { position, what, source: source.to_owned(), title, outcome: Outcome::New, reason: None, made: None }
    }

    pub fn cannot(mut self, reason: Message) -> Self {
        self.outcome = Outcome::Cannot;
        self.reason = Some(reason);
        self
    }

    pub fn here(mut self, id: i64) -> Self {
        self.outcome = Outcome::Here;
        self.made = Some(id);
        self
    }

    pub fn made(mut self, id: i64) -> Self {
        self.outcome = Outcome::Made;
        self.made = Some(id);
        self
    }
}

/// A line as a page shows it.
#[derive(Clone, Debug)]
pub struct Shown {
    pub position: i64,
    pub is_post: bool,
    pub title: String,
    pub outcome: Outcome,
    pub reason: Option<Message>,
    /// The post, where there is one.
    pub post: Option<i64>,
}

/// How many of each outcome there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub new: i64,
    pub made: i64,
    pub here: i64,
    pub cannot: i64,
}

pub struct Receipt;

impl Receipt {
    /// Writes lines, whatever stood in their places.
    pub fn write(c: &mut Conn, import: i64, lines: &[Line]) -> Result<()> {
        if lines.is_empty() {
            return Ok(());
        }
        let positions: Vec<i64> = lines.iter().map(|line| line.position).collect();
        let old = import_items::table.filter(import_items::import_id.eq(import)).filter(import_items::position.eq_any(positions));
        diesel::delete(old).execute(c)?;
        let rows: Vec<_> = lines
            .iter()
            .map(|line| {
                (
                    import_items::import_id.eq(import),
                    import_items::position.eq(line.position),
                    import_items::kind.eq(line.what.as_str()),
                    import_items::source.eq(&line.source),
                    import_items::title.eq(&line.title),
                    import_items::state.eq(line.outcome.as_str()),
                    import_items::detail.eq(line.reason.as_ref().map(written).unwrap_or_default()),
                    import_items::made_id.eq(line.made),
                )
            })
            .collect();
        each!(c, |c| diesel::insert_into(import_items::table).values(&rows).execute(c))?;
        Ok(())
    }

    /// Whether this import has made the thing at this place: a job that goes on after a crash leaves it alone.
    pub fn is_made(c: &mut Conn, import: i64, position: i64) -> Result<bool> {
        let made = import_items::table.find((import, position)).filter(import_items::state.eq(Outcome::Made.as_str()));
        Ok(diesel::select(diesel::dsl::exists(made)).get_result(c)?)
    }

    pub fn tally(c: &mut Conn, import: i64) -> Result<Tally> {
        let rows: Vec<(String, i64)> = import_items::table
            .filter(import_items::import_id.eq(import))
            .group_by(import_items::state)
            .select((import_items::state, diesel::dsl::count_star()))
            .load(c)?;
        let of = |outcome: Outcome| rows.iter().find(|(name, _)| name == outcome.as_str()).map_or(0, |(_, count)| *count);
        Ok(Tally { new: of(Outcome::New), made: of(Outcome::Made), here: of(Outcome::Here), cannot: of(Outcome::Cannot) })
    }

    /// In the order of the file, or only what cannot be; the cursor is a position.
    pub fn page(c: &mut Conn, import: i64, only: Option<Outcome>, after: Option<i64>) -> Result<Page<Shown>> {
        type Row = (i64, String, String, String, String, Option<i64>);
        let mut query = import_items::table
            .filter(import_items::import_id.eq(import))
            .filter(import_items::position.gt(after.unwrap_or(-1)))
            .order(import_items::position)
            .limit(PAGE as i64 + 1)
            .select((
                import_items::position,
                import_items::kind,
                import_items::title,
                import_items::state,
                import_items::detail,
                import_items::made_id,
            ))
            .into_boxed();
        if let Some(only) = only {
            query = query.filter(import_items::state.eq(only.as_str()));
        }
        let rows: Vec<Row> = query.load(c)?;
        let shown = |(position, kind, title, state, detail, made): Row| {
            let is_post = kind == What::Post.as_str();
            let outcome = Outcome::from_name(&state);
            Shown { position, is_post, title, outcome, reason: read(&detail), post: made.filter(|_| is_post) }
        };
        Ok(Page::new(rows.into_iter().map(shown).collect(), PAGE, after, |line: &Shown| line.position))
    }

    /// True when nothing is left.
    pub(super) fn delete_some(c: &mut Conn, import: i64) -> Result<bool> {
        const SOME: i64 = 2_000;
        let first: Vec<i64> = import_items::table
            .filter(import_items::import_id.eq(import))
            .order(import_items::position)
            .limit(SOME)
            .select(import_items::position)
            .load(c)?;
        let Some(last) = first.last() else { return Ok(true) };
        let some = import_items::table.filter(import_items::import_id.eq(import)).filter(import_items::position.le(last));
        diesel::delete(some).execute(c)?;
        Ok((first.len() as i64) < SOME)
    }
}

/// A message by its name and values: it is read in whatever language its reader has then.
fn written(message: &Message) -> String {
    let values: Map<String, Value> = message
        .args
        .iter()
        .map(|(name, value)| {
            let value = match value {
                Arg::Text(text) => Value::from(text.as_str()),
                Arg::Number(number) => Value::from(*number),
            };
            ((*name).to_owned(), value)
        })
        .collect();
    Value::from(vec![Value::from(message.key), Value::Object(values)]).to_string()
}

fn read(detail: &str) -> Option<Message> {
    let (key, values): (String, Map<String, Value>) = serde_json::from_str(detail).ok()?;
    let message = Message { key: i18n::known(&key)?, args: Vec::new() };
    Some(values.into_iter().fold(message, |message, (name, value)| {
        let Some(name) = VALUES.into_iter().find(|known| *known == name) else { return message };
        match value {
            Value::Number(number) => message.with(name, number.as_i64().unwrap_or_default()),
            Value::String(text) => message.with(name, text),
            _ => message,
        }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_read_as_it_was_written() {
        let reason = Message::new("photo-too-large").with("limit", 50);
        assert_eq!(read(&written(&reason)), Some(reason));
        assert_eq!(read(""), None);
        assert_eq!(read(r#"["no-such-message", {}]"#), None);
    }

    #[test]
    fn titles_are_one_short_line() {
        assert_eq!(Line::new(0, What::Post, "1", " a\n b ").title, "a b");
        assert_eq!(Line::new(0, What::Post, "1", &"가".repeat(90)).title.chars().count(), TITLE + 1);
    }
}
