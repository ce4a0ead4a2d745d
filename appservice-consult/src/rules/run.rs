//! What rules do after a step, in its transaction. What cannot be done is left out and told by the log; only the store's failures take the step with them.

use std::sync::Arc;

use consilium_config::Brand;
use consilium_config::brand::{Rule, RuleEvent, Section};
use serde_json::{Value, json};

use super::facts::{self, Known, Moment};
use super::store::{self, Record as Run, Subject};
use super::verdict::{Planned, looked_at, plan};
use crate::actor::Actor;
use crate::api::types::{RuleAction, RuleDone, RuleOutcome};
use crate::audit;
use crate::callback;
use crate::change::{self, Kind};
use crate::consultation::transition::{Circumstances, Transition};
use crate::consultation::{Command, ConsultationError, Record, Refusal, step, transfer_target};
use crate::ids::{ConversationId, OperatorId, QueueId, TagId};
use crate::note::{self, NoteError};
use crate::operator::RULES_AUTHOR;
use crate::settings;
use crate::store::{Session, StoreError, Writing};
use crate::tag::{self, TagError};
use crate::tenant::Tenant;
use crate::webhook::{self, About};

/// After a consultation's step. Returns it as the rules left it. `silent_seconds`: how long nobody wrote before the patient did.
///
/// Errors: `NotFound`, `Contended`, `Store`.
pub async fn after_step(
    writing: &mut Writing,
    tenant: &Tenant,
    after: Record,
    events: &[RuleEvent],
    silent_seconds: Option<i64>,
) -> Result<Record, ConsultationError> {
    let brand = tenant.brand();
    if looked_at(&brand.rules, events).is_empty() {
        return Ok(after);
    }
    let known = Known::of(writing, std::slice::from_ref(&after)).await?;
    let moment = Moment { at: tenant.context.now(), silent_seconds };
    let facts = facts::of_consultation(writing, &brand, &after, &known, moment).await?;
    let mut record = after;
    for planned in plan(&brand.rules, events, &facts) {
        let doing = Doing::new(tenant, &brand, planned);
        let mut done = doing.tags(writing, &record).await?;
        record = doing.arrange(writing, record, &mut done).await?;
        doing.tell(writing, Subject::Consultation(record.id.clone()), about(&record), done).await?;
    }
    Ok(record)
}

/// After a conclusion was signed for the first time: nothing waits then, so that nothing is moved.
pub async fn after_signing(writing: &mut Writing, tenant: &Tenant, of: &Record) -> Result<(), StoreError> {
    let (brand, events) = (tenant.brand(), [RuleEvent::ConclusionSigned]);
    if looked_at(&brand.rules, &events).is_empty() {
        return Ok(());
    }
    let known = Known::of(writing, std::slice::from_ref(of)).await?;
    let moment = Moment { at: tenant.context.now(), silent_seconds: None };
    let facts = facts::of_consultation(writing, &brand, of, &known, moment).await?;
    for planned in plan(&brand.rules, &events, &facts) {
        let doing = Doing::new(tenant, &brand, planned);
        let done = doing.tags(writing, of).await?;
        doing.tell(writing, Subject::Consultation(of.id.clone()), about(of), done).await?;
    }
    Ok(())
}

/// After a call-back's step: a note on its conversation, where it has one, and an alarm.
pub async fn after_callback(
    writing: &mut Writing,
    tenant: &Tenant,
    after: &callback::Record,
    events: &[RuleEvent],
) -> Result<(), StoreError> {
    let brand = tenant.brand();
    if looked_at(&brand.rules, events).is_empty() {
        return Ok(());
    }
    let facts = facts::of_callback(writing, &brand, after, tenant.context.now()).await?;
    for planned in plan(&brand.rules, events, &facts) {
        let doing = Doing::new(tenant, &brand, planned);
        let subject = Subject::Callback(after.id.clone());
        let (conversation, patient) = (after.conversation.as_ref(), after.patient.as_ref());
        doing.tell(writing, subject, About { conversation, patient, lane: after.lane() }, Vec::new()).await?;
    }
    Ok(())
}

