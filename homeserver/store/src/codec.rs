//! Order-preserving tuple keys and versioned values.
//!
//! Key encodings (big endian, no type tags: the keyspace knows the types):
//!
//! | type | bytes | order |
//! |---|---|---|
//! | `u8 u16 u32 u64`, [`Position`] | fixed width | numeric |
//! | `i64` | fixed width, sign bit flipped | numeric |
//! | `bool` | one byte | `false < true` |
//! | `[u8; N]` | N bytes as they are | bytes |
//! | `String`, `Vec<u8>`, `Bytes` | escaped (`00 → 01 01`, `01 → 01 02`), then a terminating `00` | bytes, the shorter first |
//! | tuples | the parts in a row | by the first part that differs |
//!
//! No encoding of one type is a proper prefix of another of that type, so a shorter tuple is exactly the prefix of all
//! longer ones that begin with the same parts. What is deliberately absent: floats, options, decoding of borrowed types.

use bytes::Bytes;
use serde::{Serialize, de::DeserializeOwned};

use crate::{batch::Position, view::StoreError};

/// A key, or a leading part of one, in an encoding whose byte order is the order of the values.
pub trait Key: Sized {
    fn encode(&self, out: &mut Vec<u8>);
    /// Decodes from the front of `bytes` and moves it on; `None` when the bytes are not such a key.
    fn decode(bytes: &mut &[u8]) -> Option<Self>;
}

macro_rules! unsigned_keys {
    ($($int:ty),*) => {$(
        impl Key for $int {
            fn encode(&self, out: &mut Vec<u8>) {
                out.extend_from_slice(&self.to_be_bytes());
            }

            fn decode(bytes: &mut &[u8]) -> Option<Self> {
                take_array(bytes).map(Self::from_be_bytes)
            }
        }
    )*};
}

unsigned_keys!(u8, u16, u32, u64);

/// Turns the order of two's complement into the order of unsigned bytes.
const SIGN_BIT: u64 = 1 << 63;

impl Key for i64 {
    fn encode(&self, out: &mut Vec<u8>) {
        Key::encode(&(self.cast_unsigned() ^ SIGN_BIT), out);
    }

    fn decode(bytes: &mut &[u8]) -> Option<Self> {
        <u64 as Key>::decode(bytes).map(|flipped| (flipped ^ SIGN_BIT).cast_signed())
    }
}

impl Key for bool {
    fn encode(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }

    fn decode(bytes: &mut &[u8]) -> Option<Self> {
        match u8::decode(bytes)? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

impl Key for Position {
    fn encode(&self, out: &mut Vec<u8>) {
        Key::encode(&self.0, out);
    }

    fn decode(bytes: &mut &[u8]) -> Option<Self> {
        <u64 as Key>::decode(bytes).map(Self)
    }
}

impl<const N: usize> Key for [u8; N] {
    fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self);
    }

    fn decode(bytes: &mut &[u8]) -> Option<Self> {
        take_array(bytes)
    }
}

impl Key for String {
    fn encode(&self, out: &mut Vec<u8>) {
        encode_escaped(self.as_bytes(), out);
    }

    fn decode(bytes: &mut &[u8]) -> Option<Self> {
        decode_escaped(bytes).and_then(|raw| Self::from_utf8(raw).ok())
    }
}

impl Key for Vec<u8> {
    fn encode(&self, out: &mut Vec<u8>) {
        encode_escaped(self, out);
    }

    fn decode(bytes: &mut &[u8]) -> Option<Self> {
        decode_escaped(bytes)
    }
}

impl Key for Bytes {
    fn encode(&self, out: &mut Vec<u8>) {
        encode_escaped(self, out);
    }

    fn decode(bytes: &mut &[u8]) -> Option<Self> {
        decode_escaped(bytes).map(Self::from)
    }
}

/// The empty prefix: every key of a keyspace.
impl Key for () {
    fn encode(&self, _: &mut Vec<u8>) {}

    fn decode(_: &mut &[u8]) -> Option<Self> {
        Some(())
    }
}

macro_rules! tuple_keys {
    ($(($($part:ident $index:tt),+))*) => {$(
        impl<$($part: Key),+> Key for ($($part,)+) {
            fn encode(&self, out: &mut Vec<u8>) {
                $(self.$index.encode(out);)+
            }

            fn decode(bytes: &mut &[u8]) -> Option<Self> {
                Some(($($part::decode(bytes)?,)+))
            }
        }
    )*};
}

tuple_keys! {
    (A 0)
    (A 0, B 1)
    (A 0, B 1, C 2)
    (A 0, B 1, C 2, D 3)
    (A 0, B 1, C 2, D 3, E 4)
    (A 0, B 1, C 2, D 3, E 4, F 5)
}

const TERMINATOR: u8 = 0;
const ESCAPE: u8 = 1;

