//! Patients whom the desk or a partner's system makes before they come, and the links by which they come.

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::api::body::{Id, JsonBody};
use crate::api::problem::ApiError;
use crate::api::types::{
    AcceptInvitation, CheckPatient, InvitationAccepted, InvitationGreeting, NewPatient, OpenInvitation, PatientCheck,
    PatientInvitation, PatientInvitations, PatientMade, RenewInvitation,
};
use crate::api::views::{PatientsInvite, StaffOr, StaffView, VisitorView};
use crate::ids::PatientId;

/// Makes a patient: his card, an account that has no password yet, and a link by which he comes once and sets it. Nobody is written to, and nothing is agreed to in
/// his name.
///
/// The same `request_id` again gives the same patient, without the link: it is shown once. A partner's system that names an `external_id` which a patient has gets
/// that patient; staff is refused (409).
#[utoipa::path(
    post, path = "/patients", tag = "patients", request_body = NewPatient,
    security(("bearer" = []), ("partner_key" = ["patients:invite"])),
    responses(
        (status = 201, body = PatientMade),
        (status = 200, body = PatientMade, description = "He was there already.")
    )
)]
pub async fn make_patient(
    who: StaffOr<PatientsInvite>,
    JsonBody(new): JsonBody<NewPatient>,
) -> Result<Response, ApiError> {
    let made = who.inviter().make(new).await?;
    let status = if made.made { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, not_kept(made)).into_response())
}

/// Whom a card that is not made yet looks like: the same telephone number, e-mail address or name. 422 where a field cannot be so.
#[utoipa::path(
    post, path = "/patients/check", tag = "patients", request_body = CheckPatient,
    responses((status = 200, body = PatientCheck))
)]
pub async fn check_patient(
    staff: StaffView,
    JsonBody(check): JsonBody<CheckPatient>,
) -> Result<Json<PatientCheck>, ApiError> {
    Ok(Json(staff.check_patient(check).await?))
}

/// The invitation of a patient whom the desk or a partner's system made, without its link.
#[utoipa::path(
    get, path = "/patients/{id}/invitation", tag = "patients", params(("id" = PatientId, Path)),
    security(("bearer" = []), ("partner_key" = ["patients:invite"])),
    responses((status = 200, body = PatientInvitations))
)]
pub async fn patient_invitation(
    who: StaffOr<PatientsInvite>,
    Id(id): Id<PatientId>,
) -> Result<Json<PatientInvitations>, ApiError> {
    Ok(Json(who.inviter().of(&id).await?))
}

/// Makes a new link, which is shown this once; the former one does nothing any more. 404: he came by himself; 409: he has set his password already.
#[utoipa::path(
    post, path = "/patients/{id}/invitation", tag = "patients", params(("id" = PatientId, Path)),
    request_body = RenewInvitation, security(("bearer" = []), ("partner_key" = ["patients:invite"])),
    responses((status = 201, body = PatientInvitation))
)]
pub async fn renew_invitation(
    who: StaffOr<PatientsInvite>,
    Id(id): Id<PatientId>,
    JsonBody(wish): JsonBody<RenewInvitation>,
) -> Result<Response, ApiError> {
    let invitation = who.inviter().renew(&id, wish).await?;
    Ok((StatusCode::CREATED, not_kept(invitation)).into_response())
}

/// Takes the link back; one that does nothing any more stays as it is. 404: he came by himself; 409: he has set his password already.
#[utoipa::path(
    delete, path = "/patients/{id}/invitation", tag = "patients", params(("id" = PatientId, Path)),
    security(("bearer" = []), ("partner_key" = ["patients:invite"])),
    responses((status = 200, body = PatientInvitations))
)]
pub async fn take_back_invitation(
    who: StaffOr<PatientsInvite>,
    Id(id): Id<PatientId>,
) -> Result<Json<PatientInvitations>, ApiError> {
    Ok(Json(who.inviter().take_back(&id).await?))
}

/// Whom a link invites. It stands in the body, so that it stands in no address. 404: there is no such link; `invitation-over` (410) with what became of it; 429: as
/// the header says.
#[utoipa::path(
    post, path = "/public/invitations", tag = "public", security(()), request_body = OpenInvitation,
    responses((status = 200, body = InvitationGreeting))
)]
pub async fn open_invitation(
    visitor: VisitorView,
    JsonBody(OpenInvitation { secret }): JsonBody<OpenInvitation>,
) -> Result<Response, ApiError> {
    Ok(not_kept(visitor.open_invitation(&secret).await?).into_response())
}

/// Sets the password of the account that a link is of; it works once. Who has set it signs in at the homeserver as everybody does. 422: the password is too short;
/// everything else as for `POST /public/invitations`.
#[utoipa::path(
    post, path = "/public/invitations/accept", tag = "public", security(()), request_body = AcceptInvitation,
    responses((status = 200, body = InvitationAccepted))
)]
pub async fn accept_invitation(
    visitor: VisitorView,
    JsonBody(wish): JsonBody<AcceptInvitation>,
) -> Result<Response, ApiError> {
    Ok(not_kept(visitor.accept_invitation(wish).await?).into_response())
}

/// An answer that no browser and no proxy keeps.
fn not_kept<T: Serialize>(answer: T) -> impl IntoResponse {
    ([(header::CACHE_CONTROL, "no-store")], Json(answer))
}
