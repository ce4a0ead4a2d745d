//! [`ApiError`]: what a failed request is answered with. Each feature has one `From<…> for ApiError`.
//!
//! Status and `errcode` are those of the specification (client-server API v1.19 §API standards). An internal error is logged once,
//! here, with its whole chain of sources, and never shown.

use std::{borrow::Cow, error::Error, time::Duration};

use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header};
use ruma::api::{
    OutgoingResponseExt,
    client::uiaa::{UiaaInfo, UiaaResponse},
    error::{
        DeserializationError, Error as MatrixError, ErrorBody, ErrorKind, FromHttpRequestError,
        HeaderDeserializationError, LimitExceededErrorData, RetryAfter, StandardErrorBody, UnknownTokenErrorData,
        WrongRoomKeysVersionErrorData,
    },
};

use consilium_store::{CommitError, StoreError};

type Source = Box<dyn Error + Send + Sync>;

/// A response of failure: status, `errcode` with its data, and a sentence for people.
#[derive(Debug)]
pub enum ApiError {
    /// The specification's error object.
    Matrix { status: StatusCode, kind: Box<ErrorKind>, message: Cow<'static, str> },
    /// An error object with more than ruma's types have, such as those of proposals.
    Extended { status: StatusCode, body: Box<serde_json::Value> },
    /// 401 with the flows of user-interactive authentication.
    Uiaa(Box<UiaaInfo>),
    /// Our fault: 500 `M_UNKNOWN`, the source is logged.
    Internal(Source),
}

impl ApiError {
    pub fn new(status: StatusCode, kind: ErrorKind, message: impl Into<Cow<'static, str>>) -> Self {
        Self::Matrix { status, kind: Box::new(kind), message: message.into() }
    }

    /// 403 `M_FORBIDDEN`.
    pub fn forbidden(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::FORBIDDEN, ErrorKind::Forbidden, message)
    }

