//! The form for a call-back on the partner's own site.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Brand, Localized};
use crate::Origin;
use crate::check::Findings;

/// Each of them is compared with every visitor's origin.
const ORIGINS_MAX: usize = 50;
/// A text beside a tick, with a link to the whole of it. Unit: characters.
const CONSENT_CHARACTERS_MAX: usize = 2_000;
/// A version is a date or a number. Unit: characters.
const VERSION_CHARACTERS_MAX: usize = 40;

/// The form by which a person without an account orders a call-back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[schema(as = CallbackFormSettings)]
#[serde(deny_unknown_fields)]
pub struct CallbackForm {
    /// Sites that may show the form in a frame, or send it from a page of their own. Unit: origins, such as `https://www.clinic.example`.
    #[schema(value_type = Vec<String>)]
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

impl Brand {
    pub(super) fn check_callback_form(&self, found: &mut Findings) {
        let Some(form) = &self.callback_form else { return };
        self.check_localized("callback_form.consent", &form.consent, found);
        Self::check_length("callback_form.consent", &form.consent, CONSENT_CHARACTERS_MAX, found);
        if form.consent_version.chars().count() > VERSION_CHARACTERS_MAX {
            let what = format!("it has more than {VERSION_CHARACTERS_MAX} characters");
            found
                .refuse("callback_form.consent_version", what, "A date is enough.")
                .code("too_long_all")
                .with("most", VERSION_CHARACTERS_MAX);
        }
        if form.origins.len() > ORIGINS_MAX {
            let what = format!("there are more than {ORIGINS_MAX}");
            found
                .refuse("callback_form.origins", what, "Name the sites that show it today.")
                .code("too_many")
                .with("most", ORIGINS_MAX);
        }
        if form.consent_version.trim().is_empty() {
            found
                .refuse("callback_form.consent_version", "it is empty", "Give the text a version, such as its date.")
                .code("required");
        }
        if form.origins.is_empty() {
            found
                .refuse("callback_form.origins", "there is none", "Name the sites that show it, or remove the form.")
                .code("one_origin");
        }
        for id in &form.queues {
            if self.queue(id).is_none_or(|queue| !queue.callback.enabled) {
                let what = format!("`{id}` is no queue that takes call-backs");
                found
                    .refuse("callback_form.queues", what, "Name the id of one of [[queues]].")
                    .code("no_callback_queue")
                    .with("name", id);
            }
        }
        if !self.queues.iter().any(|queue| queue.callback.enabled) {
            found
                .refuse("callback_form", "no queue takes call-backs", "Enable them in a queue, or remove the form.")
                .code("no_callbacks");
        }
    }
}
