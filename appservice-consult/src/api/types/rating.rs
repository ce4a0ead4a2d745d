//! What patients think of consultations.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::time::Time;

/// A rating, as lists show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct RatingRef {
    /// From 1, bad, to 5, very good.
    pub stars: i64,
    /// When it was given, or changed last.
    pub rated_at: Time,
}

/// A rating with its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Rating {
    /// How many, and when.
    #[serde(flatten)]
    pub rating: RatingRef,
    /// What was said; null: nothing.
    pub comment: Option<String>,
}

/// `PUT /consultations/{id}/rating`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
pub struct RateConsultation {
    /// From 1, bad, to 5, very good.
    #[schema(minimum = 1, maximum = 5)]
    pub stars: i64,
    /// In his words, at most 1000 characters; staff who took part, and supervisors, read it.
    pub comment: Option<String>,
}
