//! The brand's own fields.

use consilium_config::brand::Field;

use super::Presenter;
use crate::api::types::{ConsultationRow, CustomField, CustomFields, FieldRef};
use crate::consultation::Record;
use crate::field::{self, Filled, Values};

impl Presenter<'_> {
    /// Which there are.
    pub fn fields(&self) -> CustomFields {
        let brand = self.tenant.brand();
        let tongue = self.tongue(&brand);
        CustomFields {
            patient: field::definitions(&brand.fields.patient, tongue),
            consultation: field::definitions(&brand.fields.consultation, tongue),
        }
    }

    /// Those of a card, with what stands in them.
    pub fn card_fields(&self, values: &Values) -> Vec<CustomField> {
        let brand = self.tenant.brand();
        field::custom_fields(&brand.fields.patient, values, &[], self.tongue(&brand))
    }

    /// Those of a consultation, with what stands in them, and which its queue asks for.
    pub(super) fn consultation_fields(&self, record: &Record, values: &Values) -> Vec<CustomField> {
        let brand = self.tenant.brand();
        let asked =
            brand.queue(record.state.queue.as_str()).map(|queue| queue.required_fields.as_slice()).unwrap_or_default();
        field::custom_fields(&brand.fields.consultation, values, asked, self.tongue(&brand))
    }

    /// A row with what it says of its fields.
    pub(super) fn with_fields(
        &self,
        row: ConsultationRow,
        record: &Record,
        filled: Option<&Filled>,
    ) -> ConsultationRow {
        let brand = self.tenant.brand();
        let nothing = Values::new();
        let values = filled.map_or(&nothing, |filled| &filled.values);
        let missing =
            if record.state.phase.is_open() { field::lacking(&brand, &record.state.queue, values) } else { Vec::new() };
        let name = |field: &Field| self.tongue(&brand).text(&field.name);
        ConsultationRow {
            fields_changed_at: filled.map(|filled| filled.changed_at),
            chosen_fields: field::wanted_by(&brand.fields.consultation, values),
            missing_fields: missing.into_iter().map(|one| FieldRef { id: one.id.clone(), name: name(one) }).collect(),
            ..row
        }
    }
}
