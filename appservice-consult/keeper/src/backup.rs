//! The keeper's backup: room keys, cross-signing seeds and secrets of key backups, sealed to the partner's age key, and the restore
//! from it.
//!
//! Never a copy of the crypto store: one-time keys and ratchets of an old copy are stale. A restored keeper has a *new*
//! device under the *old* identity, so no client sees a changed keeper.

use age::x25519;
use matrix_sdk_crypto::{CrossSigningKeyExport, olm::ExportedRoomKey};
use ruma16::OwnedDeviceId;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use zeroize::{Zeroize, Zeroizing};

use crate::{
    BackupSecret, Context, KeeperConfig, KeeperError, Waiting, WaitingReason,
    homeserver::Homeserver,
    machine::{Folder, Machine, user_of},
    startup::{DEVICE, RESTORING, USER, create_user_and_device},
    store::{Store, WaitingRow},
};

/// 2: with secrets of key backups. A backup of format 1 has none and is read too.
const FORMAT: u32 = 2;

#[derive(Serialize, Deserialize)]
struct Backup {
    format: u32,
    user_id: String,
    device_id: String,
    made_at_ms: u64,
    cross_signing: Seeds,
    room_keys: Vec<ExportedRoomKey>,
    /// Encrypted events that wait for a key: ciphertext, so that a late key still finds them after a restore.
    waiting: Vec<WaitingEvent>,
    #[serde(default)]
    secrets: Vec<KeptSecret>,
}

#[derive(Serialize, Deserialize)]
struct KeptSecret {
    user_id: String,
    /// Hexadecimal; null: in the person's own hands.
    secret: Option<String>,
}

impl KeptSecret {
    fn of((user_id, secret): (String, Option<BackupSecret>)) -> Self {
        Self { user_id, secret: secret.map(|secret| hex::encode(secret.bytes())) }
    }

    fn opened(&self) -> Result<Option<BackupSecret>, KeeperError> {
        let Some(secret) = &self.secret else { return Ok(None) };
        let mut bytes = Zeroizing::new([0; 32]);
        hex::decode_to_slice(secret, bytes.as_mut_slice())
            .map_err(|_| KeeperError::Backup(format!("the secret of {} is damaged", self.user_id)))?;
        Ok(Some(BackupSecret::from_bytes(*bytes)))
    }
}

impl Drop for KeptSecret {
    fn drop(&mut self) {
        self.secret.zeroize();
    }
}

/// Seeds of the three cross-signing keys, unpadded base64.
#[derive(Serialize, Deserialize, Zeroize)]
struct Seeds {
    master: String,
    self_signing: String,
    user_signing: String,
}

impl Drop for Seeds {
    fn drop(&mut self) {
        self.zeroize();
    }
}

#[derive(Serialize, Deserialize)]
struct WaitingEvent {
    event: Value,
    reason: WaitingReason,
    withheld: Option<String>,
}

impl Machine {
    pub(crate) async fn export(&self, recipient: &str) -> Result<Vec<u8>, KeeperError> {
        let recipient: x25519::Recipient = recipient
            .trim()
            .parse()
            .map_err(|problem| KeeperError::Backup(format!("not an age recipient: {problem}")))?;
        let backup = Backup {
            format: FORMAT,
            user_id: self.user.to_string(),
            device_id: self.device.to_string(),
            made_at_ms: self.context.now_ms(),
            cross_signing: self.seeds().await?,
            room_keys: self.olm.store().export_room_keys(|_| true).await.map_err(KeeperError::crypto)?,
            waiting: self.store.waiting()?.into_iter().filter_map(waiting_event).collect(),
            secrets: self.kept_secrets()?.into_iter().map(KeptSecret::of).collect(),
        };
        let plaintext = Zeroizing::new(serde_json::to_vec(&backup).map_err(KeeperError::crypto)?);
        age::encrypt(&recipient, &plaintext).map_err(KeeperError::crypto)
    }

    async fn seeds(&self) -> Result<Seeds, KeeperError> {
        let mut keys = self
            .olm
            .export_cross_signing_keys()
            .await
            .map_err(KeeperError::crypto)?
            .ok_or(KeeperError::NotCrossSigned)?;
        match (keys.master_key.take(), keys.self_signing_key.take(), keys.user_signing_key.take()) {
            (Some(master), Some(self_signing), Some(user_signing)) => Ok(Seeds { master, self_signing, user_signing }),
            _ => Err(KeeperError::NotCrossSigned),
        }
    }

    pub(crate) async fn restore(
        config: KeeperConfig,
        context: Context,
        sealed: &[u8],
        identity: &str,
    ) -> Result<Self, KeeperError> {
        let user = user_of(&config)?;
        let backup = open(sealed, identity)?;
        if backup.user_id != user.as_str() {
            return Err(KeeperError::Backup(format!("it is of {}, not of {user}", backup.user_id)));
        }
        if Store::exists(&config.folder) {
            return Err(KeeperError::Backup("the folder has a keeper already: restore to an empty folder".to_owned()));
        }
        let homeserver = Homeserver::new(&config.homeserver_url, config.as_token.clone(), user.clone())?;
        homeserver.register(&config.localpart).await?;
        let device = OwnedDeviceId::from(next_device(&backup.device_id, &homeserver.devices().await?));

        let folder = Folder::open(&config.folder).await?;
        folder.store.set_about(RESTORING, "yes").await?;
        folder.store.set_about(USER, user.as_str()).await?;
        folder.store.set_about(DEVICE, device.as_str()).await?;
        folder.store.import_waiting(backup.waiting.iter().map(waiting_row).collect()).await?;
        create_user_and_device(&homeserver, &config.localpart, &device).await?;
        let machine = Self::open(config, context, folder, device).await?;
        for kept in &backup.secrets {
            machine.keep_secret(&kept.user_id, kept.opened()?.as_ref()).await?;
        }
        let old_device = backup.device_id.clone();
        machine.become_restored(backup).await?;
        machine.homeserver.delete_device(&old_device).await?;
        machine.load_missing_rooms().await?;
        machine.store.remove_about(RESTORING).await?;
        Ok(machine)
    }

