//! What a machine's step is to partners: pure, from what was and what is. Ids, phases and times; never a text that somebody wrote, never a name.

use serde_json::{Value, json};

use crate::actor::Actor;
use crate::api::types::{Phase, WebhookEventType as Type};
use crate::call;
use crate::callback;
use crate::conclusion;
use crate::consent;
use crate::consultation::state::Participant;
use crate::consultation::{self, State};
use crate::follow_up;
use crate::ids::{CallbackId, ConversationId, OperatorId, PatientId, TagId};
use crate::note;
use crate::operator::{Member, RULES_AUTHOR};
use crate::patient::merge::Merge;
use crate::queue_invitation;
use crate::rating::Stars;
use crate::retention::Hold;
use crate::rules;
use crate::time::Time;
use crate::words::Word;

/// Something that is told.
#[derive(Debug, Clone, PartialEq)]
pub struct Occurrence {
    /// What.
    pub kind: Type,
    /// When.
    pub at: Time,
    /// What is told in order.
    pub lane: String,
    /// Whose personal fields may be added.
    pub patient: Option<PatientId>,
    /// The call-back whose number may be added.
    pub callback: Option<CallbackId>,
    /// What is told of it.
    pub data: Value,
}

/// A consultation's step; `actions` are the words of its history, `before` is none for a new one.
pub fn of_consultation<'a>(
    before: Option<&State>,
    after: &consultation::Record,
    actions: impl IntoIterator<Item = &'a str>,
    at: Time,
) -> Vec<Occurrence> {
    let occurrence = |kind, data| Occurrence {
        kind,
        at,
        lane: after.conversation.to_string(),
        patient: Some(after.patient.clone()),
        callback: None,
        data,
    };
    let data = consultation_data(after);
    let steps = actions.into_iter().filter_map(|action| Type::of_step("consultation", action));
    let asked = asked(&after.state).or_else(|| before.and_then(asked));
    let of_step = |kind: Type| {
        let mut data = data.clone();
        if matches!(kind, Type::ConsultationOffered | Type::ConsultationPassed | Type::ConsultationOfferLapsed) {
            data["operator_id"] = json!(asked);
        }
        occurrence(kind, data)
    };
    let mut told: Vec<Occurrence> = steps.map(of_step).collect();
    let (was, is) = (members(before), members(Some(&after.state)));
    let of_one = |member: &Participant| {
        let mut data = data.clone();
        data["operator_id"] = json!(member.operator);
        data["role"] = json!(member.role.word());
        data
    };
    let gone = was.iter().filter(|one| !is.iter().any(|other| other.operator == one.operator));
    told.extend(gone.map(|member| occurrence(Type::ParticipantLeft, of_one(member))));
    let same = |one: &Participant, other: &Participant| one.operator == other.operator && one.role == other.role;
    let come = is.iter().filter(|one| !was.iter().any(|other| same(one, other)));
    told.extend(come.map(|member| occurrence(Type::ParticipantJoined, of_one(member))));
    let waited = before.is_some_and(|before| before.phase.name() == Phase::Queued && before.queue == after.state.queue);
    if after.state.phase.name() == Phase::Queued && !waited {
        told.push(occurrence(Type::ConsultationQueued, data));
    }
    told
}

/// Who is asked to take it.
fn asked(state: &State) -> Option<&OperatorId> {
    match &state.phase {
        consultation::Phase::Offered { operator, .. } => Some(operator),
        _ => None,
    }
}

fn members(state: Option<&State>) -> Vec<Participant> {
    state.and_then(|state| state.phase.team()).map(consultation::Team::members).unwrap_or_default()
}

fn consultation_data(record: &consultation::Record) -> Value {
    let state = &record.state;
    let participants = members(Some(state));
    let participants: Vec<Value> = participants
        .iter()
        .map(|member| json!({ "operator_id": member.operator, "role": member.role.word(), "joined_at": member.joined_at }))
        .collect();
    json!({
        "consultation_id": record.id,
        "conversation_id": record.conversation,
        "patient_id": record.patient,
        "person_id": record.person,
        "queue_id": state.queue,
        "version": record.version,
        "phase": state.phase.name().word(),
        "phase_since": state.phase_since,
        "priority": state.priority,
        "requested_at": state.requested_at,
        "taken_at": state.taken_at,
        "first_answer_at": state.first_answer_at,
        "ended_at": state.ended_at,
        "lead_operator_id": state.phase.team().map(|team| &team.lead),
        "last_lead_operator_id": state.last_lead,
        "transferred_to_operator_id": state.transfer.as_ref().and_then(|transfer| transfer.to.as_ref()),
        "participants": participants,
    })
}

