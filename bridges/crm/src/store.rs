//! What is remembered: events and what was done of them, what is known of things, what was given up. Ids, numbers and words of the mapping; nothing personal.
//!
//! Invariants: that a step is done and what it taught are one transaction, durable before anybody is told; a done event stays done for `keep_days`.
//! Deliberately absent: bodies of events, answers of the CRM.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use rusqlite::{Connection, OptionalExtension as _, Transaction, params};
use serde_json::{Map, Value};

use crate::known::{Kind, KnownName, Subject};

/// The store's file in the data folder.
const FILE: &str = "crm.db";
/// What this program writes. A file of a newer one is refused.
const SCHEMA_VERSION: i64 = 1;
/// How long another process (`consilium bridge crm again`) is waited for.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// Given-up events that are listed at once.
const LISTED_MAX: i64 = 1_000;
/// Rows that one tidying removes: it holds the store meanwhile.
const TIDIED_AT_ONCE: i64 = 1_000;

const SCHEMA: &str = "
CREATE TABLE event (
    id      TEXT PRIMARY KEY,
    kind    TEXT NOT NULL,
    patient TEXT,
    state   TEXT NOT NULL CHECK (state IN ('begun', 'done', 'dead')),
    at      INTEGER NOT NULL,
    step    TEXT,
    reason  TEXT,
    status  INTEGER
) WITHOUT ROWID;
CREATE INDEX event_at ON event (at);
CREATE INDEX event_dead ON event (at) WHERE state = 'dead';
CREATE TABLE step_done (
    event TEXT NOT NULL REFERENCES event (id) ON DELETE CASCADE,
    step  TEXT NOT NULL,
    PRIMARY KEY (event, step)
) WITHOUT ROWID;
CREATE TABLE known (
    kind    TEXT NOT NULL,
    id      TEXT NOT NULL,
    name    TEXT NOT NULL,
    value   TEXT NOT NULL,
    patient TEXT,
    PRIMARY KEY (kind, id, name)
) WITHOUT ROWID;
CREATE INDEX known_value ON known (kind, name, value);
CREATE INDEX known_patient ON known (patient) WHERE patient IS NOT NULL;
CREATE TABLE newest (
    what    TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    patient TEXT
) WITHOUT ROWID;
PRAGMA user_version = 1;
";

/// Why the store did not do it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database says no.
    #[error("the bridge's store failed")]
    Sqlite(#[from] rusqlite::Error),
    /// A newer program has been here.
    #[error("{path} is of a newer version of Consilium: start that one, or give this one a folder of its own", path = FILE)]
    Newer,
    /// A thread ended before its work was done.
    #[error("the bridge is stopping")]
    Stopping,
}

/// Where an event stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Some of it may be done.
    Begun,
    /// All of it is done.
    Done,
    /// It was given up, and is tried again when it comes again.
    Dead,
}

/// An event that was given up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dead {
    /// Its `webhook-id`, or the name and the CRM's id of what came from there.
    pub id: String,
    /// What happened.
    pub kind: String,
    /// When it was given up. Unit: seconds since 1970.
    pub at: i64,
    /// The step that was refused.
    pub step: String,
    /// Why, in fixed words.
    pub reason: String,
    /// What the other side answered.
    pub status: Option<u16>,
}

/// An event that begins.
#[derive(Debug, Clone)]
pub(crate) struct Begin {
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) patient: Option<String>,
    pub(crate) at: i64,
}

/// Something that was learnt.
#[derive(Debug, Clone)]
pub(crate) struct Learnt {
    pub(crate) subject: Subject,
    pub(crate) name: String,
    pub(crate) value: Value,
}

/// The store. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    connection: Arc<Mutex<Connection>>,
}

