//! Taking a transaction: the keeper first, then one SQL transaction, then the answer.

use std::sync::Arc;

use async_trait::async_trait;
use axum::body::Bytes;
use sea_query::{Expr, ExprTrait, OnConflict, Query};
use tokio::sync::Mutex;

use consilium_appservice::{ReceiveError, Receiver};
use consilium_keeper::{KeeperError, Transaction};

use super::apply::apply;
use super::read::{Fact, read};
use crate::api::problem::chain;
use crate::consultation::ConsultationError;
use crate::store::tables::Intake as Table;
use crate::store::{Session, StoreError, Writing};
use crate::tenant::Tenant;

/// How long taken transactions are remembered. A homeserver repeats only the last one, at once; a restored one may repeat older ones.
const REMEMBERED_SECONDS: i64 = 30 * 24 * 3_600;

/// Why a transaction was not taken.
#[derive(Debug, thiserror::Error)]
enum IntakeError {
    #[error("the keeper could not take it")]
    Keeper(#[source] KeeperError),
    #[error("the store failed")]
    Store(#[from] StoreError),
}

/// The intake of one tenant. Transactions pass one at a time, in the homeserver's order.
pub struct Intake {
    tenant: Arc<Tenant>,
    one_at_a_time: Mutex<()>,
}

impl Intake {
    /// The intake of a tenant.
    pub fn new(tenant: Arc<Tenant>) -> Self {
        Self { tenant, one_at_a_time: Mutex::new(()) }
    }

    /// Returns when the transaction that is being taken is done with.
    pub async fn finish(&self) {
        drop(self.one_at_a_time.lock().await);
    }

    async fn take(&self, transaction: Transaction) -> Result<(), IntakeError> {
        let _turn = self.one_at_a_time.lock().await;
        let id = transaction.id().to_owned();
        let mut reading = self.tenant.store.read().await?;
        if is_taken(&mut reading, &id).await? {
            tracing::debug!(txn.id = %id, "a transaction came again");
            return Ok(());
        }
        drop(reading);
        let received = self.tenant.keeper.receive(transaction).await.map_err(IntakeError::Keeper)?;
        if received.key_counts.exhausted() {
            tracing::warn!("the keeper's one-time keys are used up");
        }
        let facts = read(&received);
        // A transaction without effects (keys, typing, what the keeper itself announced) may come again as often as it likes.
        if facts.iter().any(Fact::has_effects) {
            self.write(&id, &facts).await?;
        }
        self.hear_announcements(&facts);
        self.hear_sign_ins(&facts);
        Ok(())
    }

    /// One SQL transaction: the id, and all that follows from the facts.
    async fn write(&self, id: &str, facts: &[Fact]) -> Result<(), StoreError> {
        let mut writing = self.tenant.store.write().await?;
        for fact in facts {
            match apply(&mut writing, &self.tenant, fact).await {
                Ok(()) => {}
                Err(ConsultationError::Store(
                    error @ (StoreError::Statement(_) | StoreError::Busy(_) | StoreError::Full(_)),
                )) => return Err(error),
                // One odd fact must not stop all that follow: the homeserver would repeat this transaction for ever.
                Err(error) => {
                    tracing::error!(txn.id = %id, error = %chain(&error), "a fact of a transaction was left out");
                }
            }
        }
        remember(&mut writing, &self.tenant, id).await?;
        writing.commit().await
    }

    /// After the commit: what was said before these announcements is in the database now.
    fn hear_announcements(&self, facts: &[Fact]) {
        for fact in facts {
            if let Fact::Announced { sender, consultation, since } = fact
                && sender.as_str() == self.tenant.keeper.user_id()
            {
                self.tenant.last_words.hear(consultation.clone(), *since);
            }
        }
    }

    /// Somebody's devices changed: one may have been signed out, and its token is believed no more.
    fn hear_sign_ins(&self, facts: &[Fact]) {
        for fact in facts {
            if let Fact::DevicesChanged { user } = fact {
                self.tenant.ended_sign_ins.note(user);
            }
        }
    }
}

#[async_trait]
impl Receiver for Intake {
    async fn receive(&self, transaction_id: &str, body: Bytes) -> Result<(), ReceiveError> {
        let transaction =
            Transaction::parse(transaction_id, &body).map_err(|error| ReceiveError::Malformed(Box::new(error)))?;
        self.take(transaction).await.map_err(|error| ReceiveError::Failed(Box::new(error)))
    }

    async fn user_exists(&self, user_id: &str) -> bool {
        user_id == self.tenant.keeper.user_id()
    }
}

async fn is_taken(session: &mut Session, id: &str) -> Result<bool, StoreError> {
    let mut select = Query::select();
    select.column(Table::TransactionId).from(Table::Table).and_where(Expr::col(Table::TransactionId).eq(id));
    Ok(session.fetch_one(&select).await?.is_some())
}

async fn remember(writing: &mut Writing, tenant: &Tenant, id: &str) -> Result<(), StoreError> {
    let now = tenant.context.now();
    let mut insert = Query::insert();
    insert
        .into_table(Table::Table)
        .columns([Table::TransactionId, Table::At])
        .values_panic([id.into(), now.as_millis().into()]);
    insert.on_conflict(OnConflict::column(Table::TransactionId).do_nothing().to_owned());
    writing.execute(&insert).await.map(drop)
}

/// Forgets transactions of long ago.
pub async fn forget_old(tenant: &Tenant) -> Result<(), StoreError> {
    let mut writing = tenant.store.write().await?;
    let before = tenant.context.now().plus_seconds(-REMEMBERED_SECONDS);
    let mut delete = Query::delete();
    delete.from_table(Table::Table).and_where(Expr::col(Table::At).lt(before.as_millis()));
    writing.execute(&delete).await?;
    writing.commit().await
}
