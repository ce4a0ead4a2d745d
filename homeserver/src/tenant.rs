//! A tenant: one server name with its own folder, store, signing key, limits and services. The only place that builds them.

use std::{
    fmt, io,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use consilium_store::{Blobs, Engine, MemoryEngine, OpenOptions, RocksEngine, SharedResources, StoreError};
use ruma::{OwnedServerName, ServerName};
use tokio::sync::Notify;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    account::{AccountError, Accounts, AccountsParts, Applicant, DeviceRows, Erased, NewAccount},
    account_data::AccountData,
    appservice::{Registrations, RegistrationsError, Wire},
    backup::{BackupRows, Backups},
    context::Context,
    delayed_events::{DelayedEventRows, DelayedEvents},
    errands::Errands,
    feeds::Feeds,
    filter::{FilterRows, Filters},
    housekeeping::House,
    http::{auth::UserClass, rate_limit::Limits},
    ids::Ids,
    keys::{DeviceListRows, KeyRows, Keys},
    keyspaces,
    media::{Media, MediaParts},
    openid::OpenIds,
    profile::Profiles,
    push::PushRows,
    receipts::Receipts,
    room::{
        Projection, Rooms,
        base::Base,
        membership::People,
        nodes::StateNodes,
        projections::{EventRows, MemberRows, PersonalNotices, RelationRows},
        run_errands,
        sticky::StickyRows,
    },
    secrets::{self, SigningKey},
    server::{EngineKind, ServerConfig, TenantConfig},
    sync::{Syncs, room::RoomParts},
    to_device::{ToDevice, ToDeviceRows},
    transactions::{Composer, Interests, Worker},
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
    pub wire: Arc<Wire>,
    pub errands: Arc<Errands>,
    pub accounts: Arc<Accounts>,
    pub profiles: Arc<Profiles>,
    pub account_data: Arc<AccountData>,
    pub filters: Arc<Filters>,
    pub keys: Arc<Keys>,
    pub to_device: Arc<ToDevice>,
    pub backups: Arc<Backups>,
    pub media: Arc<Media>,
    // room
    pub rooms: Arc<Rooms>,
    pub receipts: Arc<Receipts>,
    pub typing: Arc<Typing>,
    pub syncs: Arc<Syncs>,
    // calls
    pub openids: Arc<OpenIds>,
    /// Sends by itself what is due; tests let it do so when they want.
    pub delayed_events: Arc<DelayedEvents>,
    /// Tidies up by itself; tests let it do so when they want.
    pub house: Arc<House>,
    stop: CancellationToken,
    workers: TaskTracker,
}