impl Store {
    /// Opens the store in `folder`, which is there; makes the file where it is missing.
    ///
    /// Errors: `Newer`; `Sqlite`, when the file cannot be read or written.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        let mut connection = Connection::open(folder.join(FILE))?;
        connection.busy_timeout(BUSY_TIMEOUT)?;
        connection.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;",
        )?;
        let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let version: i64 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        match version {
            0 => transaction.execute_batch(SCHEMA)?,
            SCHEMA_VERSION => {}
            _ => return Err(StoreError::Newer),
        }
        transaction.commit()?;
        Ok(Self { connection: Arc::new(Mutex::new(connection)) })
    }

    /// Does `work` in one transaction, on a thread where waiting for the disk does no harm.
    async fn transact<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let connection = Arc::clone(&self.connection);
        let done = tokio::task::spawn_blocking(move || {
            let mut connection = connection.lock();
            let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
            let outcome = work(&transaction)?;
            transaction.commit()?;
            Ok::<T, StoreError>(outcome)
        });
        done.await.map_err(|_| StoreError::Stopping)?
    }

    /// Where an event stands; one that nobody knows begins.
    pub(crate) async fn begin(&self, event: Begin) -> Result<State, StoreError> {
        self.transact(move |transaction| {
            let known: Option<String> = transaction
                .query_row("SELECT state FROM event WHERE id = ?1", [&event.id], |row| row.get(0))
                .optional()?;
            if let Some(state) = known {
                return Ok(state_of(&state));
            }
            transaction.execute(
                "INSERT INTO event (id, kind, patient, state, at) VALUES (?1, ?2, ?3, 'begun', ?4)",
                params![event.id, event.kind, event.patient, event.at],
            )?;
            Ok(State::Begun)
        })
        .await
    }

    /// The steps of an event that are done.
    pub(crate) async fn steps_done(&self, event: String) -> Result<Vec<String>, StoreError> {
        self.transact(move |transaction| {
            let mut statement = transaction.prepare_cached("SELECT step FROM step_done WHERE event = ?1")?;
            statement.query_map([event], |row| row.get(0))?.collect()
        })
        .await
    }

    /// A step is done, and this was learnt by it. `step` is none where it may be done again.
    pub(crate) async fn step_done(
        &self,
        event: String,
        step: Option<String>,
        learnt: Vec<Learnt>,
        patient: Option<String>,
    ) -> Result<(), StoreError> {
        self.transact(move |transaction| {
            if let Some(step) = step {
                transaction
                    .execute("INSERT OR IGNORE INTO step_done (event, step) VALUES (?1, ?2)", [&event, &step])?;
            }
            for one in learnt {
                transaction.execute(
                    "INSERT INTO known (kind, id, name, value, patient) VALUES (?1, ?2, ?3, ?4, ?5)
                     ON CONFLICT DO UPDATE SET value = excluded.value, patient = excluded.patient",
                    params![one.subject.kind.word(), one.subject.id, one.name, one.value.to_string(), patient],
                )?;
            }
            Ok(())
        })
        .await
    }

    /// All of an event is done; `newest` is the step that it is of something.
    pub(crate) async fn done(&self, event: Begin, newest: Option<(String, i64)>) -> Result<(), StoreError> {
        self.transact(move |transaction| {
            transaction.execute(
                "UPDATE event SET state = 'done', at = ?2, step = NULL, reason = NULL, status = NULL WHERE id = ?1",
                params![event.id, event.at],
            )?;
            // What is done as a whole needs no list of its parts.
            transaction.execute("DELETE FROM step_done WHERE event = ?1", [&event.id])?;
            if let Some((what, version)) = newest {
                transaction.execute(
                    "INSERT INTO newest (what, version, patient) VALUES (?1, ?2, ?3)
                     ON CONFLICT DO UPDATE SET version = max(version, excluded.version)",
                    params![what, version, event.patient],
                )?;
            }
            Ok(())
        })
        .await
    }

    /// An event is given up.
    pub(crate) async fn dead(&self, dead: Dead) -> Result<(), StoreError> {
        self.transact(move |transaction| {
            transaction.execute(
                "UPDATE event SET state = 'dead', at = ?2, step = ?3, reason = ?4, status = ?5 WHERE id = ?1",
                params![dead.id, dead.at, dead.step, dead.reason, dead.status],
            )?;
            Ok(())
        })
        .await
    }

    /// What is known of these things: `{ patient: { contact: … }, … }`, every kind there, if only empty.
    pub(crate) async fn known(&self, subjects: Vec<Subject>) -> Result<Map<String, Value>, StoreError> {
        self.transact(move |transaction| {
            let mut all: Map<String, Value> = nothing_known();
            let mut statement = transaction
                .prepare_cached("SELECT name, value FROM known WHERE kind = ?1 AND id = ?2 ORDER BY name")?;
            for Subject { kind, id } in subjects {
                let mut rows = statement.query([kind.word(), &id])?;
                while let Some(row) = rows.next()? {
                    let (name, value): (String, String) = (row.get(0)?, row.get(1)?);
                    let value = serde_json::from_str(&value).unwrap_or(Value::Null);
                    all[kind.word()][&name] = value;
                }
            }
            Ok(all)
        })
        .await
    }

    /// The thing of which this is known. Two of them are none: nobody could say which is meant.
    pub(crate) async fn find(&self, name: KnownName, value: Value) -> Result<Option<Found>, StoreError> {
        self.transact(move |transaction| {
            // The CRM may write a number as a text in one answer and not in the other.
            let other = match &value {
                Value::String(text) => {
                    text.parse::<i64>().map(|number| number.to_string()).ok().filter(|one| one == text)
                }
                value => Some(Value::String(value.to_string()).to_string()),
            };
            let mut statement = transaction.prepare_cached(
                "SELECT id, patient FROM known WHERE kind = ?1 AND name = ?2 AND value IN (?3, ?4) LIMIT 2",
            )?;
            let value = value.to_string();
            let other = other.unwrap_or_else(|| value.clone());
            let rows = statement
                .query_map(params![name.kind.word(), name.name, value, other], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let mut found: Vec<(String, Option<String>)> = rows.collect::<rusqlite::Result<_>>()?;
            let one = if found.len() == 1 { found.pop() } else { None };
            Ok(one.map(|(id, patient)| Found { subject: Subject { kind: name.kind, id }, patient }))
        })
        .await
    }

    /// The greatest step of something that was done. `None`: none was.
    pub(crate) async fn newest(&self, what: String) -> Result<Option<i64>, StoreError> {
        self.transact(move |transaction| {
            transaction.query_row("SELECT version FROM newest WHERE what = ?1", [what], |row| row.get(0)).optional()
        })
        .await
    }

    /// Forgets done events before `before` (seconds since 1970), and given-up ones too. True: there are more.
    pub(crate) async fn tidy(&self, before: i64) -> Result<bool, StoreError> {
        self.transact(move |transaction| {
            let removed = transaction.execute(
                "DELETE FROM event WHERE id IN (SELECT id FROM event WHERE at < ?1 LIMIT ?2)",
                [before, TIDIED_AT_ONCE],
            )?;
            Ok(i64::try_from(removed).is_ok_and(|removed| removed == TIDIED_AT_ONCE))
        })
        .await
    }

    /// What was given up, latest first, at most a thousand.
    pub async fn dead_events(&self) -> Result<Vec<Dead>, StoreError> {
        self.transact(|transaction| {
            let mut statement = transaction.prepare(
                "SELECT id, kind, at, coalesce(step, ''), coalesce(reason, ''), status FROM event
                 WHERE state = 'dead' ORDER BY at DESC, id LIMIT ?1",
            )?;
            let rows = statement.query_map([LISTED_MAX], |row| {
                Ok(Dead {
                    id: row.get(0)?,
                    kind: row.get(1)?,
                    at: row.get(2)?,
                    step: row.get(3)?,
                    reason: row.get(4)?,
                    status: row.get(5)?,
                })
            })?;
            rows.collect()
        })
        .await
    }

    /// Something given up that came from the CRM is done when it comes again; steps that were done stay done. False: there is no such thing.
    pub async fn again(&self, id: String) -> Result<bool, StoreError> {
        self.transact(move |transaction| {
            Ok(transaction.execute("UPDATE event SET state = 'begun' WHERE id = ?1 AND state = 'dead'", [id])? > 0)
        })
        .await
    }

    /// Forgets everything of a patient, and empties the write-ahead log of it. How many rows that were.
    pub async fn forget_patient(&self, patient: String) -> Result<usize, StoreError> {
        let rows = self
            .transact(move |transaction| {
                let of = |statement: &str| transaction.execute(statement, [&patient]);
                Ok(of("DELETE FROM known WHERE patient = ?1 OR (kind = 'patient' AND id = ?1)")?
                    + of("DELETE FROM newest WHERE patient = ?1")?
                    + of("DELETE FROM event WHERE patient = ?1")?)
            })
            .await?;
        let connection = Arc::clone(&self.connection);
        let emptied = tokio::task::spawn_blocking(move || {
            connection.lock().query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        });
        emptied.await.map_err(|_| StoreError::Stopping)??;
        Ok(rows)
    }
}

