//! Applying a command: load, decide, write once.
//!
//! One SQL transaction holds the guarded update of the row, history, audit, the outbox and the change log. The guard is the row's version: of several who act
//! on one state exactly one wins; the others decide anew on what he left.

use consilium_config::brand::RuleEvent;
use sea_query::{Expr, ExprTrait, Order, Query};
use serde_json::json;

use super::command::{Action, Command, Effect};
use super::effects;
use super::error::CallbackError;
use super::machine::step;
use super::record::{self, Record};
use crate::actor::Actor;
use crate::api::types::ActorKind;
use crate::audit;
use crate::change::{self, Kind};
use crate::ids::{CallId, CallbackId};
use crate::rules;
use crate::store::tables::CallbackHistory as Table;
use crate::store::{Session, StoreError, Writing};
use crate::tenant::Tenant;
use crate::tenant_key::{Place, TenantKey};
use crate::time::Time;
use crate::webhook;
use crate::words::Word;

/// How often a step is decided anew when others were faster.
const TRIES: usize = 4;

/// What goes into the row and its history besides the command.
#[derive(Debug, Clone, Copy)]
pub struct Circumstances<'a> {
    /// Who.
    pub actor: &'a Actor,
    /// What he wrote.
    pub note: Option<&'a str>,
    /// The call in the app that it is about.
    pub call: Option<&'a CallId>,
    /// The patient's time zone, where it was named anew.
    pub time_zone: Option<&'a str>,
    /// The place in the archive.
    pub sealed: Option<(i64, Time)>,
}

impl<'a> Circumstances<'a> {
    /// Of who acts, without anything else.
    pub fn of(actor: &'a Actor) -> Self {
        Self { actor, note: None, call: None, time_zone: None, sealed: None }
    }

    /// With what he wrote; an empty note is none.
    #[must_use]
    pub fn with_note(self, note: Option<&'a str>) -> Self {
        Self { note: note.filter(|note| !note.is_empty()), ..self }
    }
}

/// Applies the command that `decide` makes for a call-back and returns the call-back as it stands then.
///
/// Errors: `NotFound`, `Refused`, `Contended`, `Store`, and what `decide` refuses.
pub async fn apply(
    tenant: &Tenant,
    id: &CallbackId,
    circumstances: Circumstances<'_>,
    decide: impl Fn(&Record, Time) -> Result<Command, CallbackError>,
) -> Result<Record, CallbackError> {
    for _ in 0..TRIES {
        let mut writing = tenant.store.write().await?;
        let before = record::load(&mut writing, &tenant.key, id).await?.ok_or(CallbackError::NotFound)?;
        let now = before.time_of_next_step(tenant.context.now());
        let command = decide(&before, now)?;
        match advance(&mut writing, tenant, &before, &command, circumstances, now).await? {
            Advanced::Unchanged => return Ok(before),
            Advanced::Written(after) => {
                writing.commit().await?;
                return Ok(*after);
            }
            Advanced::Contended => {}
        }
    }
    Err(CallbackError::Contended)
}

/// What became of a step.
pub(super) enum Advanced {
    /// Nothing was to be done.
    Unchanged,
    /// It is written.
    Written(Box<Record>),
    /// Somebody else was faster and nothing was written.
    Contended,
}

/// Decides a step and writes it into the transaction.
pub(super) async fn advance(
    writing: &mut Writing,
    tenant: &Tenant,
    before: &Record,
    command: &Command,
    circumstances: Circumstances<'_>,
    now: Time,
) -> Result<Advanced, CallbackError> {
    let (state, effects) = step(&before.state, command, now)?;
    if effects.is_empty() && state == before.state && circumstances.call.is_none() {
        return Ok(Advanced::Unchanged);
    }
    let mut after = Record { version: before.version + 1, state, ..before.clone() };
    after.sealed = circumstances.sealed.or(before.sealed);
    after.call = circumstances.call.cloned().or_else(|| before.call.clone());
    if let Some(zone) = circumstances.time_zone {
        zone.clone_into(&mut after.time_zone);
    }
    if effects.contains(&Effect::Record(Action::Finished)) {
        after.note = circumstances.note.map(str::to_owned);
    }
    if !record::update(writing, tenant, &after).await? {
        return Ok(Advanced::Contended);
    }
    follow(writing, tenant, &after, &effects, circumstances, now).await?;
    Ok(Advanced::Written(Box::new(after)))
}

