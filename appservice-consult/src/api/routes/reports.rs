//! Reports and the wallboard.

use axum::Json;
use axum::http::header;
use axum::response::IntoResponse;

use crate::api::body::Params;
use crate::api::problem::ApiError;
use crate::api::types::{BehindQuery, Report, ReportBehind, ReportQuery, Wallboard};
use crate::api::views::SupervisorView;

/// What a period was like, by hour, day, week, queue or operator.
#[utoipa::path(get, path = "/reports/consultations", tag = "reports", params(ReportQuery), responses((status = 200, body = Report)))]
pub async fn consultation_report(
    supervisor: SupervisorView,
    Params(query): Params<ReportQuery>,
) -> Result<Json<Report>, ApiError> {
    Ok(Json(supervisor.report(&query).await?))
}

/// The same as a table for a spreadsheet.
#[utoipa::path(get, path = "/reports/consultations.csv", tag = "reports", params(ReportQuery),
    responses((status = 200, body = String, content_type = "text/csv")))]
pub async fn consultation_report_csv(
    supervisor: SupervisorView,
    Params(query): Params<ReportQuery>,
) -> Result<impl IntoResponse, ApiError> {
    let table = supervisor.report_csv(&query).await?;
    let name = format!("attachment; filename=\"consultations-{}-{}.csv\"", query.from, query.to);
    Ok(([(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)], table))
}

/// The consultations, calls or call-backs behind a number of a report.
#[utoipa::path(get, path = "/reports/consultations/behind", tag = "reports", params(BehindQuery),
    responses((status = 200, body = ReportBehind)))]
pub async fn behind_report(
    supervisor: SupervisorView,
    Params(query): Params<BehindQuery>,
) -> Result<Json<ReportBehind>, ApiError> {
    Ok(Json(supervisor.behind_report(&query).await?))
}

/// The desk now, and today so far.
#[utoipa::path(get, path = "/reports/now", tag = "reports", responses((status = 200, body = Wallboard)))]
pub async fn wallboard(supervisor: SupervisorView) -> Result<Json<Wallboard>, ApiError> {
    Ok(Json(supervisor.wallboard().await?))
}
