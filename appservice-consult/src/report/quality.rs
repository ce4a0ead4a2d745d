//! What calls were like, by what the apps measured. Pure.

use super::facts::{Call, Quality};
use crate::api::types::CallFigures;

/// From here on a call is a poor one: speech has holes, or people talk at the same time. Unit: of a thousand; milliseconds; milliseconds.
const POOR_LOSS_PERMILLE: i64 = 50;
const POOR_JITTER_MS: i64 = 50;
const POOR_ROUND_TRIP_MS: i64 = 400;

impl Quality {
    /// Whether people will have complained, on average over the call.
    pub fn is_poor(self) -> bool {
        let reaches = |sum: i64, poor: i64| sum >= poor * self.reports;
        reaches(self.loss_permille, POOR_LOSS_PERMILLE)
            || reaches(self.jitter_ms, POOR_JITTER_MS)
            || reaches(self.round_trip_ms, POOR_ROUND_TRIP_MS)
    }

    fn and(self, other: Self) -> Self {
        Self {
            reports: self.reports + other.reports,
            loss_permille: self.loss_permille + other.loss_permille,
            jitter_ms: self.jitter_ms + other.jitter_ms,
            round_trip_ms: self.round_trip_ms + other.round_trip_ms,
            freezes: self.freezes + other.freezes,
        }
    }
}

/// What calls were like together: the mean of what was measured, each report alike.
pub fn together(calls: &[&Call]) -> CallFigures {
    let measured: Vec<Quality> = calls.iter().filter_map(|call| call.quality).collect();
    let sum = measured.iter().copied().fold(Quality::default(), Quality::and);
    let mean = |of: i64| (sum.reports > 0).then(|| (of + sum.reports / 2) / sum.reports);
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    CallFigures {
        measured: number(measured.len()),
        poor: number(measured.iter().filter(|quality| quality.is_poor()).count()),
        loss_permille: mean(sum.loss_permille),
        jitter_ms: mean(sum.jitter_ms),
        round_trip_ms: mean(sum.round_trip_ms),
        freezes: sum.freezes,
    }
}

#[cfg(test)]
mod tests {
    use super::Quality;

    #[test]
    fn a_call_is_poor_by_its_mean_and_not_by_one_bad_moment() {
        let calm = Quality { reports: 10, loss_permille: 300, jitter_ms: 100, round_trip_ms: 900, freezes: 3 };
        assert!(!calm.is_poor(), "one report of 300 among ten");
        assert!(Quality { loss_permille: 500, ..calm }.is_poor());
        assert!(Quality { jitter_ms: 500, ..calm }.is_poor());
        assert!(Quality { round_trip_ms: 4_000, ..calm }.is_poor());
    }
}
