//! Sign-ins that somebody ended from elsewhere: whoever comes with a token of one is told so, and at whose word it was.
//!
//! Kept for [`REMEMBERED_MS`] as the hash of the token and the word, nothing else: who holds the token may know, nobody else learns anything.

use consilium_store::{Batch, Direction, StoreError, Versioned};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    Accounts,
    error::AccountError,
    records::{Device, TokenHash, hash_token},
};
use crate::{
    http::ApiError,
    keyspaces::{ENDED_TOKEN_ENDS, ENDED_TOKENS},
    writer::Touched,
};

/// A telephone that lay in a drawer for half a year is still told what happened.
const REMEMBERED_MS: u64 = 180 * 24 * 3_600 * 1_000;
/// Tokens that are tidied in one batch.
const TIDIED_PAGE: usize = 1_000;

/// At whose word a sign-in ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndedBy {
    /// The user's own, at another sign-in of his.
    Owner,
    /// An application service, because the user asked for it.
    ServiceAsked,
    /// An application service, of its own accord.
    Service,
    /// Nobody's: it was not used for long.
    Unused,
}

/// What is remembered of a token.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct EndedToken {
    pub by: EndedBy,
}

impl Versioned for EndedToken {
    const VERSION: u8 = 1;
}

/// 401 `M_UNKNOWN_TOKEN`, as of any dead token, and in `chat.consilium.signed_out_by` at whose word it died.
impl From<EndedBy> for ApiError {
    fn from(by: EndedBy) -> Self {
        let body = json!({
            "errcode": "M_UNKNOWN_TOKEN", "error": "This sign-in was ended from elsewhere.", "soft_logout": false,
            "chat.consilium.signed_out_by": by,
        });
        Self::extended(StatusCode::UNAUTHORIZED, body)
    }
}

/// Remembers the tokens of a device that goes.
pub(super) fn remember(device: &Device, by: EndedBy, now_ms: u64, batch: &mut Batch) {
    let until_ms = now_ms.saturating_add(REMEMBERED_MS);
    for hash in device.access.iter().chain(&device.refresh) {
        ENDED_TOKENS.put(batch, hash, &EndedToken { by });
        ENDED_TOKEN_ENDS.put(batch, &(until_ms, *hash), &());
    }
}

impl Accounts {
    /// At whose word the sign-in of an access or refresh token ended; `None`: nobody's, or it did not end.
    pub async fn ended_by(&self, token: &str) -> Result<Option<EndedBy>, StoreError> {
        let hash: TokenHash = hash_token(token);
        let ended = ENDED_TOKENS.get(&*self.parts.writer.view(), &hash).await?;
        Ok(ended.map(|ended| ended.by))
    }

    /// Forgets the tokens that ended long ago.
    pub async fn trim_ended_tokens(&self) -> Result<(), AccountError> {
        let end = (self.parts.context.now_ms().saturating_add(1),);
        loop {
            let view = self.parts.writer.view();
            let rows = ENDED_TOKEN_ENDS.scan_range(&*view, &(0_u64,), &end, TIDIED_PAGE, Direction::Forward).await?;
            if rows.is_empty() {
                return Ok(());
            }
            let mut batch = Batch::new();
            for (key, ()) in rows {
                ENDED_TOKENS.delete(&mut batch, &key.1);
                ENDED_TOKEN_ENDS.delete(&mut batch, &key);
            }
            self.parts.writer.commit(batch, Touched::default()).await?;
        }
    }
}
