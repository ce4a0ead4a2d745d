//! The archive's keys, in files of the tenant's `secrets/` folder.
//!
//! The identity that opens records and the key that signs heads are encrypted with `keeper.key`; the recipient and the verifying key are public and stand
//! beside them in the open, so that others can check the archive. A partner who keeps the identity elsewhere puts his recipient there and no identity: then
//! records are sealed here and read there.

use std::io::Write;
use std::path::{Path, PathBuf};

use age::secrecy::ExposeSecret;
use age::x25519::{Identity, Recipient};
use ed25519_dalek::{Signer, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::ArchiveError;
use crate::context::Context;
use crate::tenant_key::{Place, TenantKey, mac};

/// Keeps the search index's key apart from any other use of the identity.
const INDEX: &[u8] = b"consilium archive index 1";

/// Where the keys lie.
#[derive(Debug, Clone)]
pub struct KeyFiles {
    /// age recipient (`age1…`), in the open.
    pub recipient: PathBuf,
    /// age identity, encrypted with `keeper.key`; may be absent where records are only sealed.
    pub identity: PathBuf,
    /// ed25519 signing key, encrypted with `keeper.key`.
    pub signing_key: PathBuf,
    /// ed25519 verifying key, hexadecimal, in the open.
    pub verifying_key: PathBuf,
}

impl KeyFiles {
    /// The usual names in a tenant's `secrets/` folder.
    pub fn in_folder(secrets: &Path) -> Self {
        Self {
            recipient: secrets.join("archive.recipient"),
            identity: secrets.join("archive.identity.sealed"),
            signing_key: secrets.join("archive.signing.sealed"),
            verifying_key: secrets.join("archive.verifying"),
        }
    }
}

/// The archive's keys.
pub struct ArchiveKeys {
    recipient: Recipient,
    identity: Option<Identity>,
    signing: SigningKey,
}

impl ArchiveKeys {
    /// Reads the keys; makes those that are absent. Where a recipient is given and no identity, none is made.
    pub fn read_or_make(files: &KeyFiles, key: &TenantKey, context: &Context) -> Result<Self, ArchiveError> {
        let (recipient, identity) = match read_text(&files.recipient)? {
            Some(text) => {
                let recipient = text.trim().parse().map_err(|problem: &str| refused(&files.recipient, problem))?;
                (recipient, read_identity(&files.identity, key)?)
            }
            None => make_identity(files, key, context)?,
        };
        let signing = match open_secret(&files.signing_key, "signing", key)? {
            Some(bytes) => SigningKey::from_bytes(
                bytes.as_slice().try_into().map_err(|_| refused(&files.signing_key, "it must hold 32 bytes"))?,
            ),
            None => make_signing(files, key, context)?,
        };
        Ok(Self { recipient, identity, signing })
    }

    /// Seals a record's key to the recipient.
    pub fn wrap(&self, record_key: &[u8; 32]) -> Vec<u8> {
        age::encrypt(&self.recipient, record_key).expect("encrypting 32 bytes into memory cannot fail")
    }

    /// Opens a record's key.
    pub fn unwrap_key(&self, wrapped: &[u8]) -> Result<[u8; 32], ArchiveError> {
        let identity = self.identity.as_ref().ok_or(ArchiveError::NoIdentity)?;
        let opened = age::decrypt(identity, wrapped).map_err(|_| ArchiveError::DoesNotOpen)?;
        opened.try_into().map_err(|_| ArchiveError::DoesNotOpen)
    }

    /// What the key of a tenant's search index is derived from: who opens records has it, and nobody else. `None` without the identity.
    pub fn index_key(&self, tenant: &str) -> Option<Zeroizing<[u8; 32]>> {
        let identity = self.identity.as_ref()?.to_string();
        let secret: Zeroizing<[u8; 32]> = Zeroizing::new(Sha256::digest(identity.expose_secret().as_bytes()).into());
        Some(Zeroizing::new(mac(&secret, &[INDEX, tenant.as_bytes()])))
    }

    /// Signs a head.
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.signing.sign(message).to_bytes()
    }

    /// The public half of the signing key.
    pub fn verifying(&self) -> VerifyingKey {
        self.signing.verifying_key()
    }
}

fn make_identity(
    files: &KeyFiles,
    key: &TenantKey,
    context: &Context,
) -> Result<(Recipient, Option<Identity>), ArchiveError> {
    let identity = Identity::generate();
    let recipient = identity.to_public();
    seal_secret(&files.identity, "identity", identity.to_string().expose_secret().as_bytes(), key, context)?;
    write_new(&files.recipient, format!("{recipient}\n").as_bytes())?;
    Ok((recipient, Some(identity)))
}

