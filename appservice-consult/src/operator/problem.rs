//! What the errors of changing members of staff are on the wire.

use super::OperatorError;
use crate::api::problem::ApiError;
use crate::api::types::OperatorRef;
use crate::ids::OperatorId;

impl From<OperatorError> for ApiError {
    fn from(error: OperatorError) -> Self {
        operator_error(error, |id| OperatorRef { id: id.clone(), name: String::new() })
    }
}

/// An error of changing members of staff. `named` gives the name of who was faster.
pub(crate) fn operator_error(error: OperatorError, named: impl FnOnce(&OperatorId) -> OperatorRef) -> ApiError {
    match error {
        OperatorError::NotFound => ApiError::not_found(),
        OperatorError::Exists => ApiError::conflict("The account is a member of staff already."),
        OperatorError::Changed { by: Some(by) } => ApiError::changed(named(&by)),
        OperatorError::Changed { by: None } => ApiError::conflict("There is no such version. Look again."),
        OperatorError::Invalid(field) => ApiError::invalid_fields(vec![field]),
        OperatorError::Cursor(error) => error.into(),
        OperatorError::Keeper(source) => source.into(),
        OperatorError::Store(source) => source.into(),
    }
}
