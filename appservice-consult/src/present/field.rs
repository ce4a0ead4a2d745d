//! The brand's own fields.

use super::Presenter;
use crate::api::types::{CustomField, CustomFields};
use crate::field::{self, Values};

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
        field::custom_fields(&brand.fields.patient, values, self.tongue(&brand))
    }
}
