//! Whose identity the keeper believes. «Cross-signed» alone does not stop a hosting server that invents a device *and* an
//! identity: so the keeper signs its operators' master keys, and whoever has another identity than the one trusted gets
//! nothing before someone approves it.

use matrix_sdk_crypto::OtherUserIdentity;
use ruma16::UserId;

use crate::{
    Identity, IdentityTrust, KeeperError,
    machine::{Machine, user_id},
};

impl Machine {
    pub(crate) async fn trust_operator(&self, user: &str) -> Result<(), KeeperError> {
        let id = user_id(user)?;
        let identity = self.fresh_identity(&id).await?;
        if is_changed(&identity) {
            return Err(KeeperError::IdentityChanged { user: user.to_owned() });
        }
        if identity.is_verified() {
            return Ok(());
        }
        let request = identity.verify().await.map_err(KeeperError::crypto)?;
        self.homeserver.call(request).await?;
        if self.fresh_identity(&id).await?.is_verified() {
            Ok(())
        } else {
            Err(KeeperError::BadAnswer {
                request: "POST /keys/signatures/upload",
                source: "the homeserver does not give the signature back".into(),
            })
        }
    }

    pub(crate) async fn approve_identity(&self, user: &str) -> Result<(), KeeperError> {
        let identity = self.fresh_identity(&user_id(user)?).await?;
        identity.withdraw_verification().await.map_err(KeeperError::crypto)?;
        identity.pin_current_master_key().await.map_err(KeeperError::crypto)
    }

    pub(crate) async fn identity(&self, user: &str) -> Result<Identity, KeeperError> {
        let id = user_id(user)?;
        self.query_keys(&[&id]).await?;
        let devices = self.olm.get_user_devices(&id, None).await.map_err(KeeperError::crypto)?;
        let known = self.known_identity(&id).await?;
        let trust = match &known {
            None => IdentityTrust::None,
            Some(identity) if is_changed(identity) => IdentityTrust::Changed,
            Some(identity) if identity.is_verified() => IdentityTrust::Signed,
            Some(_) => IdentityTrust::Pinned,
        };
        Ok(Identity {
            master_key: known.and_then(|identity| identity.master_key().get_first_key()).map(|key| key.to_base64()),
            trust,
            devices: devices.devices().count(),
            devices_cross_signed: devices.devices().filter(matrix_sdk_crypto::Device::is_cross_signed_by_owner).count(),
        })
    }

    /// By what is known without asking.
    pub(crate) async fn has_changed_identity(&self, user: &UserId) -> Result<bool, KeeperError> {
        Ok(self.known_identity(user).await?.is_some_and(|identity| is_changed(&identity)))
    }

    async fn fresh_identity(&self, user: &UserId) -> Result<OtherUserIdentity, KeeperError> {
        self.query_keys(&[user]).await?;
        self.known_identity(user).await?.ok_or_else(|| KeeperError::NoIdentity { user: user.to_string() })
    }

    async fn known_identity(&self, user: &UserId) -> Result<Option<OtherUserIdentity>, KeeperError> {
        let identity = self.olm.get_identity(user, None).await.map_err(KeeperError::crypto)?;
        Ok(identity.and_then(matrix_sdk_crypto::UserIdentity::other))
    }
}

/// Once signed and now another one, or another one than was first seen.
fn is_changed(identity: &OtherUserIdentity) -> bool {
    identity.has_verification_violation() || identity.identity_needs_user_approval()
}
