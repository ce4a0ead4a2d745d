//! What supervisors do with webhooks.

use super::SupervisorView;
use crate::api::problem::ApiError;
use crate::api::types::{
    NewWebhook, Page, WebhookChange, WebhookDelivery, WebhookDeliveryQuery, WebhookEndpoint, WebhookReplay,
    WebhookReplayed, WebhookSecret, WebhookTested, Webhooks,
};
use crate::webhook;

impl SupervisorView {
    /// All endpoints.
    pub async fn webhooks(&self) -> Result<Webhooks, ApiError> {
        Ok(webhook::list(self.staff.tenant()).await?)
    }

    /// Makes an endpoint.
    pub async fn create_webhook(&self, new: NewWebhook) -> Result<WebhookSecret, ApiError> {
        Ok(webhook::create(self.staff.tenant(), new, &self.staff.actor()).await?)
    }

    /// Changes an endpoint.
    pub async fn change_webhook(&self, id: &str, change: WebhookChange) -> Result<WebhookEndpoint, ApiError> {
        Ok(webhook::change(self.staff.tenant(), id, change, &self.staff.actor()).await?)
    }

    /// Removes an endpoint.
    pub async fn remove_webhook(&self, id: &str) -> Result<(), ApiError> {
        Ok(webhook::remove(self.staff.tenant(), id, &self.staff.actor()).await?)
    }

    /// Gives an endpoint another secret.
    pub async fn replace_webhook_secret(&self, id: &str) -> Result<WebhookSecret, ApiError> {
        Ok(webhook::rotate(self.staff.tenant(), id, &self.staff.actor()).await?)
    }

    /// Tries an endpoint.
    pub async fn test_webhook(&self, id: &str) -> Result<WebhookTested, ApiError> {
        Ok(WebhookTested { id: webhook::test(self.staff.tenant(), id, &self.staff.actor()).await? })
    }

    /// Sends the events of a time again.
    pub async fn replay_webhook(&self, id: &str, wish: WebhookReplay) -> Result<WebhookReplayed, ApiError> {
        Ok(webhook::replay_range(self.staff.tenant(), id, &wish, &self.staff.actor()).await?)
    }

    /// The log of an endpoint's deliveries.
    pub async fn webhook_deliveries(
        &self,
        id: &str,
        query: &WebhookDeliveryQuery,
    ) -> Result<Page<WebhookDelivery>, ApiError> {
        Ok(webhook::deliveries(self.staff.tenant(), id, query).await?)
    }

    /// Sends one event again.
    pub async fn replay_webhook_delivery(&self, id: &str, event_id: &str) -> Result<(), ApiError> {
        Ok(webhook::replay_one(self.staff.tenant(), id, event_id, &self.staff.actor()).await?)
    }
}
