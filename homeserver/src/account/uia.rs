//! User-interactive authentication: an operation that needs a fresh proof answers 401 with the flows that give it.
//!
//! Source: client-server API v1.19 §User-Interactive Authentication API. A session belongs to one operation of one user, is finished once, and
//! is forgotten after [`SESSION_LIFE`]; their number is bounded.

use std::{sync::Arc, time::Duration};

use moka::sync::Cache;
use parking_lot::Mutex;
use ruma::{
    OwnedUserId,
    api::{
        client::uiaa::{AuthData, AuthFlow, AuthType, Password, UiaaInfo, UserIdentifier},
        error::{ErrorKind, StandardErrorBody},
    },
};
use serde_json::value::RawValue;
use subtle::ConstantTimeEq;

use super::{Accounts, error::AccountError};
use crate::http::{ApiError, ClientAddress};

const SESSION_LIFE: Duration = Duration::from_mins(15);
const SESSIONS_MAX: u64 = 10_000;
const SESSION_ID_LENGTH: usize = 24;

/// A step of a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Password,
    Dummy,
    RegistrationToken,
}

impl Stage {
    fn auth_type(self) -> AuthType {
        match self {
            Self::Password => AuthType::Password,
            Self::Dummy => AuthType::Dummy,
            Self::RegistrationToken => AuthType::RegistrationToken,
        }
    }
}

/// What the proof is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    Register,
    ChangePassword,
    Deactivate,
    DeleteDevices,
    UploadSigningKeys,
    LoginToken,
}

/// An operation that wants a proof.
#[derive(Clone, Debug)]
pub struct Ask {
    pub purpose: Purpose,
    /// Whose proof it must be; none where there is no user yet.
    pub user: Option<OwnedUserId>,
    /// Any of these, each in its order.
    pub flows: Vec<Vec<Stage>>,
    pub address: ClientAddress,
}

#[derive(Debug)]
struct Session {
    purpose: Purpose,
    user: Option<OwnedUserId>,
    completed: Mutex<Vec<Stage>>,
}

#[derive(Debug)]
pub struct UiaSessions(Cache<String, Arc<Session>>);

impl Default for UiaSessions {
    fn default() -> Self {
        Self(Cache::builder().max_capacity(SESSIONS_MAX).time_to_live(SESSION_LIFE).build())
    }
}

/// Why an operation does not go on.
#[derive(Debug, thiserror::Error)]
pub enum UiaError {
    #[error("a proof is needed")]
    Needed(Box<UiaaInfo>),
    #[error("the session is not known")]
    UnknownSession,
    #[error("the proof is another user's")]
    OtherUser,
    #[error(transparent)]
    Account(#[from] AccountError),
    #[error("too many attempts")]
    Limited(ApiError),
}

impl From<UiaError> for ApiError {
    fn from(error: UiaError) -> Self {
        match error {
            UiaError::Needed(info) => Self::Uiaa(info),
            UiaError::UnknownSession => Self::bad_request(ErrorKind::Unknown, "This session is not known, or is over."),
            UiaError::OtherUser => Self::forbidden("The proof must be of the user who asks."),
            UiaError::Account(error) => error.into(),
            UiaError::Limited(error) => error,
        }
    }
}

impl Accounts {
    /// `Ok` when `auth` completes a flow of `ask`; the session is over then.
    pub async fn authorize(&self, ask: Ask, auth: Option<&AuthData>) -> Result<(), UiaError> {
        let Some(auth) = auth else { return Err(needed(&self.open_session(&ask), &ask, &[], None)) };
        let id = match auth.session() {
            Some(id) => id.to_owned(),
            None => self.open_session(&ask),
        };
        let session = self.uia.0.get(&id).ok_or(UiaError::UnknownSession)?;
        if session.purpose != ask.purpose || session.user != ask.user {
            return Err(UiaError::UnknownSession);
        }
        let stage = self.stage(&ask, auth).await;
        let completed = {
            let mut completed = session.completed.lock();
            if let Ok(Some(stage)) = &stage
                && !completed.contains(stage)
            {
                completed.push(*stage);
            }
            completed.clone()
        };
        match stage {
            Ok(_) if ask.flows.iter().any(|flow| flow.iter().all(|stage| completed.contains(stage))) => {
                // Once: of two requests that finish the same session, one goes on.
                self.uia.0.remove(&id).map(drop).ok_or(UiaError::UnknownSession)
            }
            Ok(_) => Err(needed(&id, &ask, &completed, None)),
            Err(StageError::Wrong(message)) => Err(needed(&id, &ask, &completed, Some(message))),
            Err(StageError::Uia(error)) => Err(error),
        }
    }

