//! The secret of a patient's key backup: who keeps it, and the answer to who may have it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::time::Time;

/// Who keeps the secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CustodyBy {
    /// The clinic's keeper: a new device gets it after a fresh sign-in.
    Clinic,
    /// The patient himself: a new device asks him for his recovery key.
    Person,
}

/// `POST /me/backup-secret`
#[derive(Serialize, ToSchema)]
pub struct BackupSecret {
    /// Who keeps it.
    pub kept_by: CustodyBy,
    /// `clinic`: the 32 bytes that open the account's secret storage, base64 with padding. Never to be kept by the client.
    pub secret: Option<String>,
}

/// A device that was given the secret.
#[derive(Debug, Serialize, ToSchema)]
pub struct SecretRelease {
    /// Its id.
    pub id: String,
    /// When.
    pub at: Time,
    /// The Matrix device.
    pub device_id: String,
    /// What the device called itself.
    pub device_name: Option<String>,
}

/// Who keeps a patient's secret, and who was given it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Custody {
    /// Null: no device has asked for it yet.
    pub kept_by: Option<CustodyBy>,
    /// Newest first, at most 20.
    pub releases: Vec<SecretRelease>,
}
