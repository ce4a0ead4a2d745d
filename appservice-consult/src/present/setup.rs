//! The first days of an installation, as supervisors see them.

use super::Presenter;
use super::qr::qr;
use crate::api::types::{
    Checklist, ChecklistItem, ChecklistItemId, ChecklistMark, ChecklistState, Demo, DemoAccount, DemoKind, DemoRemoval,
    DemoRemoved, QueueRef, Rehearsal,
};
use crate::checklist::{Facts, Finding, Mark, Standing};
use crate::demo::{Account, Counts, Removal};
use crate::ids::{QueueId, UserId};
use crate::rehearsal::{Record, Steps};

impl Presenter<'_> {
    /// The items, with what is missing by its names.
    pub fn checklist(&self, facts: &Facts, findings: Vec<Finding>, marks: &[(ChecklistItemId, Mark)]) -> Checklist {
        let open = findings.iter().filter(|finding| finding.standing == Standing::Open).count();
        let items = findings.into_iter().map(|finding| {
            let by_hand = finding.item.is_said(facts.names_law);
            let mark = marks.iter().find(|(item, _)| *item == finding.item && by_hand).map(|(_, mark)| mark);
            ChecklistItem {
                id: finding.item,
                state: state(finding.standing),
                by_hand,
                marked: mark.map(|mark| ChecklistMark { at: mark.at, by: self.operator_ref(&mark.by) }),
                missing: finding.missing.into_iter().map(|missing| self.missing(finding.item, missing)).collect(),
            }
        });
        Checklist { items: items.collect(), open }
    }

    fn missing(&self, item: ChecklistItemId, missing: String) -> String {
        match item {
            ChecklistItemId::Queue | ChecklistItemId::Cover => self.queue_name(&QueueId::from(missing)),
            _ => missing,
        }
    }

    /// A rehearsal with how far it came.
    pub fn rehearsal(&self, record: Record, steps: &Steps) -> Rehearsal {
        let link = format!("{}/?rehearsal={}", self.tenant.public_url, record.code);
        let consultation = steps.consultation.as_ref();
        let queue = consultation.map(|consultation| consultation.state.queue.clone());
        Rehearsal {
            begun_by: self.operator_ref(&record.begun_by),
            qr: qr(&link),
            link,
            id: record.id,
            begun_at: record.begun_at,
            ended_at: record.ended_at,
            opened_at: record.opened_at,
            joined_at: record.joined.as_ref().map(|(_, at)| *at),
            patient: record.joined.as_ref().map(|(patient, _)| self.patient_ref(patient)),
            consultation_id: consultation.map(|consultation| consultation.id.clone()),
            queue: queue.map(|id| QueueRef { name: self.queue_name(&id), id }),
            asked_at: steps.asked_at(),
            heard: steps.is_heard(),
            taken_at: steps.taken_at(),
            answered_at: steps.answered_at(),
            closed_at: steps.closed_at(),
            passed: steps.has_passed(),
        }
    }

    /// What there is of a demonstration, for who looks.
    pub fn demo(&self, accounts: Vec<Account>, counts: Counts, removal: Option<Removal>, viewer: &UserId) -> Demo {
        let includes_you = accounts.iter().any(|account| account.user == *viewer);
        let account = |account: Account| DemoAccount {
            name: self.tenant.name_of(&account.user),
            kind: if self.tenant.staff.by_user(&account.user).is_some() {
                DemoKind::Staff
            } else if account.patient.is_some() {
                DemoKind::Patient
            } else {
                DemoKind::Unused
            },
            user_id: account.user,
        };
        Demo {
            accounts: accounts.into_iter().map(account).collect(),
            consultations: counts.consultations,
            callbacks: counts.callbacks,
            includes_you,
            confirm: self.text(&self.tenant.brand().name),
            removal: removal.map(|removal| self.removal(removal)),
        }
    }

    fn removal(&self, removal: Removal) -> DemoRemoval {
        let (finished_at, outcome) = removal.finished.unzip();
        DemoRemoval {
            begun_at: removal.begun_at,
            begun_by: self.operator_ref(&removal.by),
            accounts: removal.accounts,
            finished_at,
            result: outcome.map(|outcome| DemoRemoved {
                accounts: outcome.accounts,
                consultations: outcome.consultations,
                callbacks: outcome.callbacks,
                held: outcome.held,
            }),
        }
    }
}

fn state(standing: Standing) -> ChecklistState {
    match standing {
        Standing::Done => ChecklistState::Done,
        Standing::Open => ChecklistState::Open,
        Standing::Advised => ChecklistState::Advised,
        Standing::NotNeeded => ChecklistState::NotNeeded,
    }
}
