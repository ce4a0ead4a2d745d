//! Rows of the index: what stands behind labels, what is in it, what has to be read into it, of what form it is.

use std::collections::HashMap;

use sea_query::{Cond, Expr, ExprTrait, Func, OnConflict, Order, Query, SelectStatement};

use super::Subject;
use super::narrow::Narrowed;
use super::slots::{BUCKET, place};
use crate::ids::PatientId;
use crate::store::tables::{
    ArchiveBeginning as Beginning, ArchiveIndex, ArchiveIndexed as Indexed, ArchiveKey, ArchiveToIndex as ToIndex,
    ArchiveWord as Word, Callback, Consultation,
};
use crate::store::{Row, Session, StoreError, Writing};
use crate::time::Time;

/// Rows of a document in the index.
#[derive(Debug, Clone)]
pub(super) struct IndexedRow {
    /// Its number.
    pub doc: i64,
    /// What it is.
    pub subject: Subject,
    /// Its labels, sealed.
    pub labels: Vec<u8>,
    /// Those of first letters that words of it have, sealed.
    pub beginnings: Vec<u8>,
}

/// What has to be read into the index.
#[derive(Debug, Clone)]
pub(super) struct DueRow {
    /// Which.
    pub subject: Subject,
    /// What it was marked by so far.
    pub marks: i64,
}

/// What stands behind labels of a bucket, sealed; a label that is not there has nothing.
pub(super) async fn words(
    session: &mut Session,
    bucket: i64,
    labels: &[i64],
) -> Result<HashMap<i64, Vec<u8>>, StoreError> {
    let mut select = Query::select();
    select.columns([Word::Label, Word::Docs]).from(Word::Table);
    select.and_where(Expr::col(Word::Bucket).eq(bucket));
    select.and_where(Expr::col(Word::Label).is_in(labels.iter().copied()));
    session.fetch_all(&select).await?.iter().map(|row| Ok((row.number(Word::Label)?, row.bytes(Word::Docs)?))).collect()
}

/// The labels of a bucket behind one, in order, with what stands behind them, sealed.
pub(super) async fn words_behind(
    session: &mut Session,
    bucket: i64,
    behind: Option<i64>,
    limit: u64,
) -> Result<Vec<(i64, Vec<u8>)>, StoreError> {
    let mut select = Query::select();
    select.columns([Word::Label, Word::Docs]).from(Word::Table);
    select.and_where(Expr::col(Word::Bucket).eq(bucket));
    if let Some(behind) = behind {
        select.and_where(Expr::col(Word::Label).gt(behind));
    }
    select.order_by(Word::Label, Order::Asc).limit(limit);
    session.fetch_all(&select).await?.iter().map(|row| Ok((row.number(Word::Label)?, row.bytes(Word::Docs)?))).collect()
}

/// Writes what stands behind a label; `None`: nothing any more.
pub(super) async fn put_word(
    writing: &mut Writing,
    bucket: i64,
    label: i64,
    docs: Option<Vec<u8>>,
) -> Result<(), StoreError> {
    let Some(docs) = docs else {
        let mut delete = Query::delete();
        delete.from_table(Word::Table).and_where(Expr::col(Word::Bucket).eq(bucket));
        return writing.execute(delete.and_where(Expr::col(Word::Label).eq(label))).await.map(drop);
    };
    let mut insert = Query::insert();
    insert.into_table(Word::Table).columns([Word::Bucket, Word::Label, Word::Docs]);
    insert.values_panic([bucket.into(), label.into(), docs.into()]);
    let over = OnConflict::columns([Word::Bucket, Word::Label]).update_column(Word::Docs).to_owned();
    writing.execute(insert.on_conflict(over)).await.map(drop)
}

