//! Rows of endpoints.

use sea_query::{Expr, ExprTrait, Func, Order, Query, SelectStatement};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::signature::Secret;
use crate::api::types::{WebhookEventType, WebhookField, WebhookOffReason};
use crate::store::tables::{WebhookDelivery, WebhookEndpoint as Table};
use crate::store::{Row, Session, StoreError, Writing};
use crate::tenant::Tenant;
use crate::tenant_key::{Place, TenantKey};
use crate::time::Time;
use crate::words::Word;

/// An endpoint.
#[derive(Clone)]
pub(super) struct Endpoint {
    pub(super) id: String,
    pub(super) url: String,
    pub(super) description: String,
    pub(super) events: Vec<WebhookEventType>,
    pub(super) fields: Vec<WebhookField>,
    /// Why it is off; none: it is on.
    pub(super) off: Option<WebhookOffReason>,
    pub(super) created_at: Time,
    pub(super) secret: Secret,
    /// The secret before, and until when it signs too.
    pub(super) former: Option<(Secret, Time)>,
    pub(super) failing_since: Option<Time>,
    pub(super) backlog: i64,
}

impl Endpoint {
    /// The secrets that count now, the newest first.
    pub(super) fn secrets(&self, now: Time) -> impl Iterator<Item = &Secret> {
        let former = self.former.as_ref().filter(|(_, until)| now < *until).map(|(secret, _)| secret);
        std::iter::once(&self.secret).chain(former)
    }
}

/// What enqueueing has to know of an endpoint; nothing of it is sealed.
pub(super) struct Subscription {
    pub(super) endpoint: String,
    pub(super) is_on: bool,
    pub(super) events: Vec<WebhookEventType>,
    pub(super) backlog: i64,
}

/// All subscriptions, oldest first.
pub(super) async fn subscriptions(session: &mut Session) -> Result<Vec<Subscription>, StoreError> {
    let mut select = Query::select();
    select.columns([Table::Id, Table::IsOn, Table::Events, Table::Backlog]).from(Table::Table);
    select.order_by(Table::Id, Order::Asc);
    let read = |row: &Row| {
        Ok(Subscription {
            endpoint: row.text(Table::Id)?,
            is_on: row.number(Table::IsOn)? == 1,
            events: read_list(row, Table::Events, "events")?,
            backlog: row.number(Table::Backlog)?,
        })
    };
    session.fetch_all(&select).await?.iter().map(read).collect()
}

/// How many endpoints there are.
pub(super) async fn count(session: &mut Session) -> Result<i64, StoreError> {
    let mut select = Query::select();
    select.expr(Func::count(Expr::col(Table::Id))).from(Table::Table);
    session.fetch_one(&select).await?.map_or(Ok(0), |row| row.first_number())
}

fn select() -> SelectStatement {
    let mut select = Query::select();
    select.columns([
        Table::Id,
        Table::Url,
        Table::Description,
        Table::Events,
        Table::Fields,
        Table::OffReason,
        Table::CreatedAt,
        Table::Secret,
        Table::FormerSecret,
        Table::FormerUntil,
        Table::FailingSince,
        Table::Backlog,
    ]);
    select.from(Table::Table).order_by(Table::Id, Order::Asc);
    select
}

/// All endpoints, oldest first.
pub(super) async fn load_all(session: &mut Session, key: &TenantKey) -> Result<Vec<Endpoint>, StoreError> {
    session.fetch_all(&select()).await?.iter().map(|row| read(key, row)).collect()
}

/// The endpoint of that id.
pub(super) async fn load(session: &mut Session, key: &TenantKey, id: &str) -> Result<Option<Endpoint>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col(Table::Id).eq(id));
    session.fetch_one(&select).await?.map(|row| read(key, &row)).transpose()
}

fn read(key: &TenantKey, row: &Row) -> Result<Endpoint, StoreError> {
    let id = row.text(Table::Id)?;
    let open = |column: &'static str, sealed: &[u8]| {
        let broken = |source| StoreError::Column { column: column.to_owned(), source: Box::new(source) };
        key.open(place(column, &id), sealed).map_err(broken)
    };
    let url = String::from_utf8(open("url", &row.bytes(Table::Url)?)?);
    let url = url.map_err(|source| StoreError::Column { column: "url".to_owned(), source: Box::new(source) })?;
    let former = match (row.bytes_or_null(Table::FormerSecret)?, row.time_or_null(Table::FormerUntil)?) {
        (Some(sealed), Some(until)) => Some((Secret::from_bytes(open("former_secret", &sealed)?), until)),
        _ => None,
    };
    Ok(Endpoint {
        url,
        description: row.text(Table::Description)?,
        events: read_list(row, Table::Events, "events")?,
        fields: read_list(row, Table::Fields, "fields")?,
        off: row.text_or_null(Table::OffReason)?.as_deref().map(WebhookOffReason::from_word).transpose()?,
        created_at: row.time(Table::CreatedAt)?,
        secret: Secret::from_bytes(open("secret", &row.bytes(Table::Secret)?)?),
        former,
        failing_since: row.time_or_null(Table::FailingSince)?,
        backlog: row.number(Table::Backlog)?,
        id,
    })
}

