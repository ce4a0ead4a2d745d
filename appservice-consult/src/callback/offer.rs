//! Whether a patient is offered a call-back instead of waiting. Pure.

use crate::api::types::{CallbackOffer, CallbackOfferReason, WaitEstimate};

/// How a queue stands.
#[derive(Debug, Clone, Copy)]
pub struct Standing {
    /// Whether it takes call-backs.
    pub enabled: bool,
    /// Whether it works now.
    pub open: bool,
    /// Whether another consultation can wait in it.
    pub has_room: bool,
    /// Operators of it who are online.
    pub operators_online: u32,
    /// What waiting took lately.
    pub wait: Option<WaitEstimate>,
    /// How long the one that waits longest has waited. Unit: seconds.
    pub oldest_wait_seconds: Option<i64>,
    /// From when on a wait is long. Unit: seconds.
    pub long_wait_seconds: i64,
}

/// Whether it can be ordered, and whether and why it is offered. Of several reasons the one that says most.
pub fn offer(standing: Standing) -> CallbackOffer {
    let Standing { enabled, open, has_room, operators_online, wait, oldest_wait_seconds, long_wait_seconds } = standing;
    let is_long = |seconds: Option<i64>| seconds.is_some_and(|seconds| seconds >= long_wait_seconds);
    let reason = if !open {
        Some(CallbackOfferReason::Closed)
    } else if !has_room {
        Some(CallbackOfferReason::Full)
    } else if operators_online == 0 {
        Some(CallbackOfferReason::NobodyOnline)
    } else if is_long(wait.map(|wait| wait.p80_seconds)) || is_long(oldest_wait_seconds) {
        Some(CallbackOfferReason::LongWait)
    } else {
        None
    };
    let reason = reason.filter(|_| enabled);
    CallbackOffer { available: enabled, offered: reason.is_some(), reason }
}

#[cfg(test)]
mod tests {
    use super::{Standing, offer};
    use crate::api::types::{CallbackOfferReason, WaitEstimate};

    const GOOD: Standing = Standing {
        enabled: true,
        open: true,
        has_room: true,
        operators_online: 1,
        wait: None,
        oldest_wait_seconds: None,
        long_wait_seconds: 900,
    };

    fn wait(p80_seconds: i64) -> WaitEstimate {
        WaitEstimate { p50_seconds: 1, p80_seconds }
    }

    #[test]
    fn each_reason_offers_and_the_first_one_is_named() {
        let cases = [
            (GOOD, None),
            (Standing { wait: Some(wait(899)), oldest_wait_seconds: Some(899), ..GOOD }, None),
            (Standing { wait: Some(wait(900)), ..GOOD }, Some(CallbackOfferReason::LongWait)),
            (Standing { oldest_wait_seconds: Some(900), ..GOOD }, Some(CallbackOfferReason::LongWait)),
            (Standing { operators_online: 0, ..GOOD }, Some(CallbackOfferReason::NobodyOnline)),
            (Standing { has_room: false, ..GOOD }, Some(CallbackOfferReason::Full)),
            (Standing { open: false, has_room: false, operators_online: 0, ..GOOD }, Some(CallbackOfferReason::Closed)),
        ];
        for (standing, reason) in cases {
            let offered = offer(standing);
            assert_eq!((offered.available, offered.offered, offered.reason), (true, reason.is_some(), reason));
        }
    }

    #[test]
    fn what_a_queue_does_not_take_is_never_offered() {
        let offered = offer(Standing { enabled: false, open: false, ..GOOD });
        assert_eq!((offered.available, offered.offered, offered.reason), (false, false, None));
    }
}
