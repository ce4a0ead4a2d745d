//! What is left of a request when it is answered: one line in the log, one count and one time in the metrics.
//!
//! Both name the route's template, never the path: ids, tokens and queries stand in paths. A line is written at `debug`, at `info` when the
//! server failed; `log.filter` chooses, such as `info,consilium_homeserver::http::trail=debug`.
//!
//! | metric | labels | meaning |
//! |---|---|---|
//! | `consilium_homeserver_requests_total` | `method`, `route`, `status` (`2xx`…) | requests answered |
//! | `consilium_homeserver_request_seconds` | `method`, `route`, `status` | time until the response's head; long polls included |

use std::{
    sync::{Arc, OnceLock},
    time::Instant,
};

use axum::{
    extract::{MatchedPath, Request},
    middleware::Next,
    response::Response,
};
use http::{Method, StatusCode};
use metrics::{counter, histogram};
use ruma::OwnedUserId;

/// Filled by those who find it out, each once.
#[derive(Clone, Debug, Default)]
pub struct Trail(Arc<Found>);

#[derive(Debug, Default)]
struct Found {
    tenant: OnceLock<String>,
    user: OnceLock<OwnedUserId>,
}

impl Trail {
    /// The tenant of the request.
    pub fn tenant(extensions: &http::Extensions, slug: &str) {
        if let Some(trail) = extensions.get::<Self>() {
            trail.0.tenant.get_or_init(|| slug.to_owned());
        }
    }

    /// Who makes the request: proved, not just named.
    pub fn user(extensions: &http::Extensions, user: &OwnedUserId) {
        if let Some(trail) = extensions.get::<Self>() {
            trail.0.user.get_or_init(|| user.clone());
        }
    }
}

/// Around everything else that is done for a request.
pub async fn observe(mut request: Request, next: Next) -> Response {
    let trail = Trail::default();
    request.extensions_mut().insert(trail.clone());
    let route = request.extensions().get::<MatchedPath>().cloned();
    let method = method_name(request.method());
    let began = Instant::now();
    let response = next.run(request).await;
    let seconds = began.elapsed().as_secs_f64();
    let route = route.as_ref().map_or("none", MatchedPath::as_str);
    count(method, route, response.status(), seconds);
    write(&trail, method, route, response.status(), seconds);
    response
}

/// Clients may send any method; labels are few.
fn method_name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::PUT => "PUT",
        Method::POST => "POST",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        Method::HEAD => "HEAD",
        _ => "other",
    }
}

fn count(method: &'static str, route: &str, status: StatusCode, seconds: f64) {
    let class = match status.as_u16() / 100 {
        1 | 2 => "2xx",
        3 => "3xx",
        4 => "4xx",
        _ => "5xx",
    };
    counter!("consilium_homeserver_requests_total", "method" => method, "route" => route.to_owned(), "status" => class)
        .increment(1);
    histogram!("consilium_homeserver_request_seconds", "method" => method, "route" => route.to_owned(), "status" => class)
        .record(seconds);
}

fn write(trail: &Trail, method: &'static str, route: &str, status: StatusCode, seconds: f64) {
    let (tenant, user) = (trail.0.tenant.get().map(String::as_str), trail.0.user.get().map(|user| user.as_str()));
    let (duration_ms, status) = (seconds * 1_000.0, status.as_u16());
    if status >= 500 {
        tracing::info!(method, route, status, duration_ms, tenant.id = tenant, user.id = user, "request");
    } else {
        tracing::debug!(method, route, status, duration_ms, tenant.id = tenant, user.id = user, "request");
    }
}
