//! The folder's entries at a start: each in a transaction of its own, so that one that is left out keeps no other away.

use consilium_config::Brand;
use consilium_config::brand::sent_media_type;

use super::entry::{self, Files, Key, Kind, Remembered, Step, What};
use super::store;
use crate::actor::Actor;
use crate::api::problem::chain;
use crate::api::types::DeskFile;
use crate::canned::{self, CannedError};
use crate::desk_file::{self, DeskFileError};
use crate::macros::{self, MacroError};
use crate::operator::FOLDER_AUTHOR;
use crate::store::{Session, StoreError, Writing};
use crate::tag::{self, TagError};
use crate::tenant::Tenant;

/// Why an entry is left out.
#[derive(Debug, thiserror::Error)]
enum LeftOut {
    #[error(transparent)]
    Tag(#[from] TagError),
    #[error(transparent)]
    Canned(#[from] CannedError),
    #[error(transparent)]
    Macro(#[from] MacroError),
    #[error(transparent)]
    File(#[from] DeskFileError),
}

/// Takes in what the folder says now, and did not say at the start before.
pub async fn take_in(tenant: &Tenant) -> Result<(), StoreError> {
    let files = read_files(&tenant.folder).await?;
    let entries = entry::all(&tenant.folder, &files);
    let mut reading = tenant.store.read().await?;
    let remembered = store::load_all(&mut reading).await?;
    drop(reading);
    for one in &entries {
        let known = remembered.iter().find(|known| known.key == one.key);
        if known.and_then(|known| known.said.as_ref()) != Some(&one.said) {
            settle(tenant, &one.key, Some((one.what, &one.said)), known, &files).await?;
        }
    }
    let is_there = |key: &Key| entries.iter().any(|one| one.key == *key);
    for known in remembered.iter().filter(|known| known.said.is_some() && !is_there(&known.key)) {
        settle(tenant, &known.key, None, Some(known), &files).await?;
    }
    Ok(())
}

/// The bytes of all files that macros and replies of the folder name. One that went meanwhile is none: what names it is left out.
pub(super) async fn read_files(folder: &Brand) -> Result<Files, StoreError> {
    let of_macros = folder.macros.iter().flat_map(|one| &one.files);
    let named: Vec<String> = of_macros.chain(folder.canned.iter().flat_map(|one| &one.files)).cloned().collect();
    let folder = folder.folder.clone();
    let read = move || {
        let bytes = |path: String| std::fs::read(folder.join(&path)).ok().map(|bytes| (path, bytes));
        named.into_iter().filter_map(bytes).collect()
    };
    tokio::task::spawn_blocking(read).await.map_err(StoreError::thread_died)
}

/// Brings one row to what the folder says, where it is still the folder's, and remembers it.
async fn settle(
    tenant: &Tenant,
    key: &Key,
    says: Option<(What<'_>, &String)>,
    known: Option<&Remembered>,
    files: &Files,
) -> Result<(), StoreError> {
    let mut writing = tenant.store.write().await?;
    let row = version_of(&mut writing, key).await?;
    let version = match entry::step(known, row) {
        Step::Leave => known.map_or(0, |known| known.version),
        Step::Write => match write(&mut writing, tenant, key, says.map(|(what, _)| what), files).await {
            Ok(version) => version,
            Err(error) => {
                tracing::warn!(
                    kind = key.kind.word(),
                    id = key.id.as_str(),
                    error = %chain(&error),
                    "what the brand folder brings is left out: change it there, or what stands against it in the console"
                );
                return Ok(());
            }
        },
    };
    let said = says.map(|(_, said)| said.clone());
    store::remember(&mut writing, &Remembered { key: key.clone(), said, version }).await?;
    writing.commit().await
}

async fn version_of(session: &mut Session, key: &Key) -> Result<Option<i64>, StoreError> {
    let id = key.id.as_str();
    Ok(match key.kind {
        Kind::Tag => tag::load(session, &id.into()).await?.map(|row| row.version),
        Kind::Canned => canned::load(session, &id.into()).await?.map(|row| row.version),
        Kind::Macro => macros::load(session, &id.into()).await?.map(|row| row.version),
    })
}

async fn write(
    writing: &mut Writing,
    tenant: &Tenant,
    key: &Key,
    says: Option<What<'_>>,
    files: &Files,
) -> Result<i64, LeftOut> {
    let id = key.id.as_str();
    Ok(match (key.kind, says) {
        (Kind::Tag, Some(What::Tag(one))) => {
            tag::from_folder(writing, tenant, &id.into(), Some(entry::tag_content(one))).await?
        }
        (Kind::Tag, _) => tag::from_folder(writing, tenant, &id.into(), None).await?,
        (Kind::Canned, Some(What::Canned(one))) => {
            let kept = keep_files(writing, tenant, &one.files, files).await?;
            let content = entry::reply_content(one, kept);
            canned::from_folder(writing, tenant, &id.into(), Some(content)).await?
        }
        (Kind::Canned, _) => canned::from_folder(writing, tenant, &id.into(), None).await?,
        (Kind::Macro, Some(What::Macro(one))) => {
            let kept = keep_files(writing, tenant, &one.files, files).await?;
            let content = entry::macro_content(one, kept);
            macros::from_folder(writing, tenant, &id.into(), Some(content)).await?
        }
        (Kind::Macro, _) => macros::from_folder(writing, tenant, &id.into(), None).await?,
    })
}

async fn keep_files(
    writing: &mut Writing,
    tenant: &Tenant,
    paths: &[String],
    files: &Files,
) -> Result<Vec<DeskFile>, DeskFileError> {
    let mut kept = Vec::new();
    for path in paths {
        let bytes = files.get(path).ok_or(DeskFileError::NotFound)?.clone();
        let media_type = sent_media_type(path).ok_or(DeskFileError::NotFound)?.to_owned();
        let file = desk_file::File { name: entry::file_name(path).to_owned(), media_type, bytes };
        kept.push(desk_file::keep_within(writing, tenant, file, &FOLDER_AUTHOR.into(), &Actor::System).await?);
    }
    Ok(kept)
}
