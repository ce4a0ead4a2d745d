//! What staff does with fields of consultations.

use consilium_config::brand::{Field, FieldType};
use serde_json::json;

use super::store::{self, Lookup};
use super::value::{self, Filler, Refused, Wishes};
use crate::actor::Actor;
use crate::audit;
use crate::change::{self, Kind};
use crate::consultation::record as consultations;
use crate::ids::{ConsultationId, OperatorId};
use crate::store::StoreError;
use crate::tenant::Tenant;
use crate::webhook;

/// A failure, or a refusal.
#[derive(Debug, thiserror::Error)]
pub enum FieldsError {
    /// There is no such consultation.
    #[error("no such consultation")]
    NotFound,
    /// What was said in it was erased, and its fields with it.
    #[error("the consultation was erased")]
    Erased,
    /// It is another's to fill in, or cannot be so.
    #[error("fields cannot be so")]
    Refused(Refused),
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}

/// Changes what stands in the fields of a consultation. What is left out stays.
///
/// Errors: `NotFound`, `Erased`, `Refused`, `Store`.
pub async fn change(
    tenant: &Tenant,
    consultation: &ConsultationId,
    wishes: Wishes,
    (by, actor): (&OperatorId, &Actor),
) -> Result<(), FieldsError> {
    let brand = tenant.brand();
    let fields = &brand.fields.consultation;
    let mut writing = tenant.store.write().await?;
    let record = consultations::load(&mut writing, consultation).await?.ok_or(FieldsError::NotFound)?;
    if record.erased_at.is_some() {
        return Err(FieldsError::Erased);
    }
    let before = store::of_consultation(&mut writing, &tenant.key, consultation).await?;
    let after = value::changed(fields, &before, wishes, Filler::of(actor)).map_err(FieldsError::Refused)?;
    let differing = value::differing(&before, &after);
    if differing.is_empty() {
        return Ok(());
    }
    for id in &differing {
        match after.get(id) {
            Some(value) => {
                let lookup = lookup(fields, id);
                store::put(&mut writing, tenant, (consultation, id), (value, lookup), by).await?;
            }
            None => store::empty(&mut writing, (consultation, id), tenant.context.now()).await?,
        }
    }
    let at = tenant.context.now();
    let subject = audit::Subject { kind: "consultation", id: consultation.as_str() };
    let told = webhook::of_fields(&record, &differing, at);
    webhook::enqueue(&mut writing, tenant, vec![told]).await?;
    let detail = json!({ "fields": differing });
    let entry = audit::Entry { at, actor, action: "consultation.fields_changed", subject, detail };
    audit::append(&mut writing, &tenant.key, entry).await?;
    // For staff alone: without an audience its patient is told nothing.
    change::append(&mut writing, at, Kind::Consultation, consultation.as_str(), None).await?;
    Ok(writing.commit().await?)
}

fn lookup(fields: &[Field], id: &str) -> Lookup {
    let is_found = |field: &Field| matches!(field.kind, FieldType::Choice | FieldType::Boolean);
    if fields.iter().any(|field| field.id == id && is_found(field)) { Lookup::Found } else { Lookup::NotFound }
}
