//! `UNION ALL` of queries that each have an order and a limit of their own, which Diesel's combinators do not write for SQLite.

use diesel::backend::Backend;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};

/// The rows of all `parts` in the order of their columns, the last first, at most `limit`.
pub struct UnionAll<Q> {
    parts: Vec<Q>,
    limit: i64,
}

impl<Q> UnionAll<Q> {
    /// `parts` must not be empty.
    pub fn descending(parts: Vec<Q>, limit: i64) -> Self {
        UnionAll { parts, limit }
    }
}

impl<Q: Query> Query for UnionAll<Q> {
    type SqlType = Q::SqlType;
}

impl<Q, C> RunQueryDsl<C> for UnionAll<Q> {}

/// As many parts, as many statements: none is kept prepared by its type.
impl<Q> QueryId for UnionAll<Q> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q: QueryFragment<DB>, DB: Backend> QueryFragment<DB> for UnionAll<Q> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        for (n, part) in self.parts.iter().enumerate() {
            out.push_sql(if n == 0 { "SELECT * FROM (" } else { " UNION ALL SELECT * FROM (" });
            part.walk_ast(out.reborrow())?;
            out.push_sql(&format!(") AS part{n}"));
        }
        out.push_sql(&format!(" ORDER BY 1 DESC, 2 DESC LIMIT {}", self.limit));
        Ok(())
    }
}