    fn open_session(&self, ask: &Ask) -> String {
        let id = self.parts.context.random_token(SESSION_ID_LENGTH);
        let session = Session { purpose: ask.purpose, user: ask.user.clone(), completed: Mutex::default() };
        self.uia.0.insert(id.clone(), Arc::new(session));
        id
    }

    /// The stage that `auth` passes; `None` when it only asks how far the session is.
    async fn stage(&self, ask: &Ask, auth: &AuthData) -> Result<Option<Stage>, StageError> {
        let (stage, passed) = match auth {
            AuthData::FallbackAcknowledgement(_) => return Ok(None),
            AuthData::Dummy(_) => (Stage::Dummy, true),
            AuthData::Password(proof) => (Stage::Password, self.password_stage(ask, proof).await?),
            AuthData::RegistrationToken(proof) => {
                let right = |token: &consilium_config::Secret| -> bool {
                    token.expose().as_bytes().ct_eq(proof.token.as_bytes()).into()
                };
                (Stage::RegistrationToken, self.parts.registration.tokens.iter().any(right))
            }
            _ => return Err(StageError::Wrong("This type of authentication is not offered.")),
        };
        if !ask.flows.iter().flatten().any(|offered| *offered == stage) {
            return Err(StageError::Wrong("This type of authentication is not offered."));
        }
        if passed { Ok(Some(stage)) } else { Err(StageError::Wrong("The proof is wrong.")) }
    }

    async fn password_stage(&self, ask: &Ask, proof: &Password) -> Result<bool, StageError> {
        let Some(user) = &ask.user else { return Ok(false) };
        let UserIdentifier::Matrix(identifier) = &proof.identifier else {
            return Err(StageError::Wrong("This type of user identifier is not supported."));
        };
        if self.local_user(&identifier.user).as_ref() != Some(user) {
            return Err(StageError::Uia(UiaError::OtherUser));
        }
        self.parts
            .limits
            .check_login(ask.address, Some(user.as_str()))
            .map_err(|error| StageError::Uia(UiaError::Limited(error)))?;
        match self.check_password(user, proof.password.clone()).await {
            Ok(_) => Ok(true),
            Err(AccountError::WrongPassword) => Ok(false),
            Err(error) => Err(StageError::Uia(error.into())),
        }
    }
}

enum StageError {
    /// The session goes on; the client is told why.
    Wrong(&'static str),
    Uia(UiaError),
}

fn needed(id: &str, ask: &Ask, completed: &[Stage], wrong: Option<&'static str>) -> UiaError {
    let flow = |stages: &Vec<Stage>| AuthFlow::new(stages.iter().map(|stage| stage.auth_type()).collect());
    let mut info = UiaaInfo::new(ask.flows.iter().map(flow).collect());
    info.session = Some(id.to_owned());
    info.completed = completed.iter().map(|stage| stage.auth_type()).collect();
    info.params = RawValue::from_string("{}".to_owned()).ok();
    info.auth_error = wrong.map(|message| Box::new(StandardErrorBody::new(ErrorKind::Forbidden, message.to_owned())));
    UiaError::Needed(Box::new(info))
}