/// A tag that was put on a consultation, or taken off it, by the word of the audit log. Its id; its name is staff's.
pub fn of_tag(of: &consultation::Record, action: &str, tag: &TagId, at: Time) -> Option<Occurrence> {
    let kind = Type::of_step("consultation", action)?;
    let mut data = consultation_data(of);
    data["tag_id"] = json!(tag);
    let (lane, patient) = (of.conversation.to_string(), Some(of.patient.clone()));
    Some(Occurrence { kind, at, lane, patient, callback: None, data })
}

/// The brand's own fields of a consultation in which something else stands, by their ids; never what.
pub fn of_fields(of: &consultation::Record, fields: &[String], at: Time) -> Occurrence {
    let mut data = consultation_data(of);
    data["fields"] = json!(fields);
    let (lane, patient) = (of.conversation.to_string(), Some(of.patient.clone()));
    Occurrence { kind: Type::ConsultationFieldsChanged, at, lane, patient, callback: None, data }
}

/// A consultation of which nothing is left but that it was. Whoever asks for names and numbers has none of them added: this is their end too.
pub fn of_erasure(of: &consultation::Record, at: Time) -> Occurrence {
    Occurrence {
        kind: Type::ConsultationErased,
        at,
        lane: of.conversation.to_string(),
        patient: None,
        callback: None,
        data: json!({
            "consultation_id": of.id,
            "conversation_id": of.conversation,
            "patient_id": of.patient,
            "version": of.version,
            "erased_at": at,
        }),
    }
}

/// A step of a follow-up, by the word of the audit log: whose it is and when, neither note nor message.
pub fn of_follow_up(after: &follow_up::Record, action: &str, at: Time) -> Option<Occurrence> {
    let kind = Type::of_step("follow_up", action)?;
    let state = &after.state;
    let (phase, ended_at) = match state.phase {
        follow_up::Phase::Ahead => ("ahead", None),
        follow_up::Phase::Due { .. } => ("due", None),
        follow_up::Phase::Ended { ending: follow_up::Ending::Done, at } => ("done", Some(at)),
        follow_up::Phase::Ended { ending: follow_up::Ending::Cancelled, at } => ("cancelled", Some(at)),
    };
    let data = json!({
        "follow_up_id": after.id,
        "patient_id": after.patient,
        "consultation_id": after.consultation,
        "queue_id": state.queue,
        "version": after.version,
        "phase": phase,
        "due_at": state.due_at,
        "operator_id": state.operator,
        "message": after.message.as_ref().map(|message| message.delivery.word()),
        "created_at": after.created_at,
        "ended_at": ended_at,
    });
    let (lane, patient) = (after.patient.to_string(), Some(after.patient.clone()));
    Some(Occurrence { kind, at, lane, patient, callback: None, data })
}

/// What a patient decided on a consent: its purpose, and the hash of the text that he was shown.
pub fn of_consent(patient: &PatientId, entry: &consent::Entry) -> Occurrence {
    let (kind, decision) = match entry.decision {
        consent::Decision::Given => (Type::ConsentGiven, "given"),
        consent::Decision::Withdrawn => (Type::ConsentWithdrawn, "withdrawn"),
    };
    Occurrence {
        kind,
        at: entry.at,
        lane: patient.to_string(),
        patient: Some(patient.clone()),
        callback: None,
        data: json!({
            "patient_id": patient,
            "person_id": entry.person,
            "purpose": entry.purpose,
            "version": entry.version,
            "decision": decision,
            "text_sha256": entry.text_hash,
            "decided_at": entry.at,
        }),
    }
}

/// What a patient thought of a consultation: the stars, not the words.
pub fn of_rating(of: &consultation::Record, stars: Stars, at: Time) -> Occurrence {
    let mut data = consultation_data(of);
    data["stars"] = json!(stars.number());
    Occurrence {
        kind: Type::ConsultationRated,
        at,
        lane: of.conversation.to_string(),
        patient: Some(of.patient.clone()),
        callback: None,
        data,
    }
}

/// A version of a conclusion that was signed; `number` is the one that stands on the document. Nothing of what it says.
pub fn of_conclusion(of: &consultation::Record, number: Option<i64>, signed: &conclusion::Signed) -> Occurrence {
    Occurrence {
        kind: if signed.version == 1 { Type::ConclusionSigned } else { Type::ConclusionAmended },
        at: signed.at,
        lane: of.conversation.to_string(),
        patient: Some(of.patient.clone()),
        callback: None,
        data: json!({
            "consultation_id": of.id,
            "conversation_id": of.conversation,
            "patient_id": of.patient,
            "number": number,
            "version": signed.version,
            "signed_at": signed.at,
            "signed_by_operator_id": signed.by,
            "method": signed.method,
            "sha256": signed.hash,
        }),
    }
}

