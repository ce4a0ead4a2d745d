//! [`Matrix<R>`]: a ruma request out of an HTTP request, a ruma response into an HTTP response; and how their paths are mounted.

use axum::{
    Extension, Router,
    body::Body as HttpBody,
    extract::{FromRequest, FromRequestParts, RawPathParams, Request},
    handler::Handler,
    response::{IntoResponse, Response},
    routing::MethodFilter,
};
use http::{HeaderValue, header};
use ruma::api::{
    IncomingRequest, IncomingRequestExt, Metadata, OutgoingResponse, OutgoingResponseExt, path_builder::PathBuilder,
};

use serde::de::DeserializeOwned;

use super::{error::ApiError, limits};

/// A request or response type of ruma.
///
/// Errors: `M_NOT_JSON`, `M_BAD_JSON`, `M_MISSING_PARAM`, `M_INVALID_PARAM`, `M_TOO_LARGE`.
#[derive(Clone, Copy, Debug)]
pub struct Matrix<R>(pub R);

impl<R, S> FromRequest<S> for Matrix<R>
where
    R: IncomingRequest,
    S: Send + Sync,
{
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let (mut parts, body) = request.into_parts();
        let arguments = path_arguments(&mut parts, state).await?;
        let bytes = limits::collect(body, limits::BodyBytesMax::of(&parts.extensions)).await?;
        limits::check(&bytes)?;
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let mut request = http::Request::new(&*bytes);
        *request.method_mut() = parts.method;
        *request.uri_mut() = parts.uri;
        *request.headers_mut() = parts.headers;
        Ok(Self(R::try_from_http_request(request, &arguments)?))
    }
}

/// A JSON body of a type of ours, where ruma's is not wide enough. An empty body counts as `{}`, as ruma has it.
#[derive(Clone, Copy, Debug)]
pub struct Body<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let limits::JsonBytes(bytes) = limits::JsonBytes::from_request(request, state).await?;
        Ok(Self(serde_json::from_slice(if bytes.is_empty() { b"{}" } else { &bytes })?))
    }
}

/// The query of the request.
#[derive(Clone, Copy, Debug)]
pub struct Asked<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut http::request::Parts, _: &S) -> Result<Self, ApiError> {
        match serde_html_form::from_str(parts.uri.query().unwrap_or_default()) {
            Ok(query) => Ok(Self(query)),
            Err(error) => {
                let reason = error.to_string();
                let is_missing = reason.contains("missing field");
                Err(if is_missing { ApiError::missing_param(reason) } else { ApiError::invalid_param(reason) })
            }
        }
    }
}

/// The variables of the path in their order, percent-decoded.
pub async fn path_arguments<S: Send + Sync>(
    parts: &mut http::request::Parts,
    state: &S,
) -> Result<Vec<String>, ApiError> {
    let parameters = RawPathParams::from_request_parts(parts, state)
        .await
        .map_err(|_| ApiError::invalid_param("The path is not valid UTF-8."))?;
    Ok(parameters.iter().map(|(_, value)| value.to_owned()).collect())
}

impl<R: OutgoingResponse> IntoResponse for Matrix<R> {
    fn into_response(self) -> Response {
        match self.0.try_into_http_response::<Vec<u8>>() {
            Ok(response) => response.map(HttpBody::from),
            Err(error) => ApiError::internal(error).into_response(),
        }
    }
}

/// `200 {}`.
#[derive(Clone, Copy, Debug)]
pub struct NoContent;

impl IntoResponse for NoContent {
    fn into_response(self) -> Response {
        json_bytes("{}")
    }
}

/// 200 with bytes that are JSON already.
pub fn json_bytes(body: impl Into<HttpBody>) -> Response {
    let mut response = Response::new(body.into());
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// Mounts `handler` at every path that `R` has or had: v1, v3, r0 and the unstable ones.
///
/// `R` names the endpoint; a handler may read the request in another way than by `Matrix<R>`.
pub fn route<R, H, T>(mut router: Router, handler: H) -> Router
where
    R: Metadata,
    H: Handler<T, ()>,
    T: 'static,
{
    let filter = method_filter(&R::METHOD);
    for path in R::PATH_BUILDER.all_paths() {
        router = router.route(path, axum::routing::on(filter, handler.clone()));
    }
    router
}

/// As [`route`], with a mark that extractors look for: the [`Kind`](super::rate_limit::Kind) as which the limits count it, or who may come.
pub fn route_as<R, H, T>(mark: impl Clone + Send + Sync + 'static, mut router: Router, handler: H) -> Router
where
    R: Metadata,
    H: Handler<T, ()>,
    T: 'static,
{
    let filter = method_filter(&R::METHOD);
    for path in R::PATH_BUILDER.all_paths() {
        router = router.route(path, axum::routing::on(filter, handler.clone()).layer(Extension(mark.clone())));
    }
    router
}

fn method_filter(method: &http::Method) -> MethodFilter {
    MethodFilter::try_from(method.clone()).expect("ruma uses only the standard methods")
}
