//! What is done with kept files: staff keeps and reads them, what neither a macro nor a reply names goes.

use std::collections::BTreeSet;

use serde_json::json;
use sha2::{Digest, Sha256};

use super::content::{self, File};
use super::store::{self, Kept};
use crate::actor::Actor;
use crate::api::types::{DeskFile, FieldError, NewDeskFile};
use crate::audit;
use crate::canned;
use crate::ids::{DeskFileId, OperatorId};
use crate::macros;
use crate::operator::Member;
use crate::store::{Session, StoreError, Writing};
use crate::tenant::Tenant;
use crate::time::Time;

/// What a tenant keeps at most: it lies in the database, and in every backup of it. Unit: bytes.
const ALL_BYTES_MAX: i64 = 200 << 20;
/// What is kept of one operator at most, so that his own replies leave room for what is shared. Unit: bytes.
const OWN_BYTES_MAX: i64 = 20 << 20;
/// How long a file stays that nothing names: an earlier version of a macro or a reply is hardly brought back later. Unit: seconds.
const UNUSED_SECONDS: i64 = 30 * 24 * 3_600;

/// A failure, or a refusal.
#[derive(Debug, thiserror::Error)]
pub enum DeskFileError {
    /// There is no such file, or it is kept no more.
    #[error("no such file")]
    NotFound,
    /// The brand sends no files.
    #[error("this brand sends no files")]
    NotSent,
    /// Fields that cannot be so.
    #[error("a file is not valid")]
    Invalid(Vec<FieldError>),
    /// There are as many bytes as there may be.
    #[error("there are too many files")]
    Full,
    /// There are as many bytes of his as there may be.
    #[error("there are too many files of one operator")]
    OwnFull,
    /// A sealed content does not open.
    #[error("a kept file does not open")]
    Sealed(#[source] crate::tenant_key::DoesNotOpen),
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}

/// All files that are kept, without what stands in them.
pub async fn all(session: &mut Session) -> Result<Vec<DeskFile>, StoreError> {
    Ok(store::load_all(session).await?.into_iter().map(|kept| kept.file).collect())
}

/// The file that is kept under that name with the same in it.
pub async fn same(session: &mut Session, name: &str, bytes: &[u8]) -> Result<Option<DeskFile>, StoreError> {
    store::find(session, &Sha256::digest(bytes), name).await
}

/// A file with what stands in it.
pub async fn read(
    session: &mut Session,
    tenant: &Tenant,
    id: &DeskFileId,
) -> Result<(DeskFile, Vec<u8>), DeskFileError> {
    let (file, sealed) = store::content(session, id).await?.ok_or(DeskFileError::NotFound)?;
    let bytes = tenant.key.open(store::place(id), &sealed).map_err(DeskFileError::Sealed)?;
    Ok((file, bytes))
}

/// Keeps a file. The same one is kept once.
///
/// Errors: `Invalid`, `NotSent`, `Full`, `OwnFull`, `Store`.
pub async fn keep(tenant: &Tenant, new: NewDeskFile, by: &Member, actor: &Actor) -> Result<DeskFile, DeskFileError> {
    if !tenant.brand().features.attachments {
        return Err(DeskFileError::NotSent);
    }
    let file = content::checked(new).map_err(DeskFileError::Invalid)?;
    let mut writing = tenant.store.write().await?;
    sweep(&mut writing, tenant.context.now()).await?;
    has_room(&mut writing, by, &file).await?;
    let kept = keep_within(&mut writing, tenant, file, &by.id, actor).await?;
    writing.commit().await?;
    Ok(kept)
}

/// Whether one more may be kept of his; what is kept already takes no room, and supervisors keep for all.
async fn has_room(session: &mut Session, by: &Member, file: &File) -> Result<(), DeskFileError> {
    if by.role.supervises() || same(session, &file.name, &file.bytes).await?.is_some() {
        return Ok(());
    }
    let size = i64::try_from(file.bytes.len()).unwrap_or(i64::MAX);
    let own = store::bytes_of(session, &by.id).await?;
    if own.saturating_add(size) > OWN_BYTES_MAX { Err(DeskFileError::OwnFull) } else { Ok(()) }
}

/// As [`keep`], in a transaction that does more, of what was checked before.
pub async fn keep_within(
    writing: &mut Writing,
    tenant: &Tenant,
    file: File,
    by: &OperatorId,
    actor: &Actor,
) -> Result<DeskFile, DeskFileError> {
    let hash = Sha256::digest(&file.bytes);
    if let Some(known) = store::find(writing, &hash, &file.name).await? {
        return Ok(known);
    }
    let size_bytes = i64::try_from(file.bytes.len()).unwrap_or(i64::MAX);
    let all: i64 = all(writing).await?.iter().map(|kept| kept.size_bytes).sum();
    if all.saturating_add(size_bytes) > ALL_BYTES_MAX {
        return Err(DeskFileError::Full);
    }
    let (id, now) = (DeskFileId::from(tenant.context.new_id()), tenant.context.now());
    let kept = DeskFile { id, name: file.name, media_type: file.media_type, size_bytes };
    let sealed = tenant.key.seal(&tenant.context, store::place(&kept.id), &file.bytes);
    store::insert(writing, &kept, store::New { hash: hash.to_vec(), sealed, at: now, by }).await?;
    let subject = audit::Subject { kind: "desk_file", id: kept.id.as_str() };
    let detail = json!({ "name": kept.name, "size_bytes": kept.size_bytes });
    let entry = audit::Entry { at: now, actor, action: "desk_file.kept", subject, detail };
    audit::append(writing, &tenant.key, entry).await?;
    Ok(kept)
}

/// Writes down which files macros and replies name, after one of them changed; what none has named for long goes.
pub async fn settle(writing: &mut Writing, now: Time) -> Result<(), StoreError> {
    let mut named: BTreeSet<DeskFileId> = macros::files(writing).await?;
    named.extend(canned::files(writing).await?);
    for Kept { file, unused_since } in store::load_all(writing).await? {
        match (named.contains(&file.id), unused_since) {
            (true, Some(_)) => store::set_unused(writing, &file.id, None).await?,
            (false, None) => store::set_unused(writing, &file.id, Some(now)).await?,
            (true, None) | (false, Some(_)) => {}
        }
    }
    sweep(writing, now).await
}

async fn sweep(writing: &mut Writing, now: Time) -> Result<(), StoreError> {
    store::remove_unused_before(writing, now.plus_seconds(-UNUSED_SECONDS)).await
}
