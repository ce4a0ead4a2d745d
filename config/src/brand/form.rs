//! The form for a call-back on the partner's own site.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Localized;
use crate::Origin;

/// The form by which a person without an account orders a call-back.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CallbackForm {
    /// Sites that may show the form in a frame, or send it from a page of their own. Unit: origins, such as `https://www.clinic.example`.
    pub origins: Vec<Origin>,
    /// Version of the consent's text; which one a person agreed to is kept. A date is a good one.
    pub consent_version: String,
    /// What the person agrees to, by language.
    pub consent: Localized,
    /// Queues that it offers, by id. Default: all that take call-backs.
    #[serde(default)]
    pub queues: Vec<String>,
}

impl CallbackForm {
    /// Whether the form is offered for a queue.
    pub fn offers(&self, queue: &str) -> bool {
        self.queues.is_empty() || self.queues.iter().any(|offered| offered == queue)
    }
}