fn about(of: &Record) -> About<'_> {
    About { conversation: Some(&of.conversation), patient: Some(&of.patient), lane: of.conversation.as_str() }
}

/// A rule while it runs.
#[derive(Clone, Copy)]
struct Doing<'a> {
    tenant: &'a Tenant,
    brand: &'a Arc<Brand>,
    rule: &'a Rule,
    may_move: bool,
}

impl<'a> Doing<'a> {
    fn new(tenant: &'a Tenant, brand: &'a Arc<Brand>, planned: Planned<'a>) -> Self {
        Self { tenant, brand, rule: planned.rule, may_move: planned.may_move }
    }

    async fn tags(self, writing: &mut Writing, on: &Record) -> Result<Vec<RuleDone>, StoreError> {
        let by = OperatorId::from(RULES_AUTHOR);
        let change = tag::Change {
            tenant: self.tenant,
            consultation: &on.id,
            by: &by,
            actor: &Actor::System,
            by_macro: None,
            by_rule: Some(&self.rule.id),
        };
        let mut done = Vec::new();
        for id in &self.rule.actions.remove_tags {
            let outcome = of_tag(tag::take_off(writing, change, &TagId::from(id.as_str())).await)?;
            done.push(RuleDone { action: RuleAction::RemoveTag, subject: Some(id.clone()), outcome });
        }
        for id in &self.rule.actions.add_tags {
            let outcome = of_tag(tag::put_on(writing, change, &TagId::from(id.as_str())).await)?;
            done.push(RuleDone { action: RuleAction::AddTag, subject: Some(id.clone()), outcome });
        }
        Ok(done)
    }

    /// Its place in line, and the queue that it waits in.
    async fn arrange(
        self,
        writing: &mut Writing,
        mut record: Record,
        done: &mut Vec<RuleDone>,
    ) -> Result<Record, ConsultationError> {
        if let Some(priority) = self.rule.actions.raise_priority_to {
            let (after, outcome) = self.step(writing, record, Command::Raise { to: i64::from(priority) }).await?;
            record = after;
            done.push(RuleDone { action: RuleAction::RaisePriority, subject: Some(priority.to_string()), outcome });
        }
        if let Some(queue) = &self.rule.actions.move_to {
            let (after, outcome) = self.move_to(writing, record, queue).await?;
            record = after;
            done.push(RuleDone { action: RuleAction::Move, subject: Some(queue.clone()), outcome });
        }
        Ok(record)
    }

    async fn move_to(
        self,
        writing: &mut Writing,
        record: Record,
        queue: &str,
    ) -> Result<(Record, RuleOutcome), ConsultationError> {
        if !self.may_move {
            return Ok((record, RuleOutcome::MovedBefore));
        }
        if record.state.transfer.as_ref().is_some_and(|transfer| transfer.to.is_some()) {
            return Ok((record, RuleOutcome::HandedOn));
        }
        match transfer_target(writing, self.tenant, &record, QueueId::from(queue)).await {
            Ok(_) => self.step(writing, record, Command::Move { to: QueueId::from(queue) }).await,
            Err(ConsultationError::NoSuchQueue) => Ok((record, RuleOutcome::NoSuchQueue)),
            Err(ConsultationError::OtherCircle) => Ok((record, RuleOutcome::OtherCircle)),
            Err(error) => Err(error),
        }
    }

    /// A step of the machine, behind which no rule is looked at.
    async fn step(
        self,
        writing: &mut Writing,
        before: Record,
        command: Command,
    ) -> Result<(Record, RuleOutcome), ConsultationError> {
        let now = before.time_of_next_step(self.tenant.context.now());
        let (state, effects) = match step(&before.state, &command, now) {
            Ok(next) => next,
            Err(Refusal::WrongPhase(_)) => return Ok((before, RuleOutcome::NotWaiting)),
            Err(refusal) => return Err(refusal.into()),
        };
        if effects.is_empty() {
            return Ok((before, RuleOutcome::Unchanged));
        }
        let circumstances = Circumstances { actor: &Actor::System, note: None, by_macro: None };
        let facts = before.facts.clone();
        let transition = Transition { before: &before, state, facts, effects: &effects, circumstances, now };
        let after = transition.write_alone(writing, self.tenant).await?.ok_or(ConsultationError::Contended)?;
        Ok((after, RuleOutcome::Done))
    }