fn read_identity(path: &Path, key: &TenantKey) -> Result<Option<Identity>, ArchiveError> {
    let Some(bytes) = open_secret(path, "identity", key)? else { return Ok(None) };
    let text = String::from_utf8(bytes).map_err(|_| refused(path, "it holds no age identity"))?;
    text.trim().parse().map(Some).map_err(|problem: &str| refused(path, problem))
}

fn make_signing(files: &KeyFiles, key: &TenantKey, context: &Context) -> Result<SigningKey, ArchiveError> {
    // Another key would sign what comes, and nothing of before would be believed any more.
    if files.verifying_key.exists() {
        return Err(refused(
            &files.signing_key,
            "it is not there, and records were signed with it: restore it from the backup",
        ));
    }
    let signing = SigningKey::from_bytes(&context.random());
    seal_secret(&files.signing_key, "signing", signing.as_bytes(), key, context)?;
    let verifying = format!("{}\n", hex::encode(signing.verifying_key().as_bytes()));
    write_new(&files.verifying_key, verifying.as_bytes())?;
    Ok(signing)
}

fn place(name: &'static str) -> Place<'static> {
    Place { table: "secrets", column: "archive", row: name }
}

fn open_secret(path: &Path, name: &'static str, key: &TenantKey) -> Result<Option<Vec<u8>>, ArchiveError> {
    let sealed = match std::fs::read(path) {
        Ok(sealed) => sealed,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(refused(path, &error.to_string())),
    };
    let opened = key.open(place(name), &sealed);
    opened.map(Some).map_err(|_| refused(path, "it was written with another keeper.key: give the right one"))
}

fn seal_secret(
    path: &Path,
    name: &'static str,
    secret: &[u8],
    key: &TenantKey,
    context: &Context,
) -> Result<(), ArchiveError> {
    write_new(path, &key.seal(context, place(name), secret))
}

fn read_text(path: &Path) -> Result<Option<String>, ArchiveError> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(refused(path, &error.to_string())),
    }
}

/// Writes a file that only its owner may read; never over another.
fn write_new(path: &Path, bytes: &[u8]) -> Result<(), ArchiveError> {
    use std::os::unix::fs::OpenOptionsExt;
    let written = path.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| {
        let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.map_err(|error| refused(path, &error.to_string()))
}

fn refused(path: &Path, problem: &str) -> ArchiveError {
    ArchiveError::KeyFile { path: path.to_owned(), problem: problem.to_owned() }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::{ArchiveKeys, KeyFiles};
    use crate::archive::ArchiveError;
    use crate::context::Context;
    use crate::tenant_key::TenantKey;

    #[test]
    fn keys_are_made_once_and_open_only_with_the_keepers_key() {
        let folder = tempfile::tempdir().unwrap();
        let (files, context) = (KeyFiles::in_folder(folder.path()), Context::system());
        let key = TenantKey::derive(&[1; 32], "a.test");
        let made = ArchiveKeys::read_or_make(&files, &key, &context).unwrap();
        let again = ArchiveKeys::read_or_make(&files, &key, &context).unwrap();
        assert_eq!(made.verifying(), again.verifying());
        assert_eq!(again.unwrap_key(&made.wrap(&[9; 32])).unwrap(), [9; 32]);
        assert_eq!(again.index_key("a.test"), made.index_key("a.test"));
        assert_ne!(again.index_key("a.test"), made.index_key("b.test"));
        let other = TenantKey::derive(&[2; 32], "a.test");
        assert!(matches!(ArchiveKeys::read_or_make(&files, &other, &context), Err(ArchiveError::KeyFile { .. })));
        let on_disk = std::fs::read(&files.identity).unwrap();
        assert!(!on_disk.windows(10).any(|window| window == b"AGE-SECRET"));
    }

    #[test]
    fn without_the_identity_records_are_sealed_and_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let (files, context) = (KeyFiles::in_folder(folder.path()), Context::system());
        let key = TenantKey::derive(&[1; 32], "a.test");
        ArchiveKeys::read_or_make(&files, &key, &context).unwrap();
        std::fs::remove_file(&files.identity).unwrap();
        let keys = ArchiveKeys::read_or_make(&files, &key, &context).unwrap();
        assert!(matches!(keys.unwrap_key(&keys.wrap(&[9; 32])), Err(ArchiveError::NoIdentity)));
        assert!(keys.index_key("a.test").is_none(), "what cannot be opened cannot be searched");
    }
}