/// The stems behind first letters in a bucket, sealed.
pub(super) async fn beginnings(session: &mut Session, bucket: i64, label: i64) -> Result<Option<Vec<u8>>, StoreError> {
    let mut select = Query::select();
    select.column(Beginning::Words).from(Beginning::Table);
    select.and_where(Expr::col(Beginning::Bucket).eq(bucket)).and_where(Expr::col(Beginning::Label).eq(label));
    session.fetch_one(&select).await?.map(|row| row.bytes(Beginning::Words)).transpose()
}

/// All labels of first letters of a bucket, with the stems behind them, sealed.
pub(super) async fn beginnings_of(session: &mut Session, bucket: i64) -> Result<Vec<(i64, Vec<u8>)>, StoreError> {
    let mut select = Query::select();
    select.columns([Beginning::Label, Beginning::Words]).from(Beginning::Table);
    select.and_where(Expr::col(Beginning::Bucket).eq(bucket));
    let rows = session.fetch_all(&select).await?;
    rows.iter().map(|row| Ok((row.number(Beginning::Label)?, row.bytes(Beginning::Words)?))).collect()
}

/// Writes which stems stand behind first letters; `None`: none any more.
pub(super) async fn put_beginning(
    writing: &mut Writing,
    bucket: i64,
    label: i64,
    words: Option<Vec<u8>>,
) -> Result<(), StoreError> {
    let Some(words) = words else {
        let mut delete = Query::delete();
        delete.from_table(Beginning::Table).and_where(Expr::col(Beginning::Bucket).eq(bucket));
        return writing.execute(delete.and_where(Expr::col(Beginning::Label).eq(label))).await.map(drop);
    };
    let mut insert = Query::insert();
    insert.into_table(Beginning::Table).columns([Beginning::Bucket, Beginning::Label, Beginning::Words]);
    insert.values_panic([bucket.into(), label.into(), words.into()]);
    let over = OnConflict::columns([Beginning::Bucket, Beginning::Label]).update_column(Beginning::Words).to_owned();
    writing.execute(insert.on_conflict(over)).await.map(drop)
}

fn indexed() -> SelectStatement {
    let mut select = Query::select();
    select.columns([Indexed::Doc, Indexed::ConsultationId, Indexed::CallbackId, Indexed::Labels, Indexed::Beginnings]);
    select.from(Indexed::Table);
    select
}

/// What a row of the index is of.
fn indexed_subject(row: &Row) -> Result<Subject, StoreError> {
    Ok(match row.id_or_null(Indexed::ConsultationId)? {
        Some(id) => Subject::Consultation(id),
        None => Subject::Callback(row.id(Indexed::CallbackId)?),
    })
}

fn indexed_row(row: &Row) -> Result<IndexedRow, StoreError> {
    Ok(IndexedRow {
        doc: row.number(Indexed::Doc)?,
        subject: indexed_subject(row)?,
        labels: row.bytes(Indexed::Labels)?,
        beginnings: row.bytes(Indexed::Beginnings)?,
    })
}

/// What is in the index of a subject.
pub(super) async fn of_subject(session: &mut Session, subject: &Subject) -> Result<Option<IndexedRow>, StoreError> {
    let mut select = indexed();
    select.and_where(match subject {
        Subject::Consultation(id) => Expr::col(Indexed::ConsultationId).eq(id.as_str()),
        Subject::Callback(id) => Expr::col(Indexed::CallbackId).eq(id.as_str()),
    });
    session.fetch_one(&select).await?.as_ref().map(indexed_row).transpose()
}

/// The documents of a bucket, in their order.
pub(super) async fn of_bucket(session: &mut Session, bucket: i64) -> Result<Vec<IndexedRow>, StoreError> {
    let mut select = indexed();
    select.and_where(Expr::col(Indexed::Doc).gte(bucket * BUCKET));
    select.and_where(Expr::col(Indexed::Doc).lt((bucket + 1) * BUCKET)).order_by(Indexed::Doc, Order::Asc);
    session.fetch_all(&select).await?.iter().map(indexed_row).collect()
}

