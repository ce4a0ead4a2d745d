//! Devices: list, name, delete; and what ends with them.

use consilium_store::{Batch, CommitError, Direction, StoreError, View};
use ruma::{DeviceId, OwnedDeviceId};

use super::{
    Accounts,
    ended::{self, EndedBy},
    erasure::Erased,
    error::AccountError,
    records::{Device, TokenHash},
};
use crate::{
    errands::{self, Errand},
    ids::UserKey,
    keyspaces::{ACCESS_TOKENS, ACCOUNTS, DEVICES, DEVICES_SEEN, REFRESH_TOKENS},
    writer::{COMMIT_ATTEMPTS, Touched},
};

pub const DEVICE_ID_BYTES_MAX: usize = 255;
pub const DISPLAY_NAME_BYTES_MAX: usize = 1_024;
/// Devices of one user: more than anybody has, few enough that lists of them stay small.
pub const DEVICES_MAX: usize = 500;

/// A device as others see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceInfo {
    pub id: OwnedDeviceId,
    pub display_name: Option<String>,
}

/// Whether a device was there before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Upserted {
    Created,
    Updated,
}

/// What becomes of the events that a deactivated user sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    Keep,
    /// Whoever could not read them yet gets them redacted. See [`super::Erased`].
    Erase,
}

/// Makes the batch fail when the device is changed or deleted meanwhile; `false` when there is none.
pub async fn guard_device(
    view: &dyn View,
    user: UserKey,
    id: &DeviceId,
    batch: &mut Batch,
) -> Result<bool, StoreError> {
    let row = (user.0, id.to_string());
    let found = DEVICES.get_versioned(view, &row).await?;
    if let Some((version, _)) = &found {
        DEVICES.guard_equals(batch, &row, *version);
    }
    Ok(found.is_some())
}

/// Whether the user has that device.
pub async fn has_device(view: &dyn View, user: UserKey, id: &DeviceId) -> Result<bool, StoreError> {
    Ok(DEVICES.get_versioned(view, &(user.0, id.to_string())).await?.is_some())
}

impl Accounts {
    /// All devices of `user`, by id.
    pub async fn devices(&self, view: &dyn View, user: UserKey) -> Result<Vec<DeviceInfo>, StoreError> {
        let rows = DEVICES.scan_versioned(view, &(user.0,), DEVICES_MAX, Direction::Forward).await?;
        let info =
            |(_, id): (u64, String), device: Device| DeviceInfo { id: id.into(), display_name: device.display_name };
        Ok(rows.into_iter().map(|(key, _, device)| info(key, device)).collect())
    }

    pub async fn device(
        &self,
        view: &dyn View,
        user: UserKey,
        id: &DeviceId,
    ) -> Result<Option<DeviceInfo>, StoreError> {
        let device = DEVICES.get_versioned(view, &(user.0, id.to_string())).await?;
        Ok(device.map(|(_, device)| DeviceInfo { id: id.to_owned(), display_name: device.display_name }))
    }

    /// When the device's session was opened by a sign-in; refreshing its tokens does not move it.
    pub async fn signed_in_ms(&self, view: &dyn View, user: UserKey, id: &DeviceId) -> Result<Option<u64>, StoreError> {
        let device = DEVICES.get_versioned(view, &(user.0, id.to_string())).await?;
        Ok(device.map(|(_, device)| device.signed_in_ms))
    }

