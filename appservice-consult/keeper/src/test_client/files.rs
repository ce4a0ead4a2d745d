//! Files: encrypted before they are uploaded, as the specification's `EncryptedFile`.

use std::io::{Cursor, Read as _};

use matrix_sdk_crypto::{AttachmentDecryptor, AttachmentEncryptor};
use ruma16::events::room::EncryptedFile;
use serde_json::{Value, json};

use super::{Result, TestClient, TestClientError};

impl TestClient {
    /// Encrypts and uploads a file; gives the content of the message that carries it. `kind` is `m.file` or `m.image`.
    pub async fn upload_file(&self, kind: &str, name: &str, mimetype: &str, bytes: &[u8]) -> Result<Value> {
        let mut reader = Cursor::new(bytes);
        let mut encryptor = AttachmentEncryptor::new(&mut reader);
        let mut ciphertext = Vec::new();
        encryptor.read_to_end(&mut ciphertext).map_err(TestClientError::crypto)?;
        let info = encryptor.finish();
        let address = self.session.upload(ciphertext).await?;
        let file = EncryptedFile::new(address.into(), info.encryption_info, info.hashes);
        let file = serde_json::to_value(file).map_err(TestClientError::crypto)?;
        let info = json!({ "mimetype": mimetype, "size": bytes.len() });
        Ok(json!({ "msgtype": kind, "body": name, "filename": name, "file": file, "info": info }))
    }

    /// The file that a decrypted message carries.
    pub async fn download_file(&self, content: &Value) -> Result<Vec<u8>> {
        let file: EncryptedFile = serde_json::from_value(content["file"].clone()).map_err(TestClientError::crypto)?;
        let (server, media_id) = file.url.parts().map_err(TestClientError::crypto)?;
        let mut ciphertext = Cursor::new(self.session.download(server.as_str(), media_id).await?);
        let mut decryptor = AttachmentDecryptor::new(&mut ciphertext, file.into()).map_err(TestClientError::crypto)?;
        let mut plaintext = Vec::new();
        decryptor.read_to_end(&mut plaintext).map_err(TestClientError::crypto)?;
        Ok(plaintext)
    }
}
