//! Decides, by path and host, who answers a request: the homeserver, the consultation service, or the web side.
//!
//! | listener | host | path | who |
//! |---|---|---|---|
//! | public | any of the tenant's | `/_matrix/…`, `/_synapse/…`, `/.well-known/matrix/…` | homeserver |
//! | public | any of the tenant's | `/_consilium/…` | consultation service |
//! | public | any of the tenant's | the rest | patients' app and brand |
//! | public | a console host | all | console and brand |
//! | console | any of the tenant's | all | console and brand |
//! | any | none of ours, and no default tenant | all | 404 |
//!
//! `/health` (the process runs) and `/ready` (it takes requests) answer on every host of both listeners.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::response::Response;
use consilium_config::brand::PublicApp;
use consilium_config::{Config, TenantSlug};
use consilium_homeserver::Context;
use http::{StatusCode, header};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use crate::web::{self, Nonce, Sites};

/// Which listener a request came in by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// APIs and patients' app.
    Public,
    /// The console's own origin.
    Console,
}

/// All that can answer.
pub struct Shell {
    pub config: Arc<Config>,
    pub homeserver: Router,
    /// The consultation API of each tenant that has it.
    pub consult: BTreeMap<TenantSlug, Router>,
    pub sites: Sites,
    pub context: Context,
    /// Cancelled when the process stops.
    pub stopping: CancellationToken,
}

/// The router of one listener.
pub fn router(shell: &Arc<Shell>, face: Face) -> Router {
    Router::new().fallback(dispatch).with_state((Arc::clone(shell), face))
}

/// Paths of the homeserver.
const HOMESERVER: [&str; 3] = ["/_matrix/", "/_synapse/", "/.well-known/matrix/"];
/// Paths of the consultation service.
const CONSULT: &str = "/_consilium/";

async fn dispatch(State((shell, face)): State<(Arc<Shell>, Face)>, request: Request) -> Response {
    let path = request.uri().path();
    if path == "/health" {
        return web::plain(StatusCode::OK, "ok\n");
    }
    if path == "/ready" {
        return shell.ready();
    }
    let host = host_of(&request);
    let Some((slug, tenant)) = shell.config.tenant_by_host(&host) else {
        return web::plain(StatusCode::NOT_FOUND, "No service lives at this address.\n");
    };
    let app = match face {
        Face::Public if !tenant.is_console_host(&host) => PublicApp::Patient,
        Face::Public | Face::Console => PublicApp::Console,
    };
    if app == PublicApp::Patient {
        if HOMESERVER.iter().any(|prefix| path.starts_with(prefix)) {
            return infallible(shell.homeserver.clone().oneshot(request).await);
        }
        if path.starts_with(CONSULT)
            && let Some(consult) = shell.consult.get(slug)
        {
            return infallible(consult.clone().oneshot(request).await);
        }
    }
    match shell.sites.get(slug) {
        Some(site) => web::respond(site, app, &request, &Nonce::of(shell.context.random_bytes())),
        None => web::plain(StatusCode::NOT_FOUND, "There is nothing here.\n"),
    }
}

impl Shell {
    fn ready(&self) -> Response {
        if self.stopping.is_cancelled() {
            web::plain(StatusCode::SERVICE_UNAVAILABLE, "stopping\n")
        } else {
            web::plain(StatusCode::OK, "ready\n")
        }
    }
}

/// The host that was asked, lower case: of the address (HTTP/2) or of the header.
fn host_of(request: &Request) -> String {
    let authority = request.uri().authority().map(http::uri::Authority::as_str);
    let header = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    authority.or(header).unwrap_or_default().to_ascii_lowercase()
}

fn infallible(response: Result<Response, std::convert::Infallible>) -> Response {
    match response {
        Ok(response) => response,
        Err(never) => match never {},
    }
}
