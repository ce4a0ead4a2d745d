//! What the administrator does at the command line, beside a running service or without one: members of staff, proving archive, index and audit log, making the
//! index anew, the schema's version.

use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use ed25519_dalek::VerifyingKey;
use serde_json::Value;

use consilium_keeper::{Custody, HandOver, History, KeeperError, Received, SecretWish, Transaction};

use crate::actor::Actor;
use crate::api::types::{ErasureCause, NewOperator};
use crate::archive::{self, ArchiveError, ArchiveFault, Proof, Tombstone, Verified};
use crate::audit::{self, AuditFault};
use crate::config::{ConsultConfig, DATABASE, TenantConfig};
use crate::context::Context;
use crate::demo;
use crate::ids::UserId;
use crate::member::Member;
use crate::notary::{self, Against, HeadsFault};
use crate::operator::{self, OperatorError};
use crate::retention;
use crate::search::{self, IndexFault, Progress, SearchError};
use crate::server::{Ends, StartError, build};
use crate::store::{SchemaVersions, Session, Store, StoreError};
use crate::tenant::Tenant;
use crate::time::Time;
use crate::webhook::Reach;

/// A tenant's data, opened by the administrator.
pub struct Admin {
    tenant: Arc<Tenant>,
}

/// What proving a tenant's records found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proven {
    /// Records of the archive, or the first fault.
    pub archive: Result<i64, ArchiveFault>,
    /// What the archive says was erased, the first that went first; empty at a fault.
    pub erased: Vec<ErasedProof>,
    /// Consultations in the search index, or the first fault; none: there is no index where the archive's identity is not.
    pub index: Option<Result<i64, IndexFault>>,
    /// Entries of the audit log, or the first fault.
    pub audit: Result<i64, AuditFault>,
    /// Heads that a notary has taken, or the first that is not true any more.
    pub heads: Result<i64, HeadsFault>,
}

/// That records were erased, as the archive's chain says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErasedProof {
    /// The records.
    pub records: Vec<i64>,
    /// The tombstone's place.
    pub tombstone: i64,
    /// When.
    pub at: Time,
    /// Why.
    pub cause: ErasureCause,
    /// By whom: a name; none: the service, because their time was over or the patient had his account deleted.
    pub by: Option<String>,
    /// The reason that was given; none: there was none, or what lies beside the tombstone is not what it has the hash of.
    pub reason: Option<String>,
}

