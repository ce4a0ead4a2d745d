//! What may be rated, by whom and how. Pure.

use crate::api::types::FieldError;
use crate::archive::Share;
use crate::consultation::{Phase, Record};
use crate::letters;
use crate::operator::Member;
use crate::time::Time;

/// So long after the close a patient rates, and changes what he said. Unit: seconds.
const OPEN_SECONDS: i64 = 14 * 24 * 3_600;
/// Longest comment. Unit: characters.
const COMMENT_CHARACTERS_MAX: usize = 1_000;

/// From one, bad, to five, very good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stars(i64);

impl Stars {
    /// Of a number from 1 to 5.
    pub fn new(number: i64) -> Result<Self, FieldError> {
        if (1..=5).contains(&number) { Ok(Self(number)) } else { Err(field("stars", "a number from 1 to 5")) }
    }

    /// The number.
    pub fn number(self) -> i64 {
        self.0
    }
}

/// A comment without its edges; `None`: nothing was said.
pub(super) fn comment(text: Option<&str>) -> Result<Option<String>, FieldError> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    if text.chars().count() > COMMENT_CHARACTERS_MAX || letters::has_stray_control(text) {
        return Err(field("comment", "at most 1000 characters, no control characters"));
    }
    Ok(Some(text.to_owned()))
}

/// Until when its patient may rate it; `None`: it was not closed, or is erased, or its queue is not rated. `is_rated` is the queue's setting.
pub fn open_until(record: &Record, is_rated: bool) -> Option<Time> {
    let is_closed = is_rated && record.state.phase == Phase::Archived && record.erased_at.is_none();
    record.state.ended_at.filter(|_| is_closed).map(|ended_at| ended_at.plus_seconds(OPEN_SECONDS))
}

/// Whether a member of staff reads the words.
pub(super) fn may_read(record: &Record, member: &Member) -> bool {
    member.role.supervises() || Share::of_operator(record, &member.id) == Some(Share::Whole)
}

fn field(name: &str, message: &str) -> FieldError {
    FieldError::new(name, message)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::{Stars, comment};

    #[test]
    fn stars_are_one_to_five() {
        assert!((1..=5).all(|number| Stars::new(number).is_ok_and(|stars| stars.number() == number)));
        for wrong in [0, 6, -1, i64::MAX] {
            assert_eq!(Stars::new(wrong).unwrap_err().field, "stars");
        }
    }

    #[test]
    fn a_comment_loses_its_edges_and_may_be_absent() {
        assert_eq!(comment(Some("  good\nand kind. ")).unwrap().unwrap(), "good\nand kind.");
        assert_eq!(comment(Some(" \n")).unwrap(), None);
        assert_eq!(comment(None).unwrap(), None);
        assert!(comment(Some(&"я".repeat(1_000))).is_ok());
        for wrong in ["a\u{1b}[0m".to_owned(), "я".repeat(1_001)] {
            assert_eq!(comment(Some(&wrong)).unwrap_err().field, "comment");
        }
    }
}
