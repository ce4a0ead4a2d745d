//! One act on several rows of a list, and rows for a spreadsheet.

use axum::Json;

use crate::api::body::JsonBody;
use crate::api::problem::ApiError;
use crate::api::types::{BulkRequest, BulkRows, ExportConsultations, ExportPatients, ExportedRows};
use crate::api::views::{StaffView, SupervisorView};

/// Does one thing to several consultations: each as by hand and by itself, so that what one is refused takes nothing from the others. 200 also where some, or
/// all, were refused: `rows` says of each what became of it, with the problem that it would be answered alone.
///
/// A macro that writes to the patient is refused: it is run in each conversation.
#[utoipa::path(
    post, path = "/consultations/bulk", tag = "desk", request_body = BulkRequest, responses((status = 200, body = BulkRows))
)]
pub async fn act_on_several(
    staff: StaffView,
    JsonBody(request): JsonBody<BulkRequest>,
) -> Result<Json<BulkRows>, ApiError> {
    Ok(Json(staff.act_on_several(request).await?))
}

/// Several consultations as a table, as far as the caller's list shows them. Each that is given out is an audit entry.
#[utoipa::path(
    post, path = "/consultations/export", tag = "desk", request_body = ExportConsultations,
    responses((status = 200, body = ExportedRows))
)]
pub async fn export_consultations(
    staff: StaffView,
    JsonBody(request): JsonBody<ExportConsultations>,
) -> Result<Json<ExportedRows>, ApiError> {
    Ok(Json(staff.export_consultations(request).await?))
}

/// Several patients as a table: for supervisors, since it carries personal data out of the service. Each that is given out is an audit entry.
#[utoipa::path(
    post, path = "/patients/export", tag = "patients", request_body = ExportPatients,
    responses((status = 200, body = ExportedRows))
)]
pub async fn export_patients(
    supervisor: SupervisorView,
    JsonBody(request): JsonBody<ExportPatients>,
) -> Result<Json<ExportedRows>, ApiError> {
    Ok(Json(supervisor.export_patients(request).await?))
}
