//! Builds everything that a configuration names, in one process, and stops it again.
//!
//! Order of the start: addresses are bound (a port in use is said at once), the homeserver, the consultation services, the web side, then requests
//! are taken. The stop goes the other way: no new requests, running ones end, workers end, stores close.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use consilium_config::brand::KeeperIdentity;
use consilium_config::{Config, TenantSlug};
use consilium_homeserver::{Context, Server};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::listen::{self, Limits};
use crate::shell::{self, Face, Shell};
use crate::web::{KeeperSource, Site, Sites};

/// Everything that runs.
pub struct System {
    /// Where APIs and patients' app answer.
    pub public: SocketAddr,
    /// Where the console answers.
    pub console: Option<SocketAddr>,
    /// The homeserver.
    pub homeserver: Arc<Server>,
    stopping: CancellationToken,
    listeners: TaskTracker,
}

impl System {
    /// Starts all that `config` names.
    pub async fn start(mut config: Config) -> anyhow::Result<Self> {
        let context = Context::system();
        let public = bind(config.listeners.public, "listeners.public").await?;
        let console = match config.listeners.console {
            Some(address) => Some(bind(address, "listeners.console").await?),
            None => None,
        };
        let ports = (public.local_addr()?.port(), console.as_ref().map(TcpListener::local_addr).transpose()?);
        for tenant in config.tenants.values_mut() {
            tenant.origins.fill_ports(ports.0, ports.1.map(|address| address.port()));
        }
        let config = Arc::new(config);
        std::fs::create_dir_all(&config.data_dir)
            .with_context(|| format!("data_dir: {} cannot be made", config.data_dir.display()))?;

        let server = crate::homeserver::server_config(&config, |_| Vec::new())?;
        let homeserver = Server::start(server, context.clone())?;
        let stopping = CancellationToken::new();
        let shell = Arc::new(Shell {
            homeserver: homeserver.router(),
            consult: BTreeMap::new(),
            sites: sites(&config)?,
            context,
            stopping: stopping.clone(),
            config: Arc::clone(&config),
        });

        let limits = Limits {
            connections: Arc::new(Semaphore::new(config.http.connections_max)),
            head_timeout: Duration::from_secs(config.http.request_timeout_seconds),
            stop_grace: Duration::from_secs(config.listeners.stop_grace_seconds),
        };
        let mut system =
            Self { public: public.local_addr()?, console: None, homeserver, stopping, listeners: TaskTracker::new() };
        system.serve(public, Face::Public, &shell, &limits);
        if let Some(listener) = console {
            system.console = Some(listener.local_addr()?);
            system.serve(listener, Face::Console, &shell, &limits);
        }
        tracing::info!(public = %system.public, console = ?system.console, "listening");
        Ok(system)
    }

    fn serve(&self, listener: TcpListener, face: Face, shell: &Arc<Shell>, limits: &Limits) {
        let router = shell::router(shell, face);
        self.listeners.spawn(listen::serve(listener, router, limits.clone(), self.stopping.clone()));
    }

    /// Stops all of it, gracefully.
    pub async fn stop(self) {
        tracing::info!("stopping");
        self.stopping.cancel();
        // Long polls must end before their connections can.
        let (homeserver, listeners) = (self.homeserver, self.listeners);
        listeners.close();
        tokio::join!(homeserver.stop(), listeners.wait());
        tracing::info!("stopped");
    }
}

async fn bind(address: SocketAddr, key: &str) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| {
        format!("{key}: the address {address} cannot be used; stop what listens there, or set another (port 0: any)")
    })
}

fn sites(config: &Config) -> anyhow::Result<Sites> {
    let mut brands = config.load_brands()?;
    let site = |(slug, tenant): (&TenantSlug, &consilium_config::Tenant)| {
        let user_id = format!("@{}:{}", config.consult.keeper_localpart, tenant.server_name);
        let keeper: KeeperSource = Arc::new(move || KeeperIdentity { user_id: user_id.clone(), master_key: None });
        let site = Site::new(tenant.clone(), brands.remove(slug), keeper);
        Ok((slug.clone(), Arc::new(site.with_context(|| format!("tenants.{slug}.brand"))?)))
    };
    config.tenants.iter().map(site).collect()
}
