//! Erasing what was said in a consultation: one SQL transaction destroys the keys of its records, takes its words out of the search index, removes what else
//! there is of it, and leaves a tombstone.
//!
//! What stays is the row for reports: queue, times, who took part, how much was said. Files lie at the homeserver and go after the transaction, from the outbox.

use std::collections::BTreeSet;

use sea_query::{Expr, ExprTrait, Func, OnConflict, Query};
use serde_json::json;

use super::fate::{Fate, fate};
use super::rule::{self, Next};
use super::{RetentionError, hold, reason};
use crate::actor::Actor;
use crate::api::types::{ArchivedFile, ErasureCause, ErasureCounts};
use crate::archive::{self, Appended, ArchiveError, Inscription, Subject};
use crate::audit;
use crate::call;
use crate::change::{self, Kind};
use crate::conclusion;
use crate::consultation::{Record, device_check, order, record};
use crate::conversation;
use crate::demo;
use crate::field;
use crate::follow_up;
use crate::ids::ConsultationId;
use crate::note;
use crate::outbox::{self, Task};
use crate::questionnaire;
use crate::rating;
use crate::rules;
use crate::search;
use crate::store::tables::{Consultation as Table, ConsultationHistory, Erasure, ErasureFile, Message};
use crate::store::{StoreError, Writing};
use crate::tag;
use crate::tenant::Tenant;
use crate::tenant_key::Place;
use crate::time::Time;
use crate::webhook;

/// Bytes of a reason's salt.
pub(super) const SALT_BYTES: usize = 16;

/// Why something is erased.
#[derive(Debug, Clone, Copy)]
pub enum Why<'a> {
    /// Its time is over.
    Due,
    /// A supervisor says so.
    ByHand {
        /// And why.
        reason: &'a str,
    },
    /// Its patient's account is deleted.
    AccountDeleted {
        /// Why, where a supervisor did it.
        reason: Option<&'a str>,
    },
}

impl Why<'_> {
    fn cause(self) -> ErasureCause {
        match self {
            Self::Due => ErasureCause::Due,
            Self::ByHand { .. } => ErasureCause::ByHand,
            Self::AccountDeleted { .. } => ErasureCause::AccountDeleted,
        }
    }
}

/// Erases what was said in a consultation. Nothing of it is done unless all of it is.
///
/// Errors: `NotFound`, `Archive(Erased)`, `Held`, `NotSealed`, `MayReopen`, `NotDue`, `Invalid`, `Store`.
pub async fn erase(tenant: &Tenant, id: &ConsultationId, by: &Actor, why: Why<'_>) -> Result<(), RetentionError> {
    let reason = match why {
        Why::Due | Why::AccountDeleted { reason: None } => None,
        Why::ByHand { reason } | Why::AccountDeleted { reason: Some(reason) } => Some(reason::checked(reason)?),
    };
    let mut writing = tenant.store.write().await?;
    let consultation = record::load(&mut writing, id).await?.ok_or(RetentionError::NotFound)?;
    may_go(&mut writing, tenant, &consultation, why).await?;
    let files = archive::files_of(&mut writing, tenant, id).await?;
    let urls = files.map(|files| urls_of(&files, &tenant.server_name));
    let counts = remove_around(&mut writing, tenant, id).await?;
    let salted = reason.map(|reason| (tenant.context.random::<SALT_BYTES>(), reason));
    let inscription = Inscription {
        by: by.user_id().to_owned(),
        cause: why.cause(),
        reason_hash: salted.map(|(salt, reason)| archive::reason_hash(&salt, reason)),
        terms: consultation.terms.clone().map(|terms| (terms.class, terms.due_at)),
        counts,
        files: urls.clone(),
    };
    let subject = Subject::Consultation(id.clone());
    let tombstone = archive::bury(&mut writing, tenant, &subject, inscription).await?;
    search::forget(&mut writing, tenant, id).await?;
    write_down(&mut writing, tenant, &consultation, &tombstone, salted).await?;
    remove_files(&mut writing, tenant, &consultation, urls.as_deref().unwrap_or_default()).await?;
    tell(&mut writing, tenant, &consultation, by, &tombstone).await?;
    writing.commit().await?;
    Ok(archive::anchor_head(tenant, &tombstone)?)
}

