//! How many patients waited at once. Pure.

use super::facts::Wait;
use super::span::{Span, Spans};
use crate::time::Time;

/// The depth of queues in a part of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Depth {
    /// On average. Unit: thousandths of a consultation.
    pub average_permille: i64,
    /// At most, at any moment.
    pub max: i64,
}

impl Depth {
    /// Of these waits, within `part` as far as it is over by `now`; none where it has not begun.
    pub fn of<'a>(waits: impl IntoIterator<Item = &'a Wait>, part: &Spans, now: Time) -> Option<Self> {
        let over = Spans::merged(part.within(Span { from: i64::MIN, to: now.as_millis() }));
        let length = over.length();
        if length == 0 {
            return None;
        }
        let mut waited_ms = 0;
        let mut changes = Vec::new();
        for piece in waits.into_iter().flat_map(|wait| over.within(wait.span)) {
            waited_ms += piece.to - piece.from;
            changes.extend([(piece.from, 1), (piece.to, -1)]);
        }
        // Who goes at the moment in which another comes is not there with him: what goes sorts first.
        changes.sort_unstable();
        let (mut depth, mut max) = (0, 0);
        for (_, change) in changes {
            depth += change;
            max = i64::max(max, depth);
        }
        Some(Self { average_permille: (waited_ms * 1_000 + length / 2) / length, max })
    }
}

#[cfg(test)]
mod tests {
    use super::{Depth, Span, Spans, Wait};
    use crate::time::Time;

    fn wait(from: i64, to: i64) -> Wait {
        Wait { queue: "general".into(), span: Span { from, to } }
    }

    #[test]
    fn those_that_wait_at_once_are_counted_together_and_one_after_another_alone() {
        let waits = [wait(0, 50), wait(50, 100), wait(60, 80)];
        let whole = Spans::merged([Span { from: 0, to: 100 }]);
        let at = |now| Depth::of(&waits, &whole, Time::from_millis(now));
        assert_eq!(at(1_000), Some(Depth { average_permille: 1_200, max: 2 }));
        assert_eq!(at(50), Some(Depth { average_permille: 1_000, max: 1 }), "so far");
        assert_eq!(at(0), None, "it has not begun");
    }

    #[test]
    fn hours_of_several_days_are_one_part() {
        let hour_of_two_days = Spans::merged([Span { from: 0, to: 10 }, Span { from: 100, to: 110 }]);
        let waits = [wait(5, 105), wait(107, 500)];
        let depth = Depth::of(&waits, &hour_of_two_days, Time::from_millis(1_000));
        assert_eq!(depth, Some(Depth { average_permille: 650, max: 1 }));
    }
}
