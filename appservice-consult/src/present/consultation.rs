//! Consultations as patients and as staff see them. A page is one set of look-ups, not one for each row.

use std::collections::HashMap;

use super::Presenter;
use super::rating::rating_ref;
use crate::api::types::{
    Consultation, ConsultationRow, Conversation as Shown, Hold, Offer, OperatorRef, Participant, PatientRef, QueueRef,
    SlaLevel, SlaState, SlaTarget, Transfer, TransferCause, WaitEstimate, Waiting,
};
use crate::conclusion;
use crate::consultation::transition::place;
use crate::consultation::{Mark, Phase, Promise, Record, Sight, State, device_check, record, sight, sla, team};
use crate::conversation::{self, Conversation};
use crate::field;
use crate::ids::{ConsultationId, ConversationId, OperatorId, PatientId, QueueId, RoomId};
use crate::operator::{FOLDER_AUTHOR, Member, RULES_AUTHOR};
use crate::questionnaire;
use crate::queue;
use crate::rating;
use crate::store::{Session, StoreError};
use crate::tag;
use crate::time::Time;

/// What rows of a page need besides themselves.
struct Around {
    conversations: HashMap<ConversationId, Conversation>,
    places: HashMap<ConsultationId, u32>,
    estimates: HashMap<QueueId, Option<WaitEstimate>>,
    conclusions: HashMap<ConsultationId, conclusion::Record>,
    signers: HashMap<ConsultationId, OperatorId>,
    ratings: HashMap<ConsultationId, rating::Record>,
}