/// Erases what there is of a consultation that ended before anybody took it: nothing of it is in the archive. Part of the deletion of an account.
///
/// Errors: `NotSealed` where something of it waits to be sealed.
pub async fn erase_unsealed(tenant: &Tenant, id: &ConsultationId) -> Result<(), RetentionError> {
    let mut writing = tenant.store.write().await?;
    let consultation = record::load(&mut writing, id).await?.ok_or(RetentionError::NotFound)?;
    let waits = consultation.sealed.is_some() || waits_to_be_sealed(&mut writing, id).await?;
    if waits || consultation.state.phase.is_open() {
        return Err(RetentionError::NotSealed);
    }
    remove_around(&mut writing, tenant, id).await?;
    empty_row(&mut writing, id, tenant.context.now()).await?;
    Ok(writing.commit().await?)
}

/// Whether it may go now, for this reason.
async fn may_go(writing: &mut Writing, tenant: &Tenant, record: &Record, why: Why<'_>) -> Result<(), RetentionError> {
    if record.erased_at.is_some() {
        return Err(ArchiveError::Erased.into());
    }
    if record.sealed.is_none() || record.state.phase.is_open() || waits_to_be_sealed(writing, &record.id).await? {
        return Err(RetentionError::NotSealed);
    }
    if hold::is_held(writing, tenant, record).await? {
        return Err(RetentionError::Held);
    }
    let now = tenant.context.now();
    match (why, &record.terms) {
        (Why::Due, Some(terms)) if rule::next(terms.due_at, terms.listed_at, now) == Next::Erase => Ok(()),
        (Why::Due, _) => Err(RetentionError::NotDue),
        // Nobody can open it again: his account has ended.
        (Why::AccountDeleted { .. }, terms) => {
            let is_demo = demo::is_patient(writing, &record.patient).await?;
            match fate(&tenant.brand(), terms.as_ref().filter(|_| !is_demo), false) {
                Fate::Goes => Ok(()),
                Fate::Held => Err(RetentionError::Held),
                Fate::Kept(_) => Err(RetentionError::NotDue),
            }
        }
        (Why::ByHand { .. }, _) => {
            let brand = tenant.brand();
            let queue = brand.queue(record.state.queue.as_str());
            let until = record.state.ended_at.map(|end| end.plus_seconds(queue.map_or(0, order::grace_seconds)));
            until.filter(|until| *until > now).map_or(Ok(()), |until| Err(RetentionError::MayReopen(until)))
        }
    }
}

async fn waits_to_be_sealed(writing: &mut Writing, id: &ConsultationId) -> Result<bool, StoreError> {
    let mut count = Query::select();
    count.expr(Func::count(Expr::col(Message::EventId))).from(Message::Table);
    count.and_where(Expr::col(Message::ConsultationId).eq(id.as_str()));
    Ok(writing.fetch_one(&count).await?.map_or(Ok(0), |row| row.first_number())? > 0)
}

/// Addresses of files that lie at this homeserver, each once, small pictures too.
fn urls_of(files: &[ArchivedFile], server_name: &str) -> Vec<String> {
    let here = format!("mxc://{server_name}/");
    let all = files.iter().flat_map(|file| [Some(&file.url), file.thumbnail_url.as_ref()]).flatten();
    all.filter(|url| url.starts_with(&here)).cloned().collect::<BTreeSet<_>>().into_iter().collect()
}

/// What staff wrote about it, outside of its records.
async fn remove_around(
    writing: &mut Writing,
    tenant: &Tenant,
    id: &ConsultationId,
) -> Result<ErasureCounts, StoreError> {
    let mut history = Query::update();
    history.table(ConsultationHistory::Table).value(ConsultationHistory::Note, None::<Vec<u8>>);
    writing.execute(history.and_where(Expr::col(ConsultationHistory::ConsultationId).eq(id.as_str()))).await?;
    rules::erase_consultation(writing, id).await?;
    device_check::erase_consultation(writing, id).await?;
    Ok(ErasureCounts {
        notes: note::erase_consultation(writing, tenant, id).await?,
        conclusions: conclusion::erase_consultation(writing, id).await?,
        calls: call::erase_consultation(writing, id).await?,
        tags: tag::erase_consultation(writing, id).await?,
        comments: rating::erase_words(writing, id).await?,
        answers: questionnaire::erase_consultation(writing, id).await?,
        fields: field::erase_consultation(writing, id).await?,
        follow_ups: follow_up::erase_consultation(writing, id).await?,
    })
}

