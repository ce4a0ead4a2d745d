//! A server: a value that holds tenants. A process may hold many; nothing is global.
//!
//! ```text
//! let server = Server::start(config, Context::system())?;      // opens nothing yet: tenants open at their first request
//! let router = server.router();                                // an axum router; the binary adds its apps and serves it
//! server.stop().await;                                         // ends workers and long polls, closes the stores
//! ```
//!
//! Serve the router with `into_make_service_with_connect_info::<SocketAddr>()`, else every client has the same address for the limits;
//! [`Server::serve`] does it for you, with graceful stop.
//!
//! A tenant lives in `<data_dir>/tenants/<slug>/{store,media,secrets}` and is reached by its host names; a request for another host goes to
//! [`ServerConfig::default_tenant`], or gets 404. [`Server::tenant`] gives a tenant by its slug.

use std::{collections::HashMap, fmt, path::PathBuf, sync::Arc, time::Duration};

use axum::Router;
use consilium_config::{Http, Media, RateLimits};
use consilium_store::SharedResources;
use ruma::{OwnedServerName, RoomVersionId};
use tokio::{net::TcpListener, sync::OnceCell};
use tokio_util::{
    sync::CancellationToken,
    task::{TaskTracker, task_tracker::TaskTrackerToken},
};

use crate::{
    appservice::{Registration, Registrations, RegistrationsError},
    context::Context,
    router,
    tenant::{Ends, OpenError, Tenant},
};

/// Everything that a server is told.
#[derive(Clone, Debug)]
pub struct ServerConfig {
    /// Folder of all data.
    pub data_dir: PathBuf,
    /// Where tenants keep their rows.
    pub engine: EngineKind,
    /// Slug of the tenant that answers for unknown hosts; none: 404.
    pub default_tenant: Option<String>,
    pub http: Http,
    pub media: Media,
    pub rate_limits: RateLimits,
    pub tenants: Vec<TenantConfig>,
}

/// The store engine of each tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EngineKind {
    /// Rows in memory only, gone when the server stops. For tests.
    Memory,
    /// `RocksDB` in `tenants/<slug>/store`.
    RocksDb,
}

/// One tenant: a server name of its own with everything below it.
#[derive(Clone, Debug)]
pub struct TenantConfig {
    /// Name of its folder, `[a-z0-9-]`.
    pub slug: String,
    /// The part of user and room ids after the colon. Never changes.
    pub server_name: OwnedServerName,
    /// Host names that it answers to, with a port only where the port decides.
    pub hosts: Vec<String>,
    /// Its address as clients see it, for `/.well-known/matrix/client`; none: the well-known endpoint answers 404.
    pub public_url: Option<String>,
    pub registration: RegistrationConfig,
    /// Version of rooms that are created without one.
    pub default_room_version: RoomVersionId,
    /// Application services, from their registration files and from the product itself.
    pub appservices: Vec<Registration>,
    pub policy: crate::policy::Policy,
    /// Where calls go; none: clients are told of no media server.
    pub rtc: Option<RtcConfig>,
}

/// The media server for calls, as clients are told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RtcConfig {
    /// Address of the LiveKit server, `wss://…`.
    pub livekit_url: String,
    /// Address of the service that gives tokens for it, `https://…`.
    pub livekit_service_url: String,
}

/// Who may make an account at a tenant.
#[derive(Clone, Debug, Default)]
pub struct RegistrationConfig {
    /// Anybody, by `m.login.dummy`.
    pub open: bool,
    /// Tokens of `m.login.registration_token`; any number of uses.
    pub tokens: Vec<consilium_config::Secret>,
    /// Secret of `/_synapse/admin/v1/register`; none: there is no such endpoint.
    pub shared_secret: Option<consilium_config::Secret>,
}

/// Why a server cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("the host {0} belongs to two tenants")]
    HostTwice(String),
    #[error("two tenants have the slug {0}")]
    SlugTwice(String),
    #[error("default_tenant {0} is not among the tenants")]
    NoSuchDefault(String),
    #[error("the application services of the tenant {slug} cannot stand together: {source}")]
    Appservices { slug: String, source: RegistrationsError },
}

/// A tenant that may not be open yet.
pub struct Slot {
    config: TenantConfig,
    tenant: OnceCell<Arc<Tenant>>,
}

impl Slot {
    pub fn slug(&self) -> &str {
        &self.config.slug
    }

    /// The tenant, opened at the first call. An error is not remembered: the next call tries again.
    pub async fn open(&self, server: &Server) -> Result<Arc<Tenant>, OpenError> {
        let open = || async {
            if server.stop.is_cancelled() {
                return Err(OpenError::Stopped);
            }
            Tenant::open(
                &server.config,
                &server.shared,
                self.config.clone(),
                server.context.clone(),
                Ends { winding_down: server.winding_down.child_token(), all: server.stop.child_token() },
            )
            .await
        };
        self.tenant.get_or_try_init(open).await.cloned()
    }
}

