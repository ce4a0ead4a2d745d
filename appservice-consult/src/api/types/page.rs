//! Pages of lists: an opaque cursor that names the last row, never an offset.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::page::Total;

/// One page.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page<T> {
    /// Rows in the order asked for.
    pub items: Vec<T>,
    /// Give it back as `cursor` for the next page; null after the last.
    pub next_cursor: Option<String>,
    /// Rows of the whole list.
    pub total: i64,
    /// There are more than `total`: counting stopped there, at 10000 at the latest. Absent: there are exactly so many.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub at_least: bool,
}

impl<T> Page<T> {
    /// A page with these rows.
    pub fn new(items: Vec<T>, next_cursor: Option<String>, total: Total) -> Self {
        Self { items, next_cursor, total: total.rows, at_least: total.at_least }
    }
}

/// Which page.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// Rows wanted, 1 to 200. Default: 50.
    pub limit: Option<u32>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}