/// Types that this program does not know any more are left out.
fn read_list<T: DeserializeOwned>(row: &Row, column: Table, name: &str) -> Result<Vec<T>, StoreError> {
    let broken = |source| StoreError::Column { column: name.to_owned(), source: Box::new(source) };
    let words: Vec<serde_json::Value> = serde_json::from_str(&row.text(column)?).map_err(broken)?;
    Ok(words.into_iter().filter_map(|word| serde_json::from_value(word).ok()).collect())
}

fn written_list<T: Serialize>(list: &[T]) -> String {
    serde_json::to_string(list).expect("a list of words is JSON")
}

fn place<'a>(column: &'static str, id: &'a str) -> Place<'a> {
    Place { table: "webhook_endpoint", column, row: id }
}

/// Makes an endpoint.
pub(super) async fn insert(writing: &mut Writing, tenant: &Tenant, endpoint: &Endpoint) -> Result<(), StoreError> {
    let seal = |column, text: &[u8]| tenant.key.seal(&tenant.context, place(column, &endpoint.id), text);
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([
        Table::Id,
        Table::Url,
        Table::Description,
        Table::Events,
        Table::Fields,
        Table::IsOn,
        Table::CreatedAt,
        Table::Secret,
        Table::Backlog,
    ]);
    insert.values_panic([
        endpoint.id.as_str().into(),
        seal("url", endpoint.url.as_bytes()).into(),
        endpoint.description.as_str().into(),
        written_list(&endpoint.events).into(),
        written_list(&endpoint.fields).into(),
        i64::from(endpoint.off.is_none()).into(),
        endpoint.created_at.as_millis().into(),
        seal("secret", endpoint.secret.bytes()).into(),
        0_i64.into(),
    ]);
    writing.execute(&insert).await.map(drop)
}

/// Writes what supervisors change of it.
pub(super) async fn update(writing: &mut Writing, tenant: &Tenant, endpoint: &Endpoint) -> Result<(), StoreError> {
    let seal = |column, text: &[u8]| tenant.key.seal(&tenant.context, place(column, &endpoint.id), text);
    let former = endpoint.former.as_ref();
    let mut update = Query::update();
    update.table(Table::Table).values([
        (Table::Url, seal("url", endpoint.url.as_bytes()).into()),
        (Table::Description, endpoint.description.as_str().into()),
        (Table::Events, written_list(&endpoint.events).into()),
        (Table::Fields, written_list(&endpoint.fields).into()),
        (Table::IsOn, i64::from(endpoint.off.is_none()).into()),
        (Table::OffReason, endpoint.off.map(Word::word).into()),
        (Table::Secret, seal("secret", endpoint.secret.bytes()).into()),
        (Table::FormerSecret, former.map(|(secret, _)| seal("former_secret", secret.bytes())).into()),
        (Table::FormerUntil, former.map(|(_, until)| until.as_millis()).into()),
        (Table::FailingSince, endpoint.failing_since.map(Time::as_millis).into()),
    ]);
    update.and_where(Expr::col(Table::Id).eq(endpoint.id.as_str()));
    writing.execute(&update).await.map(drop)
}

/// Writes how it stands after an attempt.
pub(super) async fn stand(
    writing: &mut Writing,
    id: &str,
    failing_since: Option<Time>,
    off: Option<WebhookOffReason>,
) -> Result<(), StoreError> {
    let mut update = Query::update();
    update.table(Table::Table).values([
        (Table::IsOn, i64::from(off.is_none()).into()),
        (Table::OffReason, off.map(Word::word).into()),
        (Table::FailingSince, failing_since.map(Time::as_millis).into()),
    ]);
    update.and_where(Expr::col(Table::Id).eq(id));
    writing.execute(&update).await.map(drop)
}

/// Moves the number of its deliveries that are not over.
pub(super) async fn move_backlog(writing: &mut Writing, id: &str, by: i64) -> Result<(), StoreError> {
    let mut update = Query::update();
    update.table(Table::Table).value(Table::Backlog, Expr::col(Table::Backlog).add(by));
    update.and_where(Expr::col(Table::Id).eq(id));
    writing.execute(&update).await.map(drop)
}

/// Counts its deliveries that are not over anew: after many were touched at once.
pub(super) async fn count_backlog(writing: &mut Writing, id: &str) -> Result<(), StoreError> {
    let mut count = Query::select();
    count.expr(Func::count(Expr::col(WebhookDelivery::EventSequence))).from(WebhookDelivery::Table);
    count
        .and_where(Expr::col(WebhookDelivery::EndpointId).eq(id))
        .and_where(Expr::col(WebhookDelivery::State).is_in(["waiting", "behind"]));
    let backlog = writing.fetch_one(&count).await?.map_or(Ok(0), |row| row.first_number())?;
    let mut update = Query::update();
    update.table(Table::Table).value(Table::Backlog, backlog).and_where(Expr::col(Table::Id).eq(id));
    writing.execute(&update).await.map(drop)
}

/// Forgets an endpoint with all its deliveries.
pub(super) async fn remove(writing: &mut Writing, id: &str) -> Result<(), StoreError> {
    let mut deliveries = Query::delete();
    deliveries.from_table(WebhookDelivery::Table).and_where(Expr::col(WebhookDelivery::EndpointId).eq(id));
    writing.execute(&deliveries).await?;
    let mut endpoint = Query::delete();
    endpoint.from_table(Table::Table).and_where(Expr::col(Table::Id).eq(id));
    writing.execute(&endpoint).await.map(drop)
}
