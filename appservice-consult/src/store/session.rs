//! Transactions. A [`Reading`] sees one snapshot; a [`Writing`] may also write, and is gone without a trace unless it is committed.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use sea_query::{QueryStatementWriter, SqliteQueryBuilder};
use sqlx::{AssertSqlSafe, Sqlite, Transaction};

use super::hints::Touched;
use super::{Hints, Row, StoreError, bind};

/// What both kinds of transaction can do.
pub struct Session {
    transaction: Transaction<'static, Sqlite>,
}

impl Session {
    /// All rows of an answer.
    pub async fn fetch_all(&mut self, statement: &impl QueryStatementWriter) -> Result<Vec<Row>, StoreError> {
        let (sql, values) = statement.build(SqliteQueryBuilder);
        let query = sqlx::query_with(AssertSqlSafe(sql), bind::arguments(values)?);
        Ok(query.fetch_all(&mut *self.transaction).await?.into_iter().map(Row).collect())
    }

    /// The first row of an answer.
    pub async fn fetch_one(&mut self, statement: &impl QueryStatementWriter) -> Result<Option<Row>, StoreError> {
        let (sql, values) = statement.build(SqliteQueryBuilder);
        let query = sqlx::query_with(AssertSqlSafe(sql), bind::arguments(values)?);
        Ok(query.fetch_optional(&mut *self.transaction).await?.map(Row))
    }
}

/// A snapshot.
pub struct Reading(Session);

impl Reading {
    pub(super) fn new(transaction: Transaction<'static, Sqlite>) -> Self {
        Self(Session { transaction })
    }
}

impl Deref for Reading {
    type Target = Session;

    fn deref(&self) -> &Session {
        &self.0
    }
}

impl DerefMut for Reading {
    fn deref_mut(&mut self) -> &mut Session {
        &mut self.0
    }
}

/// A transaction that writes.
pub struct Writing {
    session: Session,
    touched: Touched,
    hints: Arc<Hints>,
}

impl Writing {
    pub(super) fn new(transaction: Transaction<'static, Sqlite>, hints: Arc<Hints>) -> Self {
        Self { session: Session { transaction }, touched: Touched::default(), hints }
    }

    /// Runs a statement; returns how many rows it touched.
    pub async fn execute(&mut self, statement: &impl QueryStatementWriter) -> Result<u64, StoreError> {
        let (sql, values) = statement.build(SqliteQueryBuilder);
        let query = sqlx::query_with(AssertSqlSafe(sql), bind::arguments(values)?);
        Ok(query.execute(&mut *self.session.transaction).await?.rows_affected())
    }

    /// Notes that rows were added to `change`.
    pub fn touch_changes(&mut self) {
        self.touched.changes = true;
    }

    /// Notes that rows were added to `effect`.
    pub fn touch_effects(&mut self) {
        self.touched.effects = true;
    }

    /// Makes it durable, then wakes who may have something to read.
    pub async fn commit(self) -> Result<(), StoreError> {
        self.session.transaction.commit().await?;
        self.hints.send(self.touched);
        Ok(())
    }
}

impl Deref for Writing {
    type Target = Session;

    fn deref(&self) -> &Session {
        &self.session
    }
}

impl DerefMut for Writing {
    fn deref_mut(&mut self) -> &mut Session {
        &mut self.session
    }
}
