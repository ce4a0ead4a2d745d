//! What was found of the installation.

use super::Presenter;
use crate::api::types::{DoctorReport, DoctorState};
use crate::doctor::{Examination, Outcome};

impl Presenter<'_> {
    /// The look that was asked for last, if one was.
    pub fn doctor_report(&self, examination: Option<Examination>) -> DoctorReport {
        let version = env!("CARGO_PKG_VERSION").to_owned();
        let Some(Examination { by, started_at, end, .. }) = examination else {
            let (state, findings) = (DoctorState::Never, Vec::new());
            return DoctorReport { state, by: None, started_at: None, ended_at: None, version, findings };
        };
        let ended_at = end.as_ref().map(|(at, _)| *at);
        let (state, findings) = match end {
            None => (DoctorState::Running, Vec::new()),
            Some((_, Outcome::Found(findings))) => (DoctorState::Done, findings),
            Some((_, Outcome::Failed)) => (DoctorState::Failed, Vec::new()),
        };
        let (by, started_at) = (Some(self.operator_ref(&by)), Some(started_at));
        DoctorReport { state, by, started_at, ended_at, version, findings }
    }
}
