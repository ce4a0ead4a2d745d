//! Made-up events of every type, in the shape of Consilium's own: what `check` tries a mapping on.

use serde_json::{Map, Value, json};

use crate::event::Event;

/// Patient, conversation, consultation and so on of the examples.
pub(crate) const PATIENT: &str = "01890a5d-ac96-774b-bcce-b302099a8057";
const CONVERSATION: &str = "01890a5d-ac96-774b-bcce-b302099a8058";
const CONSULTATION: &str = "01890a5d-ac96-774b-bcce-b302099a8059";
const CALLBACK: &str = "01890a5d-ac96-774b-bcce-b302099a805a";
const MERGE: &str = "01890a5d-ac96-774b-bcce-b302099a805c";
const OTHER_PATIENT: &str = "01890a5d-ac96-774b-bcce-b302099a805d";
const PERSON: &str = "01890a5d-ac96-774b-bcce-b302099a805e";
const CALL: &str = "01890a5d-ac96-774b-bcce-b302099a805b";
const TAG: &str = "01890a5d-ac96-774b-bcce-b302099a805f";
const FOLLOW_UP: &str = "01890a5d-ac96-774b-bcce-b302099a8060";
const INVITATION: &str = "01890a5d-ac96-774b-bcce-b302099a8061";
const NOTE: &str = "01890a5d-ac96-774b-bcce-b302099a8062";
const RUN: &str = "01890a5d-ac96-774b-bcce-b302099a8063";
const HOLD: &str = "01890a5d-ac96-774b-bcce-b302099a8064";
const OPERATOR: &str = "@petrova:clinic.example";
const QUEUE: &str = "therapist";
/// `webhook-id` of the examples.
pub(crate) const ID: &str = "msg_01a2220c-6a2c-70bc-84f9-42c6ee1e5d07";
const AT: &str = "2026-11-28T23:20:00.000Z";

/// An example of `kind`, one of [`crate::event::TYPES`]. With everything that a webhook can be told to send.
pub(crate) fn event(kind: &str) -> Event {
    let (family, step) = kind.split_once('.').unwrap_or((kind, ""));
    let mut data = match family {
        "consultation" if step == "erased" => erased(),
        "consultation" | "participant" => consultation(step),
        "queue_invitation" => queue_invitation(step),
        "conclusion" => conclusion(step),
        "note" => note(step),
        "call" => call(step),
        "callback" => callback(step),
        "follow_up" => follow_up(step),
        "rule" => alarm(),
        "consent" => consent(step),
        "hold" => hold(step),
        "patient" if step == "created" => json!({ "patient_id": PATIENT, "created_at": AT, "created_by": "operator" }),
        "patient" if step == "changed" => changed(),
        "patient" if step == "deleted" => json!({ "patient_id": PATIENT, "deleted_at": AT }),
        "patient" => merge(),
        _ => json!({ "operator_id": OPERATOR, "status": "online", "since": AT, "queue_ids": [QUEUE] }),
    };
    if family == "participant" {
        data["operator_id"] = json!(OPERATOR);
        data["role"] = json!("consultant");
    }
    if kind == "consultation.person_corrected" {
        data["person_id"] = json!(PERSON);
    }
    if matches!(kind, "consultation.offered" | "consultation.passed" | "consultation.offer_lapsed") {
        data["operator_id"] = json!(OPERATOR);
    }
    if matches!(kind, "consultation.tagged" | "consultation.untagged") {
        data["tag_id"] = json!(TAG);
    }
    if kind == "consultation.fields_changed" {
        data["fields"] = json!(["occasion"]);
    }
    if kind == "consultation.rated" {
        data["stars"] = json!(5);
    }
    if family != "operator" && !matches!(kind, "patient.deleted" | "consultation.erased") {
        data["patient"] = json!({
            "name": "Anna Kuznetsova", "phone": "+74950000001", "email": "anna@example.org", "birth_date": "1990-02-03",
        });
    }
    let data = match data {
        Value::Object(data) => data,
        _ => Map::new(),
    };
    Event { kind: kind.to_owned(), timestamp: AT.to_owned(), data }
}

