//! A look at the installation, for its administrators: what `consilium doctor` finds, asked for in the console.
//!
//! What looks is given from outside ([`Doctor`]): it knows configuration, disk and network, of which the service knows nothing. Here is who may ask, that one look
//! runs at a time, and that it was asked for.
//!
//! Invariants: a tenant reads nothing of another one; what was found is kept in memory alone, and none of it stands in the audit log but how many things are wrong.

mod examination;
pub(crate) mod problem;

use std::fmt;

use async_trait::async_trait;

use crate::api::types::DoctorFinding;
use crate::store::StoreError;

pub use examination::{Examination, Outcome, Practice, begin};

/// Looks at the installation. A trait, because the service does not know what it runs in.
#[async_trait]
pub trait Doctor: fmt::Debug + Send + Sync {
    /// Everything that was looked at, in its order, as far as it is that tenant's business. No secret stands in it.
    async fn examine(&self, tenant: &str) -> Result<Vec<DoctorFinding>, Unfinished>;
}

/// The look came to no end.
#[derive(Debug, thiserror::Error)]
#[error("the installation could not be looked at: {0}")]
pub struct Unfinished(pub String);

/// Why nothing is looked at.
#[derive(Debug, thiserror::Error)]
pub enum DoctorError {
    /// The service runs where nobody looks.
    #[error("nothing looks at this installation from within")]
    Absent,
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}
