//! `column IN (…)`, as Diesel does not write it: for keys that an earlier query has found, and for those of a subquery and one more.
//!
//! Diesel's `eq_any` prepares such a statement anew each time, because it
//! may have any length; here lengths are rounded up, so that few statements serve all and stay prepared.

use diesel::backend::Backend;
use diesel::expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::serialize::ToSql;
use diesel::sql_types::{Bool, HasSqlType};

/// See [`among`].
#[derive(Clone, Debug)]
pub struct Among<C, T> {
    column: C,
    values: Vec<T>,
}

/// Rows whose `column` is one of `values`; none if there are none.
pub fn among<C: Expression, T: Clone>(column: C, values: &[T]) -> Among<C, T> {
    let mut values = values.to_vec();
    // The last one again and again: it changes nothing.
    if let Some(last) = values.last().cloned() {
        values.resize(values.len().next_power_of_two(), last);
    }
    Among { column, values }
}

impl<C: Expression, T> Expression for Among<C, T> {
    type SqlType = Bool;
}

impl<C: SelectableExpression<Q>, T, Q> SelectableExpression<Q> for Among<C, T> {}

impl<C: AppearsOnTable<Q>, T, Q> AppearsOnTable<Q> for Among<C, T> {}

impl<C, T, G> ValidGrouping<G> for Among<C, T> {
    type IsAggregate = is_aggregate::No;
}

/// Known by its text, which tells how many values it has.
impl<C, T> QueryId for Among<C, T> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<C, T, DB> QueryFragment<DB> for Among<C, T>
where
    DB: Backend + HasSqlType<C::SqlType>,
    C: Expression<SqlType: diesel::sql_types::SingleValue> + QueryFragment<DB>,
    T: ToSql<C::SqlType, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        if self.values.is_empty() {
            out.push_sql("1 = 0");
            return Ok(());
        }
        self.column.walk_ast(out.reborrow())?;
        for (n, value) in self.values.iter().enumerate() {
            out.push_sql(if n == 0 { " IN (" } else { ", " });
            out.push_bind_param::<C::SqlType, T>(value)?;
        }
        out.push_sql(")");
        Ok(())
    }
}

/// See [`one_of`].
#[derive(Clone, Debug)]
pub struct OneOf<C, Q, T> {
    column: C,
    query: Q,
    also: T,
}

/// Rows whose `column` is one that `query` finds, or `also`. As a single list: `OR` beside a subquery would keep PostgreSQL from
/// any index.
pub fn one_of<C: Expression, Q, T>(column: C, query: Q, also: T) -> OneOf<C, Q, T> {
    OneOf { column, query, also }
}

impl<C: Expression, Q, T> Expression for OneOf<C, Q, T> {
    type SqlType = Bool;
}

impl<C: SelectableExpression<F>, Q, T, F> SelectableExpression<F> for OneOf<C, Q, T> {}

impl<C: AppearsOnTable<F>, Q, T, F> AppearsOnTable<F> for OneOf<C, Q, T> {}

impl<C, Q, T, G> ValidGrouping<G> for OneOf<C, Q, T> {
    type IsAggregate = is_aggregate::No;
}

impl<C: QueryId, Q: QueryId, T> QueryId for OneOf<C, Q, T> {
    type QueryId = OneOf<C::QueryId, Q::QueryId, ()>;
    const HAS_STATIC_QUERY_ID: bool = C::HAS_STATIC_QUERY_ID && Q::HAS_STATIC_QUERY_ID;
}

impl<C, Q, T, DB> QueryFragment<DB> for OneOf<C, Q, T>
where
    DB: Backend + HasSqlType<C::SqlType>,
    C: Expression<SqlType: diesel::sql_types::SingleValue> + QueryFragment<DB>,
    Q: Query<SqlType = C::SqlType> + QueryFragment<DB>,
    T: ToSql<C::SqlType, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.column.walk_ast(out.reborrow())?;
        out.push_sql(" IN (");
        self.query.walk_ast(out.reborrow())?;
        out.push_sql(" UNION ALL SELECT ");
        out.push_bind_param::<C::SqlType, T>(&self.also)?;
        out.push_sql(")");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    diesel::table! {
        things (id) {
            id -> BigInt,
        }
    }

    #[test]
    fn lengths_are_rounded_up() {
        let sql = |ids: &[i64]| diesel::debug_query::<diesel::sqlite::Sqlite, _>(&among(things::id, ids)).to_string();
        assert_eq!(sql(&[]), "1 = 0 -- binds: []");
        assert_eq!(sql(&[7]), "`things`.`id` IN (?) -- binds: [7]");
        assert_eq!(sql(&[1, 2, 3]), "`things`.`id` IN (?, ?, ?, ?) -- binds: [1, 2, 3, 3]");
    }
}
