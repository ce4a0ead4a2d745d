//! `/devices` and `/delete_devices`.

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use ruma::{
    MilliSecondsSinceUnixEpoch, UInt,
    api::client::{
        device::{Device, delete_device, delete_devices, get_device, get_devices, update_device},
        uiaa::AuthData,
    },
};
use serde_json::json;

use crate::{
    account::{
        AccountError, Accounts, EndedBy, SeenDevice,
        devices::Upserted,
        uia::{Ask, Purpose, Stage},
    },
    http::{ApiError, ClientAddress, Here, Matrix, Requester},
    tenant::Tenant,
};

impl From<SeenDevice> for Device {
    fn from(SeenDevice { info, seen_ms, .. }: SeenDevice) -> Self {
        let mut device = Self::new(info.id);
        device.display_name = info.display_name;
        device.last_seen_ts = UInt::try_from(seen_ms).ok().map(MilliSecondsSinceUnixEpoch);
        device
    }
}

/// `GET /_matrix/client/v3/devices` · [spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3devices)
pub async fn list(
    Here(tenant): Here<Tenant>,
    Here(accounts): Here<Accounts>,
    requester: Requester,
) -> Result<Matrix<get_devices::v3::Response>, ApiError> {
    let devices = accounts.seen_devices(&*tenant.store.view(), requester.user_key).await?;
    Ok(Matrix(get_devices::v3::Response::new(devices.into_iter().map(Device::from).collect())))
}

/// `GET /_matrix/client/v3/devices/{deviceId}` · [spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3devicesdeviceid)
pub async fn get(
    Here(tenant): Here<Tenant>,
    Here(accounts): Here<Accounts>,
    requester: Requester,
    Matrix(request): Matrix<get_device::v3::Request>,
) -> Result<Matrix<get_device::v3::Response>, ApiError> {
    let device = accounts.seen_device(&*tenant.store.view(), requester.user_key, &request.device_id).await?;
    let device = device.ok_or(AccountError::NoSuchDevice)?;
    Ok(Matrix(get_device::v3::Response::new(device.into())))
}

/// `PUT /_matrix/client/v3/devices/{deviceId}` · [spec](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3devicesdeviceid)
///
/// An application service makes the device where there is none (201).
pub async fn put(
    Here(accounts): Here<Accounts>,
    requester: Requester,
    Matrix(request): Matrix<update_device::v3::Request>,
) -> Result<Response, ApiError> {
    let create = requester.appservice.is_some();
    let result = accounts.put_device(requester.user_key, &request.device_id, request.display_name, create).await?;
    Ok((super::session::created(result == Upserted::Created), Json(json!({}))).into_response())
}

/// `DELETE /_matrix/client/v3/devices/{deviceId}` · [spec](https://spec.matrix.org/v1.19/client-server-api/#delete_matrixclientv3devicesdeviceid)
pub async fn delete(
    Here(accounts): Here<Accounts>,
    address: ClientAddress,
    requester: Requester,
    Matrix(request): Matrix<delete_device::v3::Request>,
) -> Result<Matrix<delete_device::v3::Response>, ApiError> {
    prove(&accounts, &requester, address, request.auth.as_ref()).await?;
    accounts.end_devices(requester.user_key, &[request.device_id], EndedBy::Owner).await?;
    Ok(Matrix(delete_device::v3::Response::new()))
}

/// `POST /_matrix/client/v3/delete_devices` · [spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3delete_devices)
pub async fn delete_many(
    Here(accounts): Here<Accounts>,
    address: ClientAddress,
    requester: Requester,
    Matrix(request): Matrix<delete_devices::v3::Request>,
) -> Result<Matrix<delete_devices::v3::Response>, ApiError> {
    prove(&accounts, &requester, address, request.auth.as_ref()).await?;
    accounts.end_devices(requester.user_key, &request.devices, EndedBy::Owner).await?;
    Ok(Matrix(delete_devices::v3::Response::new()))
}

/// Application services need no further proof (MSC4190).
async fn prove(
    accounts: &Accounts,
    requester: &Requester,
    address: ClientAddress,
    auth: Option<&AuthData>,
) -> Result<(), ApiError> {
    if requester.appservice.is_some() {
        return Ok(());
    }
    let (user, flows) = (Some(requester.user.clone()), vec![vec![Stage::Password]]);
    Ok(accounts.authorize(Ask { purpose: Purpose::DeleteDevices, user, flows, address }, auth).await?)
}