    /// 404 `M_NOT_FOUND`.
    pub fn not_found(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::NOT_FOUND, ErrorKind::NotFound, message)
    }

    /// 404 `M_UNRECOGNIZED`: no such endpoint.
    pub fn unrecognized() -> Self {
        Self::new(StatusCode::NOT_FOUND, ErrorKind::Unrecognized, "This server has no such endpoint.")
    }

    /// 405 `M_UNRECOGNIZED`: the endpoint exists with other methods.
    pub fn method_not_allowed() -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, ErrorKind::Unrecognized, "This endpoint does not have that method.")
    }

    /// 400 with the given kind.
    pub fn bad_request(kind: ErrorKind, message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, kind, message)
    }

    /// 400 `M_INVALID_PARAM`.
    pub fn invalid_param(message: impl Into<Cow<'static, str>>) -> Self {
        Self::bad_request(ErrorKind::InvalidParam, message)
    }

    /// 400 `M_MISSING_PARAM`.
    pub fn missing_param(message: impl Into<Cow<'static, str>>) -> Self {
        Self::bad_request(ErrorKind::MissingParam, message)
    }

    /// 400 `M_BAD_JSON`.
    pub fn bad_json(message: impl Into<Cow<'static, str>>) -> Self {
        Self::bad_request(ErrorKind::BadJson, message)
    }

    /// 400 `M_NOT_JSON`.
    pub fn not_json() -> Self {
        Self::bad_request(ErrorKind::NotJson, "The body is not valid JSON.")
    }

    /// 413 `M_TOO_LARGE`.
    pub fn too_large(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, ErrorKind::TooLarge, message)
    }

    /// 401 `M_MISSING_TOKEN`.
    pub fn missing_token() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, ErrorKind::MissingToken, "An access token is needed.")
    }

    /// 401 `M_UNKNOWN_TOKEN`; `soft_logout` says that the device stays and only the token is over.
    pub fn unknown_token(soft_logout: bool) -> Self {
        let mut data = UnknownTokenErrorData::new();
        data.soft_logout = soft_logout;
        Self::new(StatusCode::UNAUTHORIZED, ErrorKind::UnknownToken(data), "This access token is not valid.")
    }

    /// 401 `M_USER_LOCKED`: nothing works until the account is unlocked, then everything goes on.
    pub fn user_locked() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, ErrorKind::UserLocked, "This account is locked.")
    }

    /// 429 `M_LIMIT_EXCEEDED` with `retry_after_ms` and the `Retry-After` header.
    pub fn limit_exceeded(retry_after: Duration) -> Self {
        let mut data = LimitExceededErrorData::new();
        data.retry_after = Some(RetryAfter::Delay(retry_after.max(Duration::from_millis(1))));
        Self::new(StatusCode::TOO_MANY_REQUESTS, ErrorKind::LimitExceeded(data), "Too many requests.")
    }

    /// 403 `M_WRONG_ROOM_KEYS_VERSION`.
    pub fn wrong_room_keys_version(current: String) -> Self {
        let kind = ErrorKind::WrongRoomKeysVersion(WrongRoomKeysVersionErrorData::new(current));
        Self::new(StatusCode::FORBIDDEN, kind, "This is not the current version of the backup.")
    }

    /// An `errcode` that ruma has no name for.
    pub fn custom(status: StatusCode, errcode: &str, message: impl Into<Cow<'static, str>>) -> Self {
        let body = serde_json::json!({ "errcode": errcode, "error": "" });
        let kind = serde_json::from_value::<StandardErrorBody>(body).map_or(ErrorKind::Unknown, |body| body.kind);
        Self::new(status, kind, message)
    }

    /// A whole error object. See [`ApiError::Extended`].
    pub fn extended(status: StatusCode, body: serde_json::Value) -> Self {
        Self::Extended { status, body: Box::new(body) }
    }

    /// 503 `M_UNKNOWN`: nothing was changed, the same request may succeed later.
    pub fn unavailable(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, ErrorKind::Unknown, message)
    }

    /// 500 `M_UNKNOWN`; the source is logged with its chain.
    pub fn internal(source: impl Into<Source>) -> Self {
        Self::Internal(source.into())
    }

    /// `errcode` and sentence, as a client is told them.
    pub fn said(&self) -> (String, String) {
        match self {
            Self::Matrix { kind, message, .. } => (kind.errcode().to_string(), message.to_string()),
            Self::Extended { body, .. } => {
                let text = |key: &str| body[key].as_str().unwrap_or_default().to_owned();
                (text("errcode"), text("error"))
            }
            Self::Uiaa(_) | Self::Internal(_) => ("M_UNKNOWN".to_owned(), "Internal server error.".to_owned()),
        }
    }

    pub fn status(&self) -> StatusCode {
        match self {
            Self::Matrix { status, .. } | Self::Extended { status, .. } => *status,
            Self::Uiaa(_) => StatusCode::UNAUTHORIZED,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

/// `a: b: c`, for one log line.
fn chain(source: &(dyn Error + 'static)) -> String {
    let mut text = source.to_string();
    let mut next = source.source();
    while let Some(error) = next {
        text.push_str(": ");
        text.push_str(&error.to_string());
        next = error.source();
    }
    text
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let response = match self {
            Self::Matrix { status, kind, message } => {
                let wait = wait_of(&kind);
                standard(status, *kind, message.into_owned()).map(|response| with_retry_after(response, wait))
            }
            Self::Extended { status, body } => {
                MatrixError::new(status, ErrorBody::Json(*body)).try_into_http_response::<Vec<u8>>()
            }
            Self::Uiaa(info) => UiaaResponse::AuthResponse(*info).try_into_http_response::<Vec<u8>>(),
            Self::Internal(source) => {
                tracing::error!(error = chain(&*source), "a request failed inside the server");
                standard(StatusCode::INTERNAL_SERVER_ERROR, ErrorKind::Unknown, "Internal server error.".into())
            }
        };
        match response {
            Ok(response) => response.map(Body::from),
            Err(error) => {
                tracing::error!(%error, "an error response cannot be encoded");
                let body = r#"{"errcode":"M_UNKNOWN","error":"Internal server error."}"#;
                let json = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
                (StatusCode::INTERNAL_SERVER_ERROR, json, body).into_response()
            }
        }
    }
}

/// How long the client is told to wait.
fn wait_of(kind: &ErrorKind) -> Option<Duration> {
    match kind {
        ErrorKind::LimitExceeded(LimitExceededErrorData { retry_after: Some(RetryAfter::Delay(wait)), .. }) => {
            Some(*wait)
        }
        _ => None,
    }
}

/// The header has whole seconds: rounded up, so that who waits for them does not come too early.
fn with_retry_after(mut response: Response<Vec<u8>>, wait: Option<Duration>) -> Response<Vec<u8>> {
    if let Some(wait) = wait {
        let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

fn standard(
    status: StatusCode,
    kind: ErrorKind,
    message: String,
) -> Result<Response<Vec<u8>>, ruma::api::error::IntoHttpError> {
    let body = ErrorBody::Standard(StandardErrorBody::new(kind, message));
    MatrixError::new(status, body).try_into_http_response::<Vec<u8>>()
}

// What ruma's decoding found wrong.
impl From<FromHttpRequestError> for ApiError {
    fn from(error: FromHttpRequestError) -> Self {
        match error {
            FromHttpRequestError::MethodMismatch { .. } => Self::method_not_allowed(),
            FromHttpRequestError::Deserialization(error) => error.into(),
            _ => Self::bad_request(ErrorKind::Unknown, "The request cannot be understood."),
        }
    }
}

impl From<DeserializationError> for ApiError {
    fn from(error: DeserializationError) -> Self {
        match error {
            DeserializationError::Utf8(_) => Self::not_json(),
            DeserializationError::Json(error) => error.into(),
            DeserializationError::Query(error) => {
                let text = error.to_string();
                if text.contains("missing field") { Self::missing_param(text) } else { Self::invalid_param(text) }
            }
            DeserializationError::Header(HeaderDeserializationError::MissingHeader(name)) => {
                Self::missing_param(format!("The header {name} is missing."))
            }
            // Identifiers in the path, and headers of a wrong form.
            error => Self::invalid_param(error.to_string()),
        }
    }
}

/// Not JSON at all is `M_NOT_JSON`; JSON of another shape than the endpoint wants is `M_BAD_JSON`.
impl From<serde_json::Error> for ApiError {
    fn from(error: serde_json::Error) -> Self {
        if error.is_data() { Self::bad_json(error.to_string()) } else { Self::not_json() }
    }
}

// The store: a feature maps what it can say better itself, the rest arrives here.
impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        Self::internal(error)
    }
}

/// A batch that was refused without being written may be tried again by the client.
const RETRY_BUSY_MS: u64 = 500;

impl From<CommitError> for ApiError {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Conflict { .. } | CommitError::LeaseLost => {
                Self::limit_exceeded(Duration::from_millis(RETRY_BUSY_MS))
            }
            CommitError::Full => Self::unavailable("The server's disk is full."),
            CommitError::Unavailable(reason) => {
                tracing::error!(reason, "the store takes no writes");
                Self::unavailable("The server takes no writes at the moment.")
            }
            CommitError::Unknown | CommitError::Invalid(_) => Self::internal(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use ruma::api::error::ErrorKind;

    use super::ApiError;

    #[test]
    fn a_body_that_is_no_json_and_one_of_the_wrong_shape_differ() {
        let syntax = serde_json::from_str::<Vec<u8>>("[").expect_err("no JSON");
        let shape = serde_json::from_str::<u8>("\"x\"").expect_err("a string");
        assert!(matches!(ApiError::from(syntax), ApiError::Matrix { kind, .. } if matches!(*kind, ErrorKind::NotJson)));
        assert!(matches!(ApiError::from(shape), ApiError::Matrix { kind, .. } if matches!(*kind, ErrorKind::BadJson)));
    }
}
