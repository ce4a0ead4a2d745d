//! The border to whoever makes signatures. A trait, because a partner may have to use a provider of qualified signatures: it is given the content and its
//! hash, takes the time that it needs (`later.rs`), and what it gives is kept beside the version.

use async_trait::async_trait;

use crate::ids::ConsultationId;
use crate::operator::Member;
use crate::time::Time;

/// What is to be signed.
#[derive(Debug, Clone, Copy)]
pub struct ToSign<'a> {
    /// The same each time that it is asked for.
    pub request: &'a str,
    /// The consultation.
    pub consultation: &'a ConsultationId,
    /// The conclusion's number in the register.
    pub number: i64,
    /// Which version it becomes.
    pub version: i64,
    /// The bytes that the hash is of; they are kept as they are.
    pub content: &'a [u8],
    /// SHA-256 of the content, hexadecimal.
    pub hash: &'a str,
    /// Who signs.
    pub by: &'a Member,
    /// When.
    pub at: Time,
}

/// A signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The method: `simple`, or the provider's name for it.
    pub method: String,
    /// What proves it, in the provider's form; empty where who, when and hash are all there is.
    pub value: Vec<u8>,
}

/// Why no signature was made.
#[derive(Debug, thiserror::Error)]
pub enum SignatureError {
    /// The provider does not answer now.
    #[error("the provider of signatures does not answer: {0}")]
    Unavailable(String),
    /// The provider refused.
    #[error("the provider of signatures refused: {0}")]
    Refused(String),
}

/// Makes signatures.
#[async_trait]
pub trait Signer: Send + Sync {
    /// Whether somebody else makes them, who may take his time, or not be there: then what is to be signed is kept first, and asked for until it is.
    fn is_elsewhere(&self) -> bool;

    /// Signs a content. Nothing is locked meanwhile. Asked again under the same `request`, it may give the same signature.
    async fn sign(&self, what: ToSign<'_>) -> Result<Signature, SignatureError>;
}

/// The simple signature: that a member of staff who has signed in said so. Who, when and the hash stand beside the version and in the audit log's chain.
#[derive(Debug, Clone, Copy, Default)]
pub struct SimpleSignature;

/// The method of [`SimpleSignature`].
pub(super) const SIMPLE: &str = "simple";

#[async_trait]
impl Signer for SimpleSignature {
    fn is_elsewhere(&self) -> bool {
        false
    }

    async fn sign(&self, _what: ToSign<'_>) -> Result<Signature, SignatureError> {
        Ok(Signature { method: SIMPLE.to_owned(), value: Vec::new() })
    }
}
