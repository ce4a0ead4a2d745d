//! A tenant: one server name with its own folder, store, signing key, limits and services. The only place that builds them.

use std::{
    fmt, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use consilium_store::{Engine, MemoryEngine, OpenOptions, RocksEngine, SharedResources, StoreError};
use ruma::{OwnedServerName, ServerName};
use tokio::sync::Notify;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    account::{AccountError, Accounts, AccountsParts, Applicant, DeviceRows, NewAccount},
    account_data::AccountData,
    appservice::{Composer, Interests, Registrations, RegistrationsError, Worker},
    backup::{BackupRows, Backups},
    context::Context,
    filter::Filters,
    http::{
        auth::UserClass,
        rate_limit::{self, Limits},
    },
    ids::Ids,
    keys::{DeviceListRows, KeyRows, Keys},
    keyspaces,
    profile::Profiles,
    receipts::Receipts,
    room::{
        Projection, Rooms,
        base::Base,
        membership::People,
        nodes::StateNodes,
        projections::{EventRows, MemberRows, PersonalNotices, RelationRows},
    },
    secrets::{self, SigningKey},
    server::{EngineKind, ServerConfig, TenantConfig},
    sync::{Syncs, feed::Feeds, room::RoomParts},
    to_device::{ToDevice, ToDeviceRows},
    typing::Typing,
    writer::Writer,
};

/// The store's timeline number until it is restored from a backup for the first time.
const FIRST_TIMELINE: u64 = 1;