    /// The note, the alarm, which partners are told too, and the log with everything that came of the rule.
    async fn tell(
        self,
        writing: &mut Writing,
        subject: Subject,
        about: About<'_>,
        mut done: Vec<RuleDone>,
    ) -> Result<(), StoreError> {
        if let Some(text) = &self.rule.actions.note {
            let outcome = self.note(writing, about.conversation, text).await?;
            done.push(RuleDone { action: RuleAction::Note, subject: None, outcome });
        }
        if self.rule.actions.alarm {
            done.push(RuleDone { action: RuleAction::Alarm, subject: None, outcome: RuleOutcome::Done });
        }
        let run = Run {
            id: self.tenant.context.new_id().into(),
            at: self.tenant.context.now(),
            rule: self.rule.id.clone(),
            version: version_of(writing, self.brand, &self.rule.id).await?,
            event: self.rule.event,
            subject,
            done,
            is_alarm: self.rule.actions.alarm,
            seen: None,
        };
        store::insert(writing, &run).await?;
        if run.is_alarm {
            webhook::enqueue(writing, self.tenant, vec![webhook::of_alarm(&run, about)]).await?;
        }
        self.remember(writing, &run).await
    }

    async fn note(
        self,
        writing: &mut Writing,
        conversation: Option<&ConversationId>,
        text: &str,
    ) -> Result<RuleOutcome, StoreError> {
        let Some(conversation) = conversation else { return Ok(RuleOutcome::NotPossible) };
        match note::write_for_rule(writing, self.tenant, conversation, text, &self.rule.id).await {
            Ok(_) => Ok(RuleOutcome::Done),
            Err(NoteError::Store(source)) => Err(source),
            Err(_) => Ok(RuleOutcome::NotPossible),
        }
    }

    async fn remember(self, writing: &mut Writing, run: &Run) -> Result<(), StoreError> {
        let (kind, id, action) = match &run.subject {
            Subject::Consultation(id) => ("consultation", id.as_str(), "consultation.rule_run"),
            Subject::Callback(id) => ("callback", id.as_str(), "callback.rule_run"),
        };
        let done: Vec<String> = run.done.iter().map(told).collect();
        let detail = json!({ "rule": run.rule, "version": run.version, "event": run.event, "done": done });
        let subject = audit::Subject { kind, id };
        let entry = audit::Entry { at: run.at, actor: &Actor::System, action, subject, detail };
        audit::append(writing, &self.tenant.key, entry).await?;
        change::append(writing, run.at, Kind::Rule, run.id.as_str(), None).await
    }
}

/// An action and what came of it, in the words of the wire.
fn told(done: &RuleDone) -> String {
    let word = |value: Value| value.as_str().unwrap_or_default().to_owned();
    format!("{}: {}", word(json!(done.action)), word(json!(done.outcome)))
}

/// What came of a tag: whether it changed, or why it could not.
fn of_tag(changed: Result<bool, TagError>) -> Result<RuleOutcome, StoreError> {
    Ok(match changed {
        Ok(true) => RuleOutcome::Done,
        Ok(false) => RuleOutcome::Unchanged,
        Err(TagError::NotFound) => RuleOutcome::NoSuchTag,
        Err(TagError::Archived) => RuleOutcome::TagArchived,
        Err(TagError::Full) => RuleOutcome::TooManyTags,
        Err(TagError::Invalid(_) | TagError::NameTaken | TagError::Changed) => RuleOutcome::NotPossible,
        Err(TagError::Store(source)) => return Err(source),
    })
}

/// The version of a rule that holds; 0: it is as the brand folder says, because nobody changed it or what was changed is set aside.
async fn version_of(session: &mut Session, brand: &Brand, id: &str) -> Result<i64, StoreError> {
    let section = Section::Rule(id.to_owned());
    let newest = settings::newest_of(session, &section).await?;
    let holds = newest.filter(|version| brand.normal(&section, version.content.as_ref()) == brand.content(&section));
    Ok(holds.map_or(0, |version| version.version))
}
