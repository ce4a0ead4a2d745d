//! How the desk's words come into a room: sealed in the outbox, since they may tell what was asked and answered; said by the keeper, encrypted.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::ids::{RoomId, UserId};
use crate::outbox::{self, Task};
use crate::store::{StoreError, Writing};
use crate::tenant::Tenant;
use crate::tenant_key::Place;
use consilium_keeper::KeeperError;

/// Where our apps learn that this is nothing for them: they show the same in their own way.
const NOTICE: &str = "chat.consilium.notice";

/// The lane of what is done in a patient's desk room.
pub(super) fn lane(user: &UserId) -> String {
    format!("desk {user}")
}

fn place(room: &RoomId) -> Place<'_> {
    Place { table: "effect", column: "body", row: room.as_str() }
}

/// Words for a room, to be said when the transaction has committed.
pub(super) async fn say_later(
    writing: &mut Writing,
    tenant: &Tenant,
    (lane, room): (&str, &RoomId),
    text: &str,
) -> Result<(), StoreError> {
    let sealed = STANDARD.encode(tenant.key.seal(&tenant.context, place(room), text.as_bytes()));
    outbox::append(writing, lane, &Task::SayPlainly { room: room.clone(), sealed }, tenant.context.now()).await
}

/// Says what [`say_later`] has written down; `None`: it does not open, and never will.
pub async fn say(tenant: &Tenant, room: &RoomId, sealed: &str, txn_id: &str) -> Option<Result<(), KeeperError>> {
    let sealed = STANDARD.decode(sealed).ok()?;
    let text = String::from_utf8(tenant.key.open(place(room), &sealed).ok()?).ok()?;
    Some(tenant.keeper.say(room.as_str(), content(&text), txn_id).await)
}

/// A notice with fallback text, which clients of all makes show and answer nothing to.
pub(super) fn content(text: &str) -> Value {
    json!({ "msgtype": "m.notice", "body": text, NOTICE: { "kind": "plain" } })
}

#[cfg(test)]
mod tests {
    use super::content;

    #[test]
    fn what_the_desk_says_is_a_notice_with_words_for_every_client() {
        let content = content("Hello");
        assert_eq!((content["msgtype"].as_str(), content["body"].as_str()), (Some("m.notice"), Some("Hello")));
        assert_eq!(content["chat.consilium.notice"]["kind"], "plain");
    }
}
