//! Keyset paging: a page ends with the id of its last row, and the next one asks for what is older. It neither repeats nor skips
//! while others post.

use serde::Deserialize;

/// Cards of a feed page: some ten phone screens, and more are on their way before the last is reached.
pub const FEED: usize = 10;
/// Squares of a grid page: divides by two, three and four columns.
pub const GRID: usize = 24;
/// Names in a list.
pub const PEOPLE: usize = 50;

/// `?before=ID`; anything that is not a number is the first page.
#[derive(Debug, Default, Deserialize)]
pub struct Cursor {
    #[serde(default)]
    before: Option<String>,
}

impl Cursor {
    pub fn before(&self) -> Option<i64> {
        self.before.as_deref()?.parse().ok()
    }

    /// The cursor as it is, for an order that an id alone does not tell.
    pub fn text(&self) -> Option<String> {
        self.before.clone()
    }
}

/// One page of rows and the cursor of the next, if there is one.
#[derive(Clone, Debug, Default)]
pub struct Page<T> {
    pub rows: Vec<T>,
    pub next: Option<String>,
    /// This is not the first page.
    pub continued: bool,
}

impl<T> Page<T> {
    /// From `size + 1` rows: the extra one only tells that there are more.
    pub fn new(rows: Vec<T>, size: usize, cursor: Option<i64>, id: impl Fn(&T) -> i64) -> Self {
        Self::keyed(rows, size, cursor.is_some(), |row| id(row).to_string())
    }

    /// The same for an order with a cursor of another kind.
    pub fn keyed(mut rows: Vec<T>, size: usize, continued: bool, key: impl Fn(&T) -> String) -> Self {
        let more = rows.len() > size;
        rows.truncate(size);
        let next = if more { rows.last().map(key) } else { None };
        Page { rows, next, continued }
    }

    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page { rows: self.rows.into_iter().map(f).collect(), next: self.next, continued: self.continued }
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}
