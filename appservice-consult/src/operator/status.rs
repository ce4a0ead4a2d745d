//! What statuses mean for the console's heartbeat. Pure.

use consilium_config::brand::StatusBase;

use crate::api::types::OperatorStatus;

/// Reason of an away that the operator did not choose.
pub const LOST_HEARTBEAT: &str = "lost_heartbeat";

/// Reason of an away because an offer was not answered.
pub const MISSED_OFFER: &str = "missed_offer";

/// Whether who is in this status is at work: the time counts as duty, and a silent console is taken for an empty desk.
pub fn is_at_work(status: OperatorStatus) -> bool {
    match status {
        OperatorStatus::Online | OperatorStatus::TransferOnly | OperatorStatus::GoingOff => true,
        OperatorStatus::Away | OperatorStatus::Break | OperatorStatus::Offline => false,
    }
}

/// Whether an operator can be asked for something at once. Who is going off finishes what he has, and takes nothing new.
pub fn is_on_duty(status: OperatorStatus) -> bool {
    match status {
        OperatorStatus::Online | OperatorStatus::TransferOnly => true,
        OperatorStatus::GoingOff | OperatorStatus::Away | OperatorStatus::Break | OperatorStatus::Offline => false,
    }
}

/// The fixed status that one of the brand's own is a kind of.
pub fn base_of(status: &consilium_config::brand::OperatorStatus) -> OperatorStatus {
    match status.of {
        StatusBase::Away => OperatorStatus::Away,
        StatusBase::Break => OperatorStatus::Break,
    }
}

/// Whether an away came from a silent console and ends with its next heartbeat.
pub fn is_lost(status: OperatorStatus, reason: Option<&str>) -> bool {
    status == OperatorStatus::Away && reason == Some(LOST_HEARTBEAT)
}
