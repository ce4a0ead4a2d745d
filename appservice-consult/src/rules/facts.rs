//! What rules are judged by, gathered from the books.

use std::collections::HashMap;

use consilium_config::Brand;
use sea_query::{Expr, ExprTrait, Query};

use super::verdict::Facts;
use crate::callback;
use crate::consultation::{Record, record};
use crate::ids::{ConsultationId, PatientId, QueueId, TagId};
use crate::questionnaire;
use crate::queue::calendar;
use crate::store::tables::Consultation as Table;
use crate::store::{Session, StoreError};
use crate::tag;
use crate::time::Time;

/// What happened, as far as time goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment {
    /// When.
    pub at: Time,
    /// How long nobody wrote before. Unit: seconds.
    pub silent_seconds: Option<i64>,
}

/// What is known of several consultations at once.
#[derive(Debug, Default)]
pub(super) struct Known {
    tags: HashMap<ConsultationId, Vec<tag::Record>>,
    answered: HashMap<ConsultationId, questionnaire::Summary>,
}

impl Known {
    /// Reads it.
    pub(super) async fn of(session: &mut Session, records: &[Record]) -> Result<Self, StoreError> {
        let ids: Vec<&str> = records.iter().map(|record| record.id.as_str()).collect();
        Ok(Self {
            tags: tag::of_consultations(session, &ids).await?,
            answered: questionnaire::summaries(session, &ids).await?,
        })
    }

    /// Since when an answer has a red flag; `None`: none has.
    pub(super) fn flagged_at(&self, id: &ConsultationId) -> Option<Time> {
        self.answered.get(id).filter(|answered| answered.red_flag).map(|answered| answered.answered_at)
    }

    fn tags(&self, id: &ConsultationId) -> Vec<TagId> {
        self.tags.get(id).into_iter().flatten().map(|tag| tag.id.clone()).collect()
    }
}

/// Of a consultation, at a moment.
pub(super) async fn of_consultation(
    session: &mut Session,
    brand: &Brand,
    record: &Record,
    known: &Known,
    moment: Moment,
) -> Result<Facts, StoreError> {
    let state = &record.state;
    let waited_until = state.first_taken_at.map_or(moment.at, |taken| taken.min(moment.at));
    Ok(Facts {
        queue: state.queue.clone(),
        tags: known.tags(&record.id),
        language: record.language.clone(),
        is_within_hours: works(brand, &state.queue, moment.at),
        has_red_flag: known.flagged_at(&record.id).is_some(),
        is_returning: was_here(session, &record.patient, state.requested_at).await?,
        waited_seconds: std::cmp::max(0, waited_until.seconds_since(state.requested_at)),
        silent_seconds: moment.silent_seconds,
    })
}

/// Of a call-back, at a time. Who ordered by the form is nobody yet: he speaks no language that is known, and was never here.
pub(super) async fn of_callback(
    session: &mut Session,
    brand: &Brand,
    callback: &callback::Record,
    at: Time,
) -> Result<Facts, StoreError> {
    let latest = match &callback.conversation {
        Some(conversation) => record::load_latest(session, conversation).await?,
        None => None,
    };
    let is_returning = match &callback.patient {
        Some(patient) => was_here(session, patient, callback.state.requested_at).await?,
        None => false,
    };
    Ok(Facts {
        queue: callback.queue.clone(),
        tags: Vec::new(),
        language: latest.and_then(|latest| latest.language),
        is_within_hours: works(brand, &callback.queue, at),
        has_red_flag: false,
        is_returning,
        waited_seconds: 0,
        silent_seconds: None,
    })
}

/// Whether a queue works; one that the brand has no more does not.
fn works(brand: &Brand, queue: &QueueId, at: Time) -> bool {
    brand.queue(queue.as_str()).is_some_and(|queue| calendar(brand, queue).is_open(at))
}

/// Whether a patient had a consultation before a time.
async fn was_here(session: &mut Session, patient: &PatientId, before: Time) -> Result<bool, StoreError> {
    let mut select = Query::select();
    select.column(Table::Id).from(Table::Table).limit(1);
    select.and_where(Expr::col(Table::PatientId).eq(patient.as_str()));
    select.and_where(Expr::col(Table::RequestedAt).lt(before.as_millis()));
    Ok(session.fetch_one(&select).await?.is_some())
}