/// What goes with a row that was written: history, audit, the outbox, what the desk's rules do, the change log.
pub(super) async fn follow(
    writing: &mut Writing,
    tenant: &Tenant,
    after: &Record,
    effects: &[Effect],
    circumstances: Circumstances<'_>,
    now: Time,
) -> Result<(), StoreError> {
    for effect in effects {
        if let Effect::Record(action) = effect {
            remember(writing, tenant, after, *action, circumstances, now).await?;
        }
    }
    effects::enqueue(writing, tenant, after, effects).await?;
    let told = effects.iter().filter_map(|effect| match effect {
        Effect::Record(action) => webhook::of_callback(after, action.as_str(), now),
        _ => None,
    });
    webhook::enqueue(writing, tenant, told.collect()).await?;
    let events = effects.iter().filter_map(|effect| match effect {
        Effect::Record(action) => RuleEvent::of_step("callback", action.as_str()),
        _ => None,
    });
    let events: Vec<RuleEvent> = events.collect();
    Box::pin(rules::after_callback(writing, tenant, after, &events)).await?;
    let audience = effects::audience(writing, after).await?;
    change::append(writing, now, Kind::Callback, after.id.as_str(), audience.as_ref().map(crate::ids::UserId::as_str))
        .await
}

async fn remember(
    writing: &mut Writing,
    tenant: &Tenant,
    after: &Record,
    action: Action,
    circumstances: Circumstances<'_>,
    now: Time,
) -> Result<(), StoreError> {
    let row = format!("{}/{}", after.id, after.version);
    let note = circumstances.note.map(|note| tenant.key.seal(&tenant.context, place(&row), note.as_bytes()));
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([
        Table::CallbackId,
        Table::Version,
        Table::At,
        Table::ActorKind,
        Table::ActorId,
        Table::Action,
        Table::Note,
    ]);
    insert.values_panic([
        after.id.as_str().into(),
        after.version.into(),
        now.as_millis().into(),
        circumstances.actor.kind().word().into(),
        circumstances.actor.record_id().into(),
        action.as_str().into(),
        note.into(),
    ]);
    writing.execute(&insert).await?;
    let detail = json!({
        "phase": after.state.phase.name().word(),
        "queue": after.queue,
        "source": after.source.word(),
        "operator": after.state.phase.holder(),
        "outcome": after.state.phase.ending().and_then(super::state::Ending::outcome).map(Word::word),
        "call": circumstances.call,
    });
    let entry = audit::Entry {
        at: now,
        actor: circumstances.actor,
        action: &format!("callback.{}", action.as_str()),
        subject: audit::Subject { kind: "callback", id: after.id.as_str() },
        detail,
    };
    audit::append(writing, &tenant.key, entry).await
}

fn place(row: &str) -> Place<'_> {
    Place { table: "callback_history", column: "note", row }
}

/// One step of a life.
#[derive(Debug, Clone)]
pub struct Step {
    /// When.
    pub at: Time,
    /// What he is who did it.
    pub kind: ActorKind,
    /// Id of his record.
    pub actor: Option<String>,
    /// What.
    pub action: String,
    /// What he wrote.
    pub note: Option<String>,
}

/// The life of a call-back, oldest first.
pub async fn history(session: &mut Session, key: &TenantKey, id: &CallbackId) -> Result<Vec<Step>, StoreError> {
    let mut select = Query::select();
    select
        .columns([Table::Version, Table::At, Table::ActorKind, Table::ActorId, Table::Action, Table::Note])
        .from(Table::Table);
    select.and_where(Expr::col(Table::CallbackId).eq(id.as_str())).order_by(Table::Version, Order::Asc);
    let rows = session.fetch_all(&select).await?;
    let read = |row: &crate::store::Row| {
        let name = format!("{id}/{}", row.number(Table::Version)?);
        let note = row.bytes_or_null(Table::Note)?.and_then(|note| key.open(place(&name), &note).ok());
        Ok(Step {
            at: row.time(Table::At)?,
            kind: ActorKind::from_word(&row.text(Table::ActorKind)?)?,
            actor: row.text_or_null(Table::ActorId)?,
            action: row.text(Table::Action)?,
            note: note.and_then(|note| String::from_utf8(note).ok()),
        })
    };
    rows.iter().map(read).collect()
}