impl Presenter<'_> {
    /// Consultations as their patient sees them.
    pub async fn consultations(
        &self,
        session: &mut Session,
        records: &[Record],
    ) -> Result<Vec<Consultation>, StoreError> {
        let around = self.around(session, records).await?;
        Ok(records.iter().map(|record| self.consultation(record, &around)).collect())
    }

    /// Consultations as staff sees them.
    pub async fn rows(&self, session: &mut Session, records: &[Record]) -> Result<Vec<ConsultationRow>, StoreError> {
        let around = self.around(session, records).await?;
        let ids: Vec<&str> = records.iter().map(|record| record.id.as_str()).collect();
        let tags = tag::of_consultations(session, &ids).await?;
        let answered = questionnaire::summaries(session, &ids).await?;
        let mut checked = device_check::of_consultations(session, &ids).await?;
        let filled = field::of_consultations(session, &self.tenant.key, &ids).await?;
        let shown = records.iter().map(|record| {
            let tags = tags.get(&record.id).map(Vec::as_slice).unwrap_or_default();
            let tags = tags.iter().map(|tag| self.tag_ref(tag)).collect();
            let answered = answered.get(&record.id);
            let row = ConsultationRow {
                tags,
                device_check: checked.remove(&record.id),
                red_flag: answered.is_some_and(|answered| answered.red_flag),
                answered_at: answered.map(|answered| answered.answered_at),
                ..self.row(record, &around)
            };
            self.with_fields(row, record, filled.get(&record.id))
        });
        Ok(shown.collect())
    }

    /// Consultations as one member of staff sees them.
    pub async fn rows_for(
        &self,
        session: &mut Session,
        records: &[Record],
        viewer: &Member,
    ) -> Result<Vec<ConsultationRow>, StoreError> {
        let rows = self.rows(session, records).await?.into_iter().zip(records);
        Ok(rows.map(|(row, record)| cut(row, sight::of(viewer, record).unwrap_or(Sight::Row))).collect())
    }

    /// A patient's conversations with what is open in them. One whose room is still being made is not shown.
    pub async fn conversations(
        &self,
        session: &mut Session,
        conversations: Vec<Conversation>,
    ) -> Result<Vec<Shown>, StoreError> {
        let mut shown = Vec::new();
        for conversation in conversations {
            let Some(room_id) = conversation.room else { continue };
            let open = record::load_open(session, &conversation.id).await?;
            let open = self.consultations(session, open.as_slice()).await?.pop();
            shown.push(Shown { id: conversation.id, room_id, circle: conversation.circle, open_consultation: open });
        }
        Ok(shown)
    }

    async fn around(&self, session: &mut Session, records: &[Record]) -> Result<Around, StoreError> {
        let mut ids: Vec<&str> = records.iter().map(|record| record.conversation.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        let conversations = conversation::load_many(session, &ids).await?;
        let (mut places, mut estimates) = (HashMap::new(), HashMap::new());
        for record in records.iter().filter(|record| record.state.phase.is_waiting()) {
            let queue = &record.state.queue;
            if !estimates.contains_key(queue) {
                places.extend(queue::places(session, queue).await?);
                let estimate = queue::estimate(session, queue, self.tenant.context.now()).await?;
                estimates.insert(queue.clone(), estimate);
            }
        }
        let written = records.iter().filter(|record| record.state.first_taken_at.is_some());
        let written: Vec<&str> = written.map(|record| record.id.as_str()).collect();
        let conclusions = conclusion::of_consultations(session, &written).await?;
        let signed = conclusions.values().filter(|conclusion| conclusion.signed_version > 0);
        let signed: Vec<&str> = signed.map(|conclusion| conclusion.consultation.as_str()).collect();
        let signers = conclusion::signers(session, &signed).await?;
        let ended = records.iter().filter(|record| record.state.ended_at.is_some());
        let ended: Vec<&str> = ended.map(|record| record.id.as_str()).collect();
        let ratings = rating::of_consultations(session, &ended).await?;
        Ok(Around { conversations, places, estimates, conclusions, signers, ratings })
    }

    fn consultation(&self, record: &Record, around: &Around) -> Consultation {
        let state = &record.state;
        let room = around.conversations.get(&record.conversation).and_then(|conversation| conversation.room.clone());
        Consultation {
            id: record.id.clone(),
            conversation_id: record.conversation.clone(),
            room_id: room.unwrap_or_else(|| RoomId::from("")),
            person: record.person.as_ref().map(|person| self.person_ref(person)),
            queue: QueueRef { id: state.queue.clone(), name: self.queue_name(&state.queue) },
            phase: state.phase.name(),
            requested_at: state.requested_at,
            taken_at: state.taken_at,
            first_answer_at: state.first_answer_at,
            ended_at: state.ended_at,
            hold: match state.phase {
                Phase::OnHold { until, .. } => Some(Hold { since: state.phase_since, until }),
                _ => None,
            },
            participants: self.participants(record),
            waiting: state.phase.is_waiting().then(|| Waiting {
                place: around.places.get(&record.id).copied().unwrap_or(1),
                estimate: around.estimates.get(&state.queue).copied().flatten(),
                came_back: state.transfer.as_ref().is_some_and(|transfer| transfer.cause == TransferCause::Lost),
            }),
            end_reason: self.opened_text(record, "end_reason", record.end_reason.as_deref()),
            message_count: record.facts.message_count,
            first_event_id: record.facts.first_event.clone(),
            last_event_id: record.facts.last_event.clone(),
            conclusion: around
                .conclusions
                .get(&record.id)
                .and_then(|conclusion| self.conclusion_ref(conclusion, around.signers.get(&record.id))),
            rating: around.ratings.get(&record.id).map(rating_ref),
            rating_until: rating::open_until(record, self.is_rated(&state.queue)),
            erased_at: record.erased_at,
        }
    }

    fn row(&self, record: &Record, around: &Around) -> ConsultationRow {
        let state = &record.state;
        ConsultationRow {
            consultation: self.consultation(record, around),
            patient: self.patient(record),
            priority: state.priority,
            language: record.language.clone(),
            offer: match &state.phase {
                Phase::Offered { operator, until } => Some(self.offer(&state.queue, operator, *until)),
                _ => None,
            },
            sla: self.sla(state),
            transfer: state.transfer.as_ref().map(|transfer| Transfer {
                from: self.operator_name(&transfer.from),
                note: self.opened_text(record, "transfer_note", record.transfer_note.as_deref()).unwrap_or_default(),
                at: transfer.at,
                to: transfer.to.as_ref().map(|to| self.operator_ref(to)),
                cause: transfer.cause,
            }),
            previous_operator: state.previous_lead.as_ref().map(|lead| self.operator_ref(lead)),
            last_message_at: record.facts.last_message_at,
            unanswered_since: state.unanswered_since,
            tags: Vec::new(),
            fields_changed_at: None,
            chosen_fields: Vec::new(),
            missing_fields: Vec::new(),
            red_flag: false,
            device_check: None,
            answered_at: None,
            conclusion_need: self
                .tenant
                .brand()
                .queue(state.queue.as_str())
                .map(|queue| queue.conclusion)
                .unwrap_or_default(),
        }
    }

    fn is_rated(&self, queue: &QueueId) -> bool {
        self.tenant.brand().queue(queue.as_str()).is_some_and(|queue| queue.rating)
    }

    fn sla(&self, state: &State) -> Option<SlaState> {
        let brand = &self.tenant.brand();
        let running = sla::deadlines(state, brand, brand.queue(state.queue.as_str()));
        let worst =
            running.into_iter().max_by_key(|one| (state.marks.of(one.promise), std::cmp::Reverse(one.due_at)))?;
        Some(SlaState {
            target: match worst.promise {
                Promise::Wait => SlaTarget::Wait,
                Promise::FirstResponse => SlaTarget::FirstResponse,
                Promise::Resolution => SlaTarget::Resolution,
            },
            due_at: worst.due_at,
            level: match state.marks.of(worst.promise) {
                Mark::None => SlaLevel::Kept,
                Mark::Warned => SlaLevel::Warning,
                Mark::Broken => SlaLevel::Breach,
            },
        })
    }

    fn offer(&self, queue: &QueueId, operator: &OperatorId, until: Time) -> Offer {
        let seconds = self.tenant.brand().queue(queue.as_str()).map_or(0, |queue| queue.routing.offer_seconds);
        Offer { to: self.operator_ref(operator), since: until.plus_seconds(-i64::from(seconds)), until }
    }

    /// Those in it now; after the end, those who were in it then.
    fn participants(&self, record: &Record) -> Vec<Participant> {
        let ended_at = record.state.ended_at;
        let counts =
            |member: &&team::Member| member.left_at.is_none() || (ended_at.is_some() && member.left_at == ended_at);
        let shown = record.members.iter().filter(counts).map(|member| Participant {
            operator_id: member.operator.clone(),
            name: self.operator_name(&member.operator),
            role: member.role,
            joined_at: member.joined_at,
            invited_by: member.invited_by.as_ref().map(|by| self.operator_ref(by)),
        });
        shown.collect()
    }

    fn patient(&self, record: &Record) -> PatientRef {
        self.patient_ref(&record.patient)
    }

    /// A patient by name, as the desk knows him: by the card that his account is on.
    pub fn patient_ref(&self, patient: &PatientId) -> PatientRef {
        let Some((id, card)) = self.tenant.patients.shown(patient) else {
            return PatientRef { id: patient.clone(), name: self.nobody(), age: None, sex: None };
        };
        PatientRef { id, age: card.age(self.tenant.today()), sex: card.sex, name: card.name }
    }

    pub(super) fn operator_name(&self, id: &OperatorId) -> String {
        if id.as_str() == RULES_AUTHOR {
            return if self.language == "ru" { "Правило" } else { "Rule" }.to_owned();
        }
        if id.as_str() == FOLDER_AUTHOR {
            return if self.language == "ru" { "Бренд" } else { "Brand" }.to_owned();
        }
        self.tenant.staff.by_id(id).map(|member| member.name.clone()).unwrap_or_default()
    }

    /// An operator by name.
    pub fn operator_ref(&self, id: &OperatorId) -> OperatorRef {
        OperatorRef { id: id.clone(), name: self.operator_name(id) }
    }

    /// A sealed text of the row. One that does not open is a defect or a manipulation: it is logged and shown as absent.
    fn opened_text(&self, record: &Record, column: &'static str, sealed: Option<&[u8]>) -> Option<String> {
        let opened = self.tenant.key.open(place(column, record.id.as_str()), sealed?);
        let text = opened.ok().and_then(|bytes| String::from_utf8(bytes).ok());
        if text.is_none() {
            tracing::error!(consultation.id = %record.id, column, "a sealed text does not open");
        }
        text
    }
}

/// A row without what staff wrote, as far as it is not within a sight.
pub fn cut(mut row: ConsultationRow, sight: Sight) -> ConsultationRow {
    if sight == Sight::Whole {
        return row;
    }
    if let Some(transfer) = row.transfer.as_mut().filter(|transfer| !sight.reaches(transfer.at)) {
        transfer.note.clear();
    }
    row.device_check = None;
    row.fields_changed_at = None;
    row.chosen_fields.clear();
    row.missing_fields.clear();
    if let Sight::HandedOn(left_at) = sight {
        put_out_of_sight(&mut row, left_at);
    }
    row
}

/// Takes away how a consultation waits, and what has happened since somebody handed it on.
fn put_out_of_sight(row: &mut ConsultationRow, left_at: Time) {
    row.consultation.waiting = None;
    row.priority = 0;
    row.offer = None;
    row.sla = None;
    row.unanswered_since = None;
    row.red_flag = false;
    row.answered_at = None;
    row.tags.clear();
    if row.last_message_at.is_some_and(|at| at > left_at) {
        row.last_message_at = None;
        row.consultation.last_event_id = None;
    }
}
