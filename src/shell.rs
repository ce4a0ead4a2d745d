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

use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::extract::{Request, State};
use axum::response::Response;
use consilium_config::Config;
use consilium_config::brand::PublicApp;
use consilium_homeserver::Context;
use http::{HeaderValue, StatusCode, header};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use crate::metrics;
use crate::web::{self, Nonce, Site, Sites};

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
    /// The consultation API, where the service runs.
    pub consult: Option<Router>,
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
    match shell.part(face, &request) {
        Part::Health => web::plain(StatusCode::OK, "ok\n"),
        Part::Ready => shell.ready(),
        Part::Nobody => web::plain(StatusCode::NOT_FOUND, "No service lives at this address.\n"),
        Part::Homeserver => {
            metrics::observe("homeserver", async { infallible(shell.homeserver.clone().oneshot(request).await) }).await
        }
        Part::Consult(consult) => {
            metrics::observe("consult", async { infallible(consult.clone().oneshot(request).await) }).await
        }
        Part::Web(site, app) => {
            let nonce = Nonce::of(shell.context.random_bytes());
            metrics::observe("web", std::future::ready(web::respond(site, app, &request, &nonce))).await
        }
    }
}

/// Who answers.
enum Part<'a> {
    Health,
    Ready,
    Nobody,
    Homeserver,
    Consult(&'a Router),
    Web(&'a Site, PublicApp),
}

/// What a tenant's internal listener answers: homeserver and consultation service speak over it, whatever the public hosts are.
#[derive(Clone)]
pub struct Internal {
    pub homeserver: Router,
    /// Host name that leads to the tenant.
    pub host: HeaderValue,
    /// Takes the homeserver's transactions, once the service has started.
    pub appservice: Arc<OnceLock<Router>>,
}

/// The router of a tenant's internal listener.
pub fn internal_router(internal: Internal) -> Router {
    Router::new().fallback(dispatch_internal).with_state(internal)
}

async fn dispatch_internal(State(internal): State<Internal>, mut request: Request) -> Response {
    let path = request.uri().path();
    // The homeserver's transactions, and the client paths that it passes on: it never asks itself for those.
    if path.starts_with("/_matrix/app/") || path.starts_with("/_matrix/client/") && path.contains("/rtc/livekit/") {
        return match internal.appservice.get() {
            Some(appservice) => infallible(appservice.clone().oneshot(request).await),
            // The homeserver tries again.
            None => web::plain(StatusCode::SERVICE_UNAVAILABLE, "starting\n"),
        };
    }
    request.headers_mut().insert(header::HOST, internal.host);
    infallible(internal.homeserver.oneshot(request).await)
}

impl Shell {
    /// The table at the head of this file.
    fn part(&self, face: Face, request: &Request) -> Part<'_> {
        let path = request.uri().path();
        match path {
            "/health" => return Part::Health,
            "/ready" => return Part::Ready,
            _ => {}
        }
        let host = host_of(request);
        let Some((slug, tenant)) = self.config.tenant_by_host(&host) else { return Part::Nobody };
        let app = match face {
            Face::Public if !tenant.is_console_host(&host) => PublicApp::Patient,
            Face::Public | Face::Console => PublicApp::Console,
        };
        if app == PublicApp::Patient && HOMESERVER.iter().any(|prefix| path.starts_with(prefix)) {
            return Part::Homeserver;
        }
        match (&self.consult, self.sites.get(slug)) {
            (Some(consult), _) if app == PublicApp::Patient && path.starts_with(CONSULT) => Part::Consult(consult),
            (_, Some(site)) => Part::Web(site, app),
            (_, None) => Part::Nobody,
        }
    }

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