/// Writes that a document is in the index.
pub(super) async fn put_indexed(writing: &mut Writing, row: IndexedRow, sealed_at: Time) -> Result<(), StoreError> {
    let (consultation, callback) = row.subject.columns();
    let mut insert = Query::insert();
    insert.into_table(Indexed::Table).columns([
        Indexed::Doc,
        Indexed::ConsultationId,
        Indexed::CallbackId,
        Indexed::SealedAt,
        Indexed::Labels,
        Indexed::Beginnings,
    ]);
    insert.values_panic([
        row.doc.into(),
        consultation.into(),
        callback.into(),
        sealed_at.as_millis().into(),
        row.labels.into(),
        row.beginnings.into(),
    ]);
    writing.execute(&insert).await.map(drop)
}

/// Takes out that it is.
pub(super) async fn remove_indexed(writing: &mut Writing, doc: i64) -> Result<(), StoreError> {
    let mut delete = Query::delete();
    writing.execute(delete.from_table(Indexed::Table).and_where(Expr::col(Indexed::Doc).eq(doc))).await.map(drop)
}

/// The last bucket that has anything; `None`: the index is empty.
pub(super) async fn last_bucket(session: &mut Session) -> Result<Option<i64>, StoreError> {
    let mut of_docs = Query::select();
    of_docs.expr(Func::max(Expr::col(Indexed::Doc))).from(Indexed::Table);
    let last = session.fetch_one(&of_docs).await?.map_or(Ok(None), |row| row.first_number_or_null())?;
    let mut of_words = Query::select();
    of_words.expr(Func::max(Expr::col(Word::Bucket))).from(Word::Table);
    let bucket = session.fetch_one(&of_words).await?.map_or(Ok(None), |row| row.first_number_or_null())?;
    Ok(Ord::max(bucket, last.map(|doc| place(doc).0)))
}

/// Empties a bucket.
pub(super) async fn clear(writing: &mut Writing, bucket: i64) -> Result<(), StoreError> {
    let mut words = Query::delete();
    writing.execute(words.from_table(Word::Table).and_where(Expr::col(Word::Bucket).eq(bucket))).await?;
    let mut beginnings = Query::delete();
    beginnings.from_table(Beginning::Table).and_where(Expr::col(Beginning::Bucket).eq(bucket));
    writing.execute(&beginnings).await?;
    let mut docs = Query::delete();
    docs.from_table(Indexed::Table).and_where(Expr::col(Indexed::Doc).gte(bucket * BUCKET));
    writing.execute(docs.and_where(Expr::col(Indexed::Doc).lt((bucket + 1) * BUCKET))).await.map(drop)
}

/// The first document that was sealed at a time or after it.
pub(super) async fn first_since(session: &mut Session, time: Time) -> Result<Option<i64>, StoreError> {
    let mut select = Query::select();
    select.column(Indexed::Doc).from(Indexed::Table).and_where(Expr::col(Indexed::SealedAt).gte(time.as_millis()));
    select.order_by(Indexed::SealedAt, Order::Asc).order_by(Indexed::Doc, Order::Asc).limit(1);
    session.fetch_one(&select).await?.map(|row| row.number(Indexed::Doc)).transpose()
}

/// The documents that few are: looked up by their rows.
pub(super) async fn of_few(session: &mut Session, narrowed: Narrowed) -> Result<Vec<i64>, StoreError> {
    let mut those = Query::select();
    those.column(Consultation::Id).from(Consultation::Table).cond_where(narrowed.consultations);
    let mut docs = docs_where(session, Expr::col(Indexed::ConsultationId).in_subquery(those)).await?;
    if let Some(callbacks) = narrowed.callbacks {
        let mut those = Query::select();
        those.column(Callback::Id).from(Callback::Table).cond_where(callbacks);
        docs.extend(docs_where(session, Expr::col(Indexed::CallbackId).in_subquery(those)).await?);
    }
    Ok(docs)
}

