//! That index and archive agree: each document is a sealed consultation or call-back that is not erased, its list says where it stands, and it stands nowhere
//! else; behind first letters stand words that documents have, and no others.

use std::collections::{HashMap, HashSet};

use super::SearchError;
use super::beginning::first_letters;
use super::key::{IndexKey, List, Term};
use super::slots::place;
use super::store;
use crate::store::Session;

/// Labels that are looked at together.
const AT_ONCE: u64 = 5_000;

/// What is wrong with the index, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IndexFault {
    /// Words of something that was erased, or is none of the archive.
    #[error(
        "it has words of record {0}, which was erased or is neither a consultation's nor a call-back's; make it anew with `consilium archive reindex`"
    )]
    Stranger(i64),
    /// A list of a document does not open.
    #[error("what it knows of record {0} was changed; make it anew with `consilium archive reindex`")]
    Changed(i64),
    /// What stands behind a word does not open.
    #[error("an entry of bucket {0} was changed; make it anew with `consilium archive reindex`")]
    EntryChanged(i64),
    /// A document stands where its list does not say, or not where it says.
    #[error(
        "an entry of bucket {0} and the lists of its records do not agree; make it anew with `consilium archive reindex`"
    )]
    Disagrees(i64),
}

/// Checks the whole index; gives how many consultations and call-backs are in it.
pub async fn verify(session: &mut Session, key: &IndexKey) -> Result<Result<i64, IndexFault>, SearchError> {
    let mut count = 0;
    for bucket in 0..=store::last_bucket(session).await?.unwrap_or(-1) {
        match verify_bucket(session, key, bucket).await? {
            Ok(some) => count += some,
            Err(fault) => return Ok(Err(fault)),
        }
    }
    Ok(Ok(count))
}

async fn verify_bucket(
    session: &mut Session,
    key: &IndexKey,
    bucket: i64,
) -> Result<Result<i64, IndexFault>, SearchError> {
    if let Some(stranger) = store::strangers(session, bucket).await?.first() {
        return Ok(Err(IndexFault::Stranger(*stranger)));
    }
    let (mut expected, mut begun, mut count) = (HashMap::<i64, Vec<u16>>::new(), HashSet::new(), 0);
    for row in store::of_bucket(session, bucket).await? {
        let labels = key.open_labels(row.doc, List::Labels, &row.labels);
        let beginnings = key.open_labels(row.doc, List::Beginnings, &row.beginnings);
        let (Ok(labels), Ok(beginnings)) = (labels, beginnings) else {
            return Ok(Err(IndexFault::Changed(row.doc)));
        };
        for label in labels {
            expected.entry(label).or_default().push(place(row.doc).1);
        }
        begun.extend(beginnings);
        count += 1;
    }
    if let Err(fault) = verify_beginnings(session, key, bucket, (&expected, begun)).await? {
        return Ok(Err(fault));
    }
    let mut behind = None;
    loop {
        let words = store::words_behind(session, bucket, behind, AT_ONCE).await?;
        let Some((last, _)) = words.last() else { break };
        behind = Some(*last);
        for (label, sealed) in words {
            let Ok(slots) = key.open_slots(bucket, label, &sealed) else {
                return Ok(Err(IndexFault::EntryChanged(bucket)));
            };
            let stands = expected.remove(&label).unwrap_or_default();
            if !slots.last_first().eq(stands.into_iter().rev()) {
                return Ok(Err(IndexFault::Disagrees(bucket)));
            }
        }
    }
    Ok(if expected.is_empty() { Ok(count) } else { Err(IndexFault::Disagrees(bucket)) })
}

/// Checks what stands behind first letters: `words` are the labels that documents stand behind, `begun` those of first letters that their lists name.
async fn verify_beginnings(
    session: &mut Session,
    key: &IndexKey,
    bucket: i64,
    (words, mut begun): (&HashMap<i64, Vec<u16>>, HashSet<i64>),
) -> Result<Result<(), IndexFault>, SearchError> {
    for (label, sealed) in store::beginnings_of(session, bucket).await? {
        let Ok(stems) = key.open_stems(bucket, label, &sealed) else {
            return Ok(Err(IndexFault::EntryChanged(bucket)));
        };
        let begins_so =
            |stem: &str| first_letters(stem).is_some_and(|letters| key.label(bucket, Term::Begun(letters)) == label);
        let is_had = |stem: &str| words.contains_key(&key.label(bucket, Term::Stem(stem)));
        if !begun.remove(&label) || !stems.words().all(|stem| begins_so(stem) && is_had(stem)) {
            return Ok(Err(IndexFault::Disagrees(bucket)));
        }
    }
    Ok(if begun.is_empty() { Ok(()) } else { Err(IndexFault::Disagrees(bucket)) })
}
