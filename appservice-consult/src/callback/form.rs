//! The form on the partner's own site: a person without an account orders a call-back.
//!
//! What stands between it and a robot: a challenge that costs work, rate limits by address and in all (the API's), and an upper bound on what waits. What a
//! person agreed to is kept with the order: which version of the text, in which language, when, and a keyed hash of the address.

use consilium_config::brand::{Brand, CallbackForm, Queue};
use sea_query::{Expr, ExprTrait, Func, OnConflict, Query};
use sha2::{Digest, Sha256};

use super::challenge::{self, Challenge};
use super::details::{self, Details};
use super::error::CallbackError;
use super::order::{Wish, WishedTime, queue_that_takes, takes_callbacks};
use super::record::Record;
use crate::actor::Actor;
use crate::api::types::{CallbackSource, ConsentEvidence, FieldError, PublicCallback};
use crate::store::tables::{Callback as Table, CallbackChallenge as Used};
use crate::store::{Session, StoreError, Writing};
use crate::tenant::Tenant;
use crate::time::Time;
use crate::words::Word;

/// Orders of this long ago make a challenge harder. Unit: seconds.
const RECENT_SECONDS: i64 = 10 * 60;

/// Who visits the form, and from where.
#[derive(Debug, Clone, Copy)]
pub struct Visitor<'a> {
    /// Language of the texts that he is shown.
    pub language: &'a str,
    /// His address, as limits count it.
    pub address: &'a str,
    /// The site that the form stands on, as his browser says.
    pub origin: Option<&'a str>,
}

/// The brand's form.
///
/// Errors: `NoForm`.
pub fn form(brand: &Brand) -> Result<&CallbackForm, CallbackError> {
    brand.callback_form.as_ref().ok_or(CallbackError::NoForm)
}

/// Queues that the form offers.
pub fn queues<'a>(brand: &'a Brand, form: &'a CallbackForm) -> impl Iterator<Item = &'a Queue> {
    brand.queues.iter().filter(|queue| takes_callbacks(queue) && form.offers(&queue.id))
}

/// A fresh challenge, as hard as the times are.
pub async fn fresh_challenge(tenant: &Tenant) -> Result<Challenge, CallbackError> {
    form(&tenant.brand())?;
    let since = tenant.context.now().plus_seconds(-RECENT_SECONDS);
    let mut select = Query::select();
    select.expr(Func::count(Expr::col(Table::Id))).from(Table::Table);
    select.and_where(Expr::col(Table::Source).eq(CallbackSource::Form.word()));
    select.and_where(Expr::col(Table::RequestedAt).gt(since.as_millis()));
    let mut reading = tenant.store.read().await?;
    let recent = reading.fetch_one(&select).await?.map_or(Ok(0), |row| row.first_number())?;
    Ok(challenge::issue(&tenant.key, &tenant.context, challenge::difficulty(recent)))
}

/// A visitor orders a call-back.
///
/// Errors: `NoForm`, `Challenge`, `Replayed`, `ConsentChanged`, `Invalid`, `OutsideHours`, `QueueFull`, `Store`.
pub async fn order(tenant: &Tenant, request: &PublicCallback, visitor: Visitor<'_>) -> Result<Record, CallbackError> {
    let brand = tenant.brand();
    let form = form(&brand)?;
    let now = tenant.context.now();
    // First the work, then everything that costs us something.
    let expires_at = challenge::check(&tenant.key, now, &request.challenge, &request.solution)?;
    if request.consent_version != form.consent_version {
        return Err(CallbackError::ConsentChanged);
    }
    let wish = read((tenant, &brand), form, request, visitor)?;
    let mut writing = tenant.store.write().await?;
    if !use_up(&mut writing, &request.challenge, expires_at).await? {
        return Err(CallbackError::Replayed);
    }
    if waiting(&mut writing, &wish.queue.id).await? >= i64::from(wish.queue.capacity) {
        return Err(CallbackError::QueueFull);
    }
    let record = wish.write(&mut writing, tenant, None, &Actor::System).await?;
    writing.commit().await?;
    Ok(record)
}

/// The order, if every field of it can be so.
fn read<'a>(
    (tenant, brand): (&Tenant, &'a Brand),
    form: &CallbackForm,
    request: &PublicCallback,
    visitor: Visitor<'_>,
) -> Result<Wish<'a>, CallbackError> {
    let queue = queue_that_takes(brand, &request.queue_id)?;
    if !form.offers(&queue.id) {
        let message = "The form does not offer this queue.".to_owned();
        return Err(FieldError::new("queue_id", message).into());
    }
    let phone = details::phone(&request.phone)?;
    let missing = || FieldError::new("phone", "A number to call is needed.");
    Ok(Wish {
        queue,
        source: CallbackSource::Form,
        person: None,
        details: Details {
            name: Some(details::name(&request.name)?),
            for_name: details::for_name(request.for_name.as_deref())?,
            phone: Some(phone.ok_or_else(missing)?),
            reason: details::reason(request.reason.as_deref())?,
            language: Some(visitor.language.to_owned()),
        },
        time: WishedTime::read(tenant, queue, request.window.as_ref(), request.time_zone.as_deref())?,
        request_id: hex::encode(challenge::used_hash(&request.challenge)),
        consent: Some(evidence(tenant, form, visitor, tenant.context.now())),
    })
}

/// What was agreed to, and how that is known.
fn evidence(tenant: &Tenant, form: &CallbackForm, visitor: Visitor<'_>, now: Time) -> ConsentEvidence {
    let text = form.consent.get(visitor.language, &tenant.brand().default_language);
    ConsentEvidence {
        version: form.consent_version.clone(),
        language: visitor.language.to_owned(),
        text_sha256: hex::encode(Sha256::digest(text.as_bytes())),
        agreed_at: now,
        address_hash: hex::encode(tenant.key.index("address", visitor.address)),
        origin: visitor.origin.map(str::to_owned),
    }
}

/// Uses a challenge up; `false`: it was used before.
async fn use_up(writing: &mut Writing, token: &str, expires_at: Time) -> Result<bool, StoreError> {
    let mut insert = Query::insert();
    insert.into_table(Used::Table).columns([Used::UsedHash, Used::ExpiresAt]);
    insert.values_panic([challenge::used_hash(token).into(), expires_at.as_millis().into()]);
    insert.on_conflict(OnConflict::column(Used::UsedHash).do_nothing().to_owned());
    Ok(writing.execute(&insert).await? == 1)
}

/// Call-backs of a queue that wait.
async fn waiting(session: &mut Session, queue: &str) -> Result<i64, StoreError> {
    let mut select = Query::select();
    select.expr(Func::count(Expr::col(Table::Id))).from(Table::Table);
    select.and_where(Expr::col(Table::QueueId).eq(queue)).and_where(Expr::col(Table::Stage).eq(0_i64));
    session.fetch_one(&select).await?.map_or(Ok(0), |row| row.first_number())
}

/// Forgets challenges that have expired: they are refused without being remembered.
pub async fn forget_expired(writing: &mut Writing, now: Time) -> Result<(), StoreError> {
    let mut delete = Query::delete();
    delete.from_table(Used::Table).and_where(Expr::col(Used::ExpiresAt).lte(now.as_millis()));
    writing.execute(&delete).await.map(drop)
}