/// How a tenant is told that the end has come.
#[derive(Clone, Debug)]
pub struct Ends {
    /// Long polls end, and telling application services.
    pub winding_down: CancellationToken,
    /// Everything ends.
    pub all: CancellationToken,
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
        ends: Ends,
    ) -> Result<Arc<Self>, OpenError> {
        let Ends { winding_down, all: stop } = ends;
        let folder = server.data_dir.join("tenants").join(&config.slug);
        let ground = Ground::lay(server, shared, &folder, config, context).await?;
        let plain = ground.plain_services(server, &folder).await?;
        let PlainServices { profiles, account_data, filters, backups, keys, to_device, media, openids } = plain;
        let accounts = ground.accounts(&profiles, &account_data);
        make_senders(&accounts, &ground.appservices).await?;
        let workers = TaskTracker::new();
        let base = ground.base();
        let interests = Interests::open(&ground.appservices, &*ground.store.view()).await?;
        let people = ground.people(&accounts, &profiles);
        let rooms = rooms(&base, people, &interests, &workers, &stop);
        workers.spawn(run_errands(Arc::clone(&rooms), Arc::clone(&ground.errands), stop.clone()));
        let feeds = Feeds::new(Arc::clone(&ground.store), Arc::clone(&ground.committed));
        workers.spawn(Arc::clone(&feeds).pump(stop.clone()));
        let receipts = Arc::new(Receipts::new(Arc::clone(&base)));
        let typing = Typing::new(Arc::clone(&feeds), ground.context.now_ms(), stop.clone());
        let parts = RoomParts {
            base,
            receipts: Arc::clone(&receipts),
            typing: Arc::clone(&typing),
            account_data: Arc::clone(&account_data),
        };
        for worker in ground.appservice_workers(interests, &parts, &accounts, &keys, &feeds) {
            workers.spawn(worker.run(winding_down.clone()));
        }
        let syncs = Arc::new(Syncs {
            rooms: parts,
            feeds,
            to_device: Arc::clone(&to_device),
            keys: Arc::clone(&keys),
            timeline: FIRST_TIMELINE,
            timeout_max: Duration::from_secs(server.http.sync_timeout_seconds_max),
            stop: winding_down,
        });
        let delayed_events = ground.delayed_events(&rooms, &workers, &stop);
        let house = Arc::new(ground.house(&accounts, &media, &openids, &delayed_events));
        workers.spawn(Arc::clone(&house).keep(stop.clone()));
        tracing::info!(tenant.id = ground.config.slug, "tenant opened");
        Ok(Arc::new(Self {
            config: ground.config,
            context: ground.context,
            store: ground.store,
            signing_key: ground.signing_key,
            limits: ground.limits,
            ids: ground.ids,
            writer: ground.writer,
            appservices: ground.appservices,
            wire: ground.wire,
            errands: ground.errands,
            accounts,
            profiles,
            account_data,
            filters,
            keys,
            to_device,
            backups,
            media,
            rooms,
            receipts,
            typing,
            syncs,
            openids,
            delayed_events,
            house,
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

/// What all services of a tenant stand on.
struct Ground {
    config: TenantConfig,
    context: Context,
    store: Arc<dyn Engine>,
    committed: Arc<Notify>,
    writer: Writer,
    ids: Arc<Ids>,
    signing_key: Arc<SigningKey>,
    limits: Arc<Limits>,
    appservices: Arc<Registrations>,
    wire: Arc<Wire>,
    errands: Arc<Errands>,
    erased: Arc<Erased>,
}

/// Services that know of nothing but the ground.
struct PlainServices {
    profiles: Arc<Profiles>,
    account_data: Arc<AccountData>,
    filters: Arc<Filters>,
    backups: Arc<Backups>,
    keys: Arc<Keys>,
    to_device: Arc<ToDevice>,
    media: Arc<Media>,
    openids: Arc<OpenIds>,
}

impl Ground {
    async fn lay(
        server: &ServerConfig,
        shared: &SharedResources,
        folder: &Path,
        config: TenantConfig,
        context: Context,
    ) -> Result<Self, OpenError> {
        for part in ["media", "secrets"] {
            secrets::make_private_folder(&folder.join(part))?;
        }
        let signing_key = Arc::new(SigningKey::load_or_make(&folder.join("secrets"), &context)?);
        let store = open_engine(server.engine, shared, &folder.join("store"), &config.slug).await?;
        let committed = Arc::new(Notify::new());
        let writer = Writer::new(Arc::clone(&store), Arc::clone(&committed));
        let ids = Arc::new(Ids::open(&*store.view()).await?);
        let limits = Arc::new(Limits::new(&server.rate_limits, &context));
        let appservices = Arc::new(Registrations::new(&config.appservices, &config.server_name)?);
        let errands = Arc::new(Errands::new(writer.clone()));
        let erased = Arc::new(Erased::open(&*store.view()).await?);
        let wire = Arc::new(Wire::new(Duration::from_secs(server.http.appservice_timeout_seconds)));
        Ok(Self {
            config,
            context,
            store,
            committed,
            writer,
            ids,
            signing_key,
            limits,
            appservices,
            wire,
            errands,
            erased,
        })
    }

    fn accounts(&self, profiles: &Arc<Profiles>, account_data: &Arc<AccountData>) -> Arc<Accounts> {
        // What is written when a device appears, changes or goes.
        let device_rows: Vec<Arc<dyn DeviceRows>> = vec![
            Arc::clone(profiles) as _,
            Arc::clone(account_data) as _,
            Arc::new(KeyRows),
            Arc::new(ToDeviceRows),
            Arc::new(BackupRows),
            Arc::new(FilterRows),
            Arc::new(PushRows),
            Arc::new(DelayedEventRows),
        ];
        Arc::new(Accounts::new(AccountsParts {
            server_name: self.config.server_name.clone(),
            context: self.context.clone(),
            writer: self.writer.clone(),
            ids: Arc::clone(&self.ids),
            limits: Arc::clone(&self.limits),
            registration: self.config.registration.clone(),
            appservices: Arc::clone(&self.appservices),
            wire: Arc::clone(&self.wire),
            device_rows,
            errands: Arc::clone(&self.errands),
            erased: Arc::clone(&self.erased),
        }))
    }

    async fn plain_services(&self, server: &ServerConfig, folder: &Path) -> Result<PlainServices, OpenError> {
        let writer = &self.writer;
        let (context, server_name) = (&self.context, &self.config.server_name);
        let media = Media::new(MediaParts {
            server_name: server_name.clone(),
            context: context.clone(),
            writer: writer.clone(),
            blobs: open_blobs(&folder.join("media")).await?,
            config: server.media.clone(),
        });
        let to_device = ToDevice::new(writer.clone(), context.clone(), Arc::clone(&self.appservices));
        Ok(PlainServices {
            profiles: Arc::new(Profiles::new(writer.clone(), Arc::clone(&self.errands))),
            account_data: Arc::new(AccountData::new(writer.clone())),
            filters: Arc::new(Filters::new(writer.clone())),
            backups: Arc::new(Backups::new(writer.clone())),
            keys: Arc::new(Keys::new(server_name.clone(), writer.clone(), Arc::clone(&self.ids))),
            to_device: Arc::new(to_device),
            media: Arc::new(media),
            openids: Arc::new(OpenIds::new(writer.clone(), context.clone(), Arc::clone(&self.ids))),
        })
    }

    fn people(&self, accounts: &Arc<Accounts>, profiles: &Arc<Profiles>) -> People {
        People {
            accounts: Arc::clone(accounts),
            profiles: Arc::clone(profiles),
            policy: self.config.policy,
            errands: Arc::clone(&self.errands),
        }
    }

    /// One worker for each application service.
    fn appservice_workers(
        &self,
        interests: Interests,
        rooms: &RoomParts,
        accounts: &Arc<Accounts>,
        keys: &Arc<Keys>,
        feeds: &Arc<Feeds>,
    ) -> Vec<Worker> {
        let composer = Arc::new(Composer {
            base: Arc::clone(&rooms.base),
            accounts: Arc::clone(accounts),
            keys: Arc::clone(keys),
            receipts: Arc::clone(&rooms.receipts),
            typing: Arc::clone(&rooms.typing),
        });
        let worker = |index| Worker {
            interests: interests.clone(),
            index,
            composer: Arc::clone(&composer),
            writer: self.writer.clone(),
            feeds: Arc::clone(feeds),
            wire: Arc::clone(&self.wire),
        };
        (0..interests.0.len()).map(worker).collect()
    }

    /// Delayed events, with the worker that sends them.
    fn delayed_events(
        &self,
        rooms: &Arc<Rooms>,
        workers: &TaskTracker,
        stop: &CancellationToken,
    ) -> Arc<DelayedEvents> {
        let delayed = DelayedEvents::new(Arc::clone(rooms), self.writer.clone(), self.context.clone());
        let delayed = Arc::new(delayed);
        workers.spawn(Arc::clone(&delayed).run(stop.clone()));
        delayed
    }

    fn house(
        &self,
        accounts: &Arc<Accounts>,
        media: &Arc<Media>,
        openids: &Arc<OpenIds>,
        delayed_events: &Arc<DelayedEvents>,
    ) -> House {
        House {
            context: self.context.clone(),
            writer: self.writer.clone(),
            limits: Arc::clone(&self.limits),
            accounts: Arc::clone(accounts),
            media: Arc::clone(media),
            openids: Arc::clone(openids),
            delayed_events: Arc::clone(delayed_events),
            policy: self.config.policy,
        }
    }

    fn base(&self) -> Arc<Base> {
        Arc::new(Base {
            engine: Arc::clone(&self.store),
            ids: Arc::clone(&self.ids),
            nodes: StateNodes::default(),
            context: self.context.clone(),
            server_name: self.config.server_name.clone(),
            signing_key: Arc::clone(&self.signing_key),
            push_rules: Arc::default(),
            writer: self.writer.clone(),
            erased: Arc::clone(&self.erased),
        })
    }
}

/// Rooms whose writers run on `workers` until `stop`.
fn rooms(
    base: &Arc<Base>,
    people: People,
    interests: &Interests,
    workers: &TaskTracker,
    stop: &CancellationToken,
) -> Arc<Rooms> {
    let projections = on_append(interests.clone());
    Arc::new(Rooms::new(Arc::clone(base), people, projections, workers.clone(), stop.clone()))
}

/// What happens on a send: each of these adds its rows to the event's batch.
fn on_append(interests: Interests) -> Vec<Box<dyn Projection>> {
    vec![
        Box::new(EventRows),
        Box::new(MemberRows),
        Box::new(RelationRows),
        Box::new(PersonalNotices),
        Box::new(StickyRows),
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

async fn open_blobs(folder: &Path) -> Result<Blobs, OpenError> {
    let path = folder.to_owned();
    let opened = tokio::task::spawn_blocking(move || Blobs::open(&path)).await.unwrap_or_else(|died| Err(died.into()));
    opened.map_err(|source| OpenError::Folder { path: folder.to_owned(), source })
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

/// The server name, for what needs to own it.
impl From<&Tenant> for OwnedServerName {
    fn from(tenant: &Tenant) -> Self {
        tenant.config.server_name.clone()
    }
}
