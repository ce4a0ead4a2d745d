//! One transaction, in the order that the crypto machine needs:
//! keys → room facts → rotate and track → ask for devices → read → events that waited → bundles → commit → answer.
//!
//! Crash anywhere: the transaction comes again and gives the same answer, because nothing here counts or appends blindly.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::atomic::Ordering,
};

use futures_util::future::try_join_all;
use matrix_sdk_common::deserialized_responses::ProcessedToDeviceEvent;
use matrix_sdk_crypto::{EncryptionSyncChanges, store::types::RoomKeyInfo};
use ruma16::{
    OneTimeKeyAlgorithm, UInt, api::client::sync::sync_events::DeviceLists, events::AnyToDeviceEvent, serde::Raw,
};
use serde_json::Value;

use crate::{
    Decrypted, DeviceChanges, KeeperError, KeeperEvent, KeyCounts, Received, Transaction, Waiting,
    machine::Machine,
    membership::room_changes,
    reading::{Attempt, Opened, is_encrypted},
    startup::OneTimeKeyCounts,
    store::{BundleFrom, Changes, RoomChange, RoomFact, WaitingRow},
};

/// Events of a transaction that are decrypted at once.
const OPENED_AT_ONCE: usize = 8;

/// What the to-device messages of a transaction brought.
#[derive(Debug, Default)]
struct NewKeys {
    /// `(room, session)` of keys that came.
    sessions: BTreeSet<(String, String)>,
    /// `(room, session)` → code of keys that are kept back.
    withheld: BTreeMap<(String, String), String>,
}

impl Machine {
    pub(crate) async fn receive(&mut self, transaction: &Transaction) -> Result<Received, KeeperError> {
        let (user, device) = (self.user.as_str(), self.device.as_str());
        let device_changes = transaction.device_changes();
        let key_counts = transaction.key_counts(user, device);
        let repeated = self.store.about("transaction")?.as_deref() == Some(transaction.id());
        let all_waiting = self.look_at_all_waiting || repeated;
        if !all_waiting && transaction.is_passing() && self.knows(key_counts) {
            return Ok(Received { key_counts, ephemeral: transaction.ephemeral(), ..Received::default() });
        }
        self.look_at_all_waiting = true;
        if key_counts.exhausted() {
            tracing::warn!(user.id = user, "the keeper has no one-time keys left on the homeserver");
        }
        let to_device = transaction.to_device(user, device);
        let keys = self.take_keys(to_device, &device_changes, key_counts).await?;

        let events = transaction.events();
        let mut changes =
            Changes { transaction: transaction.id().to_owned(), rooms: room_changes(&events), ..Changes::default() };
        self.rotate_where_someone_left(&changes.rooms).await?;
        self.load_joined_rooms(&changes.rooms).await;
        self.track(&changes.rooms).await?;
        self.drain_if_stirred().await;

        let events = self.read_all(events, &mut changes).await?;
        let late = self.read_waiting(&keys, all_waiting, &events, &mut changes).await?;
        self.keep(changes).await?;
        self.look_at_all_waiting = false;
        let withheld = self.store.withheld_told_in(transaction.id())?;
        Ok(Received { events, late, withheld, device_changes, key_counts, ephemeral: transaction.ephemeral() })
    }

    /// Commits what a transaction changes. One that brought nothing but keys is not written down: the crypto store has them, and there is nothing to tell
    /// again.
    async fn keep(&mut self, changes: Changes) -> Result<(), KeeperError> {
        if changes.is_empty() && !self.has_told {
            return Ok(());
        }
        let has_told = !changes.readable.is_empty() || !changes.withheld.is_empty();
        self.store.commit(changes).await?;
        self.has_told = has_told;
        Ok(())
    }

    pub(crate) fn list_waiting(&self, room: &str) -> Result<Vec<Waiting>, KeeperError> {
        let rows = self.store.waiting_in_room(room)?;
        Ok(rows.into_iter().map(|row| row.waiting).collect())
    }