pub(super) fn place(id: &str) -> Place<'_> {
    Place { table: "erasure", column: "reason", row: id }
}

async fn empty_row(writing: &mut Writing, id: &ConsultationId, at: Time) -> Result<(), StoreError> {
    let nothing = || Expr::val(None::<Vec<u8>>);
    let mut update = Query::update();
    update.table(Table::Table).values([
        (Table::Version, Expr::col(Table::Version).add(1_i64)),
        (Table::EndReason, nothing()),
        (Table::TransferNote, nothing()),
        (Table::ErasedAt, at.as_millis().into()),
    ]);
    writing.execute(update.and_where(Expr::col(Table::Id).eq(id.as_str()))).await.map(drop)
}

async fn write_down(
    writing: &mut Writing,
    tenant: &Tenant,
    record: &Record,
    tombstone: &Appended,
    salted: Option<([u8; SALT_BYTES], &str)>,
) -> Result<(), StoreError> {
    let id = record.id.as_str();
    empty_row(writing, &record.id, tombstone.sealed_at).await?;
    let sealed = salted.map(|(salt, reason)| {
        let salted = [salt.as_slice(), reason.as_bytes()].concat();
        tenant.key.seal(&tenant.context, place(id), &salted)
    });
    let mut insert = Query::insert();
    insert.into_table(Erasure::Table).columns([Erasure::ConsultationId, Erasure::Sequence, Erasure::Reason]);
    insert.values_panic([id.into(), tombstone.sequence.into(), sealed.into()]);
    writing.execute(&insert).await.map(drop)
}

/// Files go from the outbox: the homeserver may be away now.
async fn remove_files(
    writing: &mut Writing,
    tenant: &Tenant,
    record: &Record,
    urls: &[String],
) -> Result<(), StoreError> {
    for url in urls {
        let mut insert = Query::insert();
        insert.into_table(ErasureFile::Table).columns([ErasureFile::ConsultationId, ErasureFile::Url]);
        insert.values_panic([record.id.as_str().into(), url.as_str().into()]);
        let once = OnConflict::columns([ErasureFile::ConsultationId, ErasureFile::Url]).do_nothing().to_owned();
        writing.execute(insert.on_conflict(once)).await?;
        let task = Task::RemoveFile { consultation: record.id.clone(), url: url.clone() };
        outbox::append(writing, record.conversation.as_str(), &task, tenant.context.now()).await?;
    }
    Ok(())
}

async fn tell(
    writing: &mut Writing,
    tenant: &Tenant,
    record: &Record,
    by: &Actor,
    tombstone: &Appended,
) -> Result<(), StoreError> {
    let (now, id) = (tenant.context.now(), record.id.as_str());
    let entry = audit::Entry {
        at: now,
        actor: by,
        action: "archive.erased",
        subject: audit::Subject { kind: "archive", id },
        detail: json!({ "sequence": tombstone.sequence, "patient": record.patient }),
    };
    audit::append(writing, &tenant.key, entry).await?;
    webhook::enqueue(writing, tenant, vec![webhook::of_erasure(record, now)]).await?;
    let conversation = conversation::load(writing, &record.conversation).await?;
    let patient = conversation.as_ref().map(|conversation| conversation.patient_user.as_str());
    change::append(writing, now, Kind::Consultation, id, patient).await?;
    change::append(writing, now, Kind::Conclusion, id, None).await
}

#[cfg(test)]
mod tests {
    use super::urls_of;
    use crate::api::types::ArchivedFile;

    #[test]
    fn files_of_this_homeserver_go_once_and_their_small_pictures_with_them() {
        let file = |url: &str, thumbnail: Option<&str>| ArchivedFile {
            name: String::new(),
            mimetype: None,
            size_bytes: None,
            sha256: None,
            url: url.to_owned(),
            encrypted_file: None,
            thumbnail_url: thumbnail.map(str::to_owned),
            voice: None,
        };
        let files = [
            file("mxc://here/b", Some("mxc://here/a")),
            file("mxc://here/b", None),
            file("mxc://elsewhere/c", None),
            file("mxc://here.too/d", None),
        ];
        assert_eq!(urls_of(&files, "here"), ["mxc://here/a", "mxc://here/b"]);
    }
}
