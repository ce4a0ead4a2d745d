//! Entries of documents: put in, many at once, and taken out without a trace.
//!
//! What stands behind a label is read, changed and sealed anew once for all documents of a batch; so a batch costs little more than its different words.

use std::collections::{BTreeMap, BTreeSet};

use super::document::Document;
use super::key::IndexKey;
use super::slots::{Slots, place};
use super::store::{self, IndexedRow};
use crate::context::Context;
use crate::ids::ConsultationId;
use crate::store::{StoreError, Writing};

/// Labels that are looked through at once when a document's own list does not say which it has.
const SWEPT_AT_ONCE: u64 = 1_000;
/// Labels after which others have their turn: what is written here waits for nothing.
const TURN: usize = 128;

/// Which slots come and go behind a label.
#[derive(Debug, Default)]
struct Change {
    comes: Vec<u16>,
    goes: Vec<u16>,
}

type Changes = BTreeMap<(i64, i64), Change>;

/// Puts documents into the index, each in the place of what stood there of its consultation.
pub async fn put(
    writing: &mut Writing,
    key: &IndexKey,
    context: &Context,
    documents: &[Document],
) -> Result<(), StoreError> {
    let mut changes = Changes::new();
    for document in documents {
        let (bucket, slot) = place(document.doc);
        let labels: BTreeSet<i64> = document.terms().map(|term| key.label(bucket, term)).collect();
        let former = take_out(writing, key, context, &document.consultation).await?;
        let former: BTreeSet<(i64, i64, u16)> = former.into_iter().collect();
        for label in &labels {
            if !former.contains(&(bucket, *label, slot)) {
                changes.entry((bucket, *label)).or_default().comes.push(slot);
            }
        }
        for (bucket_before, label, slot_before) in former {
            if (bucket_before, slot_before) != (bucket, slot) || !labels.contains(&label) {
                changes.entry((bucket_before, label)).or_default().goes.push(slot_before);
            }
        }
        let labels: Vec<i64> = labels.into_iter().collect();
        let sealed = key.seal_labels(context, document.doc, &labels);
        let row = IndexedRow { doc: document.doc, consultation: document.consultation.clone(), labels: sealed };
        store::put_indexed(writing, row, document.sealed_at).await?;
    }
    apply(writing, key, context, changes).await
}

/// Takes all entries of a consultation out.
pub async fn remove(
    writing: &mut Writing,
    key: &IndexKey,
    context: &Context,
    consultation: &ConsultationId,
) -> Result<(), StoreError> {
    let mut changes = Changes::new();
    for (bucket, label, slot) in take_out(writing, key, context, consultation).await? {
        changes.entry((bucket, label)).or_default().goes.push(slot);
    }
    apply(writing, key, context, changes).await
}

/// Takes out that a consultation is in the index; gives where it stands: bucket, label, slot.
async fn take_out(
    writing: &mut Writing,
    key: &IndexKey,
    context: &Context,
    consultation: &ConsultationId,
) -> Result<Vec<(i64, i64, u16)>, StoreError> {
    let Some(row) = store::of_consultation(writing, consultation).await? else { return Ok(Vec::new()) };
    let (bucket, slot) = place(row.doc);
    store::remove_indexed(writing, row.doc).await?;
    if let Ok(labels) = key.open_labels(row.doc, &row.labels) {
        return Ok(labels.into_iter().map(|label| (bucket, label, slot)).collect());
    }
    // Somebody changed the list: then every label of the bucket is looked at, so that nothing stays.
    sweep(writing, key, context, (bucket, slot)).await?;
    Ok(Vec::new())
}

async fn apply(writing: &mut Writing, key: &IndexKey, context: &Context, changes: Changes) -> Result<(), StoreError> {
    for (count, ((bucket, label), change)) in changes.into_iter().enumerate() {
        let known = store::words(writing, bucket, &[label]).await?.remove(&label);
        // What does not open was changed by somebody, and is written anew; `archive verify` names whom it lacks.
        let opened = known.as_ref().and_then(|sealed| key.open_slots(bucket, label, sealed).ok());
        let mut slots = opened.unwrap_or_else(Slots::none);
        change.goes.into_iter().for_each(|slot| slots.remove(slot));
        change.comes.into_iter().for_each(|slot| slots.insert(slot));
        write(writing, key, context, (bucket, label), &slots).await?;
        if count % TURN == TURN - 1 {
            tokio::task::yield_now().await;
        }
    }
    Ok(())
}

async fn sweep(
    writing: &mut Writing,
    key: &IndexKey,
    context: &Context,
    (bucket, slot): (i64, u16),
) -> Result<(), StoreError> {
    let mut behind = None;
    loop {
        let words = store::words_behind(writing, bucket, behind, SWEPT_AT_ONCE).await?;
        let Some((last, _)) = words.last() else { return Ok(()) };
        behind = Some(*last);
        for (label, sealed) in &words {
            let Ok(before) = key.open_slots(bucket, *label, sealed) else { continue };
            let mut slots = before.clone();
            slots.remove(slot);
            if slots != before {
                write(writing, key, context, (bucket, *label), &slots).await?;
            }
        }
        tokio::task::yield_now().await;
    }
}

async fn write(
    writing: &mut Writing,
    key: &IndexKey,
    context: &Context,
    (bucket, label): (i64, i64),
    slots: &Slots,
) -> Result<(), StoreError> {
    let sealed = (!slots.is_empty()).then(|| key.seal_slots(context, bucket, label, slots));
    store::put_word(writing, bucket, label, sealed).await
}
