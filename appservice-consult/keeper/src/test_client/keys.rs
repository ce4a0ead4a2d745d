//! Cross-signing, trust, and room key bundles both ways.

use std::io::{Cursor, Read as _};

use matrix_sdk_crypto::{
    AttachmentDecryptor, AttachmentEncryptor, CollectStrategy,
    types::{
        events::room_key_bundle::RoomKeyBundleContent,
        requests::{AnyIncomingResponse, AnyOutgoingRequest, ToDeviceRequest},
        room_history::RoomKeyBundle,
    },
};
use ruma16::{OwnedUserId, TransactionId, events::room::EncryptedFile};
use serde_json::{Value, json};

use super::{Result, TestClient, TestClientError, timeline::room_id};

impl TestClient {
    /// Makes the user's cross-signing identity, or a new one in place of the old with `reset`. Signs this device.
    pub async fn set_up_cross_signing(&self, reset: bool) -> Result<()> {
        let requests = self.olm.bootstrap_cross_signing(reset).await.map_err(TestClientError::crypto)?;
        if let Some(upload) = requests.upload_keys_req
            && let AnyOutgoingRequest::KeysUpload(request) = upload.request()
        {
            let response = self.session.call(request.clone()).await?;
            self.olm.mark_request_as_sent(upload.request_id(), &response).await.map_err(TestClientError::crypto)?;
        }
        let keys = requests.upload_signing_keys_req;
        let mut body = json!({
            "master_key": keys.master_key,
            "self_signing_key": keys.self_signing_key,
            "user_signing_key": keys.user_signing_key,
        });
        let path = ["client", "v3", "keys", "device_signing", "upload"];
        if let Err(TestClientError::Refused { status: 401, body: challenge, .. }) =
            self.session.post(&path, body.clone()).await
        {
            body["auth"] = self.answer_to(&challenge);
            self.session.post(&path, body).await?;
        }
        let response = ruma16::api::client::keys::upload_signing_keys::v3::Response::new();
        let answer = AnyIncomingResponse::SigningKeysUpload(&response);
        self.olm.mark_request_as_sent(&TransactionId::new(), answer).await.map_err(TestClientError::crypto)?;
        self.session.call(requests.upload_signatures_req).await?;
        self.query_keys(&[&self.user]).await
    }

    /// Interactive authentication by password.
    fn answer_to(&self, challenge: &Value) -> Value {
        json!({
            "type": "m.login.password",
            "session": challenge["session"],
            "identifier": { "type": "m.id.user", "user": self.user.as_str() },
            "password": self.password,
        })
    }

    /// The user's cross-signing keys for another device of his («secret storage»), which then signs itself with them.
    pub async fn sign_other_device(&self, other: &TestClient) -> Result<()> {
        let keys = self
            .olm
            .export_cross_signing_keys()
            .await
            .map_err(TestClientError::crypto)?
            .ok_or(TestClientError::Answer("cross-signing keys"))?;
        other.query_keys(&[&other.user]).await?;
        other.olm.import_cross_signing_keys(keys).await.map_err(TestClientError::crypto)?;
        let device = other.olm.get_device(&other.user, other.olm.device_id(), None).await;
        let device = device.map_err(TestClientError::crypto)?.ok_or(TestClientError::Answer("own device"))?;
        let request = device.verify().await.map_err(TestClientError::crypto)?;
        other.session.call(request).await?;
        other.query_keys(&[&other.user]).await
    }

    /// All room keys of this device for another one of the user («key backup»).
    pub async fn copy_room_keys_to(&self, other: &TestClient) -> Result<usize> {
        let keys = self.olm.store().export_room_keys(|_| true).await.map_err(TestClientError::crypto)?;
        let imported = other.olm.store().import_exported_room_keys(keys, |_, _| {}).await;
        Ok(imported.map_err(TestClientError::crypto)?.imported_count)
    }

    /// The published master key of a user as this client sees it now.
    pub async fn master_key_of(&self, user: &str) -> Result<Option<String>> {
        let user = user_id(user)?;
        self.query_keys(&[&user]).await?;
        let identity = self.olm.get_identity(&user, None).await.map_err(TestClientError::crypto)?;
        let key = match &identity {
            Some(matrix_sdk_crypto::UserIdentity::Own(own)) => own.master_key().get_first_key(),
            Some(matrix_sdk_crypto::UserIdentity::Other(other)) => other.master_key().get_first_key(),
            None => None,
        };
        Ok(key.map(|key| key.to_base64()))
    }

    /// Whether this client must warn about a user: his identity is another than it was.
    pub async fn warns_about(&self, user: &str) -> Result<bool> {
        let user = user_id(user)?;
        self.query_keys(&[&user]).await?;
        let identity = self.olm.get_identity(&user, None).await.map_err(TestClientError::crypto)?;
        let other = identity.and_then(matrix_sdk_crypto::UserIdentity::other);
        Ok(other.is_some_and(|other| other.identity_needs_user_approval() || other.has_verification_violation()))
    }