fn consultation(step: &str) -> Value {
    let (phase, version) = match step {
        "requested" | "queued" | "offered" | "passed" | "offer_lapsed" | "wait_warning" | "wait_broken" => {
            ("queued", 1)
        }
        "assigned" | "moved" | "raised" | "lowered" | "answers_changed" => ("queued", 2),
        "returned" => ("queued", 3),
        "held" => ("on_hold", 3),
        "closed" | "rated" => ("archived", 4),
        "cancelled" => ("cancelled", 2),
        "abandoned" => ("abandoned", 2),
        _ => ("active", 2),
    };
    let is_over = matches!(phase, "archived" | "cancelled" | "abandoned");
    let is_taken = version > 1 && !matches!(phase, "queued" | "cancelled" | "abandoned");
    json!({
        "consultation_id": CONSULTATION,
        "conversation_id": CONVERSATION,
        "patient_id": PATIENT,
        "person_id": null,
        "queue_id": QUEUE,
        "version": version,
        "phase": phase,
        "phase_since": AT,
        "priority": 0,
        "requested_at": AT,
        "taken_at": is_taken.then_some(AT),
        "first_answer_at": is_taken.then_some(AT),
        "ended_at": is_over.then_some(AT),
        "lead_operator_id": (is_taken && !is_over).then_some(OPERATOR),
        "last_lead_operator_id": is_taken.then_some(OPERATOR),
        "transferred_to_operator_id": null,
        "participants": [],
    })
}

fn erased() -> Value {
    json!({
        "consultation_id": CONSULTATION, "conversation_id": CONVERSATION, "patient_id": PATIENT, "version": 5, "erased_at": AT,
    })
}

