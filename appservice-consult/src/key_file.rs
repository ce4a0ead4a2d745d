//! `keeper.key`: 64 hexadecimal digits in a file outside data and backups. Whoever has the data and not this file reads nothing.

use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::context::Context;

/// Why the key file cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the key file {path} cannot be used: {problem}")]
pub struct KeyFileError {
    /// The file.
    pub path: PathBuf,
    /// What is wrong.
    pub problem: String,
}

/// Reads the key; makes it, readable only by its owner, where the file is absent.
pub fn read_or_make(path: &Path, context: &Context) -> Result<Zeroizing<[u8; 32]>, KeyFileError> {
    let failed = |problem: String| KeyFileError { path: path.to_owned(), problem };
    let text = match std::fs::read_to_string(path) {
        Ok(text) => Zeroizing::new(text),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            make(path, context).map_err(|error| failed(error.to_string()))?
        }
        Err(error) => return Err(failed(error.to_string())),
    };
    let mut key = Zeroizing::new([0; 32]);
    hex::decode_to_slice(text.trim(), key.as_mut_slice())
        .map_err(|_| failed("it must hold 64 hexadecimal digits".to_owned()))?;
    Ok(key)
}

fn make(path: &Path, context: &Context) -> std::io::Result<Zeroizing<String>> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let key = Zeroizing::new(context.random::<32>());
    let text = Zeroizing::new(format!("{}\n", hex::encode(key.as_slice())));
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use std::os::unix::fs::PermissionsExt;

    use super::read_or_make;
    use crate::context::Context;

    #[test]
    fn the_key_is_made_once_and_only_its_owner_reads_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys/keeper.key");
        let made = read_or_make(&path, &Context::system()).unwrap();
        assert_eq!(*made, *read_or_make(&path, &Context::system()).unwrap());
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        std::fs::write(&path, "short").unwrap();
        assert!(read_or_make(&path, &Context::system()).unwrap_err().to_string().contains("keeper.key"));
    }
}
