//! Transactions. A [`Reading`] sees one snapshot; a [`Writing`] may also write, and is gone without a trace unless it is committed.
//!
//! Nearly every statement here finds a few rows by their key, in some microseconds: it runs where it is asked for, because handing it to another thread
//! and back costs more than the statement. What may look at many rows is read with `Pace::Aside`, and the sync of a commit always waits aside.

use std::collections::HashSet;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, params_from_iter};
use sea_query::{QueryStatementWriter, SqliteQueryBuilder};

use super::hints::Touched;
use super::pool::Lent;
use super::{Hints, PassingRow, Row, StoreError, bind};

/// Where the statements of a session run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pace {
    /// Where they are asked for.
    Here,
    /// On a thread where blocking does no harm.
    Aside,
}

/// What both kinds of transaction can do.
pub struct Session {
    lent: Lent,
    pace: Pace,
}

/// A statement in the database's words.
struct Statement {
    sql: String,
    values: Vec<Value>,
}

impl Session {
    /// All rows of an answer.
    pub async fn fetch_all(&mut self, statement: &impl QueryStatementWriter) -> Result<Vec<Row>, StoreError> {
        self.run(statement, |connection, statement| statement.rows(connection, usize::MAX)).await
    }

    /// What all rows of an answer come to, each taken in as it is found: a hundred thousand are never held as rows.
    pub async fn fold<T: Send + 'static>(
        &mut self,
        statement: &impl QueryStatementWriter,
        begun: T,
        take: impl FnMut(&mut T, &PassingRow<'_>) -> Result<(), StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.run(statement, |connection, statement| statement.fold(connection, begun, take)).await
    }

    /// The first row of an answer.
    pub async fn fetch_one(&mut self, statement: &impl QueryStatementWriter) -> Result<Option<Row>, StoreError> {
        Ok(self.run(statement, |connection, statement| statement.rows(connection, 1)).await?.pop())
    }

    async fn run<T: Send + 'static>(
        &mut self,
        statement: &impl QueryStatementWriter,
        work: impl FnOnce(&Connection, &Statement) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (sql, values) = statement.build(SqliteQueryBuilder);
        let statement = Statement { sql, values: bind::values(values)? };
        self.lent.tell_plan(&statement.sql, &statement.values)?;
        match self.pace {
            Pace::Here => work(self.lent.connection()?, &statement),
            Pace::Aside => self.lent.aside(move |connection| work(connection, &statement)).await,
        }
    }
}

impl Statement {
    fn rows(&self, connection: &Connection, at_most: usize) -> Result<Vec<Row>, StoreError> {
        let mut rows = Vec::new();
        self.each(connection, at_most, |columns, row| {
            let values = (0..columns.len()).map(|column| row.get_ref(column).map(owned));
            rows.push(Row::new(Arc::clone(columns), values.collect::<Result<_, _>>()?));
            Ok(())
        })?;
        Ok(rows)
    }

    fn fold<T>(
        &self,
        connection: &Connection,
        mut folded: T,
        mut take: impl FnMut(&mut T, &PassingRow<'_>) -> Result<(), StoreError>,
    ) -> Result<T, StoreError> {
        self.each(connection, usize::MAX, |columns, row| {
            take(&mut folded, &PassingRow::new(Arc::clone(columns), row))
        })?;
        Ok(folded)
    }

    fn each(
        &self,
        connection: &Connection,
        at_most: usize,
        mut take: impl FnMut(&Arc<[String]>, &rusqlite::Row<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut prepared = connection.prepare_cached(&self.sql)?;
        let columns: Arc<[String]> = prepared.column_names().into_iter().map(str::to_owned).collect();
        let mut found = prepared.query(params_from_iter(&self.values))?;
        let mut left = at_most;
        while left > 0
            && let Some(row) = found.next()?
        {
            take(&columns, row)?;
            left -= 1;
        }
        Ok(())
    }

    fn execute(&self, connection: &Connection) -> Result<u64, StoreError> {
        // A full disk undoes the whole transaction by itself: what came after would be written alone.
        if connection.is_autocommit() {
            return Err(StoreError::Statement("the transaction was undone".into()));
        }
        let touched = connection.prepare_cached(&self.sql)?.execute(params_from_iter(&self.values))?;
        Ok(touched as u64)
    }
}

/// A value of an answer. A text that is none, as whoever manipulates the file may leave it there, is its bytes.
fn owned(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Integer(number),
        ValueRef::Real(number) => Value::Real(number),
        ValueRef::Blob(bytes) => Value::Blob(bytes.to_vec()),
        ValueRef::Text(text) => match String::from_utf8(text.to_vec()) {
            Ok(text) => Value::Text(text),
            Err(no_text) => Value::Blob(no_text.into_bytes()),
        },
    }
}

/// A snapshot.
pub struct Reading(Session);

impl Reading {
    /// On a connection with a transaction.
    pub(super) fn new(lent: Lent, pace: Pace) -> Self {
        Self(Session { lent, pace })
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
    changed: HashSet<(&'static str, String, Option<String>)>,
    hints: Arc<Hints>,
}

impl Writing {
    /// On a connection with a transaction that may write.
    pub(super) fn new(lent: Lent, hints: Arc<Hints>) -> Self {
        let session = Session { lent, pace: Pace::Here };
        Self { session, touched: Touched::default(), changed: HashSet::new(), hints }
    }

    /// Runs a statement; returns how many rows it touched.
    pub async fn execute(&mut self, statement: &impl QueryStatementWriter) -> Result<u64, StoreError> {
        self.session.run(statement, |connection, statement| statement.execute(connection)).await
    }

    /// Notes that a row is added to `change`; whether it is the first of this kind, subject and audience here. Nobody reads between two of one transaction, so that
    /// one says it all.
    pub fn touch_changes(&mut self, kind: &'static str, subject: &str, audience: Option<&str>) -> bool {
        self.touched.changes = true;
        self.changed.insert((kind, subject.to_owned(), audience.map(str::to_owned)))
    }

    /// Notes that rows were added to `effect`.
    pub fn touch_effects(&mut self) {
        self.touched.effects = true;
    }

    /// Notes that rows of `webhook_delivery` may be due.
    pub fn touch_webhooks(&mut self) {
        self.touched.webhooks = true;
    }

    /// Makes it durable, then wakes who may have something to read. Goes on when who waits for it has gone.
    pub async fn commit(self) -> Result<(), StoreError> {
        let Self { session, touched, hints, .. } = self;
        let committing = tokio::task::spawn_blocking(move || {
            session.lent.connection()?.execute_batch("COMMIT")?;
            // First the connection, then the hints: who is woken may want to write.
            drop(session);
            hints.send(touched);
            Ok::<(), StoreError>(())
        });
        committing.await.map_err(StoreError::thread_died)?
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
