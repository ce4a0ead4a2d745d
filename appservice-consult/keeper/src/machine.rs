//! The crypto machine with everything it needs, and how it is opened. What it does lies in one file for each decision.

use std::{
    path::Path,
    sync::atomic::{AtomicBool, AtomicU64},
};

use matrix_sdk_crypto::{CryptoStoreError, DecryptionSettings, OlmMachine, TrustRequirement};
use matrix_sdk_sqlite::{OpenStoreError, SqliteCryptoStore};
use ruma16::{OwnedDeviceId, OwnedRoomId, OwnedUserId};

use crate::{
    Context, KeeperConfig, KeeperError, KeeperKey, KeyCounts, homeserver::Homeserver, lease::Lease, store::Store,
};

/// Never raised: a patient on an ordinary client has no cross-signed device. What is known is recorded instead.
pub(crate) const DECRYPTION: DecryptionSettings =
    DecryptionSettings { sender_device_trust_requirement: TrustRequirement::Untrusted };

pub(crate) struct Machine {
    pub(crate) olm: OlmMachine,
    pub(crate) homeserver: Homeserver,
    pub(crate) store: Store,
    pub(crate) context: Context,
    pub(crate) user: OwnedUserId,
    pub(crate) device: OwnedDeviceId,
    /// Not only the events of new keys are looked at, but all that wait: after a start, and while an answer may be lost.
    pub(crate) look_at_all_waiting: bool,
    /// The last answer told of events that waited: they are forgotten when the next transaction comes.
    pub(crate) has_told: bool,
    /// One-time keys that the homeserver had when it last said so.
    pub(crate) published_keys: AtomicU64,
    /// The counts of keys that the crypto machine was told last; `None`: nothing yet.
    pub(crate) told: Option<KeyCounts>,
    /// Something was done after which the crypto machine may want to tell the homeserver something.
    pub(crate) stirred: AtomicBool,
    config: KeeperConfig,
    _lease: Lease,
}

/// A folder under lease whose own store is open, before the crypto store is.
pub(crate) struct Folder {
    pub(crate) lease: Lease,
    pub(crate) store: Store,
}

impl Folder {
    pub(crate) async fn open(path: &Path) -> Result<Self, KeeperError> {
        make_private(path).map_err(KeeperError::store)?;
        let lease = Lease::take(path)?;
        Ok(Self { lease, store: Store::open(path).await? })
    }
}

impl Machine {
    pub(crate) async fn open(
        config: KeeperConfig,
        context: Context,
        folder: Folder,
        device: OwnedDeviceId,
    ) -> Result<Self, KeeperError> {
        let user = user_of(&config)?;
        let homeserver =
            Homeserver::new(&config.homeserver_url, config.as_token.clone(), user.clone())?.with_device(device.clone());
        let olm = open_olm(&config.folder, &config.key, &user, &device).await?;
        Ok(Self {
            olm,
            homeserver,
            store: folder.store,
            context,
            user,
            device,
            look_at_all_waiting: true,
            has_told: true,
            published_keys: AtomicU64::new(0),
            told: None,
            stirred: AtomicBool::new(true),
            config,
            _lease: folder.lease,
        })
    }

    /// Reads the crypto store afresh: after a failed write its caches may say more than the disk.
    pub(crate) async fn reopen(&mut self) -> Result<(), KeeperError> {
        self.olm = open_olm(&self.config.folder, &self.config.key, &self.user, &self.device).await?;
        self.look_at_all_waiting = true;
        self.told = None;
        self.stir();
        Ok(())
    }

    /// The public master key whose private part is in the store, unpadded base64.
    pub(crate) async fn held_master_key(&self) -> Result<Option<String>, KeeperError> {
        if !self.olm.cross_signing_status().await.has_master {
            return Ok(None);
        }
        let identity = self.olm.get_identity(&self.user, None).await.map_err(KeeperError::crypto)?;
        let own = identity.and_then(matrix_sdk_crypto::UserIdentity::own);
        Ok(own.and_then(|own| own.master_key().get_first_key()).map(|key| key.to_base64()))
    }

    /// Whether the keeper's own device is signed by the keeper's identity, as others see it.
    pub(crate) async fn is_cross_signed(&self) -> Result<bool, KeeperError> {
        let device = self.olm.get_device(&self.user, &self.device, None).await.map_err(KeeperError::crypto)?;
        Ok(device.is_some_and(|device| device.is_cross_signed_by_owner()))
    }
}

async fn open_olm(
    folder: &Path,
    key: &KeeperKey,
    user: &OwnedUserId,
    device: &OwnedDeviceId,
) -> Result<OlmMachine, KeeperError> {
    let store = SqliteCryptoStore::open_with_key(folder, Some(key.bytes())).await.map_err(|error| match error {
        OpenStoreError::InitCipher(_) => KeeperError::WrongKey,
        other => KeeperError::store(other),
    })?;
    OlmMachine::with_store(user, device, store, None).await.map_err(|error| match error {
        CryptoStoreError::MismatchedAccount { expected, .. } => KeeperError::ForeignFolder(expected.0.to_string()),
        other => KeeperError::store(other),
    })
}

pub(crate) fn user_of(config: &KeeperConfig) -> Result<OwnedUserId, KeeperError> {
    let user = format!("@{}:{}", config.localpart, config.server_name);
    user.as_str().try_into().map_err(|_| KeeperError::Config {
        setting: "localpart",
        problem: format!("`{user}` is no user id: check localpart and server_name"),
    })
}

pub(crate) fn user_id(value: &str) -> Result<OwnedUserId, KeeperError> {
    value.try_into().map_err(|_| KeeperError::BadArgument { expected: "user id", value: value.to_owned() })
}

pub(crate) fn room_id(value: &str) -> Result<OwnedRoomId, KeeperError> {
    value.try_into().map_err(|_| KeeperError::BadArgument { expected: "room id", value: value.to_owned() })
}

fn make_private(path: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}
