//! Cursors: where a page ended, as the sort values of its last row. Opaque to clients, never an offset.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Rows of a page when nobody says how many.
const LIMIT_DEFAULT: u32 = 50;
/// Most rows of a page.
const LIMIT_MAX: u32 = 200;

/// A cursor that this service did not make, or made for another list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the cursor is not one of this list")]
pub struct BadCursor;

/// How many rows a page has.
pub fn limit(wanted: Option<u32>) -> usize {
    wanted.unwrap_or(LIMIT_DEFAULT).clamp(1, LIMIT_MAX) as usize
}

/// The last row of a page: two sort values and the id that tells equals apart. `list` names the order it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Cursor<T> {
    list: String,
    at: T,
}

/// A cursor for `list` behind the row with these sort values.
pub fn cursor<T: Serialize>(list: &str, at: &T) -> String {
    let cursor = Cursor { list: list.to_owned(), at };
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(&cursor).expect("sort values are numbers and texts"))
}

/// Reads what [`cursor`] made for the same list.
pub fn read_cursor<T: DeserializeOwned>(list: &str, text: Option<&str>) -> Result<Option<T>, BadCursor> {
    let Some(text) = text else { return Ok(None) };
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| BadCursor)?;
    let cursor: Cursor<T> = serde_json::from_slice(&bytes).map_err(|_| BadCursor)?;
    if cursor.list == list { Ok(Some(cursor.at)) } else { Err(BadCursor) }
}

#[cfg(test)]
mod tests {
    use super::{BadCursor, cursor, limit, read_cursor};

    #[test]
    fn a_cursor_is_only_good_for_its_list() {
        let text = cursor("newest", &(5_i64, "id".to_owned()));
        assert_eq!(read_cursor::<(i64, String)>("newest", Some(&text)), Ok(Some((5, "id".to_owned()))));
        assert_eq!(read_cursor::<(i64, String)>("oldest", Some(&text)), Err(BadCursor));
        assert_eq!(read_cursor::<(i64, String)>("newest", Some("!!")), Err(BadCursor));
        assert_eq!(read_cursor::<(i64, String)>("newest", None), Ok(None));
    }

    #[test]
    fn a_page_has_between_one_and_two_hundred_rows() {
        assert_eq!([limit(None), limit(Some(0)), limit(Some(7)), limit(Some(9_999))], [50, 1, 7, 200]);
    }
}
