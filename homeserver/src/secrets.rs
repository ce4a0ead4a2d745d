//! Files of `tenants/<slug>/secrets/`: readable by their owner only, made once, never overwritten.

use std::{
    fmt, fs,
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::Path,
};

use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
use ruma::signatures::Ed25519KeyPair;

use crate::{context::Context, tenant::OpenError};

const OWNER_ONLY_FILE: u32 = 0o600;
const OWNER_ONLY_FOLDER: u32 = 0o700;
const SIGNING_KEY_FILE: &str = "signing.key";
/// Letters in the version of a signing key: `ed25519:aBcDeF`.
const KEY_VERSION_LENGTH: usize = 6;

/// The key that signs the events of a server name.
pub struct SigningKey {
    pair: Ed25519KeyPair,
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "SigningKey({})", self.pair.version())
    }
}

impl SigningKey {
    /// Reads `signing.key` below `folder`, or makes it.
    ///
    /// Its one line is `ed25519 <version> <unpadded base64 of the PKCS#8 document>`.
    pub fn load_or_make(folder: &Path, context: &Context) -> Result<Self, OpenError> {
        let path = folder.join(SIGNING_KEY_FILE);
        let folder_error = |source| OpenError::Folder { path: path.clone(), source };
        let line = match fs::read_to_string(&path) {
            Ok(line) => line,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let document = STANDARD_NO_PAD.encode(Ed25519KeyPair::generate());
                let line = format!("ed25519 {} {document}\n", context.random_token(KEY_VERSION_LENGTH));
                write_new(&path, line.as_bytes()).map_err(folder_error)?;
                line
            }
            Err(error) => return Err(folder_error(error)),
        };
        Self::parse(&line).ok_or(OpenError::SigningKey(path))
    }

    fn parse(line: &str) -> Option<Self> {
        let mut words = line.split_whitespace();
        let (Some("ed25519"), Some(version), Some(document), None) =
            (words.next(), words.next(), words.next(), words.next())
        else {
            return None;
        };
        let document = STANDARD_NO_PAD.decode(document).ok()?;
        Some(Self { pair: Ed25519KeyPair::from_der(&document, version.to_owned()).ok()? })
    }

    pub fn pair(&self) -> &Ed25519KeyPair {
        &self.pair
    }
}

/// Makes a folder, and those above it, that only their owner reads.
pub fn make_private_folder(path: &Path) -> Result<(), OpenError> {
    fs::DirBuilder::new()
        .recursive(true)
        .mode(OWNER_ONLY_FOLDER)
        .create(path)
        .map_err(|source| OpenError::Folder { path: path.to_owned(), source })
}

/// Writes a file that must not exist, and syncs it and its folder.
fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(OWNER_ONLY_FILE).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    if let Some(folder) = path.parent() {
        fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::SigningKey;
    use crate::context::{Context, ManualClock};

    #[test]
    fn a_signing_key_is_made_once_and_read_afterwards() {
        let folder = tempfile::tempdir().expect("a folder");
        let context = Context::fixed(ManualClock::at(0), 1);
        let made = SigningKey::load_or_make(folder.path(), &context).expect("made");
        let read = SigningKey::load_or_make(folder.path(), &context).expect("read");
        assert_eq!(made.pair().public_key(), read.pair().public_key());
        assert_eq!(made.pair().version(), read.pair().version());
    }
}
