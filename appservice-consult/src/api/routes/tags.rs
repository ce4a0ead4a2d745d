//! Tags: words that staff puts on consultations.

use axum::Json;
use axum::http::StatusCode;

use crate::api::body::{Id, Ids, JsonBody};
use crate::api::problem::ApiError;
use crate::api::types::{ConsultationDetail, NewTag, Tag, TagChange, TagChanged, Tags};
use crate::api::views::{StaffView, SupervisorView};
use crate::ids::{ConsultationId, TagId};

/// All tags of the brand, archived ones too.
#[utoipa::path(get, path = "/tags", tag = "tags", responses((status = 200, body = Tags)))]
pub async fn list_tags(staff: StaffView) -> Result<Json<Tags>, ApiError> {
    Ok(Json(staff.tags().await?))
}

/// Makes a tag.
#[utoipa::path(post, path = "/tags", tag = "tags", request_body = NewTag, responses((status = 201, body = Tag)))]
pub async fn create_tag(
    supervisor: SupervisorView,
    JsonBody(new): JsonBody<NewTag>,
) -> Result<(StatusCode, Json<Tag>), ApiError> {
    Ok((StatusCode::CREATED, Json(supervisor.create_tag(new).await?)))
}

/// Writes a tag anew, archives it, or takes it back into use.
#[utoipa::path(
    put, path = "/tags/{id}", tag = "tags", params(("id" = TagId, Path)), request_body = TagChange,
    responses((status = 200, body = Tag))
)]
pub async fn change_tag(
    supervisor: SupervisorView,
    Id(id): Id<TagId>,
    JsonBody(change): JsonBody<TagChange>,
) -> Result<Json<Tag>, ApiError> {
    Ok(Json(supervisor.change_tag(&id, change).await?))
}

/// Puts a tag on a consultation; one that is there stays.
#[utoipa::path(
    put, path = "/consultations/{id}/tags/{tag_id}", tag = "tags", params(("id" = ConsultationId, Path), ("tag_id" = TagId, Path)),
    responses((status = 200, body = ConsultationDetail))
)]
pub async fn add_tag(
    staff: StaffView,
    Ids(id, tag): Ids<ConsultationId, TagId>,
) -> Result<Json<ConsultationDetail>, ApiError> {
    Ok(Json(staff.add_tag(&id, &tag).await?))
}

/// Takes a tag off a consultation; one that is not there stays away.
#[utoipa::path(
    delete, path = "/consultations/{id}/tags/{tag_id}", tag = "tags", params(("id" = ConsultationId, Path), ("tag_id" = TagId, Path)),
    responses((status = 200, body = ConsultationDetail))
)]
pub async fn remove_tag(
    staff: StaffView,
    Ids(id, tag): Ids<ConsultationId, TagId>,
) -> Result<Json<ConsultationDetail>, ApiError> {
    Ok(Json(staff.remove_tag(&id, &tag).await?))
}

/// The stream's payload about tags; it stands in no request or response body.
#[derive(utoipa::OpenApi)]
#[openapi(components(schemas(TagChanged)))]
pub struct TagStreamSchemas;
