//! A look at the installation.

use axum::Json;

use crate::api::problem::ApiError;
use crate::api::types::DoctorReport;
use crate::api::views::AdministratorView;

/// The look at the installation that was asked for last, and what was found.
#[utoipa::path(get, path = "/doctor", tag = "doctor", responses((status = 200, body = DoctorReport)))]
pub async fn doctor_report(administrator: AdministratorView) -> Result<Json<DoctorReport>, ApiError> {
    Ok(Json(administrator.doctor_report()))
}

/// Looks at the installation as `consilium doctor` does: configuration, disk, key, addresses, certificate, stores, archive, media server, clock, backups. It goes on
/// beside everything else, one at a time: asked for while it runs, it is joined. Nothing is repaired. That it was asked for is an entry of the audit log. 409 where
/// the service runs without what looks.
#[utoipa::path(post, path = "/doctor", tag = "doctor", responses((status = 200, body = DoctorReport)))]
pub async fn examine(administrator: AdministratorView) -> Result<Json<DoctorReport>, ApiError> {
    Ok(Json(administrator.examine()?))
}
