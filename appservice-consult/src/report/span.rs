//! Stretches of time, and arithmetic on them. Pure.

use crate::time::Time;

/// From a moment, up to and without another. Unit: milliseconds since the epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// First moment.
    pub from: i64,
    /// First moment behind it.
    pub to: i64,
}

impl Span {
    /// From one moment to another.
    pub fn between(from: Time, to: Time) -> Self {
        Self { from: from.as_millis(), to: to.as_millis() }
    }

    fn length(self) -> i64 {
        (self.to - self.from).max(0)
    }
}

/// Spans in order, none touching another: what [`merged`] makes, and the operations keep.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spans(Vec<Span>);

impl Spans {
    /// Whatever spans, as the time that any of them covers.
    pub fn merged(spans: impl IntoIterator<Item = Span>) -> Self {
        let mut spans: Vec<Span> = spans.into_iter().filter(|span| span.from < span.to).collect();
        spans.sort_unstable();
        let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
        for span in spans {
            match merged.last_mut() {
                Some(last) if span.from <= last.to => last.to = last.to.max(span.to),
                _ => merged.push(span),
            }
        }
        Self(merged)
    }

    /// What both cover.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        let (mut mine, mut theirs) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut common = Vec::new();
        while let (Some(one), Some(two)) = (mine.peek(), theirs.peek()) {
            let both = Span { from: one.from.max(two.from), to: one.to.min(two.to) };
            if both.from < both.to {
                common.push(both);
            }
            if one.to <= two.to {
                mine.next();
            } else {
                theirs.next();
            }
        }
        Self(common)
    }

    /// What the first covers and the second does not.
    #[must_use]
    pub fn without(&self, other: &Self) -> Self {
        let mut left = Vec::new();
        for span in &self.0 {
            let mut from = span.from;
            // Both are in order: what ends before this span cannot meet a later one either, but few are looked at here.
            let first = other.0.partition_point(|hole| hole.to <= span.from);
            for hole in other.0[first..].iter().take_while(|hole| hole.from < span.to) {
                left.push(Span { from, to: hole.from });
                from = hole.to;
            }
            left.push(Span { from, to: span.to });
        }
        left.retain(|span| span.from < span.to);
        Self(left)
    }

    /// What of a span they cover, in order.
    pub fn within(&self, span: Span) -> impl Iterator<Item = Span> + '_ {
        let first = self.0.partition_point(|own| own.to <= span.from);
        let meeting = self.0[first..].iter().take_while(move |own| own.from < span.to);
        let common = meeting.map(move |own| Span { from: own.from.max(span.from), to: own.to.min(span.to) });
        common.filter(|common| common.from < common.to)
    }

    /// One by one, in order.
    pub fn each(&self) -> impl Iterator<Item = Span> + '_ {
        self.0.iter().copied()
    }

    /// Whether a span lies between the first moment and the last, where alone it can meet any.
    pub fn may_meet(&self, span: Span) -> bool {
        let bounds = self.0.first().zip(self.0.last());
        bounds.is_some_and(|(first, last)| span.to > first.from && span.from < last.to)
    }

    /// How long they are together. Unit: milliseconds.
    pub fn length(&self) -> i64 {
        self.0.iter().copied().map(Span::length).sum()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Span, Spans};

    /// Which of the moments 0..64 are covered: the plain meaning, as bits.
    fn bits(spans: &[Span]) -> u64 {
        (0..64)
            .filter(|at| spans.iter().any(|span| span.from <= *at && *at < span.to))
            .fold(0, |bits, at| bits | 1 << at)
    }

    fn some_spans() -> impl Strategy<Value = Vec<Span>> {
        prop::collection::vec((0_i64..64, 0_i64..64).prop_map(|(from, to)| Span { from, to }), 0..12)
    }

    proptest! {
        #[test]
        fn they_are_sets_of_moments(one in some_spans(), two in some_spans()) {
            let (a, b) = (Spans::merged(one.clone()), Spans::merged(two.clone()));
            prop_assert_eq!(bits(&a.0), bits(&one));
            prop_assert_eq!(bits(&a.and(&b).0), bits(&one) & bits(&two));
            prop_assert_eq!(bits(&a.without(&b).0), bits(&one) & !bits(&two));
            prop_assert_eq!(a.length(), i64::from(bits(&one).count_ones()));
            prop_assert_eq!(a.without(&b).length() + a.and(&b).length(), a.length());
            for span in two {
                prop_assert_eq!(bits(&a.within(span).collect::<Vec<_>>()), bits(&one) & bits(&[span]));
            }
        }
    }
}
