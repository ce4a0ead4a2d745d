//! Files of erased consultations at the homeserver: removed one by one, from the outbox, and noted when they are gone.

use sea_query::{Expr, ExprTrait, Order, Query};

use super::RetentionError;
use crate::ids::ConsultationId;
use crate::store::tables::ErasureFile as Table;
use crate::store::{Session, StoreError};
use crate::tenant::Tenant;
use crate::time::Time;

/// A file that goes, or has gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    /// `mxc:` address.
    pub url: String,
    /// When it was gone; none: not yet.
    pub at: Option<Time>,
}

/// Removes a file from the homeserver. One that is gone already is noted alike, so a crash repeats it harmlessly.
pub async fn remove(tenant: &Tenant, consultation: &ConsultationId, url: &str) -> Result<(), RetentionError> {
    let address = url.strip_prefix("mxc://").and_then(|address| address.split_once('/'));
    let (server_name, media_id) = address.ok_or(RetentionError::NotFound)?;
    tenant.homeserver.remove_media(server_name, media_id).await?;
    let mut update = Query::update();
    update.table(Table::Table).value(Table::GoneAt, tenant.context.now().as_millis());
    update.and_where(Expr::col(Table::ConsultationId).eq(consultation.as_str()));
    update.and_where(Expr::col(Table::Url).eq(url)).and_where(Expr::col(Table::GoneAt).is_null());
    let mut writing = tenant.store.write().await?;
    writing.execute(&update).await?;
    Ok(writing.commit().await?)
}

/// The files of an erased consultation, by their addresses.
pub(super) async fn files(session: &mut Session, id: &ConsultationId) -> Result<Vec<Gone>, StoreError> {
    let mut select = Query::select();
    select.columns([Table::Url, Table::GoneAt]).from(Table::Table);
    select.and_where(Expr::col(Table::ConsultationId).eq(id.as_str())).order_by(Table::Url, Order::Asc);
    let rows = session.fetch_all(&select).await?;
    rows.iter().map(|row| Ok(Gone { url: row.text(Table::Url)?, at: row.time_or_null(Table::GoneAt)? })).collect()
}
