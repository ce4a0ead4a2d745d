//! The sealed archive.

use axum::Json;

use crate::api::body::{Id, JsonBody, Params};
use crate::api::problem::ApiError;
use crate::api::types::{ArchiveHits, ArchiveQuery, ArchiveRecord, ArchiveRow, ArchiveSearch, Page};
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

/// Sealed consultations and call-backs in which these words stand, the newest first, as far as the caller may read them. Each search is an audit entry, and so
/// is each consultation and call-back of which it shows words. Who asks for a tag, a field, stars or a conclusion, or for none, asks for consultations.
#[utoipa::path(
    post, path = "/archive/search", tag = "archive", request_body = ArchiveSearch, responses((status = 200, body = ArchiveHits))
)]
pub async fn search_archive(
    staff: StaffView,
    JsonBody(request): JsonBody<ArchiveSearch>,
) -> Result<Json<ArchiveHits>, ApiError> {
    Ok(Json(staff.search_archive(request).await?))
}

/// Opens a sealed consultation; each reading is an audit entry.
#[utoipa::path(
    get, path = "/archive/{consultation_id}", tag = "archive", params(("consultation_id" = ConsultationId, Path)),
    responses((status = 200, body = ArchiveRecord))
)]
pub async fn read_archive(caller: Caller, Id(id): Id<ConsultationId>) -> Result<Json<ArchiveRecord>, ApiError> {
    Ok(Json(caller.archive_record(&id).await?))
}
