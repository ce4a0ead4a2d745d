//! The brand's own fields on cards and consultations. Which there are is changed as a section of the settings; a patient's stand on his card.

use axum::Json;

use crate::api::body::{Id, JsonBody};
use crate::api::problem::ApiError;
use crate::api::types::{ConsultationDetail, ConsultationFieldsChange, CustomFields};
use crate::api::views::{AnyScope, StaffOr, StaffView};
use crate::ids::ConsultationId;

/// The brand's own fields, in the caller's language.
#[utoipa::path(
    get, path = "/fields", tag = "fields", security(("bearer" = []), ("partner_key" = [])),
    responses((status = 200, body = CustomFields))
)]
pub async fn list_fields(who: StaffOr<AnyScope>) -> Json<CustomFields> {
    Json(match who {
        StaffOr::Staff(staff) => staff.fields(),
        StaffOr::Partner(partner) => partner.fields(),
    })
}

/// Changes what stands in fields of a consultation. What is left out stays; null empties.
///
/// 403 where a field is another's to fill in; 410 where the consultation was erased.
#[utoipa::path(
    patch, path = "/consultations/{id}/fields", tag = "fields", params(("id" = ConsultationId, Path)),
    request_body = ConsultationFieldsChange, responses((status = 200, body = ConsultationDetail))
)]
pub async fn change_consultation_fields(
    staff: StaffView,
    Id(id): Id<ConsultationId>,
    JsonBody(change): JsonBody<ConsultationFieldsChange>,
) -> Result<Json<ConsultationDetail>, ApiError> {
    Ok(Json(staff.change_fields(&id, change).await?))
}
