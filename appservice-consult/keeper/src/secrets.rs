//! Secrets of the accounts' key backups: made here, encrypted by `keeper.key`, handed out to who signed in afresh.
//!
//! A secret is the 32-byte key that opens an account's secret storage (client-server API v1.19 §Storage), so that a new device gets
//! the identity and the history back without a question. Whether somebody may have it is the caller's decision; this file decides
//! only what is kept. A row is bound to server and account: moved to another one, or changed, it does not open.

use std::fmt;

use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::{
    Context, KeeperError, KeeperKey,
    machine::{Machine, user_id},
    store::SecretRow,
};

/// First byte of a sealed secret.
const VERSION: u8 = 1;
const NONCE_BYTES: usize = 24;
const SECRET_BYTES: usize = 32;
/// What the sub-key is for: no other use of `keeper.key` has it.
const PURPOSE: &[u8] = b"consilium keeper: secrets of key backups, 1";

/// The key of an account's secret storage. Never printed, wiped when dropped.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct BackupSecret([u8; SECRET_BYTES]);

impl BackupSecret {
    pub fn from_bytes(bytes: [u8; SECRET_BYTES]) -> Self {
        Self(bytes)
    }

    pub fn bytes(&self) -> &[u8; SECRET_BYTES] {
        &self.0
    }
}

impl fmt::Debug for BackupSecret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("…")
    }
}

/// Who keeps the secret of an account's key backup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Custody {
    /// The keeper: this one. `is_new`: it was made by this request, so nothing is locked by it yet.
    Keeper { secret: BackupSecret, is_new: bool },
    /// The person, who took it into his own hands: the keeper has no copy.
    Person,
}

/// What is wanted of an account's secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretWish {
    /// What is kept; made where the account never had one.
    Kept,
    /// As [`SecretWish::Kept`], and a new one where the person has his own: he lost it and begins anew.
    StartOver,
}

impl Machine {
    /// The secret of an account, made at the first request. Errors: `SecretDamaged`, `Store`.
    pub(crate) async fn backup_secret(&self, user: &str, wish: SecretWish) -> Result<Custody, KeeperError> {
        let user = user_id(user)?;
        match (self.store.secret(user.as_str())?, wish) {
            (Some(SecretRow { sealed: Some(sealed), .. }), _) => {
                Ok(Custody::Keeper { secret: self.secrets.open(user.as_str(), &sealed)?, is_new: false })
            }
            (Some(SecretRow { sealed: None, .. }), SecretWish::Kept) => Ok(Custody::Person),
            (None, _) | (Some(SecretRow { sealed: None, .. }), SecretWish::StartOver) => {
                let mut bytes = Zeroizing::new([0; SECRET_BYTES]);
                self.context.fill_random(bytes.as_mut_slice());
                let secret = BackupSecret(*bytes);
                self.keep_secret(user.as_str(), Some(&secret)).await?;
                Ok(Custody::Keeper { secret, is_new: true })
            }
        }
    }

    /// Destroys the keeper's copy: from now on only the person has a secret. Idempotent.
    pub(crate) async fn forget_backup_secret(&self, user: &str) -> Result<(), KeeperError> {
        self.keep_secret(user_id(user)?.as_str(), None).await?;
        self.store.wipe_what_was_deleted().await
    }

    /// Every account's secret, for the backup; `None` where the person has it. One that does not open is left out, and told.
    pub(crate) fn kept_secrets(&self) -> Result<Vec<(String, Option<BackupSecret>)>, KeeperError> {
        let mut kept = Vec::new();
        for row in self.store.secrets()? {
            match row.sealed.map(|sealed| self.secrets.open(&row.user_id, &sealed)).transpose() {
                Ok(secret) => kept.push((row.user_id, secret)),
                Err(error) => tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "a secret does not open and is not in the backup"
                ),
            }
        }
        Ok(kept)
    }

    pub(crate) async fn keep_secret(&self, user: &str, secret: Option<&BackupSecret>) -> Result<(), KeeperError> {
        let row = SecretRow {
            user_id: user.to_owned(),
            sealed: secret.map(|secret| self.secrets.seal(&self.context, user, secret)),
            changed_at_ms: self.context.now_ms(),
        };
        self.store.put_secret(row).await
    }
}

/// Encrypts the secrets of one server's accounts.
pub(crate) struct SecretBox {
    server_name: String,
    cipher: XChaCha20Poly1305,
}

