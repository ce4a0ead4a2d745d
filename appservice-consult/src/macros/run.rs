//! Running a macro on a consultation: every step in one SQL transaction, in a fixed order, as whoever runs it might do by hand. The first that is refused
//! takes the others with it, and is named.

use serde_json::json;
use uuid::Uuid;

use super::service::MacroError;
use super::store::{self, Record, Run};
use crate::actor::Actor;
use crate::api::types::{MacroEnding, MacroStep, NewNote, OperatorRole};
use crate::audit;
use crate::consultation::transition::{self, Circumstances};
use crate::consultation::{Command, ConsultationError, Right, record as consultations, transfer_target};
use crate::desk_file::{self, DeskFileError};
use crate::ids::{ConsultationId, DeskFileId, MacroId};
use crate::note::{self, NoteError};
use crate::operator::Member;
use crate::store::Writing;
use crate::tag::{self, TagError};
use crate::tenant::Tenant;
use crate::time::Time;

/// Why a step cannot be done: as the feature says that does it.
#[derive(Debug, thiserror::Error)]
pub enum StepError {
    /// A file.
    #[error(transparent)]
    File(#[from] DeskFileError),
    /// A tag.
    #[error(transparent)]
    Tag(#[from] TagError),
    /// The note.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The hold, the transfer, the close.
    #[error(transparent)]
    Consultation(#[from] ConsultationError),
}

/// Which macro is to run on what.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'a> {
    /// On what.
    pub consultation: &'a ConsultationId,
    /// Which.
    pub id: &'a MacroId,
    /// As it was when its preview was shown.
    pub version: i64,
    /// The client's idempotency key.
    pub request_id: Uuid,
}

/// Who runs macros.
#[derive(Debug, Clone, Copy)]
pub struct Runner<'a> {
    /// Who.
    pub member: &'a Member,
    /// The same, for the audit log.
    pub actor: &'a Actor,
}

/// Whether everything would be done: it is done, and thrown away.
pub async fn check(tenant: &Tenant, wish: Wish<'_>, by: Runner<'_>) -> Result<(), MacroError> {
    let mut writing = tenant.store.write().await?;
    all_steps(&mut writing, tenant, wish, by).await
}

/// Does everything, or nothing. A request that ran already does nothing more.
pub async fn run(tenant: &Tenant, wish: Wish<'_>, by: Runner<'_>) -> Result<(), MacroError> {
    let mut writing = tenant.store.write().await?;
    let request_id = wish.request_id.to_string();
    if let Some((id, consultation)) = store::ran(&mut writing, &by.member.id, &request_id).await? {
        let is_this = id == *wish.id && consultation == *wish.consultation;
        return if is_this { Ok(()) } else { Err(MacroError::OtherRun) };
    }
    all_steps(&mut writing, tenant, wish, by).await?;
    let Wish { consultation, id, version, .. } = wish;
    let run = Run { operator: &by.member.id, request_id: &request_id, id, version, consultation };
    store::keep_run(&mut writing, &run, tenant.context.now()).await?;
    Ok(writing.commit().await?)
}

async fn all_steps(writing: &mut Writing, tenant: &Tenant, wish: Wish<'_>, by: Runner<'_>) -> Result<(), MacroError> {
    let record = store::load(writing, wish.id).await?.ok_or(MacroError::NotFound)?;
    if record.version != wish.version || record.archived_at.is_some() {
        return Err(MacroError::Changed);
    }
    let on = consultations::load(writing, wish.consultation).await?.ok_or(MacroError::NotFound)?;
    if !record.content.queues.is_empty() && !record.content.queues.contains(&on.state.queue) {
        return Err(MacroError::OtherQueue);
    }
    remember(writing, tenant, &record, wish, by).await?;
    let doing = Doing { tenant, record: &record, on: &on, by };
    doing.files(writing).await?;
    doing.tags(writing).await?;
    doing.note(writing, wish.request_id).await?;
    doing.ending(writing).await
}

/// A macro while it runs.
#[derive(Clone, Copy)]
struct Doing<'a> {
    tenant: &'a Tenant,
    record: &'a Record,
    on: &'a consultations::Record,
    by: Runner<'a>,
}