fn encode_escaped(raw: &[u8], out: &mut Vec<u8>) {
    out.reserve(raw.len() + 1);
    for &byte in raw {
        if byte <= ESCAPE {
            out.extend_from_slice(&[ESCAPE, byte + 1]);
        } else {
            out.push(byte);
        }
    }
    out.push(TERMINATOR);
}

fn decode_escaped(bytes: &mut &[u8]) -> Option<Vec<u8>> {
    let end = bytes.iter().position(|&byte| byte == TERMINATOR)?;
    let (escaped, rest) = bytes.split_at(end);
    let mut raw = Vec::with_capacity(escaped.len());
    let mut escaped = escaped.iter();
    while let Some(&byte) = escaped.next() {
        raw.push(match byte {
            ESCAPE => match escaped.next()? {
                1 => 0,
                2 => 1,
                _ => return None,
            },
            _ => byte,
        });
    }
    *bytes = &rest[1..];
    Some(raw)
}

fn take_array<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (front, rest) = bytes.split_first_chunk::<N>()?;
    *bytes = rest;
    Some(*front)
}

/// The first key after all keys that begin with `prefix`; `None` when there is none (only `ff` bytes).
pub fn prefix_end(prefix: &[u8]) -> Option<Bytes> {
    let last = prefix.iter().rposition(|&byte| byte != u8::MAX)?;
    let mut end = prefix[..=last].to_vec();
    end[last] += 1;
    Some(end.into())
}

/// A stored value. Its first byte is the version of its form, so that a later build can read an older one.
///
/// Exceptions, because their form cannot change: `Bytes` (as they are), `()` (empty), `u64` and `i64` (8 bytes, big
/// endian; `i64` is the form of counters).
pub trait Value: Sized {
    fn encode(&self) -> Bytes;
    fn decode(table: &'static str, bytes: &Bytes) -> Result<Self, StoreError>;
}

impl Value for Bytes {
    fn encode(&self) -> Bytes {
        self.clone()
    }

    fn decode(_: &'static str, bytes: &Bytes) -> Result<Self, StoreError> {
        Ok(bytes.clone())
    }
}

impl Value for () {
    fn encode(&self) -> Bytes {
        Bytes::new()
    }

    fn decode(table: &'static str, bytes: &Bytes) -> Result<Self, StoreError> {
        if bytes.is_empty() { Ok(()) } else { Err(corrupt(table, format!("{} bytes where none belong", bytes.len()))) }
    }
}

impl Value for u64 {
    fn encode(&self) -> Bytes {
        Bytes::copy_from_slice(&self.to_be_bytes())
    }

    fn decode(table: &'static str, bytes: &Bytes) -> Result<Self, StoreError> {
        exact(table, bytes).map(Self::from_be_bytes)
    }
}

impl Value for i64 {
    fn encode(&self) -> Bytes {
        Bytes::copy_from_slice(&self.to_be_bytes())
    }

    fn decode(table: &'static str, bytes: &Bytes) -> Result<Self, StoreError> {
        exact(table, bytes).map(Self::from_be_bytes)
    }
}

/// Makes a serde type a [`Value`]: the version byte, then the `postcard` form of the fields in their order.
///
/// That form names no fields: adding, removing or reordering them (or enum variants other than at the end) is a new
/// version. `#[serde(flatten, untagged, skip_serializing_if)]` and `serde_json::Value` do not survive it.
///
/// ```
/// use consilium_store::codec::Versioned;
///
/// #[derive(serde::Serialize, serde::Deserialize)]
/// struct Device { name: String, last_seen_ms: u64 }
///
/// impl Versioned for Device {
///     const VERSION: u8 = 2;
///     fn upgrade(version: u8, fields: &[u8]) -> Option<Self> {
///         // Version 1 had only the name.
///         (version == 1).then(|| Self::fields::<String>(fields)).flatten().map(|name| Self { name, last_seen_ms: 0 })
///     }
/// }
/// ```
pub trait Versioned: Serialize + DeserializeOwned {
    const VERSION: u8;

    /// Reads the fields of an older version; `None` when this build does not know it.
    fn upgrade(_version: u8, _fields: &[u8]) -> Option<Self> {
        None
    }

    /// The fields of an older version as `T`, for [`Versioned::upgrade`].
    fn fields<T: DeserializeOwned>(fields: &[u8]) -> Option<T> {
        postcard::from_bytes(fields).ok()
    }
}

impl<T: Versioned> Value for T {
    fn encode(&self) -> Bytes {
        postcard::to_extend(self, vec![T::VERSION])
            .expect("a growing vector takes any value whose lengths are known, and `Versioned` asks for those")
            .into()
    }

