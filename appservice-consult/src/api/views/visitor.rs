//! What a visitor without an account may do: order a call-back by the form, and nothing else.

use std::net::IpAddr;
use std::sync::Arc;

use crate::api::problem::ApiError;
use crate::api::served::Served;
use crate::api::types::{
    CallbackChallenge, CallbackWindow, ConsentText, FormQueue, OperatorRef, PublicCallback, PublicCallbackOrdered,
};
use crate::callback::problem::callback_error;
use crate::callback::{self, CallbackError, Visitor};
use crate::ids::QueueId;
use crate::present;

/// A visitor of the partner's site.
pub struct VisitorView {
    pub(in crate::api) served: Arc<Served>,
    /// Language of the brand that fits him best.
    pub(in crate::api) language: String,
    /// His address, as limits count it.
    pub(in crate::api) address: IpAddr,
    /// The site that the form stands on, as his browser says.
    pub(in crate::api) origin: Option<String>,
}

impl VisitorView {
    fn failed(error: CallbackError) -> ApiError {
        callback_error(error, |id| OperatorRef { id: id.clone(), name: String::new() })
    }

    /// What the form needs.
    pub async fn callback_challenge(&self) -> Result<CallbackChallenge, ApiError> {
        let tenant = &self.served.tenant;
        let brand = tenant.brand();
        let form = callback::form(&brand).map_err(Self::failed)?;
        self.served.public_limits.check_challenge(self.address)?;
        let challenge = callback::fresh_challenge(tenant).await.map_err(Self::failed)?;
        let text =
            |text: &consilium_config::brand::Localized| text.get(&self.language, &brand.default_language).to_owned();
        let queues = callback::form_queues(&brand, form).map(|queue| FormQueue {
            id: QueueId::from(queue.id.as_str()),
            name: text(&queue.name),
            description: text(&queue.description),
            hours: present::hours(tenant, queue),
        });
        Ok(CallbackChallenge {
            challenge: challenge.token,
            difficulty_bits: challenge.bits,
            expires_at: challenge.expires_at,
            queues: queues.collect(),
            consent: ConsentText { version: form.consent_version.clone(), text: text(&form.consent) },
            language: self.language.clone(),
        })
    }

    /// Orders a call-back.
    pub async fn order_callback(&self, request: PublicCallback) -> Result<PublicCallbackOrdered, ApiError> {
        callback::form(&self.served.tenant.brand()).map_err(Self::failed)?;
        self.served.public_limits.check_order(self.address)?;
        let address = self.address.to_string();
        let visitor = Visitor { language: &self.language, address: &address, origin: self.origin.as_deref() };
        let ordered = callback::order_by_form(&self.served.tenant, &request, visitor).await;
        let record = ordered.map_err(Self::failed)?;
        Ok(PublicCallbackOrdered {
            window: record.state.when.window().map(|(start, end)| CallbackWindow { start, end }),
            due_at: record.state.due_at,
            time_zone: record.time_zone,
            id: record.id,
        })
    }
}
