//! What the errors of settings are on the wire.

use super::SettingsError;
use crate::api::problem::ApiError;
use crate::api::types::OperatorRef;
use crate::ids::OperatorId;

/// An error of settings. `named` gives the name of who was faster.
pub(crate) fn settings_error(error: SettingsError, named: impl FnOnce(&OperatorId) -> OperatorRef) -> ApiError {
    match error {
        SettingsError::NotFound => ApiError::not_found(),
        SettingsError::Invalid(errors) => ApiError::invalid_fields(errors),
        SettingsError::VersionTaken(errors) => {
            ApiError::conflict_of_fields("A version exists with another text.", errors)
        }
        SettingsError::Changed { by: Some(by) } => ApiError::changed(named(&by)),
        SettingsError::Changed { by: None } => ApiError::conflict("There is no such version. Look again."),
        SettingsError::QueueInUse => {
            ApiError::conflict("Patients have been here, or somebody serves it: retire the queue instead.")
        }
        SettingsError::QuestionnaireInUse { queues } => ApiError::conflict(format!(
            "Patients of these queues are asked this: {}. Choose something else there first.",
            queues.join(", ")
        )),
        SettingsError::Store(source) => source.into(),
    }
}
