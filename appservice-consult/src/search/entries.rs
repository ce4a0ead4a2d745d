//! Entries of documents: put in, many at once, and taken out without a trace.
//!
//! What stands behind a label is read, changed and sealed anew once for all documents of a batch; so a batch costs little more than its different words.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::Subject;
use super::document::Document;
use super::key::{IndexKey, List, Term};
use super::slots::{Slots, place};
use super::store::{self, IndexedRow};
use crate::context::Context;
use crate::store::{StoreError, Writing};

/// Labels that are looked through at once when a document's own list does not say which it has.
const SWEPT_AT_ONCE: u64 = 1_000;
/// Labels after which others have their turn: what is written here waits for nothing.
const TURN: usize = 128;

/// A bucket, and a label in it.
type At = (i64, i64);

/// Which slots come and go behind a label.
#[derive(Debug, Default)]
struct Change {
    comes: Vec<u16>,
    goes: Vec<u16>,
}

/// What a batch changes.
#[derive(Debug, Default)]
struct Batch {
    /// Behind labels.
    changes: BTreeMap<At, Change>,
    /// Labels of first letters that are to be looked at, with the stems that come.
    begun: BTreeMap<At, BTreeSet<String>>,
    /// Labels behind which nothing stands any more: their stems go from behind their first letters.
    emptied: HashSet<At>,
}

/// Puts documents into the index, each in the place of what stood there of its subject.
pub async fn put(
    writing: &mut Writing,
    key: &IndexKey,
    context: &Context,
    documents: &[Document],
) -> Result<(), StoreError> {
    let mut batch = Batch::default();
    for document in documents {
        let (bucket, slot) = place(document.doc);
        let labels: BTreeSet<i64> = document.terms().map(|term| key.label(bucket, term)).collect();
        let former = batch.take_out(writing, key, context, &document.subject).await?;
        let former: BTreeSet<(i64, i64, u16)> = former.into_iter().collect();
        for label in &labels {
            if !former.contains(&(bucket, *label, slot)) {
                batch.changes.entry((bucket, *label)).or_default().comes.push(slot);
            }
        }
        for (bucket_before, label, slot_before) in former {
            if (bucket_before, slot_before) != (bucket, slot) || !labels.contains(&label) {
                batch.changes.entry((bucket_before, label)).or_default().goes.push(slot_before);
            }
        }
        let labels: Vec<i64> = labels.into_iter().collect();
        let mut beginnings = Vec::new();
        for (letters, stems) in document.begun() {
            let label = key.label(bucket, Term::Begun(letters));
            batch.begun.entry((bucket, label)).or_default().extend(stems);
            beginnings.push(label);
        }
        let row = IndexedRow {
            doc: document.doc,
            subject: document.subject.clone(),
            labels: key.seal_labels(context, document.doc, List::Labels, &labels),
            beginnings: key.seal_labels(context, document.doc, List::Beginnings, &beginnings),
        };
        store::put_indexed(writing, row, document.sealed_at).await?;
    }
    batch.apply(writing, key, context).await
}

/// Takes all entries of a subject out.
pub async fn remove(
    writing: &mut Writing,
    key: &IndexKey,
    context: &Context,
    subject: &Subject,
) -> Result<(), StoreError> {
    let mut batch = Batch::default();
    let former = batch.take_out(writing, key, context, subject).await?;
    for (bucket, label, slot) in former {
        batch.changes.entry((bucket, label)).or_default().goes.push(slot);
    }
    batch.apply(writing, key, context).await
}

impl Batch {
    /// Takes out that a subject is in the index; gives where it stands: bucket, label, slot.
    async fn take_out(
        &mut self,
        writing: &mut Writing,
        key: &IndexKey,
        context: &Context,
        subject: &Subject,
    ) -> Result<Vec<(i64, i64, u16)>, StoreError> {
        let Some(row) = store::of_subject(writing, subject).await? else { return Ok(Vec::new()) };
        let (bucket, slot) = place(row.doc);
        store::remove_indexed(writing, row.doc).await?;
        let beginnings = match key.open_labels(row.doc, List::Beginnings, &row.beginnings) {
            Ok(labels) => labels,
            // Somebody changed the list: then every beginning of the bucket is looked at, so that nothing stays.
            Err(_) => store::beginnings_of(writing, bucket).await?.into_iter().map(|(label, _)| label).collect(),
        };
        for label in beginnings {
            self.begun.entry((bucket, label)).or_default();
        }
        if let Ok(labels) = key.open_labels(row.doc, List::Labels, &row.labels) {
            return Ok(labels.into_iter().map(|label| (bucket, label, slot)).collect());
        }
        // The same, of every label of the bucket.
        self.sweep(writing, key, context, (bucket, slot)).await?;
        Ok(Vec::new())
    }

    async fn sweep(
        &mut self,
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
                    self.write(writing, key, context, (bucket, *label), &slots).await?;
                }
            }
            tokio::task::yield_now().await;
        }
    }

    /// Writes what stands behind a label, and notes whether nothing does.
    async fn write(
        &mut self,
        writing: &mut Writing,
        key: &IndexKey,
        context: &Context,
        (bucket, label): At,
        slots: &Slots,
    ) -> Result<(), StoreError> {
        if slots.is_empty() {
            self.emptied.insert((bucket, label));
        } else {
            self.emptied.remove(&(bucket, label));
        }
        let sealed = (!slots.is_empty()).then(|| key.seal_slots(context, bucket, label, slots));
        store::put_word(writing, bucket, label, sealed).await
    }

    async fn apply(mut self, writing: &mut Writing, key: &IndexKey, context: &Context) -> Result<(), StoreError> {
        for (count, ((bucket, label), change)) in std::mem::take(&mut self.changes).into_iter().enumerate() {
            let known = store::words(writing, bucket, &[label]).await?.remove(&label);
            // What does not open was changed by somebody, and is written anew; `archive verify` names whom it lacks.
            let opened = known.as_ref().and_then(|sealed| key.open_slots(bucket, label, sealed).ok());
            let mut slots = opened.unwrap_or_else(Slots::none);
            change.goes.into_iter().for_each(|slot| slots.remove(slot));
            change.comes.into_iter().for_each(|slot| slots.insert(slot));
            self.write(writing, key, context, (bucket, label), &slots).await?;
            if count % TURN == TURN - 1 {
                tokio::task::yield_now().await;
            }
        }
        self.apply_beginnings(writing, key, context).await
    }

    /// Behind first letters the stems that come are put in, and those that no document has any more are taken out.
    async fn apply_beginnings(
        self,
        writing: &mut Writing,
        key: &IndexKey,
        context: &Context,
    ) -> Result<(), StoreError> {
        let Self { begun, emptied, .. } = self;
        for (count, ((bucket, label), comes)) in begun.into_iter().enumerate() {
            let known = store::beginnings(writing, bucket, label).await?;
            let opened = known.as_ref().and_then(|sealed| key.open_stems(bucket, label, sealed).ok());
            let mut stems = opened.clone().unwrap_or_default();
            if !emptied.is_empty() {
                stems.keep(|stem| !emptied.contains(&(bucket, key.label(bucket, Term::Stem(stem)))));
            }
            stems.add(comes);
            if opened.as_ref() != Some(&stems) {
                let sealed = (!stems.is_empty()).then(|| key.seal_stems(context, bucket, label, &stems));
                store::put_beginning(writing, bucket, label, sealed).await?;
            }
            if count % TURN == TURN - 1 {
                tokio::task::yield_now().await;
            }
        }
        Ok(())
    }
}
