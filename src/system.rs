//! Builds everything that a configuration names, in one process, and stops it again.
//!
//! Order of the start: addresses are bound (a port in use is said at once), the homeserver, a loopback listener for each tenant by which homeserver and
//! consultation service speak, the consultation service, the web side; then requests are taken. The stop goes the other way: no new requests, running ones
//! end, the service ends, the homeserver ends, stores close.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use anyhow::Context as _;
use axum::Router;
use consilium_config::brand::KeeperIdentity;
use consilium_config::{Brand, Config, Rtc, TenantSlug};
use consilium_consult::Consult;
use consilium_consult::doctor::Doctor;
use consilium_homeserver::{Context, Server};
use http::HeaderValue;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::consult;
use crate::control::{self, Faces, TicketFile};
use crate::lease::Lease;
use crate::listen::{self, Limits};
use crate::metrics;
use crate::shell::{self, Face, Internal, Shell};
use crate::web::{Site, Sites};

/// Everything that runs.
pub struct System {
    /// Where APIs and patients' app answer.
    pub public: SocketAddr,
    /// Where the console answers.
    pub console: Option<SocketAddr>,
    /// The homeserver.
    pub homeserver: Arc<Server>,
    consult: Option<Consult>,
    /// What the world reaches.
    outside: Group,
    /// What only this machine reaches: it ends last, because the service needs the homeserver until its own end.
    inside: Group,
    _ticket: TicketFile,
    _lease: Lease,
}

/// Listeners that stop together.
struct Group {
    limits: Limits,
    stop: CancellationToken,
    tasks: TaskTracker,
}

impl Group {
    fn new(config: &Config) -> Self {
        let limits = Limits {
            connections: Arc::new(Semaphore::new(config.http.connections_max)),
            head_timeout: Duration::from_secs(config.http.request_timeout_seconds),
            stop_grace: Duration::from_secs(config.listeners.stop_grace_seconds),
        };
        Self { limits, stop: CancellationToken::new(), tasks: TaskTracker::new() }
    }

    fn serve(&self, listener: TcpListener, router: Router) {
        self.tasks.spawn(listen::serve(listener, router, self.limits.clone(), self.stop.clone()));
    }

    async fn stopped(self) {
        self.stop.cancel();
        self.tasks.close();
        self.tasks.wait().await;
    }
}

impl System {
    /// Starts all that `config` names. `doctor` looks at the installation when its administrators ask.
    pub async fn start(mut config: Config, doctor: Option<Arc<dyn Doctor>>) -> anyhow::Result<Self> {
        let context = Context::system();
        let public = bind(config.listeners.public, "listeners.public").await?;
        let console = match config.listeners.console {
            Some(address) => Some(bind(address, "listeners.console").await?),
            None => None,
        };
        let public_address = public.local_addr()?;
        let console_address = console.as_ref().map(TcpListener::local_addr).transpose()?;
        let calls_at = config.calls.livekit_url.clone().filter(|_| config.consult.enabled);
        for tenant in config.tenants.values_mut() {
            tenant.origins.fill_ports(public_address.port(), console_address.map(|address| address.port()));
            if let Some(livekit_url) = &calls_at {
                tenant.rtc = Rtc::of(livekit_url, &tenant.origins.public, consilium_consult::LIVEKIT_PATH);
            }
        }
        let config = Arc::new(config);
        let brands = config.load_brands()?;
        let lease = Lease::take(&config.data_dir)?;

        let (outside, inside) = (Group::new(&config), Group::new(&config));
        // Before anything that counts: a counter that is made earlier counts into nothing.
        if let Some(address) = config.metrics.listen {
            inside.serve(bind(address, "metrics.listen").await?, metrics::start()?);
        }
        let webhooks = match &config.calls.livekit_url {
            Some(_) if config.consult.enabled => Some(bind(config.calls.webhook_listen, "calls.webhook_listen").await?),
            _ => None,
        };
        let links = Links::bind(&config, &brands, &context).await?;
        let homeserver = Server::start(
            crate::homeserver::server_config(&config, |slug| links.registrations(slug))?,
            context.clone(),
        )?;
        let faces = Faces { public: Some(public_address), console: console_address };
        let ticket = serve_control(&config, &homeserver, &context, &inside, faces).await?;
        let consult = links.serve(&config, &homeserver, &inside, doctor).await?;
        if let (Some(consult), Some(webhooks)) = (&consult, webhooks) {
            inside.serve(webhooks, consult.webhook_router());
        }
        // What became due while nothing ran is done now, whether anybody comes or not.
        homeserver.open_all().await;

        let shell = Arc::new(Shell {
            homeserver: homeserver.router(),
            consult: consult.as_ref().map(Consult::api_router),
            sites: sites(&config, brands, consult.as_ref(), &context)?,
            context,
            stopping: outside.stop.clone(),
            config: Arc::clone(&config),
        });
        outside.serve(public, shell::router(&shell, Face::Public));
        if let Some(listener) = console {
            outside.serve(listener, shell::router(&shell, Face::Console));
        }
        tracing::info!(public = %public_address, console = ?console_address, "listening");
        Ok(Self {
            public: public_address,
            console: console_address,
            homeserver,
            consult,
            outside,
            inside,
            _ticket: ticket,
            _lease: lease,
        })
    }

