//! Builds the service of every tenant, runs its workers, stops them. The only file that builds things.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use futures_util::{StreamExt, TryStreamExt, stream};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use consilium_appservice::{AppserviceClient, ClientError, Receiver, Service};
use consilium_config::brand::Current;
use consilium_keeper::{Keeper, KeeperConfig, KeeperError, KeeperKey};

use crate::actor::Actor;
use crate::api::problem::chain;
use crate::api::{self, Served, Tenants};
use crate::api_key;
use crate::archive::{self, Anchor, ArchiveError, ArchiveKeys, KeyFiles};
use crate::audit::Prover;
use crate::call::{self, Calls};
use crate::change::Feed;
use crate::conclusion::{self, Provider, Signer, SimpleSignature};
use crate::config::{ConsultConfig, KEEPER_DEVICE, TenantConfig};
use crate::context::Context;
use crate::conversation;
use crate::doctor::Practice;
use crate::ended_accounts::EndedAccounts;
use crate::intake::{Intake, LastWords};
use crate::locks::Locks;
use crate::member::Member;
use crate::notary::{self, Office};
use crate::operator::{self, Heartbeats, OperatorError, Staff, Which};
use crate::outbox::Worker;
use crate::own_data;
use crate::patient::{self, Directory, Entry};
use crate::person;
use crate::prepared;
use crate::routing;
use crate::search::{self, IndexKey};
use crate::settings;
use crate::store::{Session, Store, StoreError};
use crate::tenant::{Archive, Tenant};
use crate::tenant_key::TenantKey;
use crate::timer;
use crate::viewing::Board;
use crate::webhook;

/// How long the homeserver may take to answer at start, and the pause between two tries.
const HOMESERVER_PATIENCE: Duration = Duration::from_mins(1);
const HOMESERVER_PAUSE: Duration = Duration::from_millis(100);

/// Tenants that start at once: most of a start is waiting for the disk.
const STARTS_AT_ONCE: usize = 8;

