//! Every endpoint, one line each: the only file that mounts routes.
//!
//! [`route`] mounts a handler at all paths that a ruma request type has (v1, v3, r0, unstable). Around all of them, from the outside in: panics
//! become 500, CORS, the tenant by `Host`, the limit of requests without a token. What no line names answers `M_UNRECOGNIZED`.

use std::{any::Any, sync::Arc};

use axum::{
    Router,
    body::Body,
    middleware,
    response::{IntoResponse, Response},
    routing::get,
};
use http::{HeaderValue, Method, header};
use ruma::api::client as c;
use tower_http::{
    catch_panic::CatchPanicLayer,
    cors::{Any as AnyOrigin, CorsLayer},
};

use crate::{
    discovery,
    http::{error::ApiError, host, matrix::route},
    server::Server,
};

/// The router of all tenants of `server`.
pub fn router(server: &Arc<Server>) -> Router {
    let router = Router::new();
    let router = discovery_routes(router);
    // account
    // room
    router
        .fallback(async || ApiError::unrecognized())
        .method_not_allowed_fallback(async || ApiError::method_not_allowed())
        .layer(middleware::from_fn_with_state(Arc::clone(server), host::resolve))
        .layer(cors())
        .layer(CatchPanicLayer::custom(panicked))
}

fn discovery_routes(router: Router) -> Router {
    let router = route::<c::discovery::get_supported_versions::Request, _, _>(router, discovery::versions);
    router.route("/.well-known/matrix/client", get(discovery::well_known_client))
}

/// Source: client-server API v1.19 §Web browser clients. Tokens travel in a header, never in a cookie, so any origin may ask.
fn cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(AnyOrigin)
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::DELETE, Method::OPTIONS, Method::HEAD])
        .allow_headers([
            header::ACCEPT,
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            header::RANGE,
            header::HeaderName::from_static("x-requested-with"),
        ])
        .expose_headers([header::CONTENT_LENGTH, header::CONTENT_RANGE, header::ETAG, header::RETRY_AFTER])
        .max_age(std::time::Duration::from_hours(24))
}

/// A panic is a defect of ours: logged without the request, answered as an internal error.
fn panicked(payload: Box<dyn Any + Send>) -> Response {
    let reason = match (payload.downcast_ref::<&str>(), payload.downcast_ref::<String>()) {
        (Some(text), _) => *text,
        (_, Some(text)) => text.as_str(),
        _ => "a panic without a message",
    };
    tracing::error!(error = reason, "a request handler panicked");
    let mut response = Response::new(Body::from(r#"{"errcode":"M_UNKNOWN","error":"Internal server error."}"#));
    *response.status_mut() = http::StatusCode::INTERNAL_SERVER_ERROR;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response.into_response()
}
