//! What a note may say and whom it may name. Pure.

use crate::api::types::FieldError;
use crate::ids::OperatorId;
use crate::letters;

/// Longest note. Unit: characters; as long as a transfer's.
const TEXT_CHARACTERS_MAX: usize = 4_000;
/// Colleagues named in one note: a council's eight and a few more; each gets a right to read.
const MENTIONS_MAX: usize = 10;

/// A note's text without its edges, and without what a terminal would obey.
pub fn checked(text: &str) -> Result<String, FieldError> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > TEXT_CHARACTERS_MAX || letters::has_stray_control(text) {
        return Err(field("text", "a note has 1 to 4000 characters"));
    }
    Ok(text.to_owned())
}

/// Whom a note of nobody's yet may name, each once, in the order of their ids. `is_colleague` says who works here.
pub fn colleagues(
    mut mentions: Vec<OperatorId>,
    is_colleague: impl Fn(&OperatorId) -> bool,
) -> Result<Vec<OperatorId>, FieldError> {
    mentions.sort();
    mentions.dedup();
    if mentions.len() > MENTIONS_MAX {
        return Err(field("mentions", "a note names at most 10 colleagues"));
    }
    if !mentions.iter().all(is_colleague) {
        return Err(field("mentions", "ids of colleagues").code("colleague_gone"));
    }
    Ok(mentions)
}

/// Whom a note names: as [`colleagues`], and nobody names himself.
pub fn mentioned(
    mentions: Vec<OperatorId>,
    author: &OperatorId,
    is_colleague: impl Fn(&OperatorId) -> bool,
) -> Result<Vec<OperatorId>, FieldError> {
    colleagues(mentions, |id| id != author && is_colleague(id))
}

fn field(name: &str, message: &str) -> FieldError {
    FieldError::new(name, message)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::{checked, mentioned};
    use crate::ids::OperatorId;

    #[test]
    fn a_note_keeps_its_lines_and_loses_its_edges() {
        assert_eq!(checked("  two\nlines\t.\n").unwrap(), "two\nlines\t.");
        assert!(checked(&"я".repeat(4_000)).is_ok());
        for text in ["", " \n ", "a\u{1b}[0m", "a\u{0}", &"я".repeat(4_001)] {
            assert_eq!(checked(text).unwrap_err().field, "text");
        }
    }

    #[test]
    fn a_colleague_is_named_once_and_nobody_names_himself_or_a_stranger() {
        let ids = |names: &[&str]| names.iter().map(|name| OperatorId::from(*name)).collect::<Vec<_>>();
        let known = |id: &OperatorId| id.as_str() != "stranger";
        let me = OperatorId::from("me");
        assert_eq!(mentioned(ids(&["b", "a", "b"]), &me, known).unwrap(), ids(&["a", "b"]));
        for wrong in [&["me"] as &[&str], &["stranger"], &["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"]] {
            assert_eq!(mentioned(ids(wrong), &me, known).unwrap_err().field, "mentions");
        }
    }
}
