//! Other answers to what the queue asks, while nobody has taken the consultation: by the questions that were answered, kept in one transaction with the step that
//! makes it as urgent as it is now.
//!
//! Deliberately absent: the answers before. Nobody leads by them yet; that they were changed, and when, is in the history.

use super::command::Command;
use super::error::ConsultationError;
use super::machine::step;
use super::record::{self, Record};
use super::transition::{self, Circumstances, TRIES};
use crate::actor::Actor;
use crate::api::types::{FieldError, QuestionAnswer};
use crate::ids::ConsultationId;
use crate::questionnaire::{self, Given, Response};
use crate::rules;
use crate::store::{Session, StoreError, Writing};
use crate::tenant::Tenant;
use crate::time::Time;
use consilium_config::brand::{Questionnaire, RuleEvent};

/// What a patient answered, as he answers it anew.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// What he answered to; where he answered nothing, what his queue asks now.
    pub questionnaire: Questionnaire,
    /// In the order of the questions.
    pub answers: Vec<QuestionAnswer>,
    /// When; none: never.
    pub answered_at: Option<Time>,
}

/// Answers instead of others.
#[derive(Debug, Clone)]
pub struct Change {
    /// All of them.
    pub answers: Vec<QuestionAnswer>,
    /// When those were given that the patient saw.
    pub based_on: Option<Time>,
}

/// The questions of a consultation with their answers; none where nothing was answered and, while it waits, nothing is asked.
pub async fn form(session: &mut Session, tenant: &Tenant, record: &Record) -> Result<Option<Form>, StoreError> {
    if let Some(response) = questionnaire::of_consultation(session, tenant, &record.id).await? {
        let Response { questionnaire, answers, answered_at } = response;
        return Ok(Some(Form { questionnaire, answers, answered_at: Some(answered_at) }));
    }
    if !record.state.phase.is_waiting() {
        return Ok(None);
    }
    let brand = tenant.brand();
    let asked = brand.queue(record.state.queue.as_str()).and_then(|queue| brand.questionnaire(queue));
    Ok(asked.cloned().map(|questionnaire| Form { questionnaire, answers: Vec::new(), answered_at: None }))
}

/// Keeps other answers of a consultation that waits. The same ones change nothing, so that a retry after a lost answer is harmless.
///
/// Errors: `NotFound`, `Refused` where it does not wait, `Answers`, `AnswersChanged`, `Contended`, `Store`.
pub async fn change_answers(
    tenant: &Tenant,
    id: &ConsultationId,
    change: &Change,
    actor: &Actor,
) -> Result<Record, ConsultationError> {
    for _ in 0..TRIES {
        let mut writing = tenant.store.write().await?;
        if let Some(after) = change_within(&mut writing, tenant, id, change, actor).await? {
            writing.commit().await?;
            return Ok(after);
        }
    }
    Err(ConsultationError::Contended)
}

/// `None`: somebody else was faster and nothing was written.
async fn change_within(
    writing: &mut Writing,
    tenant: &Tenant,
    id: &ConsultationId,
    change: &Change,
    actor: &Actor,
) -> Result<Option<Record>, ConsultationError> {
    let before = record::load(writing, id).await?.ok_or(ConsultationError::NotFound)?;
    let now = tenant.context.now();
    // That somebody has taken it is said before what is wrong with the answers.
    step(&before.state, &Command::ChangeAnswers { urgency: 0 }, now)?;
    let form = form(writing, tenant, &before).await?.ok_or_else(nothing_is_asked)?;
    let checked = questionnaire::checked(&form.questionnaire, change.answers.clone());
    let answers = checked.map_err(ConsultationError::Answers)?;
    if answers == form.answers {
        return Ok(Some(before));
    }
    if change.based_on != form.answered_at {
        return Err(ConsultationError::AnswersChanged);
    }
    let urgency = questionnaire::urgency_of_change(&form.questionnaire, &form.answers, &answers);
    let circumstances = Circumstances { actor, note: None, by_macro: None };
    let command = Command::ChangeAnswers { urgency };
    let Some(after) = transition::apply_within(writing, tenant, id, &command, circumstances).await? else {
        return Ok(None);
    };
    let given = Given { questionnaire: &form.questionnaire, answers };
    questionnaire::keep(writing, tenant, id, &given, time_behind(form.answered_at, now)).await?;
    if urgency <= 0 {
        return Ok(Some(after));
    }
    Box::pin(rules::after_step(writing, tenant, after, &[RuleEvent::ConsultationRedFlag], None)).await.map(Some)
}

fn nothing_is_asked() -> ConsultationError {
    let message = "this service asks nothing".to_owned();
    ConsultationError::Answers(vec![FieldError::new("answers", message)])
}

/// Now, but behind the answers before: a patient names those that he saw by their time.
fn time_behind(before: Option<Time>, now: Time) -> Time {
    before.map_or(now, |before| now.max(Time::from_millis(before.as_millis().saturating_add(1))))
}

#[cfg(test)]
mod tests {
    use super::time_behind;
    use crate::time::Time;

    #[test]
    fn no_two_answers_have_one_time() {
        let at = Time::from_millis;
        assert_eq!(time_behind(None, at(5)), at(5));
        assert_eq!(time_behind(Some(at(3)), at(5)), at(5));
        assert_eq!(time_behind(Some(at(5)), at(5)), at(6));
        assert_eq!(time_behind(Some(at(9)), at(5)), at(10));
    }
}
