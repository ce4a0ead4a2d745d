//! Names of the tables of questionnaires and their columns.

use sea_query::Iden;

/// Questions as they were asked.
#[derive(Clone, Copy, Iden)]
pub enum Questionnaire {
    Table,
    Version,
    Content,
    FirstAt,
}

/// What patients answered.
#[derive(Clone, Copy, Iden)]
pub enum QuestionnaireResponse {
    Table,
    ConsultationId,
    Version,
    AnsweredAt,
    RedFlag,
    Answers,
}
