//! The words around a hit: what a result shows of a sealed text. Pure.

use super::piece::Piece;
use super::query::Query;
use super::words::words;
use crate::api::types::SnippetSource;
use crate::time::Time;

/// Texts of one consultation of which words are shown; who wants more opens it.
const SNIPPETS_MAX: usize = 3;
/// Words that are shown before the first hit, and in all.
const WORDS_BEFORE: usize = 8;
const WORDS_MAX: usize = 32;
/// Longest text before the first hit. Unit: characters. Words may be long, and the hit has to be seen.
const CHARACTERS_BEFORE: usize = 120;
/// Longest snippet. Unit: characters.
const CHARACTERS_MAX: usize = 320;

/// A part of a snippet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it says.
    pub text: String,
    /// Whether it is one of the words that were searched for.
    pub hit: bool,
}

/// Some words of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// Where the text stands.
    pub source: SnippetSource,
    /// When.
    pub at: Option<Time>,
    /// Name of whose it is.
    pub by: Option<String>,
    /// One after the other.
    pub parts: Vec<Part>,
}

/// The texts that have most of what was searched for, in the order in which they stand.
pub fn snippets(query: &Query, pieces: &[Piece]) -> Vec<Snippet> {
    let hits = |piece: &Piece| {
        let mut found: Vec<usize> = words(&piece.text).iter().filter_map(|word| query.hit(&word.folded)).collect();
        found.sort_unstable();
        found.dedup();
        found.len()
    };
    let mut best: Vec<(usize, usize)> = pieces.iter().map(hits).enumerate().filter(|(_, hits)| *hits > 0).collect();
    best.sort_by_key(|(place, hits)| (std::cmp::Reverse(*hits), *place));
    best.truncate(SNIPPETS_MAX);
    best.sort_unstable();
    best.into_iter().filter_map(|(place, _)| pieces.get(place)).map(|piece| cut(query, piece)).collect()
}

/// Some words of a text around its first hit.
fn cut(query: &Query, piece: &Piece) -> Snippet {
    let words = words(&piece.text);
    let first = words.iter().position(|word| query.hit(&word.folded).is_some()).unwrap_or(0);
    let hit_at = words.get(first).map_or(0, |word| word.start);
    let is_near = |start: usize| piece.text[start..hit_at].chars().count() <= CHARACTERS_BEFORE;
    let mut before = first.saturating_sub(WORDS_BEFORE)..first;
    let from = before.find(|at| words.get(*at).is_some_and(|word| is_near(word.start))).unwrap_or(first);
    let shown = words.get(from..words.len().min(from + WORDS_MAX)).unwrap_or_default();
    let begin = if from == 0 && is_near(0) { 0 } else { shown.first().map_or(0, |word| word.start) };
    let is_all = from + shown.len() == words.len();
    let end = if is_all { piece.text.len() } else { shown.last().map_or(0, |word| word.end) };
    let mut parts = Parts { parts: Vec::new(), room: CHARACTERS_MAX };
    if begin > 0 {
        parts.push("…", false);
    }
    let mut at = begin;
    for word in shown {
        if query.hit(&word.folded).is_some() {
            parts.push(&piece.text[at..word.start], false);
            parts.push(&piece.text[word.start..word.end], true);
            at = word.end;
        }
    }
    parts.push(&piece.text[at..end], false);
    if !is_all {
        parts.push("…", false);
    }
    Snippet { source: piece.source, at: piece.at, by: piece.by.clone(), parts: parts.parts }
}

/// Parts as far as there is room for them.
struct Parts {
    parts: Vec<Part>,
    room: usize,
}

impl Parts {
    fn push(&mut self, text: &str, hit: bool) {
        if text.is_empty() || self.room == 0 {
            return;
        }
        let length = text.chars().count();
        let cut: String = text.chars().take(self.room).collect();
        let text = if length > self.room { format!("{cut}…") } else { cut };
        self.room = self.room.saturating_sub(length);
        self.parts.push(Part { text, hit });
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use proptest::prelude::*;

    use super::{Snippet, snippets};
    use crate::search::piece::{Piece, Source};
    use crate::search::query::Query;

    fn piece(text: &str) -> Piece {
        Piece { source: Source::Message, at: None, by: None, text: text.to_owned() }
    }

    fn shown(snippet: &Snippet) -> String {
        snippet.parts.iter().map(|part| if part.hit { format!("[{}]", part.text) } else { part.text.clone() }).collect()
    }

    #[test]
    fn a_short_text_is_shown_whole_with_its_hits() {
        let query = Query::parse("аллергия пенициллин").unwrap();
        let found = snippets(&query, &[piece("У меня аллергию вызвал пенициллин!"), piece("Добрый день")]);
        assert_eq!(found.iter().map(shown).collect::<Vec<_>>(), ["У меня [аллергию] вызвал [пенициллин]!"]);
    }

    #[test]
    fn of_a_long_text_the_words_around_its_first_hit_are_shown() {
        let query = Query::parse("rash").unwrap();
        let text = format!("{}rash {}", "before ".repeat(50), "after ".repeat(50));
        let found = snippets(&query, &[piece(&text)]);
        let found = shown(&found[0]);
        assert!(found.starts_with("…before") && found.ends_with("after…"), "{found}");
        assert_eq!(found.matches("before").count(), 8);
    }

    #[test]
    fn the_texts_with_most_hits_are_shown_in_their_order() {
        let query = Query::parse("red rash").unwrap();
        let pieces = ["red", "a rash", "red", "a red rash", "red", "rash"].map(piece);
        let found: Vec<_> = snippets(&query, &pieces).iter().map(shown).collect();
        assert_eq!(found, ["[red]", "a [rash]", "a [red] [rash]"]);
    }

    #[test]
    fn a_word_without_end_is_cut() {
        let query = Query::parse("rash").unwrap();
        let found = snippets(&query, &[piece(&format!("rash {}", "x".repeat(5_000)))]);
        assert!(shown(&found[0]).chars().count() < 400);
    }

    proptest! {
        #[test]
        fn what_is_shown_stands_in_the_text(text in "[a-zёа-я ,.!?\n]{0,600}") {
            let query = Query::parse("rash боль").unwrap();
            for snippet in snippets(&query, &[piece(&format!("{text} rash {text}"))]) {
                prop_assert!(snippet.parts.iter().any(|part| part.hit));
                for part in &snippet.parts {
                    prop_assert!(text.contains(part.text.trim_end_matches('…').trim()) || part.hit);
                }
            }
        }
    }
}
