//! The brand as it holds now, as the `brand.toml` of a folder: its sections, and the tags, replies and macros that are in use.
//!
//! What a folder cannot bring is left out and named at the head of the file: colleagues whom notes name, files that came by the console, macros and replies that
//! name what is out of use.

use std::collections::BTreeMap;

use consilium_config::Brand;
use consilium_config::brand::{EndingKind, Localized, PreparedEnding, PreparedMacro, PreparedReply, PreparedTag};

use super::entry::{self, Files};
use super::take_in::read_files;
use crate::api::types::{DeskFile, MacroEnding};
use crate::canned;
use crate::desk_file;
use crate::ids::{DeskFileId, OperatorId};
use crate::macros;
use crate::operator::FOLDER_AUTHOR;
use crate::store::{Session, StoreError};
use crate::tag;
use crate::tenant::Tenant;

/// What holds, as a `brand.toml`.
pub async fn export(session: &mut Session, tenant: &Tenant) -> Result<String, StoreError> {
    let mut brand = Brand::clone(&tenant.brand());
    brand.folder.clone_from(&tenant.folder.folder);
    let files = read_files(&tenant.folder).await?;
    let paths = paths(session, &files).await?;
    let mut left_out = Vec::new();
    let tags = tag::list(session).await?.into_iter().filter(|tag| tag.archived_at.is_none());
    brand.tags = tags.map(prepared_tag).collect();
    let shared = canned::shared(session, &OperatorId::from(FOLDER_AUTHOR)).await?;
    brand.canned = shared.into_iter().map(|one| prepared_reply(one, &paths, &mut left_out)).collect();
    let macros = macros::list(session).await?.into_iter().filter(|one| one.archived_at.is_none());
    brand.macros = macros.map(|one| prepared_macro(one, &paths, &mut left_out)).collect();
    leave_out(&mut brand, &mut left_out);
    Ok(format!("{}{}", head(&left_out), brand.to_toml()))
}

/// Where in the folder the files lie that are kept of it.
async fn paths(session: &mut Session, files: &Files) -> Result<BTreeMap<DeskFileId, String>, StoreError> {
    let mut paths = BTreeMap::new();
    for (path, bytes) in files {
        if let Some(kept) = desk_file::same(session, entry::file_name(path), bytes).await? {
            paths.insert(kept.id, path.clone());
        }
    }
    Ok(paths)
}

/// Takes out what the folder would be refused for.
fn leave_out(brand: &mut Brand, left_out: &mut Vec<String>) {
    let problems = brand.problems();
    let wrong = |list: &str, id: &str| {
        let prefix = format!("{list}.{id}.");
        problems
            .iter()
            .find(|problem| problem.key.starts_with(&prefix))
            .map(|problem| format!("{}: {}", problem.key, problem.what))
    };
    let mut stays = |list: &str, id: &str| {
        let why = wrong(list, id);
        left_out.extend(why.clone());
        why.is_none()
    };
    brand.canned.retain(|one| stays("canned", &one.id));
    brand.macros.retain(|one| stays("macros", &one.id));
}

fn head(left_out: &[String]) -> String {
    if left_out.is_empty() {
        return String::new();
    }
    let lines: Vec<String> = left_out.iter().map(|line| format!("# - {}\n", line.replace(['\n', '\r'], " "))).collect();
    format!("# Left out, because a brand folder cannot bring it:\n{}\n", lines.concat())
}

fn prepared_tag(row: tag::Record) -> PreparedTag {
    PreparedTag {
        id: row.id.into(),
        name: row.content.names.into_iter().collect::<Localized>(),
        color: row.content.color,
    }
}

fn prepared_reply(
    row: canned::Record,
    paths: &BTreeMap<DeskFileId, String>,
    left_out: &mut Vec<String>,
) -> PreparedReply {
    let canned::Content { title, shortcut, language, queues, text, files } = row.content;
    let id = String::from(row.id);
    let files = paths_of(&format!("canned.{id}"), &files, paths, left_out);
    let queues = queues.into_iter().map(String::from).collect();
    PreparedReply { id, language, title, shortcut, queues, files, text }
}

/// Where files lie in the folder; those that came by the console lie in none.
fn paths_of(
    key: &str,
    files: &[DeskFile],
    paths: &BTreeMap<DeskFileId, String>,
    left_out: &mut Vec<String>,
) -> Vec<String> {
    let mut found = Vec::new();
    for file in files {
        match paths.get(&file.id) {
            Some(path) => found.push(path.clone()),
            None => left_out.push(format!("{key}.files: {}, which is in no folder", file.name)),
        }
    }
    found
}

fn prepared_macro(
    row: macros::Record,
    paths: &BTreeMap<DeskFileId, String>,
    left_out: &mut Vec<String>,
) -> PreparedMacro {
    let (id, content) = (String::from(row.id), row.content);
    let files = paths_of(&format!("macros.{id}"), &content.files, paths, left_out);
    if !content.mentions.is_empty() {
        left_out.push(format!("macros.{id}.note: the colleagues whom it names are told nothing"));
    }
    PreparedMacro {
        id,
        title: content.title,
        shortcut: content.shortcut,
        queues: content.queues.into_iter().map(String::from).collect(),
        files,
        remove_tags: content.remove_tags.into_iter().map(String::from).collect(),
        add_tags: content.add_tags.into_iter().map(String::from).collect(),
        note: content.note,
        texts: content.texts.into_iter().collect(),
        ending: content.ending.map(prepared_ending),
    }
}

fn prepared_ending(ending: MacroEnding) -> PreparedEnding {
    let (kind, minutes, queue, note) = match ending {
        MacroEnding::Hold { minutes } => (EndingKind::Hold, minutes, None, None),
        MacroEnding::Transfer { queue_id, note } => (EndingKind::Transfer, None, Some(queue_id.into()), Some(note)),
        MacroEnding::Close { note } => (EndingKind::Close, None, None, note),
    };
    PreparedEnding { kind, minutes, queue, note }
}
