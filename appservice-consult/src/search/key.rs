//! The key of the index: what hides words behind labels, and seals what stands behind them.
//!
//! It is derived from the archive's identity. Who can open the records can search them; a machine that seals records and does not open them has no index.

use super::beginning::Stems;
use super::slots::Slots;
use crate::archive::ArchiveKeys;
use crate::context::Context;
use crate::tenant_key::{DoesNotOpen, Place, TenantKey};

/// Bytes of a label as a list has it.
const LABEL_BYTES: usize = 8;

/// What a document is found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Term<'a> {
    /// A stem in any of its texts.
    Stem(&'a str),
    /// A stem in what an operator may read of it, who may not read all.
    HeardBy {
        /// The operator.
        operator: &'a str,
        /// The stem.
        stem: &'a str,
    },
    /// That an operator may read all of it.
    WholeFor(&'a str),
    /// That an operator took part.
    Operator(&'a str),
    /// Its queue.
    Queue(&'a str),
    /// A tag on it.
    Tag(&'a str),
    /// The first letters of a word: behind them stand the words that begin so, and no document.
    Begun(&'a str),
}

impl Term<'_> {
    /// Two terms never read alike: ids have no `/`, and what comes last needs none.
    fn text(self) -> String {
        match self {
            Self::Stem(stem) => format!("stem/{stem}"),
            Self::HeardBy { operator, stem } => format!("heard/{operator}/{stem}"),
            Self::WholeFor(operator) => format!("whole/{operator}"),
            Self::Operator(operator) => format!("operator/{operator}"),
            Self::Queue(queue) => format!("queue/{queue}"),
            Self::Tag(tag) => format!("tag/{tag}"),
            Self::Begun(letters) => format!("begun/{letters}"),
        }
    }
}

/// The index's key of one tenant.
#[derive(Debug, Clone)]
pub struct IndexKey(TenantKey);

impl IndexKey {
    /// The key of a tenant's archive; none where its records cannot be opened.
    pub fn of(keys: &ArchiveKeys, tenant: &str) -> Option<Self> {
        keys.index_key(tenant).map(|key| Self(TenantKey::derive(&key, tenant)))
    }

    /// What says, without betraying it, whether an index was made by this key.
    pub fn check(&self) -> Vec<u8> {
        self.0.index("check", "")
    }

    /// Under what a term stands in a bucket. Another bucket has another label for it.
    pub fn label(&self, bucket: i64, term: Term<'_>) -> i64 {
        let hash = self.0.index("label", &format!("{bucket}/{}", term.text()));
        let mut bytes = [0; LABEL_BYTES];
        bytes.copy_from_slice(&hash[..LABEL_BYTES]);
        i64::from_be_bytes(bytes)
    }

    /// Seals the documents behind a label.
    pub fn seal_slots(&self, context: &Context, bucket: i64, label: i64, slots: &Slots) -> Vec<u8> {
        let row = format!("{bucket}/{label}");
        self.0.seal(context, slots_place(&row), &slots.to_bytes())
    }

    /// Opens them.
    pub fn open_slots(&self, bucket: i64, label: i64, sealed: &[u8]) -> Result<Slots, DoesNotOpen> {
        let row = format!("{bucket}/{label}");
        Slots::from_bytes(&self.0.open(slots_place(&row), sealed)?).ok_or(DoesNotOpen)
    }

    /// Seals the stems behind a label of first letters.
    pub fn seal_stems(&self, context: &Context, bucket: i64, label: i64, stems: &Stems) -> Vec<u8> {
        let row = format!("{bucket}/{label}");
        self.0.seal(context, stems_place(&row), &stems.to_bytes())
    }

    /// Opens them.
    pub fn open_stems(&self, bucket: i64, label: i64, sealed: &[u8]) -> Result<Stems, DoesNotOpen> {
        let row = format!("{bucket}/{label}");
        Stems::from_bytes(&self.0.open(stems_place(&row), sealed)?).ok_or(DoesNotOpen)
    }

    /// Seals the labels of a document.
    pub fn seal_labels(&self, context: &Context, doc: i64, list: List, labels: &[i64]) -> Vec<u8> {
        let bytes: Vec<u8> = labels.iter().flat_map(|label| label.to_be_bytes()).collect();
        self.0.seal(context, list.place(&doc.to_string()), &bytes)
    }

    /// Opens them.
    pub fn open_labels(&self, doc: i64, list: List, sealed: &[u8]) -> Result<Vec<i64>, DoesNotOpen> {
        let bytes = self.0.open(list.place(&doc.to_string()), sealed)?;
        if !bytes.len().is_multiple_of(LABEL_BYTES) {
            return Err(DoesNotOpen);
        }
        let label =
            |eight: &[u8]| <[u8; LABEL_BYTES]>::try_from(eight).map(i64::from_be_bytes).map_err(|_| DoesNotOpen);
        bytes.chunks_exact(LABEL_BYTES).map(label).collect()
    }
}

/// Which labels of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// Those that it stands behind.
    Labels,
    /// Those of first letters that words of it have.
    Beginnings,
}

impl List {
    fn place(self, row: &str) -> Place<'_> {
        let column = match self {
            Self::Labels => "labels",
            Self::Beginnings => "beginnings",
        };
        Place { table: "archive_indexed", column, row }
    }
}

fn slots_place(row: &str) -> Place<'_> {
    Place { table: "archive_word", column: "docs", row }
}

fn stems_place(row: &str) -> Place<'_> {
    Place { table: "archive_beginning", column: "words", row }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::{IndexKey, List, Term};
    use crate::context::Context;
    use crate::search::beginning::Stems;
    use crate::search::slots::Slots;
    use crate::tenant_key::TenantKey;

    fn key(seed: u8) -> IndexKey {
        IndexKey(TenantKey::derive(&[seed; 32], "a.test"))
    }

    #[test]
    fn a_term_has_one_label_in_a_bucket_and_another_in_every_other() {
        let key_of_one = key(1);
        let terms = [
            Term::Stem("a"),
            Term::HeardBy { operator: "o", stem: "a" },
            Term::WholeFor("a"),
            Term::Operator("a"),
            Term::Queue("a"),
            Term::Tag("a"),
            Term::Begun("a"),
        ];
        let of = |term: Term<'_>| (0..3).map(|bucket| key_of_one.label(bucket, term)).collect::<Vec<_>>();
        let mut labels: Vec<i64> = terms.into_iter().flat_map(of).collect();
        assert_eq!(key_of_one.label(0, terms[0]), labels[0]);
        assert_ne!(key(2).label(0, terms[0]), labels[0]);
        labels.sort_unstable();
        labels.dedup();
        assert_eq!(labels.len(), 21);
        assert_ne!(key(1).check(), key(2).check());
    }

    #[test]
    fn what_stands_behind_a_label_opens_there_alone() {
        let (context, key) = (Context::system(), key(1));
        let mut slots = Slots::none();
        slots.insert(7);
        let sealed = key.seal_slots(&context, 3, -5, &slots);
        assert_eq!(key.open_slots(3, -5, &sealed).unwrap(), slots);
        assert!(key.open_slots(4, -5, &sealed).is_err() && key.open_slots(3, 5, &sealed).is_err());
        let mut stems = Stems::default();
        stems.add(["knee".to_owned()].into());
        let sealed = key.seal_stems(&context, 3, -5, &stems);
        assert_eq!(key.open_stems(3, -5, &sealed).unwrap(), stems);
        assert!(key.open_stems(4, -5, &sealed).is_err() && key.open_slots(3, -5, &sealed).is_err());
        let labels = [i64::MIN, -1, 0, i64::MAX];
        let sealed = key.seal_labels(&context, 9, List::Labels, &labels);
        assert_eq!(key.open_labels(9, List::Labels, &sealed).unwrap(), labels);
        assert!(key.open_labels(8, List::Labels, &sealed).is_err());
        assert!(key.open_labels(9, List::Beginnings, &sealed).is_err());
    }
}
