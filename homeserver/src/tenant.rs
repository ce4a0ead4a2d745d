//! A tenant: one server name with its own folder, store, signing key, limits and services. The only place that builds them.

use std::{
    fmt, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use consilium_store::Engine;
use ruma::{OwnedServerName, ServerName};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    context::Context,
    http::rate_limit::{self, Limits},
    keyspaces,
    secrets::{self, SigningKey},
    server::{EngineKind, ServerConfig, TenantConfig},
};

/// Why a tenant cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("the server stops")]
    Stopped,
    #[error("{path} cannot be made or read: {source}")]
    Folder { path: PathBuf, source: io::Error },
    #[error("the signing key in {0} cannot be read: move the file away only if this server name was never used")]
    SigningKey(PathBuf),
    #[error("the store cannot be opened: {0}")]
    Store(String),
}

/// An open tenant. See the head of `server.rs` for its folder.
pub struct Tenant {
    pub config: TenantConfig,
    pub context: Context,
    pub store: Arc<dyn Engine>,
    pub signing_key: Arc<SigningKey>,
    pub limits: Arc<Limits>,
    // account
    // room
    stop: CancellationToken,
    workers: TaskTracker,
}

impl fmt::Debug for Tenant {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Tenant").field("slug", &self.config.slug).finish_non_exhaustive()
    }
}

impl Tenant {
    /// Makes the folder where it is missing, opens the store, builds the services and starts their workers.
    pub async fn open(
        server: &ServerConfig,
        config: TenantConfig,
        context: Context,
        stop: CancellationToken,
    ) -> Result<Arc<Self>, OpenError> {
        let folder = server.data_dir.join("tenants").join(&config.slug);
        for part in ["media", "secrets"] {
            secrets::make_private_folder(&folder.join(part))?;
        }
        let signing_key = Arc::new(SigningKey::load_or_make(&folder.join("secrets"), &context)?);
        let store = open_engine(server.engine, &folder.join("store"))?;
        let limits = Arc::new(Limits::new(&server.rate_limits));
        let workers = TaskTracker::new();
        workers.spawn(sweep_limits(Arc::clone(&limits), stop.clone()));
        tracing::info!(tenant.id = config.slug, "tenant opened");
        Ok(Arc::new(Self { config, context, store, signing_key, limits, stop, workers }))
    }

    pub fn server_name(&self) -> &ServerName {
        &self.config.server_name
    }

    /// Cancelled when the tenant closes.
    pub fn stopping(&self) -> &CancellationToken {
        &self.stop
    }

    /// Ends the workers and closes the store.
    pub async fn close(&self) {
        self.stop.cancel();
        self.workers.close();
        self.workers.wait().await;
        self.store.close().await;
        tracing::info!(tenant.id = self.config.slug, "tenant closed");
    }
}

fn open_engine(kind: EngineKind, _folder: &Path) -> Result<Arc<dyn Engine>, OpenError> {
    Err(OpenError::Store(format!("this build has no engine {kind:?} for {} tables", keyspaces::TABLES.len())))
}

async fn sweep_limits(limits: Arc<Limits>, stop: CancellationToken) {
    let mut every = tokio::time::interval(rate_limit::SWEEP_EVERY);
    while stop.run_until_cancelled(every.tick()).await.is_some() {
        limits.sweep();
    }
}

/// The server name, for what needs to own it.
impl From<&Tenant> for OwnedServerName {
    fn from(tenant: &Tenant) -> Self {
        tenant.config.server_name.clone()
    }
}
