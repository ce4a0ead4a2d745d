//! The audit log.

use axum::Json;

use crate::api::body::Params;
use crate::api::problem::ApiError;
use crate::api::types::{AuditEntry, AuditProof, AuditQuery, Page};
use crate::api::views::SupervisorView;

/// The audit log, newest first.
#[utoipa::path(get, path = "/audit", tag = "audit", params(AuditQuery), responses((status = 200, body = Page<AuditEntry>)))]
pub async fn list_audit(
    supervisor: SupervisorView,
    Params(query): Params<AuditQuery>,
) -> Result<Json<Page<AuditEntry>>, ApiError> {
    Ok(Json(supervisor.audit(query).await?))
}

/// The check of the audit log that was asked for last, and what came out.
#[utoipa::path(get, path = "/audit/verify", tag = "audit", responses((status = 200, body = AuditProof)))]
pub async fn audit_proof(supervisor: SupervisorView) -> Result<Json<AuditProof>, ApiError> {
    Ok(Json(supervisor.audit_proof()))
}

/// Checks that no entry of the audit log was changed, moved, removed or cut off: every one up to the last there is now. It goes on beside everything else, one at
/// a time: asked for while it runs, it is joined. That it was asked for is an entry of the log.
#[utoipa::path(post, path = "/audit/verify", tag = "audit", responses((status = 200, body = AuditProof)))]
pub async fn prove_audit(supervisor: SupervisorView) -> Result<Json<AuditProof>, ApiError> {
    Ok(Json(supervisor.prove_audit().await?))
}
