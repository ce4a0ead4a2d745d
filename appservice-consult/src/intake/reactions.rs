//! Signs that people put under messages (`m.reaction`): kept while the message's consultation is open, and sealed with it. The homeserver has them in the
//! clear, as the specification says of relations; here the sign is encrypted before it is handed to SQL.

use sea_query::{Expr, ExprTrait, Func, OnConflict, Query};
use serde_json::Value;

use super::messages::Belongs;
use super::read::Said;
use crate::api::types::SenderKind;
use crate::archive::reaction_place;
use crate::ids::{ConsultationId, EventId};
use crate::store::tables::{Message, Reaction as Table};
use crate::store::{StoreError, Writing};
use crate::tenant::Tenant;
use crate::words::Word;

/// Longer than any sign, family of four with skin tones included. Unit: bytes.
const SIGN_BYTES_MAX: usize = 64;
/// Under one message: nobody reads more, and a member that floods the room fills no table. Each of a full team of eight may put a dozen.
const UNDER_ONE_MAX: i64 = 100;

/// A reaction as its event says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reaction<'a> {
    /// Under which message.
    pub(super) target: &'a str,
    /// Which sign.
    pub(super) sign: &'a str,
}

/// What the content of an `m.reaction` says; `None`: nothing that is kept.
pub(super) fn reaction(content: &Value) -> Option<Reaction<'_>> {
    let relation = content.get("m.relates_to")?;
    if relation.get("rel_type")? != "m.annotation" {
        return None;
    }
    let (target, sign) = (relation.get("event_id")?.as_str()?, relation.get("key")?.as_str()?);
    let is_sign = !sign.trim().is_empty() && sign.len() <= SIGN_BYTES_MAX && !sign.contains(char::is_control);
    is_sign.then_some(Reaction { target, sign })
}

/// Keeps a sign until it is sealed; one that is there already stays as it is. Nothing is kept under what nobody said in this consultation, or what is sealed.
pub(super) async fn keep(
    writing: &mut Writing,
    tenant: &Tenant,
    said: &Said,
    Reaction { target, sign }: Reaction<'_>,
    belongs: Belongs<'_>,
) -> Result<(), StoreError> {
    if !was_said(writing, belongs.consultation, target).await? || is_full(writing, belongs.consultation, target).await?
    {
        return Ok(());
    }
    let sealed = tenant.key.seal(&tenant.context, reaction_place(said.event_id.as_str()), sign.as_bytes());
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([
        Table::EventId,
        Table::ConsultationId,
        Table::Target,
        Table::Sender,
        Table::SenderKind,
        Table::SentAt,
        Table::Sign,
    ]);
    insert.values_panic([
        said.event_id.as_str().into(),
        belongs.consultation.as_str().into(),
        target.into(),
        said.sender.as_str().into(),
        belongs.sender_kind.word().into(),
        said.sent_at.as_millis().into(),
        sealed.into(),
    ]);
    insert.on_conflict(OnConflict::column(Table::EventId).do_nothing().to_owned());
    writing.execute(&insert).await.map(drop)
}

/// Takes a sign away again. Of what is none, nothing is.
pub(super) async fn take_back(writing: &mut Writing, event_id: &EventId) -> Result<(), StoreError> {
    let mut delete = Query::delete();
    delete.from_table(Table::Table).and_where(Expr::col(Table::EventId).eq(event_id.as_str()));
    writing.execute(&delete).await.map(drop)
}

/// Whether a person said this in the consultation, and it is not sealed yet.
async fn was_said(writing: &mut Writing, consultation: &ConsultationId, event_id: &str) -> Result<bool, StoreError> {
    let mut select = Query::select();
    select.column(Message::EventId).from(Message::Table).and_where(Expr::col(Message::EventId).eq(event_id));
    select.and_where(Expr::col(Message::ConsultationId).eq(consultation.as_str()));
    select.and_where(Expr::col(Message::SenderKind).ne(SenderKind::System.word()));
    Ok(writing.fetch_one(&select).await?.is_some())
}

/// Whether there are as many under it as are kept.
async fn is_full(writing: &mut Writing, consultation: &ConsultationId, target: &str) -> Result<bool, StoreError> {
    let mut count = Query::select();
    count.expr(Func::count(Expr::col(Table::EventId))).from(Table::Table);
    count.and_where(Expr::col(Table::ConsultationId).eq(consultation.as_str()));
    count.and_where(Expr::col(Table::Target).eq(target));
    Ok(writing.fetch_one(&count).await?.map_or(Ok(0), |row| row.first_number())? >= UNDER_ONE_MAX)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Reaction, reaction};

    #[test]
    fn an_annotation_names_its_message_and_its_sign() {
        let content = json!({ "m.relates_to": { "rel_type": "m.annotation", "event_id": "$1", "key": "👍" } });
        assert_eq!(reaction(&content), Some(Reaction { target: "$1", sign: "👍" }));
    }

    #[test]
    fn what_is_no_sign_is_not_kept() {
        let of = |relation| reaction(&json!({ "m.relates_to": relation })).is_none();
        assert!(of(json!({})) && of(json!("odd")));
        assert!(of(json!({ "rel_type": "m.reference", "event_id": "$1", "key": "👍" })));
        assert!(of(json!({ "rel_type": "m.annotation", "event_id": "$1" })));
        for key in ["", " ", "a\u{0}b", &"x".repeat(65)] {
            assert!(of(json!({ "rel_type": "m.annotation", "event_id": "$1", "key": key })), "{key:?}");
        }
    }
}