    fn decode(table: &'static str, bytes: &Bytes) -> Result<Self, StoreError> {
        let (&version, fields) = bytes.split_first().ok_or_else(|| corrupt(table, "it is empty".into()))?;
        if version == T::VERSION {
            return postcard::from_bytes(fields).map_err(|error| corrupt(table, error.to_string()));
        }
        T::upgrade(version, fields)
            .ok_or_else(|| corrupt(table, format!("form {version}, where this build knows up to {}", T::VERSION)))
    }
}

fn exact<const N: usize>(table: &'static str, bytes: &[u8]) -> Result<[u8; N], StoreError> {
    bytes.try_into().map_err(|_| corrupt(table, format!("{} bytes, not {N}", bytes.len())))
}

pub(crate) fn corrupt(table: &'static str, reason: String) -> StoreError {
    StoreError::Corrupt { table, reason }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn encoded(key: &impl Key) -> Vec<u8> {
        let mut out = Vec::new();
        key.encode(&mut out);
        out
    }

    fn decoded<K: Key>(bytes: &[u8]) -> Option<K> {
        let mut rest = bytes;
        K::decode(&mut rest).filter(|_| rest.is_empty())
    }

    type Wide = (String, Vec<u8>, i64, u16, bool, [u8; 3]);

    /// Few letters, zeros and ones among them, so that equal beginnings and escapes are common.
    fn wide() -> impl Strategy<Value = Wide> {
        let text = prop::collection::vec(prop::sample::select(vec!['\0', '\u{1}', '\u{2}', 'a', 'я']), 0..4)
            .prop_map(|letters| letters.into_iter().collect::<String>());
        let raw = prop::collection::vec(prop::sample::select(vec![0u8, 1, 2, 255]), 0..4);
        (text, raw, prop_oneof![-2i64..3, any::<i64>()], 0u16..3, any::<bool>(), any::<[u8; 3]>())
    }

    proptest! {
        #[test]
        fn byte_order_is_the_order_of_the_values(a in wide(), b in wide()) {
            prop_assert_eq!(encoded(&a).cmp(&encoded(&b)), a.cmp(&b));
        }

        #[test]
        fn a_key_comes_back_as_it_went(key in wide()) {
            prop_assert_eq!(decoded::<Wide>(&encoded(&key)), Some(key));
        }

        #[test]
        fn a_shorter_tuple_is_the_prefix_of_exactly_the_longer_ones_that_begin_with_it(a in wide(), b in wide()) {
            let begins = (a.0.clone(), a.1.clone());
            let is_prefix = encoded(&b).starts_with(&encoded(&begins));
            prop_assert_eq!(is_prefix, (&b.0, &b.1) == (&a.0, &a.1));
        }

        #[test]
        fn any_bytes_are_decoded_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..24)) {
            if let Some(key) = decoded::<Wide>(&bytes) {
                prop_assert_eq!(encoded(&key), bytes);
            }
        }

        #[test]
        fn the_end_of_a_prefix_parts_the_keys_below_it_from_those_after(
            prefix in prop::collection::vec(prop::sample::select(vec![0u8, 7, 255]), 0..4),
            key in prop::collection::vec(prop::sample::select(vec![0u8, 7, 8, 255]), 0..5),
        ) {
            let inside = key >= prefix && prefix_end(&prefix).is_none_or(|end| key[..] < end[..]);
            prop_assert_eq!(inside, key.starts_with(&prefix));
        }
    }

    #[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
    struct Device {
        name: String,
        seen: Option<u32>,
    }

    impl Versioned for Device {
        const VERSION: u8 = 2;

        fn upgrade(version: u8, fields: &[u8]) -> Option<Self> {
            (version == 1).then(|| Self::fields(fields)).flatten().map(|name| Self { name, seen: None })
        }
    }

    #[test]
    fn a_value_comes_back_and_begins_with_its_version() {
        let device = Device { name: "x".into(), seen: Some(300) };
        let bytes = device.encode();
        assert_eq!(bytes[..], [2, 1, b'x', 1, 0xac, 2]);
        assert!(matches!(Device::decode("devices", &bytes), Ok(read) if read == device));
    }

    #[test]
    fn an_older_version_is_upgraded_and_a_newer_one_refused() {
        let old = Bytes::from_static(&[1, 1, b'x']);
        let new = Bytes::from_static(&[3, 1, b'x', 0]);
        assert!(matches!(Device::decode("devices", &old), Ok(Device { seen: None, .. })));
        let refused = Device::decode("devices", &new).map_err(|error| error.to_string());
        assert_eq!(refused, Err("a value of devices cannot be decoded: form 3, where this build knows up to 2".into()));
    }

    #[test]
    fn values_of_fixed_form_refuse_other_lengths() {
        let nine = Bytes::from_static(&[0; 9]);
        assert!(matches!(<u64 as Value>::decode("t", &nine), Err(StoreError::Corrupt { table: "t", .. })));
        assert!(matches!(<i64 as Value>::decode("t", &nine), Err(StoreError::Corrupt { table: "t", .. })));
        assert!(matches!(<() as Value>::decode("t", &nine), Err(StoreError::Corrupt { table: "t", .. })));
        assert!(matches!(<i64 as Value>::decode("t", &Value::encode(&-5i64)), Ok(-5)));
    }
}
