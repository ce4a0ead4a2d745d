//! Percentiles of measured times.

use std::time::Duration;

/// Times of one kind of request in one run.
#[derive(Clone, Debug, Default)]
pub struct Times(Vec<Duration>);

impl Times {
    pub fn push(&mut self, time: Duration) {
        self.0.push(time);
    }

    /// The times of several.
    pub fn merged(all: impl IntoIterator<Item = Self>) -> Self {
        Self(all.into_iter().flat_map(|times| times.0).collect())
    }

    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The time in milliseconds that `share` (0 to 1) of the requests did not exceed; 0 when nothing was measured.
    pub fn percentile_ms(&mut self, share: f64) -> f64 {
        if self.0.is_empty() {
            return 0.0;
        }
        self.0.sort_unstable();
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "an index of a sample"
        )]
        let index = ((self.0.len() - 1) as f64 * share).round() as usize;
        self.0[index].as_secs_f64() * 1_000.0
    }
}
