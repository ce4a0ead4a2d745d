//! Room key bundles that the keeper is given (MSC4268): how a patient's app mends a lost room key, and how a patient
//! brings the keeper into an old room.
//!
//! An announced bundle stays on a list until it is imported or cannot be had, so that a crash or a homeserver that does
//! not answer loses none.

use std::{
    collections::BTreeSet,
    io::{Cursor, Read as _},
};

use matrix_sdk_crypto::{
    AttachmentDecryptor, store::types::StoredRoomKeyBundleData, types::room_history::RoomKeyBundle,
};

use crate::{
    KeeperError,
    machine::{Machine, room_id, user_id},
    membership::takes_part,
    store::BundleFrom,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Acceptance {
    Imported,
    /// The keeper is not in the room yet (it was invited and the keys came first).
    NotYet,
    /// From someone who is not in the room, or the announcement is not in the crypto store.
    Refused,
}

impl Machine {
    /// Imports the announced bundles. Gives the rooms for which keys came.
    pub(crate) async fn accept_bundles(&self) -> Result<BTreeSet<String>, KeeperError> {
        let mut rooms = BTreeSet::new();
        for bundle in self.store.bundles()? {
            match self.accept_bundle(&bundle).await {
                Ok(Acceptance::NotYet) => {}
                Ok(Acceptance::Refused) => self.store.remove_bundle(bundle.clone()).await?,
                Ok(Acceptance::Imported) => {
                    self.store.remove_bundle(bundle.clone()).await?;
                    rooms.insert(bundle.room_id);
                }
                Err(error @ (KeeperError::Store(_) | KeeperError::Crypto(_))) => return Err(error),
                Err(error) => {
                    let gone = matches!(
                        &error,
                        KeeperError::Refused { status: 400..=428 | 430..500, .. }
                            | KeeperError::BadAnswer { .. }
                            | KeeperError::BadArgument { .. }
                    );
                    if gone {
                        self.store.remove_bundle(bundle.clone()).await?;
                    }
                    let error = &error as &dyn std::error::Error;
                    tracing::warn!(room.id = bundle.room_id, gone, error, "a room key bundle is not imported");
                }
            }
        }
        Ok(rooms)
    }

    async fn accept_bundle(&self, bundle: &BundleFrom) -> Result<Acceptance, KeeperError> {
        let (room, sender) = (room_id(&bundle.room_id)?, user_id(&bundle.sender)?);
        if !self.store.room(&bundle.room_id)?.is_some_and(|room| room.complete) {
            return Ok(Acceptance::NotYet);
        }
        let membership = self.store.membership(&bundle.room_id, &bundle.sender)?;
        if !membership.as_deref().is_some_and(takes_part) {
            return Ok(Acceptance::Refused);
        }
        let announced = self.olm.store().get_received_room_key_bundle_data(&room, &sender).await;
        let Some(announced) = announced.map_err(KeeperError::crypto)? else { return Ok(Acceptance::Refused) };
        let content = self.download_bundle(&announced).await?;
        self.stir();
        self.olm.store().receive_room_key_bundle(&announced, content, |_, _| {}).await.map_err(KeeperError::crypto)?;
        Ok(Acceptance::Imported)
    }

    async fn download_bundle(&self, announced: &StoredRoomKeyBundleData) -> Result<RoomKeyBundle, KeeperError> {
        let unreadable = |source: Box<dyn std::error::Error + Send + Sync>| KeeperError::BadAnswer {
            request: "GET /media/download of a key bundle",
            source,
        };
        let file = announced.bundle_data.file.clone();
        let (server, media_id) = file.url.parts().map_err(|error| unreadable(error.into()))?;
        let mut ciphertext = Cursor::new(self.homeserver.download(server.as_str(), media_id).await?);
        let mut decryptor =
            AttachmentDecryptor::new(&mut ciphertext, file.into()).map_err(|error| unreadable(error.into()))?;
        let mut plaintext = zeroize::Zeroizing::new(Vec::new());
        decryptor.read_to_end(&mut plaintext).map_err(|error| unreadable(error.into()))?;
        serde_json::from_slice(&plaintext).map_err(|error| unreadable(error.into()))
    }

    /// After a start or a lost answer: an announcement may be in the crypto store and not yet on the list. Where events
    /// wait, the members' announcements are put on it.
    pub(crate) async fn recall_bundles(&self) -> Result<(), KeeperError> {
        let rooms: BTreeSet<String> = self.store.waiting()?.into_iter().map(|row| row.waiting.room_id).collect();
        for room_id_text in rooms {
            let Ok(room) = room_id(&room_id_text) else { continue };
            for (member, _) in self.store.members(&room_id_text)? {
                let Ok(sender) = user_id(&member) else { continue };
                let announced = self.olm.store().get_received_room_key_bundle_data(&room, &sender).await;
                if announced.map_err(KeeperError::crypto)?.is_some() {
                    self.store.add_bundle(BundleFrom { room_id: room_id_text.clone(), sender: member }).await?;
                }
            }
        }
        Ok(())
    }
}
