//! What the errors of keeping a secret for somebody are on the wire.

use super::CustodyError;
use crate::api::problem::ApiError;

impl From<CustodyError> for ApiError {
    fn from(error: CustodyError) -> Self {
        match error {
            CustodyError::Stale => ApiError::sign_in_stale(),
            CustodyError::Keeper(source) => source.into(),
            CustodyError::Store(source) => source.into(),
        }
    }
}
