//! What the errors of webhooks are on the wire.

use super::WebhookError;
use crate::api::problem::ApiError;

impl From<WebhookError> for ApiError {
    fn from(error: WebhookError) -> Self {
        match error {
            WebhookError::NotFound => ApiError::not_found(),
            WebhookError::Invalid(field) => ApiError::invalid_fields(vec![field]),
            WebhookError::TooMany => ApiError::conflict("There are as many webhooks as there may be."),
            WebhookError::Off => ApiError::conflict("The webhook is off: switch it on first."),
            WebhookError::Cursor(error) => error.into(),
            WebhookError::Store(source) => source.into(),
        }
    }
}
