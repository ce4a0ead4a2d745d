//! What the crypto machine wants to tell the homeserver, one request after the other.
//!
//! `receive_sync_changes` must never run while a `/keys/upload` is in flight: the upload's response marks all keys as
//! published, also those made in between. Here it cannot: the task that owns the machine awaits each request.

use std::sync::atomic::Ordering;

use matrix_sdk_crypto::types::requests::{AnyOutgoingRequest, KeysQueryRequest, OutgoingRequest, ToDeviceRequest};
use ruma16::{
    OneTimeKeyAlgorithm, TransactionId, UserId,
    api::client::{
        keys::get_keys::v3 as get_keys, message::send_message_event::v3 as send_message_event,
        to_device::send_event_to_device::v3 as send_event_to_device,
    },
    events::MessageLikeEventContent as _,
};
use serde_json::Value;

use crate::{KeeperError, machine::Machine};

/// One round answers the last one's questions; more than this is a homeserver that never is content.
const ROUNDS_MAX: usize = 20;

impl Machine {
    /// Sends what there is to send until nothing is left. A request that fails stays, and does not hold up the others.
    ///
    /// Errors: the first failure.
    pub(crate) async fn drain(&self) -> Result<(), KeeperError> {
        self.stir();
        for _ in 0..ROUNDS_MAX {
            let requests = self.olm.outgoing_requests().await.map_err(KeeperError::crypto)?;
            if requests.is_empty() {
                self.stirred.store(false, Ordering::Relaxed);
                return Ok(());
            }
            let mut failure = None;
            for request in &requests {
                if let Err(error) = self.send_outgoing(request).await {
                    failure.get_or_insert(error);
                }
            }
            if let Some(error) = failure {
                return Err(error);
            }
        }
        Ok(())
    }

    /// [`Machine::drain`] where a failure may wait for the next time.
    pub(crate) async fn drain_or_log(&self) {
        if let Err(error) = self.drain().await {
            tracing::warn!(error = &error as &dyn std::error::Error, "the keeper's requests wait");
        }
    }

    /// Notes that there may be something to send.
    pub(crate) fn stir(&self) {
        self.stirred.store(true, Ordering::Relaxed);
    }

    /// [`Machine::drain_or_log`], unless nothing was done since the last time that could have left something to send: looking alone costs the crypto
    /// store several reads.
    pub(crate) async fn drain_if_stirred(&self) {
        if self.stirred.load(Ordering::Relaxed) {
            self.drain_or_log().await;
        }
    }

    pub(crate) async fn send_outgoing(&self, outgoing: &OutgoingRequest) -> Result<(), KeeperError> {
        let id = outgoing.request_id();
        match outgoing.request() {
            AnyOutgoingRequest::KeysUpload(request) => {
                let response = self.homeserver.call(request.clone()).await?;
                if let Some(count) = response.one_time_key_counts.get(&OneTimeKeyAlgorithm::SignedCurve25519) {
                    self.published_keys.store((*count).into(), Ordering::Relaxed);
                }
                self.olm.mark_request_as_sent(id, &response).await
            }
            AnyOutgoingRequest::KeysQuery(request) => {
                let response = self.ask_keys(request).await?;
                self.olm.mark_request_as_sent(id, &response).await
            }
            AnyOutgoingRequest::KeysClaim(request) => {
                let response = self.homeserver.call(request.clone()).await?;
                self.olm.mark_request_as_sent(id, &response).await
            }
            AnyOutgoingRequest::ToDeviceRequest(request) => return self.send_to_device(request).await,
            AnyOutgoingRequest::SignatureUpload(request) => {
                let response = self.homeserver.call(request.clone()).await?;
                self.olm.mark_request_as_sent(id, &response).await
            }
            AnyOutgoingRequest::RoomMessage(request) => {
                let event_type = request.content.event_type().to_string();
                let content = serde_json::to_value(&request.content).map_err(KeeperError::crypto)?;
                let (room, txn_id) = (request.room_id.as_str(), request.txn_id.as_str());
                let event_id = self.homeserver.send_event(room, &event_type, txn_id, content).await?;
                let event_id = event_id.try_into().map_err(KeeperError::crypto)?;
                self.olm.mark_request_as_sent(id, &send_message_event::Response::new(event_id)).await
            }
        }
        .map_err(KeeperError::crypto)
    }

    /// Sends a to-device message under the transaction id that the machine chose, and marks it.
    pub(crate) async fn send_to_device(&self, request: &ToDeviceRequest) -> Result<(), KeeperError> {
        self.put_to_device(request).await?;
        let response = send_event_to_device::Response::new();
        self.olm.mark_request_as_sent(&request.txn_id, &response).await.map_err(KeeperError::crypto)
    }

    /// Sends a to-device message that the machine does not keep track of.
    pub(crate) async fn put_to_device(&self, request: &ToDeviceRequest) -> Result<(), KeeperError> {
        let request = send_event_to_device::Request::new_raw(
            request.event_type.clone(),
            request.txn_id.clone(),
            request.messages.clone(),
        );
        self.homeserver.call(request).await.map(drop)
    }

    /// Asks for the keys of these users now, whether or not they are tracked.
    pub(crate) async fn query_keys(&self, users: &[&UserId]) -> Result<(), KeeperError> {
        let (id, request) = self.olm.query_keys_for_users(users.iter().copied());
        let response = self.ask_keys(&request).await?;
        self.olm.mark_request_as_sent(&id, &response).await.map_err(KeeperError::crypto)
    }

    /// Opens Olm sessions to devices of these users that have none.
    pub(crate) async fn claim_missing_sessions(&self, users: &[&UserId]) -> Result<(), KeeperError> {
        let missing = self.olm.get_missing_sessions(users.iter().copied()).await.map_err(KeeperError::crypto)?;
        if let Some((id, request)) = missing {
            let response = self.homeserver.call(request).await?;
            self.olm.mark_request_as_sent(&id, &response).await.map_err(KeeperError::crypto)?;
        }
        Ok(())
    }

    async fn ask_keys(&self, request: &KeysQueryRequest) -> Result<get_keys::Response, KeeperError> {
        let mut asked = get_keys::Request::new();
        asked.timeout = request.timeout;
        asked.device_keys.clone_from(&request.device_keys);
        let mut response = self.homeserver.call(asked).await?;
        self.guard_own_identity(&mut response).await?;
        Ok(response)
    }

    /// Leaves another identity of the keeper out of an answer. The machine would believe it and throw the private keys
    /// of its own away, so that one false answer of the homeserver would cost the keeper its identity.
    async fn guard_own_identity(&self, response: &mut get_keys::Response) -> Result<(), KeeperError> {
        let Some(published) = master_key_in(response, &self.user) else { return Ok(()) };
        let Some(held) = self.held_master_key().await? else { return Ok(()) };
        if published != held {
            tracing::error!(user.id = %self.user, "the homeserver publishes a foreign identity for the keeper: ignored");
            response.master_keys.remove(&self.user);
            response.self_signing_keys.remove(&self.user);
            response.user_signing_keys.remove(&self.user);
        }
        Ok(())
    }
}

/// The Ed25519 master key that an answer gives for a user.
pub(crate) fn master_key_in(response: &get_keys::Response, user: &UserId) -> Option<String> {
    let raw = response.master_keys.get(user)?;
    let key: Value = serde_json::from_str(raw.json().get()).ok()?;
    key["keys"].as_object()?.values().next()?.as_str().map(str::to_owned)
}

/// A transaction id for a response that belongs to no request of the machine's list.
pub(crate) fn unlisted() -> ruma16::OwnedTransactionId {
    TransactionId::new()
}
