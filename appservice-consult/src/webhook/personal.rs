//! What is personal and is told where an endpoint asks for it: read when it is sent, kept nowhere.

use serde_json::{Map, Value, json};

use super::delivery::Event;
use crate::api::types::WebhookField;
use crate::callback;
use crate::store::StoreError;
use crate::tenant::Tenant;

/// The body of a delivery: type, timestamp and data, as the specification has them; `patient` where the endpoint asks for it.
pub(super) async fn body(tenant: &Tenant, event: &Event, fields: &[WebhookField]) -> Result<Vec<u8>, StoreError> {
    let broken = |source| StoreError::Column { column: "data".to_owned(), source: Box::new(source) };
    let mut data: Value = serde_json::from_str(&event.data).map_err(broken)?;
    let is_about_somebody = event.patient.is_some() || event.callback.is_some();
    if is_about_somebody && !fields.is_empty() {
        data["patient"] = Value::Object(patient(tenant, event, fields).await?);
    }
    let body = json!({ "type": event.kind, "timestamp": event.at, "data": data });
    Ok(serde_json::to_vec(&body).expect("a JSON value can always be written"))
}

async fn patient(tenant: &Tenant, event: &Event, fields: &[WebhookField]) -> Result<Map<String, Value>, StoreError> {
    let entry = event.patient.as_ref().and_then(|id| tenant.patients.by_id(id));
    let card = entry.as_ref().map(|entry| &entry.card);
    let ordered = match &event.callback {
        Some(id) => {
            let mut reading = tenant.store.read().await?;
            callback::load(&mut reading, &tenant.key, id).await?.map(|record| record.details)
        }
        None => None,
    };
    let (name, phone) = ordered.map_or((None, None), |details| (details.name, details.phone));
    let value = |field: &WebhookField| match field {
        WebhookField::PatientName => ("name", json!(card.map(|card| card.name.clone()).or_else(|| name.clone()))),
        WebhookField::PatientPhone => {
            ("phone", json!(phone.clone().or_else(|| card.and_then(|card| card.phone.clone()))))
        }
        WebhookField::PatientEmail => ("email", json!(card.and_then(|card| card.email.clone()))),
        WebhookField::PatientBirthDate => ("birth_date", json!(card.and_then(|card| card.birth_date))),
    };
    Ok(fields.iter().map(value).map(|(name, value)| (name.to_owned(), value)).collect())
}
