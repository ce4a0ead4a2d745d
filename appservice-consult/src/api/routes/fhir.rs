//! Sealed consultations as resources of FHIR.

use axum::http::header;
use axum::response::IntoResponse;

use crate::api::body::Id;
use crate::api::problem::ApiError;
use crate::api::views::{CallerOr, RecordsRead};
use crate::fhir::CONTENT_TYPE;
use crate::ids::ConsultationId;

/// A sealed consultation as a `Bundle` of FHIR R4 (type `collection`): patient, practitioners, encounter, answers, messages and calls, files, conclusions.
///
/// For whoever may read it in the archive, and as much of it; each one is an audit entry, as a reading. 409 while it is not over. The same record gives the same
/// bytes; ids and identifiers stay the same for ever. Bytes and keys of files are not inside, nor notes of staff.
#[utoipa::path(
    get, path = "/consultations/{id}/fhir", tag = "archive", params(("id" = ConsultationId, Path)),
    security(("bearer" = []), ("partner_key" = ["records:read"])),
    responses((status = 200, body = Vec<u8>, content_type = "application/fhir+json"))
)]
pub async fn consultation_fhir(
    caller: CallerOr<RecordsRead>,
    Id(id): Id<ConsultationId>,
) -> Result<impl IntoResponse, ApiError> {
    let bundle = match caller {
        CallerOr::Account(caller) => caller.fhir(&id).await?,
        CallerOr::Partner(partner) => partner.fhir(&id).await?,
    };
    let headers = [
        (header::CONTENT_TYPE, format!("{CONTENT_TYPE}; charset=utf-8")),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"consultation-{id}.fhir.json\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, bundle))
}
