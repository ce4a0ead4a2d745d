//! Notes of staff and whom they mention; nothing of it is for patients.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::api::body::{Id, JsonBody, Params};
use crate::api::problem::ApiError;
use crate::api::types::{
    Mention, MentionChanged, MentionPage, NewNote, Note, NoteChange, NoteChanged, NoteVersions, Page, PageQuery,
};
use crate::api::views::StaffView;
use crate::ids::{ConversationId, MentionId, NoteId, PatientId};

/// Notes on a conversation, newest first; each reading is an audit entry, as that of the card is.
///
/// For who takes or took part in one of its consultations, may take the one that waits, is a supervisor, or was mentioned in them lately.
#[utoipa::path(
    get, path = "/conversations/{id}/notes", tag = "notes", params(("id" = ConversationId, Path), PageQuery),
    responses((status = 200, body = Page<Note>))
)]
pub async fn list_notes(
    staff: StaffView,
    Id(id): Id<ConversationId>,
    Params(query): Params<PageQuery>,
) -> Result<Json<Page<Note>>, ApiError> {
    Ok(Json(staff.notes(&id, query).await?))
}

/// Writes a note on a conversation; the same `request_id` gives the same one.
#[utoipa::path(
    post, path = "/conversations/{id}/notes", tag = "notes", params(("id" = ConversationId, Path)), request_body = NewNote,
    responses((status = 201, body = Note, description = "Written now"), (status = 200, body = Note, description = "Written before"))
)]
pub async fn write_note(
    staff: StaffView,
    Id(id): Id<ConversationId>,
    JsonBody(new): JsonBody<NewNote>,
) -> Result<Response, ApiError> {
    let (note, is_new) = staff.write_note(&id, new).await?;
    let status = if is_new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(note)).into_response())
}

/// Notes on a patient, of the conversations whose notes are open to the caller, newest first; each reading is an audit entry.
#[utoipa::path(
    get, path = "/patients/{id}/notes", tag = "notes", params(("id" = PatientId, Path), PageQuery),
    responses((status = 200, body = Page<Note>))
)]
pub async fn list_patient_notes(
    staff: StaffView,
    Id(id): Id<PatientId>,
    Params(query): Params<PageQuery>,
) -> Result<Json<Page<Note>>, ApiError> {
    Ok(Json(staff.patient_notes(&id, query).await?))
}

/// Its author writes a note anew, before `editable_until`; what it said is kept.
#[utoipa::path(
    patch, path = "/notes/{id}", tag = "notes", params(("id" = NoteId, Path)), request_body = NoteChange,
    responses((status = 200, body = Note))
)]
pub async fn change_note(
    staff: StaffView,
    Id(id): Id<NoteId>,
    JsonBody(change): JsonBody<NoteChange>,
) -> Result<Json<Note>, ApiError> {
    Ok(Json(staff.change_note(&id, change).await?))
}

/// Its author before `editable_until`, or a supervisor, deletes a note; who wrote it and who deleted it stays.
#[utoipa::path(
    delete, path = "/notes/{id}", tag = "notes", params(("id" = NoteId, Path)), responses((status = 200, body = Note))
)]
pub async fn delete_note(staff: StaffView, Id(id): Id<NoteId>) -> Result<Json<Note>, ApiError> {
    Ok(Json(staff.delete_note(&id).await?))
}

/// What a note said before it was edited; each reading is an audit entry.
#[utoipa::path(
    get, path = "/notes/{id}/versions", tag = "notes", params(("id" = NoteId, Path)),
    responses((status = 200, body = NoteVersions))
)]
pub async fn note_versions(staff: StaffView, Id(id): Id<NoteId>) -> Result<Json<NoteVersions>, ApiError> {
    Ok(Json(staff.note_versions(&id).await?))
}

/// Notes in which colleagues mention the caller, newest first.
#[utoipa::path(get, path = "/mentions", tag = "notes", params(PageQuery), responses((status = 200, body = MentionPage)))]
pub async fn list_mentions(staff: StaffView, Params(query): Params<PageQuery>) -> Result<Json<MentionPage>, ApiError> {
    Ok(Json(staff.mentions(query).await?))
}

/// The caller has looked at a mention.
#[utoipa::path(
    post, path = "/mentions/{id}/seen", tag = "notes", params(("id" = MentionId, Path)),
    responses((status = 200, body = Mention))
)]
pub async fn see_mention(staff: StaffView, Id(id): Id<MentionId>) -> Result<Json<Mention>, ApiError> {
    Ok(Json(staff.see_mention(&id).await?))
}

/// The stream's payloads about notes; they stand in no request or response body.
#[derive(utoipa::OpenApi)]
#[openapi(components(schemas(NoteChanged, MentionChanged)))]
pub struct NoteStreamSchemas;
