//! `/sync`, and sending what the crypto machine wants to send.

use std::collections::{BTreeMap, BTreeSet};

use matrix_sdk_common::deserialized_responses::ProcessedToDeviceEvent;
use matrix_sdk_crypto::{
    EncryptionSyncChanges,
    types::requests::{AnyOutgoingRequest, KeysQueryRequest, ToDeviceRequest},
};
use ruma16::{
    OneTimeKeyAlgorithm, UInt, UserId,
    api::client::{
        keys::get_keys::v3 as get_keys, sync::sync_events::DeviceLists,
        to_device::send_event_to_device::v3 as send_event_to_device,
    },
    serde::Raw,
};
use serde_json::Value;

use super::{Result, RoomView, TestClient, TestClientError, timeline::room_id};
use crate::{machine::DECRYPTION, membership::takes_part};

impl TestClient {
    /// One `/sync` that does not wait, and everything that follows from it.
    pub async fn sync(&mut self) -> Result<()> {
        self.sync_within("0").await
    }

    /// One `/sync` that waits until there is something, ten seconds at most.
    pub async fn wait(&mut self) -> Result<()> {
        self.sync_within("10000").await
    }

    async fn sync_within(&mut self, timeout_ms: &str) -> Result<()> {
        let mut query = vec![("timeout", timeout_ms)];
        let since = self.since.clone();
        query.extend(since.as_deref().map(|since| ("since", since)));
        let answer = self.session.get(&["client", "v3", "sync"], &query).await?;
        self.since = answer["next_batch"].as_str().map(str::to_owned);
        self.take_to_device(&answer).await?;
        self.take_rooms(&answer).await?;
        self.drain().await?;
        self.accept_pending_bundles().await
    }

    async fn take_to_device(&mut self, answer: &Value) -> Result<()> {
        let messages = answer["to_device"]["events"].as_array().cloned().unwrap_or_default();
        let lists: DeviceLists = serde_json::from_value(answer["device_lists"].clone()).unwrap_or_default();
        let counts: BTreeMap<OneTimeKeyAlgorithm, UInt> =
            serde_json::from_value(answer["device_one_time_keys_count"].clone()).unwrap_or_default();
        let fallback: Option<Vec<OneTimeKeyAlgorithm>> =
            serde_json::from_value(answer["device_unused_fallback_key_types"].clone()).unwrap_or_default();
        let changes = EncryptionSyncChanges {
            to_device_events: messages
                .iter()
                .filter_map(|message| serde_json::value::to_raw_value(message).ok())
                .map(Raw::from_json)
                .collect(),
            changed_devices: &lists,
            one_time_keys_counts: &counts,
            unused_fallback_keys: fallback.as_deref(),
            next_batch_token: None,
        };
        let (processed, _) =
            self.olm.receive_sync_changes(changes, &DECRYPTION).await.map_err(TestClientError::crypto)?;
        for message in processed {
            let event: Value = serde_json::from_str(message.as_raw().json().get()).unwrap_or_default();
            if matches!(message, ProcessedToDeviceEvent::Decrypted { .. }) && event["type"] == "m.room_key_bundle" {
                let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
                self.announced_bundles.insert((text(&event["content"]["room_id"]), text(&event["sender"])));
            }
            self.to_device.push(event);
        }
        Ok(())
    }

    async fn take_rooms(&mut self, answer: &Value) -> Result<()> {
        let (mut to_track, mut left_behind) = (Vec::new(), BTreeSet::new());
        for section in ["join", "leave"] {
            for (room, update) in answer["rooms"][section].as_object().into_iter().flatten() {
                let view = self.rooms.entry(room.clone()).or_default();
                let lists = ["state", "state_after", "timeline"].map(|list| update[list]["events"].as_array());
                for event in lists.into_iter().flatten().flatten() {
                    view.take(event);
                    if is_leaving(event) {
                        left_behind.insert(room.clone());
                    }
                }
                if view.encryption.is_some() {
                    to_track.extend(view.present());
                }
            }
        }
        // As our apps do: whoever left may have the session by a bundle, also one who was never seen here.
        for room in left_behind {
            self.olm.discard_room_key(&room_id(&room)?).await.map_err(TestClientError::crypto)?;
        }
        for (room, invite) in answer["rooms"]["invite"].as_object().into_iter().flatten() {
            let view = self.rooms.entry(room.clone()).or_default();
            for event in invite["invite_state"]["events"].as_array().into_iter().flatten() {
                view.take(event);
                if event["type"] == "m.room.member" && event["state_key"] == self.user.as_str() {
                    view.invited_by = event["sender"].as_str().map(str::to_owned);
                }
            }
        }
        let users: Vec<&UserId> = to_track.iter().filter_map(|user| user.as_str().try_into().ok()).collect();
        self.olm.update_tracked_users(users).await.map_err(TestClientError::crypto)
    }