    /// Identity before the first upload, so that the device is signed from the moment it is seen.
    async fn become_restored(&self, mut backup: Backup) -> Result<(), KeeperError> {
        self.query_keys(&[&self.user]).await?;
        let keys = CrossSigningKeyExport {
            master_key: Some(std::mem::take(&mut backup.cross_signing.master)),
            self_signing_key: Some(std::mem::take(&mut backup.cross_signing.self_signing)),
            user_signing_key: Some(std::mem::take(&mut backup.cross_signing.user_signing)),
        };
        let status = self.olm.import_cross_signing_keys(keys).await.map_err(KeeperError::crypto)?;
        if !status.is_complete() {
            return Err(KeeperError::Backup(
                "its identity is not the one that the homeserver publishes for the keeper".to_owned(),
            ));
        }
        let room_keys = std::mem::take(&mut backup.room_keys);
        self.olm.store().import_exported_room_keys(room_keys, |_, _| {}).await.map_err(KeeperError::crypto)?;
        self.prime_keys().await?;
        self.drain().await?;
        self.require_cross_signed().await?;
        self.mark_published().await
    }
}

fn open(sealed: &[u8], identity: &str) -> Result<Backup, KeeperError> {
    let identity: x25519::Identity =
        identity.trim().parse().map_err(|problem| KeeperError::Backup(format!("not an age secret key: {problem}")))?;
    let plaintext = age::decrypt(&identity, sealed)
        .map_err(|error| KeeperError::Backup(format!("it does not open with this key: {error}")))?;
    let plaintext = Zeroizing::new(plaintext);
    let backup: Backup = serde_json::from_slice(&plaintext)
        .map_err(|error| KeeperError::Backup(format!("it is damaged (line {})", error.line())))?;
    if !(1..=FORMAT).contains(&backup.format) {
        return Err(KeeperError::Backup(format!("it has the format {}: use a newer program", backup.format)));
    }
    Ok(backup)
}

fn waiting_event(row: WaitingRow) -> Option<WaitingEvent> {
    let event = serde_json::from_str(&row.event).ok()?;
    Some(WaitingEvent { event, reason: row.waiting.reason, withheld: row.waiting.withheld })
}

fn waiting_row(waiting: &WaitingEvent) -> WaitingRow {
    let text = |name: &str| waiting.event[name].as_str().unwrap_or_default().to_owned();
    WaitingRow {
        waiting: Waiting {
            event_id: text("event_id"),
            room_id: text("room_id"),
            sender: text("sender"),
            session_id: waiting.event["content"]["session_id"].as_str().unwrap_or_default().to_owned(),
            sent_at_ms: waiting.event["origin_server_ts"].as_u64().unwrap_or_default(),
            reason: waiting.reason,
            withheld: waiting.withheld.clone(),
        },
        event: waiting.event.to_string(),
    }
}

/// The device's name with the next free number: `KEEPER1` → `KEEPER2`.
fn next_device(old: &str, existing: &[String]) -> String {
    let name = old.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let number: u64 = old[name.len()..].parse().unwrap_or(0);
    let candidates = existing.len() as u64 + 1;
    let mut names = (1..=candidates).map(|step| format!("{name}{}", number.saturating_add(step)));
    names.find(|device| !existing.contains(device)).unwrap_or_else(|| format!("{old}-restored"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_comes_back_from_a_backup_and_a_damaged_one_is_told() {
        let secret = BackupSecret::from_bytes([7; 32]);
        let kept = |secret| KeptSecret::of(("@a:hs.test".to_owned(), secret));
        assert_eq!(kept(Some(secret.clone())).opened().expect("it opens"), Some(secret));
        assert_eq!(kept(None).opened().expect("it opens"), None);
        let damaged = KeptSecret { user_id: "@a:hs.test".to_owned(), secret: Some("07".to_owned()) };
        assert!(matches!(damaged.opened(), Err(KeeperError::Backup(_))));
    }

    #[test]
    fn a_restored_device_takes_the_next_free_number() {
        assert_eq!(next_device("KEEPER1", &[]), "KEEPER2");
        assert_eq!(next_device("KEEPER1", &["KEEPER2".to_owned(), "KEEPER3".to_owned()]), "KEEPER4");
        assert_eq!(next_device("KEEPER", &[]), "KEEPER1");
        assert_eq!(next_device("KEEPER9", &["KEEPER9".to_owned()]), "KEEPER10");
    }

    #[test]
    fn another_key_or_damage_is_told() {
        let key = x25519::Identity::generate();
        let sealed = age::encrypt(&key.to_public(), b"{}").expect("sealing to a fresh key");
        let other = age::secrecy::ExposeSecret::expose_secret(&x25519::Identity::generate().to_string()).to_owned();
        let own = age::secrecy::ExposeSecret::expose_secret(&key.to_string()).to_owned();
        let problem = |identity: &str| match open(&sealed, identity) {
            Err(KeeperError::Backup(problem)) => problem,
            _ => String::new(),
        };
        assert!(problem(&other).contains("does not open"), "{}", problem(&other));
        assert!(problem(&own).contains("damaged"), "{}", problem(&own));
        assert!(problem("nonsense").contains("not an age secret key"));
    }
}