fn conclusion(step: &str) -> Value {
    json!({
        "consultation_id": CONSULTATION,
        "conversation_id": CONVERSATION,
        "patient_id": PATIENT,
        "number": 1,
        "version": if step == "signed" { 1 } else { 2 },
        "signed_at": AT,
        "signed_by_operator_id": OPERATOR,
        "method": "simple",
        "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    })
}

fn queue_invitation(step: &str) -> Value {
    let state = if matches!(step, "made" | "refused") { "open" } else { step };
    json!({
        "queue_invitation_id": INVITATION,
        "consultation_id": CONSULTATION,
        "conversation_id": CONVERSATION,
        "patient_id": PATIENT,
        "queue_id": QUEUE,
        "role": "consultant",
        "state": state,
        "made_at": AT,
        "made_by_operator_id": OPERATOR,
        "expires_at": AT,
        "asked_operator_ids": [OPERATOR],
        "operator_id": (!matches!(step, "expired" | "over")).then_some(OPERATOR),
        "accepted_by_operator_id": (step == "accepted").then_some(OPERATOR),
    })
}

fn note(step: &str) -> Value {
    let is_deleted = step == "deleted";
    json!({
        "note_id": NOTE,
        "conversation_id": CONVERSATION,
        "consultation_id": CONSULTATION,
        "patient_id": PATIENT,
        "version": if step == "written" { 1 } else { 2 },
        "author_operator_id": OPERATOR,
        "written_at": AT,
        "edited_at": (step == "edited").then_some(AT),
        "deleted_at": is_deleted.then_some(AT),
        "deleted_by_operator_id": is_deleted.then_some(OPERATOR),
    })
}

fn alarm() -> Value {
    json!({
        "rule_run_id": RUN,
        "rule_id": "long-wait",
        "rule_version": 1,
        "event": "consultation.wait_broken",
        "consultation_id": CONSULTATION,
        "callback_id": null,
        "conversation_id": CONVERSATION,
        "patient_id": PATIENT,
        "alarmed_at": AT,
    })
}

fn hold(step: &str) -> Value {
    let is_lifted = step == "lifted";
    json!({
        "hold_id": HOLD,
        "patient_id": PATIENT,
        "consultation_id": CONSULTATION,
        "placed_at": AT,
        "placed_by_operator_id": OPERATOR,
        "lifted_at": is_lifted.then_some(AT),
        "lifted_by_operator_id": is_lifted.then_some(OPERATOR),
    })
}

fn call(step: &str) -> Value {
    let is_answered = step != "started";
    let is_over = step == "ended";
    json!({
        "call_id": CALL,
        "consultation_id": CONSULTATION,
        "conversation_id": CONVERSATION,
        "patient_id": PATIENT,
        "version": 1,
        "kind": "video",
        "caller": "staff",
        "state": if is_over { "ended" } else if is_answered { "answered" } else { "ringing" },
        "outcome": is_over.then_some("completed"),
        "started_at": AT,
        "answered_at": is_answered.then_some(AT),
        "ended_at": is_over.then_some(AT),
    })
}

fn callback(step: &str) -> Value {
    let phase = match step {
        "ordered" | "released" | "moved" | "overdue" => "new",
        "called" | "telephoned" => "calling",
        "not_answered" | "put_off" => "no_answer",
        "finished" => "done",
        "cancelled" => "cancelled",
        _ => "taken",
    };
    let is_over = matches!(phase, "done" | "cancelled");
    json!({
        "callback_id": CALLBACK,
        "conversation_id": CONVERSATION,
        "patient_id": PATIENT,
        "person_id": null,
        "queue_id": QUEUE,
        "version": 1,
        "source": "app",
        "phase": phase,
        "phase_since": AT,
        "requested_at": AT,
        "window_start": null,
        "window_end": null,
        "time_zone": "Europe/Moscow",
        "due_at": AT,
        "overdue_since": (step == "overdue").then_some(AT),
        "again_at": (phase == "no_answer").then_some(AT),
        "attempts": 0,
        "operator_id": (phase != "new").then_some(OPERATOR),
        "means": matches!(step, "telephoned" | "finished").then_some("telephone"),
        "call_id": null,
        "outcome": (phase == "done").then_some("answered"),
        "ended_at": is_over.then_some(AT),
    })
}

fn follow_up(step: &str) -> Value {
    let phase = match step {
        "due" | "handed_on" | "message_sent" | "message_failed" => "due",
        "done" => "done",
        "cancelled" => "cancelled",
        _ => "ahead",
    };
    let message = match step {
        "message_sent" => Some("sent"),
        "message_failed" => Some("failed"),
        _ => None,
    };
    json!({
        "follow_up_id": FOLLOW_UP,
        "patient_id": PATIENT,
        "consultation_id": CONSULTATION,
        "queue_id": QUEUE,
        "version": 1,
        "phase": phase,
        "due_at": AT,
        "operator_id": (step != "handed_on").then_some(OPERATOR),
        "message": message,
        "created_at": AT,
        "ended_at": matches!(phase, "done" | "cancelled").then_some(AT),
    })
}

fn consent(step: &str) -> Value {
    json!({
        "patient_id": PATIENT,
        "person_id": null,
        "purpose": "treatment",
        "version": if step == "given" { 1 } else { 2 },
        "decision": step,
        "text_sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "decided_at": AT,
    })
}

fn changed() -> Value {
    json!({ "patient_id": PATIENT, "changed_at": AT, "changed_by": "operator", "fields": ["phone"] })
}

fn merge() -> Value {
    json!({ "merge_id": MERGE, "patient_id": PATIENT, "merged_patient_id": OTHER_PATIENT, "merged_at": AT })
}

#[cfg(test)]
mod tests {
    use super::event;
    use crate::event::TYPES;

    #[test]
    fn there_is_an_example_of_every_type() {
        for kind in TYPES {
            let example = event(kind);
            assert!(example.data.len() > 1, "{kind}");
            assert_eq!(example.patient().is_some(), !kind.starts_with("operator."), "{kind}");
        }
    }
}
