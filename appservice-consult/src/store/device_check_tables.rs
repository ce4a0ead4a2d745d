//! Names of the table of what patients' devices did in a test, and its columns.

use sea_query::Iden;

/// Tests of devices.
#[derive(Clone, Copy, Iden)]
pub enum DeviceCheck {
    Table,
    ConsultationId,
    CheckedAt,
    Microphone,
    Camera,
    RoundTripMs,
}
