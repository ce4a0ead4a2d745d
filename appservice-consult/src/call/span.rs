//! What the times in a call mean. Pure: everything is derived anew from all spans, so the order in which they came does not matter.

use super::media::Voice;
use super::state::Side;
use crate::ids::UserId;
use crate::time::Time;

/// The media server notices a lost connection so late at most. Unit: milliseconds (15 to 21 s were seen).
const NOTICED_AFTER_MS: i64 = 21_000;

/// Why a span ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// He left.
    Left,
    /// The same identity came again.
    Duplicate,
    /// We took him out.
    Removed,
    /// His connection was lost; noticed late.
    Lost,
    /// The media server ended the room.
    RoomClosed,
    /// No event said so: he was not there any more.
    Inferred,
}

impl Reason {
    /// As the media server numbers them (`DisconnectReason`).
    pub fn from_number(number: i32) -> Self {
        match number {
            2 => Self::Duplicate,
            4 => Self::Removed,
            5 | 10 => Self::RoomClosed,
            14 => Self::Lost,
            _ => Self::Left,
        }
    }
}

/// Somebody's time in a call: one connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The connection's id at the media server.
    pub sid: String,
    /// Who he is there.
    pub identity: String,
    /// His account.
    pub user: UserId,
    /// His side.
    pub side: Side,
    /// Whether he speaks. The time of one who only listens is in no talk: it is neither billed, nor does it keep a call going.
    pub voice: Voice,
    /// From.
    pub joined_at: Time,
    /// To; none: still.
    pub left_at: Option<Time>,
    /// Why it ended.
    pub reason: Option<Reason>,
    /// The last proof of media.
    pub media_until: Time,
}

impl Span {
    /// Whether it is time of somebody who speaks on this side.
    pub fn is_talk_of(&self, side: Side) -> bool {
        self.side == side && self.voice == Voice::Speaks
    }

    /// Until when it may be billed: a connection that broke counts to the last proof of media only.
    fn billable_until(&self, now: Time) -> Time {
        let end = self.left_at.unwrap_or(now);
        match self.reason {
            Some(Reason::Lost | Reason::Inferred) => {
                let noticed = Time::from_millis(end.as_millis().saturating_sub(NOTICED_AFTER_MS));
                noticed.max(self.media_until).min(end).max(self.joined_at)
            }
            _ => end.max(self.joined_at),
        }
    }
}

/// What the spans of a call say together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Derived {
    /// Since when both sides have been there.
    pub met_at: Option<Time>,
    /// When the last one left; none while somebody is there, or nobody was.
    pub empty_since: Option<Time>,
    /// How long both sides were there. Unit: milliseconds.
    pub billable_ms: i64,
}

/// What these spans say at `now`.
pub fn derive(spans: &[Span], now: Time) -> Derived {
    let patient = times_of(spans, Side::Patient, now);
    let staff = times_of(spans, Side::Staff, now);
    let both = overlaps(&patient, &staff);
    let met_at = both.first().map(|(from, _)| Time::from_millis(*from));
    let talk: Vec<&Span> = spans.iter().filter(|span| span.voice == Voice::Speaks).collect();
    let is_empty = !talk.is_empty() && talk.iter().all(|span| span.left_at.is_some());
    Derived {
        met_at,
        empty_since: talk.iter().filter_map(|span| span.left_at).max().filter(|_| is_empty),
        billable_ms: both.iter().map(|(from, to)| to - from).sum(),
    }
}

type Interval = (i64, i64);

/// The times of a side, in order, without overlaps.
fn times_of(spans: &[Span], side: Side, now: Time) -> Vec<Interval> {
    let mut times: Vec<Interval> = spans
        .iter()
        .filter(|span| span.is_talk_of(side))
        .map(|span| (span.joined_at.as_millis(), span.billable_until(now).as_millis()))
        .collect();
    times.sort_unstable();
    let mut joined: Vec<Interval> = Vec::with_capacity(times.len());
    for (from, to) in times {
        match joined.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => joined.push((from, to)),
        }
    }
    joined
}

