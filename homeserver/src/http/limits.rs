//! Limits on what one request may bring: bytes of a body and depth of its JSON.

use axum::{
    body::Body,
    extract::{FromRequest, Request},
};
use bytes::Bytes;
use http_body_util::{BodyExt, LengthLimitError, Limited};

use super::error::ApiError;

/// Largest JSON body of a request, in bytes: the setting `http.body_bytes_max`, put among the request's extensions where its tenant is found.
#[derive(Clone, Copy, Debug)]
pub struct BodyBytesMax(pub usize);

impl BodyBytesMax {
    /// The limit of this request. One that went past the search for its tenant may bring nothing.
    pub fn of(extensions: &http::Extensions) -> Self {
        extensions.get().copied().unwrap_or(Self(0))
    }
}

/// Deepest nesting of arrays and objects in a JSON body. Events and filters need less than ten.
pub const JSON_DEPTH_MAX: usize = 100;

/// A whole body, at most [`BodyBytesMax`] long, nested at most [`JSON_DEPTH_MAX`] deep, and UTF-8.
#[derive(Clone, Debug)]
pub struct JsonBytes(pub Bytes);

impl<S: Send + Sync> FromRequest<S> for JsonBytes {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> Result<Self, ApiError> {
        let limit = BodyBytesMax::of(request.extensions());
        let bytes = collect(request.into_body(), limit).await?;
        check(&bytes)?;
        Ok(Self(bytes))
    }
}

/// The whole body, or `M_TOO_LARGE` as soon as it passes the limit.
pub async fn collect(body: Body, BodyBytesMax(bytes_max): BodyBytesMax) -> Result<Bytes, ApiError> {
    match Limited::new(body, bytes_max).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(ApiError::too_large("The body is too large.")),
        Err(_) => Err(ApiError::bad_request(ruma::api::error::ErrorKind::Unknown, "The body ended early.")),
    }
}

/// Refuses bytes that are not UTF-8, and nesting that a recursive reader would not survive.
pub fn check(bytes: &[u8]) -> Result<(), ApiError> {
    if std::str::from_utf8(bytes).is_err() {
        return Err(ApiError::not_json());
    }
    if depth(bytes) > JSON_DEPTH_MAX {
        return Err(ApiError::bad_json("The body is nested too deeply."));
    }
    Ok(())
}

/// Depth of arrays and objects, by one pass that knows strings and escapes only.
fn depth(bytes: &[u8]) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0_usize);
    let mut in_string = false;
    let mut escaped = false;
    for byte in bytes {
        if in_string {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_string = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => in_string = true,
            b'[' | b'{' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::{check, depth};

    #[test]
    fn depth_counts_brackets_outside_of_strings() {
        assert_eq!(depth(br#"{"a":[1,{"b":"[[[[\"[[["}]}"#), 3);
        assert_eq!(depth(b""), 0);
    }

    #[test]
    fn deep_nesting_and_foreign_bytes_are_refused() {
        assert!(check("[".repeat(101).as_bytes()).is_err());
        assert!(check(b"\"\xff\"").is_err());
        assert!(check(br#"{"ok":true}"#).is_ok());
    }
}