/// Why a tenant cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("the server stops")]
    Stopped,
    #[error("{path} cannot be made or read: {source}")]
    Folder { path: PathBuf, source: io::Error },
    #[error("the signing key in {0} cannot be read: move the file away only if this server name was never used")]
    SigningKey(PathBuf),
    #[error(transparent)]
    Store(#[from] consilium_store::OpenError),
    #[error(transparent)]
    Appservices(#[from] RegistrationsError),
    #[error("the user of the application service {0} cannot be made: {1}")]
    Sender(String, AccountError),
    #[error("the store cannot be read")]
    Read(#[from] StoreError),
}

/// An open tenant. See the head of `server.rs` for its folder.
pub struct Tenant {
    pub config: TenantConfig,
    pub context: Context,
    pub store: Arc<dyn Engine>,
    pub signing_key: Arc<SigningKey>,
    pub limits: Arc<Limits>,
    // account
    pub ids: Arc<Ids>,
    pub writer: Writer,
    pub appservices: Arc<Registrations>,
    pub accounts: Arc<Accounts>,
    pub profiles: Arc<Profiles>,
    pub account_data: Arc<AccountData>,
    pub filters: Arc<Filters>,
    pub keys: Arc<Keys>,
    pub to_device: Arc<ToDevice>,
    pub backups: Arc<Backups>,
    // room
    pub rooms: Arc<Rooms>,
    pub receipts: Arc<Receipts>,
    pub typing: Arc<Typing>,
    pub syncs: Arc<Syncs>,
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
        shared: &SharedResources,
        config: TenantConfig,
        context: Context,
        stop: CancellationToken,
    ) -> Result<Arc<Self>, OpenError> {
        let folder = server.data_dir.join("tenants").join(&config.slug);
        for part in ["media", "secrets"] {
            secrets::make_private_folder(&folder.join(part))?;
        }
        let signing_key = Arc::new(SigningKey::load_or_make(&folder.join("secrets"), &context)?);
        let store = open_engine(server.engine, shared, &folder.join("store"), &config.slug).await?;
        let limits = Arc::new(Limits::new(&server.rate_limits));
        let committed = Arc::new(Notify::new());
        let writer = Writer::new(Arc::clone(&store), Arc::clone(&committed));
        let ids = Arc::new(Ids::open(&*store.view()).await?);
        let appservices = Arc::new(Registrations::new(&config.appservices, &config.server_name)?);
        let profiles = Arc::new(Profiles::new(writer.clone()));
        let account_data = Arc::new(AccountData::new(writer.clone()));
        let filters = Arc::new(Filters::new(writer.clone()));
        let server_name = config.server_name.clone();
        let keys = Arc::new(Keys::new(server_name, writer.clone(), Arc::clone(&ids)));
        let to_device = Arc::new(ToDevice::new(writer.clone(), context.clone(), Arc::clone(&appservices)));
        let backups = Arc::new(Backups::new(writer.clone()));
        // What is written when a device appears, changes or goes.
        let device_rows: Vec<Arc<dyn DeviceRows>> = vec![
            Arc::clone(&profiles) as _,
            Arc::clone(&account_data) as _,
            Arc::new(KeyRows),
            Arc::new(ToDeviceRows),
            Arc::new(BackupRows),
        ];
        let accounts = Arc::new(Accounts::new(AccountsParts {
            server_name: config.server_name.clone(),
            context: context.clone(),
            writer: writer.clone(),
            ids: Arc::clone(&ids),
            limits: Arc::clone(&limits),
            registration: config.registration.clone(),
            appservices: Arc::clone(&appservices),
            device_rows,
        }));
        make_senders(&accounts, &appservices).await?;
        let workers = TaskTracker::new();
        let base = Arc::new(Base {
            engine: Arc::clone(&store),
            ids: Arc::clone(&ids),
            nodes: StateNodes::default(),
            context: context.clone(),
            server_name: config.server_name.clone(),
            signing_key: Arc::clone(&signing_key),
            push_rules: Arc::default(),
            writer: writer.clone(),
        });
        let people = People { accounts: Arc::clone(&accounts), profiles: Arc::clone(&profiles), policy: config.policy };
        let interests = Interests::open(&appservices, &*store.view()).await?;
        let rooms = Arc::new(Rooms::new(
            Arc::clone(&base),
            people,
            on_append(interests.clone()),
            workers.clone(),
            stop.clone(),
        ));
        let feeds = Feeds::new(Arc::clone(&store), committed);
        workers.spawn(Arc::clone(&feeds).pump(stop.clone()));
        let receipts = Arc::new(Receipts::new(Arc::clone(&base)));
        let typing = Typing::new(Arc::clone(&feeds), context.now_ms(), stop.clone());
        let composer = Arc::new(Composer {
            base: Arc::clone(&base),
            accounts: Arc::clone(&accounts),
            keys: Arc::clone(&keys),
            receipts: Arc::clone(&receipts),
            typing: Arc::clone(&typing),
        });
        let client = if interests.0.is_empty() { None } else { Some(reqwest::Client::new()) };
        for (index, client) in (0..interests.0.len()).zip(client.iter().cycle()) {
            let worker = Worker {
                interests: interests.clone(),
                index,
                composer: Arc::clone(&composer),
                writer: writer.clone(),
                feeds: Arc::clone(&feeds),
                client: client.clone(),
            };
            workers.spawn(worker.run(stop.clone()));
        }
        let syncs = Arc::new(Syncs {
            rooms: RoomParts {
                base,
                receipts: Arc::clone(&receipts),
                typing: Arc::clone(&typing),
                account_data: Arc::clone(&account_data),
            },
            feeds,
            to_device: Arc::clone(&to_device),
            keys: Arc::clone(&keys),
            timeline: FIRST_TIMELINE,
            stop: stop.clone(),
        });
        workers.spawn(sweep_limits(Arc::clone(&limits), stop.clone()));
        tracing::info!(tenant.id = config.slug, "tenant opened");
        Ok(Arc::new(Self {
            config,
            context,
            store,
            signing_key,
            limits,
            ids,
            writer,
            appservices,
            accounts,
            profiles,
            account_data,
            filters,
            keys,
            to_device,
            backups,
            rooms,
            receipts,
            typing,
            syncs,
            stop,
            workers,
        }))
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

/// What happens on a send: each of these adds its rows to the event's batch.
fn on_append(interests: Interests) -> Vec<Box<dyn Projection>> {
    vec![
        Box::new(EventRows),
        Box::new(MemberRows),
        Box::new(RelationRows),
        Box::new(PersonalNotices),
        Box::new(DeviceListRows),
        Box::new(interests),
    ]
}

async fn open_engine(
    kind: EngineKind,
    shared: &SharedResources,
    folder: &Path,
    slug: &str,
) -> Result<Arc<dyn Engine>, OpenError> {
    match kind {
        EngineKind::Memory => Ok(Arc::new(MemoryEngine::new(keyspaces::TABLES))),
        EngineKind::RocksDb => {
            Ok(RocksEngine::open(folder, keyspaces::TABLES, shared, OpenOptions::named(slug)).await?)
        }
    }
}

/// Each application service has the user that it acts as when it names none.
async fn make_senders(accounts: &Accounts, appservices: &Registrations) -> Result<(), OpenError> {
    for appservice in appservices.all() {
        let id = appservice.id.clone();
        let failed = |error| OpenError::Sender(appservice.registration.id.clone(), error);
        let applicant = Applicant::Appservice(id.clone());
        match accounts.free_user(Some(appservice.sender.localpart()), &applicant).await {
            Ok(user) => {
                let class = UserClass::Service;
                let new = NewAccount { user, password: None, class, admin: false, appservice: Some(id) };
                accounts.register(new, None).await.map_err(failed)?;
            }
            Err(AccountError::UserInUse) => {}
            Err(error) => return Err(failed(error)),
        }
    }
    Ok(())
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
