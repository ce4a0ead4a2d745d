//! What patients agree to.

use axum::Json;

use crate::api::body::{Id, JsonBody};
use crate::api::problem::ApiError;
use crate::api::types::{Consent, ConsentHistory, Consents, GiveConsent};
use crate::api::views::{PatientView, StaffView};
use crate::ids::{ConsentPurpose, PatientId};

/// What the patient is asked to agree to, with the texts of today, and what he decided.
#[utoipa::path(get, path = "/me/consents", tag = "consents", responses((status = 200, body = Consents)))]
pub async fn my_consents(patient: PatientView) -> Result<Json<Consents>, ApiError> {
    Ok(Json(patient.consents().await?))
}

/// Agrees to the text that was shown. 409 `consent-changed` where it is another one by now.
#[utoipa::path(
    put, path = "/me/consents/{purpose}", tag = "consents", params(("purpose" = ConsentPurpose, Path)),
    request_body = GiveConsent, responses((status = 200, body = Consent))
)]
pub async fn give_consent(
    patient: PatientView,
    Id(purpose): Id<ConsentPurpose>,
    JsonBody(request): JsonBody<GiveConsent>,
) -> Result<Json<Consent>, ApiError> {
    Ok(Json(patient.give_consent(purpose, request).await?))
}

/// Withdraws a consent; what that does stands in `withdrawal`. Gives all of them as they stand then.
#[utoipa::path(
    delete, path = "/me/consents/{purpose}", tag = "consents", params(("purpose" = ConsentPurpose, Path)),
    responses((status = 200, body = Consents))
)]
pub async fn withdraw_consent(
    patient: PatientView,
    Id(purpose): Id<ConsentPurpose>,
) -> Result<Json<Consents>, ApiError> {
    Ok(Json(patient.withdraw_consent(&purpose).await?))
}

/// All that a patient gave and withdrew, for himself and for others, with the texts that he was shown; each reading is an audit entry.
#[utoipa::path(
    get, path = "/patients/{id}/consents", tag = "consents", params(("id" = PatientId, Path)),
    responses((status = 200, body = ConsentHistory))
)]
pub async fn patient_consents(staff: StaffView, Id(id): Id<PatientId>) -> Result<Json<ConsentHistory>, ApiError> {
    Ok(Json(staff.patient_consents(&id).await?))
}
