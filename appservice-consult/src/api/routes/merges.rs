//! Cards of one human: two of them side by side, merging, separating; and two cards that look so and are two people's.

use axum::Json;
use axum::http::StatusCode;

use crate::api::body::{Id, Ids, JsonBody, Params};
use crate::api::problem::ApiError;
use crate::api::types::{
    MergePreview, MergePreviewQuery, NewMerge, PatientDuplicates, PatientMerge, PatientMerges, SeparateMerge,
};
use crate::api::views::{StaffView, SupervisorView};
use crate::ids::{MergeId, PatientId};

/// Two cards side by side, and what stands against showing the second on this one. It is a reading of either, and an audit entry of either.
#[utoipa::path(
    get, path = "/patients/{id}/merges/preview", tag = "patients", params(("id" = PatientId, Path), MergePreviewQuery),
    responses((status = 200, body = MergePreview))
)]
pub async fn preview_merge(
    supervisor: SupervisorView,
    Id(id): Id<PatientId>,
    Params(query): Params<MergePreviewQuery>,
) -> Result<Json<MergePreview>, ApiError> {
    Ok(Json(supervisor.merge_preview(&id, &query.with).await?))
}

/// All merges that a card is or was in, the last first; of those that stand, what each side would say without it.
#[utoipa::path(
    get, path = "/patients/{id}/merges", tag = "patients", params(("id" = PatientId, Path)),
    responses((status = 200, body = PatientMerges))
)]
pub async fn patient_merges(
    supervisor: SupervisorView,
    Id(id): Id<PatientId>,
) -> Result<Json<PatientMerges>, ApiError> {
    Ok(Json(supervisor.patient_merges(&id).await?))
}

/// Shows another card on this one. Nothing is moved: each account keeps its record, rooms, consents and words. 409 where either has changed since it was `seen`,
/// and where something stands against it. Nothing does where somebody said that they are two people's.
#[utoipa::path(
    post, path = "/patients/{id}/merges", tag = "patients", params(("id" = PatientId, Path)), request_body = NewMerge,
    responses(
        (status = 201, body = PatientMerge),
        (status = 200, body = PatientMerge, description = "The same press had merged them.")
    )
)]
pub async fn merge_patients(
    supervisor: SupervisorView,
    Id(id): Id<PatientId>,
    JsonBody(new): JsonBody<NewMerge>,
) -> Result<(StatusCode, Json<PatientMerge>), ApiError> {
    let (merge, is_new) = supervisor.merge_patients(&id, new).await?;
    Ok((if is_new { StatusCode::CREATED } else { StatusCode::OK }, Json(merge)))
}

/// Separates two cards again: each has what is its own account's, what came after the merge and was changed meanwhile too. 409 where they are separate.
#[utoipa::path(
    post, path = "/merges/{id}/separate", tag = "patients", params(("id" = MergeId, Path)), request_body = SeparateMerge,
    responses((status = 200, body = PatientMerge))
)]
pub async fn separate_patients(
    supervisor: SupervisorView,
    Id(id): Id<MergeId>,
    JsonBody(wish): JsonBody<SeparateMerge>,
) -> Result<Json<PatientMerge>, ApiError> {
    Ok(Json(supervisor.separate_patients(&id, wish).await?))
}

/// Says of another card, which is suggested on this one, that they are two people's: neither is suggested beside the other any more. The same once more changes
/// nothing. Supervisors can merge the two all the same. 409 where nothing suggests that they are one person's, and where they are on one card.
#[utoipa::path(
    put, path = "/patients/{id}/dismissed-duplicates/{other_id}", tag = "patients",
    params(("id" = PatientId, Path), ("other_id" = PatientId, Path)),
    responses((status = 200, body = PatientDuplicates))
)]
pub async fn dismiss_duplicate(
    staff: StaffView,
    Ids(id, other): Ids<PatientId, PatientId>,
) -> Result<Json<PatientDuplicates>, ApiError> {
    Ok(Json(staff.dismiss_duplicate(&id, &other).await?))
}

/// Takes it back: what looks like one person's is suggested again. Where nobody said so, nothing changes.
#[utoipa::path(
    delete, path = "/patients/{id}/dismissed-duplicates/{other_id}", tag = "patients",
    params(("id" = PatientId, Path), ("other_id" = PatientId, Path)),
    responses((status = 200, body = PatientDuplicates))
)]
pub async fn restore_duplicate(
    staff: StaffView,
    Ids(id, other): Ids<PatientId, PatientId>,
) -> Result<Json<PatientDuplicates>, ApiError> {
    Ok(Json(staff.restore_duplicate(&id, &other).await?))
}