async fn docs_where(session: &mut Session, condition: Expr) -> Result<Vec<i64>, StoreError> {
    let mut select = Query::select();
    select.column(Indexed::Doc).from(Indexed::Table).and_where(condition);
    session.fetch_all(&select).await?.iter().map(|row| row.number(Indexed::Doc)).collect()
}

/// Those of some documents that are meant: their own rows are asked, one by one.
pub(super) async fn of_these(session: &mut Session, docs: &[i64], narrowed: &Narrowed) -> Result<Vec<i64>, StoreError> {
    let mut consultation = Query::select();
    consultation.expr(Expr::val(1_i64)).from(Consultation::Table);
    let is_its = Expr::col((Consultation::Table, Consultation::Id)).equals((Indexed::Table, Indexed::ConsultationId));
    consultation.and_where(is_its).cond_where(narrowed.consultations.clone());
    let callback = narrowed.callbacks.clone().map(|condition| {
        let mut callback = Query::select();
        callback.expr(Expr::val(1_i64)).from(Callback::Table);
        let is_its = Expr::col((Callback::Table, Callback::Id)).equals((Indexed::Table, Indexed::CallbackId));
        callback.and_where(is_its).cond_where(condition);
        Expr::exists(callback)
    });
    let mut select = Query::select();
    select.column(Indexed::Doc).from(Indexed::Table);
    select.and_where(Expr::col(Indexed::Doc).is_in(docs.iter().copied()));
    select.cond_where(Cond::any().add(Expr::exists(consultation)).add_option(callback));
    session.fetch_all(&select).await?.iter().map(|row| row.number(Indexed::Doc)).collect()
}

/// What some documents are.
pub(super) async fn subjects(session: &mut Session, docs: &[i64]) -> Result<HashMap<i64, Subject>, StoreError> {
    let mut select = Query::select();
    select.columns([Indexed::Doc, Indexed::ConsultationId, Indexed::CallbackId]).from(Indexed::Table);
    select.and_where(Expr::col(Indexed::Doc).is_in(docs.iter().copied()));
    let rows = session.fetch_all(&select).await?;
    rows.iter().map(|row| Ok((row.number(Indexed::Doc)?, indexed_subject(row)?))).collect()
}

/// Documents of a bucket that have no business in the index: erased, or without the key of the record that they are named after.
pub(super) async fn strangers(session: &mut Session, bucket: i64) -> Result<Vec<i64>, StoreError> {
    let mut consultation = Query::select();
    consultation.column(Consultation::Id).from(Consultation::Table);
    consultation.and_where(Expr::col(Consultation::SealedSequence).is_not_null());
    consultation.and_where(Expr::col(Consultation::ErasedAt).is_null());
    let is_its = Expr::col((Consultation::Table, Consultation::Id)).equals((Indexed::Table, Indexed::ConsultationId));
    consultation.and_where(is_its);
    let mut callback = Query::select();
    callback.column(Callback::Id).from(Callback::Table);
    callback.and_where(Expr::col(Callback::SealedSequence).is_not_null());
    callback.and_where(Expr::col(Callback::ErasedAt).is_null());
    let is_its = Expr::col((Callback::Table, Callback::Id)).equals((Indexed::Table, Indexed::CallbackId));
    callback.and_where(is_its);
    let is_alive = Expr::exists(consultation).or(Expr::exists(callback));
    let mut key = Query::select();
    key.column(ArchiveKey::Sequence).from(ArchiveKey::Table);
    key.and_where(Expr::col((ArchiveKey::Table, ArchiveKey::Sequence)).equals((Indexed::Table, Indexed::Doc)));
    let mut select = Query::select();
    select.column(Indexed::Doc).from(Indexed::Table);
    select.and_where(Expr::col(Indexed::Doc).gte(bucket * BUCKET));
    select.and_where(Expr::col(Indexed::Doc).lt((bucket + 1) * BUCKET));
    select.and_where(is_alive.not().or(Expr::exists(key).not())).order_by(Indexed::Doc, Order::Asc);
    session.fetch_all(&select).await?.iter().map(|row| row.number(Indexed::Doc)).collect()
}

