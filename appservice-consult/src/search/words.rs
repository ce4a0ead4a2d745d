//! Words of a text as they are compared: where they stand, folded, stemmed. Pure.
//!
//! A word is a run of letters and digits with the marks on them. Folded, it is NFKC in lower case with `ё` as `е`; a Cyrillic word is stemmed as Russian, one
//! of Latin letters as English, any other stays as it is. What changes here changes the index's form ([`super::FORM`]).
//!
//! Deliberately absent: splitting of scripts that are written without spaces.

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Shortest word that is looked up. Unit: characters. A letter alone stands nearly everywhere.
const CHARACTERS_MIN: usize = 2;
/// Longest word that is looked up. Unit: characters. What is longer is a key or a picture in letters, and no word.
const CHARACTERS_MAX: usize = 40;

/// Words that stand in nearly every conversation, folded: they would find everything.
const COMMON_RUSSIAN: [&str; 80] = [
    "бы",
    "был",
    "была",
    "были",
    "было",
    "быть",
    "вам",
    "вас",
    "во",
    "вот",
    "все",
    "вы",
    "да",
    "для",
    "до",
    "его",
    "ее",
    "ей",
    "ему",
    "если",
    "есть",
    "еще",
    "же",
    "за",
    "здравствуйте",
    "из",
    "или",
    "им",
    "их",
    "как",
    "ко",
    "когда",
    "которые",
    "который",
    "ли",
    "меня",
    "мне",
    "мой",
    "мы",
    "на",
    "над",
    "нас",
    "не",
    "него",
    "нее",
    "нет",
    "ни",
    "но",
    "ну",
    "об",
    "он",
    "она",
    "они",
    "оно",
    "от",
    "очень",
    "по",
    "под",
    "пожалуйста",
    "при",
    "про",
    "сам",
    "свой",
    "себя",
    "со",
    "спасибо",
    "так",
    "там",
    "тебя",
    "то",
    "тоже",
    "только",
    "тот",
    "ты",
    "уже",
    "чем",
    "что",
    "чтобы",
    "это",
    "этот",
];
const COMMON_ENGLISH: [&str; 64] = [
    "about", "all", "also", "am", "an", "and", "are", "as", "at", "be", "been", "but", "by", "can", "do", "for",
    "from", "had", "has", "have", "he", "hello", "her", "him", "his", "if", "in", "is", "it", "its", "just", "me",
    "my", "no", "not", "of", "on", "or", "our", "please", "she", "so", "than", "thank", "thanks", "that", "the",
    "their", "them", "then", "there", "they", "this", "to", "us", "was", "we", "were", "what", "when", "which", "with",
    "you", "your",
];

/// A word where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Its first byte in the text.
    pub start: usize,
    /// The byte behind its last.
    pub end: usize,
    /// As words are compared.
    pub folded: String,
}

/// The words of a text, in their order.
pub fn words(text: &str) -> Vec<Word> {
    let is_inside = |letter: char| letter.is_alphanumeric() || is_combining_mark(letter);
    let (mut words, mut start) = (Vec::new(), None);
    let mut end_of = |start: &mut Option<usize>, end: usize| {
        if let Some(start) = start.take() {
            let folded = fold(&text[start..end]);
            if !folded.is_empty() {
                words.push(Word { start, end, folded });
            }
        }
    };
    for (at, letter) in text.char_indices() {
        match (is_inside(letter), start) {
            (true, None) => start = Some(at),
            (false, Some(_)) => end_of(&mut start, at),
            (true, Some(_)) | (false, None) => {}
        }
    }
    end_of(&mut start, text.len());
    words
}

/// A word as it is compared.
pub fn fold(word: &str) -> String {
    let composed: String = word.nfkc().collect();
    // Lower case may come apart again, as that of `İ` does.
    composed.to_lowercase().nfkc().map(|letter| if letter == 'ё' { 'е' } else { letter }).collect()
}

/// What words of one meaning share, of a folded word; none: it is not looked up.
pub fn stem(folded: &str) -> Option<String> {
    let length = folded.chars().count();
    let is_common = COMMON_RUSSIAN.contains(&folded) || COMMON_ENGLISH.contains(&folded);
    if !(CHARACTERS_MIN..=CHARACTERS_MAX).contains(&length) || is_common {
        return None;
    }
    let algorithm = if folded.chars().all(|letter| letter.is_ascii_lowercase()) {
        Algorithm::English
    } else if folded.chars().all(|letter| matches!(letter, 'а'..='я')) {
        Algorithm::Russian
    } else {
        return Some(folded.to_owned());
    };
    Some(Stemmer::create(algorithm).stem(folded).into_owned())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use proptest::prelude::*;

    use super::{COMMON_ENGLISH, COMMON_RUSSIAN, fold, stem, words};

    fn folded(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.folded).collect()
    }

    #[test]
    fn words_are_runs_of_letters_and_digits_wherever_they_stand() {
        assert_eq!(folded("Болит.Помогите, 38°!"), ["болит", "помогите", "38"]);
        assert_eq!(folded("rash_2.JPG (copy)"), ["rash", "2", "jpg", "copy"]);
        assert_eq!(folded(" … — \n"), [""; 0]);
        let found = words("ой, Ёлка");
        assert_eq!((found[1].start, found[1].end), (6, 14));
    }

    #[test]
    fn a_word_is_the_same_however_it_is_written() {
        assert_eq!(fold("Ёж"), "еж");
        assert_eq!(fold("е\u{308}ж"), "еж", "the letter with its dots apart");
        assert_eq!(fold("ＭＲＩ"), "mri");
        assert_eq!(folded("и\u{306}од"), ["йод"]);
    }

    #[test]
    fn forms_of_a_word_share_a_stem() {
        for (one, other) in [("аллергия", "аллергию"), ("таблетки", "таблетку"), ("headaches", "headache")]
        {
            assert_eq!(stem(one).unwrap(), stem(other).unwrap(), "{one}, {other}");
        }
        assert_ne!(stem("печень"), stem("почка"));
        assert_eq!(stem("b12").unwrap(), "b12");
        assert_eq!(stem("вит12").unwrap(), "вит12");
    }

    #[test]
    fn what_stands_everywhere_and_what_is_no_word_is_not_looked_up() {
        for word in ["я", "и", "не", "the", "a", "x"] {
            assert_eq!(stem(word), None, "{word}");
        }
        assert_eq!(stem(&"a".repeat(41)), None);
        assert!(stem(&"a".repeat(40)).is_some());
        assert!(COMMON_RUSSIAN.iter().chain(&COMMON_ENGLISH).all(|word| fold(word) == *word));
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in "[a-zA-Zа-яА-ЯёЁ0-9İßﬁＡé]{0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once.clone());
        }

        #[test]
        fn words_stand_in_order_apart_from_one_another_and_inside_the_text(text in "\\PC{0,80}") {
            let mut end = 0;
            for word in words(&text) {
                prop_assert!(word.start >= end && word.start < word.end && word.end <= text.len());
                prop_assert_eq!(fold(&text[word.start..word.end]), word.folded);
                end = word.end;
            }
        }

        #[test]
        fn case_makes_no_difference(text in "[а-яёa-z ]{0,60}") {
            prop_assert_eq!(folded(&text), folded(&text.to_uppercase()));
        }
    }
}
