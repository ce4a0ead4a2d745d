//! Files that the desk keeps, to send them again and again.

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;

use crate::api::body::{Id, JsonBody};
use crate::api::problem::ApiError;
use crate::api::types::{DeskFile, NewDeskFile};
use crate::api::views::StaffView;
use crate::ids::DeskFileId;

/// Keeps a file, for macros and canned replies to name it. The same one is kept once; one that nothing names goes after thirty days.
#[utoipa::path(post, path = "/files", tag = "macros", request_body = NewDeskFile, responses((status = 201, body = DeskFile)))]
pub async fn keep_desk_file(
    staff: StaffView,
    JsonBody(new): JsonBody<NewDeskFile>,
) -> Result<(StatusCode, Json<DeskFile>), ApiError> {
    Ok((StatusCode::CREATED, Json(staff.keep_desk_file(new).await?)))
}

/// What stands in a file. The client of whoever runs a macro, or inserts a canned reply, sends it into the conversation, encrypted.
#[utoipa::path(
    get, path = "/files/{id}", tag = "macros", params(("id" = DeskFileId, Path)),
    responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream"))
)]
pub async fn read_desk_file(staff: StaffView, Id(id): Id<DeskFileId>) -> Result<impl IntoResponse, ApiError> {
    let (file, bytes) = staff.desk_file(&id).await?;
    let headers = [
        (header::CONTENT_TYPE, file.media_type),
        // Its name stands where it is named; what opens it here obeys nothing in it.
        (header::CONTENT_DISPOSITION, "attachment".to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, bytes))
}
