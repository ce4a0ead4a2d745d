//! Ratings.

use crate::api::types::RatingRef;
use crate::rating::Record;

/// A rating without its words.
pub fn rating_ref(record: &Record) -> RatingRef {
    RatingRef { stars: record.stars.number(), rated_at: record.rated_at }
}
