//! What changes, as server-sent events.

use axum::http::HeaderMap;
use axum::response::Response;

use crate::api::problem::ApiError;
use crate::api::types::{
    ConsultationChanged, CustodyChanged, Gone, KeysChanged, OperatorChanged, PatientChanged, QueueChanged, Resync,
};
use crate::api::views::Caller;

/// What changes, as server-sent events.
///
/// `Last-Event-ID` resumes without a gap: the stream subscribes before it reads the log. Without it the stream begins now, so open the stream first and load
/// lists second. Events: `consultation`, `queue`, `operator`, `keys`, `custody`, `call`, `callback`, `note`, `mention`, `queue_invitation`, `canned`, `macro`, `tag`, `view`, `view_order`, `rule`, `follow_up`, `patient`, `viewing`, `gone`, `resync`. A comment comes each 15 seconds.
#[utoipa::path(
    get, path = "/events", tag = "events",
    params(("Last-Event-ID" = Option<String>, Header, description = "Id of the last event that was seen")),
    responses((status = 200, content_type = "text/event-stream", body = String))
)]
pub async fn stream(caller: Caller, headers: HeaderMap) -> Result<Response, ApiError> {
    caller.events(headers.get("last-event-id")).await
}

/// Schemas of the stream's payloads; they stand in no request or response body.
#[derive(utoipa::OpenApi)]
#[openapi(components(schemas(
    ConsultationChanged,
    QueueChanged,
    OperatorChanged,
    PatientChanged,
    KeysChanged,
    CustodyChanged,
    Gone,
    Resync
)))]
pub struct StreamSchemas;
