//! What stands in the folder, and what that asks for. Pure.

use std::collections::BTreeMap;

use consilium_config::Brand;
use consilium_config::brand::{EndingKind, PreparedEnding, PreparedMacro, PreparedReply, PreparedTag};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::api::types::{DeskFile, MacroContent, MacroEnding};
use crate::{canned, tag};

/// The bytes of files that macros and replies of the folder name, by their path in it.
pub type Files = BTreeMap<String, Vec<u8>>;

/// What an entry is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A tag.
    Tag,
    /// A canned reply.
    Canned,
    /// A macro.
    Macro,
}

impl Kind {
    const WORDS: [(Self, &'static str); 3] = [(Self::Tag, "tag"), (Self::Canned, "canned"), (Self::Macro, "macro")];

    /// Its word in the database.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(kind, _)| *kind == self).map_or("", |(_, word)| word)
    }

    /// The kind of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(_, known)| *known == word).map(|(kind, _)| *kind)
    }
}

/// Which entry: the folder, the row and what is remembered have the same id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Of what.
    pub kind: Kind,
    /// Its id.
    pub id: String,
}

/// What an entry says.
#[derive(Debug, Clone, Copy)]
pub enum What<'a> {
    /// A tag.
    Tag(&'a PreparedTag),
    /// A canned reply.
    Canned(&'a PreparedReply),
    /// A macro.
    Macro(&'a PreparedMacro),
}

/// An entry of the folder.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// Which.
    pub key: Key,
    /// What it says.
    pub what: What<'a>,
    /// The same as text, by which another is told from it; of files their hashes.
    pub said: String,
}

/// All entries of a folder: tags first, which macros name.
pub fn all<'a>(folder: &'a Brand, files: &Files) -> Vec<Entry<'a>> {
    let entry = |kind, id: &str, what, said: serde_json::Value| Entry {
        key: Key { kind, id: id.to_owned() },
        what,
        said: said.to_string(),
    };
    let hash = |file: &String| files.get(file).map(|bytes| hex::encode(Sha256::digest(bytes)));
    let tags = folder.tags.iter().map(|tag| entry(Kind::Tag, &tag.id, What::Tag(tag), json!(tag)));
    let replies = folder.canned.iter().map(|one| {
        let hashes: Vec<_> = one.files.iter().map(hash).collect();
        // Without files it says what it said before there was such a thing: that is no news.
        let said = if hashes.is_empty() { json!(one) } else { json!({ "reply": one, "hashes": hashes }) };
        entry(Kind::Canned, &one.id, What::Canned(one), said)
    });
    let macros = folder.macros.iter().map(|one| {
        let hashes: Vec<_> = one.files.iter().map(hash).collect();
        entry(Kind::Macro, &one.id, What::Macro(one), json!({ "macro": one, "hashes": hashes }))
    });
    tags.chain(replies).chain(macros).collect()
}

/// What is remembered of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remembered {
    /// Which.
    pub key: Key,
    /// What it said; none: the folder had it no more.
    pub said: Option<String>,
    /// The version of the row that was made of it; 0: none was.
    pub version: i64,
}

/// What is done about an entry that says something else than what is remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The row is made, written anew or put out of use.
    Write,
    /// The row is the console's.
    Leave,
}

/// What is done. `row` is the version of the row that is there.
pub fn step(remembered: Option<&Remembered>, row: Option<i64>) -> Step {
    match (remembered, row) {
        (_, None) => Step::Write,
        (Some(known), Some(version)) if known.version == version => Step::Write,
        (None | Some(_), Some(_)) => Step::Leave,
    }
}

/// A tag as the desk has it.
pub fn tag_content(one: &PreparedTag) -> tag::Content {
    let names = one.name.iter().map(|(language, name)| (language.to_owned(), name.to_owned())).collect();
    tag::Content { names, color: one.color }
}

/// A reply as the desk has it, with files that are kept.
pub fn reply_content(one: &PreparedReply, files: Vec<DeskFile>) -> canned::Content {
    canned::Content {
        title: one.title.clone(),
        shortcut: one.shortcut.clone(),
        language: one.language.clone(),
        queues: one.queues.iter().map(|id| id.as_str().into()).collect(),
        text: one.text.clone(),
        files,
    }
}

/// A macro as the desk has it, with files that are kept.
pub fn macro_content(one: &PreparedMacro, files: Vec<DeskFile>) -> MacroContent {
    MacroContent {
        title: one.title.clone(),
        shortcut: one.shortcut.clone(),
        queues: one.queues.iter().map(|id| id.as_str().into()).collect(),
        texts: one.texts.iter().map(|(language, text)| (language.to_owned(), text.to_owned())).collect(),
        files,
        remove_tags: one.remove_tags.iter().map(|id| id.as_str().into()).collect(),
        add_tags: one.add_tags.iter().map(|id| id.as_str().into()).collect(),
        note: one.note.clone(),
        mentions: Vec::new(),
        ending: one.ending.as_ref().map(ending),
    }
}

fn ending(one: &PreparedEnding) -> MacroEnding {
    match one.kind {
        EndingKind::Hold => MacroEnding::Hold { minutes: one.minutes },
        EndingKind::Transfer => MacroEnding::Transfer {
            queue_id: one.queue.as_deref().unwrap_or_default().into(),
            note: one.note.clone().unwrap_or_default(),
        },
        EndingKind::Close => MacroEnding::Close { note: one.note.clone() },
    }
}

/// The last part of a path: the name under which a file is sent.
pub fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::{Key, Kind, Remembered, Step, file_name, step};

    fn remembered(version: i64) -> Remembered {
        Remembered { key: Key { kind: Kind::Tag, id: "a".to_owned() }, said: Some("{}".to_owned()), version }
    }

    #[test]
    fn what_nobody_changed_follows_the_folder_and_what_somebody_did_stays() {
        assert_eq!(step(None, None), Step::Write, "it is new");
        assert_eq!(step(None, Some(1)), Step::Leave, "it was there before");
        assert_eq!(step(Some(&remembered(1)), Some(1)), Step::Write);
        assert_eq!(step(Some(&remembered(1)), Some(2)), Step::Leave, "the console changed it");
        assert_eq!(step(Some(&remembered(0)), Some(1)), Step::Leave, "it never was the folder's");
    }

    #[test]
    fn words_are_read_as_they_are_written() {
        for kind in [Kind::Tag, Kind::Canned, Kind::Macro] {
            assert_eq!(Kind::from_word(kind.word()), Some(kind));
        }
        assert_eq!((Kind::from_word("queue"), file_name("files/a.pdf"), file_name("a.pdf")), (None, "a.pdf", "a.pdf"));
    }
}