/// Why the service does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A tenant's folder cannot be made.
    #[error("the folder of tenant {slug} cannot be made")]
    Folder {
        /// The tenant.
        slug: String,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The database.
    #[error("the database cannot be used")]
    Store(#[from] StoreError),
    /// The archive's keys.
    #[error("the archive cannot be used")]
    Archive(#[from] ArchiveError),
    /// The HTTP client.
    #[error("the homeserver cannot be spoken to")]
    Homeserver(#[from] ClientError),
    /// The keeper.
    #[error("the keeper does not start")]
    Keeper(#[from] KeeperError),
    /// A member of staff named in the configuration.
    #[error("a configured member of staff cannot be made")]
    Staff(#[from] OperatorError),
    /// No tenant of that name.
    #[error("`{0}` is no tenant: name one of those that are configured as the default")]
    NoSuchTenant(String),
}

/// The keeper's public identity, for the brand that apps are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeeperIdentity {
    /// Its user id.
    pub user_id: String,
    /// Its public master key, unpadded base64.
    pub master_key: String,
}

/// The running service.
pub struct Consult {
    tenants: Vec<Running>,
    served: Tenants,
    workers: TaskTracker,
    ends: Ends,
}

/// How what runs is told that the end has come.
#[derive(Clone, Default)]
pub(crate) struct Ends {
    /// Streams end.
    streams: CancellationToken,
    /// Workers end.
    workers: CancellationToken,
}

struct Running {
    tenant: Arc<Tenant>,
    served: Arc<Served>,
    intake: Arc<Intake>,
    service: Service,
}

impl Consult {
    /// Starts every tenant's service: database, keys, keeper, workers. The homeserver must be listening, or about to.
    pub async fn start(config: ConsultConfig, context: Context) -> Result<Self, StartError> {
        let ends = Ends::default();
        let starting = config.tenants.iter().map(async |tenant| {
            let keeper = Arc::new(start_keeper(tenant, &context).await?);
            Ok::<_, StartError>((tenant.clone(), build(tenant, &config, &context, keeper, &ends).await?))
        });
        let tenants = stream::iter(starting).buffered(STARTS_AT_ONCE).try_collect().await?;
        Self::run(config, tenants, ends).await
    }

    /// As [`Consult::start`], with other members in the keepers' places. For tests.
    pub async fn start_with(
        config: ConsultConfig,
        context: Context,
        members: Vec<Arc<dyn Member>>,
    ) -> Result<Self, StartError> {
        let ends = Ends::default();
        let mut tenants = Vec::new();
        for (tenant, member) in config.tenants.iter().zip(members) {
            tenants.push((tenant.clone(), build(tenant, &config, &context, member, &ends).await?));
        }
        Self::run(config, tenants, ends).await
    }

    async fn run(
        config: ConsultConfig,
        built: Vec<(TenantConfig, Arc<Tenant>)>,
        ends: Ends,
    ) -> Result<Self, StartError> {
        let workers = TaskTracker::new();
        let (mut tenants, mut by_host, mut default) = (Vec::new(), Vec::new(), None);
        let token_cache = Duration::from_secs(config.token_cache_seconds);
        for (tenant_config, tenant) in built {
            welcome_staff(&tenant, &tenant_config).await?;
            prepared::take_in(&tenant).await?;
            conversation::set_levels_later(&tenant).await?;
            workers.spawn(Feed::pump(Arc::clone(&tenant)));
            workers.spawn(Worker::new(Arc::clone(&tenant)).run(ends.workers.clone()));
            workers.spawn(webhook::Worker::new(Arc::clone(&tenant)).run(ends.workers.clone()));
            workers.spawn(timer::run(Arc::clone(&tenant), config.event_backlog, ends.workers.clone()));
            workers.spawn(call::run(Arc::clone(&tenant), ends.workers.clone()));
            workers.spawn(routing::run(Arc::clone(&tenant), ends.workers.clone()));
            workers.spawn(search::run(Arc::clone(&tenant), ends.workers.clone()));
            workers.spawn(notary::run(Arc::clone(&tenant), ends.workers.clone()));
            workers.spawn(conclusion::run(Arc::clone(&tenant), ends.workers.clone()));
            let served = Served::new(
                Arc::clone(&tenant),
                tenant_config.api_origins.clone(),
                config.trusted_proxies.clone(),
                token_cache,
            );
            let served = Arc::new(served);
            if config.default_tenant.as_ref() == Some(&tenant.slug) {
                default = Some(Arc::clone(&served));
            }
            by_host.push((tenant_config.hosts.clone(), Arc::clone(&served)));
            let intake = Arc::new(Intake::new(Arc::clone(&tenant)));
            let receiver: Arc<dyn Receiver> = Arc::clone(&intake) as _;
            let service = Service { hs_token: tenant_config.hs_token, receiver };
            tenants.push(Running { tenant, served, intake, service });
        }
        workers.close();
        if let Some(slug) = config.default_tenant.filter(|_| default.is_none()) {
            return Err(StartError::NoSuchTenant(slug));
        }
        Ok(Self { tenants, served: Tenants::new(by_host, default), workers, ends })
    }

    /// `/_consilium/v1`, the tenant by `Host`.
    pub fn api_router(&self) -> Router {
        api::router(self.served.clone())
    }

    /// `/_matrix/app/v1`, and the client paths that the homeserver passes on; the tenant by the homeserver's token. Bind it to loopback.
    pub fn appservice_router(&self) -> Router {
        let services = self.tenants.iter().map(|running| running.service.clone()).collect();
        let proxied =
            self.tenants.iter().map(|running| (running.service.hs_token.clone(), Arc::clone(&running.served)));
        api::proxied_router(proxied.collect()).fallback_service(consilium_appservice::router(services))
    }

    /// `POST /webhook`: what the media server tells. Bind it where only the media server comes.
    pub fn webhook_router(&self) -> Router {
        api::webhook_router(self.tenants.iter().map(|running| Arc::clone(&running.tenant)).collect())
    }

    /// The keeper's identity of a tenant.
    pub fn keeper_identity(&self, slug: &str) -> Option<KeeperIdentity> {
        let tenant = &self.tenants.iter().find(|running| running.tenant.slug == slug)?.tenant;
        Some(KeeperIdentity {
            user_id: tenant.keeper.user_id().to_owned(),
            master_key: tenant.keeper.master_key().to_owned(),
        })
    }

    /// A tenant's service, for what the binary does beside HTTP.
    pub fn tenant(&self, slug: &str) -> Option<Arc<Tenant>> {
        self.tenants.iter().find(|running| running.tenant.slug == slug).map(|running| Arc::clone(&running.tenant))
    }

    /// Ends the streams of the API, those that come from now on too; everything else goes on. The first step of a graceful end.
    pub fn end_streams(&self) {
        self.ends.streams.cancel();
    }

    /// Ends streams and workers, finishes what is under way, closes keepers and databases. Call it when the listeners take nothing new.
    pub async fn stop(self) {
        self.ends.streams.cancel();
        self.ends.workers.cancel();
        self.workers.wait().await;
        for running in self.tenants {
            running.intake.finish().await;
            running.tenant.keeper.close().await;
            running.tenant.store.close().await;
        }
    }
}

/// Starts a tenant's keeper; waits for a homeserver that is about to listen.
async fn start_keeper(tenant: &TenantConfig, context: &Context) -> Result<Keeper, StartError> {
    let config = KeeperConfig {
        homeserver_url: tenant.homeserver_url.clone(),
        server_name: tenant.server_name.clone(),
        as_token: consilium_keeper::Secret::new(tenant.as_token.reveal()),
        localpart: tenant.keeper_localpart.clone(),
        device_id: KEEPER_DEVICE.to_owned(),
        folder: tenant.keeper_folder(),
        key: KeeperKey::from_bytes(*tenant.keeper_key),
    };
    let (clock, randomness) = (context.clone(), context.clone());
    let keeper_context = consilium_keeper::Context::new(
        move || u64::try_from(clock.now().as_millis()).unwrap_or(0),
        move |buffer| randomness.fill(buffer),
    );
    let patience = tokio::time::Instant::now() + HOMESERVER_PATIENCE;
    loop {
        match Keeper::start(config.clone(), keeper_context.clone()).await {
            Err(KeeperError::Unreachable(_)) if tokio::time::Instant::now() < patience => {
                tokio::time::sleep(HOMESERVER_PAUSE).await;
            }
            other => return Ok(other?),
        }
    }
}

/// A tenant's service, with what is in its database read into memory.
pub(crate) async fn build(
    tenant: &TenantConfig,
    config: &ConsultConfig,
    context: &Context,
    keeper: Arc<dyn Member>,
    ends: &Ends,
) -> Result<Arc<Tenant>, StartError> {
    let folder = |source| StartError::Folder { slug: tenant.slug.clone(), source };
    std::fs::create_dir_all(&tenant.data_folder).map_err(folder)?;
    let key = TenantKey::derive(&tenant.keeper_key, &tenant.server_name);
    let keys = ArchiveKeys::read_or_make(&KeyFiles::in_folder(&tenant.secrets()), &key, context)?;
    let anchor = Anchor::at(tenant.anchor());
    let store = Store::open(&tenant.database()).await?;
    let staff = Staff::default();
    let mut reading = store.read_at_length().await?;
    archive::mend_anchor(&mut reading, &anchor).await?;
    let (patients, persons) = known_by_name(&mut reading, &key).await?;
    for member in operator::load_all(&mut reading, Which::Present).await? {
        staff.put(member);
    }
    for member in operator::load_all(&mut reading, Which::Former).await? {
        staff.part(member);
    }
    let api_keys = api_key::Keys::default();
    for key in api_key::load_all(&mut reading).await? {
        api_keys.put(key);
    }
    let effective = settings::effective(&mut reading, &tenant.brand).await?;
    drop(reading);
    Ok(Arc::new(Tenant {
        slug: tenant.slug.clone(),
        server_name: tenant.server_name.clone(),
        public_url: tenant.public_url.clone(),
        homeserver: AppserviceClient::new(&tenant.homeserver_url, tenant.as_token.clone())?,
        current: Current::new(effective.brand),
        folder: tenant.brand.clone(),
        ended_accounts: EndedAccounts::default(),
        ended_sign_ins: EndedAccounts::default(),
        heartbeats: Heartbeats::new(context.now()),
        prover: Prover::default(),
        practice: Practice::of(config.doctor.clone()),
        viewing: Board::default(),
        context: context.clone(),
        archive: Archive { index: IndexKey::of(&keys, &tenant.server_name), keys, anchor },
        last_words: LastWords::new(),
        calls: config.calls.as_ref().map(|calls| Calls::new(calls, &key, &tenant.public_url)),
        locks: Locks::default(),
        staff_rooms: tenant.staff_rooms.clone(),
        feed: Feed::new(ends.streams.clone()),
        away_after_seconds: config.operator_away_after_seconds,
        callback_keep_days: config.callback_keep_days,
        note_mention_hours: config.note_mention_hours,
        exports: own_data::Places::default(),
        signer: signer(tenant, context),
        notary: tenant.notary.as_ref().map(Office::new),
        webhook_reach: config.webhook_reach,
        store,
        key,
        keeper,
        patients,
        persons,
        staff,
        api_keys,
    }))
}

/// Whoever makes signatures of conclusions.
fn signer(tenant: &TenantConfig, context: &Context) -> Arc<dyn Signer> {
    match &tenant.signer {
        Some(config) => Arc::new(Provider::new(config, &tenant.server_name, context)),
        None => Arc::new(SimpleSignature),
    }
}

/// Patients, and persons whom they act for. Of those whose account was deleted nothing is left to find.
async fn known_by_name(session: &mut Session, key: &TenantKey) -> Result<(Directory, person::Directory), StoreError> {
    let (patients, persons) = (Directory::default(), person::Directory::default());
    let enter = |record: patient::PatientRecord| {
        if record.deleted_at.is_some() {
            if !record.is_parted() {
                patients.depart(&record.id, &record.user_id);
            }
            return;
        }
        patients.put(Entry { id: record.id, user_id: record.user_id, card: record.card });
    };
    patient::load_all(session, key, enter).await?;
    patients.arrange(patient::merge::load_standing(session).await?);
    let enter = |record: person::PersonRecord| {
        if patients.by_id(&record.patient).is_some() {
            persons.put(person::Entry { id: record.id, patient: record.patient, kept: record.kept });
        }
    };
    person::load_all(session, key, enter).await?;
    Ok((patients, persons))
}

/// Makes the configured members of staff who are absent, and gives the keeper the brand's name.
async fn welcome_staff(tenant: &Arc<Tenant>, config: &TenantConfig) -> Result<(), StartError> {
    for member in &config.staff {
        match operator::create(tenant, member.clone(), &Actor::System).await {
            Ok(_) | Err(OperatorError::Exists) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let brand = tenant.brand();
    let name = brand.name.get(&brand.default_language, &brand.default_language);
    if let Err(error) = tenant.keeper_acts().set_display_name(name).await {
        tracing::warn!(error = %chain(&error), "the keeper's name could not be set");
    }
    Ok(())
}
