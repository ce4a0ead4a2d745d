//! Rows of the archive and of the messages that wait to be sealed.

use sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};

use super::anchor::Head;
use super::append::{Appended, Counts, Subject};
use super::record::{Position, Sealed};
use super::transcript::{Readable, StoredMessage, StoredReaction};
use super::{ArchiveError, chain};
use crate::api::types::SenderKind;
use crate::ids::{CallbackId, ConsultationId};
use crate::store::tables::{ArchiveKey, ArchiveRecord as Table, Consultation, Message, Participant, Reaction};
use crate::store::{Row, Session, StoreError, Writing, number};
use crate::tenant_key::{Place, TenantKey};
use crate::words::Word;

/// A record's row.
#[derive(Debug, Clone)]
pub(super) struct RecordRow {
    pub(super) sequence: i64,
    pub(super) subject: Subject,
    pub(super) sealed_at: i64,
    pub(super) message_count: i64,
    pub(super) file_count: i64,
    pub(super) ciphertext: Vec<u8>,
    pub(super) hash: String,
    pub(super) signature: String,
}

impl RecordRow {
    /// The hash that this row must have behind `previous`.
    pub(super) fn expected_hash(&self, tenant: &str, previous: &str) -> String {
        let link = chain::Link {
            tenant,
            sequence: self.sequence,
            subject: &self.subject.bound(),
            sealed_at: self.sealed_at,
            message_count: self.message_count,
            file_count: self.file_count,
            ciphertext: &self.ciphertext,
        };
        chain::hash(link, previous)
    }

    /// Where it stands; `bound` is its subject's.
    pub(super) fn position<'a>(&self, tenant: &'a str, bound: &'a str) -> Position<'a> {
        Position { tenant, sequence: self.sequence, subject: bound }
    }

    pub(super) fn head(&self) -> Head {
        Head { sequence: self.sequence, hash: self.hash.clone(), signature: self.signature.clone() }
    }
}

/// Where a message's content is sealed.
pub fn message_place(event_id: &str) -> Place<'_> {
    Place { table: "message", column: "content", row: event_id }
}

/// Where a reaction's sign is sealed.
pub fn reaction_place(event_id: &str) -> Place<'_> {
    Place { table: "reaction", column: "sign", row: event_id }
}

/// Signs under messages of a consultation that are not sealed yet, the first ones first.
pub(super) async fn reactions(
    session: &mut Session,
    key: &TenantKey,
    consultation: &ConsultationId,
) -> Result<Vec<StoredReaction>, ArchiveError> {
    let mut select = Query::select();
    select.columns([
        Reaction::EventId,
        Reaction::Target,
        Reaction::Sender,
        Reaction::SenderKind,
        Reaction::SentAt,
        Reaction::Sign,
    ]);
    select.from(Reaction::Table).and_where(Expr::col(Reaction::ConsultationId).eq(consultation.as_str()));
    select.order_by(Reaction::SentAt, Order::Asc).order_by(Reaction::EventId, Order::Asc);
    session.fetch_all(&select).await?.iter().map(|row| reaction(row, key)).collect()
}

fn reaction(row: &Row, key: &TenantKey) -> Result<StoredReaction, ArchiveError> {
    let event_id = row.text(Reaction::EventId)?;
    let sign =
        key.open(reaction_place(&event_id), &row.bytes(Reaction::Sign)?).map_err(|_| ArchiveError::DoesNotOpen)?;
    Ok(StoredReaction {
        target: row.id(Reaction::Target)?,
        sender: row.id(Reaction::Sender)?,
        sender_kind: SenderKind::from_word(&row.text(Reaction::SenderKind)?)?,
        sent_at: row.time(Reaction::SentAt)?,
        sign: String::from_utf8(sign).map_err(|_| ArchiveError::DoesNotOpen)?,
    })
}

/// Messages of a consultation that are not sealed yet, in their order.
pub(super) async fn messages(
    session: &mut Session,
    key: &TenantKey,
    consultation: &ConsultationId,
) -> Result<Vec<StoredMessage>, ArchiveError> {
    let mut select = Query::select();
    select.columns([
        Message::EventId,
        Message::Sender,
        Message::SenderKind,
        Message::SentAt,
        Message::State,
        Message::Trust,
        Message::Content,
    ]);
    select.from(Message::Table).and_where(Expr::col(Message::ConsultationId).eq(consultation.as_str()));
    select.order_by(Message::Position, Order::Asc);
    session.fetch_all(&select).await?.iter().map(|row| message(row, key)).collect()
}

