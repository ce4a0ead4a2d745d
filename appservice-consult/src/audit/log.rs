//! Writing an entry, in the transaction of what it tells.

use sea_query::{Expr, ExprTrait, Query};
use serde_json::Value;

use crate::actor::Actor;
use crate::store::tables::Audit;
use crate::store::{Session, StoreError, Writing, number};
use crate::tenant_key::TenantKey;
use crate::time::Time;
use crate::words::Word;

/// Hash before the first entry.
pub(super) const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// On what was acted.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// `consultation`, `patient`, `operator`, `archive`, `conversation`, `note`, `canned`, `macro`, `desk_file`, `tag`, `webhook`, `api_key`, `settings`, `rule`, `account`, `demo`, `rehearsal`, `checklist` or `list`.
    pub kind: &'static str,
    /// Its id.
    pub id: &'a str,
}

/// What is recorded.
#[derive(Debug)]
pub struct Entry<'a> {
    /// When.
    pub at: Time,
    /// Who.
    pub actor: &'a Actor,
    /// What, such as `consultation.taken`.
    pub action: &'a str,
    /// On what.
    pub subject: Subject<'a>,
    /// Ids and numbers that belong to it.
    pub detail: Value,
}

/// Appends an entry.
pub async fn append(writing: &mut Writing, key: &TenantKey, entry: Entry<'_>) -> Result<(), StoreError> {
    let sequence = number::next(writing, number::AUDIT).await?;
    let previous = hash_at(writing, sequence - 1).await?.unwrap_or_else(|| GENESIS.to_owned());
    let stored = Stored {
        sequence,
        at: entry.at.as_millis(),
        actor: entry.actor.user_id().to_owned(),
        role: entry.actor.role().word().to_owned(),
        action: entry.action.to_owned(),
        subject_kind: entry.subject.kind.to_owned(),
        subject_id: entry.subject.id.to_owned(),
        detail: entry.detail.to_string(),
    };
    let hash = stored.link(key, &previous);
    let mut insert = Query::insert();
    insert.into_table(Audit::Table).columns([
        Audit::Sequence,
        Audit::At,
        Audit::Actor,
        Audit::Role,
        Audit::Action,
        Audit::SubjectKind,
        Audit::SubjectId,
        Audit::Detail,
        Audit::Hash,
    ]);
    insert.values_panic([
        stored.sequence.into(),
        stored.at.into(),
        stored.actor.into(),
        stored.role.into(),
        stored.action.into(),
        stored.subject_kind.into(),
        stored.subject_id.into(),
        stored.detail.into(),
        hash.into(),
    ]);
    writing.execute(&insert).await.map(drop)
}

/// An entry as it is stored, without its hash.
pub(super) struct Stored {
    pub(super) sequence: i64,
    pub(super) at: i64,
    pub(super) actor: String,
    pub(super) role: String,
    pub(super) action: String,
    pub(super) subject_kind: String,
    pub(super) subject_id: String,
    pub(super) detail: String,
}

impl Stored {
    /// The entry's hash, given the one before it.
    pub(super) fn link(&self, key: &TenantKey, previous: &str) -> String {
        let parts: [&[u8]; 9] = [
            previous.as_bytes(),
            &self.sequence.to_be_bytes(),
            &self.at.to_be_bytes(),
            self.actor.as_bytes(),
            self.role.as_bytes(),
            self.action.as_bytes(),
            self.subject_kind.as_bytes(),
            self.subject_id.as_bytes(),
            self.detail.as_bytes(),
        ];
        hex::encode(key.audit_link(&parts))
    }
}

/// The hash of an entry; the genesis hash for 0; `None`: it is not there.
pub async fn hash_at(session: &mut Session, sequence: i64) -> Result<Option<String>, StoreError> {
    if sequence == 0 {
        return Ok(Some(GENESIS.to_owned()));
    }
    let mut select = Query::select();
    select.column(Audit::Hash).from(Audit::Table).and_where(Expr::col(Audit::Sequence).eq(sequence));
    session.fetch_one(&select).await?.map(|row| row.text(Audit::Hash)).transpose()
}

/// The last entry and its hash; `None`: the one that was counted last is not there.
pub async fn head(session: &mut Session) -> Result<Option<(i64, String)>, StoreError> {
    let last = number::last(session, number::AUDIT).await?;
    Ok(hash_at(session, last).await?.map(|hash| (last, hash)))
}