    /// Most transactions are a message and say nothing of keys. The crypto machine is then not asked: it would write its whole account anew each time.
    async fn take_keys(
        &mut self,
        to_device: Vec<Value>,
        device_changes: &DeviceChanges,
        key_counts: KeyCounts,
    ) -> Result<NewKeys, KeeperError> {
        if to_device.is_empty() && device_changes.is_empty() && self.knows(key_counts) {
            return Ok(NewKeys::default());
        }
        self.stir();
        let mut lists = DeviceLists::new();
        lists.changed = device_changes.changed.iter().filter_map(|user| user.as_str().try_into().ok()).collect();
        lists.left = device_changes.left.iter().filter_map(|user| user.as_str().try_into().ok()).collect();
        let counts = self.true_key_counts(key_counts.one_time_keys).await;
        let fallback = match key_counts.fallback_key_unused {
            Some(true) => vec![OneTimeKeyAlgorithm::SignedCurve25519],
            Some(false) | None => Vec::new(),
        };
        let changes = EncryptionSyncChanges {
            to_device_events: to_device.iter().filter_map(raw).collect(),
            changed_devices: &lists,
            one_time_keys_counts: &counts,
            // `None` would mean «this homeserver has no fallback keys».
            unused_fallback_keys: Some(&fallback),
            next_batch_token: None,
        };
        let (messages, room_keys) =
            self.olm.receive_sync_changes(changes, &crate::machine::DECRYPTION).await.map_err(KeeperError::crypto)?;
        let mut keys = NewKeys { sessions: room_keys.iter().map(session_of).collect(), ..NewKeys::default() };
        for message in &messages {
            self.take_notice(message, &mut keys).await?;
        }
        self.told = Some(key_counts);
        Ok(keys)
    }

    /// Whether the crypto machine was told these counts, and they are what the homeserver has.
    fn knows(&self, counts: KeyCounts) -> bool {
        let published = self.published_keys.load(Ordering::Relaxed);
        self.told == Some(counts) && counts.one_time_keys.is_none_or(|told| told == published)
    }

    /// What the transaction says of one-time keys is true when it was sent, and repeated as it was. Where it differs from
    /// what the machine believes the homeserver is asked, else each late delivery would make fifty keys too many.
    ///
    /// An empty map means «unknown» to the machine, so zero is said explicitly.
    async fn true_key_counts(&self, told: Option<u64>) -> OneTimeKeyCounts {
        let Some(told) = told else { return OneTimeKeyCounts::new() };
        if self.published_keys.load(Ordering::Relaxed) == told {
            let count = UInt::try_from(told).unwrap_or(UInt::MAX);
            return [(OneTimeKeyAlgorithm::SignedCurve25519, count)].into();
        }
        match self.ask_key_counts().await {
            Ok(counts) => counts,
            Err(error) => {
                let error = &error as &dyn std::error::Error;
                tracing::warn!(error, "the count of one-time keys is not known: it comes with the next transaction");
                OneTimeKeyCounts::new()
            }
        }
    }

    /// Notes what a to-device message says beyond room keys.
    async fn take_notice(&self, message: &ProcessedToDeviceEvent, keys: &mut NewKeys) -> Result<(), KeeperError> {
        let event: Value = serde_json::from_str(message.as_raw().json().get()).unwrap_or_default();
        let text = |name: &str| event["content"][name].as_str().unwrap_or_default().to_owned();
        match (message, event["type"].as_str().unwrap_or_default()) {
            (ProcessedToDeviceEvent::Decrypted { .. }, "m.room_key_bundle" | "io.element.msc4268.room_key_bundle") => {
                let sender = event["sender"].as_str().unwrap_or_default().to_owned();
                self.store.add_bundle(BundleFrom { room_id: text("room_id"), sender }).await?;
            }
            (_, "m.room_key.withheld") => {
                keys.withheld.insert((text("room_id"), text("session_id")), text("code"));
            }
            (ProcessedToDeviceEvent::UnableToDecrypt { .. }, _) => {
                tracing::warn!(sender = event["sender"].as_str(), "a to-device message cannot be decrypted");
            }
            _ => {}
        }
        Ok(())
    }

    /// Rooms that the keeper joined without having seen them created. What fails is loaded before it is needed.
    async fn load_joined_rooms(&self, changes: &[RoomChange]) {
        for change in changes {
            let joined = matches!(&change.what, RoomFact::Member { user_id, membership }
                if user_id.as_str() == self.user.as_str() && membership == "join");
            let created = |other: &RoomChange| other.room_id == change.room_id && other.what == RoomFact::Complete;
            if !joined || changes.iter().any(created) {
                continue;
            }
            let known = self.store.room(&change.room_id);
            if matches!(&known, Ok(Some(room)) if room.complete) {
                continue;
            }
            if let Err(error) = self.load_room(&change.room_id).await {
                let error = &error as &dyn std::error::Error;
                tracing::warn!(room.id = change.room_id, error, "a joined room's state is not read yet");
            }
        }
    }

