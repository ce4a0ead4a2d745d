//! Members of staff and their statuses.

use axum::Json;
use axum::http::StatusCode;

use crate::api::body::{Id, JsonBody, Params};
use crate::api::problem::ApiError;
use crate::api::types::{
    Leaving, NewOperator, Operator, OperatorChange, OperatorRestore, Operators, Page, PageQuery, ReturnedConsultations,
    SettingsHistory, SettingsHistoryQuery, StatusChange, StatusKinds, StatusPeriod,
};
use crate::api::views::{StaffView, SupervisorView};
use crate::ids::OperatorId;

/// All members of staff.
#[utoipa::path(get, path = "/operators", tag = "operators", responses((status = 200, body = Operators)))]
pub async fn list_operators(staff: StaffView) -> Result<Json<Operators>, ApiError> {
    Ok(Json(staff.operators().await?))
}

/// Makes an account a member of staff.
#[utoipa::path(post, path = "/operators", tag = "operators", request_body = NewOperator, responses((status = 201, body = Operator)))]
pub async fn create_operator(
    supervisor: SupervisorView,
    JsonBody(operator): JsonBody<NewOperator>,
) -> Result<(StatusCode, Json<Operator>), ApiError> {
    Ok((StatusCode::CREATED, Json(supervisor.create_operator(operator).await?)))
}

/// Changes a member of staff.
#[utoipa::path(
    patch, path = "/operators/{id}", tag = "operators", params(("id" = OperatorId, Path)), request_body = OperatorChange,
    responses((status = 200, body = Operator))
)]
pub async fn change_operator(
    supervisor: SupervisorView,
    Id(id): Id<OperatorId>,
    JsonBody(change): JsonBody<OperatorChange>,
) -> Result<Json<Operator>, ApiError> {
    Ok(Json(supervisor.change_operator(&id, change).await?))
}

/// Statuses of an operator, newest first: his own, or anyone's for a supervisor.
#[utoipa::path(
    get, path = "/operators/{id}/status-history", tag = "operators", params(("id" = OperatorId, Path), PageQuery),
    responses((status = 200, body = Page<StatusPeriod>))
)]
pub async fn status_history(
    staff: StaffView,
    Id(id): Id<OperatorId>,
    Params(page): Params<PageQuery>,
) -> Result<Json<Page<StatusPeriod>>, ApiError> {
    Ok(Json(staff.status_history(&id, page).await?))
}

/// Statuses of the brand's own that can be chosen.
#[utoipa::path(get, path = "/statuses", tag = "operators", responses((status = 200, body = StatusKinds)))]
pub async fn list_statuses(staff: StaffView) -> Json<StatusKinds> {
    Json(staff.status_kinds())
}

/// What was changed of a member of staff, when and by whom.
#[utoipa::path(
    get, path = "/operators/{id}/history", tag = "operators", params(("id" = OperatorId, Path), SettingsHistoryQuery),
    responses((status = 200, body = SettingsHistory))
)]
pub async fn operator_history(
    supervisor: SupervisorView,
    Id(id): Id<OperatorId>,
    Params(query): Params<SettingsHistoryQuery>,
) -> Result<Json<SettingsHistory>, ApiError> {
    Ok(Json(supervisor.operator_history(&id, &query).await?))
}

/// Makes a member of staff again what he was in an earlier version.
#[utoipa::path(
    post, path = "/operators/{id}/restore", tag = "operators", params(("id" = OperatorId, Path)),
    request_body = OperatorRestore, responses((status = 200, body = Operator))
)]
pub async fn restore_operator(
    supervisor: SupervisorView,
    Id(id): Id<OperatorId>,
    JsonBody(restore): JsonBody<OperatorRestore>,
) -> Result<Json<Operator>, ApiError> {
    Ok(Json(supervisor.restore_operator(&id, restore).await?))
}

/// The caller says what he is ready for.
#[utoipa::path(
    put, path = "/operators/me/status", tag = "operators", request_body = StatusChange,
    responses((status = 200, body = Operator))
)]
pub async fn set_status(
    staff: StaffView,
    JsonBody(change): JsonBody<StatusChange>,
) -> Result<Json<Operator>, ApiError> {
    Ok(Json(staff.set_status(change).await?))
}

/// What would become of what the caller leads, if he went now, and what he can choose.
#[utoipa::path(get, path = "/operators/me/leaving", tag = "operators", responses((status = 200, body = Leaving)))]
pub async fn leaving(staff: StaffView) -> Result<Json<Leaving>, ApiError> {
    Ok(Json(staff.leaving().await?))
}

/// What went back to the queue while the caller's console was lost, in the last seven days.
#[utoipa::path(
    get, path = "/operators/me/returned", tag = "operators", responses((status = 200, body = ReturnedConsultations))
)]
pub async fn returned(staff: StaffView) -> Result<Json<ReturnedConsultations>, ApiError> {
    Ok(Json(staff.returned().await?))
}

/// The caller has wound up after a call: he is offered patients again.
#[utoipa::path(post, path = "/operators/me/wrapped-up", tag = "operators", responses((status = 200, body = Operator)))]
pub async fn wrapped_up(staff: StaffView) -> Result<Json<Operator>, ApiError> {
    Ok(Json(staff.wrapped_up().await?))
}

/// The caller's console is alive; send it each 30 seconds.
#[utoipa::path(post, path = "/operators/me/heartbeat", tag = "operators", responses((status = 200, body = Operator)))]
pub async fn heartbeat(staff: StaffView) -> Result<Json<Operator>, ApiError> {
    Ok(Json(staff.heartbeat().await?))
}

/// Accepts an operator's replaced encryption identity: until then he gets no keys. Audited.
#[utoipa::path(
    post, path = "/operators/{id}/approve-identity", tag = "operators", params(("id" = OperatorId, Path)),
    responses((status = 200, body = Operator))
)]
pub async fn approve_identity(supervisor: SupervisorView, Id(id): Id<OperatorId>) -> Result<Json<Operator>, ApiError> {
    Ok(Json(supervisor.approve_identity(&id).await?))
}
