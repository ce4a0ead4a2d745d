//! Fields of profiles: what may stand in them, and reading and writing them.

use std::sync::Arc;

use bytes::Bytes;
use consilium_store::{Batch, CommitError, Direction, StoreError, View};
use ruma::{DeviceId, MxcUri, UserId, api::error::ErrorKind};
use serde_json::{Value, value::RawValue};

use crate::{
    account::DeviceRows,
    errands::{self, Errand, Errands},
    http::{ApiError, host::Service},
    ids::UserKey,
    keyspaces::PROFILES,
    tenant::Tenant,
    writer::{Touched, Writer},
};

/// Source: client-server API v1.19 §Profiles: `M_KEY_TOO_LARGE`, `M_PROFILE_TOO_LARGE`.
const KEY_BYTES_MAX: usize = 255;
const PROFILE_BYTES_MAX: usize = 64 * 1024;
/// Fields of one profile: each is a row.
const FIELDS_MAX: usize = 200;
/// A display name stands in every membership event of its user.
const DISPLAY_NAME_BYTES_MAX: usize = 1_000;

pub const DISPLAY_NAME: &str = "displayname";
pub const AVATAR_URL: &str = "avatar_url";

#[derive(Debug, thiserror::Error)]
pub enum ProfileError {
    #[error("the name of the field is empty or longer than {KEY_BYTES_MAX} bytes")]
    KeyTooLarge,
    #[error("the profile would be larger than {PROFILE_BYTES_MAX} bytes")]
    TooLarge,
    #[error("{0} has a value of the wrong form")]
    WrongForm(&'static str),
    #[error("the store cannot be read")]
    Store(#[from] StoreError),
    #[error("the batch was not written")]
    Commit(#[from] CommitError),
}

impl From<ProfileError> for ApiError {
    fn from(error: ProfileError) -> Self {
        let text = error.to_string();
        match error {
            ProfileError::KeyTooLarge => Self::bad_request(ErrorKind::KeyTooLarge, text),
            ProfileError::TooLarge => Self::bad_request(ErrorKind::ProfileTooLarge, text),
            ProfileError::WrongForm(_) => Self::invalid_param(text),
            ProfileError::Store(source) => source.into(),
            ProfileError::Commit(source) => source.into(),
        }
    }
}

/// The profiles of a tenant.
#[derive(Debug)]
pub struct Profiles {
    writer: Writer,
    errands: Arc<Errands>,
}

impl Service for Profiles {
    fn of(tenant: &Tenant) -> &Arc<Self> {
        &tenant.profiles
    }
}

/// What a membership event says about its user.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MemberProfile {
    pub display_name: Option<String>,
    pub avatar_url: Option<String>,
}

impl Profiles {
    pub fn new(writer: Writer, errands: Arc<Errands>) -> Self {
        Self { writer, errands }
    }

    /// All fields with their JSON, by name.
    pub async fn fields(&self, view: &dyn View, user: UserKey) -> Result<Vec<(String, Bytes)>, StoreError> {
        let rows = PROFILES.scan(view, &(user.0,), FIELDS_MAX, Direction::Forward).await?;
        Ok(rows.into_iter().map(|((_, field), json)| (field, json)).collect())
    }

    /// The JSON of one field.
    pub async fn field(&self, view: &dyn View, user: UserKey, field: &str) -> Result<Option<Bytes>, StoreError> {
        PROFILES.get(view, &(user.0, field.to_owned())).await
    }

    /// What goes into membership events of the user.
    pub async fn member_profile(&self, view: &dyn View, user: UserKey) -> Result<MemberProfile, StoreError> {
        let keys = [(user.0, DISPLAY_NAME.to_owned()), (user.0, AVATAR_URL.to_owned())];
        let mut values = PROFILES.get_many(view, &keys).await?.into_iter();
        let mut text = || values.next().flatten().and_then(|json| serde_json::from_slice(&json).ok());
        Ok(MemberProfile { display_name: text(), avatar_url: text() })
    }

    /// Sets a field.
    pub async fn set(&self, user: UserKey, field: &str, value: &RawValue) -> Result<(), ProfileError> {
        check(field, value)?;
        let view = self.writer.view();
        let others = self.fields(&*view, user).await?.into_iter().filter(|(name, _)| name != field);
        let others: Vec<usize> = others.map(|(name, json)| name.len() + json.len()).collect();
        if others.len() >= FIELDS_MAX
            || others.iter().sum::<usize>() + field.len() + value.get().len() > PROFILE_BYTES_MAX
        {
            return Err(ProfileError::TooLarge);
        }
        let mut batch = Batch::new();
        PROFILES.put(&mut batch, &(user.0, field.to_owned()), &Bytes::copy_from_slice(value.get().as_bytes()));
        record_errand(&mut batch, user, field);
        self.writer.commit(batch, Touched::user(user)).await?;
        self.errands.hint();
        Ok(())
    }

    /// Removes a field; one that is not there is passed over.
    pub async fn remove(&self, user: UserKey, field: &str) -> Result<(), ProfileError> {
        let mut batch = Batch::new();
        PROFILES.delete(&mut batch, &(user.0, field.to_owned()));
        record_errand(&mut batch, user, field);
        self.writer.commit(batch, Touched::user(user)).await?;
        self.errands.hint();
        Ok(())
    }

    /// Sets or removes the display name.
    pub async fn set_display_name(&self, user: UserKey, name: Option<&str>) -> Result<(), ProfileError> {
        match name {
            Some(name) => {
                let json = serde_json::value::to_raw_value(name).map_err(|_| ProfileError::WrongForm(DISPLAY_NAME))?;
                self.set(user, DISPLAY_NAME, &json).await
            }
            None => self.remove(user, DISPLAY_NAME).await,
        }
    }
}

/// Name and picture stand in the member events of the user's rooms, too.
fn record_errand(batch: &mut Batch, user: UserKey, field: &str) {
    if [DISPLAY_NAME, AVATAR_URL].contains(&field) {
        errands::record(batch, user, Errand::Profile);
    }
}

/// Source: client-server API v1.19 §Profiles: types of the fields that the specification names.
fn check(field: &str, value: &RawValue) -> Result<(), ProfileError> {
    if field.is_empty() || field.len() > KEY_BYTES_MAX {
        return Err(ProfileError::KeyTooLarge);
    }
    let text = || serde_json::from_str::<Value>(value.get()).ok().and_then(|value| value.as_str().map(str::to_owned));
    match field {
        DISPLAY_NAME if text().is_none_or(|name| name.len() > DISPLAY_NAME_BYTES_MAX) => {
            Err(ProfileError::WrongForm(DISPLAY_NAME))
        }
        AVATAR_URL if !text().is_some_and(|uri| uri.is_empty() || <&MxcUri>::from(&*uri).is_valid()) => {
            Err(ProfileError::WrongForm(AVATAR_URL))
        }
        "m.tz" if text().is_none() => Err(ProfileError::WrongForm("m.tz")),
        _ => Ok(()),
    }
}

/// A profile goes with its account.
impl DeviceRows for Profiles {
    fn changed(&self, _: UserKey, _: &DeviceId, _: &mut Batch) {}

    fn deleted(&self, _: UserKey, _: &DeviceId, _: &mut Batch) {}

    fn deactivated(&self, user: UserKey, batch: &mut Batch) {
        PROFILES.delete_prefix(batch, &(user.0,));
    }
}

/// Whether `user` may be looked up is the tenant's policy; this is the id's own part of it.
pub(super) fn is_local(tenant: &Tenant, user: &UserId) -> bool {
    user.server_name() == tenant.server_name()
}
