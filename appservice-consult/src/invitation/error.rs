//! Why a patient was not made, or an invitation does nothing.

use crate::api::types::{FieldError, InvitationState};
use crate::patient::PatientError;
use crate::store::StoreError;
use consilium_appservice::ClientError;

/// A failure, or a refusal.
#[derive(Debug, thiserror::Error)]
pub enum InvitationError {
    /// There is no such link, or no such patient, or he came by himself.
    #[error("no such invitation")]
    NotFound,
    /// The link did what it could do, or does nothing any more.
    #[error("the invitation is over")]
    Over(InvitationState),
    /// The patient has set his password: there is nothing left to invite him to.
    #[error("the patient has come already")]
    HasCome,
    /// A field cannot be so.
    #[error("a field is not valid")]
    Invalid(FieldError),
    /// All logins that were tried are somebody's.
    #[error("no login is free")]
    NoLogin,
    /// The card cannot be so.
    #[error("the card was refused")]
    Patient(#[from] PatientError),
    /// The homeserver refused or is away.
    #[error("the homeserver did not do it")]
    Homeserver(#[from] ClientError),
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}
