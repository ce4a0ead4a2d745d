//! How requests are read: bodies, queries and path segments, each refused as a problem that says what to mend.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use crate::api::problem::ApiError;
use crate::list_query::{self, ListQuery};

/// Largest body that a request may have. The largest honest one is a conclusion of 24,000 characters.
pub const BODY_BYTES_MAX: usize = 64 * 1024;

/// The same of a section of the settings: the texts of all consents, in all languages.
pub const SETTINGS_BYTES_MAX: usize = 1024 * 1024;

/// The same of a file that the desk keeps: 5 MiB in base64, and its name.
pub const DESK_FILE_BYTES_MAX: usize = 7 * 1024 * 1024;

/// A JSON body. An empty one reads as `{}`, so that actions without details need none.
pub struct JsonBody<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for JsonBody<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let bytes = Bytes::from_request(request, state).await.map_err(|rejection| {
            if rejection.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
                ApiError::too_large("The request body is larger than may be.")
            } else {
                ApiError::malformed("body", "The body could not be read.")
            }
        })?;
        read_json(&bytes).map(Self)
    }
}

/// Reads a JSON body. 400 when it is not JSON, 422 when it is JSON of another shape.
fn read_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiError> {
    let bytes = if bytes.is_empty() { b"{}" } else { bytes };
    serde_json::from_slice(bytes).map_err(|error| match error.classify() {
        serde_json::error::Category::Data => ApiError::invalid("body", error.to_string()),
        _ => ApiError::malformed("body", format!("The body is not JSON: {error}.")),
    })
}

/// A query string.
pub struct Params<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Params<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, ApiError> {
        let query = parts.uri.query().unwrap_or_default();
        list_query::read(query).map(Self).map_err(|error| ApiError::malformed(&error.field, error.message))
    }
}

/// The query string of a list that refuses what cannot be as a body does: 422, with the parameter's name.
pub struct Narrowed<T>(pub T);

impl<S: Send + Sync, T: ListQuery> FromRequestParts<S> for Narrowed<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, ApiError> {
        let query = parts.uri.query().unwrap_or_default();
        list_query::read_sensible(query).map(Self).map_err(|error| ApiError::invalid(&error.field, error.message))
    }
}

/// The identifier in the path.
pub struct Id<T>(pub T);

/// Longest identifier that is looked up; ours have 36 characters, queues what the brand gives them.
const ID_BYTES_MAX: usize = 255;

/// The two identifiers in the path, in its order.
pub struct Ids<T, U>(pub T, pub U);

impl<S: Send + Sync, T: From<String>> FromRequestParts<S> for Id<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let Path(id) = Path::<String>::from_request_parts(parts, state).await.map_err(|_| not_utf8())?;
        Ok(Self(identifier(id)?))
    }
}

impl<S: Send + Sync, T: From<String>, U: From<String>> FromRequestParts<S> for Ids<T, U> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let Path((one, two)) =
            Path::<(String, String)>::from_request_parts(parts, state).await.map_err(|_| not_utf8())?;
        Ok(Self(identifier(one)?, identifier(two)?))
    }
}

fn not_utf8() -> ApiError {
    ApiError::malformed("path", "The path is not valid UTF-8.")
}

fn identifier<T: From<String>>(id: String) -> Result<T, ApiError> {
    if id.len() <= ID_BYTES_MAX && !id.contains('\0') { Ok(T::from(id)) } else { Err(ApiError::not_found()) }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::read_json;
    use crate::api::types::{HoldRequest, TransferRequest, TransferTarget};

    #[test]
    fn an_empty_body_is_an_empty_object() {
        assert!(read_json::<HoldRequest>(b"").unwrap().until.is_none());
    }

    #[test]
    fn what_is_not_json_is_400_and_json_of_another_shape_is_422() {
        assert_eq!(read_json::<HoldRequest>(b"{").unwrap_err().status(), 400);
        let deep = format!("{{\"more\":{}", "[".repeat(10_000));
        assert_eq!(read_json::<HoldRequest>(deep.as_bytes()).unwrap_err().status(), 400);
        assert_eq!(read_json::<HoldRequest>(br#"{"until":"soon"}"#).unwrap_err().status(), 422);
    }

    #[test]
    fn a_transfer_names_either_a_queue_or_an_operator() {
        let queue: TransferRequest = read_json(br#"{"to":{"queue_id":"q"},"note":"n"}"#).unwrap();
        assert!(matches!(queue.to, TransferTarget::Queue { .. }));
        assert!(read_json::<TransferRequest>(br#"{"to":{},"note":"n"}"#).is_err());
        assert!(read_json::<TransferRequest>(br#"{"to":{"queue_id":"q","operator_id":"o"},"note":"n"}"#).is_err());
    }
}