fn message(row: &Row, key: &TenantKey) -> Result<StoredMessage, ArchiveError> {
    let event_id = row.text(Message::EventId)?;
    let readable = match (row.text(Message::State)?.as_str(), row.bytes_or_null(Message::Content)?) {
        ("redacted", _) => Readable::Redacted,
        ("read", Some(sealed)) => {
            let content = key.open(message_place(&event_id), &sealed).map_err(|_| ArchiveError::DoesNotOpen)?;
            Readable::Content(serde_json::from_slice(&content).map_err(|_| ArchiveError::DoesNotOpen)?)
        }
        _ => Readable::Waiting,
    };
    Ok(StoredMessage {
        event_id: event_id.into(),
        sender: row.id(Message::Sender)?,
        sender_kind: SenderKind::from_word(&row.text(Message::SenderKind)?)?,
        sent_at: row.time(Message::SentAt)?,
        readable,
        trust: row.text_or_null(Message::Trust)?,
    })
}

/// A subject's columns: consultation, call-back, and whether the record is a tombstone.
fn columns(subject: &Subject) -> (Option<&str>, Option<&str>, bool) {
    match subject {
        Subject::Consultation(id) => (Some(id.as_str()), None, false),
        Subject::Callback(id) => (None, Some(id.as_str()), false),
        Subject::Erased(of) => {
            let (consultation, callback, _) = columns(of);
            (consultation, callback, true)
        }
    }
}

/// Writes a record.
pub(super) async fn insert(writing: &mut Writing, row: &RecordRow) -> Result<(), StoreError> {
    let (consultation, callback, is_tombstone) = columns(&row.subject);
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([
        Table::Sequence,
        Table::ConsultationId,
        Table::CallbackId,
        Table::SealedAt,
        Table::MessageCount,
        Table::FileCount,
        Table::Ciphertext,
        Table::Hash,
        Table::Signature,
        Table::IsTombstone,
    ]);
    insert.values_panic([
        row.sequence.into(),
        consultation.into(),
        callback.into(),
        row.sealed_at.into(),
        row.message_count.into(),
        row.file_count.into(),
        row.ciphertext.clone().into(),
        row.hash.as_str().into(),
        row.signature.as_str().into(),
        i64::from(is_tombstone).into(),
    ]);
    writing.execute(&insert).await.map(drop)
}

/// Writes a record's key, in the table of its own.
pub(super) async fn insert_key(writing: &mut Writing, sequence: i64, wrapped_key: Vec<u8>) -> Result<(), StoreError> {
    let mut insert = Query::insert();
    insert.into_table(ArchiveKey::Table).columns([ArchiveKey::Sequence, ArchiveKey::WrappedKey]);
    insert.values_panic([sequence.into(), wrapped_key.into()]);
    writing.execute(&insert).await.map(drop)
}

/// Notes the record beside its consultation and those who took part, and lets the messages go that are in it now.
pub(super) async fn mark_sealed(
    writing: &mut Writing,
    id: &ConsultationId,
    appended: &Appended,
) -> Result<(), StoreError> {
    let Counts { messages, files } = appended.counts;
    let mut update = Query::update();
    update.table(Consultation::Table).values([
        (Consultation::SealedSequence, appended.sequence.into()),
        (Consultation::SealedAt, appended.sealed_at.as_millis().into()),
        (Consultation::SealedMessages, Expr::col(Consultation::SealedMessages).add(messages)),
        (Consultation::SealedFiles, Expr::col(Consultation::SealedFiles).add(files)),
    ]);
    writing.execute(update.and_where(Expr::col(Consultation::Id).eq(id.as_str()))).await?;
    let mut update = Query::update();
    update.table(Participant::Table).value(Participant::SealedSequence, appended.sequence);
    writing.execute(update.and_where(Expr::col(Participant::ConsultationId).eq(id.as_str()))).await?;
    forget_messages(writing, id).await
}

/// Lets the messages of a consultation go that wait to be sealed, and the signs under them.
pub(super) async fn forget_messages(writing: &mut Writing, id: &ConsultationId) -> Result<(), StoreError> {
    let mut delete = Query::delete();
    delete.from_table(Reaction::Table).and_where(Expr::col(Reaction::ConsultationId).eq(id.as_str()));
    writing.execute(&delete).await?;
    let mut delete = Query::delete();
    delete.from_table(Message::Table).and_where(Expr::col(Message::ConsultationId).eq(id.as_str()));
    writing.execute(&delete).await.map(drop)
}

fn select() -> SelectStatement {
    let mut select = Query::select();
    select.columns([
        Table::Sequence,
        Table::ConsultationId,
        Table::CallbackId,
        Table::SealedAt,
        Table::MessageCount,
        Table::FileCount,
        Table::Ciphertext,
        Table::Hash,
        Table::Signature,
        Table::IsTombstone,
    ]);
    select.from(Table::Table).order_by(Table::Sequence, Order::Asc);
    select
}

