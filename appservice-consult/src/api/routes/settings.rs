//! Settings: read, tried, changed, undone, exported; by supervisors alone.

use axum::Json;
use axum::http::header;
use axum::response::IntoResponse;

use crate::api::body::{Id, JsonBody, Params};
use crate::api::problem::ApiError;
use crate::api::types::{
    Settings, SettingsChange, SettingsChanged, SettingsChecked, SettingsDocument, SettingsHistory,
    SettingsHistoryQuery, SettingsRestore, SettingsTry,
};
use crate::api::views::SupervisorView;

/// All sections.
#[utoipa::path(get, path = "/settings", tag = "settings", responses((status = 200, body = Settings)))]
pub async fn list_settings(supervisor: SupervisorView) -> Result<Json<Settings>, ApiError> {
    Ok(Json(supervisor.settings().await?))
}

/// What holds as the `brand.toml` of a brand folder, with the tags, canned replies and macros that are in use.
#[utoipa::path(get, path = "/settings/export", tag = "settings",
    responses((status = 200, body = String, content_type = "application/toml")))]
pub async fn export_settings(supervisor: SupervisorView) -> Result<impl IntoResponse, ApiError> {
    let text = supervisor.exported_settings().await?;
    let disposition = "attachment; filename=\"brand.toml\"";
    Ok(([(header::CONTENT_TYPE, "application/toml"), (header::CONTENT_DISPOSITION, disposition)], text))
}

/// One section.
#[utoipa::path(get, path = "/settings/{section}", tag = "settings", params(("section" = String, Path)),
    responses((status = 200, body = SettingsDocument)))]
pub async fn read_settings(
    supervisor: SupervisorView,
    Id(section): Id<String>,
) -> Result<Json<SettingsDocument>, ApiError> {
    Ok(Json(supervisor.settings_document(&section).await?))
}

/// Makes a further version of a section. A section that is not there is made, from version 0.
#[utoipa::path(put, path = "/settings/{section}", tag = "settings", params(("section" = String, Path)),
    request_body = SettingsChange, responses((status = 200, body = SettingsDocument)))]
pub async fn change_settings(
    supervisor: SupervisorView,
    Id(section): Id<String>,
    JsonBody(change): JsonBody<SettingsChange>,
) -> Result<Json<SettingsDocument>, ApiError> {
    Ok(Json(supervisor.change_settings(&section, change).await?))
}

/// Says how a content would do, and changes nothing.
#[utoipa::path(post, path = "/settings/{section}/check", tag = "settings", params(("section" = String, Path)),
    request_body = SettingsTry, responses((status = 200, body = SettingsChecked)))]
pub async fn check_settings(
    supervisor: SupervisorView,
    Id(section): Id<String>,
    JsonBody(tried): JsonBody<SettingsTry>,
) -> Result<Json<SettingsChecked>, ApiError> {
    Ok(Json(supervisor.check_settings(&section, tried).await?))
}

/// Who changed what.
#[utoipa::path(get, path = "/settings/{section}/history", tag = "settings",
    params(("section" = String, Path), SettingsHistoryQuery), responses((status = 200, body = SettingsHistory)))]
pub async fn settings_history(
    supervisor: SupervisorView,
    Id(section): Id<String>,
    Params(query): Params<SettingsHistoryQuery>,
) -> Result<Json<SettingsHistory>, ApiError> {
    Ok(Json(supervisor.settings_history(&section, &query).await?))
}

/// Makes a further version with the content of an earlier one.
#[utoipa::path(post, path = "/settings/{section}/restore", tag = "settings", params(("section" = String, Path)),
    request_body = SettingsRestore, responses((status = 200, body = SettingsDocument)))]
pub async fn restore_settings(
    supervisor: SupervisorView,
    Id(section): Id<String>,
    JsonBody(restore): JsonBody<SettingsRestore>,
) -> Result<Json<SettingsDocument>, ApiError> {
    Ok(Json(supervisor.restore_settings(&section, restore).await?))
}

/// What stands in no request or answer by name: the stream's payload, and the shapes of contents.
#[derive(utoipa::OpenApi)]
#[openapi(components(schemas(
    SettingsChanged,
    consilium_config::brand::Queue,
    consilium_config::brand::Holiday,
    consilium_config::brand::Contacts,
    consilium_config::brand::CallbackForm,
    consilium_config::brand::LegalDocument,
    consilium_config::brand::Consent,
    consilium_config::brand::RetentionClass,
    consilium_config::brand::OperatorStatus,
    consilium_config::brand::ConclusionTemplate,
    consilium_config::brand::Questionnaire,
    consilium_config::brand::Rule,
    consilium_config::brand::Fields
)))]
pub struct SettingsSchemas;
