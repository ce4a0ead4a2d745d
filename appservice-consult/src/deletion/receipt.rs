//! What a patient is promised when his account ends: a small open JSON, signed with the archive's key. Persisted for ever: fields are added, never changed.
//!
//! It has ids, numbers and times, no name and no word of anybody, so that it can be kept and shown.

use serde::{Deserialize, Serialize};

use super::survey::Survey;
use crate::consultation::Record;
use crate::ids::{ConsultationId, PatientId, QueueId};
use crate::retention::Fate;
use crate::tenant::Tenant;
use crate::tenant_key::framed;
use crate::time::Time;

/// Version of the form.
const FORM: u32 = 1;
/// Keeps these signatures apart from any other.
const DOMAIN: &[u8] = b"consilium deletion receipt 1";

/// What is promised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Version of this form.
    pub form: u32,
    /// Its number.
    pub number: String,
    /// Server name of the tenant.
    pub server: String,
    /// The patient's id, which stays where his name was.
    pub patient: PatientId,
    /// When.
    pub at: Time,
    /// How many consultations lose their content.
    pub goes: usize,
    /// What stays.
    pub stays: Vec<Kept>,
}

/// A consultation whose record stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Which.
    pub consultation: ConsultationId,
    /// In which queue.
    pub queue: QueueId,
    /// When it was asked for.
    pub requested_at: Time,
    /// When it ended.
    pub ended_at: Option<Time>,
    /// A legal hold keeps it: it goes when the hold is lifted, or, where a class keeps it longer, when that time is over.
    pub held: bool,
    /// The class that keeps it.
    pub class: Option<String>,
    /// When its time is over.
    pub until: Option<Time>,
}

/// A receipt with its signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// What it says.
    pub receipt: Receipt,
    /// The very text that is signed.
    pub text: String,
    /// Signature by the archive's key, hexadecimal.
    pub signature: String,
}

impl Survey {
    /// What stays.
    pub fn kept(&self) -> Vec<Kept> {
        kept(&self.records)
    }
}

fn kept(records: &[(Record, Fate)]) -> Vec<Kept> {
    let stays = records.iter().filter(|(_, fate)| *fate != Fate::Goes);
    let kept = stays.map(|(record, fate)| {
        let terms = match fate {
            Fate::Kept(terms) => Some(terms),
            Fate::Held | Fate::Goes => record.terms.as_ref(),
        };
        Kept {
            consultation: record.id.clone(),
            queue: record.state.queue.clone(),
            requested_at: record.state.requested_at,
            ended_at: record.state.ended_at,
            held: *fate == Fate::Held,
            class: terms.map(|terms| terms.class.clone()),
            until: terms.map(|terms| terms.due_at),
        }
    });
    kept.collect()
}

impl Receipt {
    /// The receipt of a patient as he stands in a survey.
    pub(super) fn of(tenant: &Tenant, patient: &PatientId, survey: &Survey) -> Self {
        Self {
            form: FORM,
            number: tenant.context.new_id(),
            server: tenant.server_name.clone(),
            patient: patient.clone(),
            at: tenant.context.now(),
            goes: survey.goes(),
            stays: survey.kept(),
        }
    }

    /// The same, signed.
    pub(super) fn signed(self, tenant: &Tenant) -> Signed {
        let text = serde_json::to_string(&self).expect("a receipt has only string keys");
        let signature = hex::encode(tenant.archive.keys.sign(&framed(&[DOMAIN, text.as_bytes()])));
        Signed { receipt: self, text, signature }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::Receipt;

    #[test]
    fn the_first_form_reads_for_ever() {
        let text = r#"{"form":1,"number":"n","server":"hs.test","patient":"p","at":"2026-11-29T10:00:00Z","goes":2,"stays":[{"consultation":"c","queue":"q","requested_at":"2026-11-28T10:00:00Z","ended_at":null,"held":false,"class":"standard","until":"2051-11-29T21:00:00Z"}]}"#;
        let receipt: Receipt = serde_json::from_str(text).unwrap();
        assert_eq!((receipt.goes, receipt.stays.len()), (2, 1));
        assert_eq!(serde_json::to_string(&receipt).unwrap(), text);
    }
}