/// See the head of this file.
pub struct Server {
    config: ServerConfig,
    context: Context,
    slots: HashMap<String, Arc<Slot>>,
    by_host: HashMap<String, Arc<Slot>>,
    fallback: Option<Arc<Slot>>,
    /// Block cache and write buffers of all tenants.
    shared: SharedResources,
    stop: CancellationToken,
    /// See [`Server::wind_down`].
    winding_down: CancellationToken,
    requests: TaskTracker,
}

/// How long [`Server::stop`] waits for the requests that are being handled. Long polls end at once.
const STOP_GRACE: Duration = Duration::from_secs(10);

impl fmt::Debug for Server {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Server").field("tenants", &self.slots.keys()).finish_non_exhaustive()
    }
}

impl Server {
    /// A server over `config`. Reads no file yet.
    pub fn start(config: ServerConfig, context: Context) -> Result<Arc<Self>, StartError> {
        let mut slots = HashMap::new();
        let mut by_host = HashMap::new();
        for tenant in &config.tenants {
            Registrations::new(&tenant.appservices, &tenant.server_name)
                .map_err(|source| StartError::Appservices { slug: tenant.slug.clone(), source })?;
            let slot = Arc::new(Slot { config: tenant.clone(), tenant: OnceCell::new() });
            for host in &tenant.hosts {
                if by_host.insert(host.to_ascii_lowercase(), Arc::clone(&slot)).is_some() {
                    return Err(StartError::HostTwice(host.clone()));
                }
            }
            if slots.insert(tenant.slug.clone(), slot).is_some() {
                return Err(StartError::SlugTwice(tenant.slug.clone()));
            }
        }
        let fallback = match &config.default_tenant {
            Some(slug) => Some(slots.get(slug).cloned().ok_or_else(|| StartError::NoSuchDefault(slug.clone()))?),
            None => None,
        };
        let (stop, requests) = (CancellationToken::new(), TaskTracker::new());
        let winding_down = stop.child_token();
        let shared = SharedResources::default();
        Ok(Arc::new(Self { config, context, slots, by_host, fallback, shared, stop, winding_down, requests }))
    }

    pub fn config(&self) -> &ServerConfig {
        &self.config
    }

    /// The whole API of all tenants.
    pub fn router(self: &Arc<Self>) -> Router {
        router::router(self)
    }

    /// The open tenant of `slug`; `None` when there is no such tenant.
    pub async fn tenant(&self, slug: &str) -> Result<Option<Arc<Tenant>>, OpenError> {
        match self.slots.get(slug) {
            Some(slot) => slot.open(self).await.map(Some),
            None => Ok(None),
        }
    }

    /// Opens all tenants: their workers run from now on, whether somebody asks for them or not. One that cannot be opened does not stand in the way of
    /// the others; its next request tries again.
    pub async fn open_all(&self) {
        for slot in self.slots.values() {
            if let Err(error) = slot.open(self).await {
                tracing::error!(tenant.id = slot.slug(), error = %error, "a tenant cannot be opened");
            }
        }
    }

    /// The tenant of `host` (`name` or `name:port`, lower case).
    pub(crate) fn slot_of_host(&self, host: String) -> Option<&Arc<Slot>> {
        self.by_host.get(&host).or_else(|| self.by_host.get(without_port(&host))).or(self.fallback.as_ref())
    }

    /// The tenants that are open now.
    pub fn open_tenants(&self) -> impl Iterator<Item = &Arc<Tenant>> {
        self.slots.values().filter_map(|slot| slot.tenant.get())
    }

    /// Cancelled when the server stops: long polls and workers end with it.
    pub fn stopping(&self) -> &CancellationToken {
        &self.stop
    }

    /// Counts a request as being handled until the token is dropped; `None` when the server stops.
    pub(crate) fn admit(&self) -> Option<TaskTrackerToken> {
        let token = self.requests.token();
        (!self.stop.is_cancelled()).then_some(token)
    }

    /// Serves the API alone on `listener` until [`Server::stop`], then lets running requests end.
    pub async fn serve(self: &Arc<Self>, listener: TcpListener) -> std::io::Result<()> {
        let service = self.router().into_make_service_with_connect_info::<std::net::SocketAddr>();
        let stop = self.stop.clone();
        axum::serve(listener, service).with_graceful_shutdown(async move { stop.cancelled().await }).await
    }

    /// Ends what would go on by itself: long polls, those that come from now on too, and telling application services. Requests are served as before. The
    /// first step of a graceful end.
    pub fn wind_down(&self) {
        self.winding_down.cancel();
    }

    /// Takes no more requests, ends long polls and workers, waits for the requests that are being handled, closes the stores.
    pub async fn stop(&self) {
        self.stop.cancel();
        self.requests.close();
        if tokio::time::timeout(STOP_GRACE, self.requests.wait()).await.is_err() {
            tracing::warn!(requests = self.requests.len(), "requests are cut off because they take too long");
        }
        for tenant in self.open_tenants() {
            tenant.close().await;
        }
    }
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::without_port;

    #[test]
    fn ports_are_cut_from_names_and_addresses() {
        assert_eq!(without_port("clinic.example:8008"), "clinic.example");
        assert_eq!(without_port("[::1]:8008"), "[::1]");
        assert_eq!(without_port("[::1]"), "[::1]");
    }
}
