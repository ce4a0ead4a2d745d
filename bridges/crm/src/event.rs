//! An event of Consilium as a webhook brings it: which it is, whose, and which step of what.

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::known::{Kind, Subject};

/// The types of events, as `docs/webhooks.md` explains them. A test of the whole system holds the list to Consilium's own.
pub const TYPES: [&str; 82] = [
    "consultation.requested",
    "consultation.queued",
    "consultation.offered",
    "consultation.passed",
    "consultation.offer_lapsed",
    "consultation.taken",
    "consultation.transferred",
    "consultation.returned",
    "consultation.held",
    "consultation.resumed",
    "consultation.closed",
    "consultation.cancelled",
    "consultation.abandoned",
    "consultation.reopened",
    "consultation.wait_warning",
    "consultation.wait_broken",
    "consultation.response_warning",
    "consultation.response_broken",
    "consultation.resolution_warning",
    "consultation.resolution_broken",
    "consultation.person_corrected",
    "consultation.rated",
    "consultation.tagged",
    "consultation.untagged",
    "consultation.fields_changed",
    "consultation.erased",
    "consultation.assigned",
    "consultation.moved",
    "consultation.raised",
    "consultation.lowered",
    "consultation.taken_over",
    "consultation.answers_changed",
    "consultation.silence_warned",
    "participant.joined",
    "participant.left",
    "queue_invitation.made",
    "queue_invitation.accepted",
    "queue_invitation.refused",
    "queue_invitation.declined",
    "queue_invitation.expired",
    "queue_invitation.taken_back",
    "queue_invitation.over",
    "conclusion.signed",
    "conclusion.amended",
    "note.written",
    "note.edited",
    "note.deleted",
    "call.started",
    "call.answered",
    "call.ended",
    "callback.ordered",
    "callback.taken",
    "callback.released",
    "callback.called",
    "callback.telephoned",
    "callback.not_answered",
    "callback.put_off",
    "callback.moved",
    "callback.finished",
    "callback.cancelled",
    "callback.overdue",
    "follow_up.made",
    "follow_up.changed",
    "follow_up.put_off",
    "follow_up.handed",
    "follow_up.handed_on",
    "follow_up.due",
    "follow_up.done",
    "follow_up.cancelled",
    "follow_up.message_sent",
    "follow_up.message_failed",
    "rule.alarmed",
    "consent.given",
    "consent.withdrawn",
    "hold.placed",
    "hold.lifted",
    "patient.created",
    "patient.changed",
    "patient.merged",
    "patient.unmerged",
    "patient.deleted",
    "operator.status_changed",
];
/// What a supervisor's test sends: it is answered, and nothing is done.
pub(crate) const TEST: &str = "webhook.test";

/// Longest id of a thing of Consilium. Unit: bytes.
const ID_BYTES_MAX: usize = 255;

/// The body of a webhook.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Event {
    /// What happened.
    #[serde(rename = "type")]
    pub(crate) kind: String,
    /// When, RFC 3339.
    pub(crate) timestamp: String,
    /// What is told of it.
    pub(crate) data: Map<String, Value>,
}

impl Event {
    /// Whose and what it is about: the things whose ids it holds.
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        let of_kind = |kind: Kind| Some(Subject { kind, id: self.id(&kind.field())? });
        Kind::ALL.into_iter().filter_map(of_kind).collect()
    }

    /// The patient.
    pub(crate) fn patient(&self) -> Option<String> {
        self.id(&Kind::Patient.field())
    }

    /// Events of one lane are worked on one at a time: a patient's, else a call-back's or an operator's, else only its own (`id`).
    pub(crate) fn lane(&self, id: &str) -> String {
        let first = [Kind::Patient, Kind::Callback, Kind::Operator].into_iter().find_map(|kind| self.id(&kind.field()));
        first.unwrap_or_else(|| id.to_owned())
    }

    /// Which step of what it is: a later one has a greater number. `None`: its type has no order.
    pub(crate) fn step_of(&self) -> Option<(String, i64)> {
        let (family, _) = self.kind.split_once('.')?;
        let what = match family {
            "consultation" | "participant" | "conclusion" => "consultation_id",
            "call" => "call_id",
            "callback" => "callback_id",
            "follow_up" => "follow_up_id",
            "note" => "note_id",
            _ => return None,
        };
        // A conclusion counts its own versions.
        let family = if family == "participant" { "consultation" } else { family };
        let version = self.data.get("version")?.as_i64()?;
        Some((format!("{family}:{}", self.id(what)?), version))
    }

    fn id(&self, field: &str) -> Option<String> {
        let id = self.data.get(field)?.as_str()?;
        (!id.is_empty() && id.len() <= ID_BYTES_MAX).then(|| id.to_owned())
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use serde_json::json;

    use super::Event;
    use crate::known::Kind;

    fn event(kind: &str, data: serde_json::Value) -> Event {
        serde_json::from_value(json!({ "type": kind, "timestamp": "2026-11-28T23:20:00.000Z", "data": data })).unwrap()
    }

    #[test]
    fn a_patients_conversations_share_a_lane() {
        let one = event("consultation.taken", json!({ "patient_id": "p", "conversation_id": "c1" }));
        let other = event("callback.taken", json!({ "patient_id": "p", "callback_id": "b", "conversation_id": "c2" }));
        assert_eq!(one.lane("msg_1"), other.lane("msg_2"));
        let visitor = event("callback.taken", json!({ "patient_id": null, "callback_id": "b" }));
        assert_eq!((visitor.lane("msg_3").as_str(), visitor.patient()), ("b", None));
        assert_eq!(event("something.new", json!({})).lane("msg_4"), "msg_4");
    }

    #[test]
    fn steps_are_counted_by_what_they_are_of() {
        let data = json!({ "consultation_id": "c", "version": 3 });
        for (kind, wanted) in [
            ("consultation.taken", Some(("consultation:c".to_owned(), 3))),
            ("participant.joined", Some(("consultation:c".to_owned(), 3))),
            ("conclusion.signed", Some(("conclusion:c".to_owned(), 3))),
            ("operator.status_changed", None),
            ("call.ended", None),
        ] {
            assert_eq!(event(kind, data.clone()).step_of(), wanted, "{kind}");
        }
    }

    #[test]
    fn things_are_found_by_their_ids() {
        let data = json!({ "consultation_id": "c", "patient_id": "p", "call_id": null, "operator_id": 7 });
        let kinds: Vec<Kind> = event("x.y", data).subjects().into_iter().map(|subject| subject.kind).collect();
        assert_eq!(kinds, [Kind::Patient, Kind::Consultation]);
    }
}