impl SecretBox {
    pub(crate) fn new(key: &KeeperKey, server_name: &str) -> Self {
        let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(key.bytes()).expect("HMAC takes a key of any length");
        mac.update(PURPOSE);
        let derived = Zeroizing::new(<[u8; 32]>::from(mac.finalize().into_bytes()));
        Self { server_name: server_name.to_owned(), cipher: XChaCha20Poly1305::new(derived.as_slice().into()) }
    }

    /// Form: version (1 byte), nonce (24), ciphertext with its tag (48).
    fn seal(&self, context: &Context, user: &str, secret: &BackupSecret) -> Vec<u8> {
        let mut nonce = [0; NONCE_BYTES];
        context.fill_random(&mut nonce);
        let bound = self.bound_to(user);
        let payload = Payload { msg: secret.bytes(), aad: &bound };
        let ciphertext = self
            .cipher
            .encrypt(XNonce::from_slice(&nonce), payload)
            .expect("a secret is far below the cipher's limit of 256 GiB");
        [&[VERSION], nonce.as_slice(), &ciphertext].concat()
    }

    fn open(&self, user: &str, sealed: &[u8]) -> Result<BackupSecret, KeeperError> {
        let damaged = || KeeperError::SecretDamaged { user: user.to_owned() };
        let (&version, rest) = sealed.split_first().ok_or_else(damaged)?;
        if version != VERSION || rest.len() < NONCE_BYTES {
            return Err(damaged());
        }
        let (nonce, ciphertext) = rest.split_at(NONCE_BYTES);
        let bound = self.bound_to(user);
        let payload = Payload { msg: ciphertext, aad: &bound };
        let opened = self.cipher.decrypt(XNonce::from_slice(nonce), payload).map_err(|_| damaged())?;
        let opened = Zeroizing::new(opened);
        <[u8; SECRET_BYTES]>::try_from(opened.as_slice()).map(BackupSecret).map_err(|_| damaged())
    }

    /// Server and account, the first behind its length, so that no two pairs read alike.
    fn bound_to(&self, user: &str) -> Vec<u8> {
        [&(self.server_name.len() as u64).to_be_bytes(), self.server_name.as_bytes(), user.as_bytes()].concat()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::sync::atomic::{AtomicU8, Ordering};

    use super::*;

    fn context() -> Context {
        let count = AtomicU8::new(0);
        Context::new(|| 0, move |buffer| buffer.fill(count.fetch_add(1, Ordering::Relaxed)))
    }

    fn of(key: u8, server: &str) -> SecretBox {
        SecretBox::new(&KeeperKey::from_bytes([key; 32]), server)
    }

    const ANNA: &str = "@anna:a.test";

    #[test]
    fn a_secret_opens_only_for_its_account_with_its_key() {
        let secret = BackupSecret::from_bytes([7; 32]);
        let sealed = of(1, "a.test").seal(&context(), ANNA, &secret);
        assert!(!sealed.windows(8).any(|window| window == [7; 8]), "it lies readable in the row");
        assert_eq!(of(1, "a.test").open(ANNA, &sealed).unwrap(), secret);
        for (key, server, user) in [(2, "a.test", ANNA), (1, "b.test", ANNA), (1, "a.test", "@boris:a.test")] {
            let refusal = of(key, server).open(user, &sealed).unwrap_err();
            assert!(matches!(refusal, KeeperError::SecretDamaged { .. }), "{key} {server} {user}");
        }
    }

    #[test]
    fn a_changed_or_cut_row_is_refused() {
        let secrets = of(1, "a.test");
        let sealed = secrets.seal(&context(), ANNA, &BackupSecret::from_bytes([7; 32]));
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(secrets.open(ANNA, &changed).is_err(), "byte {at}");
            assert!(secrets.open(ANNA, &sealed[..at]).is_err(), "cut at {at}");
        }
    }

    #[test]
    fn the_same_secret_never_looks_the_same_and_does_not_print() {
        let (secrets, context, secret) = (of(1, "a.test"), context(), BackupSecret::from_bytes([7; 32]));
        assert_ne!(secrets.seal(&context, ANNA, &secret), secrets.seal(&context, ANNA, &secret));
        assert_eq!(format!("{:?}", Custody::Keeper { secret, is_new: true }), "Keeper { secret: …, is_new: true }");
    }
}