/// A step of asking whoever serves a queue, by the word of the audit log: who asks, who was asked, what came of it. `by`: who did it; `None`: time did.
pub fn of_queue_invitation(
    after: &queue_invitation::Record,
    of: &consultation::Record,
    action: &str,
    by: Option<&OperatorId>,
    at: Time,
) -> Option<Occurrence> {
    let kind = Type::of_step("queue_invitation", action)?;
    let asked: Vec<&OperatorId> = after.asked.iter().map(|invitee| &invitee.operator).collect();
    let data = json!({
        "queue_invitation_id": after.id,
        "consultation_id": of.id,
        "conversation_id": of.conversation,
        "patient_id": of.patient,
        "queue_id": after.queue,
        "role": after.role.word(),
        "state": after.state.word(),
        "made_at": after.made_at,
        "made_by_operator_id": after.by,
        "expires_at": after.expires_at,
        "asked_operator_ids": asked,
        "operator_id": by,
        "accepted_by_operator_id": after.accepted_by,
    });
    let (lane, patient) = (of.conversation.to_string(), Some(of.patient.clone()));
    Some(Occurrence { kind, at, lane, patient, callback: None, data })
}

/// A note that was written, changed or deleted, by the word of the audit log: which and by whom, never what it says. One that a rule wrote has no author.
pub fn of_note(note: &note::Record, action: &str, at: Time) -> Option<Occurrence> {
    let kind = Type::of_step("note", action)?;
    let author = Some(&note.author).filter(|author| author.as_str() != RULES_AUTHOR);
    let deleted = note.deleted.as_ref();
    let data = json!({
        "note_id": note.id,
        "conversation_id": note.conversation,
        "consultation_id": note.consultation,
        "patient_id": note.patient,
        "version": note.version,
        "author_operator_id": author,
        "written_at": note.created_at,
        "edited_at": note.edited_at,
        "deleted_at": deleted.map(|(at, _)| at),
        "deleted_by_operator_id": deleted.map(|(_, by)| by),
    });
    let (lane, patient) = (note.conversation.to_string(), Some(note.patient.clone()));
    Some(Occurrence { kind, at, lane, patient, callback: None, data })
}

/// Whom an alarm of a rule is about, and in whose order it is told.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// The conversation, where there is one.
    pub conversation: Option<&'a ConversationId>,
    /// The patient, where he is known.
    pub patient: Option<&'a PatientId>,
    /// What is told in order.
    pub lane: &'a str,
}

/// An alarm of a rule: which rule, after what, and on what. Neither its name nor what it noted.
pub fn of_alarm(run: &rules::Record, about: About<'_>) -> Occurrence {
    Occurrence {
        kind: Type::RuleAlarmed,
        at: run.at,
        lane: about.lane.to_owned(),
        patient: about.patient.cloned(),
        callback: run.subject.callback().cloned(),
        data: json!({
            "rule_run_id": run.id,
            "rule_id": run.rule,
            "rule_version": run.version,
            "event": run.event,
            "consultation_id": run.subject.consultation(),
            "callback_id": run.subject.callback(),
            "conversation_id": about.conversation,
            "patient_id": about.patient,
            "alarmed_at": run.at,
        }),
    }
}

/// A hold that was put on records, or lifted: which and by whom, never why.
pub fn of_hold(hold: &Hold) -> Occurrence {
    let (kind, at) = match &hold.lifted {
        None => (Type::HoldPlaced, hold.placed_at),
        Some(lifted) => (Type::HoldLifted, lifted.at),
    };
    let lifted = hold.lifted.as_ref();
    Occurrence {
        kind,
        at,
        lane: hold.patient.to_string(),
        patient: Some(hold.patient.clone()),
        callback: None,
        data: json!({
            "hold_id": hold.id,
            "patient_id": hold.patient,
            "consultation_id": hold.consultation,
            "placed_at": hold.placed_at,
            "placed_by_operator_id": hold.placed_by,
            "lifted_at": lifted.map(|lifted| lifted.at),
            "lifted_by_operator_id": lifted.map(|lifted| &lifted.by),
        }),
    }
}

