//! What is tidied from time to time: limits of users who went away, streams beyond their horizon, transactions of past days, tokens whose
//! time is over, sign-ins that patients do not use any more, events that stick no more, unused media.
//!
//! Each is harmless when it is late or done twice.

use std::{sync::Arc, time::Duration};

use tokio::time::interval;
use tokio_util::sync::CancellationToken;

use crate::{
    account::Accounts,
    context::Context,
    delayed_events::DelayedEvents,
    horizon,
    http::rate_limit::{self, Limits},
    media::Media,
    openid::OpenIds,
    policy::{Contact, Policy},
    room::{projections, sticky},
    to_device,
    writer::Writer,
};

/// Rows are tidied this often.
const TIDY_EVERY: Duration = Duration::from_hours(1);
/// When devices were seen last is written this often.
const SAVE_SEEN_EVERY: Duration = Duration::from_mins(1);

/// What is tidied.
pub struct House {
    pub context: Context,
    pub writer: Writer,
    pub limits: Arc<Limits>,
    pub accounts: Arc<Accounts>,
    pub media: Arc<Media>,
    pub openids: Arc<OpenIds>,
    pub delayed_events: Arc<DelayedEvents>,
    pub policy: Policy,
}

impl House {
    /// Tidies until `stop`.
    pub async fn keep(self: Arc<Self>, stop: CancellationToken) {
        let limits = async {
            let mut every = interval(rate_limit::SWEEP_EVERY);
            loop {
                every.tick().await;
                self.limits.sweep();
            }
        };
        let rows = async {
            let mut every = interval(TIDY_EVERY);
            // The first tick is at once; a start has better things to do.
            every.tick().await;
            loop {
                every.tick().await;
                self.tidy_rows().await;
            }
        };
        let seen = async {
            let mut every = interval(SAVE_SEEN_EVERY);
            every.tick().await;
            loop {
                every.tick().await;
                self.save_seen().await;
            }
        };
        let media = self.media.sweep_regularly(stop.clone());
        stop.run_until_cancelled(async { tokio::join!(limits, rows, seen, media) }).await;
    }

    /// Writes now when devices were seen last.
    pub async fn save_seen(&self) {
        if let Err(error) = self.accounts.save_seen().await {
            tracing::warn!(error = %error, "when devices were seen last cannot be written");
        }
    }

    /// Tidies rows now.
    pub async fn tidy_rows(&self) {
        let now_ms = self.context.now_ms();
        if let Err(error) = horizon::trim(&self.writer, now_ms).await {
            tracing::warn!(error = %error, "streams cannot be trimmed");
        }
        if let Err(error) = projections::trim_transactions(&self.writer, now_ms).await {
            tracing::warn!(error = %error, "transactions of past days cannot be trimmed");
        }
        if let Err(error) = to_device::trim_transactions(&self.writer, now_ms).await {
            tracing::warn!(error = %error, "to-device transactions of past days cannot be trimmed");
        }
        if let Err(error) = self.media.expire().await {
            tracing::warn!(error = %error, "media whose time is over cannot be deleted");
        }
        if let Err(error) = self.accounts.trim_login_tokens().await {
            tracing::warn!(error = %error, "unused login tokens cannot be trimmed");
        }
        if let Err(error) = self.accounts.trim_ended_tokens().await {
            tracing::warn!(error = %error, "what is known of sign-ins that ended long ago cannot be trimmed");
        }
        // Else nobody here is a patient.
        if self.policy.contact == Contact::Closed
            && let Err(error) = self.accounts.end_idle().await
        {
            tracing::warn!(error = %error, "sign-ins that nobody uses cannot be ended");
        }
        if let Err(error) = self.openids.trim().await {
            tracing::warn!(error = %error, "OpenID tokens whose time is over cannot be trimmed");
        }
        if let Err(error) = sticky::trim(&self.writer, now_ms).await {
            tracing::warn!(error = %error, "rows of events that stick no more cannot be trimmed");
        }
        if let Err(error) = self.delayed_events.trim_transactions().await {
            tracing::warn!(error = %error, "transactions of delayed events cannot be trimmed");
        }
    }
}
