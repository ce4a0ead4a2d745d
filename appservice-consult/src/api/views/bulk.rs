//! One act on several rows: each is looked at as it would be alone before anything is done to it.

use super::{StaffView, SupervisorView};
use crate::api::problem::ApiError;
use crate::api::types::{
    BulkAct, BulkOutcome, BulkRequest, BulkRow, BulkRows, ExportConsultations, ExportPatients, ExportedRows,
};
use crate::bulk::problem::bulk_error;
use crate::bulk::{self, BulkError, By, Outcome, Wish};
use crate::consultation::reading;
use crate::ids::ConsultationId;
use crate::patient;
use crate::present::patient_row;

impl StaffView {
    /// Does one thing to several consultations.
    pub async fn act_on_several(&self, request: BulkRequest) -> Result<BulkRows, ApiError> {
        let BulkRequest { ids, act, request_id } = request;
        let wish = Wish { act: &act, request_id };
        bulk::checked(&ids).map_err(|error| self.bulk_failed(error))?;
        wish.is_possible(self.tenant()).await.map_err(|error| self.bulk_failed(error))?;
        let mut rows = Rows::of(ids.len());
        for id in &ids {
            if rows.has_failed {
                rows.skip(id.as_str());
            } else {
                let outcome = self.act_on_one(id, wish).await;
                rows.note(id.as_str(), outcome.map(shown));
            }
        }
        Ok(BulkRows { rows: rows.all })
    }

    async fn act_on_one(&self, id: &ConsultationId, wish: Wish<'_>) -> Result<Outcome, ApiError> {
        match wish.act {
            BulkAct::AddTag { .. } | BulkAct::RemoveTag { .. } | BulkAct::Macro { .. } => drop(self.seen(id).await?),
            BulkAct::Assign { .. } | BulkAct::Priority { .. } => drop(self.known(id).await?),
        }
        let actor = self.actor();
        let by = By { member: &self.member, actor: &actor, right: self.right() };
        bulk::act_on(self.tenant(), id, wish, by).await.map_err(|error| self.bulk_failed(error))
    }

    fn bulk_failed(&self, error: BulkError) -> ApiError {
        bulk_error(error, |id| self.presenter().operator_ref(id))
    }

    /// Several consultations as a table.
    pub async fn export_consultations(&self, request: ExportConsultations) -> Result<ExportedRows, ApiError> {
        bulk::checked(&request.ids).map_err(|error| self.bulk_failed(error))?;
        let mut rows = Rows::of(request.ids.len());
        let mut records = Vec::new();
        for id in &request.ids {
            match self.seen(id).await {
                Ok((record, _)) => {
                    records.push(record);
                    rows.note(id.as_str(), Ok(BulkOutcome::Done));
                }
                Err(error) => rows.note(id.as_str(), Err(error)),
            }
        }
        reading::remember_export(self.tenant(), &records, &self.actor()).await?;
        let mut session = self.tenant().store.read_at_length().await?;
        let shown = self.presenter().rows_for(&mut session, &records, &self.member).await?;
        Ok(ExportedRows { table: text_of(bulk::of_consultations(&shown))?, rows: rows.all })
    }
}

impl SupervisorView {
    /// Several patients as a table.
    pub async fn export_patients(&self, request: ExportPatients) -> Result<ExportedRows, ApiError> {
        let staff = self.staff();
        bulk::checked(&request.ids).map_err(|error| staff.bulk_failed(error))?;
        let mut rows = Rows::of(request.ids.len());
        let mut cards = Vec::new();
        let shown = patient::export_shown(staff.tenant(), &request.ids, &staff.actor()).await?;
        for (id, record) in request.ids.iter().zip(shown) {
            match record {
                Ok(record) => {
                    cards.push(patient_row(record, Vec::new()));
                    rows.note(id.as_str(), Ok(BulkOutcome::Done));
                }
                Err(error) => rows.note(id.as_str(), Err(error.into())),
            }
        }
        Ok(ExportedRows { table: text_of(bulk::of_patients(&cards))?, rows: rows.all })
    }
}

fn text_of(table: Result<Vec<u8>, csv::Error>) -> Result<String, ApiError> {
    let table = table.map_err(ApiError::internal)?;
    String::from_utf8(table).map_err(ApiError::internal)
}

fn shown(outcome: Outcome) -> BulkOutcome {
    match outcome {
        Outcome::Done => BulkOutcome::Done,
        Outcome::Unchanged => BulkOutcome::Unchanged,
    }
}

/// The answer while it grows.
struct Rows {
    all: Vec<BulkRow>,
    /// The service itself failed at one: nothing more is tried.
    has_failed: bool,
}

impl Rows {
    fn of(count: usize) -> Self {
        Self { all: Vec::with_capacity(count), has_failed: false }
    }

    fn note(&mut self, id: &str, outcome: Result<BulkOutcome, ApiError>) {
        let (outcome, problem) = match outcome {
            Ok(outcome) => (outcome, None),
            Err(error) => {
                self.has_failed |= error.status() >= 500;
                (BulkOutcome::Refused, Some(error.into_problem()))
            }
        };
        self.all.push(BulkRow { id: id.to_owned(), outcome, problem });
    }

    fn skip(&mut self, id: &str) {
        self.all.push(BulkRow { id: id.to_owned(), outcome: BulkOutcome::NotTried, problem: None });
    }
}
