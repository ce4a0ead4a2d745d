//! What a keeper is started with: where, as whom, with which key. Reading configuration files is the caller's part.

use std::{fmt, io::Write, path::Path, path::PathBuf, sync::Arc};

use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::KeeperError;

/// Everything that `Keeper::start` needs to know about one tenant's keeper.
#[derive(Clone, Debug)]
pub struct KeeperConfig {
    /// Base address of the homeserver without a trailing path, e.g. `http://127.0.0.1:8008`.
    pub homeserver_url: String,
    /// The server name in user ids, e.g. `hs.test`.
    pub server_name: String,
    /// The application service's token (`as_token` of its registration).
    pub as_token: Secret,
    /// Localpart of the keeper's user. It lies in the registration's exclusive user namespace and is not its
    /// `sender_localpart` (for the sender some homeservers serve no `/sync`).
    pub localpart: String,
    /// Name of the keeper's first device, e.g. `KEEPER1`. A folder remembers the device it was made with; a restored
    /// keeper takes the next free number, and this setting stays as it is.
    pub device_id: String,
    /// Folder of this tenant's keeper. Holds the crypto store, the keeper's own SQL file and the lease. Made at need.
    pub folder: PathBuf,
    /// Opens the crypto store. Lies outside data and backups.
    pub key: KeeperKey,
}

/// Text that is never printed and is wiped when dropped.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Secret(String);

impl Secret {
    pub fn new(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("…")
    }
}

/// The 32 bytes that open a keeper's store.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct KeeperKey([u8; 32]);

impl KeeperKey {
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Reads a `keeper.key` file: 64 hexadecimal digits, white space around them is ignored.
    ///
    /// Errors: `KeyFile` names the file and what is wrong with it.
    pub fn read(path: &Path) -> Result<Self, KeeperError> {
        let mut text = std::fs::read_to_string(path)
            .map_err(|error| KeeperError::KeyFile { path: path.to_owned(), problem: error.to_string() })?;
        let mut bytes = [0; 32];
        let decoded = hex::decode_to_slice(text.trim(), &mut bytes);
        text.zeroize();
        decoded.map_err(|_| KeeperError::KeyFile {
            path: path.to_owned(),
            problem: "it must hold 64 hexadecimal digits (32 bytes)".to_owned(),
        })?;
        Ok(Self(bytes))
    }

    /// Makes a new `keeper.key` file that only its owner may read. Never replaces a file.
    ///
    /// Errors: `KeyFile` when the file exists or cannot be written.
    pub fn create(path: &Path, context: &Context) -> Result<Self, KeeperError> {
        let mut bytes = [0; 32];
        context.fill_random(&mut bytes);
        let mut text = hex::encode(bytes);
        text.push('\n');
        let written = write_private(path, text.as_bytes());
        text.zeroize();
        written.map_err(|error| KeeperError::KeyFile { path: path.to_owned(), problem: error.to_string() })?;
        Ok(Self(bytes))
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for KeeperKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("…")
    }
}

fn write_private(path: &Path, content: &[u8]) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(content)?;
    file.sync_all()
}

type Clock = dyn Fn() -> u64 + Send + Sync;
type Random = dyn Fn(&mut [u8]) + Send + Sync;

/// Clock and randomness of the keeper's own decisions. (The ratchets draw theirs inside the crypto library.)
#[derive(Clone)]
pub struct Context {
    clock: Arc<Clock>,
    random: Arc<Random>,
}

impl Context {
    /// `clock_ms` gives milliseconds since 1970, `random` fills a buffer from a source fit for secrets.
    pub fn new(
        clock_ms: impl Fn() -> u64 + Send + Sync + 'static,
        random: impl Fn(&mut [u8]) + Send + Sync + 'static,
    ) -> Self {
        Self { clock: Arc::new(clock_ms), random: Arc::new(random) }
    }

    pub(crate) fn now_ms(&self) -> u64 {
        (self.clock)()
    }

    pub(crate) fn fill_random(&self, buffer: &mut [u8]) {
        (self.random)(buffer);
    }
}

impl fmt::Debug for Context {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Context")
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn context() -> Context {
        Context::new(|| 0, |buffer| buffer.fill(7))
    }

    #[test]
    fn a_created_key_file_is_read_back_and_is_private() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keeper.key");
        let made = KeeperKey::create(&path, &context()).unwrap();
        assert!(KeeperKey::read(&path).unwrap() == made);
        assert_eq!(made.bytes(), &[7; 32]);
        let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&path).unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn a_key_file_is_never_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keeper.key");
        KeeperKey::create(&path, &context()).unwrap();
        assert!(matches!(KeeperKey::create(&path, &context()), Err(KeeperError::KeyFile { .. })));
    }

    #[test]
    fn a_short_key_file_is_refused_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keeper.key");
        std::fs::write(&path, "abcd").unwrap();
        let refusal = KeeperKey::read(&path).unwrap_err().to_string();
        assert!(refusal.contains("keeper.key") && refusal.contains("64"), "{refusal}");
    }

    #[test]
    fn secrets_do_not_print() {
        let config = format!("{:?} {:?}", Secret::new("as-token"), KeeperKey::from_bytes([1; 32]));
        assert_eq!(config, "… …");
    }
}
