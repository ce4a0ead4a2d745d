//! What supervisors do with keys of partners' systems.

use super::SupervisorView;
use crate::api::problem::ApiError;
use crate::api::types::{ApiKey, ApiKeyChange, ApiKeySecret, ApiKeys, NewApiKey};
use crate::api_key;
use crate::ids::ApiKeyId;

impl SupervisorView {
    /// The keys.
    pub fn api_keys(&self) -> ApiKeys {
        api_key::list(self.staff.tenant())
    }

    /// Makes a key.
    pub async fn create_api_key(&self, new: NewApiKey) -> Result<ApiKeySecret, ApiError> {
        Ok(api_key::create(self.staff.tenant(), new, &self.staff.actor()).await?)
    }

    /// Renames or limits a key.
    pub async fn change_api_key(&self, id: &ApiKeyId, change: ApiKeyChange) -> Result<ApiKey, ApiError> {
        Ok(api_key::change(self.staff.tenant(), id, change, &self.staff.actor()).await?)
    }

    /// Revokes a key.
    pub async fn revoke_api_key(&self, id: &ApiKeyId) -> Result<ApiKey, ApiError> {
        Ok(api_key::revoke(self.staff.tenant(), id, &self.staff.actor()).await?)
    }
}
