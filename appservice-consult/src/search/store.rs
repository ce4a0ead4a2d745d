//! Rows of the index: what stands behind labels, what is in it, what has to be read into it, of what form it is.

use std::collections::HashMap;

use sea_query::{Cond, Expr, ExprTrait, Func, OnConflict, Order, Query, SelectStatement};

use super::slots::{BUCKET, place};
use crate::ids::{ConsultationId, PatientId};
use crate::store::tables::{
    ArchiveIndex, ArchiveIndexed as Indexed, ArchiveKey, ArchiveToIndex as ToIndex, ArchiveWord as Word, Consultation,
};
use crate::store::{Row, Session, StoreError, Writing};
use crate::time::Time;

/// Rows of a document in the index.
#[derive(Debug, Clone)]
pub(super) struct IndexedRow {
    /// Its number.
    pub doc: i64,
    /// The consultation.
    pub consultation: ConsultationId,
    /// Its labels, sealed.
    pub labels: Vec<u8>,
}

/// A consultation that has to be read into the index.
#[derive(Debug, Clone)]
pub(super) struct DueRow {
    /// Which.
    pub consultation: ConsultationId,
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

fn indexed() -> SelectStatement {
    let mut select = Query::select();
    select.columns([Indexed::Doc, Indexed::ConsultationId, Indexed::Labels]).from(Indexed::Table);
    select
}

fn indexed_row(row: &Row) -> Result<IndexedRow, StoreError> {
    Ok(IndexedRow {
        doc: row.number(Indexed::Doc)?,
        consultation: row.id(Indexed::ConsultationId)?,
        labels: row.bytes(Indexed::Labels)?,
    })
}

/// What is in the index of a consultation.
pub(super) async fn of_consultation(
    session: &mut Session,
    id: &ConsultationId,
) -> Result<Option<IndexedRow>, StoreError> {
    let mut select = indexed();
    select.and_where(Expr::col(Indexed::ConsultationId).eq(id.as_str()));
    session.fetch_one(&select).await?.as_ref().map(indexed_row).transpose()
}

/// The documents of a bucket, in their order.
pub(super) async fn of_bucket(session: &mut Session, bucket: i64) -> Result<Vec<IndexedRow>, StoreError> {
    let mut select = indexed();
    select.and_where(Expr::col(Indexed::Doc).gte(bucket * BUCKET));
    select.and_where(Expr::col(Indexed::Doc).lt((bucket + 1) * BUCKET)).order_by(Indexed::Doc, Order::Asc);
    session.fetch_all(&select).await?.iter().map(indexed_row).collect()
}

/// Writes that a consultation is in the index.
pub(super) async fn put_indexed(writing: &mut Writing, row: IndexedRow, sealed_at: Time) -> Result<(), StoreError> {
    let mut insert = Query::insert();
    insert.into_table(Indexed::Table);
    insert.columns([Indexed::Doc, Indexed::ConsultationId, Indexed::SealedAt, Indexed::Labels]);
    insert.values_panic([
        row.doc.into(),
        row.consultation.as_str().into(),
        sealed_at.as_millis().into(),
        row.labels.into(),
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

/// The documents of some patients.
pub(super) async fn of_those(session: &mut Session, narrowed: Cond) -> Result<Vec<i64>, StoreError> {
    let mut those = Query::select();
    those.column(Consultation::Id).from(Consultation::Table).cond_where(narrowed);
    let mut select = Query::select();
    select.column(Indexed::Doc).from(Indexed::Table);
    select.and_where(Expr::col(Indexed::ConsultationId).in_subquery(those));
    session.fetch_all(&select).await?.iter().map(|row| row.number(Indexed::Doc)).collect()
}

/// The consultations of some documents.
pub(super) async fn consultations(
    session: &mut Session,
    docs: &[i64],
) -> Result<HashMap<i64, ConsultationId>, StoreError> {
    let mut select = Query::select();
    select.columns([Indexed::Doc, Indexed::ConsultationId]).from(Indexed::Table);
    select.and_where(Expr::col(Indexed::Doc).is_in(docs.iter().copied()));
    let rows = session.fetch_all(&select).await?;
    rows.iter().map(|row| Ok((row.number(Indexed::Doc)?, row.id(Indexed::ConsultationId)?))).collect()
}

/// Documents of a bucket that have no business in the index: erased, or without the key of the record that they are named after.
pub(super) async fn strangers(session: &mut Session, bucket: i64) -> Result<Vec<i64>, StoreError> {
    let mut alive = Query::select();
    alive.column(Consultation::Id).from(Consultation::Table);
    alive.and_where(Expr::col(Consultation::SealedSequence).is_not_null());
    alive.and_where(Expr::col(Consultation::ErasedAt).is_null());
    let is_same = Expr::col((Consultation::Table, Consultation::Id)).equals((Indexed::Table, Indexed::ConsultationId));
    alive.and_where(is_same);
    let mut key = Query::select();
    key.column(ArchiveKey::Sequence).from(ArchiveKey::Table);
    key.and_where(Expr::col((ArchiveKey::Table, ArchiveKey::Sequence)).equals((Indexed::Table, Indexed::Doc)));
    let mut select = Query::select();
    select.column(Indexed::Doc).from(Indexed::Table);
    select.and_where(Expr::col(Indexed::Doc).gte(bucket * BUCKET));
    select.and_where(Expr::col(Indexed::Doc).lt((bucket + 1) * BUCKET));
    select.and_where(Expr::exists(alive).not().or(Expr::exists(key).not())).order_by(Indexed::Doc, Order::Asc);
    session.fetch_all(&select).await?.iter().map(|row| row.number(Indexed::Doc)).collect()
}

/// Marks a consultation that is sealed and not erased, so that it is read into the index; another mark, where it waits already.
pub(super) async fn mark(writing: &mut Writing, id: &ConsultationId) -> Result<(), StoreError> {
    let mut select = Query::select();
    select.column(Consultation::SealedSequence).from(Consultation::Table);
    select
        .and_where(Expr::col(Consultation::Id).eq(id.as_str()))
        .and_where(Expr::col(Consultation::ErasedAt).is_null());
    let found = writing.fetch_one(&select).await?;
    let sequence = found.map_or(Ok(None), |row| row.number_or_null(Consultation::SealedSequence))?;
    let Some(sequence) = sequence else { return Ok(()) };
    let mut insert = Query::insert();
    insert.into_table(ToIndex::Table).columns([ToIndex::ConsultationId, ToIndex::Sequence, ToIndex::Marks]);
    insert.values_panic([id.as_str().into(), sequence.into(), 1_i64.into()]);
    let mut again = OnConflict::column(ToIndex::ConsultationId);
    again.value(ToIndex::Marks, Expr::col((ToIndex::Table, ToIndex::Marks)).add(1_i64));
    again.update_column(ToIndex::Sequence);
    writing.execute(insert.on_conflict(again)).await.map(drop)
}

/// Marks all sealed consultations of a patient.
pub(super) async fn mark_patient(writing: &mut Writing, patient: &PatientId) -> Result<(), StoreError> {
    let mut select = Query::select();
    select.column(Consultation::Id).from(Consultation::Table);
    select.and_where(Expr::col(Consultation::PatientId).eq(patient.as_str()));
    select.and_where(Expr::col(Consultation::SealedSequence).is_not_null());
    for row in writing.fetch_all(&select).await? {
        mark(writing, &row.id(Consultation::Id)?).await?;
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
    writing.execute(&insert).await.map(drop)
}

/// What has to be read, the newest first.
pub(super) async fn due(session: &mut Session, limit: u64) -> Result<Vec<DueRow>, StoreError> {
    let mut select = Query::select();
    select.columns([ToIndex::ConsultationId, ToIndex::Marks]).from(ToIndex::Table);
    select.order_by(ToIndex::Sequence, Order::Desc).limit(limit);
    let rows = session.fetch_all(&select).await?;
    rows.iter()
        .map(|row| Ok(DueRow { consultation: row.id(ToIndex::ConsultationId)?, marks: row.number(ToIndex::Marks)? }))
        .collect()
}

/// How many have to be read.
pub(super) async fn left(session: &mut Session) -> Result<i64, StoreError> {
    let mut select = Query::select();
    select.expr(Func::count(Expr::col(ToIndex::ConsultationId))).from(ToIndex::Table);
    session.fetch_one(&select).await?.map_or(Ok(0), |row| row.first_number())
}

/// Takes it off the list, unless it was marked again meanwhile, or taken off; returns whether it was taken off now.
pub(super) async fn settle(writing: &mut Writing, due: &DueRow) -> Result<bool, StoreError> {
    let mut delete = Query::delete();
    delete.from_table(ToIndex::Table).and_where(Expr::col(ToIndex::ConsultationId).eq(due.consultation.as_str()));
    Ok(writing.execute(delete.and_where(Expr::col(ToIndex::Marks).eq(due.marks))).await? == 1)
}

/// Takes it off the list, however it was marked.
pub(super) async fn unmark(writing: &mut Writing, id: &ConsultationId) -> Result<(), StoreError> {
    let mut delete = Query::delete();
    delete.from_table(ToIndex::Table).and_where(Expr::col(ToIndex::ConsultationId).eq(id.as_str()));
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
