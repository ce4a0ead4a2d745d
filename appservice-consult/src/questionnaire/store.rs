//! The rows of questionnaires as they were asked, and of their answers.

use std::collections::HashMap;

use sea_query::{Expr, ExprTrait, OnConflict, Query, SelectStatement};
use sha2::{Digest, Sha256};

use consilium_config::brand::Questionnaire;

use super::answers::has_red_flag;
use super::shown::{Language, answered};
use crate::api::types::{Answered, QuestionAnswer};
use crate::ids::ConsultationId;
use crate::store::tables::{Questionnaire as Asked, QuestionnaireResponse as Table};
use crate::store::{Row, Session, StoreError, Writing};
use crate::tenant::Tenant;
use crate::tenant_key::Place;
use crate::time::Time;

/// What a patient answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// To what: the questions as they were asked.
    pub questionnaire: Questionnaire,
    /// What, in the order of the questions.
    pub answers: Vec<QuestionAnswer>,
    /// When.
    pub answered_at: Time,
}

fn place(consultation: &ConsultationId) -> Place<'_> {
    Place { table: "questionnaire_response", column: "answers", row: consultation.as_str() }
}

/// Answers that were [`checked`](super::checked), to what.
#[derive(Debug, Clone)]
pub struct Given<'a> {
    /// The questions of now.
    pub questionnaire: &'a Questionnaire,
    /// In their order.
    pub answers: Vec<QuestionAnswer>,
}

/// Keeps answers with their questions, in the place of those before.
pub async fn keep(
    writing: &mut Writing,
    tenant: &Tenant,
    consultation: &ConsultationId,
    given: &Given<'_>,
    at: Time,
) -> Result<(), StoreError> {
    let Given { questionnaire, answers } = given;
    let content =
        serde_json::to_string(questionnaire).expect("a questionnaire has only string keys and finite numbers");
    let version = hex::encode(Sha256::digest(&content));
    let mut asked = Query::insert();
    asked.into_table(Asked::Table).columns([Asked::Version, Asked::Content, Asked::FirstAt]);
    asked.values_panic([version.as_str().into(), content.into(), at.as_millis().into()]);
    writing.execute(asked.on_conflict(OnConflict::column(Asked::Version).do_nothing().to_owned())).await?;
    let plain = serde_json::to_vec(answers).expect("answers have only string keys and finite numbers");
    let sealed = tenant.key.seal(&tenant.context, place(consultation), &plain);
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([
        Table::ConsultationId,
        Table::Version,
        Table::AnsweredAt,
        Table::RedFlag,
        Table::Answers,
    ]);
    insert.values_panic([
        consultation.as_str().into(),
        version.into(),
        at.as_millis().into(),
        i64::from(has_red_flag(questionnaire, answers)).into(),
        sealed.into(),
    ]);
    let others = [Table::Version, Table::AnsweredAt, Table::RedFlag, Table::Answers];
    insert.on_conflict(OnConflict::column(Table::ConsultationId).update_columns(others).to_owned());
    writing.execute(&insert).await.map(drop)
}

/// What was answered at the request of a consultation. What does not open is a defect or a manipulation: an error.
pub async fn of_consultation(
    session: &mut Session,
    tenant: &Tenant,
    id: &ConsultationId,
) -> Result<Option<Response>, StoreError> {
    let mut select = Query::select();
    select
        .column((Asked::Table, Asked::Content))
        .columns([(Table::Table, Table::AnsweredAt), (Table::Table, Table::Answers)])
        .from(Table::Table)
        .inner_join(Asked::Table, Expr::col((Asked::Table, Asked::Version)).equals((Table::Table, Table::Version)));
    select.and_where(Expr::col((Table::Table, Table::ConsultationId)).eq(id.as_str()));
    let Some(row) = session.fetch_one(&select).await? else { return Ok(None) };
    let broken =
        |source: Box<dyn std::error::Error + Send + Sync>| StoreError::Column { column: "answers".to_owned(), source };
    let opened = tenant.key.open(place(id), &row.bytes(Table::Answers)?).map_err(|error| broken(error.into()))?;
    Ok(Some(Response {
        questionnaire: serde_json::from_str(&row.text(Asked::Content)?).map_err(|error| broken(error.into()))?,
        answers: serde_json::from_slice(&opened).map_err(|error| broken(error.into()))?,
        answered_at: row.time(Table::AnsweredAt)?,
    }))
}

/// The same as it is kept for good: in the language in which the patient asked, else in the brand's.
pub async fn as_asked(
    session: &mut Session,
    tenant: &Tenant,
    id: &ConsultationId,
    language: Option<&str>,
) -> Result<Option<Answered>, StoreError> {
    let brand = tenant.brand();
    let default = brand.default_language.as_str();
    let language = Language { wanted: language.unwrap_or(default), default };
    let response = of_consultation(session, tenant, id).await?;
    Ok(response.map(|response| answered(&response, language)))
}

/// What lists say of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// When they were given.
    pub answered_at: Time,
    /// Whether one of them is a red flag.
    pub red_flag: bool,
}

/// Of those of these consultations that have answers.
pub async fn summaries(session: &mut Session, ids: &[&str]) -> Result<HashMap<ConsultationId, Summary>, StoreError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut select = Query::select();
    select.columns([Table::ConsultationId, Table::AnsweredAt, Table::RedFlag]).from(Table::Table);
    select.and_where(Expr::col(Table::ConsultationId).is_in(ids.iter().copied()));
    let summary = |row: &Row| {
        let summary = Summary { answered_at: row.time(Table::AnsweredAt)?, red_flag: row.number(Table::RedFlag)? == 1 };
        Ok((row.id(Table::ConsultationId)?, summary))
    };
    session.fetch_all(&select).await?.iter().map(summary).collect()
}

/// The ids of the consultations with a red flag among the answers, as a part of a larger statement.
pub fn with_red_flag() -> SelectStatement {
    let mut select = Query::select();
    select.column(Table::ConsultationId).from(Table::Table).and_where(Expr::col(Table::RedFlag).eq(1_i64));
    select
}

/// Takes away what was answered, as a part of the erasure of a consultation. Returns how many there were.
pub async fn erase_consultation(writing: &mut Writing, id: &ConsultationId) -> Result<u64, StoreError> {
    let mut delete = Query::delete();
    delete.from_table(Table::Table).and_where(Expr::col(Table::ConsultationId).eq(id.as_str()));
    writing.execute(&delete).await
}
