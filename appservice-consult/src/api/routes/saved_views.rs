//! Saved views: lists with filters and an order that staff keeps under a name.

use axum::Json;
use axum::http::StatusCode;

use crate::api::body::{Id, JsonBody};
use crate::api::problem::ApiError;
use crate::api::types::{NewSavedView, SavedView, SavedViewArrangement, SavedViewChange, SavedViewChanged, SavedViews};
use crate::api::views::StaffView;
use crate::ids::SavedViewId;

/// All views that the caller sees, in his order: his own, and those that are shared with him.
#[utoipa::path(get, path = "/views", tag = "views", responses((status = 200, body = SavedViews)))]
pub async fn list_views(staff: StaffView) -> Result<Json<SavedViews>, ApiError> {
    Ok(Json(staff.saved_views().await?))
}

/// Makes a view. Its query is the list's own and is read as the list reads it: 422 with what the list would refuse. Supervisors may share it.
#[utoipa::path(post, path = "/views", tag = "views", request_body = NewSavedView, responses((status = 201, body = SavedView)))]
pub async fn create_view(
    staff: StaffView,
    JsonBody(new): JsonBody<NewSavedView>,
) -> Result<(StatusCode, Json<SavedView>), ApiError> {
    Ok((StatusCode::CREATED, Json(staff.create_saved_view(new).await?)))
}

/// Writes a view anew, shares it, removes it, or takes it back for a day after. Its owner does; of a colleague's a supervisor may end the sharing.
#[utoipa::path(
    put, path = "/views/{id}", tag = "views", params(("id" = SavedViewId, Path)), request_body = SavedViewChange,
    responses((status = 200, body = SavedView))
)]
pub async fn change_view(
    staff: StaffView,
    Id(id): Id<SavedViewId>,
    JsonBody(change): JsonBody<SavedViewChange>,
) -> Result<Json<SavedView>, ApiError> {
    Ok(Json(staff.change_saved_view(&id, change).await?))
}

/// Puts all views that the caller sees in his own order.
#[utoipa::path(
    put, path = "/view-order", tag = "views", request_body = SavedViewArrangement,
    responses((status = 200, body = SavedViews))
)]
pub async fn arrange_views(
    staff: StaffView,
    JsonBody(arrangement): JsonBody<SavedViewArrangement>,
) -> Result<Json<SavedViews>, ApiError> {
    Ok(Json(staff.arrange_saved_views(arrangement).await?))
}

/// The stream's payload about views; it stands in no request or response body.
#[derive(utoipa::OpenApi)]
#[openapi(components(schemas(SavedViewChanged)))]
pub struct SavedViewStreamSchemas;
