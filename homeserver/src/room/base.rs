//! What everything about rooms stands on: the store, short ids, state nodes, clock, signing key.

use std::sync::Arc;

use consilium_event::Signer;
use consilium_store::Engine;
use ruma::OwnedServerName;

use super::nodes::StateNodes;
use crate::{account::Erased, context::Context, ids::Ids, push, secrets::SigningKey, writer::Writer};

/// See the head of this file. One for each tenant.
pub struct Base {
    pub engine: Arc<dyn Engine>,
    pub ids: Arc<Ids>,
    pub nodes: StateNodes,
    pub context: Context,
    pub server_name: OwnedServerName,
    pub signing_key: Arc<SigningKey>,
    pub push_rules: Arc<push::Rules>,
    pub writer: Writer,
    /// Users whose events are shown redacted to who came later.
    pub erased: Arc<Erased>,
}

impl Base {
    pub fn signer(&self) -> Signer<'_> {
        Signer { server_name: &self.server_name, key_pair: self.signing_key.pair() }
    }
}
