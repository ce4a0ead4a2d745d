//! Which documents of a bucket have a word: a set of slots, and its bytes. Pure.
//!
//! The bytes are padded to one of a few lengths, so that what is sealed shows no more of a word than the order of magnitude of how often it occurs.

/// Documents of a bucket. A larger one has fewer rows to look up for a query, and longer ones to write for each document.
pub const BUCKET: i64 = 16_384;
/// Numbers of 64 bits in which a bucket's slots stand.
const WORDS: usize = 256;
/// Slots that a list has room for, by its length; more stand as bits.
const ROOMS: [usize; 4] = [4, 16, 64, 256];
/// First byte: a list of slots, each in two bytes, filled up with [`NOTHING`].
const LIST: u8 = 1;
/// First byte: a bit for each slot.
const BITS: u8 = 2;
const NOTHING: u16 = u16::MAX;

/// The bucket of a document, and its slot there.
pub fn place(doc: i64) -> (i64, u16) {
    let slot = u16::try_from(doc.rem_euclid(BUCKET)).expect("a slot is below the size of a bucket, which fits");
    (doc.div_euclid(BUCKET), slot)
}

/// The document at a place.
pub fn doc(bucket: i64, slot: u16) -> i64 {
    bucket * BUCKET + i64::from(slot)
}

/// A set of slots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slots(Box<[u64; WORDS]>);

impl Slots {
    /// None.
    pub fn none() -> Self {
        Self(Box::new([0; WORDS]))
    }

    /// All of a bucket.
    pub fn all() -> Self {
        Self(Box::new([u64::MAX; WORDS]))
    }

    /// Puts one in.
    pub fn insert(&mut self, slot: u16) {
        if let Some(word) = self.0.get_mut(usize::from(slot) / 64) {
            *word |= 1_u64 << (slot % 64);
        }
    }

    /// Takes one out.
    pub fn remove(&mut self, slot: u16) {
        if let Some(word) = self.0.get_mut(usize::from(slot) / 64) {
            *word &= !(1_u64 << (slot % 64));
        }
    }

    /// Keeps those that are in the other one too.
    pub fn keep(&mut self, other: &Self) {
        self.0.iter_mut().zip(other.0.iter()).for_each(|(word, other)| *word &= other);
    }

    /// Adds those of the other one.
    pub fn add(&mut self, other: &Self) {
        self.0.iter_mut().zip(other.0.iter()).for_each(|(word, other)| *word |= other);
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// All of them, the last first.
    pub fn last_first(&self) -> impl Iterator<Item = u16> + '_ {
        (0..=255_u16).rev().zip(self.0.iter().rev()).flat_map(|(at, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                let bit = u16::try_from(63_u32.checked_sub(rest.leading_zeros())?).ok()?;
                rest &= !(1_u64 << bit);
                Some(at * 64 + bit)
            })
        })
    }

    /// As they are sealed.
    pub fn to_bytes(&self) -> Vec<u8> {
        let count = self.len();
        let Some(room) = ROOMS.into_iter().find(|room| count <= *room) else {
            let words = self.0.iter().flat_map(|word| word.to_le_bytes());
            return std::iter::once(BITS).chain(words).collect();
        };
        let slots = self.last_first().chain(std::iter::repeat(NOTHING)).take(room);
        std::iter::once(LIST).chain(slots.flat_map(u16::to_le_bytes)).collect()
    }

    /// Reads what [`Slots::to_bytes`] gave; `None`: it is something else.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (form, bytes) = bytes.split_first()?;
        let mut slots = Self::none();
        match *form {
            LIST if ROOMS.iter().any(|room| bytes.len() == room * 2) => {
                let read = bytes.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]]));
                read.filter(|slot| *slot != NOTHING).for_each(|slot| slots.insert(slot));
            }
            BITS if bytes.len() == WORDS * 8 => {
                for (word, eight) in slots.0.iter_mut().zip(bytes.chunks_exact(8)) {
                    *word = u64::from_le_bytes(eight.try_into().ok()?);
                }
            }
            _ => return None,
        }
        Some(slots)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::{BUCKET, Slots, doc, place};

    fn of(slots: impl IntoIterator<Item = u16>) -> Slots {
        let mut set = Slots::none();
        slots.into_iter().for_each(|slot| set.insert(slot));
        set
    }

    #[test]
    fn a_document_has_one_place() {
        assert_eq!(place(1), (0, 1));
        assert_eq!(place(BUCKET), (1, 0));
        assert_eq!(place(BUCKET * 3 - 1), (2, 16_383));
        for number in [1, 64, BUCKET - 1, BUCKET, BUCKET * 61 + 7] {
            let (bucket, slot) = place(number);
            assert_eq!(doc(bucket, slot), number);
        }
    }

    #[test]
    fn rare_words_look_alike_and_so_do_frequent_ones() {
        let length = |count: u16| of(0..count).to_bytes().len();
        assert_eq!([length(0), length(1), length(4), length(5), length(16)], [9, 9, 9, 33, 33]);
        assert_eq!([length(256), length(257), length(16_384)], [513, 2_049, 2_049]);
    }

    #[test]
    fn what_is_something_else_is_not_read() {
        for bytes in [vec![], vec![1], vec![2; 9], vec![1; 8], vec![9; 33]] {
            assert_eq!(Slots::from_bytes(&bytes), None);
        }
    }

    proptest! {
        #[test]
        fn a_set_reads_back_as_it_was(slots in proptest::collection::btree_set(0_u16..16_384, 0..600)) {
            let set = of(slots.iter().copied());
            prop_assert_eq!(set.len(), slots.len());
            prop_assert_eq!(set.last_first().collect::<Vec<_>>(), slots.iter().rev().copied().collect::<Vec<_>>());
            prop_assert_eq!(Slots::from_bytes(&set.to_bytes()).unwrap(), set);
        }

        #[test]
        fn sets_are_cut_joined_and_emptied_as_sets_are(
            one in proptest::collection::btree_set(0_u16..16_384, 0..300), other in proptest::collection::btree_set(0_u16..16_384, 0..300),
        ) {
            let (mut both, mut any, mut rest) = (of(one.iter().copied()), of(one.iter().copied()), of(one.iter().copied()));
            both.keep(&of(other.iter().copied()));
            any.add(&of(other.iter().copied()));
            for slot in &other {
                rest.remove(*slot);
            }
            let listed = |set: &Slots| set.last_first().collect::<BTreeSet<_>>();
            prop_assert_eq!(listed(&both), one.intersection(&other).copied().collect());
            prop_assert_eq!(listed(&any), one.union(&other).copied().collect());
            prop_assert_eq!(listed(&rest), one.difference(&other).copied().collect::<BTreeSet<_>>());
            prop_assert_eq!(rest.is_empty(), one.is_subset(&other));
        }
    }
}