    /// Sends what the crypto machine has to send, until nothing is left.
    pub(super) async fn drain(&self) -> Result<()> {
        loop {
            let requests = self.olm.outgoing_requests().await.map_err(TestClientError::crypto)?;
            if requests.is_empty() {
                return Ok(());
            }
            for outgoing in requests {
                let id = outgoing.request_id();
                match outgoing.request() {
                    AnyOutgoingRequest::KeysUpload(request) => {
                        let response = self.session.call(request.clone()).await?;
                        self.olm.mark_request_as_sent(id, &response).await
                    }
                    AnyOutgoingRequest::KeysQuery(request) => {
                        let response = self.ask_keys(request).await?;
                        self.olm.mark_request_as_sent(id, &response).await
                    }
                    AnyOutgoingRequest::KeysClaim(request) => {
                        let response = self.session.call(request.clone()).await?;
                        self.olm.mark_request_as_sent(id, &response).await
                    }
                    AnyOutgoingRequest::SignatureUpload(request) => {
                        let response = self.session.call(request.clone()).await?;
                        self.olm.mark_request_as_sent(id, &response).await
                    }
                    AnyOutgoingRequest::ToDeviceRequest(request) => {
                        let response = self.put_to_device(request).await?;
                        self.olm.mark_request_as_sent(id, &response).await
                    }
                    AnyOutgoingRequest::RoomMessage(_) => {
                        return Err(TestClientError::Crypto("no verification in rooms here".to_owned()));
                    }
                }
                .map_err(TestClientError::crypto)?;
            }
        }
    }

    pub(super) async fn put_to_device(&self, request: &ToDeviceRequest) -> Result<send_event_to_device::Response> {
        let (event_type, txn_id) = (request.event_type.clone(), request.txn_id.clone());
        self.session.call(send_event_to_device::Request::new_raw(event_type, txn_id, request.messages.clone())).await
    }

    pub(super) async fn query_keys(&self, users: &[&UserId]) -> Result<()> {
        let (id, request) = self.olm.query_keys_for_users(users.iter().copied());
        let response = self.ask_keys(&request).await?;
        self.olm.mark_request_as_sent(&id, &response).await.map_err(TestClientError::crypto)
    }

    async fn ask_keys(&self, request: &KeysQueryRequest) -> Result<get_keys::Response> {
        let mut asked = get_keys::Request::new();
        asked.device_keys.clone_from(&request.device_keys);
        self.session.call(asked).await
    }

    pub(super) async fn claim_missing_sessions(&self, users: &[&UserId]) -> Result<()> {
        let missing = self.olm.get_missing_sessions(users.iter().copied()).await.map_err(TestClientError::crypto)?;
        if let Some((id, request)) = missing {
            let response = self.session.call(request).await?;
            self.olm.mark_request_as_sent(&id, &response).await.map_err(TestClientError::crypto)?;
        }
        Ok(())
    }
}

/// Whether somebody is not in the room any more.
fn is_leaving(event: &Value) -> bool {
    event["type"] == "m.room.member" && matches!(event["content"]["membership"].as_str(), Some("leave" | "ban"))
}

impl RoomView {
    fn take(&mut self, event: &Value) {
        let (Some(event_type), Some(state_key)) = (event["type"].as_str(), event["state_key"].as_str()) else { return };
        let content = &event["content"];
        match event_type {
            "m.room.encryption" => self.encryption = Some(content.clone()),
            "m.room.history_visibility" => {
                self.history_visibility = content["history_visibility"].as_str().map(str::to_owned);
            }
            "m.room.member" => {
                let membership = content["membership"].as_str().unwrap_or("leave");
                self.members.insert(state_key.to_owned(), membership.to_owned());
            }
            _ => {}
        }
    }

    pub(super) fn present(&self) -> Vec<String> {
        let present = self.members.iter().filter(|(_, membership)| takes_part(membership));
        present.map(|(user, _)| user.clone()).collect()
    }
}
