//! Pages of lists, by key and never by offset. A cursor is where a page ended, as the sort values of its last row; it is opaque to clients.
//!
//! How many rows a list has is kept where the desk keeps it (`consultation/count.rs`), and counted elsewhere up to a bound: nobody reads ten thousand rows, and
//! no page may cost what counting a million does.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sea_query::{Alias, Expr, ExprTrait, Func, IntoColumnRef, Order, Query, SelectStatement};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::store::{Session, StoreError};

/// Rows of a page when nobody says how many.
const LIMIT_DEFAULT: u32 = 50;
/// Most rows of a page.
const LIMIT_MAX: u32 = 200;
/// Up to so many rows are counted one by one: over an index that takes a few milliseconds.
pub const COUNTED_MAX: u32 = 10_000;

/// A cursor that this service did not make, or made for another list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the cursor is not one of this list")]
pub struct BadCursor;

/// How many rows a page has.
pub fn limit(wanted: Option<u32>) -> usize {
    wanted.unwrap_or(LIMIT_DEFAULT).clamp(1, LIMIT_MAX) as usize
}

/// Which page of a list, in which order.
#[derive(Debug, Clone, Copy)]
pub struct Slice<'a, S> {
    /// In which order.
    pub sort: S,
    /// How many.
    pub limit: usize,
    /// Behind which.
    pub cursor: Option<&'a str>,
}

/// A page of records.
#[derive(Debug)]
pub struct Listed<T> {
    /// In the order asked for.
    pub records: Vec<T>,
    /// Where the next page begins.
    pub next_cursor: Option<String>,
    /// Rows of the whole list.
    pub total: Total,
}

/// How many rows a list has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Total {
    /// So many.
    pub rows: i64,
    /// There are more: counting stopped there.
    pub at_least: bool,
}

impl Total {
    /// That is how many there are.
    pub fn exactly(rows: i64) -> Self {
        Self { rows, at_least: false }
    }

    /// As many as are in memory.
    pub fn of(rows: usize) -> Self {
        Self::exactly(i64::try_from(rows).unwrap_or(i64::MAX))
    }

    /// Of so many that were found, when no more than `most` and one were looked for.
    fn found(rows: i64, most: i64) -> Self {
        Self { rows: Ord::min(rows, most), at_least: rows > most }
    }

    /// Whether there are more than so many.
    pub fn exceeds(self, rows: i64) -> bool {
        self.rows > rows || (self.at_least && self.rows == rows)
    }
}

/// Counts the rows of a selection that has no columns yet, up to [`COUNTED_MAX`].
pub async fn count(session: &mut Session, selection: SelectStatement) -> Result<Total, StoreError> {
    count_up_to(session, selection, COUNTED_MAX).await
}

/// The same, up to another bound.
pub async fn count_up_to(
    session: &mut Session,
    mut selection: SelectStatement,
    most: u32,
) -> Result<Total, StoreError> {
    selection.expr(Expr::val(1_i64)).limit(u64::from(most) + 1);
    let mut count = Query::select();
    count.expr(Func::count(Expr::val(1_i64))).from_subquery(selection, Alias::new("counted"));
    let rows = session.fetch_one(&count).await?.map_or(Ok(0), |row| row.first_number())?;
    Ok(Total::found(rows, i64::from(most)))
}

/// An order that an index has: its columns, and then the id, which tells equals apart.
pub struct Keyed<T: 'static, C: 'static> {
    /// Name of the order in its cursors.
    pub list: &'static str,
    /// Its columns; they hold numbers.
    pub columns: &'static [C],
    /// The column of the id.
    pub id: C,
    /// Which way.
    pub order: Order,
    /// A record's values in these columns, and its id.
    pub key_of: fn(&T) -> (Vec<i64>, &str),
}

impl<T, C: IntoColumnRef + Copy> Keyed<T, C> {
    /// Narrows a selection to the rows of one page, and one more, by which [`Keyed::page`] knows whether another follows.
    pub fn narrow(&self, select: &mut SelectStatement, limit: usize, cursor: Option<&str>) -> Result<(), BadCursor> {
        if let Some((values, id)) = read_cursor::<(Vec<i64>, String)>(self.list, cursor)? {
            if values.len() != self.columns.len() {
                return Err(BadCursor);
            }
            let key = Expr::tuple(self.all_columns().map(Expr::col));
            let last = Expr::tuple(values.into_iter().map(Expr::val).chain([Expr::val(id)]));
            select.and_where(if self.order == Order::Asc { key.gt(last) } else { key.lt(last) });
        }
        for column in self.all_columns() {
            select.order_by(column, self.order.clone());
        }
        select.limit(limit as u64 + 1);
        Ok(())
    }

    /// The page that such a selection gave.
    pub fn page(&self, mut records: Vec<T>, limit: usize, total: Total) -> Listed<T> {
        let more = records.len() > limit;
        records.truncate(limit);
        let last = records.last().filter(|_| more);
        Listed { next_cursor: last.map(|last| cursor(self.list, &(self.key_of)(last))), records, total }
    }

    fn all_columns(&self) -> impl Iterator<Item = C> {
        self.columns.iter().copied().chain([self.id])
    }
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
    use super::{BadCursor, Total, cursor, limit, read_cursor};

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

    #[test]
    fn counting_stops_at_a_bound_and_says_so() {
        assert_eq!(Total::found(10, 10), Total { rows: 10, at_least: false });
        assert_eq!(Total::found(11, 10), Total { rows: 10, at_least: true });
        assert!(Total::found(11, 10).exceeds(10) && Total::exactly(11).exceeds(10));
        assert!(!Total::found(10, 10).exceeds(10) && !Total::of(3).exceeds(10));
    }
}
