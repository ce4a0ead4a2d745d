//! The border with the keeper: what the service asks of its own encrypted member. A trait, because tests put another member there.

use async_trait::async_trait;
use serde_json::Value;

use consilium_keeper::{Custody, HandOver, Keeper, KeeperError, Received, SecretWish, Transaction};

/// The service's own encrypted member.
#[async_trait]
pub trait Member: Send + Sync {
    /// Its Matrix user id.
    fn user_id(&self) -> &str;
    /// Its public master key, unpadded base64.
    fn master_key(&self) -> &str;
    /// Takes a transaction of the homeserver; a repeated one gives the same answer.
    async fn receive(&self, transaction: Transaction) -> Result<Received, KeeperError>;
    /// Sends a message; a repeated `txn_id` sends it once.
    async fn say(&self, room_id: &str, content: Value, txn_id: &str) -> Result<(), KeeperError>;
    /// Gives all keys of a room to a user's devices.
    async fn hand_over(&self, room_id: &str, user_id: &str) -> Result<HandOver, KeeperError>;
    /// Gives what a user's devices lack; `None`: nothing was missing.
    async fn joined(&self, room_id: &str, user_id: &str) -> Result<Option<HandOver>, KeeperError>;
    /// Signs an operator's identity, so that a replaced one gets nothing.
    async fn trust_operator(&self, user_id: &str) -> Result<(), KeeperError>;
    /// Accepts a replaced identity.
    async fn approve_identity(&self, user_id: &str) -> Result<(), KeeperError>;
    /// The secret of an account's key backup, made at the first request. Whether the caller may have it was decided before.
    async fn backup_secret(&self, user_id: &str, wish: SecretWish) -> Result<Custody, KeeperError>;
    /// Destroys the own copy of an account's secret.
    async fn forget_backup_secret(&self, user_id: &str) -> Result<(), KeeperError>;
    /// Ends it.
    async fn close(&self);
}

#[async_trait]
impl Member for Keeper {
    fn user_id(&self) -> &str {
        Keeper::user_id(self)
    }

    fn master_key(&self) -> &str {
        Keeper::master_key(self)
    }

    async fn receive(&self, transaction: Transaction) -> Result<Received, KeeperError> {
        Keeper::receive(self, transaction).await
    }

    async fn say(&self, room_id: &str, content: Value, txn_id: &str) -> Result<(), KeeperError> {
        let sent = Keeper::send(self, room_id, "m.room.message", content, txn_id).await?;
        if !sent.left_out.is_empty() {
            tracing::warn!(room.id = %room_id, members = sent.left_out.len(), "members with an unapproved identity were left out of a message");
        }
        Ok(())
    }

    async fn hand_over(&self, room_id: &str, user_id: &str) -> Result<HandOver, KeeperError> {
        Keeper::hand_over(self, room_id, user_id).await
    }

    async fn joined(&self, room_id: &str, user_id: &str) -> Result<Option<HandOver>, KeeperError> {
        Keeper::joined(self, room_id, user_id).await
    }

    async fn trust_operator(&self, user_id: &str) -> Result<(), KeeperError> {
        Keeper::trust_operator(self, user_id).await
    }

    async fn approve_identity(&self, user_id: &str) -> Result<(), KeeperError> {
        Keeper::approve_identity(self, user_id).await
    }

    async fn backup_secret(&self, user_id: &str, wish: SecretWish) -> Result<Custody, KeeperError> {
        Keeper::backup_secret(self, user_id, wish).await
    }

    async fn forget_backup_secret(&self, user_id: &str) -> Result<(), KeeperError> {
        Keeper::forget_backup_secret(self, user_id).await
    }

    async fn close(&self) {
        Keeper::close(self).await;
    }
}
