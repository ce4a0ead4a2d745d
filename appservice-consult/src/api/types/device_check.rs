//! What a patient's device did when he tested it before a call.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::time::Time;

/// How a microphone or a camera did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeviceState {
    /// It works.
    Works,
    /// The browser was not allowed to use it.
    Denied,
    /// There is none.
    Absent,
    /// Another program has it.
    Busy,
    /// It does not work.
    Failed,
}

/// How good the way to the service is for a talk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeviceConnection {
    /// There and back in 300 ms or less.
    Good,
    /// In 800 ms or less: they will fall into one another's words.
    Fair,
    /// Slower: a telephone is better.
    Poor,
}

/// `PUT /consultations/{id}/device-check`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDeviceCheck {
    /// How the microphone did.
    pub microphone: DeviceState,
    /// How the camera did; null: it was not tested.
    #[serde(default)]
    pub camera: Option<DeviceState>,
    /// Usual time to this service and back: at most 60000; null: it was not measured. Unit: milliseconds.
    #[serde(default)]
    #[schema(maximum = 60000)]
    pub round_trip_ms: Option<u32>,
}

/// What the latest test said.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DeviceCheck {
    /// When.
    pub checked_at: Time,
    /// How the microphone did.
    pub microphone: DeviceState,
    /// How the camera did; null: it was not tested.
    pub camera: Option<DeviceState>,
    /// How good the way is; null: it was not measured.
    pub connection: Option<DeviceConnection>,
    /// Usual time to this service and back. Unit: milliseconds.
    pub round_trip_ms: Option<u32>,
}
