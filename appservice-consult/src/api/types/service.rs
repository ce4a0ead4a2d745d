//! What a patient can ask for: the queues of the brand, as an offer.

use serde::Serialize;
use utoipa::ToSchema;

use super::{CallbackOffer, CallbackWindow, Questionnaire};
use crate::ids::QueueId;
use crate::time::Time;

/// A queue as the patient sees it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Service {
    /// Id of the queue.
    pub id: QueueId,
    /// Name in the caller's language.
    pub name: String,
    /// What it is for, in the caller's language.
    pub description: String,
    /// Name of a tabler icon.
    pub icon: String,
    /// Whether a consultation can be started now.
    pub open: bool,
    /// Operators of this queue who are online.
    pub operators_online: u32,
    /// What waiting took lately; null while there is too little data to be honest.
    pub wait: Option<WaitEstimate>,
    /// Whether the patient can be called back, and whether he is offered it instead of waiting.
    pub callback: CallbackOffer,
    /// When its operators work.
    pub hours: WorkingHours,
    /// Null: free.
    pub price: Option<Price>,
    /// Languages that it is given in (BCP 47).
    pub languages: Vec<String>,
    /// What is asked of the patient; null: nothing.
    pub questionnaire: Option<Questionnaire>,
}

/// When the operators of a queue work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct WorkingHours {
    /// The time zone (IANA) which its hours are written in.
    pub time_zone: String,
    /// Whether it works now.
    pub open: bool,
    /// When it opens next; null while it is open, and where it does not open in the next two months.
    pub opens_at: Option<Time>,
    /// The working times that have not passed, of today and the seven days after it, in order and without overlaps; null: at all times.
    pub times: Option<Vec<CallbackWindow>>,
}

/// All services of the brand.
#[derive(Debug, Serialize, ToSchema)]
pub struct Services {
    /// In the order of the brand's configuration.
    pub services: Vec<Service>,
}

/// An honest range, from this queue's own recent waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct WaitEstimate {
    /// Half waited no longer.
    pub p50_seconds: i64,
    /// Four of five waited no longer.
    pub p80_seconds: i64,
}

/// An amount of money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Price {
    /// In minor units of the currency, such as cents.
    pub amount_minor: i64,
    /// ISO 4217.
    pub currency: String,
}
