//! The caller himself.

use axum::Json;
use axum::http::{HeaderName, header};

use crate::api::body::JsonBody;
use crate::api::problem::ApiError;
use crate::api::types::{BackupSecret, BackupSecretRequest, Custody, Me, OwnChange};
use crate::api::views::{Caller, PatientView};

/// Who the caller is and what he may do.
#[utoipa::path(get, path = "/me", tag = "me", responses((status = 200, body = Me)))]
pub async fn get_me(caller: Caller) -> Result<Json<Me>, ApiError> {
    Ok(Json(caller.me().await?))
}

/// The patient changes his own card.
#[utoipa::path(patch, path = "/me", tag = "me", request_body = OwnChange, responses((status = 200, body = Me)))]
pub async fn change_me(patient: PatientView, JsonBody(change): JsonBody<OwnChange>) -> Result<Json<Me>, ApiError> {
    Ok(Json(patient.change_own_card(change).await?))
}

/// The secret that opens the patient's secret storage, for a device that he has just signed in on.
///
/// Needs a sign-in of the last ten minutes (`sign-in-stale` otherwise). Each release is an entry of the audit log and is told to all his devices.
#[utoipa::path(
    post, path = "/me/backup-secret", tag = "me", request_body = BackupSecretRequest,
    responses((status = 200, body = BackupSecret))
)]
pub async fn backup_secret(
    patient: PatientView,
    JsonBody(request): JsonBody<BackupSecretRequest>,
) -> Result<([(HeaderName, &'static str); 1], Json<BackupSecret>), ApiError> {
    let secret = patient.backup_secret(request).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(secret)))
}

/// The patient takes the secret into his own hands: the keeper destroys its copy.
#[utoipa::path(delete, path = "/me/backup-secret", tag = "me", responses((status = 200, body = Custody)))]
pub async fn take_backup_secret(patient: PatientView) -> Result<Json<Custody>, ApiError> {
    Ok(Json(patient.take_backup_secret().await?))
}