/// Marks what is sealed and not erased, so that it is read into the index; another mark, where it waits already.
pub(super) async fn mark(writing: &mut Writing, subject: &Subject) -> Result<(), StoreError> {
    let mut select = Query::select();
    match subject {
        Subject::Consultation(id) => {
            select.expr(Expr::col(Consultation::SealedSequence)).from(Consultation::Table);
            select.and_where(Expr::col(Consultation::Id).eq(id.as_str()));
            select.and_where(Expr::col(Consultation::ErasedAt).is_null());
        }
        Subject::Callback(id) => {
            select.expr(Expr::col(Callback::SealedSequence)).from(Callback::Table);
            select.and_where(Expr::col(Callback::Id).eq(id.as_str()));
            select.and_where(Expr::col(Callback::ErasedAt).is_null());
        }
    }
    let found = writing.fetch_one(&select).await?;
    let sequence = found.map_or(Ok(None), |row| row.first_number_or_null())?;
    let Some(sequence) = sequence else { return Ok(()) };
    let (consultation, callback) = subject.columns();
    let mut insert = Query::insert();
    insert.into_table(ToIndex::Table).columns([
        ToIndex::ConsultationId,
        ToIndex::CallbackId,
        ToIndex::Sequence,
        ToIndex::Marks,
    ]);
    insert.values_panic([consultation.into(), callback.into(), sequence.into(), 1_i64.into()]);
    let mut again = OnConflict::column(column_of(subject));
    again.value(ToIndex::Marks, Expr::col((ToIndex::Table, ToIndex::Marks)).add(1_i64));
    again.update_column(ToIndex::Sequence);
    writing.execute(insert.on_conflict(again)).await.map(drop)
}

/// The column of what has to be read that has this id.
fn column_of(subject: &Subject) -> ToIndex {
    match subject {
        Subject::Consultation(_) => ToIndex::ConsultationId,
        Subject::Callback(_) => ToIndex::CallbackId,
    }
}

fn is_due(subject: &Subject) -> Expr {
    let (consultation, callback) = subject.columns();
    Expr::col(column_of(subject)).eq(consultation.or(callback).unwrap_or_default())
}

/// Marks all sealed consultations of a patient.
pub(super) async fn mark_patient(writing: &mut Writing, patient: &PatientId) -> Result<(), StoreError> {
    let mut select = Query::select();
    select.column(Consultation::Id).from(Consultation::Table);
    select.and_where(Expr::col(Consultation::PatientId).eq(patient.as_str()));
    select.and_where(Expr::col(Consultation::SealedSequence).is_not_null());
    for row in writing.fetch_all(&select).await? {
        mark(writing, &Subject::Consultation(row.id(Consultation::Id)?)).await?;
    }
    Ok(())
}

