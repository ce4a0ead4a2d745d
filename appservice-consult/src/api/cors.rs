//! Cross-origin requests: only from the tenant's own apps, and to the public form from the sites that the brand names. The console's page has an origin of its
//! own and calls this one.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::caller::host;
use super::served::Tenants;

/// Paths that need no account.
const PUBLIC: &str = "/_consilium/v1/public/";
/// How long a browser may believe an answer to its question. Unit: seconds.
const BELIEVED: &str = "86400";

/// Answers the browser's question (preflight) and marks answers that another origin may read.
pub(super) async fn cors(State(tenants): State<Tenants>, request: Request, next: Next) -> Response {
    let allowed = allowed_origin(&tenants, &request);
    let asks =
        request.method() == Method::OPTIONS && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let mut response = if asks { preflight(allowed.is_some()) } else { next.run(request).await };
    let headers = response.headers_mut();
    headers.append(header::VARY, HeaderValue::from_static("origin"));
    if let Some(origin) = allowed {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(
            header::ACCESS_CONTROL_EXPOSE_HEADERS,
            HeaderValue::from_static("retry-after, content-disposition"),
        );
    }
    response
}

fn allowed_origin(tenants: &Tenants, request: &Request) -> Option<HeaderValue> {
    let origin = request.headers().get(header::ORIGIN)?;
    let served = tenants.by_host(host(request.uri(), request.headers())?)?;
    let text = origin.to_str().ok()?;
    let is_ours = served.origins.iter().any(|allowed| allowed == text);
    let may_show_form = || request.uri().path().starts_with(PUBLIC) && served.may_show_form(text);
    (is_ours || may_show_form()).then(|| origin.clone())
}

fn preflight(allowed: bool) -> Response {
    if !allowed {
        return StatusCode::NO_CONTENT.into_response();
    }
    let allow: [(HeaderName, &str); 3] = [
        (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, PUT, PATCH, DELETE"),
        (
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            "authorization, content-type, accept-language, last-event-id, idempotency-key",
        ),
        (header::ACCESS_CONTROL_MAX_AGE, BELIEVED),
    ];
    let headers: HeaderMap = allow.into_iter().map(|(name, value)| (name, HeaderValue::from_static(value))).collect();
    (StatusCode::NO_CONTENT, headers).into_response()
}