/// Where two lists of intervals, each in order and without overlaps, cover the same time. A shared instant counts as a meeting of no length.
fn overlaps(ours: &[Interval], theirs: &[Interval]) -> Vec<Interval> {
    let (mut at, mut other) = (0, 0);
    let mut found = Vec::new();
    while let (Some(one), Some(two)) = (ours.get(at), theirs.get(other)) {
        let both = (one.0.max(two.0), one.1.min(two.1));
        if both.0 <= both.1 {
            found.push(both);
        }
        if one.1 < two.1 { at += 1 } else { other += 1 }
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Derived, Reason, Span, derive};
    use crate::call::media::Voice;
    use crate::call::state::Side;
    use crate::time::Time;

    fn at(seconds: i64) -> Time {
        Time::from_millis(seconds * 1_000)
    }

    fn span(side: Side, from: i64, to: Option<i64>, reason: Reason) -> Span {
        Span {
            sid: format!("{side:?}{from}"),
            identity: "i".into(),
            user: "@a:x".into(),
            side,
            voice: Voice::Speaks,
            joined_at: at(from),
            left_at: to.map(at),
            reason: to.map(|_| reason),
            media_until: at(from),
        }
    }

    #[test]
    fn only_the_time_of_both_sides_is_billed() {
        let spans = [span(Side::Staff, 0, Some(100), Reason::Left), span(Side::Patient, 12, Some(90), Reason::Left)];
        let expected = Derived { met_at: Some(at(12)), empty_since: Some(at(100)), billable_ms: 78_000 };
        assert_eq!(derive(&spans, at(200)), expected);
    }

    #[test]
    fn the_time_of_one_who_only_listens_is_no_talk() {
        let patient = span(Side::Patient, 0, None, Reason::Left);
        let lead = span(Side::Staff, 10, Some(40), Reason::Lost);
        let observer = Span { voice: Voice::Listens, ..span(Side::Staff, 5, None, Reason::Left) };
        let together = derive(&[patient.clone(), lead.clone(), observer.clone()], at(200));
        assert_eq!(together, derive(&[patient.clone(), lead], at(200)));
        assert_eq!(derive(&[patient, observer.clone()], at(200)).met_at, None, "nobody has answered");
        let alone = span(Side::Patient, 0, Some(50), Reason::Left);
        assert_eq!(derive(&[alone, observer], at(200)).empty_since, Some(at(50)), "nobody is there who could talk");
    }

    #[test]
    fn two_connections_at_once_count_once_and_a_gap_does_not_count() {
        let spans = [
            span(Side::Staff, 0, Some(100), Reason::Left),
            span(Side::Patient, 10, Some(30), Reason::Duplicate),
            span(Side::Patient, 20, Some(40), Reason::Left),
            span(Side::Patient, 60, Some(70), Reason::Left),
        ];
        assert_eq!(derive(&spans, at(200)).billable_ms, 40_000);
    }

    #[test]
    fn a_lost_connection_is_billed_to_the_last_proof_of_media() {
        let staff = span(Side::Staff, 0, Some(100), Reason::Left);
        let lost = span(Side::Patient, 0, Some(81), Reason::Lost);
        assert_eq!(derive(&[staff.clone(), lost.clone()], at(200)).billable_ms, 60_000);
        let proven = Span { media_until: at(75), ..lost };
        assert_eq!(derive(&[staff, proven], at(200)).billable_ms, 75_000);
    }

    #[test]
    fn who_is_still_there_is_counted_until_now() {
        let spans = [span(Side::Staff, 0, None, Reason::Left), span(Side::Patient, 10, None, Reason::Left)];
        assert_eq!(derive(&spans, at(30)), Derived { met_at: Some(at(10)), empty_since: None, billable_ms: 20_000 });
        assert_eq!(derive(&[], at(30)), Derived { met_at: None, empty_since: None, billable_ms: 0 });
    }

    proptest! {
        #[test]
        fn the_order_of_spans_does_not_matter_and_nobody_is_billed_alone(
            times in prop::collection::vec((any::<bool>(), 0_i64..100, 0_i64..100), 0..12),
            seed in any::<prop::sample::Index>(),
        ) {
            let spans: Vec<Span> = times
                .iter()
                .map(|(is_staff, from, length)| {
                    span(if *is_staff { Side::Staff } else { Side::Patient }, *from, Some(from + length), Reason::Left)
                })
                .collect();
            let mut turned = spans.clone();
            if !turned.is_empty() {
                let by = seed.index(turned.len());
                turned.rotate_left(by);
                turned.reverse();
            }
            let (one, two) = (derive(&spans, at(300)), derive(&turned, at(300)));
            prop_assert_eq!(one, two);
            let longest = |side| spans.iter().filter(|span| span.side == side).map(|span| {
                span.left_at.map_or(0, |left| left.as_millis() - span.joined_at.as_millis())
            }).sum::<i64>();
            prop_assert!(one.billable_ms <= longest(Side::Staff).min(longest(Side::Patient)));
        }
    }
}
