//! Stored forms of accounts, devices and tokens.

use consilium_store::Versioned;
use serde::{Deserialize, Serialize};

use crate::http::auth::UserClass;

/// blake3 of a token's text. Tokens are random enough that a slow hash would add nothing.
pub type TokenHash = [u8; 32];

pub fn hash_token(token: &str) -> TokenHash {
    *blake3::hash(token.as_bytes()).as_bytes()
}

/// An account of a local user; its key is the user key.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Account {
    pub created_ms: u64,
    /// PHC string of argon2id; none: no sign-in by password.
    pub password: Option<String>,
    pub class: UserClass,
    pub admin: bool,
    pub deactivated: bool,
    /// `id` of the application service that made it.
    pub appservice: Option<String>,
}

impl Versioned for Account {
    const VERSION: u8 = 1;
}

/// A device. Its tokens are listed, so that they go with it in one batch.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Device {
    pub display_name: Option<String>,
    /// When its session was opened: by the latest sign-in with a proof, never by a refresh.
    pub signed_in_ms: u64,
    /// Access tokens that work: one, or two between a refresh and the first use of what it gave.
    pub access: Vec<TokenHash>,
    /// Refresh tokens that have a row: usable ones and, the oldest first, spent ones kept to notice their reuse.
    pub refresh: Vec<TokenHash>,
}

impl Versioned for Device {
    const VERSION: u8 = 1;
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AccessToken {
    pub user: u64,
    pub device: String,
    pub expires_ms: Option<u64>,
    /// The refresh token that this one was got by: it is spent, with the access token before, when this one is first used.
    pub replaces: Option<Replaces>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Replaces {
    pub refresh: TokenHash,
    pub access: TokenHash,
}

impl Versioned for AccessToken {
    const VERSION: u8 = 1;
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RefreshToken {
    pub user: u64,
    pub device: String,
    /// The access token that was given together with it.
    pub access: TokenHash,
    pub state: RefreshState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RefreshState {
    Fresh,
    /// Given up for these, which were not used yet: it may be given up once more, when the answer was lost.
    Exchanged {
        access: TokenHash,
        refresh: TokenHash,
    },
    /// What it was given up for is in use.
    Spent,
}

impl Versioned for RefreshToken {
    const VERSION: u8 = 1;
}

/// A token of `m.login.token`: signs in once.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LoginToken {
    pub user: u64,
    pub expires_ms: u64,
}

impl Versioned for LoginToken {
    const VERSION: u8 = 1;
}
