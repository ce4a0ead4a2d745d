//! What was searched for: the words, sealed, for a year; of them the audit log has a keyed hash, because it can never be erased, and words may name a patient.

use std::collections::HashMap;

use sea_query::{Expr, ExprTrait, Query};
use serde_json::json;

use super::service::{Hit, Sealed, Wanted};
use crate::actor::Actor;
use crate::api::types::{AuditEntry, SnippetSource};
use crate::audit;
use crate::store::tables::ArchiveSearch as Table;
use crate::store::{Session, StoreError, Writing};
use crate::tenant::Tenant;
use crate::tenant_key::{Place, TenantKey};
use crate::time::Time;

/// How long the words are kept. Unit: seconds. Whoever looks who searched for a patient asks within a year.
const KEEP_SECONDS: i64 = 365 * 24 * 3_600;
/// The act in the audit log.
const ACTION: &str = "archive.searched";

fn place(id: &str) -> Place<'_> {
    Place { table: "archive_search", column: "words", row: id }
}

/// What an entry has of the words: that they are the sealed ones.
fn hash(key: &TenantKey, words: &str) -> String {
    hex::encode(key.index("archive_search", words))
}

/// Records a search, and each consultation and call-back of which it shows words as read, before anything is given out.
pub(super) async fn record(
    writing: &mut Writing,
    tenant: &Tenant,
    actor: &Actor,
    wanted: &Wanted,
    (hits, total): (&[Hit], Option<i64>),
) -> Result<(), StoreError> {
    let (at, words) = (tenant.context.now(), wanted.text.trim());
    let id = tenant.context.new_id();
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([Table::Id, Table::At, Table::Words]);
    let sealed = tenant.key.seal(&tenant.context, place(&id), words.as_bytes());
    insert.values_panic([id.as_str().into(), at.as_millis().into(), sealed.into()]);
    writing.execute(&insert).await?;
    let filter = &wanted.filter;
    let patient = match filter.patients.as_deref() {
        Some([patient]) => Some(patient),
        _ => None,
    };
    let detail = json!({
        "search": id,
        "words_hash": hash(&tenant.key, words),
        "hits": total,
        "shown": hits.len(),
        "queue": filter.queue,
        "operator": filter.participant,
        "patient": patient,
        "tag": filter.tag,
        "from": filter.from,
        "to": filter.to,
        "further_page": wanted.cursor.is_some(),
    });
    let subject = audit::Subject { kind: "list", id: "archive" };
    audit::append(writing, &tenant.key, audit::Entry { at, actor, action: ACTION, subject, detail }).await?;
    for hit in hits {
        let has_notes = hit.snippets.iter().any(|snippet| snippet.source == SnippetSource::Note);
        let (sequence, subject) = match &hit.of {
            Sealed::Consultation(record) => {
                let subject = audit::Subject { kind: "archive", id: record.id.as_str() };
                (record.sealed.map(|sealed| sealed.sequence), subject)
            }
            Sealed::Callback(record) => {
                let subject = audit::Subject { kind: "callback", id: record.id.as_str() };
                (record.sealed.map(|(sequence, _)| sequence), subject)
            }
        };
        let detail = json!({ "sequence": sequence, "form": "snippet", "search": id, "notes": has_notes });
        audit::append(writing, &tenant.key, audit::Entry { at, actor, action: "archive.read", subject, detail })
            .await?;
    }
    Ok(())
}

/// Adds to entries of the audit log that are searches what was searched for, as long as it is kept.
pub async fn add_words(session: &mut Session, key: &TenantKey, entries: &mut [AuditEntry]) -> Result<(), StoreError> {
    let text = |entry: &AuditEntry, name: &str| entry.detail[name].as_str().map(str::to_owned);
    let searches = entries.iter().filter(|entry| entry.action == ACTION);
    let known = searches.filter_map(|entry| Some((text(entry, "search")?, text(entry, "words_hash")?)));
    let words = words_of(session, key, &known.collect::<Vec<_>>()).await?;
    for entry in entries.iter_mut().filter(|entry| entry.action == ACTION) {
        if let Some(words) = text(entry, "search").and_then(|id| words.get(&id)) {
            entry.detail["words"] = json!(words);
        }
    }
    Ok(())
}

/// The words of searches that are still kept, by the id that their audit entries name. What was exchanged is not in it.
///
/// `known` are ids with the hash that the entry has.
async fn words_of(
    session: &mut Session,
    key: &TenantKey,
    known: &[(String, String)],
) -> Result<HashMap<String, String>, StoreError> {
    if known.is_empty() {
        return Ok(HashMap::new());
    }
    let mut select = Query::select();
    select.columns([Table::Id, Table::Words]).from(Table::Table);
    select.and_where(Expr::col(Table::Id).is_in(known.iter().map(|(id, _)| id.as_str())));
    let mut words = HashMap::new();
    for row in session.fetch_all(&select).await? {
        let id = row.text(Table::Id)?;
        let opened = key.open(place(&id), &row.bytes(Table::Words)?).ok();
        let Some(text) = opened.and_then(|bytes| String::from_utf8(bytes).ok()) else { continue };
        if known.iter().any(|(known, of)| *known == id && *of == hash(key, &text)) {
            words.insert(id, text);
        }
    }
    Ok(words)
}

/// Forgets the words of old searches.
pub async fn forget_old(writing: &mut Writing, now: Time) -> Result<(), StoreError> {
    let mut delete = Query::delete();
    delete.from_table(Table::Table);
    delete.and_where(Expr::col(Table::At).lt(now.plus_seconds(-KEEP_SECONDS).as_millis()));
    writing.execute(&delete).await.map(drop)
}
