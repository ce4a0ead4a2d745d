//! One consultation with its history.

use sea_query::{Expr, ExprTrait, Order, Query};

use super::Presenter;
use super::consultation::cut;
use crate::api::types::{Actor, ActorKind, ConsultationDetail, HistoryEntry, Keys, OwnAnswers};
use crate::consultation::change_answers::Form;
use crate::consultation::team::Member;
use crate::consultation::{Action, Record, Sight};
use crate::conversation;
use crate::field;
use crate::ids::{OperatorId, PatientId, UserId};
use crate::questionnaire;
use crate::store::tables::ConsultationHistory as Table;
use crate::store::{Row, Session, StoreError};
use crate::tenant_key::Place;
use crate::time::Time;
use crate::words::Word;

impl Presenter<'_> {
    /// A consultation with its history as far as `sight` reaches, and whether `viewer` has the keys of its conversation.
    pub async fn detail(
        &self,
        session: &mut Session,
        record: &Record,
        (viewer, sight): (&UserId, Sight),
    ) -> Result<ConsultationDetail, StoreError> {
        let mut rows = self.rows(session, std::slice::from_ref(record)).await?;
        let row = rows.pop().ok_or_else(|| StoreError::unknown_value("id", record.id.as_str()))?;
        let row = cut(row, sight);
        let mut history = self.history(session, record).await?;
        history.retain(|entry| sight.reaches(entry.at));
        let devices = conversation::last_hand_over(session, &record.conversation, viewer.as_str()).await?.unwrap_or(0);
        let keys = Keys { ready: devices > 0, devices: u32::try_from(devices).unwrap_or(u32::MAX) };
        let answers = if sight.reads_answers(&record.state.phase) {
            questionnaire::of_consultation(session, self.tenant, &record.id).await?
        } else {
            None
        };
        let brand = self.tenant.brand();
        let answers = answers.map(|response| questionnaire::answered(&response, self.tongue(&brand)));
        let fields = if sight == Sight::Whole {
            let values = field::of_consultation(session, &self.tenant.key, &record.id).await?;
            self.consultation_fields(record, &values)
        } else {
            Vec::new()
        };
        Ok(ConsultationDetail { row, history, keys, answers, fields })
    }

    /// What a patient answered, as he answers it anew.
    pub fn own_answers(&self, form: Option<Form>) -> OwnAnswers {
        let brand = self.tenant.brand();
        let Some(Form { questionnaire, answers, answered_at }) = form else {
            return OwnAnswers { questionnaire: None, answers: Vec::new(), answered_at: None };
        };
        let questionnaire = Some(questionnaire::asked(&questionnaire, self.tongue(&brand)));
        OwnAnswers { questionnaire, answers, answered_at }
    }

    async fn history(&self, session: &mut Session, record: &Record) -> Result<Vec<HistoryEntry>, StoreError> {
        let mut select = Query::select();
        select
            .columns([Table::Version, Table::At, Table::ActorKind, Table::ActorId, Table::Action, Table::Note])
            .from(Table::Table);
        select.and_where(Expr::col(Table::ConsultationId).eq(record.id.as_str())).order_by(Table::Version, Order::Asc);
        session.fetch_all(&select).await?.iter().map(|row| self.entry(row, record)).collect()
    }

    /// Who came or went with a step: no two do at one time.
    fn colleague(&self, record: &Record, action: &str, at: Time) -> Option<String> {
        let came = action == Action::Invited.as_str();
        let went = [Action::Left, Action::Dismissed].iter().any(|left| left.as_str() == action);
        let moved = |member: &&Member| (came && member.joined_at == at) || (went && member.left_at == Some(at));
        record.members.iter().find(moved).map(|member| self.operator_name(&member.operator))
    }

    fn entry(&self, row: &Row, record: &Record) -> Result<HistoryEntry, StoreError> {
        let kind = ActorKind::from_word(&row.text(Table::ActorKind)?)?;
        let id = row.text_or_null(Table::ActorId)?;
        let name = match (kind, id) {
            (ActorKind::Operator, Some(id)) => self.operator_name(&OperatorId::from(id)),
            (ActorKind::Patient, Some(id)) => self
                .tenant
                .patients
                .by_id(&PatientId::from(id))
                .map(|entry| entry.card.name.clone())
                .unwrap_or_default(),
            (ActorKind::Partner, Some(id)) => self.tenant.api_keys.name_of(&id.into()),
            _ => String::new(),
        };
        let key = format!("{}/{}", record.id, row.number(Table::Version)?);
        let place = Place { table: "consultation_history", column: "note", row: &key };
        let note = row.bytes_or_null(Table::Note)?.and_then(|note| self.tenant.key.open(place, &note).ok());
        let (at, action) = (row.time(Table::At)?, row.text(Table::Action)?);
        Ok(HistoryEntry {
            at,
            actor: Actor { kind, name },
            operator: self.colleague(record, &action, at),
            action,
            note: note.and_then(|note| String::from_utf8(note).ok()),
        })
    }
}
