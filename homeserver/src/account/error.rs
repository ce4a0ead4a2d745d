//! What accounts refuse, and how the specification says it.

use std::time::Duration;

use consilium_store::{CommitError, StoreError};
use ruma::api::error::ErrorKind;

use crate::http::ApiError;

#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    #[error("the user name is taken")]
    UserInUse,
    #[error("the user name has characters that are not allowed, or is too long")]
    InvalidUsername,
    #[error("the user name belongs to an application service")]
    Exclusive,
    #[error("the user name is outside of the application service's namespaces")]
    OutsideNamespace,
    #[error("nobody may register")]
    RegistrationClosed,
    #[error("guests are not supported")]
    NoGuests,
    #[error("user name or password is wrong")]
    WrongPassword,
    #[error("the account is deactivated")]
    Deactivated,
    #[error("the account is locked")]
    Locked,
    #[error("the login token is not valid")]
    BadLoginToken,
    #[error("the refresh token is not valid")]
    BadRefreshToken,
    #[error("the password is empty or longer than {} bytes", super::password::PASSWORD_BYTES_MAX)]
    UnfitPassword,
    #[error("the device id is empty or longer than {} bytes", super::devices::DEVICE_ID_BYTES_MAX)]
    UnfitDevice,
    #[error("the display name of the device is longer than {} bytes", super::devices::DISPLAY_NAME_BYTES_MAX)]
    UnfitDisplayName,
    #[error("the user has as many devices as a user may have")]
    TooManyDevices,
    #[error("there is no such device")]
    NoSuchDevice,
    #[error("the nonce is not known")]
    UnknownNonce,
    #[error("the HMAC is wrong")]
    WrongMac,
    #[error("too many passwords wait to be checked")]
    Busy,
    #[error("the password hash cannot be made")]
    Hash,
    #[error("the store cannot be read")]
    Store(#[from] StoreError),
    #[error("the batch was not written")]
    Commit(#[from] CommitError),
}

/// A full queue of passwords is worth another try soon.
const RETRY_BUSY: Duration = Duration::from_secs(2);

impl From<AccountError> for ApiError {
    fn from(error: AccountError) -> Self {
        use AccountError as E;
        let text = error.to_string();
        match error {
            E::UserInUse => Self::bad_request(ErrorKind::UserInUse, "This user name is taken."),
            E::InvalidUsername => Self::bad_request(ErrorKind::InvalidUsername, text),
            E::Exclusive | E::OutsideNamespace => Self::bad_request(ErrorKind::Exclusive, text),
            E::RegistrationClosed => Self::forbidden("Registration is not open here."),
            E::NoGuests => {
                Self::new(http::StatusCode::FORBIDDEN, ErrorKind::GuestAccessForbidden, "Guests are not supported.")
            }
            E::WrongPassword | E::BadLoginToken | E::WrongMac => Self::forbidden(text),
            E::Deactivated => {
                Self::new(http::StatusCode::FORBIDDEN, ErrorKind::UserDeactivated, "This account is deactivated.")
            }
            E::Locked => Self::user_locked(),
            E::BadRefreshToken => Self::unknown_token(false),
            E::UnfitPassword => Self::bad_request(ErrorKind::WeakPassword, text),
            E::UnfitDevice | E::UnfitDisplayName | E::UnknownNonce => Self::invalid_param(text),
            E::TooManyDevices => {
                Self::new(http::StatusCode::FORBIDDEN, ErrorKind::ResourceLimitExceeded(no_contact()), text)
            }
            E::NoSuchDevice => Self::not_found("There is no such device."),
            E::Busy => Self::limit_exceeded(RETRY_BUSY),
            E::Hash => Self::internal(error),
            E::Store(source) => source.into(),
            E::Commit(source) => source.into(),
        }
    }
}

fn no_contact() -> ruma::api::error::ResourceLimitExceededErrorData {
    ruma::api::error::ResourceLimitExceededErrorData::new(String::new())
}
