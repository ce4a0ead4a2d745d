//! What is done with kept files: supervisors keep them, all of staff reads them, what no macro names goes.

use std::collections::BTreeSet;

use serde_json::json;
use sha2::{Digest, Sha256};

use super::content::{self, File};
use super::store::{self, Kept};
use crate::actor::Actor;
use crate::api::types::{DeskFile, FieldError, NewDeskFile};
use crate::audit;
use crate::ids::{DeskFileId, OperatorId};
use crate::store::{Session, StoreError, Writing};
use crate::tenant::Tenant;
use crate::time::Time;

/// What a tenant keeps at most: it lies in the database, and in every backup of it. Unit: bytes.
const ALL_BYTES_MAX: i64 = 200 << 20;
/// How long a file stays that no macro names: an earlier version of a macro is hardly brought back later. Unit: seconds.
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
/// Errors: `Invalid`, `NotSent`, `Full`, `Store`.
pub async fn keep(
    tenant: &Tenant,
    new: NewDeskFile,
    by: &OperatorId,
    actor: &Actor,
) -> Result<DeskFile, DeskFileError> {
    if !tenant.brand().features.attachments {
        return Err(DeskFileError::NotSent);
    }
    let file = content::checked(new).map_err(DeskFileError::Invalid)?;
    let mut writing = tenant.store.write().await?;
    sweep(&mut writing, tenant.context.now()).await?;
    let kept = keep_within(&mut writing, tenant, file, by, actor).await?;
    writing.commit().await?;
    Ok(kept)
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

/// Writes down which files macros name, after one of them changed; what none has named for long goes.
pub async fn settle(writing: &mut Writing, named: &BTreeSet<DeskFileId>, now: Time) -> Result<(), StoreError> {
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
