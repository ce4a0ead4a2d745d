//! What somebody typed, as it is looked up: words that all have to be there, and phrases that have to stand so. Pure.

use super::piece::Piece;
use super::words::{stem, words};

/// Longest text that is searched for. Unit: characters. A question, not a letter.
const CHARACTERS_MAX: usize = 200;
/// Most words that are looked up: each costs as much again.
const WORDS_MAX: usize = 10;

/// Why nothing can be looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Nothing was typed.
    #[error("Say what to search for.")]
    Empty,
    /// It is too long.
    #[error("At most 200 characters.")]
    TooLong,
    /// There is no word in it that is long enough, or of letters and digits.
    #[error("Give a word of two letters or more.")]
    TooShort,
    /// Only words that stand nearly everywhere.
    #[error("Only words that stand in nearly every conversation: add one that does not.")]
    OnlyCommon,
    /// Too many words.
    #[error("At most 10 different words.")]
    TooManyWords,
}

/// What is looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// Stems that all have to be there, each once.
    pub stems: Vec<String>,
    /// Folded words that have to follow one another, of what stood in quotation marks.
    phrases: Vec<Vec<String>>,
}

impl Query {
    /// Reads what was typed. What stands in quotation marks, straight or as Russian and English have them, is a phrase; one that is not closed is none.
    pub fn parse(text: &str) -> Result<Self, Refused> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Refused::Empty);
        }
        if text.chars().count() > CHARACTERS_MAX {
            return Err(Refused::TooLong);
        }
        let parts: Vec<&str> = text.split(['"', '«', '»', '“', '”', '„']).collect();
        let (mut stems, mut phrases, mut is_word) = (Vec::new(), Vec::new(), false);
        for (at, part) in parts.iter().enumerate() {
            let folded: Vec<String> = words(part).into_iter().map(|word| word.folded).collect();
            is_word |= folded.iter().any(|word| word.chars().count() > 1);
            for stem in folded.iter().filter_map(|word| stem(word)) {
                if !stems.contains(&stem) {
                    stems.push(stem);
                }
            }
            let is_quoted = at % 2 == 1 && at + 1 < parts.len();
            if is_quoted && folded.len() > 1 {
                phrases.push(folded);
            }
        }
        match stems.len() {
            0 if is_word => Err(Refused::OnlyCommon),
            0 => Err(Refused::TooShort),
            1..=WORDS_MAX => Ok(Self { stems, phrases }),
            _ => Err(Refused::TooManyWords),
        }
    }

    /// Whether the index alone cannot say what is found.
    pub fn has_phrases(&self) -> bool {
        !self.phrases.is_empty()
    }

    /// Whether each phrase stands in one of the pieces.
    pub fn phrases_stand_in(&self, pieces: &[Piece]) -> bool {
        if self.phrases.is_empty() {
            return true;
        }
        let read = |piece: &Piece| words(&piece.text).into_iter().map(|word| word.folded).collect::<Vec<_>>();
        let texts: Vec<Vec<String>> = pieces.iter().map(read).collect();
        let stands = |phrase: &Vec<String>| {
            texts.iter().any(|text| text.windows(phrase.len()).any(|window| window == phrase.as_slice()))
        };
        self.phrases.iter().all(stands)
    }

    /// Which of its stems a folded word has.
    pub fn hit(&self, folded: &str) -> Option<usize> {
        let stem = stem(folded)?;
        self.stems.iter().position(|wanted| *wanted == stem)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use proptest::prelude::*;

    use super::{Query, Refused};
    use crate::search::piece::{Piece, Source};

    fn piece(text: &str) -> Piece {
        Piece { source: Source::Message, at: None, by: None, text: text.to_owned() }
    }

    #[test]
    fn each_word_is_looked_up_once_and_common_ones_not_at_all() {
        let query = Query::parse("Аллергия на аллергию и the rash").unwrap();
        assert_eq!(query.stems.len(), 2, "{query:?}");
        assert!(!query.has_phrases());
    }

    #[test]
    fn what_stands_in_quotation_marks_has_to_stand_so() {
        for text in ["\"головная боль\"", "«головная боль»", "„Головная боль“"]
        {
            let query = Query::parse(text).unwrap();
            assert!(query.has_phrases(), "{text}");
            assert!(query.phrases_stand_in(&[piece("Сильная головная боль!")]), "{text}");
            assert!(!query.phrases_stand_in(&[piece("боль головная"), piece("головная"), piece("боль")]), "{text}");
        }
        let open = Query::parse("\"головная боль").unwrap();
        assert!(!open.has_phrases() && open.phrases_stand_in(&[]));
        let common = Query::parse("\"боль в боку\"").unwrap();
        assert!(common.phrases_stand_in(&[piece("боль в боку")]), "common words count where they stand in a phrase");
        assert!(!common.phrases_stand_in(&[piece("боль боку")]));
    }

    #[test]
    fn what_cannot_be_looked_up_says_why() {
        assert_eq!(Query::parse("  "), Err(Refused::Empty));
        assert_eq!(Query::parse(&"боль ".repeat(50)), Err(Refused::TooLong));
        assert_eq!(Query::parse("я ?! x"), Err(Refused::TooShort));
        assert_eq!(Query::parse("\"\""), Err(Refused::TooShort));
        assert_eq!(Query::parse("и не the"), Err(Refused::OnlyCommon));
        let many = (10..21).map(|number| number.to_string()).collect::<Vec<_>>().join(" ");
        assert_eq!(Query::parse(&many), Err(Refused::TooManyWords));
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_read_or_refused(text in "\\PC{0,250}") {
            if let Ok(query) = Query::parse(&text) {
                prop_assert!((1..=10).contains(&query.stems.len()));
                prop_assert!(query.phrases_stand_in(&[piece(&text)]), "a text has its own phrases");
            }
        }
    }
}
