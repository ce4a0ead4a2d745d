//! What the API shows of records, in the caller's language. No decisions.

mod acted_for;
mod archive;
mod audit;
mod call;
mod callback;
mod canned;
mod conclusion;
mod consent;
mod consultation;
mod deletion;
mod detail;
mod doctor;
mod field;
mod follow_up;
mod invitation;
mod macros;
mod merge;
mod note;
mod partner;
mod person;
mod qr;
mod queue;
mod queue_invitation;
mod rating;
mod retention;
mod rules;
mod saved_view;
mod search;
mod settings;
mod setup;
mod tag;
mod viewing;

pub use acted_for::archived_person;
pub use archive::ArchiveReader;
pub use consent::consent_entry;
pub use consultation::cut;
pub use invitation::login;
pub use partner::{partner_patient, partner_person};
pub use person::{custody, patient_row};
pub use queue::hours;
pub use rating::rating_ref;
pub use settings::HISTORY_PAGE;

use consilium_config::Brand;

use crate::api::types::ExternalIdChange;
use crate::ids::{PatientId, QueueId, UserId};
use crate::questionnaire::Language;
use crate::tenant::Tenant;

/// Shows a tenant's records in one language.
#[derive(Clone, Copy)]
pub struct Presenter<'a> {
    tenant: &'a Tenant,
    language: &'a str,
}

impl<'a> Presenter<'a> {
    /// A presenter for a language of the brand.
    pub fn new(tenant: &'a Tenant, language: &'a str) -> Self {
        Self { tenant, language }
    }

    /// Name of a queue; its id where the brand has it no more.
    pub fn queue_name(&self, id: &QueueId) -> String {
        let brand = self.tenant.brand();
        let queue = brand.queue(id.as_str());
        queue.map_or_else(|| id.to_string(), |queue| self.text(&queue.name))
    }

    fn tongue<'b>(&'b self, brand: &'b Brand) -> Language<'b> {
        Language { wanted: self.language, default: &brand.default_language }
    }

    /// What stands where the name of a patient stood whose account was deleted.
    pub fn nobody(&self) -> String {
        if self.language == "ru" { "Учётная запись удалена" } else { "Deleted account" }.to_owned()
    }

    /// Which numbers of partners' systems stood on the cards of these accounts, the latest first.
    pub fn external_ids(&self, accounts: &[PatientId]) -> Vec<ExternalIdChange> {
        let cards = accounts.iter().filter_map(|account| self.tenant.patients.by_id(account));
        let mut changes: Vec<_> = cards.flat_map(|entry| entry.card.external_ids.clone()).collect();
        // Of one moment too the latest comes first.
        changes.reverse();
        changes.sort_by_key(|bound| std::cmp::Reverse(bound.at));
        let by = |by: &UserId| if by.as_str() == "system" { String::new() } else { self.tenant.name_of(by) };
        changes
            .into_iter()
            .map(|bound| ExternalIdChange { by: by(&bound.by), external_id: bound.number, at: bound.at })
            .collect()
    }

    fn text(&self, text: &consilium_config::brand::Localized) -> String {
        text.get(self.language, &self.tenant.brand().default_language).to_owned()
    }
}
