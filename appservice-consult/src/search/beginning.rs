//! Beginnings of words: which one a word is kept behind, what is looked up by one, and the bytes of the words behind one. Pure.
//!
//! A word is looked up by its hash, which says nothing of its beginning. So the words of a bucket stand once more, sealed, together with those that share their
//! first three letters: whoever has the key opens one such list, sees which words begin as was typed, and looks these up. What is kept are stems of letters
//! alone; numbers, and what has digits in it, are found whole or not at all.

use std::collections::BTreeSet;

use super::words::stem;

/// Letters of a beginning: what shares them stands together, and nobody searches by fewer.
const LETTERS: usize = 3;
/// Words that are kept behind one beginning in a bucket. A language has some hundreds; what has more is machine output, and the rest of it is found whole.
const STEMS_MAX: usize = 1_000;
/// Shortest bytes of a list. Longer ones are filled up to a power of two.
const BYTES_MIN: usize = 64;
/// Between the words of a list, and behind them. No word has it.
const END: u8 = b'\n';

/// The first letters of a stem or of what was typed; `None`: it is too short, or not of letters alone.
pub fn first_letters(word: &str) -> Option<&str> {
    if !word.chars().all(char::is_alphabetic) {
        return None;
    }
    let (last, letter) = word.char_indices().nth(LETTERS - 1)?;
    word.get(..last + letter.len_utf8())
}

/// The beginning of a word that is searched for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beginning {
    /// As it was typed, folded.
    folded: String,
    /// Its own stem: a beginning may be a whole word, and a word longer than its stem. None where that is so short that other words have it too.
    stem: Option<String>,
}

impl Beginning {
    /// Of a folded word; `None`: nothing is looked up by it.
    pub fn of(folded: &str) -> Option<Self> {
        first_letters(folded)?;
        let own = stem(folded).filter(|stem| stem.chars().count() > LETTERS);
        Some(Self { folded: folded.to_owned(), stem: own })
    }

    /// Its first letters.
    pub fn first_letters(&self) -> &str {
        first_letters(&self.folded).unwrap_or_default()
    }

    /// Whether a word of this stem begins so.
    pub fn has(&self, stem: &str) -> bool {
        stem.starts_with(&self.folded) || self.stem.as_deref() == Some(stem)
    }

    /// Of the stems behind its first letters those that begin so, and its own.
    pub fn among(&self, known: &Stems) -> BTreeSet<String> {
        known.0.iter().filter(|stem| self.has(stem)).chain(&self.stem).cloned().collect()
    }
}

/// The stems of a bucket behind the same first letters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stems(BTreeSet<String>);

impl Stems {
    /// Puts more in, as far as there is room.
    pub fn add(&mut self, more: BTreeSet<String>) {
        for stem in more {
            if self.0.len() >= STEMS_MAX {
                return;
            }
            self.0.insert(stem);
        }
    }

    /// Keeps some.
    pub fn keep(&mut self, is_kept: impl Fn(&str) -> bool) {
        self.0.retain(|stem| is_kept(stem));
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// One after the other.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// As they are sealed: padded, so that the length shows their order of magnitude and no more.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes: Vec<u8> = self.0.iter().flat_map(|stem| stem.bytes().chain(std::iter::once(END))).collect();
        bytes.resize(bytes.len().next_power_of_two().max(BYTES_MIN), END);
        bytes
    }

    /// Reads what [`Stems::to_bytes`] gave; `None`: it is something else.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        Some(Self(text.split(char::from(END)).filter(|stem| !stem.is_empty()).map(str::to_owned).collect()))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use proptest::prelude::*;

    use super::{BYTES_MIN, Beginning, STEMS_MAX, Stems, first_letters};

    fn stems(words: &[&str]) -> Stems {
        let mut stems = Stems::default();
        stems.add(words.iter().map(|word| (*word).to_owned()).collect());
        stems
    }

    #[test]
    fn a_beginning_has_three_letters_and_nothing_but_letters() {
        assert_eq!((first_letters("аллерг"), first_letters("ear")), (Some("алл"), Some("ear")));
        for word in ["", "а", "ab", "b12", "img2024"] {
            assert_eq!(first_letters(word), None, "{word}");
            assert_eq!(Beginning::of(word), None, "{word}");
        }
    }

    #[test]
    fn what_begins_so_is_found_and_what_only_shares_the_first_letters_is_not() {
        let known = stems(&["аллерг", "аллерголог", "аллопат", "аллегор"]);
        let found = |typed: &str| Beginning::of(typed).unwrap().among(&known).into_iter().collect::<Vec<_>>();
        assert_eq!(found("аллер"), ["аллер", "аллерг", "аллерголог"]);
        assert_eq!(found("аллергия"), ["аллерг"], "a whole word is looked up by its own stem");
        assert_eq!(Beginning::of("аллер").unwrap().first_letters(), "алл");
    }

    #[test]
    fn more_than_there_is_room_for_is_left_out() {
        let mut many = Stems::default();
        many.add((0..=STEMS_MAX).map(|number| format!("aaa{number}")).collect());
        assert_eq!(many.words().count(), STEMS_MAX);
    }

    proptest! {
        #[test]
        fn what_was_written_is_read_again_and_its_length_is_a_power_of_two(
            words in proptest::collection::btree_set("[a-zа-я]{3,20}", 0..60),
        ) {
            let mut stems = Stems::default();
            stems.add(words);
            let bytes = stems.to_bytes();
            prop_assert!(bytes.len() >= BYTES_MIN && bytes.len().is_power_of_two());
            prop_assert_eq!(Stems::from_bytes(&bytes).unwrap(), stems);
        }

        #[test]
        fn first_letters_begin_the_word(word in "\\PC{0,20}") {
            if let Some(letters) = first_letters(&word) {
                prop_assert!(word.starts_with(letters) && letters.chars().count() == 3);
            }
        }
    }
}
