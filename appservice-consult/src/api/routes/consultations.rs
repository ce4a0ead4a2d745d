//! Consultations: asking for one, lists, one of them, withdrawing.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::api::body::{Id, JsonBody, Params};
use crate::api::problem::ApiError;
use crate::api::types::{
    ChangeAnswers, Consultation, ConsultationPage, ConsultationQuery, DeviceCheck, NewConsultation, NewDeviceCheck,
    OneConsultation, OwnAnswers,
};
use crate::api::views::{Caller, CallerOr, ConsultationsRead, PatientView};
use crate::ids::ConsultationId;

/// Asks for a consultation; the same `request_id` gives the same one.
#[utoipa::path(
    post, path = "/consultations", tag = "consultations", request_body = NewConsultation,
    responses((status = 201, body = Consultation, description = "Queued now"), (status = 200, body = Consultation, description = "Asked before"))
)]
pub async fn request_consultation(
    patient: PatientView,
    JsonBody(request): JsonBody<NewConsultation>,
) -> Result<Response, ApiError> {
    let (consultation, is_new) = patient.request_consultation(request).await?;
    let status = if is_new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(consultation)).into_response())
}

/// Lists consultations: the patient's own, or what staff or a partner's system asks to see. An operator's are those that wait in a queue of his, or for him, and
/// those that he takes or took part in; supervisors' are all.
#[utoipa::path(
    get, path = "/consultations", tag = "consultations", params(ConsultationQuery),
    security(("bearer" = []), ("partner_key" = ["consultations:read"])),
    responses((status = 200, body = ConsultationPage))
)]
pub async fn list_consultations(
    caller: CallerOr<ConsultationsRead>,
    Params(query): Params<ConsultationQuery>,
) -> Result<Json<ConsultationPage>, ApiError> {
    Ok(Json(match caller {
        CallerOr::Partner(partner) => ConsultationPage::Told(partner.consultations(query).await?),
        CallerOr::Account(Caller::Patient(patient)) => ConsultationPage::Own(patient.own_consultations(query).await?),
        CallerOr::Account(Caller::Operator(staff)) => ConsultationPage::Rows(staff.consultations(query).await?),
        CallerOr::Account(Caller::Supervisor(supervisor)) => {
            ConsultationPage::Rows(supervisor.staff().consultations(query).await?)
        }
    }))
}

/// One consultation. Of those that his list would never show an operator is told that there is none.
#[utoipa::path(
    get, path = "/consultations/{id}", tag = "consultations", params(("id" = ConsultationId, Path)),
    security(("bearer" = []), ("partner_key" = ["consultations:read"])),
    responses((status = 200, body = OneConsultation))
)]
pub async fn get_consultation(
    caller: CallerOr<ConsultationsRead>,
    Id(id): Id<ConsultationId>,
) -> Result<Json<OneConsultation>, ApiError> {
    Ok(Json(match caller {
        CallerOr::Partner(partner) => OneConsultation::Told(Box::new(partner.consultation(&id).await?)),
        CallerOr::Account(Caller::Patient(patient)) => {
            OneConsultation::Own(Box::new(patient.own_consultation(&id).await?))
        }
        CallerOr::Account(Caller::Operator(staff)) => OneConsultation::Detail(Box::new(staff.consultation(&id).await?)),
        CallerOr::Account(Caller::Supervisor(supervisor)) => {
            OneConsultation::Detail(Box::new(supervisor.staff().consultation(&id).await?))
        }
    }))
}

/// The patient withdraws a consultation that nobody took yet.
#[utoipa::path(
    post, path = "/consultations/{id}/cancel", tag = "consultations", params(("id" = ConsultationId, Path)),
    responses((status = 200, body = Consultation))
)]
pub async fn cancel(patient: PatientView, Id(id): Id<ConsultationId>) -> Result<Json<Consultation>, ApiError> {
    Ok(Json(patient.cancel(&id).await?))
}

/// What the patient answered to what the service asks, with the questions.
#[utoipa::path(
    get, path = "/consultations/{id}/answers", tag = "consultations", params(("id" = ConsultationId, Path)),
    responses((status = 200, body = OwnAnswers))
)]
pub async fn own_answers(patient: PatientView, Id(id): Id<ConsultationId>) -> Result<Json<OwnAnswers>, ApiError> {
    Ok(Json(patient.own_answers(&id).await?))
}

/// The patient answers anew while nobody has taken his consultation. All answers at once, checked as when he asked; the consultation is as urgent as they are.
///
/// 409 once it was taken, or where the answers are not those any more that he saw.
#[utoipa::path(
    put, path = "/consultations/{id}/answers", tag = "consultations", params(("id" = ConsultationId, Path)),
    request_body = ChangeAnswers, responses((status = 200, body = OwnAnswers))
)]
pub async fn change_answers(
    patient: PatientView,
    Id(id): Id<ConsultationId>,
    JsonBody(change): JsonBody<ChangeAnswers>,
) -> Result<Json<OwnAnswers>, ApiError> {
    Ok(Json(patient.change_answers(&id, change).await?))
}

/// The patient has tested the device for a call: whoever takes the consultation sees what came of it, the latest alone. 409 once it is over.
#[utoipa::path(
    put, path = "/consultations/{id}/device-check", tag = "consultations", params(("id" = ConsultationId, Path)),
    request_body = NewDeviceCheck, responses((status = 200, body = DeviceCheck))
)]
pub async fn check_devices(
    patient: PatientView,
    Id(id): Id<ConsultationId>,
    JsonBody(new): JsonBody<NewDeviceCheck>,
) -> Result<Json<DeviceCheck>, ApiError> {
    Ok(Json(patient.check_devices(&id, &new).await?))
}