    async fn read_all(&self, events: Vec<Value>, changes: &mut Changes) -> Result<Vec<KeeperEvent>, KeeperError> {
        let opened = self.open_all(&events).await?;
        let mut read = Vec::with_capacity(events.len());
        for (event, opened) in events.into_iter().zip(opened) {
            let Some(opened) = opened else {
                read.push(KeeperEvent::Plain(event));
                continue;
            };
            match self.judge(&event, opened, &changes.read)? {
                Attempt::Read(decrypted, index) => {
                    changes.read.push(index);
                    read.push(KeeperEvent::Decrypted(decrypted));
                }
                Attempt::Unreadable(waiting) => {
                    if waiting.reason.can_be_mended() {
                        changes.waiting.push((waiting.clone(), event.to_string()));
                    }
                    read.push(KeeperEvent::Waiting(waiting));
                }
            }
        }
        Ok(read)
    }

    /// Decrypts what is encrypted, some at once: one waits for its session out of the crypto store while another is computed.
    async fn open_all(&self, events: &[Value]) -> Result<Vec<Option<Opened>>, KeeperError> {
        let mut opened = Vec::with_capacity(events.len());
        for some in events.chunks(OPENED_AT_ONCE) {
            opened.extend(try_join_all(some.iter().map(|event| self.open_if_encrypted(event))).await?);
        }
        Ok(opened)
    }

    async fn open_if_encrypted(&self, event: &Value) -> Result<Option<Opened>, KeeperError> {
        if is_encrypted(event) { self.decrypt(event).await.map(Some) } else { Ok(None) }
    }

    /// Tries the waiting events that something of this transaction may have made readable.
    async fn read_waiting(
        &self,
        keys: &NewKeys,
        all_waiting: bool,
        events: &[KeeperEvent],
        changes: &mut Changes,
    ) -> Result<Vec<Decrypted>, KeeperError> {
        if all_waiting {
            self.recall_bundles().await?;
        }
        let rooms = self.accept_bundles().await?;
        let mut rows = Vec::new();
        if all_waiting {
            rows = self.store.waiting()?;
        } else {
            for room in &rooms {
                rows.extend(self.store.waiting_in_room(room)?);
            }
            for (room, session) in keys.sessions.iter().filter(|(room, _)| !rooms.contains(room)) {
                rows.extend(self.store.waiting_for(room, session)?);
            }
        }
        for ((room, session), code) in &keys.withheld {
            let waiting = self.store.waiting_for(room, session)?;
            let told = waiting.into_iter().filter(|row| row.waiting.withheld.as_ref() != Some(code));
            changes.withheld.extend(told.map(|row| (row.waiting.event_id, code.clone())));
        }
        let of_this_transaction: BTreeSet<&str> = events.iter().filter_map(decrypted_id).collect();
        let mut late = Vec::new();
        for WaitingRow { waiting, event } in rows {
            let event = serde_json::from_str(&event).unwrap_or_default();
            if let Attempt::Read(decrypted, index) = self.read(&event, &changes.read).await? {
                if !of_this_transaction.contains(waiting.event_id.as_str()) {
                    late.push(decrypted);
                }
                changes.read.push(index);
                changes.readable.push(waiting.event_id);
            }
        }
        Ok(late)
    }
}

fn decrypted_id(event: &KeeperEvent) -> Option<&str> {
    match event {
        KeeperEvent::Decrypted(decrypted) => decrypted.event["event_id"].as_str(),
        KeeperEvent::Plain(_) | KeeperEvent::Waiting(_) => None,
    }
}

fn session_of(key: &RoomKeyInfo) -> (String, String) {
    (key.room_id.to_string(), key.session_id.clone())
}

fn raw(message: &Value) -> Option<Raw<AnyToDeviceEvent>> {
    serde_json::value::to_raw_value(message).ok().map(Raw::from_json)
}