fn read(row: &Row) -> Result<RecordRow, StoreError> {
    let of = match row.id_or_null(Table::ConsultationId)? {
        Some(id) => Subject::Consultation(id),
        None => Subject::Callback(row.id(Table::CallbackId)?),
    };
    Ok(RecordRow {
        sequence: row.number(Table::Sequence)?,
        subject: if row.number(Table::IsTombstone)? == 0 { of } else { Subject::Erased(Box::new(of)) },
        sealed_at: row.number(Table::SealedAt)?,
        message_count: row.number(Table::MessageCount)?,
        file_count: row.number(Table::FileCount)?,
        ciphertext: row.bytes(Table::Ciphertext)?,
        hash: row.text(Table::Hash)?,
        signature: row.text(Table::Signature)?,
    })
}

/// Records behind `after`, in order, at most `limit`.
pub(super) async fn after(session: &mut Session, after: i64, limit: u64) -> Result<Vec<RecordRow>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col(Table::Sequence).gt(after)).limit(limit);
    session.fetch_all(&select).await?.iter().map(read).collect()
}

/// The record at a place.
pub(super) async fn at(session: &mut Session, sequence: i64) -> Result<Option<RecordRow>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col(Table::Sequence).eq(sequence));
    session.fetch_one(&select).await?.map(|row| read(&row)).transpose()
}

/// Records of a consultation, in order; its tombstone is none of them.
pub(super) async fn of_consultation(session: &mut Session, id: &ConsultationId) -> Result<Vec<RecordRow>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col(Table::ConsultationId).eq(id.as_str()));
    select.and_where(Expr::col(Table::IsTombstone).eq(0_i64));
    session.fetch_all(&select).await?.iter().map(read).collect()
}

/// Records of a call-back, in order; its tombstone is none of them.
pub(super) async fn of_callback(session: &mut Session, id: &CallbackId) -> Result<Vec<RecordRow>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col(Table::CallbackId).eq(id.as_str()));
    select.and_where(Expr::col(Table::IsTombstone).eq(0_i64));
    session.fetch_all(&select).await?.iter().map(read).collect()
}

/// The hash of one record; the genesis hash for 0; `None` when it is missing.
pub(super) async fn hash_of(session: &mut Session, sequence: i64) -> Result<Option<String>, StoreError> {
    if sequence == 0 {
        return Ok(Some(chain::GENESIS.to_owned()));
    }
    let mut select = Query::select();
    select.column(Table::Hash).from(Table::Table).and_where(Expr::col(Table::Sequence).eq(sequence));
    session.fetch_one(&select).await?.map(|row| row.text(Table::Hash)).transpose()
}

/// The last record and its hash; 0 and the genesis hash where there is none; `None`: the one that was counted last is not there.
pub async fn head(session: &mut Session) -> Result<Option<(i64, String)>, StoreError> {
    let last = number::last(session, number::ARCHIVE).await?;
    Ok(hash_of(session, last).await?.map(|hash| (last, hash)))
}

/// The hash of a record, as [`head`] gives it.
pub async fn hash_at(session: &mut Session, sequence: i64) -> Result<Option<String>, StoreError> {
    hash_of(session, sequence).await
}

/// Whether a record's key is there.
pub(super) async fn has_key(session: &mut Session, sequence: i64) -> Result<bool, StoreError> {
    let mut select = Query::select();
    select.column(ArchiveKey::Sequence).from(ArchiveKey::Table);
    select.and_where(Expr::col(ArchiveKey::Sequence).eq(sequence));
    Ok(session.fetch_one(&select).await?.is_some())
}

/// Destroys the key of a record: it opens no more, and the chain stays whole.
pub(super) async fn destroy_key(writing: &mut Writing, sequence: i64) -> Result<(), StoreError> {
    let mut delete = Query::delete();
    delete.from_table(ArchiveKey::Table).and_where(Expr::col(ArchiveKey::Sequence).eq(sequence));
    writing.execute(&delete).await.map(drop)
}

/// A record's two sealed parts.
///
/// Errors: `Erased` when its key is gone.
pub(super) async fn sealed(session: &mut Session, row: &RecordRow) -> Result<Sealed, ArchiveError> {
    let mut select = Query::select();
    select
        .column(ArchiveKey::WrappedKey)
        .from(ArchiveKey::Table)
        .and_where(Expr::col(ArchiveKey::Sequence).eq(row.sequence));
    let key = session.fetch_one(&select).await?.ok_or(ArchiveError::Erased)?;
    Ok(Sealed { ciphertext: row.ciphertext.clone(), wrapped_key: key.bytes(ArchiveKey::WrappedKey)? })
}
