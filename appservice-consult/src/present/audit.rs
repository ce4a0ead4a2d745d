//! What came out of checking the audit log.

use super::Presenter;
use crate::api::types::{AuditFaultKind, AuditProof, AuditProofFault, AuditProofState};
use crate::audit::{AuditFault, Outcome, Proof};

impl Presenter<'_> {
    /// The check that was asked for last, if one was.
    pub fn audit_proof(&self, proof: Option<Proof>) -> AuditProof {
        let Some(Proof { by, started_at, entries, checked, end }) = proof else {
            return AuditProof {
                state: AuditProofState::Never,
                by: None,
                started_at: None,
                ended_at: None,
                entries: 0,
                checked: 0,
                head: None,
                fault: None,
            };
        };
        let (state, head, fault) = match end.as_ref().map(|(_, outcome)| outcome) {
            None => (AuditProofState::Running, None, None),
            Some(Outcome::Whole(whole)) => (AuditProofState::Whole, Some(whole.head.clone()), None),
            Some(Outcome::Broken(fault)) => (AuditProofState::Broken, None, Some(shown(fault))),
            Some(Outcome::Failed) => (AuditProofState::Failed, None, None),
        };
        AuditProof {
            state,
            by: Some(self.operator_ref(&by)),
            started_at: Some(started_at),
            ended_at: end.map(|(at, _)| at),
            entries,
            checked,
            head,
            fault,
        }
    }
}

fn shown(fault: &AuditFault) -> AuditProofFault {
    let (kind, entry, written) = match *fault {
        AuditFault::Missing(entry) => (AuditFaultKind::Missing, entry, None),
        AuditFault::Changed(entry) => (AuditFaultKind::Changed, entry, None),
        AuditFault::Cut { found, counted } => (AuditFaultKind::Cut, found, Some(counted)),
    };
    AuditProofFault { kind, entry, written }
}