/// A thing that was found by what is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) subject: Subject,
    pub(crate) patient: Option<String>,
}

/// Nothing known of any kind.
pub(crate) fn nothing_known() -> Map<String, Value> {
    Kind::ALL.iter().map(|kind| (kind.word().to_owned(), Value::Object(Map::new()))).collect()
}

fn state_of(word: &str) -> State {
    match word {
        "done" => State::Done,
        "dead" => State::Dead,
        _ => State::Begun,
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use serde_json::json;

    use super::{Begin, Dead, Learnt, State, Store, StoreError};
    use crate::known::{Kind, Subject};

    fn event(id: &str, at: i64) -> Begin {
        Begin { id: id.to_owned(), kind: "consultation.taken".to_owned(), patient: Some("anna".to_owned()), at }
    }

    fn contact(of: &str, value: serde_json::Value) -> Learnt {
        let subject = Subject { kind: Kind::Patient, id: of.to_owned() };
        Learnt { subject, name: "contact".to_owned(), value }
    }

    #[tokio::test]
    async fn what_was_done_is_there_after_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        assert_eq!(store.begin(event("msg_1", 1)).await.unwrap(), State::Begun);
        let learnt = vec![contact("anna", json!(55))];
        store
            .step_done("msg_1".to_owned(), Some("contact#1".to_owned()), learnt, Some("anna".to_owned()))
            .await
            .unwrap();
        drop(store);
        let store = Store::open(folder.path()).unwrap();
        assert_eq!(store.begin(event("msg_1", 2)).await.unwrap(), State::Begun);
        assert_eq!(store.steps_done("msg_1".to_owned()).await.unwrap(), ["contact#1"]);
        let anna = Subject { kind: Kind::Patient, id: "anna".to_owned() };
        assert_eq!(store.known(vec![anna]).await.unwrap()["patient"], json!({ "contact": 55 }));
        store.done(event("msg_1", 3), Some(("consultation:c".to_owned(), 4))).await.unwrap();
        store.done(event("msg_1", 3), Some(("consultation:c".to_owned(), 2))).await.unwrap();
        assert_eq!(store.newest("consultation:c".to_owned()).await.unwrap(), Some(4));
        assert_eq!(store.begin(event("msg_1", 4)).await.unwrap(), State::Done);
        assert!(store.steps_done("msg_1".to_owned()).await.unwrap().is_empty());
    }

    #[tokio::test]
    async fn a_thing_is_found_by_what_is_known_of_it_as_number_or_text_unless_there_are_two() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        store.begin(event("msg_1", 1)).await.unwrap();
        let learn = async |of: &str, value| {
            let learnt = vec![contact(of, value)];
            store.step_done("msg_1".to_owned(), None, learnt, Some(of.to_owned())).await.unwrap();
        };
        learn("anna", json!(55)).await;
        learn("boris", json!("B-7")).await;
        let find = async |value| {
            let found = store.find("patient.contact".parse().unwrap(), value).await.unwrap();
            found.map(|found| found.subject.id)
        };
        assert_eq!(find(json!(55)).await.as_deref(), Some("anna"));
        assert_eq!(find(json!("55")).await.as_deref(), Some("anna"));
        assert_eq!(find(json!("B-7")).await.as_deref(), Some("boris"));
        assert_eq!(find(json!("nobody")).await, None);
        learn("clara", json!("55")).await;
        assert_eq!(find(json!(55)).await, None, "nobody could say which is meant");
    }

    #[tokio::test]
    async fn what_was_given_up_is_listed_and_done_again_when_asked_for() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        store.begin(event("msg_1", 1)).await.unwrap();
        let dead = Dead {
            id: "msg_1".to_owned(),
            kind: "consultation.taken".to_owned(),
            at: 7,
            step: "deal".to_owned(),
            reason: "it was refused".to_owned(),
            status: Some(422),
        };
        store.dead(dead.clone()).await.unwrap();
        assert_eq!(store.dead_events().await.unwrap(), [dead]);
        assert_eq!(store.begin(event("msg_1", 8)).await.unwrap(), State::Dead);
        assert!(store.again("msg_1".to_owned()).await.unwrap());
        assert!(!store.again("msg_1".to_owned()).await.unwrap());
        assert!(store.dead_events().await.unwrap().is_empty());
    }

    #[tokio::test]
    async fn a_patient_is_forgotten_and_old_events_go() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        store.begin(event("msg_1", 1)).await.unwrap();
        let deal = Learnt {
            subject: Subject { kind: Kind::Consultation, id: "c".to_owned() },
            name: "deal".to_owned(),
            value: json!("9"),
        };
        let learnt = vec![contact("anna", json!("5")), deal];
        store.step_done("msg_1".to_owned(), Some("s".to_owned()), learnt, Some("anna".to_owned())).await.unwrap();
        assert_eq!(store.forget_patient("anna".to_owned()).await.unwrap(), 3);
        assert_eq!(store.find("consultation.deal".parse().unwrap(), json!("9")).await.unwrap(), None);
        store.begin(event("msg_2", 10)).await.unwrap();
        store.begin(event("msg_3", 20)).await.unwrap();
        assert!(!store.tidy(15).await.unwrap());
        store.done(event("msg_3", 20), None).await.unwrap();
        assert_eq!(store.begin(event("msg_3", 20)).await.unwrap(), State::Done);
        assert_eq!(store.begin(event("msg_2", 20)).await.unwrap(), State::Begun, "it is forgotten");
    }

    #[test]
    fn the_store_of_a_newer_program_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        drop(Store::open(folder.path()).unwrap());
        let connection = rusqlite::Connection::open(folder.path().join(super::FILE)).unwrap();
        connection.execute_batch("PRAGMA user_version = 2").unwrap();
        drop(connection);
        assert!(matches!(Store::open(folder.path()), Err(StoreError::Newer)));
    }
}
