//! From nothing, or from a folder, to a keeper that can work: user, device, keys, cross-signing, rooms.
//!
//! It stops rather than guesses: where the homeserver knows another identity or other keys of this device, a restore
//! from the backup is the remedy, never a silent reset.

use std::{collections::BTreeMap, sync::atomic::Ordering};

use matrix_sdk_crypto::{EncryptionSyncChanges, types::requests::AnyIncomingResponse};
use ruma16::{
    OneTimeKeyAlgorithm, OwnedDeviceId, UInt,
    api::client::{
        keys::{
            get_keys::v3 as get_keys, upload_keys::v3 as upload_keys, upload_signing_keys::v3 as upload_signing_keys,
        },
        sync::sync_events::DeviceLists,
    },
};
use serde_json::Value;

use crate::{
    Context, KeeperConfig, KeeperError,
    homeserver::Homeserver,
    machine::{DECRYPTION, Folder, Machine, user_of},
    outgoing::{master_key_in, unlisted},
};

/// Names of rows in `about`.
pub(crate) const USER: &str = "user_id";
pub(crate) const DEVICE: &str = "device_id";
/// Set while a restore is under way.
pub(crate) const RESTORING: &str = "restoring";
/// Set once the homeserver has this device's keys.
const PUBLISHED: &str = "published";

pub(crate) type OneTimeKeyCounts = BTreeMap<OneTimeKeyAlgorithm, UInt>;

const DEVICE_NAME: &str = "Keeper";

impl Machine {
    pub(crate) async fn start(config: KeeperConfig, context: Context) -> Result<Self, KeeperError> {
        let user = user_of(&config)?;
        let folder = Folder::open(&config.folder).await?;
        if folder.store.about(RESTORING)?.is_some() {
            return Err(KeeperError::Backup(
                "a restore was interrupted: empty the folder and restore again".to_owned(),
            ));
        }
        if let Some(owner) = folder.store.about(USER)?.filter(|owner| owner != user.as_str()) {
            return Err(KeeperError::ForeignFolder(owner));
        }
        let device = match folder.store.about(DEVICE)? {
            Some(device) => device,
            None => config.device_id.clone(),
        };
        folder.store.set_about(USER, user.as_str()).await?;
        folder.store.set_about(DEVICE, &device).await?;
        let machine = Self::open(config, context, folder, device.into()).await?;
        machine.meet_homeserver().await?;
        Ok(machine)
    }

    async fn meet_homeserver(&self) -> Result<(), KeeperError> {
        create_user_and_device(&self.homeserver, self.user.localpart(), &self.device).await?;
        let published_identity = self.refuse_foreign_keys().await?;
        self.prime_keys().await?;
        self.drain().await?;
        self.cross_sign(published_identity).await?;
        self.mark_published().await?;
        self.load_missing_rooms().await
    }

    /// Compares what the homeserver publishes of the keeper with what the store holds, before anything is believed.
    async fn refuse_foreign_keys(&self) -> Result<PublishedIdentity, KeeperError> {
        let mut request = get_keys::Request::new();
        request.device_keys.insert(self.user.clone(), Vec::new());
        let answer = self.homeserver.call(request).await?;
        let own_key = self.olm.identity_keys().curve25519.to_base64();
        let was_published = self.store.about(PUBLISHED)?.is_some();
        match device_key_in(&answer, self) {
            Some(key) if key != own_key => return Err(KeeperError::ForeignDevice),
            None if was_published => return Err(KeeperError::ForeignDevice),
            _ => {}
        }
        match (master_key_in(&answer, &self.user), self.held_master_key().await?) {
            (None, _) => Ok(PublishedIdentity::None),
            (Some(published), Some(held)) if published == held => Ok(PublishedIdentity::Ours),
            (Some(_), _) => Err(KeeperError::ForeignIdentity),
        }
    }

    /// Tells the machine how many keys the homeserver has, so that the first upload holds one-time keys **and** a fallback
    /// key. Before any upload is under way.
    pub(crate) async fn prime_keys(&self) -> Result<(), KeeperError> {
        let counts = self.ask_key_counts().await?;
        let changes = EncryptionSyncChanges {
            to_device_events: Vec::new(),
            changed_devices: &DeviceLists::new(),
            one_time_keys_counts: &counts,
            unused_fallback_keys: Some(&[]),
            next_batch_token: None,
        };
        self.olm.receive_sync_changes(changes, &DECRYPTION).await.map(drop).map_err(KeeperError::crypto)
    }

    /// How many one-time keys the homeserver has now: what an upload of nothing answers. Zero is said explicitly.
    pub(crate) async fn ask_key_counts(&self) -> Result<OneTimeKeyCounts, KeeperError> {
        let mut counts = self.homeserver.call(upload_keys::Request::new()).await?.one_time_key_counts;
        let count = *counts.entry(OneTimeKeyAlgorithm::SignedCurve25519).or_insert(UInt::MIN);
        self.published_keys.store(count.into(), Ordering::Relaxed);
        Ok(counts)
    }

    /// Makes the cross-signing identity once, and publishes it where an earlier try was cut off.
    async fn cross_sign(&self, published: PublishedIdentity) -> Result<(), KeeperError> {
        self.query_keys(&[&self.user]).await?;
        let complete = self.olm.cross_signing_status().await.is_complete();
        if complete && published == PublishedIdentity::Ours && self.is_cross_signed().await? {
            return Ok(());
        }
        let requests = self.olm.bootstrap_cross_signing(false).await.map_err(KeeperError::crypto)?;
        if let Some(upload_keys) = &requests.upload_keys_req {
            self.send_outgoing(upload_keys).await?;
        }
        let keys = requests.upload_signing_keys_req;
        let mut request = upload_signing_keys::Request::new();
        request.master_key = keys.master_key.map(|key| key.to_raw());
        request.self_signing_key = keys.self_signing_key.map(|key| key.to_raw());
        request.user_signing_key = keys.user_signing_key.map(|key| key.to_raw());
        let response = self.homeserver.call(request).await?;
        let answer = AnyIncomingResponse::SigningKeysUpload(&response);
        self.olm.mark_request_as_sent(&unlisted(), answer).await.map_err(KeeperError::crypto)?;
        self.homeserver.call(requests.upload_signatures_req).await?;
        self.require_cross_signed().await
    }

    /// Errors: `NotCrossSigned`. A keeper without it is refused at the start, not at the first take.
    pub(crate) async fn require_cross_signed(&self) -> Result<(), KeeperError> {
        self.query_keys(&[&self.user]).await?;
        if self.is_cross_signed().await? { Ok(()) } else { Err(KeeperError::NotCrossSigned) }
    }

    pub(crate) async fn mark_published(&self) -> Result<(), KeeperError> {
        self.store.set_about(PUBLISHED, "yes").await
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PublishedIdentity {
    None,
    Ours,
}

pub(crate) async fn create_user_and_device(
    homeserver: &Homeserver,
    localpart: &str,
    device: &OwnedDeviceId,
) -> Result<(), KeeperError> {
    homeserver.register(localpart).await?;
    homeserver.clone().without_device().create_device(device.as_str(), DEVICE_NAME).await
}

/// The identity key that the homeserver publishes for the keeper's device.
fn device_key_in(answer: &get_keys::Response, machine: &Machine) -> Option<String> {
    let raw = answer.device_keys.get(&machine.user)?.get(&machine.device)?;
    let keys: Value = serde_json::from_str(raw.json().get()).ok()?;
    keys["keys"][format!("curve25519:{}", machine.device)].as_str().map(str::to_owned)
}
