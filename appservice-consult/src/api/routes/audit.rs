//! The audit log.

use axum::Json;

use crate::api::body::Params;
use crate::api::problem::ApiError;
use crate::api::types::{AuditEntry, AuditQuery, Page};
use crate::api::views::SupervisorView;

/// The audit log, newest first.
#[utoipa::path(get, path = "/audit", tag = "audit", params(AuditQuery), responses((status = 200, body = Page<AuditEntry>)))]
pub async fn list_audit(
    supervisor: SupervisorView,
    Params(query): Params<AuditQuery>,
) -> Result<Json<Page<AuditEntry>>, ApiError> {
    Ok(Json(supervisor.audit(query).await?))
}
