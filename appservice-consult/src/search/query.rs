//! What somebody typed, as it is looked up: words that all have to be there, beginnings of words, and phrases that have to stand so. Pure.

use super::beginning::Beginning;
use super::piece::Piece;
use super::words::{stem, words};

/// Longest text that is searched for. Unit: characters. A question, not a letter.
const CHARACTERS_MAX: usize = 200;
/// Most words that are looked up: each costs as much again.
const WORDS_MAX: usize = 10;
/// Most of them that may be beginnings: each costs as much as all words that begin so.
const BEGINNINGS_MAX: usize = 3;
/// What stands behind the beginning of a word.
const BEGINS: char = '*';

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
    /// A beginning is too short, or not of letters alone.
    #[error("Before * give the first three letters of a word or more, and no digits.")]
    ShortBeginning,
    /// Only words that stand nearly everywhere.
    #[error("Only words that stand in nearly every conversation: add one that does not.")]
    OnlyCommon,
    /// Too many words.
    #[error("At most 10 different words.")]
    TooManyWords,
    /// Too many beginnings.
    #[error("At most 3 beginnings of words.")]
    TooManyBeginnings,
}

/// A word as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Typed {
    folded: String,
    /// Whether it is the beginning of one.
    begins: bool,
}

impl Typed {
    /// Whether a folded word is meant by it.
    fn is(&self, folded: &str) -> bool {
        if self.begins { folded.starts_with(&self.folded) } else { folded == self.folded }
    }
}

/// The words of a text. What has a star right behind it is the beginning of a word.
fn typed(text: &str) -> Vec<Typed> {
    let words = words(text).into_iter();
    words.map(|word| Typed { begins: text[word.end..].starts_with(BEGINS), folded: word.folded }).collect()
}

/// What is looked up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// Stems that all have to be there, each once.
    pub stems: Vec<String>,
    /// Beginnings, of each of which one word has to be there.
    pub beginnings: Vec<Beginning>,
    /// Words that have to follow one another, of what stood in quotation marks.
    phrases: Vec<Vec<Typed>>,
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
        let (mut query, mut is_word) = (Self::default(), false);
        for (at, part) in parts.iter().enumerate() {
            let typed = typed(part);
            for word in &typed {
                is_word |= word.folded.chars().count() > 1;
                query.add(word)?;
            }
            let is_quoted = at % 2 == 1 && at + 1 < parts.len();
            if is_quoted && typed.len() > 1 {
                query.phrases.push(typed);
            }
        }
        match (query.stems.len() + query.beginnings.len(), query.beginnings.len()) {
            (0, _) if is_word => Err(Refused::OnlyCommon),
            (0, _) => Err(Refused::TooShort),
            (_, beginnings) if beginnings > BEGINNINGS_MAX => Err(Refused::TooManyBeginnings),
            (1..=WORDS_MAX, _) => Ok(query),
            _ => Err(Refused::TooManyWords),
        }
    }

    /// Adds a word, once.
    fn add(&mut self, word: &Typed) -> Result<(), Refused> {
        if word.begins {
            let beginning = Beginning::of(&word.folded).ok_or(Refused::ShortBeginning)?;
            if !self.beginnings.contains(&beginning) {
                self.beginnings.push(beginning);
            }
        } else if let Some(stem) = stem(&word.folded)
            && !self.stems.contains(&stem)
        {
            self.stems.push(stem);
        }
        Ok(())
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
        let stands_so =
            |phrase: &[Typed], window: &[String]| phrase.iter().zip(window).all(|(typed, word)| typed.is(word));
        let stands = |phrase: &Vec<Typed>| {
            texts.iter().any(|text| text.windows(phrase.len()).any(|window| stands_so(phrase, window)))
        };
        self.phrases.iter().all(stands)
    }

    /// Which of what is looked up a folded word is: one of the stems, or behind these one of the beginnings.
    pub fn hit(&self, folded: &str) -> Option<usize> {
        let stem = stem(folded)?;
        let whole = self.stems.iter().position(|wanted| *wanted == stem);
        let begun = || self.beginnings.iter().position(|beginning| beginning.has(&stem));
        whole.or_else(|| begun().map(|place| self.stems.len() + place))
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
    fn what_has_a_star_behind_it_is_the_beginning_of_a_word() {
        let query = Query::parse("Аллер* боль аллер*").unwrap();
        assert_eq!((query.stems.len(), query.beginnings.len()), (1, 1), "{query:?}");
        let hits = ["болью", "аллергологу", "аллопат"].map(|word| query.hit(word));
        assert_eq!(hits, [Some(0), Some(1), None]);
        for text in ["* knee", "knee *", "*knee"] {
            assert!(Query::parse(text).unwrap().beginnings.is_empty(), "{text}");
        }
        let phrase = Query::parse("\"голов* боль\"").unwrap();
        assert!(
            phrase.phrases_stand_in(&[piece("головная боль")]) && !phrase.phrases_stand_in(&[piece("зубная боль")])
        );
    }

    #[test]
    fn what_cannot_be_looked_up_says_why() {
        assert_eq!(Query::parse("  "), Err(Refused::Empty));
        assert_eq!(Query::parse(&"боль ".repeat(50)), Err(Refused::TooLong));
        assert_eq!(Query::parse("я ?! x"), Err(Refused::TooShort));
        assert_eq!(Query::parse("\"\""), Err(Refused::TooShort));
        assert_eq!(Query::parse("и не the"), Err(Refused::OnlyCommon));
        for text in ["ал*", "knee я*", "b12*", "2024*"] {
            assert_eq!(Query::parse(text), Err(Refused::ShortBeginning), "{text}");
        }
        assert_eq!(Query::parse("knee* rash* tooth* fever*"), Err(Refused::TooManyBeginnings));
        let many = (10..21).map(|number| number.to_string()).collect::<Vec<_>>().join(" ");
        assert_eq!(Query::parse(&many), Err(Refused::TooManyWords));
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_read_or_refused(text in "\\PC{0,250}") {
            if let Ok(query) = Query::parse(&text) {
                prop_assert!((1..=10).contains(&(query.stems.len() + query.beginnings.len())));
                prop_assert!(query.phrases_stand_in(&[piece(&text)]), "a text has its own phrases");
            }
        }
    }
}
