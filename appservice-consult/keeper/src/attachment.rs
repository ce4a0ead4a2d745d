//! Files of conversations, opened with the key that stands in their message.

use std::io::{self, Read, Write};

use matrix_sdk_crypto::{AttachmentDecryptor, MediaEncryptionInfo};
use serde_json::Value;

/// Why a file is not opened.
#[derive(Debug, thiserror::Error)]
pub enum AttachmentError {
    /// What stands in the message is no key.
    #[error("the message holds no key of a file")]
    NoKey,
    /// The bytes are not those that were sent, or they could not be read or written.
    #[error("the file is not as it was sent")]
    Content(#[source] io::Error),
}

/// Opens a file: `encrypted_file` is the specification's `EncryptedFile`, `ciphertext` the bytes at the homeserver. Returns how many bytes were written.
///
/// That they are the bytes that were sent is known only at the end: whoever must not write others reads twice, into nowhere first.
pub fn open_file(
    encrypted_file: &Value,
    ciphertext: &mut impl Read,
    into: &mut impl Write,
) -> Result<u64, AttachmentError> {
    let info: MediaEncryptionInfo =
        serde_json::from_value(encrypted_file.clone()).map_err(|_| AttachmentError::NoKey)?;
    let mut opened = AttachmentDecryptor::new(ciphertext, info).map_err(|_| AttachmentError::NoKey)?;
    io::copy(&mut opened, into).map_err(AttachmentError::Content)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use std::io::{Cursor, Read};

    use matrix_sdk_crypto::AttachmentEncryptor;
    use serde_json::{Value, json};

    use super::{AttachmentError, open_file};

    fn sealed(bytes: &[u8]) -> (Value, Vec<u8>) {
        let mut reader = Cursor::new(bytes);
        let mut encryptor = AttachmentEncryptor::new(&mut reader);
        let mut ciphertext = Vec::new();
        encryptor.read_to_end(&mut ciphertext).unwrap();
        let mut info = serde_json::to_value(encryptor.finish()).unwrap();
        info["url"] = json!("mxc://hs.test/1");
        (info, ciphertext)
    }

    #[test]
    fn a_file_opens_with_its_key_and_one_that_was_changed_does_not() {
        let (info, ciphertext) = sealed(b"a picture");
        let mut opened = Vec::new();
        assert_eq!(open_file(&info, &mut Cursor::new(&ciphertext), &mut opened).unwrap(), 9);
        assert_eq!(opened, b"a picture");
        for changed in [[&ciphertext[..], b"x"].concat(), ciphertext[1..].to_vec(), Vec::new()] {
            let refused = open_file(&info, &mut Cursor::new(changed), &mut Vec::new());
            assert!(matches!(refused, Err(AttachmentError::Content(_))));
        }
    }

    #[test]
    fn what_holds_no_key_opens_nothing() {
        for info in [json!(null), json!({}), json!({ "url": "mxc://x/1", "key": { "k": "K" }, "iv": "I", "v": "v2" })] {
            let refused = open_file(&info, &mut Cursor::new(b"x"), &mut Vec::new());
            assert!(matches!(refused, Err(AttachmentError::NoKey)), "{info}");
        }
    }
}
