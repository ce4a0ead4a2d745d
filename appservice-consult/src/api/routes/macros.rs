//! Macros: what operators do at once, under one name.

use axum::Json;
use axum::http::StatusCode;

use crate::api::body::{Id, Ids, JsonBody};
use crate::api::problem::ApiError;
use crate::api::types::{ConsultationDetail, Macro, MacroChange, MacroChanged, MacroContent, Macros, RunMacro};
use crate::api::views::{StaffView, SupervisorView};
use crate::ids::{ConsultationId, MacroId};

/// All macros of the brand, archived ones too.
#[utoipa::path(get, path = "/macros", tag = "macros", responses((status = 200, body = Macros)))]
pub async fn list_macros(staff: StaffView) -> Result<Json<Macros>, ApiError> {
    Ok(Json(staff.macros().await?))
}

/// Makes a macro.
#[utoipa::path(post, path = "/macros", tag = "macros", request_body = MacroContent, responses((status = 201, body = Macro)))]
pub async fn create_macro(
    supervisor: SupervisorView,
    JsonBody(content): JsonBody<MacroContent>,
) -> Result<(StatusCode, Json<Macro>), ApiError> {
    Ok((StatusCode::CREATED, Json(supervisor.create_macro(content).await?)))
}

/// Writes a macro anew, archives it, or takes it back into use.
#[utoipa::path(
    put, path = "/macros/{id}", tag = "macros", params(("id" = MacroId, Path)), request_body = MacroChange,
    responses((status = 200, body = Macro))
)]
pub async fn change_macro(
    supervisor: SupervisorView,
    Id(id): Id<MacroId>,
    JsonBody(change): JsonBody<MacroChange>,
) -> Result<Json<Macro>, ApiError> {
    Ok(Json(supervisor.change_macro(&id, change).await?))
}

/// Whether a macro could be run on a consultation just now: every step is tried and nothing is kept. Ask before its text is sent.
///
/// What is refused is a problem, with `macro_step` where it is one of the steps.
#[utoipa::path(
    post, path = "/consultations/{id}/macros/{macro_id}/check", tag = "macros",
    params(("id" = ConsultationId, Path), ("macro_id" = MacroId, Path)), request_body = RunMacro, responses((status = 204))
)]
pub async fn check_macro(
    staff: StaffView,
    Ids(id, macro_id): Ids<ConsultationId, MacroId>,
    JsonBody(run): JsonBody<RunMacro>,
) -> Result<StatusCode, ApiError> {
    staff.check_macro(&id, &macro_id, run).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Does everything that a macro does besides its text, which the client has sent before: all of it, or nothing.
///
/// What is refused is a problem, with `macro_step` where it is one of the steps.
#[utoipa::path(
    post, path = "/consultations/{id}/macros/{macro_id}", tag = "macros",
    params(("id" = ConsultationId, Path), ("macro_id" = MacroId, Path)), request_body = RunMacro,
    responses((status = 200, body = ConsultationDetail))
)]
pub async fn run_macro(
    staff: StaffView,
    Ids(id, macro_id): Ids<ConsultationId, MacroId>,
    JsonBody(run): JsonBody<RunMacro>,
) -> Result<Json<ConsultationDetail>, ApiError> {
    Ok(Json(staff.run_macro(&id, &macro_id, run).await?))
}

/// The stream's payload about macros; it stands in no request or response body.
#[derive(utoipa::OpenApi)]
#[openapi(components(schemas(MacroChanged)))]
pub struct MacroStreamSchemas;
