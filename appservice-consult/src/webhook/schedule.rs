//! When a delivery that failed is tried again, and when trying ends.

/// Attempts before a delivery is given up: with the pauses below about a day and a third.
pub(super) const ATTEMPTS_MAX: i64 = 12;
/// Pause after the first failure. Unit: seconds.
const PAUSE_FIRST_SECONDS: i64 = 5;
/// Each pause is so many times the one before.
const PAUSE_FACTOR: i64 = 4;
/// Longest pause. Unit: seconds.
const PAUSE_MAX_SECONDS: i64 = 6 * 3_600;
/// A pause is longer or shorter by at most so much, so that what failed together does not come back together. Unit: percent.
const JITTER_PERCENT: i64 = 20;
/// An endpoint that nothing has reached for so long is switched off. Unit: seconds.
pub(super) const FAILING_MAX_SECONDS: i64 = 3 * 86_400;

/// The pause after `attempts` failures. `random`: any number; equal ones give equal pauses. `wished`: the endpoint's own `Retry-After`. Unit: milliseconds.
pub(super) fn pause_ms(attempts: i64, random: u16, wished_seconds: Option<i64>) -> i64 {
    let steps = u32::try_from((attempts - 1).clamp(0, 16)).unwrap_or(0);
    let seconds = PAUSE_FIRST_SECONDS.saturating_mul(PAUSE_FACTOR.saturating_pow(steps)).min(PAUSE_MAX_SECONDS);
    let percent = 100 - JITTER_PERCENT + i64::from(random) * 2 * JITTER_PERCENT / i64::from(u16::MAX);
    let wished = wished_seconds.unwrap_or(0).clamp(0, PAUSE_MAX_SECONDS) * 1_000;
    (seconds * 10 * percent).max(wished)
}

#[cfg(test)]
mod tests {
    use super::{ATTEMPTS_MAX, JITTER_PERCENT, PAUSE_MAX_SECONDS, pause_ms};

    /// The middle of what jitter gives.
    const MIDDLE: u16 = u16::MAX / 2 + 1;

    #[test]
    fn pauses_grow_fourfold_up_to_six_hours() {
        let seconds: Vec<i64> = (1..=9).map(|attempts| pause_ms(attempts, MIDDLE, None) / 1_000).collect();
        assert_eq!(seconds, [5, 20, 80, 320, 1_280, 5_120, 20_480, 21_600, 21_600]);
    }

    #[test]
    fn jitter_stays_within_its_bounds() {
        for attempts in 1..=ATTEMPTS_MAX {
            let (low, high) = (pause_ms(attempts, 0, None), pause_ms(attempts, u16::MAX, None));
            assert_eq!(low * (100 + JITTER_PERCENT), high * (100 - JITTER_PERCENT));
        }
    }

    #[test]
    fn the_endpoint_may_ask_for_a_longer_pause_and_for_no_endless_one() {
        assert_eq!(pause_ms(1, MIDDLE, Some(60)), 60_000);
        assert_eq!(pause_ms(3, MIDDLE, Some(1)), 80_000);
        assert_eq!(pause_ms(1, MIDDLE, Some(i64::MAX)), PAUSE_MAX_SECONDS * 1_000);
    }
}