    /// Session ids of a room whose keys this device has.
    pub async fn sessions(&self, room: &str) -> Result<Vec<String>> {
        let sessions = self.olm.store().get_inbound_group_sessions_by_room_id(&room_id(room)?).await;
        let sessions = sessions.map_err(TestClientError::crypto)?;
        let mut ids: Vec<String> = sessions.iter().map(|session| session.session_id().to_owned()).collect();
        ids.sort();
        Ok(ids)
    }

    /// Imports the bundle that `from` sent for a room, if one came (`maybeAcceptKeyBundle`).
    pub async fn accept_bundle(&mut self, room: &str, from: &str) -> Result<bool> {
        if !self.announced_bundles.contains(&(room.to_owned(), from.to_owned())) {
            return Ok(false);
        }
        let (room, from) = (room_id(room)?, user_id(from)?);
        self.query_keys(&[&from]).await?;
        let announced = self.olm.store().get_received_room_key_bundle_data(&room, &from).await;
        let Some(announced) = announced.map_err(TestClientError::crypto)? else { return Ok(false) };
        let file = announced.bundle_data.file.clone();
        let (server, media_id) = file.url.parts().map_err(TestClientError::crypto)?;
        let mut ciphertext = Cursor::new(self.session.download(server.as_str(), media_id).await?);
        let mut decryptor = AttachmentDecryptor::new(&mut ciphertext, file.into()).map_err(TestClientError::crypto)?;
        let mut plaintext = Vec::new();
        decryptor.read_to_end(&mut plaintext).map_err(TestClientError::crypto)?;
        let bundle: RoomKeyBundle = serde_json::from_slice(&plaintext).map_err(TestClientError::crypto)?;
        self.olm
            .store()
            .receive_room_key_bundle(&announced, bundle, |_, _| {})
            .await
            .map_err(TestClientError::crypto)?;
        Ok(true)
    }

    /// The bundle of an accepted invite, once.
    pub(super) async fn accept_pending_bundles(&mut self) -> Result<()> {
        for (room, inviter) in self.pending_bundles.clone() {
            if self.accept_bundle(&room, &inviter).await? {
                self.pending_bundles.remove(&room);
            }
        }
        Ok(())
    }

    /// Sends the room's keys that this device has to a user (`shareRoomHistoryWithUser`). Gives the number of devices.
    pub async fn share_history(&self, room: &str, user: &str) -> Result<usize> {
        let (room, user) = (room_id(room)?, user_id(user)?);
        self.query_keys(&[&user]).await?;
        self.claim_missing_sessions(&[&user]).await?;
        let bundle = self.olm.store().build_room_key_bundle(&room).await.map_err(TestClientError::crypto)?;
        let plaintext = serde_json::to_vec(&bundle).map_err(TestClientError::crypto)?;
        let mut reader = Cursor::new(plaintext);
        let mut encryptor = AttachmentEncryptor::new(&mut reader);
        let mut ciphertext = Vec::new();
        encryptor.read_to_end(&mut ciphertext).map_err(TestClientError::crypto)?;
        let info = encryptor.finish();
        let address = self.session.upload(ciphertext).await?;
        let file = EncryptedFile::new(address.into(), info.encryption_info, info.hashes);
        let requests = self
            .olm
            .share_room_key_bundle_data(
                &user,
                &CollectStrategy::IdentityBasedStrategy,
                RoomKeyBundleContent { room_id: room, file },
            )
            .await
            .map_err(TestClientError::crypto)?;
        for request in &requests {
            self.put_to_device(request).await?;
        }
        Ok(requests.iter().map(ToDeviceRequest::message_count).sum())
    }

    /// Claims a one-time key of a device, as a client that wants to write to it does. Gives the public key.
    pub async fn claim_one_time_key(&self, user: &str, device: &str) -> Result<Option<String>> {
        let request = json!({ "one_time_keys": { user: { device: "signed_curve25519" } } });
        let answer = self.session.post(&["client", "v3", "keys", "claim"], request).await?;
        let keys = answer["one_time_keys"][user][device].as_object();
        let key = keys.and_then(|keys| keys.values().next()?["key"].as_str());
        Ok(key.map(str::to_owned))
    }
}

/// What a homeserver would publish to pass another identity off as a user's: the three fields of a `/keys/query` answer.
pub async fn false_identity(user: &str) -> Result<Value> {
    let olm = matrix_sdk_crypto::OlmMachine::new(&user_id(user)?, "FALSE".into()).await;
    let keys = olm.bootstrap_cross_signing(true).await.map_err(TestClientError::crypto)?.upload_signing_keys_req;
    Ok(json!({
        "master_keys": { user: keys.master_key },
        "self_signing_keys": { user: keys.self_signing_key },
        "user_signing_keys": { user: keys.user_signing_key },
    }))
}

fn user_id(user: &str) -> Result<OwnedUserId> {
    user.try_into().map_err(|_| TestClientError::Answer("user id"))
}
