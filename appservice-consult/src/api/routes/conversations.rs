//! The permanent rooms.

use axum::Json;

use crate::api::body::Id;
use crate::api::problem::ApiError;
use crate::api::types::{Conversations, HistoryKeys};
use crate::api::views::{Caller, PatientView};
use crate::ids::ConversationId;

/// The patient's own conversations.
#[utoipa::path(get, path = "/conversations", tag = "conversations", responses((status = 200, body = Conversations)))]
pub async fn list_conversations(patient: PatientView) -> Result<Json<Conversations>, ApiError> {
    Ok(Json(patient.conversations().await?))
}

/// Asks the keeper for a fresh bundle of the history's keys, for the caller's devices.
#[utoipa::path(
    post, path = "/conversations/{id}/history-keys", tag = "conversations",
    params(("id" = ConversationId, Path)),
    responses((status = 200, body = HistoryKeys))
)]
pub async fn ask_history_keys(caller: Caller, Id(id): Id<ConversationId>) -> Result<Json<HistoryKeys>, ApiError> {
    Ok(Json(caller.history_keys(&id).await?))
}
