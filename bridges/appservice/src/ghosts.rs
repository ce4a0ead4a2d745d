//! Ghosts: users of the service's namespace that stand for somebody elsewhere. Made when they are first needed, named as he is named there.

use crate::client::{AppserviceClient, ClientError};

/// The ghosts of one service.
#[derive(Debug, Clone)]
pub struct Ghosts {
    client: AppserviceClient,
    prefix: String,
    server_name: String,
}

/// One ghost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ghost {
    /// Its Matrix user id.
    pub user_id: String,
}

impl Ghosts {
    /// Ghosts whose localparts begin with `prefix`, such as `telegram_`; the registration's namespace must cover them.
    pub fn new(client: AppserviceClient, prefix: impl Into<String>, server_name: impl Into<String>) -> Self {
        Self { client, prefix: prefix.into(), server_name: server_name.into() }
    }

    /// The user id of the ghost for `foreign_id`. Bytes that a localpart cannot have are written as `=hh`, so that two ids never share a ghost.
    ///
    /// Source: Matrix v1.19, Appendices §Mapping from other character sets.
    pub fn user_id(&self, foreign_id: &str) -> String {
        let mut localpart = self.prefix.clone();
        for byte in foreign_id.bytes() {
            if byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'/' | b'+') {
                localpart.push(char::from(byte));
            } else {
                localpart.push('=');
                for digit in [byte >> 4, byte & 15] {
                    localpart.push(char::from_digit(u32::from(digit), 16).unwrap_or('0'));
                }
            }
        }
        format!("@{localpart}:{}", self.server_name)
    }

    /// Makes sure that the ghost exists and bears this name. Idempotent.
    pub async fn ensure(&self, foreign_id: &str, name: &str) -> Result<Ghost, ClientError> {
        let user_id = self.user_id(foreign_id);
        let localpart = user_id[1..].split(':').next().unwrap_or_default();
        self.client.acting(&user_id).register(localpart).await?;
        self.client.acting(&user_id).set_display_name(name).await?;
        Ok(Ghost { user_id })
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::Ghosts;
    use crate::{AppserviceClient, Secret};

    #[test]
    fn different_ids_never_share_a_ghost() {
        let _already = rustls::crypto::ring::default_provider().install_default();
        let ghosts =
            Ghosts::new(AppserviceClient::new("http://127.0.0.1:1", Secret::new("as")).unwrap(), "t_", "hs.test");
        assert_eq!(ghosts.user_id("Ann@x"), "@t_=41nn=40x:hs.test");
        assert_ne!(ghosts.user_id("a_b"), ghosts.user_id("a=5fb"));
    }
}