impl Doing<'_> {
    /// Files are sent by his client, as the text is. Here is looked whether they can be, before he sends anything.
    async fn files(self, writing: &mut Writing) -> Result<(), MacroError> {
        let named = &self.record.content.files;
        if named.is_empty() {
            return Ok(());
        }
        if !self.tenant.brand().features.attachments {
            return Err(refused(MacroStep::Files)(DeskFileError::NotSent));
        }
        let kept = desk_file::all(writing).await?;
        let is_kept = |id: &DeskFileId| kept.iter().any(|file| file.id == *id);
        if named.iter().all(|file| is_kept(&file.id)) {
            Ok(())
        } else {
            Err(refused(MacroStep::Files)(DeskFileError::NotFound))
        }
    }

    async fn tags(self, writing: &mut Writing) -> Result<(), MacroError> {
        let title = self.record.content.title.as_str();
        let change = tag::Change {
            tenant: self.tenant,
            consultation: &self.on.id,
            by: &self.by.member.id,
            actor: self.by.actor,
            by_macro: Some(title),
            by_rule: None,
        };
        for tag in &self.record.content.remove_tags {
            tag::take_off(writing, change, tag).await.map_err(refused(MacroStep::RemoveTags))?;
        }
        for tag in &self.record.content.add_tags {
            tag::put_on(writing, change, tag).await.map_err(refused(MacroStep::AddTags))?;
        }
        Ok(())
    }

    async fn note(self, writing: &mut Writing, request_id: Uuid) -> Result<(), MacroError> {
        let Some(text) = self.record.content.note.clone() else { return Ok(()) };
        // Who runs it knows of it already.
        let named = self.record.content.mentions.iter().filter(|id| **id != self.by.member.id);
        let new = NewNote { text, mentions: named.cloned().collect(), request_id };
        let writer =
            note::Writer { member: self.by.member, actor: self.by.actor, by_macro: Some(&self.record.content.title) };
        let written = note::write_within(writing, self.tenant, &self.on.conversation, new, writer).await;
        written.map(drop).map_err(refused(MacroStep::Note))
    }

    async fn ending(self, writing: &mut Writing) -> Result<(), MacroError> {
        let Some(ending) = &self.record.content.ending else { return Ok(()) };
        let by = self.by.member.id.clone();
        let right = match self.by.member.role {
            OperatorRole::Operator => Right::Lead,
            OperatorRole::Supervisor | OperatorRole::Administrator => Right::Supervisor,
        };
        let (step, command, note) = match ending {
            MacroEnding::Hold { minutes } => {
                let until = minutes.map(|minutes| self.now().plus_seconds(i64::from(minutes) * 60));
                (MacroStep::Hold, Command::Hold { by, until }, None)
            }
            MacroEnding::Transfer { queue_id, note } => {
                let to = transfer_target(writing, self.tenant, self.on, queue_id.clone()).await;
                let to = to.map_err(refused(MacroStep::Transfer))?;
                (MacroStep::Transfer, Command::Transfer { by, right, to }, Some(note.as_str()))
            }
            MacroEnding::Close { note } => (MacroStep::Close, Command::Close { by, right }, note.as_deref()),
        };
        let by_macro = Some(self.record.content.title.as_str());
        let circumstances = Circumstances { actor: self.by.actor, note, by_macro };
        let after = transition::apply_within(writing, self.tenant, &self.on.id, &command, circumstances).await;
        match after {
            Ok(Some(_)) => Ok(()),
            Ok(None) => Err(refused(step)(ConsultationError::Contended)),
            Err(error) => Err(refused(step)(error)),
        }
    }

    fn now(self) -> Time {
        self.on.time_of_next_step(self.tenant.context.now())
    }
}

fn refused<E: Into<StepError>>(step: MacroStep) -> impl Fn(E) -> MacroError {
    move |error| MacroError::Refused { step, source: error.into() }
}

async fn remember(
    writing: &mut Writing,
    tenant: &Tenant,
    record: &Record,
    wish: Wish<'_>,
    by: Runner<'_>,
) -> Result<(), MacroError> {
    let at = tenant.context.now();
    let detail = json!({ "macro": record.content.title, "macro_id": record.id, "version": record.version });
    let subject = audit::Subject { kind: "consultation", id: wish.consultation.as_str() };
    let entry = audit::Entry { at, actor: by.actor, action: "consultation.macro_run", subject, detail };
    Ok(audit::append(writing, &tenant.key, entry).await?)
}