/// Marks all that is sealed behind a place of the chain, up to another.
pub(super) async fn mark_between(writing: &mut Writing, behind: i64, up_to: i64) -> Result<(), StoreError> {
    let mut select = Query::select();
    select.columns([Consultation::Id, Consultation::SealedSequence]).expr(Expr::val(1_i64)).from(Consultation::Table);
    select.and_where(Expr::col(Consultation::SealedSequence).gt(behind));
    select.and_where(Expr::col(Consultation::SealedSequence).lte(up_to));
    select.and_where(Expr::col(Consultation::ErasedAt).is_null());
    let mut insert = Query::insert();
    insert.into_table(ToIndex::Table).columns([ToIndex::ConsultationId, ToIndex::Sequence, ToIndex::Marks]);
    insert.select_from(select).expect("as many columns are chosen as written");
    insert.on_conflict(OnConflict::column(ToIndex::ConsultationId).do_nothing().to_owned());
    writing.execute(&insert).await?;
    let mut select = Query::select();
    select.columns([Callback::Id, Callback::SealedSequence]).expr(Expr::val(1_i64)).from(Callback::Table);
    select.and_where(Expr::col(Callback::SealedSequence).gt(behind));
    select.and_where(Expr::col(Callback::SealedSequence).lte(up_to));
    select.and_where(Expr::col(Callback::ErasedAt).is_null());
    let mut insert = Query::insert();
    insert.into_table(ToIndex::Table).columns([ToIndex::CallbackId, ToIndex::Sequence, ToIndex::Marks]);
    insert.select_from(select).expect("as many columns are chosen as written");
    insert.on_conflict(OnConflict::column(ToIndex::CallbackId).do_nothing().to_owned());
    writing.execute(&insert).await.map(drop)
}

/// What has to be read, the newest first.
pub(super) async fn due(session: &mut Session, limit: u64) -> Result<Vec<DueRow>, StoreError> {
    let mut select = Query::select();
    select.columns([ToIndex::ConsultationId, ToIndex::CallbackId, ToIndex::Marks]).from(ToIndex::Table);
    select.order_by(ToIndex::Sequence, Order::Desc).limit(limit);
    session.fetch_all(&select).await?.iter().map(due_row).collect()
}

fn due_row(row: &Row) -> Result<DueRow, StoreError> {
    let subject = match row.id_or_null(ToIndex::ConsultationId)? {
        Some(id) => Subject::Consultation(id),
        None => Subject::Callback(row.id(ToIndex::CallbackId)?),
    };
    Ok(DueRow { subject, marks: row.number(ToIndex::Marks)? })
}

/// How many have to be read.
pub(super) async fn left(session: &mut Session) -> Result<i64, StoreError> {
    let mut select = Query::select();
    select.expr(Func::count(Expr::col(ToIndex::Sequence))).from(ToIndex::Table);
    session.fetch_one(&select).await?.map_or(Ok(0), |row| row.first_number())
}

/// Takes it off the list, unless it was marked again meanwhile, or taken off; returns whether it was taken off now.
pub(super) async fn settle(writing: &mut Writing, due: &DueRow) -> Result<bool, StoreError> {
    let mut delete = Query::delete();
    delete.from_table(ToIndex::Table).and_where(is_due(&due.subject));
    Ok(writing.execute(delete.and_where(Expr::col(ToIndex::Marks).eq(due.marks))).await? == 1)
}

/// Takes it off the list, however it was marked.
pub(super) async fn unmark(writing: &mut Writing, subject: &Subject) -> Result<(), StoreError> {
    let mut delete = Query::delete();
    delete.from_table(ToIndex::Table).and_where(is_due(subject));
    writing.execute(&delete).await.map(drop)
}

/// Of what form the index is, and by which key it was made.
pub(super) async fn state(session: &mut Session) -> Result<(i64, Option<Vec<u8>>), StoreError> {
    let mut select = Query::select();
    select.columns([ArchiveIndex::Form, ArchiveIndex::KeyCheck]).from(ArchiveIndex::Table);
    let Some(row) = session.fetch_one(&select).await? else { return Ok((0, None)) };
    Ok((row.number(ArchiveIndex::Form)?, row.bytes_or_null(ArchiveIndex::KeyCheck)?))
}

/// Writes it down.
pub(super) async fn set_state(writing: &mut Writing, form: i64, check: Option<Vec<u8>>) -> Result<(), StoreError> {
    let mut update = Query::update();
    update.table(ArchiveIndex::Table);
    update.values([(ArchiveIndex::Form, form.into()), (ArchiveIndex::KeyCheck, check.into())]);
    writing.execute(&update).await.map(drop)
}
