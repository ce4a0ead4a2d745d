//! Conclusions of consultations.

use axum::Json;
use axum::http::header;
use axum::response::IntoResponse;

use crate::api::body::{Id, JsonBody, Params};
use crate::api::problem::ApiError;
use crate::api::types::{
    AmendConclusion, ConclusionChanged, ConclusionDraft, ConclusionPdfQuery, ConclusionVersions, SaveConclusion,
    SignConclusion,
};
use crate::api::views::{Caller, StaffView};
use crate::ids::ConsultationId;

/// What is written and not signed yet, else what was signed last; each reading is an audit entry.
///
/// For who takes part in the consultation, or did to its end, and supervisors.
#[utoipa::path(
    get, path = "/consultations/{id}/conclusion/draft", tag = "conclusions", params(("id" = ConsultationId, Path)),
    responses((status = 200, body = ConclusionDraft))
)]
pub async fn conclusion_draft(staff: StaffView, Id(id): Id<ConsultationId>) -> Result<Json<ConclusionDraft>, ApiError> {
    Ok(Json(staff.conclusion_draft(&id).await?))
}

/// Saves what is written. 409 with `changed_by` where a colleague saved or signed meanwhile.
///
/// For who takes part, observers aside; after the end for who led it last; for supervisors.
#[utoipa::path(
    put, path = "/consultations/{id}/conclusion/draft", tag = "conclusions", params(("id" = ConsultationId, Path)),
    request_body = SaveConclusion, responses((status = 200, body = ConclusionDraft))
)]
pub async fn save_conclusion(
    staff: StaffView,
    Id(id): Id<ConsultationId>,
    JsonBody(save): JsonBody<SaveConclusion>,
) -> Result<Json<ConclusionDraft>, ApiError> {
    Ok(Json(staff.save_conclusion(&id, save).await?))
}

/// The draft as PDF, marked as one on each page.
#[utoipa::path(
    get, path = "/consultations/{id}/conclusion/preview", tag = "conclusions", params(("id" = ConsultationId, Path)),
    responses((status = 200, body = Vec<u8>, content_type = "application/pdf"))
)]
pub async fn conclusion_preview(staff: StaffView, Id(id): Id<ConsultationId>) -> Result<impl IntoResponse, ApiError> {
    Ok(document("conclusion-draft.pdf", staff.conclusion_preview(&id).await?))
}

/// The lead or a supervisor signs the draft of that version. The patient is told, and reads it from then on.
///
/// 422 names the sections that are missing.
#[utoipa::path(
    post, path = "/consultations/{id}/conclusion/sign", tag = "conclusions", params(("id" = ConsultationId, Path)),
    request_body = SignConclusion, responses((status = 200, body = ConclusionDraft))
)]
pub async fn sign_conclusion(
    staff: StaffView,
    Id(id): Id<ConsultationId>,
    JsonBody(sign): JsonBody<SignConclusion>,
) -> Result<Json<ConclusionDraft>, ApiError> {
    Ok(Json(staff.sign_conclusion(&id, sign).await?))
}

/// The lead, who led it last, or a supervisor signs a further version, with the reason; the ones before stay.
#[utoipa::path(
    post, path = "/consultations/{id}/conclusion/amend", tag = "conclusions", params(("id" = ConsultationId, Path)),
    request_body = AmendConclusion, responses((status = 200, body = ConclusionDraft))
)]
pub async fn amend_conclusion(
    staff: StaffView,
    Id(id): Id<ConsultationId>,
    JsonBody(amend): JsonBody<AmendConclusion>,
) -> Result<Json<ConclusionDraft>, ApiError> {
    Ok(Json(staff.amend_conclusion(&id, amend).await?))
}

/// What was signed, newest first: the patient's own; an operator's as far as he took part; any for supervisors.
#[utoipa::path(
    get, path = "/consultations/{id}/conclusion/versions", tag = "conclusions", params(("id" = ConsultationId, Path)),
    responses((status = 200, body = ConclusionVersions))
)]
pub async fn conclusion_versions(
    caller: Caller,
    Id(id): Id<ConsultationId>,
) -> Result<Json<ConclusionVersions>, ApiError> {
    Ok(Json(caller.conclusion_versions(&id).await?))
}

/// A signed version as PDF; each reading is an audit entry. The same version is always the same document.
#[utoipa::path(
    get, path = "/consultations/{id}/conclusion/pdf", tag = "conclusions",
    params(("id" = ConsultationId, Path), ConclusionPdfQuery),
    responses((status = 200, body = Vec<u8>, content_type = "application/pdf"))
)]
pub async fn conclusion_pdf(
    caller: Caller,
    Id(id): Id<ConsultationId>,
    Params(query): Params<ConclusionPdfQuery>,
) -> Result<impl IntoResponse, ApiError> {
    let (name, bytes) = caller.conclusion_pdf(&id, query.version).await?;
    Ok(document(&name, bytes))
}

/// A document that no cache keeps.
fn document(name: &str, bytes: Vec<u8>) -> impl IntoResponse + use<> {
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, format!("inline; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, bytes)
}

/// The stream's payload about conclusions; it stands in no request or response body.
#[derive(utoipa::OpenApi)]
#[openapi(components(schemas(ConclusionChanged)))]
pub struct ConclusionStreamSchemas;
