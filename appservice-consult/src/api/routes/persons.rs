//! Persons whom a patient acts for: his own list of them, their consents, and their cards at the desk.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::api::body::{Id, Ids, JsonBody};
use crate::api::problem::ApiError;
use crate::api::types::{
    Consent, ConsentHistory, Consents, GiveConsent, NewPerson, Person, PersonCard, PersonChange, Persons,
};
use crate::api::views::{PatientView, StaffView};
use crate::ids::{ConsentPurpose, PatientId, PersonId};

/// The persons whom the caller acts for.
#[utoipa::path(get, path = "/me/persons", tag = "persons", responses((status = 200, body = Persons)))]
pub async fn my_persons(patient: PatientView) -> Result<Json<Persons>, ApiError> {
    Ok(Json(patient.persons().await?))
}

/// Adds one; the same `request_id` gives the same one.
#[utoipa::path(
    post, path = "/me/persons", tag = "persons", request_body = NewPerson,
    responses((status = 201, body = Person, description = "Added now"), (status = 200, body = Person, description = "Added before"))
)]
pub async fn add_person(patient: PatientView, JsonBody(request): JsonBody<NewPerson>) -> Result<Response, ApiError> {
    let (person, is_new) = patient.add_person(request).await?;
    let status = if is_new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(person)).into_response())
}

/// Changes one. What is left out stays; `active` brings back who was removed.
#[utoipa::path(
    patch, path = "/me/persons/{id}", tag = "persons", params(("id" = PersonId, Path)), request_body = PersonChange,
    responses((status = 200, body = Person))
)]
pub async fn change_person(
    patient: PatientView,
    Id(id): Id<PersonId>,
    JsonBody(change): JsonBody<PersonChange>,
) -> Result<Json<Person>, ApiError> {
    Ok(Json(patient.change_person(&id, change).await?))
}

/// Removes one: hidden where something was asked or agreed to for him, so that it is not lost, else deleted. Gives those that are left.
#[utoipa::path(
    delete, path = "/me/persons/{id}", tag = "persons", params(("id" = PersonId, Path)),
    responses((status = 200, body = Persons))
)]
pub async fn remove_person(patient: PatientView, Id(id): Id<PersonId>) -> Result<Json<Persons>, ApiError> {
    Ok(Json(patient.remove_person(&id).await?))
}

/// What the caller is asked to agree to for a person, with the texts of today, and what he decided.
#[utoipa::path(
    get, path = "/me/persons/{id}/consents", tag = "persons", params(("id" = PersonId, Path)),
    responses((status = 200, body = Consents))
)]
pub async fn my_persons_consents(patient: PatientView, Id(id): Id<PersonId>) -> Result<Json<Consents>, ApiError> {
    Ok(Json(patient.consents_for(&id).await?))
}

/// Agrees for a person to the text that was shown. 409 `consent-changed` where it is another one by now.
#[utoipa::path(
    put, path = "/me/persons/{id}/consents/{purpose}", tag = "persons",
    params(("id" = PersonId, Path), ("purpose" = ConsentPurpose, Path)), request_body = GiveConsent,
    responses((status = 200, body = Consent))
)]
pub async fn give_persons_consent(
    patient: PatientView,
    Ids(id, purpose): Ids<PersonId, ConsentPurpose>,
    JsonBody(request): JsonBody<GiveConsent>,
) -> Result<Json<Consent>, ApiError> {
    Ok(Json(patient.give_consent_for(&id, purpose, request).await?))
}

/// Withdraws a consent that was given for a person. Gives all of them as they stand then.
#[utoipa::path(
    delete, path = "/me/persons/{id}/consents/{purpose}", tag = "persons",
    params(("id" = PersonId, Path), ("purpose" = ConsentPurpose, Path)), responses((status = 200, body = Consents))
)]
pub async fn withdraw_persons_consent(
    patient: PatientView,
    Ids(id, purpose): Ids<PersonId, ConsentPurpose>,
) -> Result<Json<Consents>, ApiError> {
    Ok(Json(patient.withdraw_consent_for(&id, &purpose).await?))
}

/// A person's card with his consultations; each reading is an audit entry.
#[utoipa::path(
    get, path = "/patients/{id}/persons/{person_id}", tag = "persons",
    params(("id" = PatientId, Path), ("person_id" = PersonId, Path)), responses((status = 200, body = PersonCard))
)]
pub async fn person_card(
    staff: StaffView,
    Ids(id, person): Ids<PatientId, PersonId>,
) -> Result<Json<PersonCard>, ApiError> {
    Ok(Json(staff.person_card(&id, &person).await?))
}

/// All that was agreed to and withdrawn for a person, with the texts that were shown; each reading is an audit entry.
#[utoipa::path(
    get, path = "/patients/{id}/persons/{person_id}/consents", tag = "persons",
    params(("id" = PatientId, Path), ("person_id" = PersonId, Path)), responses((status = 200, body = ConsentHistory))
)]
pub async fn person_consents(
    staff: StaffView,
    Ids(id, person): Ids<PatientId, PersonId>,
) -> Result<Json<ConsentHistory>, ApiError> {
    Ok(Json(staff.person_consents(&id, &person).await?))
}
