//! What narrows a list of consultations beside stage, queue, lead, patient and tag; and the orders by what presses. Conditions and keys of SQL, pure.

use sea_query::{CaseStatement, Cond, Expr, ExprTrait, Func};

use super::record::STAGE_ENDED;
use super::state::Mark;
use crate::api::types::{ConsultationQuery, Phase, SlaFilter};
use crate::questionnaire;
use crate::store::tables::Consultation as Table;
use crate::time::Time;
use crate::words::Word;

/// Behind every time that there is.
const NEVER: i64 = i64::MAX;

/// As the query says it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Narrowing {
    phase: Option<Phase>,
    from: Option<Time>,
    to: Option<Time>,
    urgent: Option<bool>,
    red_flag: Option<bool>,
    sla: Option<SlaFilter>,
    unanswered: Option<bool>,
    language: Option<String>,
}

impl From<&ConsultationQuery> for Narrowing {
    fn from(query: &ConsultationQuery) -> Self {
        Self {
            phase: query.phase,
            from: query.from,
            to: query.to,
            urgent: query.urgent,
            red_flag: query.red_flag,
            sla: query.sla,
            unanswered: query.unanswered,
            language: query.language.clone(),
        }
    }
}

impl Narrowing {
    /// Whether it narrows nothing.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// Whether it asks for one phase.
    pub(super) fn names_a_phase(&self) -> bool {
        self.phase.is_some()
    }

    /// As a condition.
    pub(super) fn condition(&self) -> Cond {
        let at_or_after = |from: Time| Expr::col(Table::RequestedAt).gte(from.as_millis());
        let before = |to: Time| Expr::col(Table::RequestedAt).lt(to.as_millis());
        Cond::all()
            .add_option(self.phase.map(|phase| Expr::col(Table::Phase).eq(phase.word())))
            .add_option(self.from.map(at_or_after))
            .add_option(self.to.map(before))
            .add_option(self.urgent.map(is_urgent))
            .add_option(self.red_flag.map(has_red_flag))
            .add_option(self.sla.map(stands))
            .add_option(self.unanswered.map(is_unanswered))
            .add_option(self.language.as_deref().map(|language| Expr::col(Table::Language).eq(language)))
    }
}

fn is_urgent(yes: bool) -> Expr {
    let priority = Expr::col(Table::Priority);
    if yes { priority.gt(0_i64) } else { priority.lte(0_i64) }
}

fn has_red_flag(yes: bool) -> Expr {
    let id = Expr::col(Table::Id);
    let flagged = questionnaire::with_red_flag();
    if yes { id.in_subquery(flagged) } else { id.not_in_subquery(flagged) }
}

fn is_unanswered(yes: bool) -> Expr {
    let since = Expr::col(Table::UnansweredSince);
    if yes { since.is_not_null() } else { since.is_null() }
}

fn stands(sla: SlaFilter) -> Expr {
    match sla {
        SlaFilter::Breach => is_marked(Mark::Broken),
        SlaFilter::Warning => is_marked(Mark::Warned).and(is_marked(Mark::Broken).not()),
    }
}

/// Whether one of the promises that run has this mark; which run is said by `State::is_promised`.
fn is_marked(mark: Mark) -> Expr {
    let wait = Expr::col(Table::Stage).eq(0_i64).and(Expr::col(Table::WaitMark).eq(mark.word()));
    let response = Expr::col(Table::Stage).lt(STAGE_ENDED).and(Expr::col(Table::FirstAnswerAt).is_null());
    let resolution = Expr::col(Table::Stage).lt(STAGE_ENDED).and(Expr::col(Table::ResolutionMark).eq(mark.word()));
    wait.or(response.and(Expr::col(Table::ResponseMark).eq(mark.word()))).or(resolution)
}

/// The order by promises: broken ones, those that were warned of, the others; of each the one that has to be looked at next first.
pub(super) fn by_promise() -> Vec<Expr> {
    let rank = CaseStatement::new()
        .case(is_marked(Mark::Broken), Expr::val(0_i64))
        .case(is_marked(Mark::Warned), Expr::val(1_i64))
        .finally(Expr::val(2_i64));
    vec![rank.into(), or_never(Table::SlaDueAt)]
}

/// The order by who waits for an answer.
pub(super) fn by_unanswered() -> Vec<Expr> {
    vec![or_never(Table::UnansweredSince)]
}

fn or_never(column: Table) -> Expr {
    Func::coalesce([Expr::col(column), Expr::val(NEVER)]).into()
}
