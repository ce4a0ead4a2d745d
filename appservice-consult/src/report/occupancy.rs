//! How busy operators were while they were on duty. Pure.

use super::facts::Work;
use super::span::Spans;

/// Sums over operators. Unit: milliseconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_field_names, reason = "the unit of each")]
pub struct Occupancy {
    /// On duty.
    pub on_duty_ms: i64,
    /// On duty with at least one active consultation.
    pub busy_ms: i64,
    /// The same, each consultation counted by itself.
    pub load_ms: i64,
}

impl Occupancy {
    /// Of these operators, within `part`.
    pub fn of<'a>(work: impl IntoIterator<Item = &'a Work>, part: &Spans) -> Self {
        let mut sum = Self::default();
        for one in work {
            let on_duty = one.on_duty.and(part);
            if on_duty.length() == 0 {
                continue;
            }
            let active = || one.active.iter().copied().filter(|span| on_duty.may_meet(*span));
            sum.on_duty_ms += on_duty.length();
            sum.busy_ms += Spans::merged(active()).and(&on_duty).length();
            sum.load_ms += active().map(|span| Spans::merged([span]).and(&on_duty).length()).sum::<i64>();
        }
        sum
    }

    /// Busy time ÷ time on duty. Unit: thousandths; none where nobody was on duty.
    pub fn occupancy_permille(self) -> Option<i64> {
        permille(self.busy_ms, self.on_duty_ms)
    }

    /// Consultations at once while there was one. Unit: thousandths; none where there was none.
    pub fn concurrency_permille(self) -> Option<i64> {
        permille(self.load_ms, self.busy_ms)
    }
}

/// A part of a whole, rounded to the nearest thousandth; none of nothing.
pub fn permille(part: i64, whole: i64) -> Option<i64> {
    (whole > 0).then(|| (part.saturating_mul(1_000) + whole / 2) / whole)
}

#[cfg(test)]
mod tests {
    use super::Occupancy;
    use crate::report::facts::Work;
    use crate::report::span::{Span, Spans};

    #[test]
    fn two_at_once_are_busy_once_and_count_twice_and_off_duty_counts_nothing() {
        let span = |from, to| Span { from, to };
        let work = Work {
            operator: "o".into(),
            on_duty: Spans::merged([span(0, 100)]),
            active: vec![span(10, 30), span(20, 40), span(90, 200)],
        };
        let all = Spans::merged([span(0, 1_000)]);
        let whole = Occupancy::of([&work], &all);
        assert_eq!(whole, Occupancy { on_duty_ms: 100, busy_ms: 40, load_ms: 50 });
        assert_eq!((whole.occupancy_permille(), whole.concurrency_permille()), (Some(400), Some(1_250)));
        let nothing = Occupancy::of([&work], &Spans::merged([span(500, 600)]));
        assert_eq!((nothing.occupancy_permille(), nothing.concurrency_permille()), (None, None));
    }
}
