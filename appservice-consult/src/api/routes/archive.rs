//! The sealed archive.

use axum::Json;

use crate::api::body::{Id, Params};
use crate::api::problem::ApiError;
use crate::api::types::{ArchiveQuery, ArchiveRecord, ArchiveRow, Page};
use crate::api::views::{Caller, StaffView};
use crate::ids::ConsultationId;

/// Sealed consultations, newest first: all for supervisors, for operators those in which they took part.
#[utoipa::path(get, path = "/archive", tag = "archive", params(ArchiveQuery), responses((status = 200, body = Page<ArchiveRow>)))]
pub async fn list_archive(
    staff: StaffView,
    Params(query): Params<ArchiveQuery>,
) -> Result<Json<Page<ArchiveRow>>, ApiError> {
    Ok(Json(staff.archive(query).await?))
}

/// Opens a sealed consultation; each reading is an audit entry.
#[utoipa::path(
    get, path = "/archive/{consultation_id}", tag = "archive", params(("consultation_id" = ConsultationId, Path)),
    responses((status = 200, body = ArchiveRecord))
)]
pub async fn read_archive(caller: Caller, Id(id): Id<ConsultationId>) -> Result<Json<ArchiveRecord>, ApiError> {
    Ok(Json(caller.archive_record(&id).await?))
}
