//! Handing the history's keys to a user: a bundle of all room keys, encrypted, uploaded, and announced to his devices
//! (MSC4268). The clinic's mandate covers the whole conversation, so the bundle holds every session of the room, also
//! those whose sender did not mark them as shared.

use std::{
    collections::{BTreeSet, HashMap},
    io::{Cursor, Read as _},
};

use matrix_sdk_crypto::{
    AttachmentEncryptor, CollectStrategy, OlmError, SessionRecipientCollectionError,
    olm::InboundGroupSession,
    types::{events::room_key_bundle::RoomKeyBundleContent, requests::ToDeviceRequest, room_history::RoomKeyBundle},
};
use ruma16::{DeviceId, RoomId, UserId, events::room::EncryptedFile, to_device::DeviceIdOrAllDevices};

use crate::{
    HandOver, KeeperError,
    machine::{Machine, room_id, user_id},
    store::Given,
};

impl Machine {
    pub(crate) async fn hand_over(&self, room: &str, user: &str) -> Result<HandOver, KeeperError> {
        let (room, user) = (room_id(room)?, user_id(user)?);
        self.meet(&user).await?;
        self.give(&room, &user).await
    }

    pub(crate) async fn joined(&self, room: &str, user: &str) -> Result<Option<HandOver>, KeeperError> {
        let (room, user) = (room_id(room)?, user_id(user)?);
        self.meet(&user).await?;
        if self.lacks_something(&room, &user).await? { self.give(&room, &user).await.map(Some) } else { Ok(None) }
    }

    /// There may be no shared room yet, so the homeserver is always asked afresh.
    async fn meet(&self, user: &UserId) -> Result<(), KeeperError> {
        self.query_keys(&[user]).await?;
        if self.has_changed_identity(user).await? {
            return Err(KeeperError::IdentityChanged { user: user.to_string() });
        }
        Ok(())
    }

    async fn give(&self, room: &RoomId, user: &UserId) -> Result<HandOver, KeeperError> {
        let sessions = self.sessions_of(room).await?;
        let receivers = self.cross_signed_devices(user).await?.len();
        if sessions.is_empty() || receivers == 0 {
            return Ok(HandOver { devices: receivers, sessions: sessions.len() });
        }
        self.claim_missing_sessions(&[user]).await?;
        let content = RoomKeyBundleContent { room_id: room.to_owned(), file: self.upload_bundle(&sessions).await? };
        let requests = self
            .olm
            .share_room_key_bundle_data(user, &CollectStrategy::IdentityBasedStrategy, content)
            .await
            .map_err(|error| refusal(error, user))?;
        let mut told = BTreeSet::new();
        for request in &requests {
            self.put_to_device(request).await?;
            told.extend(self.device_keys_in(request).await?);
        }
        let devices: usize = requests.iter().map(ToDeviceRequest::message_count).sum();
        self.store.record_given(room.as_str(), Vec::from_iter(told), given(&sessions)).await?;
        tracing::info!(room.id = %room, user.id = %user, devices, sessions = sessions.len(), "history keys handed over");
        Ok(HandOver { devices, sessions: sessions.len() })
    }

    /// Whether a cross-signed device was not given a session, or was given a later part of it than the keeper holds now.
    async fn lacks_something(&self, room: &RoomId, user: &UserId) -> Result<bool, KeeperError> {
        let sessions = given(&self.sessions_of(room).await?);
        for device in self.cross_signed_devices(user).await? {
            let had = self.store.given(room.as_str(), &device)?;
            let had: HashMap<&str, u32> = had.iter().map(|had| (had.session_id.as_str(), had.first_index)).collect();
            let has = |session: &Given| {
                had.get(session.session_id.as_str()).is_some_and(|first_index| *first_index <= session.first_index)
            };
            if !sessions.iter().all(has) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    async fn sessions_of(&self, room: &RoomId) -> Result<Vec<InboundGroupSession>, KeeperError> {
        self.olm.store().get_inbound_group_sessions_by_room_id(room).await.map_err(KeeperError::crypto)
    }

    /// Identity keys of the devices that a bundle goes to.
    async fn cross_signed_devices(&self, user: &UserId) -> Result<Vec<String>, KeeperError> {
        let devices = self.olm.get_user_devices(user, None).await.map_err(KeeperError::crypto)?;
        let signed = devices.devices().filter(|device| device.is_cross_signed_by_owner() && !device.is_dehydrated());
        Ok(signed.filter_map(|device| device.curve25519_key()).map(|key| key.to_base64()).collect())
    }

    async fn device_keys_in(&self, request: &ToDeviceRequest) -> Result<Vec<String>, KeeperError> {
        let mut keys = Vec::new();
        for (user, messages) in &request.messages {
            for device in messages.keys() {
                if let DeviceIdOrAllDevices::DeviceId(device) = device {
                    keys.extend(self.device_key(user, device).await?);
                }
            }
        }
        Ok(keys)
    }

    async fn device_key(&self, user: &UserId, device: &DeviceId) -> Result<Option<String>, KeeperError> {
        let device = self.olm.get_device(user, device, None).await.map_err(KeeperError::crypto)?;
        Ok(device.and_then(|device| device.curve25519_key()).map(|key| key.to_base64()))
    }

    async fn upload_bundle(&self, sessions: &[InboundGroupSession]) -> Result<EncryptedFile, KeeperError> {
        let mut bundle = RoomKeyBundle::default();
        for session in sessions {
            bundle.room_keys.push(session.export().await.into());
        }
        let plaintext = zeroize::Zeroizing::new(serde_json::to_vec(&bundle).map_err(KeeperError::crypto)?);
        let mut reader = Cursor::new(plaintext.as_slice());
        let mut encryptor = AttachmentEncryptor::new(&mut reader);
        let mut ciphertext = Vec::with_capacity(plaintext.len());
        encryptor.read_to_end(&mut ciphertext).map_err(KeeperError::crypto)?;
        let info = encryptor.finish();
        let address = self.homeserver.upload(ciphertext).await?;
        Ok(EncryptedFile::new(address.into(), info.encryption_info, info.hashes))
    }
}

fn given(sessions: &[InboundGroupSession]) -> Vec<Given> {
    let given = |session: &InboundGroupSession| Given {
        session_id: session.session_id().to_owned(),
        first_index: session.first_known_index(),
    };
    sessions.iter().map(given).collect()
}

fn refusal(error: OlmError, user: &UserId) -> KeeperError {
    match error {
        OlmError::SessionRecipientCollectionError(SessionRecipientCollectionError::VerifiedUserChangedIdentity(_)) => {
            KeeperError::IdentityChanged { user: user.to_string() }
        }
        OlmError::SessionRecipientCollectionError(SessionRecipientCollectionError::CrossSigningNotSetup) => {
            KeeperError::NotCrossSigned
        }
        other => KeeperError::crypto(other),
    }
}