    /// Names a device; `create`s it when it is not there and that is wanted.
    ///
    /// Errors: `NoSuchDevice` unless `create`; `UnfitDevice`, `UnfitDisplayName`, `TooManyDevices`.
    pub async fn put_device(
        &self,
        user: UserKey,
        id: &DeviceId,
        display_name: Option<String>,
        create: bool,
    ) -> Result<Upserted, AccountError> {
        if id.as_str().is_empty() || id.as_str().len() > DEVICE_ID_BYTES_MAX {
            return Err(AccountError::UnfitDevice);
        }
        if display_name.as_ref().is_some_and(|name| name.len() > DISPLAY_NAME_BYTES_MAX) {
            return Err(AccountError::UnfitDisplayName);
        }
        let row = (user.0, id.to_string());
        for _ in 0..COMMIT_ATTEMPTS {
            let view = self.parts.writer.view();
            let mut batch = Batch::new();
            let (mut device, result) = match DEVICES.get_versioned(&*view, &row).await? {
                Some((version, device)) => {
                    DEVICES.guard_equals(&mut batch, &row, version);
                    (device, Upserted::Updated)
                }
                None if create => {
                    if self.devices(&*view, user).await?.len() >= DEVICES_MAX {
                        return Err(AccountError::TooManyDevices);
                    }
                    DEVICES.guard_absent(&mut batch, &row);
                    let signed_in_ms = self.parts.context.now_ms();
                    (Device { signed_in_ms, ..Device::default() }, Upserted::Created)
                }
                None => return Err(AccountError::NoSuchDevice),
            };
            let named = display_name.is_some() && device.display_name != display_name;
            if result == Upserted::Updated && !named {
                return Ok(result);
            }
            device.display_name = display_name.clone().or(device.display_name);
            DEVICES.put_versioned(&mut batch, &row, &device);
            for rows in &self.parts.device_rows {
                rows.changed(user, id, &mut batch);
            }
            match self.parts.writer.commit(batch, Touched::user(user)).await {
                Ok(_) => return Ok(result),
                Err(CommitError::Conflict { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(AccountError::Busy)
    }

    /// Deletes devices with all that is theirs, in one batch. Unknown ones are passed over.
    pub async fn delete_devices(&self, user: UserKey, ids: &[OwnedDeviceId]) -> Result<(), AccountError> {
        self.remove_devices(user, ids, None).await
    }

    /// The same from elsewhere: whoever comes with a token of them is told at whose word.
    pub async fn end_devices(&self, user: UserKey, ids: &[OwnedDeviceId], by: EndedBy) -> Result<(), AccountError> {
        self.remove_devices(user, ids, Some(by)).await
    }

    async fn remove_devices(
        &self,
        user: UserKey,
        ids: &[OwnedDeviceId],
        by: Option<EndedBy>,
    ) -> Result<(), AccountError> {
        for _ in 0..COMMIT_ATTEMPTS {
            let view = self.parts.writer.view();
            let mut batch = Batch::new();
            let revoked = self.delete_rows(&*view, (user, ids), by, &mut batch).await?;
            if batch.is_empty() {
                return Ok(());
            }
            match self.parts.writer.commit(batch, Touched::user(user)).await {
                Ok(_) => {
                    self.sessions.revoke(&revoked);
                    return Ok(());
                }
                Err(CommitError::Conflict { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(AccountError::Busy)
    }

    /// Deletes all devices but `keep`, at the user's own word.
    pub async fn delete_other_devices(&self, user: UserKey, keep: Option<&DeviceId>) -> Result<(), AccountError> {
        let view = self.parts.writer.view();
        let devices = self.devices(&*view, user).await?;
        let ids: Vec<_> = devices.into_iter().map(|device| device.id).filter(|id| Some(&**id) != keep).collect();
        self.end_devices(user, &ids, EndedBy::Owner).await
    }

    /// Sets a new password.
    pub async fn set_password(&self, user: UserKey, password: String) -> Result<(), AccountError> {
        let hash = self.passwords.hash(password).await?;
        self.update_account(user, |account| account.password = Some(hash.clone())).await
    }

    /// Ends an account for good: devices, password and everything that features keep of the user, in one batch, and with it the errand
    /// to leave his rooms. The name stays taken.
    pub async fn deactivate(&self, user: UserKey, content: Content) -> Result<(), AccountError> {
        for _ in 0..COMMIT_ATTEMPTS {
            let view = self.parts.writer.view();
            let found = ACCOUNTS.get_versioned(&*view, &user.0).await?;
            let Some((version, mut account)) = found else { return Err(AccountError::WrongPassword) };
            let ids: Vec<_> = self.devices(&*view, user).await?.into_iter().map(|device| device.id).collect();
            let mut batch = Batch::new();
            let revoked = self.delete_rows(&*view, (user, ids.as_slice()), None, &mut batch).await?;
            for rows in &self.parts.device_rows {
                rows.deactivated(user, &mut batch);
            }
            account.deactivated = true;
            account.password = None;
            errands::record(&mut batch, user, Errand::Leave);
            if content == Content::Erase {
                Erased::record(&mut batch, user, self.parts.context.now_ms());
            }
            ACCOUNTS.guard_equals(&mut batch, &user.0, version);
            ACCOUNTS.put_versioned(&mut batch, &user.0, &account);
            match self.parts.writer.commit(batch, Touched::user(user)).await {
                Ok(position) => {
                    if content == Content::Erase {
                        self.parts.erased.committed(user, position);
                    }
                    self.sessions.revoke(&revoked);
                    self.sessions.revoke_all();
                    self.parts.errands.hint();
                    return Ok(());
                }
                Err(CommitError::Conflict { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(AccountError::Busy)
    }

    async fn delete_rows(
        &self,
        view: &dyn View,
        (user, ids): (UserKey, &[OwnedDeviceId]),
        by: Option<EndedBy>,
        batch: &mut Batch,
    ) -> Result<Vec<TokenHash>, AccountError> {
        let mut revoked = Vec::new();
        for id in ids {
            let row = (user.0, id.to_string());
            let Some((version, device)) = DEVICES.get_versioned(view, &row).await? else { continue };
            DEVICES.guard_equals(batch, &row, version);
            DEVICES.delete(batch, &row);
            DEVICES_SEEN.delete(batch, &row);
            if let Some(by) = by {
                ended::remember(&device, by, self.parts.context.now_ms(), batch);
            }
            for hash in &device.access {
                ACCESS_TOKENS.delete(batch, hash);
            }
            for hash in &device.refresh {
                REFRESH_TOKENS.delete(batch, hash);
            }
            for rows in &self.parts.device_rows {
                rows.deleted(user, id, batch);
            }
            revoked.extend(device.access);
        }
        Ok(revoked)
    }
}