/// A call's step; `before` is none for a new one. A call that never rang has begun and is over in one.
pub fn of_call(before: Option<&call::State>, after: &call::Record, at: Time) -> Vec<Occurrence> {
    let is = &after.state;
    let is_corrected = |was: &call::State| was.outcome() != is.outcome();
    let mut kinds = Vec::new();
    if before.is_none() {
        kinds.push(Type::CallStarted);
    }
    if is.answered_at().is_some() && before.is_none_or(|was| was.answered_at().is_none()) {
        kinds.push(Type::CallAnswered);
    }
    if !is.is_open() && before.is_none_or(is_corrected) {
        kinds.push(Type::CallEnded);
    }
    let data = json!({
        "call_id": after.id,
        "consultation_id": after.consultation,
        "conversation_id": after.conversation,
        "patient_id": after.patient,
        "version": after.version,
        "kind": after.kind.word(),
        "caller": is.caller.word(),
        "state": is.name().word(),
        "outcome": is.outcome().map(Word::word),
        "started_at": after.started_at,
        "answered_at": is.answered_at(),
        "ended_at": is.ended_at(),
    });
    let occurrence = |kind| Occurrence {
        kind,
        at,
        lane: after.conversation.to_string(),
        patient: Some(after.patient.clone()),
        callback: None,
        data: data.clone(),
    };
    kinds.into_iter().map(occurrence).collect()
}

/// A call-back's step, by the word of its history.
pub fn of_callback(after: &callback::Record, action: &str, at: Time) -> Option<Occurrence> {
    let kind = Type::of_step("callback", action)?;
    let state = &after.state;
    let window = state.when.window();
    let again_at = match &state.phase {
        callback::Phase::NoAnswer { again_at } => Some(*again_at),
        _ => None,
    };
    let data = json!({
        "callback_id": after.id,
        "conversation_id": after.conversation,
        "patient_id": after.patient,
        "person_id": after.person,
        "queue_id": after.queue,
        "version": after.version,
        "source": after.source.word(),
        "phase": state.phase.name().word(),
        "phase_since": state.phase_since,
        "requested_at": state.requested_at,
        "window_start": window.map(|(start, _)| start),
        "window_end": window.map(|(_, end)| end),
        "time_zone": after.time_zone,
        "due_at": state.due_at,
        "overdue_since": state.overdue_since,
        "again_at": again_at,
        "attempts": state.attempts,
        "operator_id": state.last_operator,
        "means": state.last_means.map(Word::word),
        "call_id": after.call,
        "outcome": state.phase.ending().and_then(callback::Ending::outcome).map(Word::word),
        "ended_at": state.ended_at,
    });
    Some(Occurrence {
        kind,
        at,
        lane: after.lane().to_owned(),
        patient: after.patient.clone(),
        callback: Some(after.id.clone()),
        data,
    })
}

/// A patient who is new here, and who made his card: he himself by coming, a member of staff, a partner's system.
pub fn of_creation(patient: &PatientId, by: &Actor, at: Time) -> Occurrence {
    Occurrence {
        kind: Type::PatientCreated,
        at,
        lane: patient.to_string(),
        patient: Some(patient.clone()),
        callback: None,
        data: json!({ "patient_id": patient, "created_at": at, "created_by": by.kind().word() }),
    }
}

/// A patient's card on which something else stands: the names of its fields, and who changed them; never what stands in them.
pub fn of_change(patient: &PatientId, by: &Actor, fields: &[String], at: Time) -> Occurrence {
    Occurrence {
        kind: Type::PatientChanged,
        at,
        lane: patient.to_string(),
        patient: Some(patient.clone()),
        callback: None,
        data: json!({ "patient_id": patient, "changed_at": at, "changed_by": by.kind().word(), "fields": fields }),
    }
}

/// Two cards that are shown as one, or are separate again.
pub fn of_merge(merge: &Merge) -> Occurrence {
    let (kind, at) = match &merge.separated {
        None => (Type::PatientMerged, merge.merged_at),
        Some(separated) => (Type::PatientUnmerged, separated.at),
    };
    Occurrence {
        kind,
        at,
        lane: merge.leading.to_string(),
        patient: Some(merge.leading.clone()),
        callback: None,
        data: json!({
            "merge_id": merge.id(),
            "patient_id": merge.leading,
            "merged_patient_id": merge.part.patient,
            "merged_at": merge.merged_at,
        }),
    }
}

/// A patient's account that is deleted. Whoever asks for names and numbers has none of them added: there is nothing left to add.
pub fn of_deletion(patient: &PatientId, at: Time) -> Occurrence {
    Occurrence {
        kind: Type::PatientDeleted,
        at,
        lane: patient.to_string(),
        patient: None,
        callback: None,
        data: json!({ "patient_id": patient, "deleted_at": at }),
    }
}

/// An operator's new status.
pub fn of_status(member: &Member) -> Occurrence {
    Occurrence {
        kind: Type::OperatorStatusChanged,
        at: member.status_since,
        lane: member.id.to_string(),
        patient: None,
        callback: None,
        data: json!({
            "operator_id": member.id,
            "status": member.status.word(),
            "status_kind": member.status_kind,
            "since": member.status_since,
            "queue_ids": member.queues,
        }),
    }
}