    /// Stops all of it, gracefully.
    pub async fn stop(self) {
        tracing::info!("stopping");
        self.outside.stop.cancel();
        // What would never end by itself ends first; what is under way then needs everything to be there until it is answered.
        self.homeserver.wind_down();
        if let Some(consult) = &self.consult {
            consult.end_streams();
        }
        self.outside.stopped().await;
        if let Some(consult) = self.consult {
            consult.stop().await;
        }
        self.homeserver.stop().await;
        self.inside.stopped().await;
        tracing::info!("stopped");
    }
}

/// The homeserver alone, for one command at the command line: nobody reaches it but by the control listener.
pub struct Offline {
    homeserver: Arc<Server>,
    inside: Group,
    _ticket: TicketFile,
    _lease: Lease,
}

impl Offline {
    /// Opens the data of `config`.
    pub async fn start(config: &Config) -> anyhow::Result<Self> {
        let context = Context::system();
        let lease = Lease::take(&config.data_dir)?;
        let inside = Group::new(config);
        let links = Links::bind(config, &config.load_brands()?, &context).await?;
        let homeserver = Server::start(
            crate::homeserver::server_config(config, |slug| links.registrations(slug))?,
            context.clone(),
        )?;
        let ticket = serve_control(config, &homeserver, &context, &inside, Faces::default()).await?;
        Ok(Self { homeserver, inside, _ticket: ticket, _lease: lease })
    }

    /// Closes them again.
    pub async fn stop(self) {
        self.homeserver.stop().await;
        self.inside.stopped().await;
    }
}

async fn serve_control(
    config: &Config,
    homeserver: &Arc<Server>,
    context: &Context,
    inside: &Group,
    faces: Faces,
) -> anyhow::Result<TicketFile> {
    let (listener, ticket) = control::bind(&config.data_dir, context).await?;
    inside.serve(listener, control::router(Arc::clone(homeserver), ticket.token.clone(), faces));
    Ok(ticket)
}

/// How homeserver and consultation service reach one another: a loopback listener for each tenant.
struct Links(Vec<Link>);

struct Link {
    slug: TenantSlug,
    listener: TcpListener,
    tenant: consilium_consult::TenantConfig,
    registration: consilium_homeserver::appservice::Registration,
}

impl Links {
    /// None where the service is off.
    async fn bind(config: &Config, brands: &BTreeMap<TenantSlug, Brand>, context: &Context) -> anyhow::Result<Self> {
        let mut links = Vec::new();
        for (slug, brand) in brands.iter().filter(|_| config.consult.enabled) {
            let listener = TcpListener::bind(SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0))
                .await
                .context("no loopback port is free")?;
            let url = format!("http://{}", listener.local_addr()?);
            let tenant = consult::tenant_config(config, slug, brand, url, context)?;
            let registration = consult::registration(&tenant)?;
            links.push(Link { slug: slug.clone(), listener, tenant, registration });
        }
        Ok(Self(links))
    }

    /// The service's registration at that tenant.
    fn registrations(&self, slug: &TenantSlug) -> Vec<consilium_homeserver::appservice::Registration> {
        self.0.iter().filter(|link| link.slug == *slug).map(|link| link.registration.clone()).collect()
    }

    /// Serves the links and starts the service over them.
    async fn serve(
        self,
        config: &Config,
        homeserver: &Arc<Server>,
        inside: &Group,
        doctor: Option<Arc<dyn Doctor>>,
    ) -> anyhow::Result<Option<Consult>> {
        if self.0.is_empty() {
            return Ok(None);
        }
        let appservice = Arc::new(OnceLock::new());
        let mut tenants = Vec::new();
        for link in self.0 {
            let host = HeaderValue::try_from(&link.tenant.server_name).context("a server name is a header value")?;
            let internal = Internal { homeserver: homeserver.router(), host, appservice: Arc::clone(&appservice) };
            inside.serve(link.listener, shell::internal_router(internal));
            tenants.push(link.tenant);
        }
        let service = consult::service_config(config, tenants, doctor);
        let started = Consult::start(service, consilium_consult::Context::system()).await;
        let consult = started.context("the consultation service does not start")?;
        // Set once, here.
        let _ = appservice.set(consult.appservice_router());
        Ok(Some(consult))
    }
}

async fn bind(address: SocketAddr, key: &str) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| {
        format!("{key}: the address {address} cannot be used; stop what listens there, or set another (port 0: any)")
    })
}

fn sites(
    config: &Config,
    mut brands: BTreeMap<TenantSlug, Brand>,
    consult: Option<&Consult>,
    context: &Context,
) -> anyhow::Result<Sites> {
    let mut sites = Sites::new();
    for (slug, tenant) in &config.tenants {
        let known = consult.and_then(|consult| consult.keeper_identity(slug.as_str()));
        let keeper = match known {
            Some(keeper) => KeeperIdentity { user_id: keeper.user_id, master_key: Some(keeper.master_key) },
            None => KeeperIdentity {
                user_id: format!("@{}:{}", config.consult.keeper_localpart, tenant.server_name),
                master_key: None,
            },
        };
        let site =
            Site::new(tenant.clone(), brands.remove(slug), keeper).with_context(|| format!("tenants.{slug}.brand"))?;
        let site = site.with_media(config.calls.livekit_url.as_deref()).by_clock_of(context.clone());
        let running = consult.and_then(|consult| consult.tenant(slug.as_str()));
        let site = site.following(running.map(|tenant| tenant.current.clone()));
        sites.insert(slug.clone(), Arc::new(site));
    }
    Ok(sites)
}
