//! Order-preserving tuple keys and versioned values.

use bytes::Bytes;

use crate::view::StoreError;

/// A key, or a leading part of one, in an encoding whose byte order is the order of the values.
pub trait Key: Sized {
    fn encode(&self, out: &mut Vec<u8>);
    /// Decodes from the front of `bytes` and moves it on; `None` when the bytes are not such a key.
    fn decode(bytes: &mut &[u8]) -> Option<Self>;
}

/// A stored value. Its first byte is the version of its form, so that a later build can read an older one.
pub trait Value: Sized {
    fn encode(&self) -> Bytes;
    fn decode(table: &'static str, bytes: &Bytes) -> Result<Self, StoreError>;
}