/// Proving could not be carried out.
#[derive(Debug, thiserror::Error)]
pub enum ProofError {
    /// The archive.
    #[error("the archive cannot be read")]
    Archive(#[from] ArchiveError),
    /// Its index.
    #[error("the search index cannot be read")]
    Index(#[from] SearchError),
    /// The database.
    #[error("the database cannot be read")]
    Store(#[from] StoreError),
}

impl Admin {
    /// Opens a tenant's data. A service may run beside it: it sees what is made here within a second.
    pub async fn open(tenant: &TenantConfig, context: Context) -> Result<Self, StartError> {
        let config = ConsultConfig {
            tenants: Vec::new(),
            default_tenant: None,
            token_cache_seconds: 0,
            operator_away_after_seconds: i64::MAX,
            event_backlog: 0,
            callback_keep_days: 0,
            note_mention_hours: 0,
            webhook_reach: Reach::Public,
            trusted_proxies: Vec::new(),
            calls: None,
            doctor: None,
        };
        let absent = Arc::new(Absent { user_id: tenant.keeper_user_id() });
        Ok(Self { tenant: build(tenant, &config, &context, absent, &Ends::default()).await? })
    }

    /// Makes an account a member of staff.
    pub async fn create_operator(&self, new: NewOperator) -> Result<Arc<operator::Member>, OperatorError> {
        operator::create(&self.tenant, new, &Actor::System).await
    }

    /// Marks an account that was just made as a demonstration's.
    pub async fn mark_demo(&self, user: &UserId) -> Result<bool, StoreError> {
        demo::mark(&self.tenant, user, &Actor::System).await
    }

    /// Accounts that were ever marked: the user id, and whether it has ended.
    pub async fn demo_accounts(&self) -> Result<Vec<(UserId, bool)>, StoreError> {
        let mut reading = self.tenant.store.read().await?;
        let all = demo::all(&mut reading).await?;
        Ok(all.into_iter().map(|account| (account.user, account.ended_at.is_some())).collect())
    }

    /// All members of staff, by name.
    pub fn operators(&self) -> Vec<Arc<operator::Member>> {
        self.tenant.staff.all()
    }

    /// Proves the end of the archive: its last `most` records, and that none is missing behind them. Gives the place of the last one.
    pub async fn verify_end(&self, most: i64) -> Result<Result<i64, ArchiveFault>, ProofError> {
        let mut reading = self.tenant.store.read_at_length().await?;
        let verified = archive::verify_end(&mut reading, &self.proof(), most).await?;
        Ok(verified.map(|verified| verified.records))
    }

    /// What the archive is checked with.
    fn proof(&self) -> Proof<'_> {
        let keys = &self.tenant.archive.keys;
        Proof {
            tenant: &self.tenant.server_name,
            verifying: keys.verifying(),
            anchor: &self.tenant.archive.anchor,
            keys: Some(keys),
        }
    }

    /// Proves archive and audit log: nothing removed, changed, moved or cut.
    pub async fn verify(&self) -> Result<Proven, ProofError> {
        let mut reading = self.tenant.store.read_at_length().await?;
        let proof = self.proof();
        let (archive, tombstones) = match archive::verify(&mut reading, &proof).await? {
            Ok(Verified { records, erased }) => (Ok(records), erased),
            Err(fault) => (Err(fault), Vec::new()),
        };
        let mut erased = Vec::new();
        for (sequence, tombstone) in tombstones {
            erased.push(self.erased(&mut reading, sequence, tombstone).await?);
        }
        let index = match &self.tenant.archive.index {
            Some(key) => Some(search::verify(&mut reading, key).await?),
            None => None,
        };
        let audit = audit::verify(&mut reading, &self.tenant.key).await?;
        let heads = notary::check_sent(&mut reading, self.against(&proof.verifying)).await?;
        Ok(Proven { archive, erased, index, audit, heads })
    }

    /// Holds heads that the notary kept, a line for each, against what is here; gives how many are of this tenant, all of them true.
    pub async fn check_heads(&self, kept: &str) -> Result<Result<i64, HeadsFault>, ProofError> {
        let verifying = self.tenant.archive.keys.verifying();
        let mut reading = self.tenant.store.read_at_length().await?;
        Ok(notary::check_kept(&mut reading, self.against(&verifying), kept).await?)
    }

    /// When the notary has taken heads last; `None`: never.
    pub async fn heads_sent_at(&self) -> Result<Option<Time>, StoreError> {
        let mut reading = self.tenant.store.read().await?;
        Ok(notary::last_sent(&mut reading, &self.tenant.server_name).await?.map(|heads| heads.at))
    }

    fn against<'a>(&'a self, verifying: &'a VerifyingKey) -> Against<'a> {
        Against { tenant: &self.tenant.server_name, verifying }
    }

    /// Makes the search index of the archive anew; gives how many consultations and call-backs were read, and tells how far it is.
    ///
    /// Errors: `Archive(NoIdentity)` where records cannot be opened.
    pub async fn reindex(&self, told: impl FnMut(Progress)) -> Result<usize, SearchError> {
        if self.tenant.archive.index.is_none() {
            return Err(ArchiveError::NoIdentity.into());
        }
        search::make_anew(&self.tenant, told).await
    }

    async fn erased(
        &self,
        reading: &mut Session,
        sequence: i64,
        tombstone: Tombstone,
    ) -> Result<ErasedProof, StoreError> {
        let known = retention::reason_of(reading, &self.tenant, sequence).await?;
        let hash = tombstone.reason_hash.as_deref();
        let meant = known.filter(|reason| Some(archive::reason_hash(&reason.salt, &reason.text).as_str()) == hash);
        let by_hand = tombstone.cause != ErasureCause::Due && tombstone.by != Actor::System.user_id();
        Ok(ErasedProof {
            records: tombstone.records.iter().map(|record| record.sequence).collect(),
            tombstone: sequence,
            at: tombstone.erased_at,
            cause: tombstone.cause,
            by: by_hand.then(|| self.tenant.name_of(&UserId::from(tombstone.by))),
            reason: meant.map(|reason| reason.text),
        })
    }

    /// Closes the database.
    pub async fn close(self) {
        self.tenant.store.close().await;
    }
}

/// How the database in a tenant's folder stands to this program; `None`: there is none yet. Changes nothing.
pub async fn schema(data_folder: &Path) -> Result<Option<SchemaVersions>, StoreError> {
    let path = data_folder.join(DATABASE);
    if path.exists() { Store::versions(&path).await.map(Some) } else { Ok(None) }
}

/// The keeper's place while only its data are looked at: it says nothing and hears nothing.
struct Absent {
    user_id: String,
}

#[async_trait]
impl Member for Absent {
    fn user_id(&self) -> &str {
        &self.user_id
    }

    fn master_key(&self) -> &'static str {
        ""
    }

    async fn receive(&self, _: Transaction) -> Result<Received, KeeperError> {
        Err(KeeperError::Closed)
    }

    async fn say(&self, _: &str, _: Value, _: &str) -> Result<(), KeeperError> {
        Err(KeeperError::Closed)
    }

    async fn history(&self, _: &str) -> Result<History, KeeperError> {
        Err(KeeperError::Closed)
    }

    async fn hand_over(&self, _: History, _: &str) -> Result<HandOver, KeeperError> {
        Err(KeeperError::Closed)
    }

    async fn joined(&self, _: &str, _: &str) -> Result<Option<HandOver>, KeeperError> {
        Err(KeeperError::Closed)
    }

    async fn trust_operator(&self, _: &str) -> Result<(), KeeperError> {
        Err(KeeperError::Closed)
    }

    async fn approve_identity(&self, _: &str) -> Result<(), KeeperError> {
        Err(KeeperError::Closed)
    }

    async fn backup_secret(&self, _: &str, _: SecretWish) -> Result<Custody, KeeperError> {
        Err(KeeperError::Closed)
    }

    async fn forget_backup_secret(&self, _: &str) -> Result<(), KeeperError> {
        Err(KeeperError::Closed)
    }

    async fn close(&self) {}
}
